//! Deadlines that a law or a standard sets, by their names.

use std::time::Duration;

/// One of them.
#[derive(Debug, PartialEq, Eq)]
pub struct Preset {
    /// What a queue says: `tco_1h`.
    pub name: &'static str,
    /// How long.
    pub within: Duration,
    /// Where it stands.
    pub law: &'static str,
    /// From when it counts, as the law has it: what is received by then must say so in `received_at`.
    pub starts: &'static str,
    /// Whether the law itself names the time; else it says "without undue delay" and this is the house's own.
    pub hard: bool,
    /// No longer in force; for queues that still have such cases.
    pub historical: bool,
}

const HOUR: u64 = 3_600;

const fn preset(name: &'static str, hours: u64, law: &'static str, starts: &'static str) -> Preset {
    Preset { name, within: Duration::from_secs(hours * HOUR), law, starts, hard: true, historical: false }
}

const fn soft(preset: Preset) -> Preset {
    Preset { hard: false, ..preset }
}

const fn historical(preset: Preset) -> Preset {
    Preset { historical: true, ..preset }
}

/// All of them, in the order of their urgency.
pub const PRESETS: [Preset; 9] = [
    preset("tco_1h", 1, "Reg. (EU) 2021/784 art. 3(3)", "receipt of the removal order"),
    preset("lcen_6_1_24h", 24, "FR LCEN art. 6-1", "the administrative request"),
    preset("takeitdown_48h", 48, "US Pub. L. 119-12", "receipt of a valid request"),
    soft(preset("dsa_ack", 24, "Reg. (EU) 2022/2065 art. 16(4)", "the notice")),
    soft(preset("dsa_notice", 24, "Reg. (EU) 2022/2065 art. 16(5)-(6)", "the notice")),
    soft(preset("dsa_appeal", 7 * 24, "Reg. (EU) 2022/2065 art. 20(4)-(6)", "the complaint")),
    preset("review_reply_7d", 7 * 24, "NF Z74-501", "the reply received"),
    historical(preset("netzdg_24h", 24, "DE NetzDG s. 3", "receipt of the complaint")),
    historical(preset("netzdg_7d", 7 * 24, "DE NetzDG s. 3", "receipt of the complaint")),
];

/// By name.
pub(super) fn named(name: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.name == name)
}
