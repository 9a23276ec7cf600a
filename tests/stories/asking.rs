//! Asking before deciding, answers, notices, and what came back.

use crate::driver::{Desk, item, morning};
use jiff::SignedDuration;
use moddesk::desk::{Ask, News};
use moddesk::moderation::doubt::{Answered, Seeking, Settled};
use moddesk::moderation::{
    AskTo, BackWhy, CameBack, DoubtState, Messages, NoticeKind, NoticeState, Precedent, Served, Verdict,
};
use moddesk::text::Untrusted;
use moddesk::tui::Settings;
use moddesk::tui::keymap::{Code, Key};
use moddesk::words::Lang;
use std::sync::Arc;
use uuid::Uuid;

fn two() -> [Served; 2] {
    [item("a:1", "Sure, and pigs may fly to the ministry."), item("a:2", "second words")]
}

fn doubt(mine: bool, answer: Option<&str>) -> DoubtState {
    let at = morning() - SignedDuration::from_mins(4);
    let answered = |text: &str| Answered {
        id: Uuid::from_u128(9),
        by: "sonia".into(),
        at: morning() - SignedDuration::from_mins(1),
        text: text.into(),
        advice: None,
    };
    DoubtState {
        id: Uuid::from_u128(7),
        to: AskTo::Supervisor,
        question: "Satire, or an insult to the minister?".into(),
        by: if mine { "ines" } else { "omar" }.into(),
        at,
        item: "a:1".into(),
        revision: 1,
        queue: "comments".into(),
        client: "news".into(),
        severity: Default::default(),
        due_at: Some(morning() + SignedDuration::from_mins(35)),
        parked_until: Some(morning() + SignedDuration::from_mins(20)),
        answers: answer.map(answered).into_iter().collect(),
        settled: None,
        precedent: false,
        mine,
        read: mine && answer.is_none(),
    }
}

fn notice(kind: NoticeKind, client: Option<&str>, text: &str) -> NoticeState {
    NoticeState {
        id: Uuid::from_u128(5),
        kind,
        by: "sonia".into(),
        at: morning() - SignedDuration::from_mins(1),
        moderator: None,
        client: client.map(str::to_owned),
        text: text.into(),
        version: (kind != NoticeKind::Message).then(|| "8".to_owned()),
        confirm: true,
        for_me: true,
        read_at: None,
        read: Vec::new(),
        unread: Vec::new(),
    }
}

fn doubts(doubts: Vec<DoubtState>) -> News {
    News::Messages(Box::new(Messages { doubts, ..Messages::default() }))
}

fn notices(notices: Vec<NoticeState>) -> News {
    News::Messages(Box::new(Messages { notices, ..Messages::default() }))
}

#[test]
fn what_is_asked_about_leaves_the_screen_with_its_draft() {
    let mut desk = Desk::at_work(two());
    desk.press("item.note");
    desk.types("see the cartoon");
    desk.press("text.done");
    desk.press("item.doubt");
    desk.sees("Doubt: ask whom?");
    desk.types("s");
    desk.sees("its deadline runs on");
    desk.press("text.done");
    desk.sees("A question needs words.");
    desk.types("is this satire?");
    desk.key(Key::plain(Code::Enter));
    assert_eq!(desk.on_screen(), Some("a:1"), "Enter sends nothing");
    desk.press("text.done");
    assert_eq!(desk.on_screen(), Some("a:2"));
    desk.sees("Asked. a:1 is kept for you");
    let asked = desk.asks.iter().find_map(|ask| match ask {
        Ask::Doubt(doubt) => Some(doubt),
        _ => None,
    });
    let asked = asked.expect("the queue is asked");
    assert_eq!(
        (asked.to, asked.question.raw(), asked.sight.item.as_str()),
        (AskTo::Supervisor, "is this satire?", "a:1")
    );
    assert!(asked.sight.active_ms.is_some_and(|ms| ms > 1000), "what was seen goes with it");
    assert!(desk.drafts.contains_key("a:1"), "the draft waits for it");
    assert!(desk.decided().is_empty());
    let back = vec![Arc::new(item("a:1", "Sure, and pigs may fly to the ministry."))];
    desk.news(News::TakenUp("a:1".into(), true));
    desk.news(News::Ahead { items: back, waiting: 1, first: true });
    assert_eq!(desk.on_screen(), Some("a:1"), "taken up, it comes before what is on screen");
    assert_eq!(desk.model.current.as_ref().map(|shown| shown.draft.note.as_str()), Some("see the cartoon"));
}

