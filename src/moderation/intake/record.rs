//! One record of a CSV file, which may go over several lines inside quotes.

use crate::moderation::item::MAX_LINE;

/// Cuts lines into fields by RFC 4180; a quote inside an unquoted field is taken as it stands.
#[derive(Debug)]
pub(super) struct Record {
    delimiter: u8,
    /// All fields, one after another.
    bytes: Vec<u8>,
    /// Where each field ends in `bytes`.
    ends: Vec<usize>,
    state: State,
    /// Over the limit: cut on, keep nothing.
    too_long: bool,
    size: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before the first byte of a field.
    Start,
    Plain,
    Quoted,
    /// After a quote in a quoted field: its end, or half of a doubled one.
    Quote,
}

impl Record {
    pub(super) fn new(delimiter: u8) -> Self {
        Self { delimiter, bytes: Vec::new(), ends: Vec::new(), state: State::Start, too_long: false, size: 0 }
    }

    /// Forgets the record before.
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
        self.state = State::Start;
        self.too_long = false;
        self.size = 0;
    }

    /// Whether the record has more than a line may have.
    pub(super) fn too_long(&self) -> bool {
        self.too_long
    }

    /// Marks it as too long, where a line of it already was.
    pub(super) fn give_up(&mut self) {
        self.too_long = true;
        self.bytes.clear();
        self.ends.clear();
    }

    /// Whether the record goes on in the next line.
    pub(super) fn is_open(&self) -> bool {
        self.state == State::Quoted
    }

    /// Takes one line, without its line end. True when the record is complete.
    pub(super) fn feed(&mut self, line: &[u8]) -> bool {
        if self.state == State::Quoted {
            self.push(b'\n');
        }
        self.size += line.len() + 1;
        if self.size > MAX_LINE {
            self.give_up();
        }
        let bare = line.strip_suffix(b"\r").unwrap_or(line);
        for &byte in bare {
            self.state = match (self.state, byte) {
                (State::Start, b'"') => State::Quoted,
                (State::Quoted, b'"') => State::Quote,
                (State::Quoted, _) => {
                    self.push(byte);
                    State::Quoted
                }
                (State::Quote, b'"') => {
                    self.push(b'"');
                    State::Quoted
                }
                (_, byte) if byte == self.delimiter => {
                    self.end();
                    State::Start
                }
                (State::Start | State::Plain | State::Quote, _) => {
                    self.push(byte);
                    State::Plain
                }
            };
        }
        if self.state == State::Quoted {
            if bare.len() < line.len() {
                self.push(b'\r');
            }
            return false;
        }
        self.end();
        true
    }

    /// The fields, once the record is complete.
    pub(super) fn fields(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.bytes[start..*end])
    }

    fn push(&mut self, byte: u8) {
        if !self.too_long {
            self.bytes.push(byte);
        }
    }

    fn end(&mut self) {
        if !self.too_long {
            self.ends.push(self.bytes.len());
        }
    }
}

/// Comma, semicolon (as spreadsheets write it in French) or tab: what the head line has most of.
pub(super) fn delimiter(head: &[u8]) -> u8 {
    let count = |wanted: u8| head.iter().filter(|byte| **byte == wanted).count();
    *[b'\t', b';', b','].iter().max_by_key(|delimiter| count(**delimiter)).expect("three to choose from")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(lines: &[&str]) -> (bool, Vec<String>) {
        let mut record = Record::new(b',');
        let done = lines.iter().fold(false, |_, line| record.feed(line.as_bytes()));
        (done, record.fields().map(|field| String::from_utf8_lossy(field).into_owned()).collect())
    }

    #[test]
    fn fields_are_cut_as_spreadsheets_write_them() {
        assert_eq!(cut(&["a,b\r"]), (true, vec!["a".into(), "b".into()]));
        assert_eq!(cut(&["a,,"]), (true, vec!["a".into(), String::new(), String::new()]));
        assert_eq!(cut(&["\"a,b\",\"say \"\"hi\"\"\""]), (true, vec!["a,b".into(), "say \"hi\"".into()]));
        assert_eq!(cut(&["\"one", "two\",x"]), (true, vec!["one\ntwo".into(), "x".into()]));
        assert_eq!(cut(&["5\" screen,x"]), (true, vec!["5\" screen".into(), "x".into()]));
        assert!(!cut(&["\"open"]).0);
    }

    #[test]
    fn the_delimiter_is_what_the_head_has_most_of() {
        assert_eq!(delimiter(b"id,text"), b',');
        assert_eq!(delimiter(b"id;text;author.name"), b';');
        assert_eq!(delimiter(b"id\ttext"), b'\t');
        assert_eq!(delimiter(b"id"), b',');
    }

    proptest! {
        #[test]
        fn what_is_quoted_comes_back(fields in prop::collection::vec("[a-z,;\"\r\n é]{0,12}", 1..6)) {
            let written: Vec<String> =
                fields.iter().map(|field| format!("\"{}\"", field.replace('"', "\"\""))).collect();
            let mut record = Record::new(b',');
            let text = written.join(",");
            for line in text.split('\n') {
                record.feed(line.as_bytes());
            }
            let read: Vec<String> = record.fields().map(|f| String::from_utf8_lossy(f).into_owned()).collect();
            prop_assert_eq!(read, fields);
        }
    }
}
