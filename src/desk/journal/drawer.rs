//! The journals of one moderator on one backend: one for every desk that is open at a time.
//!
//! A desk takes the first that no other desk has locked, and adopts what desks that are gone left in the others. So
//! a second desk never waits for the first, not even for one that is stopped, and nothing is left lying.

use super::{Entry, Journal, OnDisk, Slot, Title};
use crate::desk::JournalError;
use sha2::{Digest, Sha256};
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Desks of one moderator that can stand open at once on one data directory: one too many is told so.
const MOST: usize = 16;

/// Where the journals of one moderator on one backend lie.
pub struct Drawer {
    folder: PathBuf,
    stem: String,
    title: Title,
    mine: Option<usize>,
}

/// One journal, open and locked.
pub struct Opened {
    /// The journal.
    pub journal: Journal,
    /// The desk that it was laid out for.
    pub title: Title,
    /// What is in it.
    pub entries: Vec<(Slot, Entry<'static>)>,
}

impl Drawer {
    /// `folder` is made where it is missing; `title.desk` names the desk where a journal is fresh.
    pub fn new(folder: &Path, title: Title) -> Result<Self, JournalError> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(|error| JournalError::Unopened(format!("{}: {error}", folder.display())))?;
        let mut hash = Sha256::new();
        hash.update(title.moderator.as_bytes());
        hash.update([0]);
        hash.update(title.backend.as_bytes());
        let hash: String = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let readable: String =
            title.moderator.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(32).collect();
        Ok(Self { folder: folder.to_owned(), stem: format!("{readable}-{hash}"), title, mine: None })
    }

    /// The first journal that nobody has open: this desk's own.
    pub fn open(&mut self) -> Result<Opened, JournalError> {
        for number in 0..MOST {
            if let Some(opened) = self.try_one(number)? {
                self.mine = Some(number);
                return Ok(opened);
            }
        }
        Err(JournalError::Unopened(format!("{MOST} desks are open; close one of them")))
    }

    /// Other journals that no desk has open any more, and whether some desk still has one of them open.
    pub fn left_behind(&self) -> (Vec<Opened>, bool) {
        let (mut left, mut busy) = (Vec::new(), false);
        for number in (0..MOST).filter(|number| Some(*number) != self.mine) {
            if !self.path(number).exists() {
                continue;
            }
            match self.try_one(number) {
                Ok(Some(opened)) => left.push(opened),
                Ok(None) => busy = true,
                Err(error) => tracing::warn!(%error, number, "a journal left behind cannot be read"),
            }
        }
        (left, busy)
    }

    fn path(&self, number: usize) -> PathBuf {
        self.folder.join(format!("{}.{number}.journal", self.stem))
    }

    fn try_one(&self, number: usize) -> Result<Option<Opened>, JournalError> {
        let path = self.path(number);
        let name = path.display().to_string();
        let locked = OnDisk::lock(&path).map_err(|error| JournalError::Unopened(format!("{name}: {error}")))?;
        let Some(medium) = locked else { return Ok(None) };
        let opened = Journal::open(Arc::new(medium), &name, &self.title)?;
        if opened.title.moderator != self.title.moderator || opened.title.backend != self.title.backend {
            return Err(JournalError::NotAJournal(name));
        }
        Ok(Some(opened))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn title(moderator: &str, desk: &str) -> Title {
        Title { moderator: moderator.into(), backend: "here".into(), desk: desk.into() }
    }

    fn draft(item: &str) -> Vec<u8> {
        Entry::Draft { item: item.into(), draft: std::borrow::Cow::Owned(serde_json::json!({"note": "x"})) }.payload()
    }

    #[test]
    fn a_second_desk_has_a_journal_of_its_own_and_adopts_the_first_s_when_it_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let mut first = Drawer::new(folder.path(), title("ines", "one")).unwrap();
        let mut one = first.open().unwrap();
        one.journal.write(&draft("a:1")).unwrap();
        let mut second = Drawer::new(folder.path(), title("ines", "two")).unwrap();
        let two = second.open().unwrap();
        assert!(two.entries.is_empty());
        assert_eq!(two.title.desk, "two");
        let (left, busy) = second.left_behind();
        assert!(left.is_empty() && busy);
        drop(one);
        let (left, busy) = second.left_behind();
        assert!(!busy);
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].title.desk, "one", "the name of the desk that left it is known");
        assert_eq!(left[0].entries.len(), 1);
    }

    #[test]
    fn a_journal_is_its_owner_s_alone() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("journal");
        let _one = Drawer::new(&inner, title("ines", "one")).unwrap().open().unwrap();
        let _other = Drawer::new(&inner, title("../max", "two")).unwrap().open().unwrap();
        let files: Vec<_> = std::fs::read_dir(&inner).unwrap().map(|file| file.unwrap()).collect();
        assert_eq!(files.len(), 2, "a moderator's name never leads out of the folder, nor to another's journal");
        for file in files {
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_file_that_is_no_journal_is_named_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let mut drawer = Drawer::new(folder.path(), title("ines", "one")).unwrap();
        let path = drawer.path(0);
        std::fs::write(&path, "my diary, please keep".repeat(100)).unwrap();
        let Err(JournalError::NotAJournal(name)) = drawer.open() else { panic!("it must be refused") };
        assert!(name.contains("ines-"));
        assert!(std::fs::read_to_string(&path).unwrap().starts_with("my diary"));
    }
}
