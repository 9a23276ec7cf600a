//! The figures of a queue add up with what happened.

use crate::engines::every_engine;
use crate::house::{Fresh, House, item, sight};
use moddesk::moderation::Verdict;
use serde_json::json;

async fn figures(house: &House, queue: &str) -> (u64, u64, u64) {
    let row = house.row(queue).await;
    (row.waiting, row.leased, row.decided_today)
}

async fn waiting_leased_and_decided_add_up(fresh: Fresh) {
    let mut house = fresh.open().await;
    house.plain(&["a", "b", "c", "d", "e"]).await;
    assert_eq!(figures(&house, "default").await, (5, 0, 0));
    let held = house.take("ines", 3).await;
    assert_eq!(figures(&house, "default").await, (2, 3, 0));
    house.rule("ines", &held[0], Verdict::Approve).await;
    assert_eq!(figures(&house, "default").await, (2, 2, 1));
    house.release("ines", &[sight("b")]).await.expect("an answer");
    assert_eq!(figures(&house, "default").await, (3, 1, 1));
    house.minutes(6);
    assert_eq!(figures(&house, "default").await, (4, 0, 1), "what ran out waits");
    house.withdraw(&["e".to_owned()], "operator").await.expect("an answer");
    assert_eq!(figures(&house, "default").await, (3, 0, 1));
    house.reopen().await;
    assert_eq!(figures(&house, "default").await, (3, 0, 1));
}

async fn an_escalation_counts_where_it_was_decided_and_waits_where_it_went(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    house.rule("ines", &served, Verdict::Escalate).await;
    assert_eq!(figures(&house, "default").await, (0, 0, 1));
    assert_eq!(figures(&house, "escalated").await, (1, 0, 0));
    let served = house.take_one("omar").await;
    house.rule("omar", &served, Verdict::Delete).await;
    assert_eq!(figures(&house, "escalated").await, (0, 0, 1));
}

async fn a_new_revision_waits_once(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    for revision in 2..5 {
        house.take_one("ines").await;
        house.bring(vec![item("a", json!({"revision": revision, "text": format!("v{revision}")}))]).await;
        assert_eq!(figures(&house, "default").await, (1, 0, 0));
    }
}

async fn today_begins_at_midnight_utc(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b"]).await;
    let served = house.take_one("ines").await;
    house.rule("ines", &served, Verdict::Approve).await;
    house.seconds(16 * 3600 - 1);
    assert_eq!(house.row("default").await.decided_today, 1);
    house.seconds(1);
    assert_eq!(house.row("default").await.decided_today, 0);
    let served = house.take_one("omar").await;
    house.rule("omar", &served, Verdict::Approve).await;
    assert_eq!(house.row("default").await.decided_today, 1);
}

async fn overdue_and_due_within_a_quarter_of_an_hour(fresh: Fresh) {
    let house = fresh.open().await;
    let due = |id: &str, at: &str| item(id, json!({"due_at": at}));
    house
        .bring(vec![
            due("over", "2026-11-22T07:59:59Z"),
            due("soon", "2026-11-22T08:10:00Z"),
            due("later", "2026-11-22T09:00:00Z"),
            item("never", json!({})),
        ])
        .await;
    let row = house.row("default").await;
    assert_eq!((row.overdue, row.due_15m), (1, 1));
    house.take("ines", 2).await;
    let row = house.row("default").await;
    assert_eq!((row.overdue, row.due_15m), (1, 1), "a lease stops no deadline");
    house.minutes(50);
    let row = house.row("default").await;
    assert_eq!((row.overdue, row.due_15m), (2, 1));
}

async fn the_oldest_of_what_is_undecided(fresh: Fresh) {
    let house = fresh.open().await;
    assert_eq!(house.row("default").await.oldest_received_at, None);
    let at = |id: &str, at: &str, more: i32| item(id, json!({"received_at": at, "priority": more}));
    house
        .bring(vec![
            at("new", "2026-11-22T07:30:00Z", 9),
            at("old", "2026-11-20T07:00:00Z", -9),
            at("mid", "2026-11-21T07:00:00Z", 0),
        ])
        .await;
    let oldest = async || house.row("default").await.oldest_received_at.map(|at| at.to_string());
    assert_eq!(oldest().await.as_deref(), Some("2026-11-20T07:00:00Z"));
    let held = house.take("ines", 3).await;
    assert_eq!(oldest().await.as_deref(), Some("2026-11-20T07:00:00Z"), "leased or not");
    let old = held.iter().find(|served| served.item.id == "old").expect("old");
    house.rule("ines", old, Verdict::Approve).await;
    assert_eq!(oldest().await.as_deref(), Some("2026-11-21T07:00:00Z"));
}

async fn every_queue_has_a_row_with_its_client(fresh: Fresh) {
    let house = fresh.open().await;
    let client = moddesk::moderation::Client { name: "meteo".into(), ..Default::default() };
    house.set_client(&client, "operator").await.expect("a client");
    house.set_queue(&moddesk::moderation::Queue::new("meteo-comments", "meteo"), "operator").await.expect("a queue");
    let row = house.row("meteo-comments").await;
    assert_eq!((row.client.as_str(), row.waiting, row.paused), ("meteo", 0, false));
    house.queue("meteo-comments", |queue| queue.paused = true).await;
    assert!(house.row("meteo-comments").await.paused);
}

async fn what_was_passed_still_waits(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    house.take_one("ines").await;
    let passes = [crate::house::pass("a", moddesk::moderation::PassReason::Technical)];
    house.pass("ines", &passes).await.expect("an answer");
    assert_eq!(figures(&house, "default").await, (1, 0, 0));
}

every_engine![
    waiting_leased_and_decided_add_up,
    an_escalation_counts_where_it_was_decided_and_waits_where_it_went,
    a_new_revision_waits_once,
    today_begins_at_midnight_utc,
    overdue_and_due_within_a_quarter_of_an_hour,
    the_oldest_of_what_is_undecided,
    every_queue_has_a_row_with_its_client,
    what_was_passed_still_waits,
];
