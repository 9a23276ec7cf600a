//! A client's week: what was decided, why, where, when and how fast. Counts and medians of the whole house, never of
//! one person: the hours are left out where fewer than three people worked, since two know each other's.

use super::insights::plain;
use crate::moderation::{Decision, Item, Verdict};
use crate::text::personal;
use crate::words::Words;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// So many people at least, for a sum of hours to be nobody's.
const PEOPLE: usize = 3;
/// Examples a policy.
const EXAMPLES: usize = 3;
/// Characters of an example.
const EXCERPT: usize = 160;

/// Which week: ISO 8601, Monday to Sunday, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IsoWeek {
    monday: jiff::civil::Date,
}

impl IsoWeek {
    /// `47` is the latest week of that number that has begun by `now`; `2026-W47` says the year.
    pub fn named(text: &str, now: Timestamp) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no week: write 47, or 2026-W47");
        let today = now.to_zoned(TimeZone::UTC).date();
        let of = |year: i16, week: i8| {
            let day = jiff::civil::ISOWeekDate::new(year, week, jiff::civil::Weekday::Monday).map_err(|_| wrong())?;
            Ok(Self { monday: day.date() })
        };
        match text.split_once("-W").or_else(|| text.split_once("-w")) {
            Some((year, week)) => of(year.parse().map_err(|_| wrong())?, week.parse().map_err(|_| wrong())?),
            None => {
                let week = text.trim_start_matches(['W', 'w']).parse().map_err(|_| wrong())?;
                let year = today.iso_week_date().year();
                match of(year, week) {
                    Ok(found) if found.monday <= today => Ok(found),
                    _ => of(year - 1, week),
                }
            }
        }
    }

    /// The last one that is over.
    pub fn last(now: Timestamp) -> Self {
        let today = now.to_zoned(TimeZone::UTC).date();
        let monday = today.iso_week_date().weekday().to_monday_zero_offset();
        let monday = today.saturating_sub(jiff::Span::new().days(i64::from(monday) + 7));
        Self { monday }
    }

    /// From when, and before when.
    pub fn span(self) -> (Timestamp, Timestamp) {
        let at = |date: jiff::civil::Date| {
            date.to_zoned(TimeZone::UTC).map_or(Timestamp::MAX, |midnight| midnight.timestamp())
        };
        (at(self.monday), at(self.monday.saturating_add(jiff::Span::new().days(7))))
    }
}

impl std::fmt::Display for IsoWeek {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let week = self.monday.iso_week_date();
        write!(f, "{}-W{:02}", week.year(), week.week())
    }
}

/// How many, how many of them refused, and how long each took to be decided.
#[derive(Clone, Debug, Default)]
struct Tally {
    decided: u64,
    refused: u64,
    took: Vec<i64>,
}

/// What became of an alert: the newest word on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertStory {
    /// suicide, threat, attack or child.
    pub kind: String,
    /// About which item.
    pub item: String,
    /// When it was raised.
    pub raised: Timestamp,
    /// When somebody took it.
    pub taken: Option<Timestamp>,
    /// Whether its sender took it back.
    pub withdrawn: bool,
}

/// The week, gathered first and written at the end.
#[derive(Debug, Default)]
pub struct Week {
    all: Tally,
    verdicts: BTreeMap<&'static str, u64>,
    policies: BTreeMap<String, u64>,
    channels: BTreeMap<String, Tally>,
    hours: BTreeMap<i8, Tally>,
    reversals: u64,
    with_deadline: u64,
    late: u64,
    active_ms: u64,
    people: BTreeSet<String>,
    examples: BTreeMap<String, Vec<(String, Option<String>)>>,
    alerts: Vec<AlertStory>,
}

