//! How this terminal shows pictures, from what it says of itself. Nothing is asked of it.

use crate::config;
use crate::desk::{Colours, Pictures};
use crate::tui::theme::Theme;

/// What the environment says of the terminal.
pub struct Terminal {
    term: String,
    colorterm: String,
    /// A program stands between this one and the terminal.
    between: bool,
}

impl Terminal {
    /// Of this process.
    pub fn here() -> Self {
        let says = |name: &str| std::env::var(name).unwrap_or_default();
        Self::of(says("TERM"), says("COLORTERM"), !says("TMUX").is_empty() || !says("STY").is_empty())
    }

    fn of(term: String, colorterm: String, multiplexed: bool) -> Self {
        let between = multiplexed || term.starts_with("tmux") || term.starts_with("screen");
        Self { term, colorterm, between }
    }

    /// As configured; and whether that had to be changed. What tmux and screen are sent of a picture they would show
    /// as a title, so it is drawn in cells there.
    pub fn pictures(&self, asked: config::Pictures) -> (Pictures, bool) {
        match asked {
            config::Pictures::HalfBlocks => (Pictures::HalfBlocks, false),
            config::Pictures::Kitty if self.between => (Pictures::HalfBlocks, true),
            config::Pictures::Kitty => (Pictures::Kitty, false),
            config::Pictures::None => (Pictures::None, false),
        }
    }

    /// Its colours; where it says nothing, shades are never wrong.
    pub fn colours(&self, theme: Theme) -> Colours {
        match (self.colorterm.as_str(), self.term.as_str()) {
            _ if theme == Theme::Mono => Colours::Few,
            ("truecolor" | "24bit", _) => Colours::Mixed,
            (_, term) if term.contains("256color") || term.contains("kitty") => Colours::Palette,
            _ => Colours::Few,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terminal(term: &str, colorterm: &str, multiplexed: bool) -> Terminal {
        Terminal::of(term.into(), colorterm.into(), multiplexed)
    }

    #[test]
    fn no_picture_is_sent_through_a_program_that_would_make_a_title_of_it() {
        let kitty = |term, multiplexed| terminal(term, "", multiplexed).pictures(config::Pictures::Kitty);
        assert_eq!(kitty("xterm-kitty", false), (Pictures::Kitty, false));
        for (term, multiplexed) in [("xterm-kitty", true), ("tmux-256color", false), ("screen.xterm-kitty", false)] {
            assert_eq!(kitty(term, multiplexed), (Pictures::HalfBlocks, true), "{term}");
        }
        assert_eq!(terminal("tmux", "", true).pictures(config::Pictures::None), (Pictures::None, false));
    }

    #[test]
    fn colours_are_those_that_the_terminal_says_it_has() {
        let colours = |term, colorterm| terminal(term, colorterm, false).colours(Theme::Terminal);
        assert_eq!(colours("xterm-256color", "truecolor"), Colours::Mixed);
        assert_eq!(colours("xterm-256color", ""), Colours::Palette);
        assert_eq!([colours("xterm", ""), colours("linux", ""), colours("", "")], [Colours::Few; 3]);
        assert_eq!(terminal("xterm", "truecolor", false).colours(Theme::Mono), Colours::Few);
    }
}
