//! A person's day: load, breaks, shifts, and the notes for the next.

use super::shelf::Rows;
use crate::store::keeper::day::DayState;
use crate::store::keeper::shelf::DayShelf;
use crate::store::{Result, StoreError};

impl DayShelf for Rows {
    fn day(&self, person: i64) -> Result<Option<DayState>> {
        let body: Option<String> = self.one("SELECT body FROM day WHERE person = ?1", [person], |row| row.get(0))?;
        // A day that cannot be read must not become an empty one: that would end a break.
        body.map(|body| serde_json::from_str(&body))
            .transpose()
            .map_err(|error| StoreError::Engine(format!("a moderator's day cannot be read ({error})")))
    }

    fn put_day(&self, person: i64, day: &DayState) -> Result<()> {
        let body = serde_json::to_string(day).expect("a day is always JSON");
        self.exec("INSERT OR REPLACE INTO day VALUES (?1, ?2)", (person, body)).map(drop)
    }

    fn keep_rest(&self, person: i64, at: i64, kind: &str, body: &str) -> Result<()> {
        let sql = "INSERT INTO rest (person, at, kind, body) VALUES (?1, ?2, ?3, ?4)";
        self.exec(sql, (person, at, kind, body)).map(drop)
    }

    fn rests_before(&self, at: i64, most: u32) -> Result<Vec<(i64, String, String)>> {
        self.all("SELECT id, kind, body FROM rest WHERE at < ?1 ORDER BY id LIMIT ?2", (at, most), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
    }

    fn drop_rest(&self, id: i64) -> Result<()> {
        self.exec("DELETE FROM rest WHERE id = ?1", [id]).map(drop)
    }

    fn erase_about(&self, person: i64, begun: i64) -> Result<u64> {
        let shifts = self.exec("DELETE FROM rest WHERE person = ?1 AND kind = 'shift'", [person])?;
        self.exec("DELETE FROM rest WHERE person = ?1", [person])?;
        self.exec("UPDATE hand SET booked = NULL, sight = NULL WHERE person = ?1 AND at < ?2", (person, begun))?;
        self.exec("UPDATE hand SET sight = NULL WHERE person = ?1", [person])?;
        Ok(shifts as u64)
    }

    fn put_handover(&self, person: i64, at: i64, body: &str) -> Result<()> {
        self.exec("INSERT INTO handover (person, at, body) VALUES (?1, ?2, ?3)", (person, at, body)).map(drop)
    }

    fn handover(&self, most: u32) -> Result<Vec<String>> {
        self.all("SELECT body FROM handover ORDER BY id DESC LIMIT ?1", [most], |row| row.get(0))
    }
}
