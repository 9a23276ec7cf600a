//! The log of a team's server, read part by part: it may be larger than this machine's memory.

use super::door::There;
use crate::team::api::audit::Entry;
use std::io::{self, Read};

/// Entries asked for at once.
const PART: u64 = 1000;

/// The whole log, an entry a line.
pub struct Log<'a> {
    there: &'a There,
    part: io::Cursor<Vec<u8>>,
    after: u64,
    over: bool,
    failed: Option<anyhow::Error>,
}

impl<'a> Log<'a> {
    /// From its first entry on.
    pub fn of(there: &'a There) -> Self {
        Self { there, part: io::Cursor::default(), after: 0, over: false, failed: None }
    }

    /// Reads it with `reader`; where the server is what failed, its own reason comes out.
    ///
    /// # Errors
    /// What the server or the reader says.
    pub fn read_by<T>(mut self, reader: impl FnOnce(&mut Self) -> io::Result<T>) -> anyhow::Result<T> {
        let read = reader(&mut self);
        read.map_err(|error| self.failed.take().unwrap_or_else(|| error.into()))
    }

    fn next(&mut self) -> anyhow::Result<()> {
        let part = self.there.ask(self.there.calls().audit(self.after, PART))?;
        let last = part.split(|byte| *byte == b'\n').rfind(|line| !line.is_empty());
        match last.map(serde_json::from_slice::<Entry>).transpose()? {
            Some(entry) => self.after = entry.seq,
            None => self.over = true,
        }
        self.part = io::Cursor::new(part);
        Ok(())
    }
}

impl Read for Log<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.part.read(into)?;
            if read > 0 || self.over || into.is_empty() {
                return Ok(read);
            }
            if let Err(error) = self.next() {
                self.failed = Some(error);
                return Err(io::Error::other("the log breaks off"));
            }
        }
    }
}
