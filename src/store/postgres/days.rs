//! A person's day: load, breaks, shifts, and the notes for the next.

use super::pages::Pages;
use super::shelf::boxed;
use crate::store::keeper::day::DayState;
use crate::store::keeper::shelf::DayShelf;
use crate::store::{Result, StoreError};

impl DayShelf for Pages {
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

    fn put_handover(&self, person: i64, at: i64, body: &str) -> Result<()> {
        let sql = "INSERT INTO handover (person, at, body) VALUES ($1, $2, $3)";
        self.rarely(sql, vec![boxed(person), boxed(at), boxed(body.to_owned())])
    }

    fn handover(&self, most: u32) -> Result<Vec<String>> {
        let found = self.ask("SELECT body FROM handover ORDER BY id DESC LIMIT $1", &[&i64::from(most)])?;
        Ok(found.iter().map(|row| row.get(0)).collect())
    }
}
