//! When the next break will be, at the present pace: "break about 14:51".

use super::breaks::Rule;
use super::day::Day;
use super::{Moment, Rules};
use jiff::Timestamp;
use std::time::Duration;

/// The next break that a rule will ask for.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// When, by the wall clock.
    pub at: Timestamp,
    /// By which rule.
    pub rule: Rule,
    /// How long it will last at least.
    pub required: Duration,
}

impl Day {
    /// When the next break comes if the work goes on as it has since the last one: the hourly rule's time is known,
    /// the acute rule's follows from the points a minute gathered since. `None` in a break, or off shift.
    pub fn next_break(&self, rules: &Rules, now: &Moment) -> Option<Estimate> {
        if self.running.is_some() {
            return None;
        }
        if let Some(due) = self.due(rules, now) {
            return Some(Estimate { at: now.wall, rule: due.rule, required: due.required });
        }
        self.shift.as_ref()?;
        let stretch = self.stretch.as_ref()?;
        let worked = now.worked_since(&stretch.since);
        let hourly = rules.breaks.hourly_work.saturating_sub(worked);
        let acute = self.acute_in(rules, now, stretch.points, worked).filter(|acute| *acute < hourly);
        let (wait, rule, required) = match acute {
            Some(acute) => (acute, Rule::Acute, rules.acute_break(self.extreme_in_mind(rules, now))),
            None => (hourly, Rule::Hourly, self.hourly_asks(rules)),
        };
        Some(Estimate { at: now.later(wait).wall, rule, required })
    }

    /// With `p` points a second and decay `λ`, the load goes to `p/λ` by itself; it passes the limit only if that
    /// lies above it, after `ln((p/λ − A) / (p/λ − limit)) / λ`.
    fn acute_in(&self, rules: &Rules, now: &Moment, points: f64, worked: Duration) -> Option<Duration> {
        // Under a minute of work says nothing about a pace.
        let seconds = worked.as_secs_f64();
        if seconds < 60.0 {
            return None;
        }
        let decay = std::f64::consts::LN_2 / rules.half_life.as_secs_f64();
        let (load, steady) = (self.load.now(rules, now), points / seconds / decay);
        if steady <= rules.acute_limit {
            return None;
        }
        let wait = ((steady - load) / (steady - rules.acute_limit)).ln() / decay;
        Duration::try_from_secs_f64(wait).ok()
    }
}
