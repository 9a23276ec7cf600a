//! One queue with the people who work on it, and short words for what they do all day.

use crate::engines::{Place, Setting};
use moddesk::moderation::claim::BreakDue;
use moddesk::moderation::policy::{Policies, Policy};
use moddesk::moderation::queue::QueueStats;
use moddesk::moderation::{
    Claim, Claimed, Decision, Item, Outcome, Pass, PassReason, Person, Queue, Recorded, Role, Seen, Served, Sight,
    Verdict,
};
use moddesk::store::{ImportOptions, Imported, Incoming, SharedStore, Store};
use moddesk::wellbeing::clock::{Clock, TurnedClock};
use moddesk::wellbeing::{Rules, Severity};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// When every story begins: a Sunday morning, far from midnight.
pub const MORNING: &str = "2026-11-22T08:00:00Z";

/// A queue that nobody has opened yet.
pub struct Fresh {
    place: Box<dyn Place>,
    setting: Setting,
}

impl Fresh {
    /// The shipped rules, a small charter, shifts of 8 hours.
    pub fn new(place: Box<dyn Place>) -> Self {
        let charter = Arc::new(charter());
        let setting = Setting {
            clock: TurnedClock::at(MORNING.parse().expect("a time")),
            rules: Rules::shipped(),
            policies: Arc::new(move |_| Some(Arc::clone(&charter))),
            shift: Duration::from_secs(8 * 3600),
        };
        Self { place, setting }
    }

    /// Other wellbeing rules.
    pub fn rules(mut self, rules: Rules) -> Self {
        self.setting.rules = rules;
        self
    }

    /// Opens it, with two moderators (ines, omar) and a supervisor (sonia) at work.
    pub async fn open(self) -> House {
        let house = self.unmanned().await;
        for (name, role) in [("ines", Role::Moderator), ("omar", Role::Moderator), ("sonia", Role::Supervisor)] {
            house.hire(person(name, role)).await;
        }
        house
    }

    /// Opens it with nobody there.
    pub async fn unmanned(self) -> House {
        let store = self.place.open(&self.setting).await;
        House { clock: self.setting.clock.clone(), store: Some(store), place: self.place, setting: self.setting }
    }
}

/// The rules for people who are here for long: no ramp.
pub fn seasoned() -> Rules {
    let mut rules = Rules::shipped();
    rules.ramp.first_shifts = 0;
    rules.ramp.after_absence_shifts = 0;
    rules
}

/// The same, with nothing guarded at the edges of a shift.
pub fn without_edges() -> Rules {
    let mut rules = seasoned();
    rules.shift.edges = false;
    rules
}

/// Four policies: one for each thing that a policy can do to an item.
fn charter() -> Policies {
    let policy = |code: &str, letter, severity, sealed| Policy {
        code: code.into(),
        letter,
        title: BTreeMap::new(),
        text: BTreeMap::new(),
        severity: level(severity),
        grave: sealed,
        sealed,
        follow_ups: Vec::new(),
        ground: None,
        terms: BTreeMap::new(),
    };
    Policies {
        version: "house 3".into(),
        policies: vec![
            policy("spam", 's', 0, false),
            policy("hate", 'h', 2, false),
            policy("gore", 'g', 3, false),
            policy("minors", 'm', 4, true),
        ],
    }
}

/// A level that is known to be one.
pub fn level(level: u8) -> Severity {
    Severity::new(level).expect("0 to 4")
}

/// Somebody with one role and no limits.
pub fn person(name: &str, role: Role) -> Person {
    Person { roles: vec![role], sealed: false, names: false, ..Person::with_every_right(name) }
}

/// An item with words of its own and whatever else is said.
pub fn item(id: &str, more: Value) -> Item {
    let mut value = json!({"id": id, "text": format!("words of {id}")});
    for (key, part) in more.as_object().expect("fields of an item") {
        value[key] = part.clone();
    }
    let item: Item = serde_json::from_value(value).expect("an item");
    item.check().expect("within the limits of the contract");
    item
}

/// Numbered as the lines of a file.
pub fn lines(items: Vec<Item>) -> Vec<Incoming> {
    (1..).zip(items).map(|(line, item)| Incoming { line, item }).collect()
}

/// A verdict on what was served, as the desk sends it.
pub fn verdict(served: &Served, verdict: Verdict) -> Decision {
    let policy = matches!(verdict, Verdict::Delete | Verdict::Restrict).then_some("spam");
    let measure = (verdict == Verdict::Restrict).then_some("hide");
    serde_json::from_value(json!({
        "id": Uuid::now_v7(), "item": served.item.id, "revision": served.item.revision, "round": served.round,
        "queue": served.queue, "verdict": verdict, "policy": policy, "measure": measure,
    }))
    .expect("a decision")
}

/// A fresh desk's first claim.
pub fn fresh(desk: &str, max: u32) -> Claim {
    Claim { desk: Some(desk.into()), max, ..Claim::default() }
}

/// A claim by a desk that says what it has.
pub fn with(desk: &str, have: &[&str], max: u32) -> Claim {
    Claim { have: Some(have.iter().map(|id| (*id).to_owned()).collect()), ..fresh(desk, max) }
}

/// Handing back, seen in full.
pub fn pass(id: &str, reason: PassReason) -> Pass {
    Pass { reason, sight: sight(id) }
}

