//! The moderator's own check-ins: a file of their own on the machine they sit at, which no queue and no server ever
//! reads. What somebody else is to see of it, the moderator prints and hands over, entry by entry.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// One day's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckIn {
    /// When.
    pub at: Timestamp,
    /// From 1, low, to 5, good.
    pub mood: u8,
    /// From 1, light, to 5, heavy.
    pub load: u8,
}

/// The file of a moderator.
pub fn place(folder: &Path, who: &str) -> PathBuf {
    let name: String = who.bytes().take(100).map(|byte| format!("{byte:02x}")).collect();
    folder.join(format!("check-ins-{name}.jsonl"))
}

/// Everything in it, the oldest first. A line that was cut off is left out.
pub fn read(place: &Path) -> Vec<CheckIn> {
    let text = fs::read_to_string(place).unwrap_or_default();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// Adds one.
pub fn add(place: &Path, one: &CheckIn) -> io::Result<()> {
    let mut line = serde_json::to_vec(one)?;
    line.push(b'\n');
    let mut file = OpenOptions::new().append(true).create(true).mode(0o600).open(place)?;
    file.write_all(&line)?;
    file.sync_all()
}

/// Forgets all of it.
pub fn forget(place: &Path) -> io::Result<()> {
    match fs::remove_file(place) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn what_is_added_is_read_by_its_owner_alone_and_forgotten_on_request() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = place(folder.path(), "inès/../x");
        assert_eq!(place.parent(), Some(folder.path()), "a name stays in its folder");
        let one = CheckIn { at: "2026-11-22T08:00:00Z".parse().expect("a time"), mood: 4, load: 2 };
        add(&place, &one).expect("added");
        add(&place, &CheckIn { mood: 1, ..one }).expect("added");
        fs::write(&place, [fs::read(&place).expect("read"), b"{\"at\": \"20".to_vec()].concat()).expect("written");
        assert_eq!(read(&place).iter().map(|one| one.mood).collect::<Vec<_>>(), [4, 1]);
        assert_eq!(fs::metadata(&place).expect("there").permissions().mode() & 0o777, 0o600);
        forget(&place).expect("gone");
        forget(&place).expect("twice is the same");
        assert_eq!(read(&place), []);
    }
}
