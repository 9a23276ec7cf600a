//! The order of serving: my live leases; reversals; what presses, soonest due first; the rest by priority, due,
//! received and arrival; one client in runs; hard items with milder ones between them.

use crate::engines::every_engine;
use crate::house::{Fresh, House, fresh as desk, ids, item, items, level, person, seasoned, verdict, with};
use moddesk::moderation::{Client, Item, Person, Queue, Role, Verdict};
use serde_json::json;

/// Takes and decides until nothing is left; answers the order.
async fn drain(house: &House, who: &str) -> Vec<String> {
    let mut order = Vec::new();
    while let Some(served) = house.take(who, 1).await.pop() {
        order.push(served.item.id.clone());
        house.rule(who, &served, Verdict::Approve).await;
    }
    order
}

async fn first_come_first_served(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["c", "a", "b"]).await;
    assert_eq!(drain(&house, "ines").await, ["c", "a", "b"]);
}

async fn priority_then_due_then_received_then_arrival(fresh: Fresh) {
    let house = fresh.open().await;
    let batch = vec![
        item("last", json!({"priority": -100})),
        item("arrived-second", json!({"received_at": "2026-11-22T07:00:00Z"})),
        item("arrived-third", json!({"received_at": "2026-11-22T07:00:00Z"})),
        item("received-first", json!({"received_at": "2026-11-22T06:00:00Z"})),
        item("due-later", json!({"due_at": "2026-11-23T08:00:00Z", "received_at": "2026-11-22T05:00:00Z"})),
        item("due-sooner", json!({"due_at": "2026-11-22T20:00:00Z"})),
        item("high", json!({"priority": 1, "due_at": "2026-11-24T08:00:00Z"})),
        item("highest", json!({"priority": 100})),
    ];
    house.bring(batch).await;
    let order =
        ["highest", "high", "due-sooner", "due-later", "received-first", "arrived-second", "arrived-third", "last"];
    assert_eq!(drain(&house, "ines").await, order);
}

async fn what_is_overdue_or_past_the_warning_goes_first_soonest_due_first(fresh: Fresh) {
    let house = fresh.open().await;
    let batch = vec![
        item("important", json!({"priority": 100})),
        item("in-16-minutes", json!({"priority": 50, "due_at": "2026-11-22T08:16:00Z"})),
        item("in-14-minutes", json!({"priority": -9, "due_at": "2026-11-22T08:14:00Z"})),
        item("overdue", json!({"due_at": "2026-11-22T07:00:00Z"})),
        item("long-overdue", json!({"priority": -100, "due_at": "2026-11-22T06:00:00Z"})),
    ];
    house.bring(batch).await;
    assert_eq!(drain(&house, "ines").await, ["long-overdue", "overdue", "in-14-minutes", "important", "in-16-minutes"]);
}

async fn the_warning_is_15_minutes_before_due_to_the_second(fresh: Fresh) {
    let house = fresh.open().await;
    let due = |id: &str| item(id, json!({"priority": -1, "due_at": "2026-11-22T08:20:00Z"}));
    house.bring(vec![item("a", json!({})), item("b", json!({})), due("due")]).await;
    house.seconds(5 * 60 - 1);
    let served = house.take_one("ines").await;
    assert_eq!(served.item.id, "a");
    house.rule("ines", &served, Verdict::Approve).await;
    house.seconds(1);
    assert_eq!(house.take_one("ines").await.item.id, "due");
}

async fn each_queue_warns_at_its_own_time(fresh: Fresh) {
    let house = fresh.open().await;
    house.queue("early", |queue| queue.warn_at_s = 3600).await;
    house.queue("late", |queue| queue.warn_at_s = 60).await;
    let due = "2026-11-22T08:30:00Z";
    let batch = vec![
        item("high", json!({"priority": 5})),
        item("late", json!({"queue": "late", "due_at": due})),
        item("early", json!({"queue": "early", "due_at": due})),
    ];
    house.bring(batch).await;
    assert_eq!(drain(&house, "ines").await, ["early", "high", "late"]);
}

async fn my_live_leases_come_first(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b"]).await;
    house.take("ines", 2).await;
    house.bring(vec![item("urgent", json!({"due_at": "2026-11-22T07:00:00Z", "priority": 100}))]).await;
    let mut order = house.take("ines", 3).await;
    let last = order.pop().expect("three");
    assert_eq!(last.item.id, "urgent");
    assert_eq!(ids(&order), ["a", "b"]);
}

async fn a_reversal_comes_before_everything_that_waits(fresh: Fresh) {
    let house = fresh.open().await;
    house.bring(vec![item("again", json!({"priority": -100}))]).await;
    let served = house.take_one("ines").await;
    let id = house.rule("ines", &served, Verdict::Approve).await;
    let overdue = json!({"due_at": "2026-11-22T07:00:00Z", "priority": 100});
    house.bring(vec![item("overdue", overdue)]).await;
    let reverse = serde_json::from_value(json!({"id": uuid::Uuid::now_v7(), "reason": "look again"}));
    house.reverse("sonia", id, &reverse.expect("a reversal")).await.expect("an answer");
    assert_eq!(ids(&house.take("omar", 2).await), ["again", "overdue"]);
}

