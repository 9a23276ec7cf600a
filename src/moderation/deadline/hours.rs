//! The hours in which somebody is there, and time counted in them alone.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use std::time::Duration;

/// A day of work may begin so long ago and still last.
const BACK: i64 = 2;
/// Further ahead nobody plans: a rule that asks for more is due at the end of time.
const FURTHEST: usize = 40_000;

/// A time zone by its name. Its rules are this machine's; one that it does not know counts as UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(pub String);

impl Zone {
    /// Its rules.
    pub fn rules(&self) -> TimeZone {
        self.known().unwrap_or(TimeZone::UTC)
    }

    pub(super) fn known(&self) -> Option<TimeZone> {
        if self.0 == "UTC" {
            return Some(TimeZone::UTC);
        }
        TimeZone::get(&self.0).ok()
    }
}

/// A day on which nobody is there, whatever day of the week it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOff {
    /// This day alone.
    Once(Date),
    /// Every year, by month and day; 29 February where there is one.
    EveryYear(i8, i8),
}

impl DayOff {
    fn is(self, date: Date) -> bool {
        match self {
            Self::Once(day) => day == date,
            Self::EveryYear(month, day) => (month, day) == (date.month(), date.day()),
        }
    }
}

/// The same hours on some days of the week, by the clock on the wall there: a day on which clocks change is as long as
/// it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// Monday first.
    pub days: [bool; 7],
    /// From.
    pub open: Time,
    /// Until; not after `open` means on the next day, midnight included.
    pub close: Time,
    /// Where.
    pub zone: Zone,
    /// Public holidays and the like: no stretch begins on them; one that began the day before goes on into them.
    pub except: Vec<DayOff>,
}

impl Hours {
    /// The moment at which so much working time has passed since `start`.
    pub fn add(&self, start: Timestamp, within: Duration) -> Timestamp {
        if within.is_zero() {
            return start;
        }
        let mut left = within;
        for (open, close) in self.windows(start) {
            let from = open.max(start);
            let here = Duration::try_from(close.duration_since(from)).unwrap_or_default();
            if left <= here {
                return super::later(from, left);
            }
            left -= here;
        }
        Timestamp::MAX
    }

    /// How much working time lies between two moments.
    pub fn between(&self, start: Timestamp, end: Timestamp) -> Duration {
        let mut sum = Duration::ZERO;
        for (open, close) in self.windows(start).take_while(|(open, _)| *open < end) {
            let part = close.min(end).duration_since(open.max(start));
            sum += Duration::try_from(part).unwrap_or_default();
        }
        sum
    }

    /// Stretches of working time that end after a moment, in order.
    fn windows(&self, after: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
        let zone = self.zone.rules();
        let first = after.to_zoned(zone.clone()).date();
        let first = first.checked_sub(BACK.days()).unwrap_or(first);
        let days = std::iter::successors(Some(first), |date| date.tomorrow().ok()).take(FURTHEST);
        let mut until = Timestamp::MIN;
        days.filter(|date| self.works_on(*date)).filter_map(move |date| {
            let open = at(date, self.open, &zone)?;
            let next = if self.close > self.open { date } else { date.tomorrow().ok()? };
            let close = at(next, self.close, &zone)?;
            // Where clocks change in the night a stretch may end after the next begins: no second counts twice.
            let open = open.max(until);
            until = until.max(close);
            (open < close && close > after).then_some((open, close))
        })
    }

    fn works_on(&self, date: Date) -> bool {
        self.days[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())]
            && !self.except.iter().any(|off| off.is(date))
    }
}

fn at(date: Date, time: Time, zone: &TimeZone) -> Option<Timestamp> {
    Some(zone.to_ambiguous_zoned(date.to_datetime(time)).compatible().ok()?.timestamp())
}
