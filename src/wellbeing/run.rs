//! The run rule: rows of hard items are broken by mild ones, or by a pause.

use super::{Rules, Severity};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// How many served items are kept apart, so that a later grade counts at the item's own place: more than a desk can
/// hold back for undoing.
const KEPT_APART: usize = 48;

/// Where the row stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Row {
    /// Hard items in a row.
    pub graphic: u32,
    /// Those of level 4 among them.
    pub extreme: u32,
    /// Mild items still owed before anything harder.
    pub owed: u32,
    /// Whether there was a break since they came to be owed: then a queue that has none need not pause again.
    pub rested: bool,
}

/// What happened, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// An item of this level was served, opened or not.
    Served(Severity),
    /// A break ended: it ends the row; what is owed stays owed.
    Break,
    /// The pause in place of mild items: it ends the row and settles what is owed.
    Pause,
}

impl Row {
    /// After one more served item of this level, opened or not.
    pub fn served(&mut self, rules: &Rules, level: Severity) {
        let run = &rules.run;
        if level >= run.graphic_level {
            self.graphic = self.graphic.saturating_add(1);
            self.extreme = self.extreme.saturating_add(u32::from(level >= Severity::EXTREME));
            if self.graphic >= run.max_graphic || self.extreme >= run.max_extreme {
                self.owed = run.cleanser_items;
                self.rested = false;
            }
        } else {
            self.graphic = 0;
            self.extreme = 0;
            if level <= run.cleanser_max_level {
                self.owed = self.owed.saturating_sub(1);
            }
        }
        if self.owed == 0 {
            self.rested = false;
        }
    }

    fn step(&mut self, rules: &Rules, step: Step) {
        match step {
            Step::Served(level) => self.served(rules, level),
            Step::Break => *self = Self { owed: self.owed, rested: self.owed > 0, ..Self::default() },
            Step::Pause => *self = Self::default(),
        }
    }
}

/// Everything served, in order, as far as it still matters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Run {
    /// Where the row stood before the first of `lately`.
    base: Row,
    /// The latest steps, oldest first.
    #[serde(with = "steps")]
    lately: VecDeque<Step>,
    /// The place of the next step; the first ever had 0.
    next: u64,
}

impl Run {
    /// Where the row stands now.
    pub fn row(&self, rules: &Rules) -> Row {
        let mut row = self.base;
        for step in &self.lately {
            row.step(rules, *step);
        }
        row
    }

    /// One more item was served; returns its place.
    pub(crate) fn served(&mut self, rules: &Rules, level: Severity) -> u64 {
        self.push(rules, Step::Served(level))
    }

    /// The item at `place` turned out harder than it was booked: it counts as that, where it was served. So a grade
    /// given after an undo breaks the same row as one given at once. Nothing is lowered.
    pub(crate) fn regraded(&mut self, rules: &Rules, place: u64, level: Severity) {
        let first = self.next - self.lately.len() as u64;
        let apart = place.checked_sub(first).and_then(|index| self.lately.get_mut(usize::try_from(index).ok()?));
        match apart {
            Some(Step::Served(was)) => *was = level.max(*was),
            // Too long ago to stand in any row that still runs: it counts as one more.
            _ => {
                self.served(rules, level);
            }
        }
    }

    /// A break ended: it ends the row.
    pub(crate) fn broken(&mut self, rules: &Rules) {
        self.push(rules, Step::Break);
    }

    /// The pause in place of mild items is over, or not needed because there was a break.
    pub(crate) fn paused(&mut self, rules: &Rules) {
        self.push(rules, Step::Pause);
    }

    /// Forgets the order of what was served and keeps what it amounts to.
    pub(crate) fn forget(&mut self, rules: &Rules) {
        self.base = self.row(rules);
        self.lately.clear();
    }

    fn push(&mut self, rules: &Rules, step: Step) -> u64 {
        let place = self.next;
        self.lately.push_back(step);
        self.next += 1;
        while self.lately.len() > KEPT_APART {
            if let Some(oldest) = self.lately.pop_front() {
                self.base.step(rules, oldest);
            }
        }
        place
    }
}

/// Steps are kept as one letter each (`0` to `4`, `b`, `p`), since the state is written with every decision.
mod steps {
    use super::{Severity, Step};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use std::collections::VecDeque;

    pub(super) fn serialize<S: Serializer>(steps: &VecDeque<Step>, serializer: S) -> Result<S::Ok, S::Error> {
        let letter = |step: &Step| match step {
            Step::Served(level) => char::from(b'0' + level.level()),
            Step::Break => 'b',
            Step::Pause => 'p',
        };
        serializer.serialize_str(&steps.iter().map(letter).collect::<String>())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<VecDeque<Step>, D::Error> {
        let step = |letter: char| match letter {
            'b' => Ok(Step::Break),
            'p' => Ok(Step::Pause),
            level => level
                .to_digit(10)
                .and_then(|level| Severity::new(u8::try_from(level).ok()?))
                .map(Step::Served)
                .ok_or_else(|| D::Error::custom(format!("{level:?} is no step of a run"))),
        };
        String::deserialize(deserializer)?.chars().map(step).collect()
    }
}
