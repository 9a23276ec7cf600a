//! A supervisor among people: questions answered, notices written, and who has read them.

use crate::watching::{Watch, ago, kept, morning};
use jiff::SignedDuration;
use moddesk::desk::{FloorAsk, FloorNews, Kept};
use moddesk::moderation::doubt::{Advice, Answer, Answered, Settled};
use moddesk::moderation::notice::ReadBy;
use moddesk::moderation::{AskTo, DoubtState, Measure, Messages, Notice, NoticeKind, NoticeState, Verdict};
use moddesk::words::Lang;
use uuid::Uuid;

const ID: Uuid = Uuid::from_u128(7);

fn doubt(id: u128, to: AskTo, item: &str, minutes: i64) -> DoubtState {
    DoubtState {
        id: Uuid::from_u128(id),
        to,
        question: "Satire, or an insult?".into(),
        by: "ines".into(),
        at: ago(minutes),
        item: item.into(),
        revision: 1,
        queue: "comments".into(),
        client: "news".into(),
        severity: Default::default(),
        due_at: Some(morning() + SignedDuration::from_mins(35)),
        parked_until: Some(morning() + SignedDuration::from_mins(20)),
        answers: Vec::new(),
        settled: None,
        precedent: false,
        mine: false,
        read: false,
    }
}

fn answered(by: &str) -> Answered {
    Answered { id: Uuid::from_u128(60), by: by.into(), at: ago(1), text: "leave it".into(), advice: None }
}

fn notice(id: u128, confirm: bool) -> NoticeState {
    NoticeState {
        id: Uuid::from_u128(id),
        kind: NoticeKind::Message,
        by: "sonia".into(),
        at: ago(30),
        moderator: None,
        client: Some("news".into()),
        text: "storm: never promise a date".into(),
        version: None,
        confirm,
        for_me: false,
        read_at: None,
        read: vec![ReadBy { name: "amine".into(), at: ago(12) }],
        unread: vec!["ines".into(), "omar".into()],
    }
}

fn told(watch: &mut Watch, doubts: Vec<DoubtState>, notices: Vec<NoticeState>) {
    watch.hear(FloorNews::Messages(Box::new(Messages { doubts, notices, ..Messages::default() })));
}

/// As the queue has them: newest first.
fn some() -> Vec<DoubtState> {
    let settled = Settled { verdict: Verdict::Approve, policy: None, by: "M-02".into(), at: ago(1) };
    vec![
        doubt(3, AskTo::Call, "forum:3", 1),
        DoubtState { settled: Some(settled), ..doubt(9, AskTo::Supervisor, "forum:9", 2) },
        DoubtState { answers: vec![answered("omar")], ..doubt(8, AskTo::Colleague, "forum:8", 3) },
        doubt(2, AskTo::Colleague, "forum:2", 4),
        doubt(1, AskTo::Supervisor, "forum:1", 9),
    ]
}

fn goes_to(watch: &mut Watch, title: &str) {
    for _ in 0..8 {
        if watch.screen().contains(&format!("▶ {title}")) {
            return;
        }
        watch.press("pane.next");
    }
    panic!("there is no pane {title}");
}

#[test]
fn questions_and_notices_at_both_sizes_in_both_languages() {
    for (size, name) in [((80, 24), "80x24"), ((120, 40), "120x40")] {
        for (lang, questions) in [(Lang::En, "questions 3"), (Lang::Fr, "questions 3")] {
            let mut watch = Watch::at_work(lang, size);
            told(&mut watch, some(), vec![notice(20, true)]);
            goes_to(&mut watch, questions);
            insta::assert_snapshot!(format!("questions_{name}_{}", lang.code()), watch.screen());
        }
    }
}

