//! One connection, asked from a thread that may wait: statements prepared once, written in order, answered in order.
//!
//! The connection itself lives on the store's own runtime. What is asked with [`Wire::start`] is written to the line at
//! once and may be awaited later, so that a whole commit travels in one round trip and the thread goes on meanwhile.

use super::error::unreachable;
use super::open::Address;
use super::pending::Part;
use crate::store::{Result, StoreError};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::{FutureExt, SinkExt};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Row, Statement};

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(10);

/// So many different joined statements are kept prepared.
const JOINED: usize = 128;

/// A parameter that travels with its statement.
pub(super) type Param = Box<dyn ToSql + Sync + Send>;
/// A statement on its way.
pub(super) type Answer = BoxFuture<'static, std::result::Result<u64, tokio_postgres::Error>>;

/// As the database counts; more than it can count is as much as it can.
pub(super) fn number(n: impl TryInto<i64>) -> i64 {
    n.try_into().unwrap_or(i64::MAX)
}

/// A connection and what is prepared on it. It connects when it is first asked, and anew after it was lost.
pub(in crate::store) struct Wire {
    runtime: Handle,
    address: Address,
    client: RefCell<Option<Arc<Client>>>,
    prepared: RefCell<HashMap<&'static str, Statement>>,
    joined: RefCell<HashMap<Vec<&'static str>, Statement>>,
    /// Whether commits of this connection wait for the disk; `None` where that is not certain.
    synced: Cell<Option<bool>>,
}

/// Connects, and keeps the connection going on the runtime.
pub(super) async fn connect(runtime: &Handle, address: &Address) -> std::result::Result<Client, tokio_postgres::Error> {
    let (client, connection) = address.config.connect(address.tls.clone()).await?;
    runtime.spawn(async move {
        if let Err(error) = connection.await {
            tracing::warn!(%error, "the database hung up");
        }
    });
    Ok(client)
}

/// Whether the database can be reached at all, told in its own words while somebody still waits to start.
pub(super) async fn reach(runtime: &Handle, address: &Address) -> Result<()> {
    let mut address = address.clone();
    address.config.connect_timeout(CONNECT);
    let (found, tried) = tokio::sync::oneshot::channel();
    let on = runtime.clone();
    runtime.spawn(async move {
        let _ = found.send(connect(&on, &address).await.map(drop));
    });
    tried.await.map_err(|_| StoreError::Engine("its runtime is gone".into()))?.map_err(|error| unreachable(&error))
}

impl Wire {
    pub(super) fn new(runtime: Handle, mut address: Address) -> Self {
        address.config.connect_timeout(CONNECT);
        Self {
            runtime,
            address,
            client: RefCell::default(),
            prepared: RefCell::default(),
            joined: RefCell::default(),
            synced: Cell::new(Some(true)),
        }
    }

    /// The connection; a new one where there is none.
    fn client(&self) -> Result<Arc<Client>> {
        let mut kept = self.client.borrow_mut();
        if let Some(client) = kept.as_ref().filter(|client| !client.is_closed()) {
            return Ok(Arc::clone(client));
        }
        self.prepared.borrow_mut().clear();
        self.joined.borrow_mut().clear();
        self.synced.set(Some(true));
        let client = self.runtime.block_on(async {
            let client = connect(&self.runtime, &self.address).await?;
            // Rows are reached by their keys and nothing else; a plan made while a table was empty must not say so.
            client
                .batch_execute(
                    "SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_hashjoin = off;
                SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan; SET jit = off;
                SET idle_in_transaction_session_timeout = '30s'",
                )
                .await?;
            Ok::<_, tokio_postgres::Error>(client)
        })?;
        let client = Arc::new(client);
        *kept = Some(Arc::clone(&client));
        Ok(client)
    }

    /// Whether what was known of the database still stands on the same connection.
    pub(super) fn is_lost(&self) -> bool {
        self.client.borrow().as_ref().is_none_or(|client| client.is_closed())
    }

    /// Lets go of the connection; the next question makes a new one.
    pub(super) fn hang_up(&self) {
        *self.client.borrow_mut() = None;
    }

    fn statement(&self, client: &Client, sql: &'static str) -> Result<Statement> {
        if let Some(statement) = self.prepared.borrow().get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.runtime.block_on(client.prepare(sql))?;
        self.prepared.borrow_mut().insert(sql, statement.clone());
        Ok(statement)
    }

    pub(super) fn all(&self, sql: &'static str, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>> {
        let client = self.client()?;
        let statement = self.statement(&client, sql)?;
        Ok(self.runtime.block_on(client.query(&statement, params))?)
    }

    pub(super) fn one(&self, sql: &'static str, params: &[&(dyn ToSql + Sync)]) -> Result<Option<Row>> {
        Ok(self.all(sql, params)?.into_iter().next())
    }

    /// Statements without parameters, at once.
    pub(super) fn plainly(&self, sql: &str) -> Result<()> {
        let client = self.client()?;
        Ok(self.runtime.block_on(client.batch_execute(sql))?)
    }

