//! What is on its way, safe against a crash at any moment.
//!
//! A journal is one small file of 512-byte blocks that are written beforehand, so that a decision is one overwrite
//! and one `fdatasync`, without a change of the file's length or extents (0.10 ms where an append takes 0.14). Every
//! entry lies in blocks of its own with its length, number and checksum:
//!
//! - it is there once [`Journal::write`] and a sync have returned, and a torn one counts as never written;
//! - it is gone once [`Journal::erase`] and a sync have returned: the blocks are zeroed at once, so that nothing of
//!   what was typed outlives its sending, and no log of "undone" marks has to be believed after a crash.
//!
//! An erasure of something settled needs no sync: come back, it is sent again under the same id, which the queue
//! answers with `already_recorded`. An undo is synced. A log with later compaction was rejected: at the pace of a
//! shift something is always held, so it would keep typed text for hours.

mod aside;
mod block;
mod drawer;
mod entry;
mod medium;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]
mod crash_tests;

pub use aside::Aside;
pub use drawer::{Drawer, Opened};
pub use entry::{Entry, Title};
pub use medium::{Medium, OnDisk};

use super::JournalError;
use block::{BLOCK, Read, blocks_of, frame, read};
use std::sync::Arc;

/// Blocks of a fresh journal: 64 KiB, some 60 held decisions. It grows for a batch and shrinks when that is settled.
/// Tests take 8 KiB, so that growing is as frequent as crashing.
const FRESH: usize = if cfg!(test) { 16 } else { 128 };

/// Where an entry lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its number: later entries have higher ones, across restarts.
    pub seq: u64,
    first: usize,
    blocks: usize,
}

/// One journal file. Writing and erasing change it; only [`Medium::sync`] makes that durable, and may be called
/// without holding the journal.
pub struct Journal {
    medium: Arc<dyn Medium>,
    used: Vec<bool>,
    title_blocks: usize,
    next_seq: u64,
}

impl Journal {
    /// Opens what is there, or lays out a fresh one, and answers its title and live entries in the order they were
    /// written. `name` is for error messages, `title` for a fresh journal.
    pub fn open(medium: Arc<dyn Medium>, name: &str, title: &Title) -> Result<Opened, JournalError> {
        let bytes = medium.read().map_err(|error| JournalError::Unopened(error.to_string()))?;
        let found = match read(&bytes, 0) {
            Read::Record { payload, blocks, .. } => {
                let title =
                    serde_json::from_slice::<Title>(payload).map_err(|_| JournalError::NotAJournal(name.to_owned()))?;
                Some((title, blocks))
            }
            Read::Newer => return Err(JournalError::Newer(name.to_owned())),
            Read::Free | Read::Torn => None,
        };
        // A crash while it was laid out leaves zeros and at most a torn title; anything else is somebody's file.
        let torn_title = bytes.len() <= 4 * BLOCK || bytes[4 * BLOCK..].iter().all(|byte| *byte == 0);
        let laid_out = bytes.first().is_none_or(|byte| *byte == 0 || *byte == block::MAGIC[0]);
        match found {
            Some((title, title_blocks)) => {
                let mut journal = Self { medium, used: vec![false; bytes.len() / BLOCK], title_blocks, next_seq: 1 };
                let entries = journal.scan(&bytes);
                Ok(Opened { journal, title, entries })
            }
            None if torn_title && laid_out => {
                let mut journal = Self { medium, used: Vec::new(), title_blocks: 0, next_seq: 1 };
                journal.lay_out(title).map_err(|error| match full(&error) {
                    true => JournalError::NoRoom,
                    false => JournalError::Unopened(error.to_string()),
                })?;
                Ok(Opened { journal, title: title.clone(), entries: Vec::new() })
            }
            None => Err(JournalError::NotAJournal(name.to_owned())),
        }
    }

    fn lay_out(&mut self, title: &Title) -> std::io::Result<()> {
        let payload = serde_json::to_vec(title)?;
        let record = frame(0, &payload);
        self.medium.write(0, &vec![0; FRESH * BLOCK])?;
        self.medium.sync_length()?;
        self.medium.write(0, &record)?;
        self.medium.sync()?;
        self.title_blocks = record.len() / BLOCK;
        self.used = vec![false; FRESH];
        self.used[..self.title_blocks].fill(true);
        Ok(())
    }

