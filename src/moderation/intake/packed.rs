//! Telling packed from plain by the first two bytes, whatever the file is called.

use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufRead, BufReader, Cursor, Read};

/// What every gzip member begins with.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The text of `reader`, unpacked where it is gzipped (also in several members, as `cat a.gz b.gz` makes).
///
/// # Errors
/// Where its first bytes cannot be read, as with a folder.
pub fn unpack<'r>(mut reader: impl BufRead + Send + 'r) -> io::Result<Box<dyn BufRead + Send + 'r>> {
    let mut head = Vec::with_capacity(2);
    (&mut reader).take(2).read_to_end(&mut head)?;
    let packed = head == GZIP;
    let whole = Cursor::new(head).chain(reader);
    Ok(if packed { Box::new(BufReader::with_capacity(256 << 10, MultiGzDecoder::new(whole))) } else { Box::new(whole) })
}
