//! Live events: resumed without a loss, and where something is lost, it is said.

use crate::house::{House, house, house_with, limits};
use futures_util::StreamExt;
use moddesk::moderation::Role;
use moddesk::team::events::{Frame, Reader};
use moddesk::team::server::Limits;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::time::Duration;

const SOON: Duration = Duration::from_secs(10);

struct Stream {
    reader: Reader,
    frames: VecDeque<Frame>,
    bytes: futures_util::stream::BoxStream<'static, reqwest::Result<bytes::Bytes>>,
}

impl Stream {
    async fn open(house: &House, token: &str, last: Option<u64>) -> Self {
        let mut request = house.http.get(house.url("/v1/events")).bearer_auth(token);
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = request.send().await.expect("answers");
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { reader: Reader::default(), frames: VecDeque::new(), bytes: response.bytes_stream().boxed() }
    }

    async fn next(&mut self) -> Option<Frame> {
        while self.frames.is_empty() {
            let piece = tokio::time::timeout(SOON, self.bytes.next()).await.expect("something comes")?;
            self.frames.extend(self.reader.read(&piece.ok()?));
        }
        self.frames.pop_front()
    }

    /// The next frame of a kind; others are passed over.
    async fn next_of(&mut self, kind: &str) -> Frame {
        loop {
            let frame = self.next().await.expect("the stream goes on");
            if frame.kind == kind {
                return frame;
            }
        }
    }
}

async fn set_queue(house: &House, token: &str, name: &str) {
    let (status, _) =
        house.call(Method::PUT, &format!("/v1/queues/{name}"), token, Some(json!({"paused": true}))).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_resumes_where_it_broke_off() {
    let house = house().await;
    let sonia = house.person("sonia", &[Role::Supervisor]).await;
    let mut stream = Stream::open(&house, &sonia, None).await;
    assert_eq!(stream.next().await.expect("a frame").kind, "hello");
    set_queue(&house, &sonia, "one").await;
    let first = stream.next_of("queue").await;
    drop(stream);
    for name in ["two", "three", "four"] {
        set_queue(&house, &sonia, name).await;
    }
    let mut stream = Stream::open(&house, &sonia, first.id).await;
    assert_eq!(stream.next().await.expect("a frame").kind, "hello");
    for name in ["two", "three", "four"] {
        let frame = stream.next_of("queue").await;
        let data: Value = serde_json::from_str(&frame.data).expect("JSON");
        assert_eq!(data["subject"], name);
        assert!(frame.id > first.id);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_nobody_gave_is_a_gap() {
    let house = house().await;
    let sonia = house.person("sonia", &[Role::Supervisor]).await;
    let mut stream = Stream::open(&house, &sonia, Some(1_000_000)).await;
    let gap = stream.next().await.expect("a frame");
    let told: Value = serde_json::from_str(&gap.data).expect("JSON");
    assert_eq!((gap.kind.as_str(), &told["after"]), ("gap", &json!(1_000_000)));
    set_queue(&house, &sonia, "one").await;
    stream.next_of("queue").await;
    let response = house.http.get(house.url("/v1/events")).bearer_auth(&sonia).header("last-event-id", "x");
    assert_eq!(response.send().await.expect("answers").status(), StatusCode::BAD_REQUEST);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_before_the_server_s_start_comes_from_the_store() {
    let house = house().await;
    let sonia = house.person("sonia", &[Role::Supervisor]).await;
    let mut stream = Stream::open(&house, &sonia, Some(0)).await;
    let mut names = Vec::new();
    while names.len() < 3 {
        let data: Value = serde_json::from_str(&stream.next_of("queue").await.data).expect("JSON");
        names.push(data["subject"].as_str().expect("a name").to_owned());
    }
    assert_eq!(names, ["default", "escalated", "imminent"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moderator_hears_what_is_theirs_and_notices_and_nothing_else() {
    let house = house().await;
    let root = house.person("root", &[Role::Admin]).await;
    let ines = house.person("ines", &[Role::Moderator]).await;
    let paul = house.person("paul", &[Role::Moderator]).await;
    let mut stream = Stream::open(&house, &ines, None).await;
    set_queue(&house, &root, "one").await;
    house.post("/v1/shift/start", &paul, json!({})).await;
    house.post("/v1/shift/start", &ines, json!({})).await;
    let (status, _) = house.call(Method::PUT, "/v1/clients/meteo", &root, Some(json!({"charter": "Be kind."}))).await;
    assert_eq!(status, StatusCode::OK);
    let kinds =
        [stream.next().await, stream.next().await, stream.next().await].map(|frame| frame.expect("a frame").kind);
    assert_eq!(kinds, ["hello", "shift", "notice"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn statistics_come_by_themselves_and_never_speak_of_sealed_queues() {
    let house = house().await;
    let (sonia, bot) = (house.person("sonia", &[Role::Supervisor]).await, house.person("bot", &[Role::Ingest]).await);
    let mut stream = Stream::open(&house, &sonia, None).await;
    house.import(&bot, &["a:1"]).await;
    loop {
        let frame = stream.next_of("stats").await;
        assert!(!frame.data.contains("\"sealed\""), "{}", frame.data);
        if frame.data.contains("\"waiting\":1") {
            break;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_ends_with_its_token_and_with_the_server() {
    let house = house_with(Limits { streams: 1, ..limits() }).await;
    let root = house.person("root", &[Role::Admin]).await;
    let ines = house.person("ines", &[Role::Moderator]).await;
    let mut one = Stream::open(&house, &ines, None).await;
    one.next().await.expect("a hello");
    let (status, _) = house.get("/v1/events", &ines).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "one stream a person here");
    let mut other = Stream::open(&house, &root, None).await;
    other.next().await.expect("a hello");
    house.call(Method::DELETE, "/v1/moderators/ines/token", &root, None).await;
    assert_eq!(one.next().await, None);
    house.running.stop().await;
    while let Some(frame) = other.next().await {
        assert_ne!(frame.kind, "gap");
    }
}
