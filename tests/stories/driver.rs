//! A desk driven by keys: model, update, and a desk that only records what it is asked. No terminal, no threads, no
//! clock but the one that a story turns.

use jiff::{SignedDuration, Timestamp};
use moddesk::desk::{Ask, News};
use moddesk::moderation::policy::Policies;
use moddesk::moderation::shift::ShiftState;
use moddesk::moderation::{Client, Decision, Item, Queue, Served};
use moddesk::tui::command::Bindings;
use moddesk::tui::effect::Effect;
use moddesk::tui::keymap::{Context, Key};
use moddesk::tui::model::{Model, Screen};
use moddesk::tui::msg::{Msg, What};
use moddesk::tui::theme::Theme;
use moddesk::tui::update::{clock::next_wake, ids_at_least, key::place, update};
use moddesk::tui::{Settings, view};
use moddesk::wellbeing::{Moment, Severity};
use moddesk::words::{Lang, Words};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// What the journal of the recording desk says next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Journal {
    /// It takes everything.
    #[default]
    Works,
    /// The disk is full.
    Full,
}

/// A desk in a story.
pub struct Desk {
    /// The model, to look into where words on screen are not enough.
    pub model: Model,
    /// All that was asked of the desk, in order.
    pub asks: Vec<Ask>,
    /// Decisions in the journal, not yet sent.
    pub journal: Vec<Decision>,
    /// Decisions of which sending has begun.
    pub sending: Vec<Uuid>,
    /// Drafts in the journal.
    pub drafts: HashMap<String, serde_json::Value>,
    /// What was copied.
    pub copied: Vec<String>,
    /// What the editor was given.
    pub edited: Vec<String>,
    /// Whether the loop was told to leave.
    pub left: bool,
    /// How often it rang.
    pub rang: usize,
    /// What was last to be remembered.
    pub remembered: Option<moddesk::desk::Recent>,
    /// The day's answers.
    pub checked_in: Vec<(u8, u8)>,
    /// How the journal is.
    pub disk: Journal,
    /// Items by id, as a taking back returns them.
    served: HashMap<String, Arc<Served>>,
    now: Moment,
    ids: u128,
    theme: Theme,
    buffer: Buffer,
    /// Frames drawn so far.
    pub frames: usize,
}

/// A Sunday in November.
pub fn morning() -> Timestamp {
    "2026-11-22T14:00:00Z".parse().expect("a time")
}

/// An item with these words.
pub fn item(id: &str, text: &str) -> Served {
    let item = Item {
        id: id.into(),
        queue: Some("comments".into()),
        revision: 1,
        lang: Some("en".into()),
        text: Some(text.into()),
        created_at: Some(morning() - SignedDuration::from_mins(12)),
        ..Item::default()
    };
    let actions = ["approve", "delete", "restrict", "escalate", "reply", "insight", "forward", "like", "share"];
    Served {
        item,
        queue: "comments".into(),
        client: "news".into(),
        round: 1,
        lease_until: morning() + SignedDuration::from_mins(5),
        due_at: Some(morning() + SignedDuration::from_mins(35)),
        severity: Severity::NONE,
        actions: actions.into_iter().chain(["sanction", "label"]).map(str::to_owned).collect(),
        rounds: Vec::new(),
        author: None,
        alike: Vec::new(),
    }
}

/// An item of this level.
pub fn hard(id: &str, text: &str, level: u8) -> Served {
    let mut served = item(id, text);
    served.severity = Severity::new(level).expect("0 to 4");
    served.item.severity = served.severity;
    served
}

/// The built-in policies, as the store would tell them.
pub fn policies(version: &str) -> Policies {
    let policy = |code: &str, letter: char, title: &str, severity: u8, grave: bool, terms: &[&str]| {
        serde_json::json!({
            "code": code, "letter": letter, "title": {"en": title, "fr": title}, "text": {"en": title},
            "severity": severity, "grave": grave, "terms": {"*": terms},
        })
    };
    let policies = serde_json::json!({"version": version, "policies": [
        policy("spam", 's', "Spam", 0, false, &["casino"]),
        policy("insult", 'i', "Insult", 1, false, &["idiot", "moron"]),
        policy("hate", 'h', "Hate", 2, false, &["vermin"]),
        policy("threat", 't', "Threat", 2, true, &["kill"]),
        policy("graphic", 'g', "Graphic", 3, false, &[]),
        {
            "code": "minors", "letter": "m", "title": {"en": "Minors", "fr": "Mineurs"}, "text": {"en": "Minors"},
            "severity": 4, "grave": true, "sealed": true,
        },
    ]});
    serde_json::from_value(policies).expect("policies as the contract has them")
}

