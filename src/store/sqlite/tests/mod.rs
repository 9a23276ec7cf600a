//! What is particular to this engine; the common story is in `tests/contract/`.

mod hands;
mod rest;

use super::open::MIGRATIONS;
use super::{FILE, Options, SqliteStore};
use crate::moderation::decision::Outcome;
use crate::moderation::{Claim, Claimed, Decision, Item, Person, Served, Sight};
use crate::store::audit::checksum;
use crate::store::{DecisionFilter, ImportOptions, Imported, Incoming, Reverse, Store, StoreError};
use crate::wellbeing::clock::TurnedClock;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use uuid::Uuid;

pub(super) struct House {
    pub dir: TempDir,
    pub clock: TurnedClock,
    pub store: SqliteStore,
}

pub(super) fn options(clock: &TurnedClock) -> Options {
    Options::new(Arc::new(clock.clone()))
}

pub(super) async fn house() -> House {
    let dir = TempDir::new().expect("a folder");
    let clock = TurnedClock::at("2026-11-22T08:00:00Z".parse().expect("a time"));
    let store = SqliteStore::open(dir.path(), options(&clock)).expect("opens");
    for name in ["ines", "paul"] {
        store.set_person(&Person::with_every_right(name), "system").await.expect("is made");
    }
    House { dir, clock, store }
}

pub(super) fn item(extra: Value) -> Item {
    let mut value = json!({"text": "words", "lang": "fr"});
    for (key, part) in extra.as_object().expect("an object") {
        value[key] = part.clone();
    }
    serde_json::from_value(value).expect("an item")
}

impl House {
    pub(super) async fn import(&self, items: impl IntoIterator<Item = Value>) -> Imported {
        let items = items.into_iter().enumerate();
        let items = items.map(|(at, extra)| Incoming { line: at as u64 + 1, item: item(extra) }).collect();
        self.store.import(items, ImportOptions::default()).await.expect("goes in")
    }

    pub(super) async fn claim(&self, who: &str, max: u32) -> Vec<Served> {
        let claim = Claim { max, have: Some(Vec::new()), ..Claim::default() };
        match self.store.claim(who, &claim).await.expect("answers") {
            Claimed::Items { items, .. } => items,
            other => panic!("not items: {other:?}"),
        }
    }

    pub(super) async fn decide(&self, who: &str, item: &str, extra: Value) -> crate::moderation::Recorded {
        let decided = self.store.decide(who, &[decision(item, extra)], None).await.expect("answers");
        decided.results.into_iter().next().expect("one result")
    }

    pub(super) async fn stats(&self, queue: &str) -> crate::moderation::queue::QueueStats {
        let stats = self.store.stats(true).await.expect("answers");
        stats.into_iter().find(|row| row.name == queue).expect("a queue")
    }
}

pub(super) fn decision(item: &str, extra: Value) -> Decision {
    let mut value = json!({"id": Uuid::now_v7(), "item": item, "verdict": "approve", "active_ms": 1000});
    for (key, part) in extra.as_object().expect("an object") {
        value[key] = part.clone();
    }
    serde_json::from_value(value).expect("a decision")
}

pub(super) fn ids(served: &[Served]) -> Vec<&str> {
    served.iter().map(|served| served.item.id.as_str()).collect()
}

fn no_break() -> Vec<Value> {
    (0..5).map(|n| json!({"id": format!("a{n}")})).collect()
}

#[tokio::test]
async fn an_item_goes_from_import_to_export_and_the_figures_add_up() {
    let house = house().await;
    let done = house.import(no_break()).await;
    assert_eq!((done.imported, done.refused.len()), (5, 0));
    assert_eq!(house.import(no_break()).await.unchanged, 5);
    let served = house.claim("ines", 2).await;
    assert_eq!(ids(&served), ["a0", "a1"]);
    let stats = house.stats("default").await;
    assert_eq!((stats.waiting, stats.leased, stats.decided_today), (3, 2, 0));
    assert_eq!(house.decide("ines", "a0", json!({})).await.outcome, Outcome::Recorded);
    let stats = house.stats("default").await;
    assert_eq!((stats.waiting, stats.leased, stats.decided_today), (3, 1, 1));
    let kept = house.store.decisions(&DecisionFilter::default()).await.expect("reads");
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].1.moderator.as_deref(), Some("M-01"));
    assert_eq!(kept[0].1.active_ms, None);
    assert_eq!(house.store.verify_audit().await.expect("reads"), None);
    let history = house.store.history("a0").await.expect("reads");
    assert_eq!(history.iter().map(|entry| entry.what.as_str()).collect::<Vec<_>>(), ["imported", "decided"]);
}

