//! The shift, the screen, help, palette, find, alerts, changes of rules.

use crate::driver::{Desk, house, item};
use moddesk::desk::{Ask, News, Unsent};
use moddesk::moderation::AlertKind;
use moddesk::moderation::alert::AlertState;
use moddesk::tui::keymap::{Code, Key};
use moddesk::tui::{Settings, command};
use moddesk::words::Lang;
use std::time::Duration;

fn enter() -> Key {
    Key::plain(Code::Enter)
}

#[test]
fn the_shift_screen_opens_the_day_and_enter_starts() {
    let mut desk = Desk::open();
    desk.ahead([item("a:1", "first words")]);
    desk.sees("planned end 22:00");
    desk.sees("Daily News: charter news 14");
    desk.sees_not("first words");
    desk.press("shift.start");
    desk.sees("first words");
}

#[test]
fn straight_to_the_first_item_where_that_is_wanted() {
    let settings = moddesk::tui::Settings { go: true, ..Default::default() };
    let mut desk = Desk::with(settings, Lang::En);
    desk.ahead([item("a:1", "first words")]);
    desk.sees("first words");
}

#[test]
fn notes_for_the_next_shift_go_with_the_end() {
    let mut desk = Desk::at_work([item("a:1", "words")]);
    desk.press("shift.end");
    assert!(desk.asks.contains(&Ask::SendHeld));
    desk.press("summary.notes");
    desk.types("storm tonight");
    desk.press("text.done");
    desk.sees("storm tonight");
    desk.press("screen.leave");
    desk.sees("words");
    desk.press("shift.end");
    desk.press("summary.leave");
    let ended = desk.asks.iter().find_map(|ask| match ask {
        Ask::EndShift(notes) => Some(notes.clone()),
        _ => None,
    });
    assert_eq!(ended.expect("it ended")[0].text, "storm tonight");
    desk.news(News::Ended(Vec::new()));
    assert!(desk.left);
}

#[test]
fn a_changed_charter_waits_for_enter_before_the_next_item_of_that_client() {
    let mut desk = Desk::at_work([item("a:1", "first words"), item("a:2", "second words")]);
    desk.news(house("news 15"));
    desk.sees("first words");
    desk.press("item.approve");
    assert_eq!(desk.journal[0].policy_version.as_deref(), Some("news 14"), "the one that was on the screen");
    desk.sees("changed to news 15");
    desk.sees_not("second words");
    desk.press_slowly("item.approve");
    assert_eq!(desk.decided().len(), 1);
    desk.key(enter());
    desk.sees("second words");
    desk.press_slowly("item.approve");
    assert_eq!(desk.journal[1].policy_version.as_deref(), Some("news 15"));
}

#[test]
fn a_small_terminal_says_what_it_needs_and_holds_the_item_back() {
    let mut desk = Desk::at_work([item("a:1", "words"), item("a:2", "next")]);
    desk.resize(59, 15);
    desk.sees("60x16");
    desk.sees_not("words");
    desk.types("a");
    assert!(desk.decided().is_empty());
    desk.resize(60, 16);
    desk.sees("words");
    desk.sees("a approve");
    desk.sees("d delete");
    desk.press_slowly("item.approve");
    assert_eq!(desk.decided().len(), 1);
}

#[test]
fn an_alert_goes_out_at_once_and_stays_until_somebody_has_taken_it() {
    let mut desk = Desk::at_work([item("a:1", "words"), item("a:2", "next")]);
    desk.press("alert.raise");
    desk.types("s");
    let alert = desk.asks.iter().rev().find_map(|ask| match ask {
        Ask::Alert(alert) => Some(alert.clone()),
        _ => None,
    });
    let alert = alert.expect("it went out");
    assert_eq!((alert.kind, alert.plan), (AlertKind::Suicide, false));
    desk.types("p");
    assert!(desk.asks.iter().any(|ask| matches!(ask, Ask::Alert(alert) if alert.plan)));
    desk.press("screen.leave");
    let unsent = Unsent { alert: alert.clone(), why: "line down".into(), call: vec!["Sonia +33 1 00".into()] };
    desk.news(News::Alert(Err(unsent)));
    desk.sees("NOT SENT: ring Sonia");
    desk.press_slowly("item.approve");
    desk.sees("NOT SENT");
    let taken = Some(("Sonia".to_owned(), desk.now()));
    let state = AlertState { alert, by: "M-07".into(), taken, call: Vec::new() };
    desk.news(News::Alert(Ok(Box::new(state))));
    desk.sees("taken by Sonia");
}

