//! The one who writes: a thread that owns the writing connection and commits for several callers at once.
//!
//! What waits on the channel is taken together into one transaction, each command in a savepoint of its own, and
//! answered only after the commit is synced. A command that nothing recorded depends on (a lease, a renewal) commits
//! without a sync: after a power cut it may be gone, and the item simply waits again.

use super::bell::Bell;
use super::hot::Hot;
use super::{Options, open};
use crate::store::{Result, StoreError};
use crate::wellbeing::Moment;
use rusqlite::{CachedStatement, Connection, Params, Row};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::time::Duration;

/// So many commands at most share a commit, so that the first does not wait for the whole crowd.
const GROUP: usize = 128;
/// Whoever kept the queue for so long
const LONG: Duration = Duration::from_millis(5);
/// lets others in for so long: twice the nap of those who wait.
const DOOR_OPEN: Duration = Duration::from_micros(700);

/// A command on its way to the keeper.
pub(super) struct Job {
    /// It records something.
    synced: bool,
    command: Box<dyn Command>,
}

trait Command: Send {
    /// Does the work inside the transaction; `false` undoes it.
    fn run(&mut self, keeper: &mut Keeper) -> bool;
    /// Tells the caller, once it is known whether the commit holds.
    fn answer(self: Box<Self>, committed: Result<()>);
}

struct Asked<T, F> {
    work: Option<F>,
    result: Option<Result<T>>,
    back: tokio::sync::oneshot::Sender<Result<T>>,
}

impl<T: Send, F: FnOnce(&mut Keeper) -> Result<T> + Send> Command for Asked<T, F> {
    fn run(&mut self, keeper: &mut Keeper) -> bool {
        let Some(work) = self.work.take() else { return false };
        let result = work(keeper).and_then(|value| keeper.flush().map(|()| value));
        let good = result.is_ok();
        self.result = Some(result);
        good
    }

    fn answer(self: Box<Self>, committed: Result<()>) {
        // A caller that has gone away needs no answer.
        let _ = self.back.send(match (self.result, committed) {
            (Some(Ok(value)), Ok(())) => Ok(value),
            (Some(Err(error)), _) | (_, Err(error)) => Err(error),
            (None, Ok(())) => Err(StoreError::Busy),
        });
    }
}

/// The writing connection, what is remembered beside it, and the moment of the running transaction.
pub(super) struct Keeper {
    pub(super) conn: Connection,
    pub(super) hot: Hot,
    pub(super) options: Arc<Options>,
    pub(super) now: Moment,
    /// The same, as the queue keeps times.
    pub(super) micros: i64,
    /// Set by a command that took content out of the store: its traces in the log file have to go too.
    pub(super) erased: bool,
    version: i64,
    stale: bool,
    synced: Option<bool>,
}

impl Keeper {
    fn open(path: &Path, options: Arc<Options>) -> Result<Self> {
        let conn = open::writer(path, options.cache_kib)?;
        let now = options.clock.now();
        let version = data_version(&conn)?;
        let hot = Hot::load(&conn)?;
        let micros = now.wall.as_microsecond();
        let mut keeper = Self { conn, hot, options, now, micros, erased: false, version, stale: false, synced: None };
        keeper.one_commit(Keeper::furnish)?;
        Ok(keeper)
    }

    fn one_commit(&mut self, work: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        self.begin(true)?;
        let done = work(self).and_then(|()| self.flush());
        self.end(done)
    }

    fn begin(&mut self, synced: bool) -> Result<()> {
        if self.synced != Some(synced) {
            self.conn.execute_batch(if synced {
                "PRAGMA synchronous = FULL"
            } else {
                "PRAGMA synchronous = NORMAL"
            })?;
            self.synced = Some(synced);
        }
        self.exec("BEGIN IMMEDIATE", ())?;
        let version = data_version(&self.conn)?;
        if self.stale || version != self.version {
            match Hot::load(&self.conn) {
                Ok(hot) => self.hot = hot,
                Err(error) => {
                    let _ = self.exec("ROLLBACK", ());
                    return Err(error);
                }
            }
            (self.version, self.stale) = (version, false);
        }
        let now = self.options.clock.now();
        self.micros = now.wall.as_microsecond();
        self.now = now;
        Ok(())
    }

