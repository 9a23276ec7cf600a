//! A server on a port of its own, with people in it.

use moddesk::moderation::{Person, Role};
use moddesk::store::SharedStore;
use moddesk::store::access::{KeptToken, NewToken};
use moddesk::store::sqlite::SqliteStore;
use moddesk::team::server::{Limits, Running, options, start};
use moddesk::wellbeing::Rules;
use moddesk::wellbeing::clock::TurnedClock;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use uuid::Uuid;

pub struct House {
    pub running: Running,
    pub store: SharedStore,
    pub clock: TurnedClock,
    pub http: reqwest::Client,
    _folder: TempDir,
}

/// Limits under which nobody waits in a test.
pub fn limits() -> Limits {
    Limits {
        delay: Duration::ZERO,
        bad_tokens: 10_000,
        stats: Duration::from_millis(10),
        grace: Duration::from_secs(2),
        ..Limits::default()
    }
}

pub async fn house() -> House {
    house_with(limits()).await
}

pub async fn house_with(limits: Limits) -> House {
    let folder = TempDir::new().expect("a folder");
    let clock = TurnedClock::at("2026-11-22T08:00:00Z".parse().expect("a time"));
    let shared: Arc<dyn moddesk::wellbeing::Clock> = Arc::new(clock.clone());
    let options = options(Arc::new(Rules::shipped()), Duration::from_secs(8 * 3600), Arc::clone(&shared));
    let store: SharedStore = Arc::new(SqliteStore::open(folder.path(), options).expect("opens"));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let running = start(Arc::clone(&store), shared, listener, None, limits).await.expect("starts");
    House { running, store, clock, http: reqwest::Client::new(), _folder: folder }
}

impl House {
    /// A person with these roles, and their token.
    pub async fn person(&self, name: &str, roles: &[Role]) -> String {
        let person = Person { roles: roles.to_vec(), sealed: false, names: false, ..Person::with_every_right(name) };
        self.store.set_person(&person, "system").await.expect("is made");
        let token = NewToken::mint().expect("randomness");
        let kept = KeptToken { digest: token.digest(), expires_at: None };
        self.store.add_token(name, &kept, "system").await.expect("is kept");
        self.running.refresh().await.expect("is read");
        token.reveal().to_owned()
    }

    pub fn clock_now(&self) -> jiff::Timestamp {
        moddesk::wellbeing::Clock::now(&self.clock).wall
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.address)
    }

    pub async fn call(&self, method: Method, path: &str, token: &str, body: Option<Value>) -> (StatusCode, Value) {
        let mut request = self.http.request(method, self.url(path));
        if !token.is_empty() {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.expect("answers");
        let status = response.status();
        let text = response.text().await.expect("text");
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    pub async fn get(&self, path: &str, token: &str) -> (StatusCode, Value) {
        self.call(Method::GET, path, token, None).await
    }

    pub async fn post(&self, path: &str, token: &str, body: Value) -> (StatusCode, Value) {
        self.call(Method::POST, path, token, Some(body)).await
    }

    /// Brings items in and expects all of them to be taken.
    pub async fn import(&self, token: &str, ids: &[&str]) {
        let items: Vec<Value> =
            ids.iter().map(|id| json!({"id": id, "text": "SECRET words", "author": {"id": "u1"}})).collect();
        let (status, answer) = self.post("/v1/items", token, Value::Array(items)).await;
        assert_eq!((status, &answer["imported"]), (StatusCode::OK, &json!(ids.len())), "{answer}");
    }

    /// What a raw request gets, until the server closes or `within` is over.
    pub async fn raw(&self, bytes: &[u8], within: Duration) -> String {
        let mut stream = TcpStream::connect(self.running.address).await.expect("connects");
        let _ = stream.write_all(bytes).await;
        let mut answer = Vec::new();
        let _ = tokio::time::timeout(within, stream.read_to_end(&mut answer)).await;
        String::from_utf8_lossy(&answer).into_owned()
    }
}

pub fn approve(item: &str) -> Value {
    json!({"id": Uuid::now_v7(), "item": item, "verdict": "approve", "seen": "summary", "active_ms": 900})
}
