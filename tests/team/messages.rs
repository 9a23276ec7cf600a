//! Notices and doubts over HTTP: sent, streamed, confirmed and listed.

use crate::house::{House, house};
use futures_util::StreamExt;
use moddesk::moderation::Role;
use moddesk::team::events::{Frame, Reader};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;
use uuid::Uuid;

/// The frames of a stream up to the first of a kind.
async fn until(house: &House, token: &str, kind: &str, act: impl AsyncFnOnce()) -> Frame {
    let response = house.http.get(house.url("/v1/events")).bearer_auth(token).send().await.expect("a stream");
    let (mut stream, mut reader) = (response.bytes_stream(), Reader::default());
    let first = stream.next().await.expect("a hello").expect("bytes");
    let _ = reader.read(&first);
    act().await;
    let wait = async {
        loop {
            let piece = stream.next().await.expect("the stream goes on").expect("bytes");
            if let Some(frame) = reader.read(&piece).into_iter().find(|frame| frame.kind == kind) {
                return frame;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), wait).await.expect("it comes")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_reaches_an_open_desk_and_who_has_read_it_is_listed() {
    let house = house().await;
    let ines = house.person("ines", &[Role::Moderator]).await;
    let omar = house.person("omar", &[Role::Moderator]).await;
    let sonia = house.person("sonia", &[Role::Supervisor]).await;
    house.clock.turn(Duration::from_secs(1));
    let sent = async || {
        let (status, sent) = house.post("/v1/messages", &sonia, json!({"text": "storm: no dates"})).await;
        assert_eq!(status, StatusCode::OK, "{sent}");
    };
    let frame = until(&house, &ines, "notice", sent).await;
    assert!(!frame.data.contains("storm"), "an event holds no words: {}", frame.data);
    let (_, mine) = house.get("/v1/messages", &ines).await;
    let notice = &mine["notices"][0];
    assert_eq!(
        (&notice["text"], &notice["for_me"], &notice["by"]),
        (&json!("storm: no dates"), &json!(true), &json!("sonia"))
    );
    assert!(notice.get("read").is_none() && notice.get("unread").is_none(), "{notice}");
    let confirm = json!({"messages": [notice["id"]]});
    let confirmed = async || {
        assert_eq!(house.post("/v1/messages/read", &ines, confirm.clone()).await.0, StatusCode::OK);
    };
    // A supervisor hears that somebody has read it, and nobody else does.
    until(&house, &sonia, "read", confirmed).await;
    let (_, all) = house.get("/v1/messages", &sonia).await;
    assert_eq!(all["notices"][0]["read"][0]["name"], "ines");
    assert_eq!(all["notices"][0]["unread"], json!(["omar"]));
    assert!(house.get("/v1/messages", &omar).await.1["notices"][0]["read_at"].is_null());
    let (status, _) = house.post("/v1/messages", &sonia, json!({"text": "x", "moderator": "nobody"})).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, _) = house.post("/v1/messages", &sonia, json!({"text": ""})).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    house.running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_doubt_is_asked_answered_kept_and_found() {
    let house = house().await;
    let bot = house.person("bot", &[Role::Ingest]).await;
    let ines = house.person("ines", &[Role::Moderator]).await;
    let omar = house.person("omar", &[Role::Moderator]).await;
    let sonia = house.person("sonia", &[Role::Supervisor]).await;
    house.import(&bot, &["a:1", "a:2"]).await;
    house.post("/v1/claims", &ines, json!({"max": 1})).await;
    let asked = json!({"id": Uuid::now_v7(), "to": "supervisor", "question": "satire?", "item": "a:1", "seen": "full"});
    let (status, doubt) = house.post("/v1/doubts", &ines, asked.clone()).await;
    assert_eq!((status, &doubt["item"]), (StatusCode::OK, &json!("a:1")), "{doubt}");
    let (status, _) = house.post("/v1/doubts", &omar, asked.clone()).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "somebody else's id");
    let id = asked["id"].as_str().expect("an id");
    let answer = json!({"id": Uuid::now_v7(), "text": "satire, leave it"});
    assert_eq!(house.post(&format!("/v1/doubts/{id}/answer"), &omar, answer.clone()).await.0, StatusCode::FORBIDDEN);
    let answers = async || {
        let (status, _) = house.post(&format!("/v1/doubts/{id}/answer"), &sonia, answer.clone()).await;
        assert_eq!(status, StatusCode::OK);
    };
    until(&house, &ines, "notice", answers).await;
    let (_, mine) = house.get("/v1/messages", &ines).await;
    assert_eq!(mine["doubts"][0]["answers"][0]["text"], "satire, leave it");
    let keep = json!({"keep": true});
    assert_eq!(house.post(&format!("/v1/doubts/{id}/keep"), &ines, keep).await.0, StatusCode::OK);
    let (_, found) = house.get("/v1/precedents?words=satire", &omar).await;
    assert_eq!(found["precedents"].as_array().map(Vec::len), Some(1), "{found}");
    let (status, _) = house.get("/v1/precedents?item=a:1", &omar).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "not even whether it exists");
    let (_, taken) = house.post("/v1/claims", &ines, json!({"items": ["a:1"]})).await;
    assert_eq!(taken["items"][0]["item"]["id"], "a:1");
    house.running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_published_by_version_and_old_decisions_looked_at_again() {
    let house = house().await;
    let bot = house.person("bot", &[Role::Ingest]).await;
    let ines = house.person("ines", &[Role::Moderator]).await;
    let sonia = house.person("sonia", &[Role::Supervisor]).await;
    let root = house.person("root", &[Role::Admin]).await;
    house.import(&bot, &["a:1"]).await;
    house.post("/v1/shift/start", &ines, json!({})).await;
    house.post("/v1/claims", &ines, json!({"max": 1})).await;
    house.post("/v1/decisions", &ines, json!({"decisions": [crate::house::approve("a:1")]})).await;
    house.clock.turn(Duration::from_secs(1));
    let (_, decided) = house.get("/v1/decisions", &sonia).await;
    let old = decided["decisions"][0]["policy_version"].clone();
    let publish = |text: &str| json!({"client": "default", "policies": text});
    let (status, published) = house.call(Method::PUT, "/v1/policies", &root, Some(publish("version = 15\n"))).await;
    assert_eq!((status, &published["version"]), (StatusCode::OK, &json!("default 15")), "{published}");
    let (status, fault) =
        house.call(Method::PUT, "/v1/policies", &root, Some(publish("version = 15\n# another text\n"))).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "other rules need another version: {fault}");
    let (_, mine) = house.get("/v1/messages", &ines).await;
    assert_eq!(
        (&mine["notices"][0]["kind"], &mine["notices"][0]["version"]),
        (&json!("policies"), &json!("default 15"))
    );
    let (status, again) = house.post("/v1/clients/default/again", &sonia, json!({"version": old})).await;
    assert_eq!((status, &again["items"]), (StatusCode::OK, &json!(1)), "{again}");
    let (_, claimed) = house.post("/v1/claims", &ines, json!({"queues": [again["queue"]], "max": 1})).await;
    assert_eq!((&claimed["items"][0]["item"]["id"], &claimed["items"][0]["round"]), (&json!("a:1"), &json!(2)));
    house.running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_has_its_deadline_by_a_rule_and_an_item_its_pause() {
    let house = house().await;
    let bot = house.person("bot", &[Role::Ingest]).await;
    let sonia = house.person("sonia", &[Role::Supervisor]).await;
    let set = |rule: &str| house.call(Method::PUT, "/v1/queues/default", &sonia, Some(json!({"deadline": rule})));
    let (status, fault) = set("1h working Mon-Fri 09:00-18:00 Europe/Lutece").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(fault["message"].as_str().is_some_and(|message| message.contains("Europe/Paris")), "{fault}");
    let (status, queue) = set("tco_1h").await;
    assert_eq!((status, &queue["deadline"]), (StatusCode::OK, &json!("tco_1h")));
    house.import(&bot, &["a:1"]).await;
    let due = async |house: &House| house.get("/v1/items/a:1", &sonia).await.1["due_at"].clone();
    assert_eq!(due(&house).await, json!("2026-11-22T09:00:00Z"));
    let (status, _) = house.post("/v1/items/a:1/pause", &sonia, json!({"reason": "lunch"})).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "not for any reason");
    let (status, paused) = house.post("/v1/items/a:1/pause", &sonia, json!({"reason": "clarification"})).await;
    assert_eq!((status, paused), (StatusCode::OK, json!({"due_at": null})));
    house.clock.turn(Duration::from_secs(7200));
    let (_, resumed) = house.post("/v1/items/a:1/resume", &sonia, json!({})).await;
    assert_eq!(resumed, json!({"due_at": "2026-11-22T11:00:00Z"}));
    let (_, metrics) = house.get("/metrics", "").await;
    let text: &Value = &metrics;
    assert!(text.as_str().is_some_and(|text| text.contains("moddesk_queue_breached_today{queue=\"default\"} 0")));
    house.running.stop().await;
}
