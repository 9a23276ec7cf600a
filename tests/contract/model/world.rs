//! The model: what the contract says must be so, as plainly as it can be said.

use jiff::Timestamp;
use moddesk::moderation::{Decision, Served, Verdict};
use std::collections::BTreeMap;
use std::time::Duration;
use uuid::Uuid;

/// The three at the desks.
pub const PEOPLE: [&str; 3] = ["ines", "omar", "lena"];
/// Whoever is above them.
pub const ABOVE: &str = "sonia";

/// Where an item is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Waiting,
    Decided,
    Withdrawn,
}

/// Somebody's right to decide: sure until one moment, gone for sure from another.
#[derive(Clone, Copy, Debug)]
pub struct Lease {
    pub who: usize,
    pub sure_until: Timestamp,
    pub gone_by: Timestamp,
}

/// A decision that was recorded.
#[derive(Clone, Debug)]
pub struct Past {
    pub id: Uuid,
    pub who: usize,
    pub round: u32,
    pub revision: u32,
    pub verdict: Verdict,
    pub reversed: bool,
}

/// One item.
#[derive(Clone, Debug)]
pub struct Thing {
    pub revision: u32,
    pub round: u32,
    pub state: State,
    /// It waits because a decision was undone.
    pub undone: bool,
    pub priority: i32,
    pub due: Option<Timestamp>,
    pub received: Timestamp,
    pub author: usize,
    pub lease: Option<Lease>,
    /// Who handed it back in this round; `false` where the store need not have taken the pass.
    pub passed: BTreeMap<usize, bool>,
    /// Who had it in this round, and whether they handed it back since.
    pub hands: BTreeMap<usize, bool>,
    pub past: Vec<Past>,
}

/// Something that was once served: what a desk still has on its screen, or its journal.
#[derive(Clone, Debug)]
pub struct Card {
    pub item: usize,
    pub revision: u32,
    pub round: u32,
}

/// One moderator.
#[derive(Clone, Debug)]
pub struct Human {
    pub desk: Option<String>,
    pub cards: Vec<Card>,
    /// The break that runs: whether it is their own, and its end.
    pub rest: Option<(bool, Timestamp)>,
    pub rest_began: Timestamp,
    /// Since when at least they have worked without a break, and since when at most.
    pub rested: Timestamp,
    pub rested_surely: Timestamp,
    /// Their last claim, if there was one.
    pub life: Option<Timestamp>,
    pub on_shift: bool,
}

/// Everything.
pub struct World {
    pub things: Vec<Thing>,
    pub humans: Vec<Human>,
    /// Who sent what, recorded or not.
    pub sent: Vec<(usize, Decision)>,
    /// Recorded, in order.
    pub recorded: Vec<Uuid>,
    /// Authors shut to a person; `false` where the store need not have taken the pass.
    pub shut: BTreeMap<(usize, usize), bool>,
}

impl World {
    pub fn new(now: Timestamp) -> Self {
        let human = Human {
            desk: None,
            cards: Vec::new(),
            rest: None,
            rest_began: now,
            rested: now,
            rested_surely: now,
            life: None,
            on_shift: false,
        };
        let humans = vec![human; PEOPLE.len()];
        Self { things: Vec::new(), humans, sent: Vec::new(), recorded: Vec::new(), shut: BTreeMap::new() }
    }

    /// What an item is called.
    pub fn name(at: usize) -> String {
        format!("item-{at}")
    }

    /// Which item is called that.
    pub fn find(name: &str) -> usize {
        name.strip_prefix("item-").and_then(|at| at.parse().ok()).expect("an item of this morning")
    }

    /// What somebody holds without doubt.
    pub fn held(&self, who: usize, now: Timestamp) -> Vec<usize> {
        let mine = |thing: &Thing| thing.lease.is_some_and(|lease| lease.who == who && now < lease.sure_until);
        (0..self.things.len()).filter(|at| mine(&self.things[*at])).collect()
    }

