//! Reading files of items, a line at a time, with bounded memory and speed as the first concern.
//!
//! A file is JSON Lines (an item a line) or CSV (a head line, then an item a record; see [`columns`]), plain or
//! gzipped. Whatever is wrong with a line refuses that line alone, with its number and what to do; no message has a
//! byte of content in it, since messages go to terminals and logs. A byte order mark, CRLF and blank lines are
//! tolerated; blank lines count in the numbering.

pub mod columns;
mod csv;
mod jsonl;
mod lines;
mod packed;
mod record;
mod why;

use super::Item;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::io::BufRead;

pub use jsonl::item;
pub use packed::unpack;

/// One item of an import with the place it came from.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Counted from 1, blank lines included.
    pub line: u64,
    /// The item, already checked.
    pub item: Item,
}

/// A line that was not taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RefusedLine {
    /// Counted from 1, blank lines included.
    pub line: u64,
    /// Why, and what to do; never content.
    pub error: String,
}

/// What a file of items looks like inside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// A JSON object a line.
    #[default]
    Jsonl,
    /// Comma-separated (or `;`, or tab) with a head line.
    Csv,
}

impl Format {
    /// By the file's name, `.gz` taken off; JSON Lines where it does not say.
    pub fn by_name(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        if name.ends_with(".csv") || name.ends_with(".tsv") { Self::Csv } else { Self::Jsonl }
    }
}

/// The items of a file, in order; refused lines come between them. After the end, [`Items::ending`] says how it went.
pub struct Items<R> {
    source: Source<R>,
    seen: u64,
    taken: u64,
}

enum Source<R> {
    Jsonl(jsonl::Jsonl<R>),
    Csv(Box<csv::Csv<R>>),
}

/// How the reading of a file ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Whatever there was has been read.
    Whole,
    /// There was not one item nor one refused line in it.
    Empty,
    /// It stopped before its end; what came before is good.
    Broken,
}

impl<R: BufRead> Items<R> {
    /// Reads from `reader`, which has been [`unpack`]ed.
    pub fn new(reader: R, format: Format) -> Self {
        let source = match format {
            Format::Jsonl => Source::Jsonl(jsonl::Jsonl::new(reader)),
            Format::Csv => Source::Csv(Box::new(csv::Csv::new(reader))),
        };
        Self { source, seen: 0, taken: 0 }
    }

    /// Lines begun so far, blank ones included.
    pub fn line(&self) -> u64 {
        match &self.source {
            Source::Jsonl(jsonl) => jsonl.line(),
            Source::Csv(csv) => csv.line(),
        }
    }

    /// Items given so far.
    pub fn taken(&self) -> u64 {
        self.taken
    }

    /// How it ended; to be asked when nothing comes any more.
    pub fn ending(&self) -> Ending {
        let broken = match &self.source {
            Source::Jsonl(jsonl) => jsonl.broken(),
            Source::Csv(csv) => csv.broken(),
        };
        match (broken, self.seen) {
            (true, _) => Ending::Broken,
            (false, 0) => Ending::Empty,
            (false, _) => Ending::Whole,
        }
    }
}

impl<R: BufRead> Iterator for Items<R> {
    type Item = Result<Incoming, RefusedLine>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = match &mut self.source {
            Source::Jsonl(jsonl) => jsonl.next(),
            Source::Csv(csv) => csv.next(),
        }?;
        self.seen += 1;
        self.taken += u64::from(next.is_ok());
        Some(next)
    }
}

#[cfg(test)]
mod tests;
