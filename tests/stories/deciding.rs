//! See, decide, next.

use crate::driver::{Desk, item};
use std::time::Duration;

#[test]
fn one_key_approves_and_the_next_item_is_there_in_the_same_frame() {
    let mut desk = Desk::at_work([item("a:1", "first words"), item("a:2", "second words")]);
    desk.sees("first words");
    desk.sees_not("second words");
    desk.sees("a approve");
    desk.sees("d delete");
    desk.press("item.approve");
    desk.sees("second words");
    desk.sees_not("first words");
    desk.sees("approved a:1");
    assert_eq!(desk.decided(), [("a:1", "approve")]);
}

#[test]
fn deleting_is_two_keys_and_undo_brings_the_item_back() {
    let mut desk = Desk::at_work([item("a:1", "first words"), item("a:2", "second words")]);
    desk.press("item.delete");
    desk.sees("Spam");
    desk.types("s");
    desk.sees("second words");
    assert_eq!(desk.decided(), [("a:1", "delete")]);
    assert_eq!(desk.journal[0].policy.as_deref(), Some("spam"));
    assert_eq!(desk.journal[0].policy_version.as_deref(), Some("news 14"));
    desk.turn(Duration::from_secs(1));
    desk.press("item.undo");
    desk.sees("first words");
    desk.sees("taken back: a:1");
    assert!(desk.decided().is_empty());
}

#[test]
fn the_shift_is_planned_to_end_earlier_before_it_begins() {
    let mut desk = Desk::open();
    let ends = desk.model.shift.ends_at.expect("a planned end");
    desk.press("shift.earlier");
    let asked = desk.asks.iter().rev().find_map(|ask| match ask {
        moddesk::desk::Ask::Begin { ends_at, .. } => *ends_at,
        _ => None,
    });
    assert_eq!(asked, Some(ends - jiff::SignedDuration::from_mins(30)));
    desk.turn(Duration::from_secs(7 * 3600 + 1));
    desk.press("shift.earlier");
    desk.sees("less than an hour");
}

#[test]
fn the_shift_ends_by_q_and_one_enter() {
    let mut desk = Desk::at_work([item("a:1", "first words")]);
    desk.press("item.approve");
    desk.turn(Duration::from_secs(1));
    desk.press("shift.end");
    desk.sees("End of shift");
    desk.sees_not("first words");
    desk.press("summary.leave");
    assert!(desk.asks.iter().any(|ask| matches!(ask, moddesk::desk::Ask::EndShift(_))));
}
