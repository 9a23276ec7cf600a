//! Questions that the keeper and the readers both ask.

use super::cache::AuthorFolder;
use super::pages::{entry, policy};
use super::wire::Wire;
use crate::store::Result;
use crate::store::keeper::shelf::{AuthorItemRow, AuthorRow, Chronicle, LogRow, StandingRow};
use std::collections::HashMap;
use tokio_postgres::Row;

pub(super) fn log_entry(wire: &Wire, seq: i64) -> Result<Option<LogRow>> {
    let sql =
        "SELECT seq, audit, at, actor, action, subject, detail, hash, person, item, prev, round, revision, payload
         FROM log WHERE seq = $1";
    Ok(wire.one(sql, &[&seq])?.as_ref().map(entry))
}

pub(super) fn imported(wire: &Wire, item: i64) -> Result<Option<(i64, String)>> {
    let sql = "SELECT l.at, l.actor FROM (SELECT log FROM batch WHERE first <= $1 ORDER BY first DESC LIMIT 1) b
         JOIN log l ON l.seq = b.log";
    Ok(wire.one(sql, &[&item])?.map(|row| (row.get(0), row.get(1))))
}

/// What is known of several authors, in two questions; who has no row is in it too.
pub(super) fn author_folders(wire: &Wire, authors: &[i64], most: i64) -> Result<HashMap<i64, AuthorFolder>> {
    let unknown = AuthorFolder { row: Some(None), items: Some(Vec::new()) };
    let mut folders: HashMap<i64, AuthorFolder> = authors.iter().map(|author| (*author, unknown.clone())).collect();
    let sql = "SELECT a.items, a.decided, a.removed, a.policy, a.at, a.id
         FROM unnest($1::bigint[]) AS n (id) JOIN author a ON a.id = n.id";
    for row in wire.all(sql, &[&authors])? {
        if let Some(folder) = folders.get_mut(&row.get(5)) {
            folder.row = Some(Some(figures(&row)));
        }
    }
    let sql = "SELECT i.seq, i.id, i.received, i.last, b.level, c.body, i.author FROM unnest($1::bigint[]) AS n (id)
         CROSS JOIN LATERAL (SELECT * FROM item WHERE author = n.id AND state <> 3 ORDER BY seq DESC LIMIT $2) i
         JOIN content c ON c.item = i.seq JOIN bucket b ON b.id = i.bucket";
    for row in wire.all(sql, &[&authors, &most])? {
        if let Some(items) = folders.get_mut(&row.get(6)).and_then(|folder| folder.items.as_mut()) {
            items.push(author_item(&row));
        }
    }
    for folder in folders.values_mut() {
        folder.items.iter_mut().for_each(|items| items.sort_unstable_by_key(|item| std::cmp::Reverse(item.seq)));
    }
    Ok(folders)
}

fn figures(row: &Row) -> AuthorRow {
    let (code, at): (Option<Vec<u8>>, Option<i64>) = (row.get(3), row.get(4));
    let last = at.map(|at| (policy(code.unwrap_or_default()), at));
    AuthorRow { items: row.get(0), decided: row.get(1), removed: row.get(2), last }
}

fn author_item(row: &Row) -> AuthorItemRow {
    AuthorItemRow {
        seq: row.get(0),
        id: row.get(1),
        received: row.get(2),
        last: row.get(3),
        level: row.get(4),
        body: row.get(5),
    }
}

pub(super) fn author_row(wire: &Wire, author: i64) -> Result<Option<AuthorRow>> {
    let sql = "SELECT items, decided, removed, policy, at FROM author WHERE id = $1";
    Ok(wire.one(sql, &[&author])?.map(|row| figures(&row)))
}

pub(super) fn author_items(wire: &Wire, author: i64, most: i64) -> Result<Vec<AuthorItemRow>> {
    let sql = "SELECT i.seq, i.id, i.received, i.last, b.level, c.body FROM item i
         JOIN content c ON c.item = i.seq JOIN bucket b ON b.id = i.bucket
         WHERE i.author = $1 AND i.state <> 3 ORDER BY i.seq DESC LIMIT $2";
    let rows = wire.all(sql, &[&author, &most])?;
    Ok(rows.iter().map(author_item).collect())
}

pub(super) fn standing(wire: &Wire, items: &[i64]) -> Result<Vec<StandingRow>> {
    let sql = "SELECT i.seq, i.id, i.state, i.bucket, i.revision, i.received, i.last, l.person, l.until, i.author
         FROM unnest($1::bigint[]) AS n (item) JOIN item i ON i.seq = n.item LEFT JOIN lease l ON l.item = i.seq";
    Ok(wire
        .all(sql, &[&items])?
        .iter()
        .map(|row| StandingRow {
            seq: row.get(0),
            id: row.get(1),
            state: row.get(2),
            bucket: row.get(3),
            revision: row.get(4),
            received: row.get(5),
            last: row.get(6),
            author: row.get(9),
            lease: row.get::<_, Option<i64>>(7).zip(row.get(8)),
        })
        .collect())
}

impl Chronicle for Wire {
    fn entry(&self, seq: i64) -> Result<Option<LogRow>> {
        log_entry(self, seq)
    }

    fn imported(&self, item: i64) -> Result<Option<(i64, String)>> {
        imported(self, item)
    }

    fn author_row(&self, author: i64) -> Result<Option<AuthorRow>> {
        author_row(self, author)
    }

    fn author_items(&self, author: i64, most: u32) -> Result<Vec<AuthorItemRow>> {
        author_items(self, author, i64::from(most))
    }
}
