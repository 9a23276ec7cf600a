//! Doubts, answers and notices, line by line.

use crate::rules::{Story, noon, served};
use moddesk::desk::{Ask, News};
use moddesk::moderation::doubt::Answered;
use moddesk::moderation::{AskTo, DoubtState, Messages, NoticeKind, NoticeState};
use uuid::Uuid;

fn messages(doubts: Vec<DoubtState>, notices: Vec<NoticeState>) -> News {
    News::Messages(Box::new(Messages { doubts, notices, ..Messages::default() }))
}

fn doubt(answer: Option<&str>) -> DoubtState {
    let answer = answer.map(|text| Answered {
        id: Uuid::from_u128(8),
        by: "sonia".into(),
        at: noon(),
        text: text.into(),
        advice: None,
    });
    DoubtState {
        id: Uuid::from_u128(7),
        to: AskTo::Supervisor,
        question: "satire?".into(),
        by: "ines".into(),
        at: noon(),
        item: "i1".into(),
        revision: 1,
        queue: "default".into(),
        client: "news".into(),
        severity: Default::default(),
        due_at: None,
        parked_until: Some(noon()),
        read: answer.is_none(),
        answers: answer.into_iter().collect(),
        settled: None,
        precedent: false,
        mine: true,
    }
}

fn notice(text: &str) -> NoticeState {
    NoticeState {
        id: Uuid::from_u128(5),
        kind: NoticeKind::Message,
        by: "sonia".into(),
        at: noon(),
        moderator: None,
        client: Some("news".into()),
        text: text.into(),
        version: None,
        confirm: true,
        for_me: true,
        read_at: None,
        read: Vec::new(),
        unread: Vec::new(),
    }
}

#[test]
fn a_question_is_one_line_and_its_answer_is_heard_taken_up_and_kept() {
    let mut story = Story::with(&[served("i1", "news", 0), served("i2", "news", 0)]);
    story.turn(1000);
    assert!(story.calmly("w").contains("Say w, whom, and your question"));
    assert!(story.calmly("w supervisor").contains("A question needs words."));
    let said = story.calmly("w supervisor is this satire?");
    assert!(said.contains("Asked. i1 is kept for you; the answer comes on W."), "{said}");
    let asked = |ask: &Ask| matches!(ask, Ask::Doubt(doubt) if doubt.question.raw() == "is this satire?");
    assert!(story.asked(asked));
    assert_eq!(story.news(messages(vec![doubt(None)], Vec::new())), "");
    let said = story.news(messages(vec![doubt(Some("satire, leave it"))], Vec::new()));
    assert_eq!(said, "W 1 to read");
    let said = story.calmly("W");
    assert!(said.contains("1 (new). sonia answers, 12:00: satire, leave it"), "{said}");
    let said = story.calmly("W 1");
    assert!(said.contains("satire, leave it") && said.contains("the supervisor: ines"), "{said}");
    assert!(story.asked(|ask| *ask == Ask::Confirm(vec![Uuid::from_u128(7)])));
    story.calmly("W 1 keep");
    assert!(story.asked(|ask| *ask == Ask::KeepPrecedent(Uuid::from_u128(7), true)));
    story.calmly("messages 1 reprendre");
    assert!(story.asked(|ask| *ask == Ask::TakeUp("i1".into())));
}

#[test]
fn a_notice_is_said_once_and_waits_for_an_enter() {
    let mut story = Story::with(&[served("i1", "news", 0), served("i2", "news", 0)]);
    story.turn(1000);
    assert_eq!(story.news(messages(Vec::new(), vec![notice("no dates today")])), "");
    let said = story.calmly("a");
    assert!(said.contains("no dates today") && !said.contains("some words"), "{said}");
    assert_eq!(story.held(), ["i1"]);
    assert!(story.calmly("a").contains("no item"));
    let said = story.calmly("");
    assert!(said.contains("Read: Notice from sonia"), "{said}");
    assert!(said.contains("some words"), "{said}");
    assert!(story.asked(|ask| *ask == Ask::Confirm(vec![Uuid::from_u128(5)])));
}
