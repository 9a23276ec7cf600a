//! What belongs with an item, read beside the writer.

use super::read::Reader;
use super::shelf::Rows;
use crate::moderation::Precedent;
use crate::moderation::doubt::Seeking;
use crate::moderation::group::Thread;
use crate::moderation::{By, Group, Person, Queue};
use crate::store::engine::{Beside, KinReader};
use crate::store::keeper::groups::{self, Asking, Kindred, Rooms};
use crate::store::keeper::lease::ItemRow;
use crate::store::keeper::precedent;
use crate::store::keeper::shelf::{ItemShelf, KinShelf, StandingRow};
use crate::store::{Result, StoreError};
use crate::wellbeing::Severity;
use serde::de::DeserializeOwned;

fn json<T: DeserializeOwned>(body: &str) -> Result<T> {
    serde_json::from_str(body).map_err(|error| StoreError::Engine(format!("a row cannot be read ({error})")))
}

impl Kindred for Rows {
    fn found(&self, id: &str) -> Result<Option<ItemRow>> {
        self.item_by_id(id)
    }

    fn body(&self, item: i64) -> Result<Option<Vec<u8>>> {
        self.content(item)
    }

    fn each_kin(&self, see: &mut dyn FnMut(&[u8])) -> Result<()> {
        let mut select = self.conn.prepare_cached("SELECT body FROM kin ORDER BY id")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            see(row.get_ref(0)?.as_bytes().unwrap_or_default());
        }
        Ok(())
    }

    fn of_author(&self, author: i64, most: usize) -> Result<Vec<i64>> {
        let sql = "SELECT seq FROM item WHERE author = ?1 ORDER BY seq DESC LIMIT ?2";
        self.all(sql, (author, most), |row| row.get(0))
    }

    fn of_thread(&self, thread: i64, most: usize) -> Result<Vec<i64>> {
        let sql = "SELECT item FROM thread WHERE thread = ?1 ORDER BY item DESC LIMIT ?2";
        self.all(sql, (thread, most), |row| row.get(0))
    }

    fn stand(&self, items: &[i64]) -> Result<Vec<StandingRow>> {
        self.standing(items)
    }

    fn rooms(&self, who: &str) -> Result<Rooms> {
        let mut rooms = Rooms::default();
        for (id, queue, origin, lang, level) in
            self.all("SELECT id, queue, origin, lang, level FROM bucket", (), |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
            })?
        {
            rooms.buckets.insert(id, (queue, origin, lang, Severity::new(level).unwrap_or(Severity::EXTREME)));
        }
        for (id, body) in
            self.all("SELECT id, body FROM queue", (), |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?
        {
            rooms.queues.insert(id, json::<Queue>(&body)?);
        }
        let me = self.one("SELECT id, body FROM person WHERE name = ?1", [who], |row| {
            Ok((row.get(0)?, row.get::<_, String>(1)?))
        })?;
        rooms.me = me.map(|(id, body)| Ok::<_, StoreError>((id, json::<Person>(&body)?))).transpose()?;
        if let Some((me, _)) = &rooms.me {
            rooms.barred =
                self.all("SELECT item FROM barred WHERE person = ?1", [me], |row| row.get(0))?.into_iter().collect();
            rooms.shut =
                self.all("SELECT author FROM shut WHERE person = ?1", [me], |row| row.get(0))?.into_iter().collect();
        }
        Ok(rooms)
    }
}

impl KinShelf for Rows {
    fn put_kin(&self, id: i64, n: usize, body: Vec<u8>) -> Result<()> {
        self.exec("INSERT INTO kin VALUES (?1, ?2, ?3)", (id, n, body)).map(drop)
    }

    fn kin(&self, ids: &[i64]) -> Result<Vec<Vec<u8>>> {
        let found = ids.iter().map(|id| self.one("SELECT body FROM kin WHERE id = ?1", [id], |row| row.get(0)));
        found.filter_map(Result::transpose).collect()
    }

    fn drop_kin(&self, id: i64) -> Result<()> {
        self.exec("DELETE FROM kin WHERE id = ?1", [id]).map(drop)
    }

    fn add_to_thread(&self, thread: i64, item: i64) -> Result<()> {
        self.exec("INSERT OR IGNORE INTO thread VALUES (?1, ?2)", (thread, item)).map(drop)
    }

    fn alike(&self, text: i64) -> Result<Vec<(i64, String, u64)>> {
        let sql = "SELECT verdict, policy, times FROM alike WHERE text = ?1 AND times > 0 ORDER BY times DESC LIMIT 5";
        self.all(sql, [text], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    }

    fn count_alike(&self, text: i64, verdict: i64, policy: &str, by: i64) -> Result<()> {
        let sql = "INSERT INTO alike VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (text, verdict, policy) DO UPDATE SET times = times + excluded.times";
        self.exec(sql, (text, verdict, policy, by)).map(drop)
    }
}

impl Reader {
    fn asking<'a>(&self, who: &'a str, item: &'a str, by: Option<By>) -> Asking<'a> {
        Asking { who, item, by, now: self.options.clock.now().wall.as_microsecond(), alike: self.options.alike }
    }
}

impl KinReader for Reader {
    fn groups(&mut self, who: &str, item: &str, by: Option<By>) -> Result<Vec<Group>> {
        let asking = self.asking(who, item, by);
        self.at_once(|rows| groups::groups(rows, &asking))
    }

    fn thread(&mut self, who: &str, item: &str) -> Result<Thread> {
        let asking = self.asking(who, item, None);
        self.at_once(|rows| groups::thread(rows, &asking))
    }

    fn precedents(&mut self, who: &str, seeking: &Seeking) -> Result<Vec<Precedent>> {
        let alike = self.options.alike;
        self.at_once(|rows| precedent::precedents(rows, rows, who, seeking, alike))
    }
}
