//! Questions and notices, line by line.
//!
//! A number stays with what it was said for until the list is asked for anew: an answer never goes to a question that
//! came meanwhile.

use super::deciding::reasoned;
use super::sitting::Watching;
use crate::desk::FloorAsk;
use crate::desk::messages::{Letter, Reader};
use crate::moderation::doubt::{Advice, Answer};
use crate::moderation::{AskTo, DoubtState, Messages, Notice};
use crate::text::{Untrusted, scrub};
use uuid::Uuid;

/// So many notices are said at once.
const AT_ONCE: usize = 20;

/// What stands for everybody.
const EVERYBODY: [&str; 5] = ["all", "everybody", "tous", "toutes", "*"];

impl Watching {
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader { words: &self.words, zone: &self.zone, now: self.at, house: &self.house }
    }

    /// What is between people now: a question that is new is said, with its number.
    pub(super) fn messages_told(&mut self, messages: Messages) {
        let first = !std::mem::replace(&mut self.heard_messages, true);
        self.messages = messages;
        if first && self.now.is_none() {
            // They are counted with the first figures.
            self.listed = self.messages.questions().iter().map(|doubt| doubt.id).collect();
            return;
        }
        let new: Vec<Uuid> = self.messages.questions().iter().map(|doubt| doubt.id).collect();
        for id in new {
            if !self.listed.contains(&id) {
                self.listed.push(id);
                self.say_question(self.listed.len());
            }
        }
    }

    /// Every open question, with its number.
    pub(super) fn questions(&mut self) {
        self.listed = self.messages.questions().iter().map(|doubt| doubt.id).collect();
        if self.listed.is_empty() {
            return self.say(self.words.say("watch-none-questions").into_owned());
        }
        (1..=self.listed.len()).for_each(|number| self.say_question(number));
    }

    fn say_question(&mut self, number: usize) {
        let Some(doubt) = number.checked_sub(1).and_then(|at| self.listed.get(at)).and_then(|id| self.doubt(*id))
        else {
            return;
        };
        let text = self.reader().question(doubt);
        let item = scrub::log(&doubt.item);
        let args = [("number", number.into()), ("item", item.into()), ("text", text.into())];
        self.say(self.words.say_with("watch-plain-question", &args));
    }

    fn doubt(&self, id: Uuid) -> Option<&DoubtState> {
        self.messages.doubts.iter().find(|doubt| doubt.id == id)
    }

    /// The questions about an item that is opened.
    pub(super) fn asked_about(&mut self, item: &str) {
        let about: Vec<&DoubtState> = self.messages.doubts.iter().rev().filter(|doubt| doubt.item == item).collect();
        let lines: Vec<(String, String)> =
            about.into_iter().flat_map(|doubt| Letter::Doubt(doubt).lines(self.reader()).into_iter().skip(1)).collect();
        self.labelled(lines);
    }

    fn labelled(&mut self, lines: Vec<(String, String)>) {
        for (label, text) in lines {
            match (label.is_empty(), text.is_empty()) {
                (true, true) => {}
                (true, false) => self.say(text),
                (false, _) => self.say(format!("{label}: {text}")),
            }
        }
    }

    /// The question that a number names, and what follows the number.
    fn numbered<'a>(&self, rest: &'a str) -> Option<(Uuid, &'a str)> {
        let (number, more) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let at = number.parse::<usize>().ok()?.checked_sub(1)?;
        let id = *self.listed.get(at)?;
        self.doubt(id)?;
        Some((id, more.trim()))
    }

    /// `answer NUMBER WORDS`.
    pub(super) fn answer(&mut self, rest: &str, id: Uuid) {
        let Some((doubt, text)) = self.numbered(rest) else { return self.needs("watch-plain-answer") };
        let call = self.doubt(doubt).is_some_and(|doubt| doubt.to == AskTo::Call);
        if text.is_empty() && !call {
            return self.needs("watch-plain-answer");
        }
        self.ask(FloorAsk::Answer { doubt, answer: Answer { id, text: Untrusted::new(text), advice: None } });
    }

    /// `advise NUMBER VERDICT [MEASURE] [POLICY] because WORDS`.
    pub(super) fn advise(&mut self, rest: &str, id: Uuid) {
        let Some((doubt, rest)) = self.numbered(rest) else { return self.needs("watch-plain-advise") };
        let client = self.doubt(doubt).map(|doubt| doubt.client.clone()).unwrap_or_default();
        let said = reasoned(rest).and_then(|(what, why)| Some((self.verdict(&client, &what)?, why)));
        let Some((advice, why)) = said else { return self.needs("watch-plain-advise") };
        let advice: Option<Advice> = Some(advice);
        self.ask(FloorAsk::Answer { doubt, answer: Answer { id, text: Untrusted::new(why), advice } });
    }

    /// `keep`: the question answered last becomes a precedent.
    pub(super) fn keep(&mut self) {
        match self.answered {
            Some(doubt) => self.ask(FloorAsk::Keep(doubt)),
            None => self.say(self.words.say("watch-nothing-answered").into_owned()),
        }
    }

    /// `notices` lists them; with a number it says one whole, with who has read it.
    pub(super) fn notices(&mut self, rest: &str) {
        if rest.is_empty() {
            self.noticed = self.messages.notices.iter().take(AT_ONCE).map(|notice| notice.id).collect();
            let reader = self.reader();
            let listed = self.messages.notices.iter().take(AT_ONCE).zip(1..);
            let lines: Vec<String> = listed
                .map(|(notice, number)| format!("{number}. {} · {}", reader.sent(notice), reader.read_count(notice)))
                .collect();
            if lines.is_empty() {
                let how = self.words.say("watch-plain-notice").into_owned();
                return self.say(self.words.say_with("watch-none-notices", &[("key", how.into())]));
            }
            return lines.into_iter().for_each(|line| self.say(line));
        }
        let id = rest.parse::<usize>().ok().and_then(|n| self.noticed.get(n.checked_sub(1)?)).copied();
        let notice = id.and_then(|id| self.messages.notices.iter().find(|notice| notice.id == id));
        match notice.map(|notice| self.reader().sent_lines(notice)) {
            Some(lines) => self.labelled(lines),
            None => self.needs("watch-plain-notices"),
        }
    }

    /// `notice WHOM TEXT` must be confirmed before the next item, `tell WHOM TEXT` need not be. Whom: all, a person, a
    /// client; `client:NAME` where somebody bears the name of a client.
    pub(super) fn notify(&mut self, rest: &str, confirm: bool, id: Uuid) {
        let Some((whom, text)) = rest.split_once(char::is_whitespace) else { return self.needs("watch-plain-notice") };
        let people = self.now.iter().flat_map(|now| &now.people);
        let person = people.map(|person| &person.name).find(|name| *name == whom).cloned();
        let client = whom.strip_prefix("client:").unwrap_or(whom);
        let (moderator, client) = if EVERYBODY.contains(&whom.to_lowercase().as_str()) {
            (None, None)
        } else if person.is_some() {
            (person, None)
        } else if self.house.clients.contains_key(client) {
            (None, Some(client.to_owned()))
        } else {
            let name = scrub::log(whom);
            return self.say(self.words.say_with("watch-nobody-named", &[("name", name.into())]));
        };
        self.ask(FloorAsk::Notify(Notice { id, moderator, client, text: Untrusted::new(text.trim()), confirm }));
    }
}
