//! Sealed items: nothing of them is rendered, copied or exported, and their content leaves the store with the
//! transaction that seals them. What stands for content here is random bytes.

use crate::engines::every_engine;
use crate::house::{Fresh, House, ids, item, lines, person, verdict};
use moddesk::moderation::{Decision, FollowUp, Item, Outcome, Person, Role, Verdict};
use moddesk::store::{DecisionFilter, ImportOptions, Reverse};
use serde_json::{Value, json};
use uuid::Uuid;

/// Bytes that stand nowhere else, one word for each place.
struct Marks(Vec<String>);

impl Marks {
    fn new() -> Self {
        Self((0..12).map(|_| Uuid::new_v7(uuid::Timestamp::now(uuid::NoContext)).simple().to_string()).collect())
    }

    fn item(&self, id: &str, more: Value) -> Item {
        let m = |at: usize| self.0[at].as_str();
        let mut value = json!({"title": m(0), "text": format!("{} {}", m(1), m(1).repeat(300)), "url": m(2),
            "media": [{"url": m(3), "alt": m(4), "sha256": "ab12", "mime": "image/png"}],
            "context": [{"text": m(5)}], "subject": {"title": m(6)}, "attributes": {"a": m(7)},
            "reports": [{"by": "user", "text": m(8)}], "author": {"id": "u1", "note": m(9)}});
        for (key, part) in more.as_object().expect("fields") {
            value[key] = part.clone();
        }
        item(id, value)
    }

    fn nowhere_in(&self, place: &str, bytes: &[u8]) {
        for (at, mark) in self.0.iter().enumerate() {
            let there = bytes.windows(mark.len()).any(|window| window == mark.as_bytes());
            assert!(!there, "mark {at} is still in {place}");
        }
    }
}

/// Everything that the store says to anybody.
async fn everything_said(house: &House, id: &str) -> Vec<u8> {
    let mut said = serde_json::to_vec(&house.item(id).await.expect("kept")).expect("JSON");
    said.extend(serde_json::to_vec(&house.history(id).await.expect("a history")).expect("JSON"));
    said.extend(serde_json::to_vec(&house.author("u1").await.expect("figures")).expect("JSON"));
    said.extend(serde_json::to_vec(&house.audit(0, 0).await.expect("a log")).expect("JSON"));
    said.extend(serde_json::to_vec(&house.events(0, 0).await.expect("events")).expect("JSON"));
    let filter = DecisionFilter { names: true, ..DecisionFilter::default() };
    said.extend(serde_json::to_vec(&house.decisions(&filter).await.expect("decisions")).expect("JSON"));
    said.extend(serde_json::to_vec(&house.alerts("sonia").await.expect("alerts")).expect("JSON"));
    said
}

/// One item, decided under a policy that seals, with words of it in the decision.
async fn sealed_by_decision(house: &House, marks: &Marks) -> Uuid {
    house.bring(vec![marks.item("a", json!({}))]).await;
    let served = house.take_one("ines").await;
    let follow_ups =
        vec![FollowUp::Insight { topic: marks.0[10].clone(), sort: None, verbatim: Some(marks.0[11].as_str().into()) }];
    let note = Some(marks.0[1].as_str().into());
    let policy = Some("minors".to_owned());
    house.record("ines", Decision { policy, note, follow_ups, ..verdict(&served, Verdict::Delete) }).await
}

async fn a_decision_under_a_sealed_policy_seals(fresh: Fresh) {
    let house = fresh.open().await;
    let marks = Marks::new();
    sealed_by_decision(&house, &marks).await;
    let kept = house.item("a").await.expect("kept");
    assert_eq!((kept.state.as_str(), kept.queue.as_str()), ("sealed", "sealed"));
    assert_eq!((kept.item.text, kept.item.title, kept.item.media.len()), (None, None, 0));
    assert!(kept.item.sealed.is_some(), "its class stays");
    assert_eq!(kept.decisions.len(), 1);
    marks.nowhere_in("what the store says", &everything_said(&house, "a").await);
    assert_eq!(house.verify_audit().await.expect("a check"), None, "the chain holds without the words");
}

