//! The main screens as they look, at both sizes, in both languages, with a map of their styles.

use crate::driver::{Desk, hard, house, item};
use jiff::SignedDuration;
use moddesk::desk::News;
use moddesk::moderation::author::AuthorFigures;
use moddesk::moderation::claim::{Alike, BreakDue};
use moddesk::moderation::item::{Message, Reach, Subject};
use moddesk::moderation::shift::{Handover, ShiftState};
use moddesk::moderation::{Author, Report, Served, Verdict};
use moddesk::text::Untrusted;
use moddesk::tui::Settings;
use moddesk::words::Lang;

fn full() -> Served {
    let mut served =
        hard("forum:88121", "You are a total idiot. Read before you write! Look: https://evil.example/x", 1);
    let now = crate::driver::morning();
    let message = |author: &str, text: &str, ago: i64| Message {
        id: None,
        author: Some(author.into()),
        text: Some(text.into()),
        created_at: Some(now - SignedDuration::from_mins(ago)),
    };
    let item = &mut served.item;
    item.subject = Some(Subject { title: Some("Rail strike: Friday's trains".into()), ..Subject::default() });
    item.online = Some(true);
    item.reach = Some(Reach { views: Some(340), likes: Some(2), shares: None });
    item.channel = Some("forum".into());
    item.context = vec![
        message("anna", "Who knows the timetable?", 40),
        message("paul_m", "Another strike, thanks for the holidays…", 30),
        message("claire", "Find out before you complain", 20),
        message("zoe", "Both of you are right", 15),
    ];
    item.author = Some(Author {
        id: Some("u1".into()),
        name: Some("zorglub77".into()),
        posts: Some(214),
        removed: Some(9),
        note: Some("warned on Monday".into()),
        ..Author::default()
    });
    let report = |reason: &str| Report { reason: Some(Untrusted::new(reason)), ..Report::default() };
    item.reports = vec![report("hate"), report("insult"), report("hate")];
    item.scores.insert("toxicity".into(), 0.91.into());
    served.author = Some(AuthorFigures { items: 12, decided: 10, removed: 2, ..AuthorFigures::default() });
    served.alike = vec![Alike { verdict: Verdict::Delete, policy: Some("insult".into()), times: 2 }];
    served
}

fn french() -> Desk {
    Desk::with(Settings::default(), Lang::Fr)
}

/// One letter a style, so that a lost style shows where text alone would not.
fn styles(desk: &Desk) -> String {
    let cells = desk.cells();
    let mut seen = Vec::new();
    let mut map = String::new();
    for y in 0..cells.area.height {
        for x in 0..cells.area.width {
            let style = cells[(x, y)].style();
            let at = seen.iter().position(|there| *there == style).unwrap_or_else(|| {
                seen.push(style);
                seen.len() - 1
            });
            map.push(char::from(b'.' + u8::try_from(at).expect("few styles")));
        }
        map.push('\n');
    }
    map
}

#[test]
fn an_item() {
    for (name, desk) in [("en", Desk::open()), ("fr", french())] {
        for (columns, rows) in [(80, 24), (120, 40)] {
            let mut desk = desk_of(name).size(columns, rows).working([item("forum:88117", "spam"), full()]);
            desk.press("item.delete");
            desk.types("s");
            desk.turn(std::time::Duration::from_secs(1));
            insta::assert_snapshot!(format!("item_{name}_{columns}x{rows}"), desk.screen());
            if name == "en" && columns == 80 {
                insta::assert_snapshot!("item_styles", styles(&desk));
            }
        }
        drop(desk);
    }
}

fn desk_of(name: &str) -> Desk {
    if name == "fr" { french() } else { Desk::open() }
}

#[test]
fn the_chooser_of_policies() {
    for name in ["en", "fr"] {
        let mut desk = desk_of(name).working([full()]);
        desk.press("item.delete");
        insta::assert_snapshot!(format!("policies_{name}"), desk.screen());
    }
}

#[test]
fn a_covered_item() {
    for name in ["en", "fr"] {
        let mut served = full();
        served.severity = moddesk::wellbeing::Severity::DISTURBING;
        let desk = desk_of(name).working([served]);
        insta::assert_snapshot!(format!("covered_{name}"), desk.screen());
    }
}

#[test]
fn the_shift_screen() {
    for name in ["en", "fr"] {
        let mut desk = desk_of(name);
        let at = desk.now() - SignedDuration::from_hours(10);
        let handover = vec![Handover { by: "Sonia".into(), at, client: None, text: "Storm: be patient.".into() }];
        let ends_at = Some(desk.now() + SignedDuration::from_hours(8));
        desk.news(News::Shift(Box::new(ShiftState { running: true, ends_at, handover, ..ShiftState::default() })));
        insta::assert_snapshot!(format!("shift_{name}"), desk.screen());
    }
}

