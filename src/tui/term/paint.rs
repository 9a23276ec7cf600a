//! The painter: the difference between two frames, in as few bytes as it takes.
//!
//! A byte costs 31 µs on a line of 256 kbit/s, so every choice is made by counting: a short gap is written again where
//! that is shorter than jumping over it, blanks are erased where that is shorter than writing them, a pen is changed
//! only where the change shows. Everything lies inside one synchronized update, in one buffer, for one write.

use super::glyph::{Glyph, Reader};
use super::pen::{Pen, digits};
use super::travel::{self, Place};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
const HIDE: &[u8] = b"\x1b[?25l";
const SHOW: &[u8] = b"\x1b[?25h";

/// Gaps longer than this are never shorter than a jump.
const GAP: usize = 10;

/// Knows what is on the screen and turns the next frame into bytes. It writes nothing itself.
#[derive(Default)]
pub struct Painter {
    width: usize,
    height: usize,
    shown: Vec<Glyph>,
    reader: Reader,
    row: Vec<Glyph>,
    dirty: Vec<bool>,
    out: Vec<u8>,
    place: Place,
    pen: Option<Pen>,
    cursor: Option<Option<Position>>,
    changed: usize,
}

impl Painter {
    /// Knows nothing yet: the first frame is a full one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes nothing on the screen for granted any more: after a resize, a stop, Ctrl-L. The next frame writes it all,
    /// row by row; never by clearing, since some terminals keep what a clear removes.
    pub fn forget(&mut self) {
        if self.reader.is_full() {
            self.reader = Reader::default();
        }
        self.shown.fill(Glyph::UNSURE);
        self.place = Place::default();
        self.pen = None;
        self.cursor = None;
    }

    /// The bytes of the last frame.
    pub fn bytes(&self) -> &[u8] {
        &self.out
    }

    /// How many cells the last frame changed.
    pub fn changed(&self) -> usize {
        self.changed
    }

    /// The bytes that turn what is shown into `next` with the cursor there (or hidden); empty when nothing changed.
    pub fn paint(&mut self, next: &Buffer, cursor: Option<Position>) -> &[u8] {
        let (width, height) = (usize::from(next.area.width), usize::from(next.area.height));
        if (width, height) != (self.width, self.height) {
            (self.width, self.height) = (width, height);
            self.shown.clear();
            self.shown.resize(width * height, Glyph::UNSURE);
            self.row.clear();
            self.row.resize(width, Glyph::BLANK);
            self.dirty.resize(width, false);
            self.forget();
        }
        if self.reader.is_full() {
            self.forget();
        }
        self.changed = 0;
        self.out.clear();
        self.out.extend(BEGIN);
        for y in 0..height {
            self.row(y, &next.content[y * width..(y + 1) * width]);
        }
        self.put_cursor(cursor);
        if self.out.len() == BEGIN.len() {
            self.out.clear();
        } else {
            self.out.extend(END);
        }
        &self.out
    }

    /// Hides the cursor while cells are written, for terminals that do not know synchronized updates, and places it
    /// last. A cursor that only moves is not hidden for it.
    fn put_cursor(&mut self, cursor: Option<Position>) {
        let within = |p: &Position| usize::from(p.x) < self.width && usize::from(p.y) < self.height;
        let cursor = cursor.filter(within);
        let painted = self.out.len() > BEGIN.len();
        let was = self.cursor.replace(cursor);
        let hides = match was {
            None => true,
            Some(None) => false,
            Some(Some(_)) => painted || cursor.is_none(),
        };
        if hides {
            self.out.splice(BEGIN.len()..BEGIN.len(), HIDE.iter().copied());
        }
        if let Some(to) = cursor {
            self.go(to.x, to.y);
            if hides || was == Some(None) {
                self.out.extend(SHOW);
            }
        }
    }

    fn row(&mut self, y: usize, cells: &[ratatui::buffer::Cell]) {
        let width = self.width;
        let shown = &self.shown[y * width..(y + 1) * width];
        let (mut changed, mut pen) = (0, Pen::PLAIN);
        let mut half = false;
        for (x, ((cell, old), (new, dirty))) in
            cells.iter().zip(shown).zip(self.row.iter_mut().zip(&mut self.dirty)).enumerate()
        {
            *new = if half { Glyph::rest(pen) } else { self.reader.read(cell, width - x) };
            (half, pen) = (new.width > 1, new.pen);
            *dirty = new != old;
            changed += usize::from(*dirty);
        }
        if changed == 0 {
            return;
        }
        self.changed += changed;
        self.spread(y);
        let Some(last) = self.dirty.iter().rposition(|dirty| *dirty) else { return };
        let tail = self.row.iter().rposition(|glyph| !glyph.is_plain_blank()).map_or(0, |at| at + 1);
        let mut x = 0;
        while x <= last {
            if !self.dirty[x] {
                x += 1;
            } else if x >= tail && self.erase_tail(x, last, tail, y) {
                break;
            } else if let Some(end) = self.erase_middle(x, last, y) {
                x = end;
            } else {
                self.reach(x, y);
                x = self.write(x, y);
            }
        }
        self.shown[y * width..(y + 1) * width].copy_from_slice(&self.row);
    }

    /// What hangs together is written together: both halves of a wide glyph, and what stands where a doubtful glyph,
    /// new or old, may reach.
    fn spread(&mut self, y: usize) {
        let width = self.width;
        for x in 1..width {
            if self.dirty[x] && self.row[x].is_rest() {
                self.dirty[x - 1] = true;
            }
        }
        for x in 0..width {
            if self.dirty[x] {
                let reach = self.row[x].reach.max(self.shown[y * width + x].reach);
                let end = (x + usize::from(reach)).min(width);
                self.dirty[x..end].fill(true);
            }
        }
    }

