//! A supervisor over HTTP.

use crate::house::{approve, house_with, limits};
use moddesk::moderation::Role;
use moddesk::team::server::Limits;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;
use uuid::Uuid;

fn row<'a>(floor: &'a Value, name: &str) -> &'a Value {
    let rows = floor["queues"].as_array().expect("rows");
    rows.iter().find(|row| row["stats"]["name"] == name).expect("a row")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_sees_the_house_and_steps_in() {
    // Every look is a new one.
    let house = house_with(Limits { stats: Duration::ZERO, ..limits() }).await;
    let bot = house.person("bot", &[Role::Ingest]).await;
    let ines = house.person("ines", &[Role::Moderator]).await;
    let sonia = house.person("sonia", &[Role::Supervisor]).await;
    house.import(&bot, &["a:1", "a:2", "a:3"]).await;
    house.post("/v1/claims", &ines, json!({"max": 1, "desk": "d1"})).await;

    let (status, floor) = house.get("/v1/floor", &sonia).await;
    assert_eq!(status, StatusCode::OK, "{floor}");
    assert_eq!(row(&floor, "default")["stats"]["waiting"], 2);
    assert_eq!(row(&floor, "default")["flow"]["came"], json!([3]));
    assert_eq!(floor["leases"][0]["by"], "ines");
    assert!(floor["queues"].as_array().expect("rows").iter().all(|row| row["stats"]["name"] != "sealed"));
    let mut keys: Vec<&String> = floor["people"][0].as_object().expect("a person").keys().collect();
    keys.sort();
    assert_eq!(keys, ["languages", "name", "queues", "takes"], "nothing else of wellbeing, by schema");

    let (status, told) = house.post("/v1/items/a:1/release", &sonia, json!({})).await;
    assert_eq!((status, &told["state"]), (StatusCode::OK, &json!("waiting")), "{told}");
    let (status, told) = house.post("/v1/items/a:3/priority", &sonia, json!({"priority": 9})).await;
    assert_eq!((status, &told["priority"]), (StatusCode::OK, &json!(9)), "{told}");
    let (status, told) = house.post("/v1/items/a:2/move", &sonia, json!({"to": "escalated"})).await;
    assert_eq!((status, &told["queue"]), (StatusCode::OK, &json!("escalated")), "{told}");
    for (path, body, wanted) in [
        ("/v1/items/a:2/move", json!({"to": "nowhere"}), StatusCode::NOT_FOUND),
        ("/v1/items/nowhere/release", json!({}), StatusCode::NOT_FOUND),
        ("/v1/items/a:3/priority", json!({}), StatusCode::UNPROCESSABLE_ENTITY),
        ("/v1/items/a:3/priority", json!({"priority": 900}), StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let (status, told) = house.post(path, &sonia, body).await;
        assert_eq!(status, wanted, "{path}: {told}");
    }

    let (_, claimed) = house.post("/v1/claims", &ines, json!({"max": 1, "desk": "d1", "have": []})).await;
    assert_eq!(claimed["items"][0]["item"]["id"], "a:3", "what was put forward comes first: {claimed}");
    house.post("/v1/decisions", &ines, json!({"decisions": [approve("a:3")]})).await;
    let decision = json!({"id": Uuid::now_v7(), "item": "a:3", "verdict": "escalate"});
    let (status, told) =
        house.post("/v1/overrides", &sonia, json!({"reason": "not ours to judge", "decision": decision})).await;
    assert_eq!((status, &told["outcome"]), (StatusCode::OK, &json!("recorded")), "{told}");
    let (status, _) = house.post("/v1/overrides", &sonia, json!({"reason": "", "decision": decision})).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);

    let paused = json!({"paused": true, "reason": "the site is down"});
    let (status, _) = house.call(Method::PUT, "/v1/queues/default", &sonia, Some(paused)).await;
    assert_eq!(status, StatusCode::OK);
    house.clock.turn(Duration::from_secs(5));
    let (_, floor) = house.get("/v1/floor", &sonia).await;
    assert_eq!(row(&floor, "default")["paused_because"], "the site is down");

    let (status, found) = house.get("/v1/search?filter=id%3Aa%3A*", &sonia).await;
    assert_eq!(status, StatusCode::OK, "{found}");
    assert_eq!(found["found"].as_array().map(Vec::len), Some(3));
    let (status, told) = house.get("/v1/search?filter=colour%3Ared", &sonia).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
    assert_eq!(house.store.verify_audit().await.expect("answers"), None);
    house.running.stop().await;
}
