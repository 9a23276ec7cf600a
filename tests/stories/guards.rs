//! Guards against the wrong finger.

use crate::driver::{Desk, Journal, hard, item};
use moddesk::tui::keymap::{Code, Key};
use std::time::Duration;

fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

fn two() -> Desk {
    Desk::at_work([item("a:1", "first words"), item("a:2", "second words"), item("a:3", "third words")])
}

#[test]
fn a_key_that_decides_is_refused_until_the_item_can_have_been_seen() {
    let mut desk = two();
    desk.press("item.approve");
    assert_eq!(desk.on_screen(), Some("a:2"));
    desk.turn(ms(100));
    desk.press("item.approve");
    desk.sees("Too early");
    assert_eq!(desk.decided().len(), 1);
    desk.turn(ms(300));
    desk.press("item.approve");
    assert_eq!(desk.decided().len(), 2);
}

#[test]
fn the_round_trip_of_the_line_is_added_to_the_guard() {
    let mut desk = two();
    desk.model.terminal_ms = 300;
    desk.press("item.approve");
    desk.turn(ms(400));
    desk.press("item.approve");
    desk.sees("Too early");
    desk.turn(ms(300));
    desk.press("item.approve");
    assert_eq!(desk.decided().len(), 2);
}

#[test]
fn a_key_held_down_decides_once() {
    let mut desk = two();
    let approve = Key::char('a');
    // 30 repeats a second, for long enough that the guard alone would let one through.
    for _ in 0..40 {
        desk.turn(ms(33));
        desk.burst([approve]);
    }
    assert_eq!(desk.decided().len(), 1, "{}", desk.screen());
    desk.sees("held down");
}

#[test]
fn a_policy_letter_decides_and_is_guarded_too() {
    let mut desk = two();
    desk.press("item.approve");
    desk.burst([Key::char('d'), Key::char('s')]);
    assert_eq!(desk.decided().len(), 1, "{}", desk.screen());
    desk.turn(ms(500));
    desk.types("s");
    assert_eq!(desk.decided(), [("a:1", "approve"), ("a:2", "delete")]);
}

#[test]
fn keys_beyond_what_was_fetched_are_refused_with_a_mark() {
    let mut desk = Desk::at_work([item("a:1", "only words")]);
    desk.press("item.approve");
    desk.press("item.approve");
    desk.sees("not here yet");
    assert_eq!(desk.decided().len(), 1);
    desk.ahead([item("a:2", "late words")]);
    assert_eq!(desk.on_screen(), Some("a:2"), "the key was not queued for it");
    assert_eq!(desk.decided().len(), 1);
}

#[test]
fn a_flood_of_keys_decides_only_what_was_on_screen() {
    let settings = moddesk::tui::Settings { guard: Duration::ZERO, hold: Duration::ZERO, ..Default::default() };
    let desk = Desk::with(settings, moddesk::words::Lang::En);
    let items = (0..20).map(|n| item(&format!("a:{n}"), &format!("words {n}")));
    let mut desk = desk.working(items);
    let frames = desk.frames;
    desk.burst(std::iter::repeat_n(Key::char('a'), 200));
    assert_eq!(desk.decided().len(), 20);
    assert!(desk.frames >= frames + 20, "every item had a frame of its own");
    desk.sees("not here yet");
}

#[test]
fn opening_is_refused_for_the_first_moment() {
    let mut desk = Desk::at_work([item("a:1", "words"), hard("a:2", "you vermin", 2)]);
    desk.press("item.approve");
    desk.turn(ms(200));
    desk.press("item.open");
    desk.sees("Too early");
    desk.sees_not("vermin");
    desk.turn(ms(300));
    desk.press("item.open");
    desk.sees("vermin");
}

#[test]
fn q_right_after_a_does_not_end_the_shift() {
    let mut desk = two();
    desk.press("item.approve");
    desk.turn(ms(200));
    desk.press("shift.end");
    desk.sees("Too soon");
    desk.turn(ms(400));
    desk.press("shift.end");
    desk.sees("End of shift");
}

#[test]
fn a_change_of_client_has_a_mark_and_a_longer_guard() {
    let mut other = item("s:1", "a lamp");
    other.client = "shop".into();
    other.queue = "reviews".into();
    let mut desk = Desk::at_work([item("a:1", "words"), other]);
    desk.press("item.approve");
    desk.sees("The Shop ◆");
    desk.turn(ms(500));
    desk.press("item.approve");
    desk.sees("another client");
    desk.turn(ms(500));
    desk.press("item.approve");
    assert_eq!(desk.decided().len(), 2);
}

#[test]
fn zero_turns_the_timed_guards_off_and_nothing_else() {
    let settings = moddesk::tui::Settings { guard: Duration::ZERO, ..Default::default() };
    let mut desk = Desk::with(settings, moddesk::words::Lang::En).working([hard("a:1", "you vermin", 2)]);
    desk.burst([Key::char('a')]);
    desk.sees("not seen");
    assert!(desk.decided().is_empty());
}

