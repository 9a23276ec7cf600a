//! What comes in: typed lines, news of the desk, signals; each with the moment at which it came.

use crate::desk::{News, Sink};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::{Handle, Signals};
use std::io::{self, BufRead, Read};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

/// Longest line that is taken, in bytes: a reply of any channel fits, a file poured in does not.
const LONGEST: u64 = 64 * 1024;

/// What told the desk to go from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The line was hung up.
    HangUp,
    /// Interrupted from the keyboard.
    Interrupt,
    /// Asked to terminate.
    Terminate,
}

/// One thing that came in.
pub(in crate::plain) enum Event<N> {
    Line(Instant, String),
    /// Nobody will type any more: the end of the shift.
    End,
    News(N),
    Told(Cause),
}

/// The way in. Made before the desk is opened, because the desk wants its sink first.
pub struct Inbox<N = News> {
    sender: Sender<Event<N>>,
    pub(in crate::plain) receiver: Receiver<Event<N>>,
}

impl Inbox<News> {
    /// Where the desk puts its news.
    pub fn sink(&self) -> Sink {
        Arc::new(self.put())
    }
}

impl<N: Send + 'static> Inbox<N> {
    /// An empty one.
    pub fn new() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver }
    }

    /// Puts news in.
    pub(in crate::plain) fn put(&self) -> impl Fn(N) + Send + Sync + 'static {
        let sender = Mutex::new(self.sender.clone());
        move |news| {
            // When nobody listens any more the screen is closing.
            let _ = sender.lock().unwrap_or_else(PoisonError::into_inner).send(Event::News(news));
        }
    }

    /// Begins to listen to standard input. The thread stamps each line when it comes, not when somebody gets round to
    /// it: that is how a command typed ahead is known. It ends with the input or with the process.
    pub(in crate::plain) fn listen(&self) -> io::Result<()> {
        let sender = self.sender.clone();
        thread::Builder::new().name("lines".into()).stack_size(128 << 10).spawn(move || {
            let mut input = io::stdin().lock();
            while let Ok(Some(line)) = read(&mut input) {
                if sender.send(Event::Line(Instant::now(), line)).is_err() {
                    return;
                }
            }
            let _ = sender.send(Event::End);
        })?;
        Ok(())
    }

    /// Begins to listen to signals, until the handle is closed.
    pub(in crate::plain) fn signals(&self) -> io::Result<Handle> {
        let mut signals = Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM])?;
        let handle = signals.handle();
        let sender = self.sender.clone();
        thread::Builder::new().name("signals".into()).stack_size(128 << 10).spawn(move || {
            for signal in signals.forever() {
                let cause = match signal {
                    SIGHUP => Cause::HangUp,
                    SIGINT => Cause::Interrupt,
                    _ => Cause::Terminate,
                };
                if sender.send(Event::Told(cause)).is_err() {
                    return;
                }
            }
        })?;
        Ok(handle)
    }
}

impl<N: Send + 'static> Default for Inbox<N> {
    fn default() -> Self {
        Self::new()
    }
}

/// One line, whatever bytes are in it; of a longer one than [`LONGEST`] nothing, so that no half of it is a command.
fn read(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    let mut whole = true;
    loop {
        let got = input.by_ref().take(LONGEST).read_until(b'\n', &mut line)?;
        if got == 0 && line.is_empty() && whole {
            return Ok(None);
        }
        if line.ends_with(b"\n") || got == 0 {
            break;
        }
        if line.len() as u64 >= LONGEST {
            whole = false;
            line.clear();
        }
    }
    Ok(Some(if whole { String::from_utf8_lossy(&line).into_owned() } else { "\u{fffd}".to_owned() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_one_by_one_and_a_line_too_long_is_no_command() {
        let long = "a ".repeat(100_000);
        let mut input = io::Cursor::new(format!("a\n\n{long}\nq"));
        let mut lines = Vec::new();
        while let Some(line) = read(&mut input).expect("memory can be read") {
            lines.push(line.trim().to_owned());
        }
        assert_eq!(lines, ["a", "", "\u{fffd}", "q"]);
    }

    #[test]
    fn bytes_that_are_no_text_stop_nothing() {
        let mut input = io::Cursor::new(b"\xff\xfe\nq\n".to_vec());
        assert!(read(&mut input).expect("memory can be read").is_some());
        assert_eq!(read(&mut input).expect("memory can be read").as_deref(), Some("q\n"));
    }
}
