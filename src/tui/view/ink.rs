//! Writing into cells, by role.

use crate::text::{width, wrap};
use crate::tui::model::Tone;
use crate::tui::theme::{Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// A buffer and the theme it is written in.
pub struct Ink<'a> {
    buffer: &'a mut Buffer,
    theme: Theme,
}

impl<'a> Ink<'a> {
    /// Writes into this buffer.
    pub fn new(buffer: &'a mut Buffer, theme: Theme) -> Self {
        Self { buffer, theme }
    }

    /// The whole screen.
    pub fn area(&self) -> Rect {
        self.buffer.area
    }

    /// Writes a text up to the right border; tells the column behind it.
    pub fn put(&mut self, x: u16, y: u16, text: &str, role: Role) -> u16 {
        self.put_within(x, y, text, role, self.buffer.area.width)
    }

    /// Writes a text up to the column `end`, `…` where something is cut off; tells the column behind it.
    pub fn put_within(&mut self, x: u16, y: u16, text: &str, role: Role, end: u16) -> u16 {
        let end = end.min(self.buffer.area.width);
        if y >= self.buffer.area.height || x >= end {
            return x;
        }
        let room = usize::from(end - x);
        // Bytes are never fewer than half the columns, so most texts need no measuring.
        if text.len() <= room {
            return self.write(x, y, text, role);
        }
        self.write(x, y, &width::fit(text, room), role)
    }

    /// Writes a text that fits: the clusters counted once, and most of them a character.
    fn write(&mut self, mut x: u16, y: u16, text: &str, role: Role) -> u16 {
        let style = self.theme.style(role);
        let end = self.buffer.area.width;
        for (_, cluster, columns) in width::graphemes(text) {
            let Ok(columns @ 1..) = u16::try_from(columns) else { continue };
            if columns > end - x {
                break;
            }
            self.buffer[(x, y)].set_symbol(cluster).set_style(style);
            for behind in x + 1..x + columns {
                self.buffer[(behind, y)].reset();
            }
            x += columns;
        }
        x
    }

    /// Writes a text that ends at the column `end`; tells the column before it.
    pub fn put_right(&mut self, end: u16, y: u16, text: &str, role: Role) -> u16 {
        let columns = u16::try_from(width::of(text)).unwrap_or(u16::MAX);
        let x = end.saturating_sub(columns);
        self.put_within(x, y, text, role, end);
        x
    }

    /// Writes a text in the middle of a row.
    pub fn middle(&mut self, y: u16, text: &str, role: Role) {
        let columns = u16::try_from(width::of(text)).unwrap_or(u16::MAX);
        self.put(self.buffer.area.width.saturating_sub(columns) / 2, y, text, role);
    }

    /// Writes a text in the middle of as many rows as it takes; tells the row behind it.
    pub fn paragraph(&mut self, y: u16, text: &str, role: Role) -> u16 {
        let columns = usize::from(self.buffer.area.width.saturating_sub(2)).max(2);
        let lines = wrap::wrap(text, columns);
        for (row, line) in lines.iter().enumerate() {
            self.middle(y + row as u16, &text[line.shown.clone()], role);
        }
        y + lines.len() as u16
    }

    /// Writes a row of a body.
    pub fn row(&mut self, x: u16, y: u16, row: &[(&str, Tone)], end: u16) {
        let mut x = x;
        for (text, tone) in row {
            x = self.put_within(x, y, text, role_of(*tone), end);
        }
    }

    /// A line across, with a title in it.
    pub fn rule(&mut self, x: u16, y: u16, end: u16, title: &str) {
        if y >= self.buffer.area.height {
            return;
        }
        let style = self.theme.style(Role::Border);
        for x in x..end.min(self.buffer.area.width) {
            self.buffer[(x, y)].set_symbol("─").set_style(style);
        }
        if !title.is_empty() {
            let x = self.put_within(x + 1, y, " ", Role::Border, end);
            let x = self.put_within(x, y, title, Role::Title, end.saturating_sub(2));
            self.put_within(x, y, " ", Role::Border, end);
        }
    }

    /// A piece of a picture.
    pub fn dot(&mut self, x: u16, y: u16, symbol: &str, style: Style) {
        if x < self.buffer.area.width && y < self.buffer.area.height {
            self.buffer[(x, y)].set_symbol(symbol).set_style(style);
        }
    }

    /// A line down.
    pub fn down(&mut self, x: u16, y: u16, rows: u16) {
        let style = self.theme.style(Role::Border);
        for y in y..(y + rows).min(self.buffer.area.height) {
            if x < self.buffer.area.width {
                self.buffer[(x, y)].set_symbol("│").set_style(style);
            }
        }
    }

    /// Makes a rectangle blank, so that nothing shows through what lies over it.
    pub fn blank(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                self.buffer[(x, y)].reset();
            }
        }
    }
}

/// The role of a piece of a body.
pub fn role_of(tone: Tone) -> Role {
    use crate::text::mark::Role as Said;
    match tone {
        Tone::Label => Role::Dim,
        Tone::Title => Role::Title,
        Tone::Said(Said::Plain) => Role::Text,
        Tone::Said(Said::Link) => Role::Link,
        Tone::Said(Said::Odd) => Role::Revealed,
        Tone::Said(Said::Term) => Role::Term,
        Tone::Said(Said::Masked) => Role::Masked,
        Tone::Said(Said::Found) => Role::Found,
    }
}
