//! What is to be put back, where both the screen and a panic find it.

use super::screen::Entered;
use std::any::Any;
use std::panic::{self, PanicHookInfo};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::thread::{self, ThreadId};

static HELD: Mutex<Option<(Entered, ThreadId)>> = Mutex::new(None);

fn lock() -> MutexGuard<'static, Option<(Entered, ThreadId)>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps what the calling thread, the one that draws, has to put back.
pub(super) fn hold(entered: Entered) {
    *lock() = Some((entered, thread::current().id()));
}

/// Whether anything is to be put back.
pub(super) fn held() -> bool {
    lock().is_some()
}

/// Puts it back, once.
pub(super) fn leave() {
    let held = lock().take();
    if let Some((entered, _)) = held {
        entered.leave();
    }
}

/// Installs the panic hook, once for the program.
///
/// The hook runs on every thread. Only the thread that draws has a screen to leave; a panic elsewhere goes to the log,
/// since a line of it would stand across a live screen. While no screen is held the hook before this one speaks.
pub(super) fn on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let owner = lock().as_ref().map(|(_, owner)| *owner);
            match owner {
                None => before(info),
                Some(owner) if owner == thread::current().id() => {
                    leave();
                    report(info);
                }
                Some(_) => tracing::error!(place = %place(info), what = words(info.payload()), "a thread panicked"),
            }
        }));
    });
}

fn place(info: &PanicHookInfo<'_>) -> String {
    info.location().map_or_else(|| "an unknown place".into(), |at| format!("{}:{}", at.file(), at.line()))
}

/// A panic's own words may quote what was on screen, so only those known when the program was built are repeated.
fn words(payload: &(dyn Any + Send)) -> &'static str {
    payload.downcast_ref::<&'static str>().copied().unwrap_or("(its words may quote content and are left out)")
}

#[expect(clippy::print_stderr, reason = "the screen is gone, and this is the last thing said")]
fn report(info: &PanicHookInfo<'_>) {
    let (place, words) = (place(info), words(info.payload()));
    tracing::error!(place, what = words, "the desk panicked");
    eprintln!("moddesk stopped at {place}: {words}");
    eprintln!("What was shown as decided is safe; open the desk again, and report this with the line above.");
    let trace = std::backtrace::Backtrace::capture();
    if trace.status() == std::backtrace::BacktraceStatus::Captured {
        eprintln!("{trace}");
    }
}
