//! Lines of a file, each within the limit, the rest skipped without being kept.

use crate::moderation::item::MAX_LINE;
use std::io::{BufRead, Read};

/// What the next line is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// It is in the buffer, without its line end.
    Read,
    /// It has more than 4 MiB; it was skipped.
    TooLong,
    /// There is none.
    End,
    /// Reading failed in it.
    Broken(String),
}

/// A file as lines.
pub(super) struct Lines<R> {
    reader: R,
    /// The line read last.
    pub(super) buffer: Vec<u8>,
    number: u64,
    broken: bool,
}

/// A buffer that one long line blew up is not kept for a million short ones.
const USUAL: usize = 64 << 10;

impl<R: BufRead> Lines<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, buffer: Vec::with_capacity(USUAL), number: 0, broken: false }
    }

    /// The number of the line read last, counted from 1.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// Whether reading stopped before the end.
    pub(super) fn broken(&self) -> bool {
        self.broken
    }

    /// Reads the next line into the buffer. After a failure there is no next line.
    pub(super) fn next(&mut self) -> Line {
        if self.broken {
            return Line::End;
        }
        if self.buffer.capacity() > 8 * USUAL {
            self.buffer = Vec::with_capacity(USUAL);
        }
        self.buffer.clear();
        let most = MAX_LINE as u64 + 1;
        let read = (&mut self.reader).take(most).read_until(b'\n', &mut self.buffer);
        match read {
            Ok(0) => return Line::End,
            Ok(_) => self.number += 1,
            Err(error) => {
                self.number += 1;
                return self.fail(&error);
            }
        }
        if self.buffer.last() == Some(&b'\n') {
            self.buffer.pop();
        } else if self.buffer.len() > MAX_LINE {
            self.buffer.clear();
            return match self.reader.skip_until(b'\n') {
                Ok(_) => Line::TooLong,
                Err(error) => self.fail(&error),
            };
        }
        if self.number == 1 && self.buffer.starts_with(b"\xef\xbb\xbf") {
            self.buffer.drain(..3);
        }
        Line::Read
    }

    fn fail(&mut self, error: &std::io::Error) -> Line {
        use std::io::ErrorKind as Kind;
        self.broken = true;
        Line::Broken(match error.kind() {
            Kind::UnexpectedEof => {
                "the .gz file breaks off here: what came before is in; fetch the whole file and import it again".into()
            }
            Kind::InvalidData | Kind::InvalidInput => {
                "the .gz file is damaged from here on: what came before is in; fetch it anew and import it again".into()
            }
            Kind::IsADirectory => "this is a folder: name a file in it".into(),
            kind => format!("reading failed here ({kind}): what came before is in; import the file again"),
        })
    }
}

/// Nothing but white space.
pub(super) fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}
