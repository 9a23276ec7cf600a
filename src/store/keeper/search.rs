//! Finding items again, whatever became of them: a part at a time, the newest first.

use super::floor::Gallery;
use crate::moderation::filter::Filter;
use crate::moderation::floor::{Findings, Found};
use crate::store::Result;
use crate::wellbeing::Severity;
use jiff::Timestamp;
use std::collections::HashMap;

/// Items looked at for one part: a screen gets its first lines at once, and nobody waits long behind a search.
const PART: i64 = 1_000;

/// What passes in the part before a place; sealed items are never among it.
pub(in crate::store) fn part(
    from: &impl Gallery,
    filter: &Filter,
    before: Option<i64>,
    queues: &HashMap<i64, String>,
    now: Timestamp,
) -> Result<Findings> {
    let rows = from.before(before.unwrap_or(i64::MAX), PART)?;
    let full = rows.len() as i64 == PART;
    let mut findings = Findings { found: Vec::new(), before: rows.last().map(|(_, row)| row.place).filter(|_| full) };
    for (queue, row) in rows {
        let listed = row.listed(now.as_microsecond())?;
        if !filter.holds(&listed.item, listed.due_at, now) {
            continue;
        }
        let queue = queues.get(&queue).map(String::as_str).unwrap_or_default();
        let severity = Severity::new(listed.level).unwrap_or(Severity::EXTREME);
        findings.found.push(Found::of(&listed.item, queue, listed.state, severity, listed.due_at));
    }
    Ok(findings)
}
