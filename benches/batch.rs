//! How fast a batch opens and is decided, and how well near copies are told from other texts.
//!
//! `cargo bench --bench batch`. Items are made up, or come from a file of JSON lines named by `MODDESK_BENCH_FILE`, taken
//! again and again in other words. `MODDESK_BENCH_ITEMS` says how many sizes, such as `26000,1000000`;
//! `MODDESK_BENCH_DIR` chooses the disk.

#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

use moddesk::desk::clock::SystemClock;
use moddesk::moderation::group::MOST;
use moddesk::moderation::{By, Claim, Claimed, Decision, Item, Outcome, Person, Served, Sight, Verdict};
use moddesk::store::sqlite::{Options, SqliteStore};
use moddesk::store::{ImportOptions, Incoming, Store};
use moddesk::text::likeness::{FEWEST, Likeness, Pieces};
use serde_json::json;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Copies of one text hidden among the others: more than one batch takes.
const COPIES: usize = 5_000;
const SPAM: &str = "Gagnez 1500 euros par semaine depuis chez vous, contactez Marie sur ce profil pour commencer";

fn main() {
    let quick = std::env::args().any(|argument| argument == "--test");
    let texts = texts();
    let sizes = std::env::var("MODDESK_BENCH_ITEMS").unwrap_or_else(|_| "26000,1000000".into());
    let sizes: Vec<usize> = sizes.split(',').filter_map(|n| n.parse().ok()).collect();
    told_apart(&texts, if quick { 200 } else { 20_000 });
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    for size in if quick { vec![2_000] } else { sizes } {
        runtime.block_on(flood(&texts, size));
    }
}

fn texts() -> Vec<String> {
    let lines = match std::env::var_os("MODDESK_BENCH_FILE") {
        Some(path) => std::fs::read_to_string(path).unwrap(),
        None => return (0..5_000).map(made_up).collect(),
    };
    let text = |line: &str| serde_json::from_str::<Item>(line).ok()?.text.map(|text| text.raw().to_owned());
    lines.lines().filter_map(text).collect()
}

