//! Decoding in a process of its own.
//!
//! A decoder that crashes, hangs or eats memory takes nothing with it there: the system bounds its memory and its
//! time, it may open and write nothing, and all that it took is given back when it ends. A thread could be given none
//! of these bounds.

use super::{MAX_FILE, Picture, Room, Step, Unfit, decode};
use rustix::process::{Resource, Rlimit, setrlimit};
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the program is told first, so that it knows that it is the one apart.
pub const ARGUMENT: &str = "decode-picture";

/// Memory of its own that it may take in all: the packed file, what it unpacks to, and what a decoder needs beside it.
const MEMORY: u64 = 192 << 20;
/// Seconds of work.
const SECONDS: u64 = 5;

const TOO_LARGE: i32 = 10;
const UNKNOWN: i32 = 11;
const BROKEN: i32 = 12;

/// This program as it was started, even where its file has been replaced since.
pub fn program() -> PathBuf {
    let running = Path::new("/proc/self/exe");
    if running.exists() { running.to_owned() } else { std::env::current_exe().unwrap_or_else(|_| "moddesk".into()) }
}

/// Decodes in another process; blocks until it has ended.
///
/// # Errors
/// As [`decode`], and where no process could be started.
pub fn decode_apart(program: &Path, bytes: &[u8], step: Step, room: Room) -> Result<Picture, Unfit> {
    if bytes.len() > MAX_FILE {
        return Err(Unfit::TooLarge);
    }
    let mut child = Command::new(program)
        .args([ARGUMENT, step.code(), &room.width.to_string(), &room.height.to_string()])
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| Unfit::Failed)?;
    if let Some(mut pipe) = child.stdin.take() {
        // One that has ended already says why with its code.
        let _ = pipe.write_all(bytes);
    }
    let mut told = Vec::new();
    let most = 8 + u64::from(room.width) * u64::from(room.height) * 3;
    if let Some(pipe) = child.stdout.take() {
        let _ = pipe.take(most + 1).read_to_end(&mut told);
    }
    let ended = child.wait().map_err(|_| Unfit::Failed)?;
    match ended.code() {
        Some(0) => read(&told).ok_or(Unfit::Failed),
        Some(TOO_LARGE) => Err(Unfit::TooLarge),
        Some(UNKNOWN) => Err(Unfit::Unknown),
        // Stopped by the system: it took more than it may.
        Some(BROKEN) | None => Err(Unfit::Broken),
        Some(_) => Err(Unfit::Failed),
    }
}

fn read(told: &[u8]) -> Option<Picture> {
    let (head, rgb) = told.split_at_checked(8)?;
    let side = |at: usize| Some(u32::from_be_bytes(head.get(at..at + 4)?.try_into().ok()?));
    let (width, height) = (side(0)?, side(4)?);
    let pixels = u64::from(width) * u64::from(height);
    (pixels > 0 && rgb.len() as u64 == pixels * 3).then(|| Picture { width, height, rgb: rgb.to_vec() })
}

/// Whether this process is the one apart: then it decodes what comes in, and the answer is the code to exit with.
pub fn asked(mut arguments: impl Iterator<Item = OsString>) -> Option<i32> {
    if arguments.next()? != ARGUMENT {
        return None;
    }
    let rest: Vec<String> = arguments.filter_map(|argument| argument.into_string().ok()).collect();
    let [step, width, height] = rest.as_slice() else { return Some(2) };
    let step = Step::ALL.into_iter().find(|known| known.code() == step);
    let (Some(step), Ok(width), Ok(height)) = (step, width.parse(), height.parse()) else { return Some(2) };
    Some(work(step, Room { width, height }).unwrap_or(1))
}

fn work(step: Step, room: Room) -> io::Result<i32> {
    confine()?;
    // A decoder's own words may quote what it was given.
    std::panic::set_hook(Box::new(|_| {}));
    let mut bytes = Vec::new();
    io::stdin().lock().take(MAX_FILE as u64 + 1).read_to_end(&mut bytes)?;
    let decoded = std::panic::catch_unwind(|| decode(&bytes, step, room));
    Ok(match decoded {
        Ok(Ok(picture)) => {
            let mut out = io::stdout().lock();
            out.write_all(&picture.width.to_be_bytes())?;
            out.write_all(&picture.height.to_be_bytes())?;
            out.write_all(&picture.rgb)?;
            out.flush()?;
            0
        }
        Ok(Err(Unfit::TooLarge)) => TOO_LARGE,
        Ok(Err(Unfit::Unknown)) => UNKNOWN,
        Ok(Err(_)) | Err(_) => BROKEN,
    })
}

/// Gives up what a decoder has no use for, before a byte is read. No core of it is left on any disk either.
fn confine() -> io::Result<()> {
    let at_most = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
    for (what, most) in [
        (Resource::Core, 0),
        (Resource::Fsize, 0),
        (Resource::Nofile, 3),
        (Resource::Cpu, SECONDS),
        (Resource::Data, MEMORY),
    ] {
        setrlimit(what, at_most(most))?;
    }
    Ok(())
}
