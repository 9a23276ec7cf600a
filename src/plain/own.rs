//! One's own page line by line, and the topics that one does not take.

use super::sitting::Sitting;
use crate::desk::{Ask, own};
use crate::moderation::mine::Mine;

/// What is to be done when the queue has told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Wanted {
    #[default]
    Nothing,
    /// The whole page.
    Page,
    /// A topic out, or in again.
    Topic(String),
    /// The topics as they are now.
    Topics,
}

impl Sitting {
    /// `day`: one's own page, as soon as the queue has told its part.
    pub(super) fn own_page(&mut self) {
        self.own_wanted = Wanted::Page;
        self.desk.ask(Ask::Mine);
    }

    /// `topics`, or `topics` and the code of a policy.
    pub(super) fn topics(&mut self, topic: &str) {
        let topic = topic.trim();
        self.own_wanted = if topic.is_empty() { Wanted::Topics } else { Wanted::Topic(topic.to_owned()) };
        self.desk.ask(Ask::Mine);
    }

    /// The queue has told.
    pub(super) fn own_told(&mut self, mine: &Mine) {
        match std::mem::take(&mut self.own_wanted) {
            Wanted::Nothing => {}
            Wanted::Page => {
                let mut lines = own::figures(&self.words, &self.at, &self.care);
                lines.extend(own::kept(&self.words, &self.settings.zone, &self.at, mine));
                for line in lines {
                    self.own_line(line);
                }
            }
            Wanted::Topic(topic) => {
                self.own_wanted = Wanted::Topics;
                self.desk.ask(Ask::OptOut(own::toggled(mine, &topic)));
            }
            Wanted::Topics => {
                let known: Vec<String> =
                    own::topics(&self.house, self.words.lang().code()).into_iter().map(|(_, code, _)| code).collect();
                let list = self.words.say_with("plain-topics-known", &[("topics", known.join(", ").into())]);
                self.say(list);
                match mine.topics.is_empty() {
                    true => self.tell("mine-all-topics"),
                    false => {
                        let topics = crate::text::scrub::log(&mine.topics.join(", "));
                        let line = self.words.say_with("mine-topics-now", &[("topics", topics.into())]);
                        self.say(line);
                    }
                }
            }
        }
    }

    /// `checkin` and two numbers: mood and load, kept on this machine for oneself.
    pub(super) fn check_in(&mut self, rest: &str) {
        if !self.settings.check_in {
            return self.tell("checkin-off");
        }
        let numbers: Vec<u8> = rest.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        match numbers.as_slice() {
            [mood @ 1..=5, load @ 1..=5] => {
                self.check_ins.push((self.at.wall, *mood, *load));
                self.tell("checkin-kept");
            }
            _ => self.tell("plain-checkin"),
        }
    }

    fn own_line(&mut self, line: own::Line) {
        let line = match line {
            own::Line::Heading(text) => format!("{text}:"),
            own::Line::Text(text) => text,
            own::Line::Pair(label, text) if label.is_empty() => text,
            own::Line::Pair(label, text) => {
                self.words.say_with("plain-named", &[("name", label.into()), ("text", text.into())])
            }
        };
        self.say(line);
    }
}
