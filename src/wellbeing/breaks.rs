//! Breaks: when one is due, when it begins, when it is over. Only the queue's clock ends one.

use super::clock::nanos;
use super::day::{Day, Stretch};
use super::{Moment, Rules, Severity};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Which rule asks for a break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rule {
    /// A pause in place of the mild items that the queue does not have.
    Run,
    /// Too much at once.
    Acute,
    /// Long enough at work.
    Hourly,
    /// The moderator's own.
    Voluntary,
}

impl Rule {
    /// The contract's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Acute => "acute",
            Self::Hourly => "hourly",
            Self::Voluntary => "voluntary",
        }
    }
}

/// A break that is due and has not begun.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Due {
    /// By which rule.
    pub rule: Rule,
    /// Since when.
    pub since: Moment,
    /// How long it will last at least.
    #[serde(with = "nanos")]
    pub required: Duration,
    /// How long it waits, unasked, for the decision on the item on screen; nothing where a decision made it due.
    #[serde(with = "nanos")]
    pub defer: Duration,
}

impl Due {
    /// Whether it must begin now, whatever is on screen.
    pub fn pressing(&self, now: &Moment) -> bool {
        now.worked_since(&self.since) >= self.defer
    }

    /// By when the item on screen goes back.
    pub fn until(&self) -> Moment {
        self.since.later(self.defer)
    }
}

/// A break that runs. It keeps the length it was given, whatever the rules become.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Running {
    /// By which rule.
    pub rule: Rule,
    /// When it was due.
    pub due: Moment,
    /// When it began.
    pub started: Moment,
    /// How long it lasts at least; nothing for the moderator's own, which is open-ended.
    #[serde(with = "nanos")]
    pub required: Duration,
    /// How long it waited for the item on screen.
    #[serde(with = "nanos")]
    pub deferred: Duration,
}

impl Running {
    /// Whether it may be ended.
    pub fn over(&self, now: &Moment) -> bool {
        now.elapsed_since(&self.started) >= self.required
    }

    /// What is left of it.
    pub fn left(&self, now: &Moment) -> Duration {
        self.required.saturating_sub(now.elapsed_since(&self.started))
    }

    /// What the wall clock will say when it is over; `None` where it is open-ended.
    pub fn until(&self, now: &Moment) -> Option<Timestamp> {
        (self.rule != Rule::Voluntary).then(|| now.later(self.left(now)).wall)
    }
}

/// What is kept of a break, and all that is kept of it: no reason, nothing that was done in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// By which rule.
    pub rule: Rule,
    /// When it was due.
    pub due: Timestamp,
    /// When it began.
    pub started: Timestamp,
    /// When work went on: the time until Enter is part of the break.
    pub ended: Timestamp,
    /// How long it had to be, in seconds.
    pub required_s: u64,
    /// How long it waited for the item on screen, in seconds.
    pub deferred_s: u64,
}

/// Whether a call is served.
#[derive(Clone, Debug, PartialEq)]
pub enum Gate {
    /// Yes; a break that was over ended with this call.
    Open(Option<Record>),
    /// Nothing new: a break is due and waits for the item on screen.
    Finish(Due),
    /// Nothing: this break runs.
    Break(Running),
}

/// A break that is not over cannot be ended.
#[derive(Clone, Debug, thiserror::Error, PartialEq)]
#[error("the break is not over: wait for {left:?} more, by the queue's clock")]
pub struct NotOver {
    /// What is left of it.
    pub left: Duration,
}

impl Day {
    /// The break that is due now, the longest where there are several; `None` while one runs.
    pub fn due(&self, rules: &Rules, now: &Moment) -> Option<Due> {
        if self.running.is_some() {
            return None;
        }
        let hourly = self.hourly_due(rules, now);
        match (self.owed.clone(), hourly) {
            (Some(acute), Some(hourly)) if hourly.required > acute.required => {
                Some(Due { since: acute.since, defer: Duration::ZERO, ..hourly })
            }
            (acute, hourly) => acute.or(hourly),
        }
    }

    /// For a claim: the way past a break, since a claim is the Enter that ends one that is over. Begins a break that
    /// is due, unless it may wait for the item `on_screen`.
    pub fn at_claim(&mut self, rules: &Rules, now: &Moment, on_screen: bool) -> Gate {
        let ended = match &self.running {
            Some(running) if running.rule != Rule::Voluntary && running.over(now) => self.finish(rules, now),
            _ => None,
        };
        match self.at_call(rules, now, on_screen) {
            Gate::Open(_) => Gate::Open(ended),
            shut => shut,
        }
    }

    /// For every other call (a decision after its booking, a renewal, a look at the shift): begins a break that is
    /// due, and ends none.
    pub fn at_call(&mut self, rules: &Rules, now: &Moment, on_screen: bool) -> Gate {
        if let Some(running) = &self.running {
            return Gate::Break(running.clone());
        }
        match self.due(rules, now) {
            None => Gate::Open(None),
            Some(due) if on_screen && !due.pressing(now) => Gate::Finish(due),
            Some(due) => Gate::Break(self.begin(now, due)),
        }
    }

