//! `kill -9` at any moment, a hundred times over, on a process of its own with real threads and a real journal.

use super::fake::FakeLine;
use super::*;
use crate::desk::{Desk, SystemClock, WorkingDesk};
use crate::wellbeing::Clock;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

const FOLDER: &str = "MODDESK_TEST_KILLED_FOLDER";
const TIMES: usize = 100;

/// Not a test of its own: the process that is killed. It decides, takes back, and says after each call what it had
/// been promised.
#[test]
fn the_one_that_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER).map(std::path::PathBuf::from) else { return };
    let line = FakeLine::recording(&folder.join("recorded"));
    let clock = Arc::new(SystemClock::new());
    let options = DeskOptions { folder, queues: Vec::new(), prefetch: 3, label: "here".into() };
    let mut desk = WorkingDesk::open(Arc::new(line), options, clock.clone(), Arc::new(|_| {})).unwrap();
    desk.ask(Ask::Begin { ends_at: None, take_over: false });
    let mut out = std::io::stdout().lock();
    let mut say = |what: &str, id: Uuid| {
        out.write_all(format!("{what} {id}\n").as_bytes()).unwrap();
        out.flush().unwrap();
    };
    for turn in 0u64.. {
        let batch: Vec<_> = (0..1 + turn % 3).map(|_| approve("any")).collect();
        // From "leaves at once" to "held for longer than this process lives".
        let hold = Duration::from_millis([0, 1, 3, 10, 60_000][turn as usize % 5]);
        desk.hold(&batch, clock.now().wall + hold).unwrap();
        batch.iter().for_each(|one| say("decided", one.id));
        if turn % 2 == 1 {
            batch.iter().for_each(|one| say("undoing", one.id));
            let what = match desk.take_back(batch[0].id).unwrap() {
                TakenBack::Back(_) => "undone",
                TakenBack::Sent => "decided",
            };
            batch.iter().for_each(|one| say(what, one.id));
        }
    }
}

#[test]
fn nothing_shown_as_decided_is_missing_nothing_is_doubled_and_nothing_undone_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut said: BTreeMap<Uuid, String> = BTreeMap::new();
    for time in 0..TIMES {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "desk::working::tests::killed::the_one_that_is_killed", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut hear = |line: &str| {
            if let Some((what, id)) = line.trim().split_once(' ')
                && let Ok(id) = id.parse()
            {
                said.insert(id, what.to_owned());
            }
        };
        let mut line = String::new();
        for _ in 0..3 + time * 7 % 90 {
            line.clear();
            assert!(out.read_line(&mut line).unwrap() > 0, "it goes on until it is killed");
            hear(&line);
        }
        child.kill().unwrap();
        child.wait().unwrap();
        // What it had still said before it was gone, whole lines only.
        loop {
            line.clear();
            if out.read_line(&mut line).unwrap_or(0) == 0 || !line.ends_with('\n') {
                break;
            }
            hear(&line);
        }
    }
    let line = FakeLine::recording(&folder.path().join("recorded"));
    let (told, all_sent) = std::sync::mpsc::channel();
    let options =
        DeskOptions { folder: folder.path().to_owned(), queues: Vec::new(), prefetch: 3, label: "here".into() };
    let sink = Arc::new(move |news| {
        let _ = told.send(word(&news));
    });
    let mut desk = WorkingDesk::open(Arc::new(line), options, Arc::new(SystemClock::new()), sink).unwrap();
    desk.ask(Ask::Begin { ends_at: None, take_over: false });
    assert!(all_sent.iter().any(|news| news.starts_with("recovered") || news.starts_with("ahead")));
    assert!(desk.close().is_empty());

    let mut recorded: BTreeMap<Uuid, usize> = BTreeMap::new();
    for id in std::fs::read_to_string(folder.path().join("recorded")).unwrap().lines() {
        *recorded.entry(id.parse().unwrap()).or_default() += 1;
    }
    assert!(recorded.values().all(|times| *times == 1), "something is doubled");
    let (mut decided, mut undone) = (0, 0);
    for (id, what) in &said {
        match what.as_str() {
            "decided" => {
                decided += 1;
                assert!(recorded.contains_key(id), "{id} was shown as decided and is missing");
            }
            "undone" => {
                undone += 1;
                assert!(!recorded.contains_key(id), "{id} was undone and came back");
            }
            // Killed in the middle of an undo: both are right.
            _ => {}
        }
    }
    assert!(decided > TIMES && undone > TIMES, "{decided} decided, {undone} undone");
}
