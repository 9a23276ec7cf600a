//! Breaks, the curtain, opening and covering.

use crate::driver::{Desk, hard, item};
use jiff::SignedDuration;
use moddesk::desk::{Ask, News};
use moddesk::moderation::claim::BreakDue;
use moddesk::moderation::shift::ShiftState;
use moddesk::tui::Settings;
use moddesk::tui::keymap::{Code, Key};
use moddesk::wellbeing::{Opened, Seen};
use moddesk::wellbeing::{Reveal, Rules};
use moddesk::words::Lang;
use std::time::Duration;

fn demo() -> Desk {
    Desk::with(Settings { rules: Rules::demo(), ..Settings::default() }, Lang::En)
}

fn minutes(n: u64) -> Duration {
    Duration::from_secs(60 * n)
}

#[test]
fn what_is_hard_arrives_covered_and_covers_itself_again() {
    let reveal = Reveal::For(Duration::from_secs(5));
    let desk = Desk::with(Settings { reveal, ..Settings::default() }, Lang::En);
    let mut desk = desk.working([hard("a:1", "Fine day. You vermin must go.", 2), item("a:2", "next")]);
    desk.sees("Fine day.");
    desk.sees_not("vermin");
    desk.sees("masked");
    desk.press("item.open");
    desk.sees("You vermin must go.");
    desk.turn(Duration::from_secs(6));
    desk.sees_not("vermin");
    let cells: String = desk.cells().content().iter().map(|cell| cell.symbol()).collect();
    assert!(!cells.contains("vermin"), "what was covered again is in no cell");
    desk.press("item.approve");
    assert_eq!((desk.journal[0].seen, desk.journal[0].opened), (Some(Seen::Full), Some(Opened::Text)));
}

#[test]
fn levels_3_and_4_arrive_as_a_summary_without_a_word_of_the_text() {
    let mut desk = Desk::open();
    desk.resize(120, 40);
    let mut desk = desk.working([hard("a:1", "gore described at length", 2), item("a:2", "next")]);
    desk.press("item.grade");
    desk.types("g");
    desk.sees("graded 3");
    desk.sees("summary only");
    desk.sees_not("gore");
    desk.sees_not("described");
}

#[test]
fn approving_what_was_never_opened_asks_once_more() {
    let mut desk = Desk::at_work([hard("a:1", "you vermin", 2), item("a:2", "next")]);
    desk.press("item.approve");
    desk.sees("not seen: o to open, or a again");
    assert!(desk.decided().is_empty());
    desk.press("item.approve");
    assert_eq!(desk.decided().len(), 1);
    assert_eq!(desk.journal[0].opened, Some(Opened::None));
}

#[test]
fn active_time_leaves_the_curtain_out() {
    let mut desk = Desk::at_work([item("a:1", "words"), item("a:2", "next")]);
    desk.turn(Duration::from_secs(3));
    desk.press("curtain.drop");
    desk.sees_not("words");
    desk.turn(Duration::from_secs(60));
    desk.key(Key::char('d'));
    desk.sees("words");
    desk.press_slowly("item.approve");
    let active = desk.journal[0].active_ms.expect("booked");
    assert!((5_000..9_000).contains(&active), "{active}");
    assert!(desk.decided() == [("a:1", "approve")], "the key that raised it meant nothing else");
}

#[test]
fn the_curtain_falls_by_itself_and_after_two_minutes_the_item_goes_back() {
    let mut desk = Desk::at_work([item("a:1", "words"), item("a:2", "next")]);
    desk.turn(Duration::from_secs(61));
    desk.sees("The curtain is down");
    desk.sees_not("words");
    desk.turn(minutes(3));
    assert!(desk.asks.iter().any(|ask| matches!(ask, Ask::Release(sights) if sights[0].item == "a:1")));
    assert!(desk.asks.contains(&Ask::Away(true)));
    desk.key(Key::char('x'));
    desk.sees("went back to the queue");
    assert!(desk.asks.contains(&Ask::Away(false)));
}

#[test]
fn a_break_due_by_a_decision_starts_at_once_and_no_key_ends_it() {
    let items = (0..40).map(|n| hard(&format!("a:{n}"), "words", 2));
    let mut desk = demo().working(items);
    let mut decided = 0;
    while desk.on_screen().is_some() && decided < 40 {
        desk.press("item.open");
        desk.press_slowly("item.approve");
        desk.turn(Duration::from_secs(3));
        decided += 1;
    }
    desk.sees("Break");
    desk.sees("a lot of hard content");
    desk.sees_not("words");
    desk.sees_not("due ");
    desk.sees_not("waiting");
    assert!(desk.asks.iter().any(|ask| matches!(ask, Ask::BeginBreak { rule, .. } if rule == "acute")));
    for key in ["a", "d", "x", "u", "o", "z", "B"] {
        desk.types(key);
        desk.sees("Break");
    }
    desk.key(Key::plain(Code::Enter));
    desk.key(Key::plain(Code::Esc));
    desk.sees("Break");
    assert!(!desk.asks.contains(&Ask::EndBreak));
    desk.turn(minutes(2));
    desk.sees("The break is over");
    assert!(desk.on_screen().is_none(), "nothing appears unasked");
    desk.key(Key::plain(Code::Enter));
    assert!(desk.asks.contains(&Ask::EndBreak));
    desk.news(News::Shift(Box::new(ShiftState { running: true, ..ShiftState::default() })));
    desk.ahead([item("b:1", "after the break")]);
    desk.sees("after the break");
}

