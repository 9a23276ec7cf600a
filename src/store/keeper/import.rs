//! Items coming in, again, and out.

use super::Keeper;
use super::flow::Happened;
use super::kin::{Kin, thread_of};
use super::lease::{DECIDED, ItemRow, LIVE, SEALED, WITHDRAWN};
use super::log::Entry;
use super::pictures::named_by;
use super::shelf::Shelf;
use crate::moderation::{Item, queue};
use crate::store::merge::{Again, again};
use crate::store::serving::NO_DUE;
use crate::store::{Imported, Parcel, RefusedLine, Result, StoreError};
use crate::text::{Untrusted, language};
use crate::wellbeing::Severity;
use bytes::Bytes;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};

/// The key under which something with a long name is found: the first 8 bytes of its SHA-256.
pub(in crate::store) fn key_of(name: &str) -> i64 {
    let hash = Sha256::digest(name.as_bytes());
    i64::from_be_bytes(hash[..8].try_into().expect("32 bytes have 8"))
}

pub(in crate::store) fn body_of(item: &Item) -> Bytes {
    let mut body = Vec::with_capacity(768);
    serde_json::to_writer(&mut body, item).expect("an item is always JSON");
    body.into()
}

/// What stays of a sealed item: reference, class, times.
pub(in crate::store) fn stub(item: &Item, class: &str) -> Item {
    Item {
        id: item.id.clone(),
        revision: item.revision,
        kind: item.kind,
        created_at: item.created_at,
        received_at: item.received_at,
        sealed: Some(class.to_owned()),
        ..Item::default()
    }
}

/// What goes in together.
#[derive(Default)]
struct Batch {
    run: Run,
    authors: HashMap<i64, i64>,
    /// What began to wait, by queue.
    came: HashMap<i64, i64>,
    kin: Vec<Kin>,
}

/// New items that one actor brought, one after the other: one entry in the log.
#[derive(Default)]
struct Run {
    digest: Sha256,
    first: Option<(i64, String)>,
    last: String,
}

/// What can be known of an item before its transaction begins.
pub(in crate::store) struct Ready {
    /// Its language, where it says none.
    guess: Option<&'static str>,
    /// As it is kept.
    body: Bytes,
    /// What it is found again by.
    kin: Kin,
}

impl Ready {
    pub(in crate::store) fn of(item: &Item) -> Self {
        Self { guess: guess(item), body: body_of(item), kin: Kin::of(item) }
    }
}

/// Who brings what is at hand, and what has become of it so far.
struct Bringing<'a> {
    actor: &'a str,
    /// For items that name no queue.
    queue: Option<&'a str>,
    done: Imported,
}

impl<S: Shelf> Keeper<S> {
    pub(in crate::store) fn import(&mut self, parcels: &[Parcel]) -> Result<Vec<Imported>> {
        let items = parcels.iter().flat_map(Parcel::items);
        let ids: Vec<&str> = items.map(|(incoming, _)| incoming.item.id.as_str()).collect();
        self.shelf.expect(&ids)?;
        let mut batch = Batch::default();
        let mut answers = Vec::with_capacity(parcels.len());
        let mut before = String::new();
        for parcel in parcels {
            let actor = self.actor(parcel.by().unwrap_or("operator"));
            if actor != before {
                self.close(std::mem::take(&mut batch.run), &before)?;
            }
            let mut bringing = Bringing { actor: &actor, queue: parcel.queue(), done: Imported::default() };
            for (incoming, ready) in parcel.items() {
                if let Err(error) = self.import_one(&incoming.item, ready, &mut batch, &mut bringing)? {
                    bringing.done.refused.push(RefusedLine { line: incoming.line, error });
                }
            }
            answers.push(bringing.done);
            before = actor;
        }
        self.close(batch.run, &before)?;
        for (author, n) in batch.authors {
            self.shelf.add_author(author, n)?;
        }
        for (queue, came) in batch.came {
            self.happened(queue, Happened { came, ..Happened::default() })?;
        }
        self.keep_kin(&batch.kin)?;
        Ok(answers)
    }

    /// Writes down who brought the items since the last such entry.
    fn close(&mut self, run: Run, actor: &str) -> Result<()> {
        let Some((first, id)) = run.first else { return Ok(()) };
        let count = self.hot.next_item - first;
        let detail = json!({"items": count, "first": id, "last": run.last,
            "sha256": crate::store::audit::hex(&run.digest.finalize())});
        let subject = format!("{count} items");
        let entry = Entry { actor, action: "item.imported", subject: &subject, detail, ..Entry::default() };
        let log = self.audit(&entry)?;
        self.shelf.put_batch(first, log)
    }

