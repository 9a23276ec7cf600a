//! A house of moderators and supervisors over real HTTP: the server is a process of its own, and this is the other one.
//!
//! `cargo bench --bench load -- [workers] [ingest] [house]`, all three where none is named. With
//! `MODDESK_BENCH_DATABASE_URL=postgres://…` (a cluster with default durability on this machine; a schema `load_…` is
//! made and dropped) the queue is PostgreSQL's, and plain `FOR UPDATE SKIP LOCKED` with as many connections runs right
//! after as what to compare with. Without it the queue is SQLite's in a folder of its own.
//!
//! - `workers`: N moderators, each one decision a request with its claim riding along (20 items at most), as fast as
//!   they are answered. `MODDESK_LOAD_ITEMS` (100000), `MODDESK_LOAD_SECONDS` (10), `MODDESK_LOAD_WORKERS` (`8 32`).
//! - `ingest`: items one a request, and in bulk.
//! - `house`: `MODDESK_LOAD_PEOPLE` (1000) signed in with their event streams open on one HTTP/2 connection each, one
//!   decision each 5 s, 50 dashboards, `MODDESK_LOAD_ARRIVING` (200) items a second coming in, for
//!   `MODDESK_LOAD_SECONDS`; then the server is killed and started, and all come back.

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used, missing_docs)]

mod figures;
mod house;
mod ingest;
mod line;
mod peer;
mod town;
mod workers;

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(otherwise)
}

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let wanted = |name: &str| asked.is_empty() || asked.iter().any(|word| word == name);
    town::raise_file_limit();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        if wanted("workers") {
            workers::run().await;
        }
        if wanted("ingest") {
            ingest::run().await;
        }
        if wanted("house") {
            house::run().await;
        }
    });
}
