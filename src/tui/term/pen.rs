//! Colours and attributes, and the shortest way from one set to another.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// How a cell is drawn. Blinking is not known here: nothing blinks. Neither is concealing, which only looks like
/// leaving out: a concealed cell is drawn blank.
#[derive(Clone, Copy, Debug, Eq, Default)]
pub(super) struct Pen {
    fg: u32,
    bg: u32,
    marks: Modifier,
}

/// Without branches: this is asked of every cell of every frame.
impl PartialEq for Pen {
    fn eq(&self, other: &Self) -> bool {
        let marks = u32::from(self.marks.bits() ^ other.marks.bits());
        (self.fg ^ other.fg) | (self.bg ^ other.bg) | marks == 0
    }
}

const KNOWN: Modifier = Modifier::BOLD
    .union(Modifier::DIM)
    .union(Modifier::ITALIC)
    .union(Modifier::UNDERLINED)
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT);

/// What shows even where there is no character.
const ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

const SWITCHES: [(Modifier, &str, &str); 6] = [
    (Modifier::BOLD, "1", "22"),
    (Modifier::DIM, "2", "22"),
    (Modifier::ITALIC, "3", "23"),
    (Modifier::UNDERLINED, "4", "24"),
    (Modifier::REVERSED, "7", "27"),
    (Modifier::CROSSED_OUT, "9", "29"),
];

impl Pen {
    /// The terminal's own colours, nothing else.
    pub(super) const PLAIN: Pen = Pen { fg: 0, bg: 0, marks: Modifier::empty() };

    pub(super) fn of(cell: &Cell) -> Self {
        Pen { fg: coded(cell.fg), bg: coded(cell.bg), marks: cell.modifier.intersection(KNOWN) }
    }

    /// What of this pen shows on a blank. Two pens that agree in it draw the same blank, so no byte is spent between.
    pub(super) fn on_blank(self) -> Self {
        let marks = self.marks.intersection(ON_BLANKS);
        let fg = if marks.is_empty() { 0 } else { self.fg };
        // The weight of an underline or of a reversed blank's colour follows bold and dim on many terminals.
        let weight = if marks.is_empty() { Modifier::empty() } else { Modifier::BOLD.union(Modifier::DIM) };
        Pen { fg, bg: self.bg, marks: self.marks.intersection(ON_BLANKS.union(weight)) }
    }

    /// Appends what turns `from` into this pen; an unknown `from` is wiped first.
    pub(super) fn change(self, from: Option<Pen>, out: &mut Vec<u8>) {
        out.extend(self.shortest(from).bytes());
    }

    /// The number of bytes [`change`](Self::change) takes.
    pub(super) fn cost(self, from: Option<Pen>) -> usize {
        self.shortest(from).len
    }

    fn shortest(self, from: Option<Pen>) -> Short {
        match from {
            Some(from) if from == self => Short::new(),
            None => self.anew(),
            Some(from) => {
                let (anew, step) = (self.anew(), self.step(from));
                if step.len < anew.len { step } else { anew }
            }
        }
    }

    fn anew(self) -> Short {
        let mut out = Short::new();
        out.put(b"\x1b[");
        // An empty first parameter is the reset.
        for (mark, on, _) in SWITCHES {
            if self.marks.contains(mark) {
                out.put(b";");
                out.put(on.as_bytes());
            }
        }
        for (colour, base) in [(self.fg, 30), (self.bg, 40)] {
            if colour != 0 {
                out.put(b";");
                shade(colour, base, &mut out);
            }
        }
        out.put(b"m");
        out
    }

    fn step(self, from: Pen) -> Short {
        let mut out = Short::new();
        let mut had = from.marks;
        let gone = from.marks.difference(self.marks);
        for (mark, _, off) in SWITCHES {
            if gone.contains(mark) && had.contains(mark) {
                out.param(off);
                had.remove(mark);
                if off == "22" {
                    had.remove(Modifier::BOLD.union(Modifier::DIM));
                }
            }
        }
        for (mark, on, _) in SWITCHES {
            if self.marks.difference(had).contains(mark) {
                out.param(on);
            }
        }
        for (old, new, base) in [(from.fg, self.fg, 30), (from.bg, self.bg, 40)] {
            if old != new {
                out.param("");
                shade(new, base, &mut out);
            }
        }
        out.put(b"m");
        out
    }
}

/// A sequence being built, without a heap: pens are weighed far more often than changed.
struct Short {
    bytes: [u8; 96],
    len: usize,
}