async fn its_content_is_gone_from_the_disk(fresh: Fresh) {
    let mut house = fresh.open().await;
    let marks = Marks::new();
    house.plain(&["before"]).await;
    house.bring((0..40).map(|n| item(&format!("other{n}"), json!({"text": "y".repeat(3000)}))).collect()).await;
    house.bring(vec![marks.item("a", json!({"reports": [{"by": "user", "text": marks.0[8]}, {"by": "user"}]}))]).await;
    house.bring(vec![marks.item("a", json!({"priority": 100}))]).await;
    let served = house.take_one("ines").await;
    assert_eq!(served.item.id, "a");
    let note = Some(marks.0[10].as_str().into());
    let policy = Some("minors".to_owned());
    house.record("ines", Decision { policy, note, ..verdict(&served, Verdict::Delete) }).await;
    if let Some(bytes) = house.place.bytes() {
        marks.nowhere_in("the files, while they are open", &bytes);
    }
    house.reopen().await;
    if let Some(bytes) = house.place.bytes() {
        marks.nowhere_in("the files, opened again", &bytes);
    }
    assert_eq!(house.verify_audit().await.expect("a check"), None);
}

async fn also_what_was_decided_and_noted_before(fresh: Fresh) {
    let house = fresh.open().await;
    let marks = Marks::new();
    house.bring(vec![marks.item("a", json!({}))]).await;
    let served = house.take_one("ines").await;
    let note = Some(marks.0[10].as_str().into());
    house.record("ines", Decision { note, ..verdict(&served, Verdict::Escalate) }).await;
    let served = house.take_one("omar").await;
    let policy = Some("minors".to_owned());
    house.record("omar", Decision { policy, ..verdict(&served, Verdict::Delete) }).await;
    marks.nowhere_in("what the store says", &everything_said(&house, "a").await);
    if let Some(bytes) = house.place.bytes() {
        marks.nowhere_in("the files", &bytes);
    }
    assert_eq!(house.verify_audit().await.expect("a check"), None);
}

async fn and_why_it_was_overturned_before(fresh: Fresh) {
    let house = fresh.open().await;
    let marks = Marks::new();
    house.bring(vec![marks.item("a", json!({}))]).await;
    let served = house.take_one("ines").await;
    let id = house.rule("ines", &served, Verdict::Approve).await;
    let reverse = Reverse { id: Uuid::now_v7(), reason: Some(marks.0[11].clone()), decision: None };
    house.reverse("sonia", id, &reverse).await.expect("an answer");
    let served = house.take_one("omar").await;
    let policy = Some("minors".to_owned());
    house.record("omar", Decision { policy, ..verdict(&served, Verdict::Delete) }).await;
    if let Some(bytes) = house.place.bytes() {
        marks.nowhere_in("the files", &bytes);
    }
    assert_eq!(house.verify_audit().await.expect("a check"), None);
}

async fn a_sealed_item_is_imported_without_its_content(fresh: Fresh) {
    let house = fresh.open().await;
    let marks = Marks::new();
    let done = house.bring(vec![marks.item("a", json!({"sealed": "csam"}))]).await;
    assert_eq!(done.imported, 1);
    let kept = house.item("a").await.expect("kept");
    assert_eq!((kept.state.as_str(), kept.queue.as_str()), ("sealed", "sealed"));
    marks.nowhere_in("what the store says", &everything_said(&house, "a").await);
    if let Some(bytes) = house.place.bytes() {
        marks.nowhere_in("the files", &bytes);
    }
}

async fn a_newer_revision_that_is_sealed_takes_the_older_one_with_it(fresh: Fresh) {
    let house = fresh.open().await;
    let marks = Marks::new();
    house.bring(vec![marks.item("a", json!({}))]).await;
    let served = house.take_one("ines").await;
    let note = Some(marks.0[10].as_str().into());
    house.record("ines", Decision { note, ..verdict(&served, Verdict::Approve) }).await;
    house.bring(vec![marks.item("a", json!({"revision": 2, "sealed": "csam"}))]).await;
    assert_eq!(house.state("a").await, "sealed");
    marks.nowhere_in("what the store says", &everything_said(&house, "a").await);
    assert_eq!(house.verify_audit().await.expect("a check"), None);
    if let Some(bytes) = house.place.bytes() {
        marks.nowhere_in("the files", &bytes);
    }
}

