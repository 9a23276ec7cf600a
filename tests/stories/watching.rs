//! A supervisor at the dashboard: keys in, screens out, and what was asked of the floor.

use jiff::{SignedDuration, Timestamp};
use moddesk::desk::line::HouseNow;
use moddesk::desk::{Broken, FloorAsk, FloorNews, Kept};
use moddesk::moderation::alert::AlertState;
use moddesk::moderation::floor::{
    Findings, FloorNow, Flow, Found, HotThread, LeaseNow, PersonNow, QueueNow, Share, Standing, Step, StuckItem, Takes,
};
use moddesk::moderation::queue::QueueStats;
use moddesk::moderation::{Alert, AlertKind, Client, Item, Queue, Verdict};
use moddesk::tui::command::Bindings;
use moddesk::tui::keymap::{Code, Context, Key};
use moddesk::tui::theme::Theme;
use moddesk::tui::watch::msg::{Effect, Msg, What};
use moddesk::tui::watch::update::{key::place, update};
use moddesk::tui::watch::{Model, Settings, view};
use moddesk::wellbeing::{Moment, Severity};
use moddesk::words::{Lang, Words};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

pub fn morning() -> Timestamp {
    "2026-11-22T14:00:00Z".parse().expect("a time")
}

pub fn ago(minutes: i64) -> Timestamp {
    morning() - SignedDuration::from_mins(minutes)
}

/// A dashboard in a story.
pub struct Watch {
    pub model: Model,
    pub asks: Vec<FloorAsk>,
    copied: Vec<String>,
    written: Vec<(String, String)>,
    pub rang: usize,
    now: Moment,
    buffer: Buffer,
    theme: Theme,
}

impl Watch {
    pub fn open(lang: Lang, size: (u16, u16)) -> Self {
        let settings = Settings { who: "sonia".into(), zone: jiff::tz::TimeZone::UTC, bell: true, here: false };
        let now = Moment { wall: morning(), boot_id: "story".into(), since_boot: Duration::from_secs(3600) };
        let (keys, words) = (Arc::new(Bindings::shipped(lang)), Arc::new(Words::new(lang)));
        let buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        let mut watch = Self {
            model: Model::new(settings, keys, words, now.clone(), size),
            asks: Vec::new(),
            copied: Vec::new(),
            written: Vec::new(),
            rang: 0,
            now,
            buffer,
            theme: Theme::Terminal,
        };
        watch.tell(What::Resized(size.0, size.1));
        watch
    }

    /// At a house in the middle of its day.
    pub fn at_work(lang: Lang, size: (u16, u16)) -> Self {
        let mut watch = Self::open(lang, size);
        watch.hear(FloorNews::House(Box::new(clients())));
        watch.hear(FloorNews::Alerts(Vec::new()));
        watch.hear(FloorNews::Now(Box::new(house())));
        watch
    }

    pub fn hear(&mut self, news: FloorNews) {
        self.tell(What::News(Box::new(news)));
    }

    pub fn tell(&mut self, what: What) {
        while self.model.ids.len() < 2 {
            self.model.ids.push_back(Uuid::from_u128(7));
        }
        for effect in update(&mut self.model, Msg { at: self.now.clone(), what }) {
            match effect {
                Effect::Ask(ask) => self.asks.push(ask),
                Effect::Copy(text) => self.copied.push(text),
                Effect::WriteCase(item, text) => self.written.push((item, text)),
                Effect::Bell => self.rang += 1,
                Effect::Repaint | Effect::Suspend => {}
            }
        }
        self.buffer.reset();
        view::draw(&self.model, self.theme, &mut self.buffer);
    }

    #[track_caller]
    pub fn press(&mut self, command: &str) {
        let context = place(&self.model);
        let keys = self.model.keys.clone();
        let keys = keys.keys(context, command).unwrap_or_else(|| panic!("{command} has no key in {context}"));
        for key in keys {
            self.tell(What::Key(*key));
        }
    }

    pub fn types(&mut self, text: &str) {
        for c in text.chars() {
            self.tell(What::Key(Key::char(c)));
        }
    }

    pub fn enter(&mut self) {
        self.tell(What::Key(Key::plain(Code::Enter)));
    }

