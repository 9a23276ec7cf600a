//! Durations as a person writes them: `90s`, `10m`, `4h`, `14d`, `250ms`, `1h30m`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// The longest duration that is taken: a hundred years. Anything longer is a slip, and would overflow a date.
pub const LONGEST: Duration = Duration::from_secs(100 * 365 * 86_400);

/// A duration that reads and writes itself with its units. A bare number is refused, because nobody can tell
/// seconds from minutes in `break = 10`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(pub Duration);

/// Why a text is no duration.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum DurationError {
    /// Nothing but a number, or no number before a unit.
    #[error(
        "\"{0}\" is no duration: write a number and a unit, for example \"90s\", \"10m\", \"4h\", \"14d\" or \"250ms\""
    )]
    Shape(String),
    /// Longer than [`LONGEST`].
    #[error("\"{0}\" is longer than a hundred years: write a shorter one")]
    TooLong(String),
}

/// Reads one or more numbers with units (`ms`, `s`, `m` or `min`, `h`, `d`, `w`), a fraction allowed, spaces between
/// the parts allowed.
pub fn parse(text: &str) -> Result<Duration, DurationError> {
    let shape = || DurationError::Shape(text.chars().take(40).collect());
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(shape());
    }
    let mut total = 0.0_f64;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).ok_or_else(shape)?;
        let number: f64 = rest[..digits].parse().map_err(|_| shape())?;
        rest = rest[digits..].trim_start();
        let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let unit = match &rest[..letters] {
            "ms" => 0.001,
            "s" => 1.0,
            "m" | "min" => 60.0,
            "h" => 3_600.0,
            "d" => 86_400.0,
            "w" => 604_800.0,
            _ => return Err(shape()),
        };
        total += number * unit;
        rest = rest[letters..].trim_start();
    }
    if total > LONGEST.as_secs_f64() {
        return Err(DurationError::TooLong(text.chars().take(40).collect()));
    }
    Ok(Duration::from_nanos((total * 1e6).round() as u64 * 1_000))
}

impl FromStr for Span {
    type Err = DurationError;

    fn from_str(text: &str) -> Result<Self, DurationError> {
        parse(text).map(Self)
    }
}

impl fmt::Display for Span {
    /// The shortest way that reads back the same down to the millisecond: `90s` becomes `1m30s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut left = self.0.as_millis();
        if left == 0 {
            return f.write_str("0s");
        }
        for (unit, size) in [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)] {
            if left >= size {
                write!(f, "{}{unit}", left / size)?;
                left %= size;
            }
        }
        Ok(())
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written;
        impl serde::de::Visitor<'_> for Written {
            type Value = Span;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a duration with its unit, for example \"90s\", \"10m\", \"4h\" or \"14d\"")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Span, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_a_person_writes() {
        for (text, millis) in [
            ("90s", 90_000),
            ("10m", 600_000),
            ("10 min", 600_000),
            ("4h", 14_400_000),
            ("14d", 1_209_600_000),
            ("250ms", 250),
            ("0s", 0),
            ("1h30m", 5_400_000),
            ("1.5 h", 5_400_000),
            ("2w", 1_209_600_000),
        ] {
            assert_eq!(parse(text).map(|d| d.as_millis()), Ok(millis), "{text}");
        }
    }

    #[test]
    fn refuses_what_could_be_misread() {
        for text in ["", "10", "m", "10x", "-5m", "1e3s", "5m3", "1.2.3s", "∞s", "１０m"] {
            assert!(matches!(parse(text), Err(DurationError::Shape(_))), "{text}");
        }
        assert!(matches!(parse("200000d"), Err(DurationError::TooLong(_))));
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_the_same(millis in 0u64..3_000_000_000_000) {
            let span = Span(Duration::from_millis(millis));
            prop_assert_eq!(span.to_string().parse::<Span>(), Ok(span));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,24}") {
            let _ = parse(&text);
        }
    }
}
