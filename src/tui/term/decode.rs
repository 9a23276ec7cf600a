//! Bytes into keys, behind the escape guard.
//!
//! A split arrow must never become letters: letters decide. So an escape that arrives alone is held for a moment, and
//! whatever starts like a sequence is swallowed to its end. Where the bytes are cut changes nothing; only time does,
//! and time errs on the side of doing nothing.

use super::input::{Heard, Input};
use super::sequence::{self, Meaning};
use crate::tui::keymap::{Code, Key};
use std::time::{Duration, Instant};

/// How long an unfinished sequence is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guard {
    /// A lone escape becomes the Esc key after this.
    pub lone: Duration,
    /// After an Esc, a `[` or `O` that comes within this is the rest of a late sequence, not a key.
    pub late: Duration,
    /// A sequence begun but not ended is given up after this.
    pub partial: Duration,
    /// A paste whose end never comes is given up after this. Long: what comes afterwards would be keys.
    pub paste: Duration,
}

impl Guard {
    /// A terminal on this machine: 25 ms for a lone escape.
    pub const LOCAL: Guard = Guard {
        lone: Duration::from_millis(25),
        late: Duration::from_millis(300),
        partial: Duration::from_secs(1),
        paste: Duration::from_secs(30),
    };

    /// The far end of a line, where packets tear sequences apart: 100 ms.
    pub const REMOTE: Guard = Guard { lone: Duration::from_millis(100), late: Duration::from_secs(1), ..Guard::LOCAL };
}

/// The largest paste that is kept; the rest of it is read and dropped.
const PASTE: usize = 4 << 20;
const PASTE_ENDS: &[u8] = b"\x1b[201~";

enum State {
    Ground,
    /// A character whose bytes are not all there.
    Letter {
        bytes: [u8; 4],
        have: usize,
        want: usize,
        alt: bool,
    },
    Escape,
    /// `ESC [` or `ESC O` and what followed; `late` when the escape had already become a key.
    Sequence {
        bytes: Vec<u8>,
        late: bool,
    },
    /// An answer of the terminal in words (`ESC ]` and its kin), swallowed to its end.
    Words {
        opened: u8,
        any: bool,
        escape: bool,
    },
    /// The three bytes of an old mouse report.
    Mouse {
        left: u8,
    },
    Paste {
        bytes: Vec<u8>,
    },
}

/// The decoder: bytes and moments in, inputs out. It has no clock, so that time can be tested.
pub struct Decoder {
    state: State,
    guard: Guard,
    last: Instant,
    esc_lapsed: Option<Instant>,
}

impl Decoder {
    /// Begins between two keys.
    pub fn new(guard: Guard, now: Instant) -> Self {
        Self { state: State::Ground, guard, last: now, esc_lapsed: None }
    }

    /// Reads what came at once. Bytes that are here count as in time, even where the deadline has passed meanwhile.
    pub fn feed(&mut self, bytes: &[u8], at: Instant, out: &mut Vec<Heard>) {
        for &byte in bytes {
            self.last = at;
            self.step(byte, at, out);
        }
    }

    /// When [`lapse`](Self::lapse) wants to be called if nothing comes; none between keys, so that idle is idle.
    pub fn deadline(&self) -> Option<Instant> {
        let wait = match self.state {
            State::Ground => return None,
            State::Escape => self.guard.lone,
            State::Letter { .. } | State::Sequence { .. } | State::Words { .. } | State::Mouse { .. } => {
                self.guard.partial
            }
            State::Paste { .. } => self.guard.paste,
        };
        Some(self.last + wait)
    }

    /// Gives up waiting for the rest of what was begun.
    pub fn lapse(&mut self, at: Instant, out: &mut Vec<Heard>) {
        match std::mem::replace(&mut self.state, State::Ground) {
            State::Ground => {}
            State::Escape => {
                self.esc_lapsed = Some(at);
                press(Key::plain(Code::Esc), at, out);
            }
            State::Letter { alt, .. } => press(with_alt(Key::char('\u{FFFD}'), alt), at, out),
            State::Sequence { bytes, late } => match bytes.as_slice() {
                [only] => press(with_alt(Key::char(char::from(*only)), !late), at, out),
                _ => press(Key::plain(Code::Unknown), at, out),
            },
            State::Words { opened, any: false, .. } => press(with_alt(Key::char(char::from(opened)), true), at, out),
            State::Words { .. } | State::Mouse { .. } => {}
            State::Paste { bytes } => out.push(Heard { at, input: Input::Paste(pasted(&bytes)) }),
        }
    }