/// The whole item was seen.
pub fn sight(id: &str) -> Sight {
    let (item, seen) = (id.to_owned(), Seen::Full);
    Sight { item, revision: 1, seen, opened: None, severity: None, presented_at: None, active_ms: None }
}

/// The ids of what was served, in order.
pub fn ids(served: &[Served]) -> Vec<&str> {
    served.iter().map(|served| served.item.id.as_str()).collect()
}

/// The items of an answer that must be one.
pub fn items(claimed: Claimed) -> Vec<Served> {
    match claimed {
        Claimed::Items { items, .. } => items,
        other => panic!("items were expected, not {other:?}"),
    }
}

/// The break of an answer that must be one.
pub fn break_in(claimed: Claimed) -> BreakDue {
    match claimed {
        Claimed::BreakDue { break_due } => break_due,
        other => panic!("a break was expected, not {other:?}"),
    }
}

/// An open queue. It is the store, with a clock and a few words more.
pub struct House {
    /// The queue's clock.
    pub clock: TurnedClock,
    /// Where it is kept.
    pub place: Box<dyn Place>,
    store: Option<SharedStore>,
    setting: Setting,
}

impl Deref for House {
    type Target = dyn Store;

    fn deref(&self) -> &Self::Target {
        self.store.as_deref().expect("a house is open")
    }
}

impl House {
    /// Closes it and opens it again: what was recorded is there.
    pub async fn reopen(&mut self) {
        drop(self.store.take());
        self.store = Some(self.place.open(&self.setting).await);
    }

    /// The same queue, opened once more, as a command beside the desk does.
    pub async fn beside(&self) -> SharedStore {
        self.place.open(&self.setting).await
    }

    /// Lets time pass.
    pub fn minutes(&self, minutes: u64) {
        self.seconds(minutes * 60);
    }

    /// Lets time pass.
    pub fn seconds(&self, seconds: u64) {
        self.clock.turn(Duration::from_secs(seconds));
    }

    /// What the wall clock says.
    pub fn now(&self) -> jiff::Timestamp {
        self.clock.now().wall
    }

    /// Takes somebody on, or changes what they may do.
    pub async fn hire(&self, person: Person) -> Person {
        self.set_person(&person, "operator").await.expect("a person")
    }

    /// Makes or changes a queue of the client `default`.
    pub async fn queue(&self, name: &str, change: impl FnOnce(&mut Queue)) {
        let known = self.queues().await.expect("queues").into_iter().find(|queue| queue.name == name);
        let mut queue = known.unwrap_or_else(|| Queue::new(name, "default"));
        change(&mut queue);
        self.set_queue(&queue, "operator").await.expect("a queue");
    }

    /// Imports; nothing may be refused.
    pub async fn bring(&self, items: Vec<Item>) -> Imported {
        let done = self.import(lines(items), ImportOptions::default()).await.expect("an import");
        assert_eq!(done.refused, [], "nothing is refused");
        done
    }

    /// Imports items that have nothing but a name.
    pub async fn plain(&self, ids: &[&str]) {
        self.bring(ids.iter().map(|id| item(id, json!({}))).collect()).await;
    }

    /// Claims without a desk: whatever is leased to them, then what comes next.
    pub async fn take(&self, who: &str, max: u32) -> Vec<Served> {
        items(self.ask(who, Claim { max, ..Claim::default() }).await)
    }

    /// The one item that comes first.
    pub async fn take_one(&self, who: &str) -> Served {
        self.take(who, 1).await.pop().expect("an item is served")
    }

    /// Claims.
    pub async fn ask(&self, who: &str, claim: Claim) -> Claimed {
        self.claim(who, &claim).await.expect("an answer to a claim")
    }

    /// Sends one decision.
    pub async fn send(&self, who: &str, decision: Decision) -> Recorded {
        let mut decided = self.decide(who, &[decision], None).await.expect("an answer to a decision");
        assert_eq!(decided.results.len(), 1);
        decided.results.pop().expect("one result")
    }

    /// Decides what was served; it must be recorded. Answers the decision's id.
    pub async fn rule(&self, who: &str, served: &Served, what: Verdict) -> Uuid {
        self.record(who, verdict(served, what)).await
    }

    /// Sends a decision that must be recorded. Answers its id.
    pub async fn record(&self, who: &str, decision: Decision) -> Uuid {
        let result = self.send(who, decision).await;
        assert_eq!(result.outcome, Outcome::Recorded, "{result:?}");
        result.id
    }

    /// waiting, leased, decided, withdrawn or sealed.
    pub async fn state(&self, id: &str) -> String {
        self.item(id).await.expect("an item").state
    }

    /// A queue's row of the stats, the sealed ones included.
    pub async fn row(&self, queue: &str) -> QueueStats {
        let rows = self.stats(true).await.expect("stats");
        rows.into_iter().find(|row| row.name == queue).expect("a row a queue")
    }

    /// Whose lease events say what, oldest first: person, item, why.
    pub async fn told(&self, who: &str) -> Vec<(String, String)> {
        let events = self.events(0, 0).await.expect("events");
        let mine = events.into_iter().filter(|event| event.kind == "lease" && event.person.as_deref() == Some(who));
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        mine.map(|event| (word(&event.data["item"]), word(&event.data["why"]))).collect()
    }
}
