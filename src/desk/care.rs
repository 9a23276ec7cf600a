//! The queue's wellbeing arithmetic, run on a copy, so that the desk stops at the same item.
//!
//! The queue's word counts; this copy only makes sure that nothing waits for it. It is taken anew whenever the queue
//! tells its own and nothing of this desk is on the way to it.

use crate::moderation::Served;
use crate::moderation::claim::BreakDue;
use crate::wellbeing::explain::{self, Figure};
use crate::wellbeing::{Booked, Day, Due, Look, Moment, Rules, Severity};
use jiff::Timestamp;
use std::collections::HashMap;
use std::time::Duration;

/// One person's day under the rules.
#[derive(Clone, Debug)]
pub struct Care {
    rules: Rules,
    day: Day,
    /// What the items of this stretch have cost so far, so that an undo and a second look count once.
    booked: HashMap<(String, u32), Booked>,
}

/// Items whose booking is remembered: more than can be held back for undoing.
const REMEMBERED: usize = 256;

impl Care {
    /// A day without anything in it.
    pub fn new(rules: Rules) -> Self {
        Self { rules, day: Day::default(), booked: HashMap::new() }
    }

    /// Takes the queue's own day. One that cannot be read is not taken: the queue still has the last word.
    pub fn seed(&mut self, load: &serde_json::Value) -> bool {
        match serde_json::from_value(load.clone()) {
            Ok(day) => {
                self.day = day;
                true
            }
            Err(_) => false,
        }
    }

    /// Begins a shift where the queue told nothing of one.
    pub fn begin(&mut self, now: &Moment, planned: Duration) {
        if self.day.shift().is_none() {
            self.day.begin_shift(&self.rules, now, planned);
        }
    }

    /// Books a look at an item that leaves the screen, at the level that counts after the decision.
    pub fn book(&mut self, served: &Served, look: &Look, now: &Moment) {
        let rules = self.day.in_force(&self.rules).into_owned();
        let key = (served.item.id.clone(), served.item.revision);
        let after = self.day.book(&rules, now, self.booked.get(&key), look);
        if self.booked.len() >= REMEMBERED {
            self.booked.clear();
        }
        self.booked.insert(key, after);
    }

    /// The break that is due now.
    pub fn due(&self, now: &Moment) -> Option<Due> {
        self.day.due(&self.day.in_force(&self.rules), now)
    }

    /// A break begins here, before the queue has told.
    pub fn rest(&mut self, now: &Moment, voluntary: bool) -> Option<BreakDue> {
        let rules = self.day.in_force(&self.rules).into_owned();
        let running = if voluntary {
            self.day.begin_voluntary(&rules, now)
        } else {
            match self.day.at_call(&rules, now, false) {
                crate::wellbeing::Gate::Break(running) => running,
                _ => return None,
            }
        };
        let until = running.until(now).unwrap_or(now.wall);
        Some(BreakDue { until, rule: running.rule.code().to_owned(), required_s: running.required.as_secs() })
    }

    /// The break is over here.
    pub fn resume(&mut self, now: &Moment) {
        let rules = self.day.in_force(&self.rules).into_owned();
        // Where it is not over by this clock the queue says the same in a moment.
        let _ = self.day.end_break(&rules, now);
    }

    /// Whether an item of this level may be shown next.
    pub fn may_show(&self, level: Severity, now: &Moment) -> bool {
        let rules = self.day.in_force(&self.rules);
        self.day.allowance(&rules, now, []).may(level)
    }

    /// About when the next break comes, at the present pace.
    pub fn next_break(&self, now: &Moment) -> Option<Timestamp> {
        Some(self.day.next_break(&self.day.in_force(&self.rules), now)?.at)
    }

    /// The moment, on this machine's boot clock, at which a break by time becomes due. The stretch may have begun on
    /// a server's clock, whose boot is another.
    pub fn next_break_since_boot(&self, now: &Moment) -> Option<Duration> {
        let stretch = self.day.stretch()?;
        let work = self.day.in_force(&self.rules).breaks.hourly_work;
        let worked = now.worked_since(&stretch.since);
        Some((now.since_boot + work).saturating_sub(worked))
    }

    /// Whether graphic items wait for the moderator's word anew.
    pub fn amber(&self) -> bool {
        let rules = self.day.in_force(&self.rules);
        self.day.shift().is_some_and(|shift| shift.amber(&rules, 0.0) && !shift.capped(&rules, 0.0))
    }

    /// The moderator has agreed anew.
    pub fn agree(&mut self) {
        let rules = self.day.in_force(&self.rules).into_owned();
        self.day.agree(&rules);
    }

    /// The figures behind "break about": load, its limit, points and items of the shift.
    pub fn figures(&self, now: &Moment) -> (f64, f64, f64, u32) {
        let rules = self.day.in_force(&self.rules);
        let (points, items) = self.day.shift().map_or((0.0, 0), |shift| (shift.points, shift.items));
        (self.day.load(&rules, now), rules.acute_limit, points, items)
    }

    /// Every number that binds now, with its computation.
    pub fn explain(&self, now: &Moment) -> Vec<Figure> {
        let rules = self.day.in_force(&self.rules);
        let pause = explain::pause(&self.day, &rules, now);
        pause.into_iter().chain(explain::day(&self.day, &rules, &self.rules, now)).collect()
    }

    /// What each level costs in each medium.
    pub fn table(&self) -> Vec<(Severity, [f64; 5])> {
        explain::table(&self.day.in_force(&self.rules))
    }

    /// The rules that hold now.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }
}