    /// Writes a statement to the line now; the answer is waited for later.
    pub(super) fn start(&self, sql: &'static str, params: Vec<Param>) -> Result<Answer> {
        let client = self.client()?;
        let statement = self.statement(&client, sql)?;
        Ok(begun(async move { client.execute_raw(&statement, params).await }.boxed()))
    }

    /// The same for several as one statement: the parts, each in a `WITH` of its own, then `last`, which is done first.
    /// No part sees what another one does.
    ///
    /// One message each way in place of one a table: on a busy machine waking the other side costs more than the work.
    pub(super) fn start_joined(&self, parts: Vec<Part>, last: Part) -> Result<Answer> {
        let client = self.client()?;
        let (mut texts, mut params): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
        texts.push(last.0);
        params.push(last.1);
        let statement = self.joined(&client, texts, &params)?;
        let params: Vec<Param> = params.into_iter().flatten().collect();
        Ok(begun(async move { client.execute_raw(&statement, params).await }.boxed()))
    }

    fn joined(&self, client: &Client, texts: Vec<&'static str>, params: &[Vec<Param>]) -> Result<Statement> {
        let mut kept = self.joined.borrow_mut();
        if let Some(statement) = kept.get(&texts) {
            return Ok(statement.clone());
        }
        if kept.len() >= JOINED {
            kept.clear();
        }
        let statement = self.runtime.block_on(client.prepare(&join(&texts, params)))?;
        kept.insert(texts, statement.clone());
        Ok(statement)
    }

    /// Something failed: what was said of waiting for the disk is said again before the next commit.
    pub(super) fn doubt_sync(&self) {
        self.synced.set(None);
    }

    /// From now on commits outside of a transaction wait for the disk, or do not.
    pub(super) fn sync(&self, synced: bool, started: &mut Vec<Answer>) -> Result<()> {
        // The connection first: a new one waits.
        self.client()?;
        if self.synced.replace(Some(synced)) != Some(synced) {
            started.push(self.start_plainly(if synced {
                "SET synchronous_commit TO DEFAULT"
            } else {
                "SET synchronous_commit = off"
            })?);
        }
        Ok(())
    }

    /// The same for many rows. What is written to the line after them waits there until they are through.
    pub(super) fn start_copy(&self, sql: &'static str, rows: Bytes) -> Result<Answer> {
        let client = self.client()?;
        let statement = self.statement(&client, sql)?;
        let copy = begun(
            async move {
                let mut sink = Box::pin(client.copy_in(&statement).await?);
                sink.send(rows).await?;
                sink.as_mut().finish().await
            }
            .boxed(),
        );
        // It takes several messages, and nobody may be waiting for it when a question comes behind it.
        let copy = self.runtime.spawn(copy);
        Ok(async move { copy.await.expect("the runtime of the line outlives what is asked on it") }.boxed())
    }

    /// The same for what begins and ends a transaction.
    pub(super) fn start_plainly(&self, sql: &'static str) -> Result<Answer> {
        let client = self.client()?;
        Ok(begun(async move { client.batch_execute(sql).await.map(|()| 0) }.boxed()))
    }

    /// Waits for answers, on the store's runtime, and hands the first failure to `done`.
    pub(super) fn when(
        &self,
        answers: Vec<Answer>,
        done: impl FnOnce(std::result::Result<(), tokio_postgres::Error>) + Send + 'static,
    ) {
        self.runtime.spawn(async move { done(settled(answers).await) });
    }

    /// The same, waiting here.
    pub(super) fn settle(&self, answers: Vec<Answer>) -> Result<()> {
        Ok(self.runtime.block_on(settled(answers))?)
    }
}

async fn settled(answers: Vec<Answer>) -> std::result::Result<(), tokio_postgres::Error> {
    let mut first = Ok(());
    for answer in answers {
        let answer = answer.await.map(drop);
        if first.is_ok() {
            first = answer;
        }
    }
    first
}

/// The parts as one statement, their parameters counted on.
fn join(texts: &[&str], params: &[Vec<Param>]) -> String {
    let mut joined = String::new();
    let mut before = 0;
    for (at, (text, params)) in texts.iter().zip(params).enumerate() {
        let last = at + 1 == texts.len();
        match at {
            _ if last => joined.push(' '),
            0 => joined.push_str("WITH p0 AS ("),
            _ => joined.push_str(&format!(", p{at} AS (")),
        }
        let mut rest = text.split('$');
        joined.push_str(rest.next().unwrap_or_default());
        for piece in rest {
            let digits = piece.len() - piece.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let number: usize = piece[..digits].parse().expect("a dollar sign in a statement of ours is a parameter");
            joined.push_str(&format!("${}{}", number + before, &piece[digits..]));
        }
        if !last {
            joined.push(')');
        }
        before += params.len();
    }
    joined
}

/// The first poll of a statement writes it to the line.
fn begun(mut answer: Answer) -> Answer {
    match answer.as_mut().now_or_never() {
        Some(done) => std::future::ready(done).boxed(),
        None => answer,
    }
}

/// Text that cannot be read as what it was written as.
pub(super) fn unread(error: &serde_json::Error) -> StoreError {
    StoreError::Engine(format!("a row cannot be read ({error})"))
}
