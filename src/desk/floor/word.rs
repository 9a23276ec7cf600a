//! What a supervisor types, understood: a deadline, and the last word on an item.

use crate::moderation::floor::Override;
use crate::moderation::{Decision, Measure, Seen, Verdict};
use crate::wellbeing::duration;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use uuid::Uuid;

/// A last word that is being put together.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// On which item.
    pub item: String,
    /// At which revision.
    pub revision: u32,
    /// Whose policies hold.
    pub client: String,
    /// What.
    pub verdict: Verdict,
    /// With which measure.
    pub measure: Option<Measure>,
    /// Under which policy.
    pub policy: Option<String>,
    /// Whether its words were on the screen.
    pub seen: bool,
}

impl Word {
    /// As the queue takes it; `version` is that of the policies that were on the screen.
    pub fn spoken(&self, id: Uuid, version: &str, reason: &str, at: Timestamp) -> Override {
        let decision = Decision {
            id,
            item: self.item.clone(),
            revision: self.revision,
            round: None,
            queue: None,
            moderator: None,
            verdict: self.verdict,
            measure: self.measure,
            policy: self.policy.clone(),
            policy_version: (!version.is_empty()).then(|| version.to_owned()),
            to: None,
            imminent: None,
            follow_ups: Vec::new(),
            note: None,
            severity: None,
            seen: Some(if self.seen { Seen::Full } else { Seen::Summary }),
            opened: None,
            presented_at: None,
            decided_at: Some(at),
            active_ms: None,
            batch: None,
            reverses: None,
            reversed_by: None,
            late_s: None,
            automated: false,
        };
        Override { reason: reason.to_owned(), decision }
    }
}

/// A time of the clock today (or tomorrow, where it is past), or a while from now.
pub fn deadline(typed: &str, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    if let Ok(time) = Time::strptime("%H:%M", typed) {
        let today = now.to_zoned(zone.clone()).with().time(time).build().ok()?;
        let then = if today.timestamp() <= now { today.checked_add(1.day()).ok()? } else { today };
        return Some(then.timestamp());
    }
    let span = duration::parse(typed).ok()?;
    now.checked_add(SignedDuration::try_from(span).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_ahead_of_now() {
        let now: Timestamp = "2026-11-22T14:00:00Z".parse().expect("a time");
        let at = |typed: &str| deadline(typed, now, &TimeZone::UTC).map(|at| at.to_string());
        assert_eq!(at("17:30").as_deref(), Some("2026-11-22T17:30:00Z"));
        assert_eq!(at("13:30").as_deref(), Some("2026-11-23T13:30:00Z"));
        assert_eq!(at("45m").as_deref(), Some("2026-11-22T14:45:00Z"));
        assert_eq!(at("soon"), None);
    }
}