#[tokio::test]
async fn the_first_wins_an_id_is_recorded_once_and_nobody_decides_what_they_never_held() {
    let house = house().await;
    house.import(no_break()).await;
    house.claim("ines", 1).await;
    let one = decision("a0", json!({}));
    let both = [one.clone(), one.clone()];
    let results = house.store.decide("ines", &both, None).await.expect("answers").results;
    assert_eq!(results[0].outcome, Outcome::Recorded);
    assert_eq!(results[1].outcome, Outcome::AlreadyRecorded);
    assert_eq!(house.decide("paul", "a0", json!({})).await.outcome, Outcome::NotLeased);
    let second = house.decide("ines", "a0", json!({})).await;
    assert_eq!((second.outcome, second.by.as_deref()), (Outcome::Conflict, Some("M-01")));
    house.claim("ines", 1).await;
    let leased = house.decide("paul", "a1", json!({"round": 1})).await;
    assert_eq!((leased.outcome, leased.state.as_deref()), (Outcome::Conflict, Some("leased")));
    let other = Decision { item: "a1".into(), ..one };
    assert_eq!(house.store.decide("ines", &[other], None).await.expect("answers").results[0].outcome, Outcome::Refused);
}

#[tokio::test]
async fn a_lapsed_lease_still_records_unless_somebody_else_has_it() {
    let house = house().await;
    house.import(no_break()).await;
    house.claim("ines", 2).await;
    house.clock.turn(Duration::from_secs(301));
    assert_eq!(house.decide("ines", "a0", json!({})).await.outcome, Outcome::Recorded);
    assert_eq!(ids(&house.claim("paul", 1).await), ["a1"]);
    let late = house.decide("ines", "a1", json!({})).await;
    assert_eq!((late.outcome, late.state.as_deref()), (Outcome::Conflict, Some("leased")));
}

#[tokio::test]
async fn a_decision_undone_is_leased_again_and_decided_in_the_next_round() {
    let house = house().await;
    house.import(no_break()).await;
    house.claim("ines", 1).await;
    let first = decision("a0", json!({"verdict": "delete", "policy": "spam"}));
    house.store.decide("ines", std::slice::from_ref(&first), None).await.expect("answers");
    let reverse = Reverse { id: Uuid::now_v7(), reason: None, decision: None };
    let undone = house.store.reverse("ines", first.id, &reverse).await.expect("answers");
    assert_eq!(undone.outcome, Outcome::Recorded);
    let served = undone.item.expect("leased again");
    assert_eq!((served.round, served.rounds.len(), served.rounds[0].reversed), (2, 1, true));
    let again = house.store.reverse("ines", first.id, &reverse).await.expect("answers");
    assert_eq!(again.outcome, Outcome::AlreadyRecorded);
    assert_eq!(house.decide("ines", "a0", json!({"round": 1})).await.outcome, Outcome::Conflict);
    assert_eq!(house.decide("ines", "a0", json!({})).await.outcome, Outcome::Recorded);
    let other = Reverse { id: Uuid::now_v7(), ..reverse };
    assert_eq!(house.store.reverse("ines", first.id, &other).await.expect("answers").outcome, Outcome::Superseded);
    let kept = house.store.decisions(&DecisionFilter::default()).await.expect("reads");
    assert!(kept[0].1.reversed_by.is_some() && kept[1].1.reversed_by.is_none());
    assert_eq!(house.stats("default").await.decided_today, 1);
    assert_eq!(house.store.verify_audit().await.expect("reads"), None);
}

#[tokio::test]
async fn one_alone_can_escalate_pass_and_get_both_back() {
    let house = house().await;
    house.import(no_break()).await;
    house.claim("ines", 2).await;
    assert_eq!(house.decide("ines", "a0", json!({"verdict": "escalate"})).await.outcome, Outcome::Recorded);
    let claim = Claim { queues: vec!["escalated".into()], max: 1, have: Some(vec![]), ..Claim::default() };
    let pass = serde_json::from_value(json!({"item": "a1", "reason": "not_for_me"})).expect("a pass");
    assert!(house.store.pass("ines", &[pass]).await.expect("answers").is_empty());
    house.store.set_person(&Person { enabled: false, ..Person::with_every_right("paul") }, "ines").await.expect("set");
    assert_eq!(house.stats("default").await.stranded, 1);
    assert_eq!(house.decide("ines", "a1", json!({})).await.outcome, Outcome::NotLeased);
    let Claimed::Items { items, .. } = house.store.claim("ines", &claim).await.expect("answers") else { panic!() };
    assert_eq!((ids(&items), items[0].round), (vec!["a0"], 2));
    assert_eq!(ids(&house.claim("ines", 9).await), ["a0", "a2", "a3", "a4"]);
    assert_eq!(house.store.release_queue("default", true, "ines").await.expect("answers"), 1);
    assert!(ids(&house.claim("ines", 9).await).contains(&"a1"));
    let log = house.store.audit(0, 0).await.expect("reads");
    let passed = log.iter().find(|entry| entry.action == "item.passed").expect("logged");
    assert_eq!(passed.actor, "moderator");
}

