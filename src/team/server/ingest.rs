//! Items coming in: read as fast as the store takes them, never held whole.

use super::body::media_type;
use super::call::Call;
use super::inflow::{Inflow, SMALL, SMALL_BYTES};
use super::refuse::{Answer, Refuse};
use super::route::json;
use super::split::{Piece, Splitter};
use crate::moderation::intake::{self, RefusedLine};
use crate::moderation::item::MAX_LINE;
use crate::store::{ImportOptions, Imported, Incoming, Parcel, SharedStore, StoreError};
use crate::team::api::{Code, ingest, withdraw};
use axum::body::{Body, HttpBody};
use axum::http::Response;
use futures_util::StreamExt;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Items in one transaction of the store.
const BATCH: usize = 1_000;
/// Their bytes, more or less.
const BATCH_BYTES: usize = 2 << 20;
/// Batches of one body on their way: one is made ready while one is written.
const UNDER_WAY: usize = 2;
/// Refused lines that are told one by one.
const TOLD: usize = 1_000;

const TYPES: [&str; 6] = [
    "application/json",
    "application/x-ndjson",
    "application/ndjson",
    "application/jsonl",
    "application/x-jsonlines",
    "application/jsonlines",
];

/// A batch on its way, and word that it is in, for the next one.
struct Running {
    done: JoinHandle<crate::store::Result<Imported>>,
    is_in: Option<oneshot::Receiver<()>>,
}

/// One body on its way into the store: two batches are taken in while the next one is read, and no more than that.
struct Intake {
    store: SharedStore,
    inflow: Arc<Inflow>,
    by: String,
    batch: Vec<Incoming>,
    bytes: usize,
    running: VecDeque<Running>,
    sum: ingest::Answer,
}

impl Intake {
    fn refuse(&mut self, line: u64, error: String) {
        self.sum.refused_in_all += 1;
        if self.sum.refused.len() < TOLD {
            self.sum.refused.push(RefusedLine { line, error });
        }
    }

    async fn take(&mut self, piece: Piece) -> Answer<()> {
        match piece {
            Piece::Item(line, bytes) => match intake::item(&bytes) {
                Ok(item) => {
                    self.bytes += bytes.len();
                    self.batch.push(Incoming { line, item });
                }
                Err(error) => self.refuse(line, error),
            },
            Piece::TooLong(line) => {
                self.refuse(line, format!("this item is over the limit of {} MiB: shorten it", MAX_LINE >> 20));
            }
            Piece::Broken(line, why) => self.refuse(line, why.to_owned()),
        }
        if self.batch.len() >= BATCH || self.bytes >= BATCH_BYTES { self.send().await } else { Ok(()) }
    }

    /// Waits until there is room, then sends the next batch on its way: this is the back-pressure.
    async fn send(&mut self) -> Answer<()> {
        while self.running.len() >= UNDER_WAY {
            self.settle_one().await?;
        }
        if !self.batch.is_empty() {
            self.bytes = 0;
            let (store, batch) = (Arc::clone(&self.store), std::mem::take(&mut self.batch));
            let options = ImportOptions { queue: None, by: Some(self.by.clone()) };
            let turn = self.running.back_mut().and_then(|before| before.is_in.take());
            let (over, is_in) = oneshot::channel();
            let done = tokio::spawn(in_turn(store, batch, options, turn, over));
            self.running.push_back(Running { done, is_in: Some(is_in) });
        }
        Ok(())
    }

    /// Hands over what is left, and waits. A body that was small as a whole goes in with others of its kind.
    async fn end(&mut self) -> Answer<()> {
        if !self.running.is_empty() || self.batch.len() > SMALL || self.bytes > SMALL_BYTES {
            let sent = self.send().await;
            let settled = self.settle().await;
            return sent.and(settled);
        }
        if !self.batch.is_empty() {
            let options = ImportOptions { queue: None, by: Some(self.by.clone()) };
            let done = self.inflow.bring(Parcel::of(std::mem::take(&mut self.batch), options)).await?;
            self.add(done);
        }
        Ok(())
    }

    /// Waits for all that is on its way, whatever becomes of the first; answers what went wrong first.
    async fn settle(&mut self) -> Answer<()> {
        let mut settled = Ok(());
        while !self.running.is_empty() {
            let one = self.settle_one().await;
            settled = settled.and(one);
        }
        settled
    }

