//! What gathers on the item before its verdict; nothing of it implies one.

use super::choice::{Choice, offer, pick, pick_first};
use super::sitting::Sitting;
use super::spoken;
use crate::desk::insight::{SORTS, may_name, named as as_topic, topics};
use crate::desk::{ReplyAs, letters};
use crate::moderation::FollowUp;
use crate::moderation::follow_up::Visibility;
use crate::text::Untrusted;
use crate::wellbeing::Severity;

impl Sitting {
    /// `r text`; alone, it takes the reply out again. `\n` in it is a new line, since Enter ends the command.
    pub(super) fn reply(&mut self, text: &str, private: bool) {
        if !self.allowed("reply") {
            return;
        }
        let (text, limit) = (text.replace("\\n", "\n"), self.reply_limit(None));
        if self.says_unsendable(&text, limit) {
            return;
        }
        let Some(front) = &mut self.front else { return };
        let visibility = if private { Visibility::Private } else { Visibility::Public };
        front.draft.set_reply(&text, ReplyAs { visibility, template: None });
        self.tell(match (text.is_empty(), private) {
            (true, _) => "reply-emptied",
            (false, false) => "plain-reply-public",
            (false, true) => "plain-reply-private",
        });
        self.keep_draft();
    }

    /// `n text`; alone, it takes the note out again.
    pub(super) fn note(&mut self, text: &str) {
        let Some(front) = &mut self.front else { return };
        text.clone_into(&mut front.draft.note);
        self.tell(if text.is_empty() { "note-emptied" } else { "note-kept" });
        self.keep_draft();
    }

    /// `i topic`, with its sort before a colon and the author's words behind a semicolon where wanted:
    /// `i complaint: delivery; they came on Sunday`.
    pub(super) fn insight(&mut self, rest: &str) {
        if !self.allowed("insight") {
            return;
        }
        let sorts: Vec<_> = SORTS.into_iter().map(|(code, letter)| self.coded("insight", code, letter, code)).collect();
        let named = rest.split_once(':').and_then(|(sort, rest)| Some((pick(&sorts, sort.trim())?.picked, rest)));
        let (sort, rest) = named.map_or((None, rest), |(sort, rest)| (Some(sort.to_owned()), rest));
        let (topic, verbatim) = rest.split_once(';').map_or((rest, ""), |(topic, words)| (topic, words));
        let Some(topic) = as_topic(topic) else {
            let line = self.words.say_with("plain-say-insight", &[("choices", offer(&sorts).into())]);
            self.say(line);
            return self.say_topics();
        };
        let client = self.front.as_ref().and_then(|front| self.house.clients.get(&front.served.client));
        if !may_name(client.map(AsRef::as_ref)) && !client.is_some_and(|client| client.topics.contains(&topic)) {
            let topics = client.map(|client| client.topics.join("; ")).unwrap_or_default();
            let line = self.words.say_with("insight-closed", &[("topics", topics.into())]);
            return self.say(line);
        }
        let verbatim = Some(verbatim.trim()).filter(|words| !words.is_empty()).map(Untrusted::new);
        if let Some(front) = &self.front {
            self.settings.recent.used_topic(&front.served.client, sort.as_deref().unwrap_or_default(), &topic);
        }
        self.gathers(FollowUp::Insight { topic, sort, verbatim });
    }

    /// The topics that there are, those used last first.
    fn say_topics(&mut self) {
        let Some(name) = self.front.as_ref().map(|front| front.served.client.clone()) else { return };
        let client = self.house.clients.get(&name).map(AsRef::as_ref);
        let topics: Vec<_> = topics(client, &name, "", &self.settings.recent).into_iter().take(12).collect();
        if !topics.is_empty() {
            let line = self.words.say_with("plain-topics", &[("topics", topics.join("; ").into())]);
            self.say(line);
        }
    }

    /// `f department`.
    pub(super) fn forward(&mut self, rest: &str) {
        if !self.allowed("forward") {
            return;
        }
        let queue = self.front.as_ref().and_then(|front| self.house.queues.get(&front.served.queue));
        let names = queue.map(|queue| queue.departments.clone()).unwrap_or_default();
        if names.is_empty() {
            return self.tell("followup-none-configured");
        }
        let choices: Vec<_> = names
            .into_iter()
            .zip('a'..='z')
            .map(|(name, letter)| Choice { letter, code: name.clone(), title: name.clone(), picked: name })
            .collect();
        match pick(&choices, rest) {
            Some(choice) => self.gathers(FollowUp::Forward { department: choice.picked.clone() }),
            None => self.which("plain-say-department", &choices, rest),
        }
    }

