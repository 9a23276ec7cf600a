//! Clock times, dates and durations in the reader's way.
//!
//! Nothing here reads a clock: the moment and the time zone are given. Clock times are `14:05` in both languages, as
//! the desk's screens have them.

use super::{Value, Words};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::borrow::Cow;

impl Words {
    /// `14:05`.
    pub fn clock(&self, at: Timestamp, zone: &TimeZone) -> String {
        let time = at.to_zoned(zone.clone()).time();
        format!("{:02}:{:02}", time.hour(), time.minute())
    }

    /// `14:22:41`, where seconds matter: when a held decision leaves.
    pub fn clock_exact(&self, at: Timestamp, zone: &TimeZone) -> String {
        let time = at.to_zoned(zone.clone()).time();
        format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())
    }

    /// `12 Nov`, in French `12 nov.`; with its year where that is not the year of `now`.
    pub fn day(&self, at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
        let (date, today) = (at.to_zoned(zone.clone()).date(), now.to_zoned(zone.clone()).date());
        let month = self.coded("time-month", &date.month().to_string());
        let (day, year) = (Value::from(date.day()), Value::from(date.year().to_string()));
        match date.year() == today.year() {
            true => self.say_with("time-day", &[("day", day), ("month", month.into())]),
            false => self.say_with("time-day-year", &[("day", day), ("month", month.into()), ("year", year)]),
        }
    }

    /// The clock time alone for today, else the day before it: `12 Nov 14:05`.
    pub fn moment(&self, at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
        let clock = self.clock(at, zone);
        match at.to_zoned(zone.clone()).date() == now.to_zoned(zone.clone()).date() {
            true => clock,
            false => format!("{} {clock}", self.day(at, now, zone)),
        }
    }

    /// How long something lasts, in the two largest units that say something: `45 s`, `12 min`, `1 h 05 min`, `3 d`.
    /// Rounded down, and never below zero.
    pub fn duration(&self, length: SignedDuration) -> String {
        let seconds = length.as_secs().max(0);
        let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
        match (days, hours, minutes) {
            (0, 0, 0) => self.say_with("time-seconds", &[("n", seconds.into())]),
            (0, 0, n) => self.say_with("time-minutes", &[("n", n.into())]),
            (0, n, _) if minutes % 60 == 0 => self.say_with("time-hours", &[("n", n.into())]),
            (0, n, _) => {
                let rest = format!("{:02}", minutes % 60);
                self.say_with("time-hours-minutes", &[("n", n.into()), ("minutes", rest.into())])
            }
            (n, _, _) if n < 60 => self.say_with("time-days", &[("n", n.into())]),
            (n, _, _) if n < 730 => self.say_with("time-months", &[("n", (n / 30).into())]),
            (n, _, _) => self.say_with("time-years", &[("n", (n / 365).into())]),
        }
    }

    /// How long ago, in one unit: `3 d ago`, in French `il y a 3 j`. Within the last minute, or where a clock is
    /// ahead of ours, it is just now.
    pub fn ago(&self, at: Timestamp, now: Timestamp) -> Cow<'_, str> {
        let seconds = now.duration_since(at).as_secs();
        if seconds < 60 {
            return self.say("time-now");
        }
        // One unit is enough for a distance that nobody acts on to the minute.
        let whole = if (3600..86_400).contains(&seconds) { seconds / 3600 * 3600 } else { seconds };
        let length = self.duration(SignedDuration::from_secs(whole));
        self.say_with("time-ago", &[("length", length.into())]).into()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Lang;
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn paris() -> TimeZone {
        TimeZone::fixed(jiff::tz::offset(1))
    }

    #[test]
    fn clock_times_are_in_the_readers_zone() {
        let words = Words::new(Lang::Fr);
        assert_eq!(words.clock(at("2026-11-22T13:05:41Z"), &paris()), "14:05");
        assert_eq!(words.clock_exact(at("2026-11-22T23:05:01Z"), &paris()), "00:05:01");
    }

    #[test]
    fn a_day_names_its_month_and_only_a_foreign_year() {
        let now = at("2026-11-22T12:00:00Z");
        let (english, french) = (Words::new(Lang::En), Words::new(Lang::Fr));
        assert_eq!(english.day(at("2026-11-12T12:00:00Z"), now, &paris()), "12 Nov");
        assert_eq!(french.day(at("2026-08-01T12:00:00Z"), now, &paris()), "1er août");
        assert_eq!(french.day(at("2019-02-03T12:00:00Z"), now, &paris()), "3 févr. 2019");
        assert_eq!(english.moment(at("2026-11-22T13:05:00Z"), now, &paris()), "14:05");
        assert_eq!(english.moment(at("2026-11-20T13:05:00Z"), now, &paris()), "20 Nov 14:05");
        assert_eq!(english.moment(at("2026-11-21T23:05:00Z"), now, &paris()), "00:05", "midnight is the reader's");
    }

    #[test]
    fn durations_and_distances() {
        let (english, french) = (Words::new(Lang::En), Words::new(Lang::Fr));
        let lasts = |words: &Words, seconds| words.duration(SignedDuration::from_secs(seconds)).replace('\u{a0}', " ");
        let cases = [(0, "0 s"), (59, "59 s"), (60, "1 min"), (3599, "59 min"), (3600, "1 h"), (-5, "0 s")];
        for (seconds, expected) in cases {
            assert_eq!(lasts(&english, seconds), expected);
            assert_eq!(lasts(&french, seconds), expected);
        }
        assert_eq!(lasts(&english, 3900), "1 h 05 min");
        assert_eq!(lasts(&french, 3900), "1 h 05");
        assert_eq!(lasts(&english, 86_400 * 3), "3 d");
        assert_eq!(lasts(&french, 86_400 * 3), "3 j");
        assert_eq!(lasts(&english, 86_400 * 800), "2 years");
        let now = at("2026-11-22T12:00:00Z");
        let ago = |words: &Words, then: &str| words.ago(at(then), now).replace('\u{a0}', " ");
        assert_eq!(ago(&french, "2026-11-19T11:00:00Z"), "il y a 3 j");
        assert_eq!(ago(&english, "2026-11-22T09:20:00Z"), "2 h ago");
        assert_eq!(ago(&english, "2026-11-22T11:59:30Z"), "just now");
        assert_eq!(ago(&english, "2026-11-22T12:59:30Z"), "just now", "a clock ahead of ours");
    }
}
