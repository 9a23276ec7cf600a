//! Prepared replies for the ear: offered by number, their blanks filled on the same line, the questions walked by
//! letters.

use super::choice::{Choice, pick};
use super::front::Cover;
use super::sitting::Sitting;
use crate::desk::replying::{Answering, Unsendable, sendable};
use crate::desk::{Recent, ReplyAs};
use crate::moderation::follow_up::Visibility;
use crate::moderation::template::{Blank, Filled, Replies, Step, Template};
use crate::text::{Untrusted, scrub};
use std::collections::BTreeMap;

/// As many as an ear keeps apart, and as there are digits.
const OFFERED: usize = 9;

impl Sitting {
    /// `template` offers the likely ones; `template 2; 4711; Lyon` takes the second and fills its blanks in their
    /// order; `template ? e y` walks through the client's questions.
    pub(super) fn template(&mut self, rest: &str) {
        if !self.allowed("reply") {
            return;
        }
        let Some(client) = self.front.as_ref().map(|front| front.served.client.clone()) else { return };
        let replies = self.house.replies(&client);
        if replies.templates.is_empty() {
            return self.tell("reply-no-templates");
        }
        if let Some(keys) = rest.strip_prefix('?') {
            return self.walk(&replies, keys);
        }
        let mut said = rest.split(';').map(str::trim);
        let choices = self.offered(&replies);
        match pick(&choices, said.next().unwrap_or_default()).map(|choice| choice.picked.clone()) {
            Some(code) => self.prepare(&replies, &code, &said.collect::<Vec<_>>()),
            None => {
                let shown: Vec<_> = choices.into_iter().take(OFFERED).collect();
                self.which("plain-say-template", &shown, rest);
            }
        }
    }

    /// Templates and topics used last, those of this sitting first.
    pub fn recent(&self) -> Recent {
        Recent { masking: self.mask_at_least, ..self.settings.recent.clone() }
    }

    /// Says what stands against a reply, if anything does.
    pub(super) fn says_unsendable(&mut self, text: &str, limit: Option<u32>) -> bool {
        let (id, n) = match sendable(text, limit) {
            Ok(()) => return false,
            Err(Unsendable::Blanks(n)) => ("reply-blanks", n),
            Err(Unsendable::TooLong(n)) => ("reply-too-long", n),
        };
        let line = self.words.say_with(id, &[("n", n.into())]);
        self.say(line);
        true
    }

    /// Most characters that a reply to the item in front may have.
    pub(super) fn reply_limit(&mut self, template: Option<&str>) -> Option<u32> {
        let served = self.front.as_ref()?.served.clone();
        self.house.replies(&served.client).limit(template, served.item.channel.as_ref().map(|channel| channel.raw()))
    }

    fn answering(&self) -> Option<Answering<'_>> {
        let front = self.front.as_ref()?;
        Some(Answering {
            served: &front.served,
            policies: &front.policies,
            lexicon: &front.lexicon,
            client: self.house.clients.get(&front.served.client).map(AsRef::as_ref),
            moderator: &self.settings.moderator,
            open: front.level() < crate::wellbeing::Severity::DISTURBING || matches!(front.cover, Cover::Open(_)),
            zone: &self.settings.zone,
            now: self.at.wall,
        })
    }

    fn offered(&self, replies: &Replies) -> Vec<Choice<String>> {
        let (Some(answering), lang) = (self.answering(), self.words.lang().code()) else { return Vec::new() };
        let (client, item) = (&answering.served.client, &answering.served.item);
        let lately = self.settings.recent.templates_of(client);
        let likely = replies.likely(client, item, &answering.policies(), &lately);
        let digits = ('1'..='9').chain(std::iter::repeat('\0'));
        let choice = |(template, letter): (&Template, char)| Choice {
            letter,
            code: template.code.clone(),
            title: template.title_in(lang).to_owned(),
            picked: template.code.clone(),
        };
        likely.into_iter().zip(digits).map(choice).collect()
    }

    fn prepare(&mut self, replies: &Replies, code: &str, values: &[&str]) {
        let filled = replies.get(code).zip(self.answering()).map(|(template, answering)| answering.fill(template));
        let (Some(template), Some(filled)) = (replies.get(code), filled) else { return };
        let text = with(&filled, values);
        let blanks: Vec<Blank> = Filled::blanks_of(&text);
        if !blanks.is_empty() {
            let shown = scrub::line(&Untrusted::new(text)).as_str().to_owned();
            let names = blanks.iter().map(|blank| blank.what.clone()).collect::<Vec<_>>().join("; ");
            let args = [("text", shown.into()), ("code", code.into()), ("blanks", names.into())];
            let line = self.words.say_with("plain-template-blanks", &args);
            return self.say(line);
        }
        let limit = self.reply_limit(Some(code));
        if self.says_unsendable(&text, limit) {
            return;
        }
        let private = template.visibility == Visibility::Private;
        let how = ReplyAs { visibility: template.visibility, template: Some(code.to_owned()) };
        let said = scrub::line(&Untrusted::new(text.as_str())).as_str().to_owned();
        if let Some(front) = &mut self.front {
            front.draft.set_reply(&text, how);
            self.settings.recent.used_template(&front.served.client, code);
        }
        self.say(said);
        self.tell(if private { "plain-reply-private" } else { "plain-reply-public" });
        self.keep_draft();
    }

    /// Each letter is one answer; where they end at a question, it is asked.
    fn walk(&mut self, replies: &Replies, keys: &str) {
        let Some(tree) = &replies.tree else { return self.tell("reply-no-questions") };
        let mut at = tree.start.as_str();
        let mut walked = String::new();
        for key in keys.chars().filter(|c| c.is_alphanumeric()) {
            match tree.step(at, key) {
                Some(Step::Question(next)) => at = next,
                Some(Step::Template(code)) => return self.prepare(replies, code, &[]),
                None => break,
            }
            walked.push(key);
        }
        let Some(question) = tree.questions.get(at) else { return };
        let lang = self.words.lang().code();
        let said = |texts: &BTreeMap<String, String>| {
            texts.get(lang).or_else(|| texts.get("en")).or_else(|| texts.values().next()).cloned().unwrap_or_default()
        };
        let answers: Vec<String> =
            question.answers.iter().map(|answer| format!("{} {}", answer.key, said(&answer.say))).collect();
        let args = [
            ("question", said(&question.ask).into()),
            ("choices", answers.join("; ").into()),
            ("walked", walked.into()),
        ];
        let line = self.words.say_with("plain-template-asks", &args);
        self.say(line);
    }
}

/// The blanks filled in their order, as far as there is something for them. A text typed for one never makes another.
fn with(filled: &Filled, values: &[&str]) -> String {
    let mut text = filled.text.clone();
    let given: Vec<_> = filled.blanks.iter().zip(values).filter(|(_, value)| !value.is_empty()).collect();
    for (blank, value) in given.into_iter().rev() {
        text.replace_range(blank.at.clone(), &value.replace("{{", "{").replace("}}", "}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moderation::template::{Facts, parts};

    #[test]
    fn blanks_are_filled_in_their_order_and_what_is_left_stays_a_blank() {
        let parts = parts("n° {{ask: file}} in {{ask: town}}.").expect("a template");
        let filled = Filled::from(&parts, &Facts::default());
        assert_eq!(with(&filled, &["{{4}}", "Lyon"]), "n° {4} in Lyon.");
        assert_eq!(with(&filled, &["", "Lyon"]), "n° {{file}} in Lyon.");
        assert_eq!(with(&filled, &["1", "2", "3"]), "n° 1 in 2.");
    }
}
