//! Items and their content.

use super::pages::Pages;
use super::pending::Body;
use super::shelf::boxed;
use crate::store::Result;
use crate::store::keeper::lease::{ItemRow, SEALED};
use crate::store::keeper::shelf::{ItemShelf, StandingRow};
use bytes::Bytes;

impl ItemShelf for Pages {
    fn expect(&self, ids: &[&str]) -> Result<()> {
        self.fetch_ids(ids)
    }

    fn expect_served(&self, ids: &[&str]) -> Result<()> {
        self.fetch_ids(ids)?;
        let (items, authors): (Vec<i64>, Vec<Option<i64>>) = {
            let cache = self.cache.borrow();
            let folders = ids.iter().filter_map(|id| cache.folders.get(cache.ids.get(*id)?));
            folders.map(|folder| (folder.row.seq, folder.row.author)).unzip()
        };
        self.warm(&items)?;
        self.fetch_authors(&authors.into_iter().flatten().collect::<Vec<_>>())
    }

    fn item_by_id(&self, id: &str) -> Result<Option<ItemRow>> {
        self.fetch_ids(&[id])?;
        let cache = self.cache.borrow();
        Ok(cache.ids.get(id).and_then(|seq| cache.folders.get(seq)).map(|folder| folder.row.clone()))
    }

    fn item_by_seq(&self, seq: i64) -> Result<Option<ItemRow>> {
        self.fetch(&[seq])?;
        Ok(self.cache.borrow().folders.get(&seq).map(|folder| folder.row.clone()))
    }

    fn add_item(&self, row: &ItemRow, body: Bytes) -> Result<()> {
        let mut cache = self.cache.borrow_mut();
        cache.absent.remove(&row.id);
        cache.keep(row.clone(), Some(body.clone()));
        if let Some(folder) = cache.folders.get_mut(&row.seq) {
            folder.hands = Some(Vec::new());
        }
        if let Some(author) = row.author {
            cache.authors.remove(&author);
        }
        let mut pending = self.writing();
        pending.contents.insert(row.seq, Body(body));
        pending.new_items.insert(row.seq, row.clone());
        Ok(())
    }

    fn put_item(&self, row: &ItemRow) -> Result<()> {
        self.fetch(&[row.seq])?;
        let mut cache = self.cache.borrow_mut();
        let level = cache.levels.get(&row.bucket).copied();
        if let Some(author) = row.author
            && let Some(items) = cache.authors.get_mut(&author).and_then(|folder| folder.items.as_mut())
        {
            if row.state == SEALED {
                items.retain(|item| item.seq != row.seq);
            }
            for item in items.iter_mut().filter(|item| item.seq == row.seq) {
                (item.last, item.level) = (row.last, level.unwrap_or(item.level));
            }
        }
        if let Some(folder) = cache.folders.get_mut(&row.seq) {
            folder.row = row.clone();
        }
        let mut pending = self.writing();
        match pending.new_items.get_mut(&row.seq) {
            Some(new) => *new = row.clone(),
            None => {
                pending.items.insert(row.seq, row.clone());
            }
        }
        Ok(())
    }

    fn content(&self, item: i64) -> Result<Option<Vec<u8>>> {
        if let Some(body) = self.cache.borrow().folders.get(&item).and_then(|folder| folder.body.clone()) {
            return Ok(Some(body.into()));
        }
        let found = self.wire.one("SELECT body FROM content WHERE item = $1", &[&item])?;
        Ok(found.map(|row| row.get(0)))
    }

    fn put_content(&self, item: i64, body: Bytes) -> Result<()> {
        self.fetch(&[item])?;
        let mut cache = self.cache.borrow_mut();
        if let Some(folder) = cache.folders.get_mut(&item) {
            folder.body = Some(body.clone());
            if let Some(author) = folder.row.author {
                cache.authors.remove(&author);
            }
        }
        self.writing().contents.insert(item, Body(body));
        Ok(())
    }

    fn standing(&self, items: &[i64]) -> Result<Vec<StandingRow>> {
        self.spill()?;
        super::rows::standing(&self.wire, items)
    }

    fn quoting(&self, bytes: &[u8]) -> Result<Vec<i64>> {
        let found = self.ask("SELECT item FROM content WHERE position($1 IN body) > 0 ORDER BY item", &[&bytes])?;
        Ok(found.iter().map(|row| row.get(0)).collect())
    }

    fn paused(&self, item: i64) -> Result<Option<(i64, i64)>> {
        let found = self.ask("SELECT at, due FROM paused WHERE item = $1", &[&item])?;
        Ok(found.first().map(|row| (row.get(0), row.get(1))))
    }

    fn put_paused(&self, item: i64, paused: Option<(i64, i64, &str)>) -> Result<()> {
        match paused {
            Some((at, due, why)) => self.rarely(
                "INSERT INTO paused VALUES ($1, $2, $3, $4) ON CONFLICT (item) DO UPDATE SET
                 at = excluded.at, due = excluded.due, why = excluded.why",
                vec![boxed(item), boxed(at), boxed(due), boxed(why.to_owned())],
            ),
            None => self.rarely("DELETE FROM paused WHERE item = $1", vec![boxed(item)]),
        }
    }
}
