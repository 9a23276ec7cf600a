//! What is in hands now, and what was.

use super::pages::Pages;
use super::shelf::boxed;
use crate::store::Result;
use crate::store::keeper::hot::Lease;
use crate::store::keeper::lease::ItemRow;
use crate::store::keeper::shelf::{Hand, ItemShelf, LeaseShelf};

impl LeaseShelf for Pages {
    fn put_lease(&self, lease: &Lease) -> Result<()> {
        self.cache.borrow_mut().held.insert(lease.item);
        self.writing().leases.insert(lease.item, Some(lease.clone()));
        Ok(())
    }

    fn drop_lease(&self, item: i64) -> Result<()> {
        self.cache.borrow_mut().held.remove(&item);
        self.writing().leases.insert(item, None);
        Ok(())
    }

    fn prolong(&self, lease: &Lease) -> Result<()> {
        self.writing().leases.insert(lease.item, Some(lease.clone()));
        Ok(())
    }

    fn hand(&self, person: i64, item: i64) -> Result<Option<Hand>> {
        self.fetch(&[item])?;
        self.fetch_hands(&[item])?;
        let cache = self.cache.borrow();
        let hands = cache.folders.get(&item).and_then(|folder| folder.hands.as_ref());
        let hand = hands.and_then(|hands| hands.iter().find(|(who, _)| *who == person));
        Ok(hand.map(|(_, hand)| Hand { round: hand.round, revision: hand.revision, booked: hand.booked.clone() }))
    }

    fn hand_over(&self, person: i64, row: &ItemRow, at: i64) -> Result<()> {
        self.with_hand(person, row, |hand, known| {
            if !known {
                hand.at = at;
            } else if hand.revision != row.revision {
                (hand.booked, hand.sight) = (None, None);
            }
            (hand.round, hand.revision) = (row.round, row.revision);
        })
    }

    fn book(&self, person: i64, row: &ItemRow, at: i64, booked: &str, sight: Option<&str>) -> Result<()> {
        self.with_hand(person, row, |hand, _| {
            if let Some(sight) = sight {
                hand.sight = Some(sight.to_owned());
            } else if hand.revision != row.revision {
                hand.sight = None;
            }
            (hand.revision, hand.at, hand.booked) = (row.revision, at, Some(booked.to_owned()));
        })
    }

    fn forget_round(&self, person: i64, item: i64) -> Result<()> {
        match self.item_by_seq(item)? {
            Some(row) => self.with_hand(person, &row, |hand, _| hand.round = 0),
            None => Ok(()),
        }
    }

    fn forget_looks(&self, before: i64, most: u32) -> Result<u64> {
        let sql = "SELECT item, person FROM hand WHERE at < $1 AND (sight IS NOT NULL OR booked IS NOT NULL) LIMIT $2";
        let old: Vec<(i64, i64)> =
            self.ask(sql, &[&before, &i64::from(most)])?.iter().map(|row| (row.get(0), row.get(1))).collect();
        for (item, person) in &old {
            let sql = "UPDATE hand SET sight = NULL, booked = NULL WHERE item = $1 AND person = $2";
            self.rarely(sql, vec![boxed(*item), boxed(*person)])?;
        }
        let mut cache = self.cache.borrow_mut();
        let hands = cache.folders.values_mut().flat_map(|folder| folder.hands.iter_mut().flatten());
        for (_, hand) in hands.filter(|(_, hand)| hand.at < before) {
            (hand.sight, hand.booked) = (None, None);
        }
        Ok(old.len() as u64)
    }
}