    fn scan(&mut self, bytes: &[u8]) -> Vec<(Slot, Entry<'static>)> {
        let mut entries = Vec::new();
        let mut at = self.title_blocks;
        self.used[..at.min(bytes.len() / BLOCK)].fill(true);
        while at < self.used.len() {
            at += match read(bytes, at) {
                Read::Record { payload, seq, blocks } => {
                    self.next_seq = self.next_seq.max(seq + 1);
                    let slot = Slot { seq, first: at, blocks };
                    match serde_json::from_slice(payload) {
                        Ok(entry) => {
                            self.used[at..at + blocks].fill(true);
                            entries.push((slot, entry));
                        }
                        Err(error) => {
                            // Whole but not understood: kept as it is, never overwritten.
                            self.used[at..at + blocks].fill(true);
                            tracing::warn!(seq, category = ?error.classify(), "a journal entry was not understood");
                        }
                    }
                    blocks
                }
                Read::Newer => {
                    self.used[at] = true;
                    1
                }
                Read::Torn => {
                    tracing::warn!(block = at, "a torn journal entry, never confirmed, was dropped");
                    1
                }
                Read::Free => 1,
            };
        }
        entries.sort_by_key(|(slot, _)| slot.seq);
        entries
    }

    /// Puts an entry into free blocks. Not durable before [`Medium::sync`] has returned; where it fails, nothing
    /// was taken.
    pub fn write(&mut self, payload: &[u8]) -> Result<Slot, JournalError> {
        let blocks = blocks_of(payload.len());
        let first = self.room(blocks)?;
        let slot = Slot { seq: self.next_seq, first, blocks };
        if let Err(error) = self.medium.write(offset(first), &frame(slot.seq, payload)) {
            let _ = self.medium.write(offset(first), &vec![0; blocks * BLOCK]);
            return Err(failed(&error));
        }
        self.next_seq += 1;
        self.used[first..first + blocks].fill(true);
        Ok(slot)
    }

    /// Zeroes an entry. Gone for good once [`Medium::sync`] has returned.
    pub fn erase(&mut self, slot: Slot) -> Result<(), JournalError> {
        let zeros = vec![0; slot.blocks * BLOCK];
        self.medium.write(offset(slot.first), &zeros).map_err(|error| failed(&error))?;
        self.used[slot.first..slot.first + slot.blocks].fill(false);
        Ok(())
    }

    /// Gives room back after a batch. The zeros are synced first: blocks cut off unsynced could come back with what
    /// had been taken back.
    pub fn tidy(&mut self) -> Result<(), JournalError> {
        if self.used.len() > FRESH && self.used[FRESH..].iter().all(|used| !used) {
            self.sync()?;
            self.medium.set_len(offset(FRESH)).map_err(|error| failed(&error))?;
            self.used.truncate(FRESH);
        }
        Ok(())
    }

    /// What to sync, apart from the journal so that nobody waits for it meanwhile.
    pub fn medium(&self) -> Arc<dyn Medium> {
        Arc::clone(&self.medium)
    }

    /// Syncs here and now.
    pub fn sync(&self) -> Result<(), JournalError> {
        self.medium.sync().map_err(|error| failed(&error))
    }

    /// The first run of free blocks; the file grows where there is none.
    fn room(&mut self, blocks: usize) -> Result<usize, JournalError> {
        let mut run = 0;
        for (at, used) in self.used.iter().enumerate() {
            run = if *used { 0 } else { run + 1 };
            if run == blocks {
                return Ok(at + 1 - blocks);
            }
        }
        let old = self.used.len();
        let new = (old * 2).max(old + blocks);
        // Zeros, not a hole: the blocks must have their place on the disk before a decision is promised one.
        let grown =
            self.medium.write(offset(old), &vec![0; (new - old) * BLOCK]).and_then(|()| self.medium.sync_length());
        if let Err(error) = grown {
            let _ = self.medium.set_len(offset(old));
            return Err(failed(&error));
        }
        self.used.resize(new, false);
        Ok(old - run)
    }
}

fn offset(block: usize) -> u64 {
    (block * BLOCK) as u64
}

fn full(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)
}

/// In the words of the door.
pub(super) fn failed(error: &std::io::Error) -> JournalError {
    if full(error) { JournalError::Full } else { JournalError::Io(error.to_string()) }
}
