//! The rules, with a desk that does what a test says and a clock that the test turns.

use jiff::Timestamp;
use moddesk::desk::{Ask, Desk, JournalError, News, Settings, TakenBack, Unsent, Unsettled};
use moddesk::moderation::alert::AlertState;
use moddesk::moderation::claim::BreakDue;
use moddesk::moderation::policy::Policies;
use moddesk::moderation::shift::ShiftState;
use moddesk::moderation::{Client, Decision, Item, Outcome, Queue, Recorded, Served};
use moddesk::plain::Sitting;
use moddesk::wellbeing::clock::TurnedClock;
use moddesk::wellbeing::{Clock, Severity};
use moddesk::words::{Lang, Words};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use uuid::Uuid;

#[derive(Default)]
struct Log {
    held: Vec<Decision>,
    asks: Vec<Ask>,
    full: bool,
}

struct Fake(Arc<Mutex<Log>>);

impl Desk for Fake {
    fn hold(&mut self, decisions: &[Decision], _: Timestamp) -> Result<(), JournalError> {
        let mut log = self.0.lock().expect("a log");
        if log.full {
            return Err(JournalError::Full);
        }
        log.held.extend_from_slice(decisions);
        Ok(())
    }

    fn take_back(&mut self, _: Uuid) -> Result<TakenBack, JournalError> {
        Ok(TakenBack::Sent)
    }

    fn keep_draft(&mut self, _: &str, _: Option<&serde_json::Value>) -> Result<(), JournalError> {
        Ok(())
    }

    fn ask(&mut self, ask: Ask) {
        self.0.lock().expect("a log").asks.push(ask);
    }

    fn close(&mut self) -> Vec<Unsettled> {
        Vec::new()
    }
}

pub struct Story {
    sitting: Sitting,
    clock: TurnedClock,
    log: Arc<Mutex<Log>>,
}

pub fn noon() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().expect("a time")
}

pub fn served(id: &str, client: &str, level: u8) -> Arc<Served> {
    let severity = Severity::new(level).expect("0 to 4");
    let item = Item { id: id.into(), revision: 1, severity, text: Some("some words".into()), ..Item::default() };
    Arc::new(Served {
        item,
        queue: "default".into(),
        client: client.into(),
        round: 1,
        lease_until: noon(),
        due_at: None,
        severity,
        actions: ["approve", "delete", "restrict", "escalate", "reply"].map(str::to_owned).into(),
        rounds: Vec::new(),
        author: None,
        alike: Vec::new(),
    })
}

fn policies() -> Policies {
    let one = |code: &str, letter: char, grave: bool| serde_json::json!({"code": code, "letter": letter, "title": {"en": code}, "text": {"en": code}, "severity": 0, "grave": grave});
    let all = serde_json::json!({"version": "1", "policies": [one("spam", 's', false), one("threat", 't', true)]});
    serde_json::from_value(all).expect("policies as the contract has them")
}

impl Story {
    pub fn with(items: &[Arc<Served>]) -> Self {
        let clock = TurnedClock::at(noon());
        let log: Arc<Mutex<Log>> = Arc::default();
        let settings = Settings { go: true, ..Settings::default() };
        let words = Arc::new(Words::new(Lang::En));
        let sitting = Sitting::new(Box::new(Fake(log.clone())), settings, words, clock.now(), false);
        let mut story = Self { sitting, clock, log };
        story.sitting.open(story.clock.now());
        let queues: Vec<Queue> = Vec::new();
        let clients = vec![Client { name: "news".into(), ..Client::default() }];
        story.news(News::House {
            clients,
            policies: vec![("news".into(), policies()), ("shop".into(), policies())],
            queues,
        });
        story.news(News::Shift(Box::new(ShiftState { running: true, ..ShiftState::default() })));
        story.news(News::Ahead { items: items.to_vec(), waiting: items.len() as u64, first: false });
        story
    }

    pub fn news(&mut self, news: News) -> String {
        self.sitting.news(self.clock.now(), news);
        self.said()
    }