    fn import_one(
        &mut self,
        item: &Item,
        ready: &Ready,
        batch: &mut Batch,
        bringing: &mut Bringing<'_>,
    ) -> Result<std::result::Result<(), String>> {
        if let Err(unfit) = item.check() {
            return Ok(Err(unfit.to_string()));
        }
        let named = item.queue.as_deref().or(bringing.queue).unwrap_or(queue::DEFAULT);
        if named == queue::SEALED && item.sealed.is_none() {
            return Ok(Err("the queue sealed takes sealed items only; name another queue".into()));
        }
        let known = self.by_id(&item.id)?;
        let (origin, made) = match self.queue_named(named, bringing.actor) {
            Ok(found) => found,
            Err(StoreError::Invalid(why)) => return Ok(Err(why)),
            Err(error) => return Err(error),
        };
        if made {
            bringing.done.created_queues.push(named.to_owned());
        }
        match known {
            None => {
                self.insert_item(item, ready, origin, batch)?;
                bringing.done.imported += 1;
                Ok(Ok(()))
            }
            Some(row) => {
                let said = item.queue.is_some() || bringing.queue.is_some();
                self.import_again(row, (item, ready.guess), said.then_some(origin), batch, bringing)
            }
        }
    }

    fn insert_item(&mut self, item: &Item, ready: &Ready, origin: i64, batch: &mut Batch) -> Result<()> {
        let seq = self.hot.next_item;
        let level = item.prior();
        let lang = language_of(item, ready.guess);
        let sealed = item.sealed.is_some();
        let at = if sealed { self.sealed_bucket(origin, level)? } else { self.bucket(origin, origin, &lang, level)? };
        let mut row = ItemRow {
            seq,
            id: item.id.clone(),
            state: if sealed { SEALED } else { LIVE },
            bucket: self.hot.buckets[at].id,
            class: 1,
            priority: i64::from(item.priority),
            revision: i64::from(item.revision),
            round: 1,
            received: 0,
            due: NO_DUE,
            author: item.author.as_ref().and_then(|author| author.id.as_deref()).map(key_of),
            last: 0,
        };
        self.times(&mut row, item, origin);
        let run = &mut batch.run;
        run.digest.update((row.id.len() as u64).to_be_bytes());
        run.digest.update(row.id.as_bytes());
        run.digest.update((ready.body.len() as u64).to_be_bytes());
        run.digest.update(&ready.body);
        let body = match &item.sealed {
            Some(class) => body_of(&stub(item, class)),
            None => ready.body.clone(),
        };
        self.shelf.add_item(&row, body)?;
        self.name_pictures(seq, &BTreeSet::new(), &named_by(item))?;
        self.hot.next_item += 1;
        if !sealed {
            self.wait(&row)?;
            *batch.came.entry(origin).or_default() += 1;
            self.bar_reporters(seq, item)?;
            batch.kin.push(Kin { item: seq, ..ready.kin });
        }
        if let Some(thread) = thread_of(item) {
            self.shelf.add_to_thread(thread, seq)?;
        }
        if let Some(author) = row.author {
            *batch.authors.entry(author).or_default() += 1;
        }
        batch.run.last.clone_from(&row.id);
        batch.run.first.get_or_insert((seq, row.id));
        Ok(())
    }

    /// Moderators among the reporters are never served it; those who join later are found when it is served.
    fn bar_reporters(&mut self, seq: i64, item: &Item) -> Result<()> {
        for reporter in item.reports.iter().filter_map(|report| report.reporter.as_deref()) {
            if let Some(person) = self.hot.person_ids.get(reporter).copied() {
                self.bar(seq, person, "reporter")?;
            }
        }
        Ok(())
    }

    pub(in crate::store) fn bar(&mut self, item: i64, person: i64, why: &str) -> Result<()> {
        self.shelf.bar(item, person, why)?;
        self.hot.barred.insert((item, person));
        self.hot.barred_people.insert(person);
        Ok(())
    }

