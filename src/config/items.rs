//! Opening a file of items that a user named.

use crate::moderation::intake::{Format, Items, unpack};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Why a file of items cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// No such file.
    #[error("there is no file {0}: check its name")]
    Missing(PathBuf),
    /// A folder.
    #[error("{0} is a folder: name a file in it")]
    Folder(PathBuf),
    /// Nothing in it.
    #[error("{0} is empty: nothing was imported; check that it was written")]
    Empty(PathBuf),
    /// Packed, and cut off or damaged before its first line.
    #[error("{0} is a .gz file that breaks off before its first line: nothing was imported; fetch the whole file")]
    Torn(PathBuf),
    /// The system refused.
    #[error("{} cannot be read: {error}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

/// A file of items, opened.
pub struct OpenItems {
    /// Its items.
    pub items: Items<Box<dyn BufRead + Send>>,
    /// Its bytes on disk, packed as they are; absent for a pipe.
    pub size: Option<u64>,
    /// How many of those have been read, for a progress bar.
    pub read: Arc<AtomicU64>,
}

/// Counts what goes through.
struct Counted<R>(R, Arc<AtomicU64>);

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let bytes = self.0.read(into)?;
        self.1.fetch_add(bytes as u64, Ordering::Relaxed);
        Ok(bytes)
    }
}

/// Opens a file, plain or gzipped; `-` is standard input. Without a format the name decides.
///
/// # Errors
/// Where nothing of it can be read.
pub fn open_items(path: &Path, format: Option<Format>) -> Result<OpenItems, OpenError> {
    let io = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => OpenError::Missing(path.to_owned()),
        io::ErrorKind::IsADirectory => OpenError::Folder(path.to_owned()),
        _ => OpenError::Io { path: path.to_owned(), error },
    };
    let format = format.unwrap_or_else(|| Format::by_name(&path.to_string_lossy()));
    let read = Arc::new(AtomicU64::new(0));
    let (mut text, size) = if path == Path::new("-") {
        (unpack(buffered(io::stdin(), &read)).map_err(io)?, None)
    } else {
        let file = File::open(path).map_err(io)?;
        let kind = file.metadata().map_err(io)?;
        if kind.is_dir() {
            return Err(OpenError::Folder(path.to_owned()));
        }
        let size = kind.is_file().then_some(kind.len());
        (unpack(buffered(file, &read)).map_err(io)?, size)
    };
    match text.fill_buf() {
        Ok([]) => return Err(OpenError::Empty(path.to_owned())),
        Ok(_) => {}
        // Asked once more, a reader that broke off says that it is at its end.
        Err(error) => {
            return Err(match error.kind() {
                io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
                    OpenError::Torn(path.to_owned())
                }
                _ => OpenError::Io { path: path.to_owned(), error },
            });
        }
    }
    Ok(OpenItems { items: Items::new(text, format), size, read })
}

fn buffered<R: Read>(reader: R, read: &Arc<AtomicU64>) -> BufReader<Counted<R>> {
    BufReader::with_capacity(256 << 10, Counted(reader, read.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moderation::intake::Ending;
    use std::io::Write;

    fn refusal(path: &Path) -> String {
        open_items(path, None).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn what_cannot_be_read_at_all_is_said_in_one_sentence() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(refusal(folder.path()).ends_with("is a folder: name a file in it"));
        assert!(refusal(&folder.path().join("none.jsonl")).starts_with("there is no file"));
        let empty = folder.path().join("empty.jsonl");
        File::create(&empty).expect("made");
        assert!(refusal(&empty).contains("is empty"));
        let packed = folder.path().join("empty.jsonl.gz");
        let file = File::create(&packed).expect("made");
        flate2::write::GzEncoder::new(file, flate2::Compression::fast()).finish().expect("packed");
        assert!(refusal(&packed).contains("is empty"));
    }

    #[test]
    fn a_packed_file_cut_off_in_its_head_was_refused_without_a_word() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(b"{\"id\":\"1\",\"text\":\"a\"}\n").expect("written");
        let whole = gz.finish().expect("packed");
        for length in 2..=10 {
            let path = folder.path().join(format!("{length}.jsonl.gz"));
            std::fs::write(&path, &whole[..length]).expect("written");
            assert!(refusal(&path).contains("breaks off before its first line"), "{length}: {}", refusal(&path));
        }
    }

    #[test]
    fn a_packed_file_is_read_whatever_it_is_called() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("items");
        let mut gz = flate2::write::GzEncoder::new(File::create(&path).expect("made"), flate2::Compression::fast());
        gz.write_all(b"{\"id\":\"1\",\"text\":\"a\"}\n").expect("written");
        gz.finish().expect("packed");
        let mut file = open_items(&path, None).expect("opened");
        assert_eq!(file.items.by_ref().filter(Result::is_ok).count(), 1);
        assert_eq!(file.items.ending(), Ending::Whole);
        assert_eq!(file.size, Some(file.read.load(Ordering::Relaxed)));
    }
}
