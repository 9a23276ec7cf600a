//! The day from its first line to its last.

use super::sitting::{Sitting, Stand};
use super::typed::{Command, Typed};
use crate::desk::{Ask, guard};
use crate::moderation::shift::Handover;
use crate::text::scrub;

impl Sitting {
    /// What is said before anything has come.
    pub(super) fn hello(&mut self) {
        let name = scrub::log(&self.settings.moderator);
        let line = self.words.say_with("shift-hello", &[("name", name.into())]);
        self.say(line);
        self.tell("plain-scrollback");
        if self.settings.demo {
            self.tell("head-demo");
        }
        let notes: Vec<String> = self.settings.notes.iter().map(|note| scrub::log(note)).collect();
        self.out.extend(notes);
        self.tell("plain-help-hint");
    }

    /// The shift, once it is known.
    pub(super) fn say_shift(&mut self, rests: bool) {
        if let Some(ends) = self.shift.ends_at {
            let time = self.words.clock(ends, &self.settings.zone);
            let line = self.words.say_with("shift-ends", &[("time", time.into())]);
            self.say(line);
        }
        let why = self.settings.rules.weakened_because.clone().or_else(|| self.shift.weakened_because.clone());
        if let Some(why) = why {
            let line = self.words.say_with("head-weakened", &[("why", scrub::log(&why).into())]);
            self.say(line);
        }
        if !self.shift.handover.is_empty() {
            self.tell("shift-handover");
        }
        let notes: Vec<String> = self
            .shift
            .handover
            .iter()
            .map(|note| {
                let when = self.words.moment(note.at, self.at.wall, &self.settings.zone);
                let text = note.text.lines().map(scrub::log).collect::<Vec<_>>().join(" ");
                let who = scrub::log(&note.by);
                self.words.say_with(
                    "shift-handover-one",
                    &[("who", who.into()), ("when", when.into()), ("text", text.into())],
                )
            })
            .collect();
        self.out.extend(notes);
        self.stood_at = None;
        if !self.settings.go && !rests {
            self.tell("shift-start");
        }
    }

    /// Another desk of this moderator is open: ask, or leave where nobody can answer.
    pub(super) fn other_desk(&mut self, desk: &str) {
        let line = self.words.say_with("desk-other-desk", &[("desk", scrub::log(desk).into())]);
        self.say(line);
        if self.asks_at_terminal {
            self.tell("plain-other-desk");
            return self.stands(Stand::TakeOver);
        }
        self.refused_second = true;
        self.leaving = true;
    }

    /// The answer to that.
    pub(super) fn about_the_other_desk(&mut self, typed: Typed) {
        match typed {
            Typed::Command(Command::Yes, _) if !self.typed_ahead(self.stood_at) => {
                self.stands(Stand::Shift);
                let planned = jiff::SignedDuration::try_from(self.settings.shift).unwrap_or_default();
                let ends_at = self.shift.ends_at.or_else(|| self.at.wall.checked_add(planned).ok());
                self.desk.ask(Ask::Begin { ends_at, take_over: true });
            }
            Typed::Command(Command::Quit | Command::No, _) => self.leaving = true,
            _ => self.tell("plain-other-desk"),
        }
    }

    /// `q`: what is held leaves, the summary is said, nothing is written yet.
    pub(super) fn quit(&mut self) {
        let clear = |at| guard::clear_of(&self.settings, at, self.typed_at);
        if self.last_approval.is_some_and(|at| !clear(at)) {
            let line = self.words.say_with("guard-after-approve", &[("key", "a".into())]);
            return self.say(line);
        }
        if !self.signed_in {
            self.leaving = true;
            return;
        }
        let now = self.now();
        if let Some(front) = &mut self.front {
            front.active.stop(now);
        }
        let held = self.held.len();
        self.before_summary = Some(self.stand.clone());
        self.stands(Stand::Summary);
        self.desk.ask(Ask::SendHeld);
        let title = self.words.say("summary-title").into_owned();
        let decided = self.words.say_with("summary-decided", &[("n", self.tally.decided.into())]);
        let passed = self.words.say_with("summary-passed", &[("n", self.tally.passed.into())]);
        self.say(format!("{title}. {decided}, {passed}."));
        if held > 0 {
            let line = self.words.say_with("summary-held", &[("n", held.into())]);
            self.say(line);
        }
        if !self.unsettled.is_empty() {
            self.list_refused();
        }
        self.tell("plain-summary");
    }

    /// A line on the summary: Enter leaves, a note stays for the next shift, `back` goes back.
    pub(super) fn in_the_summary(&mut self, typed: Typed) {
        match typed {
            _ if self.ending => {}
            Typed::Empty if self.typed_ahead(self.stood_at) => self.tell("plain-typed-ahead"),
            Typed::Empty => self.finish(),
            Typed::Command(Command::Note, text) => {
                self.handover = text;
                self.tell("summary-notes-kept");
            }
            Typed::Command(Command::No, _) => {
                let before = self.before_summary.take().unwrap_or(Stand::Item);
                self.stands(before);
                self.said_why = None;
                if self.stand == Stand::Item && self.front.is_some() {
                    self.again();
                }
            }
            Typed::Command(Command::Refused, _) => self.list_refused(),
            Typed::Command(Command::Read, _) => self.read_refused(),
            _ => self.tell("plain-summary"),
        }
    }

    /// Nobody types any more: the shift ends as by `q` and Enter.
    pub(super) fn end_of_input(&mut self) {
        if self.ending {
            return;
        }
        if !self.signed_in || self.stand == Stand::TakeOver {
            self.leaving = true;
            return;
        }
        self.asked = None;
        self.finish();
    }

    fn finish(&mut self) {
        self.ending = true;
        self.keep_draft_if_any();
        self.release();
        let text = self.handover.trim();
        let mut notes = Vec::new();
        if !text.is_empty() {
            let by = self.settings.moderator.clone();
            notes.push(Handover { by, at: self.at.wall, client: None, text: text.to_owned() });
        }
        self.desk.ask(Ask::EndShift(notes));
        self.tell("desk-ending");
    }

    /// `?`.
    pub(super) fn help(&mut self) {
        for id in [
            "plain-help-decide",
            "plain-help-gather",
            "plain-help-look",
            "plain-help-ask",
            "plain-help-day",
            "plain-help-alert",
            "plain-help-enter",
        ] {
            self.tell(id);
        }
    }
}
