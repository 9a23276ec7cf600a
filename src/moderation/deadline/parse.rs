//! A deadline rule as it is written.

use super::hours::{DayOff, Hours, Zone};
use super::legal::{self, PRESETS};
use super::{Deadline, From};
use crate::wellbeing::duration::{self, DurationError, Span};
use jiff::civil::{Date, Time};
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/// Days off in one rule.
const MOST: usize = 100;
const YEAR: Duration = Duration::from_secs(365 * 86_400);

/// Why a text is no deadline.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum DeadlineError {
    /// It begins with neither a duration nor the name of a law.
    #[error("{0}; or name a law: {names}", names = names())]
    Duration(DurationError),
    /// Nothing, or more than a year.
    #[error("a deadline is one second to a year, not \"{0}\"")]
    Length(String),
    /// After `from`.
    #[error("a deadline counts from received_at or created_at, not from \"{0}\"")]
    Start(String),
    /// After `working`.
    #[error("\"{0}\" names no days: write Mon-Fri, Mon,Wed,Sat or daily")]
    Days(String),
    /// After the days.
    #[error("\"{0}\" names no hours: write 09:00-18:00")]
    Hours(String),
    /// After the hours.
    #[error("\"{0}\" is no time zone known here: write one such as Europe/Paris")]
    Zone(String),
    /// After `except`.
    #[error(
        "\"{0}\" names no days off: write 2026-12-24 for one day, 12-25 for every year, {MOST} at most, commas between"
    )]
    DaysOff(String),
    /// Something that belongs nowhere.
    #[error(
        "\"{0}\" does not belong there: write for example \"4h from received_at working Mon-Fri 09:00-18:00 Europe/Paris\""
    )]
    Rest(String),
    /// A law that was struck down or repealed before it bound anybody.
    #[error("avia is no law: its duties were struck down (Cons. const. 2020-801 DC); tco_1h and lcen_6_1_24h are")]
    StruckDown,
}

fn names() -> String {
    PRESETS.iter().map(|preset| preset.name).collect::<Vec<_>>().join(", ")
}

fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Reads a rule; a zone that is not known here is taken.
pub(super) fn read(text: &str) -> Result<Deadline, DeadlineError> {
    let mut words = text.split_whitespace().peekable();
    let first = words.peek().copied().unwrap_or_default();
    if let Some(law) = legal::named(first) {
        words.next();
        if let Some(rest) = words.next() {
            return Err(DeadlineError::Rest(cut(rest)));
        }
        return Ok(Deadline { law: Some(law), ..Deadline::after(law.within) });
    }
    if first == "avia" {
        return Err(DeadlineError::StruckDown);
    }
    let mut length = String::new();
    while let Some(word) = words.next_if(|word| !matches!(*word, "from" | "working")) {
        length.push_str(word);
    }
    let within = duration::parse(&length).map_err(DeadlineError::Duration)?;
    if within < Duration::from_secs(1) || within > YEAR {
        return Err(DeadlineError::Length(cut(&length)));
    }
    let mut rule = Deadline::after(Duration::from_secs(within.as_secs()));
    if words.next_if_eq(&"from").is_some() {
        rule.from = match words.next().unwrap_or_default() {
            "received_at" => From::Received,
            "created_at" => From::Created,
            other => return Err(DeadlineError::Start(cut(other))),
        };
    }
    if words.next_if_eq(&"working").is_some() {
        let days = read_days(words.next().unwrap_or_default())?;
        let (open, close) = read_hours(words.next().unwrap_or_default())?;
        let zone = words.next().unwrap_or_default();
        if zone.is_empty() || zone.len() > 60 {
            return Err(DeadlineError::Zone(cut(zone)));
        }
        let except = match words.next_if_eq(&"except") {
            Some(_) => read_days_off(words.next().unwrap_or_default())?,
            None => Vec::new(),
        };
        rule.hours = Some(Hours { days, open, close, zone: Zone(zone.to_owned()), except });
    }
    match words.next() {
        Some(rest) => Err(DeadlineError::Rest(cut(rest))),
        None => Ok(rule),
    }
}

