//! The moderator's desk as a full screen.

pub mod keymap;