    /// A new round: what was passed in the old one may come again.
    pub(in crate::store) fn unbar(&mut self, item: i64) -> Result<()> {
        let barred: Vec<(i64, i64)> = self.hot.barred.range((item, i64::MIN)..=(item, i64::MAX)).copied().collect();
        if !barred.is_empty() {
            let still = self.shelf.unbar(item)?;
            for pair in barred.iter().filter(|(_, person)| !still.contains(person)) {
                self.hot.barred.remove(pair);
            }
        }
        Ok(())
    }

    fn times(&self, row: &mut ItemRow, item: &Item, queue: i64) {
        row.received = item.received_at.map_or(self.micros, |at| at.as_microsecond());
        row.due = match (item.due_at, self.hot.queues.get(&queue).and_then(|queue| queue.deadline.as_ref())) {
            (Some(due), _) => due.as_microsecond(),
            (None, Some(rule)) => {
                rule.due(super::log::timestamp(row.received), item.created_at).as_microsecond().min(NO_DUE - 1)
            }
            (None, None) => NO_DUE,
        };
    }

    pub(in crate::store) fn sealed_bucket(&mut self, origin: i64, level: Severity) -> Result<usize> {
        let (sealed, _) = self.queue_named(queue::SEALED, "system")?;
        self.bucket(sealed, origin, "und", level)
    }

    pub(in crate::store) fn content(&self, seq: i64) -> Result<Item> {
        read_body(self.shelf.content(seq)?.as_deref().unwrap_or_default())
    }

