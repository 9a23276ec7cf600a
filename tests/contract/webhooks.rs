//! Who is told of what happens: in order per item, again until it arrives, by one at a time, and never lost.

use crate::engines::every_engine;
use crate::house::{Fresh, House, item, verdict};
use moddesk::moderation::webhook::{Came, GIVEN_UP_AFTER, Holder, HookEvent, HookState, Replay, WebhookNow};
use moddesk::moderation::{Alert, AlertKind, Client, Outcome, Queue, Verdict, Webhook};
use moddesk::store::outgoing::{HookSecret, Outgoing, Settled, Turn};
use moddesk::store::{Reverse, StoreError};
use serde_json::{Value, json};
use uuid::Uuid;

fn hook(name: &str) -> Webhook {
    Webhook {
        name: name.into(),
        url: "https://client.example/hook".into(),
        clients: Vec::new(),
        events: HookEvent::ALL.to_vec(),
        with_content: false,
        paused: false,
    }
}

async fn made(house: &House, webhook: Webhook) -> Holder {
    let secret = HookSecret::mint().expect("randomness");
    house.set_webhook(&webhook, Some(&secret), "operator").await.expect("is made");
    Holder::now_v7()
}

async fn turn(house: &House, name: &str, holder: Holder) -> Option<Turn> {
    house.take_turn(name, holder).await.expect("an answer")
}

fn said(message: &Outgoing) -> Value {
    serde_json::from_slice(&message.body).expect("a message is JSON")
}

/// `type item` of each message.
fn lines(turn: &Turn) -> Vec<String> {
    let line = |said: Value| {
        format!("{} {}", said["type"].as_str().unwrap_or("?"), said["data"]["item"].as_str().unwrap_or("?"))
    };
    turn.messages.iter().map(|message| line(said(message))).collect()
}

fn failed() -> Came {
    Came::Failed { error: "the receiver answers 500".into(), after: None, gone: false }
}

/// Books a turn in which everything goes as `came` says, until something of the same item has failed.
async fn settle(house: &House, name: &str, holder: Holder, turn: &Turn, came: impl Fn(&Outgoing) -> Came) -> bool {
    let mut behind = Vec::new();
    let came = turn.messages.iter().map(|message| {
        let came = if behind.contains(&message.lane) { Came::Untried } else { came(message) };
        if came != Came::Arrived {
            behind.push(message.lane);
        }
        (message.seq, message.lane, came)
    });
    let came = came.collect();
    let settled = Settled { came, held: turn.held.clone(), vanished: Vec::new(), upto: turn.upto, last: false };
    house.settle_turn(name, holder, &settled).await.expect("an answer")
}

/// Sends everything that may go out, all of it arriving, and answers the lines.
async fn sent(house: &House, name: &str, holder: Holder) -> Vec<String> {
    let mut all = Vec::new();
    while let Some(turn) = turn(house, name, holder).await {
        all.extend(lines(&turn));
        assert!(settle(house, name, holder, &turn, |_| Came::Arrived).await);
    }
    all
}

async fn now(house: &House, name: &str) -> WebhookNow {
    let all = house.webhooks().await.expect("webhooks");
    all.into_iter().find(|hook| hook.webhook.name == name).expect("is there")
}

async fn decided(house: &House, ids: &[&str]) -> Vec<Uuid> {
    house.plain(ids).await;
    let mut decisions = Vec::new();
    for _ in ids {
        let served = house.take_one("ines").await;
        decisions.push(house.rule("ines", &served, Verdict::Approve).await);
    }
    decisions
}

fn undo() -> Reverse {
    Reverse { id: Uuid::now_v7(), reason: None, decision: None }
}

/// Undoes, and decides again.
async fn changed_mind(house: &House, decision: Uuid) {
    let answer = house.reverse("ines", decision, &undo()).await.expect("is undone");
    let back = answer.item.expect("is leased again");
    house.rule("ines", &back, Verdict::Delete).await;
}