fn read_days(text: &str) -> Result<[bool; 7], DeadlineError> {
    let wrong = || DeadlineError::Days(cut(text));
    let day = |name: &str| DAYS.iter().position(|day| day.eq_ignore_ascii_case(name)).ok_or_else(wrong);
    let mut days = [false; 7];
    if text == "daily" {
        return Ok([true; 7]);
    }
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (day(first)?, day(last)?);
        // Sat-Mon goes over the end of the week.
        let mut here = first;
        loop {
            days[here] = true;
            if here == last {
                break;
            }
            here = (here + 1) % 7;
        }
    }
    Ok(days)
}

fn read_days_off(text: &str) -> Result<Vec<DayOff>, DeadlineError> {
    let wrong = || DeadlineError::DaysOff(cut(text));
    let day = |text: &str| match text.len() {
        10 => text.parse().map(DayOff::Once).map_err(|_| wrong()),
        5 => {
            // A leap year has every day that there is.
            let date: Date = format!("2024-{text}").parse().map_err(|_| wrong())?;
            Ok(DayOff::EveryYear(date.month(), date.day()))
        }
        _ => Err(wrong()),
    };
    let days: Vec<DayOff> = text.split(',').map(day).collect::<Result<_, _>>()?;
    if days.len() > MOST { Err(wrong()) } else { Ok(days) }
}

fn read_hours(text: &str) -> Result<(Time, Time), DeadlineError> {
    let wrong = || DeadlineError::Hours(cut(text));
    let time = |text: &str| {
        let (hour, minute) = text.split_once(':').ok_or_else(wrong)?;
        let number = |digits: &str| match digits.len() == 2 {
            true => digits.parse::<i8>().map_err(|_| wrong()),
            false => Err(wrong()),
        };
        let (hour, minute) = (number(hour)?, number(minute)?);
        // The end of a day is the beginning of the next.
        let hour = if (hour, minute) == (24, 0) { 0 } else { hour };
        Time::new(hour, minute, 0, 0).map_err(|_| wrong())
    };
    let (open, close) = text.split_once('-').ok_or_else(wrong)?;
    Ok((time(open)?, time(close)?))
}

impl FromStr for Deadline {
    type Err = DeadlineError;

    fn from_str(text: &str) -> Result<Self, DeadlineError> {
        let rule = read(text)?;
        match &rule.hours {
            Some(hours) if hours.zone.known().is_none() => Err(DeadlineError::Zone(cut(&hours.zone.0))),
            _ => Ok(rule),
        }
    }
}

impl fmt::Display for Deadline {
    /// The shortest way that reads back the same.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(law) = self.law {
            return f.write_str(law.name);
        }
        write!(f, "{}", Span(self.within))?;
        if self.from == From::Created {
            f.write_str(" from created_at")?;
        }
        if let Some(hours) = &self.hours {
            write!(f, " working {hours}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.days == [true; 7] {
            f.write_str("daily")?;
        } else {
            let mut at = 0;
            let mut first = true;
            while at < 7 {
                let end = (at..7).take_while(|day| self.days[*day]).last();
                let Some(end) = end else {
                    at += 1;
                    continue;
                };
                let comma = if std::mem::take(&mut first) { "" } else { "," };
                match end == at {
                    true => write!(f, "{comma}{}", DAYS[at])?,
                    false => write!(f, "{comma}{}-{}", DAYS[at], DAYS[end])?,
                }
                at = end + 1;
            }
        }
        let close =
            if self.close == Time::midnight() { "24:00".to_owned() } else { self.close.strftime("%H:%M").to_string() };
        write!(f, " {}-{close} {}", self.open.strftime("%H:%M"), self.zone.0)?;
        for (at, off) in self.except.iter().enumerate() {
            f.write_str(if at == 0 { " except " } else { "," })?;
            match off {
                DayOff::Once(date) => write!(f, "{date}")?,
                DayOff::EveryYear(month, day) => write!(f, "{month:02}-{day:02}")?,
            }
        }
        Ok(())
    }
}