impl Week {
    /// One decision of the week with the item it was about. What was taken back since counts as a reversal alone.
    pub fn add(&mut self, decision: &Decision, item: &Item, due: Option<Timestamp>) {
        self.active_ms += decision.active_ms.unwrap_or(0);
        self.people.extend(decision.moderator.clone());
        if decision.reverses.is_some() {
            self.reversals += 1;
            return;
        }
        if decision.reversed_by.is_some() {
            return;
        }
        let refused = matches!(decision.verdict, Verdict::Delete | Verdict::Restrict);
        let took = match (item.received_at, decision.decided_at, decision.round.unwrap_or(1)) {
            (Some(received), Some(decided), 1) => Some(decided.duration_since(received).as_secs().max(0)),
            _ => None,
        };
        let channel = item.channel.as_ref().map(|channel| channel.raw().to_owned()).unwrap_or_default();
        let hour = decision.decided_at.map(|at| at.to_zoned(TimeZone::UTC).hour());
        let tallies = [Some(&mut self.all), Some(self.channels.entry(channel).or_default())];
        for tally in tallies.into_iter().flatten().chain(hour.map(|hour| self.hours.entry(hour).or_default())) {
            tally.decided += 1;
            tally.refused += u64::from(refused);
            tally.took.extend(took);
        }
        *self.verdicts.entry(decision.verdict.code()).or_default() += 1;
        if decision.late_s.is_some() || due.is_some() {
            self.with_deadline += 1;
            self.late += u64::from(decision.late_s.is_some_and(|late| late > 0));
        }
        if let (true, Some(policy)) = (refused, &decision.policy) {
            *self.policies.entry(policy.clone()).or_default() += 1;
            let examples = self.examples.entry(policy.clone()).or_default();
            if examples.len() < EXAMPLES {
                let mild = decision.severity.is_none_or(|level| level < crate::wellbeing::Severity::GRAPHIC);
                let words = item.title.as_ref().or(item.text.as_ref()).filter(|_| mild && item.sealed.is_none());
                examples.push((decision.item.clone(), words.map(|words| excerpt(words.raw()))));
            }
        }
    }

    /// An alert of the week.
    pub fn alert(&mut self, alert: AlertStory) {
        self.alerts.push(alert);
    }

    fn hours_worked(&self) -> Option<f64> {
        (self.people.len() >= PEOPLE).then(|| self.active_ms as f64 / 3_600_000.0)
    }

    /// To read: Markdown.
    pub fn write(
        &self,
        out: &mut impl Write,
        words: &Words,
        head: &str,
        policy: impl Fn(&str) -> String,
    ) -> io::Result<()> {
        let number = |n: u64| words.number(n);
        writeln!(out, "# {}\n", plain(head))?;
        if self.all.decided == 0 && self.alerts.is_empty() {
            return writeln!(out, "{}", words.say("week-nothing"));
        }
        let median = |tally: &Tally| {
            median(&tally.took).map_or_else(|| "–".into(), |took| words.duration(SignedDuration::from_secs(took)))
        };
        let named =
            |name: &str, value: &str| words.say_with("week-line", &[("name", name.into()), ("value", value.into())]);
        let line = |out: &mut dyn Write, id: &str, value: &str| writeln!(out, "- {}", named(&words.say(id), value));
        line(out, "week-decided", &number(self.all.decided))?;
        line(out, "week-refused", &number(self.all.refused))?;
        line(out, "week-reversals", &number(self.reversals))?;
        line(out, "week-median", &median(&self.all))?;
        if self.with_deadline > 0 {
            let share = 1.0 - self.late as f64 / self.with_deadline as f64;
            line(out, "week-in-time", &words.percent(share))?;
        }
        match self.hours_worked() {
            Some(hours) => line(out, "week-hours", &number(hours.round() as u64))?,
            None => line(out, "week-hours", &words.say("week-hours-few"))?,
        }
        let mut policies: Vec<_> = self.policies.iter().collect();
        policies.sort_by_key(|(code, n)| (std::cmp::Reverse(**n), (*code).clone()));
        if !policies.is_empty() {
            writeln!(out, "\n## {}\n", words.say("week-policies"))?;
            for (code, n) in policies {
                writeln!(out, "- {}", named(&plain(&policy(code)), &number(*n)))?;
                for (item, excerpt) in self.examples.get(code).into_iter().flatten() {
                    let excerpt = excerpt.as_deref().map(|words| format!(" · {}", plain(words))).unwrap_or_default();
                    writeln!(out, "  - {}{excerpt}", plain(item))?;
                }
            }
        }
        let row = |out: &mut dyn Write, name: &str, tally: &Tally| {
            writeln!(out, "| {name} | {} | {} | {} |", number(tally.decided), number(tally.refused), median(tally))
        };
        let heads = ["week-decided", "week-refused", "week-median"].map(|id| words.say(id).into_owned()).join(" | ");
        writeln!(
            out,
            "\n## {}\n\n| {} | {heads} |\n|---|---:|---:|---:|",
            words.say("week-channels"),
            words.say("week-channel")
        )?;
        for (channel, tally) in &self.channels {
            let name = if channel.is_empty() { words.say("week-no-channel").into_owned() } else { plain(channel) };
            row(out, &name, tally)?;
        }
        writeln!(out, "\n## {}\n\n| UTC | {heads} |\n|---|---:|---:|---:|", words.say("week-hours-of-day"))?;
        for (hour, tally) in &self.hours {
            row(out, &format!("{hour:02}"), tally)?;
        }
        if !self.alerts.is_empty() {
            writeln!(out, "\n## {}\n", words.say("week-alerts"))?;
        }
        for alert in &self.alerts {
            let became = match (alert.withdrawn, alert.taken) {
                (true, _) => words.say("week-alert-withdrawn").into_owned(),
                (false, None) => words.say("week-alert-open").into_owned(),
                (false, Some(taken)) => {
                    let after = words.duration(taken.duration_since(alert.raised));
                    words.say_with("week-alert-taken", &[("after", after.into())])
                }
            };
            let kind = words.coded("alert", &alert.kind);
            writeln!(out, "- {kind} · {} · {} · {became}", plain(&alert.item), alert.raised)?;
        }
        Ok(())
    }