    async fn settle_one(&mut self) -> Answer<()> {
        let Some(running) = self.running.pop_front() else { return Ok(()) };
        let done =
            running.done.await.map_err(|_| Refuse::new(Code::Failed, "the server failed; its log says why"))??;
        self.add(done);
        Ok(())
    }

    fn add(&mut self, done: Imported) {
        self.sum.imported += done.imported;
        self.sum.updated += done.updated;
        self.sum.unchanged += done.unchanged;
        for RefusedLine { line, error } in done.refused {
            self.refuse(line, error);
        }
        for queue in done.created_queues {
            if !self.sum.created_queues.contains(&queue) {
                self.sum.created_queues.push(queue);
            }
        }
    }
}

/// Makes a batch ready while the one before is written, and hands it over when that is in: a later line must not
/// overtake an earlier one about the same item, and comes after a failure no more.
async fn in_turn(
    store: SharedStore,
    batch: Vec<Incoming>,
    options: ImportOptions,
    turn: Option<oneshot::Receiver<()>>,
    over: oneshot::Sender<()>,
) -> crate::store::Result<Imported> {
    let parcel = Parcel::of(batch, options);
    if let Some(turn) = turn {
        turn.await.map_err(|_| StoreError::Busy)?;
    }
    let mut done = store.take_in(vec![parcel]).await?;
    // Nobody may come after it.
    let _ = over.send(());
    Ok(done.pop().unwrap_or_default())
}

pub(super) async fn take_in(mut call: Call) -> Answer<Response<Body>> {
    if let Some(kind) = media_type(&call.headers)
        && !TYPES.contains(&kind.as_str())
    {
        let message = "items come as application/x-ndjson or application/json; say so in Content-Type";
        return Err(Refuse::new(Code::UnsupportedMediaType, message));
    }
    if call.headers.contains_key(axum::http::header::CONTENT_ENCODING) {
        return Err(Refuse::new(Code::UnsupportedMediaType, "items come unpacked; leave Content-Encoding out"));
    }
    let limit = call.house.limits.ingest;
    let body = call.take_body();
    if body.size_hint().lower() > limit {
        return Err(Refuse::too_large(limit));
    }
    let mut intake = Intake {
        store: Arc::clone(&call.house.store),
        inflow: Arc::clone(&call.house.inflow),
        by: call.who().to_owned(),
        batch: Vec::new(),
        bytes: 0,
        running: VecDeque::new(),
        sum: ingest::Answer::default(),
    };
    let read = read(&mut intake, body, limit, call.house.limits.silence).await;
    // What was read before something went wrong is in; the counters say how much.
    let settled = match &read {
        Ok(()) => intake.end().await,
        Err(_) => intake.settle().await,
    };
    intake.sum.refused.sort_by_key(|refused| refused.line);
    call.house.metrics.imported.fetch_add(intake.sum.imported, Relaxed);
    call.house.metrics.lines_refused.fetch_add(intake.sum.refused_in_all, Relaxed);
    read?;
    settled?;
    json(&intake.sum)
}

async fn read(intake: &mut Intake, body: Body, limit: u64, silence: std::time::Duration) -> Answer<()> {
    let mut pieces = body.into_data_stream();
    let mut splitter = Splitter::new();
    let mut size = 0u64;
    loop {
        let bytes = match tokio::time::timeout(silence, pieces.next()).await {
            Ok(Some(Ok(bytes))) => bytes,
            Ok(Some(Err(_))) => {
                let message = "the body broke off; what came before is in, send it again";
                return Err(Refuse::new(Code::BadRequest, message));
            }
            Ok(None) => break,
            Err(_) => {
                let message = "the body did not go on in time; what came before is in, send it again";
                return Err(Refuse::new(Code::TooSlow, message));
            }
        };
        size += bytes.len() as u64;
        if size > limit {
            return Err(Refuse::too_large(limit));
        }
        for piece in splitter.take(&bytes) {
            intake.take(piece).await?;
        }
        if splitter.is_broken() {
            return Ok(());
        }
    }
    for piece in splitter.end() {
        intake.take(piece).await?;
    }
    Ok(())
}

pub(super) async fn withdraw(call: Call) -> Answer<withdraw::Answer> {
    let withdrawn = call.house.store.withdraw(std::slice::from_ref(&call.named), call.who()).await?;
    if withdrawn.is_empty() {
        return Err(Refuse::new(Code::NotFound, "there is no such item, or it is withdrawn already"));
    }
    Ok(withdraw::Answer { withdrawn })
}