#[test]
fn a_note_to_an_alert_that_was_left_half_written_was_lost() {
    let mut desk = Desk::at_work([item("a:1", "words"), item("a:2", "next")]);
    desk.press("alert.raise");
    desk.types("s");
    desk.press("alert.note");
    desk.types("blue house");
    desk.sees("Ctrl-S sends it");
    desk.press("screen.leave");
    desk.press("alert.note");
    desk.types(", third floor");
    desk.press("text.done");
    let note = desk.asks.iter().rev().find_map(|ask| match ask {
        Ask::Alert(alert) => alert.note.as_ref().map(|note| note.raw().to_owned()),
        _ => None,
    });
    assert_eq!(note.as_deref(), Some("blue house, third floor"));
}

#[test]
fn a_draft_of_nothing_but_an_alert_named_nothing() {
    for (lang, alone, with_plan) in [
        (Lang::En, "composed alert (suicide) ·", "composed alert (suicide, a plan) + like ·"),
        (Lang::Fr, "préparé alerte (suicide) ·", "préparé alerte (suicide, un plan) + j’aime ·"),
    ] {
        let mut desk = Desk::with(Settings::default(), lang).working([item("a:1", "words")]);
        desk.press("alert.raise");
        desk.types("s");
        desk.press("screen.leave");
        desk.sees(alone);
        let mut desk = Desk::with(Settings::default(), lang).working([item("a:1", "words")]);
        desk.press("alert.raise");
        desk.types("sp");
        desk.press("screen.leave");
        desk.press("item.like_share");
        desk.types("l");
        desk.sees(with_plan);
    }
}

#[test]
fn a_note_left_half_written_was_named_by_the_id_of_its_message() {
    let mut desk = Desk::at_work([item("a:1", "words"), item("a:2", "next")]);
    for (command, name) in [("item.note", "note"), ("item.reply", "reply")] {
        desk.press(command);
        desk.types("half of it");
        desk.press("screen.leave");
        desk.sees(&format!("{name} (unfinished)"));
    }
}

#[test]
fn a_sanction_was_offered_against_nobody() {
    let mut desk = Desk::at_work([item("a:1", "words"), item("a:2", "next")]);
    desk.press("item.sanction");
    desk.sees("nobody can be sanctioned");
}

#[test]
fn a_question_said_that_it_is_kept_where_it_is_sent() {
    let mut desk = Desk::at_work([item("a:1", "words"), item("a:2", "next")]);
    desk.press("item.doubt");
    desk.types("s");
    desk.sees("Ctrl-S sends it");
}

#[test]
fn escalating_after_an_alert_carries_it() {
    let mut desk = Desk::at_work([item("a:1", "words"), item("a:2", "next")]);
    desk.press("alert.raise");
    desk.types("t");
    desk.press("screen.leave");
    desk.press("item.escalate");
    desk.types("e");
    assert_eq!(desk.decided(), [("a:1", "escalate")]);
    assert_eq!(desk.journal[0].to.as_deref(), Some("escalated"));
    assert_eq!(desk.journal[0].imminent.as_ref().map(|imminent| imminent.kind), Some(AlertKind::Threat));
}

#[test]
fn the_palette_finds_a_command_by_a_few_letters() {
    let mut desk = Desk::at_work([item("a:1", "words")]);
    desk.press("palette.open");
    desk.types("curt");
    desk.key(enter());
    desk.sees("The curtain is down");
}

#[test]
fn a_curtain_with_a_word_opens_to_that_word_alone_and_shows_none_of_it() {
    let settings = Settings { curtain_word: Some("Zébulon".into()), ..Settings::default() };
    let mut desk = Desk::with(settings, Lang::En).working([item("a:1", "words")]);
    desk.press("curtain.drop");
    desk.sees("Type its word");
    desk.sees_not("words");
    desk.key(Key::char('a'));
    desk.key(enter());
    desk.sees("That is not the word");
    desk.types("Zébulom");
    desk.key(Key::plain(Code::Backspace));
    desk.sees_not("Zébulo");
    desk.types("n");
    desk.key(enter());
    desk.sees("words");
    assert_eq!(desk.decided(), [], "no letter of it decided anything");
}

#[test]
fn help_names_every_key_of_the_screen() {
    let mut desk = Desk::at_work([item("a:1", "words")]).size(120, 60);
    desk.press("help.open");
    desk.sees("Approve: it stays, or goes online");
    desk.sees("Keys: item");
}

#[test]
fn a_page_scrolls_and_escape_leaves_it() {
    let mut desk = Desk::at_work([item("a:1", "words")]);
    desk.press("help.open");
    desk.press("scroll.page_down");
    desk.sees_not("Approve: it stays");
    desk.press("screen.leave");
    desk.sees("words");
}

#[test]
fn find_marks_places_and_goes_from_one_to_the_next() {
    let text = (0..60).map(|n| if n % 20 == 19 { "a needle here\n" } else { "hay\n" }).collect::<String>();
    let mut desk = Desk::at_work([item("a:1", &text)]);
    desk.sees_not("needle");
    desk.press("item.find");
    desk.types("needle");
    desk.sees("3 places");
    desk.key(enter());
    desk.sees("a needle here");
    desk.sees("1 of 3");
    desk.press("item.find_next");
    desk.sees("2 of 3");
}

