//! What an item is found again by among a million: the hash of its words, their sketch, and where its links lead.
//!
//! These lie in blocks of some 2,000 items, 40 bytes each, written in order of arrival: an import adds one row to its
//! commit where an index by text, link and bands of sketches would write ten at random places. A search reads all
//! blocks in order, which for a million items is 40 MB from the page cache. Entries of what is decided stay until most
//! of their block is; whoever finds one looks at its item, so they cost time and never a wrong answer.

use super::Keeper;
use super::lease::LIVE;
use super::shelf::Shelf;
use crate::moderation::Item;
use crate::store::Result;
use crate::text::likeness::Likeness;
use crate::text::{Untrusted, links};
use std::collections::{HashMap, HashSet};
use std::num::NonZeroU64;

/// Bytes an entry.
const WIDTH: usize = 40;
/// A block with fewer entries is small,
const SMALL: usize = 512;
/// and so many small ones are written anew as one.
const MANY: usize = 64;
/// A block has so many entries at most.
const BLOCK: usize = 4_096;
/// So many entries of a block tell whether it is worth looking at all of them.
const SAMPLE: usize = 16;

/// One entry. Only the newest revision of an item counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Kin {
    pub item: i64,
    pub revision: u16,
    pub like: Likeness,
    /// The first two places that its links lead to, hashed; 0 where there is none.
    pub links: [u32; 2],
}

/// The words that tell whether two items say the same.
pub(in crate::store) fn words(item: &Item) -> impl Iterator<Item = &str> {
    [&item.title, &item.text].into_iter().flatten().map(Untrusted::raw)
}

/// Under which number a thread is found again.
pub(in crate::store) fn thread_of(item: &Item) -> Option<i64> {
    item.subject.as_ref()?.id.as_deref().map(super::import::key_of)
}

impl Kin {
    /// What an item is found by; its number is given when it is taken in.
    pub(in crate::store) fn of(item: &Item) -> Self {
        let mut to = [0; 2];
        let texts = [&item.title, &item.text].into_iter().flatten();
        let mut places: Vec<u32> = texts.flat_map(links::targets).map(|target| place(&target)).collect();
        places.dedup();
        for (kept, found) in to.iter_mut().zip(places) {
            *kept = found;
        }
        let revision = revision(i64::from(item.revision));
        Self { item: 0, revision, like: Likeness::of(words(item)), links: to }
    }

    /// Whether a link of one leads where a link of the other does.
    pub(in crate::store) fn links_meet(&self, other: &Self) -> bool {
        self.links.iter().any(|place| *place != 0 && other.links.contains(place))
    }
}

/// As entries have it.
pub(in crate::store) fn revision(revision: i64) -> u16 {
    (revision & 0xffff) as u16
}

fn place(target: &str) -> u32 {
    let hash = target
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    ((hash ^ hash >> 32) as u32).max(1)
}

impl Kin {
    /// One entry, as a block of its own.
    pub(in crate::store) fn alone(self) -> Vec<u8> {
        pack(&[self])
    }
}

/// Entries as they lie in a block: the lowest number, then each.
fn pack(kin: &[Kin]) -> Vec<u8> {
    let base = kin.iter().map(|one| one.item).min().unwrap_or(0);
    let mut body = Vec::with_capacity(8 + kin.len() * WIDTH);
    body.extend_from_slice(&base.to_le_bytes());
    for one in kin {
        let above = u32::try_from(one.item - base).expect("a block never spans four thousand million items");
        body.extend_from_slice(&above.to_le_bytes());
        body.extend_from_slice(&one.links[0].to_le_bytes());
        body.extend_from_slice(&one.links[1].to_le_bytes());
        body.extend_from_slice(&one.revision.to_le_bytes());
        body.extend_from_slice(&one.like.pieces.to_le_bytes());
        body.extend_from_slice(&one.like.same.map_or(0, NonZeroU64::get).to_le_bytes());
        body.extend_from_slice(&one.like.sketch.to_le_bytes());
    }
    body
}

