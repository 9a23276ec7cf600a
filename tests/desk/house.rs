//! A queue with people in it, here or behind a server, and a seat at a desk on it.

use moddesk::desk::{Ask, Desk, DeskOptions, Line, Local, News, SystemClock, WorkingDesk};
use moddesk::moderation::policy::Policies;
use moddesk::moderation::{Decision, Item, Person, Served};
use moddesk::store::access::{KeptToken, NewToken};
use moddesk::store::sqlite::SqliteStore;
use moddesk::store::{DecisionFilter, ImportOptions, Incoming, SharedStore};
use moddesk::team::client::{Known, Place, Remote};
use moddesk::team::server::{Limits, Running, options, start};
use moddesk::wellbeing::{Clock, Rules};
use serde_json::json;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpSocket};
use tokio::runtime::{Builder, Runtime};
use uuid::Uuid;

/// A dead test is better told than waited for; nothing here takes a hundredth of it.
pub const TOO_LONG: Duration = Duration::from_secs(20);

/// Where the queue is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// In the same process.
    Here,
    /// Behind a team's server on loopback.
    There,
}

pub struct House {
    pub folder: tempfile::TempDir,
    pub store: SharedStore,
    pub clock: Arc<SystemClock>,
    pub runtime: Runtime,
    server: Option<Server>,
}

struct Server {
    running: Option<Running>,
    address: SocketAddr,
    token: String,
}

pub struct Seat {
    pub desk: WorkingDesk,
    pub news: mpsc::Receiver<News>,
    pub ahead: Vec<Arc<Served>>,
    pub hold: Duration,
    pub clock: Arc<dyn Clock>,
}

fn limits() -> Limits {
    // The wait before the answer to a bad token grows to two seconds, which is more than a desk of a test waits for.
    let delay = Duration::ZERO;
    Limits { delay, stats: Duration::from_millis(10), grace: Duration::from_millis(300), ..Limits::default() }
}

impl House {
    pub fn with(way: Way, items: usize) -> Self {
        Self::under(way, items, Rules::shipped())
    }

