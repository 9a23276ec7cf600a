//! Passes: handed back with a reason, and never back to the same moderator.

use crate::engines::every_engine;
use crate::house::{Fresh, House, ids, item, pass, person, verdict};
use moddesk::moderation::claim::{LostLease, Why};
use moddesk::moderation::{Claim, Claimed, Outcome, PassReason, Person, Role, Verdict};
use serde_json::json;

async fn passed(house: &House, who: &str, id: &str, reason: PassReason) {
    let refused = house.pass(who, &[pass(id, reason)]).await.expect("an answer");
    assert_eq!(refused, [], "the pass is taken");
}

async fn a_passed_item_goes_to_somebody_else(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b"]).await;
    for reason in [PassReason::Language, PassReason::Technical] {
        let served = house.take_one("ines").await;
        passed(&house, "ines", &served.item.id, reason).await;
    }
    assert!(house.take("ines", 5).await.is_empty());
    let theirs = house.take("omar", 5).await;
    assert_eq!(ids(&theirs), ["a", "b"], "at once, and in its place");
    assert_eq!(theirs[0].round, 1, "a pass begins no round");
}

async fn it_never_comes_back(fresh: Fresh) {
    let mut house = fresh.open().await;
    house.plain(&["a"]).await;
    house.take_one("ines").await;
    passed(&house, "ines", "a", PassReason::NotForMe).await;
    house.reopen().await;
    house.take_one("omar").await;
    house.minutes(6);
    assert!(house.take("ines", 1).await.is_empty(), "nor after somebody else's lease ran out");
    house.bring(vec![item("a", json!({"priority": 50}))]).await;
    assert!(house.take("ines", 1).await.is_empty(), "nor after a merge");
    let Claimed::Items { why, .. } = house.ask("ines", Claim { max: 1, ..Claim::default() }).await else {
        panic!("items")
    };
    assert_eq!(why, Some(Why::NotForYou));
}

