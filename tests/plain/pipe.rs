//! The real program with a pipe at either end. Nothing sleeps: every wait is for words, and gives up in the end.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// Far longer than anything takes, since the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs a command to its end: exit code and standard output.
pub fn moddesk(folder: &Path, args: &[&str]) -> (i32, String) {
    let done = command(folder).args(args).output().expect("the program starts");
    let out = String::from_utf8(done.stdout).expect("text");
    (done.status.code().expect("it ends by itself"), out)
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_moddesk"));
    command.args(["--data-dir", folder.join("data").to_str().expect("a path of text")]);
    command.args(["--config", folder.join("config.toml").to_str().expect("a path of text")]);
    for name in ["MODDESK_DATA_DIR", "MODDESK_CONFIG", "MODDESK_SERVER", "MODDESK_TOKEN", "NO_COLOR", "TERM"] {
        command.env_remove(name);
    }
    command.env("TZ", "UTC").env("LANG", "en_GB.UTF-8");
    command
}

/// A house: what the configuration says, and items.
pub fn house(config: &str, items: &[serde_json::Value]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("config.toml"), config).expect("the configuration is written");
    let lines: String = items.iter().map(|item| format!("{item}\n")).collect();
    let file = folder.path().join("items.jsonl");
    std::fs::write(&file, lines).expect("the items are written");
    let (code, out) = moddesk(folder.path(), &["import", file.to_str().expect("a path of text")]);
    assert_eq!(code, 0, "{out}");
    folder
}

/// A plain desk at work.
pub struct Pipe {
    child: Child,
    input: Option<ChildStdin>,
    heard: Arc<(Mutex<(String, bool)>, Condvar)>,
    mark: usize,
}

impl Pipe {
    pub fn open(folder: &Path, args: &[&str]) -> Self {
        let mut child = command(folder)
            .args(["desk", "--plain"])
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the program starts");
        let input = child.stdin.take();
        let mut out = child.stdout.take().expect("a pipe");
        let heard = Arc::new((Mutex::new((String::new(), false)), Condvar::new()));
        let theirs = Arc::clone(&heard);
        thread::spawn(move || {
            let (mut rest, mut bytes) = (Vec::new(), [0; 4096]);
            loop {
                let n = out.read(&mut bytes).unwrap_or(0);
                rest.extend(&bytes[..n]);
                let good = match std::str::from_utf8(&rest) {
                    Ok(text) => text.len(),
                    Err(error) => error.valid_up_to(),
                };
                let text = String::from_utf8(rest.drain(..good).collect()).expect("valid up to there");
                let mut heard = theirs.0.lock().expect("no test panics while it hears");
                heard.0.push_str(&text);
                heard.1 |= n == 0;
                theirs.1.notify_all();
                if n == 0 {
                    return;
                }
            }
        });
        Self { child, input, heard, mark: 0 }
    }

    /// Waits until something was said after what was last waited for, then until the prompt is back.
    #[track_caller]
    pub fn hears(&mut self, words: &str) {
        let until = Instant::now() + PATIENCE;
        let mut heard = self.heard.0.lock().expect("nobody panics while they hear");
        loop {
            let new = &heard.0[self.mark..];
            if let Some(at) = new.find(words) {
                self.mark += at + words.len();
                return;
            }
            let left = until.saturating_duration_since(Instant::now());
            assert!(!heard.1 && !left.is_zero(), "`{words}` was not said; instead: {new}");
            heard = self.heard.1.wait_timeout(heard, left).expect("nobody panics while they hear").0;
        }
    }

    /// Types a line.
    pub fn types(&mut self, line: &str) {
        let input = self.input.as_mut().expect("open");
        writeln!(input, "{line}").and_then(|()| input.flush()).expect("it listens");
    }

    /// Types a line and hears the answer, up to the next prompt.
    #[track_caller]
    pub fn asks(&mut self, line: &str, answer: &str, prompt: &str) {
        self.types(line);
        self.hears(answer);
        self.hears(prompt);
    }

    /// Types nothing more.
    pub fn ends_input(&mut self) {
        self.input = None;
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Everything that was said, after the program has ended with this code.
    #[track_caller]
    pub fn ended_with(mut self, code: i32) -> String {
        let until = Instant::now() + PATIENCE;
        let mut heard = self.heard.0.lock().expect("nobody panics while they hear");
        while !heard.1 {
            let left = until.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "it does not end: {}", heard.0);
            heard = self.heard.1.wait_timeout(heard, left).expect("nobody panics while they hear").0;
        }
        let said = heard.0.clone();
        let status = self.child.wait().expect("it has ended");
        assert_eq!(status.code(), Some(code), "{said}");
        let bad = said.chars().find(|&c| (c.is_control() && c != '\n') || ('\u{2500}'..='\u{259f}').contains(&c));
        assert_eq!(bad, None, "no control character and no box: {said}");
        said
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        // A test that failed leaves no program behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