#[test]
fn a_call_needs_no_words_and_a_question_left_is_there_again() {
    let mut desk = Desk::at_work(two());
    desk.press("item.doubt");
    desk.types("c");
    desk.types("what do you");
    desk.key(Key::plain(Code::Esc));
    assert_eq!(desk.on_screen(), Some("a:1"));
    desk.press("item.doubt");
    desk.types("c");
    desk.sees("what do you");
    desk.key(Key::plain(Code::Esc));
    desk.press("item.doubt");
    desk.types("p");
    desk.press("text.erase_line");
    desk.press("text.done");
    assert!(desk.asks.iter().any(|ask| matches!(ask, Ask::Doubt(doubt) if doubt.to == AskTo::Call)));
}

#[test]
fn an_answer_is_marked_quietly_read_on_its_page_and_its_item_taken_up() {
    let mut desk = Desk::at_work([item("a:2", "second words")]);
    desk.news(doubts(vec![doubt(true, None)]));
    desk.sees_not("to read");
    desk.news(doubts(vec![doubt(true, Some("Satire: leave it, he is a public person."))]));
    desk.sees("W 1 to read");
    assert_eq!(desk.on_screen(), Some("a:2"), "nothing is in the way");
    desk.press("item.messages");
    desk.sees("sonia answers");
    desk.types("a");
    desk.sees("Satire: leave it, he is a public person.");
    insta::assert_snapshot!("answer_en", desk.screen());
    assert!(desk.asks.contains(&Ask::Confirm(vec![Uuid::from_u128(7)])));
    desk.press("message.keep");
    assert!(desk.asks.contains(&Ask::KeepPrecedent(Uuid::from_u128(7), true)));
    desk.press("message.take");
    assert!(desk.asks.contains(&Ask::TakeUp("a:1".into())));
    desk.sees("it comes next");
    desk.news(News::TakenUp("a:1".into(), false));
    desk.sees("a:1 could not be taken up");
}

#[test]
fn a_colleagues_question_is_answered_in_words() {
    let mut desk = Desk::at_work([item("a:2", "second words")]);
    desk.news(doubts(vec![doubt(false, None)]));
    desk.sees("W 1 to read");
    desk.press("item.messages");
    desk.types("a");
    desk.sees("Satire, or an insult to the minister?");
    desk.press("message.keep");
    desk.sees("Nobody has answered yet");
    desk.press("message.answer");
    desk.sees("answer to omar");
    desk.press("text.done");
    desk.sees("An answer needs words.");
    desk.types("satire");
    desk.press("text.done");
    let sent = desk.asks.iter().any(
        |ask| matches!(ask, Ask::Answer(id, answer) if *id == Uuid::from_u128(7) && answer.text.raw() == "satire"),
    );
    assert!(sent);
    assert_eq!(desk.on_screen(), Some("a:2"));
}

#[test]
fn with_nothing_to_read_the_key_says_so() {
    let mut desk = Desk::at_work(two());
    desk.press("item.messages");
    desk.sees("Nothing to read");
    desk.press("item.charter");
    desk.types("a");
    desk.sees("Only on a question.");
}

#[test]
fn what_became_of_own_decisions_stands_in_one_line() {
    let mut desk = Desk::with(Settings::default(), Lang::Fr).working(two());
    let back = CameBack {
        id: Uuid::from_u128(3),
        why: BackWhy::Overturned,
        at: morning() - SignedDuration::from_mins(2),
        item: "a:9".into(),
        client: "news".into(),
        verdict: Verdict::Delete,
        policy: Some("insult".into()),
        decided_at: morning() - SignedDuration::from_hours(1),
        now: Some(Verdict::Approve),
        now_policy: None,
        by: "M-03".into(),
        reason: Some(Untrusted::new("une citation")),
        read: false,
    };
    let mut settled = doubt(true, Some("Satire."));
    settled.settled = Some(Settled { verdict: Verdict::Approve, policy: None, by: "M-03".into(), at: morning() });
    let messages = Messages { back: vec![back], doubts: vec![settled], ..Messages::default() };
    desk.news(News::Messages(Box::new(messages)));
    desk.sees("W 2 à lire");
    desk.press("item.messages");
    desk.sees("M-03 a annulé votre");
    insta::assert_snapshot!("messages_fr", desk.screen());
}