#[test]
fn a_break_due_by_time_waits_for_the_decision_on_screen_but_not_for_ever() {
    let mut desk = Desk::at_work([item("a:1", "words"), item("a:2", "next")]);
    desk.model.settings.curtain_after = Duration::ZERO;
    desk.turn(minutes(50));
    desk.sees("words");
    desk.sees("A break is due after this item.");
    desk.press("item.approve");
    desk.sees("close to an hour");

    let mut desk = Desk::at_work([item("a:1", "words"), item("a:2", "next")]);
    desk.model.settings.curtain_after = Duration::ZERO;
    desk.turn(minutes(53));
    desk.sees("close to an hour");
    assert!(desk.asks.iter().any(|ask| matches!(ask, Ask::Release(sights) if sights[0].item == "a:1")));
    assert!(desk.decided().is_empty());
}

#[test]
fn the_queue_has_the_last_word_on_a_break() {
    let mut desk = Desk::at_work([item("a:1", "words")]);
    let until = desk.now() + SignedDuration::from_mins(10);
    let due = BreakDue { until, rule: "acute".into(), required_s: 600 };
    let state = ShiftState { running: true, on_break: Some(due.clone()), ..ShiftState::default() };
    desk.news(News::Shift(Box::new(state)));
    desk.sees("Break");
    desk.turn(minutes(11));
    desk.key(Key::plain(Code::Enter));
    let later = BreakDue { until: until + SignedDuration::from_mins(5), ..due };
    desk.news(News::Break(later));
    desk.sees("minutes left");
    assert!(desk.on_screen().is_none());
}

#[test]
fn the_last_minute_counts_down_and_nothing_else_does() {
    let mut desk = Desk::at_work([item("a:1", "words")]);
    let until = desk.now() + SignedDuration::from_mins(3);
    let due = BreakDue { until, rule: "run".into(), required_s: 180 };
    let state = ShiftState { running: true, on_break: Some(due), ..ShiftState::default() };
    desk.news(News::Shift(Box::new(state)));
    desk.sees("3 minutes left");
    let frames = desk.frames;
    desk.turn(minutes(2));
    assert!(desk.frames - frames <= 6, "{}", desk.frames - frames);
    desk.turn(Duration::from_secs(10));
    desk.sees("50 seconds left");
}

#[test]
fn a_break_of_ones_own_is_blank_at_once_and_any_key_returns() {
    let mut desk = Desk::at_work([item("a:1", "words")]);
    desk.press("break.take");
    desk.sees_not("words");
    desk.sees("Nobody asks why");
    desk.press("break.say_lunch");
    desk.sees("lunch");
    desk.turn(minutes(1));
    desk.key(Key::char('j'));
    desk.sees("words");
    assert!(desk.asks.contains(&Ask::EndBreak));
    assert!(!desk.asks.iter().any(|ask| matches!(ask, Ask::Release(_))));
}

#[test]
fn a_long_break_of_ones_own_gives_the_item_back_and_keeps_its_draft() {
    let mut desk = Desk::at_work([item("a:1", "words")]);
    desk.press("item.note");
    desk.types("half a thought");
    desk.press("text.done");
    desk.press("break.take");
    desk.turn(minutes(3));
    assert!(desk.asks.iter().any(|ask| matches!(ask, Ask::Release(_))));
    assert!(desk.drafts.contains_key("a:1"));
    desk.key(Key::char('j'));
    desk.ahead([item("a:1", "words")]);
    desk.sees("composed");
}

#[test]
fn an_idle_desk_wakes_once_a_minute() {
    let mut desk = Desk::at_work([item("a:1", "words")]);
    desk.model.settings.curtain_after = Duration::ZERO;
    let frames = desk.frames;
    desk.turn(minutes(10));
    assert!(desk.frames - frames <= 11, "{}", desk.frames - frames);
}

#[test]
fn a_line_to_breathe_by_moves_only_where_it_was_asked_to_and_once_a_second() {
    let rest = |breathing| {
        let settings = Settings { breathing, help: vec!["3114".into()], ..Settings::default() };
        let mut desk = Desk::with(settings, Lang::En).working([item("a:1", "words")]);
        let due =
            BreakDue { until: desk.now() + SignedDuration::from_mins(30), rule: "acute".into(), required_s: 1800 };
        desk.news(News::Shift(Box::new(ShiftState { running: true, on_break: Some(due), ..ShiftState::default() })));
        desk
    };
    let mut still = rest(false);
    still.sees("in for 4 seconds, out for 6");
    still.sees("If something stays with you: 3114");
    let frames = still.frames;
    still.turn(Duration::from_secs(50));
    assert!(still.frames - frames <= 2, "nothing moves");
    let mut moves = rest(true);
    moves.sees("breathe in");
    let frames = moves.frames;
    moves.turn(Duration::from_secs(5));
    moves.sees("breathe out");
    moves.turn(Duration::from_secs(55));
    assert!((55..=63).contains(&(moves.frames - frames)), "{}", moves.frames - frames);
    moves.turn(minutes(12));
    let frames = moves.frames;
    moves.turn(minutes(5));
    assert!(moves.frames - frames <= 30, "after ten minutes it is still: {}", moves.frames - frames);
}

