//! The terminal's file: opened once for this program, read by one thread, written whole.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::process::Signal;
use rustix::stdio;
use rustix::termios::{self, Termios};
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use thiserror::Error;

/// Why there is no line.
#[derive(Debug, Error)]
pub enum LineError {
    /// Standard input or output is a file or a pipe.
    #[error("this is no terminal; run it in one, or add --plain")]
    NoTerminal,
    /// The terminal is too poor for a full screen.
    #[error("this terminal (TERM={0}) cannot address its screen; add --plain")]
    TooPoor(String),
    /// The terminal could not be opened.
    #[error("the terminal cannot be opened ({0}); try another one, or add --plain")]
    Closed(#[from] io::Error),
}

/// A handle on the terminal; clones are the same line.
///
/// It is an opening of its own, so that it can be non-blocking without making the shell's so: whoever waits for a
/// stuck line still hears that it was hung up.
#[derive(Clone, Debug)]
pub struct Line(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    tty: OwnedFd,
    remote: bool,
    stops: Mutex<bool>,
    went_on: Condvar,
}

impl Line {
    /// Opens the terminal that standard input and output are.
    pub fn open() -> Result<Self, LineError> {
        if !termios::isatty(stdio::stdin()) || !termios::isatty(stdio::stdout()) {
            return Err(LineError::NoTerminal);
        }
        if let Some(name) = std::env::var("TERM").ok().filter(|name| matches!(name.as_str(), "dumb" | "unknown")) {
            return Err(LineError::TooPoor(name));
        }
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let opened = termios::ttyname(stdio::stdout(), Vec::new())
            .and_then(|name| rustix::fs::open(name, flags, Mode::empty()))
            .or_else(|_| rustix::fs::open("/dev/tty", flags, Mode::empty()))
            .or_else(|_| rustix::io::fcntl_dupfd_cloexec(stdio::stdout(), 3));
        let tty = opened.map_err(io::Error::from)?;
        let remote = std::env::var_os("SSH_CONNECTION").is_some();
        Ok(Self(Arc::new(Inner { tty, remote, stops: Mutex::new(false), went_on: Condvar::new() })))
    }

    /// Whether the moderator sits at the far end of an SSH line: longer guards, fewer frames.
    pub fn is_remote(&self) -> bool {
        self.0.remote
    }

    /// Columns and rows; 80x24 where the terminal does not say.
    pub fn size(&self) -> (u16, u16) {
        match termios::tcgetwinsize(&self.0.tty) {
            Ok(size) if size.ws_col > 0 && size.ws_row > 0 => (size.ws_col, size.ws_row),
            _ => (80, 24),
        }
    }

    /// Whether the other end is gone. Nothing may be written then, and nobody waited for.
    pub fn is_dead(&self) -> bool {
        let mut fds = [PollFd::new(&self.0.tty, PollFlags::empty())];
        let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
        match poll(&mut fds, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })) {
            Ok(_) => fds[0].revents().intersects(gone),
            Err(errno) => errno != Errno::INTR,
        }
    }

    /// Writes all of it, in one call where the line takes it; gives the number of calls. Waits for a slow line, not
    /// for a dead one, and no longer than `patience` where that is given.
    pub(super) fn write_all(&self, mut bytes: &[u8], patience: Option<Duration>) -> io::Result<u32> {
        let until = patience.map(|patience| Instant::now() + patience);
        let mut calls = 0;
        while !bytes.is_empty() {
            calls += 1;
            match rustix::io::write(&self.0.tty, bytes) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => bytes = &bytes[written..],
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => self.wait_for_room(until)?,
                Err(errno) => return Err(errno.into()),
            }
        }
        Ok(calls)
    }

    fn wait_for_room(&self, until: Option<Instant>) -> io::Result<()> {
        let left = until.map(|until| until.saturating_duration_since(Instant::now()));
        if left.is_some_and(|left| left.is_zero()) {
            return Err(io::ErrorKind::TimedOut.into());
        }
        let mut fds = [PollFd::new(&self.0.tty, PollFlags::OUT)];
        match poll(&mut fds, left.map(timespec).as_ref()) {
            Ok(_) if fds[0].revents().intersects(PollFlags::HUP | PollFlags::ERR) => {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            Ok(_) | Err(Errno::INTR) => Ok(()),
            Err(errno) => Err(errno.into()),
        }
    }

    /// Reads what is there; none when nothing is, 0 bytes or an error when the line is gone.
    pub(super) fn read(&self, into: &mut [u8]) -> io::Result<Option<usize>> {
        match rustix::io::read(&self.0.tty, into) {
            Ok(read) => Ok(Some(read)),
            Err(Errno::AGAIN | Errno::INTR) => Ok(None),
            Err(errno) => Err(errno.into()),
        }
    }

    pub(super) fn modes(&self) -> io::Result<Termios> {
        Ok(termios::tcgetattr(&self.0.tty)?)
    }

    /// Sets the modes at once, without waiting for a line that may take nothing any more.
    pub(super) fn set_modes(&self, modes: &Termios) -> io::Result<()> {
        loop {
            match termios::tcsetattr(&self.0.tty, termios::OptionalActions::Now, modes) {
                Err(Errno::INTR) => {}
                result => return Ok(result?),
            }
        }
    }

    /// Throws away what was typed or pasted and not read: it was meant for the desk, not for the shell.
    pub(super) fn drop_unread(&self) {
        let _ = termios::tcflush(&self.0.tty, termios::QueueSelector::IFlush);
    }

    /// Stops the whole job and comes back when it goes on.
    ///
    /// The signal may reach another thread first, and this one would run on for a moment: it waits to be told by the
    /// listener. Not for ever, since a program that is the first of its container cannot be stopped.
    pub(super) fn stop_job(&self) -> io::Result<()> {
        *self.stops() = true;
        // SIGSTOP, since SIGTSTP is ours and is thrown away in an orphaned job.
        rustix::process::kill_current_process_group(Signal::STOP)?;
        let stops = self.stops();
        let waited = self.0.went_on.wait_timeout_while(stops, Duration::from_secs(1), |stops| *stops);
        *waited.unwrap_or_else(PoisonError::into_inner).0 = false;
        Ok(())
    }

    /// Tells who waits in [`stop_job`](Self::stop_job) that the job goes on; false where nobody does.
    pub(super) fn goes_on(&self) -> bool {
        let ours = std::mem::take(&mut *self.stops());
        self.0.went_on.notify_all();
        ours
    }

    fn stops(&self) -> MutexGuard<'_, bool> {
        self.0.stops.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl AsFd for Line {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.tty.as_fd()
    }
}

/// A duration as `poll` takes it.
pub(super) fn timespec(duration: Duration) -> Timespec {
    let seconds = duration.as_secs().min(i32::MAX as u64) as i64;
    Timespec { tv_sec: seconds, tv_nsec: duration.subsec_nanos().into() }
}
