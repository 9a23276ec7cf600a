//! The real program serving a team, to be killed and started again.

use crate::cluster::Cluster;
use moddesk::moderation::{Item, Person, Role};
use moddesk::store::access::{KeptToken, NewToken};
use moddesk::store::{ImportOptions, Incoming, SharedStore};
use moddesk::team::server::{open_database, options};
use moddesk::wellbeing::Rules;
use serde_json::json;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// What the queue is kept in.
pub enum Team {
    Sqlite,
    Postgres(Cluster),
}

/// Breaks after a few items that last an instant, so that a morning of seconds has several.
const RULES: &str = r#"
[wellbeing]
weakened_because = "a test's morning lasts seconds"
acute_limit = 20
break_half_life = "100ms"
breaks = { acute = "1s", after_extreme = "1s", hourly_work = "1h", hourly = "1s", hourly_if_no_points = "1s" }
shift = { no_graphic_first = "0s", no_graphic_last = "0s", points_soft = 1000000, points_hard = 1000000 }
ramp = { factor = 1.0 }
"#;

pub struct Serving {
    pub address: SocketAddr,
    pub folder: tempfile::TempDir,
    pub runtime: Runtime,
    /// Names and tokens.
    pub people: Vec<(String, String)>,
    pub supervisor: String,
    database: String,
    program: Option<Child>,
    cluster: Option<Cluster>,
}

/// Says something in the test's output.
#[expect(clippy::print_stderr, reason = "figures of a run, with --nocapture")]
pub fn tell(what: &str) {
    eprintln!("{what}");
}

impl Serving {
    pub fn begin(team: Team, people: usize, items: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let (database, cluster) = match team {
            Team::Sqlite => (format!("sqlite://{}/queue.sqlite", folder.path().display()), None),
            Team::Postgres(cluster) => (cluster.url.clone(), Some(cluster)),
        };
        std::fs::write(folder.path().join("config.toml"), RULES).expect("is written");
        let address = "127.0.0.1:0".parse().expect("an address");
        let mut serving = Self {
            address,
            folder,
            runtime,
            people: Vec::new(),
            supervisor: String::new(),
            database,
            program: None,
            cluster,
        };
        let store = serving.open();
        let names: Vec<String> = (0..people).map(|number| format!("m{number}")).collect();
        serving.people =
            names.iter().map(|name| (name.clone(), serving.person(&store, name, Role::Moderator))).collect();
        serving.supervisor = serving.person(&store, "sonia", Role::Supervisor);
        serving.import(&store, items);
        drop(store);
        serving.start();
        serving
    }

    fn open(&self) -> SharedStore {
        let clock: Arc<dyn moddesk::wellbeing::Clock> = Arc::new(moddesk::desk::SystemClock::new());
        let options = options(Arc::new(Rules::shipped()), Duration::from_secs(8 * 3600), clock);
        self.runtime.block_on(open_database(&self.database, options)).expect("the queue opens")
    }

    fn person(&self, store: &SharedStore, name: &str, role: Role) -> String {
        self.runtime.block_on(async {
            let person = Person { roles: vec![role], ..Person::with_every_right(name) };
            store.set_person(&person, "system").await.expect("is made");
            let token = NewToken::mint().expect("randomness");
            let kept = KeptToken { digest: token.digest(), expires_at: None };
            store.add_token(name, &kept, "system").await.expect("is kept");
            token.reveal().to_owned()
        })
    }

    /// A third of them are pictures of level 2, so that breaks come.
    fn import(&self, store: &SharedStore, items: usize) {
        let incoming = (1..=items).map(|number| {
            let (kind, severity) = if number % 3 == 0 { ("image", 2) } else { ("comment", 0) };
            let item = json!({"id": format!("i{number}"), "text": "words", "kind": kind, "severity": severity,
                "author": {"id": format!("u{}", number % 7)}});
            let item: Item = serde_json::from_value(item).expect("an item");
            Incoming { line: number as u64, item }
        });
        let incoming = incoming.collect();
        self.runtime.block_on(store.import(incoming, ImportOptions::default())).expect("goes in");
    }

    fn start(&mut self) {
        let mut program = Command::new(env!("CARGO_BIN_EXE_moddesk"))
            .args(["serve", "--listen", &self.address.to_string(), "--database", &self.database, "--config"])
            .arg(self.folder.path().join("config.toml"))
            .env("MODDESK_LOG", "error")
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut said = BufReader::new(program.stderr.take().expect("it has a voice"));
        loop {
            let mut line = String::new();
            let read = said.read_line(&mut line).expect("it speaks");
            assert!(read > 0, "it serves");
            if let Some(address) = line.trim().strip_prefix("listening on http://") {
                self.address = address.parse().expect("an address");
                break;
            }
        }
        std::thread::spawn(move || {
            for line in said.lines().map_while(Result::ok) {
                let _ = writeln!(std::io::stderr(), "{line}");
            }
        });
        self.program = Some(program);
    }

    /// Kills it at once, or every third time lets it stop as it wants, and starts it again. Where the queue is in
    /// PostgreSQL, every second time that is crashed instead.
    pub fn kill(&mut self, number: usize) {
        if let Some(cluster) = self.cluster.as_mut().filter(|_| number % 2 == 1) {
            return cluster.crash();
        }
        if number % 3 == 2 {
            self.ask_to_stop();
        } else if let Some(mut program) = self.program.take() {
            let _ = program.kill();
            let _ = program.wait();
        }
        self.start();
    }

    fn ask_to_stop(&mut self) {
        if let Some(mut program) = self.program.take() {
            let id = rustix::process::Pid::from_child(&program);
            let _ = rustix::process::kill_process(id, rustix::process::Signal::TERM);
            let ended = program.wait().expect("it ends");
            assert!(ended.success(), "it stops well: {ended}");
        }
    }

    /// Stops it and opens what it has kept.
    pub fn end(&mut self) -> SharedStore {
        self.ask_to_stop();
        self.open()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        if let Some(mut program) = self.program.take() {
            let _ = program.kill();
            let _ = program.wait();
        }
    }
}
