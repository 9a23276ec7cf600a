//! Taking back, what is held, and what could not be recorded.

use super::sitting::{Asked, Sitting};
use super::spoken;
use crate::desk::{Ask, TakenBack, Unsettled};
use crate::moderation::{Outcome, Recorded};
use crate::text::scrub;
use uuid::Uuid;

impl Sitting {
    /// `u`: the last held decision; again, the one before; what was sent is offered for reversal.
    pub(super) fn undo(&mut self, line: &str) {
        let Some(held) = self.held.last() else {
            return match self.sent.last() {
                Some(_) if self.reversing.is_some() => self.tell("desk-reversing"),
                Some((id, what, item)) => {
                    let (id, what, item) = (*id, what.clone(), item.clone());
                    self.offer_reversal(id, &what, &item, line);
                }
                None => self.tell("held-nothing"),
            };
        };
        let id = held.decision.id;
        match self.desk.take_back(id) {
            Err(why) => {
                let line = self.words.say_with("desk-failed", &[("why", why.to_string().into())]);
                self.say(line);
            }
            Ok(TakenBack::Sent) => {
                let title = self.policy_title(&held.served.client, &held.decision);
                let what = spoken::decided(&held.decision, &title, &self.words);
                let item = held.decision.item.clone();
                self.offer_reversal(id, &what, &item, line);
            }
            Ok(TakenBack::Back(items)) => {
                let Some(held) = self.held.pop() else { return };
                if held.batch.is_some() {
                    self.tally.decided = self.tally.decided.saturating_sub(1);
                    return self.batch_back(held, items);
                }
                self.tally.decided = self.tally.decided.saturating_sub(1);
                let item = held.decision.item;
                let Some(served) = items.into_iter().find(|served| served.item.id == item) else {
                    let line = self.words.say_with("desk-undone-lost", &[("item", item.into())]);
                    return self.say(line);
                };
                self.tell("plain-undone");
                if let Some(front) = self.take_off() {
                    self.ahead.push_front(front.served);
                }
                self.present(served, held.draft);
            }
        }
    }

    fn offer_reversal(&mut self, id: Uuid, what: &str, item: &str, line: &str) {
        let asks = self.words.say_with("desk-reverse-ask", &[("what", what.into()), ("item", item.into())]);
        self.say(asks);
        self.tell("desk-reverse-does");
        self.tell("plain-question");
        self.ask_again(Asked::Reverse(id), line);
    }

    /// Asks the queue for the reversal that the question was about.
    pub(super) fn reverse(&mut self, id: Uuid) {
        if self.reverse_all(id) {
            return;
        }
        self.reversing = Some(id);
        self.desk.ask(Ask::Reverse(id));
        self.tell("desk-reversing");
    }

    /// What the queue made of it.
    pub(super) fn reversed(&mut self, id: Uuid, recorded: &Recorded) {
        self.reversing = None;
        let name = self.sent.iter().find(|(sent, ..)| *sent == id).map(|(.., item)| item.clone()).unwrap_or_default();
        if recorded.outcome.is_success() || recorded.outcome == Outcome::Superseded {
            self.sent.retain(|(sent, ..)| *sent != id);
        }
        let line = if recorded.outcome.is_success() {
            self.words.say_with("desk-reversed", &[("item", name.into())])
        } else {
            let why = self.words.coded("outcome", recorded.outcome.code()).into_owned();
            self.words.say_with("desk-not-reversed", &[("item", name.into()), ("why", why.into())])
        };
        self.say(line);
    }

    /// What can still be taken back, the latest first.
    pub(super) fn list_held(&mut self) {
        if self.held.is_empty() {
            return self.tell("held-nothing");
        }
        let lines: Vec<String> = self
            .held
            .iter()
            .rev()
            .map(|held| {
                let title = self.policy_title(&held.served.client, &held.decision);
                let what = spoken::decided(&held.decision, &title, &self.words);
                let time = self.words.clock_exact(held.leaves_at, &self.settings.zone);
                let item = held.decision.item.as_str();
                self.words
                    .say_with("plain-held", &[("what", what.into()), ("item", item.into()), ("time", time.into())])
            })
            .collect();
        self.out.extend(lines);
    }

    /// What could not be recorded and was not read.
    pub(super) fn list_refused(&mut self) {
        if self.unsettled.is_empty() {
            return self.tell("desk-all-settled");
        }
        let lines: Vec<String> = self.unsettled.iter().map(|unsettled| self.refused_line(unsettled)).collect();
        self.out.extend(lines);
        self.tell("plain-refused-read");
    }

    /// The moderator has read them.
    pub(super) fn read_refused(&mut self) {
        let read: Vec<Uuid> = self.unsettled.iter().map(|unsettled| unsettled.decision.id).collect();
        if !read.is_empty() {
            self.desk.ask(Ask::Read(read));
        }
        self.unsettled.clear();
        self.tell("desk-all-settled");
    }

    /// One of them, and why.
    pub(super) fn refused_line(&self, unsettled: &Unsettled) -> String {
        let why = match &unsettled.result {
            Some(result) => self.why_not(result),
            None => self.words.say("desk-not-sent-yet").into_owned(),
        };
        let title = unsettled.decision.policy.as_deref().map(scrub::log).unwrap_or_default();
        let what = spoken::decided(&unsettled.decision, &title, &self.words);
        let item = unsettled.decision.item.as_str();
        self.words.say_with("outcome-one", &[("what", what.into()), ("item", item.into()), ("why", why.into())])
    }

    fn why_not(&self, result: &Recorded) -> String {
        match result.outcome {
            Outcome::Conflict if result.state.as_deref() == Some("leased") => {
                self.words.say("outcome-leased").into_owned()
            }
            Outcome::Refused => {
                let why = result.message.as_deref().map(scrub::log).unwrap_or_default();
                self.words.say_with("outcome-refused", &[("why", why.into())])
            }
            Outcome::Conflict if result.by.is_some() => {
                let who = result.by.as_deref().map(scrub::log).unwrap_or_default();
                let done = |verdict: crate::moderation::Verdict| format!("verdict-{}.done", verdict.code());
                let what = result.verdict.map(|verdict| self.words.say(&done(verdict)).into_owned());
                let what = what.unwrap_or_default();
                self.words.say_with("outcome-conflict-by", &[("who", who.into()), ("what", what.into())])
            }
            outcome => self.words.coded("outcome", outcome.code()).into_owned(),
        }
    }
}
