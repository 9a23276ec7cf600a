//! The one who writes, a thread a server: it does what is asked in memory at once and sends it off in commits.
//!
//! While one commit is under way, what comes in is done on top of it and gathered for the next, so that the database
//! and this thread work at the same time and everything that waits shares one forced write. Nobody is answered before
//! the commit that their work is in (or a look at the database, where nothing was written) has succeeded. When it
//! fails because another server was faster, all that was done on top of the old state is done again on the new one.

use super::bell::Bell;
use super::error::is_overtaken;
use super::open::Address;
use super::pages::Pages;
use super::wire::Wire;
use crate::store::keeper::{Keeper, Options};
use crate::store::{Result, StoreError};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// So many commands at most share a commit, so that the first does not wait for the whole crowd.
const GROUP: usize = 256;
/// How often something is tried again when other servers are faster.
const TRIES: u32 = 40;
/// For how many commits after a defeat this server waits for its turn before it works.
const POLITE: u32 = 64;

/// A command on its way to the writer.
struct Job {
    /// It records something.
    synced: bool,
    tries: u32,
    command: Box<dyn Command>,
}

trait Command: Send {
    /// Does the work, perhaps again.
    fn run(&mut self, keeper: &mut Keeper<Pages>) -> Run;
    /// Tells the caller, once it is known whether the commit holds.
    fn answer(self: Box<Self>, committed: Result<()>);
}

/// How a command went.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Good,
    /// It must leave no trace.
    Refused,
    /// The database could not be asked: another server may have been faster.
    Disturbed,
}

struct Asked<T, F> {
    work: F,
    result: Option<Result<T>>,
    back: tokio::sync::oneshot::Sender<Result<T>>,
}

impl<T: Send, F: FnMut(&mut Keeper<Pages>) -> Result<T> + Send> Command for Asked<T, F> {
    fn run(&mut self, keeper: &mut Keeper<Pages>) -> Run {
        let result = (self.work)(keeper).and_then(|value| keeper.flush().map(|()| value));
        let run = match &result {
            Ok(_) => Run::Good,
            Err(StoreError::Busy) => Run::Disturbed,
            Err(_) => Run::Refused,
        };
        self.result = Some(result);
        run
    }

    fn answer(self: Box<Self>, committed: Result<()>) {
        // A caller that has gone away needs no answer.
        let _ = self.back.send(match (self.result, committed) {
            (_, Err(error)) | (Some(Err(error)), _) => Err(error),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (None, Ok(())) => Err(StoreError::Busy),
        });
    }
}

enum Message {
    Job(Job),
    /// The commit under way may be done.
    Done,
    Stop,
}

