//! The screen: entered and left by one symmetrical list, whoever asks for it.

use super::copy::osc52;
use super::kitty;
use super::line::{Line, LineError};
use super::paint::Painter;
use super::stop;
use crate::desk::picture::Picture;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use rustix::termios::Termios;
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// What a person may choose about the terminal. No mouse and no keyboard protocol is among it: the first takes
/// selecting away, the second leaves keys broken behind where a program dies.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whether [`Screen::ring`] makes a sound.
    pub bell: bool,
}

/// What every screen turns on, and what turns it off again, in this order on the way in and backwards on the way out.
/// Lines do not wrap: what a terminal draws wider than we think stays in its row, and nothing ever scrolls.
const MODES: [(&str, &str); 4] = [
    ("\x1b[?1049h", "\x1b[?1049l"),
    ("\x1b[?7l", "\x1b[?7h"),
    ("\x1b[?2004h", "\x1b[?2004l"),
    ("\x1b[?25l", "\x1b[?25h"),
];

/// How long the way out waits for a line that takes nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// What has to be put back.
pub(super) struct Entered {
    line: Line,
    modes: Termios,
}

impl Entered {
    fn enter(line: &Line) -> io::Result<Self> {
        let modes = line.modes()?;
        let mut raw = modes.clone();
        raw.make_raw();
        line.set_modes(&raw)?;
        let entered = Entered { line: line.clone(), modes };
        let bytes: String = MODES.iter().map(|(on, _)| *on).collect();
        match line.write_all(bytes.as_bytes(), None) {
            Ok(_) => Ok(entered),
            Err(error) => {
                entered.leave();
                Err(error)
            }
        }
    }

    /// The way out: cut off a frame that may be half written, wipe the rows one by one (a clear would move them into
    /// the scrollback of some terminals), modes backwards, raw off. Nothing is written to a dead line.
    pub(super) fn leave(self) {
        let Entered { line, modes } = self;
        if line.is_dead() {
            return;
        }
        let mut bytes = String::from("\x1b[?2026l");
        bytes += &String::from_utf8_lossy(&kitty::wipe());
        bytes += "\x1b[m\x1b[H";
        for _ in 0..line.size().1 {
            bytes += "\x1b[2K\x1b[B";
        }
        bytes += "\x1b[H";
        bytes.extend(MODES.iter().rev().map(|(_, off)| *off));
        let _ = line.write_all(bytes.as_bytes(), Some(PATIENCE));
        line.drop_unread();
        let _ = line.set_modes(&modes);
    }
}

/// What a frame cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Bytes written.
    pub bytes: usize,
    /// Cells that changed.
    pub cells: usize,
    /// Calls it took: 0 when nothing changed, else 1 unless the line was full.
    pub writes: u32,
}

/// The frame a view draws into. It starts blank each time.
pub struct Frame<'a> {
    /// The cells.
    pub buffer: &'a mut Buffer,
    cursor: Option<Position>,
    picture: Option<(Rect, Arc<Picture>)>,
}

impl Frame<'_> {
    /// The whole screen.
    pub fn area(&self) -> Rect {
        self.buffer.area
    }

    /// Shows the cursor there, in a text box; a frame that does not call this hides it.
    pub fn set_cursor(&mut self, at: impl Into<Position>) {
        self.cursor = Some(at.into());
    }

    /// A picture that the terminal draws itself over cells that are blank; a frame that does not call this has none.
    pub fn set_picture(&mut self, area: Rect, picture: Arc<Picture>) {
        self.picture = Some((area, picture));
    }
}

/// The terminal while it is ours. There is one at a time. Dropping it leaves, and so does a panic of the thread that
/// entered it; a panic of any other thread does not touch it.
pub struct Screen {
    line: Line,
    painter: Painter,
    next: Buffer,
    aside: Vec<u8>,
    options: Options,
    /// A frame is put together and not on the line yet.
    composed: bool,
    /// The picture on the screen, and that of the next frame.
    picture: Option<(Rect, Arc<Picture>)>,
    next_picture: Option<(Rect, Arc<Picture>)>,
}

impl Screen {
    /// Takes the terminal over. No question is put to it.
    pub fn enter(line: &Line, options: Options) -> Result<Self, LineError> {
        stop::on_panic();
        stop::hold(Entered::enter(line)?);
        let (width, height) = line.size();
        let next = Buffer::empty(Rect::new(0, 0, width, height));
        let (painter, aside) = (Painter::new(), Vec::new());
        let (picture, next_picture) = (None, None);
        Ok(Self { line: line.clone(), painter, next, aside, options, composed: false, picture, next_picture })
    }