#[test]
fn open_questions_stand_oldest_first_and_are_counted_in_the_head() {
    let mut watch = Watch::at_work(Lang::En, (80, 24));
    let rang = watch.rang;
    told(&mut watch, some(), Vec::new());
    assert_eq!(watch.rang, rang + 1, "a question rings");
    watch.sees("3 questions");
    told(&mut watch, some(), Vec::new());
    assert_eq!(watch.rang, rang + 1, "once");
    goes_to(&mut watch, "questions 3");
    let screen = watch.screen();
    let at = |item: &str| screen.find(item).unwrap_or_else(|| panic!("{item} is not there:\n{screen}"));
    assert!(at("forum:1") < at("forum:2") && at("forum:2") < at("forum:3"), "{screen}");
    watch.sees("due 14:35 · ines asks, 13:51: Satire");
    watch.sees("ines asks to be called, 13:59");
    watch.sees_not("forum:8");
    watch.sees_not("forum:9");
    let mut one = some();
    one[3].answers.push(answered("ines"));
    told(&mut watch, one, Vec::new());
    watch.sees("questions 3");
    told(&mut watch, Vec::new(), Vec::new());
    watch.sees("Nobody waits for an answer.");
    watch.sees_not("3 questions");
}

#[test]
fn a_question_is_opened_on_its_item_and_answered_there() {
    let mut watch = Watch::at_work(Lang::En, (80, 24));
    told(&mut watch, some(), Vec::new());
    goes_to(&mut watch, "questions 3");
    watch.press("watch.open");
    assert_eq!(watch.asks.pop(), Some(FloorAsk::Open("forum:1".into())));
    watch.hear(FloorNews::Opened(Box::new(kept("forum:1", 0)), Vec::new()));
    watch.sees("Satire, or an insult?");
    watch.sees("words that were said");
    watch.press("watch.answer");
    watch.sees("What would you decide?");
    watch.types("d");
    watch.sees("Under which policy?");
    watch.types("h");
    watch.sees("answer to ines");
    watch.types("it names a person");
    watch.enter();
    let advice = Advice { verdict: Verdict::Delete, measure: None, policy: Some("hate".into()) };
    let answer = Answer { id: ID, text: "it names a person".into(), advice: Some(advice) };
    let ask = FloorAsk::Answer { doubt: Uuid::from_u128(1), answer };
    assert_eq!(watch.asks.pop(), Some(ask.clone()));
    watch.hear(FloorNews::Done(ask, None));
    watch.sees("Answered. P keeps it as a precedent.");
    watch.press("watch.keep");
    watch.sees("No question was answered here");
    let mut after = some();
    after[4].answers.push(answered("sonia"));
    told(&mut watch, after, Vec::new());
    watch.press("watch.keep");
    assert_eq!(watch.asks.pop(), Some(FloorAsk::Keep(Uuid::from_u128(1))));
}

#[test]
fn a_parked_item_was_said_to_be_in_hands() {
    for (lang, row, call, state, answered_row) in [
        (
            Lang::En,
            "due 14:20 · ines waits for the supervis",
            "due 14:20 · ines waits for a call",
            "parked for ines in Daily News › comments, round 1",
            "due 14:20 · answered: ines decides",
        ),
        (
            Lang::Fr,
            "pour 14:20 · ines attend la réponse du",
            "pour 14:20 · ines attend un appel",
            "gardé pour ines dans Daily News › comments, tour 1",
            "pour 14:20 · répondu : ines décide",
        ),
    ] {
        let mut watch = Watch::at_work(lang, (80, 24));
        let mut now = watch.model.now.clone();
        for (lease, item) in now.leases.iter_mut().zip(["forum:1", "forum:3"]) {
            (lease.item, lease.by, lease.parked) = (item.into(), "ines".into(), true);
        }
        watch.hear(FloorNews::Now(Box::new(now)));
        told(&mut watch, some(), Vec::new());
        let hands = watch.model.words.say("watch-hands").into_owned();
        goes_to(&mut watch, &hands);
        watch.sees(row);
        watch.sees(call);
        let kept = Kept { state: "leased".into(), ..kept("forum:1", 0) };
        watch.hear(FloorNews::Opened(Box::new(kept), Vec::new()));
        watch.sees(state);
        watch.press("screen.leave");
        let mut after = some();
        after[4].answers.push(answered("sonia"));
        told(&mut watch, after, Vec::new());
        watch.sees(answered_row);
    }
}

