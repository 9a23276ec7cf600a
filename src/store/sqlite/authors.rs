//! The counted figures of authors.

use super::shelf::Rows;
use crate::store::Result;
use crate::store::keeper::shelf::AuthorShelf;

impl AuthorShelf for Rows {
    fn authored(&self, author: i64) -> Result<Vec<i64>> {
        self.all("SELECT seq FROM item WHERE author = ?1 ORDER BY seq", [author], |row| row.get(0))
    }

    fn forget_author(&self, author: i64) -> Result<()> {
        self.exec("DELETE FROM author WHERE id = ?1", [author]).map(drop)
    }

    fn add_author(&self, author: i64, items: i64) -> Result<()> {
        let sql = "INSERT INTO author VALUES (?1, ?2, 0, 0, NULL, NULL)
             ON CONFLICT (id) DO UPDATE SET items = items + excluded.items";
        self.exec(sql, (author, items)).map(drop)
    }

    fn count_author(&self, author: i64, decided: i64, removed: i64) -> Result<()> {
        let sql = "UPDATE author SET decided = decided + ?2, removed = removed + ?3 WHERE id = ?1";
        self.exec(sql, (author, decided, removed)).map(drop)
    }

    fn last_removal(&self, author: i64, policy: Option<&str>, at: i64) -> Result<()> {
        self.exec("UPDATE author SET policy = ?2, at = ?3 WHERE id = ?1", (author, policy, at)).map(drop)
    }
}