    /// To reckon with: CSV (RFC 4180), a figure a row.
    pub fn write_csv(&self, out: impl Write) -> csv::Result<()> {
        let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        csv.write_record(["section", "name", "decided", "refused", "median_s"])?;
        let mut row = |section: &str, name: &str, decided: String, refused: String, median_s: String| {
            csv.write_record([section, &super::decisions::guarded(name), &decided, &refused, &median_s])
        };
        let median_s = |tally: &Tally| median(&tally.took).map(|took| took.to_string()).unwrap_or_default();
        let none = String::new;
        let all = &self.all;
        row("all", "", all.decided.to_string(), all.refused.to_string(), median_s(all))?;
        row("reversals", "", self.reversals.to_string(), none(), none())?;
        row("deadline", "with", self.with_deadline.to_string(), none(), none())?;
        row("deadline", "late", self.late.to_string(), none(), none())?;
        if let Some(hours) = self.hours_worked() {
            row("hours", "", format!("{hours:.1}"), none(), none())?;
        }
        for (verdict, n) in &self.verdicts {
            row("verdict", verdict, n.to_string(), none(), none())?;
        }
        for (policy, n) in &self.policies {
            row("policy", policy, none(), n.to_string(), none())?;
        }
        for (channel, tally) in &self.channels {
            row("channel", channel, tally.decided.to_string(), tally.refused.to_string(), median_s(tally))?;
        }
        for (hour, tally) in &self.hours {
            row("hour", &format!("{hour:02}"), tally.decided.to_string(), tally.refused.to_string(), median_s(tally))?;
        }
        for alert in &self.alerts {
            let became = if alert.withdrawn {
                "withdrawn"
            } else if alert.taken.is_some() {
                "taken"
            } else {
                "open"
            };
            let took = alert.taken.map(|taken| taken.duration_since(alert.raised).as_secs().to_string());
            row("alert", &alert.item, alert.kind.clone(), became.into(), took.unwrap_or_default())?;
        }
        csv.flush()?;
        Ok(())
    }
}

/// The middle one; of two, the lower.
fn median(took: &[i64]) -> Option<i64> {
    let mut took = took.to_vec();
    took.sort_unstable();
    took.get(took.len().checked_sub(1)? / 2).copied()
}

