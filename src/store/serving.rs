//! The order of serving, without any engine: what stands at the head of each bucket goes in, what comes next goes out.
//!
//! A bucket gathers what waits by everything that decides who may take it (queue, client, language, level), so that
//! a claim looks at heads and never at items. Reversals first; then what is overdue or past its queue's warning,
//! soonest due first; then priority, due, received, order of arrival, one client in runs.

use crate::moderation::{Person, Queue, Role};
use crate::wellbeing::Severity;
use serde::{Deserialize, Serialize};

/// No deadline.
pub const NO_DUE: i64 = i64::MAX;
/// Of one client are served in a row: so many items,
pub const RUN_ITEMS: u32 = 10;
/// or for so long, in microseconds.
pub const RUN_MICROS: i64 = 5 * 60 * 1_000_000;

/// Where a waiting item stands in its bucket: fields in the order in which they compare. Times in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// 0 after a reversal, else 1.
    pub class: i64,
    /// The priority, negated, so that the highest comes first.
    pub rank: i64,
    /// By when, or [`NO_DUE`].
    pub due: i64,
    /// Since when it is here.
    pub received: i64,
    /// Order of arrival.
    pub item: i64,
}

impl Place {
    /// How it compares among those with a deadline.
    pub fn by_due(self) -> (i64, Self) {
        (self.due, self)
    }
}

/// The heads of one bucket, as far as this moderator may take them.
#[derive(Clone, Debug)]
pub struct Head<'a> {
    /// Which bucket, by the caller's own counting.
    pub bucket: usize,
    /// The level of all in it.
    pub level: Severity,
    /// Whose they are.
    pub client: &'a str,
    /// First in order.
    pub first: Option<Place>,
    /// First by deadline, where that is past the queue's warning.
    pub urgent: Option<Place>,
}

/// Which client is being served, since when and how often.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientRun {
    /// Whose items.
    pub client: String,
    /// How many in a row.
    pub items: u32,
    /// Since when, in microseconds.
    pub since: i64,
}

impl ClientRun {
    /// Notes that an item of `client` was served.
    pub fn served(&mut self, client: &str, now: i64) {
        if self.client == client && !self.over(now) {
            self.items += 1;
        } else {
            *self = Self { client: client.to_owned(), items: 1, since: now };
        }
    }

    fn over(&self, now: i64) -> bool {
        self.items >= RUN_ITEMS || now.saturating_sub(self.since) >= RUN_MICROS
    }
}

