//! The keeper: everything that is decided about a queue, the same for every engine.
//!
//! A keeper works on one thread. It remembers what is small ([`hot`]) and asks its engine for rows ([`shelf`]); the
//! engine begins and ends transactions around what the keeper does, for several callers at once where it can, and
//! answers them once the commit is synced. What must stay true: nothing here does SQL, and nothing below the shelf
//! decides anything.

mod about;
mod access;
mod again;
pub(in crate::store) mod alert;
mod back;
pub(in crate::store) mod booking;
mod claim;
pub(in crate::store) mod day;
mod decide;
mod doubt;
mod erase;
mod fading;
pub(in crate::store) mod floor;
pub(in crate::store) mod flow;
pub(in crate::store) mod groups;
pub(in crate::store) mod history;
pub(in crate::store) mod hot;
pub(in crate::store) mod import;
pub(in crate::store) mod kin;
pub(in crate::store) mod lease;
pub(in crate::store) mod log;
pub(in crate::store) mod message;
mod notice;
mod pass;
mod pause;
pub(in crate::store) mod pictures;
pub(in crate::store) mod precedent;
mod reverse;
pub(in crate::store) mod search;
pub(in crate::store) mod served;
pub(in crate::store) mod settings;
pub(in crate::store) mod shelf;
mod shift;
mod step;
pub(in crate::store) mod stranded;
pub(in crate::store) mod topics;
pub(in crate::store) mod webhook;

use self::hot::Hot;
use self::shelf::Shelf;
use super::Result;
use super::judge::PoliciesOf;
use crate::wellbeing::{Clock, Moment, Rules};
use std::sync::Arc;
use std::time::Duration;

/// What a store needs besides the place where it is kept.
#[derive(Clone)]
pub struct Options {
    /// The queue's clock, which alone ends a break.
    pub clock: Arc<dyn Clock>,
    /// The wellbeing rules that every claim is held to.
    pub rules: Arc<Rules>,
    /// The policies in force for a client.
    pub policies: PoliciesOf,
    /// How long a shift is planned where sign-in does not say.
    pub shift: Duration,
    /// Pages remembered by SQLite's writer, in KiB: 2,048 for a desk; more makes an import of random ids faster.
    pub cache_kib: u32,
    /// From which part of all their pieces in common on two texts count as nearly the same, 0 to 1.
    pub alike: f64,
}

/// How much that finds, and that it finds nothing else, stands with the figures of [`crate::text::likeness`].
pub const ALIKE: f64 = 0.5;

impl Options {
    /// The shipped rules, no policies known, shifts of 8 hours.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            rules: Arc::new(Rules::shipped()),
            policies: Arc::new(|_| None),
            shift: Duration::from_secs(8 * 3600),
            cache_kib: 2048,
            alike: ALIKE,
        }
    }
}

/// An engine's rows, what is remembered beside them, and the moment of the running transaction.
pub(in crate::store) struct Keeper<S> {
    pub(in crate::store) shelf: S,
    pub(in crate::store) hot: Hot,
    pub(in crate::store) options: Arc<Options>,
    pub(in crate::store) now: Moment,
    /// The same, as the queue keeps times.
    pub(in crate::store) micros: i64,
    /// Set by a command that took content out of the store: its traces have to go too.
    pub(in crate::store) erased: bool,
}

impl<S: Shelf> Keeper<S> {
    /// A keeper that remembers what the engine has.
    pub(in crate::store) fn new(shelf: S, options: Arc<Options>) -> Result<Self> {
        let now = options.clock.now();
        let hot = Hot::of(shelf.load()?)?;
        let micros = now.wall.as_microsecond();
        Ok(Self { shelf, hot, options, now, micros, erased: false })
    }

    /// Forgets what is remembered: somebody else has committed, or something failed.
    pub(in crate::store) fn reload(&mut self) -> Result<()> {
        self.hot = Hot::of(self.shelf.load()?)?;
        Ok(())
    }

    /// What is done from here on is done now.
    pub(in crate::store) fn turn(&mut self) {
        self.now = self.options.clock.now();
        self.micros = self.now.wall.as_microsecond();
    }
}