/// The way to the writer's thread.
pub(super) struct Desk {
    inbox: Sender<Message>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Desk {
    pub(super) fn open(
        runtime: tokio::runtime::Handle,
        address: Address,
        options: Arc<Options>,
        opened: tokio::sync::oneshot::Sender<Result<()>>,
    ) -> Result<(Self, tokio::sync::watch::Receiver<u64>)> {
        let (rung, rings) = channel();
        let (inbox, messages) = channel();
        let own = inbox.clone();
        let thread = std::thread::Builder::new()
            .name("queue".into())
            .spawn(move || {
                let bell = Bell::new();
                let _ = rung.send(bell.listen());
                let wire = Wire::new(runtime.clone(), address.clone());
                let keeper = super::open::migrate(&wire)
                    .and_then(|taken| Keeper::new(Pages::new(wire, taken), options).map(|keeper| (keeper, taken)));
                match keeper {
                    Ok((keeper, taken)) => {
                        bell.hang(&runtime, &address);
                        let mut writer = Writer {
                            keeper,
                            bell,
                            inbox: own,
                            open: Vec::new(),
                            flight: None,
                            stale: false,
                            polite: 0,
                        };
                        let furnished = if taken { writer.furnish() } else { Ok(()) };
                        let good = furnished.is_ok();
                        let _ = opened.send(furnished);
                        if good {
                            writer.serve(&messages);
                        }
                    }
                    Err(error) => {
                        let _ = opened.send(Err(error));
                    }
                }
            })
            .map_err(|error| StoreError::Engine(error.kind().to_string()))?;
        let rings = rings.recv().map_err(|_| StoreError::Engine("its thread is gone".into()))?;
        Ok((Self { inbox, thread: Some(thread) }, rings))
    }

    /// Hands a command over and waits for its answer without holding a thread.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        synced: bool,
        work: impl FnMut(&mut Keeper<Pages>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (back, wait) = tokio::sync::oneshot::channel();
        let job = Job { synced, tries: 0, command: Box::new(Asked { work, result: None, back }) };
        let gone = || StoreError::Engine("its thread is gone".into());
        self.inbox.send(Message::Job(job)).map_err(|_| gone())?;
        wait.await.map_err(|_| gone())?
    }

    /// Lets the thread finish what waits.
    pub(super) fn stop(&mut self) {
        let _ = self.inbox.send(Message::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A commit under way.
struct Flight {
    jobs: Vec<Job>,
    wrote: bool,
    landed: Receiver<std::result::Result<(), tokio_postgres::Error>>,
}

struct Writer {
    keeper: Keeper<Pages>,
    bell: Bell,
    inbox: Sender<Message>,
    /// Done in memory, not sent yet.
    open: Vec<Job>,
    flight: Option<Flight>,
    /// What is remembered is not true any more.
    stale: bool,
    polite: u32,
}

impl Writer {
    /// What every store has. Two servers may do this at once: then one does it again.
    fn furnish(&mut self) -> Result<()> {
        let mut tries = 0;
        loop {
            self.keeper.turn();
            let pages = &self.keeper.shelf;
            pages.careful.set(true);
            let done = self.keeper.furnish().and_then(|()| self.keeper.flush());
            let pages = &self.keeper.shelf;
            let done = done.and_then(|()| pages.commit(true, self.keeper.micros));
            match done.and_then(|answers| pages.wire.settle(answers)) {
                Ok(()) => {
                    pages.careful.set(false);
                    return Ok(());
                }
                Err(StoreError::Busy) if tries < TRIES => {
                    tries += 1;
                    pages.forget();
                    pages.take_turn()?;
                    self.keeper.reload()?;
                }
                Err(error) => {
                    pages.forget();
                    return Err(error);
                }
            }
        }
    }

    fn serve(&mut self, messages: &Receiver<Message>) {
        let mut stopping = false;
        while let Ok(message) = messages.recv() {
            let mut next = Some(message);
            while let Some(message) = next {
                match message {
                    Message::Job(job) => self.work(job),
                    Message::Done => self.land(false),
                    Message::Stop => stopping = true,
                }
                next = if self.open.len() < GROUP { messages.try_recv().ok() } else { None };
            }
            if self.flight.is_none() && !self.open.is_empty() {
                self.send();
            }
            if stopping && self.flight.is_none() && self.open.is_empty() {
                return;
            }
        }
    }

    /// Does one command in memory.
    fn work(&mut self, mut job: Job) {
        if let Err(error) = self.refresh() {
            self.keeper.shelf.forget();
            self.stale = true;
            return job.command.answer(Err(error));
        }
        self.keeper.turn();
        let before = self.keeper.shelf.written();
        match job.command.run(&mut self.keeper) {
            Run::Good => self.open.push(job),
            Run::Refused if self.keeper.shelf.written() == before => self.open.push(job),
            Run::Refused => self.part_with(job),
            Run::Disturbed => self.start_over(Some(job)),
        }
    }

    /// Makes what is remembered true again, where it is not, and waits for this server's turn where others are fast.
    fn refresh(&mut self) -> Result<()> {
        let waits = self.polite > 0 && !self.keeper.shelf.begun.get();
        let lost = self.keeper.shelf.wire.is_lost();
        if !(self.stale || lost || waits) {
            return Ok(());
        }
        self.land(true);
        if lost || self.stale {
            let open = std::mem::take(&mut self.open);
            open.into_iter().for_each(|job| self.again(job));
            self.keeper.shelf.forget();
            self.stale = true;
        }
        if self.polite > 0 && !self.keeper.shelf.begun.get() {
            self.stale |= self.keeper.shelf.take_turn()?;
        }
        if self.stale {
            self.keeper.reload()?;
            self.stale = false;
        }
        Ok(())
    }

    /// A command failed after it had begun to write: everything open is done again without it.
    fn part_with(&mut self, last: Job) {
        let others = std::mem::take(&mut self.open);
        self.land(true);
        self.keeper.shelf.forget();
        self.stale = true;
        // It failed on what was true then; its caller hears so.
        last.command.answer(Ok(()));
        others.into_iter().for_each(|job| self.again(job));
    }

    /// Nothing that is open can stand: all of it is done again.
    fn start_over(&mut self, last: Option<Job>) {
        let mut jobs = std::mem::take(&mut self.open);
        jobs.extend(last);
        self.land(true);
        self.keeper.shelf.forget();
        self.stale = true;
        self.polite = POLITE;
        self.keeper.shelf.careful.set(true);
        jobs.into_iter().for_each(|job| self.again(job));
    }

    fn again(&mut self, mut job: Job) {
        job.tries += 1;
        if job.tries > TRIES {
            return job.command.answer(Err(StoreError::Busy));
        }
        let _ = self.inbox.send(Message::Job(job));
    }

    /// Sends everything open off in one commit.
    fn send(&mut self) {
        let synced = self.open.iter().any(|job| job.synced);
        let pages = &self.keeper.shelf;
        let wrote = pages.is_dirty();
        let answers = match pages.commit(synced, self.keeper.micros) {
            Ok(answers) => answers,
            Err(StoreError::Busy) => return self.start_over(None),
            Err(error) => {
                pages.forget();
                self.stale = true;
                for job in std::mem::take(&mut self.open) {
                    job.command.answer(Err(error.clone()));
                }
                return;
            }
        };
        let (landed, flight) = channel();
        let inbox = self.inbox.clone();
        pages.wire.when(answers, move |done| {
            let _ = landed.send(done);
            let _ = inbox.send(Message::Done);
        });
        self.flight = Some(Flight { jobs: std::mem::take(&mut self.open), wrote, landed: flight });
    }

    /// Answers what was under way, if it is done; or waits until it is.
    fn land(&mut self, wait: bool) {
        let Some(flight) = self.flight.take() else { return };
        let done = if wait { flight.landed.recv().ok() } else { flight.landed.try_recv().ok() };
        let Some(done) = done else {
            if !wait {
                self.flight = Some(flight);
            }
            return;
        };
        match done {
            Ok(()) => {
                self.polite = self.polite.saturating_sub(1);
                self.keeper.shelf.careful.set(self.polite > 0);
                flight.jobs.into_iter().for_each(|job| job.command.answer(Ok(())));
                if flight.wrote {
                    self.bell.ring();
                }
            }
            Err(error) => {
                let overtaken = is_overtaken(&error);
                let open = std::mem::take(&mut self.open);
                self.keeper.shelf.forget();
                self.stale = true;
                if overtaken {
                    self.polite = POLITE;
                    self.keeper.shelf.careful.set(true);
                    flight.jobs.into_iter().for_each(|job| self.again(job));
                } else {
                    let error = StoreError::from(error);
                    flight.jobs.into_iter().for_each(|job| job.command.answer(Err(error.clone())));
                }
                open.into_iter().for_each(|job| self.again(job));
            }
        }
    }
}
