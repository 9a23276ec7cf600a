//! The loop: what comes in is worked on in the order in which it came, and what is to be said goes out at once.

use super::ear::{Cause, Event, Inbox};
use super::sitting::Sitting;
use crate::desk::{Desk, Recent, Settings, Unsettled};
use crate::wellbeing::{Clock, Moment};
use crate::words::Words;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

/// How long the end of the shift may take on a dead line before the desk is closed anyway; what is unsent stays in
/// the journal.
const LAST_WORDS: Duration = Duration::from_secs(10);

/// What a plain desk is opened with.
pub struct Face {
    /// As configured.
    pub settings: Settings,
    /// The words.
    pub words: Arc<Words>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
}

/// How the desk was left.
#[derive(Debug, Default)]
pub struct Ended {
    /// Told to go from outside; the process returns its code.
    pub cause: Option<Cause>,
    /// The desk that took over, if one did.
    pub taken_over: Option<String>,
    /// What could not be recorded, or is not sent yet and stays in the journal.
    pub unsettled: Vec<Unsettled>,
    /// Another desk of this moderator was open, and there was no terminal to ask at.
    pub refused_second: bool,
    /// What was used last, for the next time.
    pub recent: Recent,
    /// The day's answers: when, mood, load; for the moderator's own file.
    pub check_ins: Vec<(jiff::Timestamp, u8, u8)>,
}

/// Why the plain desk could not be opened.
#[derive(Debug, thiserror::Error)]
#[error("nothing can be listened to ({0}); close other programs and open the desk again")]
pub struct PlainError(#[from] io::Error);

/// Opens the desk line by line, works until it is left, and closes the desk.
pub fn run(desk: Box<dyn Desk>, inbox: Inbox, face: Face) -> Result<Ended, PlainError> {
    let signals = inbox.signals()?;
    inbox.listen()?;
    let at_terminal = io::stdin().is_terminal();
    let sitting = Sitting::new(desk, face.settings, face.words, face.clock.now(), at_terminal);
    let mouth = Mouth { at_prompt: false, echoes: at_terminal && io::stdout().is_terminal(), gone: false };
    let mut app = App { sitting, mouth, clock: face.clock, ending_since: None };
    let cause = app.work(&inbox);
    let recent = app.sitting.recent();
    let check_ins = std::mem::take(&mut app.sitting.check_ins);
    let (unsettled, taken_over, refused_second) = app.sitting.close();
    signals.close();
    Ok(Ended { cause, taken_over, unsettled, refused_second, recent, check_ins })
}

struct App {
    sitting: Sitting,
    mouth: Mouth,
    clock: Arc<dyn Clock>,
    ending_since: Option<Instant>,
}

impl App {
    fn work(&mut self, inbox: &Inbox) -> Option<Cause> {
        self.sitting.open(self.clock.now());
        self.speak(true);
        while !self.sitting.is_leaving() {
            let last = self.ending_since.map(|since| LAST_WORDS.saturating_sub(since.elapsed()));
            if last == Some(Duration::ZERO) {
                return None;
            }
            let event = match [self.sitting.wakes_in(), last].into_iter().flatten().min() {
                None => inbox.receiver.recv().map_err(RecvTimeoutError::from),
                Some(wait) => inbox.receiver.recv_timeout(wait),
            };
            let mut asks = false;
            match event {
                Ok(Event::Line(at, line)) => {
                    let now = self.clock.now();
                    let typed = now.since_boot.saturating_sub(at.elapsed());
                    self.mouth.line_came();
                    self.sitting.line(now, typed, &line);
                    asks = true;
                }
                Ok(Event::End) => self.sitting.input_ended(self.clock.now()),
                Ok(Event::News(news)) => self.sitting.news(self.clock.now(), news),
                Ok(Event::Told(cause)) => {
                    self.sitting.told_to_go(self.clock.now());
                    return Some(cause);
                }
                Err(RecvTimeoutError::Timeout) => self.sitting.woke(self.clock.now()),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
            self.speak(asks);
            if self.mouth.gone {
                // Nobody listens any more: as if nobody typed any more.
                self.sitting.input_ended(self.clock.now());
            }
            if self.sitting.is_ending() {
                self.ending_since.get_or_insert_with(Instant::now);
            }
        }
        None
    }

    /// Says what there is to say, and the prompt where it was asked for or something was said in its place.
    fn speak(&mut self, asks: bool) {
        if !asks && !self.sitting.has_news() {
            return;
        }
        let mut lines = self.sitting.take_out();
        lines.extend(self.sitting.before_prompt());
        // Read before anything goes out: whoever answers what was just said must not be taken for one who typed ahead.
        let now: Moment = self.clock.now();
        self.mouth.say(&lines, &self.sitting.prompt());
        self.sitting.told(now);
    }
}

/// Standard output.
struct Mouth {
    at_prompt: bool,
    /// Whether the reader's own Enter has moved to a new line.
    echoes: bool,
    gone: bool,
}

impl Mouth {
    fn line_came(&mut self) {
        if self.echoes {
            self.at_prompt = false;
        }
    }

    fn say(&mut self, lines: &[String], prompt: &str) {
        let mut text = String::new();
        if self.at_prompt {
            text.push('\n');
        }
        for line in lines {
            // Everything was scrubbed where it came from; this is the last door, and nothing else may pass it.
            text.extend(line.chars().map(|c| if c.is_control() { ' ' } else { c }));
            text.push('\n');
        }
        self.at_prompt = !prompt.is_empty();
        if self.at_prompt {
            text.push_str(prompt);
            text.push(' ');
        }
        let mut out = io::stdout().lock();
        if out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_err() {
            self.gone = true;
        }
    }
}
