//! From what somebody typed to a filter; a mistake points at its character.

use super::{Compare, Field, Figure, Filter, Span, Term, Test};
use crate::wellbeing::duration;
use std::str::FromStr;

/// What is wrong with a filter, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} (character {})", at + 1)]
pub struct FilterError {
    /// The character it begins at, counted from 0.
    pub at: usize,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl FilterError {
    /// The filter again with a mark under the mistake, for a terminal.
    pub fn pointed(&self, typed: &str) -> String {
        let before: String = typed.chars().take(self.at).collect();
        let column = unicode_width::UnicodeWidthStr::width(before.as_str());
        format!("{typed}\n{}^ {}", " ".repeat(column), self.message)
    }
}

/// A field's name and how its values are read.
enum Reader {
    Reads(Field),
    Counts(Figure),
    Lasts(Span),
    Online,
}

const NAMES: &[(&str, Reader)] = &[
    ("lang", Reader::Reads(Field::Lang)),
    ("author", Reader::Reads(Field::Author)),
    ("kind", Reader::Reads(Field::Kind)),
    ("channel", Reader::Reads(Field::Channel)),
    ("id", Reader::Reads(Field::Id)),
    ("reason", Reader::Reads(Field::Reason)),
    ("subject", Reader::Reads(Field::Subject)),
    ("severity", Reader::Counts(Figure::Severity)),
    ("reports", Reader::Counts(Figure::Reports)),
    ("views", Reader::Counts(Figure::Views)),
    ("score", Reader::Counts(Figure::Score)),
    ("due", Reader::Lasts(Span::Due)),
    ("age", Reader::Lasts(Span::Age)),
    ("online", Reader::Online),
];

/// The name a field is typed by.
pub(super) fn field_name(field: Field) -> &'static str {
    name(|reader| matches!(reader, Reader::Reads(other) if *other == field))
}

/// The name a figure is typed by.
pub(super) fn figure_name(figure: Figure) -> &'static str {
    name(|reader| matches!(reader, Reader::Counts(other) if *other == figure))
}

/// The name a time is typed by.
pub(super) fn span_name(span: Span) -> &'static str {
    name(|reader| matches!(reader, Reader::Lasts(other) if *other == span))
}

fn name(is: impl Fn(&Reader) -> bool) -> &'static str {
    NAMES.iter().find(|(_, reader)| is(reader)).map_or("", |(name, _)| name)
}

impl FromStr for Filter {
    type Err = FilterError;

    fn from_str(typed: &str) -> Result<Self, FilterError> {
        let mut reader = Typed { chars: typed.chars().collect(), at: 0 };
        let mut terms = Vec::new();
        while reader.skip_blanks() {
            terms.push(reader.term()?);
        }
        Ok(Self { terms })
    }
}

struct Typed {
    chars: Vec<char>,
    at: usize,
}

impl Typed {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn take(&mut self, wanted: char) -> bool {
        let there = self.peek() == Some(wanted);
        self.at += usize::from(there);
        there
    }

    fn skip_blanks(&mut self) -> bool {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        self.at < self.chars.len()
    }

    fn wrong<T>(at: usize, message: impl Into<String>) -> Result<T, FilterError> {
        Err(FilterError { at, message: message.into() })
    }

    fn term(&mut self) -> Result<Term, FilterError> {
        let not = self.take('-');
        let at = self.at;
        if self.peek() == Some('"') {
            return Ok(Term { not, test: Test::Words(self.quoted()?) });
        }
        let word = self.word();
        if self.take(':') {
            let test = self.field(&word, at)?;
            return Ok(Term { not, test });
        }
        if word.is_empty() {
            return Self::wrong(at, "a word, a \"phrase\" or field:value is missing here");
        }
        Ok(Term { not, test: Test::Words(word) })
    }

    /// Up to a blank, a colon, a comma or a quote.
    fn word(&mut self) -> String {
        let start = self.at;
        while self.peek().is_some_and(|c| !c.is_whitespace() && !matches!(c, ':' | ',' | '"')) {
            self.at += 1;
        }
        self.chars[start..self.at].iter().collect()
    }

    /// `"…"`, with `\"` and `\\` inside.
    fn quoted(&mut self) -> Result<String, FilterError> {
        let start = self.at;
        self.at += 1;
        let mut text = String::new();
        while let Some(c) = self.peek() {
            self.at += 1;
            match c {
                '"' if text.trim().is_empty() => return Self::wrong(start, "the phrase between the quotes is empty"),
                '"' => return Ok(text),
                '\\' => {
                    let Some(next) = self.peek() else { break };
                    self.at += 1;
                    text.push(next);
                }
                _ => text.push(c),
            }
        }
        Self::wrong(start, "this quote is never closed")
    }

    fn value(&mut self) -> Result<String, FilterError> {
        let at = self.at;
        let value = if self.peek() == Some('"') { self.quoted()? } else { self.word_with_colons() };
        if value.is_empty() { Self::wrong(at, "a value is missing here") } else { Ok(value) }
    }

    /// Ids have colons in them.
    fn word_with_colons(&mut self) -> String {
        let mut word = self.word();
        while self.take(':') {
            word.push(':');
            word.push_str(&self.word());
        }
        word
    }

    fn field(&mut self, name: &str, at: usize) -> Result<Test, FilterError> {
        let Some((_, reader)) = NAMES.iter().find(|(known, _)| *known == name) else {
            let known: Vec<&str> = NAMES.iter().map(|(known, _)| *known).collect();
            return Self::wrong(at, format!("there is no such field; there are {}", known.join(", ")));
        };
        match reader {
            Reader::Reads(field) => {
                let mut patterns = vec![self.value()?];
                while self.take(',') {
                    patterns.push(self.value()?);
                }
                Ok(Test::Reads(*field, patterns))
            }
            Reader::Counts(figure) => {
                let compare = self.compare();
                let at = self.at;
                let value = self.value()?;
                match value.parse() {
                    Ok(count) => Ok(Test::Counts(*figure, compare, count)),
                    Err(_) => Self::wrong(at, format!("{name} wants a whole number, like {name}:>=2")),
                }
            }
            Reader::Lasts(span) => {
                let compare = self.compare();
                let at = self.at;
                let value = self.value()?;
                match duration::parse(&value) {
                    Ok(time) => Ok(Test::Lasts(*span, compare, time)),
                    Err(_) => Self::wrong(at, format!("{name} wants a time, like {name}:<15m")),
                }
            }
            Reader::Online => {
                let at = self.at;
                match self.value()?.as_str() {
                    "yes" => Ok(Test::Online(true)),
                    "no" => Ok(Test::Online(false)),
                    _ => Self::wrong(at, "online wants yes or no"),
                }
            }
        }
    }

    fn compare(&mut self) -> Compare {
        if self.take('<') {
            if self.take('=') { Compare::AtMost } else { Compare::Less }
        } else if self.take('>') {
            if self.take('=') { Compare::AtLeast } else { Compare::More }
        } else {
            self.take('=');
            Compare::Equal
        }
    }
}
