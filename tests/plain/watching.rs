//! The supervisor line by line: words in, lines and asks out.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use moddesk::desk::{FloorAsk, FloorNews, Kept};
use moddesk::moderation::alert::AlertState;
use moddesk::moderation::doubt::Answer;
use moddesk::moderation::floor::{FloorNow, LeaseNow, PersonNow, QueueNow, Step, Takes};
use moddesk::moderation::notice::ReadBy;
use moddesk::moderation::queue::QueueStats;
use moddesk::moderation::{
    Alert, AlertKind, AskTo, DoubtState, Item, Messages, Notice, NoticeKind, NoticeState, Verdict,
};
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

fn question(id: u128, item: &str) -> DoubtState {
    DoubtState {
        id: Uuid::from_u128(id),
        to: AskTo::Supervisor,
        question: "satire?".into(),
        by: "ines".into(),
        at: now(),
        item: item.into(),
        revision: 1,
        queue: "comments".into(),
        client: "news".into(),
        severity: Default::default(),
        due_at: Some("2026-11-22T14:35:00Z".parse().expect("a time")),
        parked_until: None,
        answers: Vec::new(),
        settled: None,
        precedent: false,
        mine: false,
        read: false,
    }
}

fn messages(doubts: Vec<DoubtState>, notices: Vec<NoticeState>) -> FloorNews {
    FloorNews::Messages(Box::new(Messages { doubts, notices, ..Messages::default() }))
}

#[test]
fn a_question_is_said_as_it_comes_and_its_number_stays_its_own() {
    let mut watching = watching(Lang::En);
    assert_eq!(said(watching.news(now(), messages(vec![question(1, "a:1")], Vec::new()))), "");
    let first = said(watching.news(now(), FloorNews::Now(Box::new(house()))));
    assert!(first.contains("0 late · 1 question"), "{first}");
    let line = said(watching.news(now(), messages(vec![question(2, "a:2"), question(1, "a:1")], Vec::new())));
    assert_eq!(line, "Question 2, about a:2: due 14:35 · ines asks, 14:00: satire?");
    assert_eq!(said(watching.news(now(), messages(vec![question(2, "a:2")], Vec::new()))), "");
    assert!(said(types(&mut watching, "answer 1 yes")).starts_with("Write: "), "the first is answered already");
    assert!(said(types(&mut watching, "answer 2")).starts_with("Write: "));
    let answer = Answer { id: Uuid::from_u128(9), text: "leave it".into(), advice: None };
    let ask = FloorAsk::Answer { doubt: Uuid::from_u128(2), answer };
    assert_eq!(asked(&mut watching, "answer 2 leave it"), Some(ask.clone()));
    let done = said(watching.news(now(), FloorNews::Done(ask, None)));
    assert_eq!(done, "Answered. keep keeps it as a precedent.");
    assert_eq!(asked(&mut watching, "keep"), Some(FloorAsk::Keep(Uuid::from_u128(2))));
    assert!(said(types(&mut watching, "advise 2 approve")).starts_with("Write: "), "advice needs words");
    let Some(FloorAsk::Answer { answer, .. }) = asked(&mut watching, "advise 2 approve because it is satire") else {
        panic!("not asked");
    };
    assert_eq!(answer.advice.map(|advice| advice.verdict), Some(Verdict::Approve));
    assert_eq!(answer.text.raw(), "it is satire");
}

#[test]
fn a_parked_item_was_said_to_be_in_hands() {
    let mut watching = watching(Lang::En);
    let until: Timestamp = "2026-11-22T14:20:00Z".parse().expect("a time");
    let doubt = DoubtState { parked_until: Some(until), ..question(1, "a:1") };
    watching.news(now(), messages(vec![doubt], Vec::new()));
    let lease = |item: &str, parked| LeaseNow {
        item: item.into(),
        queue: "comments".into(),
        by: "ines".into(),
        since: now(),
        until,
        due_at: Some(until),
        parked,
    };
    let leases = vec![lease("a:1", true), lease("a:2", true), lease("a:3", false)];
    watching.news(now(), FloorNews::Now(Box::new(FloorNow { leases, ..house() })));
    let hands = said(types(&mut watching, "hands"));
    let lines: Vec<&str> = hands.lines().filter(|line| line.contains("comments")).collect();
    assert_eq!(
        lines,
        [
            "a:1 · comments · due 14:20 · ines waits for the supervisor's answer",
            "a:2 · comments · due 14:20 · ines waits for an answer",
            "a:3 · comments · ines since 14:00, due 14:20",
        ]
    );
}

#[test]
fn a_notice_is_written_by_a_word_and_who_has_read_it_is_said() {
    let mut watching = watching(Lang::En);
    watching.news(now(), FloorNews::Now(Box::new(house())));
    let sent = |ask| match ask {
        Some(FloorAsk::Notify(Notice { moderator, client, text, confirm, .. })) => {
            (moderator, client, text.raw().to_owned(), confirm)
        }
        other => panic!("{other:?}"),
    };
    let all = sent(asked(&mut watching, "notice all the site is down"));
    assert_eq!(all, (None, None, "the site is down".to_owned(), true));
    let one = sent(asked(&mut watching, "tell ines call me"));
    assert_eq!(one, (Some("ines".to_owned()), None, "call me".to_owned(), false));
    assert_eq!(said(types(&mut watching, "notice nobody hello")), "Nobody here is called nobody.");
    let notice = NoticeState {
        id: Uuid::from_u128(5),
        kind: NoticeKind::Message,
        by: "sonia".into(),
        at: now(),
        moderator: None,
        client: None,
        text: "the site is down".into(),
        version: None,
        confirm: true,
        for_me: false,
        read_at: None,
        read: vec![ReadBy { name: "omar".into(), at: now() }],
        unread: vec!["ines".into()],
    };
    watching.news(now(), messages(Vec::new(), vec![notice]));
    let listed = said(types(&mut watching, "notices"));
    assert_eq!(listed, "1. 14:00 · everybody · the site is down · 1 of 2 have read it");
    let whole = said(types(&mut watching, "notices 1"));
    assert!(whole.contains("not read by: ines") && whole.contains("omar: read 14:00"), "{whole}");
}