#[test]
fn a_paste_decides_nothing() {
    let mut desk = two();
    desk.paste(&"a".repeat(2048));
    assert!(desk.decided().is_empty());
    desk.sees("2048 pasted characters ignored");
    assert_eq!(desk.on_screen(), Some("a:1"));
}

#[test]
fn keys_in_a_text_box_never_decide_and_enter_never_sends() {
    let mut desk = two();
    desk.press("item.reply");
    desk.types("abandon, please");
    desk.key(Key::plain(Code::Enter));
    desk.paste("aaaa");
    desk.sees("abandon, please");
    assert!(desk.decided().is_empty());
    desk.press("screen.leave");
    assert!(desk.decided().is_empty());
    assert!(desk.model.current.as_ref().is_some_and(|shown| shown.draft.follow_ups.is_empty()));
    desk.press("item.reply");
    desk.sees("abandon, please");
    desk.press("text.done");
    desk.sees("public reply");
    assert!(desk.decided().is_empty(), "a follow-up never implies a verdict");
    desk.press("item.approve");
    assert_eq!(desk.journal[0].follow_ups.len(), 1);
}

#[test]
fn enter_on_an_item_sends_nothing() {
    let mut desk = two();
    desk.key(Key::plain(Code::Enter));
    desk.sees("Enter sends nothing");
    assert!(desk.decided().is_empty());
}

#[test]
fn a_grave_policy_asks_once_more_with_what_it_will_do() {
    let mut desk = two();
    desk.press("item.delete");
    desk.types("t");
    desk.sees("a grave policy");
    assert!(desk.decided().is_empty());
    desk.types("x");
    assert!(desk.decided().is_empty());
    desk.press("screen.leave");
    desk.sees("first words");
    desk.press("item.delete");
    desk.types("t");
    desk.turn(ms(100));
    desk.types("t");
    assert_eq!(desk.decided(), [("a:1", "delete")]);
}

#[test]
fn a_held_letter_does_not_answer_the_question_of_a_grave_policy() {
    let mut desk = two();
    desk.press("item.delete");
    desk.turn(ms(60));
    desk.burst([Key::char('t'), Key::char('t')]);
    assert!(desk.decided().is_empty(), "{}", desk.screen());
}

#[test]
fn a_sealing_policy_is_held_ten_seconds_at_least() {
    let settings = moddesk::tui::Settings { hold: Duration::ZERO, ..Default::default() };
    let mut desk = Desk::with(settings, moddesk::words::Lang::En).working([item("a:1", "x"), item("a:2", "y")]);
    let before = desk.now();
    desk.press("item.delete");
    desk.types("m");
    desk.sees("seals the item");
    desk.types("m");
    let left = desk.model.held[0].leaves_at.duration_since(before).as_secs();
    assert!(left >= 10, "{left}");
}

#[test]
fn an_unbound_key_says_so_and_a_capital_asks_for_caps_lock() {
    let mut desk = two();
    desk.types("z");
    desk.sees("z does nothing here");
    desk.types("A");
    desk.sees("Caps Lock");
    assert!(desk.decided().is_empty());
}

#[test]
fn escape_leaves_and_writes_nothing() {
    let mut desk = two();
    for command in ["item.delete", "item.measure", "item.pass", "item.note", "palette.open", "help.open", "item.find"] {
        desk.press(command);
        desk.key(Key::plain(Code::Esc));
        assert!(desk.model.layers.is_empty(), "{command}");
    }
    assert!(desk.decided().is_empty());
    assert_eq!(desk.on_screen(), Some("a:1"));
}

#[test]
fn a_full_disk_leaves_the_item_where_it_was() {
    let mut desk = two();
    desk.disk = Journal::Full;
    desk.press("item.approve");
    assert_eq!(desk.on_screen(), Some("a:1"));
    desk.sees("the disk is full");
    desk.sees_not("held");
    desk.disk = Journal::Works;
    desk.turn(ms(500));
    desk.press("item.approve");
    assert_eq!(desk.on_screen(), Some("a:2"));
    assert_eq!(desk.decided(), [("a:1", "approve")]);
}

#[test]
fn enter_picked_the_first_line_of_a_list_that_nobody_had_pointed_at() {
    let mut desk = two();
    for command in ["item.delete", "alert.raise", "item.pass", "item.measure"] {
        desk.press(command);
        desk.press("list.choose");
        desk.sees("Enter picks nothing here");
        assert!(desk.decided().is_empty(), "{command}\n{}", desk.screen());
        assert!(desk.model.alerts.is_empty(), "{command}\n{}", desk.screen());
        assert_eq!(desk.on_screen(), Some("a:1"), "{command}");
        desk.press("screen.leave");
    }
    desk.press("item.delete");
    desk.press("list.down");
    desk.press("list.down");
    desk.turn(ms(400));
    desk.press("list.choose");
    assert_eq!(desk.decided(), [("a:1", "delete")], "{}", desk.screen());
}

#[test]
fn a_list_that_does_not_fit_said_nothing_of_what_is_below_and_its_filter_promised_letters() {
    let mut desk = two().size(60, 16);
    desk.press("item.insight");
    desk.sees("1–8 / 9");
    desk.press("list.filter");
    desk.sees("Enter picks the marked line");
    desk.sees_not("a letter picks");
}
