//! Notices, doubts and answers, line by line.

use super::choice::{Choice, pick_first};
use super::sitting::{Sitting, Stand};
use super::typed::Command;
use crate::desk::Ask;
use crate::desk::messages::{Letter, Reader, letter, letters};
use crate::moderation::doubt::{Answer, Seeking};
use crate::moderation::{AskTo, Doubt, Messages, NoticeKind, NoticeState, Precedent};
use crate::text::{Untrusted, scrub};
use uuid::Uuid;

/// So many are read out at once.
const AT_ONCE: usize = 12;

/// What can be done with one that is read.
#[derive(Clone, Copy)]
enum Does {
    Answer,
    TakeUp,
    Keep,
}

const DOES: [(&str, Does); 7] = [
    ("answer", Does::Answer),
    ("répondre", Does::Answer),
    ("repondre", Does::Answer),
    ("take", Does::TakeUp),
    ("reprendre", Does::TakeUp),
    ("keep", Does::Keep),
    ("garder", Does::Keep),
];

impl Sitting {
    /// What there is to read now; said in one line, and never in a break.
    pub(super) fn messages_told(&mut self, messages: Messages) {
        let before = self.messages.unseen();
        self.confirmed.retain(|id| messages.waiting().any(|notice| notice.id == *id));
        self.messages = messages;
        let n = self.messages.unseen();
        if n > before && self.signed_in && !matches!(self.stand, Stand::Rest(_)) && self.curtain.is_none() {
            let line = self.words.say_with("head-messages", &[("key", "W".into()), ("n", n.into())]);
            self.say(line);
        }
    }

