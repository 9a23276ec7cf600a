//! Small things that screens are made of.

mod editor;

pub use editor::Editor;
