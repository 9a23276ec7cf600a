//! What one cell of the screen shows, and how sure it is that the terminal agrees on its width.

use super::pen::Pen;
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};
use std::collections::HashMap;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A cell as the terminal should show it; small, since every frame makes one of each cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    sign: u32,
    pub(super) pen: Pen,
    /// Columns it takes by our count.
    pub(super) width: u8,
    /// Columns it may take by another count.
    pub(super) reach: u8,
    /// Whether terminals disagree: the cursor is placed anew after it, and what stands to the right, as far as it may
    /// reach, is written again.
    pub(super) doubtful: bool,
}

/// The sign tells the widths, so they are not compared again.
impl PartialEq for Glyph {
    fn eq(&self, other: &Self) -> bool {
        self.sign == other.sign && self.pen == other.pen
    }
}

/// Nobody knows what is there: the screen was just entered, resized, or written over.
const UNSURE: u32 = u32::MAX;
/// The right half of the wide one before.
const REST: u32 = u32::MAX - 1;
/// From here on, a number in the table of clusters.
const CLUSTER: u32 = 1 << 24;

/// Shown for what a terminal must never get: a control character, a bidirectional control, a mark without a base.
/// `text::scrub` has made those visible long before; this is the last gate on the line.
const REFUSED: char = '?';

impl Glyph {
    pub(super) const UNSURE: Glyph = Glyph::new(UNSURE, Pen::PLAIN, 1);
    pub(super) const BLANK: Glyph = Glyph::new(b' ' as u32, Pen::PLAIN, 1);

    const fn new(sign: u32, pen: Pen, width: u8) -> Self {
        Glyph { sign, pen, width, reach: width, doubtful: false }
    }

    /// The right half of a wide glyph.
    pub(super) const fn rest(pen: Pen) -> Self {
        Glyph::new(REST, pen, 1)
    }

    pub(super) fn is_rest(&self) -> bool {
        self.sign == REST
    }

    /// An unmarked blank, which an erase makes as well as a space does.
    pub(super) fn is_plain_blank(&self) -> bool {
        *self == Glyph::BLANK
    }

    /// A blank of any background.
    pub(super) fn is_blank(&self) -> bool {
        self.sign == u32::from(' ')
    }
}

/// Reads cells into glyphs. Remembers the last pen, since neighbours share it, and the clusters seen so far.
#[derive(Default)]
pub(super) struct Reader {
    last: Option<((Color, Color, Modifier), Pen)>,
    clusters: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
}

impl Reader {
    /// More clusters than any text has; who sends more of them gets a full frame now and then.
    const LIMIT: usize = 8192;

    /// Whether the table of clusters has grown enough to begin anew. Glyphs read before mean nothing afterwards.
    pub(super) fn is_full(&self) -> bool {
        self.clusters.len() > Self::LIMIT
    }

    /// Reads a cell that has `room` columns to the right edge, its own included.
    pub(super) fn read(&mut self, cell: &Cell, room: usize) -> Glyph {
        let looks = (cell.fg, cell.bg, cell.modifier);
        let pen = match self.last {
            Some((last, pen)) if last == looks => pen,
            _ => {
                let pen = Pen::of(cell);
                self.last = Some((looks, pen));
                pen
            }
        };
        let symbol = cell.symbol();
        match symbol.as_bytes() {
            [] | [b' '] => Glyph::new(b' '.into(), pen.on_blank(), 1),
            _ if cell.modifier.contains(Modifier::HIDDEN) => Glyph::new(b' '.into(), pen.on_blank(), 1),
            [byte @ 0x21..=0x7E] => Glyph::new((*byte).into(), pen, 1),
            _ => self.beyond_ascii(symbol, pen, room),
        }
    }

    fn beyond_ascii(&mut self, symbol: &str, pen: Pen, room: usize) -> Glyph {
        let mut chars = symbol.chars();
        let (first, more) = (chars.next().unwrap_or(' '), chars.next().is_some());
        let glyph = if more { self.cluster(symbol, pen) } else { single(first, pen) };
        if usize::from(glyph.reach) <= room {
            return glyph;
        }
        // Too near the edge to be sure: what might run over it is drawn by its first character, or as a mark.
        let first = single(first, pen);
        if usize::from(first.reach) <= room && first.width == glyph.width { first } else { refused(pen) }
    }

    fn cluster(&mut self, symbol: &str, pen: Pen) -> Glyph {
        let width = symbol.width();
        let first = symbol.chars().next().and_then(|c| c.width());
        if symbol.chars().any(is_refused) || width == 0 || width > 2 || first == Some(0) {
            return refused(pen);
        }
        let by_characters: usize = symbol.chars().filter_map(|c| c.width()).sum();
        let spacing = symbol.chars().filter(|c| c.width() != Some(0)).count();
        let doubtful = width != by_characters
            || spacing > 1
            || symbol.chars().any(|c| matches!(c, '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{1F000}'..));
        let number = match self.numbers.get(symbol) {
            Some(number) => *number,
            None => {
                let number = self.clusters.len() as u32;
                self.clusters.push(symbol.into());
                self.numbers.insert(symbol.into(), number);
                number
            }
        };
        let reach = by_characters.max(width).min(u8::MAX.into()) as u8;
        Glyph { sign: CLUSTER + number, pen, width: width as u8, reach, doubtful }
    }

    /// The bytes of the glyph's character alone.
    pub(super) fn len(&self, glyph: Glyph) -> usize {
        match glyph.sign {
            UNSURE => 1,
            REST => 0,
            sign if sign >= CLUSTER => self.clusters[(sign - CLUSTER) as usize].len(),
            sign => char::from_u32(sign).map_or(0, char::len_utf8),
        }
    }

    pub(super) fn push(&self, glyph: Glyph, out: &mut Vec<u8>) {
        match glyph.sign {
            ascii @ 0..0x80 => out.push(ascii as u8),
            UNSURE => out.push(b' '),
            REST => {}
            sign if sign >= CLUSTER => out.extend(self.clusters[(sign - CLUSTER) as usize].as_bytes()),
            sign => out.extend(char::from_u32(sign).unwrap_or(REFUSED).encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

fn refused(pen: Pen) -> Glyph {
    Glyph::new(REFUSED.into(), pen, 1)
}

fn single(c: char, pen: Pen) -> Glyph {
    let width = if is_refused(c) { 0 } else { c.width().unwrap_or(0) };
    match width {
        0 => refused(pen),
        1 if matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..) => {
            Glyph { reach: 2, doubtful: true, ..Glyph::new(c.into(), pen, 1) }
        }
        1 => Glyph { doubtful: c >= '\u{1F000}', ..Glyph::new(c.into(), pen, 1) },
        _ => Glyph { doubtful: !is_surely_wide(c), ..Glyph::new(c.into(), pen, 2) },
    }
}

/// Wide in every terminal that knows wide characters at all.
fn is_surely_wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{303E}' | '\u{3041}'..='\u{4DBF}' | '\u{4E00}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF01}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}' | '\u{20000}'..='\u{3FFFD}')
}

fn is_refused(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}
