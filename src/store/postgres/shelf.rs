//! The keeper's rows in PostgreSQL.

use super::cache::{RECENT, key};
use super::pages::{Pages, policy};
use super::pending::Body;
use super::rows;
use super::window::add_alike;
use super::wire::{Param, unread};
use crate::store::access::KeptToken;
use crate::store::audit::BEGINNING;
use crate::store::keeper::day::DayState;
use crate::store::keeper::flow::FLOW;
use crate::store::keeper::hot::{Lane, Lease, Tail};
use crate::store::keeper::lease::{ItemRow, SEALED};
use crate::store::keeper::message::MessageRow;
use crate::store::keeper::shelf::{
    AlertRow, AuthorItemRow, AuthorRow, BucketRow, Chronicle, Hand, Loaded, LogRow, Shelf, StandingRow,
};
use crate::store::serving::Place;
use crate::store::{Result, StoreError};
use crate::wellbeing::Severity;
use bytes::Bytes;
use tokio_postgres::Row;
use uuid::Uuid;

/// Above every bucket: the counters of decisions.
pub(super) const DECIDED: i64 = 1 << 32;

pub(super) fn boxed<T: tokio_postgres::types::ToSql + Sync + Send + 'static>(value: T) -> Param {
    Box::new(value)
}

/// An alert, its id first; other columns may follow.
pub(super) fn alert(row: &Row) -> AlertRow {
    let (by, at): (Option<String>, Option<i64>) = (row.get(5), row.get(6));
    AlertRow {
        id: row.get(0),
        item: row.get(1),
        person: row.get(2),
        open: row.get(3),
        body: row.get(4),
        taken: by.zip(at),
    }
}

impl Pages {
    pub(super) fn rarely(&self, sql: &'static str, params: Vec<Param>) -> Result<()> {
        self.writing().rare.push((sql, params));
        Ok(())
    }

    /// Keeps the bytes of a picture; the same twice is the same.
    pub(super) fn put_picture(&self, hash: &str, bytes: &[u8]) -> Result<()> {
        let sql = "INSERT INTO picture_body VALUES ($1, $2) ON CONFLICT DO NOTHING";
        self.rarely(sql, vec![boxed(hash.to_owned()), boxed(bytes.to_vec())])
    }

    /// Asks the database, with everything pending written first.
    pub(super) fn ask(
        &self,
        sql: &'static str,
        params: &[&(dyn tokio_postgres::types::ToSql + Sync)],
    ) -> Result<Vec<Row>> {
        self.spill()?;
        self.wire.all(sql, params)
    }
}

impl Chronicle for Pages {
    fn entry(&self, seq: i64) -> Result<Option<LogRow>> {
        if let Some(row) = self.cache.borrow().entries.get(&seq) {
            return Ok(Some(row.clone()));
        }
        let pending = self.pending.borrow().log.iter().rev().find(|row| row.seq == seq).cloned();
        if pending.is_some() {
            return Ok(pending);
        }
        let found = rows::log_entry(&self.wire, seq)?;
        if let Some(row) = &found {
            self.cache.borrow_mut().entries.insert(seq, row.clone());
        }
        Ok(found)
    }

    fn imported(&self, item: i64) -> Result<Option<(i64, String)>> {
        self.spill()?;
        rows::imported(&self.wire, item)
    }

    fn author_row(&self, author: i64) -> Result<Option<AuthorRow>> {
        Ok(self.author_folder(author)?.row.flatten())
    }

    fn author_items(&self, author: i64, most: u32) -> Result<Vec<AuthorItemRow>> {
        let mut items = self.author_folder(author)?.items.unwrap_or_default();
        items.truncate(most as usize);
        Ok(items)
    }
}

