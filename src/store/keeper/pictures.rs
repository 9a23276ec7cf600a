//! Pictures: kept by the hash of their bytes for as long as some item names it, and gone in the transaction in which
//! the last one stops to.

use super::Keeper;
use super::shelf::Shelf;
use crate::moderation::Item;
use crate::moderation::item::Medium;
use crate::store::Result;
use std::collections::BTreeSet;

/// The pictures that an item names.
pub(in crate::store) fn named_by(item: &Item) -> BTreeSet<String> {
    if item.sealed.is_some() {
        return BTreeSet::new();
    }
    item.media.iter().filter_map(Medium::hash).collect()
}

impl<S: Shelf> Keeper<S> {
    /// An item names these now; what it alone named before goes.
    pub(in crate::store) fn name_pictures(
        &mut self,
        item: i64,
        before: &BTreeSet<String>,
        now: &BTreeSet<String>,
    ) -> Result<()> {
        for hash in now {
            self.shelf.name_picture(hash, item)?;
        }
        for hash in before.difference(now) {
            self.shelf.unname_picture(hash, item)?;
            if !self.shelf.is_picture_named(hash)? {
                self.shelf.drop_picture(hash)?;
                self.erased = true;
            }
        }
        Ok(())
    }

    /// Puts the bytes of a picture in their place, where an item names it; answers whether one does.
    pub(in crate::store) fn put_picture(&self, hash: &str, put: impl FnOnce(&S) -> Result<()>) -> Result<bool> {
        let named = self.shelf.is_picture_named(hash)?;
        if named {
            put(&self.shelf)?;
        }
        Ok(named)
    }
}