    pub fn turn(&mut self, minutes: u64) {
        let by = Duration::from_secs(60 * minutes);
        self.now.wall += by;
        self.now.since_boot += by;
    }

    pub fn screen(&self) -> String {
        let area = self.buffer.area;
        let mut text = String::new();
        for y in 0..area.height {
            let (mut row, mut x) = (String::new(), 0);
            while x < area.width {
                let symbol = self.buffer[(x, y)].symbol();
                row.push_str(symbol);
                x += moddesk::text::width::of(symbol).max(1) as u16;
            }
            text.push_str(row.replace('\u{a0}', " ").trim_end());
            text.push('\n');
        }
        text
    }

    #[track_caller]
    pub fn sees(&self, words: &str) {
        assert!(self.screen().contains(words), "{words:?} is not on screen:\n{}", self.screen());
    }

    #[track_caller]
    pub fn sees_not(&self, words: &str) {
        assert!(!self.screen().contains(words), "{words:?} is on screen:\n{}", self.screen());
    }
}

fn clients() -> HouseNow {
    let client = |name: &str, title: &str| Client {
        name: name.into(),
        title: Some(title.into()),
        contacts: vec!["Sonia +33 1 00".into(), "the client +33 1 11".into()],
        ..Client::default()
    };
    let policies = serde_json::json!({"version": "news 14", "policies": [
        {"code": "hate", "letter": "h", "title": {"en": "Hate", "fr": "Haine"}, "text": {"en": "Hate"}, "severity": 2},
    ]});
    let policies: moddesk::moderation::policy::Policies = serde_json::from_value(policies).expect("policies");
    HouseNow {
        clients: vec![client("news", "Daily News"), client("shop", "The Shop")],
        policies: vec![("news".into(), policies.clone()), ("shop".into(), policies)],
        queues: vec![Queue::new("comments", "news"), Queue::new("threats", "news"), Queue::new("reviews", "shop")],
    }
}

fn row(name: &str, client: &str, waiting: u64, came: u32, left: u32) -> QueueNow {
    QueueNow {
        stats: QueueStats {
            name: name.into(),
            client: client.into(),
            waiting,
            oldest_received_at: (waiting > 0).then(|| ago(12)),
            ..QueueStats::default()
        },
        deadline_s: Some(3600),
        flow: Flow { came: vec![came; 20], left: (0..20).map(|n| left * (n % 5) / 2).collect() },
        today: Share { decided: 400, removed: 48 },
        usual: Share { decided: 8_000, removed: 800 },
        ..QueueNow::default()
    }
}

pub fn house() -> FloorNow {
    let mut comments = row("comments", "news", 412, 6, 4);
    (comments.stats.leased, comments.stats.due_15m, comments.hands) = (3, 3, 2);
    comments.stats.overdue = 2;
    let mut reviews = row("reviews", "shop", 30, 1, 3);
    (reviews.stats.leased, reviews.hands) = (1, 1);
    let person = |name: &str, takes: Takes, back: Option<i64>| PersonNow {
        name: name.into(),
        takes,
        back_at: back.map(|minutes| morning() + SignedDuration::from_mins(minutes)),
        queues: vec!["comments".into()],
        languages: vec!["fr".into(), "en".into()],
    };
    let lease = |item: &str, queue: &str, by: &str, since: i64| LeaseNow {
        item: item.into(),
        queue: queue.into(),
        by: by.into(),
        since: ago(since),
        until: morning() + SignedDuration::from_mins(3),
        due_at: Some(morning() + SignedDuration::from_mins(20)),
        parked: false,
    };
    FloorNow {
        at: Some(morning()),
        queues: vec![reviews, comments, row("threats", "news", 0, 0, 0)],
        people: vec![
            person("amine", Takes::All, None),
            person("ines", Takes::OnBreak, Some(8)),
            person("omar", Takes::Light, None),
            person("zoe", Takes::Offline, None),
        ],
        leases: vec![lease("forum:1", "comments", "omar", 9), lease("forum:2", "reviews", "amine", 1)],
        threads: vec![HotThread {
            subject: "s1".into(),
            title: Some("Storm: our advice".into()),
            queue: "comments".into(),
            came: 41,
            waiting: 30,
            item: "forum:9".into(),
        }],
        webhooks: Vec::new(),
        stuck: vec![StuckItem {
            item: "forum:7".into(),
            queue: "comments".into(),
            received_at: ago(50),
            due_at: None,
            passed: true,
        }],
    }
}

