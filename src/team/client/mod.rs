//! A desk's line to a team's server over HTTP.
//!
//! [`Remote`] is a [`crate::desk::Line`] like the one in the same process: what the desk does with it, journal, hold,
//! prefetch and patience included, is the same. What is particular to a line far away lives here: the calls and how
//! they fail ([`Place`], [`Calls`]), the queue's clock ([`QueueClock`]), and the events that ring at the desk.

mod call;
mod clock;
mod ear;
mod errand;
mod fault;
mod floor;
mod house;
mod line;
mod webhooks;

pub use call::{Calls, Place};
pub use clock::QueueClock;
pub use ear::Feed;

use crate::desk::LineError;
use crate::team::api;
use crate::wellbeing::{RawRules, Rules};
use ear::Bells;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A moderator's line to a team's server.
pub struct Remote {
    calls: Arc<Calls>,
    me: api::me::Answer,
    rules: Rules,
    bells: Arc<Bells>,
    listening: AtomicBool,
}

impl Remote {
    /// Signs in: asks the server who the token belongs to, and under which wellbeing rules they work, which also sets
    /// the clock. The connections of the desk are made later, in the runtime that it works in.
    ///
    /// # Errors
    /// Where nobody answers, the token is no good there, or the rules are those of a newer server.
    pub async fn open(place: Place) -> Result<Self, LineError> {
        let calls = Calls::new(place, QueueClock::new())?;
        let (me, told) = tokio::join!(
            calls.get::<api::me::Answer>(api::me::PATH),
            calls.get::<api::wellbeing::Answer>(api::wellbeing::PATH)
        );
        let me = me?;
        let rules = serde_json::from_value::<RawRules>(told?.rules).ok().and_then(|raw| raw.resolve().ok());
        let unknown = "the server has wellbeing rules that this desk does not know; update it";
        let rules = rules.ok_or_else(|| LineError::Refused(unknown.into()))?;
        let calls = Arc::new(calls.anew()?);
        Ok(Self { calls, me, rules, bells: Arc::new(Bells::new()), listening: AtomicBool::new(false) })
    }

    /// Who is signed in, with their rights.
    pub fn me(&self) -> &api::me::Answer {
        &self.me
    }

    /// The queue's clock.
    pub fn clock(&self) -> QueueClock {
        self.calls.clock().clone()
    }

    /// The wellbeing rules that the queue holds every claim to: the desk stops at the same item, whatever its own file
    /// says.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Begins to listen, once, in the runtime of the caller.
    fn listen(&self) {
        if !self.listening.swap(true, Ordering::Relaxed) {
            let spread = self
                .me
                .person
                .name
                .bytes()
                .fold(u32::from(std::process::id() as u8), |sum, byte| sum * 31 % 65_521 + u32::from(byte));
            tokio::spawn(ear::listen(Arc::clone(&self.calls), Arc::clone(&self.bells), spread));
        }
    }
}
