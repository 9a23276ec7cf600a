//! Standard output and standard error, where a reader may go away at any moment.

use anyhow::Context;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::path::Path;

/// Where a command's answer goes: standard output, or a file that is complete or not there at all.
pub enum Out {
    /// Buffered; a broken pipe ends the program with 0.
    Stdout(BufWriter<StdoutLock<'static>>),
    /// Written beside its place first, moved there when complete.
    File {
        /// What is being written.
        writer: BufWriter<std::fs::File>,
        /// Beside its place.
        part: std::path::PathBuf,
        /// Its place.
        place: std::path::PathBuf,
    },
}

impl Out {
    /// Standard output.
    pub fn stdout() -> Self {
        Self::Stdout(BufWriter::new(io::stdout().lock()))
    }

    /// A file, or standard output where none is named.
    pub fn to(path: Option<&Path>) -> anyhow::Result<Self> {
        let Some(place) = path else { return Ok(Self::stdout()) };
        let mut name = place.file_name().context("-o needs the name of a file")?.to_owned();
        name.push(".part");
        let part = place.with_file_name(name);
        let file = std::fs::File::create(&part).with_context(|| format!("cannot write {}", place.display()))?;
        Ok(Self::File { writer: BufWriter::new(file), part, place: place.to_owned() })
    }

    /// Flushes; a file is now in its place.
    pub fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Stdout(mut writer) => writer.flush()?,
            Self::File { writer, part, place } => {
                let write = || -> io::Result<()> {
                    writer.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
                    std::fs::rename(&part, &place)
                };
                write().with_context(|| format!("cannot write {}", place.display()))?;
            }
        }
        Ok(())
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(writer) => writer.write(bytes),
            Self::File { writer, .. } => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(writer) => writer.flush(),
            Self::File { writer, .. } => writer.flush(),
        }
    }
}

/// Whether somewhere in the chain the reader of standard output went away.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// One line on standard error; where that is gone too there is nobody to tell.
pub fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// The error chain on standard error, made safe: an error may quote a file name. An address in it is one that was typed
/// or is to be typed, and stays as it is.
pub fn complain(error: &anyhow::Error) {
    let chain: Vec<String> = error.chain().map(ToString::to_string).collect();
    say(&format!("moddesk: {}", crate::text::scrub::own(&chain.join(": "))));
}

/// Whether somebody sits at standard error.
pub fn stderr_is_terminal() -> bool {
    io::stderr().is_terminal()
}