/// Items of two clients, alternating by arrival.
async fn two_clients(house: &House, each: usize) -> Vec<Item> {
    for name in ["meteo", "maif"] {
        house.set_client(&Client { name: name.into(), ..Client::default() }, "operator").await.expect("a client");
        house.set_queue(&Queue::new(format!("{name}-comments"), name), "operator").await.expect("a queue");
    }
    let one = |at: usize, name: &str| item(&format!("{name}-{at}"), json!({"queue": format!("{name}-comments")}));
    (0..each).flat_map(|at| [one(at, "meteo"), one(at, "maif")]).collect()
}

async fn one_client_is_served_in_runs_of_ten(fresh: Fresh) {
    let house = fresh.open().await;
    let batch = two_clients(&house, 15).await;
    house.bring(batch).await;
    let order = drain(&house, "ines").await;
    let clients: Vec<&str> = order.iter().map(|id| id.split('-').next().expect("a client")).collect();
    let runs: Vec<(&str, usize)> = clients.chunk_by(|a, b| a == b).map(|run| (run[0], run.len())).collect();
    assert_eq!(runs[..2], [("meteo", 10), ("maif", 10)]);
    assert_eq!(order.len(), 30);
}

async fn or_of_five_minutes(fresh: Fresh) {
    let house = fresh.open().await;
    let batch = two_clients(&house, 8).await;
    house.bring(batch).await;
    let mut order = Vec::new();
    for _ in 0..4 {
        let served = house.take_one("ines").await;
        order.push(served.client.clone());
        house.rule("ines", &served, Verdict::Approve).await;
        house.minutes(2);
    }
    assert_eq!(order, ["meteo", "meteo", "meteo", "maif"]);
}

async fn a_run_of_one_client_gives_way_to_what_presses(fresh: Fresh) {
    let house = fresh.open().await;
    let mut batch = two_clients(&house, 3).await;
    batch[3] = item("maif-late", json!({"queue": "maif-comments", "due_at": "2026-11-22T07:59:00Z"}));
    house.bring(batch).await;
    let first = house.take("ines", 2).await;
    assert_eq!(ids(&first), ["maif-late", "maif-0"]);
}

async fn a_run_does_not_go_before_a_higher_priority(fresh: Fresh) {
    // The run swaps clients among what is equally pressing; it must not let one client starve a priority forever.
    let house = fresh.open().await;
    let mut batch = two_clients(&house, 12).await;
    batch.push(item("maif-high", json!({"queue": "maif-comments", "priority": 50})));
    let (first, rest) = batch.split_first().expect("items");
    house.bring(vec![first.clone()]).await;
    let served = house.take_one("ines").await;
    house.rule("ines", &served, Verdict::Approve).await;
    house.bring(rest.to_vec()).await;
    let order = drain(&house, "ines").await;
    let at = order.iter().position(|id| id == "maif-high").expect("served");
    assert!(at <= 9, "the run of the other client is over after ten: {order:?}");
}

async fn never_my_own_report(fresh: Fresh) {
    let house = fresh.open().await;
    house.bring(vec![item("a", json!({"reports": [{"by": "user", "reporter": "ines"}]}))]).await;
    assert!(house.take("ines", 1).await.is_empty());
    assert_eq!(house.take_one("omar").await.item.id, "a");
}

async fn nor_when_the_report_came_later_or_the_moderator_did(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    house.bring(vec![item("a", json!({"reports": [{"by": "user", "reporter": "ines"}]}))]).await;
    assert!(house.take("ines", 1).await.is_empty());
    house.bring(vec![item("b", json!({"reports": [{"by": "user", "reporter": "lena"}]}))]).await;
    house.hire(person("lena", Role::Moderator)).await;
    assert_eq!(ids(&house.take("lena", 5).await), ["a"]);
}

async fn nor_in_a_later_round(fresh: Fresh) {
    let house = fresh.open().await;
    let reports = json!({"reports": [{"by": "user", "reporter": "ines"}]});
    house.bring(vec![item("a", reports.clone())]).await;
    let mut newer = reports;
    newer["revision"] = json!(2);
    newer["text"] = json!("edited");
    house.bring(vec![item("a", newer)]).await;
    assert!(house.take("ines", 1).await.is_empty());
}

async fn never_above_my_ceiling(fresh: Fresh) {
    let house = fresh.open().await;
    house.hire(Person { severity_ceiling: level(1), ..person("ines", Role::Moderator) }).await;
    let batch = vec![
        item("two", json!({"severity": 2})),
        item("reported", json!({"reports": [{"by": "classifier", "severity": 2}]})),
        item("one", json!({"severity": 1})),
    ];
    house.bring(batch).await;
    assert_eq!(ids(&house.take("ines", 5).await), ["one"]);
}

async fn never_out_of_my_languages(fresh: Fresh) {
    let house = fresh.open().await;
    house.hire(Person { languages: vec!["fr".into(), "en".into()], ..person("ines", Role::Moderator) }).await;
    let in_lang = |id: &str| item(id, json!({"lang": id}));
    house.bring(vec![in_lang("de"), in_lang("fr"), in_lang("ar"), in_lang("en")]).await;
    assert_eq!(ids(&house.take("ines", 5).await), ["fr", "en"]);
    assert_eq!(ids(&house.take("omar", 5).await), ["de", "ar"], "absent or empty means all");
}