#[test]
fn a_notice_is_confirmed_before_the_next_item_of_its_client() {
    let mut desk = Desk::at_work([item("a:1", "first words"), item("a:2", "second words")]);
    let storm = notice(NoticeKind::Message, Some("news"), "Storm: never promise a date.\nSend them to the hotline.");
    desk.news(notices(vec![storm.clone()]));
    desk.sees("A notice waits before the next item");
    assert_eq!(desk.on_screen(), Some("a:1"), "what is on screen is finished first");
    desk.press("item.approve");
    assert_eq!(desk.on_screen(), None);
    desk.sees("Storm: never promise a date.");
    desk.sees("Send them to the hotline.");
    desk.sees_not("second words");
    insta::assert_snapshot!("notice_en", desk.screen());
    desk.press_slowly("item.approve");
    desk.sees("Read the notice first");
    assert_eq!(desk.decided().len(), 1);
    desk.key(Key::plain(Code::Enter));
    assert_eq!(desk.on_screen(), Some("a:2"));
    assert!(desk.asks.contains(&Ask::Confirm(vec![storm.id])));
    desk.press_slowly("item.approve");
    desk.ahead([item("a:3", "third words")]);
    // Told once more, before the queue has heard of the Enter: it is not asked again.
    desk.news(notices(vec![storm]));
    assert_eq!(desk.on_screen(), Some("a:3"));
}

#[test]
fn a_notice_of_another_client_stands_in_nobodys_way() {
    let mut desk = Desk::at_work(two());
    desk.news(notices(vec![notice(NoticeKind::Charter, Some("shop"), "")]));
    desk.press("item.approve");
    assert_eq!(desk.on_screen(), Some("a:2"));
}

#[test]
fn new_policies_and_their_notice_are_one_enter() {
    let mut desk = Desk::at_work(two());
    desk.news(notices(vec![notice(NoticeKind::Policies, Some("news"), "")]));
    desk.news(crate::driver::house("news 15"));
    desk.press("item.approve");
    desk.sees("news 15");
    desk.key(Key::plain(Code::Enter));
    assert_eq!(desk.on_screen(), Some("a:2"));
    assert!(desk.asks.contains(&Ask::Confirm(vec![Uuid::from_u128(5)])));
}

#[test]
fn a_precedent_stands_beside_what_says_the_same_and_is_found_by_words() {
    let mut desk = Desk::at_work(two());
    let precedent = Precedent {
        id: Uuid::from_u128(4),
        client: "news".into(),
        at: morning() - SignedDuration::from_hours(30),
        question: "Pigs and ministers?".into(),
        answers: doubt(true, Some("A proverb: leave it.")).answers,
        settled: None,
        alike: Some(0.8),
    };
    let beside = Seeking { item: Some("a:1".into()), words: None };
    desk.news(News::Precedents(beside, vec![precedent.clone()]));
    desk.sees("A proverb: leave it.");
    desk.press("item.details");
    desk.sees("Pigs and ministers?");
    desk.key(Key::plain(Code::Esc));
    let messages = Messages { precedents: vec!["news".into()], ..Messages::default() };
    desk.news(News::Messages(Box::new(messages)));
    desk.press("item.messages");
    desk.types("/proverb");
    desk.key(Key::plain(Code::Enter));
    let words = Seeking { item: None, words: Some("proverb".into()) };
    assert!(desk.asks.contains(&Ask::Precedents(words.clone())));
    desk.news(News::Precedents(words.clone(), vec![precedent]));
    desk.sees("Precedents");
    desk.sees("Pigs and ministers?");
    desk.key(Key::plain(Code::Esc));
    desk.news(News::Precedents(words, Vec::new()));
    desk.sees("No precedent has these words: proverb");
}
