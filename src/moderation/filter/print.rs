//! From a filter to the shortest text that means it.

use super::parse::{field_name, figure_name, span_name};
use super::{Compare, Filter, Term, Test};
use crate::wellbeing::duration;
use std::fmt;

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, term) in self.terms.iter().enumerate() {
            if at > 0 {
                f.write_str(" ")?;
            }
            term.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.not {
            f.write_str("-")?;
        }
        match &self.test {
            Test::Words(words) => f.write_str(&bare_or_quoted(words, false)),
            Test::Reads(field, patterns) => {
                let patterns: Vec<String> = patterns.iter().map(|pattern| bare_or_quoted(pattern, true)).collect();
                write!(f, "{}:{}", field_name(*field), patterns.join(","))
            }
            Test::Counts(figure, compare, count) => write!(f, "{}:{compare}{count}", figure_name(*figure)),
            Test::Lasts(span, compare, time) => {
                write!(f, "{}:{compare}{}", span_name(*span), duration::Span(*time))
            }
            Test::Online(online) => write!(f, "online:{}", if *online { "yes" } else { "no" }),
        }
    }
}

impl fmt::Display for Compare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Equal => "",
            Self::AtLeast => ">=",
            Self::More => ">",
        })
    }
}

/// Bare where that reads back the same, else in quotes.
fn bare_or_quoted(text: &str, colons: bool) -> String {
    let breaks = |c: char| c.is_whitespace() || matches!(c, ',' | '"') || (c == ':' && !colons);
    if !text.is_empty() && !text.starts_with('-') && !text.contains(breaks) {
        return text.to_owned();
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
