//! Insights as lines of JSON, as CSV, and as a report that a client reads: by topic, kind and week, with the authors'
//! own words.

use crate::moderation::{Decision, FollowUp};
use crate::text::{Untrusted, personal, scrub};
use crate::words::Words;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// One insight, as it leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Insight {
    /// Whose.
    pub client: String,
    /// About what.
    pub topic: String,
    /// Of which kind; absent where none was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
    /// The ISO week in UTC, such as `2026-W47`.
    pub week: String,
    /// When it was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// Where the item came in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// Which item.
    pub item: String,
    /// What became of it.
    pub verdict: &'static str,
    /// The author's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verbatim: Option<Untrusted>,
}

/// The insights of a decision that still stands. Personal data goes from the words unless `personal` asks for it.
pub fn of(decision: &Decision, client: &str, personal: bool) -> Vec<Insight> {
    if decision.reversed_by.is_some() || decision.reverses.is_some() {
        return Vec::new();
    }
    let insights = decision.follow_ups.iter().filter_map(|follow_up| match follow_up {
        // One whose topic was erased with its author says nothing any more.
        FollowUp::Insight { topic, sort, verbatim } if !topic.is_empty() => Some((topic, sort, verbatim)),
        _ => None,
    });
    let masked = |text: &str| if personal { text.to_owned() } else { personal::masked(text) };
    let week = decision.decided_at.map(week_of).unwrap_or_default();
    insights
        .map(|(topic, sort, verbatim)| Insight {
            client: client.to_owned(),
            topic: masked(topic),
            sort: sort.clone(),
            week: week.clone(),
            at: decision.decided_at,
            queue: decision.queue.clone(),
            item: decision.item.clone(),
            verdict: decision.verdict.code(),
            verbatim: verbatim.as_ref().map(|words| Untrusted::new(masked(words.raw()))),
        })
        .collect()
}

fn week_of(at: Timestamp) -> String {
    let week = at.to_zoned(TimeZone::UTC).date().iso_week_date();
    format!("{}-W{:02}", week.year(), week.week())
}

/// One line of JSON.
pub fn write_json(out: &mut impl Write, insight: &Insight) -> io::Result<()> {
    serde_json::to_writer(&mut *out, insight)?;
    out.write_all(b"\n")
}

/// The columns of the CSV, in order.
pub const COLUMNS: [&str; 9] = ["client", "topic", "sort", "week", "at", "queue", "item", "verdict", "verbatim"];

/// Writes insights as CSV (RFC 4180, UTF-8).
pub struct Csv<W: Write>(csv::Writer<W>);

impl<W: Write> Csv<W> {
    /// Writes the head line.
    pub fn new(out: W) -> csv::Result<Self> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(COLUMNS)?;
        Ok(Self(writer))
    }

    /// One row.
    pub fn write(&mut self, insight: &Insight) -> csv::Result<()> {
        let guarded = super::decisions::guarded;
        self.0.write_record([
            insight.client.clone(),
            guarded(&insight.topic),
            insight.sort.clone().unwrap_or_default(),
            insight.week.clone(),
            insight.at.map(|at| at.to_string()).unwrap_or_default(),
            insight.queue.clone().unwrap_or_default(),
            guarded(&insight.item),
            insight.verdict.to_owned(),
            insight.verbatim.as_ref().map(|words| guarded(words.raw())).unwrap_or_default(),
        ])
    }

    /// Everything is written.
    pub fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Week, then the words of each insight in it.
type Weeks = BTreeMap<String, Vec<Option<Untrusted>>>;

/// A report in Markdown, gathered first and written at the end.
#[derive(Debug, Default)]
pub struct Report {
    /// By client and topic; within, by kind.
    clients: BTreeMap<String, BTreeMap<String, BTreeMap<String, Weeks>>>,
}

impl Report {
    /// One more.
    pub fn add(&mut self, insight: Insight) {
        let topics = self.clients.entry(insight.client).or_default();
        let sorts = topics.entry(insight.topic).or_default();
        let weeks = sorts.entry(insight.sort.unwrap_or_default()).or_default();
        weeks.entry(insight.week).or_default().push(insight.verbatim);
    }

