//! What a commit is about to write: one row a key at most, whatever was done to it meanwhile, so that each table is
//! written with one part of one statement.
//!
//! Arrays are unnested beside each other in the list of a SELECT, not in its FROM: there PostgreSQL makes a tuple store
//! of 16 KB for each column first, which was a quarter of its work for a commit of four decisions.

use super::cache::HandRow;
use super::copy::{self, Copy, MANY};
use super::wire::Param;
use crate::store::keeper::hot::Lease;
use crate::store::keeper::lease::ItemRow;
use crate::store::keeper::shelf::LogRow;
use crate::store::serving::Place;
use bytes::{Bytes, BytesMut};
use std::collections::BTreeMap;
use std::error::Error;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use uuid::Uuid;

/// A content on its way, shared with what is remembered.
#[derive(Clone, Debug)]
pub(super) struct Body(pub Bytes);

impl ToSql for Body {
    fn to_sql(&self, of: &Type, out: &mut BytesMut) -> std::result::Result<IsNull, Box<dyn Error + Sync + Send>> {
        (&self.0[..]).to_sql(of, out)
    }

    fn accepts(of: &Type) -> bool {
        <&[u8] as ToSql>::accepts(of)
    }

    to_sql_checked!();
}

/// What is added to an author's figures.
#[derive(Default)]
pub(super) struct AuthorChange {
    pub items: i64,
    pub decided: i64,
    pub removed: i64,
    pub last: Option<(Vec<u8>, i64)>,
}

#[derive(Default)]
pub(super) struct Pending {
    pub new_items: BTreeMap<i64, ItemRow>,
    pub items: BTreeMap<i64, ItemRow>,
    pub contents: BTreeMap<i64, Body>,
    /// Filled or emptied; what was both is in neither.
    pub places: BTreeMap<(i64, Place), bool>,
    pub leases: BTreeMap<i64, Option<Lease>>,
    pub hands: BTreeMap<(i64, i64), HandRow>,
    pub log: Vec<LogRow>,
    pub decisions: Vec<(Uuid, i64)>,
    pub days: BTreeMap<i64, String>,
    pub tally: BTreeMap<i64, (i64, i64)>,
    pub alike: BTreeMap<(i64, i64, Vec<u8>), i64>,
    pub authors: BTreeMap<i64, AuthorChange>,
    /// Thread and item.
    pub threads: Vec<(i64, i64)>,
    /// The first item that an entry of the log brought, and that entry.
    pub batches: Vec<(i64, i64)>,
    /// New blocks: how many entries, and what they are.
    pub kin: BTreeMap<i64, (i64, Vec<u8>)>,
    /// What happens now and then, in order.
    pub rare: Vec<(&'static str, Vec<Param>)>,
}

/// A statement and its parameters.
pub(super) type Part = (&'static str, Vec<Param>);

/// What a commit writes.
pub(super) struct Parts {
    pub rare: Vec<Part>,
    /// Tables that get many new rows; none where it is one statement.
    pub copies: Vec<Copy>,
    pub parts: Vec<Part>,
}

fn boxed<T: tokio_postgres::types::ToSql + Sync + Send + 'static>(value: T) -> Param {
    Box::new(value)
}

/// Columns of rows as arrays, one parameter each.
macro_rules! columns {
    ($rows:expr; $($row:pat => $field:expr),+ $(,)?) => {
        vec![$(boxed($rows.map(|$row| $field).collect::<Vec<_>>())),+]
    };
}

impl Pending {
    pub(super) fn is_empty(&self) -> bool {
        self.new_items.is_empty()
            && self.items.is_empty()
            && self.contents.is_empty()
            && self.places.is_empty()
            && self.leases.is_empty()
            && self.hands.is_empty()
            && self.log.is_empty()
            && self.days.is_empty()
            && self.tally.is_empty()
            && self.alike.is_empty()
            && self.authors.is_empty()
            && self.threads.is_empty()
            && self.batches.is_empty()
            && self.kin.is_empty()
            && self.rare.is_empty()
    }

