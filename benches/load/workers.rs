//! Moderators who never read: each decides as soon as the last decision was answered.

use crate::figures::Figures;
use crate::line::{Failed, Line};
use crate::town::{self, Town};
use crate::{number, peer};
use bytes::Bytes;
use hyper::Method;
use serde::Deserialize;
use serde_json::json;
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Items in one pair of hands.
pub const MOST: usize = 20;

#[derive(Deserialize)]
pub struct Held {
    item: Id,
    round: u32,
}

#[derive(Deserialize)]
struct Id {
    id: String,
    revision: i64,
}

#[derive(Deserialize)]
struct Claimed {
    items: Vec<Held>,
}

#[derive(Deserialize)]
struct Decided {
    results: Vec<Outcome>,
    items: Option<Vec<Held>>,
}

#[derive(Deserialize)]
struct Outcome {
    outcome: String,
}

pub async fn run() {
    let seconds = number("MODDESK_LOAD_SECONDS", 10);
    let each = std::env::var("MODDESK_LOAD_WORKERS").unwrap_or_else(|_| "8 32".into());
    let most = 32;
    let town = Town::found(number("MODDESK_LOAD_ITEMS", 100_000)).await;
    let tokens = town.people(most).await;
    let server = town.serve("127.0.0.1:0");
    let mut acknowledged = 0;
    for workers in each.split_whitespace().filter_map(|n| n.parse::<usize>().ok()) {
        let (_, cpu) = server.cost();
        let until = Instant::now() + Duration::from_secs(seconds);
        let began = Instant::now();
        let all: Vec<_> =
            tokens[..workers].iter().map(|token| tokio::spawn(work(server.at, token.clone(), until))).collect();
        let mut taken = Vec::new();
        for one in all {
            taken.extend(one.await.unwrap().unwrap());
        }
        let lasted = began.elapsed().as_secs_f64();
        let ours = Figures::of(taken);
        acknowledged += ours.len() as u64;
        ours.say(&format!("{workers} workers, decide and claim over HTTP"), lasted);
        let (resident, after) = server.cost();
        println!(
            "{:<44} {:>9.0} µs of the server's processor each, {resident:.0} MiB resident",
            "",
            (after - cpu) * 1e6 / ours.len() as f64
        );
        if let Some(url) = town::database() {
            let plain = peer::skip_locked(&url, workers, seconds).await;
            plain.say(&format!("{workers} plain SKIP LOCKED, without HTTP"), seconds as f64);
            let ratio = (ours.len() as f64 / lasted) / (plain.len() as f64 / seconds as f64);
            println!("{:<44} {ratio:>9.2} times plain SKIP LOCKED", "");
        }
    }
    town.check(acknowledged).await;
    server.kill();
    town.leave().await;
}

pub struct Hands {
    held: VecDeque<Held>,
}

impl Hands {
    pub async fn fill(line: &mut Line) -> Result<Self, Failed> {
        let body = json!({"max": MOST}).to_string().into_bytes();
        let answer = line.good(Method::POST, "/v1/claims", body).await?;
        let claimed: Claimed = serde_json::from_slice(&answer)?;
        Ok(Self { held: claimed.items.into() })
    }

    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// The call that decides the first of what is held; more is asked for when half is gone.
    pub fn next(&mut self) -> Vec<u8> {
        let held = self.held.pop_front().expect("something is held");
        let mut body = json!({"decisions": [{"id": Uuid::now_v7(), "item": held.item.id,
            "revision": held.item.revision, "round": held.round, "verdict": "approve", "severity": 0, "seen": "full",
            "opened": "text", "active_ms": 900}]});
        if self.held.len() <= MOST / 2 {
            let have: Vec<&str> = self.held.iter().map(|held| held.item.id.as_str()).collect();
            body["claim"] = json!({"max": MOST - self.held.len(), "have": have});
        }
        body.to_string().into_bytes()
    }

    pub fn take(&mut self, answer: &Bytes) -> Result<(), Failed> {
        let decided: Decided = serde_json::from_slice(answer)?;
        if decided.results.iter().any(|one| one.outcome != "recorded") {
            return Err(format!("not recorded: {}", String::from_utf8_lossy(answer)).into());
        }
        self.held.extend(decided.items.into_iter().flatten());
        Ok(())
    }
}

async fn work(at: SocketAddr, token: String, until: Instant) -> Result<Vec<Duration>, Failed> {
    let mut line = Line::open(at, &token).await?;
    let mut hands = Hands::fill(&mut line).await?;
    let mut taken = Vec::new();
    while Instant::now() < until {
        if hands.is_empty() {
            return Err("nothing is left in the queue: set MODDESK_LOAD_ITEMS higher".into());
        }
        let body = hands.next();
        let began = Instant::now();
        let answer = line.good(Method::POST, "/v1/decisions", body).await?;
        taken.push(began.elapsed());
        hands.take(&answer)?;
    }
    Ok(taken)
}
