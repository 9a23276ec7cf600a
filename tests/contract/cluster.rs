//! PostgreSQL for the story: the one that `MODDESK_TEST_DATABASE_URL` names, else a cluster of this test run's own,
//! where PostgreSQL's programs are installed. Every place is a schema.

use crate::engines::{Engine, Place, Setting};
use crate::programs::{other_user, programs};
use async_trait::async_trait;
use moddesk::store::SharedStore;
use moddesk::store::postgres::{Options, PostgresStore};
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use tokio_postgres::NoTls;

/// A server that can be reached.
pub struct Postgres {
    url: String,
    /// While this is open, the cluster of our own runs; it ends with this process, however that ends.
    _leash: Option<(Child, ChildStdin)>,
}

impl Postgres {
    /// Where it is.
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// The server for this run. `None` where there is none, which is said, or is a failure where one is required.
#[expect(clippy::print_stderr, reason = "a skip must be seen")]
pub fn engine() -> Option<&'static Postgres> {
    static SERVER: OnceLock<Result<Postgres, String>> = OnceLock::new();
    match SERVER.get_or_init(reach) {
        Ok(server) => Some(server),
        Err(why) => {
            let required = std::env::var("MODDESK_TEST_POSTGRES").is_ok_and(|word| word == "required");
            assert!(!required, "PostgreSQL is required and cannot be had: {why}");
            eprintln!("SKIPPED, no PostgreSQL: {why}");
            None
        }
    }
}

fn reach() -> Result<Postgres, String> {
    match std::env::var("MODDESK_TEST_DATABASE_URL") {
        Ok(url) => Ok(Postgres { url, _leash: None }),
        Err(_) => start(&programs().ok_or("its programs are not installed")?),
    }
}

/// Starts a cluster in a folder of its own, reached by a socket there. A shell holds it and takes it away when its
/// standard input ends, which it does when this process is gone.
fn start(bin: &Path) -> Result<Postgres, String> {
    const SCRIPT: &str = r#"
        cd "$DIR" || exit 1
        trap 'rm -rf "$DIR/data"' EXIT
        "$BIN/initdb" -D "$DIR/data" -U story -A trust -E UTF8 --locale=C -N >"$DIR/log" 2>&1 || { cat "$DIR/log"; exit 1; }
        "$BIN/postgres" -D "$DIR/data" -k "$DIR" -c listen_addresses= -c max_connections=400 -c fsync=off \
            -c shared_buffers=64MB >>"$DIR/log" 2>&1 </dev/null &
        server=$!
        tries=0
        until "$BIN/pg_isready" -q -h "$DIR"; do
            tries=$((tries + 1)); [ $tries -gt 300 ] && { cat "$DIR/log"; kill -INT $server; exit 1; }
            sleep 0.1
        done
        echo ready
        cat >/dev/null
        kill -INT $server
        wait $server
        rm -rf "$DIR"
    "#;
    let folder = tempfile::Builder::new().prefix("moddesk-pg-").tempdir().map_err(|error| error.to_string())?.keep();
    let mut shell = Command::new("/bin/sh");
    shell.arg("-c").arg(SCRIPT).env("DIR", &folder).env("BIN", bin).env_remove("PGHOST").env_remove("PGPORT");
    shell.stdin(Stdio::piped()).stdout(Stdio::piped()).process_group(0);
    if let Some((user, group)) = other_user() {
        std::os::unix::fs::chown(&folder, Some(user), Some(group)).map_err(|error| error.to_string())?;
        shell.uid(user).gid(group);
    }
    let mut shell = shell.spawn().map_err(|error| error.to_string())?;
    let leash = shell.stdin.take().ok_or("its shell has no input")?;
    let mut said = BufReader::new(shell.stdout.take().ok_or("its shell has no output")?);
    let mut line = String::new();
    said.read_line(&mut line).map_err(|error| error.to_string())?;
    if line.trim() != "ready" {
        return Err(format!("it does not start: {line}"));
    }
    let host = folder.display().to_string().replace('/', "%2F");
    Ok(Postgres { url: format!("postgres://story@{host}/postgres"), _leash: Some((shell, leash)) })
}

async fn run(url: &str, sql: &str) -> u64 {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("the server is there");
    let line = tokio::spawn(connection);
    let changed = client.execute(sql, &[]).await.expect("the server does it");
    drop(client);
    line.await.expect("the line ends").expect("the line ends well");
    changed
}

#[async_trait]
impl Engine for Postgres {
    async fn place(&self) -> Box<dyn Place> {
        static PLACES: AtomicU64 = AtomicU64::new(0);
        let name = format!("story_{}_{}", std::process::id(), PLACES.fetch_add(1, Ordering::Relaxed));
        run(&self.url, &format!("CREATE SCHEMA {name}")).await;
        let joint = if self.url.contains('?') { '&' } else { '?' };
        let url = format!("{}{joint}options=-csearch_path%3D{name}", self.url);
        Box::new(Schema { server: self.url.clone(), name, url })
    }
}

struct Schema {
    server: String,
    name: String,
    url: String,
}

#[async_trait]
impl Place for Schema {
    async fn open(&self, setting: &Setting) -> SharedStore {
        let options = Options {
            rules: Arc::new(setting.rules.clone()),
            policies: setting.policies.clone(),
            shift: setting.shift,
            ..Options::new(Arc::new(setting.clock.clone()))
        };
        Arc::new(PostgresStore::connect(&self.url, options).await.expect("the queue opens"))
    }

    fn bytes(&self) -> Option<Vec<u8>> {
        None
    }

    async fn forge(&self, audit: u64) {
        let changed = run(&self.url, &format!("UPDATE log SET subject = subject || 'x' WHERE audit = {audit}")).await;
        assert_eq!(changed, 1, "there is an entry {audit} to forge");
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        let swept = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(run(&server, &format!("DROP SCHEMA {name} CASCADE")));
        });
        let _ = swept.join();
    }
}
