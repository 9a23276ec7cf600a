//! Interleaving: after a hard item a milder one follows, where deadlines and priorities allow.

use super::Severity;
use std::time::Duration;

/// What waits, in the order of serving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The level that counts.
    pub level: Severity,
    /// −100 to 100; items swap only within one priority.
    pub priority: i32,
    /// Time until its queue warns of its deadline; zero when that is past, `None` where nothing is due.
    pub warns_in: Option<Duration>,
}

/// How long an item may be put off by the one taken before it: a lease. One that would be warned of by then is never
/// put off.
pub const PUT_OFF: Duration = Duration::from_secs(300);

/// Which of the candidates comes next after `last`, the level served before: the first, unless it and `last` are hard
/// (level 3 and above) and a milder one of the same priority stands behind it. Whoever is, or would by then be, past
/// the warning is never put off, nor is anything put off twice in a row, since a milder item makes room for the next
/// hard one: nothing starves.
pub fn next(candidates: &[Candidate], last: Option<Severity>, put_off: Duration) -> Option<usize> {
    let first = candidates.first()?;
    let hard = |level: Severity| level >= Severity::GRAPHIC;
    let pressing = |candidate: &Candidate| candidate.warns_in.is_some_and(|left| left <= put_off);
    if !last.is_some_and(hard) || !hard(first.level) {
        return Some(0);
    }
    for (index, candidate) in candidates.iter().enumerate() {
        if candidate.priority != first.priority {
            break;
        }
        if !hard(candidate.level) {
            return Some(index);
        }
        if pressing(candidate) {
            break;
        }
    }
    Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn waiting(level: u8, priority: i32, warns_in: Option<u64>) -> Candidate {
        let level = Severity::new(level).expect("0 to 4");
        Candidate { level, priority, warns_in: warns_in.map(Duration::from_secs) }
    }

    const HARD: Option<Severity> = Some(Severity::GRAPHIC);

    #[test]
    fn after_a_hard_item_a_milder_one_of_the_same_priority_follows() {
        let queue = [waiting(3, 0, None), waiting(4, 0, None), waiting(2, 0, None), waiting(0, 0, None)];
        assert_eq!(next(&queue, HARD, PUT_OFF), Some(2));
        assert_eq!(next(&queue, Some(Severity::DISTURBING), PUT_OFF), Some(0));
        assert_eq!(next(&queue, None, PUT_OFF), Some(0));
        assert_eq!(next(&[], HARD, PUT_OFF), None);
    }

    #[test]
    fn priority_and_the_warning_go_before_the_mix() {
        assert_eq!(next(&[waiting(3, 5, None), waiting(0, 0, None)], HARD, PUT_OFF), Some(0));
        assert_eq!(next(&[waiting(3, 0, Some(0)), waiting(0, 0, None)], HARD, PUT_OFF), Some(0));
        assert_eq!(next(&[waiting(3, 0, Some(299)), waiting(0, 0, None)], HARD, PUT_OFF), Some(0));
        assert_eq!(next(&[waiting(3, 0, Some(301)), waiting(0, 0, None)], HARD, PUT_OFF), Some(1));
        let behind = [waiting(3, 0, None), waiting(3, 0, Some(10)), waiting(0, 0, None)];
        assert_eq!(next(&behind, HARD, PUT_OFF), Some(0));
    }

    proptest! {
        #[test]
        fn nothing_starves_while_more_keeps_coming(
            mut queue in prop::collection::vec((0u8..5, 0i32..2), 1..40),
            coming in prop::collection::vec(0u8..5, 200),
        ) {
            // Order of serving: priority first, then arrival. Newcomers have the lower priority, as late ones do.
            queue.sort_by_key(|(_, priority)| -priority);
            let mut waiting: Vec<(usize, Candidate)> =
                queue.iter().map(|(level, priority)| self::waiting(*level, *priority, None)).enumerate().collect();
            let (mut last, mut put_off) = (None, 0);
            for (turn, level) in coming.iter().enumerate() {
                let seen: Vec<Candidate> = waiting.iter().map(|(_, candidate)| *candidate).collect();
                let index = next(&seen, last, PUT_OFF).expect("something waits");
                let (_, taken) = waiting.remove(index);
                put_off = if index == 0 { 0 } else { put_off + 1 };
                prop_assert!(put_off <= 1, "the first in line was put off twice");
                prop_assert!(seen[0].priority == taken.priority);
                last = Some(taken.level);
                waiting.push((1_000 + turn, self::waiting(*level, 0, None)));
            }
            // 40 at most stood there at first, each put off at most once.
            prop_assert!(waiting.iter().all(|(name, _)| *name >= 1_000));
        }

        #[test]
        fn nothing_past_its_warning_is_passed_over(
            queue in prop::collection::vec((0u8..5, 0i32..3, prop::option::of(0u64..900)), 1..30), last in 0u8..5,
        ) {
            let queue: Vec<_> = queue.into_iter().map(|(l, p, w)| waiting(l, p, w)).collect();
            let index = next(&queue, Severity::new(last), PUT_OFF).expect("something waits");
            let over = &queue[..index];
            prop_assert!(over.iter().all(|c| c.warns_in.is_none_or(|left| left > PUT_OFF)));
            prop_assert!(over.iter().all(|c| c.priority == queue[index].priority));
        }
    }
}
