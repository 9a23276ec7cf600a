//! Pictures over HTTP: brought under their hash, given to who has their item in hand, and to nobody else.

use crate::house::{house, house_with, limits};
use moddesk::moderation::Role;
use moddesk::store::audit::hex;
use moddesk::team::server::Limits;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::time::Duration;

fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_for_who_has_its_item_in_hand() {
    let house = house().await;
    let bytes = b"bytes that a server never looks into".to_vec();
    let sum = hash(&bytes);
    let (platform, ines) =
        (house.person("platform", &[Role::Ingest]).await, house.person("ines", &[Role::Moderator]).await);
    let (omar, sonia) =
        (house.person("omar", &[Role::Moderator]).await, house.person("sonia", &[Role::Supervisor]).await);
    let put = async |token: &str, name: &str, bytes: Vec<u8>| {
        let url = house.url(&format!("/v1/media/{name}"));
        let sent = house.http.request(Method::PUT, url).bearer_auth(token).body(bytes).send().await.expect("answers");
        let status = sent.status();
        (status, sent.json::<Value>().await.expect("JSON")["error"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(put(&platform, &sum, bytes.clone()).await.0, StatusCode::NOT_FOUND, "no item names it yet");
    let items =
        json!([{"id": "a", "text": "x", "media": [{"sha256": sum, "mime": "image/png"}]}, {"id": "b", "text": "y"}]);
    assert_eq!(house.post("/v1/items", &platform, items).await.0, StatusCode::OK);
    assert_eq!(put(&ines, &sum, bytes.clone()).await.0, StatusCode::FORBIDDEN);
    assert_eq!(put(&platform, &sum, b"others".to_vec()).await.1, "invalid", "the hash is checked");
    assert_eq!(put(&platform, "nohash", bytes.clone()).await.1, "invalid");
    assert_eq!(put(&platform, &sum.to_uppercase(), bytes.clone()).await.0, StatusCode::OK);

    let get = async |token: &str, item: &str| {
        let url = house.url(&format!("/v1/media/{sum}?item={item}"));
        let got = house.http.get(url).bearer_auth(token).send().await.expect("answers");
        let stored = got.headers().get("cache-control").is_some_and(|value| value == "no-store");
        (got.status(), stored, got.bytes().await.expect("a body").to_vec())
    };
    assert_eq!(get(&ines, "a").await.0, StatusCode::NOT_FOUND, "it is not in hand");
    let (status, claimed) = house.post("/v1/claims", &ines, json!({"max": 2})).await;
    assert_eq!((status, claimed["items"].as_array().map(Vec::len)), (StatusCode::OK, Some(2)));
    assert_eq!(get(&ines, "a").await, (StatusCode::OK, true, bytes.clone()));
    assert_eq!(get(&ines, "b").await.0, StatusCode::NOT_FOUND, "another item does not name it");
    assert_eq!(get(&omar, "a").await.0, StatusCode::NOT_FOUND);
    assert_eq!(get(&sonia, "a").await, (StatusCode::OK, true, bytes));
    assert_eq!(get(&platform, "a").await.0, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_never_comes_whole_or_is_too_large_is_refused() {
    let house = house_with(Limits { body_time: Duration::from_millis(20), ..limits() }).await;
    let platform = house.person("platform", &[Role::Ingest]).await;
    let head = |length: usize| {
        format!(
            "PUT /v1/media/{} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {platform}\r\nContent-Length: {length}\r\n\r\n",
            "0".repeat(64)
        )
    };
    let too_large = house.raw(head(33 << 20).as_bytes(), Duration::from_secs(5)).await;
    assert!(too_large.starts_with("HTTP/1.1 413"), "{too_large}");
    let slow = house.raw(head(1000).as_bytes(), Duration::from_secs(5)).await;
    assert!(slow.starts_with("HTTP/1.1 408"), "{slow}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_s_own_page_and_topics_are_one_s_own_over_http_too() {
    let house = house().await;
    let platform = house.person("platform", &[Role::Ingest]).await;
    let (ines, sonia) =
        (house.person("ines", &[Role::Moderator]).await, house.person("sonia", &[Role::Supervisor]).await);
    let put = async |body: Value| house.call(Method::PUT, "/v1/me/topics", &ines, Some(body)).await;
    let (status, answer) = put(json!({"topics": ["Peculiar"]})).await;
    assert_eq!((status, answer), (StatusCode::OK, json!({"topics": ["peculiar"]})));
    assert_eq!(put(json!({"topics": [""]})).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let items =
        json!([{"id": "a", "text": "x", "reports": [{"by": "user", "reason": "peculiar"}]}, {"id": "b", "text": "y"}]);
    house.post("/v1/items", &platform, items).await;
    let (_, claimed) = house.post("/v1/claims", &ines, json!({"max": 5})).await;
    assert_eq!(claimed["items"].as_array().map(Vec::len), Some(1), "{claimed}");
    assert_eq!(house.get("/v1/me/page", &ines).await.1["topics"], json!(["peculiar"]));
    for path in ["/v1/me/page", "/v1/moderators", "/v1/stats", "/v1/audit", "/v1/floor"] {
        let (_, told) = house.get(path, &sonia).await;
        assert!(!told.to_string().contains("eculiar"), "{path}: {told}");
    }
}
