//! How fast items come in, durable batches and all, and what it does to memory.
//!
//! `cargo bench --bench import`. Items are made up, or come from a file of JSON lines named by `MODDESK_BENCH_FILE`,
//! taken again and again with other ids. `MODDESK_BENCH_ITEMS` says how many, `MODDESK_BENCH_DIR` chooses the disk.

#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

use moddesk::desk::clock::SystemClock;
use moddesk::moderation::Item;
use moddesk::store::sqlite::{FILE, Options, SqliteStore};
use moddesk::store::{ImportOptions, Incoming, Store};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

const BATCH: usize = 2_000;

fn main() {
    let quick = std::env::args().any(|argument| argument == "--test");
    let wanted = std::env::var("MODDESK_BENCH_ITEMS").ok().and_then(|n| n.parse().ok()).unwrap_or(200_000);
    let wanted: usize = if quick { 4_000 } else { wanted };
    let folder = std::env::var_os("MODDESK_BENCH_DIR").map_or_else(std::env::temp_dir, PathBuf::from);
    let dir = tempfile::TempDir::new_in(folder).unwrap();
    let lines = lines();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(run(dir.path(), &lines, wanted));
}

fn lines() -> Vec<String> {
    match std::env::var_os("MODDESK_BENCH_FILE") {
        Some(path) => std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect(),
        None => (0..5_000).map(made_up).collect(),
    }
}

fn made_up(n: usize) -> String {
    let text = "a comment of ordinary length, neither long nor short, about a train that was late again ".repeat(2);
    let lang = ["fr", "en", "de"][n % 3];
    serde_json::json!({"id": format!("bench:{n}"), "lang": lang, "text": format!("{text}{n}"),
        "severity": n % 3, "channel": "forum", "source": "made up", "license": "CC0-1.0",
        "labels": {"class": "none", "votes": [1, 2, 3]}})
    .to_string()
}

async fn run(dir: &std::path::Path, lines: &[String], wanted: usize) {
    // As `moddesk import` has it: ids in no order need more pages at hand than a desk does.
    let options = Options { cache_kib: 32 << 10, ..Options::new(Arc::new(SystemClock::new())) };
    let store = SqliteStore::open(dir, options).unwrap();
    let bytes: usize = lines.iter().map(String::len).sum::<usize>() * wanted / lines.len();
    let bare = bare(dir, bytes);
    let began = Instant::now();
    let (mut at, mut memory, mut imported, mut parsing) = (0, Vec::new(), 0, std::time::Duration::ZERO);
    while at < wanted {
        let parse = Instant::now();
        let batch: Vec<Incoming> = (at..(at + BATCH).min(wanted)).map(|n| incoming(lines, n)).collect();
        parsing += parse.elapsed();
        at += batch.len();
        imported += store.import(batch, ImportOptions::default()).await.unwrap().imported;
        if at % (wanted / 10).max(1) < BATCH {
            memory.push(resident_kib());
        }
    }
    let spent = began.elapsed().as_secs_f64();
    assert_eq!(imported as usize, wanted);
    println!("write + fdatasync, same bytes    {:>10.0} items/s", wanted as f64 / bare);
    println!("import, one after another        {:>10.0} items/s (goal 50,000)", wanted as f64 / spent);
    println!("  of that, parsing               {:>10.0} %", parsing.as_secs_f64() / spent * 100.0);
    println!("  of the bare disk               {:>10.2}", bare / spent);
    let size = std::fs::metadata(dir.join(FILE)).map_or(0, |file| file.len());
    println!("  bytes an item in the queue     {:>10}", size as usize / wanted);
    println!("  resident, by tenths            {memory:?} KiB");
}

fn incoming(lines: &[String], n: usize) -> Incoming {
    let mut item: Item = serde_json::from_str(&lines[n % lines.len()]).unwrap();
    item.id.push_str(&format!("/{}", n / lines.len()));
    Incoming { line: n as u64 + 1, item }
}

fn bare(dir: &std::path::Path, bytes: usize) -> f64 {
    let mut file = std::fs::File::create(dir.join("bare")).unwrap();
    let block = vec![0x5a; 1 << 20];
    let began = Instant::now();
    for _ in 0..bytes.div_ceil(block.len()) {
        file.write_all(&block).unwrap();
        file.sync_data().unwrap();
    }
    began.elapsed().as_secs_f64()
}

fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0)
}