    /// Kept from a person: passed in this round, or by an author that is shut. `sure` asks for what the store must
    /// know, else what it may know counts too.
    fn kept_from(&self, who: usize, at: usize, sure: bool) -> bool {
        let thing = &self.things[at];
        let counts = |known: Option<&bool>| known.is_some_and(|taken| *taken || !sure);
        counts(thing.passed.get(&who)) || counts(self.shut.get(&(who, thing.author)))
    }

    /// Whether an item may be served to somebody.
    pub fn may_have(&self, who: usize, at: usize, now: Timestamp) -> bool {
        let thing = &self.things[at];
        let others = thing.lease.is_some_and(|lease| lease.who != who && now < lease.sure_until);
        thing.state == State::Waiting && !others && !self.kept_from(who, at, true)
    }

    /// Whether a claim by somebody that is not full must have it.
    pub fn must_have(&self, who: usize, at: usize, now: Timestamp) -> bool {
        let thing = &self.things[at];
        let leased = thing.lease.is_some_and(|lease| now < lease.gone_by);
        thing.state == State::Waiting && !leased && !self.kept_from(who, at, false)
    }

    /// Where it stands in the order: reversals, what presses by due, the rest by priority, due and reception.
    pub fn place(&self, at: usize, now: Timestamp) -> (u8, i64, i64, i64) {
        const WARN: Duration = Duration::from_secs(15 * 60);
        let thing = &self.things[at];
        let due = thing.due.map_or(i64::MAX, Timestamp::as_second);
        if thing.undone {
            return (0, 0, 0, 0);
        }
        if thing.due.is_some_and(|due| due - WARN <= now) {
            return (1, due, 0, 0);
        }
        (2, -i64::from(thing.priority), due, thing.received.as_second())
    }

    /// Somebody has it now.
    pub fn serve(&mut self, who: usize, served: &Served) {
        let at = Self::find(&served.item.id);
        let thing = &mut self.things[at];
        assert_eq!(
            (served.item.revision, served.round),
            (thing.revision, thing.round),
            "{} as it is now",
            served.item.id
        );
        thing.lease = Some(Lease { who, sure_until: served.lease_until, gone_by: served.lease_until });
        thing.hands.insert(who, false);
        self.humans[who].cards.push(Card { item: at, revision: thing.revision, round: thing.round });
    }

    /// The item waits in a new round.
    pub fn new_round(&mut self, at: usize, undone: bool) {
        let thing = &mut self.things[at];
        thing.round += 1;
        (thing.state, thing.undone, thing.lease) = (State::Waiting, undone, None);
        thing.passed.clear();
        thing.hands.clear();
    }

    /// What somebody holds may be gone at once and is gone by then.
    pub fn cut(&mut self, who: usize, now: Timestamp, by: Timestamp) {
        for lease in self.things.iter_mut().filter_map(|thing| thing.lease.as_mut()).filter(|lease| lease.who == who) {
            lease.sure_until = lease.sure_until.min(now);
            lease.gone_by = lease.gone_by.min(by);
        }
    }

    /// Writes a decision down. It must be the first of its round, on what is there now, by somebody who had it.
    pub fn record(&mut self, who: usize, decision: &Decision, round: u32, now: Timestamp) {
        let at = Self::find(&decision.item);
        let thing = &mut self.things[at];
        assert_eq!(thing.state, State::Waiting, "decided while {:?}", thing.state);
        assert_eq!((decision.revision, round), (thing.revision, thing.round), "on what is there now");
        assert!(thing.past.iter().all(|past| past.round != round), "twice in one round");
        assert!(thing.hands.contains_key(&who), "by somebody who had it in this round");
        let other = thing.lease.is_some_and(|lease| lease.who != who && now < lease.sure_until);
        assert!(!other, "while somebody else held it");
        let (id, verdict, revision) = (decision.id, decision.verdict, decision.revision);
        thing.past.push(Past { id, who, round, revision, verdict, reversed: false });
        self.recorded.push(id);
        if verdict == Verdict::Escalate {
            self.new_round(at, false);
        } else {
            (thing.state, thing.lease, thing.undone) = (State::Decided, None, false);
        }
    }
}
