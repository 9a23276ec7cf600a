//! The thread that listens: to the keyboard, to signals, and for the line to go dead.
//!
//! It does nothing else and waits for nobody, so it is also the watchdog: a desk that hangs while its line is gone is
//! ended from here. Between events it sleeps in one `poll` without a limit.

use super::decode::{Decoder, Guard};
use super::input::{Cause, Heard, Input};
use super::line::{Line, timespec};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::{SigId, flag, low_level};
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long the desk may take to end after its line went dead, before it is ended.
const LAST_MOMENTS: Duration = Duration::from_secs(3);

/// What is still to be done when the desk did not end by itself after a hang-up: to flush what is not yet on the disk.
/// It runs on the listening thread, right before the process ends with 129, and must not wait for the desk.
pub type LastWords = Box<dyn FnOnce() + Send>;

/// The listening thread; dropping this ends it.
pub struct Hearing {
    stop: Option<UnixStream>,
    thread: Option<JoinHandle<()>>,
    signals: Vec<SigId>,
}

impl Hearing {
    /// Begins to listen. `deliver` gets every input in order and says whether anybody is still there to take it; it
    /// must not block. Begin before [`Screen::enter`](super::Screen::enter), so that no signal finds a raw terminal
    /// and nobody to put it back.
    pub fn start(
        line: &Line,
        deliver: impl FnMut(Heard) -> bool + Send + 'static,
        last_words: LastWords,
    ) -> io::Result<Self> {
        let (stop, stopped) = UnixStream::pair()?;
        let (signals, ids) = Signals::register()?;
        let guard = if line.is_remote() { Guard::REMOTE } else { Guard::LOCAL };
        let mut ear = Ear {
            line: line.clone(),
            decoder: Decoder::new(guard, Instant::now()),
            signals,
            stopped,
            deliver,
            heard: Vec::new(),
            quiet: false,
        };
        let thread = thread::Builder::new().name("hearing".into()).stack_size(128 << 10).spawn(move || {
            if ear.listen() {
                ear.await_the_end(last_words);
            }
        })?;
        Ok(Self { stop: Some(stop), thread: Some(thread), signals: ids })
    }
}

impl Hearing {
    /// Stops (or goes on) reading the terminal, which another program has meanwhile; signals and a dead line are still
    /// heard. It is so when this returns.
    pub fn hush(&mut self, quiet: bool) {
        let Some(stop) = &mut self.stop else { return };
        // Where the thread is gone there is nothing to hush.
        if stop.write_all(&[u8::from(quiet)]).is_ok() {
            let _ = stop.read_exact(&mut [0]);
        }
    }
}

impl Drop for Hearing {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        for id in self.signals.drain(..) {
            low_level::unregister(id);
        }
    }
}

/// The signals the desk answers to, each a flag, and one pipe that wakes for any of them.
struct Signals {
    pipe: UnixStream,
    flags: [Arc<AtomicBool>; SIGNALS.len()],
}

const SIGNALS: [i32; 7] = [SIGHUP, SIGTERM, SIGQUIT, SIGINT, SIGTSTP, SIGCONT, SIGWINCH];

impl Signals {
    fn register() -> io::Result<(Self, Vec<SigId>)> {
        let (pipe, write) = UnixStream::pair()?;
        pipe.set_nonblocking(true)?;
        let flags: [Arc<AtomicBool>; SIGNALS.len()] = Default::default();
        let mut ids = Vec::new();
        for (signal, up) in SIGNALS.iter().zip(&flags) {
            // The flag first: actions run in this order, so it is up when the pipe wakes.
            ids.push(flag::register(*signal, Arc::clone(up))?);
            ids.push(low_level::pipe::register(*signal, write.try_clone()?)?);
        }
        Ok((Self { pipe, flags }, ids))
    }

