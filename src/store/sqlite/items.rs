//! Items and their content.

use super::read::{Reader, json};
use super::shelf::Rows;
use crate::store::Result;
use crate::store::engine::{Around, ItemReader};
use crate::store::keeper::lease::ItemRow;
use crate::store::keeper::settings::unknown_queue;
use crate::store::keeper::shelf::{ItemShelf, StandingRow};
use crate::store::listing::{Listed, ListedRow, Listing};
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

impl ItemReader for Reader {
    fn item_row(&self, id: &str) -> Result<Option<ItemRow>> {
        self.rows.item_by_id(id)
    }

    fn around(&self, row: &ItemRow) -> Result<Around> {
        let sql = "SELECT q.body, o.body, b.lang FROM bucket b JOIN queue q ON q.id = b.queue
             JOIN queue o ON o.id = b.origin WHERE b.id = ?1";
        let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let (queue, origin, lang): (String, String, String) =
            self.rows.conn.prepare_cached(sql)?.query_row([row.bucket], read)?;
        let body = "SELECT body FROM content WHERE item = ?1";
        Ok(Around {
            queue: json(queue.as_bytes())?,
            origin: json(origin.as_bytes())?,
            lang,
            body: self.rows.conn.prepare_cached(body)?.query_row([row.seq], |row| row.get(0))?,
            until: self.rows.one("SELECT until FROM lease WHERE item = ?1", [row.seq], |row| row.get(0))?,
        })
    }

    fn is_shut(&self, who: &str, author: i64) -> Result<bool> {
        let sql = "SELECT 1 FROM shut s JOIN person p ON p.id = s.person WHERE p.name = ?1 AND s.author = ?2";
        Ok(self.rows.one(sql, (who, author), |_| Ok(()))?.is_some())
    }

    fn picture_bytes(&self, hash: &str) -> Result<Option<Vec<u8>>> {
        self.rows.pictures.bytes(hash)
    }

    fn items(&mut self, listing: &Listing) -> Result<Vec<Listed>> {
        let queue: Option<i64> =
            self.rows.one("SELECT id FROM queue WHERE name = ?1", [&listing.queue], |row| row.get(0))?;
        let queue = queue.ok_or_else(|| unknown_queue(&listing.queue))?;
        let sql = "SELECT i.seq, i.state, i.round, i.received, i.due, b.lang, b.level, c.body, l.until FROM item i
             JOIN bucket b ON b.id = i.bucket JOIN content c ON c.item = i.seq LEFT JOIN lease l ON l.item = i.seq
             WHERE i.seq > ?1 AND b.queue = ?2 AND (i.state = 0 OR ?3) ORDER BY i.seq LIMIT ?4";
        let rows = self.rows.all(sql, (listing.after, queue, listing.all, listing.limit), |row| {
            Ok(ListedRow {
                place: row.get(0)?,
                state: row.get(1)?,
                round: row.get(2)?,
                received: row.get(3)?,
                due: row.get(4)?,
                lang: row.get(5)?,
                level: row.get(6)?,
                body: row.get(7)?,
                until: row.get(8)?,
            })
        })?;
        let now = self.options.clock.now().wall.as_microsecond();
        rows.into_iter().map(|row| row.listed(now)).collect()
    }
}
