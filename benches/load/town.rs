//! A queue, a server in a process of its own, and people with tokens.

use moddesk::desk::clock::SystemClock;
use moddesk::moderation::{Person, Role};
use moddesk::store::access::{KeptToken, NewToken};
use moddesk::store::postgres::{Options, PostgresStore};
use moddesk::store::sqlite::SqliteStore;
use moddesk::store::{ImportOptions, Incoming, SharedStore};
use moddesk::wellbeing::Rules;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use tempfile::TempDir;
use tokio_postgres::NoTls;

/// Break limits that are never met; the arithmetic and the check still run.
const CONFIG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/measure.toml");

pub struct Town {
    pub store: SharedStore,
    url: String,
    schema: Option<(String, String)>,
    _folder: TempDir,
}

pub struct Server {
    pub at: SocketAddr,
    child: Child,
}

pub fn database() -> Option<String> {
    std::env::var("MODDESK_BENCH_DATABASE_URL").ok()
}

/// One connection for each person, and then some.
pub fn raise_file_limit() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let kept = getrlimit(Resource::Nofile);
    let most = Rlimit { current: Some(100_000), maximum: Some(100_000) };
    if setrlimit(Resource::Nofile, most).is_err() {
        let _ = setrlimit(Resource::Nofile, Rlimit { current: kept.maximum, maximum: kept.maximum });
    }
}

pub async fn sql(url: &str, sql: &str) {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    let line = tokio::spawn(connection);
    client.batch_execute(sql).await.unwrap();
    drop(client);
    let _ = line.await;
}

impl Town {
    /// A queue of its own with this many items.
    pub async fn found(items: u64) -> Self {
        let rules = Rules { weakened_because: Some("measurement".into()), ..Rules::shipped() };
        let options = Options { rules: Arc::new(rules), ..Options::new(Arc::new(SystemClock::new())) };
        let folder = TempDir::new().unwrap();
        let (store, url, schema): (SharedStore, _, _) = match database() {
            Some(server) => {
                let schema = format!("load_{}", std::process::id());
                sql(&server, &format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}")).await;
                let joint = if server.contains('?') { '&' } else { '?' };
                let url = format!("{server}{joint}options=-csearch_path%3D{schema}");
                (Arc::new(PostgresStore::connect(&url, options).await.unwrap()), url, Some((server, schema)))
            }
            None => {
                let url = format!("sqlite://{}", folder.path().join("queue.sqlite").display());
                (Arc::new(SqliteStore::open(folder.path(), options).unwrap()), url, None)
            }
        };
        let town = Self { store, url, schema, _folder: folder };
        let mut at = 0;
        while at < items {
            let upto = (at + 5_000).min(items);
            let batch =
                (at..upto).map(|n| Incoming { line: n + 1, item: serde_json::from_value(item(n)).unwrap() }).collect();
            town.store.import(batch, ImportOptions::default()).await.unwrap();
            at = upto;
        }
        town
    }

    /// The token of somebody new.
    pub async fn person(&self, name: &str, role: Role) -> String {
        let person = Person { roles: vec![role], ..Person::with_every_right(name) };
        self.store.set_person(&person, "operator").await.unwrap();
        let token = NewToken::mint().unwrap();
        self.store.add_token(name, &KeptToken { digest: token.digest(), expires_at: None }, "operator").await.unwrap();
        token.reveal().to_owned()
    }

    pub async fn people(&self, n: u64) -> Vec<String> {
        let mut tokens = Vec::new();
        for n in 0..n {
            tokens.push(self.person(&format!("m{n}"), Role::Moderator).await);
        }
        tokens
    }

    pub fn serve(&self, at: &str) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_moddesk"))
            .args(["serve", "--listen", at, "--database", &self.url])
            .env("MODDESK_CONFIG", CONFIG)
            .env("MODDESK_LOG", "moddesk=warn")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        let mut speaks = BufReader::new(child.stderr.take().unwrap());
        speaks.read_line(&mut said).unwrap();
        std::thread::spawn(move || speaks.lines().map_while(Result::ok).for_each(|line| eprintln!("{line}")));
        let at = said.trim().rsplit('/').next().unwrap().parse().expect("the server says where it listens");
        Server { at, child }
    }

    /// What the store says itself, after everything.
    pub async fn check(&self, acknowledged: u64) {
        let stats = self.store.stats(false).await.unwrap();
        let decided: u64 = stats.iter().map(|queue| queue.decided_today).sum();
        assert!(decided >= acknowledged, "{acknowledged} were acknowledged, {decided} are recorded");
        assert_eq!(self.store.verify_audit().await.unwrap(), None, "the log is whole");
        println!("{:<44} {acknowledged:>9} acknowledged, {decided} recorded, the log whole", "");
    }

    pub async fn leave(self) {
        let Self { store, schema, .. } = self;
        drop(store);
        if let Some((server, schema)) = schema {
            sql(&server, &format!("DROP SCHEMA {schema} CASCADE")).await;
        }
    }
}

impl Server {
    /// Resident memory in MiB, and processor seconds so far.
    pub fn cost(&self) -> (f64, f64) {
        let read =
            |name: &str| std::fs::read_to_string(format!("/proc/{}/{name}", self.child.id())).unwrap_or_default();
        let resident = read("status")
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix("kB")?.trim().parse::<f64>().ok())
            .unwrap_or(f64::NAN);
        let stat = read("stat");
        let after = stat.rsplit(')').next().unwrap_or_default();
        let ticks: f64 = after.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok()).sum();
        (resident / 1024.0, ticks / 100.0)
    }

    /// In the middle of whatever it does.
    pub fn kill(self) {}
}

impl Drop for Server {
    /// Also where a measurement gives up: no server outlives its bench.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn item(n: u64) -> serde_json::Value {
    serde_json::json!({"id": format!("load:{n}"), "lang": "fr", "channel": "forum", "author": {"id": format!("u{}", n % 5000)},
        "text": format!("{n} le train de {} heures est encore en retard, et personne ne dit rien aux voyageurs", n % 24)})
}
