//! Leases: given, renewed, run out, handed back, and what becomes of a decision whose lease lapsed.

use crate::engines::every_engine;
use crate::house::{Fresh, fresh as desk, ids, item, items, person, sight, verdict, with};
use moddesk::moderation::claim::LostLease;
use moddesk::moderation::{Decision, Outcome, Person, Role, Verdict};
use serde_json::json;

async fn a_lease_lasts_five_minutes(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    assert_eq!(served.lease_until.duration_since(house.now()).as_secs(), 300);
    house.seconds(299);
    assert!(house.take("omar", 1).await.is_empty());
    assert_eq!(house.state("a").await, "leased");
    house.seconds(2);
    assert_eq!(house.state("a").await, "waiting");
    assert_eq!(house.take_one("omar").await.item.id, "a");
}

async fn or_as_long_as_its_queue_says(fresh: Fresh) {
    let house = fresh.open().await;
    house.queue("default", |queue| queue.lease_s = 60).await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    assert_eq!(served.lease_until.duration_since(house.now()).as_secs(), 60);
    house.seconds(61);
    assert_eq!(house.take_one("omar").await.item.id, "a");
}

async fn expiry_returns_the_item_with_its_deadline_place_and_round_unchanged(fresh: Fresh) {
    let house = fresh.open().await;
    house.bring(vec![item("a", json!({"due_at": "2026-11-22T12:00:00Z", "priority": 4})), item("b", json!({}))]).await;
    let before = house.take_one("ines").await;
    house.minutes(6);
    let after = house.take_one("omar").await;
    assert_eq!(after.item.id, "a", "it stands where it stood");
    assert_eq!((after.due_at, after.round, after.item.priority), (before.due_at, 1, 4));
}

async fn expiry_is_told_to_whoever_held_it(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    house.take_one("ines").await;
    house.minutes(6);
    house.take_one("omar").await;
    assert_eq!(house.told("ines").await, [("a".to_owned(), "expired".to_owned())]);
}

async fn renewing_keeps_a_lease(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = items(house.ask("ines", desk("d", 1)).await);
    for _ in 0..4 {
        house.minutes(4);
        let renewed = house.renew("ines", Some("d"), &["a".to_owned()]).await.expect("an answer");
        assert!(renewed.lost.is_empty() && renewed.break_due.is_none());
        let until = renewed.renewed.iter().find(|(id, _)| id == "a").expect("renewed").1;
        assert_eq!(until.duration_since(house.now()).as_secs(), 300);
    }
    assert!(house.take("omar", 1).await.is_empty());
    house.rule("ines", &served[0], Verdict::Approve).await;
}

async fn renewing_names_what_is_lost_and_why(fresh: Fresh) {
    let house = fresh.open().await;
    let names = ["taken", "decided", "withdrawn", "revised", "never", "mine"];
    house.plain(&names).await;
    house.hire(Person { queues: vec!["only".into()], ..person("lena", Role::Moderator) }).await;
    let held = house.take("ines", 4).await;
    assert_eq!(ids(&held), ["taken", "decided", "withdrawn", "revised"]);
    house.minutes(6);
    let theirs = house.take("omar", 2).await;
    assert_eq!(ids(&theirs), ["taken", "decided"]);
    house.rule("omar", &theirs[1], Verdict::Approve).await;
    house.withdraw(&["withdrawn".to_owned()], "operator").await.expect("an answer");
    house.bring(vec![item("revised", json!({"revision": 2, "text": "edited"}))]).await;
    let asked = names.map(str::to_owned);
    let renewed = house.renew("ines", None, &asked).await.expect("an answer");
    assert_eq!(renewed.renewed, []);
    let why: Vec<_> = renewed.lost.iter().map(|lost| (lost.item.as_str(), lost.why)).collect();
    let expected = [
        ("taken", LostLease::Leased),
        ("decided", LostLease::Decided),
        ("withdrawn", LostLease::Withdrawn),
        ("revised", LostLease::NewRevision),
        ("never", LostLease::NotLeased),
        ("mine", LostLease::NotLeased),
    ];
    assert_eq!(why, expected);
}

async fn renewing_what_ran_out_says_expired_or_takes_it_up_again(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    house.take_one("ines").await;
    house.minutes(6);
    let renewed = house.renew("ines", None, &["a".to_owned()]).await.expect("an answer");
    let lost: Vec<_> = renewed.lost.iter().map(|lost| lost.why).collect();
    assert!(lost == [LostLease::Expired] || renewed.renewed.iter().any(|(id, _)| id == "a"), "{renewed:?}");
    assert_eq!(lost.len() + renewed.renewed.len(), 1, "one of the two, never nothing");
}

async fn a_decision_whose_lease_lapsed_is_recorded(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    house.minutes(30);
    house.rule("ines", &served, Verdict::Delete).await;
    assert_eq!(house.state("a").await, "decided");
    assert!(house.take("omar", 1).await.is_empty());
}

