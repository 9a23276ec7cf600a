//! A sync beside something else: the disk works while the next frame is put together.

use super::Medium;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread::{Builder, JoinHandle};

type Job = (Arc<dyn Medium>, Sender<io::Result<()>>);

/// A thread that only syncs. It sleeps between decisions.
pub struct Aside {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Aside {
    /// Starts it.
    pub fn start() -> io::Result<Self> {
        let (jobs, inbox) = channel::<Job>();
        let thread = Builder::new().name("journal".into()).stack_size(64 << 10).spawn(move || {
            while let Ok((medium, reply)) = inbox.recv() {
                // Who asked waits for the answer as long as it lives.
                let _ = reply.send(medium.sync());
            }
        })?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Syncs, does `meanwhile` on this thread, and answers when both are done.
    pub fn sync_while(&self, medium: &Arc<dyn Medium>, meanwhile: &mut dyn FnMut()) -> io::Result<()> {
        let (reply, answer) = channel();
        let sent = self.jobs.as_ref().is_some_and(|jobs| jobs.send((Arc::clone(medium), reply)).is_ok());
        meanwhile();
        // Where the thread is gone, or went without an answer, the sync is done here.
        let synced = if sent { answer.recv().ok() } else { None };
        synced.unwrap_or_else(|| medium.sync())
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    /// Says when it was synced, and fails where it is told to.
    struct Disk(Mutex<Vec<&'static str>>, bool);

    impl Medium for Disk {
        fn read(&self) -> io::Result<Vec<u8>> {
            Ok(Vec::new())
        }
        fn write(&self, _: u64, _: &[u8]) -> io::Result<()> {
            Ok(())
        }
        fn sync(&self) -> io::Result<()> {
            self.0.lock().expect("nobody panics").push("synced");
            if self.1 { Err(io::Error::other("no disk")) } else { Ok(()) }
        }
        fn sync_length(&self) -> io::Result<()> {
            Ok(())
        }
        fn set_len(&self, _: u64) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn both_are_done_before_it_answers_and_a_failure_is_told() {
        let aside = Aside::start().expect("a thread");
        for fails in [false, true] {
            let disk = Arc::new(Disk(Mutex::default(), fails));
            let medium: Arc<dyn Medium> = disk.clone();
            let mut done = 0;
            let synced = aside.sync_while(&medium, &mut || done += 1);
            assert_eq!((done, synced.is_err()), (1, fails));
            assert_eq!(*disk.0.lock().expect("nobody panics"), ["synced"]);
        }
    }
}
