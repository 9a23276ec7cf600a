//! Cutting a stream of bytes into items: NDJSON by lines, a JSON array by its elements.

use crate::moderation::item::MAX_LINE;

/// One piece of the body.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// The bytes of one item, with its number from 1: the line, or the place in the array.
    Item(u64, Vec<u8>),
    /// It is over the limit and was not kept.
    TooLong(u64),
    /// The array is no array from here on; nothing after it can be read.
    Broken(u64, &'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Unknown,
    Lines,
    /// Between elements.
    Array,
    /// Inside an element.
    Element,
    /// After the array's end.
    Over,
    Broken,
}

/// The cutter. Holds at most one item.
pub struct Splitter {
    shape: Shape,
    number: u64,
    buffer: Vec<u8>,
    too_long: bool,
    depth: u32,
    quoted: bool,
    escaped: bool,
    comma: bool,
}

impl Splitter {
    /// At the beginning of a body.
    pub fn new() -> Self {
        Self {
            shape: Shape::Unknown,
            number: 0,
            buffer: Vec::new(),
            too_long: false,
            depth: 0,
            quoted: false,
            escaped: false,
            comma: true,
        }
    }

    fn keep(&mut self, bytes: &[u8]) {
        if self.buffer.len() + bytes.len() > MAX_LINE {
            self.too_long = true;
            self.buffer = Vec::new();
        } else if !self.too_long {
            self.buffer.extend_from_slice(bytes);
        }
    }

    fn cut(&mut self, pieces: &mut Vec<Piece>) {
        let item = std::mem::take(&mut self.buffer);
        if std::mem::take(&mut self.too_long) {
            pieces.push(Piece::TooLong(self.number));
        } else if !item.iter().all(u8::is_ascii_whitespace) {
            pieces.push(Piece::Item(self.number, item));
        }
    }

    /// Takes the next bytes and answers what is complete.
    pub fn take(&mut self, mut bytes: &[u8]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        if self.shape == Shape::Unknown {
            // A byte order mark before the first item is nobody's content.
            let Some(at) = bytes.iter().position(|byte| !byte.is_ascii_whitespace() && !b"\xef\xbb\xbf".contains(byte))
            else {
                self.number += bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
                return pieces;
            };
            if bytes[at] == b'[' {
                (self.shape, self.number) = (Shape::Array, 0);
            } else {
                self.number += bytes[..at].iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
                self.shape = Shape::Lines;
            }
            bytes = &bytes[at + usize::from(self.shape == Shape::Array)..];
        }
        if self.shape == Shape::Lines {
            self.lines(bytes, &mut pieces);
        } else {
            self.elements(bytes, &mut pieces);
        }
        pieces
    }

    fn lines(&mut self, mut bytes: &[u8], pieces: &mut Vec<Piece>) {
        while let Some(at) = bytes.iter().position(|byte| *byte == b'\n') {
            self.keep(&bytes[..at]);
            self.cut(pieces);
            self.number += 1;
            bytes = &bytes[at + 1..];
        }
        self.keep(bytes);
    }

