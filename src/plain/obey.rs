//! What a line that was typed does, where the desk stands now.

use super::sitting::{Asked, Sitting, Stand};
use super::typed::{Command, Typed};
use crate::desk::Ask;

impl Sitting {
    pub(super) fn obey(&mut self, typed: Typed, line: &str) {
        if self.curtain.is_some() {
            return self.at_curtain(line);
        }
        if let Some((asked, by)) = self.asked.take() {
            let again = line == by || matches!(typed, Typed::Command(Command::Yes, _));
            if again && self.typed_ahead(self.stood_at) {
                self.tell("plain-typed-ahead");
                self.asked = Some((asked, by));
                return;
            }
            if again {
                return self.confirmed(asked);
            }
            self.tell("plain-not-done");
            match typed {
                Typed::Command(command, _) if !command.acts() => {}
                _ => return,
            }
        }
        match (&self.stand, typed) {
            (Stand::Rest(_), typed) => self.in_a_break(typed),
            (Stand::Summary, typed) => self.in_the_summary(typed),
            (Stand::TakeOver, typed) => self.about_the_other_desk(typed),
            (Stand::Shift | Stand::Item, Typed::Empty) => self.enter(),
            (_, Typed::Unknown(what)) => {
                let what = crate::text::scrub::log(&what);
                let line = self.words.say_with("plain-unknown", &[("what", what.into())]);
                self.say(line);
            }
            (_, Typed::Command(command, rest)) => self.command(command, &rest, line),
        }
    }

    fn command(&mut self, command: Command, rest: &str, line: &str) {
        if command.acts() && command != Command::Yes {
            match &self.front {
                Some(front) if self.typed_ahead(front.told_at) => return self.tell("plain-typed-ahead"),
                // What follows an alert up is about the alert, not about the item.
                None if command != Command::Alert => return self.tell("guard-no-item"),
                _ => {}
            }
        }
        if self.batch.is_some() && self.over_a_batch(command, rest, line) {
            return;
        }
        match command {
            Command::Approve => self.approve(),
            Command::Delete => self.delete(rest, line),
            Command::Measure => self.measure(rest, line),
            Command::Escalate => self.escalate(rest),
            Command::Pass => self.pass(rest),
            Command::Doubt => self.doubt(rest),
            Command::Messages => self.messages(rest),
            Command::Reply => self.reply(rest, false),
            Command::Private => self.reply(rest, true),
            Command::Template => self.template(rest),
            Command::Insight => self.insight(rest),
            Command::Forward => self.forward(rest),
            Command::Like => self.like(rest),
            Command::Share => self.share(),
            Command::Sanction => self.sanction(rest),
            Command::Label => self.label(rest),
            Command::Note => self.note(rest),
            Command::Grade => self.grade(rest),
            Command::Open => self.open_item(),
            Command::Mask => self.masking(),
            Command::Undo => self.undo(line),
            Command::Break => self.take_break(),
            Command::Alert => self.alert(rest),
            Command::Author => self.author(),
            Command::Thread if self.batch.is_some() => self.mark(rest),
            Command::TakeThread if self.batch.is_some() => self.mark_all(),
            Command::Thread => self.thread(),
            Command::TakeThread => self.take_thread(),
            Command::Batch => self.batch(rest),
            Command::More => self.more_rows(),
            Command::No if self.batch.is_some() => self.close_batch(true),
            Command::Charter => self.charter(rest),
            Command::Details => self.details(),
            Command::Day => self.own_page(),
            Command::Topics => self.topics(rest),
            Command::CheckIn => self.check_in(rest),
            Command::Held => self.list_held(),
            Command::Refused => self.list_refused(),
            Command::Read => self.read_refused(),
            Command::Find => self.look_for(rest),
            Command::Spell => self.spell(),
            Command::Repeat => self.repeat(),
            Command::Help => self.help(),
            Command::Quit => self.quit(),
            Command::Curtain => self.drop_curtain(),
            Command::Yes | Command::No => self.tell("plain-nothing-asked"),
        }
    }

    fn confirmed(&mut self, asked: Asked) {
        match asked {
            Asked::Grave(says) => self.guarded(says),
            Asked::Batch(says) => self.decide_batch(says),
            Asked::Reverse(id) => self.reverse(id),
            Asked::Graphic => {
                self.care.agree();
                self.desk.ask(Ask::AgreeGraphic);
                self.tell("plain-agreed");
            }
        }
    }

    /// Asks once more; the same line again or yes does it.
    pub(super) fn ask_again(&mut self, asked: Asked, line: &str) {
        self.asked = Some((asked, line.to_owned()));
        self.stood_at = None;
    }

    fn enter(&mut self) {
        if self.typed_ahead(self.stood_at) && !matches!(self.stand, Stand::Item if self.front.is_some()) {
            return self.tell("plain-typed-ahead");
        }
        match self.stand {
            Stand::Shift if !self.signed_in => {
                self.tell(if self.line_down { "shift-offline" } else { "shift-signing-in" });
            }
            Stand::Shift => self.stands(Stand::Item),
            _ if self.front.is_some() => self.tell("plain-empty"),
            _ if self.change_ahead().is_some() => self.confirm_change(),
            _ if self.notice_ahead().is_some() => self.confirm_notice(),
            _ => self.said_why = None,
        }
    }
}