    fn import_again(
        &mut self,
        mut row: ItemRow,
        (item, guess): (&Item, Option<&'static str>),
        named: Option<i64>,
        batch: &mut Batch,
        bringing: &mut Bringing<'_>,
    ) -> Result<std::result::Result<(), String>> {
        if row.state == SEALED {
            return Ok(Err("it is sealed; nothing more of it is taken in".into()));
        }
        let Bringing { actor, done, .. } = bringing;
        let kept = self.content(row.seq)?;
        let again = again(&kept, u32::try_from(row.revision).unwrap_or(u32::MAX), item);
        if matches!(again, Again::Updated(_) | Again::Revised)
            && batch.run.first.as_ref().is_some_and(|(first, _)| row.seq >= *first)
        {
            // Brought a moment ago: in the log, too, that comes before what becomes of it.
            self.close(std::mem::take(&mut batch.run), actor)?;
        }
        match again {
            Again::Unchanged => {
                // Kept before pictures were: its bytes may come now.
                self.name_pictures(row.seq, &BTreeSet::new(), &named_by(&kept))?;
                done.unchanged += 1;
            }
            Again::Refused(why) => return Ok(Err(why)),
            Again::Updated(merged) => {
                self.merge(&mut row, &kept, &merged, actor)?;
                done.updated += 1;
            }
            Again::Revised => {
                let (before, now) = (named_by(&kept), named_by(item));
                self.name_pictures(row.seq, &before, &now)?;
                self.revise(row, item, named, (guess, actor))?;
                done.imported += 1;
            }
        }
        Ok(Ok(()))
    }

    fn merge(&mut self, row: &mut ItemRow, kept: &Item, merged: &Item, actor: &str) -> Result<()> {
        let waits = row.state == LIVE && !self.hot.leases.contains_key(&row.seq);
        if waits {
            let at = self.at(row)?;
            self.unwait(at, row.place())?;
        }
        if merged.priority != kept.priority {
            row.priority = i64::from(merged.priority);
        }
        if merged.due_at != kept.due_at {
            row.due = merged.due_at.map_or(row.due, |due| due.as_microsecond());
        }
        self.rebucket(row, None, merged.prior())?;
        if let Some(lease) = self.hot.leases.get_mut(&row.seq) {
            lease.bucket = row.bucket;
        }
        self.shelf.put_content(row.seq, body_of(merged))?;
        self.name_pictures(row.seq, &named_by(kept), &named_by(merged))?;
        let detail = json!({"reports": merged.reports.len(), "priority": merged.priority, "due_at": merged.due_at,
            "scores": merged.scores.len()});
        let mark = Some(row.mark());
        let entry = Entry { actor, action: "item.merged", subject: &row.id, detail, item: mark, ..Entry::default() };
        row.last = self.audit(&entry)?;
        self.put_item(row)?;
        if waits {
            self.wait(row)?;
        }
        self.bar_reporters(row.seq, merged)
    }

    /// A newer revision waits at once in a new round, even after a decision; whoever holds the older one is told.
    fn revise(
        &mut self,
        mut row: ItemRow,
        item: &Item,
        named: Option<i64>,
        (guess, actor): (Option<&'static str>, &str),
    ) -> Result<()> {
        if let Some(lease) = self.take_out(&row)? {
            self.book_lapsed(&row, &lease)?;
            self.lost(&lease, "new_revision")?;
        }
        let origin = match named {
            Some(origin) => origin,
            None => self.hot.buckets[self.at(&row)?].origin,
        };
        let level = item.prior();
        let sealed = item.sealed.clone();
        let at = match sealed {
            Some(_) => self.sealed_bucket(origin, level)?,
            None => self.bucket(origin, origin, &language_of(item, guess), level)?,
        };
        row.bucket = self.hot.buckets[at].id;
        row.state = if sealed.is_some() { SEALED } else { LIVE };
        row.class = 1;
        row.priority = i64::from(item.priority);
        row.revision = i64::from(item.revision);
        row.round += 1;
        row.author = item.author.as_ref().and_then(|author| author.id.as_deref()).map(key_of).or(row.author);
        self.times(&mut row, item, origin);
        let full = body_of(item);
        let sum = crate::store::audit::hex(&Sha256::digest(&full));
        let body = sealed.as_deref().map_or(full, |class| body_of(&stub(item, class)));
        self.shelf.put_content(row.seq, body)?;
        if sealed.is_some() {
            self.blank(&row, false)?;
            self.erased = true;
        }
        let detail = json!({"revision": item.revision, "sha256": sum});
        let mark = Some(row.mark());
        let entry = Entry { actor, action: "item.revised", subject: &row.id, detail, item: mark, ..Entry::default() };
        row.last = self.audit(&entry)?;
        self.put_item(&row)?;
        self.unbar(row.seq)?;
        if sealed.is_none() {
            self.wait(&row)?;
            self.happened(origin, Happened { came: 1, ..Happened::default() })?;
            self.bar_reporters(row.seq, item)?;
            self.keep_kin_of(row.seq, item)?;
            if let Some(thread) = thread_of(item) {
                self.shelf.add_to_thread(thread, row.seq)?;
            }
        }
        Ok(())
    }

    pub(in crate::store) fn withdraw(&mut self, items: &[String], by: &str) -> Result<Vec<String>> {
        let actor = self.actor(by);
        let mut there = Vec::new();
        for id in items {
            let Some(mut row) = self.by_id(id)? else { continue };
            if row.state == WITHDRAWN || row.state == SEALED {
                continue;
            }
            if let Some(lease) = self.take_out(&row)? {
                self.book_lapsed(&row, &lease)?;
                self.lost(&lease, "withdrawn")?;
            }
            let detail = json!({"was": if row.state == DECIDED { "decided" } else { "waiting" }});
            if row.state != DECIDED {
                let queue = self.hot.buckets[self.at(&row)?].queue;
                self.happened(queue, Happened { left: 1, ..Happened::default() })?;
            }
            row.state = WITHDRAWN;
            let mark = Some(row.mark());
            let entry =
                Entry { actor: &actor, action: "item.withdrawn", subject: id, detail, item: mark, ..Entry::default() };
            row.last = self.audit(&entry)?;
            self.put_item(&row)?;
            self.close_doubts(row.seq)?;
            there.push(id.clone());
        }
        Ok(there)
    }
}

pub(in crate::store) fn read_body(body: &[u8]) -> Result<Item> {
    serde_json::from_slice(body).map_err(|error| StoreError::Engine(format!("an item cannot be read ({error})")))
}

/// The language guessed for an item that says none, where that is sure enough to route by.
fn guess(item: &Item) -> Option<&'static str> {
    if item.lang.is_some() {
        return None;
    }
    let words: Vec<&str> = [&item.title, &item.text].into_iter().flatten().map(Untrusted::raw).collect();
    language::guess(&words.join("\n")).filter(|guess| guess.reliable).map(|guess| guess.tag)
}

/// As said, else as guessed; what is no tag, or nobody can tell, is `und`.
fn language_of(item: &Item, guess: Option<&'static str>) -> String {
    let tag = |lang: &&str| {
        (1..=35).contains(&lang.len()) && lang.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    item.lang.as_deref().filter(tag).or(guess).unwrap_or("und").to_owned()
}