#[test]
fn an_action_that_the_backend_does_not_allow_says_why() {
    let mut served = item("a:1", "words");
    served.actions = vec!["approve".into()];
    let mut desk = Desk::at_work([served]);
    desk.sees("a approve");
    desk.sees_not("d delete");
    desk.press("item.delete");
    desk.sees("is not allowed");
}

#[test]
fn another_open_desk_is_asked_about_before_it_is_taken_over() {
    let mut desk = Desk::open();
    desk.news(News::OtherDesk("desk on pts/3".into()));
    desk.sees("Another desk of yours is open (desk on pts/3)");
    desk.press("shift.start");
    assert!(desk.asks.iter().any(|ask| matches!(ask, Ask::Begin { take_over: true, .. })));
    desk.news(News::TakenOver("pts/4".into()));
    assert!(desk.left);
}

#[test]
fn passing_hands_the_item_back_with_what_was_seen() {
    let mut desk = Desk::at_work([item("a:1", "words"), item("a:2", "next")]);
    desk.press("item.pass");
    desk.types("l");
    let pass = desk.asks.iter().find_map(|ask| match ask {
        Ask::Pass(pass) => Some(pass.clone()),
        _ => None,
    });
    let pass = pass.expect("it was passed");
    assert_eq!((pass.reason.code(), pass.sight.item.as_str()), ("language", "a:1"));
    assert!(pass.sight.active_ms.is_some_and(|ms| ms >= 2_000));
    desk.sees("next");
    desk.sees_not("language");
}

#[test]
fn hostile_content_reaches_no_cell_as_it_came() {
    let text = "a\u{1b}[31mred\u{7}\u{202e}txet\u{2028}x https://evil.example/x";
    let desk = Desk::at_work([item("a:1", text)]);
    let hostile =
        |cell: &ratatui::buffer::Cell| cell.symbol().chars().any(|c| c < ' ' || matches!(c, '\u{202a}'..='\u{202e}'));
    assert!(!desk.cells().content().iter().any(hostile));
    desk.sees("hxxps://evil[.]example");
    desk.sees("RLO");
}

#[test]
fn every_command_of_this_desk_can_be_run_or_says_why_not() {
    for name in command::all().map(|command| command.name) {
        for waiting in [0, 2] {
            let items = (0..waiting).map(|n| item(&format!("a:{n}"), "words"));
            let mut desk = Desk::at_work(items);
            let mut todo = Vec::new();
            moddesk::tui::update::key::run(&mut desk.model, name, None, &mut todo);
            desk.turn(Duration::from_secs(1));
        }
    }
}

#[test]
fn a_sealed_item_is_never_rendered() {
    let mut served = item("a:1", "words that must not be seen");
    served.item.sealed = Some("csam".into());
    let mut desk = Desk::at_work([served]);
    desk.sees("metadata only");
    desk.press("item.open");
    desk.sees("It is sealed");
    desk.sees_not("must not");
    desk.press("item.details");
    desk.sees_not("must not");
}

#[test]
fn a_page_that_is_open_stays_open_when_an_item_comes() {
    let mut desk = Desk::at_work([]);
    desk.press("help.open");
    desk.ahead([item("a:1", "words")]);
    desk.sees("Keys: item");
    desk.turn(Duration::from_secs(2));
    desk.types("q");
    desk.sees("words");
    desk.sees_not("End of shift");
    desk.burst([Key::char('a')]);
    assert!(desk.decided().is_empty(), "it had only just come in sight");
}

#[test]
fn whom_to_ring_about_an_alert_that_was_not_sent_was_cut_off_behind_a_long_id() {
    let id = format!("forum:{}", "8".repeat(60));
    let mut desk = Desk::at_work([item(&id, "words")]).size(60, 16);
    desk.press("alert.raise");
    desk.types("s");
    let alert = desk.model.alerts[0].alert.clone();
    let unsent = |call: Vec<String>| Unsent { alert: alert.clone(), why: "line down".into(), call };
    desk.news(News::Alert(Err(unsent(vec!["Sonia +33 1 00".into()]))));
    desk.sees("NOT SENT: ring Sonia +33 1 00");
    desk.model.alerts[0].call.clear();
    desk.news(News::Alert(Err(unsent(Vec::new()))));
    desk.sees("NOT SENT: tell your supervisor by");
}

#[test]
fn an_alert_that_was_withdrawn_left_the_screen_without_a_word() {
    let mut desk = Desk::at_work([item("a:1", "words")]);
    desk.press("alert.raise");
    desk.types("s");
    desk.types("w");
    desk.sees("ALERT suicide on a:1: withdrawn; the trace stays");
}
