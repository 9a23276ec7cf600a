//! Taking back what was recorded: linked, leased to me, overturned by a supervisor, superseded.

use crate::engines::every_engine;
use crate::house::{Fresh, House, item, person, verdict};
use moddesk::moderation::{Decision, Outcome, PassReason, Recorded, Role, Served, Verdict};
use moddesk::store::{DecisionFilter, Reverse, StoreError};
use serde_json::json;
use uuid::Uuid;

fn undo() -> Reverse {
    Reverse { id: Uuid::now_v7(), reason: None, decision: None }
}

fn because(reason: &str) -> Reverse {
    Reverse { reason: Some(reason.into()), ..undo() }
}

async fn reversed(house: &House, who: &str, id: Uuid, reverse: &Reverse) -> Recorded {
    house.reverse(who, id, reverse).await.expect("an answer to a reversal")
}

async fn one_decided(house: &House, what: Verdict) -> (Served, Uuid) {
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    let id = house.rule("ines", &served, what).await;
    (served, id)
}

async fn my_own_is_leased_to_me_in_the_same_answer(fresh: Fresh) {
    let house = fresh.open().await;
    let (_, id) = one_decided(&house, Verdict::Delete).await;
    let answer = reversed(&house, "ines", id, &undo()).await;
    assert_eq!(answer.outcome, Outcome::Recorded);
    let back = answer.item.expect("leased to me in the same answer");
    assert_eq!((back.item.id.as_str(), back.round), ("a", 2));
    assert!(back.lease_until > house.now());
    assert_eq!(house.state("a").await, "leased");
    assert!(house.take("omar", 1).await.is_empty());
    house.rule("ines", &back, Verdict::Approve).await;
}

async fn the_decision_is_marked_and_the_reversal_linked(fresh: Fresh) {
    let mut house = fresh.open().await;
    let (_, id) = one_decided(&house, Verdict::Delete).await;
    let back = reversed(&house, "ines", id, &undo()).await.item.expect("leased to me");
    assert!(back.rounds[0].reversed);
    let second = house.rule("ines", &back, Verdict::Approve).await;
    house.reopen().await;
    let kept = house.item("a").await.expect("kept");
    let marks: Vec<_> = kept.decisions.iter().map(|past| (past.id, past.round, past.reversed)).collect();
    assert_eq!(marks, [(id, 1, true), (second, 2, false)]);
    let what: Vec<String> = house.history("a").await.expect("a history").into_iter().map(|entry| entry.what).collect();
    assert_eq!(what, ["imported", "decided", "reversed", "decided"]);
    assert_eq!(house.decisions(&DecisionFilter::default()).await.expect("decisions").len(), 2, "nothing is erased");
}

async fn the_same_reversal_again_is_already_recorded(fresh: Fresh) {
    let house = fresh.open().await;
    let (_, id) = one_decided(&house, Verdict::Delete).await;
    let reverse = undo();
    reversed(&house, "ines", id, &reverse).await;
    let again = reversed(&house, "ines", id, &reverse).await;
    assert_eq!(again.outcome, Outcome::AlreadyRecorded);
    assert_eq!(house.item("a").await.expect("kept").round, 2);
}

async fn another_reversal_of_the_same_is_superseded(fresh: Fresh) {
    let house = fresh.open().await;
    let (_, id) = one_decided(&house, Verdict::Delete).await;
    let back = reversed(&house, "ines", id, &undo()).await.item.expect("leased to me");
    assert_eq!(reversed(&house, "ines", id, &undo()).await.outcome, Outcome::Superseded);
    house.rule("ines", &back, Verdict::Approve).await;
    assert_eq!(reversed(&house, "ines", id, &undo()).await.outcome, Outcome::Superseded);
}

async fn only_the_latest_decision_can_be_reversed(fresh: Fresh) {
    let house = fresh.open().await;
    let (_, first) = one_decided(&house, Verdict::Escalate).await;
    let served = house.take_one("ines").await;
    let second = house.rule("ines", &served, Verdict::Delete).await;
    assert_eq!(reversed(&house, "ines", first, &undo()).await.outcome, Outcome::Superseded);
    assert_eq!(reversed(&house, "ines", second, &undo()).await.outcome, Outcome::Recorded);
}

async fn a_newer_revision_supersedes_it(fresh: Fresh) {
    let house = fresh.open().await;
    let (_, id) = one_decided(&house, Verdict::Delete).await;
    house.bring(vec![item("a", json!({"revision": 2, "text": "edited"}))]).await;
    let outcome = reversed(&house, "ines", id, &undo()).await.outcome;
    assert!(matches!(outcome, Outcome::Superseded | Outcome::StaleRevision), "{outcome:?}");
    assert_eq!(house.state("a").await, "waiting");
}

async fn an_escalation_can_be_taken_back(fresh: Fresh) {
    let house = fresh.open().await;
    let (_, id) = one_decided(&house, Verdict::Escalate).await;
    let back = reversed(&house, "ines", id, &undo()).await.item.expect("leased to me");
    assert_eq!((back.queue.as_str(), back.round), ("default", 3), "where it came from, in a round of its own");
    house.rule("ines", &back, Verdict::Approve).await;
}

async fn what_is_reversed_no_longer_counts_as_decided_by_me(fresh: Fresh) {
    let house = fresh.open().await;
    let (_, id) = one_decided(&house, Verdict::Delete).await;
    assert_eq!(house.row("default").await.decided_today, 1);
    let answer = reversed(&house, "sonia", id, &because("too hard")).await;
    assert_eq!(answer.outcome, Outcome::Recorded);
    assert_eq!(house.row("default").await.decided_today, 0);
    assert_eq!(house.take_one("ines").await.item.id, "a", "so it may come to me again");
}

