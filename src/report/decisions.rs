//! Decisions as lines of JSON or as CSV, oldest first.

use crate::moderation::{Decision, FollowUp};
use std::io::Write;

/// Takes out what only the moderator's own export may hold: what was seen, opened, and how long.
#[must_use]
pub fn without_exposure(mut decision: Decision) -> Decision {
    decision.seen = None;
    decision.opened = None;
    decision.presented_at = None;
    decision.active_ms = None;
    decision
}

/// One line of JSON, as the contract has it.
pub fn write_json(out: &mut impl Write, decision: Decision) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, &without_exposure(decision))?;
    out.write_all(b"\n")
}

/// The columns of the CSV, in order. Follow-ups stand as JSON in one cell, their kinds in another.
pub const COLUMNS: [&str; 20] = [
    "id",
    "item",
    "revision",
    "round",
    "queue",
    "moderator",
    "verdict",
    "measure",
    "policy",
    "policy_version",
    "to",
    "severity",
    "note",
    "follow_up_kinds",
    "follow_ups",
    "decided_at",
    "batch",
    "reverses",
    "automated",
    "late_s",
];

/// Writes decisions as CSV (RFC 4180, UTF-8).
pub struct Csv<W: Write>(csv::Writer<W>);

impl<W: Write> Csv<W> {
    /// Writes the head line.
    pub fn new(out: W) -> csv::Result<Self> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(COLUMNS)?;
        Ok(Self(writer))
    }

    /// One row.
    pub fn write(&mut self, decision: Decision) -> csv::Result<()> {
        let text = |value: Option<String>| value.unwrap_or_default();
        let kinds: Vec<&str> = decision.follow_ups.iter().map(kind).collect();
        let follow_ups = match decision.follow_ups.as_slice() {
            [] => String::new(),
            some => serde_json::to_string(some).expect("follow-ups are plain data"),
        };
        self.0.write_record([
            decision.id.to_string(),
            decision.item,
            decision.revision.to_string(),
            text(decision.round.map(|round| round.to_string())),
            text(decision.queue),
            text(decision.moderator),
            decision.verdict.code().to_owned(),
            text(decision.measure.map(|measure| measure.code().to_owned())),
            text(decision.policy),
            text(decision.policy_version),
            text(decision.to),
            text(decision.severity.map(|severity| severity.to_string())),
            text(decision.note.map(|note| guarded(note.raw()))),
            kinds.join(" "),
            guarded(&follow_ups),
            text(decision.decided_at.map(|at| at.to_string())),
            text(decision.batch.map(|batch| batch.to_string())),
            text(decision.reverses.map(|reverses| reverses.to_string())),
            decision.automated.to_string(),
            text(decision.late_s.map(|seconds| seconds.to_string())),
        ])
    }

    /// Everything is written.
    pub fn finish(mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

fn kind(follow_up: &FollowUp) -> &'static str {
    match follow_up {
        FollowUp::Reply { .. } => "reply",
        FollowUp::Insight { .. } => "insight",
        FollowUp::Forward { .. } => "forward",
        FollowUp::Like => "like",
        FollowUp::Share => "share",
        FollowUp::Sanction { .. } => "sanction",
        FollowUp::Label { .. } => "label",
    }
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe before it: the words of hostile authors end
/// up in these files.
pub(super) fn guarded(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision() -> Decision {
        serde_json::from_value(serde_json::json!({
            "id": "01930000-0000-7000-8000-000000000000", "item": "forum:1", "verdict": "delete", "policy": "hate",
            "moderator": "M-07", "note": "=HYPERLINK(\"x\")", "seen": "full", "opened": "text",
            "presented_at": "2026-11-22T08:00:00Z", "active_ms": 4180, "follow_ups": [{"kind": "like"}]
        }))
        .expect("a decision")
    }

    #[test]
    fn no_exposure_leaves_with_a_decision() {
        let mut out = Vec::new();
        write_json(&mut out, decision()).expect("a vector takes everything");
        let line: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
        for key in ["seen", "opened", "presented_at", "active_ms"] {
            assert!(line.get(key).is_none(), "{key} left the house");
        }
        assert_eq!(line["policy"], "hate");
    }

    #[test]
    fn a_note_that_begins_like_a_formula_is_no_formula_in_the_csv() {
        let mut out = Vec::new();
        let mut csv = Csv::new(&mut out).expect("a head line");
        csv.write(decision()).expect("a row");
        csv.finish().expect("flushed");
        let text = String::from_utf8(out).expect("UTF-8");
        assert!(text.contains("'=HYPERLINK"), "{text}");
        assert!(!text.contains("4180"));
        assert_eq!(text.lines().count(), 2);
    }
}
