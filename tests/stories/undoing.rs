//! Taking back, and what the queue says of decisions.

use crate::driver::{Desk, item};
use moddesk::desk::{Ask, News};
use moddesk::moderation::claim::LostLease;
use moddesk::moderation::{Outcome, Recorded, Refusal, Verdict};
use moddesk::tui::keymap::{Code, Key};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

fn three() -> Desk {
    Desk::at_work([item("a:1", "first words"), item("a:2", "second words"), item("a:3", "third words")])
}

fn recorded(id: Uuid, outcome: Outcome) -> Recorded {
    let (state, by, verdict, message, item) = (None, None, None, None, None);
    Recorded { id, outcome, state, by, verdict, message, item }
}

#[test]
fn undo_again_takes_back_the_one_before() {
    let mut desk = three();
    desk.press("item.approve");
    desk.press_slowly("item.approve");
    desk.press("item.undo");
    assert_eq!(desk.on_screen(), Some("a:2"));
    desk.press("item.undo");
    assert_eq!(desk.on_screen(), Some("a:1"));
    assert!(desk.decided().is_empty());
    desk.press_slowly("item.approve");
    assert_eq!(desk.on_screen(), Some("a:2"), "what was put back follows in its order");
}

#[test]
fn undo_takes_the_follow_ups_with_it_and_they_stand_in_the_draft_again() {
    let mut desk = three();
    desk.press("item.note");
    desk.types("second time");
    desk.press("text.done");
    desk.press("item.approve");
    assert_eq!(desk.journal[0].note.as_ref().map(|note| note.raw()), Some("second time"));
    desk.press("item.undo");
    assert!(desk.decided().is_empty());
    assert_eq!(desk.model.current.as_ref().map(|shown| shown.draft.note.as_str()), Some("second time"));
}

#[test]
fn what_was_sent_takes_a_reversal() {
    let mut desk = three();
    desk.press("item.approve");
    let id = desk.journal[0].id;
    desk.news(News::Settled(vec![recorded(id, Outcome::Recorded)]));
    desk.press_slowly("item.undo");
    desk.sees("was already sent");
    desk.key(Key::plain(Code::Enter));
    assert!(desk.asks.contains(&Ask::Reverse(id)));
    desk.news(News::Reversed(id, Box::new(recorded(id, Outcome::Recorded))));
    desk.sees("reversed: a:1");
    let back = vec![Arc::new(item("a:1", "first words"))];
    desk.news(News::Ahead { items: back, waiting: 3, first: true });
    assert_eq!(desk.on_screen(), Some("a:1"));
    desk.press_slowly("item.approve");
    assert_eq!(desk.on_screen(), Some("a:2"));
}

#[test]
fn what_was_decided_last_stays_named_when_it_has_left() {
    let mut desk = three();
    desk.press("item.approve");
    desk.sees("held approved a:1, leaves");
    desk.news(News::Settled(vec![recorded(desk.journal[0].id, Outcome::Recorded)]));
    desk.sees("last approved a:1 · u undoes it");
}

#[test]
fn without_a_hold_the_answer_of_the_queue_drew_the_screen_a_second_time() {
    let settings = moddesk::tui::Settings { hold: Duration::ZERO, ..Default::default() };
    let items = [item("a:1", "first words"), item("a:2", "second words")];
    let mut desk = Desk::with(settings, moddesk::words::Lang::En).working(items);
    desk.press("item.approve");
    desk.sees("last approved a:1 · u undoes it");
    let before = desk.cells().clone();
    desk.news(News::Settled(vec![recorded(desk.journal[0].id, Outcome::Recorded)]));
    assert_eq!(before.diff(desk.cells()), []);
}

#[test]
fn a_full_disk_was_called_offline_and_never_named() {
    let mut desk = three();
    desk.press("item.approve");
    let why = "the disk is full: nothing was recorded; free some space and try again";
    let state = Err(moddesk::desk::news::Down::Unreachable(why.into()));
    desk.news(News::LineState { state, unsent: 1 });
    desk.sees("offline since");
    desk.sees("the disk is full");
    desk.news(News::LineState { state: Ok(None), unsent: 0 });
    desk.sees("The line is back");
    desk.sees_not("the disk is full");
}

