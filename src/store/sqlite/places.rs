//! What waits, in its two orders, and whom it is kept from.

use super::shelf::Rows;
use crate::store::Result;
use crate::store::keeper::hot::Lane;
use crate::store::keeper::shelf::PlaceShelf;
use crate::store::serving::{NO_DUE, Place};
use rusqlite::Row;

const _: () = assert!(NO_DUE == 9_223_372_036_854_775_807, "the index over deadlines says it in words");

fn place(row: &Row<'_>) -> rusqlite::Result<Place> {
    Ok(Place { class: row.get(0)?, rank: row.get(1)?, due: row.get(2)?, received: row.get(3)?, item: row.get(4)? })
}

impl PlaceShelf for Rows {
    fn first_of(&self, bucket: i64, lane: Lane, after: Option<Place>) -> Result<Option<Place>> {
        let after = after.unwrap_or(Place { class: -1, rank: 0, due: i64::MIN, received: 0, item: 0 });
        match lane {
            Lane::Order => self.one(
                "SELECT class, rank, due, received, item FROM waiting
                 WHERE bucket = ?1 AND (class, rank, due, received, item) > (?2, ?3, ?4, ?5, ?6)
                 ORDER BY class, rank, due, received, item LIMIT 1",
                (bucket, after.class, after.rank, after.due, after.received, after.item),
                place,
            ),
            Lane::Due => self.one(
                "SELECT class, rank, due, received, item FROM waiting INDEXED BY waiting_due
                 WHERE bucket = ?1 AND due < 9223372036854775807
                 AND (due, class, rank, received, item) > (?2, ?3, ?4, ?5, ?6)
                 ORDER BY due, class, rank, received, item LIMIT 1",
                (bucket, after.due, after.class, after.rank, after.received, after.item),
                place,
            ),
        }
    }

    fn wait(&self, bucket: i64, place: Place) -> Result<()> {
        let row = (bucket, place.class, place.rank, place.due, place.received, place.item);
        self.exec("INSERT INTO waiting VALUES (?1, ?2, ?3, ?4, ?5, ?6)", row).map(drop)
    }

    fn unwait(&self, bucket: i64, place: Place) -> Result<bool> {
        let sql = "DELETE FROM waiting WHERE bucket = ?1 AND class = ?2 AND rank = ?3 AND due = ?4 AND received = ?5
             AND item = ?6";
        let row = (bucket, place.class, place.rank, place.due, place.received, place.item);
        self.exec(sql, row).map(|gone| gone > 0)
    }

    fn bar(&self, item: i64, person: i64, why: &str) -> Result<()> {
        self.exec("INSERT OR REPLACE INTO barred VALUES (?1, ?2, ?3)", (item, person, why)).map(drop)
    }

    fn unbar(&self, item: i64) -> Result<Vec<i64>> {
        self.exec("DELETE FROM barred WHERE item = ?1 AND why <> 'reporter'", [item])?;
        self.all("SELECT person FROM barred WHERE item = ?1", [item], |row| row.get(0))
    }

    fn unbar_passed(&self, item: i64) -> Result<()> {
        self.exec("DELETE FROM barred WHERE item = ?1 AND why = 'passed'", [item]).map(drop)
    }

    fn barred(&self) -> Result<Vec<(i64, i64)>> {
        self.all("SELECT item, person FROM barred", (), |row| Ok((row.get(0)?, row.get(1)?)))
    }

    fn passed_in(&self, queue: i64) -> Result<Vec<i64>> {
        let sql = "SELECT DISTINCT b.item FROM barred b JOIN item i ON i.seq = b.item JOIN bucket k ON k.id = i.bucket
             WHERE b.why = 'passed' AND i.state = 0 AND k.queue = ?1";
        self.all(sql, [queue], |row| row.get(0))
    }

    fn escalated_in(&self, queue: i64) -> Result<Vec<i64>> {
        let sql = "SELECT w.item FROM bucket k JOIN waiting w ON w.bucket = k.id
             WHERE k.queue = ?1 AND k.origin <> ?1";
        self.all(sql, [queue], |row| row.get(0))
    }

    fn shut(&self, person: i64, author: i64) -> Result<()> {
        self.exec("INSERT OR IGNORE INTO shut VALUES (?1, ?2)", (person, author)).map(drop)
    }
}
