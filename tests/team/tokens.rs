//! Tokens: given once, good until they expire or are revoked, and then no good at once.

use crate::house::{house, house_with, limits};
use moddesk::moderation::{Person, Role};
use moddesk::store::access::{KeptToken, NewToken};
use moddesk::team::server::Limits;
use reqwest::{Method, StatusCode};
use serde_json::json;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_shown_once_expires_and_can_be_taken_away() {
    let house = house().await;
    let root = house.person("root", &[Role::Admin]).await;
    let expires_at = "2026-11-22T10:00:00Z";
    let asked = json!({"name": "ines", "role": "moderator", "languages": ["fr"], "expires_at": expires_at});
    let (status, added) = house.post("/v1/moderators", &root, asked.clone()).await;
    assert_eq!(status, StatusCode::OK, "{added}");
    let ines = added["token"].as_str().expect("a token").to_owned();
    assert!(ines.starts_with("mdk_"));
    assert_eq!(house.post("/v1/moderators", &root, asked).await.0, StatusCode::CONFLICT);
    let (_, me) = house.get("/v1/me", &ines).await;
    assert_eq!((&me["name"], &me["expires_at"]), (&json!("ines"), &json!(expires_at)));
    let (_, people) = house.get("/v1/moderators", &root).await;
    assert!(!people.to_string().contains(&ines));

    house.clock.turn(Duration::from_secs(2 * 3600));
    let (status, fault) = house.get("/v1/me", &ines).await;
    assert_eq!((status, &fault["error"]), (StatusCode::UNAUTHORIZED, &json!("bad_token")));

    let (_, one) = house.post("/v1/moderators/ines/token", &root, json!({})).await;
    let (_, two) = house.post("/v1/moderators/ines/token", &root, json!({})).await;
    for token in [&one, &two] {
        assert_eq!(house.get("/v1/me", token["token"].as_str().expect("a token")).await.0, StatusCode::OK);
    }
    let (_, revoked) = house.call(Method::DELETE, "/v1/moderators/ines/token", &root, None).await;
    assert_eq!(revoked, json!({"name": "ines", "revoked": 3}));
    for token in [&one, &two] {
        let token = token["token"].as_str().expect("a token");
        assert_eq!(house.get("/v1/me", token).await.0, StatusCode::UNAUTHORIZED);
    }
    let (status, _) = house.post("/v1/moderators/nobody/token", &root, json!({})).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_given_out_beside_the_server_was_refused_at_first() {
    let house = house().await;
    house.store.set_person(&Person::with_every_right("ines"), "system").await.expect("is made");
    for _ in 0..3 {
        let token = NewToken::mint().expect("randomness");
        let kept = KeptToken { digest: token.digest(), expires_at: None };
        house.store.add_token("ines", &kept, "system").await.expect("is kept");
        assert_eq!(house.get("/v1/me", token.reveal()).await.0, StatusCode::OK);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_disabled_or_changes_roles_feels_it_at_once() {
    let house = house().await;
    let root = house.person("root", &[Role::Admin]).await;
    let ines = house.person("ines", &[Role::Moderator]).await;
    let change = |body| house.call(Method::PUT, "/v1/moderators/ines", &root, Some(body));
    assert_eq!(change(json!({"roles": ["supervisor"]})).await.0, StatusCode::OK);
    assert_eq!(house.get("/v1/shift", &ines).await.0, StatusCode::FORBIDDEN);
    assert_eq!(house.get("/v1/stats", &ines).await.0, StatusCode::OK);
    assert_eq!(change(json!({"enabled": false})).await.0, StatusCode::OK);
    assert_eq!(house.get("/v1/stats", &ines).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_tokens_lock_their_address_out_and_good_ones_go_on() {
    let house = house_with(Limits { bad_tokens: 3, ..limits() }).await;
    let ines = house.person("ines", &[Role::Moderator]).await;
    let wrong = format!("mdk_{}", "0".repeat(64));
    for token in [wrong.as_str(), "mdk_short", "of another house"] {
        let (status, fault) = house.get("/v1/me", token).await;
        assert_eq!((status, &fault["error"]), (StatusCode::UNAUTHORIZED, &json!("bad_token")), "{token}");
    }
    let (status, fault) = house.get("/v1/me", &wrong).await;
    assert_eq!((status, &fault["error"]), (StatusCode::TOO_MANY_REQUESTS, &json!("locked_out")));
    assert_eq!(house.get("/v1/me", &ines).await.0, StatusCode::OK);
    assert_eq!(house.get("/v1/me", "").await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_token_cannot_take_all_the_server_s_time() {
    let house = house_with(Limits { rate: 1, burst: 3, ..limits() }).await;
    let (ines, paul) = (house.person("ines", &[Role::Moderator]).await, house.person("paul", &[Role::Moderator]).await);
    let mut seen = Vec::new();
    for _ in 0..5 {
        seen.push(house.get("/v1/me", &ines).await.0);
    }
    assert_eq!(seen[..3], [StatusCode::OK; 3]);
    assert!(seen.contains(&StatusCode::TOO_MANY_REQUESTS), "{seen:?}");
    assert_eq!(house.get("/v1/me", &paul).await.0, StatusCode::OK);
}