    /// The whole of it; the topics with most to say first.
    pub fn write(&self, out: &mut impl Write, words: &Words, title: impl Fn(&str) -> String) -> io::Result<()> {
        writeln!(out, "# {}", words.say("insight-report"))?;
        if self.clients.is_empty() {
            return writeln!(out, "\n{}", words.say("insight-report-none"));
        }
        for (client, topics) in &self.clients {
            writeln!(out, "\n## {}", plain(&title(client)))?;
            let mut topics: Vec<_> = topics.iter().map(|(topic, sorts)| (count(sorts), topic, sorts)).collect();
            topics.sort_by_key(|(n, topic, _)| (std::cmp::Reverse(*n), *topic));
            for (n, topic, sorts) in topics {
                writeln!(out, "\n### {} ({n})", plain(topic))?;
                for (sort, weeks) in sorts {
                    let sort = match sort.as_str() {
                        "" => words.say("insight-report-no-sort"),
                        sort => words.coded("insight", sort),
                    };
                    for (week, said) in weeks {
                        writeln!(out, "\n**{sort}** · {week} · {}\n", said.len())?;
                        for verbatim in said.iter().flatten() {
                            writeln!(out, "> {}\n", plain(verbatim.raw()))?;
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

fn count(sorts: &BTreeMap<String, Weeks>) -> usize {
    sorts.values().flat_map(BTreeMap::values).map(Vec::len).sum()
}

/// Somebody's words on one line of Markdown: scrubbed, and no sign in them is taken for markup.
pub(super) fn plain(text: &str) -> String {
    let line = scrub::line(&Untrusted::new(text)).as_str().to_owned();
    let mut plain = String::with_capacity(line.len());
    for c in line.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '&') {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;
    use serde_json::json;

    fn decision(topic: &str, sort: &str, words: &str, reversed: bool) -> Decision {
        let mut decision: Decision = serde_json::from_value(json!({
            "id": "01939f50-0000-7000-8000-000000000001", "item": "forum:1", "revision": 1, "verdict": "approve",
            "decided_at": "2026-11-22T10:00:00Z",
            "follow_ups": [{"kind": "insight", "topic": topic, "sort": sort, "verbatim": words}, {"kind": "like"}],
        }))
        .expect("a decision");
        decision.reversed_by = reversed.then_some(decision.id);
        decision
    }

    #[test]
    fn personal_data_is_masked_unless_it_is_asked_for_and_what_was_undone_is_out() {
        let one = decision("delay", "complaint", "rappelez le 06 12 34 56 78", false);
        assert_eq!(of(&one, "maif", false)[0].verbatim.as_ref().map(Untrusted::raw), Some("rappelez le [telephone]"));
        assert_eq!(of(&one, "maif", true)[0].verbatim.as_ref().map(Untrusted::raw), Some("rappelez le 06 12 34 56 78"));
        assert_eq!(of(&one, "maif", false)[0].week, "2026-W47");
        assert!(of(&decision("delay", "complaint", "x", true), "maif", false).is_empty());
    }

    #[test]
    fn the_report_goes_by_client_topic_kind_and_week_and_takes_no_markup_from_anybody() {
        let mut report = Report::default();
        for (topic, sort, words) in
            [("delay", "complaint", "# *3* weeks"), ("delay", "praise", "quick!"), ("app", "idea", "dark\u{202e} mode")]
        {
            of(&decision(topic, sort, words, false), "maif", false).into_iter().for_each(|one| report.add(one));
        }
        let mut out = Vec::new();
        report.write(&mut out, &Words::new(Lang::En), |client| client.to_uppercase()).expect("written");
        let text = String::from_utf8(out).expect("text");
        assert!(text.contains("## MAIF") && text.contains("### delay (2)"), "{text}");
        assert!(text.find("### delay") < text.find("### app"), "{text}");
        assert!(text.contains("**complaint** · 2026-W47 · 1") && text.contains("> \\# \\*3\\* weeks"), "{text}");
        assert!(!text.contains('\u{202e}'), "{text}");
    }
}
