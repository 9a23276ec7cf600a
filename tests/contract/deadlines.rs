//! Deadlines: a rule a queue, paused with a reason, and counted where they were missed.

use crate::engines::every_engine;
use crate::house::{Fresh, House, item};
use moddesk::moderation::deadline::PauseReason;
use moddesk::moderation::{Deadline, Verdict};
use moddesk::store::{DecisionFilter, StoreError};
use serde_json::json;

async fn rule(house: &House, queue: &str, rule: &str) {
    let rule: Deadline = rule.parse().expect("a rule");
    house.queue(queue, |queue| queue.deadline = Some(rule)).await;
}

async fn due(house: &House, id: &str) -> Option<String> {
    house.item(id).await.expect("there").due_at.map(|due| due.to_string())
}

async fn each_queue_has_its_rule(fresh: Fresh) {
    let mut house = fresh.open().await;
    rule(&house, "q", "1h").await;
    rule(&house, "created", "24h from created_at").await;
    rule(&house, "office", "4h working Mon-Fri 09:00-18:00 Europe/Paris").await;
    rule(&house, "order", "tco_1h").await;
    house.reopen().await;
    // Sunday, eight o'clock.
    let wrote = "2026-11-21T10:00:00Z";
    house
        .bring(vec![
            item("q", json!({"queue": "q"})),
            item("created", json!({"queue": "created", "created_at": wrote})),
            item("office", json!({"queue": "office"})),
            item("order", json!({"queue": "order", "received_at": "2026-11-22T07:30:00Z"})),
            item("own", json!({"queue": "q", "due_at": "2026-11-22T08:10:00Z"})),
        ])
        .await;
    for (id, at) in [
        ("q", "2026-11-22T09:00:00Z"),
        ("created", "2026-11-22T10:00:00Z"),
        ("office", "2026-11-23T12:00:00Z"),
        ("order", "2026-11-22T08:30:00Z"),
        ("own", "2026-11-22T08:10:00Z"),
    ] {
        assert_eq!(due(&house, id).await.as_deref(), Some(at), "{id}");
    }
    let queues = house.queues().await.expect("queues");
    let order = queues.iter().find(|queue| queue.name == "order").expect("there");
    assert_eq!(order.deadline.as_ref().and_then(|rule| rule.law).map(|law| law.name), Some("tco_1h"));
}

async fn a_pause_says_why_and_goes_on_with_what_was_left(fresh: Fresh) {
    let mut house = fresh.open().await;
    rule(&house, "default", "1h").await;
    house.plain(&["a", "b"]).await;
    house.minutes(20);
    let paused = house.pause_deadline("a", Some(PauseReason::Clarification), "sonia").await.expect("pauses");
    assert_eq!((paused, due(&house, "a").await), (None, None));
    house.pause_deadline("a", Some(PauseReason::Authority), "sonia").await.expect("is paused already");
    house.reopen().await;
    house.minutes(120);
    assert_eq!(house.row("default").await.overdue, 1, "of two one stands still");
    let again = house.pause_deadline("a", None, "sonia").await.expect("goes on");
    assert_eq!(again.map(|at| at.to_string()).as_deref(), Some("2026-11-22T11:00:00Z"), "forty minutes were left");
    assert_eq!(house.pause_deadline("a", None, "sonia").await.expect("goes on already"), again);
    let history = house.history("a").await.expect("reads");
    let said: Vec<_> = history.iter().map(|entry| entry.what.as_str()).collect();
    assert_eq!(said, ["imported", "paused", "resumed"]);
    assert_eq!(history[1].detail["reason"], "clarification");
    house.bring(vec![item("c", json!({"queue": "free"}))]).await;
    let none = house.pause_deadline("c", Some(PauseReason::Authority), "sonia").await;
    assert!(matches!(none, Err(StoreError::Invalid(_))), "without a deadline there is nothing to pause");
    assert_eq!(house.take("ines", 5).await.first().map(|served| served.item.id.clone()).as_deref(), Some("b"));
}

async fn what_came_too_late_is_counted_and_exported(fresh: Fresh) {
    let house = fresh.open().await;
    rule(&house, "default", "1h").await;
    house.plain(&["a", "b", "c"]).await;
    let served = house.take("ines", 3).await;
    house.rule("ines", &served[0], Verdict::Approve).await;
    house.minutes(3);
    house.minutes(60);
    house.rule("ines", &served[1], Verdict::Approve).await;
    house.rule("ines", &served[2], Verdict::Escalate).await;
    let row = house.row("default").await;
    assert_eq!((row.decided_today, row.breached_today), (3, 1), "who escalates has not decided too late");
    let decisions = house.decisions(&DecisionFilter::default()).await.expect("reads");
    let late: Vec<_> = decisions.iter().map(|(_, decision)| decision.late_s).collect();
    assert_eq!(late, [None, Some(180), None]);
}

every_engine! {
    each_queue_has_its_rule,
    a_pause_says_why_and_goes_on_with_what_was_left,
    what_came_too_late_is_counted_and_exported,
}
