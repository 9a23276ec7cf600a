//! A text box of several lines.
//!
//! Written here rather than taken from a crate: it must never turn a paste into keys, must show everything scrubbed,
//! and must move by what a reader takes for one character.

use std::ops::Range;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// Longest text, in bytes: more than any channel takes.
const LONGEST: usize = 32 * 1024;

/// A text and a place in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Editor {
    text: String,
    at: usize,
    /// What the next character takes the place of: a blank that was gone to.
    picked: Option<Range<usize>>,
}

impl Editor {
    /// With a text in it, at its end.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { at: text.len(), text, picked: None }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte before which the next character goes.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Goes to a stretch of the text: the next character typed, or what is pasted, takes its place.
    pub fn pick(&mut self, stretch: Range<usize>) {
        if self.text.get(stretch.clone()).is_some() {
            self.at = stretch.end;
            self.picked = Some(stretch);
        }
    }

    /// The stretch that the next character takes the place of.
    pub fn picked(&self) -> Option<&Range<usize>> {
        self.picked.as_ref()
    }

    /// Takes the picked stretch out; false where there is none.
    fn take_picked(&mut self) -> bool {
        let Some(stretch) = self.picked.take() else { return false };
        self.at = stretch.start;
        self.text.drain(stretch);
        true
    }

    /// Puts text in, typed or pasted; what is over the limit stays out.
    pub fn insert(&mut self, text: &str) {
        self.take_picked();
        let mut room = LONGEST.saturating_sub(self.text.len()).min(text.len());
        while !text.is_char_boundary(room) {
            room -= 1;
        }
        self.text.insert_str(self.at, &text[..room]);
        self.at += room;
    }

    /// Rubs out to the left.
    pub fn backspace(&mut self) {
        if self.take_picked() {
            return;
        }
        let from = self.left_of(self.at);
        self.text.drain(from..self.at);
        self.at = from;
    }

    /// Rubs out to the right.
    pub fn delete(&mut self) {
        if self.take_picked() {
            return;
        }
        let to = self.right_of(self.at);
        self.text.drain(self.at..to);
    }

    /// Rubs out from the start of the line.
    pub fn clear_line(&mut self) {
        self.picked = None;
        let from = self.line_start(self.at);
        self.text.drain(from..self.at);
        self.at = from;
    }

    /// Rubs out the word to the left.
    pub fn backspace_word(&mut self) {
        self.picked = None;
        let from = self.text[..self.at].split_word_bound_indices().rfind(|(_, word)| !word.trim().is_empty());
        let from = from.map_or(0, |(at, _)| at);
        self.text.drain(from..self.at);
        self.at = from;
    }

    /// One character to the left.
    pub fn left(&mut self) {
        self.picked = None;
        self.at = self.left_of(self.at);
    }

    /// One character to the right.
    pub fn right(&mut self) {
        self.picked = None;
        self.at = self.right_of(self.at);
    }

    /// To the start of the line.
    pub fn home(&mut self) {
        self.picked = None;
        self.at = self.line_start(self.at);
    }

    /// To the end of the line.
    pub fn end(&mut self) {
        self.picked = None;
        self.at = self.line_end(self.at);
    }

    /// One line up, as near to the same column as it has characters.
    pub fn up(&mut self) {
        self.picked = None;
        let start = self.line_start(self.at);
        if start > 0 {
            let column = self.text[start..self.at].graphemes(true).count();
            self.go_to_column(self.line_start(start - 1), column);
        }
    }

    /// One line down.
    pub fn down(&mut self) {
        self.picked = None;
        let end = self.line_end(self.at);
        if end < self.text.len() {
            let column = self.text[self.line_start(self.at)..self.at].graphemes(true).count();
            self.go_to_column(end + 1, column);
        }
    }

    fn go_to_column(&mut self, start: usize, column: usize) {
        let line = &self.text[start..self.line_end(start)];
        self.at = start + line.graphemes(true).take(column).map(str::len).sum::<usize>();
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |before| before + 1)
    }

    fn line_end(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |after| at + after)
    }

    fn left_of(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        cursor.prev_boundary(&self.text, 0).ok().flatten().unwrap_or(0)
    }

    fn right_of(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        cursor.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_are_moved_through_by_what_a_reader_takes_for_a_character() {
        let mut editor = Editor::new("héé\nx\nyyy");
        editor.up();
        assert_eq!(editor.at(), 7, "the short line has no third column");
        editor.up();
        assert_eq!(editor.at(), 1);
        editor.end();
        editor.backspace();
        assert_eq!(editor.text(), "hé\nx\nyyy");
        editor.home();
        editor.delete();
        assert_eq!(editor.text(), "é\nx\nyyy");
        editor.down();
        editor.down();
        editor.end();
        editor.backspace_word();
        assert_eq!(editor.text(), "é\nx\n");
    }

    #[test]
    fn what_is_typed_takes_the_place_of_a_blank_that_was_gone_to() {
        let mut editor = Editor::new("n° {{file}}, thanks");
        let start = editor.text().find('{').expect("a blank");
        editor.pick(start..start + 8);
        editor.insert("4");
        editor.insert("2");
        assert_eq!(editor.text(), "n° 42, thanks");
        editor.pick(start..start + 2);
        editor.left();
        editor.insert("1");
        assert_eq!(editor.text(), "n° 412, thanks", "moving away leaves it as it stands");
    }

    proptest! {
        #[test]
        fn no_key_leaves_the_text(text in "\\PC{0,12}", keys in proptest::collection::vec(0..11u8, 0..40)) {
            let mut editor = Editor::new(text);
            for key in keys {
                match key {
                    0 => editor.left(), 1 => editor.right(), 2 => editor.up(), 3 => editor.down(),
                    4 => editor.home(), 5 => editor.end(), 6 => editor.backspace(), 7 => editor.delete(),
                    8 => editor.insert("é\n👍"), 9 => editor.pick(0..editor.at()), _ => editor.backspace_word(),
                }
                prop_assert!(editor.text().is_char_boundary(editor.at()));
            }
        }
    }
}
