//! The bell: whoever commits tells every other process with the same queue open, so that nobody polls.
//!
//! Each open store binds a datagram socket in the folder `bells` beside the queue; a byte on it means "something was
//! committed". It is a hint: a byte that is lost costs nothing but time. A socket whose process is gone is removed by
//! the next one to ring it.

use std::fs::{self, File};
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::SystemTime;
use tokio::sync::watch;

static BELLS: AtomicU64 = AtomicU64::new(0);

/// This process's own bell and the way to all others. Dropping it takes the socket away.
pub(super) struct Bell {
    folder: PathBuf,
    /// Keeps `/proc/self/fd/N` good: a socket's address holds about a hundred bytes, a data directory may have more.
    reach: Option<File>,
    own: Option<(String, UnixDatagram)>,
    ring: Arc<watch::Sender<u64>>,
    stop: Arc<AtomicBool>,
    others: Vec<String>,
    read_at: Option<SystemTime>,
}

impl Bell {
    /// Hangs the bell. Where sockets cannot be bound, it rings for this process alone.
    pub(super) fn hang(data_dir: &Path) -> Self {
        let folder = data_dir.join("bells");
        let ring = Arc::new(watch::Sender::new(0));
        let stop = Arc::new(AtomicBool::new(false));
        let mut bell = Self { folder, reach: None, own: None, ring, stop, others: Vec::new(), read_at: None };
        if let Err(error) = bell.bind() {
            tracing::warn!(%error, "no bell: other processes' commits will not be noticed at once");
        }
        bell
    }

    fn bind(&mut self) -> io::Result<()> {
        match fs::create_dir(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        self.reach = Some(File::open(&self.folder)?);
        let count = BELLS.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}-{count}", std::process::id());
        let path = self.path(&name);
        let _ = fs::remove_file(&path);
        let socket = UnixDatagram::bind(&path)?;
        let ear = socket.try_clone()?;
        let (ring, stop) = (Arc::clone(&self.ring), Arc::clone(&self.stop));
        std::thread::Builder::new().name("bell".into()).stack_size(64 << 10).spawn(move || {
            let mut byte = [0u8; 1];
            while ear.recv(&mut byte).is_ok() && !stop.load(Ordering::Acquire) {
                ring.send_modify(|n| *n = n.wrapping_add(1));
            }
        })?;
        socket.set_nonblocking(false)?;
        self.own = Some((name, socket));
        Ok(())
    }

    fn path(&self, name: &str) -> PathBuf {
        let plain = self.folder.join(name);
        match &self.reach {
            Some(folder) if plain.as_os_str().len() > 100 => {
                PathBuf::from(format!("/proc/self/fd/{}/{name}", folder.as_raw_fd()))
            }
            _ => plain,
        }
    }

    /// Rings everywhere.
    pub(super) fn ring(&mut self) {
        self.ring.send_modify(|n| *n = n.wrapping_add(1));
        self.look();
        let mut gone = Vec::new();
        for name in &self.others {
            let Ok(socket) = UnixDatagram::unbound() else { return };
            // A full mailbox has been rung already.
            let sent = socket.set_nonblocking(true).and_then(|()| socket.send_to(&[1], self.path(name)));
            if let Err(error) = sent
                && matches!(error.kind(), io::ErrorKind::ConnectionRefused | io::ErrorKind::NotFound)
            {
                gone.push(name.clone());
            }
        }
        for name in gone {
            let _ = fs::remove_file(self.path(&name));
            self.others.retain(|other| *other != name);
        }
    }

    /// Whether another process has the queue open.
    pub(super) fn company(&mut self) -> bool {
        self.look();
        !self.others.is_empty()
    }

    /// Reads the folder again only where it has changed: this runs after every commit.
    fn look(&mut self) {
        let Ok(changed) = fs::metadata(&self.folder).and_then(|folder| folder.modified()) else { return };
        if self.read_at == Some(changed) {
            return;
        }
        let own = self.own.as_ref().map(|(name, _)| name.as_str());
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        self.others = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| Some(name.as_str()) != own)
            .collect();
        // Two changes within one tick of the file system's clock look alike: trust only a time that has passed.
        let settled = changed.elapsed().is_ok_and(|age| age.as_millis() > 100);
        self.read_at = settled.then_some(changed);
    }

    /// What listens to it.
    pub(super) fn listen(&self) -> watch::Receiver<u64> {
        self.ring.subscribe()
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        if let Some((name, socket)) = &self.own {
            let path = self.path(name);
            let _ = socket.send_to(&[0], &path);
            let _ = fs::remove_file(path);
        }
    }
}
