//! A moderator's work over HTTP.

use crate::house::{approve, house};
use moddesk::moderation::Role;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn from_ingest_to_audit() {
    let house = house().await;
    let bot = house.person("bot", &[Role::Ingest]).await;
    let ines = house.person("ines", &[Role::Moderator]).await;
    let sonia = house.person("sonia", &[Role::Supervisor]).await;
    house.import(&bot, &["a:1", "a:2", "a:3"]).await;

    let (status, claimed) = house.post("/v1/claims", &ines, json!({"max": 1, "desk": "d1"})).await;
    assert_eq!(status, StatusCode::OK, "{claimed}");
    assert_eq!(claimed["items"][0]["item"]["id"], "a:1");
    assert_eq!(claimed["waiting"], 2);

    let body = json!({"decisions": [approve("a:1")], "claim": {"max": 1, "desk": "d1", "have": []}});
    let (status, decided) = house.post("/v1/decisions", &ines, body.clone()).await;
    assert_eq!((status, &decided["results"][0]["outcome"]), (StatusCode::OK, &json!("recorded")), "{decided}");
    assert_eq!(decided["items"][0]["item"]["id"], "a:2");
    // The same call again, as after a lost answer.
    let (_, again) = house.post("/v1/decisions", &ines, body.clone()).await;
    assert_eq!(again["results"][0]["outcome"], "already_recorded");

    let id = body["decisions"][0]["id"].as_str().expect("an id");
    let (status, undone) = house.post(&format!("/v1/decisions/{id}/reverse"), &ines, json!({})).await;
    assert_eq!((status, &undone["outcome"]), (StatusCode::OK, &json!("recorded")), "{undone}");
    assert_eq!(undone["item"]["item"]["id"], "a:1");

    let pass = json!({"passes": [{"item": "a:2", "reason": "language", "seen": "summary"}]});
    let (status, passed) = house.post("/v1/passes", &ines, pass).await;
    assert_eq!((status, passed), (StatusCode::OK, json!({"lost": []})));
    let (status, left) = house.post("/v1/claims/release", &ines, json!({"items": ["a:1"]})).await;
    assert_eq!((status, left), (StatusCode::OK, json!({"lost": []})));

    let (_, stats) = house.get("/v1/stats", &sonia).await;
    let row = stats["queues"].as_array().expect("rows").iter().find(|row| row["name"] == "default").expect("a row");
    assert_eq!((&row["waiting"], &row["leased"], &row["decided_today"]), (&json!(3), &json!(0), &json!(0)));
    let (_, decisions) = house.get("/v1/decisions", &sonia).await;
    assert_eq!(decisions["decisions"].as_array().map(Vec::len), Some(1));
    assert!(decisions["decisions"][0].get("active_ms").is_none_or(Value::is_null));
    let (status, _) = house.get("/v1/decisions?names=true", &sonia).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (_, audit) = house.get("/v1/audit", &sonia).await;
    let lines = audit.as_str().expect("lines").lines().count() as u64;
    let last: Value = serde_json::from_str(audit.as_str().expect("lines").lines().last().expect("one")).expect("JSON");
    assert_eq!(last["seq"], lines);
    assert!(!audit.to_string().contains("SECRET"));
    let (_, two) = house.get(&format!("/v1/audit?after={}&limit=2", lines - 3), &sonia).await;
    assert_eq!(two.as_str().expect("lines").lines().count(), 2);
    assert_eq!(house.store.verify_audit().await.expect("answers"), None);
    house.running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_in_my_hands_is_not_there() {
    let house = house().await;
    let bot = house.person("bot", &[Role::Ingest]).await;
    let ines = house.person("ines", &[Role::Moderator]).await;
    let paul = house.person("paul", &[Role::Moderator]).await;
    let sonia = house.person("sonia", &[Role::Supervisor]).await;
    house.import(&bot, &["a:1"]).await;
    house.post("/v1/claims", &ines, json!({"max": 1})).await;
    for path in
        ["/v1/items/a:1", "/v1/items/a%3A1/history", "/v1/items/a%3A1/thread", "/v1/groups?item=a:1", "/v1/authors/u1"]
    {
        assert_eq!(house.get(path, &ines).await.0, StatusCode::OK, "{path}");
        assert_eq!(house.get(path, &sonia).await.0, StatusCode::OK, "{path}");
        let (status, fault) = house.get(path, &paul).await;
        assert_eq!((status, &fault["error"]), (StatusCode::NOT_FOUND, &json!("not_found")), "{path}");
        assert!(!fault.to_string().contains("SECRET"));
    }
    let existing = house.get("/v1/items/a:1", &paul).await;
    assert_eq!(existing, house.get("/v1/items/none", &paul).await, "whether it exists is not told");
    let (_, decided) = house.post("/v1/decisions", &paul, json!({"decisions": [approve("a:1")]})).await;
    assert_eq!(decided["results"][0]["outcome"], "not_leased", "{decided}");
    assert!(!decided.to_string().contains("SECRET"));
    let (_, renewed) = house.post("/v1/claims/renew", &paul, json!({"items": ["a:1"]})).await;
    assert_eq!(renewed["renewed"], json!([]));
    assert_eq!(renewed["lost"][0]["item"], "a:1");
    // Leased or not, an item is seen again only by who has it.
    house.clock.turn(Duration::from_secs(3600));
    assert_eq!(house.get("/v1/items/a:1", &ines).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_break_is_423_for_a_claim_and_200_for_decisions() {
    let house = house().await;
    let bot = house.person("bot", &[Role::Ingest]).await;
    let ines = house.person("ines", &[Role::Moderator]).await;
    house.import(&bot, &["a:1", "a:2"]).await;
    house.post("/v1/claims", &ines, json!({"max": 1})).await;
    let (status, _) = house.post("/v1/breaks", &ines, json!({})).await;
    assert_eq!(status, StatusCode::OK);
    let (status, fault) = house.post("/v1/claims", &ines, json!({"max": 1})).await;
    assert_eq!((status, &fault["error"]), (StatusCode::LOCKED, &json!("break_due")), "{fault}");
    assert!(fault["until"].is_string() && fault["rule"].is_string() && fault["required_s"].is_u64(), "{fault}");
    let body = json!({"decisions": [approve("a:1")], "claim": {"max": 1}});
    let (status, decided) = house.post("/v1/decisions", &ines, body).await;
    assert_eq!((status, &decided["results"][0]["outcome"]), (StatusCode::OK, &json!("recorded")), "{decided}");
    assert_eq!(decided["items"], json!([]));
    assert!(decided["break_due"].is_object());
    let (status, _) = house.post("/v1/breaks/end", &ines, json!({})).await;
    assert_eq!(status, StatusCode::OK);
    let (status, _) = house.post("/v1/claims", &ines, json!({"max": 1})).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_desk_takes_over_and_the_first_is_told() {
    let house = house().await;
    let bot = house.person("bot", &[Role::Ingest]).await;
    let ines = house.person("ines", &[Role::Moderator]).await;
    house.import(&bot, &["a:1", "a:2"]).await;
    house.post("/v1/claims", &ines, json!({"max": 1, "desk": "one"})).await;
    house.post("/v1/claims", &ines, json!({"max": 1, "desk": "two"})).await;
    let (status, fault) = house.post("/v1/claims", &ines, json!({"max": 1, "desk": "one", "have": []})).await;
    assert_eq!((status, &fault["error"]), (StatusCode::CONFLICT, &json!("desk_taken_over")));
    assert_eq!(fault["desk"], "two");
    let (_, shift) = house.get("/v1/shift", &ines).await;
    assert_eq!(shift["desk"], "two");
}

#[tokio::test(flavor = "multi_thread")]
async fn good_lines_go_in_and_bad_ones_are_named() {
    let house = house().await;
    let bot = house.person("bot", &[Role::Ingest]).await;
    let body = "{\"id\":\"a\",\"text\":\"x\"}\nno json SECRET\n\n{\"id\":\"b\",\"text\":\"x\",\"nope\":1}\n{\"id\":\"c\",\"text\":\"x\",\"queue\":\"new\"}";
    let send = |body: String, kind: &'static str| {
        house.http.post(house.url("/v1/items")).bearer_auth(&bot).header("content-type", kind).body(body).send()
    };
    let response = send(body.to_owned(), "application/x-ndjson").await.expect("answers");
    assert_eq!(response.status(), StatusCode::OK);
    let answer: Value = response.json().await.expect("JSON");
    assert_eq!((&answer["imported"], &answer["created_queues"]), (&json!(2), &json!(["new"])));
    let lines: Vec<_> = answer["refused"].as_array().expect("lines").iter().map(|line| line["line"].clone()).collect();
    assert_eq!(lines, [json!(2), json!(4)]);
    assert!(!answer.to_string().contains("SECRET"));
    let many: String = (0..2_500).map(|n| format!("{{\"id\":\"m{n}\",\"text\":\"x\"}}\n")).collect();
    let answer: Value = send(many, "application/x-ndjson").await.expect("answers").json().await.expect("JSON");
    assert_eq!(answer["imported"], 2_500);
    assert_eq!(send(body.to_owned(), "text/csv").await.expect("answers").status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let (status, answer) = house.call(Method::DELETE, "/v1/items/a", &bot, None).await;
    assert_eq!((status, answer), (StatusCode::OK, json!({"withdrawn": ["a"]})));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_overturns_and_decides_in_one_act() {
    let house = house().await;
    let bot = house.person("bot", &[Role::Ingest]).await;
    let ines = house.person("ines", &[Role::Moderator]).await;
    let sonia = house.person("sonia", &[Role::Supervisor]).await;
    house.import(&bot, &["a:1"]).await;
    house.post("/v1/claims", &ines, json!({"max": 1})).await;
    let decision = approve("a:1");
    house.post("/v1/decisions", &ines, json!({"decisions": [decision]})).await;
    let path = format!("/v1/decisions/{}/reverse", decision["id"].as_str().expect("an id"));
    let new = json!({"id": Uuid::now_v7(), "item": "a:1", "verdict": "delete", "policy": "spam"});
    let asked = json!({"reason": "it is spam", "decision": new});
    let (status, _) = house.post(&path, &ines, asked.clone()).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (status, fault) = house.post(&path, &sonia, json!({"decision": new})).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{fault}");
    let (status, answer) = house.post(&path, &sonia, asked).await;
    assert_eq!((status, &answer["outcome"]), (StatusCode::OK, &json!("recorded")), "{answer}");
}
