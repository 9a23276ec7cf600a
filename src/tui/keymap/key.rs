//! A key, as keymaps spell it and the terminal tells it.

use std::fmt;
use std::str::FromStr;
use unicode_width::UnicodeWidthChar;

/// Which key, without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character as typed: `V` is the capital, so a character never carries `shift` as well.
    Char(char),
    /// Return, also on the keypad.
    Enter,
    /// Escape, once it is sure that no sequence follows.
    Esc,
    /// Rubs out to the left.
    Backspace,
    /// Tab; with `shift` it goes backwards.
    Tab,
    /// Arrow.
    Up,
    /// Arrow.
    Down,
    /// Arrow.
    Left,
    /// Arrow.
    Right,
    /// Start of line.
    Home,
    /// End of line.
    End,
    /// A screen up.
    PageUp,
    /// A screen down.
    PageDown,
    /// Insert.
    Insert,
    /// Rubs out to the right.
    Delete,
    /// Function keys 1 to 24.
    F(u8),
    /// A sequence that no table knows. It is passed on because no key may be silent, and nothing can be bound to it.
    Unknown,
}

/// Names of the keys that are not one visible character; the first of two names for a key is the one printed.
const NAMES: &[(&str, Code)] = &[
    ("space", Code::Char(' ')),
    ("enter", Code::Enter),
    ("return", Code::Enter),
    ("esc", Code::Esc),
    ("escape", Code::Esc),
    ("backspace", Code::Backspace),
    ("tab", Code::Tab),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pageup", Code::PageUp),
    ("pagedown", Code::PageDown),
    ("insert", Code::Insert),
    ("delete", Code::Delete),
];

const MODIFIERS: &[&str] = &["ctrl-", "alt-", "shift-"];

/// A key with its modifiers, the desk's own type: keymaps, updates and tests know nothing of terminals.
///
/// One keypress has one value: a capital is its character without `shift`, and a letter with `ctrl` is lower case,
/// because that is all a terminal tells. [`Key::new`] and [`FromStr`] make only such values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Control was down.
    pub ctrl: bool,
    /// Alt was down, or an escape came right before.
    pub alt: bool,
    /// Shift was down; never with [`Code::Char`].
    pub shift: bool,
}

impl Key {
    /// The key alone. `code` must be as typed: `V`, not `v` with shift.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// A character as typed.
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// A letter with control, given in lower case.
    pub const fn ctrl(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: true, alt: false, shift: false }
    }

    /// The one value of this keypress, however a terminal tells it.
    pub fn new(code: Code, ctrl: bool, alt: bool, shift: bool) -> Self {
        match code {
            Code::Char(c) => {
                let c = if ctrl { only(c.to_lowercase(), c) } else { c };
                let c = if shift && !ctrl { only(c.to_uppercase(), c) } else { c };
                Self { code: Code::Char(c), ctrl, alt, shift: false }
            }
            code => Self { code, ctrl, alt, shift },
        }
    }

    /// The character this key would put into a text box; none with control or alt.
    pub fn typed(&self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// Why a binding to this key could never be reached: a terminal without extensions sends something else, or
    /// nothing. `None` for keys that any terminal sends.
    pub fn unsendable(&self) -> Option<Unsendable> {
        use Unsendable::{Ambiguous, Arrives, Never};
        match self.code {
            Code::Unknown => Some(Never),
            Code::Char(c) if self.ctrl => match c {
                'h' => Some(Arrives(Self { ctrl: false, code: Code::Backspace, ..*self })),
                'i' => Some(Arrives(Self { ctrl: false, code: Code::Tab, ..*self })),
                'm' => Some(Arrives(Self { ctrl: false, code: Code::Enter, ..*self })),
                '[' => Some(Arrives(Self { ctrl: false, code: Code::Esc, ..*self })),
                '@' => Some(Arrives(Self { code: Code::Char(' '), ..*self })),
                'a'..='z' | ' ' | '\\' | ']' | '^' | '_' => None,
                _ => Some(Never),
            },
            // After an escape these begin a sequence, so that a terminal's own answer would press them.
            Code::Char('[' | 'O' | ']' | 'P' | '_' | '^' | 'X') if self.alt => Some(Ambiguous),
            Code::Char(_) => None,
            Code::Esc if self.alt || self.ctrl || self.shift => Some(Never),
            Code::Enter | Code::Backspace if self.ctrl || self.shift => Some(Never),
            Code::Tab if self.ctrl => Some(Never),
            _ => None,
        }
    }
}

/// Why a key cannot be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsendable {
    /// It arrives as another key.
    Arrives(Key),
    /// It does not arrive at all, or without its modifiers.
    Never,
    /// It looks like the start of an escape sequence.
    Ambiguous,
}

fn only(mut mapped: impl Iterator<Item = char>, otherwise: char) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(one), None) => one,
        _ => otherwise,
    }
}

/// Writes a key as keymaps have it: `a`, `V`, `ctrl-l`, `shift-tab`, `space`, `f1`, and `u+a0` for a character that
/// cannot be seen. [`FromStr`] reads the same.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (down, name) in [self.ctrl, self.alt, self.shift].into_iter().zip(MODIFIERS) {
            if down {
                f.write_str(name)?;
            }
        }
        if let Some((name, _)) = NAMES.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            Code::Char(c) if c.is_whitespace() || c.width().unwrap_or(0) == 0 => write!(f, "u+{:x}", u32::from(c)),
            Code::Char(c) => write!(f, "{c}"),
            Code::F(n) => write!(f, "f{n}"),
            _ => f.write_str("unknown"),
        }
    }
}

/// A name in a keymap that is no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no key; write one character, or ctrl-x, alt-x, shift-tab, space, enter, esc, up, pagedown, f1")]
pub struct KeyError(pub String);

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(name: &str) -> Result<Self, KeyError> {
        let mut down = [false; 3];
        let mut rest = name;
        while let Some((which, after)) = MODIFIERS
            .iter()
            .enumerate()
            .find_map(|(at, modifier)| rest.strip_prefix(modifier).map(|after| (at, after)))
            .filter(|(which, after)| !after.is_empty() && !down[*which])
        {
            (down[which], rest) = (true, after);
        }
        let code = code(rest).ok_or_else(|| KeyError(name.to_owned()))?;
        Ok(Self::new(code, down[0], down[1], down[2]))
    }
}

fn code(name: &str) -> Option<Code> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return (!c.is_control()).then_some(Code::Char(c));
    }
    if let Some((_, code)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some(*code);
    }
    if let Some(hex) = name.strip_prefix("u+") {
        let c = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)?;
        return (!c.is_control()).then_some(Code::Char(c));
    }
    let number = name.strip_prefix('f').filter(|digits| !digits.starts_with('0'))?;
    number.parse().ok().filter(|n| (1..=24).contains(n)).map(Code::F)
}

#[cfg(test)]
#[path = "key_tests.rs"]
mod tests;