fn alert(id: u128, kind: AlertKind) -> AlertState {
    AlertState {
        alert: Alert {
            id: Uuid::from_u128(id),
            item: "forum:88121".into(),
            revision: 1,
            kind,
            plan: true,
            time: false,
            place: true,
            note: None,
            withdrawn: false,
            raised_at: morning(),
        },
        by: "ines".into(),
        taken: None,
        call: vec!["Sonia +33 1 00".into(), "the client +33 1 11".into()],
    }
}

pub fn kept(id: &str, severity: u8) -> Kept {
    let item: Item = serde_json::from_value(serde_json::json!({
        "id": id, "text": "words that were said", "revision": 2, "severity": severity, "url": "https://news.example/1",
    }))
    .expect("an item");
    Kept {
        item,
        queue: "comments".into(),
        client: "news".into(),
        state: "decided".into(),
        round: 1,
        due_at: None,
        decisions: Vec::new(),
    }
}

fn done(item: &str, queue: &str) -> Option<Box<Standing>> {
    let (state, priority) = ("waiting".into(), 0);
    let (item, queue) = (item.into(), queue.into());
    Some(Box::new(Standing { item, queue, state, round: 1, priority, due_at: None, taken_from: None }))
}

#[test]
fn the_house_at_both_sizes_in_both_languages() {
    for (size, name) in [((80, 24), "80x24"), ((120, 40), "120x40")] {
        for lang in [Lang::En, Lang::Fr] {
            let mut watch = Watch::at_work(lang, size);
            watch.hear(FloorNews::Alerts(vec![alert(1, AlertKind::Suicide)]));
            insta::assert_snapshot!(format!("watch_{name}_{}", lang.code()), watch.screen());
        }
    }
}

#[test]
fn every_pane_has_its_rows() {
    let mut watch = Watch::at_work(Lang::En, (80, 24));
    watch.sees("Daily News");
    watch.sees("empty 1");
    watch.press("pane.next");
    watch.sees("back at 14:08");
    watch.sees("takes light");
    watch.press("pane.next");
    watch.sees("all who may have handed it back");
    watch.sees("omar since 13:51, due 14:20");
    watch.press("pane.next");
    watch.sees("Storm: our advice");
    watch.press("pane.next");
    watch.sees("▶ ⚠ comments: 5 late or due");
    watch.press("pane.next");
    watch.sees("Nobody waits for an answer.");
    watch.press("pane.next");
    watch.sees("No notice was sent of late: n writes one.");
    watch.press("pane.next");
    watch.sees("Daily News");
}

#[test]
fn an_alert_rings_stays_and_goes_down_the_call_list_until_somebody_takes_it() {
    let mut watch = Watch::at_work(Lang::En, (80, 24));
    let rang = watch.rang;
    watch.hear(FloorNews::Alerts(vec![alert(1, AlertKind::Threat)]));
    assert_eq!(watch.rang, rang + 1);
    watch.sees("ALERT threat on forum:88121, by ines 14:00 · ring Sonia +33 1 00");
    watch.hear(FloorNews::Alerts(vec![alert(1, AlertKind::Threat)]));
    assert_eq!(watch.rang, rang + 1, "the same alert rings once");
    watch.turn(6);
    let mut wide = Watch::at_work(Lang::En, (120, 40));
    wide.turn(6);
    wide.hear(FloorNews::Alerts(vec![alert(1, AlertKind::Threat)]));
    wide.sees("ring the client +33 1 11");
    watch.press("watch.acknowledge");
    assert_eq!(watch.asks, [FloorAsk::Acknowledge(Uuid::from_u128(1))]);
    watch.sees("ALERT threat");
    watch.hear(FloorNews::Done(FloorAsk::Acknowledge(Uuid::from_u128(1)), None));
    watch.hear(FloorNews::Alerts(Vec::new()));
    watch.sees("You have taken the alert.");
    watch.sees_not("ALERT");
}

