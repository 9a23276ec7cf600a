//! What a moderator used last, kept beside the queue from one day to the next.

use crate::desk::Recent;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// The file of a moderator. A name may hold what no file's name may, so it stands there in hex.
pub fn place(folder: &Path, who: &str) -> PathBuf {
    let name: String = who.bytes().take(100).map(|byte| format!("{byte:02x}")).collect();
    folder.join(format!("recent-{name}.json"))
}

/// What is kept; nothing where there is no file, or one that cannot be read: nobody is stopped by that.
pub fn read(place: &Path) -> Recent {
    fs::read(place).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

/// Keeps it whenever it changes, where there is a place for it.
pub fn keeper(place: Option<PathBuf>) -> Box<dyn Fn(&Recent)> {
    Box::new(move |recent| {
        if let Some(place) = &place
            && let Err(error) = write(place, recent)
        {
            tracing::warn!(%error, "what was used last could not be kept");
        }
    })
}

/// Forgets it.
pub fn forget(place: &Path) -> io::Result<()> {
    match fs::remove_file(place) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn write(place: &Path, recent: &Recent) -> io::Result<()> {
    let part = place.with_extension("part");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
    file.write_all(&serde_json::to_vec(recent)?)?;
    fs::rename(part, place)
}