    /// Where mild items are owed, nothing is on screen or leased, and the queue has none: the pause in their place
    /// begins. `None` where none is owed, or a break since then was rest enough: what was owed is settled, and the
    /// claim may look again.
    pub fn nothing_mild(&mut self, rules: &Rules, now: &Moment) -> Option<Running> {
        let row = self.row(rules);
        if row.owed == 0 {
            return None;
        }
        if row.rested {
            self.run.paused(rules);
            return None;
        }
        let none = Duration::ZERO;
        let due = Due { rule: Rule::Run, since: now.clone(), required: rules.run.else_pause, defer: none };
        Some(self.begin(now, self.due(rules, now).unwrap_or(due)))
    }

    /// The moderator's own break, open-ended. Where another is due, that one begins; where one runs, it goes on: no
    /// break is a way round another.
    pub fn begin_voluntary(&mut self, rules: &Rules, now: &Moment) -> Running {
        if let Some(running) = &self.running {
            return running.clone();
        }
        let none = Duration::ZERO;
        let own = Due { rule: Rule::Voluntary, since: now.clone(), required: none, defer: none };
        self.begin(now, self.due(rules, now).unwrap_or(own))
    }

    /// Enter on the break screen, or any key in a voluntary one. What is kept of the break, or nothing where none
    /// ran; one that is not over stays.
    pub fn end_break(&mut self, rules: &Rules, now: &Moment) -> Result<Option<Record>, NotOver> {
        match &self.running {
            Some(running) if !running.over(now) => Err(NotOver { left: running.left(now) }),
            _ => Ok(self.finish(rules, now)),
        }
    }

    /// How long a break must be to begin the hour anew: the longer one where points were gathered.
    pub(super) fn hourly_asks(&self, rules: &Rules) -> Duration {
        let points = self.stretch.as_ref().is_some_and(|stretch| stretch.points > 0.0);
        if points { rules.breaks.hourly } else { rules.breaks.hourly_if_no_points }
    }

    /// After a booking: too much at once makes a break due at once, and it stays due until it is had. One that runs
    /// already becomes as long as this asks.
    pub(super) fn acute_reached(&mut self, rules: &Rules, at: &Moment) {
        let (load, _) = self.load.last();
        if load < rules.acute_limit {
            return;
        }
        let required = rules.acute_break(self.extreme_in_mind(rules, at));
        match &mut self.running {
            Some(running) => {
                if running.required < required {
                    if running.rule == Rule::Voluntary && at.is_after(&running.started) {
                        running.started = at.clone();
                    }
                    running.rule = Rule::Acute;
                    running.required = required;
                }
            }
            None => {
                let since = self.owed.as_ref().map_or_else(|| at.clone(), |owed| owed.since.clone());
                let required = self.owed.as_ref().map_or(required, |owed| owed.required.max(required));
                self.owed = Some(Due { rule: Rule::Acute, since, required, defer: Duration::ZERO });
            }
        }
    }

    /// Rest of `length` up to `now` that was no break of its own: being offline. It counts for each rule only if it
    /// lasted as long as that rule asks.
    pub(super) fn rested(&mut self, rules: &Rules, from: &Moment, now: &Moment) {
        let length = now.elapsed_since(from);
        let asked = self
            .owed
            .as_ref()
            .map_or_else(|| rules.acute_break(self.extreme_in_mind(rules, from)), |owed| owed.required);
        if length >= asked {
            self.load.rest(rules, from, now);
            self.owed = None;
        }
        self.stops_counting(rules, length, now);
    }

    fn hourly_due(&self, rules: &Rules, now: &Moment) -> Option<Due> {
        let stretch = self.stretch.as_ref()?;
        self.shift.as_ref()?;
        if now.worked_since(&stretch.since) < rules.breaks.hourly_work {
            return None;
        }
        // "None after level 4": neither with one just decided nor with one still in mind.
        let fresh = self.last_level >= Severity::EXTREME || self.extreme_in_mind(rules, now);
        let defer = if fresh { Duration::ZERO } else { rules.breaks.defer };
        let since = stretch.since.later(rules.breaks.hourly_work);
        Some(Due { rule: Rule::Hourly, since, required: self.hourly_asks(rules), defer })
    }

    fn begin(&mut self, now: &Moment, due: Due) -> Running {
        let deferred = if due.defer.is_zero() { Duration::ZERO } else { now.worked_since(&due.since) };
        let Due { rule, since, required, .. } = due;
        let running = Running { rule, due: since, started: now.clone(), required, deferred };
        self.owed = None;
        self.running = Some(running.clone());
        running
    }

    fn finish(&mut self, rules: &Rules, now: &Moment) -> Option<Record> {
        let running = self.running.take()?;
        // Else a desk opened right after would count the same time once more, as offline.
        self.seen_alive(now);
        self.load.rest(rules, &running.started, now);
        if running.rule == Rule::Run {
            self.run.paused(rules);
        }
        self.stops_counting(rules, now.elapsed_since(&running.started), now);
        // Only where the rules have become stricter than the break was long.
        self.acute_reached(rules, now);
        Some(Record {
            rule: running.rule,
            due: running.due.wall,
            started: running.started.wall,
            ended: now.wall,
            required_s: running.required.as_secs(),
            deferred_s: running.deferred.as_secs(),
        })
    }

    /// What a rest of this length ends: the row, if it was at least the pause that the run rule asks, so that a break
    /// of a second is no way round it; the hour, if it was as long as the hourly rule asks.
    fn stops_counting(&mut self, rules: &Rules, length: Duration, now: &Moment) {
        if length >= rules.run.else_pause {
            self.run.broken(rules);
        }
        if length >= self.hourly_asks(rules) {
            self.stretch = Some(Stretch { since: now.clone(), points: 0.0 });
        }
    }
}
