//! Colours by role. Nothing else in the house names a colour.
//!
//! No background is painted and only the terminal's own 16 colours are used, so that light and dark terminals both
//! stay readable. Colour never carries a meaning alone: whoever uses a role writes the word or the mark as well.

use ratatui::style::{Color, Modifier, Style};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// What a piece of the screen is, for which a theme has a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// What is read: content, values.
    Text,
    /// The client, first on every screen.
    Client,
    /// A heading, the name of a pane.
    Title,
    /// What is only glanced at: times, counts, labels.
    Dim,
    /// Lines between panes.
    Border,
    /// The line between panes of the one that has the keys.
    Focus,
    /// Something to know before deciding: late, changed, refused. Neutral, never a wall.
    Warning,
    /// Imminent harm, until somebody has taken it.
    Alert,
    /// All is well: sent, connected.
    Good,
    /// A word that a rule or a policy looks for.
    Term,
    /// A defanged link.
    Link,
    /// Covered words.
    Masked,
    /// What was invisible or hostile in the text and was made visible.
    Revealed,
    /// A name somebody outside chose.
    Author,
    /// That it is public already.
    Online,
    /// A key in a hint.
    Key,
    /// A key in a hint that cannot be pressed now.
    KeyOff,
    /// The row the cursor is on.
    Selected,
    /// A row that is marked.
    Marked,
    /// What a find has found.
    Found,
    /// Decided, not yet sent.
    Held,
    /// What is being typed.
    Typed,
    /// A place in a template that is still blank.
    Blank,
    /// The break screen.
    Break,
}

/// Every role, for tests and for showing a theme.
pub const ROLES: [Role; 24] = [
    Role::Text,
    Role::Client,
    Role::Title,
    Role::Dim,
    Role::Border,
    Role::Focus,
    Role::Warning,
    Role::Alert,
    Role::Good,
    Role::Term,
    Role::Link,
    Role::Masked,
    Role::Revealed,
    Role::Author,
    Role::Online,
    Role::Key,
    Role::KeyOff,
    Role::Selected,
    Role::Marked,
    Role::Found,
    Role::Held,
    Role::Typed,
    Role::Blank,
    Role::Break,
];

/// A way to show the roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    /// The terminal's 16 colours.
    #[default]
    Terminal,
    /// Bold and bright only, nothing dimmed.
    HighContrast,
    /// No colour at all: bold, underline, reverse. Also what `NO_COLOR` asks for.
    Mono,
}

/// The configured name is no theme.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("`{0}` is no theme; write terminal, high-contrast or mono")]
pub struct ThemeError(String);

impl FromStr for Theme {
    type Err = ThemeError;

    fn from_str(name: &str) -> Result<Self, ThemeError> {
        match name {
            "terminal" => Ok(Theme::Terminal),
            "high-contrast" => Ok(Theme::HighContrast),
            "mono" => Ok(Theme::Mono),
            _ => Err(ThemeError(name.into())),
        }
    }
}

impl fmt::Display for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Theme::Terminal => "terminal",
            Theme::HighContrast => "high-contrast",
            Theme::Mono => "mono",
        })
    }
}

impl Theme {
    /// This theme, unless colour is not wanted (`--no-color`, or `NO_COLOR` set to anything but nothing).
    pub fn without_colour_if(self, unwanted: bool) -> Self {
        if unwanted { Theme::Mono } else { self }
    }

    /// How the role looks.
    pub fn style(self, role: Role) -> Style {
        match self {
            Theme::Terminal => terminal(role),
            Theme::HighContrast => high_contrast(role),
            Theme::Mono => mono(role),
        }
    }
}

/// Whether the environment asks for no colour (no-color.org: set, and not empty).
pub fn no_colour_wanted() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

fn terminal(role: Role) -> Style {
    let plain = Style::new();
    match role {
        Role::Text | Role::Typed | Role::Author => plain,
        Role::Client | Role::Title => plain.add_modifier(Modifier::BOLD),
        // Grey of the palette and not the dim attribute, which many terminals do not have.
        Role::Dim | Role::Border | Role::KeyOff => plain.fg(Color::DarkGray),
        Role::Focus | Role::Key => plain.fg(Color::Cyan),
        Role::Warning | Role::Held | Role::Online => plain.fg(Color::Yellow),
        Role::Alert => plain.fg(Color::Red).add_modifier(Modifier::BOLD.union(Modifier::REVERSED)),
        Role::Good | Role::Break => plain.fg(Color::Green),
        Role::Term => plain.fg(Color::Yellow).add_modifier(Modifier::UNDERLINED),
        Role::Link => plain.fg(Color::Blue).add_modifier(Modifier::UNDERLINED),
        Role::Masked => plain.fg(Color::Magenta),
        Role::Revealed => plain.fg(Color::Magenta).add_modifier(Modifier::REVERSED),
        Role::Selected => plain.add_modifier(Modifier::REVERSED),
        Role::Marked => plain.fg(Color::Cyan).add_modifier(Modifier::BOLD),
        Role::Found => plain.fg(Color::Yellow).add_modifier(Modifier::REVERSED),
        Role::Blank => plain.fg(Color::Yellow).add_modifier(Modifier::REVERSED),
    }
}

fn high_contrast(role: Role) -> Style {
    let plain = Style::new();
    let bold = plain.add_modifier(Modifier::BOLD);
    match role {
        Role::Text | Role::Typed | Role::Dim | Role::Border | Role::KeyOff | Role::Author => plain,
        Role::Client | Role::Title | Role::Focus | Role::Held | Role::Good | Role::Break | Role::Online => bold,
        Role::Key | Role::Marked => bold.add_modifier(Modifier::UNDERLINED),
        Role::Warning => bold.fg(Color::LightYellow),
        Role::Alert => bold.fg(Color::LightRed).add_modifier(Modifier::REVERSED),
        Role::Term | Role::Link => bold.add_modifier(Modifier::UNDERLINED),
        Role::Masked => bold,
        Role::Revealed | Role::Selected | Role::Found | Role::Blank => bold.add_modifier(Modifier::REVERSED),
    }
}

fn mono(role: Role) -> Style {
    let plain = Style::new();
    match role {
        Role::Text | Role::Typed | Role::Dim | Role::Border | Role::KeyOff | Role::Author | Role::Break => plain,
        Role::Client | Role::Title | Role::Focus | Role::Warning | Role::Good | Role::Held | Role::Online => {
            plain.add_modifier(Modifier::BOLD)
        }
        Role::Key | Role::Masked | Role::Marked => plain.add_modifier(Modifier::BOLD),
        Role::Term | Role::Link => plain.add_modifier(Modifier::UNDERLINED),
        Role::Alert => plain.add_modifier(Modifier::BOLD.union(Modifier::REVERSED)),
        Role::Revealed | Role::Selected | Role::Found | Role::Blank => plain.add_modifier(Modifier::REVERSED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_row_shows_without_colour() {
        for theme in [Theme::Terminal, Theme::HighContrast, Theme::Mono] {
            assert!(theme.style(Role::Selected).add_modifier.contains(Modifier::REVERSED), "{theme}");
            assert_eq!(theme.to_string().parse(), Ok(theme));
        }
    }

    #[test]
    fn no_theme_paints_a_background_and_mono_no_colour() {
        for role in ROLES {
            for theme in [Theme::Terminal, Theme::HighContrast, Theme::Mono] {
                assert_eq!(theme.style(role).bg, None, "{theme} {role:?}");
            }
            assert_eq!(Theme::Terminal.without_colour_if(true).style(role).fg, None, "{role:?}");
        }
    }
}
