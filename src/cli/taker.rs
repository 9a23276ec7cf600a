//! Where imported items go: a queue of this machine, a team's database, or a team's server.

use super::args::Globals;
use super::house::House;
use super::remote::{self, RemoteError};
use crate::desk::LineError;
use crate::moderation::intake::{Incoming, RefusedLine};
use crate::store::{ImportOptions, Imported};
use crate::team::client::Calls;
use bytes::Bytes;
use futures_util::future::LocalBoxFuture;
use std::time::Duration;
use tokio::runtime::Runtime;

/// Bytes of one piece to a server.
const PIECE: usize = 512 << 10;
/// So often a piece is sent again: half a minute of a dead line in all.
const TRIES: u32 = 5;

/// Takes items in, a batch at a time.
pub enum Taker {
    /// A queue that is open here.
    Store(Box<House>, ImportOptions),
    /// A team's server; with the queue for items that name none.
    Server(Box<Calls>, Runtime, Option<String>),
}

impl Taker {
    /// Where `globals` say; `queue` is for items that name none.
    pub fn open(globals: &Globals, queue: Option<String>) -> anyhow::Result<Self> {
        if globals.server.is_some() {
            return Ok(Self::Server(Box::new(remote::calls(globals)?), remote::runtime()?, queue));
        }
        let house = House::open_to_import(globals)?;
        let options = ImportOptions { queue, by: Some(house.me()) };
        Ok(Self::Store(Box::new(house), options))
    }

    /// Waits.
    pub fn block<F: Future>(&self, future: F) -> F::Output {
        match self {
            Self::Store(house, _) => house.block(future),
            Self::Server(_, runtime, _) => runtime.block_on(future),
        }
    }

    /// The bytes of a picture; `false` where no item that went in names it.
    pub async fn put_picture(&self, hash: &str, bytes: Vec<u8>) -> anyhow::Result<bool> {
        match self {
            Self::Store(house, _) => Ok(house.store.put_picture(hash, bytes).await?),
            Self::Server(calls, ..) => calls.put_picture(hash, bytes).await.map_err(RemoteError::of),
        }
    }

    /// One batch.
    pub fn take_in(&self, items: Vec<Incoming>) -> LocalBoxFuture<'_, anyhow::Result<Imported>> {
        Box::pin(async move {
            match self {
                Self::Store(house, options) => Ok(house.store.import(items, options.clone()).await?),
                Self::Server(calls, _, queue) => send(calls, items, queue.as_deref()).await,
            }
        })
    }
}

/// Sends a batch in pieces that a narrow line carries in time.
async fn send(calls: &Calls, items: Vec<Incoming>, queue: Option<&str>) -> anyhow::Result<Imported> {
    let mut total = Imported::default();
    let mut left = items.into_iter().peekable();
    while left.peek().is_some() {
        let (mut lines, mut numbers) = (Vec::new(), Vec::new());
        while lines.len() < PIECE
            && let Some(Incoming { line, mut item }) = left.next()
        {
            item.queue = item.queue.take().or_else(|| queue.map(str::to_owned));
            serde_json::to_writer(&mut lines, &item)?;
            lines.push(b'\n');
            numbers.push(line);
        }
        let done = piece(calls, lines.into()).await?;
        total.imported += done.imported;
        total.updated += done.updated;
        total.unchanged += done.unchanged;
        total.created_queues.extend(done.created_queues);
        // The server counts the lines of this piece; the reader wants those of the file.
        total.refused.extend(done.refused.into_iter().map(|refused| {
            let at = usize::try_from(refused.line).ok().and_then(|line| numbers.get(line.checked_sub(1)?));
            RefusedLine { line: at.copied().unwrap_or(refused.line), ..refused }
        }));
    }
    Ok(total)
}

/// Sends a piece, again where it may not have arrived: what had is `unchanged` then.
async fn piece(calls: &Calls, lines: Bytes) -> anyhow::Result<crate::team::api::ingest::Answer> {
    let mut tries = 0;
    loop {
        let wait = match calls.take_in(lines.clone()).await {
            Ok(done) => return Ok(done),
            Err(error) if error.is_permanent() || tries == TRIES => return Err(RemoteError::of(error)),
            Err(LineError::Wait(seconds)) => Duration::from_secs(seconds.clamp(1, 60)),
            Err(_) => Duration::from_secs(1 << tries),
        };
        tokio::time::sleep(wait).await;
        tries += 1;
    }
}
