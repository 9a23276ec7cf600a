//! Every number with the computation behind it, for the moderator's own page. Ids and numbers only: the screen words
//! them in the reader's language.

use super::breaks::Rule;
use super::day::Day;
use super::exposure::{self, Booked};
use super::load::decay;
use super::{Moment, Rules, Severity};
use serde::Serialize;

/// One number: what it is, how it comes about, and from what.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// What it is; the screen has a sentence for each.
    pub id: &'static str,
    /// How it is computed, in the names of `parts`.
    pub formula: &'static str,
    /// What goes in, in the order of the formula.
    pub parts: Vec<(&'static str, f64)>,
    /// What comes out.
    pub result: f64,
    /// `points`, `minutes`, `items`, `shifts`; the result's.
    pub unit: &'static str,
    /// The number at which a rule acts on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<f64>,
}

impl Figure {
    /// The formula where it is written in signs, the same in every language; empty where it is a sentence.
    pub fn formula_in_signs(&self) -> &'static str {
        if self.formula.contains("2^") { self.formula } else { "" }
    }
}

fn minutes(duration: std::time::Duration) -> f64 {
    duration.as_secs_f64() / 60.0
}

/// What one item cost.
pub fn item(rules: &Rules, booked: &Booked) -> Figure {
    let dwell = exposure::dwell(rules, booked.modality, booked.seconds);
    Figure {
        id: "item",
        formula: "weight × modality × seen × dwell",
        parts: vec![
            ("level", f64::from(booked.level.level())),
            ("weight", rules.weights[usize::from(booked.level.level())]),
            ("modality", rules.modality.of(booked.modality)),
            ("seen", exposure::seen_factor(rules, booked.seen)),
            ("seconds", booked.seconds),
            ("dwell", dwell),
        ],
        result: booked.points,
        unit: "points",
        limit: None,
    }
}

/// Everything that binds this person now, number by number. `rules` are those
/// [`in_force`](Day::in_force); `shipped` those before the ramp.
pub fn day(day: &Day, rules: &Rules, shipped: &Rules, now: &Moment) -> Vec<Figure> {
    let mut figures = vec![load(day, rules, now)];
    let row = day.row(rules);
    let count = |id, formula, n: u32, limit: Option<u32>| Figure {
        id,
        formula,
        parts: Vec::new(),
        result: f64::from(n),
        unit: "items",
        limit: limit.map(f64::from),
    };
    figures.push(count("run_graphic", "items of level ≥ 3 in a row", row.graphic, Some(rules.run.max_graphic)));
    figures.push(count("run_extreme", "items of level 4 in this row", row.extreme, Some(rules.run.max_extreme)));
    figures.push(count("run_owed", "level 0 or 1 before anything harder", row.owed, None));
    if let Some(stretch) = day.stretch() {
        figures.push(Figure {
            id: "hourly",
            formula: "now − end of the last break of at least asked",
            parts: vec![("points", stretch.points), ("asked", minutes(day.hourly_asks(rules)))],
            result: minutes(now.worked_since(&stretch.since)),
            unit: "minutes",
            limit: Some(minutes(rules.breaks.hourly_work)),
        });
    }
    if let Some(shift) = day.shift() {
        let sum = |id, formula, result, unit, limit| Figure {
            id,
            formula,
            parts: Vec::new(),
            result,
            unit,
            limit: Some(limit),
        };
        let cap = &rules.shift;
        figures.extend([
            sum("shift_points", "sum of all items of the shift", shift.points, "points", cap.points_hard),
            sum("shift_amber", "sum of all items of the shift", shift.points, "points", cap.points_soft),
            sum("shift_graphic", "time with level ≥ 3 open", minutes(shift.graphic), "minutes", minutes(cap.graphic)),
            sum("shift_extreme", "time with level 4 open", minutes(shift.extreme), "minutes", minutes(cap.extreme)),
        ]);
        let worked = minutes(now.worked_since(&shift.begun));
        figures.push(Figure {
            id: "shift_end",
            formula: "planned − since the beginning",
            parts: vec![
                ("planned", minutes(shift.planned)),
                ("since", worked),
                ("first", minutes(cap.no_graphic_first)),
                ("last", minutes(cap.no_graphic_last)),
            ],
            result: minutes(shift.planned) - worked,
            unit: "minutes",
            limit: None,
        });
    }
    figures.push(Figure {
        id: "ramp",
        formula: "acute limit, run counts, shift minutes and points × factor",
        parts: vec![
            ("first_shifts", f64::from(shipped.ramp.first_shifts)),
            ("factor", if day.ramped(shipped) { shipped.ramp.factor } else { 1.0 }),
        ],
        result: f64::from(day.shifts()),
        unit: "shifts",
        limit: None,
    });
    figures
}

fn load(day: &Day, rules: &Rules, now: &Moment) -> Figure {
    let (value, at) = day.load.last();
    let Some(at) = at else {
        return Figure {
            id: "load",
            formula: "A · 2^(−dt / half_life)",
            parts: vec![("A", 0.0)],
            result: 0.0,
            unit: "points",
            limit: Some(rules.acute_limit),
        };
    };
    // Until a break begins it wears off slowly, within one faster; the last change may be later than its beginning.
    let (slow, fast) = match day.running() {
        Some(running) => (running.started.elapsed_since(at), now.elapsed_since(&running.started)),
        None => (now.elapsed_since(at), std::time::Duration::ZERO),
    };
    Figure {
        id: "load",
        formula: "A · 2^(−dt / half_life) · 2^(−b / break_half_life)",
        parts: vec![
            ("A", value),
            ("dt", minutes(slow)),
            ("half_life", minutes(rules.half_life)),
            ("b", minutes(fast)),
            ("break_half_life", minutes(rules.break_half_life)),
        ],
        result: value * decay(slow, rules.half_life) * decay(fast, rules.break_half_life),
        unit: "points",
        limit: Some(rules.acute_limit),
    }
}

/// A break and its length, for the break screen and the moderator's page: rule, minutes required, and the load or the
/// work that asked for it.
pub fn pause(day: &Day, rules: &Rules, now: &Moment) -> Option<Figure> {
    let running = day.running()?;
    let extreme = f64::from(u8::from(day.extreme_in_mind(rules, &running.started)));
    let (id, parts) = match running.rule {
        Rule::Run => ("break_run", vec![("max_graphic", f64::from(rules.run.max_graphic))]),
        Rule::Acute => ("break_acute", vec![("A", day.load.last().0), ("extreme_in_mind", extreme)]),
        Rule::Hourly => ("break_hourly", vec![("work", minutes(rules.breaks.hourly_work))]),
        Rule::Voluntary => ("break_voluntary", Vec::new()),
    };
    let formula = "required − since it began";
    let result = minutes(running.left(now));
    Some(Figure { id, formula, parts, result, unit: "minutes", limit: Some(minutes(running.required)) })
}

/// What each level costs in each medium, opened in full: the table of the moderator's page.
pub fn table(rules: &Rules) -> Vec<(Severity, [f64; 5])> {
    use exposure::Modality::{Audio, Image, Live, Text, Video};
    let whole = rules.text_dwell.as_secs_f64();
    let row = |level: Severity| {
        let cost = |modality| exposure::points(rules, level, modality, exposure::Seen::Full, whole);
        (level, [Text, Image, Audio, Video, Live].map(cost))
    };
    (0..=4).filter_map(Severity::new).map(row).collect()
}
