//! The conversation: what is typed becomes asks, what is heard becomes lines. Pure.

use super::typed::{Command, understood};
use crate::desk::floor::{Teller, Word, deadline};
use crate::desk::{FloorAsk, FloorNews, House, Kept};
use crate::moderation::alert::AlertState;
use crate::moderation::floor::{FloorNow, Found, Step, Takes, Trouble, troubles};
use crate::moderation::{Measure, Verdict};
use crate::text::scrub;
use crate::wellbeing::Severity;
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
const HELP: [&str; 6] = [
    "watch-plain-help-look",
    "watch-plain-help-alert",
    "watch-plain-help-open",
    "watch-plain-help-item",
    "watch-plain-help-house",
    "watch-plain-help-find",
];

/// Somebody watching by typed words.
pub struct Watching {
    words: Arc<Words>,
    zone: TimeZone,
    now: Option<FloorNow>,
    house: House,
    alerts: Vec<AlertState>,
    troubles: Vec<Trouble>,
    told: BTreeSet<String>,
    opened: Option<Box<Kept>>,
    shown: bool,
    down: bool,
    at: Timestamp,
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
            leaving: false,
            out: Vec::new(),
        }
    }

    /// Whether it is over.
    pub fn is_leaving(&self) -> bool {
        self.leaving
    }

    fn say(&mut self, line: impl Into<String>) {
        self.out.push(Out::Say(line.into()));
    }

    fn ask(&mut self, ask: FloorAsk) {
        self.out.push(Out::Ask(ask));
    }

    fn teller(&self) -> Teller<'_> {
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

    fn needs(&mut self, id: &str) {
        let how = self.words.say(id).into_owned();
        self.say(self.words.say_with("watch-plain-write", &[("how", how.into())]));
    }

    /// The figures, a line a queue, the most pressing thing of each first.
    fn figures(&mut self) {
        let Some(now) = self.now.clone() else { return self.say(self.words.say("watch-first").into_owned()) };
        let people = now.people.iter().filter(|person| person.takes != Takes::Offline).count();
        let waiting: u64 = now.queues.iter().map(|queue| queue.stats.waiting).sum();
        let late: u64 = now.queues.iter().map(|queue| queue.stats.overdue).sum();
        let args = [("people", people.into()), ("waiting", waiting.into()), ("late", late.into())];
        self.say(self.words.say_with("watch-sum", &args));
        let pace = now.pace();
        for queue in &now.queues {
            let (stats, tell) = (&queue.stats, self.teller());
            let line = self.words.say_with(
                "watch-plain-queue",
                &[
                    ("queue", stats.name.as_str().into()),
                    ("client", self.house.client_title(&stats.client).to_owned().into()),
                    ("waiting", stats.waiting.into()),
                    ("leased", stats.leased.into()),
                    ("oldest", tell.age(stats.oldest_received_at).into()),
                    ("due", stats.due_15m.into()),
                    ("late", stats.overdue.into()),
                    ("came", tell.pace(queue.flow.pace_in()).into()),
                    ("left", tell.pace(queue.flow.pace_out()).into()),
                    ("removed", tell.removed(queue).into()),
                    ("outlook", tell.outlook(queue, pace).into()),
                ],
            );
            self.say(line);
        }
    }

    fn people(&mut self) {
        let people = self.now.as_ref().map(|now| now.people.clone()).unwrap_or_default();
        for person in &people {
            let line = format!("{}: {}", scrub::log(&person.name), self.teller().takes(person));
            self.say(line);
        }
        if people.is_empty() {
            self.say(self.words.say("watch-none-people").into_owned());
        }
    }

    fn hands(&mut self) {
        let Some(now) = self.now.clone() else { return };
        let moment = |at: Timestamp| self.words.moment(at, self.at, &self.zone);
        let mut lines = Vec::new();
        for item in &now.stuck {
            let id = if item.passed { "watch-stuck-passed" } else { "watch-stuck-nobody" };
            let text = self.words.say_with(id, &[("time", moment(item.received_at).into())]);
            lines.push(format!("{} · {} · {text}", scrub::log(&item.item), item.queue));
        }
        for lease in &now.leases {
            let due = lease.due_at.map_or_else(|| "–".to_owned(), moment);
            let args =
                [("who", scrub::log(&lease.by).into()), ("time", moment(lease.since).into()), ("due", due.into())];
            let text = self.words.say_with("watch-hand", &args);
            lines.push(format!("{} · {} · {text}", scrub::log(&lease.item), lease.queue));
        }
        if lines.is_empty() {
            lines.push(self.words.say("watch-none-hands").into_owned());
        }
        lines.into_iter().for_each(|line| self.say(line));
    }

    fn threads(&mut self) {
        let threads = self.now.as_ref().map(|now| now.threads.clone()).unwrap_or_default();
        for thread in &threads {
            let title = thread.title.as_ref().map(|title| scrub::line(title).as_str().to_owned());
            let title = title.unwrap_or_else(|| scrub::log(&thread.subject));
            let args = [("came", thread.came.into()), ("waiting", thread.waiting.into())];
            let text = self.words.say_with("watch-thread", &args);
            self.say(format!("{title} · {} · {text} · {}", thread.queue, scrub::log(&thread.item)));
        }
        if threads.is_empty() {
            self.say(self.words.say("watch-none-threads").into_owned());
        }
    }

    fn all_alerts(&mut self) {
        let alerts: Vec<String> = self.alerts.iter().map(|alert| self.teller().alert(alert)).collect();
        let none = alerts.is_empty() && self.troubles.is_empty();
        for (n, alert) in (1..).zip(alerts) {
            self.say(format!("{n}. {alert}"));
        }
        let now = self.now.clone().unwrap_or_default();
        for trouble in self.troubles.clone() {
            let line = self.teller().trouble(&trouble, &now);
            self.say(line);
        }
        if none {
            self.say(self.words.say("watch-none-alerts").into_owned());
        }
    }

    fn take(&mut self, rest: &str) {
        let untaken: Vec<Uuid> = self
            .alerts
            .iter()
            .filter(|alert| alert.taken.is_none() && !alert.alert.withdrawn)
            .map(|alert| alert.alert.id)
            .collect();
        let nth = rest.parse::<usize>().ok().and_then(|n| self.alerts.get(n.checked_sub(1)?)).map(|one| one.alert.id);
        let one = if rest.is_empty() { untaken.first().copied().filter(|_| untaken.len() == 1) } else { nth };
        match one {
            Some(id) => self.ask(FloorAsk::Acknowledge(id)),
            None if untaken.is_empty() => self.say(self.words.say("watch-no-alert").into_owned()),
            None => self.needs("watch-plain-take"),
        }
    }

    /// `decide VERDICT [MEASURE] [POLICY] because WHY`, on the item that is open.
    fn decide(&mut self, rest: &str, id: Uuid) {
        let Some(kept) = &self.opened else {
            let how = self.words.say("watch-plain-open").into_owned();
            return self.say(self.words.say_with("watch-not-opened", &[("key", how.into())]));
        };
        let split = [" because ", " parce que ", " car "]
            .iter()
            .find_map(|word| rest.split_once(word))
            .map(|(what, why)| (what.split_whitespace().collect::<Vec<_>>(), why.trim()));
        let Some((what, why)) = split.filter(|(_, why)| !why.is_empty()) else {
            return self.needs("watch-plain-decide");
        };
        let verdict = what.first().and_then(|said| {
            Verdict::ALL
                .into_iter()
                .find(|verdict| verdict.code() == *said || *self.words.coded("verdict", verdict.code()) == **said)
        });
        let measure = what.iter().find_map(|said| Measure::ALL.into_iter().find(|measure| measure.code() == *said));
        let policies = self.house.policies_of(&kept.client);
        let policy = what.iter().skip(1).find_map(|said| {
            let letter = Some(*said).filter(|said| said.chars().count() == 1).and_then(|said| said.chars().next());
            policies.get(said).or_else(|| policies.by_letter(letter?)).map(|policy| policy.code.clone())
        });
        let whole = match verdict {
            Some(Verdict::Delete) => policy.is_some(),
            Some(Verdict::Restrict) => policy.is_some() && measure.is_some(),
            Some(Verdict::Approve | Verdict::Escalate) => true,
            None => false,
        };
        let Some(verdict) = verdict.filter(|_| whole) else { return self.needs("watch-plain-decide") };
        let word = Word {
            item: kept.item.id.clone(),
            revision: kept.item.revision,
            client: kept.client.clone(),
            verdict,
            measure: measure.filter(|_| verdict == Verdict::Restrict),
            policy,
            seen: self.shown || kept.item.severity < Severity::DISTURBING,
        };
        let spoken = word.spoken(id, &policies.version, why, self.at);
        self.ask(FloorAsk::Overrule(Box::new(spoken)));
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
                let args = [
                    ("state", kept.state.clone().into()),
                    ("queue", kept.queue.clone().into()),
                    ("round", kept.round.into()),
                ];
                let state = self.words.say_with("watch-item-state", &args);
                self.say(format!("{} · {state}", scrub::log(&kept.item.id)));
                self.opened = Some(kept);
                self.content();
                for entry in history {
                    let who = entry.by.as_deref().map(scrub::log).unwrap_or_default();
                    let when = self.words.moment(entry.at, self.at, &self.zone);
                    let args = [("when", when.into()), ("what", scrub::log(&entry.what).into()), ("who", who.into())];
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

    fn done(&mut self, ask: &FloorAsk) {
        let line = match ask {
            FloorAsk::Step(id, step) => {
                let item = scrub::log(id);
                match step {
                    Step::Move { to } => {
                        self.words.say_with("watch-done-moved", &[("item", item.into()), ("queue", to.clone().into())])
                    }
                    Step::Priority { priority: Some(n), .. } => self
                        .words
                        .say_with("watch-done-priority", &[("item", item.into()), ("n", i64::from(*n).into())]),
                    Step::Priority { due_at, .. } => {
                        let time = due_at.map(|due| self.words.moment(due, self.at, &self.zone)).unwrap_or_default();
                        self.words.say_with("watch-done-deadline", &[("item", item.into()), ("time", time.into())])
                    }
                    Step::Release => self.words.say_with("watch-done-released", &[("item", item.into())]),
                }
            }
            FloorAsk::Overrule(asked) => {
                let item = scrub::log(&asked.decision.item);
                self.words.say_with("watch-done-decided", &[("item", item.into())])
            }
            FloorAsk::Pause { queue, because } => {
                let id = if because.is_some() { "watch-done-paused" } else { "watch-done-resumed" };
                self.words.say_with(id, &[("queue", queue.clone().into())])
            }
            FloorAsk::Assign { person, queues } => {
                let all = self.words.say("watch-all-queues").into_owned();
                let queues = if queues.is_empty() { all } else { queues.join(", ") };
                self.words
                    .say_with("watch-done-assigned", &[("who", scrub::log(person).into()), ("queues", queues.into())])
            }
            FloorAsk::Acknowledge(_) => self.words.say("watch-done-acknowledged").into_owned(),
            _ => return,
        };
        self.say(line);
    }

    /// A case file was written, or not.
    pub fn written(&mut self, written: Result<String, String>) -> Vec<Out> {
        match written {
            Ok(path) => self.say(self.words.say_with("watch-case-written", &[("path", path.into())])),
            Err(why) => self.say(self.words.say_with("watch-case-failed", &[("why", why.into())])),
        }
        std::mem::take(&mut self.out)
    }

    fn content(&mut self) {
        let Some(kept) = &self.opened else {
            let how = self.words.say("watch-plain-open").into_owned();
            return self.say(self.words.say_with("watch-not-opened", &[("key", how.into())]));
        };
        let level = kept.item.severity;
        if level >= Severity::DISTURBING && !self.shown {
            let name = self.words.coded("severity", &level.level().to_string()).into_owned();
            let show = self.words.say("watch-plain-show").into_owned();
            let args = [("level", name.into()), ("key", show.into())];
            return self.say(self.words.say_with("watch-covered", &args));
        }
        let said: Vec<String> = [&kept.item.title, &kept.item.text]
            .into_iter()
            .flatten()
            .flat_map(|said| scrub::block(said).as_str().lines().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        said.into_iter().for_each(|line| self.say(line));
    }

    fn found(&mut self, found: &Found) {
        let words = match found.severity {
            level if level >= Severity::DISTURBING => {
                self.words.coded("severity", &level.level().to_string()).into_owned()
            }
            _ => scrub::line(&found.words).as_str().to_owned(),
        };
        self.say(format!("{} · {} · {} · {words}", scrub::log(&found.item), found.queue, found.state));
    }
}