async fn also_when_the_expiry_was_noticed_before(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b"]).await;
    let served = house.take_one("ines").await;
    house.minutes(6);
    house.hire(Person { queues: vec!["none".into()], ..person("lena", Role::Moderator) }).await;
    assert!(house.take("lena", 1).await.is_empty());
    house.rule("ines", &served, Verdict::Approve).await;
    assert_eq!(ids(&house.take("omar", 5).await), ["b"]);
}

async fn taken_by_somebody_else_it_is_a_conflict(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    house.minutes(6);
    let theirs = house.take_one("omar").await;
    let result = house.send("ines", verdict(&served, Verdict::Delete)).await;
    assert_eq!((result.outcome, result.state.as_deref()), (Outcome::Conflict, Some("leased")));
    house.rule("omar", &theirs, Verdict::Approve).await;
}

async fn decided_by_somebody_else_it_is_a_conflict_with_who_and_what(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    house.minutes(6);
    let theirs = house.take_one("omar").await;
    house.rule("omar", &theirs, Verdict::Approve).await;
    let result = house.send("ines", verdict(&served, Verdict::Delete)).await;
    assert_eq!((result.outcome, result.verdict), (Outcome::Conflict, Some(Verdict::Approve)));
    let omar = house.people().await.expect("people").into_iter().find(|person| person.name == "omar").expect("omar");
    assert_eq!(result.by, Some(omar.pseudonym));
}

async fn a_decision_without_a_lease_ever_is_not_leased(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("omar").await;
    house.minutes(6);
    let result = house.send("ines", verdict(&served, Verdict::Approve)).await;
    assert_eq!(result.outcome, Outcome::NotLeased);
    assert_eq!(house.state("a").await, "waiting");
}

async fn nor_is_one_on_an_item_that_waits_in_a_new_round(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    house.rule("ines", &served, Verdict::Escalate).await;
    let result = house.send("ines", Decision { round: Some(2), ..verdict(&served, Verdict::Approve) }).await;
    assert_eq!(result.outcome, Outcome::NotLeased, "the lease was for the round before");
}

async fn releasing_hands_back_what_is_undecided(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b"]).await;
    house.take("ines", 2).await;
    let refused = house.release("ines", &[sight("a"), sight("b")]).await.expect("an answer");
    assert_eq!(refused, []);
    assert_eq!(ids(&house.take("omar", 5).await), ["a", "b"], "at once and in its place");
}

async fn releasing_what_is_not_mine_is_named(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b"]).await;
    house.take_one("ines").await;
    let refused = house.release("omar", &[sight("a"), sight("nowhere")]).await.expect("an answer");
    assert_eq!(refused.len(), 2);
    assert_eq!(house.state("a").await, "leased");
}

async fn what_was_released_may_come_again(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    house.take_one("ines").await;
    house.release("ines", &[sight("a")]).await.expect("an answer");
    assert_eq!(house.take_one("ines").await.item.id, "a", "handing back is no pass");
}

async fn a_claim_by_an_open_desk_does_not_lengthen_what_it_has(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b"]).await;
    items(house.ask("ines", desk("d", 1)).await);
    house.minutes(4);
    items(house.ask("ines", with("d", &["a"], 1)).await);
    house.minutes(2);
    assert_eq!(ids(&house.take("omar", 1).await), ["a"], "only renewing does");
}

async fn a_lease_is_no_audit_event(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let before = house.audit(0, 0).await.expect("a log").len();
    house.take_one("ines").await;
    house.renew("ines", None, &["a".to_owned()]).await.expect("an answer");
    house.minutes(6);
    house.take_one("omar").await;
    assert_eq!(house.audit(0, 0).await.expect("a log").len(), before);
}

every_engine![
    a_lease_lasts_five_minutes,
    or_as_long_as_its_queue_says,
    expiry_returns_the_item_with_its_deadline_place_and_round_unchanged,
    expiry_is_told_to_whoever_held_it,
    renewing_keeps_a_lease,
    renewing_names_what_is_lost_and_why,
    renewing_what_ran_out_says_expired_or_takes_it_up_again,
    a_decision_whose_lease_lapsed_is_recorded,
    also_when_the_expiry_was_noticed_before,
    taken_by_somebody_else_it_is_a_conflict,
    decided_by_somebody_else_it_is_a_conflict_with_who_and_what,
    a_decision_without_a_lease_ever_is_not_leased,
    nor_is_one_on_an_item_that_waits_in_a_new_round,
    releasing_hands_back_what_is_undecided,
    releasing_what_is_not_mine_is_named,
    what_was_released_may_come_again,
    a_claim_by_an_open_desk_does_not_lengthen_what_it_has,
    a_lease_is_no_audit_event,
];
