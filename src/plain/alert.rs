//! Imminent harm: the alert goes out at once; where it stands is said before every prompt until somebody has it.

use super::choice::pick;
use super::sitting::Sitting;
use crate::desk::alert::{self, AlertLine, AlertWay};
use crate::desk::{Ask, Unsent, letters};
use crate::moderation::AlertKind;
use crate::moderation::alert::AlertState;
use crate::text::{Untrusted, scrub};
use uuid::Uuid;

impl Sitting {
    /// `!` and a letter sends one; `!` and `plan`, `time`, `place`, `note …`, `keep` or `withdraw` follow it up; alone
    /// it says what can be said.
    pub(super) fn alert(&mut self, rest: &str) {
        let kinds: Vec<_> =
            letters::alerts().map(|(kind, letter)| self.coded("alert", kind.code(), letter, kind)).collect();
        let (first, words) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let more = match first.to_lowercase().as_str() {
            "plan" => Some(More::Plan),
            "time" | "heure" => Some(More::Time),
            "place" | "lieu" => Some(More::Place),
            "note" => Some(More::Note(words.trim().to_owned())),
            "keep" | "garder" => return self.escalate_alert(),
            "withdraw" | "retirer" => Some(More::Withdraw),
            _ => None,
        };
        if let Some(more) = more {
            return self.complete(more);
        }
        match pick(&kinds, rest) {
            Some(choice) if self.front.is_some() => self.raise(choice.picked),
            Some(_) => self.tell("guard-no-item"),
            None => self.which("plain-say-alert", &kinds, rest),
        }
    }

    fn raise(&mut self, kind: AlertKind) {
        let raised_at = self.at.wall;
        let Some(front) = &mut self.front else { return };
        let line = AlertLine::raised(Uuid::now_v7(), &front.served, kind, &self.house, raised_at);
        front.draft.alert = line.on_draft();
        self.desk.ask(Ask::Alert(line.alert.clone()));
        self.alerts.push(line);
        self.keep_draft();
        self.tell("plain-alert-more");
        let line = self.words.say_with("alert-break-offered", &[("key", "B".into())]);
        self.say(line);
    }

    fn complete(&mut self, more: More) {
        let Some(line) = self.alerts.last_mut() else { return self.tell("desk-no-alert") };
        let alert = &mut line.alert;
        match more {
            More::Plan => alert.plan = true,
            More::Time => alert.time = true,
            More::Place => alert.place = true,
            More::Note(text) => alert.note = Some(text).filter(|text| !text.is_empty()).map(Untrusted::new),
            More::Withdraw => alert.withdrawn = true,
        }
        line.way = AlertWay::Sending;
        let (alert, known) = (line.alert.clone(), line.on_draft());
        if let Some(front) = &mut self.front
            && front.served.item.id == alert.item
        {
            front.draft.alert = known;
        }
        self.desk.ask(Ask::Alert(alert));
        self.keep_draft_if_any();
    }

    /// What the queue says of one.
    pub(super) fn alert_told(&mut self, state: Result<Box<AlertState>, Unsent>) {
        // It cannot wait for the next line to be typed.
        self.alert_news = true;
        alert::heard(&mut self.alerts, state);
    }

    /// Every open alert in words; one that somebody has, or that was withdrawn, is said a last time.
    pub(super) fn open_alerts(&mut self) -> Vec<String> {
        let lines = self.alerts.iter().map(|line| self.alert_words(line)).collect();
        self.alerts.retain(|line| !line.settled());
        lines
    }

    fn alert_words(&self, line: &AlertLine) -> String {
        let kind = self.words.coded("alert", line.alert.kind.code()).into_owned();
        let item = line.alert.item.as_str();
        match &line.way {
            AlertWay::Sent if line.alert.withdrawn => {
                self.words.say_with("alert-withdrawn", &[("kind", kind.into()), ("item", item.into())])
            }
            AlertWay::Sending => self.words.say_with("alert-sending", &[("kind", kind.into()), ("item", item.into())]),
            AlertWay::Sent => {
                let time = self.words.clock(line.alert.raised_at, &self.settings.zone);
                self.words
                    .say_with("alert-sent", &[("kind", kind.into()), ("item", item.into()), ("time", time.into())])
            }
            AlertWay::NotSent if line.call.is_empty() => {
                self.words.say_with("alert-not-sent-nobody", &[("kind", kind.into()), ("item", item.into())])
            }
            AlertWay::NotSent => {
                let call = line.call.iter().map(|who| scrub::log(who)).collect::<Vec<_>>().join(", ");
                self.words
                    .say_with("alert-not-sent", &[("kind", kind.into()), ("item", item.into()), ("call", call.into())])
            }
            AlertWay::Taken(who, at) => {
                let time = self.words.clock(*at, &self.settings.zone);
                let who = scrub::log(who);
                self.words.say_with(
                    "alert-taken",
                    &[("kind", kind.into()), ("item", item.into()), ("who", who.into()), ("time", time.into())],
                )
            }
        }
    }
}

/// What else is known.
enum More {
    Plan,
    Time,
    Place,
    Note(String),
    Withdraw,
}