    /// Whether what is known of an author is about to change, or of an item of theirs.
    pub(super) fn is_about(&self, author: i64) -> bool {
        let theirs = |row: &ItemRow| row.author == Some(author);
        self.authors.contains_key(&author)
            || self.items.values().any(theirs)
            || self.new_items.values().any(theirs)
            || !self.rare.is_empty()
    }

    /// Whether one statement can hold it.
    pub(super) fn is_one_statement(&self) -> bool {
        self.rare.is_empty() && !self.is_bulk()
    }

    /// Whether many items are new: then their tables are written with copies, which no single statement can hold.
    fn is_bulk(&self) -> bool {
        self.new_items.len() >= MANY
    }

    /// Takes out what goes by copy.
    fn copies(&mut self) -> Vec<Copy> {
        if !self.is_bulk() {
            return Vec::new();
        }
        let new = std::mem::take(&mut self.new_items);
        let contents: Vec<(i64, Bytes)> =
            new.keys().filter_map(|seq| Some((*seq, self.contents.remove(seq)?.0))).collect();
        let mut copies = vec![copy::items(new.values()), copy::contents(&contents)];
        let filled: Vec<(i64, Place)> =
            self.places.iter().filter(|(_, filled)| **filled).map(|(place, _)| *place).collect();
        if !filled.is_empty() {
            self.places.retain(|_, filled| !*filled);
            copies.push(copy::places(&filled));
        }
        copies
    }

