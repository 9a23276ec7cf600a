//! The places where keys mean something.

use super::Key;
use std::fmt;

/// A place: one table of a keymap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Everywhere: lies under every other place, so that a place can give its keys another meaning.
    Always,
    /// An item is on screen.
    Desk,
    /// A list to choose from, whose entries have letters.
    Chooser,
    /// A text box.
    Text,
    /// The palette, where a filter is typed.
    Palette,
    /// Something to read: help, charter, history, thread.
    Page,
    /// Items that belong together.
    Batch,
    /// The alert that is out.
    Alert,
    /// The break screen.
    Break,
    /// The curtain is down.
    Curtain,
    /// The shift screen.
    Shift,
    /// End of shift.
    Summary,
    /// The supervisor's dashboard.
    Watch,
}

impl Context {
    /// All of them, in the order of help.
    pub const ALL: [Self; 13] = [
        Self::Always,
        Self::Desk,
        Self::Chooser,
        Self::Text,
        Self::Palette,
        Self::Page,
        Self::Batch,
        Self::Alert,
        Self::Break,
        Self::Curtain,
        Self::Shift,
        Self::Summary,
        Self::Watch,
    ];

    /// The name of its table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Desk => "desk",
            Self::Chooser => "chooser",
            Self::Text => "text",
            Self::Palette => "palette",
            Self::Page => "page",
            Self::Batch => "batch",
            Self::Alert => "alert",
            Self::Break => "break",
            Self::Curtain => "curtain",
            Self::Shift => "shift",
            Self::Summary => "summary",
            Self::Watch => "watch",
        }
    }

    /// The place of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|context| context.name() == name)
    }

    /// Whether characters are text here, so that no character can be bound: keys typed in a text box never decide.
    pub fn is_typed_in(self) -> bool {
        matches!(self, Self::Text | Self::Palette)
    }

    /// Whether this key already means something here that no keymap can change: text, or the letter of an entry.
    pub fn takes(self, key: Key) -> bool {
        let Some(typed) = key.typed() else { return false };
        match self {
            // What is bound everywhere is bound in text boxes too.
            Self::Always | Self::Text | Self::Palette => true,
            Self::Chooser => typed.is_alphanumeric(),
            _ => false,
        }
    }
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
