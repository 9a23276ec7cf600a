//! Which key means which command.
//!
//! Pure: no terminal, no clock. A [`Key`] is the desk's own word for a keypress; the terminal makes them, keymaps
//! name them.

mod key;

pub use key::{Code, Key, KeyError, Unsendable};