#[test]
fn sending_that_has_begun_is_told_and_a_reversal_offered() {
    let mut desk = three();
    desk.press("item.approve");
    desk.sending.push(desk.journal[0].id);
    desk.press("item.undo");
    desk.sees("was already sent");
    assert_eq!(desk.decided().len(), 1);
}

#[test]
fn a_decision_that_could_not_be_recorded_stays_listed_until_it_is_read() {
    let mut desk = three();
    desk.press("item.approve");
    let id = desk.journal[0].id;
    let mut answer = recorded(id, Outcome::Conflict);
    answer.by = Some("M-04".into());
    answer.verdict = Some(Verdict::Delete);
    desk.news(News::Settled(vec![answer]));
    desk.sees("could not be recorded");
    desk.press_slowly("item.approve");
    desk.sees("could not be recorded");
    desk.press("item.unsettled");
    desk.sees("M-04 was first: deleted");
    desk.key(Key::plain(Code::Enter));
    assert!(desk.asks.contains(&Ask::Read(vec![id])));
    desk.sees_not("could not be recorded");
}

#[test]
fn an_item_decided_elsewhere_says_so_and_a_key_on_its_way_decides_nothing() {
    let mut desk = three();
    let refusal = Refusal { item: "a:1".into(), why: LostLease::Decided };
    desk.news(News::Lost(vec![refusal]));
    desk.sees("somebody has decided it");
    assert_eq!(desk.on_screen(), Some("a:2"));
    desk.burst([Key::char('a')]);
    assert!(desk.decided().is_empty());
    assert!(desk.asks.iter().any(|ask| matches!(ask, Ask::Expose(sight) if sight.item == "a:1")));
}

#[test]
fn a_newer_revision_takes_the_place_of_the_one_on_screen() {
    let mut desk = three();
    let mut edited = item("a:1", "edited words");
    edited.item.revision = 2;
    desk.news(News::Revised(Arc::new(edited)));
    desk.sees("edited words");
    desk.sees_not("first words");
    desk.sees("this is revision 2");
    desk.burst([Key::char('a')]);
    assert!(desk.decided().is_empty());
    desk.press_slowly("item.approve");
    assert_eq!(desk.journal[0].revision, 2);
}

#[test]
fn a_draft_is_kept_and_offered_when_its_item_returns() {
    let mut desk = three();
    desk.press("item.note");
    desk.types("look again");
    desk.press("text.done");
    let kept = desk.drafts.get("a:1").cloned().expect("the journal has it");
    let mut again = Desk::open();
    again.news(News::Recovered { sent: 2, impossible: Vec::new(), drafts: vec![("a:1".into(), kept)] });
    let mut again = again.working([item("a:1", "first words")]);
    again.sees("composed");
    again.press_slowly("item.approve");
    assert_eq!(again.journal[0].note.as_ref().map(|note| note.raw()), Some("look again"));
}

#[test]
fn memory_does_not_grow_with_what_was_decided() {
    let settings = moddesk::tui::Settings { guard: Duration::ZERO, hold: Duration::ZERO, ..Default::default() };
    let mut desk = Desk::with(settings, moddesk::words::Lang::En).working([item("a:0", "words")]);
    for n in 1..=500 {
        desk.ahead([item(&format!("a:{n}"), "words")]);
        desk.burst([Key::char('a')]);
        let id = desk.journal.last().expect("decided").id;
        desk.news(News::Settled(vec![recorded(id, Outcome::Recorded)]));
    }
    assert!(desk.model.held.is_empty());
    assert!(desk.model.sent.len() <= 32);
    assert!(desk.model.ahead.len() <= 1);
}

#[test]
fn what_is_still_typed_after_a_box_was_closed_by_news_decides_nothing() {
    let mut desk = three();
    desk.press("item.reply");
    desk.types("we are sorry th");
    desk.news(News::Lost(vec![Refusal { item: "a:1".into(), why: LostLease::Withdrawn }]));
    for c in "at this happened again".chars() {
        desk.turn(Duration::from_millis(200));
        desk.key(Key::char(c));
    }
    assert!(desk.decided().is_empty());
    assert_eq!(desk.on_screen(), Some("a:2"));
    assert!(desk.model.layers.is_empty());
    desk.turn(Duration::from_secs(2));
    desk.press("item.approve");
    assert_eq!(desk.decided().len(), 1);
}
