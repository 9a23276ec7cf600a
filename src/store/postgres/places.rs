//! What waits, in its two orders, and whom it is kept from.

use super::cache::key;
use super::pages::Pages;
use super::shelf::boxed;
use crate::store::Result;
use crate::store::keeper::hot::Lane;
use crate::store::keeper::shelf::PlaceShelf;
use crate::store::serving::Place;

impl PlaceShelf for Pages {
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
}
