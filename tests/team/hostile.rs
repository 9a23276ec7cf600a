//! Whoever means it no good, on raw sockets: each gets the documented answer.

use crate::house::{House, approve, house, house_with, limits};
use moddesk::moderation::Role;
use moddesk::team::server::Limits;
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

const SOON: Duration = Duration::from_secs(5);

async fn posted(house: &House, token: &str, path: &str, kind: &str, body: &[u8]) -> (u16, Value) {
    let response = house.http.post(house.url(path)).bearer_auth(token).header("content-type", kind);
    let response = response.body(body.to_vec()).send().await.expect("answers");
    let status = response.status().as_u16();
    (status, response.json().await.expect("errors are JSON"))
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_bodies_get_their_documented_answer() {
    let house = house().await;
    let ines = house.person("ines", &[Role::Moderator]).await;
    let json = "application/json";
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let cases: [(&str, &[u8], u16, &str); 12] = [
        (json, b"{\"max\":", 400, "malformed_json"),
        (json, b"{'max': 1}", 400, "malformed_json"),
        (json, b"\xff\xfe", 400, "malformed_json"),
        (json, deep.as_bytes(), 422, "invalid"),
        (json, b"[]", 422, "invalid"),
        (json, b"null", 422, "invalid"),
        (json, b"{\"max\": -1}", 422, "invalid"),
        (json, b"{\"max\": \"SECRET\"}", 422, "invalid"),
        (json, b"{\"max\": 1, \"max\": 2}", 422, "invalid"),
        (json, b"{\"max\": 1, \"colour\": \"red\"}", 422, "invalid"),
        (json, b"{\"desk\": \"\"}", 422, "invalid"),
        ("text/plain", b"{\"max\": 1}", 415, "unsupported_media_type"),
    ];
    for (kind, body, status, code) in cases {
        let shown = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
        let (got, fault) = posted(&house, &ines, "/v1/claims", kind, body).await;
        assert!(got == status && fault["error"] == code || (shown.starts_with("[[") && got == 400), "{shown}: {fault}");
        assert!(!fault.to_string().contains("SECRET"), "{fault}");
    }
    let many: Vec<Value> = (0..1001).map(|_| approve("a")).collect();
    for decisions in [json!([]), Value::Array(many)] {
        let (status, fault) = house.post("/v1/decisions", &ines, json!({"decisions": decisions})).await;
        assert_eq!((status, &fault["error"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("invalid")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_and_methods_that_are_none() {
    let house = house().await;
    let ines = house.person("ines", &[Role::Moderator]).await;
    let (status, fault) = house.get("/v2/anything", &ines).await;
    assert_eq!((status, &fault["error"]), (StatusCode::NOT_FOUND, &json!("not_found")));
    let response = house.http.put(house.url("/v1/claims")).bearer_auth(&ines).send().await.expect("answers");
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(response.headers()["allow"], "POST");
    assert_eq!(response.json::<Value>().await.expect("JSON")["error"], "method_not_allowed");
    let request = format!(
        "GET /v1/items/%ff%fe HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {ines}\r\n\r\n"
    );
    let answer = house.raw(request.as_bytes(), SOON).await;
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("bad_request"), "{answer}");
    let answer = house.raw(b"\x16\x03\x01 what is this\r\n\r\n", SOON).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn too_much_and_too_slow() {
    let limits = Limits {
        body: 1_000,
        ingest: 5_000,
        body_time: Duration::from_millis(100),
        silence: Duration::from_millis(100),
        idle: Duration::from_millis(300),
        ..limits()
    };
    let house = house_with(limits).await;
    let (ines, bot) = (house.person("ines", &[Role::Moderator]).await, house.person("bot", &[Role::Ingest]).await);
    let head = |path: &str, token: &str, extra: &str| {
        format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\nauthorization: Bearer {token}\r\n{extra}\r\n\r\n"
        )
    };
    for (path, token) in [("/v1/claims", &ines), ("/v1/items", &bot)] {
        // Said to be too large: refused before a byte of it is read.
        let answer = house.raw(head(path, token, "content-length: 9000000").as_bytes(), SOON).await;
        assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("too_large"), "{answer}");
        // Too large without having said so.
        let mut request = head(path, token, "transfer-encoding: chunked");
        for _ in 0..9 {
            request.push_str(&format!("400\r\n{}\r\n", " ".repeat(1024)));
        }
        let answer = house.raw(request.as_bytes(), SOON).await;
        assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
        // Begun, and never ended.
        let answer = house.raw(format!("{}[", head(path, token, "content-length: 90")).as_bytes(), SOON).await;
        assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("too_slow"), "{answer}");
    }
    // A head that never ends, and a connection that says nothing, are closed.
    for bytes in [&b"GET /healthz HTTP/1.1\r\nhost:"[..], b""] {
        let mut stream = TcpStream::connect(house.running.address).await.expect("connects");
        stream.write_all(bytes).await.expect("is sent");
        let mut rest = Vec::new();
        let closed = tokio::time::timeout(SOON, tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut rest)).await;
        assert!(closed.is_ok(), "{}", String::from_utf8_lossy(bytes));
    }
    assert_eq!(house.get("/healthz", "").await.0, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_has_so_many_connections_and_no_more() {
    let house = house_with(Limits { per_peer: 3, ..limits() }).await;
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(TcpStream::connect(house.running.address).await.expect("connects"));
    }
    let answer = house.raw(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", SOON).await;
    assert_eq!(answer, "", "one too many is closed without a word");
    drop(held);
    let mut answer = String::new();
    while !answer.starts_with("HTTP/1.1 200") {
        answer = house.raw(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", SOON).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn replayed_and_reordered_decisions_are_recorded_once() {
    let house = house().await;
    let (ines, bot) = (house.person("ines", &[Role::Moderator]).await, house.person("bot", &[Role::Ingest]).await);
    let sonia = house.person("sonia", &[Role::Supervisor]).await;
    let ids: Vec<String> = (0..20).map(|n| format!("r{n}")).collect();
    house.import(&bot, &ids.iter().map(String::as_str).collect::<Vec<_>>()).await;
    house.post("/v1/claims", &ines, json!({"max": 20})).await;
    let decisions: Vec<Value> = ids.iter().map(|id| approve(id)).collect();
    let sent = decisions.iter().rev().chain(&decisions).chain(&decisions);
    let calls = sent.map(|decision| house.post("/v1/decisions", &ines, json!({"decisions": [decision]})));
    let answers = futures_util::future::join_all(calls).await;
    let mut outcomes: Vec<&str> =
        answers.iter().map(|(_, answer)| answer["results"][0]["outcome"].as_str().expect("an outcome")).collect();
    outcomes.sort_unstable();
    assert_eq!(outcomes, [["already_recorded"; 40].as_slice(), &["recorded"; 20]].concat());
    let (_, recorded) = house.get("/v1/decisions", &sonia).await;
    assert_eq!(recorded["decisions"].as_array().map(Vec::len), Some(20));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_signs_with_another_s_name() {
    let house = house().await;
    let (ines, bot) = (house.person("ines", &[Role::Moderator]).await, house.person("bot", &[Role::Ingest]).await);
    house.person("paul", &[Role::Moderator]).await;
    house.import(&bot, &["a:1"]).await;
    house.post("/v1/claims", &ines, json!({"max": 1})).await;
    let mut decision = approve("a:1");
    decision["moderator"] = json!("paul");
    decision["automated"] = json!(true);
    let (_, answer) = house.post("/v1/decisions", &ines, json!({"decisions": [decision]})).await;
    assert_eq!(answer["results"][0]["outcome"], "recorded", "{answer}");
    let filter = moddesk::store::DecisionFilter { names: true, limit: 10, ..Default::default() };
    let kept = house.store.decisions(&filter).await.expect("answers");
    assert_eq!((kept[0].1.moderator.as_deref(), kept[0].1.automated), (Some("ines"), false));
}