    fn step(&mut self, byte: u8, at: Instant, out: &mut Vec<Heard>) {
        match std::mem::replace(&mut self.state, State::Ground) {
            State::Ground => {
                let late = self.esc_lapsed.take().is_some_and(|lapsed| at <= lapsed + self.guard.late);
                match byte {
                    b'[' | b'O' if late => self.state = State::Sequence { bytes: vec![byte], late: true },
                    _ => self.ground(byte, false, at, out),
                }
            }
            State::Letter { mut bytes, have, want, alt } => {
                if byte & 0xC0 != 0x80 {
                    press(with_alt(Key::char('\u{FFFD}'), alt), at, out);
                    return self.ground(byte, false, at, out);
                }
                bytes[have] = byte;
                if have + 1 < want {
                    self.state = State::Letter { bytes, have: have + 1, want, alt };
                } else {
                    let c = std::str::from_utf8(&bytes[..want]).ok().and_then(|s| s.chars().next());
                    // The C1 controls are no keys of any keyboard.
                    let c = c.filter(|c| !c.is_control()).unwrap_or('\u{FFFD}');
                    press(with_alt(Key::char(c), alt), at, out);
                }
            }
            State::Escape => match byte {
                0x1B => {
                    press(Key::plain(Code::Esc), at, out);
                    self.state = State::Escape;
                }
                b'[' | b'O' => self.state = State::Sequence { bytes: vec![byte], late: false },
                b']' | b'P' | b'_' | b'^' | b'X' => {
                    self.state = State::Words { opened: byte, any: false, escape: false };
                }
                _ => self.ground(byte, true, at, out),
            },
            State::Sequence { bytes, late } => self.sequence(bytes, late, byte, at, out),
            State::Words { opened, escape, .. } => match byte {
                b'\\' if escape => {}
                _ if escape => {
                    self.state = State::Escape;
                    self.step(byte, at, out);
                }
                0x07 | 0x18 | 0x1A => {}
                _ => self.state = State::Words { opened, any: true, escape: byte == 0x1B },
            },
            State::Mouse { left: 1 } => {}
            State::Mouse { left } => self.state = State::Mouse { left: left - 1 },
            State::Paste { mut bytes } => {
                bytes.push(byte);
                if bytes.ends_with(PASTE_ENDS) {
                    bytes.truncate((bytes.len() - PASTE_ENDS.len()).min(PASTE));
                    out.push(Heard { at, input: Input::Paste(pasted(&bytes)) });
                    return;
                }
                if bytes.len() > PASTE + 4096 {
                    bytes.drain(PASTE..PASTE + 4096 - PASTE_ENDS.len());
                }
                self.state = State::Paste { bytes };
            }
        }
    }

    fn sequence(&mut self, mut bytes: Vec<u8>, late: bool, byte: u8, at: Instant, out: &mut Vec<Heard>) {
        let console = bytes == b"[" && byte == b'[';
        match byte {
            b'M' if bytes == b"[" => self.state = State::Mouse { left: 3 },
            _ if console || (0x20..=0x3F).contains(&byte) => {
                if bytes.len() < 64 {
                    bytes.push(byte);
                }
                self.state = State::Sequence { bytes, late };
            }
            0x40..=0x7E => {
                bytes.push(byte);
                let meaning = match bytes[0] {
                    b'[' => sequence::csi(&bytes[1..]),
                    _ => sequence::ss3(&bytes[1..]),
                };
                match meaning {
                    Meaning::Key(key) => press(key, at, out),
                    Meaning::PasteBegins => self.state = State::Paste { bytes: Vec::new() },
                    Meaning::Echo => out.push(Heard { at, input: Input::Echo }),
                    Meaning::Nothing => {}
                }
            }
            0x1B => self.state = State::Escape,
            _ => self.ground(byte, false, at, out),
        }
    }

    fn ground(&mut self, byte: u8, alt: bool, at: Instant, out: &mut Vec<Heard>) {
        let key = match byte {
            0x1B => {
                self.state = State::Escape;
                return;
            }
            0x00 => Key::ctrl(' '),
            b'\r' => Key::plain(Code::Enter),
            b'\t' => Key::plain(Code::Tab),
            0x08 | 0x7F => Key::plain(Code::Backspace),
            0x01..=0x1A => Key::ctrl(char::from(byte - 1 + b'a')),
            0x1C..=0x1F => Key::ctrl(char::from(byte + 0x40)),
            0x20..=0x7E => Key::char(char::from(byte)),
            0xC2..=0xF4 => {
                let want = if byte < 0xE0 {
                    2
                } else if byte < 0xF0 {
                    3
                } else {
                    4
                };
                self.state = State::Letter { bytes: [byte, 0, 0, 0], have: 1, want, alt };
                return;
            }
            _ => Key::char('\u{FFFD}'),
        };
        press(with_alt(key, alt), at, out);
    }
}

fn with_alt(key: Key, alt: bool) -> Key {
    Key { alt: alt || key.alt, ..key }
}

fn press(key: Key, at: Instant, out: &mut Vec<Heard>) {
    out.push(Heard { at, input: Input::Key(key) });
}

/// Terminals end the lines of a paste in a carriage return, and some let control characters through.
fn pasted(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
