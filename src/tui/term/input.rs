//! What a person's hands and the machine can say to the desk.

use crate::tui::keymap::Key;
use std::time::Instant;

/// Why the program was told to go; each has the exit code a shell expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The line is gone, or SIGHUP came: 129.
    HangUp,
    /// SIGINT from outside (the key is an ordinary `ctrl-c`): 130.
    Interrupt,
    /// SIGTERM or SIGQUIT: 143.
    Terminate,
}

impl Cause {
    /// What the process returns.
    pub const fn exit_code(self) -> u8 {
        match self {
            Cause::HangUp => 129,
            Cause::Interrupt => 130,
            Cause::Terminate => 143,
        }
    }
}

/// One thing that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted, never to be read as keys: lines end in `\n`, other control characters are gone.
    Paste(String),
    /// The terminal has this many columns and rows. Sent for every change signal, also when the size is the same:
    /// who reattaches a session sends one, and expects a full frame.
    Resize(u16, u16),
    /// Somebody outside asked the program to stop itself, as Ctrl-Z would: answer with `Screen::suspend`.
    Suspend,
    /// The program goes on after it was stopped from outside: answer with `Screen::resume`.
    Resume,
    /// The terminal answered what `Screen::ask_echo` asked; the time between is the line's round trip.
    Echo,
    /// The program has to end.
    End(Cause),
}

/// An input and the moment its last byte was read, which the guards against the wrong finger count from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// When it was read, not when somebody got round to it.
    pub at: Instant,
    /// What it was.
    pub input: Input,
}
