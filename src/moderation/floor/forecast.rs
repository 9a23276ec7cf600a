//! What becomes of a queue at the present pace: when it is empty, when something in it is late, how many people it
//! lacks. Arithmetic that anybody can check; it promises nothing.
//!
//! The queue is taken for a line served from its front, in which what waits has come evenly since its oldest. So it is
//! right about a queue that is worked steadily, and a first guess about one that is not.

use super::QueueNow;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Nobody plans beyond it, and a division by nearly nothing must not name a year.
const HORIZON: f64 = 7.0 * 24.0 * 60.0;
/// What is late already should be done within so many minutes.
const CATCH_UP: f64 = 15.0;
/// Within so many minutes `due_15m` looks ahead.
const SOON: f64 = 15.0;

/// How it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outlook {
    /// Nothing is left to do.
    Empty,
    /// It is empty then.
    EmptyAt(Timestamp),
    /// As much comes as goes, or more.
    Grows,
    /// Nothing goes.
    Stands,
}

/// A forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forecast {
    /// How it goes on.
    pub outlook: Outlook,
    /// When something in it is past due; now, where it is already.
    pub late_at: Option<Timestamp>,
    /// How many people more it takes so that nothing is late; nothing where it goes well, or nobody can say.
    pub lacks: Option<u32>,
}

/// See [`QueueNow::forecast`].
pub fn forecast(queue: &QueueNow, at: Timestamp, spare: Option<f64>) -> Forecast {
    let left = queue.left() as f64;
    let (comes, goes) = (queue.flow.pace_in(), queue.flow.pace_out());
    let outlook = match left {
        0.0 => Outlook::Empty,
        _ if goes <= 0.0 => Outlook::Stands,
        _ => in_minutes(at, left / (goes - comes)).filter(|_| goes > comes).map_or(Outlook::Grows, Outlook::EmptyAt),
    };
    let late = late_in(queue, at, left, comes, goes);
    let late_at = late.and_then(|minutes| in_minutes(at, minutes));
    let lacks = late_at.and_then(|_| lacks(queue, left, comes, goes, spare));
    Forecast { outlook, late_at, lacks }
}

fn in_minutes(at: Timestamp, minutes: f64) -> Option<Timestamp> {
    if !minutes.is_finite() || !(0.0..=HORIZON).contains(&minutes) {
        return None;
    }
    at.checked_add(SignedDuration::from_secs((minutes * 60.0).ceil() as i64)).ok()
}

/// Minutes until something is past due.
fn late_in(queue: &QueueNow, at: Timestamp, left: f64, comes: f64, goes: f64) -> Option<f64> {
    let stats = &queue.stats;
    if stats.overdue > 0 {
        return Some(0.0);
    }
    let soon = stats.due_15m as f64;
    if soon > 0.0 && soon > goes * SOON {
        return Some(SOON);
    }
    let deadline = queue.deadline_s? as f64 / 60.0;
    let age = stats.oldest_received_at.map_or(0.0, |oldest| minutes_since(oldest, at));
    if left <= 0.0 {
        return None;
    }
    if goes <= 0.0 {
        return Some((deadline - age).max(0.0));
    }
    // The item at the fraction f of the line has waited age·(1−f) and is served after f·through.
    let through = left / goes;
    if through > age {
        let fraction = (deadline - age) / (through - age);
        if fraction < 1.0 {
            return Some(fraction.max(0.0) * through);
        }
    }
    if through > deadline {
        return Some(deadline);
    }
    // What comes later waits longer, where more comes than goes.
    (comes > goes).then(|| (deadline * goes - left) / (comes - goes) + deadline)
}

fn minutes_since(then: Timestamp, now: Timestamp) -> f64 {
    (now.duration_since(then).as_secs_f64() / 60.0).max(0.0)
}

fn lacks(queue: &QueueNow, left: f64, comes: f64, goes: f64, spare: Option<f64>) -> Option<u32> {
    let hands = f64::from(queue.hands);
    let one = match queue.hands {
        0 => spare,
        _ if goes > 0.0 => Some(goes / hands),
        _ => spare,
    };
    let one = one.filter(|one| *one > 0.0)?;
    let deadline = queue.deadline_s.map_or(f64::INFINITY, |seconds| seconds as f64 / 60.0);
    let in_time = left / deadline.max(1.0);
    let caught_up = queue.stats.overdue as f64 / CATCH_UP;
    let soon = (queue.stats.overdue + queue.stats.due_15m) as f64 / SOON;
    let wanted = comes.max(in_time).max(caught_up).max(soon);
    let people = (wanted / one - 1e-9).ceil();
    let more = (people - hands).max(1.0);
    Some(if more < f64::from(u32::MAX) { more as u32 } else { u32::MAX })
}

#[cfg(test)]
mod tests {
    use super::super::flow::Flow;
    use super::*;
    use crate::moderation::queue::QueueStats;
    use proptest::prelude::*;

    fn at() -> Timestamp {
        "2026-11-22T14:00:00Z".parse().expect("a time")
    }