impl Shelf for Pages {
    fn load(&self) -> Result<Loaded> {
        self.cache.take();
        self.pending.take();
        let number = |sql| Ok::<_, StoreError>(self.wire.one(sql, &[])?.map_or(0, |row| row.get::<_, i64>(0)));
        self.version.set(number("SELECT coalesce(max(version), 0) FROM commit")?);
        self.lock.set(number("SELECT 'commit'::regclass::oid::bigint")?);
        let pairs = |sql| -> Result<Vec<(i64, i64)>> {
            Ok(self.wire.all(sql, &[])?.iter().map(|row| (row.get(0), row.get(1))).collect())
        };
        let bodies = |sql| -> Result<Vec<(i64, String)>> {
            Ok(self.wire.all(sql, &[])?.iter().map(|row| (row.get(0), row.get(1))).collect())
        };
        let mut leases = Vec::new();
        for row in self.wire.all("SELECT item, person, until, body FROM lease", &[])? {
            let kept: Lease = serde_json::from_str(row.get(3)).map_err(|error| unread(&error))?;
            leases.push(Lease { item: row.get(0), person: row.get(1), until: row.get(2), ..kept });
        }
        let buckets: Vec<BucketRow> = self
            .wire
            .all(
                "SELECT b.id, b.queue, b.origin, b.lang, b.level, coalesce(t.n, 0)
                 FROM bucket b LEFT JOIN tally t ON t.key = b.id ORDER BY b.id",
                &[],
            )?
            .iter()
            .map(|row| BucketRow {
                id: row.get(0),
                queue: row.get(1),
                origin: row.get(2),
                lang: row.get(3),
                level: u8::try_from(row.get::<_, i64>(4)).ok().and_then(Severity::new).unwrap_or(Severity::EXTREME),
                waiting: row.get(5),
            })
            .collect();
        let decided =
            self.wire.all("SELECT key - $1, day, n FROM tally WHERE key >= $1 AND key < $2", &[&DECIDED, &FLOW])?;
        let audited = self
            .wire
            .one("SELECT audit, hash FROM log WHERE audit IS NOT NULL ORDER BY seq DESC LIMIT 1", &[])?
            .map(|row| (row.get::<_, i64>(0), row.get::<_, Vec<u8>>(1)));
        let (audit, hash) =
            audited.map_or((0, BEGINNING), |(audit, hash)| (audit, hash.try_into().unwrap_or(BEGINNING)));
        let tail = Tail { seq: number("SELECT coalesce(max(seq), 0) FROM log")?, audit, hash };
        {
            let mut cache = self.cache.borrow_mut();
            cache.held = leases.iter().map(|lease| lease.item).collect();
            cache.levels = buckets.iter().map(|bucket| (bucket.id, i64::from(bucket.level.level()))).collect();
        }
        Ok(Loaded {
            queues: bodies("SELECT id, body FROM queue")?,
            clients: self.wire.all("SELECT body FROM client", &[])?.iter().map(|row| row.get(0)).collect(),
            people: bodies("SELECT id, body FROM person")?,
            buckets,
            decided: decided.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect(),
            leases,
            barred: pairs("SELECT item, person FROM barred")?,
            shut: pairs("SELECT person, author FROM shut")?,
            days: Vec::new(),
            tail,
            next_item: number("SELECT coalesce(max(seq), 0) FROM item")? + 1,
            kin: pairs("SELECT id, n FROM kin ORDER BY id")?
                .into_iter()
                .map(|(id, n)| (id, usize::try_from(n).unwrap_or(0)))
                .collect(),
            doubted: self
                .wire
                .all("SELECT DISTINCT item FROM message WHERE open AND item IS NOT NULL", &[])?
                .iter()
                .map(|row| row.get(0))
                .collect(),
        })
    }

    fn expect(&self, ids: &[&str]) -> Result<()> {
        self.fetch_ids(ids)
    }

    fn expect_served(&self, ids: &[&str]) -> Result<()> {
        self.fetch_ids(ids)?;
        let (items, authors): (Vec<i64>, Vec<Option<i64>>) = {
            let cache = self.cache.borrow();
            let folders = ids.iter().filter_map(|id| cache.folders.get(cache.ids.get(*id)?));
            folders.map(|folder| (folder.row.seq, folder.row.author)).unzip()
        };
        self.warm(&items)?;
        self.fetch_authors(&authors.into_iter().flatten().collect::<Vec<_>>())
    }

    fn item_by_id(&self, id: &str) -> Result<Option<ItemRow>> {
        self.fetch_ids(&[id])?;
        let cache = self.cache.borrow();
        Ok(cache.ids.get(id).and_then(|seq| cache.folders.get(seq)).map(|folder| folder.row.clone()))
    }

    fn item_by_seq(&self, seq: i64) -> Result<Option<ItemRow>> {
        self.fetch(&[seq])?;
        Ok(self.cache.borrow().folders.get(&seq).map(|folder| folder.row.clone()))
    }

    fn add_item(&self, row: &ItemRow, body: Bytes) -> Result<()> {
        let mut cache = self.cache.borrow_mut();
        cache.absent.remove(&row.id);
        cache.keep(row.clone(), Some(body.clone()));
        if let Some(folder) = cache.folders.get_mut(&row.seq) {
            folder.hands = Some(Vec::new());
        }
        if let Some(author) = row.author {
            cache.authors.remove(&author);
        }
        let mut pending = self.writing();
        pending.contents.insert(row.seq, Body(body));
        pending.new_items.insert(row.seq, row.clone());
        Ok(())
    }