#[test]
fn the_break_screen() {
    for name in ["en", "fr"] {
        let mut desk = desk_of(name).working([full()]);
        let until = desk.now() + SignedDuration::from_mins(10);
        let due = BreakDue { until, rule: "acute".into(), required_s: 600 };
        desk.news(News::Shift(Box::new(ShiftState { running: true, on_break: Some(due), ..ShiftState::default() })));
        insta::assert_snapshot!(format!("break_{name}"), desk.screen());
    }
}

#[test]
fn the_summary() {
    for name in ["en", "fr"] {
        let mut desk = desk_of(name).working([full(), item("a:2", "x")]);
        desk.press("item.approve");
        desk.turn(std::time::Duration::from_secs(1));
        desk.press("shift.end");
        insta::assert_snapshot!(format!("summary_{name}"), desk.screen());
    }
}

#[test]
fn a_reply_being_written() {
    for name in ["en", "fr"] {
        let mut desk = desk_of(name).working([full()]);
        desk.press("item.reply");
        desk.types("Bonjour, merci.");
        insta::assert_snapshot!(format!("reply_{name}"), desk.screen());
    }
}

#[test]
fn no_screen_says_a_message_that_is_not_there() {
    for name in ["en", "fr"] {
        let pages = ["help.open", "item.charter", "item.history", "item.details", "item.thread", "day.figures"];
        let others = ["item.measure", "item.escalate", "item.pass", "item.grade", "item.sanction", "item.label"];
        let more = ["item.like_share", "item.forward", "item.insight", "alert.raise", "item.note", "palette.open"];
        for command in pages.into_iter().chain(others).chain(more) {
            let mut desk = desk_of(name).size(120, 60).working([full()]);
            desk.press(command);
            desk.sees_not("⟨desk");
            assert!(!desk.screen().contains('⟨'), "{command} in {name}:\n{}", desk.screen());
        }
    }
}

#[test]
fn a_policy_was_cut_off_after_two_hundred_columns_on_the_page_that_shows_all_of_it() {
    let mut desk = Desk::at_work([item("a:1", "words")]).size(120, 40);
    let News::House { mut clients, mut policies, queues } = house("news 4") else { panic!("a house") };
    let long = format!("{}to the end", "rather long ".repeat(40));
    clients[0].charter = Some(format!("{}of the charter", "word ".repeat(60)));
    let mut told = serde_json::to_value(&policies[0].1).expect("JSON");
    told["policies"][0]["text"]["en"] = long.into();
    policies[0].1 = serde_json::from_value(told).expect("policies");
    desk.news(News::House { clients, policies, queues });
    desk.press("item.charter");
    desk.sees("to the end");
    desk.sees("of the charter");
    desk.sees_not("at least level 0");
}

#[test]
fn an_author_without_a_name_left_a_hole_and_a_long_note_was_cut() {
    let mut served = item("a:1", "words");
    served.item.author = Some(Author {
        id: Some("u:7".into()),
        name: Some(" ".into()),
        note: Some(format!("{}ask for the number", "claim open ".repeat(20)).as_str().into()),
        ..Author::default()
    });
    let mut desk = Desk::at_work([served]);
    desk.sees(" u:7 ·");
    desk.press("item.history");
    desk.sees("What u:7 did here");
    desk.sees("ask for the");
}

#[test]
fn a_long_attribute_ran_into_its_value_and_the_next_lines_stood_under_the_name() {
    let mut served = item("a:1", "words");
    let value = "much ".repeat(30);
    let attributes = serde_json::json!({ "name that goes on and on and on and on and on": value });
    served.item.attributes = serde_json::from_value(attributes).expect("attributes");
    let desk = Desk::at_work([served]);
    let screen = desk.screen();
    desk.sees("…  much");
    for line in screen.lines().filter(|line| line.contains("much")).skip(1) {
        let before = line.find("much").expect("in it");
        assert!(before > 20 && line[..before].trim().is_empty(), "{screen}");
    }
}

#[test]
fn the_key_that_names_all_others_fell_off_a_narrow_hint_bar() {
    for lang in [Lang::En, Lang::Fr] {
        for (columns, rows) in [(60, 16), (60, 20), (80, 24)] {
            let desk = Desk::with(Settings::default(), lang).size(columns, rows).working([item("a:1", "words")]);
            desk.sees(if lang == Lang::Fr { "? aide" } else { "? help" });
            desk.sees("a a");
            desk.sees(if lang == Lang::Fr { "d retirer…" } else { "d delete…" });
        }
    }
}