async fn a_sealed_item_is_served_to_nobody(fresh: Fresh) {
    let house = fresh.open().await;
    house.hire(Person::with_every_right("all")).await;
    house.bring(vec![item("a", json!({"sealed": "csam"})), item("b", json!({}))]).await;
    assert_eq!(ids(&house.take("all", 5).await), ["b"], "never rendered, whatever one may see");
}

async fn only_those_who_may_see_that_it_exists(fresh: Fresh) {
    let house = fresh.open().await;
    house.bring(vec![item("a", json!({"sealed": "csam"})), item("b", json!({}))]).await;
    let seen: Vec<String> = house.stats(false).await.expect("stats").into_iter().map(|row| row.name).collect();
    assert!(!seen.contains(&"sealed".to_owned()) && seen.contains(&"default".to_owned()));
    assert!(house.stats(true).await.expect("stats").iter().any(|row| row.name == "sealed"));
}

async fn a_sealed_item_takes_nothing_more_in(fresh: Fresh) {
    let house = fresh.open().await;
    let marks = Marks::new();
    sealed_by_decision(&house, &marks).await;
    let again = lines(vec![marks.item("a", json!({}))]);
    let done = house.import(again, ImportOptions::default()).await.expect("an import");
    assert_eq!((done.imported, done.updated), (0, 0));
    for refused in done.refused {
        marks.nowhere_in("the refusal", refused.error.as_bytes());
    }
    if let Some(bytes) = house.place.bytes() {
        marks.nowhere_in("the files", &bytes);
    }
}

async fn whoever_else_decides_on_it_meets_a_conflict(fresh: Fresh) {
    let house = fresh.open().await;
    let marks = Marks::new();
    house.bring(vec![marks.item("a", json!({}))]).await;
    let served = house.take_one("omar").await;
    house.minutes(6);
    let mine = house.take_one("ines").await;
    let policy = Some("minors".to_owned());
    house.record("ines", Decision { policy, ..verdict(&mine, Verdict::Delete) }).await;
    let result = house.send("omar", verdict(&served, Verdict::Approve)).await;
    assert_eq!(result.outcome, Outcome::Conflict);
    assert!(result.item.is_none());
}

async fn a_reversal_restores_the_state_and_not_the_content(fresh: Fresh) {
    let house = fresh.open().await;
    let marks = Marks::new();
    let id = sealed_by_decision(&house, &marks).await;
    house.hire(person("boss", Role::Supervisor)).await;
    let reverse = Reverse { id: Uuid::now_v7(), reason: Some("wrong policy".into()), decision: None };
    let answer = house.reverse("boss", id, &reverse).await.expect("an answer");
    assert_eq!(answer.outcome, Outcome::Recorded);
    let kept = house.item("a").await.expect("kept");
    assert_eq!((kept.state.as_str(), kept.queue.as_str()), ("waiting", "default"));
    assert_eq!(kept.item.text, None);
    marks.nowhere_in("what the store says", &everything_said(&house, "a").await);
    assert_eq!(house.verify_audit().await.expect("a check"), None);
}

every_engine![
    a_decision_under_a_sealed_policy_seals,
    its_content_is_gone_from_the_disk,
    also_what_was_decided_and_noted_before,
    and_why_it_was_overturned_before,
    a_sealed_item_is_imported_without_its_content,
    a_newer_revision_that_is_sealed_takes_the_older_one_with_it,
    a_sealed_item_is_served_to_nobody,
    only_those_who_may_see_that_it_exists,
    a_sealed_item_takes_nothing_more_in,
    whoever_else_decides_on_it_meets_a_conflict,
    a_reversal_restores_the_state_and_not_the_content,
];
