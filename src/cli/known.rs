//! What is kept of the last sign-in at a team's server, so that the desk opens on a dead line too.

use crate::team::client::Known;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Where: one a data directory, since a desk has one server at a time.
pub fn place(folder: &Path) -> PathBuf {
    folder.join("signed-in.json")
}

/// What is kept; nothing where there is no file, or one that cannot be read: nobody is stopped by that.
pub fn read(place: &Path) -> Option<Known> {
    serde_json::from_slice(&fs::read(place).ok()?).ok()
}

/// Keeps it, for its owner alone.
pub fn keep(place: &Path, known: &Known) -> io::Result<()> {
    if read(place).as_ref() == Some(known) {
        return Ok(());
    }
    let part = place.with_extension("part");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
    file.write_all(&serde_json::to_vec(known)?)?;
    fs::rename(part, place)
}