    fn put_item(&self, row: &ItemRow) -> Result<()> {
        self.fetch(&[row.seq])?;
        let mut cache = self.cache.borrow_mut();
        let level = cache.levels.get(&row.bucket).copied();
        if let Some(author) = row.author
            && let Some(items) = cache.authors.get_mut(&author).and_then(|folder| folder.items.as_mut())
        {
            if row.state == SEALED {
                items.retain(|item| item.seq != row.seq);
            }
            for item in items.iter_mut().filter(|item| item.seq == row.seq) {
                (item.last, item.level) = (row.last, level.unwrap_or(item.level));
            }
        }
        if let Some(folder) = cache.folders.get_mut(&row.seq) {
            folder.row = row.clone();
        }
        let mut pending = self.writing();
        match pending.new_items.get_mut(&row.seq) {
            Some(new) => *new = row.clone(),
            None => {
                pending.items.insert(row.seq, row.clone());
            }
        }
        Ok(())
    }

    fn content(&self, item: i64) -> Result<Option<Vec<u8>>> {
        if let Some(body) = self.cache.borrow().folders.get(&item).and_then(|folder| folder.body.clone()) {
            return Ok(Some(body.into()));
        }
        let found = self.wire.one("SELECT body FROM content WHERE item = $1", &[&item])?;
        Ok(found.map(|row| row.get(0)))
    }

    fn put_content(&self, item: i64, body: Bytes) -> Result<()> {
        self.fetch(&[item])?;
        let mut cache = self.cache.borrow_mut();
        if let Some(folder) = cache.folders.get_mut(&item) {
            folder.body = Some(body.clone());
            if let Some(author) = folder.row.author {
                cache.authors.remove(&author);
            }
        }
        self.writing().contents.insert(item, Body(body));
        Ok(())
    }

    fn first_of(&self, bucket: i64, lane: Lane, after: Option<Place>) -> Result<Option<Place>> {
        loop {
            if let Some(window) = self.cache.borrow().windows.get(&(bucket, lane)) {
                let found = window.after(after.map(|place| key(lane, place)));
                if found.is_some() || window.whole {
                    return Ok(found);
                }
            }
            self.extend(bucket, lane)?;
        }
    }

    fn wait(&self, bucket: i64, place: Place) -> Result<()> {
        let mut pending = self.writing();
        if pending.places.remove(&(bucket, place)).is_none() {
            pending.places.insert((bucket, place), true);
        }
        self.cache.borrow_mut().filled(bucket, place);
        Ok(())
    }

    fn unwait(&self, bucket: i64, place: Place) -> Result<bool> {
        let mut pending = self.writing();
        if pending.places.remove(&(bucket, place)).is_none() {
            pending.places.insert((bucket, place), false);
        }
        self.cache.borrow_mut().emptied(bucket, place);
        Ok(true)
    }

    fn put_lease(&self, lease: &Lease) -> Result<()> {
        self.cache.borrow_mut().held.insert(lease.item);
        self.writing().leases.insert(lease.item, Some(lease.clone()));
        Ok(())
    }

    fn drop_lease(&self, item: i64) -> Result<()> {
        self.cache.borrow_mut().held.remove(&item);
        self.writing().leases.insert(item, None);
        Ok(())
    }

    fn prolong(&self, lease: &Lease) -> Result<()> {
        self.writing().leases.insert(lease.item, Some(lease.clone()));
        Ok(())
    }

    fn hand(&self, person: i64, item: i64) -> Result<Option<Hand>> {
        self.fetch(&[item])?;
        self.fetch_hands(&[item])?;
        let cache = self.cache.borrow();
        let hands = cache.folders.get(&item).and_then(|folder| folder.hands.as_ref());
        let hand = hands.and_then(|hands| hands.iter().find(|(who, _)| *who == person));
        Ok(hand.map(|(_, hand)| Hand { round: hand.round, revision: hand.revision, booked: hand.booked.clone() }))
    }

    fn hand_over(&self, person: i64, row: &ItemRow, at: i64) -> Result<()> {
        self.with_hand(person, row, |hand, known| {
            if !known {
                hand.at = at;
            } else if hand.revision != row.revision {
                (hand.booked, hand.sight) = (None, None);
            }
            (hand.round, hand.revision) = (row.round, row.revision);
        })
    }

