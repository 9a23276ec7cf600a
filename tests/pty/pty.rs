//! The harness: a program in a pseudo-terminal, with an emulator at the other end.
//!
//! Nothing sleeps: every wait is for something to be seen, and gives up after [`PATIENCE`] with the screen as it was.

use moddesk::tui::keymap::{Code, Key};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{Read, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

/// How long anything may take. Far longer than it does, since the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(20);

/// A program about to be started.
pub struct Setup {
    command: CommandBuilder,
    size: (u16, u16),
}

impl Setup {
    fn new(program: &std::ffi::OsStr, args: &[&str]) -> Self {
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "en_GB.UTF-8");
        for name in ["NO_COLOR", "SSH_CONNECTION", "LC_ALL", "LC_MESSAGES", "RUST_BACKTRACE"] {
            command.env_remove(name);
        }
        if let Ok(here) = std::env::current_dir() {
            command.cwd(here);
        }
        Self { command, size: (80, 24) }
    }

    /// Columns and rows; 80x24 unless said.
    pub fn size(mut self, width: u16, height: u16) -> Self {
        self.size = (width, height);
        self
    }

    /// Sets a variable of the environment.
    pub fn env(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Starts it.
    pub fn start(self) -> Pty {
        let (cols, rows) = self.size;
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("the system gives a pseudo-terminal");
        let modes_before = modes(pair.master.as_ref());
        let child = pair.slave.spawn_command(self.command).expect("the program starts");
        drop(pair.slave);
        let parser = vt100::Parser::new(rows, cols, 1000);
        let seen = Seen { parser, log: Vec::new(), size: self.size, leaving: false, ended: false };
        let shared = Arc::new((Mutex::new(seen), Condvar::new()));
        let mut reader = pair.master.try_clone_reader().expect("the terminal can be read");
        let theirs = Arc::clone(&shared);
        thread::spawn(move || {
            let mut bytes = [0; 65536];
            loop {
                let read = reader.read(&mut bytes).unwrap_or(0);
                let mut seen = theirs.0.lock().expect("no test panics while it looks");
                seen.log.extend(&bytes[..read]);
                seen.parser.process(&bytes[..read]);
                seen.ended |= read == 0;
                let over = read == 0 || seen.leaving;
                if over {
                    // Before anybody is told: the line is only dead when the last handle on it is gone.
                    reader = Box::new(std::io::empty());
                    seen.ended = true;
                }
                theirs.1.notify_all();
                if over {
                    return;
                }
            }
        });
        let writer = pair.master.take_writer().expect("the terminal can be written");
        Pty { child, line: Some((pair.master, writer)), shared, modes_before, mark: 0 }
    }
}

struct Seen {
    parser: vt100::Parser,
    log: Vec<u8>,
    size: (u16, u16),
    leaving: bool,
    ended: bool,
}

impl Seen {
    /// Whether no synchronized update is only half here.
    fn is_whole(&self) -> bool {
        let update = self.log.windows(8).rev().find(|bytes| bytes.starts_with(b"\x1b[?2026"));
        update.is_none_or(|bytes| bytes.ends_with(b"l"))
    }
}

/// A program running in a terminal.
pub struct Pty {
    child: Box<dyn Child + Send + Sync>,
    line: Option<(Box<dyn MasterPty + Send>, Box<dyn Write + Send>)>,
    shared: Arc<(Mutex<Seen>, Condvar)>,
    modes_before: String,
    mark: usize,
}

impl Pty {
    /// The real `moddesk`.
    pub fn moddesk(args: &[&str]) -> Setup {
        Setup::new(env!("CARGO_BIN_EXE_moddesk").as_ref(), args)
    }

    /// The program of `probe.rs`: this very test, started again.
    pub fn probe() -> Setup {
        let me = std::env::current_exe().expect("a test knows where it is");
        Setup::new(me.as_os_str(), &["--ignored", "--exact", "probe::probe", "--nocapture"]).env("MODDESK_PROBE", "1")
    }

    /// Presses keys, named as in keymaps and parted by blanks: `"d h ctrl-l up"`.
    pub fn press(&mut self, names: &str) -> &mut Self {
        let keys = names.split_whitespace().map(|name| name.parse().unwrap_or_else(|error| panic!("{error}")));
        let bytes: Vec<u8> = keys.flat_map(sent).collect();
        self.send(&bytes)
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) -> &mut Self {
        let (_, writer) = self.line.as_mut().expect("the line is not hung up");
        writer.write_all(bytes).and_then(|()| writer.flush()).expect("the terminal takes what is typed");
        self
    }

    /// Pastes as terminals do that were asked to bracket it.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        let text = text.replace('\n', "\r");
        self.send(format!("\x1b[200~{text}\x1b[201~").as_bytes())
    }

    /// Waits until the screen shows `text` in one row.
    pub fn sees(&mut self, text: &str) -> &mut Self {
        self.until(&format!("{text:?} on screen"), |screen| rows(screen).iter().any(|row| row.contains(text)))
    }

    /// Waits until the screen shows `text` nowhere.
    pub fn sees_no_more(&mut self, text: &str) -> &mut Self {
        self.until(&format!("no {text:?} on screen"), |screen| !screen.contents().contains(text))
    }

    /// Waits until the screen is as wanted, between two frames.
    pub fn until(&mut self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) -> &mut Self {
        self.wait(what, |seen| seen.is_whole() && wanted(seen.parser.screen()));
        self
    }

    /// The text of the screen.
    pub fn screen(&self) -> String {
        self.look().parser.screen().contents()
    }

    /// Runs a question over the emulator's screen.
    pub fn ask<T>(&self, question: impl FnOnce(&vt100::Screen) -> T) -> T {
        question(self.look().parser.screen())
    }

    /// Counts from here what [`bytes`](Self::bytes) and [`frames`](Self::frames) tell.
    pub fn mark(&mut self) -> &mut Self {
        let length = self.look().log.len();
        self.mark = length;
        self
    }

    /// What the program wrote since the mark.
    pub fn bytes(&self) -> Vec<u8> {
        self.look().log[self.mark..].to_vec()
    }

    /// The synchronized updates since the mark, without their brackets; panics where anything lies outside of one.
    pub fn frames(&self) -> Vec<String> {
        let bytes = String::from_utf8(self.bytes()).expect("frames are UTF-8");
        let mut rest = bytes.as_str();
        let mut frames = Vec::new();
        while !rest.is_empty() {
            let inside = rest.strip_prefix("\x1b[?2026h").unwrap_or_else(|| panic!("outside of a frame: {rest:?}"));
            let (frame, after) = inside.split_once("\x1b[?2026l").expect("a frame that begins ends");
            frames.push(frame.to_owned());
            rest = after;
        }
        frames
    }

    /// Changes the size of the terminal.
    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        let (master, _) = self.line.as_ref().expect("the line is not hung up");
        let mut seen = self.look();
        seen.size = (width, height);
        seen.parser.screen_mut().set_size(height, width);
        let size = PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 };
        master.resize(size).expect("the terminal changes its size");
        drop(seen);
        self
    }

    /// Sends a signal to the program alone.
    pub fn signal(&mut self, signal: Signal) -> &mut Self {
        kill_process(self.pid(), signal).expect("the program is there");
        self
    }

    /// Waits until the program is stopped, as by Ctrl-Z.
    pub fn is_stopped(&mut self) -> &mut Self {
        let stat = format!("/proc/{}/stat", self.pid().as_raw_nonzero());
        self.wait("the program stopped", |_| {
            let stat = std::fs::read_to_string(&stat).unwrap_or_default();
            stat.rsplit_once(") ").is_some_and(|(_, state)| state.starts_with('T'))
        });
        self
    }

    /// Tears the line: the other end is gone, as when a connection breaks. Takes a change of size to wake the reader.
    pub fn hang_up(&mut self) -> &mut Self {
        self.look().leaving = true;
        let (width, height) = self.look().size;
        self.resize(width, height - 1);
        self.wait("the last frame", |seen| seen.ended);
        self.line = None;
        self
    }

    /// Waits for the program to end and gives its exit code, 128 and more for a signal that it did not catch.
    pub fn ends(&mut self) -> u32 {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("the program is ours") {
                if self.line.is_some() {
                    self.wait("the last output", |seen| seen.ended);
                }
                return status.exit_code();
            }
            assert!(Instant::now() < until, "the program does not end; its screen:\n{}", self.screen());
            let seen = self.look();
            drop(self.shared.1.wait_timeout(seen, Duration::from_millis(5)));
        }
    }

    /// The terminal's modes as text, to be compared.
    pub fn modes(&self) -> String {
        modes(self.line.as_ref().expect("the line is not hung up").0.as_ref())
    }

    /// That the terminal is as the program found it, and nothing of `secret` is left: not on either screen, not in the
    /// scrollback, and not on a terminal that has no second screen.
    pub fn is_as_it_was(&mut self, secret: &str) {
        assert_eq!(self.modes(), self.modes_before, "modes");
        self.ask(|screen| {
            assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor(), "modes");
            assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
            assert!(!screen.contents().contains(secret), "{}", screen.contents());
        });
        let seen = self.look();
        let log = String::from_utf8_lossy(&seen.log).into_owned();
        assert!(log.contains(secret), "{secret:?} was never on screen");
        for (on, off) in [("\x1b[?7l", "\x1b[?7h"), ("\x1b[?1049h", "\x1b[?1049l"), ("\x1b[?2004h", "\x1b[?2004l")] {
            assert!(log.rfind(off) > log.rfind(on), "{off:?} comes last");
        }
        let mut poor = vt100::Parser::new(seen.size.1, seen.size.0, 1000);
        poor.process(log.replace("\x1b[?1049h", "").replace("\x1b[?1049l", "").as_bytes());
        poor.screen_mut().set_scrollback(usize::MAX);
        while poor.screen().scrollback() > 0 {
            assert!(!poor.screen().contents().contains(secret), "in the scrollback");
            let nearer = poor.screen().scrollback() - 1;
            poor.screen_mut().set_scrollback(nearer);
        }
        assert!(!poor.screen().contents().contains(secret), "left on a single screen: {}", poor.screen().contents());
    }

    fn pid(&self) -> Pid {
        let pid = self.child.process_id().and_then(|pid| i32::try_from(pid).ok()).and_then(Pid::from_raw);
        pid.expect("a program has a number")
    }

    fn look(&self) -> MutexGuard<'_, Seen> {
        self.shared.0.lock().expect("the reader does not panic")
    }

    fn wait(&self, what: &str, wanted: impl Fn(&Seen) -> bool) {
        let until = Instant::now() + PATIENCE;
        let mut seen = self.look();
        while !wanted(&seen) {
            if Instant::now() >= until {
                let screen = seen.parser.screen().contents();
                drop(seen);
                panic!("waited in vain for {what}; the screen:\n{screen}");
            }
            seen = self.shared.1.wait_timeout(seen, Duration::from_millis(20)).expect("the reader does not panic").0;
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn rows(screen: &vt100::Screen) -> Vec<String> {
    let (_, width) = screen.size();
    screen.rows(0, width).collect()
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

/// What a terminal sends for a key.
fn sent(key: Key) -> Vec<u8> {
    let mut bytes = if key.alt { vec![0x1b] } else { Vec::new() };
    let (plain, shifted) = match key.code {
        Code::Char(c) if key.ctrl => return [bytes, vec![c as u8 & 0x1f]].concat(),
        Code::Char(c) => return [bytes, c.to_string().into_bytes()].concat(),
        Code::Enter => ("\r", "\r"),
        Code::Esc => ("\x1b", "\x1b"),
        Code::Backspace => ("\x7f", "\x7f"),
        Code::Tab => ("\t", "\x1b[Z"),
        Code::Up => ("\x1b[A", "\x1b[1;2A"),
        Code::Down => ("\x1b[B", "\x1b[1;2B"),
        Code::Right => ("\x1b[C", "\x1b[1;2C"),
        Code::Left => ("\x1b[D", "\x1b[1;2D"),
        Code::Home => ("\x1b[H", "\x1b[1;2H"),
        Code::End => ("\x1b[F", "\x1b[1;2F"),
        Code::Insert => ("\x1b[2~", "\x1b[2;2~"),
        Code::Delete => ("\x1b[3~", "\x1b[3;2~"),
        Code::PageUp => ("\x1b[5~", "\x1b[5;2~"),
        Code::PageDown => ("\x1b[6~", "\x1b[6;2~"),
        Code::F(n @ 1..=4) => return [bytes, vec![0x1b, b'O', b'O' + n]].concat(),
        Code::F(n) => {
            let number = [15, 17, 18, 19, 20, 21, 23, 24][usize::from(n - 5)];
            return format!("\x1b[{number}~").into_bytes();
        }
        Code::Unknown => panic!("nobody can press that"),
    };
    bytes.extend(if key.shift { shifted } else { plain }.as_bytes());
    bytes
}