    fn elements(&mut self, bytes: &[u8], pieces: &mut Vec<Piece>) {
        let mut from = 0;
        for (at, byte) in bytes.iter().enumerate() {
            match self.shape {
                Shape::Array => match byte {
                    byte if byte.is_ascii_whitespace() => {}
                    b',' if !self.comma => self.comma = true,
                    b']' if !self.comma || self.number == 0 => self.shape = Shape::Over,
                    b'{' if self.comma => {
                        (self.shape, self.depth, self.comma, from) = (Shape::Element, 1, false, at);
                        self.number += 1;
                    }
                    _ => return self.broken(pieces, "the array must hold objects with commas between them"),
                },
                Shape::Element if self.quoted => match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.quoted = false,
                    _ => {}
                },
                Shape::Element => match byte {
                    b'"' => self.quoted = true,
                    b'{' | b'[' => self.depth = self.depth.saturating_add(1),
                    b'}' | b']' => {
                        self.depth -= 1;
                        if self.depth == 0 {
                            self.keep(&bytes[from..=at]);
                            self.cut(pieces);
                            self.shape = Shape::Array;
                        }
                    }
                    _ => {}
                },
                Shape::Over if byte.is_ascii_whitespace() => {}
                Shape::Over => return self.broken(pieces, "there is something after the end of the array"),
                Shape::Unknown | Shape::Lines | Shape::Broken => return,
            }
        }
        if self.shape == Shape::Element {
            self.keep(&bytes[from..]);
        }
    }

    fn broken(&mut self, pieces: &mut Vec<Piece>, why: &'static str) {
        self.shape = Shape::Broken;
        pieces.push(Piece::Broken(self.number + 1, why));
    }

    /// What is left at the end of the body.
    pub fn end(mut self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        match self.shape {
            Shape::Lines => self.cut(&mut pieces),
            Shape::Array | Shape::Element => {
                self.broken(&mut pieces, "the array breaks off before its end; send the rest again");
            }
            Shape::Unknown | Shape::Over | Shape::Broken => {}
        }
        pieces
    }

    /// Whether nothing more can be read.
    pub fn is_broken(&self) -> bool {
        self.shape == Shape::Broken
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn cut(body: &[u8], by: usize) -> Vec<Piece> {
        let mut splitter = Splitter::new();
        let mut pieces: Vec<Piece> = body.chunks(by).flat_map(|chunk| splitter.take(chunk)).collect();
        pieces.extend(splitter.end());
        pieces
    }

    fn items(pieces: &[Piece]) -> Vec<(u64, Value)> {
        let item = |piece: &Piece| match piece {
            Piece::Item(number, bytes) => Some((*number, serde_json::from_slice(bytes).expect("JSON"))),
            _ => None,
        };
        pieces.iter().filter_map(item).collect()
    }

    #[test]
    fn blank_lines_count_and_the_last_needs_no_end() {
        for by in 1..9 {
            let pieces = cut(b"\n{\"a\":1}\n\r\n  \n{\"b\":\"[\"}", by);
            assert_eq!(items(&pieces), [(2, json!({"a": 1})), (5, json!({"b": "["}))]);
        }
    }

    #[test]
    fn an_array_that_breaks_off_or_is_none_says_so_and_keeps_what_came_before() {
        for (body, good) in [
            ("[{\"a\":1},{\"b\":", 1),
            ("[{\"a\":1} {\"b\":2}]", 1),
            ("[1]", 0),
            ("[{\"a\":1}]x", 1),
            ("[{\"a\":1},]", 1),
            ("[", 0),
        ] {
            let pieces = cut(body.as_bytes(), 3);
            assert_eq!(items(&pieces).len(), good, "{body}");
            assert!(matches!(pieces.last(), Some(Piece::Broken(..))), "{body}: {pieces:?}");
        }
        assert!(cut(b"[]", 1).is_empty());
        assert!(cut(b"", 1).is_empty());
    }

    #[test]
    fn an_item_over_the_limit_is_not_kept_and_the_next_one_is() {
        let body = format!("[{{\"a\":\"{}\"}},{{\"b\":1}}]", "x".repeat(MAX_LINE));
        let pieces = cut(body.as_bytes(), 65_536);
        assert_eq!(pieces[0], Piece::TooLong(1));
        assert_eq!(items(&pieces), [(2, json!({"b": 1}))]);
    }

    proptest! {
        #[test]
        fn whatever_the_pieces_an_array_and_lines_hold_the_same(
            texts in prop::collection::vec(any::<String>(), 1..6), by in 1usize..40, pretty in any::<bool>(),
        ) {
            let values: Vec<Value> = texts.iter().map(|text| json!({"id": text, "n": [{"k": text}]})).collect();
            let array = match pretty {
                true => serde_json::to_string_pretty(&values),
                false => serde_json::to_string(&values),
            }.expect("JSON");
            let lines: String = values.iter().map(|value| format!("{value}\n")).collect();
            let expected: Vec<(u64, Value)> = (1..).zip(values).collect();
            prop_assert_eq!(items(&cut(array.as_bytes(), by)), expected.clone());
            prop_assert_eq!(items(&cut(lines.as_bytes(), by)), expected);
        }
    }
}