    /// Columns and rows of the next frame.
    pub fn area(&self) -> Rect {
        self.next.area
    }

    /// Draws a frame and shows what changed in it, in one write. An error means that the line is gone.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) -> io::Result<Drawn> {
        self.compose(view);
        self.show()
    }

    /// Puts a frame together; [`Screen::show`] brings it on the line. One put together before and never shown is lost,
    /// and this one is a full one.
    pub fn compose(&mut self, view: impl FnOnce(&mut Frame<'_>)) {
        if self.composed {
            self.painter.forget();
        }
        self.next.reset();
        let mut frame = Frame { buffer: &mut self.next, cursor: None, picture: None };
        view(&mut frame);
        let cursor = frame.cursor;
        self.next_picture = frame.picture;
        self.painter.paint(&self.next, cursor);
        self.composed = true;
    }

    /// Whether a frame waits to be shown.
    pub fn is_composed(&self) -> bool {
        self.composed
    }

    /// Shows the frame that was put together.
    pub fn show(&mut self) -> io::Result<Drawn> {
        if self.composed {
            self.change_picture();
        }
        let painted = if std::mem::take(&mut self.composed) { self.painter.bytes() } else { &[] };
        let bytes = if self.aside.is_empty() {
            painted
        } else {
            self.aside.splice(0..0, painted.iter().copied());
            &self.aside
        };
        let (length, writes) = (bytes.len(), self.line.write_all(bytes, None));
        self.aside.clear();
        let cells = self.painter.changed();
        match writes {
            Ok(writes) => Ok(Drawn { bytes: length, cells, writes }),
            Err(error) => {
                self.painter.forget();
                Err(error)
            }
        }
    }

    /// Takes the picture of the frame before away, and draws that of this one, behind its cells.
    fn change_picture(&mut self) {
        let next = self.next_picture.take();
        let same = match (&self.picture, &next) {
            (Some((here, shown)), Some((there, wanted))) => here == there && Arc::ptr_eq(shown, wanted),
            (None, None) => true,
            _ => false,
        };
        if !same {
            self.aside.extend(kitty::wipe());
            if let Some((area, picture)) = &next {
                kitty::draw(picture, *area, &mut self.aside);
            }
            self.picture = next;
        }
    }

    /// Takes the size that [`Input::Resize`](super::Input::Resize) told; the next frame is a full one.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.next.resize(Rect::new(0, 0, width, height));
        self.repaint();
    }

    /// Makes the next frame a full one: Ctrl-L.
    pub fn repaint(&mut self) {
        self.painter.forget();
        self.composed = false;
        self.picture = None;
        self.aside.extend(kitty::wipe());
    }

    /// Rings with the next frame, where the bell is on.
    pub fn ring(&mut self) {
        if self.options.bell {
            self.aside.push(0x07);
        }
    }

    /// Puts scrubbed text on the clipboard with the next frame. False when it is too long for a terminal.
    pub fn copy(&mut self, text: &str) -> bool {
        let bytes = osc52(text);
        let fits = bytes.is_some();
        self.aside.extend(bytes.into_iter().flatten());
        fits
    }

    /// Asks the terminal to answer with [`Input::Echo`](super::Input::Echo), with the next frame (4 bytes): the time
    /// until then is the line's round trip. Not before the first key; a terminal that never answers is no error.
    pub fn ask_echo(&mut self) {
        self.aside.extend(b"\x1b[5n");
    }

    /// Stops the program as Ctrl-Z means it: leaves, stops the whole job, and comes back here on `fg`, where it enters
    /// again. The next frame is a full one, of the size the terminal has by then.
    pub fn suspend(&mut self) -> io::Result<()> {
        stop::leave();
        self.line.stop_job()?;
        self.resume()
    }

    /// Leaves the terminal to another program, as on the way out; [`Screen::resume`] takes it back.
    pub fn lend(&mut self) {
        stop::leave();
    }

    /// Stops the whole job while another program has the terminal: Ctrl-Z in an editor.
    pub fn stop_lent(&self) -> io::Result<()> {
        self.line.stop_job()
    }

    /// Enters again after somebody outside stopped the program and its shell took the terminal back.
    pub fn resume(&mut self) -> io::Result<()> {
        let entered = Entered::enter(&self.line)?;
        // Stopped from outside, the modes to go back to are still those from before the first time.
        if !stop::held() {
            stop::hold(entered);
        }
        let (width, height) = self.line.size();
        self.resize(width, height);
        Ok(())
    }

    /// Gives the terminal back. Does nothing a second time.
    pub fn leave(self) {
        drop(self);
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        stop::leave();
    }
}
