//! The moderator's desk as a full screen.
//!
//! The Elm way: one thread owns the model, every event becomes a message, and a frame is drawn because something
//! changed. [`term`] is the only place that knows there is a terminal; [`theme`] is the only place that knows colours.

pub mod command;
pub mod keymap;
pub mod term;
pub mod theme;