    fn said(&mut self) -> String {
        let mut lines = self.sitting.take_out();
        lines.extend(self.sitting.before_prompt());
        self.sitting.told(self.clock.now());
        lines.join("\n")
    }

    pub fn turn(&mut self, ms: u64) {
        self.clock.turn(Duration::from_millis(ms));
    }

    /// Types a line now.
    pub fn types(&mut self, line: &str) -> String {
        let now = self.clock.now();
        self.sitting.line(now.clone(), now.since_boot, line);
        self.said()
    }

    /// Types a line a second after the last.
    pub fn calmly(&mut self, line: &str) -> String {
        self.turn(1000);
        self.types(line)
    }

    pub fn held(&self) -> Vec<String> {
        self.log.lock().expect("a log").held.iter().map(|decision| decision.item.clone()).collect()
    }

    pub fn asked(&self, of: impl Fn(&Ask) -> bool) -> bool {
        self.log.lock().expect("a log").asks.iter().any(of)
    }
}

#[test]
fn a_paste_of_lines_decides_one_item_at_most() {
    let mut story = Story::with(&[served("i1", "news", 0), served("i2", "news", 0), served("i3", "news", 0)]);
    story.turn(1000);
    let typed = story.clock.now().since_boot;
    let said: Vec<String> = ["a", "a", "d spam", "r too fast", "o"]
        .into_iter()
        .map(|line| {
            story.turn(300);
            story.sitting.line(story.clock.now(), typed, line);
            story.said()
        })
        .collect();
    assert!(said[0].contains("approved;"), "{said:?}");
    assert!(said[1..].iter().all(|said| said.contains("Typed ahead")), "{said:?}");
    assert_eq!(story.held(), ["i1"]);
    story.calmly("a");
    assert_eq!(story.held(), ["i1", "i2"]);
}

#[test]
fn a_letter_after_the_question_which_policy_was_taken_for_another_command() {
    let mut story = Story::with(&[served("i1", "news", 0), served("i2", "news", 0)]);
    assert!(story.calmly("d").contains("Which policy?"));
    let said = story.calmly("s");
    assert!(said.contains("deleted under spam;"), "the answer alone is enough: {said}");
    let ahead = story.clock.now().since_boot;
    story.calmly("d");
    story.turn(1000);
    story.sitting.line(story.clock.now(), ahead, "s");
    assert!(!story.said().contains("deleted"), "what was typed before the question answers nothing");
    story.calmly("d");
    assert!(!story.calmly("n to look at").contains("deleted"), "what answers nothing is a command as ever");
    assert_eq!(story.held(), ["i1"]);
}

#[test]
fn an_empty_line_and_a_capital_decide_nothing() {
    let mut story = Story::with(&[served("i1", "news", 0)]);
    assert!(story.calmly("").contains("decides nothing"));
    assert!(story.calmly("A").contains("no command"));
    assert!(story.held().is_empty());
}

#[test]
fn an_item_must_have_been_there_and_longer_where_the_client_changed() {
    let mut story = Story::with(&[served("i1", "news", 0), served("i2", "shop", 0)]);
    story.turn(249);
    assert!(story.types("a").contains("Too early"));
    story.turn(100);
    let said = story.types("a");
    assert!(said.contains("The client changes: shop"), "{said}");
    story.turn(700);
    assert!(story.types("a").contains("another client"));
    story.turn(100);
    story.types("a");
    assert_eq!(story.held(), ["i1", "i2"]);
}

#[test]
fn a_grave_verdict_and_an_unseen_approval_ask_once_more() {
    let mut story = Story::with(&[served("i1", "news", 0), served("i2", "news", 2)]);
    assert!(story.calmly("d t").contains("grave"));
    assert!(story.calmly("a").contains("Not done"), "another verdict is no answer");
    assert!(story.held().is_empty());
    story.calmly("d t");
    let said = story.calmly("yes");
    assert!(said.contains("deleted under threat;") && said.contains("[masked, 2 words]"), "{said}");
    let ahead = story.clock.now().since_boot;
    assert!(story.calmly("a").contains("not seen"));
    story.turn(1000);
    story.sitting.line(story.clock.now(), ahead, "a");
    assert!(story.said().contains("Typed ahead"), "a confirmation pasted with its question is none");
    story.calmly("a");
    assert_eq!(story.held(), ["i1", "i2"]);
}

