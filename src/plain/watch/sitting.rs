//! The conversation: what is typed becomes asks, what is heard becomes lines. Pure.

use super::typed::{Command, understood};
use crate::desk::floor::{Teller, deadline};
use crate::desk::{FloorAsk, FloorNews, House, Kept};
use crate::moderation::Messages;
use crate::moderation::alert::AlertState;
use crate::moderation::floor::{FloorNow, Step, Trouble, troubles};
use crate::text::scrub;
use crate::words::Words;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

/// What comes of a line or of news.
#[derive(Clone, Debug, PartialEq)]
pub enum Out {
    /// A line to say.
    Say(String),
    /// Ask the floor.
    Ask(FloorAsk),
    /// Write this case file of an item.
    WriteCase(String, String),
}

/// The words there are, a line each.
const HELP: [&str; 8] = [
    "watch-plain-help-look",
    "watch-plain-help-alert",
    "watch-plain-help-open",
    "watch-plain-help-item",
    "watch-plain-help-questions",
    "watch-plain-help-notices",
    "watch-plain-help-house",
    "watch-plain-help-find",
];

/// Somebody watching by typed words.
pub struct Watching {
    pub(super) words: Arc<Words>,
    pub(super) zone: TimeZone,
    pub(super) now: Option<FloorNow>,
    pub(super) house: House,
    pub(super) alerts: Vec<AlertState>,
    pub(super) troubles: Vec<Trouble>,
    told: BTreeSet<String>,
    pub(super) opened: Option<Box<Kept>>,
    pub(super) shown: bool,
    down: bool,
    pub(super) at: Timestamp,
    pub(super) messages: Messages,
    pub(super) heard_messages: bool,
    /// What each number of a question stands for.
    pub(super) listed: Vec<Uuid>,
    /// And of a notice.
    pub(super) noticed: Vec<Uuid>,
    pub(super) answered: Option<Uuid>,
    leaving: bool,
    out: Vec<Out>,
}

impl Watching {
    /// Before anything was heard.
    pub fn new(words: Arc<Words>, zone: TimeZone, at: Timestamp) -> Self {
        Self {
            words,
            zone,
            now: None,
            house: House::default(),
            alerts: Vec::new(),
            troubles: Vec::new(),
            told: BTreeSet::new(),
            opened: None,
            shown: false,
            down: false,
            at,
            messages: Messages::default(),
            heard_messages: false,
            listed: Vec::new(),
            noticed: Vec::new(),
            answered: None,
            leaving: false,
            out: Vec::new(),
        }
    }

    /// Whether it is over.
    pub fn is_leaving(&self) -> bool {
        self.leaving
    }

    pub(super) fn say(&mut self, line: impl Into<String>) {
        self.out.push(Out::Say(line.into()));
    }

    pub(super) fn ask(&mut self, ask: FloorAsk) {
        self.out.push(Out::Ask(ask));
    }

