//! A shift: its planned end, its sums, and what continues it.

use super::clock::nanos;
use super::day::{Day, Stretch};
use super::exposure::billionths;
use super::{Moment, Rules};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A shift and what it holds so far.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shift {
    /// When it began; one that continues another began with that one.
    pub begun: Moment,
    /// How long it was planned to be; later is overtime.
    #[serde(with = "nanos")]
    pub planned: Duration,
    /// Time with level 3 and above open.
    #[serde(with = "nanos")]
    pub graphic: Duration,
    /// Time with level 4 open.
    #[serde(with = "nanos")]
    pub extreme: Duration,
    /// Points gathered.
    #[serde(with = "billionths")]
    pub points: f64,
    /// Items that left the screen.
    pub items: u32,
    /// Whether the moderator agreed anew to level 3 and above, at amber.
    pub agreed: bool,
    /// Whether it is one of the gentle ones after an absence.
    pub returning: bool,
    /// Which of this person's shifts it is, from 1.
    pub number: u32,
}

/// The shift before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Past {
    /// When it ended.
    pub ended: Moment,
    /// What it held, until it was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<Shift>,
}

/// What is kept of a finished shift, for the moderator's own export.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sum {
    /// When it began.
    pub began: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// Items that left the screen.
    pub items: u32,
    /// Points gathered.
    pub points: f64,
    /// Seconds with level 3 and above open.
    pub graphic_s: u64,
    /// Seconds with level 4 open.
    pub extreme_s: u64,
}

impl Shift {
    /// The planned end by the wall clock.
    pub fn ends(&self) -> Timestamp {
        self.begun.later(self.planned).wall
    }

    /// Whether beginning, end or overtime forbids level 3 and above now. The beginning is measured by the smaller of
    /// the clocks and the end by the one that nobody can turn, so that no turning of the wall clock opens either.
    pub fn on_edge(&self, rules: &Rules, now: &Moment) -> bool {
        rules.shift.edges
            && (now.elapsed_since(&self.begun) < rules.shift.no_graphic_first
                || now.worked_since(&self.begun).saturating_add(rules.shift.no_graphic_last) >= self.planned)
    }

    /// Whether a cap is reached, `pending` points of what is already leased counted in: only level 0 and 1 for the
    /// rest of the shift.
    pub fn capped(&self, rules: &Rules, pending: f64) -> bool {
        let cap = &rules.shift;
        self.graphic >= cap.graphic || self.extreme >= cap.extreme || self.points + pending >= cap.points_hard
    }

    /// Whether it is amber: level 3 and above only after the moderator has agreed anew.
    pub fn amber(&self, rules: &Rules, pending: f64) -> bool {
        !self.agreed && self.points + pending >= rules.shift.points_soft
    }

    fn sum(&self, ended: &Moment) -> Sum {
        Sum {
            began: self.begun.wall,
            ended: ended.wall,
            items: self.items,
            points: self.points,
            graphic_s: self.graphic.as_secs(),
            extreme_s: self.extreme.as_secs(),
        }
    }
}

impl Day {
    /// Signs in: begins a shift of the planned length, or continues the one that ended within six hours, whose
    /// beginning, sums and planned end stay (an earlier end is taken, a later one is overtime). Where one runs, only an
    /// earlier end is taken. Returns what a shift that had ended by silence held.
    pub fn begin_shift(&mut self, rules: &Rules, now: &Moment, planned: Duration) -> Option<Sum> {
        let ended = self.returned(rules, now);
        if let Some(shift) = &mut self.shift {
            shift.planned = shift.planned.min(now.worked_since(&shift.begun).saturating_add(planned));
            return ended;
        }
        let past = self.past.take();
        let away = past.as_ref().map(|past| now.elapsed_since(&past.ended));
        let continued =
            past.and_then(|past| past.shift).filter(|_| away.is_some_and(|away| away < rules.shift.continues));
        self.shift = Some(match continued {
            Some(mut shift) => {
                shift.planned = shift.planned.min(now.worked_since(&shift.begun).saturating_add(planned));
                shift
            }
            None => {
                if away.is_some_and(|away| away >= rules.ramp.after_absence) {
                    self.returning = rules.ramp.after_absence_shifts;
                }
                self.shifts = self.shifts.saturating_add(1);
                let returning = self.returning > 0;
                self.returning = self.returning.saturating_sub(1);
                let (graphic, extreme) = (Duration::ZERO, Duration::ZERO);
                let (begun, number) = (now.clone(), self.shifts);
                Shift { begun, planned, graphic, extreme, points: 0.0, items: 0, agreed: false, returning, number }
            }
        });
        if self.stretch.is_none() {
            self.stretch = Some(Stretch { since: now.clone(), points: 0.0 });
        }
        ended
    }

    /// Signs out. A running break runs on.
    pub fn end_shift(&mut self, rules: &Rules, now: &Moment) -> Option<Sum> {
        self.alive(rules, now).or_else(|| self.close(now.clone()))
    }

    /// A sign of life of an open desk: time since the last one was idle, and idle time is work. After an hour
    /// without one the shift had ended, and what it held is returned.
    pub fn alive(&mut self, rules: &Rules, now: &Moment) -> Option<Sum> {
        let silent = self.silent_since(rules, now);
        if silent.is_some() {
            return self.returned(rules, now);
        }
        self.seen_alive(now);
        None
    }

    /// A fresh desk opens: time since the last sign of life was offline, and counts as a break for each rule that
    /// asks no longer one. A break that runs goes on by its clock. Returns what a shift that had ended by silence
    /// held.
    pub fn returned(&mut self, rules: &Rules, now: &Moment) -> Option<Sum> {
        let ended = self.silent_since(rules, now).and_then(|end| self.close(end));
        if let Some(life) = self.life.clone()
            && self.running.is_none()
        {
            self.rested(rules, &life, now);
        }
        self.seen_alive(now);
        ended
    }

    /// The moderator agrees anew to level 3 and above for the rest of the shift; before amber there is nothing to
    /// agree to. Says whether it was amber.
    pub fn agree(&mut self, rules: &Rules) -> bool {
        match &mut self.shift {
            Some(shift) if shift.amber(rules, 0.0) => {
                shift.agreed = true;
                true
            }
            _ => false,
        }
    }

    /// Whether the ramp holds: in the first shifts, and in those after an absence.
    pub fn ramped(&self, rules: &Rules) -> bool {
        match &self.shift {
            Some(shift) => {
                shift.number <= rules.ramp.first_shifts || (shift.returning && rules.ramp.after_absence_shifts > 0)
            }
            None => self.shifts < rules.ramp.first_shifts,
        }
    }

    /// Shifts begun so far, without those that continued another.
    pub fn shifts(&self) -> u32 {
        self.shifts
    }

    fn silent_since(&self, rules: &Rules, now: &Moment) -> Option<Moment> {
        let life = self.life.as_ref().filter(|_| self.shift.is_some())?;
        (now.elapsed_since(life) >= rules.shift.silence).then(|| life.later(rules.shift.silence))
    }

    fn close(&mut self, ended: Moment) -> Option<Sum> {
        let shift = self.shift.take()?;
        let sum = shift.sum(&ended);
        self.past = Some(Past { ended, shift: Some(shift) });
        Some(sum)
    }

    pub(super) fn seen_alive(&mut self, now: &Moment) {
        if self.life.as_ref().is_none_or(|life| now.is_after(life)) {
            self.life = Some(now.clone());
        }
    }
}
