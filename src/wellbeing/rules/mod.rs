//! The numbers of the rules, as the house has settled them.

mod raw;
mod told;
mod weaker;

pub use raw::{RawBreaks, RawModality, RawPrivacy, RawRamp, RawRules, RawRun, RawShift, RulesError};

use super::exposure::Modality;
use super::severity::Severity;
use std::time::Duration;

/// Every number that the arithmetic uses. Made only by [`Rules::shipped`], [`Rules::demo`], [`Rules::with_ramp`] or
/// from a file by [`RawRules::resolve`], which refuses what nobody has given a reason for.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// Which version of the rules this is; kept with every break.
    pub policy_version: String,
    /// Why some of it is weaker than shipped: shown on every desk and kept in the audit log.
    pub weakened_because: Option<String>,
    /// Which keys are weaker than shipped, in the words of the file.
    pub weakened: Vec<&'static str>,
    /// Points of each level, 0 to 4.
    pub weights: [f64; 5],
    /// What each kind of medium weighs.
    pub modality: ModalityWeights,
    /// The factor where nothing but a summary was seen.
    pub unopened: f64,
    /// The seconds in front of a text after which it counts in full.
    pub text_dwell: Duration,
    /// In which the acute load halves by itself.
    pub half_life: Duration,
    /// In which it halves in a break.
    pub break_half_life: Duration,
    /// The acute load at which a break is due.
    pub acute_limit: f64,
    /// Rows of hard items.
    pub run: RunRule,
    /// How long breaks last and when they come.
    pub breaks: BreakRule,
    /// What one shift may hold.
    pub shift: ShiftRule,
    /// Who begins, or comes back, begins gently.
    pub ramp: RampRule,
    /// What is kept, and how long.
    pub privacy: PrivacyRule,
    /// Whether these are the demo's, so that the break screen can say so.
    pub demo: bool,
}

/// What each kind of medium weighs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ModalityWeights {
    /// Words.
    pub text: f64,
    /// A still picture.
    pub image: f64,
    /// Sound.
    pub audio: f64,
    /// Moving pictures.
    pub video: f64,
    /// A live stream.
    pub live: f64,
}

impl ModalityWeights {
    /// The factor of one of them.
    pub fn of(&self, modality: Modality) -> f64 {
        match modality {
            Modality::Text => self.text,
            Modality::Image => self.image,
            Modality::Audio => self.audio,
            Modality::Video => self.video,
            Modality::Live => self.live,
        }
    }
}

/// When a row of hard items is broken, and with what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunRule {
    /// From this level on an item is one of the row.
    pub graphic_level: Severity,
    /// So many in a row.
    pub max_graphic: u32,
    /// Or so many of level 4 within it.
    pub max_extreme: u32,
    /// Then so many mild ones.
    pub cleanser_items: u32,
    /// Of this level at most.
    pub cleanser_max_level: Severity,
    /// Where the queue has none: a pause of this length.
    pub else_pause: Duration,
}

/// How long breaks last and when they come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakRule {
    /// After too much at once.
    pub acute: Duration,
    /// The same, with a level 4 within [`extreme_window`](Self::extreme_window).
    pub after_extreme: Duration,
    /// How long somebody works between two breaks, idle time included.
    pub hourly_work: Duration,
    /// The break after that.
    pub hourly: Duration,
    /// The same where no points were gathered.
    pub hourly_if_no_points: Duration,
    /// How long a break due by time waits for the decision on the item on screen.
    pub defer: Duration,
    /// How long a level 4 stays in mind: half an hour. Not in the file.
    pub extreme_window: Duration,
}

/// What one shift may hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShiftRule {
    /// Time with level 3 and above open.
    pub graphic: Duration,
    /// Time with level 4 open.
    pub extreme: Duration,
    /// Points from which on level 3 and above needs the moderator's word anew.
    pub points_soft: f64,
    /// Points from which on only level 0 and 1 is served.
    pub points_hard: f64,
    /// Nothing of level 3 and above this long after the beginning.
    pub no_graphic_first: Duration,
    /// Nor this long before the planned end, nor after it.
    pub no_graphic_last: Duration,
    /// Whether beginning, end and overtime are guarded at all; only the demo has this off. Not in the file.
    pub edges: bool,
    /// A shift ends after this long without a sign of life: an hour. Not in the file.
    pub silence: Duration,
    /// One begun within this of another continues it: six hours. Not in the file.
    pub continues: Duration,
}

/// Who begins, or comes back, begins gently.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RampRule {
    /// What limits are multiplied by.
    pub factor: f64,
    /// For so many shifts at first.
    pub first_shifts: u32,
    /// Being away this long counts as coming back.
    pub after_absence: Duration,
    /// For so many shifts then.
    pub after_absence_shifts: u32,
}

