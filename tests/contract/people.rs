//! Who works here, under which name, what is known of authors, and alerts of imminent harm.

use crate::engines::every_engine;
use crate::house::{Fresh, House, item, person, verdict};
use moddesk::moderation::{Alert, AlertKind, Client, Decision, Queue, Role, Verdict};
use moddesk::store::{DecisionFilter, Reverse, StoreError};
use serde_json::json;
use uuid::Uuid;

async fn everybody_gets_a_pseudonym_that_stays(fresh: Fresh) {
    let mut house = fresh.open().await;
    let before: Vec<String> = house.people().await.expect("people").into_iter().map(|p| p.pseudonym).collect();
    let mut different = before.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), 3);
    assert!(before.iter().all(|pseudonym| pseudonym.starts_with("M-") && pseudonym.len() >= 4), "{before:?}");
    let mut chosen = person("ines", Role::Moderator);
    chosen.pseudonym = "M-99".into();
    chosen.languages = vec!["fr".into()];
    assert_eq!(house.hire(chosen).await.pseudonym, before[0], "nobody chooses their own");
    house.reopen().await;
    let after: Vec<String> = house.people().await.expect("people").into_iter().map(|p| p.pseudonym).collect();
    assert_eq!(after, before);
}

async fn exports_name_by_pseudonym_unless_names_are_asked_for(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    house.rule("ines", &served, Verdict::Approve).await;
    let who = async |names| {
        let filter = DecisionFilter { names, ..DecisionFilter::default() };
        house.decisions(&filter).await.expect("decisions").remove(0).1.moderator.expect("somebody")
    };
    assert!(who(false).await.starts_with("M-"));
    assert_eq!(who(true).await, "ines");
}

async fn setting_people_queues_and_clients_is_audited(fresh: Fresh) {
    let house = fresh.open().await;
    let before = house.audit(0, 0).await.expect("a log").len() as u64;
    house.hire(person("lena", Role::Moderator)).await;
    house.set_client(&Client { name: "meteo".into(), ..Client::default() }, "sonia").await.expect("a client");
    house.set_queue(&Queue::new("meteo", "meteo"), "sonia").await.expect("a queue");
    let log = house.audit(before, 0).await.expect("a log");
    let actions: Vec<&str> = log.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["moderator.set", "client.set", "queue.set"]);
    assert!(log[1].actor.starts_with("M-"), "{}", log[1].actor);
    house.set_queue(&Queue::new("meteo", "meteo"), "sonia").await.expect("the same queue");
    assert_eq!(house.audit(before, 0).await.expect("a log").len(), 3, "what changes nothing is no entry");
}

async fn a_queue_needs_its_client(fresh: Fresh) {
    let house = fresh.open().await;
    let answer = house.set_queue(&Queue::new("q", "nowhere"), "operator").await;
    assert!(matches!(answer, Err(StoreError::Unknown { what: "client", .. })), "{answer:?}");
}

async fn author_figures_follow_what_is_decided(fresh: Fresh) {
    let house = fresh.open().await;
    let by = |id: &str, author: &str| item(id, json!({"author": {"id": author}}));
    house.bring(vec![by("a", "u1"), by("b", "u1"), by("c", "u1"), by("d", "u2")]).await;
    let held = house.take("ines", 4).await;
    let hate = Decision { policy: Some("hate".into()), ..verdict(&held[0], Verdict::Delete) };
    let first = house.record("ines", hate).await;
    house.rule("ines", &held[1], Verdict::Approve).await;
    let figures = house.author("u1").await.expect("figures");
    assert_eq!((figures.items, figures.decided, figures.removed), (3, 2, 1));
    assert_eq!(figures.last_removed, Some(("hate".to_owned(), house.now())));
    let lines: Vec<_> = figures.recent.iter().map(|line| (line.item.as_str(), line.verdict)).collect();
    assert_eq!(lines, [("c", None), ("b", Some(Verdict::Approve)), ("a", Some(Verdict::Delete))], "newest first");
    let reverse = Reverse { id: Uuid::now_v7(), reason: None, decision: None };
    house.reverse("ines", first, &reverse).await.expect("an answer");
    let figures = house.author("u1").await.expect("figures");
    assert_eq!((figures.items, figures.decided, figures.removed), (3, 1, 0));
    assert_eq!(house.author("nobody").await.expect("figures").items, 0);
}

async fn what_is_known_comes_with_the_item(fresh: Fresh) {
    let house = fresh.open().await;
    let by = |id: &str, text: &str| item(id, json!({"author": {"id": "u1"}, "text": text}));
    house.bring(vec![by("a", "Buy  GOLD now"), by("b", "buy gold now"), by("c", "something else")]).await;
    let served = house.take_one("ines").await;
    house.rule("ines", &served, Verdict::Delete).await;
    let next = house.take_one("ines").await;
    assert_eq!(next.author.expect("figures").removed, 1);
    let alike: Vec<_> = next.alike.iter().map(|alike| (alike.verdict, alike.policy.as_deref(), alike.times)).collect();
    assert_eq!(alike, [(Verdict::Delete, Some("spam"), 1)]);
}

