//! The one who writes: a thread that owns the writing connection and commits for several callers at once.
//!
//! What waits on the channel is taken together into one transaction, each command in a savepoint of its own, and
//! answered only after the commit is synced. A command that nothing recorded depends on (a lease, a renewal) commits
//! without a sync: after a power cut it may be gone, and the item simply waits again.

use super::bell::Bell;
use super::open;
use super::pictures::Pictures;
use super::shelf::Rows;
use crate::store::keeper::{Keeper, Options};
use crate::store::{Result, StoreError};
use rusqlite::Connection;
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
    fn run(&mut self, keeper: &mut Keeper<Rows>) -> bool;
    /// Tells the caller, once it is known whether the commit holds.
    fn answer(self: Box<Self>, committed: Result<()>);
}

struct Asked<T, F> {
    work: Option<F>,
    result: Option<Result<T>>,
    back: tokio::sync::oneshot::Sender<Result<T>>,
}

impl<T: Send, F: FnOnce(&mut Keeper<Rows>) -> Result<T> + Send> Command for Asked<T, F> {
    fn run(&mut self, keeper: &mut Keeper<Rows>) -> bool {
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

/// The keeper, and the transactions around what it does.
struct Writer {
    keeper: Keeper<Rows>,
    version: i64,
    stale: bool,
    synced: Option<bool>,
}

impl Writer {
    fn open(path: &Path, options: Arc<Options>) -> Result<Self> {
        let conn = open::writer(path, options.cache_kib)?;
        let version = data_version(&conn)?;
        let keeper = Keeper::new(Rows { conn, pictures: Pictures::beside(path) }, options)?;
        let mut writer = Self { keeper, version, stale: false, synced: None };
        writer.one_commit(Keeper::furnish)?;
        // What a crash left undone.
        writer.sweep_pictures();
        Ok(writer)
    }

    fn one_commit(&mut self, work: impl FnOnce(&mut Keeper<Rows>) -> Result<()>) -> Result<()> {
        self.begin(true)?;
        let done = work(&mut self.keeper).and_then(|()| self.keeper.flush());
        self.end(done)
    }

    fn begin(&mut self, synced: bool) -> Result<()> {
        if self.synced != Some(synced) {
            self.keeper.shelf.conn.execute_batch(if synced {
                "PRAGMA synchronous = FULL"
            } else {
                "PRAGMA synchronous = NORMAL"
            })?;
            self.synced = Some(synced);
        }
        self.exec("BEGIN IMMEDIATE")?;
        let version = data_version(&self.keeper.shelf.conn)?;
        if self.stale || version != self.version {
            if let Err(error) = self.keeper.reload() {
                let _ = self.exec("ROLLBACK");
                return Err(error);
            }
            (self.version, self.stale) = (version, false);
        }
        self.keeper.turn();
        Ok(())
    }

    fn end(&mut self, done: Result<()>) -> Result<()> {
        let done = done.and_then(|()| self.exec("COMMIT"));
        if done.is_err() {
            self.stale = true;
            let conn = &self.keeper.shelf.conn;
            if !conn.is_autocommit() {
                let _ = conn.execute_batch("ROLLBACK");
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
        let before = self.keeper.shelf.conn.total_changes();
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
            let _ = self.exec("ROLLBACK");
        }
        // Before the answer: whoever is told that something is sealed may rely on it.
        self.sweep_pictures();
        self.sweep();
        jobs.into_iter().for_each(|job| job.command.answer(done.clone()));
        // Whoever only looked wakes nobody.
        any && done.is_ok() && self.keeper.shelf.conn.total_changes() != before
    }

    fn run_one(&mut self, job: &mut Job, alone: bool, any: &mut bool) -> Result<()> {
        if alone {
            *any = job.command.run(&mut self.keeper);
            return Ok(());
        }
        self.exec("SAVEPOINT one")?;
        let good = job.command.run(&mut self.keeper);
        *any |= good;
        if !good {
            self.exec("ROLLBACK TO one")?;
            self.keeper.reload()?;
        }
        self.exec("RELEASE one")
    }

    /// What was sealed or erased leaves the log file as well, as soon as no reader stands in the way.
    fn sweep(&mut self) {
        if self.keeper.erased {
            let swept: rusqlite::Result<i64> =
                self.keeper.shelf.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
            self.keeper.erased = !matches!(swept, Ok(0));
        }
    }

    /// Takes away the files of pictures that no item names any more. What cannot be done now is done after the next
    /// commit, or at the next start.
    fn sweep_pictures(&mut self) {
        let rows = &self.keeper.shelf;
        if rows.pictures.any_go()
            && let Err(error) = rows.sweep_pictures()
        {
            tracing::warn!(%error, "pictures that are to go could not be taken away yet");
            rows.pictures.some_go();
        }
    }

    fn exec(&self, sql: &str) -> Result<()> {
        self.keeper.shelf.exec(sql, ()).map(drop)
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
            .spawn(move || match Writer::open(&path, options) {
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
        work: impl FnOnce(&mut Keeper<Rows>) -> Result<T> + Send + 'static,
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

fn serve(mut writer: Writer, inbox: &Receiver<Job>, bell: &mut Bell) {
    while let Ok(first) = inbox.recv() {
        let mut jobs = vec![first];
        while jobs.len() < GROUP {
            match inbox.try_recv() {
                Ok(job) => jobs.push(job),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
            }
        }
        let began = std::time::Instant::now();
        if writer.group(jobs) {
            bell.ring();
        }
        // An import beside an open desk leaves the door open for a moment after each batch.
        if began.elapsed() > LONG && bell.company() {
            std::thread::sleep(DOOR_OPEN);
        }
    }
}
