//! Webhooks over real sockets: to a receiver that fails and recovers, is slow, redirects, is gone.

use crate::house::{House, approve, house_with, limits};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode as Status};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use moddesk::moderation::Role;
use moddesk::store::outgoing::TURN;
use moddesk::team::server::Limits;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

/// How the receiver answers.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mood {
    Good,
    Fails,
    /// Only what is about this item fails.
    FailsFor(&'static str),
    /// Never answers.
    Slow,
    /// Answers when it is let.
    Waits,
    Redirects,
    Gone,
}

/// What came, taken or not.
type Asked = (HeaderMap, Vec<u8>);

#[derive(Clone)]
struct Receiver {
    address: std::net::SocketAddr,
    mood: Arc<Mutex<Mood>>,
    /// Taken, in order: id and body.
    taken: Arc<Mutex<Vec<(String, Value)>>>,
    asked: Arc<Mutex<Vec<Asked>>>,
    /// Rings when it is asked, and when it has taken something.
    came: Arc<watch::Sender<()>>,
    /// As many answers as it is let give while it waits.
    answers: Arc<Semaphore>,
}

impl Receiver {
    async fn open(mood: Mood) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let receiver = Self {
            address,
            mood: Arc::new(Mutex::new(mood)),
            taken: Arc::default(),
            asked: Arc::default(),
            came: Arc::default(),
            answers: Arc::new(Semaphore::new(0)),
        };
        let router = Router::new().route("/{*any}", post(take)).with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        receiver
    }

    fn url(&self) -> String {
        format!("http://{}/hook?key=SECRET-PATH", self.address)
    }

    fn is_now(&self, mood: Mood) {
        *self.mood.lock().expect("no panic") = mood;
    }

    fn taken(&self) -> Vec<String> {
        let taken = self.taken.lock().expect("no panic");
        taken
            .iter()
            .map(|(_, said)| {
                format!("{} {}", said["type"].as_str().unwrap_or("?"), said["data"]["item"].as_str().unwrap_or("?"))
            })
            .collect()
    }

    fn asked(&self) -> usize {
        self.asked.lock().expect("no panic").len()
    }
}

