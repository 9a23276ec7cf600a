//! The terminal: what goes on the line, and what comes off it.
//!
//! - [`Line`] is the terminal's file: opened once, written whole, asked whether it is still alive.
//! - [`Screen`] enters and leaves (one symmetrical list), and shows frames through the [`Painter`].
//! - [`Hearing`] is the one thread that listens: keys behind the escape guard, pastes, signals, the hang-up.
//! - [`Pace`] says when the next frame may be drawn.
//!
//! Keys leave as the desk's own [`Key`](crate::tui::keymap::Key). No library's key or screen types leave this module, and no query is ever sent before the first frame: an answer
//! that comes late would be read as keys.
//!
//! Bytes are decoded here and not by crossterm, whose reader turns an escape that arrives alone into a finished key
//! (so that a split arrow ends in a letter) and spins at full speed after a hang-up. It also wakes by a second
//! library; one `poll` over the terminal and one pipe for signals wakes for nothing else.

mod copy;
mod decode;
mod editor;
mod glyph;
mod hear;
mod input;
mod kitty;
mod line;
mod pace;
mod paint;
mod pen;
mod screen;
mod sequence;
mod stop;
mod travel;

pub use copy::osc52;
pub use decode::{Decoder, Guard};
pub use editor::Editing;
pub use hear::{Hearing, LastWords};
pub use input::{Cause, Heard, Input};
pub use line::{Line, LineError};
pub use pace::Pace;
pub use paint::Painter;
pub use screen::{Drawn, Frame, Options, Screen};