#[test]
fn one_s_own_page_has_every_number_with_its_formula_and_topics_are_taken_out_by_letter() {
    use moddesk::moderation::Verdict;
    use moddesk::moderation::mine::{Mine, Overturned};
    let mut desk = Desk::open().size(120, 40).working([hard("a:1", "words", 3), item("a:2", "next")]);
    desk.press("item.open");
    desk.press_slowly("item.approve");
    desk.press("day.figures");
    assert!(desk.asks.contains(&Ask::Mine));
    desk.sees("no supervisor sees it");
    desk.sees("A · 2^(−dt / half_life)");
    desk.sees("half_life = 30");
    let overturned = vec![Overturned {
        item: "z:9".into(),
        decided_at: desk.now(),
        verdict: Verdict::Delete,
        policy: Some("hate".into()),
        at: desk.now(),
        by: "M-02".into(),
        reason: Some("it was satire".into()),
    }];
    let mine = Mine { overturned, topics: vec!["spam".into()], ..Mine::default() };
    desk.news(News::Mine(Box::new(mine)));
    desk.press("scroll.bottom");
    desk.sees("undone by M-02");
    desk.sees("it was satire");
    desk.sees("Not served to you: spam");
    desk.press("screen.leave");

    desk.press("day.topics");
    let mine = Mine { topics: vec!["spam".into()], ..Mine::default() };
    desk.news(News::Mine(Box::new(mine)));
    desk.sees("not served");
    desk.types("h");
    assert_eq!(desk.asks.last(), Some(&Ask::OptOut(vec!["spam".into(), "hate".into()])));
    desk.news(News::Mine(Box::new(Mine { topics: vec!["hate".into(), "spam".into()], ..Mine::default() })));
    desk.sees("Not served from the next item fetched on: hate, spam");
    assert!(desk.decided().len() == 1, "a letter of a topic decides nothing");
}

#[test]
fn the_day_s_question_is_off_until_it_is_asked_for() {
    let mut desk = Desk::at_work([item("a:1", "words")]);
    desk.press_slowly("shift.end");
    desk.sees_not("check-in");
    desk.press("day.check_in");
    desk.sees("The check-in is off");
    let mut desk =
        Desk::with(Settings { check_in: true, ..Settings::default() }, Lang::En).working([item("a:1", "words")]);
    desk.press_slowly("shift.end");
    desk.sees("check-in, for you alone");
    desk.press("day.check_in");
    desk.sees("how are you?");
    desk.types("4");
    desk.sees("how heavy was it?");
    desk.types("2");
    assert_eq!(desk.checked_in, [(4, 2)]);
    desk.sees("for you alone");
}

#[test]
fn the_masking_that_was_chosen_is_there_again_the_next_day() {
    let mut desk = Desk::at_work([item("a:1", "you idiot"), item("a:2", "next")]);
    desk.sees("idiot");
    desk.press("item.masking");
    desk.sees_not("idiot");
    let recent = desk.remembered.take().expect("it is to be remembered");
    let settings = Settings { recent, ..Settings::default() };
    let desk = Desk::with(settings, Lang::En).working([item("a:1", "you idiot")]);
    desk.sees_not("idiot");
}

#[test]
fn what_a_break_says_was_cut_off_on_the_narrowest_screen() {
    for lang in [Lang::En, Lang::Fr] {
        for rule in ["run", "acute", "hourly"] {
            let mut desk = Desk::with(Settings::default(), lang).size(60, 16).working([item("a:1", "words")]);
            let until = desk.now() + SignedDuration::from_mins(3);
            let on_break = Some(BreakDue { until, rule: rule.into(), required_s: 180 });
            desk.news(News::Shift(Box::new(ShiftState { running: true, on_break, ..ShiftState::default() })));
            assert!(!desk.screen().contains('…'), "{rule}\n{}", desk.screen());
            desk.turn(minutes(4));
            assert!(!desk.screen().contains('…'), "{rule} over\n{}", desk.screen());
        }
    }
}

#[test]
fn the_own_page_wrote_english_numbers_and_one_of_many_in_french() {
    let mut desk = Desk::with(Settings::default(), Lang::Fr).size(120, 60).working([hard("a:1", "words", 2)]);
    desk.turn(Duration::from_secs(30));
    desk.press("item.open");
    desk.press_slowly("item.approve");
    desk.press_slowly("item.approve");
    desk.press("day.figures");
    desk.sees("texte 0,5");
    desk.sees_not("texte 0.5");
}