async fn the_backend_says_what_may_be_done(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let actions = house.take_one("ines").await.actions;
    for action in ["approve", "delete", "restrict", "escalate", "reply", "insight", "sanction"] {
        assert!(actions.iter().any(|known| known == action), "{action}");
    }
}

fn alert(house: &House, id: &str) -> Alert {
    serde_json::from_value(json!({"id": Uuid::now_v7(), "item": id, "kind": "suicide", "raised_at": house.now()}))
        .expect("an alert")
}

async fn an_alert_stays_until_somebody_has_taken_it(fresh: Fresh) {
    let mut house = fresh.open().await;
    let contacts = vec!["Sonia 12 34".to_owned(), "police".to_owned()];
    house
        .set_client(&Client { name: "default".into(), contacts: contacts.clone(), ..Client::default() }, "operator")
        .await
        .expect("a client");
    house.plain(&["a"]).await;
    house.take_one("ines").await;
    let raised = house.alert("ines", &alert(&house, "a")).await.expect("raised");
    assert_eq!((raised.taken.clone(), raised.call), (None, contacts));
    house.reopen().await;
    assert_eq!(house.alerts("sonia").await.expect("alerts").len(), 1);
    assert_eq!(house.alerts("ines").await.expect("alerts").len(), 1);
    house.minutes(2);
    let taken = house.acknowledge("sonia", raised.alert.id).await.expect("taken").taken.expect("taken");
    assert_eq!(taken, ("sonia".to_owned(), house.now()));
    let again = house.acknowledge("omar", raised.alert.id).await.expect("an answer").taken.expect("taken");
    assert_eq!(again, taken, "whoever was first has it");
    let mine = house.alerts("ines").await.expect("alerts");
    assert_eq!(mine[0].taken, Some(taken), "its sender sees who");
    assert!(house.alerts("omar").await.expect("alerts").is_empty());
}

async fn an_alert_sent_twice_is_one_and_with_more_it_is_completed(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    house.take_one("ines").await;
    let first = alert(&house, "a");
    house.alert("ines", &first).await.expect("raised");
    house.alert("ines", &first).await.expect("the same");
    let more = Alert { plan: true, place: true, note: Some("on the bridge".into()), kind: AlertKind::Suicide, ..first };
    let state = house.alert("ines", &more).await.expect("completed");
    assert!(state.alert.plan && state.alert.place && !state.alert.time);
    let open = house.alerts("sonia").await.expect("alerts");
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].alert.note.as_ref().map(|note| note.raw()), Some("on the bridge"));
}

async fn a_withdrawn_alert_leaves_a_trace(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    house.take_one("ines").await;
    let first = alert(&house, "a");
    house.alert("ines", &first).await.expect("raised");
    let state = house.alert("ines", &Alert { withdrawn: true, ..first }).await.expect("withdrawn");
    assert!(state.alert.withdrawn);
    assert!(house.alerts("sonia").await.expect("alerts").iter().all(|open| open.alert.withdrawn));
    let log = house.audit(0, 0).await.expect("a log");
    let actions: Vec<&str> =
        log.iter().map(|entry| entry.action.as_str()).filter(|action| action.starts_with("alert.")).collect();
    assert_eq!(actions, ["alert.raised", "alert.withdrawn"]);
    assert!(!serde_json::to_string(&log).expect("JSON").contains("bridge"));
}

async fn an_alert_is_an_event_and_an_audit_entry(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    house.take_one("ines").await;
    let sent = Alert { note: Some("secret words".into()), ..alert(&house, "a") };
    house.alert("ines", &sent).await.expect("raised");
    let events = house.events(0, 0).await.expect("events");
    assert!(events.iter().any(|event| event.kind == "alert"));
    let log = serde_json::to_string(&house.audit(0, 0).await.expect("a log")).expect("JSON");
    assert!(log.contains("alert.raised") && !log.contains("secret words"));
    assert!(!serde_json::to_string(&events).expect("JSON").contains("secret words"));
}

async fn an_alert_can_be_raised_in_a_break(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    house.take_one("ines").await;
    house.begin_break("ines", None).await.expect("a break");
    house.alert("ines", &alert(&house, "a")).await.expect("raised");
    assert_eq!(house.alerts("sonia").await.expect("alerts").len(), 1);
}

every_engine![
    everybody_gets_a_pseudonym_that_stays,
    exports_name_by_pseudonym_unless_names_are_asked_for,
    setting_people_queues_and_clients_is_audited,
    a_queue_needs_its_client,
    author_figures_follow_what_is_decided,
    what_is_known_comes_with_the_item,
    the_backend_says_what_may_be_done,
    an_alert_stays_until_somebody_has_taken_it,
    an_alert_sent_twice_is_one_and_with_more_it_is_completed,
    a_withdrawn_alert_leaves_a_trace,
    an_alert_is_an_event_and_an_audit_entry,
    an_alert_can_be_raised_in_a_break,
];
