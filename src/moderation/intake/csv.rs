//! CSV: a head line that names the columns, then an item a record.

use super::columns::{self, Column};
use super::lines::{Line, Lines, is_blank};
use super::record::{Record, delimiter};
use super::why::{data, too_long};
use super::{Incoming, RefusedLine};
use crate::moderation::Item;
use serde::Deserialize;
use serde_json::Value;
use std::io::BufRead;

/// A CSV file.
pub(super) struct Csv<R> {
    lines: Lines<R>,
    columns: Option<Vec<Column>>,
    record: Record,
    stopped: bool,
}

/// One record, complete or not.
enum Whole {
    Read(u64),
    Refused(RefusedLine),
    End,
}

impl<R: BufRead> Csv<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { lines: Lines::new(reader), columns: None, record: Record::new(b','), stopped: false }
    }

    pub(super) fn line(&self) -> u64 {
        self.lines.number()
    }

    pub(super) fn broken(&self) -> bool {
        self.lines.broken() || self.stopped
    }

    pub(super) fn next(&mut self) -> Option<Result<Incoming, RefusedLine>> {
        if self.stopped {
            return None;
        }
        let head = self.columns.is_none();
        let line = match self.record() {
            Whole::End => return None,
            Whole::Refused(refused) => {
                // Without its head line nothing of the file can be understood.
                self.stopped = head;
                return Some(Err(refused));
            }
            Whole::Read(line) => line,
        };
        let refused = |error| Some(Err(RefusedLine { line, error }));
        let mut cells = Vec::new();
        for cell in self.record.fields() {
            match std::str::from_utf8(cell) {
                Ok(cell) => cells.push(cell),
                Err(_) => {
                    self.stopped = head;
                    return refused(format!("column {} is not UTF-8: save the file as UTF-8", cells.len() + 1));
                }
            }
        }
        let Some(columns) = &self.columns else {
            match columns::read(cells.into_iter()) {
                Ok(columns) => self.columns = Some(columns),
                Err(error) => {
                    self.stopped = true;
                    return refused(error);
                }
            }
            return self.next();
        };
        if cells.len() != columns.len() {
            let (found, wanted) = (cells.len(), columns.len());
            return refused(format!(
                "{found} cells where the head line names {wanted} columns: check quotes and commas"
            ));
        }
        Some(
            item(columns, cells.into_iter())
                .map(|item| Incoming { line, item })
                .map_err(|error| RefusedLine { line, error }),
        )
    }

    /// Reads the lines of the next record; its number is that of its first line.
    fn record(&mut self) -> Whole {
        self.record.clear();
        let mut first = 0;
        loop {
            let next = self.lines.next();
            let number = self.lines.number();
            match next {
                Line::End if first == 0 => return Whole::End,
                Line::End => {
                    let error = "a quote opened in this record is never closed, so nothing after it was read: close it, or double it".into();
                    return Whole::Refused(RefusedLine { line: first, error });
                }
                Line::Broken(error) => return Whole::Refused(RefusedLine { line: number, error }),
                Line::Read if first == 0 && is_blank(&self.lines.buffer) => continue,
                Line::Read => {
                    if self.columns.is_none() && first == 0 {
                        self.record = Record::new(delimiter(&self.lines.buffer));
                    }
                    first = if first == 0 { number } else { first };
                    if !self.record.feed(&self.lines.buffer) {
                        continue;
                    }
                }
                // What was skipped is taken to have closed its own quotes.
                Line::TooLong => {
                    first = if first == 0 { number } else { first };
                    self.record.give_up();
                    if self.record.is_open() {
                        continue;
                    }
                }
            }
            if self.record.too_long() {
                return Whole::Refused(RefusedLine { line: first, error: too_long("record") });
            }
            return Whole::Read(first);
        }
    }
}

fn item<'c>(columns: &[Column], cells: impl Iterator<Item = &'c str>) -> Result<Item, String> {
    let object = Value::Object(columns::object(columns, cells)?);
    let item = Item::deserialize(&object).map_err(|error| match &object {
        Value::Object(fields) => data(fields.clone(), &error.to_string()),
        _ => error.to_string(),
    })?;
    item.check().map_err(|unfit| unfit.to_string())?;
    Ok(item)
}
