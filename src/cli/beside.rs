//! Pictures beside an imported file: looked at before their item goes in, copied after it is in.
//!
//! Each is read twice, once to know it and once to copy it, so that a file of a thousand of them is never held. What
//! is wrong with one is told with its line; the item goes in all the same.

use super::taker::Taker;
use crate::desk::picture::apart::{decode_apart, program};
use crate::desk::picture::{MAX_FILE, Room, Step, Unfit};
use crate::moderation::intake::{Incoming, RefusedLine};
use crate::moderation::item::Medium;
use crate::store::audit::hex;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// A picture to be copied once its item is in.
pub struct Found {
    line: u64,
    /// As the item names it.
    name: String,
    file: PathBuf,
    hash: String,
}

/// Why a file is not copied; its display follows the file's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
enum Not {
    #[error("there is no such file beside the imported one")]
    Missing,
    #[error("it lies outside the folder of the imported file; put it beside it")]
    Outside,
    #[error("it cannot be read; check who owns it")]
    Unreadable,
    #[error("it is not the file whose sha256 is given")]
    Changed,
    #[error("only pictures are kept; it is judged by its description")]
    NoPicture,
    #[error(transparent)]
    Unfit(#[from] Unfit),
}

/// The folder of an imported file, and what is known of the pictures in it.
pub struct Beside {
    folder: Option<PathBuf>,
    program: PathBuf,
    looked: HashMap<String, Result<(), Unfit>>,
}

impl Beside {
    /// Beside this file; standard input stands in the folder in which the command runs.
    pub fn of(file: &Path) -> Self {
        let folder = match file.parent() {
            _ if file == Path::new("-") => Path::new("."),
            None => Path::new("."),
            Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
            Some(folder) => folder,
        };
        Self { folder: folder.canonicalize().ok(), program: program(), looked: HashMap::new() }
    }

    /// Looks at what an item names, and notes the hash of each picture that can be kept. What cannot is named.
    pub fn look(&mut self, incoming: &mut Incoming, found: &mut Vec<Found>, not: &mut Vec<RefusedLine>) {
        let line = incoming.line;
        if incoming.item.sealed.is_some() {
            return;
        }
        for medium in &mut incoming.item.media {
            let Some(name) = medium.path.clone() else { continue };
            match self.picture(medium, &name) {
                Ok((file, hash)) => {
                    medium.sha256 = Some(hash.clone());
                    found.push(Found { line, name, file, hash });
                }
                Err(why) => not.push(told(line, &name, why)),
            }
        }
    }

    fn picture(&mut self, medium: &Medium, name: &str) -> Result<(PathBuf, String), Not> {
        if !medium.is_picture() {
            return Err(Not::NoPicture);
        }
        let file = self.place(name)?;
        let bytes = read(&file)?;
        let hash = hex(&Sha256::digest(&bytes));
        if medium.sha256.is_some() && medium.hash().as_ref() != Some(&hash) {
            return Err(Not::Changed);
        }
        let program = &self.program;
        let looked = self
            .looked
            .entry(hash.clone())
            .or_insert_with(|| decode_apart(program, &bytes, Step::Blurred, Room { width: 8, height: 8 }).map(drop));
        (*looked)?;
        Ok((file, hash))
    }

    /// An item is somebody else's word: it names nothing outside the folder of its file, by no way round.
    fn place(&self, name: &str) -> Result<PathBuf, Not> {
        let folder = self.folder.as_ref().ok_or(Not::Missing)?;
        let relative = Path::new(name);
        if !relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
            return Err(Not::Outside);
        }
        let file = folder.join(relative).canonicalize().map_err(|_| Not::Missing)?;
        if file.starts_with(folder) { Ok(file) } else { Err(Not::Outside) }
    }
}

/// Copies what was found to where the items went. What has changed since is named.
pub async fn copy(taker: &Taker, found: Vec<Found>, not: &mut Vec<RefusedLine>) -> anyhow::Result<u64> {
    let mut copied = 0;
    for Found { line, name, file, hash } in found {
        match read(&file) {
            Ok(bytes) if hex(&Sha256::digest(&bytes)) == hash => {
                // Not named there: its line was refused, and that was told.
                copied += u64::from(taker.put_picture(&hash, bytes).await?);
            }
            Ok(_) => not.push(told(line, &name, Not::Changed)),
            Err(why) => not.push(told(line, &name, why)),
        }
    }
    Ok(copied)
}

fn told(line: u64, name: &str, why: Not) -> RefusedLine {
    RefusedLine { line, error: format!("without its picture {}: {why}", crate::text::scrub::log(name)) }
}

fn read(file: &Path) -> Result<Vec<u8>, Not> {
    let kind = file.metadata().map_err(|_| Not::Missing)?;
    if !kind.is_file() {
        return Err(Not::NoPicture);
    }
    if kind.len() > MAX_FILE as u64 {
        return Err(Not::Unfit(Unfit::TooLarge));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(kind.len()).unwrap_or(0));
    let opened = File::open(file).and_then(|file| file.take(MAX_FILE as u64 + 1).read_to_end(&mut bytes));
    match opened {
        Ok(_) if bytes.len() > MAX_FILE => Err(Not::Unfit(Unfit::TooLarge)),
        Ok(_) => Ok(bytes),
        Err(_) => Err(Not::Unreadable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_names_nothing_outside_the_folder_of_its_file() {
        let outside = tempfile::tempdir().expect("a folder");
        let folder = outside.path().join("in");
        std::fs::create_dir_all(folder.join("deeper")).expect("a folder");
        std::fs::write(outside.path().join("secret.png"), b"x").expect("written");
        std::fs::write(folder.join("deeper/a.png"), b"x").expect("written");
        std::os::unix::fs::symlink(outside.path().join("secret.png"), folder.join("way-round.png")).expect("a link");
        let beside = Beside::of(&folder.join("items.jsonl"));
        assert!(beside.place("deeper/a.png").is_ok() && beside.place("./deeper/a.png").is_ok());
        let secret = outside.path().join("secret.png").display().to_string();
        for name in ["../secret.png", "deeper/../../secret.png", "way-round.png", &secret] {
            assert_eq!(beside.place(name), Err(Not::Outside), "{name}");
        }
        assert_eq!(beside.place("nowhere.png"), Err(Not::Missing));
        assert_eq!(read(&folder.join("deeper")), Err(Not::NoPicture), "a folder");
        assert_eq!(read(Path::new("/dev/zero")), Err(Not::NoPicture), "what never ends");
    }
}
