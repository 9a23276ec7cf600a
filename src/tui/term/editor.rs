//! The editor of the moderator's choice, for a long text: the terminal is lent to it and taken back.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use uuid::Uuid;

/// No text box holds more, so neither is more read back.
const MOST: u64 = 256 * 1024;

/// An editor at work. The desk goes on hearing and renewing meanwhile; only drawing waits.
pub struct Editing {
    pid: rustix::process::Pid,
    folder: PathBuf,
}

impl Editing {
    /// Starts `$VISUAL`, `$EDITOR` or `vi` on a file that only this user may read; `done` hears the saved text, from
    /// another thread. The file is gone before that: in memory where the system has a folder for it, and never among
    /// the desk's own files.
    pub fn start(text: &str, done: impl FnOnce(Result<String, String>) + Send + 'static) -> io::Result<Self> {
        let base = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|folder| folder.is_dir());
        let folder = base.unwrap_or_else(std::env::temp_dir).join(format!("moddesk-{}", Uuid::now_v7().simple()));
        DirBuilder::new().mode(0o700).create(&folder)?;
        let started = begin(&folder, text);
        if started.is_err() {
            let _ = fs::remove_dir_all(&folder);
        }
        let (mut child, file) = started?;
        let pid = rustix::process::Pid::from_child(&child);
        let place = folder.clone();
        thread::Builder::new().name("editor".into()).spawn(move || {
            let ended = child.wait();
            let saved = match ended {
                Ok(status) if status.success() => read(&file).map_err(|error| error.to_string()),
                Ok(status) => Err(status.to_string()),
                Err(error) => Err(error.to_string()),
            };
            let _ = fs::remove_dir_all(&place);
            done(saved);
        })?;
        Ok(Self { pid, folder })
    }

    /// Ends it because the desk has to go; nothing of the text stays behind.
    pub fn end(self) {
        let _ = rustix::process::kill_process(self.pid, rustix::process::Signal::TERM);
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn begin(folder: &Path, text: &str) -> io::Result<(std::process::Child, PathBuf)> {
    let file = folder.join("reply.txt");
    let mut written = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file)?;
    written.write_all(text.as_bytes())?;
    let said = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| std::env::var(name).ok());
    let editor = said.into_iter().find(|editor| !editor.trim().is_empty()).unwrap_or_else(|| "vi".to_owned());
    // As a shell reads it: `EDITOR="code --wait"` is two words.
    let child = Command::new("sh").arg("-c").arg(format!("exec {editor} \"$1\"")).arg("sh").arg(&file).spawn()?;
    Ok((child, file))
}

fn read(file: &Path) -> io::Result<String> {
    if fs::metadata(file)?.len() > MOST {
        return Err(io::Error::other("it is larger than 256 KiB"));
    }
    String::from_utf8(fs::read(file)?).map_err(|_| io::Error::other("it is not UTF-8"))
}