async fn a_webhook_is_told_what_happens_from_its_making_on(fresh: Fresh) {
    let house = fresh.open().await;
    decided(&house, &["before"]).await;
    let holder = made(&house, hook("crm")).await;
    assert!(turn(&house, "crm", holder).await.is_none(), "nothing has happened since");
    let decision = decided(&house, &["a"]).await[0];
    let told = turn(&house, "crm", holder).await.expect("something to tell");
    assert_eq!(lines(&told), ["decision.recorded a"]);
    let body = said(&told.messages[0]);
    let data = &body["data"];
    assert_eq!((&data["id"], &data["verdict"], &data["round"]), (&json!(decision), &json!("approve"), &json!(1)));
    assert_eq!(
        (&data["client"], &data["queue"], &data["moderator"]),
        (&json!("default"), &json!("default"), &json!("M-01"))
    );
    assert_eq!((&data["policy_version"], &data["revision"]), (&json!("house 3"), &json!(1)));
    assert!(body["timestamp"].is_string() && data["decided_at"].is_string() && data["seq"].is_u64());
    let text = body.to_string();
    assert!(!text.contains("words of") && !text.contains("ines"), "neither content nor names: {text}");
    for exposure in ["seen", "opened", "presented_at", "active_ms"] {
        assert!(data.get(exposure).is_none(), "{exposure} is the moderator's own");
    }
    assert!(settle(&house, "crm", holder, &told, |_| Came::Arrived).await);
    assert!(turn(&house, "crm", holder).await.is_none());
    let stands = now(&house, "crm").await;
    assert_eq!((stands.state, stands.delivered, stands.waiting, stands.given_up), (HookState::Ok, 1, 0, 0));
    assert_eq!(house.verify_audit().await.expect("answers"), None);
}

async fn what_fails_holds_back_its_own_item_and_no_other(fresh: Fresh) {
    let house = fresh.open().await;
    let holder = made(&house, hook("crm")).await;
    let first = decided(&house, &["a", "b"]).await;
    changed_mind(&house, first[0]).await;
    let told = turn(&house, "crm", holder).await.expect("something to tell");
    let all = ["decision.recorded a", "decision.recorded b", "decision.reversed a", "decision.recorded a"];
    assert_eq!(lines(&told), all);
    let of_a = told.messages[0].lane;
    let ids: Vec<String> = told.messages.iter().map(|message| message.id.clone()).collect();
    assert!(
        settle(&house, "crm", holder, &told, |message| if message.lane == of_a { failed() } else { Came::Arrived })
            .await
    );
    let stands = now(&house, "crm").await;
    assert_eq!((stands.state, stands.delivered, stands.waiting), (HookState::Failing, 1, 3));
    assert_eq!(stands.error.as_deref(), None, "something has arrived since");
    let held = house.deliveries("crm").await.expect("deliveries");
    let tries: Vec<u32> = held.iter().map(|held| held.tries).collect();
    assert_eq!(tries, [1, 0, 0], "the later ones of the item wait");
    assert_eq!(held[0].error.as_deref(), Some("the receiver answers 500"));
    assert!(
        house.floor(false).await.expect("a floor").webhooks.iter().any(|hook| hook.name == "crm" && hook.waiting == 3)
    );

    // Others go on, and what comes of the same item waits too.
    decided(&house, &["c"]).await;
    assert_eq!(sent(&house, "crm", holder).await, ["decision.recorded c"]);
    house.seconds(3);
    assert!(turn(&house, "crm", holder).await.is_none(), "its wait is not over");
    house.seconds(4);
    let again = turn(&house, "crm", holder).await.expect("its wait is over");
    assert_eq!(lines(&again), ["decision.recorded a"], "only the first of the item");
    assert_eq!(again.messages[0].id, ids[0], "under its old id");
    assert!(settle(&house, "crm", holder, &again, |_| Came::Arrived).await);
    assert_eq!(sent(&house, "crm", holder).await, ["decision.reversed a", "decision.recorded a"]);
    assert_eq!(now(&house, "crm").await.state, HookState::Ok);
    assert!(house.floor(false).await.expect("a floor").webhooks.is_empty());
}

