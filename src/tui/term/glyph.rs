//! What one cell of the screen shows, and how sure it is that the terminal agrees on its width.

use super::pen::Pen;
use ratatui::buffer::Cell;
use ratatui::style::Modifier;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The character of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Nobody knows what is there: the screen was just entered, resized, or written over.
    Unsure,
    /// One character.
    One(char),
    /// A base with marks, or several characters drawn as one.
    Cluster(Box<str>),
    /// The right half of the wide one before.
    Rest,
}

/// A cell as the terminal should show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Glyph {
    pub(super) sign: Sign,
    pub(super) pen: Pen,
    /// Columns it takes by our count.
    pub(super) width: u8,
    /// Columns it may take by another count. Where it is another than `width`, or the glyph is `doubtful`, the cursor
    /// is placed anew after it and what stands to the right is written again.
    pub(super) reach: u8,
    pub(super) doubtful: bool,
}

/// Shown for what a terminal must never get: a control character, a bidirectional control, a mark without a base.
/// `text::scrub` has made those visible long before; this is the last gate on the line.
const REFUSED: char = '?';

impl Glyph {
    pub(super) const UNSURE: Glyph = Glyph::new(Sign::Unsure, Pen::PLAIN, 1);
    pub(super) const BLANK: Glyph = Glyph::new(Sign::One(' '), Pen::PLAIN, 1);

    const fn new(sign: Sign, pen: Pen, width: u8) -> Self {
        Glyph { sign, pen, width, reach: width, doubtful: false }
    }

    /// The right half of a wide glyph.
    pub(super) const fn rest(pen: Pen) -> Self {
        Glyph::new(Sign::Rest, pen, 1)
    }

    /// Reads a cell that has `room` columns to the right edge, its own included.
    pub(super) fn read(cell: &Cell, room: usize) -> Self {
        let pen = Pen::of(cell);
        let symbol = cell.symbol();
        match symbol.as_bytes() {
            [] | [b' '] => return Glyph::new(Sign::One(' '), pen.on_blank(), 1),
            _ if cell.modifier.contains(Modifier::HIDDEN) => return Glyph::new(Sign::One(' '), pen.on_blank(), 1),
            [byte @ 0x21..=0x7E] => return Glyph::new(Sign::One(char::from(*byte)), pen, 1),
            _ => {}
        }
        let mut chars = symbol.chars();
        let glyph = match (chars.next(), chars.next()) {
            (Some(c), None) => single(c, pen),
            (Some(_), Some(_)) => cluster(symbol, pen),
            (None, _) => Glyph::BLANK,
        };
        if usize::from(glyph.reach) <= room {
            return glyph;
        }
        // Too near the edge to be sure: what might run over it is drawn by its first character, or as a mark.
        match symbol.chars().next().map(|c| single(c, pen)) {
            Some(first) if usize::from(first.reach) <= room && first.width == glyph.width => first,
            _ => Glyph::new(Sign::One(REFUSED), pen, 1),
        }
    }

    /// An unmarked blank, which an erase makes as well as a space does.
    pub(super) fn is_plain_blank(&self) -> bool {
        *self == Glyph::BLANK
    }

    /// A blank of any background.
    pub(super) fn is_blank(&self) -> bool {
        self.sign == Sign::One(' ')
    }

    /// The bytes of the character alone.
    pub(super) fn len(&self) -> usize {
        match &self.sign {
            Sign::One(c) => c.len_utf8(),
            Sign::Cluster(text) => text.len(),
            Sign::Unsure => 1,
            Sign::Rest => 0,
        }
    }

    pub(super) fn push(&self, out: &mut Vec<u8>) {
        match &self.sign {
            Sign::One(c) if c.is_ascii() => out.push(*c as u8),
            Sign::One(c) => out.extend(c.encode_utf8(&mut [0; 4]).as_bytes()),
            Sign::Cluster(text) => out.extend(text.as_bytes()),
            Sign::Unsure => out.push(b' '),
            Sign::Rest => {}
        }
    }
}

fn single(c: char, pen: Pen) -> Glyph {
    let width = if refused(c) { 0 } else { c.width().unwrap_or(0) };
    match width {
        0 => Glyph::new(Sign::One(REFUSED), pen, 1),
        1 if matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..) => {
            Glyph { reach: 2, doubtful: true, ..Glyph::new(Sign::One(c), pen, 1) }
        }
        1 => Glyph { doubtful: c >= '\u{1F000}', ..Glyph::new(Sign::One(c), pen, 1) },
        _ => Glyph { doubtful: !surely_wide(c), ..Glyph::new(Sign::One(c), pen, 2) },
    }
}

fn cluster(symbol: &str, pen: Pen) -> Glyph {
    if symbol.chars().any(refused) {
        return Glyph::new(Sign::One(REFUSED), pen, 1);
    }
    let width = symbol.width();
    let by_characters: usize = symbol.chars().filter_map(|c| c.width()).sum();
    if width == 0 || width > 2 || symbol.chars().next().and_then(|c| c.width()) == Some(0) {
        return Glyph::new(Sign::One(REFUSED), pen, 1);
    }
    let spacing = symbol.chars().filter(|c| c.width() != Some(0)).count();
    let doubtful = width != by_characters
        || spacing > 1
        || symbol.chars().any(|c| matches!(c, '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{1F000}'..));
    let reach = by_characters.max(width).min(u8::MAX.into()) as u8;
    Glyph { sign: Sign::Cluster(symbol.into()), pen, width: width as u8, reach, doubtful }
}

/// Wide in every terminal that knows wide characters at all.
fn surely_wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{303E}' | '\u{3041}'..='\u{4DBF}' | '\u{4E00}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF01}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}' | '\u{20000}'..='\u{3FFFD}')
}

fn refused(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}
