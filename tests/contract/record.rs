//! What is kept of what happened: the audit chain, the events, the history, and none of it with content.

use crate::engines::every_engine;
use crate::house::{Fresh, House, item, pass, verdict};
use moddesk::moderation::{Decision, PassReason, Verdict};
use moddesk::store::audit::Chain;
use moddesk::store::{AuditEntry, Reverse};
use serde_json::json;
use uuid::Uuid;

const WORDS: &str = "words that must be in no log";

/// A bit of everything.
async fn a_busy_morning(house: &House) {
    let batch = ["a", "b", "c", "d", "e"].map(|id| item(id, json!({"text": format!("{WORDS} {id}")})));
    house.bring(batch.to_vec()).await;
    let held = house.take("ines", 4).await;
    let note = Some(WORDS.into());
    let id = house.record("ines", Decision { note, ..verdict(&held[0], Verdict::Delete) }).await;
    house.rule("ines", &held[1], Verdict::Escalate).await;
    house.pass("ines", &[pass("c", PassReason::Technical)]).await.expect("an answer");
    house.minutes(1);
    let reverse = Reverse { id: Uuid::now_v7(), reason: Some(WORDS.into()), decision: None };
    house.reverse("sonia", id, &reverse).await.expect("an answer");
    house.withdraw(&["d".to_owned()], "operator").await.expect("an answer");
    house.bring(vec![item("e", json!({"revision": 2, "text": format!("{WORDS} edited")}))]).await;
    house.queue("default", |queue| queue.paused = true).await;
    house.queue("default", |queue| queue.paused = false).await;
    let batch: Vec<_> = house.take("omar", 9).await.iter().map(|served| verdict(served, Verdict::Approve)).collect();
    house.decide("omar", &batch, None).await.expect("an answer");
}

async fn all(house: &House) -> Vec<AuditEntry> {
    let mut entries = Vec::new();
    loop {
        let page = house.audit(entries.len() as u64, 3).await.expect("a page");
        assert!(page.len() <= 3);
        if page.is_empty() {
            return entries;
        }
        entries.extend(page);
    }
}

async fn the_log_has_no_gap_and_is_in_order(fresh: Fresh) {
    let mut house = fresh.open().await;
    a_busy_morning(&house).await;
    let entries = all(&house).await;
    assert_eq!(
        entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(),
        (1..=entries.len() as u64).collect::<Vec<_>>()
    );
    assert!(entries.is_sorted_by_key(|entry| entry.at));
    house.reopen().await;
    assert_eq!(all(&house).await, entries, "append-only");
    assert_eq!(house.verify_audit().await.expect("a check"), None);
}

async fn every_entry_fits_the_chain_outside_the_store_too(fresh: Fresh) {
    let house = fresh.open().await;
    a_busy_morning(&house).await;
    let mut chain = Chain::default();
    for entry in all(&house).await {
        let written = serde_json::to_string(&entry).expect("JSON");
        chain.check(&serde_json::from_str(&written).expect("an entry")).expect("fits");
    }
    assert!(chain.checked() > 10);
}

async fn a_forged_entry_is_named(fresh: Fresh) {
    let mut house = fresh.open().await;
    a_busy_morning(&house).await;
    let middle = all(&house).await.len() as u64 / 2;
    house.place.forge(middle).await;
    assert_eq!(house.verify_audit().await.expect("a check").map(|broken| broken.seq), Some(middle));
    house.reopen().await;
    assert_eq!(house.verify_audit().await.expect("a check").map(|broken| broken.seq), Some(middle));
}