#[test]
fn a_known_trouble_is_quiet_until_it_has_gone_and_come_again() {
    let mut watch = Watch::at_work(Lang::En, (80, 24));
    watch.sees("⚠ comments");
    watch.press("watch.acknowledge");
    watch.sees_not("⚠ comments");
    watch.hear(FloorNews::Now(Box::new(house())));
    watch.sees_not("⚠ comments");
    let mut calm = house();
    calm.queues.iter_mut().for_each(|queue| queue.stats.waiting = 0);
    calm.queues.iter_mut().for_each(|queue| (queue.stats.due_15m, queue.stats.overdue) = (0, 0));
    calm.queues.iter_mut().for_each(|queue| queue.stats.leased = 0);
    watch.hear(FloorNews::Now(Box::new(calm)));
    watch.hear(FloorNews::Now(Box::new(house())));
    watch.sees("⚠ comments");
}

#[test]
fn what_comes_in_never_moves_the_cursor() {
    let mut watch = Watch::at_work(Lang::En, (80, 24));
    watch.press("list.down");
    watch.press("list.down");
    watch.sees("▶ reviews");
    let mut more = house();
    more.queues.insert(0, row("a-new-one", "news", 1, 0, 0));
    watch.hear(FloorNews::Now(Box::new(more)));
    watch.sees("▶ reviews");
}

#[test]
fn a_pause_wants_its_reason_and_resuming_none() {
    let mut watch = Watch::at_work(Lang::En, (80, 24));
    watch.press("watch.pause");
    watch.enter();
    watch.sees("It needs a reason.");
    assert!(watch.asks.is_empty());
    watch.types("the site is down");
    watch.enter();
    let because = Some("the site is down".to_owned());
    assert_eq!(watch.asks, [FloorAsk::Pause { queue: "comments".into(), because }]);
    let mut paused = house();
    paused.queues[1].stats.paused = true;
    paused.queues[1].paused_because = Some("the site is down".into());
    watch.hear(FloorNews::Now(Box::new(paused)));
    watch.sees("paused: the site");
    watch.press("watch.pause");
    assert_eq!(watch.asks[1], FloorAsk::Pause { queue: "comments".into(), because: None });
}

#[test]
fn esc_leaves_a_question_and_nothing_is_asked() {
    let mut watch = Watch::at_work(Lang::En, (80, 24));
    watch.press("watch.pause");
    watch.types("why");
    watch.press("screen.leave");
    watch.sees_not("Why is");
    assert!(watch.asks.is_empty());
}

#[test]
fn an_item_moves_goes_sooner_and_comes_out_of_somebodys_hands() {
    let mut watch = Watch::at_work(Lang::En, (80, 24));
    watch.press("watch.release");
    watch.sees("Choose an item first.");
    watch.press("pane.next");
    watch.press("pane.next");
    watch.press("list.down");
    watch.press("watch.release");
    assert_eq!(watch.asks.pop(), Some(FloorAsk::Step("forum:1".into(), Step::Release)));
    watch.press("watch.move");
    watch.sees("Move forum:1 to which queue?");
    watch.types("a");
    let to = Step::Move { to: "threats".into() };
    assert_eq!(watch.asks.pop(), Some(FloorAsk::Step("forum:1".into(), to.clone())));
    watch.hear(FloorNews::Done(FloorAsk::Step("forum:1".into(), to), done("forum:1", "threats")));
    watch.sees("forum:1 is in threats now.");
    watch.press("watch.priority");
    watch.types("many");
    watch.enter();
    watch.sees("A priority is a number");
    watch.press("text.erase_line");
    watch.types("80");
    watch.enter();
    let sooner = Step::Priority { priority: Some(80), due_at: None };
    assert_eq!(watch.asks.pop(), Some(FloorAsk::Step("forum:1".into(), sooner)));
    watch.press("watch.deadline");
    watch.types("45m");
    watch.enter();
    let due_at = Some(morning() + SignedDuration::from_mins(45));
    assert_eq!(watch.asks.pop(), Some(FloorAsk::Step("forum:1".into(), Step::Priority { priority: None, due_at })));
    watch.press("watch.deadline");
    watch.types("13:30");
    watch.enter();
    let due_at = Some("2026-11-23T13:30:00Z".parse().expect("a time"));
    assert_eq!(watch.asks.pop(), Some(FloorAsk::Step("forum:1".into(), Step::Priority { priority: None, due_at })));
}