fn excerpt(words: &str) -> String {
    let masked = personal::masked(words);
    let mut short: String = masked.chars().take(EXCERPT).collect();
    if masked.chars().count() > EXCERPT {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;
    use serde_json::json;

    fn at(time: &str) -> Timestamp {
        time.parse().expect("a time")
    }

    fn decided(n: u32, by: &str, verdict: &str, hour: u8) -> Decision {
        serde_json::from_value(json!({
            "id": format!("01939f50-0000-7000-8000-{n:012}"), "item": format!("forum:{n}"), "round": 1, "moderator": by,
            "verdict": verdict, "policy": (verdict == "delete").then_some("spam"), "severity": 1, "active_ms": 1_800_000,
            "decided_at": format!("2026-11-18T{hour:02}:00:00Z"),
        }))
        .expect("a decision")
    }

    fn item(n: u32) -> Item {
        serde_json::from_value(
            json!({"id": format!("forum:{n}"), "channel": "forum", "text": "call +33 6 12 34 56 78 | now",
            "received_at": "2026-11-18T07:00:00Z"}),
        )
        .expect("an item")
    }

    fn week(people: &[&str]) -> Week {
        let mut week = Week::default();
        for (n, by) in (1..).zip(people) {
            let verdict = if n % 2 == 0 { "delete" } else { "approve" };
            week.add(&decided(n, by, verdict, 7 + n as u8), &item(n), None);
        }
        week
    }

    fn read(week: &Week) -> String {
        let mut out = Vec::new();
        week.write(&mut out, &Words::new(Lang::En), "Météo", |code| code.to_owned()).expect("memory");
        String::from_utf8(out).expect("text").replace('\u{a0}', " ")
    }

    #[test]
    fn weeks_go_from_monday_to_monday_and_a_number_alone_is_the_latest_that_has_begun() {
        let now = at("2027-01-07T12:00:00Z");
        let span = |text: &str| IsoWeek::named(text, now).expect("a week").span();
        assert_eq!(span("47"), (at("2026-11-16T00:00:00Z"), at("2026-11-23T00:00:00Z")));
        assert_eq!(span("2026-W47"), span("47"));
        assert_eq!(IsoWeek::named("1", now).expect("a week").to_string(), "2027-W01");
        assert_eq!(span("53").0, at("2026-12-28T00:00:00Z"));
        assert_eq!(IsoWeek::last(now).to_string(), "2026-W53");
        assert!(IsoWeek::named("54", now).is_err() && IsoWeek::named("2025-W53", now).is_err());
        assert!(IsoWeek::named("soon", now).is_err());
    }

    #[test]
    fn it_counts_by_policy_channel_and_hour_and_names_examples_without_personal_data() {
        let report = read(&week(&["a", "b", "c", "a"]));
        for line in ["- decided: 4", "- refused: 2", "- spam: 2", "| forum | 4 | 2 | 2 h |", "| 09 | 1 | 1 | 2 h |"] {
            assert!(report.contains(line), "{line} in\n{report}");
        }
        assert!(report.contains("forum:2 · call \\[telephone\\] \\| now"), "{report}");
    }

    #[test]
    fn hours_of_fewer_than_three_people_are_nobody_elses_business() {
        assert!(read(&week(&["a", "b", "a", "b"])).contains("not given"), "two people");
        assert!(week(&["a", "b"]).hours_worked().is_none());
        assert_eq!(week(&["a", "b", "c", "c"]).hours_worked(), Some(2.0));
    }

    #[test]
    fn what_was_taken_back_counts_as_a_reversal_alone() {
        let mut week = week(&["a"]);
        let first = decided(7, "a", "delete", 9);
        week.add(&Decision { reversed_by: Some(first.id), ..first.clone() }, &item(7), None);
        week.add(&Decision { reverses: Some(first.id), ..decided(8, "a", "approve", 10) }, &item(7), None);
        assert_eq!((week.all.decided, week.all.refused, week.reversals), (1, 0, 1));
    }

    #[test]
    fn the_middle_of_none_is_none_and_of_two_the_lower() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[9, 3]), Some(3));
        assert_eq!(median(&[9, 3, 5]), Some(5));
    }
}