/// What is kept, and how long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrivacyRule {
    /// How long breaks are kept by person; then only sums.
    pub retention: Duration,
    /// How many people an aggregate needs at least.
    pub k_anonymity: u32,
}

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

impl Rules {
    /// The rules as they are shipped.
    pub fn shipped() -> Self {
        Self {
            policy_version: "2026-1".into(),
            weakened_because: None,
            weakened: Vec::new(),
            weights: [0.0, 1.0, 3.0, 8.0, 20.0],
            modality: ModalityWeights { text: 0.5, image: 1.0, audio: 1.0, video: 1.5, live: 2.0 },
            unopened: 0.25,
            text_dwell: Duration::from_secs(30),
            half_life: Duration::from_secs(30 * MINUTE),
            break_half_life: Duration::from_secs(10 * MINUTE),
            acute_limit: 120.0,
            run: RunRule {
                graphic_level: Severity::GRAPHIC,
                max_graphic: 5,
                max_extreme: 2,
                cleanser_items: 3,
                cleanser_max_level: Severity::MILD,
                else_pause: Duration::from_secs(3 * MINUTE),
            },
            breaks: BreakRule {
                acute: Duration::from_secs(10 * MINUTE),
                after_extreme: Duration::from_secs(15 * MINUTE),
                hourly_work: Duration::from_secs(50 * MINUTE),
                hourly: Duration::from_secs(10 * MINUTE),
                hourly_if_no_points: Duration::from_secs(5 * MINUTE),
                defer: Duration::from_secs(2 * MINUTE),
                extreme_window: Duration::from_secs(30 * MINUTE),
            },
            shift: ShiftRule {
                graphic: Duration::from_secs(240 * MINUTE),
                extreme: Duration::from_secs(120 * MINUTE),
                points_soft: 800.0,
                points_hard: 1200.0,
                no_graphic_first: Duration::from_secs(10 * MINUTE),
                no_graphic_last: Duration::from_secs(30 * MINUTE),
                edges: true,
                silence: Duration::from_secs(HOUR),
                continues: Duration::from_secs(6 * HOUR),
            },
            ramp: RampRule {
                factor: 0.5,
                first_shifts: 20,
                after_absence: Duration::from_secs(14 * 24 * HOUR),
                after_absence_shifts: 5,
            },
            privacy: PrivacyRule { retention: Duration::from_secs(90 * 24 * HOUR), k_anonymity: 8 },
            demo: false,
        }
    }

    /// The rules of `moddesk --demo`: every duration a tenth, no edges, no ramp, an acute limit of 6, so that
    /// whoever tries it for five minutes meets a break.
    pub fn demo() -> Self {
        let mut rules = Self::shipped();
        rules.demo = true;
        rules.acute_limit = 6.0;
        rules.shift.edges = false;
        rules.ramp.first_shifts = 0;
        rules.ramp.after_absence_shifts = 0;
        for duration in rules.durations() {
            *duration /= 10;
        }
        rules
    }

    /// The same rules for somebody who begins or comes back: acute limit, run counts (rounded down, at least 1),
    /// shift minutes and shift points times the ramp's factor; edges, hourly rule, cleansers and break lengths as
    /// they are.
    pub fn with_ramp(&self) -> Self {
        let mut rules = self.clone();
        let factor = self.ramp.factor;
        let count = |n: u32| ((f64::from(n) * factor).floor() as u32).max(1);
        rules.acute_limit *= factor;
        rules.run.max_graphic = count(self.run.max_graphic);
        rules.run.max_extreme = count(self.run.max_extreme);
        rules.shift.graphic = self.shift.graphic.mul_f64(factor);
        rules.shift.extreme = self.shift.extreme.mul_f64(factor);
        rules.shift.points_soft *= factor;
        rules.shift.points_hard *= factor;
        rules
    }

    /// How long an acute break lasts, by whether a level 4 is still in mind.
    pub(crate) fn acute_break(&self, extreme_in_mind: bool) -> Duration {
        if extreme_in_mind { self.breaks.after_extreme } else { self.breaks.acute }
    }

    fn durations(&mut self) -> [&mut Duration; 19] {
        [
            &mut self.text_dwell,
            &mut self.half_life,
            &mut self.break_half_life,
            &mut self.run.else_pause,
            &mut self.breaks.acute,
            &mut self.breaks.after_extreme,
            &mut self.breaks.hourly_work,
            &mut self.breaks.hourly,
            &mut self.breaks.hourly_if_no_points,
            &mut self.breaks.defer,
            &mut self.breaks.extreme_window,
            &mut self.shift.graphic,
            &mut self.shift.extreme,
            &mut self.shift.no_graphic_first,
            &mut self.shift.no_graphic_last,
            &mut self.shift.silence,
            &mut self.shift.continues,
            &mut self.ramp.after_absence,
            &mut self.privacy.retention,
        ]
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self::shipped()
    }
}