#[test]
fn the_last_word_has_a_verdict_a_policy_and_a_reason() {
    let mut watch = Watch::at_work(Lang::En, (80, 24));
    watch.press("watch.decide");
    watch.sees("Open an item first");
    watch.press("pane.next");
    watch.press("pane.next");
    watch.press("watch.open");
    assert_eq!(watch.asks.pop(), Some(FloorAsk::Open("forum:7".into())));
    watch.hear(FloorNews::Opened(Box::new(kept("forum:7", 0)), Vec::new()));
    watch.sees("words that were said");
    watch.press("watch.decide");
    watch.types("d");
    watch.types("h");
    watch.sees("Why, in a sentence?");
    watch.enter();
    watch.sees("It needs a reason.");
    watch.types("it names a person");
    watch.enter();
    let Some(FloorAsk::Overrule(asked)) = watch.asks.pop() else { panic!("{:?}", watch.asks) };
    let decision = &asked.decision;
    assert_eq!((decision.item.as_str(), decision.revision, decision.verdict), ("forum:7", 2, Verdict::Delete));
    assert_eq!((decision.policy.as_deref(), decision.policy_version.as_deref()), (Some("hate"), Some("news 14")));
    assert_eq!(asked.reason, "it names a person");
    watch.hear(FloorNews::Refused(FloorAsk::Overrule(asked), "it was edited".into()));
    watch.sees("Not done: it was edited");
    watch.press("copy.link");
    assert_eq!(watch.copied.len(), 1);
    watch.press("watch.case");
    assert_eq!(watch.asks.pop(), Some(FloorAsk::Case("forum:7".into())));
    watch.hear(FloorNews::Case("forum:7".into(), "{}".into()));
    assert_eq!(watch.written, [("forum:7".to_owned(), "{}".to_owned())]);
    watch.press("screen.leave");
    watch.sees_not("words that were said");
}

#[test]
fn harder_content_is_covered_until_it_is_asked_for() {
    let mut watch = Watch::at_work(Lang::En, (80, 24));
    watch.hear(FloorNews::Opened(Box::new(kept("forum:7", 3)), Vec::new()));
    watch.sees("covered; o shows it");
    watch.sees_not("words that were said");
    watch.press("watch.reveal");
    watch.sees("words that were said");
    watch.press("watch.reveal");
    watch.sees_not("words that were said");
}

#[test]
fn a_search_shows_what_it_finds_as_it_finds_it() {
    let mut watch = Watch::at_work(Lang::En, (80, 24));
    watch.press("watch.find");
    watch.types("author:zorg* money");
    watch.enter();
    assert_eq!(watch.asks, [FloorAsk::Find("author:zorg* money".into())]);
    watch.sees("looking for “author:zorg* money”");
    let found = |item: &str, severity: u8| Found {
        item: item.into(),
        queue: "comments".into(),
        state: "decided".into(),
        severity: Severity::new(severity).expect("a level"),
        received_at: None,
        due_at: None,
        author: None,
        words: "free money".into(),
    };
    let part = Findings { found: vec![found("forum:3", 0), found("forum:4", 3)], before: Some(1) };
    watch.hear(FloorNews::Found("author:zorg* money".into(), part.clone()));
    watch.hear(FloorNews::Found("another search".into(), part));
    watch.hear(FloorNews::Searched("author:zorg* money".into()));
    watch.sees("2 found");
    assert_eq!(watch.screen().matches("free money").count(), 1, "harder words stay covered:\n{}", watch.screen());
    watch.press("list.down");
    watch.press("watch.open");
    assert_eq!(watch.asks.last(), Some(&FloorAsk::Open("forum:4".into())));
}

#[test]
fn somebody_is_given_other_queues() {
    let mut watch = Watch::at_work(Lang::En, (80, 24));
    watch.press("pane.next");
    watch.press("watch.assign");
    watch.sees("Queues of amine");
    watch.types(", threats");
    watch.enter();
    let queues = vec!["comments".to_owned(), "threats".to_owned()];
    assert_eq!(watch.asks, [FloorAsk::Assign { person: "amine".into(), queues }]);
}

