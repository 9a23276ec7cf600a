//! JSON Lines: an item a line.

use super::lines::{Line, Lines, is_blank};
use super::why::{self, too_long};
use super::{Incoming, RefusedLine};
use crate::moderation::Item;
use std::io::BufRead;

/// A file of JSON Lines.
pub(super) struct Jsonl<R>(Lines<R>);

impl<R: BufRead> Jsonl<R> {
    pub(super) fn new(reader: R) -> Self {
        Self(Lines::new(reader))
    }

    pub(super) fn line(&self) -> u64 {
        self.0.number()
    }

    pub(super) fn broken(&self) -> bool {
        self.0.broken()
    }

    pub(super) fn next(&mut self) -> Option<Result<Incoming, RefusedLine>> {
        loop {
            let outcome = match self.0.next() {
                Line::End => return None,
                Line::Read if is_blank(&self.0.buffer) => continue,
                Line::Read => item(&self.0.buffer),
                Line::TooLong => Err(too_long("line")),
                Line::Broken(error) => Err(error),
            };
            let line = self.0.number();
            return Some(match outcome {
                Ok(item) => Ok(Incoming { line, item }),
                Err(error) => Err(RefusedLine { line, error }),
            });
        }
    }
}

/// One line as an item, or why it is none, without a byte of its content. UTF-8 is checked once for the whole line, which is faster than text by text.
///
/// # Errors
/// What is wrong with it, and what to do.
pub fn item(line: &[u8]) -> Result<Item, String> {
    let text = std::str::from_utf8(line).map_err(|error| {
        format!("this is not UTF-8 from byte {} of the line on: save the file as UTF-8", error.valid_up_to() + 1)
    })?;
    let item: Item = serde_json::from_str(text).map_err(|error| why::refused(text, &error))?;
    item.check().map_err(|unfit| unfit.to_string())?;
    Ok(item)
}