#[tokio::test]
async fn a_new_revision_waits_at_once_and_a_decision_on_the_old_one_is_stale() {
    let house = house().await;
    house.import(no_break()).await;
    house.claim("ines", 1).await;
    house.import([json!({"id": "a0", "text": "edited", "revision": 2})]).await;
    let stale = house.decide("ines", "a0", json!({})).await;
    assert_eq!(stale.outcome, Outcome::StaleRevision);
    let now = stale.item.expect("the new item");
    assert_eq!((now.round, now.item.revision), (2, 2));
    assert_eq!(house.decide("ines", "a0", json!({"revision": 2})).await.outcome, Outcome::Recorded);
    let refused = house.import([json!({"id": "a0", "text": "other", "revision": 2}), json!({"id": "a0"})]).await;
    assert_eq!(refused.refused.iter().map(|line| line.line).collect::<Vec<_>>(), [1, 2]);
}

#[tokio::test]
async fn the_reporter_is_never_served_their_own_report() {
    let house = house().await;
    house.import([json!({"id": "a", "reports": [{"by": "user", "reporter": "ines"}]}), json!({"id": "b"})]).await;
    assert_eq!(ids(&house.claim("ines", 9).await), ["b"]);
    assert_eq!(ids(&house.claim("paul", 9).await), ["a"]);
}

#[tokio::test]
async fn what_is_sealed_leaves_the_store_and_its_log() {
    let house = house().await;
    let secret = "5ecre7-words-of-the-item";
    house.import([json!({"id": "s", "text": secret, "sealed": "csam", "url": secret})]).await;
    assert!(house.claim("ines", 9).await.is_empty());
    let kept = house.store.item("s").await.expect("reads");
    assert_eq!((kept.state.as_str(), kept.queue.as_str(), kept.item.text), ("sealed", "sealed", None));
    assert!(house.store.stats(false).await.expect("reads").iter().all(|row| row.name != "sealed"));
    for file in std::fs::read_dir(house.dir.path()).expect("reads").flatten().filter(|file| file.path().is_file()) {
        let bytes = std::fs::read(file.path()).expect("reads");
        assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()), "{:?}", file.path());
    }
}

#[tokio::test]
async fn sights_of_what_was_never_shown_cost_nothing() {
    let house = house().await;
    house.import([json!({"id": "a", "severity": 2, "kind": "image"})]).await;
    house.claim("ines", 1).await;
    let never: Sight =
        serde_json::from_value(json!({"item": "a", "seen": "summary", "opened": "none"})).expect("a sight");
    assert!(house.store.release("ines", &[never]).await.expect("answers").is_empty());
    let load = house.store.shift("ines").await.expect("answers").load.expect("a day");
    assert_eq!(load["load"]["value"].as_f64().unwrap_or(0.0), 0.0);
    house.claim("ines", 1).await;
    let looked: Sight = serde_json::from_value(json!({"item": "a"})).expect("a sight");
    house.store.release("ines", &[looked]).await.expect("answers");
    let load = house.store.shift("ines").await.expect("answers").load.expect("a day");
    assert!(load["load"]["value"].as_f64().unwrap_or(0.0) > 2.9);
}

#[test]
fn shipped_migrations_are_never_edited() {
    let sums: Vec<String> = MIGRATIONS.iter().map(|(_, sql)| checksum(sql)[..16].to_owned()).collect();
    let shipped = [
        "1691e45f7fe74e6a",
        "29a9f7781b356180",
        "7eef3bd19db42382",
        "918965047964df51",
        "ae6466301d31971e",
        "8c1222ce3ebccf47",
    ];
    assert_eq!(sums, shipped);
}