fn made_up(n: usize) -> String {
    let words = ["train", "late", "again", "friday", "city", "weather", "thank", "never", "people", "write", "again"];
    (0..24).map(|at| words[(n * 31 + at * at * (n % 13 + 1)) % words.len()]).collect::<Vec<_>>().join(" ")
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

/// What people do to a copy so that it is not found.
const EDITS: [&str; 7] = [
    "case, accents, spaces, signs",
    "a typo in every 40 letters",
    "one word in 8 changed",
    "one word in 5 left out",
    "a sentence of a fifth before it",
    "two halves the other way round",
    "one word in 3 changed",
];

fn edited(text: &str, edit: usize, dice: &mut Dice) -> String {
    let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    match edit {
        0 => return text.to_uppercase().replace(['a', 'A'], "\u{430}").replace(' ', "  ") + " !!! \u{1f389}",
        1 => {
            let mut letters: Vec<char> = text.chars().collect();
            for _ in 0..letters.len().div_ceil(40) {
                let at = dice.below(letters.len());
                letters[at] = char::from(b'a' + dice.below(26) as u8);
            }
            return letters.into_iter().collect();
        }
        2 | 6 => {
            let every = if edit == 2 { 8 } else { 3 };
            for _ in 0..words.len().div_ceil(every) {
                let at = dice.below(words.len());
                words[at] = format!("wort{}", dice.below(1_000));
            }
        }
        3 => {
            for _ in 0..words.len() / 5 {
                let at = dice.below(words.len());
                words.remove(at);
            }
        }
        4 => {
            let more: Vec<String> =
                (0..words.len().div_ceil(5)).map(|n| format!("vor{}n{n}", dice.below(900))).collect();
            words.splice(0..0, more);
        }
        _ => {
            let half = words.len() / 2;
            words.rotate_left(half);
        }
    }
    words.join(" ")
}

/// Recall on copies made by known edits, precision on pairs of texts that have nothing to do with each other.
fn told_apart(texts: &[String], pairs: usize) {
    let long: Vec<&String> = texts.iter().filter(|text| Likeness::of([text.as_str()]).pieces >= 2 * FEWEST).collect();
    let thresholds = [0.4, 0.5, 0.6, 0.7];
    println!("near copies of {} texts of {FEWEST} letters twice or more", long.len());
    println!("  {:<34}{:>8}{:>30}", "edit", "sketch", "found at a threshold of .4 .5 .6 .7");
    let mut dice = Dice(7);
    for (edit, name) in EDITS.iter().enumerate() {
        let (mut near, mut found, mut all) = (0usize, [0usize; 4], 0usize);
        for text in long.iter().cycle().take(pairs / EDITS.len()) {
            let copy = edited(text, edit, &mut dice);
            let (one, two) = (Likeness::of([text.as_str()]), Likeness::of([copy.as_str()]));
            all += 1;
            let close = one.is_near(&two);
            near += usize::from(close);
            let common = Pieces::of([text.as_str()]).in_common(&Pieces::of([copy.as_str()]));
            for (count, threshold) in found.iter_mut().zip(thresholds) {
                *count += usize::from(close && (common >= threshold || one.same == two.same));
            }
        }
        let part = |n: usize| n as f64 / all.max(1) as f64;
        println!(
            "  {name:<34}{:>8.3}{:>12.3}{:>7.3}{:>7.3}{:>7.3}",
            part(near),
            part(found[0]),
            part(found[1]),
            part(found[2]),
            part(found[3])
        );
    }
    // Every one of so many texts against all others: what comes near, and what the exact look leaves of it.
    let sketches: Vec<Likeness> = long.iter().map(|text| Likeness::of([text.as_str()])).collect();
    let (mut near, mut found, mut looked) = (0usize, [0usize; 4], 0usize);
    for one in (0..sketches.len()).step_by((sketches.len() / 500).max(1)) {
        let own = Pieces::of([long[one].as_str()]);
        for two in (0..sketches.len()).filter(|two| *two != one) {
            looked += 1;
            if sketches[one].is_near(&sketches[two]) {
                near += 1;
                let common = own.in_common(&Pieces::of([long[two].as_str()]));
                for (count, threshold) in found.iter_mut().zip(thresholds) {
                    *count += usize::from(common >= threshold);
                }
            }
        }
    }
    println!("  of {looked} pairs of different texts: near by sketch {near}, alike at .4 .5 .6 .7: {found:?}");
}

async fn flood(texts: &[String], size: usize) {
    let folder = std::env::var_os("MODDESK_BENCH_DIR").map_or_else(std::env::temp_dir, PathBuf::from);
    let dir = tempfile::TempDir::new_in(folder).unwrap();
    let options = Options { cache_kib: 32 << 10, ..Options::new(Arc::new(SystemClock::new())) };
    let store = SqliteStore::open(dir.path(), options).unwrap();
    store.set_person(&Person::with_every_right("ines"), "system").await.unwrap();
    let copies = COPIES.min(size / 4);
    let every = size / copies;
    let mut dice = Dice(11);
    let began = Instant::now();
    let mut at = 0;
    while at < size {
        let batch: Vec<Incoming> = (at..(at + 2_000).min(size))
            .map(|n| {
                let planted = n % every == 0 && n / every < copies;
                let text = match planted {
                    true => edited(SPAM, n / every % 3, &mut dice),
                    false => other(texts, n),
                };
                let more = json!({"id": format!("i:{n:07}"), "text": text, "lang": "fr",
                    "author": {"id": format!("u{}", n % 50_000)}, "x_planted": planted});
                Incoming { line: n as u64 + 1, item: serde_json::from_value(more).unwrap() }
            })
            .collect();
        at += batch.len();
        store.import(batch, ImportOptions::default()).await.unwrap();
    }
    println!("{size} items in {:.1} s, {copies} of them copies and near copies", began.elapsed().as_secs_f64());
    let resident = resident_kib();
    let (mut counts, mut finds, mut opens) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..100 {
        // Somewhere in the queue; every tenth time in the flood.
        let id = if round % 10 == 0 {
            format!("i:{:07}", every * (round + 1))
        } else {
            format!("i:{:07}", dice.below(size))
        };
        counts.push(timed(store.groups("ines", &id, None)).await.0);
        let (took, groups) = timed(store.groups("ines", &id, Some(By::Alike))).await;
        finds.push(took);
        let items = groups.unwrap().into_iter().next().map_or_else(|| vec![id], |group| group.items);
        let some: Vec<String> = items.into_iter().take(50).collect();
        let claim = Claim { items: Some(some), have: Some(Vec::new()), ..Claim::default() };
        let (leasing, claimed) = timed(store.claim("ines", &claim)).await;
        opens.push(took + leasing);
        give_back(&store, &served(claimed.unwrap())).await;
    }
    line("counted in every way, beside an item", &mut counts);
    line("found: nearly the same text", &mut finds);
    line("opened: found and leased, up to 50", &mut opens);
    whole_batches(&store, every, copies).await;
    println!("  resident {} KiB before, {} KiB after", resident, resident_kib());
}

/// Opens as much as a batch takes, decides it in one call, until the flood is gone; then what was missed is counted.
async fn whole_batches(store: &SqliteStore, every: usize, copies: usize) {
    let (mut opens, mut decides, mut done, mut right) = (Vec::new(), Vec::new(), 0usize, 0usize);
    let mut asked = 0usize;
    while asked < copies {
        let id = format!("i:{:07}", every * asked);
        asked += 1;
        let state = store.item(&id).await.unwrap().state;
        if state == "decided" {
            continue;
        }
        let (took, groups) = timed(store.groups("ines", &id, Some(By::Alike))).await;
        let Some(group) = groups.unwrap().into_iter().next() else { continue };
        let claim = Claim { items: Some(group.items), have: Some(Vec::new()), ..Claim::default() };
        let (leasing, claimed) = timed(store.claim("ines", &claim)).await;
        let rows = served(claimed.unwrap());
        if rows.len() < 2 {
            give_back(store, &rows).await;
            continue;
        }
        let whole = rows.len() == MOST;
        if whole {
            opens.push(took + leasing);
        }
        let batch = Uuid::now_v7();
        let decisions: Vec<Decision> = rows.iter().map(|row| decision(row, batch)).collect();
        let (took, decided) = timed(store.decide("ines", &decisions, None)).await;
        if whole {
            decides.push(took);
        }
        let decided = decided.unwrap();
        done += decided.results.iter().filter(|result| result.outcome == Outcome::Recorded).count();
        let planted = |row: &&Served| row.item.id[2..].parse::<usize>().is_ok_and(|n| n % every == 0);
        right += rows.iter().filter(planted).count();
    }
    line("opened: a thousand found and leased", &mut opens);
    line("decided: a thousand in one call", &mut decides);
    let of = |n: usize, all: usize| n as f64 / all.max(1) as f64;
    println!("  the flood: recall {:.4}, precision {:.4}", of(right, copies), of(right, done));
    assert_eq!(store.verify_audit().await.unwrap(), None);
}

/// Another text each time: what a file has, in other words from the second time on.
fn other(texts: &[String], n: usize) -> String {
    let text = &texts[n % texts.len()];
    match n / texts.len() {
        0 => text.clone(),
        round => {
            let turned: Vec<String> = text.split_whitespace().map(|word| turn(word, round)).collect();
            turned.join(" ")
        }
    }
}

/// A word with its letters moved on in the alphabet: another text with the same rhythm.
fn turn(word: &str, by: usize) -> String {
    let moved = |c: char, n: usize| match c {
        'a'..='z' => char::from(b'a' + ((c as u8 - b'a') as usize + by * (n + 3)) as u8 % 26),
        other => other,
    };
    word.to_lowercase().chars().enumerate().map(|(n, c)| moved(c, n)).collect()
}

fn decision(row: &Served, batch: Uuid) -> Decision {
    serde_json::from_value(json!({"id": Uuid::now_v7(), "item": row.item.id, "revision": row.item.revision,
        "round": row.round, "queue": row.queue, "verdict": Verdict::Delete, "policy": "spam", "batch": batch,
        "seen": "summary", "opened": "none", "active_ms": 0}))
    .unwrap()
}

fn served(claimed: Claimed) -> Vec<Served> {
    match claimed {
        Claimed::Items { items, .. } => items,
        other => panic!("items were expected, not {other:?}"),
    }
}

async fn give_back(store: &SqliteStore, rows: &[Served]) {
    let sight = |row: &Served| -> Sight {
        serde_json::from_value(json!({"item": row.item.id, "seen": "summary", "opened": "none", "active_ms": 0}))
            .unwrap()
    };
    let sights: Vec<Sight> = rows.iter().map(sight).collect();
    store.release("ines", &sights).await.unwrap();
}

async fn timed<T>(work: impl Future<Output = T>) -> (Duration, T) {
    let began = Instant::now();
    let done = work.await;
    (began.elapsed(), done)
}

fn line(name: &str, all: &mut [Duration]) {
    if all.is_empty() {
        return println!("  {name:<40} none");
    }
    all.sort_unstable();
    let at = |part: f64| all[((all.len() as f64 * part) as usize).min(all.len() - 1)].as_secs_f64() * 1e3;
    println!("  {name:<40}{:>9.1} ms p50{:>9.1} ms p99  ({})", at(0.5), at(0.99), all.len());
}

fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0)
}
