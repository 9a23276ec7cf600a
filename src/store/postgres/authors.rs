//! The counted figures of authors.

use super::cache::RECENT;
use super::pages::Pages;
use crate::store::Result;
use crate::store::keeper::shelf::AuthorShelf;

const _: () = assert!(RECENT >= 5, "as many as are shown beside an item");

impl AuthorShelf for Pages {
    fn authored(&self, author: i64) -> Result<Vec<i64>> {
        let found = self.ask("SELECT seq FROM item WHERE author = $1 ORDER BY seq", &[&author])?;
        Ok(found.iter().map(|row| row.get(0)).collect())
    }

    fn forget_author(&self, author: i64) -> Result<()> {
        self.ask("DELETE FROM author WHERE id = $1 RETURNING 1", &[&author])?;
        self.cache.borrow_mut().authors.remove(&author);
        Ok(())
    }

    fn add_author(&self, author: i64, items: i64) -> Result<()> {
        self.cache.borrow_mut().authors.remove(&author);
        self.writing().authors.entry(author).or_default().items += items;
        Ok(())
    }

    fn count_author(&self, author: i64, decided: i64, removed: i64) -> Result<()> {
        if let Some(Some(Some(row))) = self.cache.borrow_mut().authors.get_mut(&author).map(|folder| &mut folder.row) {
            (row.decided, row.removed) = (row.decided + decided, row.removed + removed);
        }
        let mut pending = self.writing();
        let change = pending.authors.entry(author).or_default();
        (change.decided, change.removed) = (change.decided + decided, change.removed + removed);
        Ok(())
    }

    fn last_removal(&self, author: i64, policy: Option<&str>, at: i64) -> Result<()> {
        let code = policy.unwrap_or_default();
        if let Some(Some(Some(row))) = self.cache.borrow_mut().authors.get_mut(&author).map(|folder| &mut folder.row) {
            row.last = Some((code.to_owned(), at));
        }
        self.writing().authors.entry(author).or_default().last = Some((code.as_bytes().to_vec(), at));
        Ok(())
    }
}