    pub(super) fn teller(&self) -> Teller<'_> {
        Teller { words: &self.words, zone: &self.zone, at: self.at }
    }

    /// A line was typed. `id` is for a decision, minted outside.
    pub fn line(&mut self, at: Timestamp, line: &str, id: Uuid) -> Vec<Out> {
        self.at = at;
        match understood(line) {
            None if line.trim().is_empty() => self.figures(),
            None => {
                let what = scrub::log(line.trim());
                self.say(self.words.say_with("watch-plain-unknown", &[("what", what.into())]));
            }
            Some((command, rest)) => self.command(command, rest, id),
        }
        std::mem::take(&mut self.out)
    }

    fn command(&mut self, command: Command, rest: &str, id: Uuid) {
        let looks = matches!(command, Command::People | Command::Hands | Command::Threads | Command::Alerts);
        if looks && self.now.is_none() {
            return self.say(self.words.say("watch-first").into_owned());
        }
        match command {
            Command::Figures => self.figures(),
            Command::People => self.people(),
            Command::Hands => self.hands(),
            Command::Threads => self.threads(),
            Command::Alerts => self.all_alerts(),
            Command::Take => self.take(rest),
            Command::Open if rest.is_empty() => self.needs("watch-plain-open"),
            Command::Open => self.ask(FloorAsk::Open(rest.to_owned())),
            Command::Show => {
                self.shown = true;
                self.content();
            }
            Command::Decide => self.decide(rest, id),
            Command::Move => match rest.split_once(char::is_whitespace) {
                Some((item, to)) => self.ask(FloorAsk::Step(item.to_owned(), Step::Move { to: to.trim().to_owned() })),
                None => self.needs("watch-plain-move"),
            },
            Command::Priority => match rest.split_once(char::is_whitespace).map(|(item, n)| (item, n.trim().parse())) {
                Some((item, Ok(n))) => {
                    self.ask(FloorAsk::Step(item.to_owned(), Step::Priority { priority: Some(n), due_at: None }));
                }
                _ => self.needs("watch-plain-priority"),
            },
            Command::Deadline => {
                let typed = rest.split_once(char::is_whitespace);
                match typed.and_then(|(item, typed)| Some((item, deadline(typed.trim(), self.at, &self.zone)?))) {
                    Some((item, due)) => {
                        let step = Step::Priority { priority: None, due_at: Some(due) };
                        self.ask(FloorAsk::Step(item.to_owned(), step));
                    }
                    None => self.needs("watch-plain-deadline"),
                }
            }
            Command::Release if rest.is_empty() => self.needs("watch-plain-release"),
            Command::Release => self.ask(FloorAsk::Step(rest.to_owned(), Step::Release)),
            Command::Pause => match rest.split_once(char::is_whitespace) {
                Some((queue, why)) => {
                    let because = Some(why.trim().to_owned());
                    self.ask(FloorAsk::Pause { queue: queue.to_owned(), because });
                }
                None => self.needs("watch-plain-pause"),
            },
            Command::Resume if rest.is_empty() => self.needs("watch-plain-resume"),
            Command::Resume => self.ask(FloorAsk::Pause { queue: rest.to_owned(), because: None }),
            Command::Assign => {
                let (person, queues) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                if person.is_empty() {
                    return self.needs("watch-plain-assign");
                }
                let queues = queues.split([',', ' ']).filter(|name| !name.is_empty()).map(str::to_owned).collect();
                self.ask(FloorAsk::Assign { person: person.to_owned(), queues });
            }
            Command::Questions => self.questions(),
            Command::Answer => self.answer(rest, id),
            Command::Advise => self.advise(rest, id),
            Command::Keep => self.keep(),
            Command::Notices => self.notices(rest),
            Command::Notice => self.notify(rest, true, id),
            Command::Tell => self.notify(rest, false, id),
            Command::Find if rest.is_empty() => self.needs("watch-plain-find"),
            Command::Find => self.ask(FloorAsk::Find(rest.to_owned())),
            Command::Case if rest.is_empty() => self.needs("watch-plain-case"),
            Command::Case => self.ask(FloorAsk::Case(rest.to_owned())),
            Command::Help => {
                for id in HELP {
                    self.say(self.words.say(id).into_owned());
                }
            }
            Command::Quit => self.leaving = true,
        }
    }

    pub(super) fn needs(&mut self, id: &str) {
        let how = self.words.say(id).into_owned();
        self.say(self.words.say_with("watch-plain-write", &[("how", how.into())]));
    }

    /// Something was heard.
    pub fn news(&mut self, at: Timestamp, news: FloorNews) -> Vec<Out> {
        self.at = at;
        match news {
            FloorNews::Now(now) => self.told_now(*now),
            FloorNews::Alerts(alerts) => {
                self.alerts = alerts;
                let untaken = self.alerts.iter().filter(|one| one.taken.is_none() && !one.alert.withdrawn);
                let lines: Vec<(String, String)> =
                    untaken.map(|one| (one.alert.id.to_string(), self.teller().alert(one))).collect();
                for (key, line) in lines {
                    // Whom to ring changes with time: then it is said again.
                    if self.told.insert(format!("{key} {line}")) {
                        self.say(line);
                    }
                }
            }
            FloorNews::Messages(messages) => self.messages_told(*messages),
            FloorNews::House(house) => {
                self.house.set_clients(house.clients);
                for (client, policies) in house.policies {
                    self.house.set_policies(client, policies);
                }
            }
            FloorNews::Done(ask, _) => self.done(&ask),
            FloorNews::Refused(_, why) => {
                self.say(self.words.say_with("watch-refused", &[("why", scrub::log(&why).into())]));
            }
            FloorNews::Opened(kept, history) => {
                self.shown = false;
                let state = self.teller().stands(&kept.state, self.messages.parked(&kept.item.id, self.at));
                let args =
                    [("state", state.into()), ("queue", kept.queue.clone().into()), ("round", kept.round.into())];
                let state = self.words.say_with("watch-item-state", &args);
                self.say(format!("{} · {state}", scrub::log(&kept.item.id)));
                self.asked_about(&kept.item.id);
                self.opened = Some(kept);
                self.content();
                for entry in history {
                    let who = entry.by.as_deref().map(scrub::log).unwrap_or_default();
                    let when = self.words.moment(entry.at, self.at, &self.zone);
                    let args =
                        [("when", when.into()), ("what", self.teller().happened(&entry).into()), ("who", who.into())];
                    self.say(self.words.say_with("history-entry", &args));
                }
            }
            FloorNews::Found(_, part) => part.found.iter().for_each(|found| self.found(found)),
            FloorNews::Searched(typed) => {
                self.say(self.words.say_with("watch-plain-searched", &[("what", scrub::log(&typed).into())]));
            }
            FloorNews::Case(item, text) => self.out.push(Out::WriteCase(item, text)),
            FloorNews::Line(None) => {
                if std::mem::take(&mut self.down) {
                    self.say(self.words.say("watch-back-line").into_owned());
                }
            }
            FloorNews::Line(Some(broken)) => {
                if !std::mem::replace(&mut self.down, true) {
                    let time = self.words.clock(self.at, &self.zone);
                    let args = [("time", time.into()), ("why", scrub::log(&broken.why).into())];
                    self.say(self.words.say_with("watch-down", &args));
                }
            }
        }
        std::mem::take(&mut self.out)
    }

    fn told_now(&mut self, now: FloorNow) {
        let first = self.now.is_none();
        let before: Vec<_> = self.troubles.iter().map(|trouble| (trouble.kind, trouble.queue.clone())).collect();
        self.troubles = troubles(&now);
        let new: Vec<Trouble> = self
            .troubles
            .iter()
            .filter(|trouble| !before.contains(&(trouble.kind, trouble.queue.clone())))
            .cloned()
            .collect();
        for trouble in &new {
            let line = self.teller().trouble(trouble, &now);
            self.say(line);
        }
        self.now = Some(now);
        if first {
            self.figures();
            self.say(self.words.say("watch-plain-begin").into_owned());
        }
    }

    /// A case file was written, or not.
    pub fn written(&mut self, written: Result<String, String>) -> Vec<Out> {
        match written {
            Ok(path) => self.say(self.words.say_with("watch-case-written", &[("path", path.into())])),
            Err(why) => self.say(self.words.say_with("watch-case-failed", &[("why", why.into())])),
        }
        std::mem::take(&mut self.out)
    }
}