    fn queue(waiting: u64, comes: u32, goes: u32, deadline: Option<u64>, hands: u32) -> QueueNow {
        QueueNow {
            stats: QueueStats { waiting, oldest_received_at: Some(at()), ..QueueStats::default() },
            deadline_s: deadline.map(|minutes| minutes * 60),
            flow: Flow { came: vec![comes; 16], left: vec![goes; 16] },
            hands,
            ..QueueNow::default()
        }
    }

    fn minutes(when: Option<Timestamp>) -> Option<i64> {
        when.map(|when| when.duration_since(at()).as_mins())
    }

    #[test]
    fn a_queue_that_is_worked_is_empty_at_a_time_and_late_at_none() {
        let told = queue(120, 4, 10, Some(60), 2).forecast(at(), None);
        assert_eq!(told.outlook, Outlook::EmptyAt(at() + SignedDuration::from_mins(20)));
        assert_eq!((told.late_at, told.lacks), (None, None));
    }

    #[test]
    fn a_queue_that_nobody_works_is_late_when_its_oldest_is_due() {
        let mut still = queue(10, 0, 0, Some(60), 0);
        still.stats.oldest_received_at = Some(at() - SignedDuration::from_mins(20));
        let told = still.forecast(at(), Some(1.0));
        assert_eq!((told.outlook, minutes(told.late_at)), (Outlook::Stands, Some(40)));
        assert_eq!(told.lacks, Some(1), "one person gets ten done within the hour");
        assert_eq!(still.forecast(at(), None).lacks, None, "nobody knows how fast anybody would be");
    }

    #[test]
    fn what_grows_is_late_later_and_lacks_as_many_as_it_takes() {
        let told = queue(60, 30, 10, Some(60), 2).forecast(at(), None);
        assert_eq!(told.outlook, Outlook::Grows);
        // 600 wait when the newest takes an hour: after 27 minutes, and that one is due an hour later.
        assert_eq!(minutes(told.late_at), Some(87));
        assert_eq!(told.lacks, Some(4), "thirty a minute are six people, and two are there");
    }

    #[test]
    fn what_is_late_is_late_now_and_wants_to_be_caught_up() {
        let mut late = queue(100, 0, 2, Some(60), 1);
        late.stats.overdue = 90;
        let told = late.forecast(at(), None);
        assert_eq!((told.late_at, told.lacks), (Some(at()), Some(2)), "six a minute are three people");
    }

    #[test]
    fn more_due_soon_than_is_done_until_then_is_late_in_a_quarter_of_an_hour() {
        let mut tight = queue(100, 0, 2, Some(60), 1);
        tight.stats.due_15m = 60;
        assert_eq!(minutes(tight.forecast(at(), None).late_at), Some(15));
    }

    proptest! {
        #[test]
        fn more_hands_at_the_same_pace_never_make_it_worse(
            waiting in 1u64..5_000, comes in 0u32..50, goes in 1u32..50, deadline in 5u64..600, hands in 1u32..9,
        ) {
            let few = queue(waiting, comes, goes, Some(deadline), hands).forecast(at(), None);
            let many = queue(waiting, comes, goes * 2, Some(deadline), hands * 2).forecast(at(), None);
            match (few.late_at, many.late_at) {
                (None, late) => prop_assert_eq!(late, None),
                (Some(few), Some(many)) => prop_assert!(many >= few, "{} {}", few, many),
                (Some(_), None) => {}
            }
            if let (Outlook::EmptyAt(few), Outlook::EmptyAt(many)) = (few.outlook, many.outlook) {
                prop_assert!(many <= few);
            }
        }

        #[test]
        fn with_as_many_as_it_lacks_nothing_that_came_is_late(
            waiting in 1u64..5_000, comes in 0u32..30, goes in 1u32..30, deadline in 20u64..600, hands in 1u32..6,
        ) {
            let before = queue(waiting, comes, goes, Some(deadline), hands);
            let told = before.forecast(at(), None);
            let Some(lacks) = told.lacks else { return Ok(()) };
            // The same with those people: each does what one of the others does.
            let pace = f64::from(goes) / f64::from(hands) * f64::from(hands + lacks);
            let mut after = before.clone();
            after.flow.left = vec![pace.ceil() as u32; 16];
            after.hands = hands + lacks;
            prop_assert_eq!(after.forecast(at(), None).late_at, None);
        }

        #[test]
        fn nothing_is_said_that_is_not_ahead(
            waiting in 0u64..2_000_000, comes in 0u32..5_000, goes in 0u32..5_000, deadline in proptest::option::of(0u64..100_000),
            hands in 0u32..100, overdue in 0u64..1_000, soon in 0u64..1_000, spare in proptest::option::of(0.0f64..100.0),
        ) {
            let mut any = queue(waiting, comes, goes, deadline, hands);
            (any.stats.overdue, any.stats.due_15m) = (overdue.min(waiting), soon.min(waiting));
            let told = any.forecast(at(), spare);
            prop_assert!(told.late_at.is_none_or(|late| late >= at()));
            if let Outlook::EmptyAt(empty) = told.outlook {
                prop_assert!(empty >= at());
            }
            prop_assert!(told.lacks.is_none_or(|lacks| lacks > 0));
        }
    }
}