/// The entries of a block, in order.
pub(in crate::store) fn unpack(body: &[u8]) -> impl Iterator<Item = Kin> {
    let (base, rest) = body.split_at(body.len().min(8));
    let base = base.try_into().map_or(0, i64::from_le_bytes);
    rest.chunks_exact(WIDTH).map(move |entry| {
        let u32_at = |at: usize| u32::from_le_bytes(entry[at..at + 4].try_into().expect("four bytes"));
        let u16_at = |at: usize| u16::from_le_bytes(entry[at..at + 2].try_into().expect("two bytes"));
        Kin {
            item: base + i64::from(u32_at(0)),
            links: [u32_at(4), u32_at(8)],
            revision: u16_at(12),
            like: Likeness {
                pieces: u16_at(14),
                same: NonZeroU64::new(u64::from_le_bytes(entry[16..24].try_into().expect("eight bytes"))),
                sketch: u128::from_le_bytes(entry[24..40].try_into().expect("sixteen bytes")),
            },
        }
    })
}

impl<S: Shelf> Keeper<S> {
    /// Keeps entries as a block of their own, and looks after the older ones a little.
    pub(in crate::store) fn keep_kin(&mut self, kin: &[Kin]) -> Result<()> {
        for part in kin.chunks(BLOCK) {
            self.put_kin(part)?;
        }
        let small: Vec<i64> = self.hot.kin.iter().filter(|(_, n)| *n < SMALL).map(|(id, _)| *id).collect();
        if small.len() >= MANY {
            self.gather(&small)?;
            // One block more has come of it: two are looked at, so that with time there are fewer.
            self.tend()?;
            self.tend()?;
        } else if kin.len() >= SMALL {
            self.tend()?;
        }
        Ok(())
    }

    fn put_kin(&mut self, kin: &[Kin]) -> Result<()> {
        let id = self.hot.kin.last().map_or(1, |(id, _)| id + 1);
        self.shelf.put_kin(id, kin.len(), pack(kin))?;
        self.hot.kin.push((id, kin.len()));
        Ok(())
    }

    /// The newest stays until another came: a number is never given twice, so that a block read once is known.
    fn drop_kin(&mut self, id: i64) -> Result<()> {
        if self.hot.kin.last().is_some_and(|(last, _)| *last == id) {
            return Ok(());
        }
        self.shelf.drop_kin(id)?;
        self.hot.kin.retain(|(there, _)| *there != id);
        Ok(())
    }

    /// Writes small blocks anew as large ones. What is dead among them goes when its block is tended: most of it came
    /// a moment ago, and an import must not wait for a look at every one.
    fn gather(&mut self, small: &[i64]) -> Result<()> {
        let all: Vec<Kin> = self.shelf.kin(small)?.iter().flat_map(|block| unpack(block)).collect();
        for part in all.chunks(BLOCK) {
            self.put_kin(part)?;
        }
        for id in small {
            self.drop_kin(*id)?;
        }
        Ok(())
    }

    fn block(&self, id: i64) -> Result<Vec<Kin>> {
        Ok(self.shelf.kin(&[id])?.iter().flat_map(|block| unpack(block)).collect())
    }

    /// Looks at one older block in turn: where most of it is decided, the rest is written anew.
    fn tend(&mut self) -> Result<()> {
        let Some((id, _)) = self.hot.kin.get(self.hot.tended % self.hot.kin.len().max(1)).copied() else {
            return Ok(());
        };
        self.hot.tended += 1;
        let block = self.block(id)?;
        let step = (block.len() / SAMPLE).max(1);
        let sample: Vec<Kin> = block.iter().step_by(step).copied().collect();
        let looked = sample.len();
        if self.living(sample)?.len() * 2 > looked {
            return Ok(());
        }
        let living = self.living(block)?;
        if !living.is_empty() {
            self.put_kin(&living)?;
        }
        self.drop_kin(id)
    }