async fn never_out_of_my_queues(fresh: Fresh) {
    let house = fresh.open().await;
    house.hire(Person { queues: vec!["mine".into()], ..person("ines", Role::Moderator) }).await;
    house.bring(vec![item("a", json!({"queue": "other"})), item("b", json!({"queue": "mine"}))]).await;
    assert_eq!(ids(&house.take("ines", 5).await), ["b"]);
    let asked = moddesk::moderation::Claim { queues: vec!["other".into()], max: 5, ..Default::default() };
    let asked = items(house.ask("ines", moddesk::moderation::Claim { have: Some(vec!["b".into()]), ..asked }).await);
    assert!(asked.is_empty(), "nor by asking for them");
}

async fn only_from_the_queues_asked_for(fresh: Fresh) {
    let house = fresh.open().await;
    house.bring(vec![item("a", json!({"queue": "one"})), item("b", json!({"queue": "two"}))]).await;
    let asked = moddesk::moderation::Claim { queues: vec!["two".into()], max: 5, ..Default::default() };
    assert_eq!(ids(&items(house.ask("ines", asked).await)), ["b"]);
}

async fn nothing_from_a_paused_queue(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    house.queue("default", |queue| queue.paused = true).await;
    assert!(house.take("ines", 1).await.is_empty());
    house.queue("default", |queue| queue.paused = false).await;
    assert_eq!(house.take_one("ines").await.item.id, "a");
}

/// Past the first ten minutes of a shift, so that hard items may come.
async fn warmed_up(fresh: Fresh) -> House {
    let house = fresh.rules(seasoned()).open().await;
    house.start_shift("ines", None).await.expect("a shift");
    house.minutes(11);
    house
}

fn hard(id: &str, more: serde_json::Value) -> Item {
    let mut more = more;
    more["severity"] = json!(3);
    item(id, more)
}

async fn after_a_hard_item_a_milder_one_of_the_same_priority_follows(fresh: Fresh) {
    let house = warmed_up(fresh).await;
    let batch = vec![
        hard("h1", json!({})),
        hard("h2", json!({})),
        hard("h3", json!({})),
        item("m1", json!({})),
        item("m2", json!({"severity": 2})),
        item("low", json!({"priority": -1})),
    ];
    house.bring(batch).await;
    assert_eq!(drain(&house, "ines").await, ["h1", "m1", "h2", "m2", "h3", "low"]);
}

async fn also_across_what_a_desk_fetched_beforehand(fresh: Fresh) {
    let house = warmed_up(fresh).await;
    house.bring(vec![hard("h1", json!({})), hard("h2", json!({})), item("m1", json!({}))]).await;
    assert_eq!(ids(&items(house.ask("ines", desk("d", 1)).await)), ["h1"]);
    let more = items(house.ask("ines", with("d", &["h1"], 2)).await);
    assert_eq!(ids(&more), ["m1", "h2"]);
}

async fn the_mix_never_holds_an_item_past_its_warning(fresh: Fresh) {
    let house = warmed_up(fresh).await;
    let due = json!({"due_at": "2026-11-22T08:20:00Z"});
    house.bring(vec![hard("h1", due.clone()), hard("h2", due), item("m1", json!({}))]).await;
    assert_eq!(drain(&house, "ines").await, ["h1", "h2", "m1"]);
}

async fn what_waits_counts_what_is_left(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b", "c"]).await;
    let claimed = house.ask("ines", desk("d", 1)).await;
    let moddesk::moderation::Claimed::Items { waiting, .. } = claimed else { panic!("items") };
    assert_eq!(waiting, 2);
    let result = house.decide("ines", &[verdict(&house.take_one("ines").await, Verdict::Approve)], None).await;
    assert!(result.expect("an answer").claimed.is_none());
}

every_engine![
    first_come_first_served,
    priority_then_due_then_received_then_arrival,
    what_is_overdue_or_past_the_warning_goes_first_soonest_due_first,
    the_warning_is_15_minutes_before_due_to_the_second,
    each_queue_warns_at_its_own_time,
    my_live_leases_come_first,
    a_reversal_comes_before_everything_that_waits,
    one_client_is_served_in_runs_of_ten,
    or_of_five_minutes,
    a_run_of_one_client_gives_way_to_what_presses,
    a_run_does_not_go_before_a_higher_priority,
    never_my_own_report,
    nor_when_the_report_came_later_or_the_moderator_did,
    nor_in_a_later_round,
    never_above_my_ceiling,
    never_out_of_my_languages,
    never_out_of_my_queues,
    only_from_the_queues_asked_for,
    nothing_from_a_paused_queue,
    after_a_hard_item_a_milder_one_of_the_same_priority_follows,
    also_across_what_a_desk_fetched_beforehand,
    the_mix_never_holds_an_item_past_its_warning,
    what_waits_counts_what_is_left,
];
