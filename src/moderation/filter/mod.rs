//! The filter language: `lang:fr author:zorglub* due:<15m severity:>=2 "free money"`.
//!
//! Terms stand beside each other and must all hold; `-` before a term turns it round; commas give alternatives
//! (`lang:fr,en`). Words and phrases are looked for in title and text, folded (case, width, diacritics and
//! look-alikes do not matter). A filter prints as it is parsed, and what is printed parses to the same filter.

mod parse;
mod print;

pub use parse::FilterError;

use super::Item;
use crate::text::fold::fold;
use jiff::Timestamp;
use std::time::Duration;

/// What must hold of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// All of these.
    pub terms: Vec<Term>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// It must not hold.
    pub not: bool,
    /// What.
    pub test: Test,
}

/// What a condition looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// These words stand in title, text or link.
    Words(String),
    /// A field reads like one of these; `*` stands for anything at either end or in between.
    Reads(Field, Vec<String>),
    /// A figure compares so.
    Counts(Figure, Compare, u64),
    /// A time compares so: `due:<15m` is due within 15 minutes, `age:>2h` was received more than 2 hours ago.
    Lasts(Span, Compare, Duration),
    /// Already public, or not.
    Online(bool),
}

/// What can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The language's code.
    Lang,
    /// The author's id or name.
    Author,
    /// comment, post …
    Kind,
    /// forum, tweet …
    Channel,
    /// The item's id.
    Id,
    /// The reason of any report.
    Reason,
    /// The title or id of what it stands under.
    Subject,
}

/// What can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// The level that counts, 0 to 4.
    Severity,
    /// How many reports.
    Reports,
    /// How often it was looked at.
    Views,
    /// The highest score, in hundredths.
    Score,
}

/// What can be timed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Until it is due; what is overdue is within any time.
    Due,
    /// Since it was received.
    Age,
}

/// How two figures stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// nothing, or `=`
    Equal,
    /// `>=`
    AtLeast,
    /// `>`
    More,
}

impl Compare {
    fn holds<T: Ord>(self, left: T, right: T) -> bool {
        match self {
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::Equal => left == right,
            Self::AtLeast => left >= right,
            Self::More => left > right,
        }
    }
}

impl Filter {
    /// Whether `item`, due at `due`, passes at the moment `now`.
    pub fn holds(&self, item: &Item, due: Option<Timestamp>, now: Timestamp) -> bool {
        self.terms.iter().all(|term| term.test.holds(item, due, now) != term.not)
    }
}

impl Test {
    fn holds(&self, item: &Item, due: Option<Timestamp>, now: Timestamp) -> bool {
        match self {
            Self::Words(words) => {
                let words = fold(words);
                [&item.title, &item.text, &item.url].into_iter().flatten().any(|text| fold(text.raw()).contains(&words))
            }
            Self::Reads(field, patterns) => {
                let texts = field.texts(item);
                patterns.iter().any(|pattern| texts.iter().any(|text| reads_like(pattern, text)))
            }
            Self::Counts(figure, compare, than) => figure.of(item).is_some_and(|count| compare.holds(count, *than)),
            Self::Lasts(span, compare, than) => {
                let from_to = match span {
                    Span::Due => due.map(|due| (now, due)),
                    Span::Age => item.received_at.map(|received| (received, now)),
                };
                from_to.is_some_and(|(from, to)| {
                    let lasts = Duration::try_from(to.duration_since(from)).unwrap_or(Duration::ZERO);
                    compare.holds(lasts, *than)
                })
            }
            Self::Online(online) => item.online == Some(*online),
        }
    }
}

impl Field {
    fn texts(self, item: &Item) -> Vec<&str> {
        let subject = item.subject.as_ref();
        let author = item.author.as_ref();
        match self {
            Self::Lang => item.lang.as_deref().into_iter().collect(),
            Self::Author => author
                .into_iter()
                .flat_map(|author| author.id.as_deref().into_iter().chain(author.name.as_ref().map(|name| name.raw())))
                .collect(),
            Self::Kind => vec![item.kind.code()],
            Self::Channel => item.channel.iter().map(|channel| channel.raw()).collect(),
            Self::Id => vec![&item.id],
            Self::Reason => item.reports.iter().filter_map(|report| Some(report.reason.as_ref()?.raw())).collect(),
            Self::Subject => subject
                .into_iter()
                .flat_map(|subject| {
                    subject.id.as_deref().into_iter().chain(subject.title.as_ref().map(|title| title.raw()))
                })
                .collect(),
        }
    }
}

impl Figure {
    fn of(self, item: &Item) -> Option<u64> {
        match self {
            Self::Severity => Some(item.prior().level().into()),
            Self::Reports => Some(item.reports.len() as u64),
            Self::Views => item.reach.and_then(|reach| reach.views),
            Self::Score => item
                .scores
                .values()
                .filter_map(serde_json::Value::as_f64)
                .map(|score| (score * 100.0).round() as u64)
                .max(),
        }
    }
}

/// Folded comparison with `*` for anything, in linear time.
fn reads_like(pattern: &str, text: &str) -> bool {
    let text = fold(text);
    let parts: Vec<String> = pattern.split('*').map(fold).collect();
    let [first, rest @ ..] = parts.as_slice() else { return false };
    let Some((last, middle)) = rest.split_last() else { return text == *first };
    let Some(mut left) = text.strip_prefix(first.as_str()) else { return false };
    for part in middle {
        let Some(at) = left.find(part.as_str()) else { return false };
        left = &left[at + part.len()..];
    }
    left.ends_with(last.as_str())
}

#[cfg(test)]
mod tests;