    fn book(&self, person: i64, row: &ItemRow, at: i64, booked: &str, sight: Option<&str>) -> Result<()> {
        self.with_hand(person, row, |hand, _| {
            if let Some(sight) = sight {
                hand.sight = Some(sight.to_owned());
            } else if hand.revision != row.revision {
                hand.sight = None;
            }
            (hand.revision, hand.at, hand.booked) = (row.revision, at, Some(booked.to_owned()));
        })
    }

    fn forget_round(&self, person: i64, item: i64) -> Result<()> {
        match self.item_by_seq(item)? {
            Some(row) => self.with_hand(person, &row, |hand, _| hand.round = 0),
            None => Ok(()),
        }
    }

    fn bar(&self, item: i64, person: i64, why: &str) -> Result<()> {
        let sql = "INSERT INTO barred VALUES ($1, $2, $3) ON CONFLICT (item, person) DO UPDATE SET why = excluded.why";
        self.rarely(sql, vec![boxed(item), boxed(person), boxed(why.to_owned())])
    }

    fn unbar(&self, item: i64) -> Result<Vec<i64>> {
        self.rarely("DELETE FROM barred WHERE item = $1 AND why <> 'reporter'", vec![boxed(item)])?;
        Ok(self.ask("SELECT person FROM barred WHERE item = $1", &[&item])?.iter().map(|row| row.get(0)).collect())
    }

    fn unbar_passed(&self, item: i64) -> Result<()> {
        self.rarely("DELETE FROM barred WHERE item = $1 AND why = 'passed'", vec![boxed(item)])
    }

    fn barred(&self) -> Result<Vec<(i64, i64)>> {
        let found = self.ask("SELECT item, person FROM barred", &[])?;
        Ok(found.iter().map(|row| (row.get(0), row.get(1))).collect())
    }

    fn passed_in(&self, queue: i64) -> Result<Vec<i64>> {
        let found = self.ask(
            "SELECT DISTINCT b.item FROM barred b JOIN item i ON i.seq = b.item JOIN bucket k ON k.id = i.bucket
             WHERE b.why = 'passed' AND i.state = 0 AND k.queue = $1 ORDER BY b.item",
            &[&queue],
        )?;
        Ok(found.iter().map(|row| row.get(0)).collect())
    }

    fn escalated_in(&self, queue: i64) -> Result<Vec<i64>> {
        let found = self.ask(
            "SELECT w.item FROM bucket k JOIN waiting w ON w.bucket = k.id WHERE k.queue = $1 AND k.origin <> $1",
            &[&queue],
        )?;
        Ok(found.iter().map(|row| row.get(0)).collect())
    }

    fn shut(&self, person: i64, author: i64) -> Result<()> {
        self.rarely("INSERT INTO shut VALUES ($1, $2) ON CONFLICT DO NOTHING", vec![boxed(person), boxed(author)])
    }

    fn log(&self, row: &LogRow) -> Result<()> {
        self.partition(row.at);
        self.writing().log.push(row.clone());
        if row.item.is_some() {
            self.cache.borrow_mut().entries.insert(row.seq, row.clone());
        }
        Ok(())
    }

    fn put_payload(&self, seq: i64, payload: &[u8]) -> Result<()> {
        if let Some(row) = self.cache.borrow_mut().entries.get_mut(&seq) {
            row.payload = Some(payload.to_vec());
        }
        let mut pending = self.writing();
        if let Some(row) = pending.log.iter_mut().find(|row| row.seq == seq) {
            row.payload = Some(payload.to_vec());
            return Ok(());
        }
        pending.rare.push(("UPDATE log SET payload = $2 WHERE seq = $1", vec![boxed(seq), boxed(payload.to_vec())]));
        Ok(())
    }

    fn logged(&self, id: Uuid, fresh: bool) -> Result<Option<i64>> {
        let known = self.cache.borrow().logged.get(&id).copied();
        if known.is_some() || (fresh && !self.careful.get()) {
            return Ok(known);
        }
        Ok(self.wire.one("SELECT seq FROM decision WHERE id = $1", &[&id])?.map(|row| row.get(0)))
    }

    fn put_logged(&self, id: Uuid, seq: i64) -> Result<()> {
        self.cache.borrow_mut().logged.insert(id, seq);
        self.writing().decisions.push((id, seq));
        Ok(())
    }

