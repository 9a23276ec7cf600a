//! What several desks did and heard, and whether it can all be true together.

use jiff::{SignedDuration, Timestamp};
use moddesk::moderation::Outcome;
use moddesk::store::{AuditEntry, Event, SharedStore};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Mutex, PoisonError};
use tokio::sync::watch;
use uuid::Uuid;

/// A lease as it was heard of: surely held from `from` on and until `until` at least.
#[derive(Clone, Debug)]
pub struct Held {
    pub person: String,
    pub item: String,
    pub round: u32,
    /// By the queue's clock, when the queue gave it.
    pub served: Timestamp,
    pub from: Timestamp,
    pub until: Timestamp,
}

/// A break that was told: nothing is served in it.
#[derive(Clone, Debug)]
pub struct Rest {
    pub person: String,
    pub from: Timestamp,
    pub until: Timestamp,
}

#[derive(Default)]
pub struct Told {
    pub leases: Vec<Held>,
    pub rests: Vec<Rest>,
    /// Decided here: in the journal and not taken back.
    pub decided: BTreeSet<Uuid>,
    /// Taken back before they left.
    pub undone: BTreeSet<Uuid>,
    /// What the queue answered.
    pub answers: BTreeMap<Uuid, Vec<Outcome>>,
}

/// Everything that was heard, by all desks.
#[derive(Default)]
pub struct History {
    told: Mutex<Told>,
    /// Rings whenever a desk has noted something.
    noted: watch::Sender<()>,
}

impl History {
    pub fn note<T>(&self, what: impl FnOnce(&mut Told) -> T) -> T {
        let noted = what(&mut self.told.lock().unwrap_or_else(PoisonError::into_inner));
        self.noted.send_replace(());
        noted
    }

    /// How the morning goes on, for those whose pace is that of the others.
    pub fn listen(&self) -> watch::Receiver<()> {
        self.noted.subscribe()
    }

    /// Whether it can all be true, with what the queue has kept.
    pub async fn check(&self, store: &SharedStore) -> Sum {
        let log = whole_log(store).await;
        assert_eq!(store.verify_audit().await.expect("answers"), None, "the chain is whole");
        let names = pseudonyms(store).await;
        self.note(|told| {
            let sum = told.decisions(&log);
            told.leases_are_exclusive();
            told.breaks_are_kept();
            passes_are_respected(&told.leases, &log, &names);
            sum
        })
    }
}

/// What there was.
#[derive(Debug)]
pub struct Sum {
    pub acknowledged: usize,
    pub refused: usize,
    pub undone: usize,
    pub leases: usize,
    pub rests: usize,
}

async fn whole_log(store: &SharedStore) -> Vec<AuditEntry> {
    let mut log = Vec::<AuditEntry>::new();
    loop {
        let page = store.audit(log.last().map_or(0, |entry| entry.seq), 1000).await.expect("answers");
        if page.is_empty() {
            return log;
        }
        log.extend(page);
    }
}

/// Who stands behind a pseudonym.
async fn pseudonyms(store: &SharedStore) -> HashMap<String, String> {
    let people = store.people().await.expect("answers");
    people.into_iter().map(|person| (person.pseudonym, person.name)).collect()
}

