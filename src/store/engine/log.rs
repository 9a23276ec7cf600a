//! The log, read beside the writer: decisions, the chain, and what happened.

use super::HouseReader;
use crate::moderation::Decision;
use crate::store::audit::{Chain, hex};
use crate::store::keeper::{history, lease};
use crate::store::{AuditEntry, BrokenLink, DecisionFilter, Event, Result, StoreError};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use uuid::Uuid;

/// Rows at most in one answer, whatever was asked.
const PAGE: u32 = 10_000;

/// How many rows an answer may have.
pub(in crate::store) fn page(limit: u32) -> u32 {
    if limit == 0 { PAGE } else { limit.min(PAGE) }
}

/// A decision as it was recorded.
pub(in crate::store) struct RecordedRow {
    pub seq: u64,
    pub payload: Vec<u8>,
    /// What undid it since.
    pub undone: Option<Uuid>,
}

/// A decision's words and how its item stands now.
pub(in crate::store) struct DecisionRow {
    /// None where they have left.
    pub payload: Option<Vec<u8>>,
    pub state: i64,
    pub item: i64,
    pub last: i64,
}

/// The log, for exports, for whoever checks it, and for live views.
pub(in crate::store) trait LogReader: HouseReader {
    /// Decisions in the order in which they were recorded.
    fn recorded(&self, filter: &DecisionFilter) -> Result<Vec<RecordedRow>>;
    /// Number and audit number of the first entry of the chain that stands at a number of the log or behind it.
    fn audited_from(&self, seq: i64) -> Result<Option<(i64, i64)>>;
    /// Entries of the chain from a number of the log on.
    fn audit_page(&self, from: i64, limit: u32) -> Result<Vec<AuditEntry>>;
    /// The newest audit number.
    fn newest_audited(&self) -> Result<u64>;
    fn decision_row(&self, id: Uuid) -> Result<Option<DecisionRow>>;
    /// What happened after a number, for live views.
    fn events(&mut self, after: u64, limit: u32) -> Result<Vec<Event>>;
    /// The same without the decisions, and up to which number that is everything.
    fn tidings(&mut self, after: u64, limit: u32) -> Result<(Vec<Event>, u64)>;
    /// The oldest and the newest number.
    fn event_span(&mut self) -> Result<(u64, u64)>;

    /// Decisions in the order in which they were recorded, with what undid them since.
    fn decisions(&self, filter: &DecisionFilter) -> Result<Vec<(u64, Decision)>> {
        let names: HashMap<String, String> = match filter.names {
            true => self.people()?.into_iter().map(|(_, person)| (person.pseudonym, person.name)).collect(),
            false => HashMap::new(),
        };
        let decisions = self.recorded(filter)?.into_iter().map(|row| {
            let mut decision: Decision = serde_json::from_slice(&row.payload)
                .map_err(|error| StoreError::Engine(format!("a row cannot be read ({error})")))?;
            if let Some(name) = decision.moderator.as_ref().and_then(|pseudonym| names.get(pseudonym)) {
                decision.moderator = Some(name.clone());
            }
            decision.reversed_by = row.undone;
            Ok((row.seq, decision))
        });
        decisions.collect()
    }

    /// Entries of the chain after `after`. The log also has what is in no chain, so an entry stands at its number or
    /// later, and never further off than the numbers that are missing: a few jumps find it.
    fn audit(&self, after: u64, limit: u32) -> Result<Vec<AuditEntry>> {
        let wanted = i64::try_from(after).unwrap_or(i64::MAX - 1).saturating_add(1);
        let mut from = wanted;
        loop {
            match self.audited_from(from)? {
                None => return Ok(Vec::new()),
                Some((seq, audit)) if audit < wanted => from = seq + (wanted - audit),
                Some((seq, _)) => return self.audit_page(seq, page(limit)),
            }
        }
    }

    /// The whole chain, page by page, so that nothing grows and no reader holds the log for long.
    fn verify(&self) -> Result<Option<BrokenLink>> {
        let mut chain = Chain::default();
        loop {
            let entries = self.audit(chain.checked(), 2_000)?;
            if entries.is_empty() {
                // Where one in between is gone, the search above ends early.
                let seq = chain.checked() + 1;
                let missing = self.newest_audited()? >= seq;
                return Ok(missing.then(|| BrokenLink { seq, why: "it is missing".into() }));
            }
            for entry in &entries {
                if let Err(broken) = chain.check(entry) {
                    return Ok(Some(broken));
                }
                if let Some(broken) = self.other_words(entry)? {
                    return Ok(Some(broken));
                }
            }
        }
    }

    /// The decision itself must be the one whose hash the entry has, unless its item was sealed, erased or let go
    /// since: then its words have left, also where the sealing was undone.
    fn other_words(&self, entry: &AuditEntry) -> Result<Option<BrokenLink>> {
        let (Some(sum), "decision.recorded") = (entry.detail["sha256"].as_str(), entry.action.as_str()) else {
            return Ok(None);
        };
        let id = entry.detail["id"].as_str().and_then(|id| id.parse::<Uuid>().ok()).unwrap_or_default();
        let fits = match self.decision_row(id)? {
            Some(row) => {
                let same = row.payload.is_some_and(|payload| hex(&Sha256::digest(&payload)) == sum);
                same || row.state == lease::SEALED
                    || history::chain(self.rows(), row.item, row.last)?.iter().any(|past| past.lost_its_words())
            }
            None => false,
        };
        let why = "the decision it is about is not the one that was recorded".to_owned();
        Ok((!fits).then_some(BrokenLink { seq: entry.seq, why }))
    }
}
