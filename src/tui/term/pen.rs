//! Colours and attributes, and the shortest way from one set to another.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// How a cell is drawn. Blinking is not known here: nothing blinks. Neither is concealing, which only looks like
/// leaving out: a concealed cell is drawn blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Pen {
    fg: u32,
    bg: u32,
    marks: Modifier,
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
        if from == Some(self) {
            return;
        }
        let start = out.len();
        self.anew(out);
        let Some(from) = from else { return };
        let middle = out.len();
        self.step(from, out);
        if out.len() - middle < middle - start {
            out.drain(start..middle);
        } else {
            out.truncate(middle);
        }
    }

    /// The number of bytes [`change`](Self::change) takes.
    pub(super) fn cost(self, from: Option<Pen>) -> usize {
        let mut bytes = Vec::with_capacity(64);
        self.change(from, &mut bytes);
        bytes.len()
    }

    fn anew(self, out: &mut Vec<u8>) {
        out.extend(b"\x1b[");
        // An empty first parameter is the reset.
        for (mark, on, _) in SWITCHES {
            if self.marks.contains(mark) {
                out.push(b';');
                out.extend(on.as_bytes());
            }
        }
        for (colour, base) in [(self.fg, 30), (self.bg, 40)] {
            if colour != 0 {
                out.push(b';');
                shade(colour, base, out);
            }
        }
        out.push(b'm');
    }

    fn step(self, from: Pen, out: &mut Vec<u8>) {
        let start = out.len();
        let mut had = from.marks;
        let gone = from.marks.difference(self.marks);
        for (mark, _, off) in SWITCHES {
            if gone.contains(mark) && had.contains(mark) {
                param(start, out);
                out.extend(off.as_bytes());
                had.remove(mark);
                if off == "22" {
                    had.remove(Modifier::BOLD.union(Modifier::DIM));
                }
            }
        }
        for (mark, on, _) in SWITCHES {
            if self.marks.difference(had).contains(mark) {
                param(start, out);
                out.extend(on.as_bytes());
            }
        }
        for (old, new, base) in [(from.fg, self.fg, 30), (from.bg, self.bg, 40)] {
            if old != new {
                param(start, out);
                shade(new, base, out);
            }
        }
        out.push(b'm');
    }
}

fn param(start: usize, out: &mut Vec<u8>) {
    out.extend(if out.len() == start { &b"\x1b["[..] } else { b";" });
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

fn shade(colour: u32, base: u32, out: &mut Vec<u8>) {
    let [kind, r, g, b] = colour.to_be_bytes();
    match kind {
        0 => digits(base + 9, out),
        1 if b < 8 => digits(base + u32::from(b), out),
        1 => digits(base + 52 + u32::from(b), out),
        2 => {
            digits(base + 8, out);
            out.extend(b";5;");
            digits(b.into(), out);
        }
        _ => {
            digits(base + 8, out);
            out.extend(b";2");
            for part in [r, g, b] {
                out.push(b';');
                digits(part.into(), out);
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
