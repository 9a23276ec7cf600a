//! The bytes of pictures, beside the queue's file: one file each, named by its hash, readable by its owner alone.
//!
//! What must stay true: a file comes only while some item names it, under the writer's lock, and goes only under that
//! lock after no item does; so an import beside a desk never loses what it has just brought.

use super::error::of_folder;
use super::shelf::Rows;
use crate::store::keeper::shelf::PictureShelf;
use crate::store::{Result, StoreError};
use std::cell::Cell;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// The folder beside the queue's file.
pub const FOLDER: &str = "pictures";

/// Where the bytes of pictures lie.
pub(super) struct Pictures {
    folder: PathBuf,
    /// Some are to go. Unknown at first: a crash may have left some.
    go: Cell<bool>,
}

impl Pictures {
    /// Those of the queue in this file.
    pub(super) fn beside(queue: &Path) -> Self {
        let folder = queue.parent().unwrap_or_else(|| Path::new(".")).join(FOLDER);
        Self { folder, go: Cell::new(true) }
    }

    /// Some are to go after the commit.
    pub(super) fn some_go(&self) {
        self.go.set(true);
    }

    /// Whether some were to go since this was last asked.
    pub(super) fn any_go(&self) -> bool {
        self.go.take()
    }

    /// The bytes of one, where they are kept.
    pub(super) fn bytes(&self, hash: &str) -> Result<Option<Vec<u8>>> {
        match fs::read(self.place(hash)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::Engine(error.kind().to_string())),
        }
    }

    fn place(&self, hash: &str) -> PathBuf {
        self.folder.join(&hash[..2]).join(hash)
    }

    fn take_away(&self, hash: &str) -> io::Result<()> {
        match fs::remove_file(self.place(hash)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Bytes on disk, synced, that are not in their place yet. Dropped, they are gone.
pub(super) struct Staged {
    from: PathBuf,
    to: PathBuf,
}

impl Staged {
    /// Writes them beside their place, on the caller's time.
    pub(super) fn write(queue: &Path, hash: &str, bytes: &[u8]) -> Result<Self> {
        static N: AtomicU64 = AtomicU64::new(0);
        let to = Pictures::beside(queue).place(hash);
        let n = N.fetch_add(1, Ordering::Relaxed);
        let staged = Self { from: to.with_extension(format!("{}-{n}", std::process::id())), to };
        staged.store(bytes).map_err(|error| of_folder(&error))?;
        Ok(staged)
    }

    fn store(&self, bytes: &[u8]) -> io::Result<()> {
        let folder = self.to.parent().expect("a picture lies in a folder");
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&self.from)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    /// Puts them in their place.
    pub(super) fn settle(&self) -> Result<()> {
        let folder = self.to.parent().expect("a picture lies in a folder");
        fs::rename(&self.from, &self.to)
            .and_then(|()| File::open(folder)?.sync_all())
            .map_err(|error| of_folder(&error))
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.from);
    }
}

impl Rows {
    /// Takes away the files that no item names any more, in a transaction of its own so that nothing comes meanwhile.
    pub(super) fn sweep_pictures(&self) -> Result<()> {
        let gone: Vec<String> = self.all("SELECT hash FROM picture_gone", [], |row| row.get(0))?;
        if gone.is_empty() {
            return Ok(());
        }
        self.exec("BEGIN IMMEDIATE", ())?;
        let swept = gone.iter().try_for_each(|hash| {
            if !self.is_picture_named(hash)? {
                self.pictures.take_away(hash).map_err(|error| StoreError::Engine(error.kind().to_string()))?;
            }
            self.exec("DELETE FROM picture_gone WHERE hash = ?1", [hash]).map(drop)
        });
        match swept.and_then(|()| self.exec("COMMIT", ()).map(drop)) {
            Ok(()) => Ok(()),
            Err(error) => {
                let _ = self.conn.execute_batch("ROLLBACK");
                Err(error)
            }
        }
    }
}

impl PictureShelf for Rows {
    fn name_picture(&self, hash: &str, item: i64) -> Result<()> {
        self.exec("INSERT OR IGNORE INTO picture VALUES (?1, ?2)", (hash, item)).map(drop)
    }

    fn unname_picture(&self, hash: &str, item: i64) -> Result<()> {
        self.exec("DELETE FROM picture WHERE hash = ?1 AND item = ?2", (hash, item)).map(drop)
    }

    fn is_picture_named(&self, hash: &str) -> Result<bool> {
        Ok(self.one("SELECT 1 FROM picture WHERE hash = ?1 LIMIT 1", [hash], |row| row.get::<_, i64>(0))?.is_some())
    }

    fn drop_picture(&self, hash: &str) -> Result<()> {
        self.pictures.some_go();
        self.exec("INSERT OR IGNORE INTO picture_gone VALUES (?1)", [hash]).map(drop)
    }
}
