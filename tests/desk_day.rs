//! A desk on the real embedded queue, with real threads: what a moderator does in a day, and what is left of it.

use moddesk::desk::{Ask, Desk, DeskOptions, Local, News, SystemClock, TakenBack, WorkingDesk};
use moddesk::moderation::policy::Policies;
use moddesk::moderation::{Decision, Item, Outcome, Person, Served};
use moddesk::store::sqlite::{Options, SqliteStore};
use moddesk::store::{DecisionFilter, ImportOptions, Incoming, Store};
use moddesk::wellbeing::Clock;
use serde_json::json;
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::time::Duration;
use uuid::Uuid;

/// A dead test is better told than waited for; nothing here takes a hundredth of it.
const TOO_LONG: Duration = Duration::from_secs(20);

struct House {
    folder: tempfile::TempDir,
    store: Arc<SqliteStore>,
    clock: Arc<SystemClock>,
    runtime: tokio::runtime::Runtime,
}

struct Seat {
    desk: WorkingDesk,
    news: mpsc::Receiver<News>,
    ahead: Vec<Arc<Served>>,
    hold: Duration,
    clock: Arc<SystemClock>,
}

impl House {
    fn with(items: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(SystemClock::new());
        let store = Arc::new(SqliteStore::open(folder.path(), Options::new(clock.clone())).expect("a queue"));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let house = Self { folder, store, clock, runtime };
        house.runtime.block_on(async {
            house.store.set_person(&Person::with_every_right("ines"), "system").await.expect("a person");
        });
        house.import(1, items);
        house
    }

    fn import(&self, from: usize, items: usize) {
        let incoming = (from..from + items).map(|number| {
            let item: Item =
                serde_json::from_value(json!({"id": format!("i{number}"), "text": "words"})).expect("an item");
            Incoming { line: number as u64, item }
        });
        let incoming = incoming.collect();
        self.runtime.block_on(self.store.import(incoming, ImportOptions::default())).expect("goes in");
    }

    fn sit(&self, take_over: bool) -> Seat {
        let (told, news) = mpsc::channel();
        let policies = Policies { version: "built-in 1".into(), policies: Vec::new() };
        let line = Local::new(
            self.store.clone(),
            "ines",
            self.folder.path().display().to_string(),
            Arc::new(move |_| policies.clone()),
        );
        let folder = self.folder.path().join("journal");
        let options = DeskOptions { folder, queues: Vec::new(), prefetch: 5, label: "here".into() };
        let sink = Arc::new(move |one| drop(told.send(one)));
        let mut desk = WorkingDesk::open(Arc::new(line), options, self.clock.clone(), sink).expect("a desk");
        desk.ask(Ask::Begin { ends_at: None, take_over });
        Seat { desk, news, ahead: Vec::new(), hold: Duration::ZERO, clock: self.clock.clone() }
    }

    fn decisions(&self) -> Vec<Decision> {
        let filter = DecisionFilter { limit: 10_000, names: true, ..DecisionFilter::default() };
        let found = self.runtime.block_on(self.store.decisions(&filter)).expect("decisions");
        found.into_iter().map(|(_, decision)| decision).collect()
    }
}

impl Seat {
    /// The first news of which `pick` makes something; items ahead are gathered meanwhile.
    fn hear<T>(&mut self, mut pick: impl FnMut(&News) -> Option<T>) -> T {
        loop {
            let news = self.news.recv_timeout(TOO_LONG).expect("the desk says what became of it");
            match &news {
                News::Ahead { items, first: false, .. } => self.ahead.extend(items.iter().cloned()),
                News::Ahead { items, first: true, .. } => {
                    self.ahead.splice(0..0, items.iter().cloned());
                }
                News::Failed(why) => panic!("{why}"),
                _ => {}
            }
            if let Some(found) = pick(&news) {
                return found;
            }
        }
    }

    fn next(&mut self) -> Arc<Served> {
        while self.ahead.is_empty() {
            self.hear(|news| matches!(news, News::Ahead { .. }).then_some(()));
        }
        let served = self.ahead.remove(0);
        self.desk.ask(Ask::Shown(served.item.id.clone()));
        served
    }

    fn approve(&mut self, served: &Served) -> Uuid {
        let now = self.clock.now().wall;
        let id = Uuid::now_v7();
        let decision = serde_json::from_value(json!({
            "id": id, "item": served.item.id, "revision": served.item.revision, "round": served.round,
            "verdict": "approve", "policy_version": "built-in 1", "seen": "full",
            "presented_at": now, "decided_at": now, "active_ms": 3,
        }));
        self.desk.hold(&[decision.expect("a decision")], now + self.hold).expect("the journal takes it");
        id
    }
}

