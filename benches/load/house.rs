//! A whole house signed in: event streams open, a decision every five seconds each, dashboards, items coming in.

use crate::figures::Figures;
use crate::line::{Failed, Line};
use crate::number;
use crate::town::{Town, item};
use crate::workers::Hands;
use http_body_util::BodyExt;
use hyper::Method;
use moddesk::moderation::Role;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

const DASHBOARDS: u64 = 50;
const PACE: Duration = Duration::from_secs(5);
/// Connections from one address: a machine has some 28,000 ports for each.
const PER_ADDRESS: u64 = 5_000;

#[derive(Default)]
struct Seen {
    signed_in: AtomicU64,
    failed: AtomicU64,
    events: AtomicU64,
    /// From when everybody is signed in until the end: only what is called meanwhile is measured.
    measuring: AtomicBool,
    stop: AtomicBool,
}

pub async fn run() {
    let people = number("MODDESK_LOAD_PEOPLE", 1_000);
    let seconds = number("MODDESK_LOAD_SECONDS", 10);
    let town = Town::found(people * 45 + people * seconds / 4).await;
    let tokens = town.people(people).await;
    let source = town.person("source", Role::Ingest).await;
    let boards: Vec<String> = {
        let mut boards = Vec::new();
        for n in 0..DASHBOARDS {
            boards.push(town.person(&format!("s{n}"), Role::Supervisor).await);
        }
        boards
    };
    let server = town.serve("127.0.0.1:0");
    let at = server.at;
    let seen = Arc::new(Seen::default());
    let gate = Arc::new(Semaphore::new(64));
    let began = Instant::now();
    let desks: Vec<_> = tokens
        .iter()
        .zip(0..)
        .map(|(token, n)| tokio::spawn(desk(at, token.clone(), n, people, Arc::clone(&gate), Arc::clone(&seen))))
        .collect();
    for token in boards {
        tokio::spawn(dashboard(at, token, Arc::clone(&seen)));
    }
    while seen.signed_in.load(Relaxed) + seen.failed.load(Relaxed) < people {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    println!("{people} people signed in, with their streams, in {:.1} s", began.elapsed().as_secs_f64());
    let arriving = tokio::spawn(arrive(at, source, number("MODDESK_LOAD_ARRIVING", 200), Arc::clone(&seen)));
    let (_, cpu) = server.cost();
    let (began, events) = (Instant::now(), seen.events.load(Relaxed));
    seen.measuring.store(true, Relaxed);
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    seen.measuring.store(false, Relaxed);
    seen.stop.store(true, Relaxed);
    let lasted = began.elapsed().as_secs_f64();
    let (resident, after) = server.cost();
    let mut taken = Vec::new();
    let mut acknowledged = 0;
    for desk in desks {
        let (calls, decisions) = desk.await.unwrap();
        acknowledged += decisions;
        taken.extend(calls);
    }
    let came = arriving.await.unwrap();
    Figures::of(taken).say(&format!("{people} people, one decision each 5 s"), lasted);
    println!(
        "{:<44} {:>9.0} items a second came in, {} events heard, {} failures",
        "",
        came as f64 / lasted,
        seen.events.load(Relaxed) - events,
        seen.failed.load(Relaxed)
    );
    println!("{:<44} {:>9.2} of a core for the server, {resident:.0} MiB resident", "", (after - cpu) / lasted);
    town.check(acknowledged).await;
    server.kill();
    let server = town.serve(&at.to_string());
    let began = Instant::now();
    let seen = Arc::new(Seen::default());
    let back: Vec<_> = tokens
        .iter()
        .zip(0..)
        .map(|(token, n)| tokio::spawn(desk(at, token.clone(), n, people, Arc::clone(&gate), Arc::clone(&seen))))
        .collect();
    while seen.signed_in.load(Relaxed) + seen.failed.load(Relaxed) < people {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    println!(
        "{:<44} {:>9.1} s until all were back after the server was killed, {} failures",
        "",
        began.elapsed().as_secs_f64(),
        seen.failed.load(Relaxed)
    );
    seen.stop.store(true, Relaxed);
    for desk in back {
        desk.abort();
    }
    town.check(acknowledged).await;
    server.kill();
    town.leave().await;
}

/// Opens the stream, takes items, and decides one each five seconds; answers how long each call took.
async fn desk(
    at: SocketAddr,
    token: String,
    n: u64,
    of: u64,
    gate: Arc<Semaphore>,
    seen: Arc<Seen>,
) -> (Vec<Duration>, u64) {
    let mut taken = Vec::new();
    let mut acknowledged = 0;
    let done = shift(at, &token, n, of, &gate, &seen, &mut taken, &mut acknowledged).await;
    if let Err(error) = done
        && seen.failed.fetch_add(1, Relaxed) < 5
    {
        eprintln!("desk {n}: {error}");
    }
    (taken, acknowledged)
}

#[allow(clippy::too_many_arguments, reason = "one person's day")]
async fn shift(
    at: SocketAddr,
    token: &str,
    n: u64,
    of: u64,
    gate: &Semaphore,
    seen: &Arc<Seen>,
    taken: &mut Vec<Duration>,
    acknowledged: &mut u64,
) -> Result<(), Failed> {
    let from = Ipv4Addr::new(127, 0, 1, 1 + (n / PER_ADDRESS) as u8);
    let (mut line, mut hands) = {
        let _turn = gate.acquire().await?;
        let mut line = Line::shared(at, token, from).await?;
        let stream = line.start(Method::GET, "/v1/events", Vec::new()).await?;
        let heard = Arc::clone(seen);
        tokio::spawn(async move {
            let mut body = stream.into_body();
            while let Some(Ok(_)) = body.frame().await {
                heard.events.fetch_add(1, Relaxed);
            }
        });
        let hands = Hands::fill(&mut line).await?;
        (line, hands)
    };
    seen.signed_in.fetch_add(1, Relaxed);
    let first = PACE.mul_f64(n as f64 / of.max(1) as f64);
    let mut tick = tokio::time::interval_at(tokio::time::Instant::now() + first, PACE);
    while !seen.stop.load(Relaxed) {
        tick.tick().await;
        if hands.is_empty() {
            return Err("nothing is left in the queue".into());
        }
        let body = hands.next();
        let (counts, began) = (seen.measuring.load(Relaxed), Instant::now());
        let answer = line.good(Method::POST, "/v1/decisions", body).await?;
        if counts {
            taken.push(began.elapsed());
        }
        hands.take(&answer)?;
        *acknowledged += 1;
    }
    Ok(())
}

async fn dashboard(at: SocketAddr, token: String, seen: Arc<Seen>) {
    let Ok(mut line) = Line::open(at, &token).await else { return };
    let Ok(stream) = line.start(Method::GET, "/v1/events", Vec::new()).await else { return };
    let mut body = stream.into_body();
    while let Some(Ok(_)) = body.frame().await {
        seen.events.fetch_add(1, Relaxed);
    }
}

/// So many items a second, in ten calls.
async fn arrive(at: SocketAddr, token: String, each_second: u64, seen: Arc<Seen>) -> u64 {
    let Ok(mut line) = Line::open(at, &token).await else { return 0 };
    let mut came = 0;
    let mut tick = tokio::time::interval(Duration::from_millis(100));
    while !seen.stop.load(Relaxed) {
        tick.tick().await;
        let piece: Vec<_> = (0..each_second.div_ceil(10)).map(|n| item(1_000_000_000 + came + n)).collect();
        let body = serde_json::Value::Array(piece).to_string().into_bytes();
        if line.good(Method::POST, "/v1/items", body).await.is_err() {
            seen.failed.fetch_add(1, Relaxed);
            break;
        }
        came += each_second.div_ceil(10);
    }
    came
}
