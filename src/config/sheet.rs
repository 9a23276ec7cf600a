//! Reading a TOML file that a person wrote, naming every mistake with its place instead of stopping at the first.
//!
//! serde stops at the first mistake and knows no place for what is missing; so the tables are walked by hand, and
//! serde reads only single values. Every key that is asked for is thereby known, and what nobody asked for is unknown.

use super::mistake::{Mistake, place};
use super::near::hint;
use crate::wellbeing::duration;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::ops::{Range, RangeInclusive};
use std::time::Duration;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value with the place in the file at which it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found<T> {
    /// As written.
    pub value: T,
    /// Counted from 1.
    pub line: u32,
    /// For mistakes found later on.
    pub(crate) byte: usize,
}

impl<T> Found<T> {
    /// The same place with something else.
    pub(crate) fn map<U>(self, to: impl FnOnce(T) -> U) -> Found<U> {
        Found { value: to(self.value), line: self.line, byte: self.byte }
    }
}

/// A file with more mistakes than anybody reads is some other file; finding the place of each takes time.
const MOST: usize = 100;

/// A parsed file and the mistakes found in it so far.
pub(crate) struct Sheet<'i> {
    text: &'i str,
    /// The byte after each line break: a file has a place for every value, and each would count from the top.
    breaks: Vec<usize>,
    root: Spanned<DeTable<'i>>,
    mistakes: RefCell<Vec<Mistake>>,
    broken: bool,
}

impl<'i> Sheet<'i> {
    /// Parses, noting what is no TOML.
    pub(crate) fn parse(text: &'i str) -> Self {
        let (root, errors) = DeTable::parse_recoverable(text);
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        let sheet = Self { text, breaks, root, mistakes: RefCell::default(), broken: !errors.is_empty() };
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            let line = error.message().lines().collect::<Vec<_>>().join(", ");
            let message = match line.as_str() {
                "duplicate key" => "this name stands twice in the file: keep one of them".to_owned(),
                other => format!("this is no TOML: {other}"),
            };
            sheet.note(at, message);
        }
        sheet
    }

    /// The whole file as a table.
    pub(crate) fn root(&self) -> Table<'_, 'i> {
        Table { name: String::new(), entries: self.root.get_ref(), byte: 0, sheet: self, asked: RefCell::default() }
    }

    /// Notes a mistake at a byte of the file.
    pub(crate) fn note(&self, byte: usize, message: impl Into<String>) {
        let mut mistakes = self.mistakes.borrow_mut();
        if mistakes.len() < MOST {
            let (line, column) = place(self.text, byte);
            mistakes.push(Mistake { line, column, message: message.into() });
        }
    }

    /// Notes that something is missing, unless the file could not be read as a whole: then it may well be there.
    pub(crate) fn missing(&self, byte: usize, message: impl Into<String>) {
        if !self.broken {
            self.note(byte, message);
        }
    }

    /// All mistakes, in the order of the lines.
    pub(crate) fn mistakes(self) -> Vec<Mistake> {
        let mut mistakes = self.mistakes.into_inner();
        mistakes.sort();
        mistakes.dedup();
        mistakes
    }
}

/// One table of a sheet.
pub(crate) struct Table<'s, 'i> {
    name: String,
    entries: &'s DeTable<'i>,
    byte: usize,
    sheet: &'s Sheet<'i>,
    asked: RefCell<Vec<&'static str>>,
}

impl<'s, 'i> Table<'s, 'i> {
    /// Where the table begins.
    pub(crate) fn byte(&self) -> usize {
        self.byte
    }

    /// Notes a mistake in this table.
    pub(crate) fn note(&self, byte: usize, message: impl Into<String>) {
        self.sheet.note(byte, message);
    }

    /// Notes that something is missing in it.
    pub(crate) fn missing(&self, message: impl Into<String>) {
        self.sheet.missing(self.byte, message);
    }

    fn get(&self, key: &'static str) -> Option<(Range<usize>, &'s Spanned<DeValue<'i>>)> {
        self.asked.borrow_mut().push(key);
        self.entries.get_key_value(key).map(|(name, value)| (name.span(), value))
    }

    fn found<T>(&self, span: &Range<usize>, value: T) -> Found<T> {
        let line = self.sheet.breaks.partition_point(|start| *start <= span.start) + 1;
        Found { value, line: u32::try_from(line).unwrap_or(u32::MAX), byte: span.start }
    }