    /// Erases from `x` to the end of the row, where that is shorter than writing the blanks.
    fn erase_tail(&mut self, x: usize, last: usize, tail: usize, y: usize) -> bool {
        let there =
            self.place.y == Some(y as u16) && self.place.x.is_some_and(|at| (tail..=x).contains(&usize::from(at)));
        let pen = self.blank_cost(Pen::PLAIN);
        let way = if there { 0 } else { travel::cost(self.place, x as u16, y as u16) };
        let writing = travel::cost(self.place, x as u16, y as u16) + pen + last + 1 - x;
        if way + pen + 3 > writing {
            return false;
        }
        if !there {
            self.go(x as u16, y as u16);
        }
        self.blank_pen(Pen::PLAIN);
        self.out.extend(b"\x1b[K");
        true
    }

    /// Erases a run of blanks that starts at `x` and is followed by something, where that is shorter than writing it.
    fn erase_middle(&mut self, x: usize, last: usize, y: usize) -> Option<usize> {
        let run = self.row[x..=last].iter().take_while(|glyph| glyph.is_plain_blank()).count();
        let end = x + self.dirty[x..x + run].iter().rposition(|dirty| *dirty)? + 1;
        let erased = end - x;
        if erased <= 4 {
            return None;
        }
        let back = if end > last { 0 } else { travel::cost(Place::at(x as u16, y as u16), end as u16, y as u16) };
        if erased <= 3 + decimal(erased) + back {
            return None;
        }
        self.reach(x, y);
        self.blank_pen(Pen::PLAIN);
        self.out.extend(b"\x1b[");
        digits(erased as u32, &mut self.out);
        self.out.push(b'X');
        Some(end)
    }

    /// Brings the cursor to `x`, by jumping or by writing again what stands between.
    fn reach(&mut self, x: usize, y: usize) {
        if self.place == Place::at(x as u16, y as u16) {
            return;
        }
        let jump = travel::cost(self.place, x as u16, y as u16);
        if let (Some(from), Some(row)) = (self.place.x, self.place.y)
            && usize::from(row) == y
            && (1..=GAP).contains(&x.saturating_sub(from.into()))
            && self.gap_is_shorter(from.into(), x, jump)
        {
            let mut at = usize::from(from);
            while at < x {
                at = self.write(at, y);
            }
            return;
        }
        self.go(x as u16, y as u16);
    }

    fn gap_is_shorter(&self, from: usize, to: usize, jump: usize) -> bool {
        self.rewriting_costs(&self.row[from..=to], jump + self.pen_for(self.pen, &self.row[to]).0)
    }

    /// Whether writing all but the last glyph, and getting the pen for the last, takes at most `goal` bytes.
    fn rewriting_costs(&self, glyphs: &[Glyph], goal: usize) -> bool {
        let Some((target, gap)) = glyphs.split_last() else { return false };
        if gap.first().is_some_and(|first| first.is_rest()) {
            return false;
        }
        let (mut pen, mut bytes) = (self.pen, 0);
        for glyph in gap {
            let (cost, after) = self.pen_for(pen, glyph);
            bytes += cost + self.reader.len(*glyph);
            pen = after;
            if glyph.doubtful || bytes > goal {
                return false;
            }
        }
        bytes + self.pen_for(pen, target).0 <= goal
    }

    /// Bytes to get from `pen` to one that can draw the glyph, and that pen.
    fn pen_for(&self, pen: Option<Pen>, glyph: &Glyph) -> (usize, Option<Pen>) {
        let fits = |pen: Pen| pen == glyph.pen || glyph.is_blank() && pen.on_blank() == glyph.pen;
        if glyph.is_rest() || pen.is_some_and(fits) {
            return (0, pen);
        }
        (glyph.pen.cost(pen), Some(glyph.pen))
    }

    fn blank_cost(&self, blank: Pen) -> usize {
        match self.pen {
            Some(pen) if pen.on_blank() == blank => 0,
            pen => blank.cost(pen),
        }
    }

    fn blank_pen(&mut self, blank: Pen) {
        if self.pen.is_none_or(|pen| pen.on_blank() != blank) {
            self.take(blank);
        }
    }

    fn take(&mut self, pen: Pen) {
        if self.pen != Some(pen) {
            pen.change(self.pen, &mut self.out);
            self.pen = Some(pen);
        }
    }

    fn go(&mut self, x: u16, y: u16) {
        travel::go(self.place, x, y, &mut self.out);
        self.place = Place::at(x, y);
    }

    /// Writes the glyph at `x`, where the cursor is; gives the column after it.
    fn write(&mut self, x: usize, y: usize) -> usize {
        let glyph = self.row[x];
        if glyph.is_blank() {
            self.blank_pen(glyph.pen);
        } else {
            self.take(glyph.pen);
        }
        if glyph.doubtful && glyph.width > 1 {
            // Should the terminal think it narrow, its second column is blank all the same.
            self.out.extend(b"\x1b[2X");
        }
        self.reader.push(glyph, &mut self.out);
        let end = x + usize::from(glyph.width);
        self.place = if glyph.doubtful || end >= self.width {
            Place { x: None, y: Some(y as u16) }
        } else {
            Place::at(end as u16, y as u16)
        };
        end
    }
}

fn decimal(n: usize) -> usize {
    n.checked_ilog10().unwrap_or(0) as usize + 1
}

#[cfg(test)]
#[path = "paint_tests.rs"]
mod tests;