async fn a_message_that_nobody_takes_is_given_up_after_three_days_and_sent_by_a_replay(fresh: Fresh) {
    let house = fresh.open().await;
    let holder = made(&house, hook("crm")).await;
    let first = decided(&house, &["a"]).await;
    changed_mind(&house, first[0]).await;
    let mut tries = 0;
    while now(&house, "crm").await.given_up == 0 {
        if let Some(told) = turn(&house, "crm", holder).await {
            assert_eq!(told.messages.first().map(|message| said(message)["type"] == "decision.recorded"), Some(true));
            settle(&house, "crm", holder, &told, |_| failed()).await;
            tries += 1;
        }
        // Others arrive, so it is not the receiver that is down.
        decided(&house, &[&format!("other:{tries}:{}", house.now().as_second())]).await;
        sent_but(&house, holder, "a").await;
        house.minutes(181);
        assert!(tries < 60, "it is given up in the end");
    }
    assert!((10..=30).contains(&tries), "{tries} tries in three days");
    let given_up = house.deliveries("crm").await.expect("deliveries");
    assert!(given_up.iter().any(|held| held.given_up && held.seq > 0 && held.item == "a"));
    // What stood behind it goes on.
    house.minutes(1);
    let told = sent(&house, "crm", holder).await;
    assert_eq!(told, ["decision.reversed a", "decision.recorded a"]);
    let replayed = house.replay_webhook("crm", &Replay::default(), "operator").await.expect("replays");
    assert_eq!(replayed.again, 1);
    assert_eq!(sent(&house, "crm", holder).await, ["decision.recorded a"]);
    assert_eq!(now(&house, "crm").await.given_up, 0);
}

/// Lets everything arrive but what is about one item.
async fn sent_but(house: &House, holder: Holder, but: &str) {
    while let Some(told) = turn(house, "crm", holder).await {
        let about = |message: &Outgoing| said(message)["data"]["item"] == but;
        let more = told.messages.iter().any(|message| !about(message));
        settle(house, "crm", holder, &told, |message| if about(message) { failed() } else { Came::Arrived }).await;
        if !more {
            return;
        }
    }
}