#[test]
fn where_the_journal_cannot_be_written_the_item_stays() {
    let mut story = Story::with(&[served("i1", "news", 0)]);
    story.log.lock().expect("a log").full = true;
    assert!(story.calmly("a").contains("disk is full"));
    story.log.lock().expect("a log").full = false;
    assert!(story.calmly("a").contains("approved;"));
}

#[test]
fn what_was_refused_is_told_and_listed_until_it_is_read() {
    let mut story = Story::with(&[served("i1", "news", 0), served("i2", "news", 0)]);
    story.calmly("d spam");
    let id = story.log.lock().expect("a log").held[0].id;
    let outcome = Recorded {
        id,
        outcome: Outcome::Conflict,
        state: None,
        by: Some("M-07".into()),
        verdict: None,
        message: None,
        item: None,
    };
    assert!(story.news(News::Settled(vec![outcome])).contains("i1: M-07 was first"));
    assert!(story.calmly("refused").contains("i1"));
    assert!(story.calmly("refused").contains("i1"));
    story.calmly("read");
    assert!(!story.calmly("refused").contains("i1"));
    assert!(story.asked(|ask| *ask == Ask::Read(vec![id])));
}

#[test]
fn a_held_decision_that_was_sent_meanwhile_is_offered_for_reversal() {
    let mut story = Story::with(&[served("i1", "news", 0), served("i2", "news", 0)]);
    story.calmly("a");
    assert!(story.calmly("u").contains("Reverse it?"));
    assert!(story.calmly("oui").contains("on its way"));
    assert!(story.asked(|ask| matches!(ask, Ask::Reverse(_))));
}

#[test]
fn an_alert_goes_at_once_and_is_told_before_every_prompt_until_somebody_has_it() {
    let mut story = Story::with(&[served("i1", "news", 0)]);
    assert!(story.calmly("!s").contains("ALERT suicide on i1: sending"));
    assert!(story.calmly(".").contains("composed: alert (suicide)"), "a draft of nothing but an alert named nothing");
    let alert = story.log.lock().expect("a log").asks.iter().find_map(|ask| match ask {
        Ask::Alert(alert) => Some(alert.clone()),
        _ => None,
    });
    let alert = alert.expect("it went out");
    let unsent = Unsent { alert: alert.clone(), why: "down".into(), call: vec!["Sonia 555".into()] };
    assert!(story.news(News::Alert(Err(unsent))).contains("NOT SENT: ring Sonia 555"));
    assert!(story.calmly("?").contains("NOT SENT: ring Sonia 555"));
    let state = |taken| Box::new(AlertState { alert: alert.clone(), by: "me".into(), taken, call: Vec::new() });
    assert!(story.news(News::Alert(Ok(state(None)))).contains("nobody has taken it yet"));
    assert!(story.news(News::Alert(Ok(state(Some(("Sonia".into(), noon())))))).contains("taken by Sonia"));
    assert!(!story.calmly("?").contains("taken by Sonia"));
}

#[test]
fn a_break_takes_the_item_and_only_the_queue_ends_it() {
    let mut story = Story::with(&[served("i1", "news", 0), served("i2", "news", 0)]);
    let until = noon() + Duration::from_secs(600);
    let said = story.news(News::Break(BreakDue { until, rule: "acute".into(), required_s: 600 }));
    assert!(said.contains("Break.") && said.contains("until 12:10:00"), "{said}");
    assert!(story.asked(|ask| matches!(ask, Ask::Release(_))), "the item went back");
    for line in ["a", "", "d spam", "u", "yes", "B"] {
        assert!(story.calmly(line).contains("no key ends it early"), "{line}");
    }
    assert!(story.calmly("?").contains("Nothing ends a break early"));
    story.turn(600_000);
    story.sitting.woke(story.clock.now());
    assert!(story.said().contains("The break is over"));
    assert!(story.calmly("a").contains("The break is over"), "only Enter");
    story.calmly("");
    assert!(story.asked(|ask| *ask == Ask::EndBreak));
    story.news(News::Shift(Box::new(ShiftState { running: true, ..ShiftState::default() })));
    let said = story.news(News::Ahead { items: vec![served("i3", "news", 0)], waiting: 1, first: false });
    assert!(said.contains("some words"), "{said}");
    assert!(story.held().is_empty());
}

