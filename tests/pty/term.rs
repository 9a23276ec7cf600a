//! What the terminal layer promises.

use super::probe::SECRET;
use super::pty::Pty;
use rustix::process::Signal;

fn started() -> Pty {
    let mut pty = Pty::probe().size(120, 40).start();
    pty.sees(SECRET).until("the whole first frame", |screen| screen.contents().matches(SECRET).count() >= 37);
    pty
}

#[test]
fn quitting_leaves_the_terminal_as_it_was() {
    let mut pty = started();
    pty.ask(|screen| assert!(screen.alternate_screen() && screen.bracketed_paste() && screen.hide_cursor()));
    pty.press("q");
    assert_eq!(pty.ends(), 0);
    pty.is_as_it_was(SECRET);
}

#[test]
fn every_way_of_being_ended_leaves_the_terminal_as_it_was() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::QUIT, 143), (Signal::INT, 130), (Signal::HUP, 129)] {
        let mut pty = started();
        pty.signal(signal);
        assert_eq!(pty.ends(), code, "{signal:?}");
        pty.is_as_it_was(SECRET);
    }
}

#[test]
fn a_panic_of_the_desk_leaves_the_terminal_and_quotes_nothing() {
    let mut pty = started();
    pty.press("P");
    assert_eq!(pty.ends(), 101);
    pty.is_as_it_was(SECRET);
    assert!(pty.screen().contains("moddesk stopped at") && pty.screen().contains("probe.rs"), "{}", pty.screen());
}

#[test]
fn a_panic_elsewhere_does_not_touch_the_screen() {
    let mut pty = started();
    pty.mark().press("T").sees("keys 1: T.");
    pty.frames();
    pty.press("q");
    assert_eq!(pty.ends(), 0);
    pty.is_as_it_was(SECRET);
}

#[test]
fn a_dead_line_ends_the_program() {
    let mut pty = started();
    assert_eq!(pty.hang_up().ends(), 129);
}

#[test]
fn a_dead_line_ends_a_program_that_hangs_after_its_last_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("last-words");
    let mut pty = Pty::probe().env("MODDESK_LAST_WORDS", &path).start();
    pty.sees(SECRET).press("H").sees("keys 1: H.");
    assert_eq!(pty.hang_up().ends(), 129);
    assert_eq!(std::fs::read_to_string(path).expect("they were written"), "flushed");
}

#[test]
fn ctrl_z_gives_the_shell_back_and_fg_the_desk() {
    let mut pty = started();
    pty.press("ctrl-z").is_stopped();
    pty.is_as_it_was(SECRET);
    pty.mark().signal(Signal::CONT).sees(SECRET).sees("keys 1: ctrl-z.");
    pty.ask(|screen| assert!(screen.alternate_screen() && screen.bracketed_paste() && screen.hide_cursor()));
    pty.press("a").sees("keys 2: ctrl-z a.");
    pty.press("ctrl-z").is_stopped().resize(130, 45).signal(Signal::CONT).sees("130x45");
    pty.press("q");
    assert_eq!(pty.ends(), 0);
    pty.is_as_it_was(SECRET);
}

#[test]
fn being_stopped_from_outside_is_answered_too() {
    let mut pty = started();
    pty.signal(Signal::TSTP).is_stopped();
    pty.is_as_it_was(SECRET);
    pty.signal(Signal::CONT).sees(SECRET);
    pty.signal(Signal::STOP).is_stopped().signal(Signal::CONT).sees("resumed");
    pty.press("q");
    assert_eq!(pty.ends(), 0);
    pty.is_as_it_was(SECRET);
}

#[test]
fn a_split_arrow_never_becomes_letters() {
    let mut pty = started();
    pty.send(b"\x1b").sees("keys 1: esc.").send(b"[A").sees("keys 2: esc up.");
    pty.send(b"\x1b[").send(b"B").sees("keys 3: esc up down.");
    pty.send(b"\x1bO").send(b"C").sees("keys 4: esc up down right.");
    pty.press("esc").sees("keys 5: esc up down right esc.");
}

#[test]
fn a_paste_presses_nothing() {
    let mut pty = started();
    let text = "daq\n\tP".repeat(342);
    pty.paste(&text).sees("pasted 2052");
    assert!(pty.screen().contains("keys 0: ."), "{}", pty.screen());
}

#[test]
fn a_resize_is_a_full_frame_also_at_the_same_size() {
    let mut pty = started();
    pty.resize(80, 24).sees("80x24");
    pty.until("the whole frame", |screen| screen.contents().matches(SECRET).count() >= 21);
    pty.resize(130, 45).sees("130x45");
    pty.mark().signal(Signal::WINCH).until("something", |_| true);
    pty.press("a").sees("keys 1: a.");
    let written = pty.bytes().len();
    assert!(written > 2000, "{written}");
}

#[test]
fn a_counter_costs_little_and_a_frame_is_one_update() {
    let mut pty = started();
    pty.press("a").sees("keys 1: a.");
    pty.mark().press("b").sees("keys 2: a b.");
    let frames = pty.frames();
    assert_eq!(frames.len(), 1, "{frames:?}");
    assert!(pty.bytes().len() <= 60, "{frames:?}");
    pty.mark().press("ctrl-l").sees("keys 3: a b ctrl-l.");
    assert!(pty.bytes().len() > 2000, "a full frame");
}

#[test]
fn copying_ringing_and_asking_ride_on_the_frame() {
    let mut pty = started();
    pty.mark().press("y g e").sees("keys 3: y g e.");
    let bytes = String::from_utf8(pty.bytes()).expect("UTF-8");
    for expected in ["\x1b]52;c;Zm9ydW06ODgxMjE=\x07", "\x07", "\x1b[5n"] {
        assert!(bytes.contains(expected), "{bytes:?}");
    }
    pty.send(b"\x1b[0n").sees("echoed");
}

#[test]
fn a_flood_of_keys_is_read_whole() {
    let mut pty = started();
    for _ in 0..50 {
        pty.send(&[b'n'; 100]);
    }
    pty.sees("page 5000").sees("keys 5000:");
}

#[test]
fn no_terminal_is_said_plainly() {
    let me = std::env::current_exe().expect("a test knows where it is");
    let mut command = std::process::Command::new(me);
    command.args(["--ignored", "--exact", "probe::probe", "--nocapture"]).env("MODDESK_PROBE", "1");
    let output = command.stdin(std::process::Stdio::null()).output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("NoTerminal"), "{said}");
}