    fn end(&mut self, done: Result<()>) -> Result<()> {
        let done = done.and_then(|()| self.exec("COMMIT", ()).map(|_| ()));
        if done.is_err() {
            self.stale = true;
            if !self.conn.is_autocommit() {
                let _ = self.conn.execute_batch("ROLLBACK");
            }
        }
        done
    }

    /// Commits one group and answers it. Says whether anything was committed.
    fn group(&mut self, mut jobs: Vec<Job>) -> bool {
        let synced = jobs.iter().any(|job| job.synced);
        if let Err(error) = self.begin(synced) {
            jobs.into_iter().for_each(|job| job.command.answer(Err(error.clone())));
            return false;
        }
        let alone = jobs.len() == 1;
        let mut any = false;
        let mut done = Ok(());
        for job in &mut jobs {
            if done.is_ok() {
                done = self.run_one(job, alone, &mut any);
            }
        }
        if any || done.is_err() {
            done = self.end(done);
        } else {
            self.stale = true;
            let _ = self.exec("ROLLBACK", ());
        }
        jobs.into_iter().for_each(|job| job.command.answer(done.clone()));
        any && done.is_ok()
    }

    fn run_one(&mut self, job: &mut Job, alone: bool, any: &mut bool) -> Result<()> {
        if alone {
            *any = job.command.run(self);
            return Ok(());
        }
        self.exec("SAVEPOINT one", ())?;
        let good = job.command.run(self);
        *any |= good;
        if !good {
            self.exec("ROLLBACK TO one", ())?;
            self.hot = Hot::load(&self.conn)?;
        }
        self.exec("RELEASE one", ())?;
        Ok(())
    }

    /// What was sealed or erased leaves the log file as well, as soon as no reader stands in the way.
    fn sweep(&mut self) {
        if self.erased {
            let swept: rusqlite::Result<i64> =
                self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
            self.erased = !matches!(swept, Ok(0));
        }
    }

    pub(super) fn exec(&self, sql: &str, params: impl Params) -> Result<usize> {
        Ok(self.conn.prepare_cached(sql)?.execute(params)?)
    }

    pub(super) fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        let mut select: CachedStatement<'_> = self.conn.prepare_cached(sql)?;
        let mut rows = select.query(params)?;
        Ok(match rows.next()? {
            Some(row) => Some(read(row)?),
            None => None,
        })
    }
}

fn data_version(conn: &Connection) -> Result<i64> {
    Ok(conn.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?)
}

/// The way to the keeper's thread. Dropping it lets the thread finish what waits and close the queue.
pub(super) struct Desk {
    jobs: Option<Sender<Job>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Desk {
    /// Opens the queue on a thread of its own and waits until it is known to be good.
    pub(super) fn open(path: &Path, options: Arc<Options>, mut bell: Bell) -> Result<Self> {
        let (jobs, inbox) = channel::<Job>();
        let (opened, wait) = channel();
        let path: PathBuf = path.to_owned();
        let thread = std::thread::Builder::new()
            .name("queue".into())
            .spawn(move || match Keeper::open(&path, options) {
                Ok(keeper) => {
                    let _ = opened.send(Ok(()));
                    serve(keeper, &inbox, &mut bell);
                }
                Err(error) => {
                    let _ = opened.send(Err(error));
                }
            })
            .map_err(|error| StoreError::Engine(error.kind().to_string()))?;
        wait.recv().map_err(|_| StoreError::Engine("its thread is gone".into()))??;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Hands a command over and waits for its answer without holding a thread.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        synced: bool,
        work: impl FnOnce(&mut Keeper) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (back, wait) = tokio::sync::oneshot::channel();
        let job = Job { synced, command: Box::new(Asked { work: Some(work), result: None, back }) };
        let gone = || StoreError::Engine("its thread is gone".into());
        self.jobs.as_ref().ok_or_else(gone)?.send(job).map_err(|_| gone())?;
        wait.await.map_err(|_| gone())?
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(mut keeper: Keeper, inbox: &Receiver<Job>, bell: &mut Bell) {
    while let Ok(first) = inbox.recv() {
        let mut jobs = vec![first];
        while jobs.len() < GROUP {
            match inbox.try_recv() {
                Ok(job) => jobs.push(job),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
            }
        }
        let began = std::time::Instant::now();
        if keeper.group(jobs) {
            bell.ring();
            keeper.sweep();
        }
        // An import beside an open desk leaves the door open for a moment after each batch.
        if began.elapsed() > LONG && bell.company() {
            std::thread::sleep(DOOR_OPEN);
        }
    }
}