    fn reader(&self) -> Reader<'_> {
        Reader { words: &self.words, zone: &self.settings.zone, now: self.at.wall, house: &self.house }
    }

    /// The notice that waits for its Enter before the next item.
    pub(super) fn notice_ahead(&self) -> Option<&NoticeState> {
        let next = self.ahead.front().filter(|_| self.front.is_none())?;
        let about = |notice: &&NoticeState| notice.client.as_ref().is_none_or(|client| *client == next.client);
        self.messages.waiting().filter(|notice| !self.confirmed.contains(&notice.id)).find(about)
    }

    /// Says it, once.
    pub(super) fn say_notice(&mut self) {
        let Some(notice) = self.notice_ahead() else { return };
        let id = notice.id;
        if self.said_notice == Some(id) {
            return;
        }
        let mut lines: Vec<String> =
            Letter::Notice(notice).lines(self.reader()).into_iter().map(|(_, text)| text).collect();
        lines.push(self.words.say("message-confirm").into_owned());
        self.said_notice = Some(id);
        self.stood_at = None;
        lines.into_iter().for_each(|line| self.say(line));
    }

    /// Enter on a notice: read.
    pub(super) fn confirm_notice(&mut self) {
        let Some(id) = self.notice_ahead().map(|notice| notice.id) else { return };
        self.confirm(id);
    }

    fn confirm(&mut self, id: Uuid) {
        let Some(Letter::Notice(notice)) = letter(&self.messages, id) else { return };
        let what = self.reader().notice_head(notice);
        if self.confirmed.insert(id) {
            self.desk.ask(Ask::Confirm(vec![id]));
            let line = self.words.say_with("message-confirmed", &[("what", what.into())]);
            self.say(line);
        }
    }

    /// Changed policies were read: the notice that goes with them says no more.
    pub(super) fn confirm_policies(&mut self, client: &str) {
        let told = self.messages.waiting().filter(|notice| notice.kind == NoticeKind::Policies);
        let told: Vec<Uuid> =
            told.filter(|notice| notice.client.as_deref() == Some(client)).map(|notice| notice.id).collect();
        if !told.is_empty() {
            self.confirmed.extend(&told);
            self.desk.ask(Ask::Confirm(told));
        }
    }

    /// `w`, whom, and what: `w supervisor is this satire?`.
    pub(super) fn doubt(&mut self, rest: &str) {
        let choices: Vec<Choice<AskTo>> = AskTo::ALL
            .into_iter()
            .zip(['c', 's', 'p'])
            .map(|(to, letter)| self.coded("doubt", to.code(), letter, to))
            .collect();
        let Some((choice, question)) = pick_first(&choices, rest) else {
            return self.which("plain-say-doubt", &choices, rest);
        };
        let to = choice.picked;
        if question.is_empty() && to != AskTo::Call {
            return self.tell("doubt-empty");
        }
        if !self.may_decide(Command::Doubt) {
            return;
        }
        let Some(mut front) = self.front.take() else { return };
        let now = self.now();
        front.active.stop(now);
        self.care.book(&front.served, &front.look(front.level(), now), &self.at);
        self.last_client = Some(front.served.client.clone());
        let item = front.served.item.id.clone();
        if !front.draft.is_empty() {
            self.drafts.insert(item.clone(), front.draft.clone());
        }
        let question = Untrusted::new(question);
        self.desk.ask(Ask::Doubt(Doubt { id: Uuid::now_v7(), to, question, sight: front.sight(now) }));
        let line = self.words.say_with("doubt-asked", &[("item", item.into()), ("key", "W".into())]);
        self.say(line);
        self.left();
    }

    /// `W` lists what there is to read; with a number it reads one out; behind it, what to do; with words it looks for
    /// precedents.
    pub(super) fn messages(&mut self, rest: &str) {
        let (first, more) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        match first.parse::<usize>() {
            Ok(number) => self.message(number, more.trim()),
            Err(_) if rest.is_empty() => self.list_messages(),
            Err(_) => self.desk.ask(Ask::Precedents(Seeking { item: None, words: Some(rest.to_owned()) })),
        }
    }

    fn list_messages(&mut self) {
        let reader = self.reader();
        let lines: Vec<String> = letters(&self.messages)
            .into_iter()
            .take(AT_ONCE)
            .zip(1..)
            .map(|(one, number)| {
                let new = if one.is_new() { format!(" ({})", self.words.say("message-new")) } else { String::new() };
                format!("{number}{new}. {}", one.line(reader))
            })
            .collect();
        if lines.is_empty() {
            return self.tell("message-none");
        }
        lines.into_iter().for_each(|line| self.say(line));
        self.tell("plain-say-messages");
    }

    fn message(&mut self, number: usize, does: &str) {
        let Some(one) = number.checked_sub(1).and_then(|at| letters(&self.messages).get(at).copied()) else {
            return self.tell("message-none");
        };
        let (id, new) = (one.id(), one.is_new());
        let (word, text) = does.split_once(char::is_whitespace).unwrap_or((does, ""));
        let does = DOES.iter().find(|(known, _)| *known == word.to_lowercase()).map(|(_, does)| *does);
        let (item, to) = one.doubt().map_or((None, AskTo::Colleague), |doubt| (Some(doubt.item.clone()), doubt.to));
        let (parked, answered, kept) = one.doubt().map_or((false, false, false), |doubt| {
            (doubt.parked_until.is_some() && doubt.settled.is_none(), !doubt.answers.is_empty(), doubt.precedent)
        });
        match does {
            None => {
                let lines: Vec<String> = one
                    .lines(self.reader())
                    .into_iter()
                    .map(|(label, text)| if label.is_empty() { text } else { format!("{label}: {text}") })
                    .filter(|line| !line.is_empty())
                    .collect();
                let notice = matches!(one, Letter::Notice(_));
                lines.into_iter().for_each(|line| self.say(line));
                match (notice, new) {
                    (true, true) => self.confirm(id),
                    (false, true) => self.desk.ask(Ask::Confirm(vec![id])),
                    _ => {}
                }
            }
            Some(_) if item.is_none() => self.tell("doubt-only"),
            Some(Does::Answer) if text.is_empty() && to != AskTo::Call => self.tell("doubt-empty-answer"),
            Some(Does::Answer) => {
                let answer = Answer { id: Uuid::now_v7(), text: Untrusted::new(text), advice: None };
                self.desk.ask(Ask::Answer(id, answer));
                self.tell("doubt-answered");
            }
            Some(Does::TakeUp) if !parked => self.tell("doubt-not-parked"),
            Some(Does::TakeUp) => {
                self.desk.ask(Ask::TakeUp(item.unwrap_or_default()));
                self.tell("doubt-taking");
            }
            Some(Does::Keep) if !answered => self.tell("doubt-no-answer"),
            Some(Does::Keep) => {
                self.desk.ask(Ask::KeepPrecedent(id, !kept));
                self.tell(if kept { "doubt-dropped" } else { "doubt-kept" });
            }
        }
    }

    /// What became of taking one up; where it came, it is told next.
    pub(super) fn taken_up(&mut self, item: &str, came: bool) {
        if !came {
            let line = self.words.say_with("doubt-not-taken", &[("item", item.into())]);
            self.say(line);
        }
    }

    /// Precedents: beside the item in front in one line, by their words all that was said.
    pub(super) fn precedents_told(&mut self, seeking: &Seeking, found: &[Precedent]) {
        let reader = self.reader();
        let lines: Vec<String> = match (&seeking.item, &seeking.words) {
            (Some(item), None) => {
                let here = self.front.as_ref().is_some_and(|front| front.served.item.id == *item);
                found.iter().take(usize::from(here)).map(|one| reader.precedent(one)).collect()
            }
            (_, Some(words)) if found.is_empty() => {
                vec![self.words.say_with("message-no-precedents", &[("words", scrub::log(words).into())])]
            }
            _ => {
                let lines = found.iter().take(AT_ONCE).flat_map(|one| reader.precedent_lines(one));
                lines.map(|(label, text)| if label.is_empty() { text } else { format!("{label}: {text}") }).collect()
            }
        };
        lines.into_iter().for_each(|line| self.say(line));
    }
}