    /// What `read` makes of a value; where it can make nothing, the mistake is "KEY must be MUST".
    fn value<T>(
        &self,
        key: &'static str,
        must: &str,
        read: impl FnOnce(&DeValue<'i>) -> Option<T>,
    ) -> Option<Found<T>> {
        let (_, value) = self.get(key)?;
        match read(value.get_ref()) {
            Some(read) => Some(self.found(&value.span(), read)),
            None => {
                self.note(value.span().start, format!("{key} must be {must}, not {}", sort(value.get_ref())));
                None
            }
        }
    }

    /// Text.
    pub(crate) fn string(&self, key: &'static str) -> Option<Found<String>> {
        self.value(key, "text in quotes", |value| value.as_str().map(str::to_owned))
    }

    /// Text that is one of a few.
    pub(crate) fn one_of<T: Copy>(&self, key: &'static str, choices: &[(&str, T)]) -> Option<Found<T>> {
        let found = self.string(key)?;
        match choices.iter().find(|(name, _)| *name == found.value) {
            Some((_, choice)) => Some(found.map(|_| *choice)),
            None => {
                let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
                let near = hint(&found.value, names.iter().copied());
                self.note(found.byte, format!("{key} must be {}, not {:?}{near}", names.join(", "), cut(&found.value)));
                None
            }
        }
    }

    /// `true` or `false`.
    pub(crate) fn boolean(&self, key: &'static str) -> Option<Found<bool>> {
        self.value(key, "true or false", DeValue::as_bool)
    }

    /// A whole number within a range.
    pub(crate) fn whole(&self, key: &'static str, range: RangeInclusive<i64>) -> Option<Found<i64>> {
        let must = format!("a whole number, {} to {}", range.start(), range.end());
        self.value(key, &must, |value| match value {
            DeValue::Integer(number) => {
                i64::from_str_radix(number.as_str(), number.radix()).ok().filter(|number| range.contains(number))
            }
            _ => None,
        })
    }

    /// A duration within a range, as a person writes it.
    pub(crate) fn duration(&self, key: &'static str, range: RangeInclusive<Duration>) -> Option<Found<Duration>> {
        let found = self.string_or(key, "a duration in quotes such as \"90s\" or \"10m\"")?;
        match duration::parse(&found.value) {
            Ok(length) if range.contains(&length) => Some(found.map(|_| length)),
            Ok(_) => {
                let (least, most) = (duration::Span(*range.start()), duration::Span(*range.end()));
                self.note(found.byte, format!("{key} must be {least} to {most}, not {}", cut(&found.value)));
                None
            }
            Err(error) => {
                self.note(found.byte, format!("{key}: {error}"));
                None
            }
        }
    }

    /// A duration within a range, or one word that stands for none.
    pub(crate) fn duration_or(
        &self,
        key: &'static str,
        word: &str,
        range: RangeInclusive<Duration>,
    ) -> Option<Found<Option<Duration>>> {
        let says_word = self.entries.get(key).is_some_and(|value| value.get_ref().as_str() == Some(word));
        if says_word {
            return self.string(key).map(|found| found.map(|_| None));
        }
        self.duration(key, range).map(|found| found.map(Some))
    }

    /// Where a dotted key under one of the tables stands.
    pub(crate) fn byte_of(&self, table: &str, key: &str) -> Option<usize> {
        let mut entries = self.entries.get(table)?.get_ref().as_table()?;
        let mut byte = None;
        for part in key.split('.') {
            let (name, value) = entries.get_key_value(part)?;
            byte = Some(name.span().start);
            match value.get_ref().as_table() {
                Some(below) => entries = below,
                None => break,
            }
        }
        byte
    }

    /// Text, with the mistake named in other words.
    pub(crate) fn string_or(&self, key: &'static str, must: &str) -> Option<Found<String>> {
        self.value(key, must, |value| value.as_str().map(str::to_owned))
    }

    /// A list of texts, each with its place; a single text counts as a list of one.
    pub(crate) fn strings(&self, key: &'static str) -> Option<Found<Vec<Found<String>>>> {
        let (_, value) = self.get(key)?;
        let span = value.span();
        let must = format!("{key} must be a list of texts such as [\"one\", \"two\"]");
        match value.get_ref() {
            DeValue::String(one) => Some(self.found(&span, vec![self.found(&span, one.clone().into_owned())])),
            DeValue::Array(array) => {
                let mut texts = Vec::new();
                for entry in array.iter() {
                    match entry.get_ref().as_str() {
                        Some(text) => texts.push(self.found(&entry.span(), text.to_owned())),
                        None => self.note(entry.span().start, format!("{must}, not of {}", sort(entry.get_ref()))),
                    }
                }
                Some(self.found(&span, texts))
            }
            other => {
                self.note(span.start, format!("{must}, not {}", sort(other)));
                None
            }
        }
    }

    /// A table under this one.
    pub(crate) fn table(&self, key: &'static str) -> Option<Table<'s, 'i>> {
        let (name, value) = self.get(key)?;
        self.below(key, name, value)
    }

    /// All tables under a table, by the names somebody gave them.
    pub(crate) fn tables(&self, key: &'static str) -> Vec<(Found<String>, Table<'s, 'i>)> {
        let Some(above) = self.table(key) else { return Vec::new() };
        let mut tables = Vec::new();
        for (name, value) in above.entries.iter() {
            let title = name.get_ref().clone().into_owned();
            if let Some(table) = above.below(&title, name.span(), value) {
                tables.push((self.found(&name.span(), title), table));
            }
        }
        tables
    }

    /// A list of tables.
    pub(crate) fn values<T: DeserializeOwned>(&self, key: &'static str) -> Option<Found<Vec<T>>> {
        let (_, value) = self.get(key)?;
        let DeValue::Array(array) = value.get_ref() else {
            self.note(value.span().start, format!("{key} must be a list, not {}", sort(value.get_ref())));
            return None;
        };
        let read = array.iter().filter_map(|entry| self.read(key, entry)).collect();
        Some(self.found(&value.span(), read))
    }

    /// A value that its own type reads, by serde.
    pub(crate) fn own<T: DeserializeOwned>(&self, key: &'static str) -> Option<Found<T>> {
        let (_, value) = self.get(key)?;
        self.read(key, value).map(|read| self.found(&value.span(), read))
    }

    fn read<T: DeserializeOwned>(&self, key: &str, value: &Spanned<DeValue<'i>>) -> Option<T> {
        match T::deserialize(toml::de::ValueDeserializer::from(value.clone())) {
            Ok(read) => Some(read),
            Err(error) => {
                let at = error.span().map_or(value.span().start, |span| span.start);
                self.note(at, format!("{key}: {}", reworded(error.message())));
                None
            }
        }
    }

    /// By language: `{ en = "…", fr = "…" }`, or `name.en = "…"`.
    pub(crate) fn by_language(&self, key: &'static str) -> Vec<(Found<String>, Found<String>)> {
        let Some(table) = self.table(key) else { return Vec::new() };
        let mut texts = Vec::new();
        for (name, value) in table.entries.iter() {
            let language = self.found(&name.span(), name.get_ref().clone().into_owned());
            match value.get_ref().as_str() {
                Some(text) => texts.push((language, self.found(&value.span(), text.to_owned()))),
                None => self.note(value.span().start, format!("{key}.{} must be text in quotes", cut(&language.value))),
            }
        }
        texts
    }

    /// Lists by name: `{ en = ["…"], "*" = ["…"] }`.
    pub(crate) fn lists(&self, key: &'static str) -> Vec<(Found<String>, Vec<Found<String>>)> {
        let Some(table) = self.table(key) else { return Vec::new() };
        let mut lists = Vec::new();
        for (name, value) in table.entries.iter() {
            let title = self.found(&name.span(), name.get_ref().clone().into_owned());
            let DeValue::Array(array) = value.get_ref() else {
                self.note(value.span().start, format!("{key}.{} must be a list of texts", cut(&title.value)));
                continue;
            };
            let mut texts = Vec::new();
            for entry in array.iter() {
                match entry.get_ref().as_str() {
                    Some(text) => texts.push(self.found(&entry.span(), text.to_owned())),
                    None => self.note(entry.span().start, format!("{key}.{} takes texts only", cut(&title.value))),
                }
            }
            lists.push((title, texts));
        }
        lists
    }

    fn below(&self, key: &str, name: Range<usize>, value: &'s Spanned<DeValue<'i>>) -> Option<Table<'s, 'i>> {
        let DeValue::Table(entries) = value.get_ref() else {
            let must = format!("{} must be a table, written [{}]", cut(key), cut(&self.under(key)));
            self.note(value.span().start, format!("{must}, not {}", sort(value.get_ref())));
            return None;
        };
        Some(Table { name: self.under(key), entries, byte: name.start, sheet: self.sheet, asked: RefCell::default() })
    }

    fn under(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    /// Ends the reading: every key that nobody asked for is unknown, and named with the one it is nearest to.
    pub(crate) fn finish(self) {
        let asked = self.asked.borrow();
        for (name, _) in self.entries.iter() {
            let key = name.get_ref().as_ref();
            if asked.iter().all(|known| *known != key) {
                let place = if self.name.is_empty() { String::new() } else { format!(" in [{}]", cut(&self.name)) };
                let near = hint(key, asked.iter().copied());
                self.note(name.span().start, format!("unknown key \"{}\"{place}{near}", cut(key)));
            }
        }
    }
}

/// What a value is, in words; never the value itself.
fn sort(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "this number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// No more of the file than fits a line, and nothing that a terminal would obey.
pub(crate) fn cut(text: &str) -> String {
    let shown: String = text.chars().filter(|c| !c.is_control()).take(60).collect();
    if shown.len() < text.len() { format!("{shown}…") } else { shown }
}

/// serde's words for an unknown key, in ours.
fn reworded(message: &str) -> String {
    let message = message.trim_end();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    match quoted.split_first() {
        Some((unknown, known)) if message.starts_with("unknown field") => {
            format!("unknown key \"{}\"{}", cut(unknown), hint(unknown, known.iter().copied()))
        }
        Some((unknown, known)) if message.starts_with("unknown variant") => {
            format!("\"{}\" is none of {}{}", cut(unknown), known.join(", "), hint(unknown, known.iter().copied()))
        }
        _ => message.lines().collect::<Vec<_>>().join(", "),
    }
}