#[test]
fn a_dead_line_says_so_in_words_and_keeps_the_figures() {
    let mut watch = Watch::at_work(Lang::En, (80, 24));
    let broken = Broken { why: "the queue cannot be reached".into(), for_good: false };
    watch.hear(FloorNews::Line(Some(broken)));
    watch.sees("No figures since 14:00: the queue cannot be reached");
    watch.sees("412");
    watch.hear(FloorNews::Line(None));
    watch.sees("The line is back.");
}

#[test]
fn every_command_is_in_help_and_palette_and_no_key_is_silent() {
    for lang in [Lang::En, Lang::Fr] {
        let mut watch = Watch::at_work(lang, (120, 60));
        watch.press("help.open");
        for command in moddesk::tui::watch::command::all() {
            let words = watch.model.words.command(command.name).replace('\u{a0}', " ");
            let first: String = words.chars().take(40).collect();
            watch.sees(&first);
        }
        watch.press("screen.leave");
        watch.press("palette.open");
        watch.types(if lang == Lang::En { "last word" } else { "dernier mot" });
        watch.enter();
        assert!(watch.model.mark.is_some(), "it says why it cannot be used now");
        watch.tell(What::Key(Key::char('z')));
        assert!(watch.model.mark.is_some());
        assert!(!watch.screen().contains('⟨'), "{}", watch.screen());
    }
}

#[test]
fn a_long_reason_in_the_help_was_cut_at_the_edge() {
    for (size, name) in [((80, 24), "80x24"), ((120, 40), "120x40")] {
        for lang in [Lang::En, Lang::Fr] {
            let mut watch = Watch::at_work(lang, size);
            watch.press("help.open");
            insta::assert_snapshot!(format!("watch_help_{name}_{}", lang.code()), watch.screen());
            let mut said = String::new();
            for _ in 0..60 {
                let screen = watch.screen();
                assert!(!screen.lines().any(|line| line.trim_end().ends_with('…')), "{screen}");
                said.push_str(screen.lines().nth(1).unwrap_or_default());
                said.push('\n');
                watch.tell(What::Key(Key::char('j')));
            }
            let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
            for command in moddesk::tui::watch::command::all() {
                let Some(why) = (command.unavailable)(&watch.model) else { continue };
                let why = watch.model.speaker().mark(&why).replace('\u{a0}', " ");
                let why = why.split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(said.contains(&why), "{}: {why}\n{said}", command.name);
            }
        }
    }
}

#[test]
fn pasted_text_is_never_read_as_keys() {
    let mut watch = Watch::at_work(Lang::En, (80, 24));
    watch.tell(What::Paste("papq".into()));
    assert!(watch.asks.is_empty() && !watch.model.leaving);
    watch.press("watch.find");
    watch.tell(What::Paste("forum:1\nq".into()));
    watch.enter();
    assert_eq!(watch.asks, [FloorAsk::Find("forum:1q".into())]);
}

#[test]
fn nobody_is_ranked_and_no_figure_of_one_person_is_shown() {
    let mut watch = Watch::at_work(Lang::En, (120, 40));
    let names = |screen: String| {
        let at = |name: &str| screen.find(name).unwrap_or_else(|| panic!("{name}:\n{screen}"));
        (at("amine  "), at("ines  "), at("zoe  "))
    };
    let (amine, ines, zoe) = names(watch.screen());
    assert!(amine < ines && ines < zoe, "people stand by their names");
    watch.press("watch.leave");
    assert!(watch.model.leaving);
    assert_eq!(watch.model.keys.key_of(Context::Watch, "watch.leave"), Some("q"));
}

#[test]
fn a_search_began_with_the_words_of_the_last_one_and_a_link_was_typed_mangled() {
    let mut watch = Watch::at_work(Lang::En, (80, 24));
    watch.press("watch.find");
    watch.types("storm");
    watch.enter();
    watch.press("watch.find");
    watch.types("https://forum.example/7");
    watch.sees("> https://forum.example/7");
    watch.enter();
    assert_eq!(watch.asks.last(), Some(&FloorAsk::Find("https://forum.example/7".into())));
}