async fn a_supervisor_overturns_with_a_reason(fresh: Fresh) {
    let house = fresh.open().await;
    let (_, id) = one_decided(&house, Verdict::Delete).await;
    assert!(matches!(house.reverse("sonia", id, &undo()).await, Err(StoreError::Invalid(_))), "a reason is required");
    let answer = reversed(&house, "sonia", id, &because("satire")).await;
    assert_eq!(answer.outcome, Outcome::Recorded);
    assert_eq!(house.state("a").await, "waiting", "not leased to the supervisor");
    assert_eq!(house.take_one("omar").await.round, 2);
}

async fn a_supervisor_overturns_and_decides_in_one_act(fresh: Fresh) {
    let house = fresh.open().await;
    let (served, id) = one_decided(&house, Verdict::Delete).await;
    let new = Decision { round: None, ..verdict(&served, Verdict::Approve) };
    let reverse = Reverse { decision: Some(Box::new(new.clone())), ..because("satire") };
    assert_eq!(reversed(&house, "sonia", id, &reverse).await.outcome, Outcome::Recorded);
    let kept = house.item("a").await.expect("kept");
    assert_eq!(kept.state, "decided");
    let marks: Vec<_> = kept.decisions.iter().map(|past| (past.verdict, past.reversed)).collect();
    assert_eq!(marks, [(Verdict::Delete, true), (Verdict::Approve, false)]);
    let recorded = house.decisions(&DecisionFilter::default()).await.expect("decisions");
    assert_eq!(recorded.last().expect("two").1.reverses, Some(id), "linked");
    assert_eq!(house.row("default").await.decided_today, 1);
    let again = reversed(&house, "sonia", id, &reverse).await;
    assert_eq!(again.outcome, Outcome::AlreadyRecorded);
}

async fn overturning_with_a_decision_that_is_refused_changes_nothing(fresh: Fresh) {
    let house = fresh.open().await;
    let (served, id) = one_decided(&house, Verdict::Approve).await;
    let bad = Decision { round: None, policy: Some("fashion".into()), ..verdict(&served, Verdict::Delete) };
    let reverse = Reverse { decision: Some(Box::new(bad)), ..because("look") };
    let answer = reversed(&house, "sonia", id, &reverse).await;
    assert_eq!(answer.outcome, Outcome::Refused);
    assert_eq!(house.state("a").await, "decided");
    assert!(!house.item("a").await.expect("kept").decisions[0].reversed);
}

async fn a_moderator_takes_back_only_their_own(fresh: Fresh) {
    let house = fresh.open().await;
    let (_, id) = one_decided(&house, Verdict::Delete).await;
    assert!(matches!(house.reverse("omar", id, &because("no")).await, Err(StoreError::Forbidden(_))));
    assert_eq!(house.state("a").await, "decided");
}

async fn an_admin_may_what_a_supervisor_may(fresh: Fresh) {
    let house = fresh.open().await;
    house.hire(person("root", Role::Admin)).await;
    let (_, id) = one_decided(&house, Verdict::Delete).await;
    assert_eq!(reversed(&house, "root", id, &because("no")).await.outcome, Outcome::Recorded);
}

async fn whoever_held_the_escalated_item_is_told(fresh: Fresh) {
    let house = fresh.open().await;
    let (_, id) = one_decided(&house, Verdict::Escalate).await;
    let theirs = house.take_one("omar").await;
    let answer = reversed(&house, "ines", id, &undo()).await;
    assert_eq!(answer.outcome, Outcome::Recorded);
    assert_eq!(house.told("omar").await.len(), 1);
    let result = house.send("omar", verdict(&theirs, Verdict::Approve)).await;
    assert_eq!(result.outcome, Outcome::Conflict, "its round is over");
}

async fn an_unknown_decision_cannot_be_reversed(fresh: Fresh) {
    let house = fresh.open().await;
    let answer = house.reverse("ines", Uuid::now_v7(), &undo()).await;
    assert!(matches!(answer, Err(StoreError::Unknown { what: "decision", .. })), "{answer:?}");
}

async fn what_was_passed_before_may_come_in_the_new_round(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    house.take_one("omar").await;
    house.pass("omar", &[crate::house::pass("a", PassReason::Technical)]).await.expect("an answer");
    let served = house.take_one("ines").await;
    let id = house.rule("ines", &served, Verdict::Approve).await;
    reversed(&house, "sonia", id, &because("again")).await;
    assert_eq!(house.take_one("omar").await.round, 2, "a pass binds in its round");
}

every_engine![
    my_own_is_leased_to_me_in_the_same_answer,
    the_decision_is_marked_and_the_reversal_linked,
    the_same_reversal_again_is_already_recorded,
    another_reversal_of_the_same_is_superseded,
    only_the_latest_decision_can_be_reversed,
    a_newer_revision_supersedes_it,
    an_escalation_can_be_taken_back,
    what_is_reversed_no_longer_counts_as_decided_by_me,
    a_supervisor_overturns_with_a_reason,
    a_supervisor_overturns_and_decides_in_one_act,
    overturning_with_a_decision_that_is_refused_changes_nothing,
    a_moderator_takes_back_only_their_own,
    an_admin_may_what_a_supervisor_may,
    whoever_held_the_escalated_item_is_told,
    an_unknown_decision_cannot_be_reversed,
    what_was_passed_before_may_come_in_the_new_round,
];
