//! A team's server, as the commands reach it.

use super::args::{DeskArgs, Globals};
use super::desk::Opening;
use super::house;
use crate::config::{Config, Server};
use crate::desk::LineError;
use crate::team::client::{Calls, Place, QueueClock, Remote};
use anyhow::Context;
use std::path::Path;
use std::sync::Arc;
use tokio::runtime::{Builder, Runtime};

/// What keeps a command from the server; [`super::Exit`] tells them apart. The address stays out of the messages: it
/// would be shown as every link is, not to be followed.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// Nobody answers.
    #[error("the server cannot be reached ({0}); check its address and the line")]
    Unreachable(String),
    /// The token is no good there.
    #[error("the server does not let you in ({0}); run `moddesk login URL`")]
    NotAllowed(String),
    /// It says no.
    #[error("the server says: {0}")]
    Refused(String),
}

impl RemoteError {
    /// What a failed call means for a command.
    pub fn of(error: LineError) -> anyhow::Error {
        let error = match error {
            LineError::SignedOut(why) => Self::NotAllowed(why),
            LineError::Refused(why) | LineError::TakenOver(why) => Self::Refused(why),
            LineError::Down(why) | LineError::Unsure(why) => Self::Unreachable(why),
            LineError::Wait(seconds) => Self::Unreachable(format!("it asks to wait {seconds} s")),
        };
        error.into()
    }
}

/// The server of the configuration, with the token that signs in there.
pub fn place(server: &Server) -> anyhow::Result<Place> {
    let read = |path: &Path| std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()));
    let token = server.token()?.reveal().to_owned();
    let authorities = server.ca_file.as_deref().map(read).transpose()?;
    Ok(Place { authorities, ..Place::new(&server.url.value, token) })
}

/// A runtime for the calls of one command.
pub fn runtime() -> anyhow::Result<Runtime> {
    Builder::new_current_thread().enable_all().build().context("cannot start the runtime")
}

/// Calls to the server that was typed, or is configured.
pub fn calls(globals: &Globals) -> anyhow::Result<Calls> {
    let config = house::config(globals, &DeskArgs::default())?;
    let server = config.server.as_ref().context("there is no server; say --server URL")?;
    Calls::new(place(server)?, QueueClock::new()).map_err(RemoteError::of)
}

/// Signs in at the configured server, and opens a desk there.
pub(super) fn opening(config: Config, args: &DeskArgs) -> anyhow::Result<Opening> {
    let server = config.server.as_ref().context("there is no server to sign in at")?;
    let place = place(server)?;
    let remote = runtime()?.block_on(Remote::open(place)).map_err(RemoteError::of)?;
    let rules = remote.rules().clone();
    let name = &remote.me().person.name;
    if let Some(asked) = args.moderator.as_ref().filter(|asked| *asked != name) {
        anyhow::bail!("the token is that of {name}, not of {asked}; run `moddesk login URL` with a token of theirs");
    }
    let (clock, journal) = (Arc::new(remote.clock()), config.paths().journal());
    Ok(Opening { line: Arc::new(remote), clock, journal, rules, config })
}
