//! An item as it is handed to a moderator: leased, with what colleagues decided and what is known of its author.

use super::Keeper;
use super::history;
use super::hot::Lease;
use super::import::{key_of, read_body};
use super::lease::{ItemRow, due_at};
use super::log::timestamp;
use super::shelf::Shelf;
use crate::moderation::claim::Alike;
use crate::moderation::{Item, Served, Verdict};
use crate::store::judge::ACTIONS;
use crate::store::serving::Place;
use crate::store::{Result, StoreError};
use crate::text::fold::fold;
use crate::wellbeing::exposure::Modality;
use std::sync::OnceLock;

/// How many of an author's items come with one of theirs.
const RECENT: u32 = 5;

fn actions() -> Vec<String> {
    static WORDS: OnceLock<Vec<String>> = OnceLock::new();
    WORDS.get_or_init(|| ACTIONS.iter().map(|word| (*word).to_owned()).collect()).clone()
}

/// So much of a text tells whether it is the same one; folding a megabyte with every claim would be felt.
const TELLING: usize = 4_096;

/// Under which key the same words are found again: as they are compared, not as they are written.
pub(in crate::store) fn text_key(item: &Item) -> Option<i64> {
    let mut words = String::new();
    for text in [&item.title, &item.text].into_iter().flatten() {
        let end = (0..=text.len().min(TELLING)).rev().find(|at| text.raw().is_char_boundary(*at)).unwrap_or(0);
        words.push_str(&text.raw()[..end]);
        words.push(' ');
    }
    let folded = fold(&words);
    (!folded.is_empty()).then(|| key_of(&folded))
}

impl<S: Shelf> Keeper<S> {
    /// Leases what stands at a place. `None` where it turns out to be kept from this moderator: then it is noted, and
    /// the next look goes past it. `batch`: as one of many that were asked for by name.
    pub(in crate::store) fn lease_from(
        &mut self,
        person: i64,
        at: usize,
        place: Place,
        batch: bool,
    ) -> Result<Option<(Served, Modality)>> {
        let row = self.by_seq(place.item)?;
        let body: Vec<u8> =
            self.shelf.content(row.seq)?.ok_or_else(|| StoreError::Engine("an item's content is missing".into()))?;
        let item = read_body(&body)?;
        let name = self.hot.people.get(&person).map(|person| person.name.as_str());
        if item.reports.iter().any(|report| report.reporter.is_some() && report.reporter.as_deref() == name) {
            self.bar(row.seq, person, "reporter")?;
            return Ok(None);
        }
        if row.author.is_some_and(|author| self.hot.shut.contains(&(person, author))) {
            self.bar(row.seq, person, "author")?;
            return Ok(None);
        }
        let client = self.hot.client_of(self.hot.buckets[at].origin).to_owned();
        if !self.takes(person, row.seq, &client, &item)? {
            return Ok(None);
        }
        self.unwait(at, place)?;
        let lease = Lease { batch, ..self.new_lease(person, &row, &item) };
        let heaviest = lease.heaviest;
        let served = self.hand_over(person, &row, item, lease)?;
        Ok(Some((served, heaviest)))
    }

    pub(in crate::store) fn new_lease(&self, person: i64, row: &ItemRow, item: &Item) -> Lease {
        let queue = self.hot.bucket_at.get(&row.bucket).map_or(0, |at| self.hot.buckets[*at].queue);
        Lease {
            item: row.seq,
            person,
            until: self.lease_until(queue),
            id: row.id.clone(),
            bucket: row.bucket,
            at: self.now.clone(),
            heaviest: item.heaviest(),
            text: text_key(item),
            batch: false,
            parked: false,
        }
    }

    /// Writes the lease and that the item was in these hands, and makes what the desk gets.
    pub(in crate::store) fn hand_over(
        &mut self,
        person: i64,
        row: &ItemRow,
        item: Item,
        lease: Lease,
    ) -> Result<Served> {
        let (until, text) = (lease.until, lease.text);
        self.put_lease(lease)?;
        self.shelf.hand_over(person, row, self.micros)?;
        self.served(person, row, item, until, text)
    }

    /// One of the moderator's own live leases once more, prolonged.
    pub(in crate::store) fn serve_again(&mut self, person: i64, item: i64) -> Result<Option<Served>> {
        let row = self.by_seq(item)?;
        let queue = self.hot.buckets[self.at(&row)?].queue;
        let until = self.lease_until(queue);
        self.prolong(item, until)?;
        let text = self.hot.leases.get(&item).and_then(|lease| lease.text);
        let content = self.content(item)?;
        self.served(person, &row, content, until, text).map(Some)
    }

    /// What a moderator gets of an item. Never the answers of a gold set.
    pub(in crate::store) fn served(
        &self,
        person: i64,
        row: &ItemRow,
        mut item: Item,
        until: i64,
        text: Option<i64>,
    ) -> Result<Served> {
        let bucket = &self.hot.buckets[self.at(row)?];
        (item.labels, item.annotators) = (None, None);
        item.extra.clear();
        item.received_at = Some(timestamp(row.received));
        if item.lang.is_none() && &*bucket.lang != "und" {
            item.lang = Some(bucket.lang.to_string());
        }
        let rounds = if row.round > 1 { history::decisions_on(&self.shelf, row.seq, row.last)? } else { Vec::new() };
        let batch = self.hot.leases.get(&row.seq).is_some_and(|lease| lease.batch);
        let shut = row.author.is_some_and(|author| self.hot.shut.contains(&(person, author)));
        let author = match item.author.as_ref().and_then(|author| author.id.as_deref()) {
            // A row of a batch is a line: it needs the figures, not what else they wrote.
            Some(id) if !shut => Some(history::author(&self.shelf, id, if batch { 0 } else { RECENT })?),
            _ => None,
        };
        let name = |queue: i64| self.hot.queues.get(&queue).map_or_else(String::new, |queue| queue.name.clone());
        Ok(Served {
            queue: name(bucket.queue),
            client: self.hot.client_of(bucket.origin).to_owned(),
            round: u32::try_from(row.round).unwrap_or(u32::MAX),
            lease_until: timestamp(until),
            due_at: due_at(row.due),
            severity: bucket.level,
            actions: actions(),
            rounds,
            author,
            alike: text.map_or(Ok(Vec::new()), |text| self.alike(text))?,
            item,
        })
    }

    fn alike(&self, text: i64) -> Result<Vec<Alike>> {
        let mut alike = Vec::new();
        for (number, policy, times) in self.shelf.alike(text)? {
            alike.push(Alike { verdict: verdict(number), policy: (!policy.is_empty()).then_some(policy), times });
        }
        Ok(alike)
    }
}

/// Verdicts as numbers in narrow rows; [`verdict`] is the way back.
pub(in crate::store) fn number(verdict: Verdict) -> i64 {
    Verdict::ALL.iter().position(|known| *known == verdict).map_or(0, |at| i64::try_from(at).unwrap_or(0))
}

pub(in crate::store) fn verdict(number: i64) -> Verdict {
    usize::try_from(number).ok().and_then(|at| Verdict::ALL.get(at)).copied().unwrap_or(Verdict::Escalate)
}
