//! What is wrong in a file that a person wrote, and where.

use std::fmt;
use std::path::PathBuf;

/// One mistake, with the place at which an editor opens it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// Counted from 1.
    pub line: u32,
    /// In characters, counted from 1.
    pub column: u32,
    /// What is wrong and what to write instead; it may quote the file, never a secret.
    pub message: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

/// All that is wrong in one file, in the order of its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes {
    /// Which file.
    pub file: PathBuf,
    /// Never empty.
    pub mistakes: Vec<Mistake>,
}

impl fmt::Display for Mistakes {
    /// `file:line:column: message`, a line each, as compilers write it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, mistake) in self.mistakes.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{}:{mistake}", self.file.display())?;
        }
        Ok(())
    }
}

/// The line and column of a byte of `text`. A byte past the end, or inside a character, counts as the place before.
pub(crate) fn place(text: &str, byte: usize) -> (u32, u32) {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let before = &text[..byte];
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before[start..].chars().filter(|c| *c != '\u{feff}').count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_from_one() {
        assert_eq!(place("é = 1\nb", 0), (1, 1));
        assert_eq!(place("é = 1\nb", 1), (1, 1));
        assert_eq!(place("é = 1\nb", 3), (1, 3));
        assert_eq!(place("é = 1\nb", 7), (2, 1));
        assert_eq!(place("", 9), (1, 1));
    }
}
