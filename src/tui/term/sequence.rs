//! What a whole escape sequence from the terminal means.

use crate::tui::keymap::{Code, Key};

/// The meaning of a sequence.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A key.
    Key(Key),
    /// Pasted text follows.
    PasteBegins,
    /// The terminal is in order; it answers nothing else with this.
    Echo,
    /// An answer, a focus event or a mouse report that nobody asked for: dropped without a word.
    Nothing,
}

/// Reads what followed `ESC [`, the final byte included.
pub(super) fn csi(body: &[u8]) -> Meaning {
    let Some((&last, params)) = body.split_last() else { return unknown() };
    if params == b"[" {
        return match last {
            b'A'..=b'E' => key(Code::F(last - b'A' + 1), 1),
            _ => unknown(),
        };
    }
    if matches!(params.first(), Some(b'<' | b'?' | b'>' | b'=')) {
        return Meaning::Nothing;
    }
    let numbers = numbers(params);
    let (first, second) = (numbers[0], numbers[1]);
    match last {
        b'~' if first == 200 => Meaning::PasteBegins,
        b'~' if first == 201 => Meaning::Nothing,
        b'~' if first == 27 => character(numbers[2], second),
        b'~' => tilde(first).map_or_else(unknown, |code| key(code, second)),
        b'u' if numbers[3] == 3 => Meaning::Nothing,
        b'u' => character(first, second),
        b'Z' => key(Code::Tab, 2),
        b'I' | b'c' | b'y' | b't' => Meaning::Nothing,
        b'O' if params.is_empty() => Meaning::Nothing,
        b'n' => match first {
            0 => Meaning::Echo,
            _ => Meaning::Nothing,
        },
        // A cursor report looks like F3 with modifiers; rows other than the first give it away.
        b'R' if first > 1 => Meaning::Nothing,
        _ => letter(last).map_or_else(unknown, |code| key(code, second)),
    }
}

/// Reads what followed `ESC O`, the final byte included: arrows in application mode, F1 to F4, the keypad.
pub(super) fn ss3(body: &[u8]) -> Meaning {
    let Some((&last, params)) = body.split_last() else { return unknown() };
    let modifiers = numbers(params)[0];
    let code = match last {
        b'M' => Code::Enter,
        b'I' => Code::Tab,
        b' ' => Code::Char(' '),
        b'X' => Code::Char('='),
        b'j'..=b'y' => Code::Char(char::from(last - b'j' + b'*')),
        _ => match letter(last) {
            Some(code) => code,
            None => return unknown(),
        },
    };
    key(code, modifiers)
}

fn letter(last: u8) -> Option<Code> {
    Some(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'P'..=b'S' => Code::F(last - b'P' + 1),
        _ => return None,
    })
}

fn tilde(number: u32) -> Option<Code> {
    Some(match number {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        n @ 11..=15 => Code::F(n as u8 - 10),
        n @ 17..=21 => Code::F(n as u8 - 11),
        n @ 23..=26 => Code::F(n as u8 - 12),
        n @ 28..=29 => Code::F(n as u8 - 13),
        n @ 31..=34 => Code::F(n as u8 - 14),
        _ => return None,
    })
}

/// A key told by its code point, as terminals do that were asked to tell more.
fn character(point: u32, modifiers: u32) -> Meaning {
    let code = match point {
        13 | 57414 => Code::Enter,
        27 => Code::Esc,
        9 => Code::Tab,
        8 | 127 => Code::Backspace,
        _ => match char::from_u32(point).filter(|c| !c.is_control()) {
            Some(c) => Code::Char(c),
            None => return unknown(),
        },
    };
    key(code, modifiers)
}

fn key(code: Code, modifiers: u32) -> Meaning {
    let bits = modifiers.saturating_sub(1);
    Meaning::Key(Key::new(code, bits & 4 != 0, bits & 2 != 0, bits & 1 != 0))
}

fn unknown() -> Meaning {
    Meaning::Key(Key::plain(Code::Unknown))
}

/// The first four numbers, the event type of the second in the fourth place; an absent one is 0.
fn numbers(params: &[u8]) -> [u32; 4] {
    let mut found = [0; 4];
    for (place, param) in params.split(|b| *b == b';').take(3).enumerate() {
        let mut parts = param.split(|b| *b == b':').map(number);
        found[place] = parts.next().unwrap_or(0);
        if place == 1 {
            found[3] = parts.next().unwrap_or(0);
        }
    }
    found
}

fn number(digits: &[u8]) -> u32 {
    digits
        .iter()
        .filter(|b| b.is_ascii_digit())
        .fold(0, |n: u32, b| n.saturating_mul(10).saturating_add((b - b'0').into()))
}
