//! The real desk on a real queue in a real terminal: what is decided is recorded once, whatever happens to the program.

use crate::pty::Pty;
use rustix::process::Signal;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

use std::process::{Command, Output};
use tempfile::TempDir;

/// A data directory with numbered items, and a configuration without waiting.
pub struct House {
    folder: TempDir,
}

impl House {
    pub fn with(items: usize) -> Self {
        Self::with_texts(items, |n| format!("numbered {n:04} end"))
    }

    pub fn with_texts(items: usize, text: impl Fn(usize) -> String) -> Self {
        let house = Self { folder: tempfile::tempdir().expect("a folder") };
        let mut lines = String::new();
        for n in 1..=items {
            let item = serde_json::json!({"id": format!("t:{n:04}"), "lang": "en", "text": text(n)});
            writeln!(lines, "{item}").expect("a string takes everything");
        }
        house.write("items.jsonl", &lines);
        house.write(
            "config.toml",
            "[desk]\nmoderator = \"ines\"\nguard = \"0s\"\nconfirm_unseen = false\nprefetch = 5\n",
        );
        let done = house.run(&["import", house.path("items.jsonl").to_str().expect("a path")]);
        assert!(done.status.success(), "{done:?}");
        house
    }

    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("written");
    }

    pub fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_moddesk"))
            .args(args)
            .env("MODDESK_DATA_DIR", self.path("data"))
            .env("MODDESK_CONFIG", self.path("config.toml"))
            .env("LC_ALL", "C.UTF-8")
            .output()
            .expect("moddesk runs")
    }

    pub fn desk(&self, args: &[&str]) -> Pty {
        let mut all = vec!["desk", "--go"];
        all.extend(args);
        Pty::moddesk(&all)
            .size(100, 30)
            .env("MODDESK_DATA_DIR", self.path("data"))
            .env("MODDESK_CONFIG", self.path("config.toml"))
            .env("LC_ALL", "C.UTF-8")
            .start()
    }

    /// A desk whose editor is this script; its files go into `run`.
    fn desk_with_editor(&self, script: &str) -> Pty {
        use std::os::unix::fs::PermissionsExt;
        let editor = self.path("editor");
        self.write("editor", script);
        std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).expect("made executable");
        std::fs::create_dir_all(self.path("run")).expect("a folder");
        Pty::moddesk(&["desk", "--go"])
            .size(100, 30)
            .env("MODDESK_DATA_DIR", self.path("data"))
            .env("MODDESK_CONFIG", self.path("config.toml"))
            .env("XDG_RUNTIME_DIR", self.path("run"))
            .env("VISUAL", &editor)
            .env("LC_ALL", "C.UTF-8")
            .start()
    }

    fn nothing_left_in_run(&self) {
        let left = std::fs::read_dir(self.path("run")).expect("the folder").count();
        assert_eq!(left, 0, "the editor's file is gone");
    }

    /// The decisions on record, by item, the latest verdict.
    pub fn recorded(&self) -> BTreeMap<String, Vec<String>> {
        let out = self.run(&["export", "decisions"]);
        assert!(out.status.success(), "{out:?}");
        let mut by_item: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in String::from_utf8(out.stdout).expect("UTF-8").lines() {
            let decision: Value = serde_json::from_str(line).expect("a decision");
            let text = |key: &str| decision[key].as_str().unwrap_or_default().to_owned();
            by_item.entry(text("item")).or_default().push(text("verdict"));
        }
        by_item
    }

    pub fn audit_is_whole(&self) {
        let out = self.run(&["audit", "verify"]);
        assert_eq!(out.status.code(), Some(0), "{out:?}");
    }
}

pub fn item(n: usize) -> String {
    format!("t:{n:04}")
}

pub fn shows(n: usize) -> String {
    format!("numbered {n:04} end")
}

#[test]
fn what_is_decided_by_keys_is_what_is_exported() {
    let house = House::with(30);
    let mut desk = house.desk(&[]);
    for n in 1..=20 {
        desk.sees(&shows(n));
        if n % 5 == 0 {
            desk.press("d s")
        } else {
            desk.press("a")
        };
    }
    desk.sees(&shows(21));
    desk.press("q").sees("20").press("enter");
    assert_eq!(desk.ends(), 0);
    let recorded = house.recorded();
    assert_eq!(recorded.len(), 20);
    for n in 1..=20 {
        let verdict = if n % 5 == 0 { "delete" } else { "approve" };
        assert_eq!(recorded[&item(n)], [verdict], "{}", item(n));
    }
    house.audit_is_whole();
    let stats: Value = serde_json::from_slice(&house.run(&["stats", "--json"]).stdout).expect("JSON");
    let sum = |key: &str| {
        stats["queues"].as_array().expect("queues").iter().map(|queue| queue[key].as_u64().unwrap_or(0)).sum::<u64>()
    };
    assert_eq!((sum("waiting"), sum("leased"), sum("decided_today")), (10, 0, 20));
}

#[test]
fn a_killed_desk_has_lost_nothing_that_was_shown_as_decided_and_doubles_nothing() {
    let house = House::with(60);
    let mut shown = 1;
    for round in 0..6 {
        let mut desk = house.desk(&[]);
        desk.sees("numbered");
        for _ in 0..=round {
            desk.sees(&shows(shown));
            desk.press("a");
            shown += 1;
            // The next item on screen means that the decision before is safe.
            desk.sees(&shows(shown));
        }
        desk.signal(Signal::KILL).ends();
    }
    let mut desk = house.desk(&[]);
    desk.sees(&shows(shown)).press("q").sees("Enter").press("enter").ends();
    let recorded = house.recorded();
    assert_eq!(recorded.len(), shown - 1, "{recorded:?}");
    assert!(recorded.values().all(|verdicts| verdicts == &["approve"]), "{recorded:?}");
    house.audit_is_whole();
}