    fn put_reversal(&self, decision: i64, seq: i64, id: Uuid) -> Result<()> {
        self.rarely("INSERT INTO reversal VALUES ($1, $2, $3)", vec![boxed(decision), boxed(seq), boxed(id)])
    }

    fn put_batch(&self, first: i64, log: i64) -> Result<()> {
        self.writing().batches.push((first, log));
        Ok(())
    }

    fn standing(&self, items: &[i64]) -> Result<Vec<StandingRow>> {
        self.spill()?;
        super::rows::standing(&self.wire, items)
    }

    fn put_kin(&self, id: i64, n: usize, body: Vec<u8>) -> Result<()> {
        let n = i64::try_from(n).unwrap_or(i64::MAX);
        self.writing().kin.insert(id, (n, body));
        Ok(())
    }

    fn kin(&self, ids: &[i64]) -> Result<Vec<Vec<u8>>> {
        let sql = "SELECT k.body FROM unnest($1::bigint[]) AS n (id) JOIN kin k ON k.id = n.id";
        Ok(self.ask(sql, &[&ids])?.iter().map(|row| row.get(0)).collect())
    }

    fn drop_kin(&self, id: i64) -> Result<()> {
        if self.writing().kin.remove(&id).is_some() {
            return Ok(());
        }
        self.rarely("DELETE FROM kin WHERE id = $1", vec![boxed(id)])
    }

    fn add_to_thread(&self, thread: i64, item: i64) -> Result<()> {
        self.writing().threads.push((thread, item));
        Ok(())
    }

    fn name_picture(&self, hash: &str, item: i64) -> Result<()> {
        let sql = "INSERT INTO picture VALUES ($1, $2) ON CONFLICT DO NOTHING";
        self.rarely(sql, vec![boxed(hash.to_owned()), boxed(item)])
    }

    fn unname_picture(&self, hash: &str, item: i64) -> Result<()> {
        let sql = "DELETE FROM picture WHERE hash = $1 AND item = $2";
        self.rarely(sql, vec![boxed(hash.to_owned()), boxed(item)])
    }

    fn is_picture_named(&self, hash: &str) -> Result<bool> {
        Ok(!self.ask("SELECT 1 FROM picture WHERE hash = $1 LIMIT 1", &[&hash])?.is_empty())
    }

    fn drop_picture(&self, hash: &str) -> Result<()> {
        self.rarely("DELETE FROM picture_body WHERE hash = $1", vec![boxed(hash.to_owned())])
    }

    fn authored(&self, author: i64) -> Result<Vec<i64>> {
        let found = self.ask("SELECT seq FROM item WHERE author = $1 ORDER BY seq", &[&author])?;
        Ok(found.iter().map(|row| row.get(0)).collect())
    }

    fn quoting(&self, bytes: &[u8]) -> Result<Vec<i64>> {
        let found = self.ask("SELECT item FROM content WHERE position($1 IN body) > 0 ORDER BY item", &[&bytes])?;
        Ok(found.iter().map(|row| row.get(0)).collect())
    }

    fn forget_author(&self, author: i64) -> Result<()> {
        self.ask("DELETE FROM author WHERE id = $1 RETURNING 1", &[&author])?;
        self.cache.borrow_mut().authors.remove(&author);
        Ok(())
    }

    fn happened_after(&self, seq: i64, most: u32) -> Result<Vec<(i64, i64, Option<i64>)>> {
        let sql = "SELECT seq, at, CASE WHEN action IN ('decision.recorded', 'item.withdrawn') THEN item END FROM log
             WHERE seq > $1 ORDER BY seq LIMIT $2";
        let found = self.ask(sql, &[&seq, &i64::from(most)])?;
        Ok(found.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect())
    }

    fn alike(&self, text: i64) -> Result<Vec<(i64, String, u64)>> {
        if !self.cache.borrow().alike.contains_key(&text) {
            self.fetch_alike(&[text])?;
        }
        let cache = self.cache.borrow();
        let kept = cache.alike.get(&text).map(Vec::as_slice).unwrap_or_default();
        let mut found: Vec<(i64, String, u64)> = kept
            .iter()
            .filter(|(_, _, times)| *times > 0)
            .map(|(verdict, code, times)| (*verdict, policy(code.clone()), times.unsigned_abs()))
            .collect();
        found.sort_by_key(|(_, _, times)| std::cmp::Reverse(*times));
        found.truncate(5);
        Ok(found)
    }

