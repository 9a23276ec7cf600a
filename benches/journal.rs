//! What a held decision costs until the next item may be shown, against writing the same bytes in the plainest ways.
//!
//! `cargo bench --bench journal`. The three take turns, call by call, on the same disk in the same run. It writes to
//! `MODDESK_BENCH_DIR`, else to the folder for temporary files; a folder in memory measures nothing.

#![allow(clippy::print_stdout, reason = "a benchmark prints its comparison")]

use moddesk::desk::journal::{Drawer, Entry, Title};
use moddesk::moderation::{Decision, Seen, Verdict};
use std::borrow::Cow;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::FileExt;
use std::time::{Duration, Instant};
use uuid::Uuid;

const TIMES: usize = 3000;
/// As many as leave within a hold at one item every two seconds.
const HELD: usize = 5;
/// The preallocated file that the bare overwrite goes round in.
const ROUND: u64 = 64 * 1024;

fn decision() -> Decision {
    let now = jiff::Timestamp::now();
    Decision {
        id: Uuid::now_v7(),
        item: "forum:88121".into(),
        revision: 1,
        round: Some(1),
        queue: Some("meteo-comments".into()),
        moderator: None,
        verdict: Verdict::Delete,
        measure: None,
        policy: Some("hate".into()),
        policy_version: Some("meteo 14".into()),
        to: None,
        imminent: None,
        follow_ups: Vec::new(),
        note: None,
        severity: None,
        seen: Some(Seen::Full),
        opened: None,
        presented_at: Some(now),
        decided_at: Some(now),
        active_ms: Some(4180),
        batch: None,
        reverses: None,
        reversed_by: None,
        automated: false,
        late_s: None,
    }
}

fn timed(times: &mut Vec<Duration>, run: impl FnOnce()) {
    let begun = Instant::now();
    run();
    times.push(begun.elapsed());
}

fn row(name: &str, times: &mut [Duration], yardstick: Option<Duration>) -> Duration {
    times.sort_unstable();
    let at = |share: usize| times[times.len() * share / 100];
    let ratio = yardstick.map_or(String::new(), |one| format!("{:8.2}", at(50).as_secs_f64() / one.as_secs_f64()));
    println!("{name:<44}{:>9.3} ms{:>9.3} ms{ratio}", at(50).as_secs_f64() * 1e3, at(99).as_secs_f64() * 1e3);
    at(50)
}

fn open(path: &std::path::Path) -> File {
    OpenOptions::new().create(true).truncate(true).read(true).write(true).open(path).expect("a file can be made")
}

fn main() {
    let base = std::env::var_os("MODDESK_BENCH_DIR").map_or_else(std::env::temp_dir, Into::into);
    let folder = tempfile::tempdir_in(base).expect("a folder can be made");
    let title = Title { moderator: "ines".into(), backend: "bench".into(), desk: "bench".into() };
    let mut journal = Drawer::new(folder.path(), title).and_then(|mut one| one.open()).expect("a journal").journal;
    let medium = journal.medium();

    let bytes = Entry::Held(Cow::Owned(vec![decision()])).payload();
    let blocks = bytes.len().div_ceil(512) as u64 * 512;
    let mut appended = open(&folder.path().join("appended"));
    let round = open(&folder.path().join("round"));
    round.write_all_at(&vec![0; ROUND as usize], 0).expect("it can be written");
    round.sync_all().expect("it can be synced");

    let (mut held, mut undone) = (Vec::new(), Vec::new());
    let (mut ours, mut undo, mut append, mut overwrite) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for turn in 0..TIMES as u64 {
        let one = [decision()];
        timed(&mut ours, || {
            let payload = Entry::Held(Cow::Borrowed(&one)).payload();
            held.push(journal.write(&payload).expect("it can be written"));
            medium.sync().expect("it can be synced");
        });
        if held.len() > HELD {
            journal.erase(held.remove(0)).expect("it can be erased");
        }
        timed(&mut append, || {
            appended.write_all(&bytes).expect("it can be written");
            appended.sync_data().expect("it can be synced");
        });
        timed(&mut overwrite, || {
            round.write_all_at(&bytes, turn * blocks % (ROUND - blocks)).expect("it can be written");
            round.sync_data().expect("it can be synced");
        });
        if turn % 10 == 0 {
            undone.push(journal.write(&bytes).expect("it can be written"));
            medium.sync().expect("it can be synced");
            timed(&mut undo, || {
                journal.erase(undone.remove(0)).expect("it can be erased");
                medium.sync().expect("it can be synced");
            });
        }
    }
    println!("{} bytes a decision, {TIMES} times{:>21}{:>12}   to append", bytes.len(), "p50", "p99");
    let yardstick = row("bare append + fdatasync", &mut append, None);
    row("bare overwrite of written space + fdatasync", &mut overwrite, Some(yardstick));
    row("a decision held (serialised, framed, synced)", &mut ours, Some(yardstick));
    row("a decision taken back (zeroed, synced)", &mut undo, Some(yardstick));
}
