//! What a journal lies on.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::{FileExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// The few things a journal needs of a file; a test puts a disk that can crash in its place.
pub trait Medium: Send + Sync {
    /// All of it.
    fn read(&self) -> io::Result<Vec<u8>>;
    /// Overwrites, and lengthens where it ends beyond.
    fn write(&self, at: u64, bytes: &[u8]) -> io::Result<()>;
    /// Makes what was written durable.
    fn sync(&self) -> io::Result<()>;
    /// The same with the file's length.
    fn sync_length(&self) -> io::Result<()>;
    /// Shortens.
    fn set_len(&self, len: u64) -> io::Result<()>;
    /// Lets another desk have it; nothing is written any more.
    fn unlock(&self) {}
}

/// A file that only its owner can read, locked as long as it is open.
pub struct OnDisk(File);

impl OnDisk {
    /// Opens or makes it. `None` when another desk has it open.
    pub fn lock(path: &Path) -> io::Result<Option<Self>> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => return Ok(None),
            Err(std::fs::TryLockError::Error(error)) => return Err(error),
        }
        if file.metadata()?.permissions().mode() & 0o077 != 0 {
            file.set_permissions(Permissions::from_mode(0o600))?;
        }
        Ok(Some(Self(file)))
    }
}

impl Medium for OnDisk {
    fn read(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut file = &self.0;
        file.seek(SeekFrom::Start(0))?;
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn write(&self, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all_at(bytes, at)
    }

    fn sync(&self) -> io::Result<()> {
        self.0.sync_data()
    }

    fn sync_length(&self) -> io::Result<()> {
        self.0.sync_all()
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }

    fn unlock(&self) {
        if let Err(error) = self.0.unlock() {
            tracing::warn!(%error, "a journal stays locked until its desk is closed");
        }
    }
}
