//! Who gets what next, and what is kept from whom.

use super::*;
use crate::moderation::claim::Why;
use crate::moderation::{Client, Queue};

async fn why(house: &House, who: &str) -> Option<Why> {
    let claim = Claim { max: 3, have: Some(Vec::new()), ..Claim::default() };
    match house.store.claim(who, &claim).await.expect("answers") {
        Claimed::Items { why, .. } => why,
        other => panic!("not items: {other:?}"),
    }
}

#[tokio::test]
async fn what_is_past_its_warning_goes_first_then_priority_due_and_arrival() {
    let house = house().await;
    house
        .import([
            json!({"id": "plain"}),
            json!({"id": "soon", "due_at": "2026-11-22T08:10:00Z", "priority": -50}),
            json!({"id": "later", "due_at": "2026-11-22T12:00:00Z"}),
            json!({"id": "overdue", "due_at": "2026-11-22T07:00:00Z", "priority": -100}),
            json!({"id": "high", "priority": 7}),
            json!({"id": "elder", "received_at": "2026-11-21T08:00:00Z"}),
        ])
        .await;
    let stats = house.stats("default").await;
    assert_eq!((stats.overdue, stats.due_15m), (1, 1));
    assert_eq!(stats.oldest_received_at.expect("one").to_string(), "2026-11-21T08:00:00Z");
    assert_eq!(ids(&house.claim("ines", 9).await), ["overdue", "soon", "high", "later", "elder", "plain"]);
}

#[tokio::test]
async fn a_deadline_that_comes_near_moves_its_item_to_the_front() {
    let house = house().await;
    house
        .import([
            json!({"id": "first"}),
            json!({"id": "second"}),
            json!({"id": "due", "due_at": "2026-11-22T08:16:00Z", "priority": -1}),
        ])
        .await;
    assert_eq!(ids(&house.claim("ines", 1).await), ["first"]);
    house.clock.turn(Duration::from_secs(61));
    assert_eq!(ids(&house.claim("paul", 1).await), ["due"]);
}

#[tokio::test]
async fn languages_ceilings_queues_and_clients_bound_what_is_served() {
    let house = house().await;
    house.store.set_client(&Client { name: "meteo".into(), ..Client::default() }, "system").await.expect("set");
    house.store.set_queue(&Queue::new("meteo-q", "meteo"), "system").await.expect("set");
    house
        .import([
            json!({"id": "fr"}),
            json!({"id": "en", "lang": "en"}),
            json!({"id": "hard", "severity": 2}),
            json!({"id": "other", "queue": "elsewhere"}),
            json!({"id": "theirs", "queue": "meteo-q"}),
        ])
        .await;
    let at = &house;
    let bound = |person: Person| async move {
        at.store.set_person(&person, "system").await.expect("set");
        let served = at.claim(&person.name, 9).await;
        let mut names: Vec<String> = served.iter().map(|served| served.item.id.clone()).collect();
        at.store.end_shift(&person.name, &[]).await.expect("ends");
        names.sort();
        names.join(" ")
    };
    let new = Person::with_every_right;
    assert_eq!(bound(Person { languages: vec!["en".into()], ..new("a") }).await, "en");
    assert_eq!(
        bound(Person { severity_ceiling: crate::wellbeing::Severity::MILD, ..new("b") }).await,
        "en fr other theirs"
    );
    assert_eq!(bound(Person { queues: vec!["elsewhere".into()], ..new("c") }).await, "other");
    assert_eq!(bound(Person { clients: vec!["meteo".into()], ..new("d") }).await, "theirs");
    assert_eq!(bound(Person { languages: vec!["ko".into()], ..new("e") }).await, "");
    assert_eq!(why(&house, "e").await, Some(Why::NotForYou));
}

#[tokio::test]
async fn the_author_i_know_is_shut_to_me_with_all_their_items() {
    let house = house().await;
    let author = |id: &str, who: &str| json!({"id": id, "author": {"id": who}});
    house.import([author("a", "u1"), author("b", "u1"), author("c", "u2")]).await;
    assert_eq!(house.claim("ines", 1).await[0].author.as_ref().expect("figures").items, 2);
    let pass = serde_json::from_value(json!({"item": "a", "reason": "conflict_of_interest"})).expect("a pass");
    house.store.pass("ines", &[pass]).await.expect("answers");
    assert_eq!(ids(&house.claim("ines", 9).await), ["c"]);
    assert!(matches!(house.store.author_for("ines", "u1").await, Err(StoreError::Forbidden(_))));
    assert_eq!(house.store.author_for("paul", "u1").await.expect("reads").recent.len(), 2);
    assert_eq!(ids(&house.claim("paul", 9).await), ["a", "b"]);
}