#[test]
fn two_hundred_decisions_are_exactly_those_in_the_queue_and_the_chain_is_whole() {
    let house = House::with(230);
    let mut seat = house.sit(false);
    let mut decided = Vec::new();
    for _ in 0..200 {
        let served = seat.next();
        decided.push(seat.approve(&served));
    }
    assert!(seat.desk.close().is_empty());
    let mut recorded: Vec<Uuid> = house.decisions().iter().map(|one| one.id).collect();
    recorded.sort();
    decided.sort();
    assert_eq!(recorded, decided);
    assert_eq!(house.runtime.block_on(house.store.verify_audit()).expect("an answer"), None);
    let stats = house.runtime.block_on(house.store.stats(true)).expect("figures");
    let (waiting, leased) = stats.iter().fold((0, 0), |(w, l), row| (w + row.waiting, l + row.leased));
    assert_eq!((waiting, leased), (30, 0), "what was not decided went back");
}

#[test]
fn alone_one_undoes_what_was_sent_and_decides_it_again() {
    let house = House::with(10);
    let mut seat = house.sit(false);
    let served = seat.next();
    let id = seat.approve(&served);
    seat.hear(|news| match news {
        News::Settled(results) => {
            results.iter().any(|one| one.id == id && one.outcome == Outcome::Recorded).then_some(())
        }
        _ => None,
    });
    assert_eq!(seat.desk.take_back(id).expect("an answer"), TakenBack::Sent);
    seat.desk.ask(Ask::Reverse(id));
    let back = seat.hear(|news| match news {
        News::Ahead { items, first: true, .. } => Some(Arc::clone(&items[0])),
        _ => None,
    });
    assert_eq!(back.item.id, served.item.id);
    assert!(back.round > served.round);
    let again = seat.next();
    let id = seat.approve(&again);
    assert!(seat.desk.close().is_empty());
    assert!(house.decisions().iter().any(|one| one.id == id));
}

#[test]
fn what_is_held_when_the_program_dies_is_sent_by_the_next() {
    let house = House::with(10);
    let mut seat = house.sit(false);
    seat.hold = Duration::from_secs(60);
    let served = seat.next();
    let kept = seat.approve(&served);
    let served = seat.next();
    let undone = seat.approve(&served);
    assert!(matches!(seat.desk.take_back(undone), Ok(TakenBack::Back(items)) if items.len() == 1));
    // As a crash: nothing is closed. The lock goes with the desk's thread, which ends when its screen is gone.
    drop(seat);
    let mut seat = house.sit(true);
    let sent = seat.hear(|news| match news {
        News::Recovered { sent, .. } => Some(*sent),
        _ => None,
    });
    assert_eq!(sent, 1);
    seat.next();
    assert!(seat.desk.close().is_empty());
    let ids: Vec<_> = house.decisions().iter().map(|one| one.id).collect();
    assert_eq!(ids, [kept]);
}

#[test]
fn a_second_desk_takes_over_and_the_first_sends_what_it_holds_and_leaves() {
    let house = House::with(30);
    let mut first = house.sit(false);
    first.hold = Duration::from_secs(60);
    let served = first.next();
    let id = first.approve(&served);
    let mut second = house.sit(false);
    second.hear(|news| matches!(news, News::OtherDesk(_)).then_some(()));
    second.desk.ask(Ask::Begin { ends_at: None, take_over: true });
    first.hear(|news| matches!(news, News::TakenOver(_)).then_some(()));
    assert!(house.decisions().iter().any(|one| one.id == id));
    let next = second.next();
    assert_ne!(next.item.id, served.item.id, "what the first had decided is not served again");
    assert!(first.desk.close().is_empty());
    assert!(second.desk.close().is_empty());
}

#[test]
fn an_open_desk_learns_of_an_import_without_asking() {
    let house = House::with(0);
    let mut seat = house.sit(false);
    seat.hear(|news| matches!(news, News::Nothing(_)).then_some(()));
    house.import(1, 3);
    assert_eq!(seat.next().item.id, "i1");
    assert!(seat.desk.close().is_empty());
}

#[test]
fn the_journal_is_nobody_else_s_to_read_and_holds_nothing_after_the_day() {
    let house = House::with(10);
    let mut seat = house.sit(false);
    let served = seat.next();
    seat.approve(&served);
    seat.desk.keep_draft("i2", Some(&json!({"reply": "a very private remark"}))).expect("is kept");
    seat.desk.keep_draft("i2", None).expect("is forgotten");
    assert!(seat.desk.close().is_empty());
    for file in std::fs::read_dir(house.folder.path().join("journal")).expect("a folder") {
        let path = file.expect("a file").path();
        let bytes = std::fs::read(&path).expect("its bytes");
        assert!(!holds(&bytes, b"private remark") && !holds(&bytes, b"\"verdict\""), "{}", name(&path));
    }
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

fn name(path: &Path) -> String {
    path.display().to_string()
}
