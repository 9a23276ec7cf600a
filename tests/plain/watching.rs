//! The supervisor line by line: words in, lines and asks out.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use moddesk::desk::{FloorAsk, FloorNews, Kept};
use moddesk::moderation::alert::AlertState;
use moddesk::moderation::floor::{FloorNow, PersonNow, QueueNow, Step, Takes};
use moddesk::moderation::queue::QueueStats;
use moddesk::moderation::{Alert, AlertKind, Item, Verdict};
use moddesk::plain::watch::{Out, Watching};
use moddesk::words::{Lang, Words};
use std::sync::Arc;
use uuid::Uuid;

fn now() -> Timestamp {
    "2026-11-22T14:00:00Z".parse().expect("a time")
}

fn watching(lang: Lang) -> Watching {
    Watching::new(Arc::new(Words::new(lang)), TimeZone::UTC, now())
}

fn house() -> FloorNow {
    let stats = QueueStats { name: "comments".into(), client: "news".into(), waiting: 412, ..QueueStats::default() };
    let person = PersonNow { name: "ines".into(), takes: Takes::Light, ..PersonNow::default() };
    FloorNow {
        at: Some(now()),
        queues: vec![QueueNow { stats, ..QueueNow::default() }],
        people: vec![person],
        ..FloorNow::default()
    }
}

fn types(watching: &mut Watching, line: &str) -> Vec<Out> {
    watching.line(now(), line, Uuid::from_u128(9))
}

fn asked(watching: &mut Watching, line: &str) -> Option<FloorAsk> {
    types(watching, line).into_iter().find_map(|out| match out {
        Out::Ask(ask) => Some(ask),
        _ => None,
    })
}

fn said(out: Vec<Out>) -> String {
    let line = |out| match out {
        Out::Say(line) => Some(line),
        _ => None,
    };
    out.into_iter().filter_map(line).collect::<Vec<_>>().join("\n").replace('\u{a0}', " ")
}

#[test]
fn figures_are_said_once_and_again_when_asked_for() {
    let mut watching = watching(Lang::En);
    let first = said(watching.news(now(), FloorNews::Now(Box::new(house()))));
    assert!(first.contains("1 at work · 412 waiting · 0 late"), "{first}");
    assert!(first.contains("comments (news): 412 waiting"), "{first}");
    assert_eq!(said(watching.news(now(), FloorNews::Now(Box::new(house())))), "", "figures alone interrupt nobody");
    assert!(said(types(&mut watching, "")).contains("412 waiting"));
    assert_eq!(said(types(&mut watching, "people")), "ines: takes light");
    assert!(said(types(&mut watching, "frobnicate")).contains("no word of this screen"));
    assert!(said(types(&mut watching, "help")).lines().count() >= 5);
}

#[test]
fn an_alert_is_said_as_it_comes_and_taken_by_a_word() {
    let mut watching = watching(Lang::Fr);
    let alert = Alert {
        id: Uuid::from_u128(1),
        item: "forum:1".into(),
        revision: 1,
        kind: AlertKind::Suicide,
        plan: false,
        time: false,
        place: false,
        note: None,
        withdrawn: false,
        raised_at: now(),
    };
    let state = AlertState { alert, by: "ines".into(), taken: None, call: vec!["Sonia".into()] };
    let line = said(watching.news(now(), FloorNews::Alerts(vec![state.clone()])));
    assert!(line.contains("ALERTE suicide sur forum:1, par ines 14:00 · appeler Sonia"), "{line}");
    assert_eq!(said(watching.news(now(), FloorNews::Alerts(vec![state]))), "", "it is said once");
    assert_eq!(asked(&mut watching, "prendre"), Some(FloorAsk::Acknowledge(Uuid::from_u128(1))));
}

#[test]
fn every_act_is_a_word_and_what_is_missing_is_named() {
    let mut watching = watching(Lang::En);
    let step = |step| Some(FloorAsk::Step("a:1".into(), step));
    assert_eq!(asked(&mut watching, "move a:1 threats"), step(Step::Move { to: "threats".into() }));
    let forward = Step::Priority { priority: Some(-5), due_at: None };
    assert_eq!(asked(&mut watching, "priority a:1 -5"), step(forward));
    let due_at = Some("2026-11-22T17:30:00Z".parse().expect("a time"));
    assert_eq!(asked(&mut watching, "deadline a:1 17:30"), step(Step::Priority { priority: None, due_at }));
    assert_eq!(asked(&mut watching, "release a:1"), step(Step::Release));
    let because = Some("the site is down".to_owned());
    let pause = FloorAsk::Pause { queue: "comments".into(), because };
    assert_eq!(asked(&mut watching, "pause comments the site is down"), Some(pause));
    let assign = FloorAsk::Assign { person: "ines".into(), queues: vec!["a".into(), "b".into()] };
    assert_eq!(asked(&mut watching, "assign ines a, b"), Some(assign));
    for incomplete in ["move a:1", "priority a:1 many", "deadline a:1 soon", "pause comments", "open", "find"] {
        let out = types(&mut watching, incomplete);
        assert!(said(out).starts_with("Write: "), "{incomplete}");
    }
    types(&mut watching, "quit");
    assert!(watching.is_leaving());
}

#[test]
fn the_last_word_wants_an_open_item_and_a_reason() {
    let mut watching = watching(Lang::En);
    assert!(said(types(&mut watching, "decide approve because")).contains("Open an item first"));
    let item: Item =
        serde_json::from_value(serde_json::json!({"id": "a:1", "text": "hard words", "severity": 3})).expect("an item");
    let kept = Kept {
        item,
        queue: "comments".into(),
        client: "news".into(),
        state: "waiting".into(),
        round: 1,
        due_at: None,
        decisions: Vec::new(),
    };
    let told = said(watching.news(now(), FloorNews::Opened(Box::new(kept), Vec::new())));
    assert!(told.contains("covered") && !told.contains("hard words"), "{told}");
    assert_eq!(said(types(&mut watching, "show")), "hard words");
    assert!(said(types(&mut watching, "decide approve")).starts_with("Write: "));
    assert!(said(types(&mut watching, "decide delete because I say so")).starts_with("Write: "), "no policy");
    let Some(FloorAsk::Overrule(asked)) = asked(&mut watching, "decide approve because the client asked") else {
        panic!("not asked");
    };
    assert_eq!((asked.decision.verdict, asked.reason.as_str()), (Verdict::Approve, "the client asked"));
}