impl Told {
    fn decisions(&self, log: &[AuditEntry]) -> Sum {
        let recorded: Vec<(Uuid, String, u64)> = log
            .iter()
            .filter(|entry| entry.action == "decision.recorded" && entry.detail["reverses"].is_null())
            .map(|entry| {
                let id = entry.detail["id"].as_str().expect("an id").parse().expect("a UUID");
                (id, entry.subject.clone(), entry.detail["round"].as_u64().expect("a round"))
            })
            .collect();
        let mut times: HashMap<Uuid, usize> = HashMap::new();
        let mut rounds: HashMap<(&str, u64), Uuid> = HashMap::new();
        for (id, item, round) in &recorded {
            *times.entry(*id).or_default() += 1;
            let other = rounds.insert((item, *round), *id);
            assert_eq!(other, None, "{item} was decided twice in round {round}");
            assert!(self.decided.contains(id), "{id} was recorded and nobody decided it");
        }
        let (mut acknowledged, mut refused) = (0, 0);
        for id in &self.decided {
            let answers = self.answers.get(id).map(Vec::as_slice).unwrap_or_default();
            assert!(!answers.is_empty(), "nobody knows what became of {id}");
            if answers.iter().any(|one| one.is_success()) {
                acknowledged += 1;
                assert_eq!(times.get(id), Some(&1), "{id} was acknowledged");
            } else {
                refused += 1;
                assert_eq!(times.get(id), None, "{id} was refused ({answers:?})");
            }
        }
        for id in &self.undone {
            assert_eq!(times.get(id), None, "{id} was taken back");
        }
        Sum { acknowledged, refused, undone: self.undone.len(), leases: self.leases.len(), rests: self.rests.len() }
    }

    fn leases_are_exclusive(&self) {
        let mut by_round: HashMap<(&str, u32), Vec<&Held>> = HashMap::new();
        for held in &self.leases {
            by_round.entry((&held.item, held.round)).or_default().push(held);
        }
        for leases in by_round.values() {
            for (at, one) in leases.iter().enumerate() {
                for other in &leases[at + 1..] {
                    let together = one.from < other.until && other.from < one.until;
                    assert!(one.person == other.person || !together, "held by two at once: {one:?} and {other:?}");
                }
            }
        }
    }

    fn breaks_are_kept(&self) {
        for rest in &self.rests {
            let within =
                |held: &&Held| held.person == rest.person && held.served > rest.from && held.served < rest.until;
            let served = self.leases.iter().find(within);
            assert!(served.is_none(), "served in a break: {served:?} in {rest:?}");
        }
    }
}

fn passes_are_respected(leases: &[Held], log: &[AuditEntry], names: &HashMap<String, String>) {
    for pass in log.iter().filter(|entry| entry.action == "item.passed") {
        let (item, round) = (&pass.subject, pass.detail["round"].as_u64().unwrap_or_default());
        let decided = log.iter().find(|entry| {
            entry.action == "decision.recorded"
                && entry.actor == pass.actor
                && entry.subject == *item
                && entry.detail["round"] == pass.detail["round"]
        });
        assert!(decided.is_none(), "passed and decided: {decided:?}");
        let person = names.get(&pass.actor);
        let again = leases.iter().find(|held| {
            Some(&held.person) == person
                && held.item == *item
                && u64::from(held.round) == round
                && held.served > pass.at + SignedDuration::from_millis(1)
        });
        assert!(again.is_none(), "passed at {} and served again: {again:?}", pass.at);
    }
}

/// Whether a stream told everything that it had to, or said that it did not: `heard` are the numbers of its events,
/// `gaps` what it said was missing.
pub async fn no_silent_gap(store: &SharedStore, heard: &[u64], gaps: &[(u64, u64)]) -> usize {
    assert!(heard.is_sorted_by(|a, b| a < b), "events come once and in order");
    let (Some(first), Some(last)) = (heard.first(), heard.last()) else { return 0 };
    let known: HashSet<u64> = heard.iter().copied().collect();
    let mut after = first - 1;
    let mut told = 0;
    while after < *last {
        let page: Vec<Event> = store.events(after, 1000).await.expect("answers");
        let Some(newest) = page.last() else { break };
        after = newest.seq;
        for event in page.iter().filter(|event| event.seq <= *last && event.kind != "stats" && event.kind != "shift") {
            let announced = gaps.iter().any(|(from, until)| (from + 1..=*until).contains(&event.seq));
            assert!(known.contains(&event.seq) || announced, "event {} was never told: {event:?}", event.seq);
            told += 1;
        }
    }
    told
}