    fn count_alike(&self, text: i64, verdict: i64, policy: &str, by: i64) -> Result<()> {
        if let Some(kept) = self.cache.borrow_mut().alike.get_mut(&text) {
            add_alike(kept, verdict, policy.as_bytes(), by);
        }
        *self.writing().alike.entry((text, verdict, policy.as_bytes().to_vec())).or_default() += by;
        Ok(())
    }

    fn add_author(&self, author: i64, items: i64) -> Result<()> {
        self.cache.borrow_mut().authors.remove(&author);
        self.writing().authors.entry(author).or_default().items += items;
        Ok(())
    }

    fn count_author(&self, author: i64, decided: i64, removed: i64) -> Result<()> {
        if let Some(Some(Some(row))) = self.cache.borrow_mut().authors.get_mut(&author).map(|folder| &mut folder.row) {
            (row.decided, row.removed) = (row.decided + decided, row.removed + removed);
        }
        let mut pending = self.writing();
        let change = pending.authors.entry(author).or_default();
        (change.decided, change.removed) = (change.decided + decided, change.removed + removed);
        Ok(())
    }

    fn last_removal(&self, author: i64, policy: Option<&str>, at: i64) -> Result<()> {
        let code = policy.unwrap_or_default();
        if let Some(Some(Some(row))) = self.cache.borrow_mut().authors.get_mut(&author).map(|folder| &mut folder.row) {
            row.last = Some((code.to_owned(), at));
        }
        self.writing().authors.entry(author).or_default().last = Some((code.as_bytes().to_vec(), at));
        Ok(())
    }

    fn put_queue(&self, id: i64, name: &str, body: &str) -> Result<()> {
        let sql = "INSERT INTO queue VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET body = excluded.body";
        self.rarely(sql, vec![boxed(id), boxed(name.to_owned()), boxed(body.to_owned())])
    }

    fn put_client(&self, name: &str, body: &str) -> Result<()> {
        let sql = "INSERT INTO client VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET body = excluded.body";
        self.rarely(sql, vec![boxed(name.to_owned()), boxed(body.to_owned())])
    }

    fn put_person(&self, id: i64, name: &str, body: &str) -> Result<()> {
        let sql = "INSERT INTO person VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET body = excluded.body";
        self.rarely(sql, vec![boxed(id), boxed(name.to_owned()), boxed(body.to_owned())])
    }

    fn add_bucket(&self, bucket: &BucketRow) -> Result<()> {
        let level = i64::from(bucket.level.level());
        {
            let mut cache = self.cache.borrow_mut();
            cache.levels.insert(bucket.id, level);
            for lane in [Lane::Order, Lane::Due] {
                cache.windows.entry((bucket.id, lane)).or_default().whole = true;
            }
        }
        let row =
            vec![boxed(bucket.id), boxed(bucket.queue), boxed(bucket.origin), boxed(bucket.lang.clone()), boxed(level)];
        self.rarely("INSERT INTO bucket VALUES ($1, $2, $3, $4, $5)", row)
    }

    fn put_waiting(&self, bucket: i64, n: i64) -> Result<()> {
        self.writing().tally.insert(bucket, (n, 0));
        Ok(())
    }

    fn put_decided(&self, queue: i64, day: i64, n: i64) -> Result<()> {
        self.writing().tally.insert(DECIDED + queue, (n, day));
        Ok(())
    }

    fn tally(&self, key: i64) -> Result<Option<(i64, i64)>> {
        if let Some(pending) = self.pending.borrow().tally.get(&key) {
            return Ok(Some(*pending));
        }
        let found = self.wire.one("SELECT n, day FROM tally WHERE key = $1", &[&key])?;
        Ok(found.map(|row| (row.get(0), row.get(1))))
    }

    fn put_tally(&self, key: i64, n: i64, stamp: i64) -> Result<()> {
        self.writing().tally.insert(key, (n, stamp));
        Ok(())
    }

    fn day(&self, person: i64) -> Result<Option<DayState>> {
        let pending = self.pending.borrow().days.get(&person).cloned();
        let body = match pending {
            Some(body) => Some(body),
            None => self.wire.one("SELECT body FROM day WHERE person = $1", &[&person])?.map(|row| row.get(0)),
        };
        // A day that cannot be read must not become an empty one: that would end a break.
        body.map(|body: String| serde_json::from_str(&body))
            .transpose()
            .map_err(|error| StoreError::Engine(format!("a moderator's day cannot be read ({error})")))
    }

    fn put_day(&self, person: i64, day: &DayState) -> Result<()> {
        let body = serde_json::to_string(day).expect("a day is always JSON");
        self.writing().days.insert(person, body);
        Ok(())
    }