#[test]
fn an_answer_needs_words_or_advice_but_a_call_neither() {
    let mut watch = Watch::at_work(Lang::En, (80, 24));
    told(&mut watch, some(), Vec::new());
    goes_to(&mut watch, "questions 3");
    watch.press("watch.answer");
    watch.types("n");
    watch.enter();
    watch.sees("An answer needs words.");
    watch.types("half an ans");
    watch.press("screen.leave");
    assert!(watch.asks.is_empty());
    watch.press("watch.answer");
    watch.types("mh");
    watch.sees("Under which policy?");
    watch.types("h");
    watch.sees("half an ans");
    watch.enter();
    let Some(FloorAsk::Answer { answer, .. }) = watch.asks.pop() else { panic!("nothing is asked") };
    assert_eq!(answer.text.raw(), "half an ans", "what was typed before is there again");
    assert_eq!(answer.advice.and_then(|advice| advice.measure), Some(Measure::Hide));
    watch.press("list.down");
    watch.press("list.down");
    watch.press("watch.answer");
    watch.types("n");
    watch.enter();
    let Some(FloorAsk::Answer { doubt, answer }) = watch.asks.pop() else { panic!("nothing is asked") };
    assert_eq!((doubt, answer.text.raw()), (Uuid::from_u128(3), ""), "the call was made");
}

#[test]
fn a_notice_goes_to_one_to_a_clients_desks_or_to_all_and_says_who_has_read_it() {
    let mut watch = Watch::at_work(Lang::En, (80, 24));
    watch.press("watch.notice");
    watch.sees("A notice to whom?");
    watch.sees("a everybody who works for Daily News");
    watch.sees("everybody");
    watch.sees("zoe");
    watch.types("b");
    watch.sees("To everybody: must it be confirmed?");
    watch.types("c");
    watch.enter();
    watch.sees("It needs words.");
    watch.types("never promise a date");
    watch.enter();
    let to_all = Notice { id: ID, moderator: None, client: None, text: "never promise a date".into(), confirm: true };
    assert_eq!(watch.asks.pop(), Some(FloorAsk::Notify(to_all.clone())));
    watch.hear(FloorNews::Done(FloorAsk::Notify(to_all), None));
    watch.sees("Sent to everybody.");
    watch.press("pane.next");
    watch.press("watch.notice");
    watch.types("ar");
    watch.types("call me");
    watch.enter();
    let Some(FloorAsk::Notify(sent)) = watch.asks.pop() else { panic!("nothing is asked") };
    assert_eq!((sent.moderator.as_deref(), sent.confirm), (Some("amine"), false), "who is under the cursor first");
    told(&mut watch, Vec::new(), vec![notice(20, true)]);
    goes_to(&mut watch, "notices 1");
    watch.sees("who works for Daily News · storm");
    watch.sees("1 of 3 have read it");
    watch.press("watch.open");
    watch.sees("Notice from sonia to everybody who works for Daily News, 13:30");
    watch.sees("must be confirmed before the next item");
    watch.sees("not read by · ines, omar");
    watch.sees("amine · read 13:48");
    watch.press("screen.leave");
    watch.sees("▶ notices 1");
    told(&mut watch, Vec::new(), vec![notice(20, false)]);
    watch.press("watch.open");
    watch.sees("to be read, nothing waits for it");
}

#[test]
fn what_was_begun_for_one_is_not_offered_to_all() {
    let mut watch = Watch::at_work(Lang::En, (80, 24));
    watch.press("watch.notice");
    watch.types("ac");
    watch.types("for the news alone");
    watch.press("screen.leave");
    watch.press("watch.notice");
    watch.types("bc");
    watch.sees_not("for the news alone");
    watch.press("screen.leave");
    watch.press("watch.notice");
    watch.types("ac");
    watch.sees("for the news alone");
}

#[test]
fn the_key_that_answers_led_nowhere_and_what_was_typed_after_it_moved_items() {
    let mut watch = Watch::at_work(Lang::En, (80, 24));
    watch.press("watch.answer");
    watch.sees("No question waits for an answer.");
    told(&mut watch, some(), Vec::new());
    watch.press("watch.answer");
    watch.sees("Choose a question here, then W answers it.");
    watch.sees("▶ questions 3");
    watch.press("watch.answer");
    watch.sees("What would you decide?");
    watch.sees("a letter does it, or Enter on the marked line");
}
