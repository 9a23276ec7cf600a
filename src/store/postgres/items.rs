//! Items and their content.

use super::pages::Pages;
use super::pending::Body;
use super::read::{Reader, json};
use super::shelf::boxed;
use crate::store::engine::{Around, ItemReader};
use crate::store::keeper::lease::{ItemRow, SEALED};
use crate::store::keeper::settings::unknown_queue;
use crate::store::keeper::shelf::{ItemShelf, StandingRow};
use crate::store::listing::{Listed, ListedRow, Listing};
use crate::store::{Result, StoreError};
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

impl ItemReader for Reader {
    fn item_row(&self, id: &str) -> Result<Option<ItemRow>> {
        let sql = "SELECT seq, id, state, bucket, class, priority, revision, round, received, due, author, last
             FROM item WHERE id = $1";
        Ok(self.wire.one(sql, &[&id])?.map(|row| super::pages::item(&row, 0)))
    }

    fn around(&self, row: &ItemRow) -> Result<Around> {
        let sql = "SELECT q.body, o.body, b.lang, c.body, (SELECT until FROM lease WHERE item = $2) FROM bucket b
             JOIN queue q ON q.id = b.queue JOIN queue o ON o.id = b.origin JOIN content c ON c.item = $2
             WHERE b.id = $1";
        let found = self.wire.one(sql, &[&row.bucket, &row.seq])?;
        let found = found.ok_or_else(|| StoreError::Engine("an item's bucket is missing".into()))?;
        Ok(Around {
            queue: json(found.get(0))?,
            origin: json(found.get(1))?,
            lang: found.get(2),
            body: found.get(3),
            until: found.get(4),
        })
    }

    fn is_shut(&self, who: &str, author: i64) -> Result<bool> {
        let sql = "SELECT 1 FROM shut s JOIN person p ON p.id = s.person WHERE p.name = $1 AND s.author = $2";
        Ok(self.wire.one(sql, &[&who, &author])?.is_some())
    }

    fn picture_bytes(&self, hash: &str) -> Result<Option<Vec<u8>>> {
        let found = self.wire.one("SELECT body FROM picture_body WHERE hash = $1", &[&hash])?;
        Ok(found.map(|row| row.get(0)))
    }

    fn items(&mut self, listing: &Listing) -> Result<Vec<Listed>> {
        let queue = self.wire.one("SELECT id FROM queue WHERE name = $1", &[&listing.queue])?;
        let queue: i64 = queue.ok_or_else(|| unknown_queue(&listing.queue))?.get(0);
        let sql = "SELECT i.seq, i.state, i.round, i.received, i.due, b.lang, b.level, c.body, l.until FROM item i
             JOIN bucket b ON b.id = i.bucket JOIN content c ON c.item = i.seq LEFT JOIN lease l ON l.item = i.seq
             WHERE i.seq > $1 AND b.queue = $2 AND (i.state = 0 OR $3) ORDER BY i.seq LIMIT $4";
        let limit = i64::from(listing.limit);
        let found = self.wire.all(sql, &[&listing.after, &queue, &listing.all, &limit])?;
        let now = self.options.clock.now().wall.as_microsecond();
        let row = |row: &tokio_postgres::Row| ListedRow {
            place: row.get(0),
            state: row.get(1),
            round: row.get(2),
            received: row.get(3),
            due: row.get(4),
            lang: row.get(5),
            level: row.get(6),
            body: row.get(7),
            until: row.get(8),
        };
        found.iter().map(|found| row(found).listed(now)).collect()
    }
}
