//! Claims: `have`, desks that take over, batches, and why there is nothing.

use crate::engines::every_engine;
use crate::house::{Fresh, House, fresh as desk, ids, item, items, person, verdict, with};
use moddesk::moderation::claim::Why;
use moddesk::moderation::{Claim, Claimed, PassReason, Person, Role, Verdict};
use moddesk::store::StoreError;
use serde_json::json;

async fn an_answer_has_what_is_not_in_have(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b", "c", "d", "e"]).await;
    assert_eq!(ids(&items(house.ask("ines", desk("d1", 2)).await)), ["a", "b"]);
    assert_eq!(ids(&items(house.ask("ines", with("d1", &["a", "b"], 2)).await)), ["c", "d"]);
    let lost = items(house.ask("ines", with("d1", &["a", "d"], 3)).await);
    assert_eq!(ids(&lost), ["b", "c", "e"], "what an answer lost on its way comes first, then the next");
}

async fn what_a_desk_has_is_not_in_the_answer_although_its_lease_ran_out(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b"]).await;
    let held = items(house.ask("ines", desk("d1", 1)).await);
    house.minutes(6);
    assert_eq!(ids(&items(house.ask("ines", with("d1", &["nowhere", "a"], 5)).await)), ["b"], "its decision is held");
    assert_eq!(ids(&items(house.ask("ines", with("d1", &["b"], 5)).await)), ["a"], "now it is not");
    house.rule("ines", &held[0], Verdict::Approve).await;
}

async fn nor_although_the_decision_in_the_call_began_a_new_round(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b"]).await;
    let held = items(house.ask("ines", desk("d1", 1)).await);
    let more = with("d1", &["a"], 5);
    let decided = house.decide("ines", &[verdict(&held[0], Verdict::Escalate)], Some(&more)).await.expect("an answer");
    assert_eq!(ids(&items(decided.claimed.expect("an answer to the claim"))), ["b"]);
    assert_eq!(ids(&items(house.ask("ines", with("d1", &["b"], 5)).await)), ["a"]);
}

async fn an_item_in_hand_keeps_its_round_and_lease(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let first = house.take_one("ines").await;
    let again = house.take_one("ines").await;
    assert_eq!((again.round, again.item.id.as_str()), (first.round, "a"));
    assert!(again.lease_until >= first.lease_until);
    assert_eq!(house.row("default").await.leased, 1);
}

async fn a_lease_is_exclusive(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b", "c"]).await;
    assert_eq!(ids(&house.take("ines", 2).await), ["a", "b"]);
    assert_eq!(ids(&house.take("omar", 5).await), ["c"]);
}