#[tokio::test]
async fn whoever_passed_a_thousand_looks_past_them_once() {
    let house = house().await;
    house.import((0..30).map(|n| json!({"id": format!("p{n:03}")}))).await;
    for _ in 0..3 {
        let served = house.claim("ines", 9).await;
        let passes: Vec<_> = served
            .iter()
            .map(|served| {
                serde_json::from_value(json!({"item": served.item.id, "reason": "language"})).expect("a pass")
            })
            .collect();
        house.store.pass("ines", &passes).await.expect("answers");
    }
    assert_eq!(ids(&house.claim("ines", 1).await), ["p027"]);
    assert_eq!(ids(&house.claim("paul", 2).await), ["p000", "p001"]);
    house.import([json!({"id": "front", "priority": 3})]).await;
    let claim = Claim { max: 9, have: Some(vec!["p027".into()]), ..Claim::default() };
    let Claimed::Items { items, .. } = house.store.claim("ines", &claim).await.expect("answers") else { panic!() };
    assert_eq!(ids(&items), ["front", "p028", "p029"]);
}

#[tokio::test]
async fn a_second_desk_takes_over_and_the_first_is_told() {
    let house = house().await;
    house.import((0..5).map(|n| json!({"id": format!("a{n}")}))).await;
    let ask =
        |desk: &str, have: Option<Vec<String>>| Claim { max: 2, desk: Some(desk.into()), have, ..Claim::default() };
    house.store.claim("ines", &ask("one", None)).await.expect("answers");
    assert_eq!(house.store.shift("ines").await.expect("answers").desk.as_deref(), Some("one"));
    let Claimed::Items { items, .. } = house.store.claim("ines", &ask("two", None)).await.expect("answers") else {
        panic!()
    };
    assert_eq!(ids(&items), ["a0", "a1"]);
    let told = house.store.claim("ines", &ask("one", Some(vec!["a0".into()]))).await.expect("answers");
    assert_eq!(told, Claimed::TakenOver { desk_taken_over: "two".into() });
    let renewed = house.store.renew("ines", Some("one"), &["a0".into()]).await;
    assert_eq!(renewed, Err(StoreError::TakenOver("two".into())));
    assert_eq!(ids(&house.claim("ines", 2).await), ["a0", "a1"]);
}

#[tokio::test]
async fn what_a_desk_still_holds_is_its_again_after_the_lease_ran_out_and_is_not_served_twice() {
    let house = house().await;
    house.import((0..3).map(|n| json!({"id": format!("a{n}")}))).await;
    house.claim("ines", 1).await;
    house.clock.turn(Duration::from_secs(400));
    let claim = Claim { max: 1, have: Some(vec!["a0".into()]), ..Claim::default() };
    let Claimed::Items { items, .. } = house.store.claim("ines", &claim).await.expect("answers") else { panic!() };
    assert_eq!(ids(&items), ["a1"]);
    assert_eq!(house.decide("ines", "a0", json!({})).await.outcome, Outcome::Recorded);
}

#[tokio::test]
async fn a_supervisor_overturns_and_decides_in_one_act() {
    let house = house().await;
    house.import([json!({"id": "a"})]).await;
    house.claim("ines", 1).await;
    let first = decision("a", json!({}));
    house.store.decide("ines", std::slice::from_ref(&first), None).await.expect("answers");
    let new = decision("a", json!({"verdict": "delete", "policy": "hate"}));
    let mut reverse = Reverse { id: Uuid::now_v7(), reason: None, decision: Some(Box::new(new)) };
    assert!(matches!(house.store.reverse("paul", first.id, &reverse).await, Err(StoreError::Invalid(_))));
    reverse.reason = Some("the charter changed".into());
    assert_eq!(house.store.reverse("paul", first.id, &reverse).await.expect("answers").outcome, Outcome::Recorded);
    let kept = house.store.item("a").await.expect("reads");
    assert_eq!((kept.state.as_str(), kept.round, kept.decisions.len()), ("decided", 2, 2));
    assert_eq!(kept.decisions[1].by, "M-02");
    let exported = house.store.decisions(&DecisionFilter::default()).await.expect("reads");
    assert_eq!(exported[1].1.reverses, Some(first.id));
}

#[tokio::test]
async fn an_alert_goes_with_its_escalation_and_stays_until_it_is_taken() {
    let house = house().await;
    house.import([json!({"id": "a"})]).await;
    house.claim("ines", 1).await;
    house.decide("ines", "a", json!({"verdict": "escalate", "imminent": {"kind": "suicide", "plan": true}})).await;
    let open = house.store.alerts("paul").await.expect("reads");
    assert_eq!((open.len(), open[0].by.as_str(), open[0].taken.is_some()), (1, "ines", false));
    assert_eq!(house.store.item("a").await.expect("reads").queue, "imminent");
    house.store.acknowledge("paul", open[0].alert.id).await.expect("answers");
    assert!(house.store.alerts("paul").await.expect("reads").is_empty());
    assert_eq!(house.store.alerts("ines").await.expect("reads")[0].taken.as_ref().expect("taken").0, "paul");
}
