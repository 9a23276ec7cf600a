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
mod known;
mod line;
mod people;
mod webhooks;

pub use call::{Calls, Place, root};
pub use clock::QueueClock;
pub use ear::Feed;
pub use known::Known;

use crate::desk::LineError;
use crate::team::api;
use crate::wellbeing::{RawRules, Rules};
use ear::Bells;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Who the token belongs to, and the wellbeing rules of the house.
async fn asked(calls: &Calls) -> Result<(api::me::Answer, serde_json::Value), LineError> {
    let (me, told) = tokio::join!(
        calls.get::<api::me::Answer>(api::me::PATH),
        calls.get::<api::wellbeing::Answer>(api::wellbeing::PATH)
    );
    Ok((me?, told?.rules))
}

/// A moderator's line to a team's server.
pub struct Remote {
    calls: Arc<Calls>,
    known: Known,
    rules: Rules,
    /// The server has answered since this desk was opened.
    heard: AtomicBool,
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
        let calls = Calls::new(place.clone(), QueueClock::new())?;
        let (me, rules) = asked(&calls).await?;
        Self::over(calls.anew()?, Known::new(&place, me, rules), true)
    }

    /// The same on a line that is dead, from what was known the last time. Nothing is served before the server has
    /// answered: the first call of a desk asks it who this is, and under which rules, and goes no further where either
    /// has changed.
    ///
    /// # Errors
    /// Where it is not known for this server and token, or the rules are those of a newer desk.
    pub fn unheard(place: Place, known: Known) -> Result<Self, LineError> {
        if !known.is_of(&place) {
            return Err(LineError::Refused("this desk has not signed in there before".into()));
        }
        Self::over(Calls::new(place, QueueClock::new())?, known, false)
    }

    fn over(calls: Calls, known: Known, heard: bool) -> Result<Self, LineError> {
        let rules = serde_json::from_value::<RawRules>(known.rules.clone()).ok().and_then(|raw| raw.resolve().ok());
        let unknown = "the server has wellbeing rules that this desk does not know; update it";
        let rules = rules.ok_or_else(|| LineError::Refused(unknown.into()))?;
        let (bells, heard) = (Arc::new(Bells::new()), AtomicBool::new(heard));
        Ok(Self { calls: Arc::new(calls), known, rules, heard, bells, listening: AtomicBool::new(false) })
    }

    /// What to remember of this sign-in.
    pub fn known(&self) -> &Known {
        &self.known
    }

    /// Asks the server what was only remembered so far, once.
    async fn make_sure(&self) -> Result<(), LineError> {
        if self.heard.load(Ordering::Relaxed) {
            return Ok(());
        }
        let (me, rules) = asked(&self.calls).await?;
        if me.person.name != self.known.me.person.name {
            let why = "the token is somebody else's by now; leave, and open the desk anew";
            return Err(LineError::Refused(why.into()));
        }
        if rules != self.known.rules {
            let why = "the rules of the house have changed since this desk was last here; leave, and open it anew";
            return Err(LineError::Refused(why.into()));
        }
        self.heard.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Who is signed in, with their rights.
    pub fn me(&self) -> &api::me::Answer {
        &self.known.me
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
                .known
                .me
                .person
                .name
                .bytes()
                .fold(u32::from(std::process::id() as u8), |sum, byte| sum * 31 % 65_521 + u32::from(byte));
            tokio::spawn(ear::listen(Arc::clone(&self.calls), Arc::clone(&self.bells), spread));
        }
    }
}