    fn keep_rest(&self, person: i64, at: i64, kind: &str, body: &str) -> Result<()> {
        let sql = "INSERT INTO rest (person, at, kind, body) VALUES ($1, $2, $3, $4)";
        self.rarely(sql, vec![boxed(person), boxed(at), boxed(kind.to_owned()), boxed(body.to_owned())])
    }

    fn rests_before(&self, at: i64, most: u32) -> Result<Vec<(i64, String, String)>> {
        let sql = "SELECT id, kind, body FROM rest WHERE at < $1 ORDER BY id LIMIT $2";
        let found = self.ask(sql, &[&at, &i64::from(most)])?;
        Ok(found.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect())
    }

    fn drop_rest(&self, id: i64) -> Result<()> {
        self.rarely("DELETE FROM rest WHERE id = $1", vec![boxed(id)])
    }

    fn forget_looks(&self, before: i64, most: u32) -> Result<u64> {
        let sql = "SELECT item, person FROM hand WHERE at < $1 AND (sight IS NOT NULL OR booked IS NOT NULL) LIMIT $2";
        let old: Vec<(i64, i64)> =
            self.ask(sql, &[&before, &i64::from(most)])?.iter().map(|row| (row.get(0), row.get(1))).collect();
        for (item, person) in &old {
            let sql = "UPDATE hand SET sight = NULL, booked = NULL WHERE item = $1 AND person = $2";
            self.rarely(sql, vec![boxed(*item), boxed(*person)])?;
        }
        let mut cache = self.cache.borrow_mut();
        let hands = cache.folders.values_mut().flat_map(|folder| folder.hands.iter_mut().flatten());
        for (_, hand) in hands.filter(|(_, hand)| hand.at < before) {
            (hand.sight, hand.booked) = (None, None);
        }
        Ok(old.len() as u64)
    }

    fn erase_about(&self, person: i64, begun: i64) -> Result<u64> {
        let shifts = self.ask("DELETE FROM rest WHERE person = $1 AND kind = 'shift' RETURNING 1", &[&person])?.len();
        self.rarely("DELETE FROM rest WHERE person = $1", vec![boxed(person)])?;
        let sql =
            "UPDATE hand SET booked = CASE WHEN at < $2 THEN NULL ELSE booked END, sight = NULL WHERE person = $1";
        self.rarely(sql, vec![boxed(person), boxed(begun)])?;
        let mut cache = self.cache.borrow_mut();
        let hands = cache.folders.values_mut().flat_map(|folder| folder.hands.iter_mut().flatten());
        for (_, hand) in hands.filter(|(who, _)| *who == person) {
            hand.sight = None;
            if hand.at < begun {
                hand.booked = None;
            }
        }
        drop(cache);
        Ok(shifts as u64)
    }

    fn put_token(&self, person: i64, token: &KeptToken, issued: i64) -> Result<()> {
        let expires = token.expires_at.map(|at| at.as_microsecond());
        let row = vec![boxed(token.digest.to_vec()), boxed(person), boxed(issued), boxed(expires)];
        self.rarely("INSERT INTO token VALUES ($1, $2, $3, $4)", row)
    }

    fn drop_tokens(&self, person: i64) -> Result<u64> {
        Ok(self.ask("DELETE FROM token WHERE person = $1 RETURNING 1", &[&person])?.len() as u64)
    }

    fn mark_access(&self, person: i64, seq: i64) -> Result<()> {
        let sql = "INSERT INTO access VALUES ($1, $2) ON CONFLICT (person) DO UPDATE SET seq = excluded.seq";
        self.rarely(sql, vec![boxed(person), boxed(seq)])
    }

    fn put_handover(&self, person: i64, at: i64, body: &str) -> Result<()> {
        let sql = "INSERT INTO handover (person, at, body) VALUES ($1, $2, $3)";
        self.rarely(sql, vec![boxed(person), boxed(at), boxed(body.to_owned())])
    }

    fn handover(&self, most: u32) -> Result<Vec<String>> {
        let found = self.ask("SELECT body FROM handover ORDER BY id DESC LIMIT $1", &[&i64::from(most)])?;
        Ok(found.iter().map(|row| row.get(0)).collect())
    }

    fn alert(&self, id: Uuid) -> Result<Option<AlertRow>> {
        let sql = "SELECT id, item, person, open, body, taken_by, taken_at FROM alert WHERE id = $1";
        Ok(self.ask(sql, &[&id])?.first().map(alert))
    }