/// The clients of the stories.
pub fn house(version: &str) -> News {
    let client = |name: &str, title: &str| Client {
        name: name.into(),
        title: Some(title.into()),
        charter: Some("Be fair.\nSign with your first name.".into()),
        contacts: vec!["Sonia +33 1 00".into()],
        ..Client::default()
    };
    let mut queue = Queue::new("comments", "news");
    queue.departments = vec!["press".into(), "customer-service".into()];
    News::House {
        clients: vec![client("news", "Daily News"), client("shop", "The Shop")],
        policies: vec![("news".into(), policies(version)), ("shop".into(), policies("shop 1"))],
        queues: vec![queue, Queue::new("reviews", "shop")],
    }
}

impl Desk {
    /// A desk at 80x24, in English, signed in, on the shift screen.
    pub fn open() -> Self {
        Self::with(Settings::default(), Lang::En)
    }

    /// The same with other settings and words.
    pub fn with(settings: Settings, lang: Lang) -> Self {
        let mut desk = Self::unheard(settings, lang);
        desk.signs_in();
        desk
    }

    /// Opened, and nobody has answered yet.
    pub fn unheard(settings: Settings, lang: Lang) -> Self {
        let now = Moment { wall: morning(), boot_id: "story".into(), since_boot: Duration::from_secs(3600) };
        let (keys, words) = (Arc::new(Bindings::shipped(lang)), Arc::new(Words::new(lang)));
        let mut desk = Self {
            model: Model::new(settings, keys, words, now.clone(), (80, 24)),
            asks: Vec::new(),
            journal: Vec::new(),
            sending: Vec::new(),
            drafts: HashMap::new(),
            copied: Vec::new(),
            edited: Vec::new(),
            left: false,
            rang: 0,
            remembered: None,
            checked_in: Vec::new(),
            disk: Journal::Works,
            served: HashMap::new(),
            now,
            ids: 0,
            theme: Theme::Terminal,
            buffer: Buffer::empty(Rect::new(0, 0, 80, 24)),
            frames: 0,
        };
        desk.tell(What::Opened);
        desk
    }

    /// The queue answers.
    pub fn signs_in(&mut self) {
        self.news(house("news 14"));
        let ends_at = Some(morning() + SignedDuration::from_hours(8));
        self.news(News::Shift(Box::new(ShiftState { running: true, ends_at, ..ShiftState::default() })));
    }

    /// At work on these items, the first one seen for a while.
    pub fn at_work(items: impl IntoIterator<Item = Served>) -> Self {
        Self::open().working(items)
    }

    /// Begins to work on these items.
    pub fn working(mut self, items: impl IntoIterator<Item = Served>) -> Self {
        self.ahead(items);
        self.press("shift.start");
        self.turn(Duration::from_secs(2));
        self
    }

    /// More items, fetched ahead.
    pub fn ahead(&mut self, items: impl IntoIterator<Item = Served>) {
        let items: Vec<Arc<Served>> = items.into_iter().map(Arc::new).collect();
        for served in &items {
            self.served.insert(served.item.id.clone(), served.clone());
        }
        let waiting = items.len() as u64;
        self.news(News::Ahead { items, waiting, first: false });
    }

    /// The queue has leased these, by name.
    pub fn leases(&mut self, items: &[Served]) {
        self.served.extend(items.iter().map(|served| (served.item.id.clone(), Arc::new(served.clone()))));
    }

    /// News from the queue.
    pub fn news(&mut self, news: News) {
        self.tell(What::News(Box::new(news)));
    }

