//! Words for the screens: messages with the reader's time zone beside them.

use super::model::{Mark, Word};
use crate::moderation::{Kind, Verdict};
use crate::wellbeing::Severity;
use crate::words::{Value, Words};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Speaks.
#[derive(Clone, Copy)]
pub struct Say<'a> {
    /// The messages.
    pub words: &'a Words,
    /// Where the reader's clock hangs.
    pub zone: &'a TimeZone,
    /// Now, for dates that name their year only where it is another.
    pub now: Timestamp,
}

impl<'a> Say<'a> {
    /// A message.
    pub fn text(self, id: &str) -> String {
        self.words.say(id).into_owned()
    }

    /// A message with its variables.
    pub fn with(self, id: &str, variables: &[(&str, Value<'_>)]) -> String {
        self.words.say_with(id, variables)
    }

    /// A mark in words.
    pub fn mark(self, mark: &Mark) -> String {
        if mark.args.is_empty() {
            return self.text(mark.id);
        }
        let args: Vec<(&str, Value<'_>)> = mark
            .args
            .iter()
            .map(|(name, word)| {
                let value = match word {
                    Word::Text(text) => Value::from(text.as_str()),
                    Word::Number(number) => Value::from(*number),
                    Word::Message(id) => Value::from(self.text(id)),
                };
                (*name, value)
            })
            .collect();
        self.with(mark.id, &args)
    }

    /// `en` or `fr`.
    pub fn lang(self) -> &'static str {
        self.words.lang().code()
    }

    /// What sort of content.
    pub fn kind(self, kind: Kind) -> String {
        self.words.coded("kind", kind.code()).into_owned()
    }

    /// A verdict, as a word.
    pub fn verdict(self, verdict: Verdict) -> String {
        self.words.coded("verdict", verdict.code()).into_owned()
    }

    /// A level with its name.
    pub fn severity(self, severity: Severity) -> String {
        let name = self.words.coded("severity", &severity.level().to_string());
        format!("{severity} {name}")
    }

    /// `14:05`.
    pub fn clock(self, at: Timestamp) -> String {
        self.words.clock(at, self.zone)
    }

    /// `14:05:41`.
    pub fn clock_exact(self, at: Timestamp) -> String {
        self.words.clock_exact(at, self.zone)
    }

    /// The clock time alone for today, else the day before it.
    pub fn moment(self, at: Timestamp) -> String {
        self.words.moment(at, self.now, self.zone)
    }
}