    pub fn under(way: Way, items: usize, rules: Rules) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(SystemClock::new());
        let shared: Arc<dyn Clock> = clock.clone();
        let options = options(Arc::new(rules), Duration::from_secs(8 * 3600), shared);
        let store: SharedStore = Arc::new(SqliteStore::open(folder.path(), options).expect("a queue"));
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let mut house = Self { folder, store, clock, runtime, server: None };
        let token = house.person("ines");
        if way == Way::There {
            let address = "127.0.0.1:0".parse().expect("an address");
            house.server = Some(Server { running: None, address, token });
            house.start();
        }
        house.import(1, items);
        house
    }

    /// A person with every right, and their token.
    pub fn person(&self, name: &str) -> String {
        self.runtime.block_on(async {
            self.store.set_person(&Person::with_every_right(name), "system").await.expect("a person");
            let token = NewToken::mint().expect("randomness");
            let kept = KeptToken { digest: token.digest(), expires_at: None };
            self.store.add_token(name, &kept, "system").await.expect("is kept");
            if let Some(running) = self.server.as_ref().and_then(|server| server.running.as_ref()) {
                running.refresh().await.expect("knows them");
            }
            token.reveal().to_owned()
        })
    }

    /// Starts the server, where it listened before.
    pub fn start(&mut self) {
        let Some(server) = &mut self.server else { return };
        let shared: Arc<dyn Clock> = self.clock.clone();
        let running = self.runtime.block_on(async {
            let socket = TcpSocket::new_v4().expect("a socket");
            socket.set_reuseaddr(true).expect("an address of before");
            socket.bind(server.address).expect("a port");
            let listener: TcpListener = socket.listen(64).expect("listens");
            start(Arc::clone(&self.store), shared, listener, None, limits()).await.expect("starts")
        });
        server.address = running.address;
        server.running = Some(running);
    }

    /// Stops it, answering what is in flight.
    pub fn stop(&mut self) {
        let running = self.server.as_mut().and_then(|server| server.running.take());
        if let Some(running) = running {
            self.runtime.block_on(running.stop());
        }
    }

    pub fn address(&self) -> SocketAddr {
        self.server.as_ref().expect("a server").address
    }

    pub fn import(&self, from: usize, items: usize) {
        let incoming = (from..from + items).map(|number| {
            let item: Item =
                serde_json::from_value(json!({"id": format!("i{number}"), "text": "words"})).expect("an item");
            Incoming { line: number as u64, item }
        });
        let incoming = incoming.collect();
        self.runtime.block_on(self.store.import(incoming, ImportOptions::default())).expect("goes in");
    }

    pub fn sit(&self, take_over: bool) -> Seat {
        match &self.server {
            None => {
                let policies = Policies { version: "built-in 1".into(), policies: Vec::new() };
                let resolve = Arc::new(move |_: &_| policies.clone());
                let line = Local::new(self.store.clone(), "ines", self.folder.path().display().to_string(), resolve);
                Self::sit_on(Arc::new(line), self.clock.clone(), &self.folder.path().join("journal"), take_over)
            }
            Some(server) => self.sit_at(server.address, &server.token.clone(), take_over),
        }
    }

    /// At a desk whose line goes to this address.
    pub fn sit_at(&self, address: SocketAddr, token: &str, take_over: bool) -> Seat {
        self.sit_with(address, token, &self.folder.path().join("journal"), take_over)
    }

    /// At another machine's desk, which has its journal in this folder.
    pub fn sit_elsewhere(&self, folder: &Path, take_over: bool) -> Seat {
        self.sit_with(self.address(), &self.token(), folder, take_over)
    }

    fn sit_with(&self, address: SocketAddr, token: &str, folder: &Path, take_over: bool) -> Seat {
        let place = Place { least_wait: Duration::from_millis(600), ..Place::new(format!("http://{address}"), token) };
        let remote = self.runtime.block_on(Remote::open(place)).expect("signs in");
        let clock = Arc::new(remote.clock());
        Self::sit_on(Arc::new(remote), clock, folder, take_over)
    }

    /// At a desk that was opened on a dead line, from what it knew before.
    pub fn sit_unheard(&self, known: Known) -> Seat {
        let place = Place::new(format!("http://{}", self.address()), self.token());
        let place = Place { least_wait: Duration::from_millis(600), ..place };
        let remote = Remote::unheard(place, known).expect("opens");
        let clock = Arc::new(remote.clock());
        Self::sit_on(Arc::new(remote), clock, &self.folder.path().join("journal"), true)
    }

    /// The token of the one who sits.
    pub fn token(&self) -> String {
        self.server.as_ref().expect("a server").token.clone()
    }

    fn sit_on(line: Arc<dyn Line>, clock: Arc<dyn Clock>, folder: &Path, take_over: bool) -> Seat {
        let (told, news) = mpsc::channel();
        let options = DeskOptions { folder: folder.to_owned(), queues: Vec::new(), prefetch: 5, label: "here".into() };
        let sink = Arc::new(move |one| drop(told.send(one)));
        let mut desk = WorkingDesk::open(line, options, Arc::clone(&clock), sink).expect("a desk");
        desk.ask(Ask::Begin { ends_at: None, take_over });
        Seat { desk, news, ahead: Vec::new(), hold: Duration::ZERO, clock }
    }

    /// Waits until so many decisions are recorded.
    pub fn has_recorded(&self, many: usize) {
        let until = Instant::now() + TOO_LONG;
        while self.decisions().len() < many {
            assert!(Instant::now() < until, "{} of {many} are recorded", self.decisions().len());
        }
    }

    pub fn decisions(&self) -> Vec<Decision> {
        let filter = DecisionFilter { limit: 10_000, names: true, ..DecisionFilter::default() };
        let found = self.runtime.block_on(self.store.decisions(&filter)).expect("decisions");
        found.into_iter().map(|(_, decision)| decision).collect()
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Seat {
    /// The first news of which `pick` makes something; items ahead are gathered meanwhile.
    pub fn hear<T>(&mut self, mut pick: impl FnMut(&News) -> Option<T>) -> T {
        loop {
            let news = self.news.recv_timeout(TOO_LONG).expect("the desk says what became of it");
            match &news {
                News::Ahead { items, first: false, .. } => self.ahead.extend(items.iter().cloned()),
                News::Ahead { items, first: true, .. } => {
                    self.ahead.splice(0..0, items.iter().cloned());
                }
                News::Failed(why) => panic!("{why}"),
                _ => {}
            }
            if let Some(found) = pick(&news) {
                return found;
            }
        }
    }

    pub fn next(&mut self) -> Arc<Served> {
        while self.ahead.is_empty() {
            self.hear(|news| matches!(news, News::Ahead { .. }).then_some(()));
        }
        let served = self.ahead.remove(0);
        self.desk.ask(Ask::Shown(served.item.id.clone()));
        served
    }

    pub fn approve(&mut self, served: &Served) -> Uuid {
        let now = self.clock.now().wall;
        let id = Uuid::now_v7();
        let decision = serde_json::from_value(json!({
            "id": id, "item": served.item.id, "revision": served.item.revision, "round": served.round,
            "verdict": "approve", "policy_version": "built-in 1", "seen": "full",
            "presented_at": now, "decided_at": now, "active_ms": 3,
        }));
        self.desk.hold(&[decision.expect("a decision")], now + self.hold).expect("the journal takes it");
        id
    }
}