    /// Another size of the terminal.
    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        self.resize(columns, rows);
        self
    }

    /// The same, in the middle of a story.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.buffer.resize(Rect::new(0, 0, columns, rows));
        self.tell(What::Resized(columns, rows));
    }

    /// Presses the key of a command, whatever it is, in the place where keys are now.
    pub fn press(&mut self, command: &str) {
        let context = place(&self.model);
        let bindings = self.model.keys.clone();
        let keys = bindings.keys(context, command).or_else(|| bindings.keys(Context::Desk, command));
        for key in keys.unwrap_or_else(|| panic!("{command} has no key in {context}")) {
            self.key(*key);
        }
    }

    /// Presses the key of a command that ends the item, after it was seen long enough.
    pub fn press_slowly(&mut self, command: &str) {
        self.turn(Duration::from_secs(1));
        self.press(command);
    }

    /// Types characters, one key each.
    pub fn types(&mut self, text: &str) {
        for c in text.chars() {
            self.key(Key::char(c));
        }
    }

    /// Presses one key.
    pub fn key(&mut self, key: Key) {
        self.turn(Duration::from_millis(60));
        self.tell(What::Key(key));
    }

    /// Presses keys that were all read at the same moment.
    pub fn burst(&mut self, keys: impl IntoIterator<Item = Key>) {
        for key in keys {
            self.tell(What::Key(key));
        }
    }

    /// Pastes.
    pub fn paste(&mut self, text: &str) {
        self.tell(What::Paste(text.into()));
    }

    /// Lets time pass, waking the desk when it asked to be woken.
    pub fn turn(&mut self, by: Duration) {
        let mut left = by;
        while let Some(wake) = next_wake(&self.model).filter(|wake| *wake <= left) {
            self.pass(wake);
            left -= wake;
            self.tell(What::Woke);
        }
        self.pass(left);
        self.model.at = self.now.clone();
    }

    fn pass(&mut self, by: Duration) {
        self.now.wall += by;
        self.now.since_boot += by;
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        self.now.wall
    }

    /// The editor was left.
    pub fn saved(&mut self, text: &str) {
        self.tell(What::Edited(Ok(text.into())));
    }

    fn tell(&mut self, what: What) {
        self.one(what);
        // As the loop does: a decision forces a frame, everything else gets one when nothing waits.
        self.draw();
        self.one(What::Drawn);
    }

    fn one(&mut self, what: What) {
        while self.model.ids.len() < ids_at_least(&self.model) {
            self.ids += 1;
            self.model.ids.push_back(Uuid::from_u128(self.ids));
        }
        let todo = update(&mut self.model, Msg { at: self.now.clone(), what });
        for effect in todo {
            match effect {
                Effect::Hold(decisions, _) => {
                    if self.disk == Journal::Full {
                        return self.one(What::NotHeld("the disk is full".into()));
                    }
                    self.journal.extend(decisions);
                }
                Effect::TakeBack(id) => {
                    let found = self.journal.iter().position(|decision| decision.id == id);
                    let answer = match found.filter(|_| !self.sending.contains(&id)) {
                        Some(at) => {
                            let batch = self.journal[at].batch;
                            let whole = |one: &Decision| one.id == id || (batch.is_some() && one.batch == batch);
                            let back: Vec<Decision> = self.journal.iter().filter(|one| whole(one)).cloned().collect();
                            self.journal.retain(|one| !back.iter().any(|gone| gone.id == one.id));
                            Some(back.iter().map(|one| self.served[&one.item].clone()).collect())
                        }
                        None => None,
                    };
                    self.one(What::TakenBack(id, answer));
                }
                Effect::KeepDraft(item, Some(draft)) => {
                    self.drafts.insert(item, draft);
                }
                Effect::KeepDraft(item, None) => {
                    self.drafts.remove(&item);
                }
                Effect::Ask(ask) => self.asks.push(ask),
                Effect::Copy(text) => self.copied.push(text),
                Effect::Bell => self.rang += 1,
                Effect::Leave => self.left = true,
                Effect::Edit(text) => self.edited.push(text),
                Effect::Remember(recent) => self.remembered = Some(recent),
                Effect::Repaint | Effect::Suspend => {}
                Effect::CheckIn(mood, load) => self.checked_in.push((mood, load)),
            }
        }
    }

    fn draw(&mut self) {
        self.model.frame_now = false;
        self.buffer.reset();
        view::draw(&self.model, self.theme, &mut self.buffer);
        self.frames += 1;
        let screen = self.screen();
        let untold = screen.split('⟨').skip(1).find(|rest| rest.split_once('⟩').is_some_and(|(id, _)| is_an_id(id)));
        assert!(untold.is_none(), "a message that no language has is on the screen:\n{screen}");
    }

    /// The screen, a line a row.
    pub fn screen(&self) -> String {
        let area = self.buffer.area;
        let mut text = String::new();
        for y in 0..area.height {
            let mut row = String::new();
            let mut x = 0;
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

    /// The screen must show this.
    #[track_caller]
    pub fn sees(&self, words: &str) {
        assert!(self.screen().contains(words), "{words:?} is not on screen:\n{}", self.screen());
    }

    /// The screen must not show this.
    #[track_caller]
    pub fn sees_not(&self, words: &str) {
        assert!(!self.screen().contains(words), "{words:?} is on screen:\n{}", self.screen());
    }

    /// The item on screen.
    pub fn on_screen(&self) -> Option<&str> {
        let here = self.model.screen == Screen::Item && self.model.curtain.is_none();
        self.model.current.as_ref().filter(|_| here).map(|shown| shown.served.item.id.as_str())
    }

    /// What was decided and not taken back: item and verdict.
    pub fn decided(&self) -> Vec<(&str, &'static str)> {
        self.journal.iter().map(|decision| (decision.item.as_str(), decision.verdict.code())).collect()
    }

    /// The buffer as it was drawn last.
    pub fn cells(&self) -> &Buffer {
        &self.buffer
    }
}

/// Whether these are the words of an id of a message, as it is shown where no language has it.
fn is_an_id(text: &str) -> bool {
    text.contains('-') && text.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '-' | '.' | '0'..='9'))
}