#[tokio::test]
async fn a_file_that_is_no_queue_and_one_from_a_newer_version_are_left_as_they_are() {
    let clock = TurnedClock::at("2026-11-22T08:00:00Z".parse().expect("a time"));
    let dir = TempDir::new().expect("a folder");
    let open = |dir: &Path| SqliteStore::open(dir, options(&clock)).map(|_| ()).expect_err("must not open");
    std::fs::write(dir.path().join(FILE), b"hello, this is a letter").expect("writes");
    assert!(matches!(open(dir.path()), StoreError::NotAQueue(_)));
    assert_eq!(std::fs::read(dir.path().join(FILE)).expect("reads"), b"hello, this is a letter");
    std::fs::remove_file(dir.path().join(FILE)).expect("goes");
    let other = rusqlite::Connection::open(dir.path().join(FILE)).expect("opens");
    other.execute_batch("CREATE TABLE song (name TEXT)").expect("makes");
    drop(other);
    assert!(matches!(open(dir.path()), StoreError::NotAQueue(_)));
    std::fs::remove_file(dir.path().join(FILE)).expect("goes");
    drop(SqliteStore::open(dir.path(), options(&clock)).expect("opens"));
    let newer = rusqlite::Connection::open(dir.path().join(FILE)).expect("opens");
    newer.pragma_update(None, "user_version", 99).expect("sets");
    drop(newer);
    assert_eq!(open(dir.path()), StoreError::Newer { found: 99, known: MIGRATIONS.len() as i64 });
}

#[tokio::test]
async fn another_process_rings_and_is_seen_at_the_next_claim() {
    let house = house().await;
    let mut rings = house.store.rings();
    rings.mark_unchanged();
    let beside = SqliteStore::open(house.dir.path(), options(&house.clock)).expect("opens");
    rings.mark_unchanged();
    let items = vec![Incoming { line: 1, item: item(json!({"id": "x"})) }];
    beside.import(items, ImportOptions::default()).await.expect("goes in");
    tokio::time::timeout(Duration::from_secs(5), rings.changed()).await.expect("rings in time").expect("is there");
    assert_eq!(ids(&house.claim("ines", 1).await), ["x"]);
    drop(beside);
    assert_eq!(std::fs::read_dir(house.dir.path().join("bells")).expect("reads").count(), 1);
}

#[tokio::test]
async fn a_changed_decision_is_named_by_the_audit() {
    let house = house().await;
    house.import(no_break()).await;
    house.claim("ines", 2).await;
    house.decide("ines", "a0", json!({})).await;
    house.decide("ines", "a1", json!({})).await;
    assert_eq!(house.store.verify_audit().await.expect("reads"), None);
    let last = house.store.audit(0, 0).await.expect("reads").last().expect("entries").seq;
    let file = rusqlite::Connection::open(house.dir.path().join(FILE)).expect("opens");
    file.execute(
        "UPDATE log SET payload = CAST(replace(payload, 'approve', 'restrict') AS BLOB) WHERE audit = ?1",
        [last - 1],
    )
    .expect("changes");
    let broken = house.store.verify_audit().await.expect("reads").expect("is broken");
    assert_eq!(broken.seq, last - 1);
    file.execute("DELETE FROM log WHERE audit = ?1", [last - 2]).expect("changes");
    assert_eq!(house.store.verify_audit().await.expect("reads").expect("is broken").seq, last - 2);
}

#[tokio::test]
async fn what_a_crash_left_of_a_picture_goes_at_the_next_start() {
    let house = house().await;
    house.import([json!({"id": "a", "media": [{"sha256": "a".repeat(64)}]})]).await;
    assert!(house.store.put_picture(&"a".repeat(64), b"bytes".to_vec()).await.expect("answers"));
    let kept = house.dir.path().join("pictures/aa").join("a".repeat(64));
    assert_eq!(std::fs::read(&kept).expect("it is there"), b"bytes");
    let gone = house.dir.path().join("pictures/bb").join("b".repeat(64));
    std::fs::create_dir_all(gone.parent().expect("a folder")).expect("made");
    std::fs::write(&gone, b"left behind").expect("written");
    let other = rusqlite::Connection::open(house.dir.path().join(FILE)).expect("opens");
    other.execute("INSERT INTO picture_gone VALUES (?1), (?2)", ("a".repeat(64), "b".repeat(64))).expect("written");
    let _ = SqliteStore::open(house.dir.path(), options(&house.clock)).expect("opens");
    assert!(!gone.exists(), "its last item had gone");
    assert!(kept.exists(), "an item names this one again");
    let left: i64 = other.query_row("SELECT count(*) FROM picture_gone", [], |row| row.get(0)).expect("a count");
    assert_eq!(left, 0);
}