async fn a_receiver_that_is_down_is_asked_one_message_at_a_time_and_nothing_is_lost(fresh: Fresh) {
    let house = fresh.open().await;
    let holder = made(&house, hook("crm")).await;
    let ids: Vec<String> = (0..15).map(|n| format!("i:{n}")).collect();
    decided(&house, &ids.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let told = turn(&house, "crm", holder).await.expect("something to tell");
    assert_eq!(told.messages.len(), 15);
    settle(&house, "crm", holder, &told, |_| failed()).await;
    decided(&house, &["late"]).await;
    house.minutes(1);
    for _ in 0..4 {
        let told = turn(&house, "crm", holder).await.expect("one is tried");
        assert_eq!(lines(&told), ["decision.recorded i:0"], "one alone, and nothing new is begun");
        settle(&house, "crm", holder, &told, |_| failed()).await;
        assert!(turn(&house, "crm", holder).await.is_none(), "and then it is left alone");
        house.minutes(13);
    }
    let stands = now(&house, "crm").await;
    assert_eq!((stands.state, stands.waiting), (HookState::Failing, 15));
    assert!(stands.behind > 0, "what came since stands in the log");
    assert!(stands.failing_since.is_some() && stands.error.is_some());
    let back = turn(&house, "crm", holder).await.expect("one is tried");
    settle(&house, "crm", holder, &back, |_| Came::Arrived).await;
    let all = sent(&house, "crm", holder).await;
    assert_eq!(all.len(), 15, "everything else at once, without waiting out its hours: {all:?}");
    assert_eq!(all.last().map(String::as_str), Some("decision.recorded late"));
    assert_eq!(now(&house, "crm").await.state, HookState::Ok);
}

async fn a_receiver_that_is_gone_turns_its_webhook_off_until_it_is_resumed(fresh: Fresh) {
    let house = fresh.open().await;
    let holder = made(&house, hook("crm")).await;
    decided(&house, &["a"]).await;
    let told = turn(&house, "crm", holder).await.expect("something to tell");
    let gone = |_: &Outgoing| Came::Failed { error: "gone".into(), after: None, gone: true };
    settle(&house, "crm", holder, &told, gone).await;
    assert_eq!(now(&house, "crm").await.state, HookState::Off);
    house.minutes(60);
    decided(&house, &["b"]).await;
    assert!(turn(&house, "crm", holder).await.is_none());
    assert!(house.floor(false).await.expect("a floor").webhooks[0].off);
    house.set_webhook(&hook("crm"), None, "operator").await.expect("is resumed");
    assert_eq!(sent(&house, "crm", holder).await, ["decision.recorded a", "decision.recorded b"]);
    let acts: Vec<String> = house.audit(0, 0).await.expect("a log").into_iter().map(|entry| entry.action).collect();
    assert_eq!(acts.iter().filter(|act| *act == "webhook.turned_off").count(), 1);

    // So does one to which nothing gets through for three days.
    let ids: Vec<String> = (0..12).map(|n| format!("i:{n}")).collect();
    decided(&house, &ids.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let told = turn(&house, "crm", holder).await.expect("something to tell");
    settle(&house, "crm", holder, &told, |_| failed()).await;
    house.seconds(GIVEN_UP_AFTER.as_secs() + 1);
    let told = turn(&house, "crm", holder).await.expect("one is tried");
    settle(&house, "crm", holder, &told, |_| failed()).await;
    let stands = now(&house, "crm").await;
    assert_eq!((stands.state, stands.waiting, stands.given_up), (HookState::Off, 12, 0), "nothing is given up by it");
}

async fn who_asks_for_time_gets_it(fresh: Fresh) {
    let house = fresh.open().await;
    let holder = made(&house, hook("crm")).await;
    decided(&house, &["a", "b"]).await;
    let told = turn(&house, "crm", holder).await.expect("something to tell");
    let after = Some(std::time::Duration::from_secs(600));
    let busy = |_: &Outgoing| Came::Failed { error: "the receiver answers 429".into(), after, gone: false };
    let came = vec![
        (told.messages[0].seq, told.messages[0].lane, busy(&told.messages[0])),
        (told.messages[1].seq, told.messages[1].lane, Came::Untried),
    ];
    let settled = Settled { came, upto: told.upto, ..Settled::default() };
    assert!(house.settle_turn("crm", holder, &settled).await.expect("an answer"));
    house.seconds(599);
    assert!(turn(&house, "crm", holder).await.is_none(), "for all its messages");
    house.seconds(2);
    assert_eq!(sent(&house, "crm", holder).await, ["decision.recorded a", "decision.recorded b"]);
}

async fn two_deliverers_take_turns_and_what_one_left_the_other_sends(fresh: Fresh) {
    let house = fresh.open().await;
    let one = made(&house, hook("crm")).await;
    let (other, beside) = (Holder::now_v7(), house.beside().await);
    decided(&house, &["a"]).await;
    let told = turn(&house, "crm", one).await.expect("something to tell");
    assert!(beside.take_turn("crm", other).await.expect("an answer").is_none(), "it is somebody's turn");
    house.seconds(12);
    assert!(house.keep_turn("crm", one).await.expect("an answer"), "it is renewed while it is used");
    assert!(!beside.keep_turn("crm", other).await.expect("an answer"), "and by nobody else");
    house.seconds(12);
    assert!(beside.take_turn("crm", other).await.expect("an answer").is_none(), "it is still somebody's turn");
    house.seconds(4);
    let again = beside.take_turn("crm", other).await.expect("an answer").expect("the turn has run out");
    assert_eq!(again.messages, told.messages, "the same under the same id");
    assert!(!house.keep_turn("crm", one).await.expect("an answer"), "who was taken for dead has lost it");
    assert!(!settle(&house, "crm", one, &told, |_| failed()).await, "too late: it is not theirs to book any more");
    let came = again.messages.iter().map(|message| (message.seq, message.lane, Came::Arrived)).collect();
    let settled = Settled { came, upto: again.upto, last: true, ..Settled::default() };
    assert!(beside.settle_turn("crm", other, &settled).await.expect("an answer"));
    assert_eq!(now(&house, "crm").await.delivered, 1);
    decided(&house, &["b"]).await;
    assert_eq!(sent(&house, "crm", one).await, ["decision.recorded b"], "given back, it is anybody's at once");
}

async fn a_replay_from_a_moment_on_sends_everything_again_under_its_old_ids(fresh: Fresh) {
    let house = fresh.open().await;
    let holder = made(&house, hook("crm")).await;
    decided(&house, &["a"]).await;
    house.minutes(10);
    let since = house.now();
    decided(&house, &["b"]).await;
    house.minutes(1);
    decided(&house, &["c"]).await;
    let told = turn(&house, "crm", holder).await.expect("something to tell");
    settle(&house, "crm", holder, &told, |_| Came::Arrived).await;
    let ids: Vec<String> = told.messages[1..].iter().map(|message| message.id.clone()).collect();
    let in_flight = turn(&house, "crm", holder).await;
    assert!(in_flight.is_none());
    let replayed = house.replay_webhook("crm", &Replay { since: Some(since) }, "operator").await.expect("replays");
    assert!(replayed.entries >= 2);
    assert!(!settle(&house, "crm", holder, &told, |_| Came::Arrived).await, "what was under way does not undo it");
    let again = turn(&house, "crm", holder).await.expect("all of it again");
    assert_eq!(lines(&again), ["decision.recorded b", "decision.recorded c"]);
    assert_eq!(again.messages.iter().map(|message| message.id.clone()).collect::<Vec<_>>(), ids);
}

async fn it_is_told_of_its_clients_and_events_alone(fresh: Fresh) {
    let house = fresh.open().await;
    house.set_client(&Client { name: "meteo".into(), ..Client::default() }, "operator").await.expect("a client");
    house.set_queue(&Queue::new("weather", "meteo"), "operator").await.expect("a queue");
    let meteo = Webhook { clients: vec!["meteo".into()], ..hook("meteo") };
    let reversals = Webhook { events: vec![HookEvent::Reversal, HookEvent::Alert], ..hook("undone") };
    let (one, other) = (made(&house, meteo).await, made(&house, reversals).await);
    house.bring(vec![item("m", json!({"queue": "weather"})), item("d", json!({}))]).await;
    let mut ids = Vec::new();
    for _ in 0..2 {
        let served = house.take_one("ines").await;
        ids.push(house.rule("ines", &served, Verdict::Approve).await);
    }
    changed_mind(&house, ids[1]).await;
    house.plain(&["x"]).await;
    let served = house.take_one("ines").await;
    let alert = Alert {
        id: Uuid::now_v7(),
        item: served.item.id.clone(),
        revision: 1,
        kind: AlertKind::Suicide,
        plan: true,
        time: false,
        place: false,
        note: Some("said SECRET things".into()),
        withdrawn: false,
        raised_at: house.now(),
    };
    house.alert("ines", &alert).await.expect("is raised");
    house.acknowledge("sonia", alert.id).await.expect("is taken");
    assert_eq!(sent(&house, "meteo", one).await, ["decision.recorded m"]);
    let told = turn(&house, "undone", other).await.expect("something to tell");
    let undone = format!("decision.reversed {}", said(&told.messages[0])["data"]["item"].as_str().expect("an item"));
    assert_eq!(lines(&told), [undone.as_str(), "alert.raised x", "alert.taken x"]);
    let raised = said(&told.messages[1]);
    assert_eq!((&raised["data"]["kind"], &raised["data"]["state"]), (&json!("suicide"), &json!("raised")));
    assert!(!raised.to_string().contains("SECRET") && !said(&told.messages[2]).to_string().contains("sonia"));
    let nobody = Webhook { clients: vec!["nobody".into()], ..hook("n") };
    let secret = HookSecret::mint().expect("randomness");
    let refused = house.set_webhook(&nobody, Some(&secret), "operator").await;
    assert!(matches!(refused, Err(StoreError::Unknown { what: "client", .. })));
}

async fn words_leave_only_where_the_webhook_was_made_with_content_and_never_once_they_are_gone(fresh: Fresh) {
    let house = fresh.open().await;
    let bare = made(&house, hook("bare")).await;
    let full = made(&house, Webhook { with_content: true, ..hook("full") }).await;
    let more = json!({"author": {"id": "u1", "name": "paul_m"}, "reports": [{"by": "user", "reporter": "r1", "text": "IT-HURTS"}],
        "context": [{"author": "claire", "text": "THE-THREAD"}], "url": "https://site.example/1"});
    house.bring(vec![item("a", more.clone()), item("e", more), item("s", json!({}))]).await;
    for _ in 0..3 {
        let served = house.take_one("ines").await;
        let mut decision = verdict(&served, Verdict::Delete);
        decision.policy = Some(if served.item.id == "s" { "minors" } else { "hate" }.into());
        decision.note = Some("MY-NOTE".into());
        decision.follow_ups = serde_json::from_value(json!([
            {"kind": "reply", "text": "DEAR-PAUL", "template": "polite"},
            {"kind": "sanction", "measure": "mute", "hours": 24}
        ]))
        .expect("follow-ups");
        house.record("ines", decision).await;
    }
    let told = turn(&house, "bare", bare).await.expect("something to tell");
    let first = said(&told.messages[0]);
    assert_eq!(first["data"]["policy"], "hate");
    assert_eq!(first["data"]["follow_ups"][0], json!({"kind": "reply", "visibility": "public", "template": "polite"}));
    assert_eq!(first["data"]["follow_ups"][1]["hours"], 24);
    let all: String = told.messages.iter().map(|message| said(message).to_string()).collect();
    for word in ["words of", "MY-NOTE", "DEAR-PAUL", "IT-HURTS", "THE-THREAD", "paul_m", "claire", "site.example"] {
        assert!(!all.contains(word), "{word} left without content: {all}");
    }
    let told = turn(&house, "full", full).await.expect("something to tell");
    let first = said(&told.messages[0]);
    assert_eq!(first["data"]["content"]["text"], "words of a");
    assert_eq!(
        (&first["data"]["note"], &first["data"]["content"]["url"]),
        (&json!("MY-NOTE"), &json!("https://site.example/1"))
    );
    for word in ["IT-HURTS", "THE-THREAD", "paul_m", "claire", "r1\""] {
        assert!(!first.to_string().contains(word), "{word} is another person's: {first}");
    }
    let sealed = told.messages.iter().map(said).find(|said| said["data"]["item"] == "s").expect("is told of");
    assert!(sealed["data"].get("content").is_none() && !sealed.to_string().contains("words of"), "{sealed}");

    // Nothing is kept to be sent: what is erased meanwhile is not told any more.
    house.erase_author("u1", "operator").await.expect("is erased");
    let again = turn(&house, "full", full).await.expect("something to tell");
    let all: String = again.messages.iter().map(|message| said(message).to_string()).collect();
    assert!(!all.contains("words of") && !all.contains("DEAR-PAUL") && !all.contains("MY-NOTE"), "{all}");
}

async fn a_webhook_is_made_once_changed_without_its_secret_and_removed_with_all_it_had(fresh: Fresh) {
    let house = fresh.open().await;
    let holder = made(&house, hook("crm")).await;
    let secret = HookSecret::mint().expect("randomness");
    assert!(matches!(house.set_webhook(&hook("crm"), Some(&secret), "x").await, Err(StoreError::Invalid(_))));
    assert!(matches!(house.set_webhook(&hook("other"), None, "x").await, Err(StoreError::Unknown { .. })));
    let bad = Webhook { url: "ftp://x".into(), ..hook("bad") };
    assert!(matches!(house.set_webhook(&bad, Some(&secret), "x").await, Err(StoreError::Invalid(_))));
    decided(&house, &["a"]).await;
    let before = turn(&house, "crm", holder).await.expect("something to tell");
    house.set_webhook(&Webhook { paused: true, ..hook("crm") }, None, "operator").await.expect("is paused");
    assert!(turn(&house, "crm", holder).await.is_none());
    assert_eq!(now(&house, "crm").await.state, HookState::Paused);
    let moved = Webhook { url: "https://other.example/".into(), ..hook("crm") };
    house.set_webhook(&moved, None, "operator").await.expect("is changed");
    let after = turn(&house, "crm", holder).await.expect("nothing was lost");
    assert_eq!((after.secret, after.webhook.url.as_str()), (before.secret.clone(), "https://other.example/"));
    house.remove_webhook("crm", "operator").await.expect("is removed");
    assert!(house.webhooks().await.expect("webhooks").is_empty());
    assert!(turn(&house, "crm", holder).await.is_none());
    assert!(matches!(house.deliveries("crm").await, Err(StoreError::Unknown { .. })));
    assert!(matches!(house.replay_webhook("crm", &Replay::default(), "x").await, Err(StoreError::Unknown { .. })));
    let log = serde_json::to_string(&house.audit(0, 0).await.expect("a log")).expect("JSON");
    assert!(!log.contains("example") && !log.contains(&before.secret.reveal()), "neither address nor secret: {log}");
}

async fn nothing_is_written_for_a_webhook_when_something_is_decided(fresh: Fresh) {
    let house = fresh.open().await;
    let holder = made(&house, hook("crm")).await;
    let ids: Vec<String> = (0..5).map(|n| format!("i:{n}")).collect();
    decided(&house, &ids.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let after = now(&house, "crm").await;
    assert_eq!(after.waiting, 0, "no row a decision");
    assert_eq!(after.delivered, 0);
    assert_eq!(sent(&house, "crm", holder).await.len(), 5);
    let served = {
        house.plain(&["z"]).await;
        house.take_one("omar").await
    };
    assert_eq!(house.send("omar", verdict(&served, Verdict::Approve)).await.outcome, Outcome::Recorded);
}

every_engine!(
    a_webhook_is_told_what_happens_from_its_making_on,
    what_fails_holds_back_its_own_item_and_no_other,
    a_message_that_nobody_takes_is_given_up_after_three_days_and_sent_by_a_replay,
    a_receiver_that_is_down_is_asked_one_message_at_a_time_and_nothing_is_lost,
    a_receiver_that_is_gone_turns_its_webhook_off_until_it_is_resumed,
    who_asks_for_time_gets_it,
    two_deliverers_take_turns_and_what_one_left_the_other_sends,
    a_replay_from_a_moment_on_sends_everything_again_under_its_old_ids,
    it_is_told_of_its_clients_and_events_alone,
    words_leave_only_where_the_webhook_was_made_with_content_and_never_once_they_are_gone,
    a_webhook_is_made_once_changed_without_its_secret_and_removed_with_all_it_had,
    nothing_is_written_for_a_webhook_when_something_is_decided,
);
