//! Imminent harm: the alert goes out at once; where it stands is said before every prompt until somebody has it.

use super::choice::pick;
use super::sitting::Sitting;
use crate::desk::{Ask, Unsent};
use crate::moderation::alert::AlertState;
use crate::moderation::{Alert, AlertKind};
use crate::text::{Untrusted, scrub};
use jiff::Timestamp;
use uuid::Uuid;

/// Where an alert stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Way {
    Sending,
    Sent,
    NotSent,
    Taken(String, Timestamp),
}

/// An alert of this desk.
#[derive(Clone, Debug)]
pub(super) struct AlertLine {
    alert: Alert,
    way: Way,
    /// Whom to ring, in order.
    call: Vec<String>,
}

impl Sitting {
    /// `!` and a letter sends one; `!` and `plan`, `time`, `place`, `note …`, `keep` or `withdraw` follow it up; alone
    /// it says what can be said.
    pub(super) fn alert(&mut self, rest: &str) {
        let letters = ['s', 't', 'a', 'c'];
        let kinds: Vec<_> = AlertKind::ALL
            .into_iter()
            .zip(letters)
            .map(|(kind, letter)| self.coded("alert", kind.code(), letter, kind))
            .collect();
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
        let alert = Alert {
            id: Uuid::now_v7(),
            item: front.served.item.id.clone(),
            revision: front.served.item.revision,
            kind,
            plan: false,
            time: false,
            place: false,
            note: None,
            withdrawn: false,
            raised_at,
        };
        front.draft.alert = Some((kind, false, false, false));
        let client = front.served.client.clone();
        let call = self.house.clients.get(&client).map(|client| client.contacts.clone()).unwrap_or_default();
        self.desk.ask(Ask::Alert(alert.clone()));
        self.alerts.push(AlertLine { alert, way: Way::Sending, call });
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
        line.way = Way::Sending;
        let alert = alert.clone();
        if let Some(front) = &mut self.front
            && front.served.item.id == alert.item
        {
            let known = (alert.kind, alert.plan, alert.time, alert.place);
            front.draft.alert = (!alert.withdrawn).then_some(known);
        }
        self.desk.ask(Ask::Alert(alert));
        self.keep_draft_if_any();
    }

    /// What the queue says of one.
    pub(super) fn alert_told(&mut self, state: Result<Box<AlertState>, Unsent>) {
        let (alert, way, call) = match state {
            Ok(state) => {
                let way = state.taken.map_or(Way::Sent, |(by, at)| Way::Taken(by, at));
                (state.alert, way, state.call)
            }
            Err(unsent) => (unsent.alert, Way::NotSent, unsent.call),
        };
        // It cannot wait for the next line to be typed.
        self.alert_news = true;
        match self.alerts.iter_mut().find(|line| line.alert.id == alert.id) {
            Some(line) => {
                line.way = way;
                if !call.is_empty() {
                    line.call = call;
                }
            }
            None => self.alerts.push(AlertLine { alert, way, call }),
        }
    }

    /// Every open alert in words; one that somebody has, or that was withdrawn, is said a last time.
    pub(super) fn open_alerts(&mut self) -> Vec<String> {
        let lines = self.alerts.iter().map(|line| self.alert_words(line)).collect();
        self.alerts.retain(|line| {
            let settled = matches!(line.way, Way::Taken(..)) || (line.alert.withdrawn && line.way == Way::Sent);
            !settled
        });
        lines
    }

    fn alert_words(&self, line: &AlertLine) -> String {
        let kind = self.words.coded("alert", line.alert.kind.code()).into_owned();
        let item = line.alert.item.as_str();
        match &line.way {
            Way::Sent if line.alert.withdrawn => {
                self.words.say_with("alert-withdrawn", &[("kind", kind.into()), ("item", item.into())])
            }
            Way::Sending => self.words.say_with("alert-sending", &[("kind", kind.into()), ("item", item.into())]),
            Way::Sent => {
                let time = self.words.clock(line.alert.raised_at, &self.settings.zone);
                self.words
                    .say_with("alert-sent", &[("kind", kind.into()), ("item", item.into()), ("time", time.into())])
            }
            Way::NotSent if line.call.is_empty() => {
                self.words.say_with("alert-not-sent-nobody", &[("kind", kind.into()), ("item", item.into())])
            }
            Way::NotSent => {
                let call = line.call.iter().map(|who| scrub::log(who)).collect::<Vec<_>>().join(", ");
                self.words
                    .say_with("alert-not-sent", &[("kind", kind.into()), ("item", item.into()), ("call", call.into())])
            }
            Way::Taken(who, at) => {
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