#[test]
fn what_was_undone_does_not_come_back_after_a_kill() {
    let house = House::with(10);
    let mut desk = house.desk(&[]);
    desk.sees(&shows(1)).press("a").sees(&shows(2)).press("u").sees(&shows(1));
    desk.signal(Signal::KILL).ends();
    let mut desk = house.desk(&[]);
    desk.sees(&shows(1)).press("q").sees("Enter").press("enter").ends();
    assert!(house.recorded().is_empty());
}

#[test]
fn termination_and_hang_up_record_what_is_held_first() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129)] {
        let house = House::with(5);
        let mut desk = house.desk(&[]);
        desk.sees(&shows(1)).press("a").sees(&shows(2));
        assert_eq!(desk.signal(signal).ends(), code);
        assert_eq!(house.recorded()[&item(1)], ["approve"]);
    }
}

#[test]
fn nothing_of_the_content_stays_on_the_terminal() {
    let house = House::with(5);
    let mut desk = house.desk(&[]);
    desk.sees(&shows(1)).press("q").sees("Enter").press("enter").ends();
    desk.is_as_it_was("numbered");
}

#[test]
fn a_long_reply_goes_through_the_editor_and_what_is_typed_there_decides_nothing() {
    let house = House::with(3);
    let mut desk =
        house.desk_with_editor("#!/bin/sh\nstty echo\necho 'THE EDITOR'\nread line\necho \"$line\" >> \"$1\"\n");
    desk.sees(&shows(1)).press("r").sees("reply").send(b"Hello").sees("Hello");
    desk.press("ctrl-e").sees("THE EDITOR").sees_no_more("numbered");
    desk.send(b"dear aaaa reader\n").sees("dear aaaa reader").sees("nothing is sent yet");
    house.nothing_left_in_run();
    assert!(house.recorded().is_empty());
    desk.press("ctrl-s").sees("public reply").press("a").sees(&shows(2)).press("q").sees("Enter").press("enter").ends();
    let out = house.run(&["export", "decisions"]);
    let text = String::from_utf8(out.stdout).expect("UTF-8");
    assert!(text.contains("Hellodear aaaa reader"), "{text}");
    assert_eq!(house.recorded().len(), 1);
}

#[test]
fn termination_ends_the_editor_too_and_leaves_nothing_of_the_reply() {
    let house = House::with(3);
    let mut desk = house.desk_with_editor("#!/bin/sh\necho 'THE EDITOR'\nexec sleep 60\n");
    desk.sees(&shows(1)).press("a").sees(&shows(2)).press("r").sees("reply").send(b"secret words");
    desk.press("ctrl-e").sees("THE EDITOR");
    assert_eq!(desk.signal(Signal::TERM).ends(), 143);
    house.nothing_left_in_run();
    assert_eq!(house.recorded()[&item(1)], ["approve"]);
}

#[test]
fn a_paste_decides_nothing() {
    let house = House::with(5);
    let mut desk = house.desk(&[]);
    desk.sees(&shows(1)).paste(&"adsu ".repeat(410));
    desk.press("q").sees("Enter").press("enter").ends();
    assert!(house.recorded().is_empty());
}

#[test]
fn a_split_arrow_key_decides_nothing() {
    let house = House::with(5);
    let mut desk = house.desk(&[]);
    desk.sees(&shows(1)).send(b"\x1b").send(b"[").send(b"A").send(b"\x1b[").send(b"D");
    desk.press("q").sees("Enter").press("enter").ends();
    assert!(house.recorded().is_empty());
}

#[test]
fn hostile_content_puts_no_byte_on_the_line_that_was_not_meant() {
    let hostile =
        "before \u{1b}]52;c;ZXZpbA==\u{7} \u{1b}[2J\u{9b}31m \u{202e}evil\u{202c} \u{2028} \u{1b}P1$r\u{1b}\\ after";
    let house = House::with_texts(2, |_| hostile.to_owned());
    let mut desk = house.desk(&[]);
    desk.mark().sees("before").sees("after");
    let bytes = String::from_utf8_lossy(&desk.bytes()).into_owned();
    for bad in ["\u{1b}]52", "\u{1b}[2J", "\u{9b}", "\u{202e}", "\u{2028}", "\u{7}", "\u{1b}P"] {
        assert!(!bytes.contains(bad), "{bad:?} went to the terminal");
    }
}

#[test]
fn new_items_reach_an_open_desk_that_waits() {
    let house = House::with(1);
    let mut desk = house.desk(&[]);
    desk.sees(&shows(1)).press("a").sees_no_more(&shows(1));
    house.write("more.jsonl", "{\"id\": \"t:9999\", \"lang\": \"en\", \"text\": \"brought beside it\"}\n");
    let done = house.run(&["import", house.path("more.jsonl").to_str().expect("a path")]);
    assert!(done.status.success(), "{done:?}");
    desk.sees("brought beside it");
}

#[test]
fn a_second_desk_of_the_same_moderator_asks_before_it_takes_over() {
    let house = House::with(5);
    let mut first = house.desk(&[]);
    first.sees(&shows(1)).press("a").sees(&shows(2));
    let mut second = house.desk(&[]);
    second.sees("Take over?").press("enter").sees(&shows(2));
    first.ends();
    second.press("q").sees("Enter").press("enter").ends();
    assert_eq!(house.recorded()[&item(1)], ["approve"]);
}
