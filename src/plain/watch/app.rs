//! The loop of the plain dashboard.

use super::sitting::{Out, Watching};
use crate::desk::{Floor, FloorNews, FloorSink};
use crate::plain::PlainError;
use crate::plain::ear::{Cause, Event, Inbox};
use crate::wellbeing::Clock;
use crate::words::Words;
use jiff::tz::TimeZone;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use uuid::Uuid;

/// The way in for news of the floor.
pub type WatchInbox = Inbox<FloorNews>;

/// Writes a case file of an item and answers where it is.
pub type WriteCase = Box<dyn Fn(&str, &str) -> Result<PathBuf, String>>;

impl Inbox<FloorNews> {
    /// Where the floor puts its news.
    pub fn floor_sink(&self) -> FloorSink {
        Arc::new(self.put())
    }
}

/// What the plain dashboard is opened with.
pub struct Face {
    /// The words.
    pub words: Arc<Words>,
    /// Where the reader's clock hangs.
    pub zone: TimeZone,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// For case files.
    pub write_case: WriteCase,
}

/// Watches line by line until it is left; answers what told it to go.
///
/// # Errors
/// Where nothing can be listened to.
pub fn run(mut floor: Box<dyn Floor>, inbox: WatchInbox, face: Face) -> Result<Option<Cause>, PlainError> {
    let signals = inbox.signals()?;
    inbox.listen()?;
    let now = || face.clock.now().wall;
    let mut watching = Watching::new(Arc::clone(&face.words), face.zone.clone(), now());
    let mut cause = None;
    while !watching.is_leaving() {
        let mut out = match inbox.receiver.recv() {
            Ok(Event::Line(_, line)) => watching.line(now(), &line, Uuid::now_v7()),
            Ok(Event::News(news)) => watching.news(now(), news),
            Ok(Event::Told(told)) => {
                cause = Some(told);
                break;
            }
            Ok(Event::End) | Err(_) => break,
        };
        let mut gone = false;
        while !out.is_empty() {
            let mut more = Vec::new();
            for one in out {
                match one {
                    Out::Ask(ask) => floor.ask(ask),
                    Out::Say(line) => gone |= !said(&line),
                    Out::WriteCase(item, text) => {
                        let written = (face.write_case)(&item, &text).map(|path| path.display().to_string());
                        more.extend(watching.written(written));
                    }
                }
            }
            out = more;
        }
        if gone {
            break;
        }
    }
    signals.close();
    floor.close();
    Ok(cause)
}

/// Says a line; whether somebody is still there to hear it.
fn said(line: &str) -> bool {
    // Everything was scrubbed where it came from; this is the last door, and nothing else may pass it.
    let text: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).chain(['\n']).collect();
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_ok()
}