#[test]
fn in_ones_own_break_any_line_returns_and_the_item_is_told_again() {
    let mut story = Story::with(&[served("i1", "news", 0)]);
    assert!(story.calmly("B").contains("Nobody asks why"));
    assert!(story.calmly("l").contains("lunch"));
    let said = story.calmly("a");
    assert!(said.contains("some words"), "{said}");
    assert!(story.held().is_empty(), "the line meant nothing else");
}

#[test]
fn nobody_there_for_three_minutes_gives_the_item_back() {
    let mut story = Story::with(&[served("i1", "news", 0)]);
    story.turn(60_000);
    story.sitting.woke(story.clock.now());
    assert_eq!(story.said(), "");
    story.turn(120_000);
    story.sitting.woke(story.clock.now());
    assert!(story.said().contains("went back to the queue"));
    assert!(story.asked(|ask| *ask == Ask::Away(true)));
    let active = story.log.lock().expect("a log").asks.iter().find_map(|ask| match ask {
        Ask::Release(sights) => sights[0].active_ms,
        _ => None,
    });
    assert_eq!(active, Some(60_000), "the time under the curtain is nobody's");
    story.calmly("a");
    assert!(story.asked(|ask| *ask == Ask::Away(false)));
    assert!(story.held().is_empty());
}

#[test]
fn a_prepared_reply_is_filled_on_one_line_and_never_kept_with_a_blank() {
    let mut story = Story::with(&[served("a", "news", 0)]);
    let templates = "[templates.late]\ntitle.en = \"Late\"\ntext.en = \"Send {{ask: number}} to {{client}}.\"\n\
        [tree]\nstart = \"w\"\n[tree.questions.w]\nask.en = \"What?\"\n\
        answers = [{ key = \"l\", say.en = \"it is late\", template = \"late\" }]\n";
    let news = Client { name: "news".into(), templates: Some(templates.into()), ..Client::default() };
    story.news(News::House { clients: vec![news], policies: vec![("news".into(), policies())], queues: Vec::new() });
    assert!(story.calmly("template").contains("1 Late"));
    assert!(story.calmly("template ?").contains("What? l it is late"));
    let said = story.calmly("template ? l");
    assert!(said.contains("Send {{number}} to news.") && said.contains("Not kept yet"), "{said}");
    assert!(story.calmly("r {{number}} is missing").contains("1 blank: not sent"));
    let said = story.calmly("template 1; 4711");
    assert!(said.contains("Send 4711 to news.") && said.contains("Public reply kept"), "{said}");
    assert!(story.held().is_empty(), "a follow-up never implies a verdict");
}

#[test]
fn one_s_own_page_is_read_out_and_topics_are_taken_out_by_their_code() {
    use moddesk::moderation::mine::Mine;
    let mut desk = Story::with(&[served("a:1", "news", 0)]);
    desk.types("day");
    assert!(desk.asked(|ask| *ask == Ask::Mine));
    let told = desk.news(News::Mine(Box::default()));
    for words in ["no supervisor sees it", "A · 2^(−dt / half_life)", "your breaks", "You take everything."] {
        assert!(told.contains(words), "{words}: {told}");
    }
    desk.types("topics hate");
    desk.news(News::Mine(Box::default()));
    assert!(desk.asked(|ask| *ask == Ask::OptOut(vec!["hate".into()])));
    let told = desk.news(News::Mine(Box::new(Mine { topics: vec!["hate".into()], ..Mine::default() })));
    assert!(told.contains("Not served from the next item fetched on: hate"), "{told}");
    assert!(desk.types("checkin 4 2").contains("The check-in is off"));
    assert!(desk.held().is_empty());
}