/// Which head is served next; its bucket and place. `last` is the level served before: after a level 3 or more a
/// milder item of the same priority goes first, unless what it would overtake is past its warning; since the milder
/// one makes room for the next hard one, nothing starves.
pub fn next(heads: &[Head<'_>], run: &ClientRun, last: Severity, now: i64) -> Option<(usize, Place)> {
    let reversed = heads
        .iter()
        .filter_map(|head| head.first.filter(|place| place.class == 0).map(|place| (place, head.bucket)))
        .min();
    if let Some((place, bucket)) = reversed {
        return Some((bucket, place));
    }
    let urgent = heads.iter().filter_map(|head| head.urgent.map(|place| (place.by_due(), head.bucket))).min();
    if let Some(((_, place), bucket)) = urgent {
        return Some((bucket, place));
    }
    let others = |head: &&Head<'_>| (head.client != run.client) == run.over(now);
    let firsts = |head: &Head<'_>| head.first.map(|place| (place, head.bucket, head.level));
    let in_run = !run.client.is_empty() && heads.iter().filter(others).any(|head| head.first.is_some());
    let allowed = |head: &&Head<'_>| !in_run || others(head);
    let best = heads.iter().filter(allowed).filter_map(firsts).min_by_key(|(place, ..)| *place)?;
    if last < Severity::GRAPHIC || best.2 < Severity::GRAPHIC {
        return Some((best.1, best.0));
    }
    let milder = heads
        .iter()
        .filter(allowed)
        .filter(|head| head.level < Severity::GRAPHIC)
        .filter_map(firsts)
        .filter(|(place, ..)| place.rank == best.0.rank)
        .min_by_key(|(place, ..)| *place);
    let (place, bucket, _) = milder.unwrap_or(best);
    Some((bucket, place))
}

/// Whether a moderator reads a language: the same tag, or a regional form of one of theirs. What nobody could name
/// (`und`) is for everybody.
pub fn reads(languages: &[String], lang: &str) -> bool {
    let lang = lang.to_ascii_lowercase();
    languages.is_empty()
        || lang == "und"
        || languages.iter().any(|own| {
            let own = own.to_ascii_lowercase();
            lang == own || lang.strip_prefix(&own).is_some_and(|rest| rest.starts_with('-'))
        })
}

/// Whether a person may ever take what is in such a bucket: rights alone, nothing about this hour.
pub fn may_take(person: &Person, queue: &Queue, client: &str, lang: &str, level: Severity) -> bool {
    let named = |names: &[String], name: &str| names.is_empty() || names.iter().any(|own| own == name);
    person.enabled
        && person.may(Role::Moderator)
        && level <= person.severity_ceiling
        && level <= queue.severity_ceiling
        && named(&person.queues, &queue.name)
        && named(&person.clients, client)
        && reads(&person.languages, lang)
        && reads(&queue.languages, lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(class: i64, rank: i64, due: i64, received: i64, item: i64) -> Place {
        Place { class, rank, due, received, item }
    }

    fn head(bucket: usize, level: u8, client: &str, first: Place, urgent: Option<Place>) -> Head<'_> {
        Head { bucket, level: Severity::new(level).expect("a level"), client, first: Some(first), urgent }
    }

    fn run(client: &str, items: u32) -> ClientRun {
        ClientRun { client: client.into(), items, since: 0 }
    }

    const NONE: ClientRun = ClientRun { client: String::new(), items: 0, since: 0 };

    #[test]
    fn reversals_then_urgent_then_priority_due_and_arrival() {
        let urgent = place(1, 0, 50, 0, 4);
        let mut heads = vec![
            head(0, 0, "a", place(1, -5, NO_DUE, 9, 9), None),
            head(1, 0, "a", place(1, 0, NO_DUE, 1, 1), Some(urgent)),
            head(2, 0, "a", place(0, 100, NO_DUE, 99, 7), None),
        ];
        assert_eq!(next(&heads, &NONE, Severity::NONE, 0).map(|(_, place)| place.item), Some(7));
        heads.pop();
        assert_eq!(next(&heads, &NONE, Severity::NONE, 0), Some((1, urgent)));
        heads[1].urgent = None;
        assert_eq!(next(&heads, &NONE, Severity::NONE, 0).map(|(_, place)| place.item), Some(9));
        assert!(place(1, 0, 10, 9, 9) < place(1, 0, NO_DUE, 1, 1));
    }

    #[test]
    fn one_client_is_served_in_runs_unless_something_presses() {
        let heads =
            vec![head(0, 0, "a", place(1, 0, NO_DUE, 1, 1), None), head(1, 0, "b", place(1, 0, NO_DUE, 2, 2), None)];
        assert_eq!(next(&heads, &run("b", 3), Severity::NONE, 0).map(|(bucket, _)| bucket), Some(1));
        assert_eq!(next(&heads, &run("a", 10), Severity::NONE, 0).map(|(bucket, _)| bucket), Some(1));
        assert_eq!(next(&heads, &run("a", 1), Severity::NONE, RUN_MICROS).map(|(bucket, _)| bucket), Some(1));
        assert_eq!(next(&heads[..1], &run("a", 10), Severity::NONE, 0).map(|(bucket, _)| bucket), Some(0));
        let pressing = vec![heads[0].clone(), head(1, 0, "b", place(1, 0, 5, 2, 2), Some(place(1, 0, 5, 2, 2)))];
        assert_eq!(next(&pressing, &run("a", 1), Severity::NONE, 0).map(|(bucket, _)| bucket), Some(1));
    }

    #[test]
    fn a_milder_item_follows_a_hard_one_within_the_same_priority_only() {
        let hard = head(0, 3, "a", place(1, 0, NO_DUE, 1, 1), None);
        let mild = head(1, 1, "a", place(1, 0, NO_DUE, 2, 2), None);
        let low = head(2, 0, "a", place(1, 5, NO_DUE, 0, 0), None);
        let heads = [hard.clone(), mild.clone(), low.clone()];
        assert_eq!(next(&heads, &NONE, Severity::GRAPHIC, 0).map(|(bucket, _)| bucket), Some(1));
        assert_eq!(next(&heads, &NONE, Severity::MILD, 0).map(|(bucket, _)| bucket), Some(0));
        assert_eq!(next(&[hard, low], &NONE, Severity::GRAPHIC, 0).map(|(bucket, _)| bucket), Some(0));
    }

    #[test]
    fn languages_match_by_their_first_part() {
        let own = vec!["fr".to_owned(), "ur-Latn".to_owned()];
        assert!(reads(&own, "fr") && reads(&own, "fr-CA") && reads(&own, "UR-latn") && reads(&own, "und"));
        assert!(!reads(&own, "ur") && !reads(&own, "frr") && !reads(&own, "en"));
        assert!(reads(&[], "en"));
    }
}
