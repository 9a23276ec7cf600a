//! Items and their content.

use super::shelf::Rows;
use crate::store::Result;
use crate::store::keeper::lease::ItemRow;
use crate::store::keeper::shelf::{ItemShelf, StandingRow};
use bytes::Bytes;
use rusqlite::{Row, params};

fn item(row: &Row<'_>) -> rusqlite::Result<ItemRow> {
    Ok(ItemRow {
        seq: row.get(0)?,
        id: row.get(1)?,
        state: row.get(2)?,
        bucket: row.get(3)?,
        class: row.get(4)?,
        priority: row.get(5)?,
        revision: row.get(6)?,
        round: row.get(7)?,
        received: row.get(8)?,
        due: row.get(9)?,
        author: row.get(10)?,
        last: row.get(11)?,
    })
}

impl ItemShelf for Rows {
    fn item_by_id(&self, id: &str) -> Result<Option<ItemRow>> {
        const SQL: &str = "SELECT seq, id, state, bucket, class, priority, revision, round, received, due, author, last
             FROM item WHERE id = ?1";
        self.one(SQL, [id], item)
    }

    fn item_by_seq(&self, seq: i64) -> Result<Option<ItemRow>> {
        const SQL: &str = "SELECT seq, id, state, bucket, class, priority, revision, round, received, due, author, last
             FROM item WHERE seq = ?1";
        self.one(SQL, [seq], item)
    }

    fn add_item(&self, row: &ItemRow, body: Bytes) -> Result<()> {
        self.exec("INSERT INTO content VALUES (?1, ?2)", (row.seq, &body[..]))?;
        let sql = "INSERT INTO item VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
        let row = params![
            row.seq,
            row.id,
            row.state,
            row.bucket,
            row.class,
            row.priority,
            row.revision,
            row.round,
            row.received,
            row.due,
            row.author,
            row.last
        ];
        self.exec(sql, row).map(drop)
    }

    fn put_item(&self, row: &ItemRow) -> Result<()> {
        let sql = "UPDATE item SET state = ?2, bucket = ?3, class = ?4, priority = ?5, revision = ?6, round = ?7,
             received = ?8, due = ?9, author = ?10, last = ?11 WHERE seq = ?1";
        let row = params![
            row.seq,
            row.state,
            row.bucket,
            row.class,
            row.priority,
            row.revision,
            row.round,
            row.received,
            row.due,
            row.author,
            row.last
        ];
        self.exec(sql, row).map(drop)
    }

    fn content(&self, item: i64) -> Result<Option<Vec<u8>>> {
        self.one("SELECT body FROM content WHERE item = ?1", [item], |row| row.get(0))
    }

    fn put_content(&self, item: i64, body: Bytes) -> Result<()> {
        self.exec("UPDATE content SET body = ?2 WHERE item = ?1", (item, &body[..])).map(drop)
    }

    fn standing(&self, items: &[i64]) -> Result<Vec<StandingRow>> {
        const SQL: &str =
            "SELECT i.seq, i.id, i.state, i.bucket, i.revision, i.received, i.last, l.person, l.until, i.author
             FROM item i LEFT JOIN lease l ON l.item = i.seq WHERE i.seq = ?1";
        let mut rows = Vec::with_capacity(items.len());
        for item in items {
            rows.extend(self.one(SQL, [item], |row| {
                let (person, until): (Option<i64>, Option<i64>) = (row.get(7)?, row.get(8)?);
                Ok(StandingRow {
                    seq: row.get(0)?,
                    id: row.get(1)?,
                    state: row.get(2)?,
                    bucket: row.get(3)?,
                    revision: row.get(4)?,
                    received: row.get(5)?,
                    last: row.get(6)?,
                    author: row.get(9)?,
                    lease: person.zip(until),
                })
            })?);
        }
        Ok(rows)
    }

    fn quoting(&self, bytes: &[u8]) -> Result<Vec<i64>> {
        self.all("SELECT item FROM content WHERE instr(body, ?1) > 0 ORDER BY item", [bytes], |row| row.get(0))
    }

    fn paused(&self, item: i64) -> Result<Option<(i64, i64)>> {
        self.one("SELECT at, due FROM paused WHERE item = ?1", [item], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    fn put_paused(&self, item: i64, paused: Option<(i64, i64, &str)>) -> Result<()> {
        match paused {
            Some((at, due, why)) => {
                self.exec("INSERT OR REPLACE INTO paused VALUES (?1, ?2, ?3, ?4)", (item, at, due, why)).map(drop)
            }
            None => self.exec("DELETE FROM paused WHERE item = ?1", [item]).map(drop),
        }
    }
}
