//! Claim and decide on the embedded queue, durable, against the bare disk: one append and `fdatasync` of as many
//! bytes as a transaction adds to the write-ahead log, taken in turns with it in the same run.
//!
//! `cargo bench --bench queue`. `MODDESK_BENCH_DIR` chooses the disk, `MODDESK_BENCH_ITEMS` how many wait.

#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

use moddesk::desk::clock::SystemClock;
use moddesk::moderation::{Claim, Claimed, Decision, Item, Person, Served};
use moddesk::store::sqlite::{FILE, Options, SqliteStore};
use moddesk::store::{ImportOptions, Incoming, Store};
use moddesk::wellbeing::Rules;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let quick = std::env::args().any(|argument| argument == "--test");
    let (items, rounds) = if quick { (500, 2) } else { (items_wanted(), 30) };
    let folder = std::env::var_os("MODDESK_BENCH_DIR").map_or_else(std::env::temp_dir, PathBuf::from);
    let dir = tempfile::TempDir::new_in(folder).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(run(dir.path(), items, rounds));
}

fn items_wanted() -> u64 {
    std::env::var("MODDESK_BENCH_ITEMS").ok().and_then(|n| n.parse().ok()).unwrap_or(26_000)
}

async fn run(dir: &Path, items: u64, rounds: u32) {
    let rules = Rules { weakened_because: Some("measurement".into()), ..Rules::shipped() };
    let options = Options { rules: Arc::new(rules), ..Options::new(Arc::new(SystemClock::new())) };
    let began = Instant::now();
    let store = SqliteStore::open(dir, options.clone()).unwrap();
    println!("open, empty                      {:>10.1} ms", ms(began.elapsed()));
    store.set_person(&Person::with_every_right("bench"), "system").await.unwrap();
    fill(&store, items).await;
    drop(store);
    let began = Instant::now();
    let store = SqliteStore::open(dir, options).unwrap();
    println!("open, {items} waiting            {:>10.1} ms", ms(began.elapsed()));

    let bytes = wal_bytes(&store, dir).await;
    println!("one decision and claim adds      {bytes:>10} bytes to the log");
    one_at_a_time(&store, dir, bytes, rounds).await;
    claims(&store, rounds).await;
    batches(&store, rounds.min(items as u32 / 2_000)).await;
}

async fn fill(store: &SqliteStore, items: u64) {
    let mut at = 0u64;
    while at < items {
        let batch: Vec<Incoming> =
            (at..(at + 2_000).min(items)).map(|n| Incoming { line: n + 1, item: item(n) }).collect();
        at += batch.len() as u64;
        store.import(batch, ImportOptions::default()).await.unwrap();
    }
}

/// Items like those of a real queue in size: about 130 bytes of text, ten languages, levels 0 to 2.
fn item(n: u64) -> Item {
    const WORDS: [&str; 16] = [
        "train",
        "voisin",
        "never",
        "again",
        "prix",
        "malade",
        "foul",
        "bright",
        "nachts",
        "gestern",
        "cheap",
        "maison",
        "storm",
        "answer",
        "livraison",
        "grey",
    ];
    const LANGS: [&str; 10] = ["fr", "en", "de", "es", "pt-BR", "ar", "he", "ko", "zh", "ur-Latn"];
    let mut mixed = n.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut text = String::new();
    for _ in 0..20 {
        mixed ^= mixed << 13;
        mixed ^= mixed >> 7;
        mixed ^= mixed << 17;
        text.push_str(WORDS[(mixed % 16) as usize]);
        text.push(' ');
    }
    let (lang, severity) = (LANGS[(n % 10) as usize], u8::from(n % 4 == 3));
    let value = serde_json::json!({"id": format!("bench:{n}"), "lang": lang, "text": text, "severity": severity,
        "channel": "forum", "source": "made up", "license": "CC0-1.0"});
    serde_json::from_value(value).unwrap()
}

fn decision(item: &str) -> Decision {
    serde_json::from_value(serde_json::json!({"id": Uuid::now_v7(), "item": item, "verdict": "delete",
        "policy": "spam", "policy_version": "built-in 1", "seen": "full", "opened": "text", "active_ms": 2000,
        "presented_at": jiff::Timestamp::now(), "decided_at": jiff::Timestamp::now()}))
    .unwrap()
}

async fn claim(store: &SqliteStore, max: u32) -> Vec<Served> {
    match store.claim("bench", &Claim { max, have: Some(Vec::new()), ..Claim::default() }).await.unwrap() {
        Claimed::Items { items, .. } => items,
        other => panic!("{other:?}"),
    }
}

