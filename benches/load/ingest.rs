//! Items coming in: one a request, and as one long stream of lines.

use crate::figures::Figures;
use crate::line::{Failed, Line};
use crate::number;
use crate::town::{Town, item};
use hyper::Method;
use moddesk::moderation::Role;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

const LINES: u64 = 64;
const BULK: u64 = 200_000;
const PIECE: u64 = 20_000;

pub async fn run() {
    let town = Town::found(0).await;
    let token = town.person("source", Role::Ingest).await;
    let server = town.serve("127.0.0.1:0");
    let seconds = number("MODDESK_LOAD_SECONDS", 10);
    let next = Arc::new(AtomicU64::new(0));
    let (began, until) = (Instant::now(), Instant::now() + Duration::from_secs(seconds));
    let all: Vec<_> =
        (0..LINES).map(|_| tokio::spawn(one_by_one(server.at, token.clone(), Arc::clone(&next), until))).collect();
    let mut taken = Vec::new();
    for one in all {
        taken.extend(one.await.unwrap().unwrap());
    }
    Figures::of(taken).say(&format!("{LINES} lines, one item a request"), began.elapsed().as_secs_f64());
    let from = next.load(Relaxed);
    let pieces: Vec<Vec<u8>> = (from..from + BULK)
        .step_by(PIECE as usize)
        .map(|at| (at..at + PIECE).flat_map(|n| (item(n).to_string() + "\n").into_bytes()).collect())
        .collect();
    let began = Instant::now();
    let mut line = Line::open(server.at, &token).await.unwrap();
    for piece in pieces {
        line.good(Method::POST, "/v1/items", piece).await.unwrap();
    }
    let lasted = began.elapsed().as_secs_f64();
    let (resident, _) = server.cost();
    println!("{:<44} {:>9.0} a second, {resident:.0} MiB resident", "in bulk, one line", BULK as f64 / lasted);
    let waiting: u64 = town.store.stats(false).await.unwrap().iter().map(|queue| queue.waiting).sum();
    assert_eq!(waiting, from + BULK, "every item that was taken waits");
    server.kill();
    town.leave().await;
}

async fn one_by_one(
    at: SocketAddr,
    token: String,
    next: Arc<AtomicU64>,
    until: Instant,
) -> Result<Vec<Duration>, Failed> {
    let mut line = Line::open(at, &token).await?;
    let mut taken = Vec::new();
    while Instant::now() < until {
        let body = format!("[{}]", item(next.fetch_add(1, Relaxed))).into_bytes();
        let began = Instant::now();
        line.good(Method::POST, "/v1/items", body).await?;
        taken.push(began.elapsed());
    }
    Ok(taken)
}