async fn many_passed_items_hide_nothing_behind_them(fresh: Fresh) {
    let house = fresh.open().await;
    let names: Vec<String> = (0..300).map(|n| format!("i{n:03}")).collect();
    house.plain(&names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let all = house.take("ines", 300).await;
    let passes: Vec<_> = all[..299].iter().map(|served| pass(&served.item.id, PassReason::Technical)).collect();
    assert_eq!(house.pass("ines", &passes).await.expect("an answer"), []);
    house.release("ines", &[crate::house::sight("i299")]).await.expect("an answer");
    assert_eq!(ids(&house.take("ines", 5).await), ["i299"]);
    assert_eq!(house.take("omar", 400).await.len(), 299);
}

async fn a_passed_item_cannot_be_decided_by_whoever_passed_it(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    passed(&house, "ines", "a", PassReason::Technical).await;
    house.take_one("omar").await;
    let result = house.send("ines", verdict(&served, Verdict::Approve)).await;
    assert!(!result.outcome.is_success(), "{result:?}");
}

async fn what_was_never_mine_cannot_be_passed(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b"]).await;
    house.take_one("ines").await;
    let refused = house.pass("omar", &[pass("a", PassReason::Technical), pass("b", PassReason::Technical)]).await;
    let refused = refused.expect("an answer");
    assert_eq!(refused.iter().map(|lost| lost.item.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(refused[1].why, LostLease::NotLeased);
    assert_eq!(house.state("a").await, "leased");
}

async fn passed_after_the_lease_ran_out_it_still_stays_away(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    house.take_one("ines").await;
    house.minutes(6);
    house.pass("ines", &[pass("a", PassReason::Technical)]).await.expect("an answer");
    assert!(house.take("ines", 1).await.is_empty(), "never an item that I passed in this round");
    assert_eq!(house.take_one("omar").await.item.id, "a");
}

async fn also_when_the_expiry_was_noticed_before(fresh: Fresh) {
    let house = fresh.open().await;
    house.bring(vec![item("a", json!({"author": {"id": "u1"}})), item("b", json!({"author": {"id": "u1"}}))]).await;
    house.take_one("ines").await;
    house.minutes(6);
    house.take("omar", 2).await;
    house.minutes(6);
    house.hire(Person { queues: vec!["none".into()], ..person("lena", Role::Moderator) }).await;
    assert!(house.take("lena", 1).await.is_empty());
    house.pass("ines", &[pass("a", PassReason::ConflictOfInterest)]).await.expect("an answer");
    assert!(house.take("ines", 5).await.is_empty(), "neither the item nor its author");
    assert_eq!(ids(&house.take("omar", 5).await), ["a", "b"]);
}

async fn what_i_hold_of_an_author_i_know_goes_back(fresh: Fresh) {
    let house = fresh.open().await;
    let by = |id: &str, author: &str| item(id, json!({"author": {"id": author}}));
    house.bring(vec![by("a", "u1"), by("b", "u2"), by("c", "u1")]).await;
    assert_eq!(house.take("ines", 3).await.len(), 3);
    passed(&house, "ines", "a", PassReason::ConflictOfInterest).await;
    assert_eq!(ids(&house.take("ines", 3).await), ["b"], "also what was fetched beforehand");
    assert_eq!(house.told("ines").await, [("c".to_owned(), "moved".to_owned())]);
    assert_eq!(ids(&house.take("omar", 3).await), ["a", "c"]);
}

async fn a_new_round_may_come_again(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    house.take_one("ines").await;
    passed(&house, "ines", "a", PassReason::Technical).await;
    let served = house.take_one("omar").await;
    house.rule("omar", &served, Verdict::Escalate).await;
    assert_eq!(house.take_one("ines").await.round, 2);
}

async fn a_conflict_of_interest_shuts_that_author(fresh: Fresh) {
    let house = fresh.open().await;
    let by = |id: &str, author: &str| item(id, json!({"author": {"id": author}}));
    house.bring(vec![by("a", "u1"), by("b", "u1"), by("c", "u2")]).await;
    house.take_one("ines").await;
    passed(&house, "ines", "a", PassReason::ConflictOfInterest).await;
    assert_eq!(ids(&house.take("ines", 5).await), ["c"]);
    house.bring(vec![by("later", "u1")]).await;
    assert_eq!(ids(&house.take("ines", 5).await), ["c"], "also what comes later");
    let served = house.take("omar", 1).await;
    house.rule("omar", &served[0], Verdict::Escalate).await;
    assert_eq!(ids(&house.take("ines", 5).await), ["c"], "in every round");
}

async fn a_conflict_of_interest_does_not_shut_those_without_author(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b"]).await;
    house.take_one("ines").await;
    passed(&house, "ines", "a", PassReason::ConflictOfInterest).await;
    assert_eq!(ids(&house.take("ines", 5).await), ["b"]);
}

async fn not_for_me_is_never_listed_by_person(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let ines = house.people().await.expect("people").into_iter().find(|p| p.name == "ines").expect("ines");
    house.take_one("ines").await;
    passed(&house, "ines", "a", PassReason::NotForMe).await;
    let (pseudonym, name) = (&ines.pseudonym, "\"ines\"");
    let listed = |text: String| {
        let named = text.contains(pseudonym) || text.contains(name);
        assert!(!(named && text.contains("pass")), "never listed by person: {text}");
    };
    for entry in house.history("a").await.expect("a history") {
        listed(serde_json::to_string(&entry).expect("JSON"));
    }
    for entry in house.audit(0, 0).await.expect("a log") {
        listed(serde_json::to_string(&entry).expect("JSON"));
    }
    for event in house.events(0, 0).await.expect("events") {
        if event.person.as_deref() != Some("ines") {
            listed(serde_json::to_string(&event).expect("JSON"));
        }
    }
}

async fn other_passes_stand_in_the_history(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    house.take_one("ines").await;
    passed(&house, "ines", "a", PassReason::Technical).await;
    let history = house.history("a").await.expect("a history");
    let last = history.last().expect("an entry");
    assert_eq!(last.what, "passed");
    assert!(last.detail.to_string().contains("technical"));
    assert_eq!(house.verify_audit().await.expect("a check"), None);
}

async fn one_refused_pass_leaves_the_others(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    house.hire(person("lena", Role::Moderator)).await;
    let served = house.take_one("ines").await;
    let refused = house.pass("ines", &[pass("nowhere", PassReason::Technical), pass("a", PassReason::Technical)]).await;
    assert_eq!(refused.expect("an answer").len(), 1);
    assert_eq!(house.take_one("lena").await.item.id, "a");
    assert_ne!(house.send("ines", verdict(&served, Verdict::Approve)).await.outcome, Outcome::Recorded);
}

every_engine![
    a_passed_item_goes_to_somebody_else,
    it_never_comes_back,
    many_passed_items_hide_nothing_behind_them,
    a_passed_item_cannot_be_decided_by_whoever_passed_it,
    what_was_never_mine_cannot_be_passed,
    passed_after_the_lease_ran_out_it_still_stays_away,
    also_when_the_expiry_was_noticed_before,
    what_i_hold_of_an_author_i_know_goes_back,
    a_new_round_may_come_again,
    a_conflict_of_interest_shuts_that_author,
    a_conflict_of_interest_does_not_shut_those_without_author,
    not_for_me_is_never_listed_by_person,
    other_passes_stand_in_the_history,
    one_refused_pass_leaves_the_others,
];