async fn step(store: &SqliteStore, served: Served) -> Served {
    let next = Claim { max: 1, have: Some(Vec::new()), ..Claim::default() };
    let decided = store.decide("bench", &[decision(&served.item.id)], Some(&next)).await.unwrap();
    assert!(decided.results[0].outcome.is_success(), "{:?}", decided.results);
    match decided.claimed {
        Some(Claimed::Items { mut items, .. }) => items.remove(0),
        other => panic!("{other:?}"),
    }
}

/// How much the log grows, before it is written over from its beginning.
async fn wal_bytes(store: &SqliteStore, dir: &Path) -> usize {
    const STEPS: u64 = 50;
    let size = || std::fs::metadata(dir.join(format!("{FILE}-wal"))).map_or(0, |file| file.len());
    let mut served = claim(store, 1).await.remove(0);
    served = step(store, served).await;
    let before = size();
    for _ in 0..STEPS {
        served = step(store, served).await;
    }
    ((size() - before) / STEPS) as usize
}

async fn one_at_a_time(store: &SqliteStore, dir: &Path, bytes: usize, rounds: u32) {
    const STEPS: u32 = 100;
    let mut bare = OpenOptions::new().create(true).append(true).open(dir.join("bare")).unwrap();
    let record = vec![0x5a; bytes];
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut served = claim(store, 1).await.remove(0);
    for _ in 0..rounds {
        for _ in 0..STEPS {
            let began = Instant::now();
            served = step(store, served).await;
            ours.push(began.elapsed());
        }
        for _ in 0..STEPS {
            let began = Instant::now();
            bare.write_all(&record).unwrap();
            bare.sync_data().unwrap();
            theirs.push(began.elapsed());
        }
    }
    let (mine, bare) = (rate(&ours), rate(&theirs));
    println!("append + fdatasync, same bytes   {bare:>10.0} /s   {}", spread(&mut theirs));
    println!("decide + claim, durable          {mine:>10.0} /s   {}", spread(&mut ours));
    println!("  ratio                          {:>10.2}      (goal 0.80)", mine / bare);
    let (mine, bare) = (ours[ours.len() / 2], theirs[theirs.len() / 2]);
    println!("  ratio of medians               {:>10.2}", bare.as_secs_f64() / mine.as_secs_f64());
}

/// A lease alone needs no sync.
async fn claims(store: &SqliteStore, rounds: u32) {
    let mut times = Vec::new();
    for _ in 0..rounds * 10 {
        let mut held = Vec::new();
        for _ in 0..5 {
            let next = Claim { max: 1, have: Some(held.clone()), ..Claim::default() };
            let began = Instant::now();
            let Claimed::Items { items, .. } = store.claim("bench", &next).await.unwrap() else { panic!() };
            times.push(began.elapsed());
            held.extend(items.into_iter().map(|served| served.item.id));
        }
        let back: Vec<_> = held
            .iter()
            .map(|id| {
                serde_json::from_value(serde_json::json!({"item": id, "seen": "summary", "opened": "none"})).unwrap()
            })
            .collect();
        store.release("bench", &back).await.unwrap();
    }
    println!("claim alone                      {:>10.0} /s   {}", rate(&times), spread(&mut times));
}

async fn batches(store: &SqliteStore, rounds: u32) {
    let (mut done, mut spent, mut worst) = (0u32, Duration::ZERO, Duration::ZERO);
    for _ in 0..rounds {
        let served = claim(store, 1_000).await;
        let decisions: Vec<Decision> = served.iter().map(|served| decision(&served.item.id)).collect();
        let began = Instant::now();
        let decided = store.decide("bench", &decisions, None).await.unwrap();
        let took = began.elapsed();
        assert!(decided.results.iter().all(|result| result.outcome.is_success()));
        (done, spent, worst) = (done + decisions.len() as u32, spent + took, worst.max(took));
    }
    let rate = f64::from(done) / spent.as_secs_f64();
    println!("decisions, 1,000 in a batch      {rate:>10.0} /s   worst batch {:.1} ms (goal 30,000/s)", ms(worst));
}

fn rate(times: &[Duration]) -> f64 {
    times.len() as f64 / times.iter().sum::<Duration>().as_secs_f64()
}

fn spread(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |part: f64| ms(times[((times.len() - 1) as f64 * part) as usize]);
    format!("p50 {:.3} ms  p99 {:.3} ms  max {:.1} ms", at(0.5), at(0.99), at(1.0))
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
