//! What belongs with an item, read beside the writer.

use super::pages::{Pages, policy};
use super::read::{Reader, json};
use super::rows;
use super::shelf::boxed;
use super::window::add_alike;
use super::wire::{Wire, number};
use crate::moderation::Precedent;
use crate::moderation::doubt::Seeking;
use crate::moderation::group::Thread;
use crate::moderation::{By, Group};
use crate::store::Result;
use crate::store::engine::KinReader;
use crate::store::keeper::groups::{self, Asking, Kindred, Rooms};
use crate::store::keeper::lease::ItemRow;
use crate::store::keeper::precedent;
use crate::store::keeper::shelf::{AuthorItemRow, AuthorRow, Chronicle, KinShelf, LogRow, StandingRow};
use crate::wellbeing::Severity;
use std::collections::{HashMap, HashSet};

/// The connection, and the blocks as they were just looked after.
struct Beside<'a> {
    wire: &'a Wire,
    kin: &'a HashMap<i64, Vec<u8>>,
}

impl Chronicle for Beside<'_> {
    fn entry(&self, seq: i64) -> Result<Option<LogRow>> {
        self.wire.entry(seq)
    }

    fn imported(&self, item: i64) -> Result<Option<(i64, String)>> {
        self.wire.imported(item)
    }

    fn author_row(&self, author: i64) -> Result<Option<AuthorRow>> {
        self.wire.author_row(author)
    }

    fn author_items(&self, author: i64, most: u32) -> Result<Vec<AuthorItemRow>> {
        self.wire.author_items(author, most)
    }
}

impl Kindred for Beside<'_> {
    fn found(&self, id: &str) -> Result<Option<ItemRow>> {
        let sql = "SELECT seq, id, state, bucket, class, priority, revision, round, received, due, author, last
             FROM item WHERE id = $1";
        Ok(self.wire.one(sql, &[&id])?.map(|row| super::pages::item(&row, 0)))
    }

    fn body(&self, item: i64) -> Result<Option<Vec<u8>>> {
        Ok(self.wire.one("SELECT body FROM content WHERE item = $1", &[&item])?.map(|row| row.get(0)))
    }

    fn each_kin(&self, see: &mut dyn FnMut(&[u8])) -> Result<()> {
        self.kin.values().for_each(|body| see(body));
        Ok(())
    }

    fn of_author(&self, author: i64, most: usize) -> Result<Vec<i64>> {
        let sql = "SELECT seq FROM item WHERE author = $1 ORDER BY seq DESC LIMIT $2";
        Ok(self.wire.all(sql, &[&author, &number(most)])?.iter().map(|row| row.get(0)).collect())
    }

    fn of_thread(&self, thread: i64, most: usize) -> Result<Vec<i64>> {
        let sql = "SELECT item FROM thread WHERE thread = $1 ORDER BY item DESC LIMIT $2";
        Ok(self.wire.all(sql, &[&thread, &number(most)])?.iter().map(|row| row.get(0)).collect())
    }

    fn stand(&self, items: &[i64]) -> Result<Vec<StandingRow>> {
        rows::standing(self.wire, items)
    }

    fn rooms(&self, who: &str) -> Result<Rooms> {
        let mut rooms = Rooms::default();
        for row in self.wire.all("SELECT id, queue, origin, lang, level FROM bucket", &[])? {
            let level = u8::try_from(row.get::<_, i64>(4)).ok().and_then(Severity::new).unwrap_or(Severity::EXTREME);
            rooms.buckets.insert(row.get(0), (row.get(1), row.get(2), row.get(3), level));
        }
        for row in self.wire.all("SELECT id, body FROM queue", &[])? {
            rooms.queues.insert(row.get(0), json(row.get(1))?);
        }
        if let Some(row) = self.wire.one("SELECT id, body FROM person WHERE name = $1", &[&who])? {
            let me: i64 = row.get(0);
            let numbers = |sql| -> Result<HashSet<i64>> {
                Ok(self.wire.all(sql, &[&me])?.iter().map(|row| row.get(0)).collect())
            };
            rooms.barred = numbers("SELECT item FROM barred WHERE person = $1")?;
            rooms.shut = numbers("SELECT author FROM shut WHERE person = $1")?;
            rooms.me = Some((me, json(row.get(1))?));
        }
        Ok(rooms)
    }
}

impl KinShelf for Pages {
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
}

impl Reader {
    fn asking<'a>(&self, who: &'a str, item: &'a str, by: Option<By>) -> Asking<'a> {
        Asking { who, item, by, now: self.options.clock.now().wall.as_microsecond(), alike: self.options.alike }
    }

    fn beside(&self) -> Beside<'_> {
        Beside { wire: &self.wire, kin: &self.kin }
    }

    /// Reads the blocks that are new, and forgets those that are gone.
    fn look_after_kin(&mut self) -> Result<()> {
        let ids: HashSet<i64> = self.wire.all("SELECT id FROM kin", &[])?.iter().map(|row| row.get(0)).collect();
        self.kin.retain(|id, _| ids.contains(id));
        let new: Vec<i64> = ids.into_iter().filter(|id| !self.kin.contains_key(id)).collect();
        for part in new.chunks(64) {
            let sql = "SELECT k.id, k.body FROM unnest($1::bigint[]) AS n (id) JOIN kin k ON k.id = n.id";
            for row in self.wire.all(sql, &[&part])? {
                self.kin.insert(row.get(0), row.get(1));
            }
        }
        Ok(())
    }
}

impl KinReader for Reader {
    fn groups(&mut self, who: &str, item: &str, by: Option<By>) -> Result<Vec<Group>> {
        self.look_after_kin()?;
        groups::groups(&self.beside(), &self.asking(who, item, by))
    }

    fn thread(&mut self, who: &str, item: &str) -> Result<Thread> {
        groups::thread(&self.beside(), &self.asking(who, item, None))
    }

    fn precedents(&mut self, who: &str, seeking: &Seeking) -> Result<Vec<Precedent>> {
        precedent::precedents(&self.wire, &self.beside(), who, seeking, self.options.alike)
    }
}
