//! What is kept of breaks by person, for how long, and what is left of it then.

use super::breaks::{Record, Rule};
use super::{Moment, Rules};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Breaks of all people together, by month and rule: what stays when the records are gone. Voluntary breaks are
/// counted like the others and cannot be told back to anybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BreakSum {
    /// How many.
    pub breaks: u64,
    /// How long in all, in seconds.
    pub lasted_s: u64,
    /// How long they had to be, in seconds.
    pub required_s: u64,
    /// How long they waited for the item on screen, in seconds.
    pub deferred_s: u64,
}

/// Which month (`2026-11`, UTC) and which rule.
pub type SumKey = (String, &'static str);

/// Whether a record of a break that ended at `ended` is past its time by the store's clock. Where that clock was
/// turned ahead the boot clock does not help, since ninety days are longer than a machine runs; so a record is only
/// ever folded into a sum, never lost.
pub fn expired(rules: &Rules, ended: Timestamp, now: &Moment) -> bool {
    let age = now.wall.duration_since(ended);
    !age.is_negative() && age.unsigned_abs() >= rules.privacy.retention
}

/// Adds records to the sums, which then are all that is left of them.
pub fn fold<'a>(sums: &mut BTreeMap<SumKey, BreakSum>, records: impl IntoIterator<Item = &'a Record>) {
    for record in records {
        let month = record.ended.to_zoned(TimeZone::UTC).strftime("%Y-%m").to_string();
        let sum = sums.entry((month, record.rule.code())).or_default();
        sum.breaks += 1;
        sum.lasted_s += u64::try_from(record.ended.duration_since(record.started).as_secs()).unwrap_or(0);
        sum.required_s += record.required_s;
        sum.deferred_s += record.deferred_s;
    }
}

/// Whether an aggregate about wellbeing may be shown: enough people (8), and four weeks at least.
pub fn may_aggregate(rules: &Rules, people: u32, from: Timestamp, to: Timestamp) -> bool {
    people >= rules.privacy.k_anonymity && to.duration_since(from).as_hours() >= 4 * 7 * 24
}

impl Record {
    /// How long the break lasted, in seconds; the time until Enter is part of it.
    pub fn lasted_s(&self) -> u64 {
        u64::try_from(self.ended.duration_since(self.started).as_secs()).unwrap_or(0)
    }

    /// Whether it was the moderator's own.
    pub fn is_voluntary(&self) -> bool {
        self.rule == Rule::Voluntary
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wellbeing::Clock;
    use crate::wellbeing::clock::TurnedClock;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn record(rule: Rule, started: &str, ended: &str) -> Record {
        let (started, ended) = (at(started), at(ended));
        Record { rule, due: started, started, ended, required_s: 600, deferred_s: 30 }
    }

    #[test]
    fn after_90_days_a_break_is_only_part_of_a_sum() {
        let rules = Rules::shipped();
        let now = |text| TurnedClock::at(at(text)).now();
        let ended = at("2026-08-01T10:00:00Z");
        assert!(!expired(&rules, ended, &now("2026-10-30T09:59:59Z")));
        assert!(expired(&rules, ended, &now("2026-10-30T10:00:00Z")));
        assert!(!expired(&rules, ended, &now("2026-07-01T10:00:00Z")));
    }

    #[test]
    fn sums_are_by_month_and_rule_and_name_nobody() {
        let mut sums = BTreeMap::new();
        let records = [
            record(Rule::Acute, "2026-08-01T10:00:00Z", "2026-08-01T10:12:00Z"),
            record(Rule::Acute, "2026-08-09T10:00:00Z", "2026-08-09T10:10:00Z"),
            record(Rule::Hourly, "2026-09-01T10:00:00Z", "2026-09-01T10:10:00Z"),
        ];
        fold(&mut sums, &records[..1]);
        fold(&mut sums, &records[1..]);
        let acute = BreakSum { breaks: 2, lasted_s: 22 * 60, required_s: 1_200, deferred_s: 60 };
        assert_eq!(sums[&("2026-08".to_string(), "acute")], acute);
        assert_eq!(sums.len(), 2);
        assert_eq!(sums.values().map(|sum| sum.breaks).sum::<u64>(), 3);
    }

    #[test]
    fn aggregates_need_8_people_and_4_weeks() {
        let rules = Rules::shipped();
        let (from, four_weeks) = (at("2026-10-01T00:00:00Z"), at("2026-10-29T00:00:00Z"));
        assert!(may_aggregate(&rules, 8, from, four_weeks));
        assert!(!may_aggregate(&rules, 7, from, four_weeks));
        assert!(!may_aggregate(&rules, 50, from, at("2026-10-28T23:00:00Z")));
    }
}
