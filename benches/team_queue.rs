//! Decisions on the team's queue, each with the claim of the next item riding along, durable, without HTTP.
//!
//! `MODDESK_BENCH_DATABASE_URL=postgres://… cargo bench --bench team_queue`: the database should be a cluster with
//! default durability on this machine and is left with a schema `bench_…` less. `MODDESK_BENCH_ITEMS` says how many
//! wait, `MODDESK_BENCH_SECONDS` how long each figure is taken.

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used, missing_docs)]

use moddesk::desk::clock::SystemClock;
use moddesk::moderation::{Claim, Claimed, Decision, Item, Person, Served};
use moddesk::store::postgres::{Options, PostgresStore};
use moddesk::store::{ImportOptions, Incoming, Store};
use moddesk::wellbeing::Rules;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_postgres::NoTls;
use uuid::Uuid;

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(otherwise)
}

fn main() {
    let Ok(server) = std::env::var("MODDESK_BENCH_DATABASE_URL") else {
        eprintln!("nothing measured: MODDESK_BENCH_DATABASE_URL names no database");
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(run(&server));
}

async fn sql(url: &str, sql: &str) {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    let line = tokio::spawn(connection);
    client.batch_execute(sql).await.unwrap();
    drop(client);
    let _ = line.await;
}

async fn run(server: &str) {
    let schema = format!("bench_{}", std::process::id());
    sql(server, &format!("CREATE SCHEMA {schema}")).await;
    let joint = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{joint}options=-csearch_path%3D{schema}");
    let rules = Rules { weakened_because: Some("measurement".into()), ..Rules::shipped() };
    let options = Options { rules: Arc::new(rules), ..Options::new(Arc::new(SystemClock::new())) };
    let store = Arc::new(PostgresStore::connect(&url, options).await.unwrap());
    for n in 0..32 {
        store.set_person(&Person::with_every_right(format!("m{n}")), "system").await.unwrap();
    }
    let items = number("MODDESK_BENCH_ITEMS", 100_000);
    let began = Instant::now();
    let mut at = 0;
    while at < items {
        let upto = (at + 5_000).min(items);
        let batch = (at..upto).map(|n| Incoming { line: n + 1, item: item(n) }).collect();
        store.import(batch, ImportOptions::default()).await.unwrap();
        at = upto;
    }
    println!("items in, in bulk                {:>10.0} a second", items as f64 / began.elapsed().as_secs_f64());
    for workers in [1, 8, 32] {
        measure(&store, workers).await;
    }
    assert_eq!(store.verify_audit().await.unwrap(), None);
    drop(store);
    sql(server, &format!("DROP SCHEMA {schema} CASCADE")).await;
}

fn item(n: u64) -> Item {
    let value = serde_json::json!({"id": format!("bench:{n}"), "lang": "fr", "channel": "forum",
        "text": format!("{n} le train de {} heures est encore en retard, et personne ne dit rien aux voyageurs", n % 24)});
    serde_json::from_value(value).unwrap()
}

async fn measure(store: &Arc<PostgresStore>, workers: usize) {
    let lasts = Duration::from_secs(number("MODDESK_BENCH_SECONDS", 6));
    let began = Instant::now();
    let mut all = Vec::new();
    for n in 0..workers {
        let store = Arc::clone(store);
        all.push(tokio::spawn(async move { work(&store, &format!("m{n}"), began + lasts).await }));
    }
    let mut taken = Vec::new();
    for one in all {
        taken.extend(one.await.unwrap());
    }
    let seconds = began.elapsed().as_secs_f64();
    taken.sort_unstable();
    let of = |share: f64| taken[((taken.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!(
        "{workers:>2} at a time, decide and claim    {:>10.0} a second, p50 {:.2} ms, p99 {:.2} ms",
        taken.len() as f64 / seconds,
        of(0.5),
        of(0.99)
    );
}

/// One moderator: holds up to twenty, decides the first, asks for more with every decision.
async fn work(store: &PostgresStore, who: &str, until: Instant) -> Vec<Duration> {
    let mut held: Vec<Served> = Vec::new();
    let mut taken = Vec::new();
    let claim = |held: &[Served]| Claim {
        max: u32::try_from(20 - held.len().min(20)).unwrap(),
        have: Some(held.iter().map(|served| served.item.id.clone()).collect()),
        ..Claim::default()
    };
    if let Claimed::Items { items, .. } = store.claim(who, &claim(&held)).await.unwrap() {
        held.extend(items);
    }
    while Instant::now() < until && !held.is_empty() {
        let served = held.remove(0);
        let decision: Decision = serde_json::from_value(serde_json::json!({"id": Uuid::now_v7(),
            "item": served.item.id, "revision": served.item.revision, "round": served.round, "verdict": "approve",
            "severity": 0, "seen": "full", "opened": "text", "active_ms": 900}))
        .unwrap();
        // In tens: half of what is held is asked for at once when half is gone.
        let more = (held.len() <= 10).then(|| claim(&held));
        let began = Instant::now();
        let decided = store.decide(who, &[decision], more.as_ref()).await.unwrap();
        taken.push(began.elapsed());
        assert!(decided.results[0].outcome.is_success(), "{:?}", decided.results[0]);
        if let Some(Claimed::Items { items, .. }) = decided.claimed {
            held.extend(items);
        }
    }
    taken
}
