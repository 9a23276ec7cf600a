//! One person's state under the rules: what the store keeps by person, and what the desk runs the same arithmetic on.

use super::breaks::{Due, Running};
use super::exposure::{self, Booked, Look, Modality, Seen};
use super::load::Load;
use super::run::{Row, Run};
use super::shift::{Past, Shift};
use super::{Moment, Rules, Severity};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::time::Duration;

/// Everything that binds one moderator now. Serialised as JSON beside the person, changed only inside the queue's
/// transaction; a desk holds a copy, to stop at the same item.
///
/// The order within one call from a desk is: [`book`](Self::book) what rides on it, each at its clamped moment; then
/// [`alive`](Self::alive), or [`returned`](Self::returned) where a fresh desk opens; then
/// [`at_claim`](Self::at_claim) or [`at_call`](Self::at_call). All with [`in_force`](Self::in_force) rules.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Day {
    pub(super) load: Load,
    pub(super) run: Run,
    /// Work since the last break that was long enough.
    pub(super) stretch: Option<Stretch>,
    /// A break that a decision has made due and that has not begun.
    pub(super) owed: Option<Due>,
    /// The break that runs.
    pub(super) running: Option<Running>,
    pub(super) shift: Option<Shift>,
    /// The shift before, as long as another may continue it, and when it ended.
    pub(super) past: Option<Past>,
    /// Shifts begun, without those that continued another.
    pub(super) shifts: u32,
    /// Gentle shifts left after coming back.
    pub(super) returning: u32,
    /// The last sign of life.
    pub(super) life: Option<Moment>,
    /// When the previous item left the screen.
    pub(super) previous: Option<Moment>,
    /// What is left of the time before it, for the other rows of a batch, which leave at the same moment.
    pub(super) spare: Option<Duration>,
    /// When the last level 4 left the screen.
    pub(super) extreme: Option<Moment>,
    /// The previous item's level.
    pub(super) last_level: Severity,
}

/// Work since the last break at least as long as the hourly rule asks, idle time included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    /// Since when.
    pub since: Moment,
    /// Points gathered in it.
    #[serde(with = "exposure::billionths")]
    pub points: f64,
}

impl Day {
    /// The rules that hold for this person now: the given ones, or those with the ramp in a first shift or one after
    /// an absence.
    pub fn in_force<'a>(&self, rules: &'a Rules) -> Cow<'a, Rules> {
        if self.ramped(rules) { Cow::Owned(rules.with_ramp()) } else { Cow::Borrowed(rules) }
    }

    /// Books one look when the item leaves the screen: exposure, run, shift and hourly rule at once. `at` is the
    /// desk's time, clamped by [`Moment::clamped`]; `before` is what this moderator's earlier looks at the same item
    /// and revision came to, and the answer takes its place. Whatever is undone later, nothing is taken back.
    pub fn book(&mut self, rules: &Rules, at: &Moment, before: Option<&Booked>, look: &Look) -> Booked {
        let newest = self.previous.as_ref().is_none_or(|previous| at.is_after(previous));
        let since_previous = match &self.previous {
            Some(previous) if newest => Some(at.worked_since(previous)),
            _ => self.spare,
        };
        let place = match before {
            None => self.run.served(rules, look.level),
            Some(before) => before.place,
        };
        let (after, added) = exposure::booked(rules, before, look, since_previous, place);
        if before.is_some_and(|before| after.level > before.level) {
            self.run.regraded(rules, place, after.level);
        }
        self.load.add(rules, at, added);
        if let Some(stretch) = &mut self.stretch {
            stretch.points += added;
        }
        if let Some(shift) = &mut self.shift {
            let open = |level: Severity| {
                open_for(&after, level).saturating_sub(before.map_or(Duration::ZERO, |b| open_for(b, level)))
            };
            shift.graphic += open(Severity::GRAPHIC);
            shift.extreme += open(Severity::EXTREME);
            shift.points += added;
            shift.items += u32::from(before.is_none());
        }
        let spent = Duration::try_from_secs_f64(look.seconds(rules, since_previous)).unwrap_or(Duration::ZERO);
        self.spare = since_previous.map(|time| time.saturating_sub(spent));
        self.last_level = if newest { after.level } else { after.level.max(self.last_level) };
        if newest {
            self.previous = Some(at.clone());
        }
        if after.level >= Severity::EXTREME && self.extreme.as_ref().is_none_or(|last| at.is_after(last)) {
            self.extreme = Some(at.clone());
        }
        if self.life.as_ref().is_none_or(|life| at.is_after(life)) {
            self.life = Some(at.clone());
        }
        self.acute_reached(rules, at);
        after
    }

    /// The levels served in a row, and the mild items owed.
    pub fn row(&self, rules: &Rules) -> Row {
        self.run.row(rules)
    }

    /// The acute load now.
    pub fn load(&self, rules: &Rules, now: &Moment) -> f64 {
        match &self.running {
            Some(running) => {
                let mut load = self.load.clone();
                load.rest(rules, &running.started, now);
                load.now(rules, now)
            }
            None => self.load.now(rules, now),
        }
    }

    /// The shift that runs.
    pub fn shift(&self) -> Option<&Shift> {
        self.shift.as_ref()
    }

    /// The break that runs.
    pub fn running(&self) -> Option<&Running> {
        self.running.as_ref()
    }

    /// Work since the last long enough break.
    pub fn stretch(&self) -> Option<&Stretch> {
        self.stretch.as_ref()
    }

    /// Whether a level 4 was seen within the window in which it stays in mind.
    pub fn extreme_in_mind(&self, rules: &Rules, now: &Moment) -> bool {
        self.extreme.as_ref().is_some_and(|last| now.elapsed_since(last) <= rules.breaks.extreme_window)
    }

    /// What a claim would look like next after `ahead`, the items already leased, in the order in which they will be
    /// shown.
    pub fn allowance(
        &self,
        rules: &Rules,
        now: &Moment,
        ahead: impl IntoIterator<Item = (Severity, Modality)>,
    ) -> super::Allowance {
        super::Allowance::of(self, rules, now, ahead)
    }

    /// Erases what no longer binds: a finished shift that none can continue, the order of what was served, what has
    /// worn off. Load, the running shift, a running or owed break and the shift count stay.
    pub fn erase(&mut self, rules: &Rules, now: &Moment) {
        self.run.forget(rules);
        if self.running.is_none() {
            self.load.forget(rules, now);
        }
        if !self.extreme_in_mind(rules, now) {
            self.extreme = None;
        }
        if let Some(past) = &mut self.past
            && now.elapsed_since(&past.ended) >= rules.shift.continues
        {
            past.shift = None;
        }
        if self.shift.is_none() && self.past.as_ref().is_some_and(|past| past.shift.is_none()) {
            self.previous = None;
            self.stretch = None;
        }
    }
}

/// How long an item was open as one of at least `level`; a summary was not open.
fn open_for(booked: &Booked, level: Severity) -> Duration {
    let open = booked.level >= level && booked.seen == Seen::Full;
    if open { Duration::from_secs_f64(booked.seconds.max(0.0)) } else { Duration::ZERO }
}