async fn take(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> Response {
    receiver.asked.lock().expect("no panic").push((headers.clone(), body.to_vec()));
    receiver.came.send_replace(());
    let said: Value = serde_json::from_slice(&body).unwrap_or_default();
    let mood = *receiver.mood.lock().expect("no panic");
    match mood {
        Mood::Fails => return (Status::INTERNAL_SERVER_ERROR, "SECRET-ANSWER").into_response(),
        Mood::FailsFor(item) if said["data"]["item"] == item => return Status::BAD_GATEWAY.into_response(),
        Mood::Slow => std::future::pending().await,
        Mood::Waits => receiver.answers.acquire().await.expect("it is open").forget(),
        Mood::Redirects => return (Status::FOUND, [("location", "http://127.0.0.1:1/elsewhere")]).into_response(),
        Mood::Gone => return Status::GONE.into_response(),
        Mood::Good | Mood::FailsFor(_) => {}
    }
    let id = headers["webhook-id"].to_str().expect("ASCII").to_owned();
    receiver.taken.lock().expect("no panic").push((id, said));
    receiver.came.send_replace(());
    Status::NO_CONTENT.into_response()
}

fn quick() -> Limits {
    Limits {
        webhooks_to_private: true,
        webhook_time: Duration::from_millis(300),
        webhook_pace: Duration::from_millis(5),
        // Every look at the floor is a new one.
        stats: Duration::ZERO,
        ..limits()
    }
}

struct Team {
    house: House,
    bot: String,
    ines: String,
    root: String,
}

async fn team(limits: Limits) -> Team {
    let house = house_with(limits).await;
    let bot = house.person("bot", &[Role::Ingest]).await;
    let ines = house.person("ines", &[Role::Moderator]).await;
    let root = house.person("root", &[Role::Admin]).await;
    Team { house, bot, ines, root }
}

impl Team {
    async fn add(&self, receiver: &Receiver) -> String {
        self.add_as("crm", receiver).await
    }

    async fn add_as(&self, name: &str, receiver: &Receiver) -> String {
        let asked = json!({"name": name, "url": receiver.url()});
        let (status, added) = self.house.post("/v1/webhooks", &self.root, asked).await;
        assert_eq!(status, StatusCode::OK, "{added}");
        added["secret"].as_str().expect("a secret").to_owned()
    }

    async fn decide(&self, ids: &[&str]) -> Vec<Value> {
        self.house.import(&self.bot, ids).await;
        let mut decisions = Vec::new();
        for _ in ids {
            let (_, claimed) = self.house.post("/v1/claims", &self.ines, json!({"max": 1})).await;
            let item = claimed["items"][0]["item"]["id"].as_str().expect("an item").to_owned();
            let decision = approve(&item);
            let body = json!({"decisions": [decision]});
            let (status, told) = self.house.post("/v1/decisions", &self.ines, body).await;
            assert_eq!((status, &told["results"][0]["outcome"]), (StatusCode::OK, &json!("recorded")), "{told}");
            decisions.push(decision);
        }
        decisions
    }

    async fn stands(&self) -> Value {
        let (status, told) = self.house.get("/v1/webhooks/crm", &self.root).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        told
    }

    /// Waits until something holds: it may hold whenever the store has committed or the receiver was asked something.
    async fn until(&self, receiver: &Receiver, what: &str, mut holds: impl AsyncFnMut() -> bool) {
        let (mut rings, mut came) = (self.house.store.rings(), receiver.came.subscribe());
        let wait = async {
            while !holds().await {
                let told = tokio::select! {
                    told = rings.changed() => told,
                    told = came.changed() => told,
                };
                told.expect("both are there as long as this test");
            }
        };
        tokio::time::timeout(Duration::from_secs(30), wait).await.expect(what);
    }

    async fn comes_to(&self, receiver: &Receiver, state: &str) {
        self.until(receiver, state, async || self.stands().await["webhook"]["state"] == state).await;
    }
}

/// HMAC-SHA256, written once more.
fn signed(secret: &str, id: &str, at: &str, body: &[u8]) -> String {
    let key: Vec<u8> = {
        const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let text = secret.strip_prefix("whsec_").expect("a secret").trim_end_matches('=');
        let bits: Vec<u8> = text
            .chars()
            .flat_map(|letter| {
                let value = LETTERS.find(letter).expect("base64");
                (0..6).rev().map(move |bit| u8::try_from(value >> bit & 1).expect("a bit"))
            })
            .collect();
        bits.chunks_exact(8).map(|eight| eight.iter().fold(0, |byte, bit| byte << 1 | bit)).collect()
    };
    let mut padded = [0u8; 64];
    padded[..key.len()].copy_from_slice(&key);
    let mut text = format!("{id}.{at}.").into_bytes();
    text.extend_from_slice(body);
    let inner = Sha256::digest([padded.map(|byte| byte ^ 0x36).as_slice(), &text].concat());
    let outer = Sha256::digest([padded.map(|byte| byte ^ 0x5c).as_slice(), &inner].concat());
    format!("v1,{}", moddesk::text::base64(&outer))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_decided_and_undone_arrives_signed_and_in_order() {
    let team = team(quick()).await;
    let receiver = Receiver::open(Mood::Good).await;
    let secret = team.add(&receiver).await;
    let decision = team.decide(&["a"]).await.remove(0);
    let path = format!("/v1/decisions/{}/reverse", decision["id"].as_str().expect("an id"));
    let undo = json!({"id": uuid::Uuid::now_v7()});
    let (status, told) = team.house.post(&path, &team.ines, undo).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    // Taken is not yet noted: the receiver has it before the server has heard its answer.
    team.until(&receiver, "both are noted", async || team.stands().await["webhook"]["delivered"] == 2).await;
    assert_eq!(receiver.taken(), ["decision.recorded a", "decision.reversed a"]);
    let (headers, body) = receiver.asked.lock().expect("no panic")[0].clone();
    let header = |name: &str| headers[name].to_str().expect("ASCII").to_owned();
    assert_eq!(header("content-type"), "application/json");
    assert_eq!(header("webhook-timestamp"), team.house.clock_now().as_second().to_string());
    let wanted = signed(&secret, &header("webhook-id"), &header("webhook-timestamp"), &body);
    assert_eq!(header("webhook-signature"), wanted);
    assert!(!String::from_utf8_lossy(&body).contains("SECRET words"), "no content");
    let (_, listed) = team.house.get("/v1/webhooks", &team.root).await;
    assert!(!listed.to_string().contains(&secret), "the secret is shown once");
    assert_eq!((&listed["webhooks"][0]["state"], &listed["webhooks"][0]["delivered"]), (&json!("ok"), &json!(2)));
    let (_, text) = team.house.get("/metrics", "").await;
    let text = text.as_str().expect("text");
    assert!(text.contains("moddesk_webhook_messages_arrived_total 2"), "{text}");
    assert!(text.contains("moddesk_webhook_failing{webhook=\"crm\"} 0"), "{text}");
    team.house.running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_fails_and_recovers_misses_nothing() {
    let team = team(quick()).await;
    let receiver = Receiver::open(Mood::Fails).await;
    team.add(&receiver).await;
    team.decide(&["a", "b"]).await;
    team.comes_to(&receiver, "failing").await;
    team.until(&receiver, "both were tried", async || receiver.asked() >= 2).await;
    let stands = team.stands().await;
    assert_eq!(stands["webhook"]["error"], "the receiver answers 500");
    assert!(!stands.to_string().contains("SECRET-ANSWER"), "nothing that it says is kept: {stands}");
    let sonia = team.house.person("sonia", &[Role::Supervisor]).await;
    team.house.clock.turn(Duration::from_secs(3));
    team.until(&receiver, "a supervisor is told", async || {
        let (_, floor) = team.house.get("/v1/floor", &sonia).await;
        floor["webhooks"][0]["name"] == "crm"
    })
    .await;
    receiver.is_now(Mood::Good);
    team.house.clock.turn(Duration::from_secs(10));
    team.comes_to(&receiver, "ok").await;
    let mut taken = receiver.taken();
    taken.sort();
    assert_eq!(taken, ["decision.recorded a", "decision.recorded b"]);
    team.house.running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_that_the_receiver_cannot_take_holds_up_nobody_else_and_can_be_replayed() {
    let team = team(quick()).await;
    let receiver = Receiver::open(Mood::FailsFor("a")).await;
    team.add(&receiver).await;
    team.decide(&["a", "b", "c"]).await;
    team.until(&receiver, "the others arrive", async || receiver.taken().len() == 2).await;
    team.comes_to(&receiver, "failing").await;
    let held = team.stands().await;
    assert_eq!(held["deliveries"][0]["item"], "a", "{held}");
    receiver.is_now(Mood::Good);
    let (status, told) = team.house.post("/v1/webhooks/crm/replay", &team.root, json!({})).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    team.comes_to(&receiver, "ok").await;
    let mut taken = receiver.taken();
    // Only of one item is there an order: b and c go out side by side.
    taken[..2].sort();
    assert_eq!(taken, ["decision.recorded b", "decision.recorded c", "decision.recorded a"]);
    let since = json!({"since": "2026-11-22T00:00:00Z"});
    let (status, told) = team.house.post("/v1/webhooks/crm/replay", &team.root, since).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    team.until(&receiver, "all of it comes again", async || receiver.taken().len() == 6).await;
    let taken = receiver.taken.lock().expect("no panic").clone();
    let ids = |part: &[(String, Value)]| {
        let mut ids: Vec<String> = part.iter().map(|(id, _)| id.clone()).collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(&taken[..3]), ids(&taken[3..]), "under its old ids");
    team.house.running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_is_slow_or_redirects_has_not_taken_it() {
    for (mood, words) in [
        (Mood::Slow, "the receiver does not answer in time"),
        (Mood::Redirects, "the receiver redirects (302); give the address it leads to"),
    ] {
        let team = team(quick()).await;
        let receiver = Receiver::open(mood).await;
        team.add(&receiver).await;
        team.decide(&["a"]).await;
        team.until(&receiver, words, async || team.stands().await["webhook"]["error"] == words).await;
        assert!(receiver.taken().is_empty());
        team.house.running.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_is_gone_is_not_asked_again_until_it_is_resumed() {
    let team = team(quick()).await;
    let receiver = Receiver::open(Mood::Gone).await;
    team.add(&receiver).await;
    team.decide(&["a"]).await;
    team.comes_to(&receiver, "off").await;
    let asked = receiver.asked();
    team.house.clock.turn(Duration::from_secs(24 * 3600));
    // Another webhook, looked at after this one: once it is told of `b`, this one was passed over.
    let other = Receiver::open(Mood::Good).await;
    team.add_as("other", &other).await;
    team.decide(&["b"]).await;
    team.until(&other, "another is told", async || other.taken() == ["decision.recorded b"]).await;
    assert_eq!(receiver.asked(), asked);
    receiver.is_now(Mood::Good);
    let (status, _) =
        team.house.call(Method::PUT, "/v1/webhooks/crm", &team.root, Some(json!({"paused": false}))).await;
    assert_eq!(status, StatusCode::OK);
    team.until(&receiver, "both arrive", async || receiver.taken().len() == 2).await;
    assert_eq!(receiver.asked(), asked + 2, "and it was not asked in between");
    let (status, _) = team.house.call(Method::DELETE, "/v1/webhooks/crm", &team.root, None).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(team.house.get("/v1/webhooks/crm", &team.root).await.0, StatusCode::NOT_FOUND);
    team.house.running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_servers_own_network_is_out_of_reach_unless_it_was_started_to_allow_it() {
    let team = team(Limits { webhooks_to_private: false, ..quick() }).await;
    let receiver = Receiver::open(Mood::Good).await;
    for url in
        [receiver.url(), "http://localhost:1/".into(), "http://[::ffff:10.0.0.1]/".into(), "http://0x7f.1/".into()]
    {
        let (status, told) = team.house.post("/v1/webhooks", &team.root, json!({"name": "crm", "url": url})).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{url}: {told}");
    }
    // One that was made beside the server, straight on its database.
    let webhook = serde_json::from_value(json!({"name": "crm", "url": receiver.url(), "events": ["decision"]}));
    let secret = moddesk::store::outgoing::HookSecret::mint().expect("randomness");
    team.house.store.set_webhook(&webhook.expect("a webhook"), Some(&secret), "x").await.expect("is made");
    team.decide(&["a"]).await;
    team.until(&receiver, "it fails", async || {
        team.stands().await["webhook"]["error"].as_str().is_some_and(|why| why.contains("not a public one"))
    })
    .await;
    assert_eq!(receiver.asked(), 0);
    team.house.running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_on_one_database_send_each_message_once_while_both_are_well() {
    let team = team(quick()).await;
    let receiver = Receiver::open(Mood::Good).await;
    team.add(&receiver).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let clock: Arc<dyn moddesk::wellbeing::Clock> = Arc::new(team.house.clock.clone());
    let second = moddesk::team::server::start(Arc::clone(&team.house.store), clock, listener, None, quick());
    let second = second.await.expect("starts");
    let ids: Vec<String> = (0..30).map(|n| format!("i:{n}")).collect();
    team.decide(&ids.iter().map(String::as_str).collect::<Vec<_>>()).await;
    team.until(&receiver, "all arrive", async || receiver.taken().len() >= 30).await;
    team.house.running.stop().await;
    second.stop().await;
    assert_eq!(receiver.taken().len(), 30, "each once");

    // A server that stops gives its turn back: the next one does not wait until it has run out.
    let store = &team.house.store;
    let claim = moddesk::moderation::Claim { max: 1, ..Default::default() };
    let item = json!({"id": "last", "text": "words"});
    let item = moddesk::store::Incoming { line: 1, item: serde_json::from_value(item).expect("an item") };
    store.import(vec![item], moddesk::store::ImportOptions::default()).await.expect("goes in");
    store.claim("ines", &claim).await.expect("is leased");
    let decision = serde_json::from_value(approve("last")).expect("a decision");
    store.decide("ines", &[decision], None).await.expect("is recorded");
    assert!(store.take_turn("crm", uuid::Uuid::now_v7()).await.expect("an answer").is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_is_renewed_as_long_as_a_slow_receiver_takes() {
    let slow = Limits { webhook_time: Duration::from_secs(60), webhook_renew: Duration::from_millis(5), ..quick() };
    let team = team(slow).await;
    let receiver = Receiver::open(Mood::Waits).await;
    team.add(&receiver).await;
    team.decide(&["a"]).await;
    team.until(&receiver, "it is asked", async || receiver.asked() == 1).await;

    let (store, another) = (&team.house.store, uuid::Uuid::now_v7());
    for _ in 0..6 {
        team.house.clock.turn(TURN / 2);
        // Two commits: the second began after the clock was turned, and nothing but renewals is committed here.
        let mut rings = store.rings();
        rings.mark_unchanged();
        for _ in 0..2 {
            let renewed = tokio::time::timeout(Duration::from_secs(30), rings.changed()).await;
            renewed.expect("it is renewed").expect("the store is open");
        }
        let taken = store.take_turn("crm", another).await.expect("an answer");
        assert!(taken.is_none(), "three turns long it is nobody else's");
    }
    receiver.answers.add_permits(1);
    team.comes_to(&receiver, "ok").await;
    assert_eq!(receiver.taken(), ["decision.recorded a"]);
    assert_eq!(receiver.asked(), 1, "once");
    team.house.running.stop().await;
}
