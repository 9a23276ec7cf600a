//! A team's server, as the commands reach it.

use super::args::{DeskArgs, Globals};
use super::desk::Opening;
use super::{house, known};
use crate::config::{Config, Server};
use crate::desk::LineError;
use crate::team::client::{Calls, Place, QueueClock, Remote};
use anyhow::Context;
use std::io::IsTerminal;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// What keeps a command from the server; [`super::Exit`] tells them apart.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// Nobody answers.
    #[error("the server cannot be reached ({0}); check its address and the line")]
    Unreachable(String),
    /// The token is no good there.
    #[error("the server does not let you in ({0}); sign in with a token that may: `moddesk login URL`")]
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

/// Signs in; on a dead line as the last time, where somebody sits there who can be told so. A script is told instead.
fn signed_in(place: Place, config: &Config) -> anyhow::Result<Remote> {
    let paths = config.paths();
    let kept = known::place(&paths.data_dir);
    let known = known::read(&kept).filter(|known| known.is_of(&place) && std::io::stdin().is_terminal());
    let patience = if known.is_some() { FIRST_ANSWER } else { Duration::MAX };
    let opened = runtime()?.block_on(async {
        let opened = tokio::time::timeout(patience, Remote::open(place.clone())).await;
        opened.unwrap_or_else(|_| Err(LineError::Down("no answer yet".into())))
    });
    match (opened, known) {
        (Ok(remote), _) => {
            if let Err(error) = paths.make().and_then(|()| known::keep(&kept, remote.known())) {
                tracing::warn!(%error, "it could not be kept who signed in");
            }
            Ok(remote)
        }
        (Err(error), Some(known)) if !error.is_permanent() => Remote::unheard(place, known).map_err(RemoteError::of),
        (Err(error), _) => Err(RemoteError::of(error)),
    }
}

/// How long somebody at a terminal waits for the first answer before the desk opens without it and goes on asking.
const FIRST_ANSWER: Duration = Duration::from_secs(4);

/// Signs in at the configured server, and opens a desk there.
pub(super) fn opening(config: Config, args: &DeskArgs) -> anyhow::Result<Opening> {
    let server = config.server.as_ref().context("there is no server to sign in at")?;
    let remote = signed_in(place(server)?, &config)?;
    let rules = remote.rules().clone();
    let name = &remote.me().person.name;
    if let Some(asked) = args.moderator.as_ref().filter(|asked| *asked != name) {
        anyhow::bail!("the token is that of {name}, not of {asked}; run `moddesk login URL` with a token of theirs");
    }
    let (clock, journal) = (Arc::new(remote.clock()), config.paths().journal());
    Ok(Opening { line: Arc::new(remote), clock, journal, rules, config })
}