    /// `l` likes, `l s` shares: the two letters of the desk's chooser.
    pub(super) fn like(&mut self, rest: &str) {
        let choices = [("like", 'l'), ("share", 's')].map(|(code, letter)| self.coded("followup", code, letter, code));
        match pick(&choices, rest).map(|choice| choice.picked) {
            Some("share") => self.share(),
            Some(_) => self.liked(),
            None if rest.is_empty() => self.liked(),
            None => self.which("plain-say-like", &choices, rest),
        }
    }

    fn liked(&mut self) {
        if self.allowed("like") {
            self.gathers(FollowUp::Like);
        }
    }

    pub(super) fn share(&mut self) {
        if self.allowed("share") {
            self.gathers(FollowUp::Share);
        }
    }

    /// `s measure`, and hours where wanted.
    pub(super) fn sanction(&mut self, rest: &str) {
        if !self.allowed("sanction") {
            return;
        }
        if self.front.as_ref().is_some_and(|front| front.served.item.author.is_none()) {
            return self.tell("sanction-nobody");
        }
        let all = [("warn", 'w'), ("mute", 'm'), ("suspend", 's'), ("ban", 'b')];
        let choices = all.map(|(code, letter)| self.coded("sanction", code, letter, code));
        let Some((choice, hours)) = pick_first(&choices, rest) else {
            return self.which("plain-say-sanction", &choices, rest);
        };
        let usual = match choice.picked {
            "mute" => Some(24),
            "suspend" => Some(24 * 7),
            _ => None,
        };
        let hours = match hours.trim_end_matches(|c: char| c.is_alphabetic() || c.is_whitespace()) {
            "" if hours.is_empty() => usual,
            digits => match digits.parse::<u32>() {
                Ok(hours) if hours > 0 => Some(hours),
                _ => return self.tell("sanction-not-hours"),
            },
        };
        let measure = choice.picked.to_owned();
        self.gathers(FollowUp::Sanction { measure, hours });
    }

    /// `label value`.
    pub(super) fn label(&mut self, rest: &str) {
        if !self.allowed("label") {
            return;
        }
        if rest.is_empty() {
            return self.tell("plain-say-label");
        }
        self.gathers(FollowUp::Label { value: rest.to_owned() });
    }

    /// `g` and a letter or a number.
    pub(super) fn grade(&mut self, rest: &str) {
        let levels: Vec<_> = letters::grades()
            .map(|(level, letter)| self.coded("severity", &level.to_string(), letter, level))
            .collect();
        let level = rest.parse().ok().or_else(|| pick(&levels, rest).map(|choice| choice.picked));
        let Some(severity) = level.and_then(Severity::new) else {
            return self.which("plain-say-grade", &levels, rest);
        };
        let Some(front) = &mut self.front else { return };
        front.draft.grade = Some(severity);
        let name = self.words.coded("severity", &severity.level().to_string()).into_owned();
        let level = severity.level();
        let line = self.words.say_with("desk-graded", &[("level", level.into()), ("name", name.into())]);
        self.say(line);
        self.keep_draft();
    }

    /// Adds a follow-up, or takes the very same one out again.
    fn gathers(&mut self, follow_up: FollowUp) {
        let Some(front) = &mut self.front else { return };
        let what = spoken::follow_up(&follow_up, &self.words);
        let added = front.draft.toggle(follow_up);
        let id = if added { "desk-added" } else { "desk-taken-out" };
        let text = self.words.say(id).into_owned();
        let line = self.words.say_with("plain-named", &[("name", what.into()), ("text", text.into())]);
        self.say(line);
        self.keep_draft();
    }

    /// Writes the draft of the item in front to the journal, or forgets an empty one.
    pub(super) fn keep_draft(&mut self) {
        let Some(front) = &self.front else { return };
        let json = (!front.draft.is_empty()).then(|| serde_json::to_value(&front.draft).ok()).flatten();
        if let Err(why) = self.desk.keep_draft(&front.served.item.id, json.as_ref()) {
            let line = self.words.say_with("desk-draft-lost", &[("why", why.to_string().into())]);
            self.say(line);
        }
    }
}