async fn two_at_once_never_get_the_same(fresh: Fresh) {
    let house = fresh.open().await;
    let names: Vec<String> = (0..60).map(|n| format!("i{n:02}")).collect();
    house.plain(&names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let beside = house.beside().await;
    let (mut mine, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..10 {
        let (one, other) = (with("d1", &[], 3), with("d2", &[], 3));
        let have = |served: &[String], claim: Claim| Claim { have: Some(served.to_vec()), ..claim };
        let (one, other) = (have(&mine, one), have(&theirs, other));
        let (one, other) = tokio::join!(house.claim("ines", &one), beside.claim("omar", &other));
        mine.extend(ids(&items(one.expect("an answer"))).into_iter().map(str::to_owned));
        theirs.extend(ids(&items(other.expect("an answer"))).into_iter().map(str::to_owned));
    }
    assert_eq!(mine.len() + theirs.len(), 60);
    assert!(mine.iter().all(|id| !theirs.contains(id)));
}

async fn a_fresh_desk_takes_over_what_is_leased(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b", "c"]).await;
    items(house.ask("ines", desk("home", 2)).await);
    assert_eq!(house.shift("ines").await.expect("a shift").desk.as_deref(), Some("home"));
    assert_eq!(ids(&items(house.ask("ines", desk("office", 3)).await)), ["a", "b", "c"]);
    assert_eq!(house.shift("ines").await.expect("a shift").desk.as_deref(), Some("office"));
}

async fn a_desk_since_taken_over_is_told_so(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b"]).await;
    items(house.ask("ines", desk("home", 1)).await);
    items(house.ask("ines", desk("office", 1)).await);
    let answer = house.ask("ines", with("home", &["a"], 3)).await;
    assert_eq!(answer, Claimed::TakenOver { desk_taken_over: "office".into() });
    let renewed = house.renew("ines", Some("home"), &["a".to_owned()]).await;
    assert!(matches!(renewed, Err(StoreError::TakenOver(ref desk)) if desk == "office"), "{renewed:?}");
    assert_eq!(ids(&items(house.ask("ines", with("office", &["a"], 3)).await)), ["b"]);
}

async fn a_desk_taken_over_still_sends_what_it_holds(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let held = items(house.ask("ines", desk("home", 1)).await);
    items(house.ask("ines", desk("office", 1)).await);
    house.rule("ines", &held[0], Verdict::Approve).await;
    let decided = house.decide("ines", &[verdict(&held[0], Verdict::Approve)], Some(&with("home", &[], 1))).await;
    let decided = decided.expect("the results are there, whatever the claim met");
    assert_eq!(decided.claimed, Some(Claimed::TakenOver { desk_taken_over: "office".into() }));
}

async fn a_desk_taken_over_may_take_over_again(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    for name in ["home", "office", "home"] {
        assert_eq!(ids(&items(house.ask("ines", desk(name, 1)).await)), ["a"]);
    }
    assert!(matches!(house.ask("ines", with("office", &["a"], 1)).await, Claimed::TakenOver { .. }));
}

async fn the_open_desk_outlives_a_restart(fresh: Fresh) {
    let mut house = fresh.open().await;
    house.plain(&["a", "b"]).await;
    items(house.ask("ines", desk("home", 1)).await);
    items(house.ask("ines", desk("office", 1)).await);
    house.reopen().await;
    assert!(matches!(house.ask("ines", with("home", &["a"], 1)).await, Claimed::TakenOver { .. }));
    assert_eq!(ids(&items(house.ask("ines", with("office", &["a"], 1)).await)), ["b"]);
}

async fn without_a_desk_it_is_served_and_takes_nothing_over(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b", "c"]).await;
    items(house.ask("ines", desk("home", 1)).await);
    let script = Claim { max: 1, have: Some(vec!["a".into()]), ..Claim::default() };
    assert_eq!(ids(&items(house.ask("ines", script).await)), ["b"]);
    assert_eq!(house.shift("ines").await.expect("a shift").desk.as_deref(), Some("home"));
    assert_eq!(ids(&items(house.ask("ines", with("home", &["a", "b"], 1)).await)), ["c"]);
}

async fn leases_outlive_a_restart(fresh: Fresh) {
    let mut house = fresh.open().await;
    house.plain(&["a", "b"]).await;
    let served = house.take_one("ines").await;
    house.reopen().await;
    assert_eq!(ids(&house.take("omar", 5).await), ["b"]);
    house.rule("ines", &served, Verdict::Approve).await;
}

async fn a_batch_leases_the_items_it_names(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b", "c", "d"]).await;
    let theirs = house.take_one("omar").await;
    assert_eq!(theirs.item.id, "a");
    let wanted = |names: &[&str]| Claim {
        items: Some(names.iter().map(|name| (*name).to_owned()).collect()),
        desk: Some("d".into()),
        have: Some(Vec::new()),
        ..Claim::default()
    };
    let group = items(house.ask("ines", wanted(&["d", "a", "b", "nowhere"])).await);
    let mut got = ids(&group);
    got.sort_unstable();
    assert_eq!(got, ["b", "d"], "what others hold is not in it");
    assert!(house.take("omar", 5).await.iter().all(|served| ["a", "c"].contains(&served.item.id.as_str())));
}

async fn a_batch_has_a_thousand_at_most_and_leases_as_many(fresh: Fresh) {
    let house = fresh.open().await;
    let names: Vec<String> = (0..1000).map(|n| format!("i{n:04}")).collect();
    house.plain(&names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let group = items(house.ask("ines", Claim { items: Some(names.clone()), ..Claim::default() }).await);
    assert_eq!(group.len(), 1000);
    let decisions: Vec<_> = group.iter().map(|served| verdict(served, Verdict::Approve)).collect();
    let decided = house.decide("ines", &decisions, None).await.expect("an answer");
    assert_eq!(decided.results.iter().filter(|result| result.outcome.is_success()).count(), 1000);
    assert_eq!(house.row("default").await.decided_today, 1000);
}

async fn a_batch_keeps_to_what_may_be_served(fresh: Fresh) {
    let house = fresh.open().await;
    house.hire(Person { queues: vec!["mine".into()], ..person("ines", Role::Moderator) }).await;
    let batch = vec![
        item("passed", json!({"queue": "mine"})),
        item("other", json!({"queue": "other"})),
        item("own", json!({"queue": "mine", "reports": [{"by": "user", "reporter": "ines"}]})),
        item("hard", json!({"queue": "mine", "severity": 3})),
        item("good", json!({"queue": "mine"})),
    ];
    house.bring(batch).await;
    let names = ["passed", "other", "own", "hard", "good"].map(str::to_owned).to_vec();
    let first = house.take_one("ines").await;
    assert_eq!(first.item.id, "passed");
    house.pass("ines", &[crate::house::pass("passed", PassReason::Technical)]).await.expect("an answer");
    let group = items(house.ask("ines", Claim { items: Some(names), ..Claim::default() }).await);
    assert_eq!(ids(&group), ["good"]);
}

/// Why there is nothing for ines.
async fn why(house: &House) -> Why {
    let Claimed::Items { items, why, .. } = house.ask("ines", desk("d", 1)).await else { panic!("items") };
    assert_eq!(ids(&items), Vec::<&str>::new());
    why.expect("an empty list says why")
}

async fn an_empty_queue_says_empty(fresh: Fresh) {
    let house = fresh.open().await;
    assert_eq!(why(&house).await, Why::Empty);
}

async fn what_others_hold_says_leased(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    house.take_one("omar").await;
    assert_eq!(why(&house).await, Why::Leased);
}

async fn a_paused_queue_says_paused(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    house.queue("default", |queue| queue.paused = true).await;
    assert_eq!(why(&house).await, Why::Paused);
}

async fn what_is_not_for_me_says_so(fresh: Fresh) {
    let house = fresh.open().await;
    house.hire(Person { languages: vec!["fr".into()], ..person("ines", Role::Moderator) }).await;
    house.bring(vec![item("de", json!({"lang": "de"}))]).await;
    assert_eq!(why(&house).await, Why::NotForYou);
}

async fn what_the_rules_hold_back_says_so(fresh: Fresh) {
    let house = fresh.open().await;
    house.bring(vec![item("h", json!({"severity": 3}))]).await;
    assert_eq!(why(&house).await, Why::Wellbeing, "the first ten minutes of a shift");
}

async fn a_list_with_something_in_it_says_no_why(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let Claimed::Items { items, why, .. } = house.ask("ines", desk("d", 5)).await else { panic!("items") };
    assert_eq!((ids(&items), why), (vec!["a"], None));
}

async fn a_queue_that_a_moderator_names_is_created(fresh: Fresh) {
    let house = fresh.open().await;
    house.hire(Person { queues: vec!["night".into()], ..person("ines", Role::Moderator) }).await;
    let queue = house.queues().await.expect("queues").into_iter().find(|queue| queue.name == "night");
    assert_eq!(queue.map(|queue| queue.client).as_deref(), Some("default"));
}

async fn strangers_and_the_disabled_are_served_nothing(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    assert!(matches!(house.claim("nobody", &desk("d", 1)).await, Err(StoreError::Unknown { .. })));
    house.hire(Person { enabled: false, ..person("ines", Role::Moderator) }).await;
    assert!(matches!(house.claim("ines", &desk("d", 1)).await, Err(StoreError::Forbidden(_))));
}

every_engine![
    an_answer_has_what_is_not_in_have,
    what_a_desk_has_is_not_in_the_answer_although_its_lease_ran_out,
    nor_although_the_decision_in_the_call_began_a_new_round,
    an_item_in_hand_keeps_its_round_and_lease,
    a_lease_is_exclusive,
    two_at_once_never_get_the_same,
    a_fresh_desk_takes_over_what_is_leased,
    a_desk_since_taken_over_is_told_so,
    a_desk_taken_over_still_sends_what_it_holds,
    a_desk_taken_over_may_take_over_again,
    the_open_desk_outlives_a_restart,
    without_a_desk_it_is_served_and_takes_nothing_over,
    leases_outlive_a_restart,
    a_batch_leases_the_items_it_names,
    a_batch_has_a_thousand_at_most_and_leases_as_many,
    a_batch_keeps_to_what_may_be_served,
    an_empty_queue_says_empty,
    what_others_hold_says_leased,
    a_paused_queue_says_paused,
    what_is_not_for_me_says_so,
    what_the_rules_hold_back_says_so,
    a_list_with_something_in_it_says_no_why,
    a_queue_that_a_moderator_names_is_created,
    strangers_and_the_disabled_are_served_nothing,
];