    /// The signals since the last call, the most urgent first.
    fn take(&mut self) -> Vec<i32> {
        while matches!(self.pipe.read(&mut [0; 64]), Ok(n) if n > 0) {}
        let up = self.flags.iter().zip(SIGNALS).filter(|(up, _)| up.swap(false, Ordering::SeqCst));
        up.map(|(_, signal)| signal).collect()
    }
}

struct Ear<F> {
    line: Line,
    decoder: Decoder,
    signals: Signals,
    stopped: UnixStream,
    deliver: F,
    heard: Vec<Heard>,
    /// Another program has the terminal.
    quiet: bool,
}

const GONE: PollFlags = PollFlags::HUP.union(PollFlags::ERR).union(PollFlags::NVAL);

impl<F: FnMut(Heard) -> bool> Ear<F> {
    /// Listens until nobody takes what is heard (false) or the line is dead (true).
    fn listen(&mut self) -> bool {
        let mut bytes = [0; 4096];
        loop {
            let wait = self.decoder.deadline().map(|at| at.saturating_duration_since(Instant::now()));
            let mut fds = [
                PollFd::new(&self.line, if self.quiet { PollFlags::empty() } else { PollFlags::IN }),
                PollFd::new(&self.signals.pipe, PollFlags::IN),
                PollFd::new(&self.stopped, PollFlags::IN),
            ];
            let ready = poll(&mut fds, wait.map(timespec).as_ref());
            let [tty, signal, stopped] = [fds[0].revents(), fds[1].revents(), fds[2].revents()];
            let at = Instant::now();
            match ready {
                Err(Errno::INTR) => continue,
                Err(_) => return self.hang_up(at),
                Ok(_) if !stopped.is_empty() && !self.told() => return false,
                Ok(0) => self.decoder.lapse(at, &mut self.heard),
                Ok(_) => {}
            }
            if !signal.is_empty() {
                for signal in self.signals.take() {
                    self.signal(signal, at);
                }
            }
            let dead = if tty.contains(PollFlags::IN) {
                match self.line.read(&mut bytes) {
                    Ok(Some(0)) | Err(_) => true,
                    Ok(Some(read)) => {
                        self.decoder.feed(&bytes[..read], at, &mut self.heard);
                        false
                    }
                    Ok(None) => false,
                }
            } else {
                tty.intersects(GONE)
            };
            if dead {
                return self.hang_up(at);
            }
            if !self.hand_over() {
                return false;
            }
        }
    }

    /// Whether to go on, as told: to be quiet, or to listen again.
    fn told(&mut self) -> bool {
        let mut word = [0];
        let heard = matches!(self.stopped.read(&mut word), Ok(1));
        self.quiet = word == [1];
        heard && self.stopped.write_all(&word).is_ok()
    }

    fn signal(&mut self, signal: i32, at: Instant) {
        let input = match signal {
            SIGHUP => Input::End(Cause::HangUp),
            SIGTERM | SIGQUIT => Input::End(Cause::Terminate),
            SIGINT => Input::End(Cause::Interrupt),
            SIGTSTP => Input::Suspend,
            SIGCONT if self.line.goes_on() => return,
            SIGCONT => Input::Resume,
            _ => {
                let (width, height) = self.line.size();
                Input::Resize(width, height)
            }
        };
        self.heard.push(Heard { at, input });
    }

    fn hand_over(&mut self) -> bool {
        self.heard.drain(..).all(&mut self.deliver)
    }

    fn hang_up(&mut self, at: Instant) -> bool {
        self.heard.push(Heard { at, input: Input::End(Cause::HangUp) });
        self.hand_over();
        true
    }

    /// Waits for the desk to end by itself, and ends it if it does not.
    fn await_the_end(self, last_words: LastWords) {
        let until = Instant::now() + LAST_MOMENTS;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let mut fds = [PollFd::new(&self.stopped, PollFlags::IN)];
            match poll(&mut fds, Some(&timespec(left))) {
                Err(Errno::INTR) => {}
                Ok(0) | Err(_) => break,
                Ok(_) => return,
            }
        }
        last_words();
        std::process::exit(Cause::HangUp.exit_code().into());
    }
}