    /// Those whose item can still be decided, at the revision it has.
    fn living(&self, mut kin: Vec<Kin>) -> Result<Vec<Kin>> {
        let items: Vec<i64> = kin.iter().map(|one| one.item).collect();
        let there: HashMap<i64, u16> = self
            .shelf
            .standing(&items)?
            .into_iter()
            .filter(|row| row.state == LIVE)
            .map(|row| (row.seq, revision(row.revision)))
            .collect();
        kin.retain(|one| there.get(&one.item) == Some(&one.revision));
        Ok(kin)
    }

    /// What was erased is found by nothing any more: the hash and the sketch of its words leave their blocks.
    pub(in crate::store) fn forget_kin(&mut self, items: &HashSet<i64>) -> Result<()> {
        for (id, _) in self.hot.kin.clone() {
            let block = self.block(id)?;
            let left: Vec<Kin> = block.iter().filter(|one| !items.contains(&one.item)).copied().collect();
            if left.len() < block.len() {
                self.put_kin(&left)?;
                self.drop_kin(id)?;
            }
        }
        Ok(())
    }

    /// An item that was decided lives again: its entry may be gone.
    pub(in crate::store) fn keep_kin_of(&mut self, seq: i64, item: &Item) -> Result<()> {
        self.keep_kin(&[Kin { item: seq, ..Kin::of(item) }])
    }

    /// Makes entries for what came in before there were any.
    pub(in crate::store) fn find_kin(&mut self) -> Result<()> {
        const AT_ONCE: i64 = 2_000;
        if !self.hot.kin.is_empty() || self.hot.next_item == 1 || self.shelf.meta(FOUND)?.is_some() {
            return Ok(());
        }
        let mut from = 1;
        while from < self.hot.next_item {
            let items: Vec<i64> = (from..(from + AT_ONCE).min(self.hot.next_item)).collect();
            let mut kin = Vec::new();
            for row in self.shelf.standing(&items)? {
                let item = self.content(row.seq)?;
                if let Some(thread) = thread_of(&item) {
                    self.shelf.add_to_thread(thread, row.seq)?;
                }
                if row.state == LIVE {
                    kin.push(Kin { item: row.seq, ..Kin::of(&item) });
                }
            }
            if !kin.is_empty() {
                self.put_kin(&kin)?;
            }
            from += AT_ONCE;
        }
        self.shelf.put_meta(FOUND, "1")
    }
}

/// That older items were looked through once.
const FOUND: &str = "kin";

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn item(text: &str) -> Item {
        serde_json::from_value(json!({"id": "a", "revision": 3, "text": text})).expect("an item")
    }

    #[test]
    fn links_meet_however_they_are_written() {
        let one = Kin::of(&item("voir https://www.Evil.com/offre/ et http://autre.fr"));
        let two = Kin::of(&item("evil.com/offre vite"));
        assert!(one.links_meet(&two) && two.links_meet(&one));
        assert!(!Kin::of(&item("sans lien")).links_meet(&Kin::of(&item("ni ici"))));
    }

    proptest! {
        #[test]
        fn what_is_packed_is_unpacked(
            entries in proptest::collection::vec((1..u32::MAX, any::<(u16, u16, u64, u128, u32, u32)>()), 0..40),
        ) {
            let kin: Vec<Kin> = entries
                .into_iter()
                .map(|(item, (revision, pieces, same, sketch, one, two))| Kin {
                    item: i64::from(item) + 7_000_000_000,
                    revision,
                    like: Likeness { same: NonZeroU64::new(same), sketch, pieces },
                    links: [one, two],
                })
                .collect();
            prop_assert_eq!(unpack(&pack(&kin)).collect::<Vec<_>>(), kin);
        }
    }
}
