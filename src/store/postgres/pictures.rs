//! The bytes of pictures, kept in the database beside the items that name them.

use super::pages::Pages;
use super::shelf::boxed;
use crate::store::Result;
use crate::store::keeper::shelf::PictureShelf;

impl PictureShelf for Pages {
    fn name_picture(&self, hash: &str, item: i64) -> Result<()> {
        let sql = "INSERT INTO picture VALUES ($1, $2) ON CONFLICT DO NOTHING";
        self.rarely(sql, vec![boxed(hash.to_owned()), boxed(item)])
    }

    fn unname_picture(&self, hash: &str, item: i64) -> Result<()> {
        let sql = "DELETE FROM picture WHERE hash = $1 AND item = $2";
        self.rarely(sql, vec![boxed(hash.to_owned()), boxed(item)])
    }

    fn is_picture_named(&self, hash: &str) -> Result<bool> {
        Ok(!self.ask("SELECT 1 FROM picture WHERE hash = $1 LIMIT 1", &[&hash])?.is_empty())
    }

    fn drop_picture(&self, hash: &str) -> Result<()> {
        self.rarely("DELETE FROM picture_body WHERE hash = $1", vec![boxed(hash.to_owned())])
    }
}

impl Pages {
    /// Keeps the bytes of a picture; the same twice is the same.
    pub(super) fn put_picture(&self, hash: &str, bytes: &[u8]) -> Result<()> {
        let sql = "INSERT INTO picture_body VALUES ($1, $2) ON CONFLICT DO NOTHING";
        self.rarely(sql, vec![boxed(hash.to_owned()), boxed(bytes.to_vec())])
    }
}