    fn alerts_on(&self, item: i64) -> Result<Vec<AlertRow>> {
        let sql = "SELECT id, item, person, open, body, taken_by, taken_at FROM alert WHERE item = $1";
        Ok(self.ask(sql, &[&item])?.iter().map(alert).collect())
    }

    fn put_alert(&self, alert: &AlertRow) -> Result<()> {
        let (by, at) = alert.taken.clone().unzip();
        let row = vec![
            boxed(alert.id),
            boxed(alert.item),
            boxed(alert.person),
            boxed(alert.open),
            boxed(alert.body.clone()),
            boxed(by),
            boxed(at),
        ];
        let sql = "INSERT INTO alert VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET
             item = excluded.item, person = excluded.person, open = excluded.open, body = excluded.body,
             taken_by = excluded.taken_by, taken_at = excluded.taken_at";
        self.rarely(sql, row)
    }

    fn message(&self, id: Uuid) -> Result<Option<MessageRow>> {
        let sql = "SELECT id, kind, at, person, client, item, open, kept, body FROM message WHERE id = $1";
        Ok(self.ask(sql, &[&id])?.first().map(super::messages::row))
    }

    fn messages_on(&self, item: i64) -> Result<Vec<MessageRow>> {
        let sql = "SELECT id, kind, at, person, client, item, open, kept, body FROM message WHERE item = $1";
        Ok(self.ask(sql, &[&item])?.iter().map(super::messages::row).collect())
    }

    fn put_message(&self, row: &MessageRow) -> Result<()> {
        let sql = "INSERT INTO message (id, kind, at, person, client, item, open, kept, body)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO UPDATE SET
             open = excluded.open, kept = excluded.kept, body = excluded.body";
        let row = row.clone();
        let params = vec![
            boxed(row.id),
            boxed(row.kind),
            boxed(row.at),
            boxed(row.person),
            boxed(row.client),
            boxed(row.item),
            boxed(row.open),
            boxed(row.kept),
            boxed(row.body),
        ];
        self.rarely(sql, params)
    }

    fn read_at(&self, message: Uuid, person: i64) -> Result<Option<i64>> {
        let sql = "SELECT at FROM message_read WHERE person = $1 AND message = $2";
        Ok(self.ask(sql, &[&person, &message])?.first().map(|row| row.get(0)))
    }

    fn put_read(&self, message: Uuid, person: i64, at: i64) -> Result<()> {
        let sql = "INSERT INTO message_read (person, message, at) VALUES ($1, $2, $3)
             ON CONFLICT (person, message) DO UPDATE SET at = excluded.at";
        self.rarely(sql, vec![boxed(person), boxed(message), boxed(at)])
    }

    fn decided_under(&self, version: &str, after: i64, upto: i64) -> Result<Vec<(i64, i64)>> {
        let sql = "SELECT seq, item FROM log WHERE seq > $1 AND seq <= $3 AND action = 'decision.recorded'
             AND item IS NOT NULL AND detail::json ->> 'policy_version' = $2 ORDER BY seq";
        let rows = self.ask(sql, &[&after, &version, &upto])?;
        Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
    }

    fn paused(&self, item: i64) -> Result<Option<(i64, i64)>> {
        let found = self.ask("SELECT at, due FROM paused WHERE item = $1", &[&item])?;
        Ok(found.first().map(|row| (row.get(0), row.get(1))))
    }

    fn put_paused(&self, item: i64, paused: Option<(i64, i64, &str)>) -> Result<()> {
        match paused {
            Some((at, due, why)) => self.rarely(
                "INSERT INTO paused VALUES ($1, $2, $3, $4) ON CONFLICT (item) DO UPDATE SET
                 at = excluded.at, due = excluded.due, why = excluded.why",
                vec![boxed(item), boxed(at), boxed(due), boxed(why.to_owned())],
            ),
            None => self.rarely("DELETE FROM paused WHERE item = $1", vec![boxed(item)]),
        }
    }

    fn meta(&self, key: &str) -> Result<Option<String>> {
        Ok(self.ask("SELECT value FROM meta WHERE key = $1", &[&key])?.first().map(|row| row.get(0)))
    }

    fn put_meta(&self, key: &str, value: &str) -> Result<()> {
        let sql = "INSERT INTO meta VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        self.rarely(sql, vec![boxed(key.to_owned()), boxed(value.to_owned())])
    }
}

const _: () = assert!(RECENT >= 5, "as many as are shown beside an item");