impl Short {
    /// The longest sequence has every mark and two mixed colours: under 80 bytes.
    const fn new() -> Self {
        Short { bytes: [0; 96], len: 0 }
    }

    fn put(&mut self, bytes: &[u8]) {
        self.bytes[self.len..self.len + bytes.len()].copy_from_slice(bytes);
        self.len += bytes.len();
    }

    fn param(&mut self, text: &str) {
        self.put(if self.len == 0 { b"\x1b[" } else { b";" });
        self.put(text.as_bytes());
    }

    fn number(&mut self, number: u32) {
        if number >= 10 {
            self.number(number / 10);
        }
        self.put(&[b'0' + (number % 10) as u8]);
    }

    fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

/// 0 is the terminal's own; 1 the sixteen; 2 the palette; 3 a mixed colour.
fn coded(colour: Color) -> u32 {
    let sixteen = |n: u8| 1 << 24 | u32::from(n);
    match colour {
        Color::Reset => 0,
        Color::Black => sixteen(0),
        Color::Red => sixteen(1),
        Color::Green => sixteen(2),
        Color::Yellow => sixteen(3),
        Color::Blue => sixteen(4),
        Color::Magenta => sixteen(5),
        Color::Cyan => sixteen(6),
        Color::Gray => sixteen(7),
        Color::DarkGray => sixteen(8),
        Color::LightRed => sixteen(9),
        Color::LightGreen => sixteen(10),
        Color::LightYellow => sixteen(11),
        Color::LightBlue => sixteen(12),
        Color::LightMagenta => sixteen(13),
        Color::LightCyan => sixteen(14),
        Color::White => sixteen(15),
        Color::Indexed(n @ 0..16) => sixteen(n),
        Color::Indexed(n) => 2 << 24 | u32::from(n),
        Color::Rgb(r, g, b) => 3 << 24 | u32::from_be_bytes([0, r, g, b]),
    }
}

fn shade(colour: u32, base: u32, out: &mut Short) {
    let [kind, r, g, b] = colour.to_be_bytes();
    match kind {
        0 => out.number(base + 9),
        1 if b < 8 => out.number(base + u32::from(b)),
        1 => out.number(base + 52 + u32::from(b)),
        2 => {
            out.number(base + 8);
            out.put(b";5;");
            out.number(b.into());
        }
        _ => {
            out.number(base + 8);
            out.put(b";2");
            for part in [r, g, b] {
                out.put(b";");
                out.number(part.into());
            }
        }
    }
}

/// Appends a number in decimal.
pub(super) fn digits(number: u32, out: &mut Vec<u8>) {
    if number >= 10 {
        digits(number / 10, out);
    }
    out.push(b'0' + (number % 10) as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(from: Option<Pen>, to: Pen) -> String {
        let mut out = Vec::new();
        to.change(from, &mut out);
        String::from_utf8(out).expect("only ASCII").replace('\x1b', "^")
    }

    fn pen(fg: Color, marks: Modifier) -> Pen {
        let mut cell = Cell::EMPTY;
        cell.fg = fg;
        cell.modifier = marks;
        Pen::of(&cell)
    }

    #[test]
    fn the_shorter_way_is_taken() {
        let red = pen(Color::Red, Modifier::empty());
        let bold = pen(Color::Reset, Modifier::BOLD);
        let loud = pen(Color::LightRed, Modifier::BOLD | Modifier::UNDERLINED);
        assert_eq!(change(None, Pen::PLAIN), "^[m");
        assert_eq!(change(None, red), "^[;31m");
        assert_eq!(change(Some(Pen::PLAIN), red), "^[31m");
        assert_eq!(change(Some(red), Pen::PLAIN), "^[m");
        assert_eq!(change(Some(bold), Pen::PLAIN), "^[m");
        assert_eq!(change(Some(red), bold), "^[;1m");
        assert_eq!(change(Some(loud), pen(Color::LightRed, Modifier::BOLD)), "^[24m");
        assert_eq!(change(Some(bold), pen(Color::Reset, Modifier::DIM)), "^[;2m");
        assert_eq!(change(Some(loud), loud), "");
    }

    #[test]
    fn nothing_blinks() {
        let blinking = pen(Color::Reset, Modifier::SLOW_BLINK | Modifier::RAPID_BLINK);
        assert_eq!(blinking, Pen::PLAIN);
    }
}
