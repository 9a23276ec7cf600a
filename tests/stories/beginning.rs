//! The first screen of a desk whose queue does not answer.

use crate::driver::{Desk, item};
use moddesk::desk::News;
use moddesk::desk::news::Down;
use moddesk::tui::Settings;
use moddesk::words::Lang;

fn down(desk: &mut Desk, unsent: u32) {
    desk.news(News::LineState { state: Err(Down::Unreachable("Connection refused".into())), unsent });
}

#[test]
fn a_desk_without_a_line_says_so_and_what_it_holds_and_opens_the_shift_when_the_queue_answers() {
    let mut desk = Desk::unheard(Settings::default(), Lang::En);
    desk.sees("Opening the desk.");
    down(&mut desk, 2);
    for words in ["offline since", "Connection refused", "Nothing is served before", "2 decisions are kept here"] {
        desk.sees(words);
    }
    desk.sees_not("Enter brings the first item");
    desk.sees_not("Nobody left a note");
    desk.press("shift.start");
    desk.sees("Nothing is served before the queue has answered");
    assert_eq!(desk.on_screen(), None);
    desk.news(News::LineState { state: Ok(Some(20)), unsent: 0 });
    desk.signs_in();
    desk.sees_not("offline since");
    desk.sees("Enter brings the first item");
    desk.ahead([item("a:1", "first words")]);
    desk.press("shift.start");
    assert_eq!(desk.on_screen(), Some("a:1"));
}

#[test]
fn why_a_desk_can_never_open_stays_on_its_first_screen() {
    let mut desk = Desk::unheard(Settings::default(), Lang::En);
    down(&mut desk, 0);
    desk.news(News::LineState { state: Ok(None), unsent: 0 });
    desk.news(News::Failed("the rules of the house have changed".into()));
    desk.press("shift.start");
    desk.sees("the rules of the house have changed");
}