    /// Takes it apart: what happens now and then, in order, and the rest as one part a table, in no order.
    pub(super) fn parts(mut self) -> Parts {
        // No part sees what another writes: what was made and changed since is written once, as it is now.
        let changed = std::mem::take(&mut self.items);
        for (seq, row) in changed {
            match self.new_items.get_mut(&seq) {
                Some(new) => *new = row,
                None => drop(self.items.insert(seq, row)),
            }
        }
        let copies = self.copies();
        let mut parts = Vec::new();
        let mut start = |sql: &'static str, params: Vec<Param>| parts.push((sql, params));
        if !self.new_items.is_empty() {
            let rows = || self.new_items.values();
            let mut params = columns!(rows(); row => row.seq);
            params.push(boxed(rows().map(|row| row.id.clone()).collect::<Vec<_>>()));
            params.extend(item_columns(&self.new_items));
            start(
                "INSERT INTO item (seq, id, state, bucket, class, priority, revision, round, received, due, author, last)
                 SELECT unnest($1::bigint[]), unnest($2::text[]), unnest($3::bigint[]), unnest($4::bigint[]),
                 unnest($5::bigint[]), unnest($6::bigint[]), unnest($7::bigint[]), unnest($8::bigint[]),
                 unnest($9::bigint[]), unnest($10::bigint[]), unnest($11::bigint[]), unnest($12::bigint[])",
                params,
            );
        }
        if !self.items.is_empty() {
            let mut params = columns!(self.items.values(); row => row.seq);
            params.extend(item_columns(&self.items));
            start(
                "UPDATE item SET state = n.state, bucket = n.bucket, class = n.class, priority = n.priority,
                 revision = n.revision, round = n.round, received = n.received, due = n.due, author = n.author,
                 last = n.last FROM (SELECT unnest($1::bigint[]) AS seq, unnest($2::bigint[]) AS state,
                 unnest($3::bigint[]) AS bucket, unnest($4::bigint[]) AS class, unnest($5::bigint[]) AS priority,
                 unnest($6::bigint[]) AS revision, unnest($7::bigint[]) AS round, unnest($8::bigint[]) AS received,
                 unnest($9::bigint[]) AS due, unnest($10::bigint[]) AS author, unnest($11::bigint[]) AS last) AS n
                 WHERE item.seq = n.seq",
                params,
            );
        }
        if !self.contents.is_empty() {
            let (items, bodies): (Vec<i64>, Vec<Body>) = self.contents.into_iter().unzip();
            start(
                "INSERT INTO content SELECT unnest($1::bigint[]), unnest($2::bytea[])
                 ON CONFLICT (item) DO UPDATE SET body = excluded.body",
                vec![boxed(items), boxed(bodies)],
            );
        }
        for (filled, sql) in [
            (
                false,
                "DELETE FROM waiting w USING (SELECT unnest($1::bigint[]) AS bucket, unnest($2::bigint[]) AS class,
                 unnest($3::bigint[]) AS rank, unnest($4::bigint[]) AS due, unnest($5::bigint[]) AS received,
                 unnest($6::bigint[]) AS item) AS n WHERE w.bucket = n.bucket
                 AND w.class = n.class AND w.rank = n.rank AND w.due = n.due AND w.received = n.received
                 AND w.item = n.item",
            ),
            (
                true,
                "INSERT INTO waiting SELECT unnest($1::bigint[]), unnest($2::bigint[]), unnest($3::bigint[]),
                 unnest($4::bigint[]), unnest($5::bigint[]), unnest($6::bigint[])",
            ),
        ] {
            let places: Vec<(i64, Place)> =
                self.places.iter().filter(|(_, is)| **is == filled).map(|(place, _)| *place).collect();
            if !places.is_empty() {
                let rows = || places.iter();
                start(
                    sql,
                    columns!(rows(); (bucket, _) => *bucket, (_, place) => place.class, (_, place) => place.rank,
                        (_, place) => place.due, (_, place) => place.received, (_, place) => place.item),
                );
            }
        }
        let gone: Vec<i64> = self.leases.iter().filter(|(_, lease)| lease.is_none()).map(|(item, _)| *item).collect();
        if !gone.is_empty() {
            start("DELETE FROM lease WHERE item = ANY($1)", vec![boxed(gone)]);
        }
        let leases: Vec<&Lease> = self.leases.values().flatten().collect();
        if !leases.is_empty() {
            let rows = || leases.iter();
            start(
                "INSERT INTO lease SELECT unnest($1::bigint[]), unnest($2::bigint[]), unnest($3::bigint[]),
                 unnest($4::text[]) ON CONFLICT (item) DO UPDATE SET person = excluded.person, until = excluded.until,
                 body = excluded.body",
                columns!(rows(); lease => lease.item, lease => lease.person, lease => lease.until,
                    lease => serde_json::to_string(lease).expect("a lease is always JSON")),
            );
        }
        if !self.hands.is_empty() {
            let rows = || self.hands.iter();
            start(
                "INSERT INTO hand SELECT unnest($1::bigint[]), unnest($2::bigint[]), unnest($3::bigint[]),
                 unnest($4::bigint[]), unnest($5::bigint[]), unnest($6::text[]), unnest($7::text[])
                 ON CONFLICT (item, person) DO UPDATE SET round = excluded.round, revision = excluded.revision,
                 at = excluded.at, booked = excluded.booked, sight = excluded.sight",
                columns!(rows(); ((item, _), _) => *item, ((_, person), _) => *person, (_, hand) => hand.round,
                    (_, hand) => hand.revision, (_, hand) => hand.at, (_, hand) => hand.booked.clone(),
                    (_, hand) => hand.sight.clone()),
            );
        }
        if !self.log.is_empty() {
            let rows = || self.log.iter();
            start(
                "INSERT INTO log SELECT unnest($1::bigint[]), unnest($2::bigint[]), unnest($3::bigint[]),
                 unnest($4::text[]), unnest($5::text[]), unnest($6::text[]), unnest($7::text[]), unnest($8::bytea[]),
                 unnest($9::bigint[]), unnest($10::bigint[]), unnest($11::bigint[]), unnest($12::bigint[]),
                 unnest($13::bigint[]), unnest($14::bytea[])",
                columns!(rows(); row => row.seq, row => row.audit, row => row.at, row => row.actor.clone(),
                    row => row.action.clone(), row => row.subject.clone(), row => row.detail.clone(),
                    row => row.hash.map(|hash| hash.to_vec()), row => row.person, row => row.item, row => row.prev,
                    row => row.round, row => row.revision, row => row.payload.clone()),
            );
        }
        if !self.decisions.is_empty() {
            let rows = || self.decisions.iter();
            start(
                "INSERT INTO decision SELECT unnest($1::uuid[]), unnest($2::bigint[])",
                columns!(rows(); (id, _) => *id, (_, seq) => *seq),
            );
        }
        if !self.days.is_empty() {
            let (people, bodies): (Vec<i64>, Vec<String>) = self.days.into_iter().unzip();
            start(
                "INSERT INTO day SELECT unnest($1::bigint[]), unnest($2::text[])
                 ON CONFLICT (person) DO UPDATE SET body = excluded.body",
                vec![boxed(people), boxed(bodies)],
            );
        }
        if !self.tally.is_empty() {
            let rows = || self.tally.iter();
            start(
                "INSERT INTO tally SELECT unnest($1::bigint[]), unnest($2::bigint[]), unnest($3::bigint[])
                 ON CONFLICT (key) DO UPDATE SET n = excluded.n, day = excluded.day",
                columns!(rows(); (key, _) => *key, (_, (n, _)) => *n, (_, (_, day)) => *day),
            );
        }
        if !self.alike.is_empty() {
            let rows = || self.alike.iter();
            start(
                "INSERT INTO alike SELECT unnest($1::bigint[]), unnest($2::bigint[]), unnest($3::bytea[]),
                 unnest($4::bigint[]) ON CONFLICT (text, verdict, policy)
                 DO UPDATE SET times = alike.times + excluded.times",
                columns!(rows(); ((text, _, _), _) => *text, ((_, verdict, _), _) => *verdict,
                    ((_, _, policy), _) => policy.clone(), (_, times) => *times),
            );
        }
        if !self.threads.is_empty() {
            let rows = || self.threads.iter();
            start(
                "INSERT INTO thread SELECT unnest($1::bigint[]), unnest($2::bigint[]) ON CONFLICT DO NOTHING",
                columns!(rows(); (thread, _) => *thread, (_, item) => *item),
            );
        }
        if !self.batches.is_empty() {
            let rows = || self.batches.iter();
            start(
                "INSERT INTO batch SELECT unnest($1::bigint[]), unnest($2::bigint[])",
                columns!(rows(); (first, _) => *first, (_, log) => *log),
            );
        }
        if !self.kin.is_empty() {
            let rows = || self.kin.iter();
            start(
                "INSERT INTO kin SELECT unnest($1::bigint[]), unnest($2::bigint[]), unnest($3::bytea[])",
                columns!(rows(); (id, _) => *id, (_, (n, _)) => *n, (_, (_, body)) => body.clone()),
            );
        }
        if !self.authors.is_empty() {
            let rows = || self.authors.iter();
            start(
                "INSERT INTO author SELECT unnest($1::bigint[]), unnest($2::bigint[]), unnest($3::bigint[]),
                 unnest($4::bigint[]), unnest($5::bytea[]), unnest($6::bigint[])
                 ON CONFLICT (id) DO UPDATE SET items = author.items + excluded.items,
                 decided = author.decided + excluded.decided, removed = author.removed + excluded.removed,
                 policy = CASE WHEN excluded.at IS NULL THEN author.policy ELSE excluded.policy END,
                 at = coalesce(excluded.at, author.at)",
                columns!(rows(); (id, _) => *id, (_, change) => change.items, (_, change) => change.decided,
                    (_, change) => change.removed, (_, change) => change.last.clone().map(|(policy, _)| policy),
                    (_, change) => change.last.as_ref().map(|(_, at)| *at)),
            );
        }
        Parts { rare: self.rare, copies, parts }
    }
}

fn item_columns(items: &BTreeMap<i64, ItemRow>) -> Vec<Param> {
    let rows = || items.values();
    columns!(rows(); row => row.state, row => row.bucket, row => row.class, row => row.priority, row => row.revision,
        row => row.round, row => row.received, row => row.due, row => row.author, row => row.last)
}