async fn what_happened_is_in_it_once_each(fresh: Fresh) {
    let house = fresh.open().await;
    a_busy_morning(&house).await;
    let entries = all(&house).await;
    let on = |id: &str| {
        entries.iter().filter(|entry| entry.subject == id).map(|entry| entry.action.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(on("a"), ["decision.recorded", "decision.reversed", "decision.recorded"]);
    assert_eq!(on("b"), ["decision.recorded", "decision.recorded"]);
    assert_eq!(on("c"), ["item.passed", "decision.recorded"]);
    assert_eq!(on("d"), ["item.withdrawn"]);
    assert_eq!(on("e"), ["item.revised", "decision.recorded"]);
}

async fn no_content_is_in_it(fresh: Fresh) {
    let house = fresh.open().await;
    a_busy_morning(&house).await;
    let log = serde_json::to_string(&all(&house).await).expect("JSON");
    assert!(!log.contains(WORDS), "ids, codes and hashes, never content");
    assert!(!log.contains("active_ms") && !log.contains("presented_at") && !log.contains("\"seen\""));
}

async fn the_history_has_no_content_and_no_names(fresh: Fresh) {
    let house = fresh.open().await;
    a_busy_morning(&house).await;
    for id in ["a", "b", "c", "d", "e"] {
        let history = house.history(id).await.expect("a history");
        let text = serde_json::to_string(&history).expect("JSON");
        assert!(!text.contains(WORDS), "{text}");
        assert!(!["ines", "omar", "sonia"].iter().any(|name| text.contains(name)), "{text}");
        assert_eq!(history[0].what, "imported");
        assert!(history.is_sorted_by_key(|entry| (entry.at, entry.round)));
    }
}

async fn the_history_tells_an_item_s_life(fresh: Fresh) {
    let house = fresh.open().await;
    a_busy_morning(&house).await;
    let life = async |id: &str| {
        let history = house.history(id).await.expect("a history");
        history.into_iter().map(|entry| (entry.what, entry.round, entry.revision)).collect::<Vec<_>>()
    };
    let told = |what: &str, round, revision| (what.to_owned(), round, revision);
    let a = life("a").await;
    assert_eq!(a[0], told("imported", 1, 1));
    assert_eq!(a[1], told("decided", 1, 1));
    assert_eq!(a[2].0, "reversed");
    assert_eq!(a[3], told("decided", 2, 1));
    assert_eq!(life("b").await[1], told("escalated", 1, 1));
    assert_eq!(life("b").await[2], told("decided", 2, 1));
    let e = life("e").await;
    assert_eq!((e[1].0.as_str(), e[2].clone()), ("revised", told("decided", 2, 2)));
}

async fn events_are_in_order_without_a_gap(fresh: Fresh) {
    let house = fresh.open().await;
    a_busy_morning(&house).await;
    let events = house.events(0, 0).await.expect("events");
    assert_eq!(events.iter().map(|event| event.seq).collect::<Vec<_>>(), (1..=events.len() as u64).collect::<Vec<_>>());
    let kinds = ["stats", "queue", "moderator", "alert", "lease", "notice", "shift"];
    assert!(events.iter().all(|event| kinds.contains(&event.kind.as_str())), "{events:?}");
    let text = serde_json::to_string(&events).expect("JSON");
    assert!(!text.contains(WORDS), "without anybody's content");
}

async fn a_stream_that_resumes_misses_nothing(fresh: Fresh) {
    let mut house = fresh.open().await;
    a_busy_morning(&house).await;
    let whole = house.events(0, 0).await.expect("events");
    house.reopen().await;
    let mut resumed = Vec::new();
    loop {
        let after = resumed.last().map_or(0, |event: &moddesk::store::Event| event.seq);
        let page = house.events(after, 2).await.expect("events");
        if page.is_empty() {
            break;
        }
        resumed.extend(page);
    }
    assert_eq!(resumed[..whole.len()], whole[..]);
}

async fn tidings_are_the_events_without_the_decisions(fresh: Fresh) {
    let house = fresh.open().await;
    a_busy_morning(&house).await;
    let events = house.events(0, 0).await.expect("events");
    let (decided, told): (Vec<_>, Vec<_>) =
        events.iter().cloned().partition(|event| event.data["action"] == "decision.recorded");
    assert!(!decided.is_empty() && !told.is_empty());
    let (mut after, mut heard) = (0, Vec::new());
    while after < events.len() as u64 {
        let (page, upto) = house.tidings(after, 2).await.expect("tidings");
        assert!(upto > after, "it goes on");
        assert!(page.iter().all(|event| event.seq > after && event.seq <= upto));
        heard.extend(page);
        after = upto;
    }
    assert_eq!(heard, told);
    assert_eq!(house.tidings(after, 2).await.expect("nothing more"), (Vec::new(), after));
}

async fn a_commit_rings(fresh: Fresh) {
    let house = fresh.open().await;
    let mut rings = house.rings();
    rings.mark_unchanged();
    house.plain(&["a"]).await;
    tokio::time::timeout(std::time::Duration::from_secs(20), rings.changed())
        .await
        .expect("it rings")
        .expect("it hangs");
}

async fn two_processes_write_one_log(fresh: Fresh) {
    let house = fresh.open().await;
    let beside = house.beside().await;
    for n in 0..10 {
        house.plain(&[&format!("mine{n}")]).await;
        let theirs = crate::house::lines(vec![item(&format!("theirs{n}"), json!({}))]);
        beside.import(theirs, Default::default()).await.expect("an import");
        let served = house.take_one("ines").await;
        house.rule("ines", &served, Verdict::Approve).await;
    }
    assert_eq!(house.verify_audit().await.expect("a check"), None);
    assert_eq!(beside.verify_audit().await.expect("a check"), None);
    let events = house.events(0, 0).await.expect("events");
    assert!(events.iter().zip(1..).all(|(event, seq)| event.seq == seq));
    assert_eq!(house.row("default").await.waiting, 10);
}

every_engine![
    the_log_has_no_gap_and_is_in_order,
    every_entry_fits_the_chain_outside_the_store_too,
    a_forged_entry_is_named,
    what_happened_is_in_it_once_each,
    no_content_is_in_it,
    the_history_has_no_content_and_no_names,
    the_history_tells_an_item_s_life,
    events_are_in_order_without_a_gap,
    a_stream_that_resumes_misses_nothing,
    tidings_are_the_events_without_the_decisions,
    a_commit_rings,
    two_processes_write_one_log,
];
