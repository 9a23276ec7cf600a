//! Where `moddesk login` has signed in last, so that the desk opens there without being told again.

use super::paths::usual_config_dir;
use std::fs;
use std::io;
use std::path::PathBuf;

/// Longer than any address; a larger file is some other file.
const MOST: usize = 2_048;

fn place() -> Option<PathBuf> {
    Some(usual_config_dir()?.join("server"))
}

/// The server that was signed in at last.
pub fn kept() -> Option<String> {
    let text = fs::read_to_string(place()?).ok().filter(|text| text.len() <= MOST)?;
    Some(text.trim().to_owned()).filter(|url| !url.is_empty())
}

/// Remembers the server, or with `None` forgets it.
///
/// # Errors
/// Where the folder cannot be written to.
pub fn keep(url: Option<&str>) -> io::Result<()> {
    let Some(place) = place() else { return Ok(()) };
    match url {
        Some(url) => {
            if let Some(folder) = place.parent() {
                super::paths::private_folder(folder)?;
            }
            fs::write(place, format!("{url}\n"))
        }
        None => match fs::remove_file(place) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        },
    }
}
