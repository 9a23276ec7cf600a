//! The line to the database: encrypted as its address asks, with a cluster that has a certificate which it signed itself.

use crate::programs::{other_user, programs};
use moddesk::store::postgres::{Options, PostgresStore};
use moddesk::store::{Result, Store, StoreError};
use moddesk::wellbeing::clock::TurnedClock;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;

/// A cluster that takes encrypted lines alone, its certificate for `localhost` and no other name.
struct Cluster {
    port: u16,
    folder: PathBuf,
    _leash: (Child, ChildStdin),
}

const SCRIPT: &str = r#"
    cd "$DIR" || exit 1
    trap 'rm -rf "$DIR/data"' EXIT
    sign() {
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=localhost" \
            -addext "subjectAltName=DNS:localhost" -keyout "$1.key" -out "$1.crt" >>log 2>&1 || { cat log; exit 1; }
        chmod 600 "$1.key"
    }
    "$BIN/initdb" -D "$DIR/data" -U story -A trust -E UTF8 --locale=C -N >log 2>&1 || { cat log; exit 1; }
    sign "$DIR/server"
    sign "$DIR/other"
    echo "hostssl all all all trust" > data/pg_hba.conf
    "$BIN/postgres" -D "$DIR/data" -k "$DIR" -p "$PORT" -c listen_addresses=localhost -c fsync=off -c ssl=on \
        -c ssl_cert_file="$DIR/server.crt" -c ssl_key_file="$DIR/server.key" -c shared_buffers=16MB \
        >>"$DIR/log" 2>&1 </dev/null &
    server=$!
    tries=0
    until "$BIN/pg_isready" -q -h localhost -p "$PORT"; do
        tries=$((tries + 1)); [ $tries -gt 300 ] && { cat "$DIR/log"; kill -INT $server; exit 1; }
        sleep 0.1
    done
    echo ready
    cat >/dev/null
    kill -INT $server
    wait $server
    rm -rf "$DIR"
"#;

impl Cluster {
    fn start(bin: &Path) -> Self {
        let port =
            std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
        let folder = tempfile::Builder::new().prefix("moddesk-tls-").tempdir().expect("a folder").keep();
        let mut shell = Command::new("/bin/sh");
        shell.arg("-c").arg(SCRIPT).env("DIR", &folder).env("BIN", bin).env("PORT", port.to_string());
        shell.env_remove("PGHOST").env_remove("PGPORT");
        shell.stdin(Stdio::piped()).stdout(Stdio::piped()).process_group(0);
        if let Some((user, group)) = other_user() {
            std::os::unix::fs::chown(&folder, Some(user), Some(group)).expect("is given away");
            shell.uid(user).gid(group);
        }
        let mut shell = shell.spawn().expect("a shell");
        let leash = shell.stdin.take().expect("its input");
        let mut line = String::new();
        BufReader::new(shell.stdout.take().expect("its output")).read_line(&mut line).expect("it says how it goes");
        assert_eq!(line.trim(), "ready");
        // The certificates are read by whoever runs this.
        Self { port, folder, _leash: (shell, leash) }
    }

    fn url(&self, host: &str, more: &str) -> String {
        format!("postgres://story@{host}:{}/postgres?connect_timeout=10{more}", self.port)
    }

    fn authority(&self, name: &str) -> String {
        format!("&sslrootcert={}", self.folder.join(name).display().to_string().replace('/', "%2F"))
    }
}

async fn open(url: &str) -> Result<PostgresStore> {
    let clock = TurnedClock::at(crate::house::MORNING.parse().expect("a time"));
    PostgresStore::connect(url, Options::new(Arc::new(clock))).await
}

#[expect(clippy::print_stderr, reason = "a skip must be seen")]
fn cluster() -> Option<Cluster> {
    let openssl =
        Command::new("openssl").arg("version").stdout(Stdio::null()).status().is_ok_and(|done| done.success());
    let Some(bin) = programs().filter(|_| openssl) else {
        let required = std::env::var("MODDESK_TEST_POSTGRES").is_ok_and(|word| word == "required");
        assert!(!required, "PostgreSQL is required, and openssl with it");
        eprintln!("SKIPPED, no PostgreSQL or no openssl");
        return None;
    };
    Some(Cluster::start(&bin))
}

#[tokio::test]
async fn the_line_to_the_database_is_encrypted_as_its_address_asks() {
    let Some(cluster) = cluster() else { return };
    let (own, other) = (cluster.authority("server.crt"), cluster.authority("other.crt"));
    for (host, good) in [
        ("localhost", "&sslmode=require".to_owned()),
        ("localhost", "&sslmode=prefer".to_owned()),
        ("localhost", format!("&sslmode=verify-full{own}")),
        ("localhost", format!("&sslmode=require{own}")),
        ("127.0.0.1", format!("&sslmode=verify-ca{own}")),
    ] {
        let store = open(&cluster.url(host, &good)).await;
        let store = store.unwrap_or_else(|error| panic!("{host} {good}: {error}"));
        assert!(!store.queues().await.expect("queues").is_empty(), "{host} {good}");
        store.set_queue(&moddesk::moderation::Queue::new("over-tls", "default"), "x").await.expect("is written");
    }
    for (host, bad, words) in [
        ("localhost", format!("&sslmode=verify-full{other}"), "nobody trusted signed"),
        ("127.0.0.1", format!("&sslmode=verify-full{own}"), "for another name"),
        ("localhost", "&sslmode=verify-full".to_owned(), "nobody trusted signed"),
        ("localhost", format!("&sslmode=require{other}"), "nobody trusted signed"),
    ] {
        match open(&cluster.url(host, &bad)).await.map(drop) {
            Err(StoreError::Invalid(why)) => assert!(why.contains(words), "{host} {bad}: {why}"),
            told => panic!("{host} {bad}: {told:?}"),
        }
    }
    // The cluster itself takes nothing in the clear.
    for clear in ["&sslmode=disable", ""] {
        let told = open(&cluster.url("127.0.0.1", clear)).await.map(drop);
        assert!(told.as_ref().is_err_and(|why| why.to_string().contains("no encryption")), "{clear}: {told:?}");
    }
}

#[test]
fn a_database_that_cannot_encrypt_is_not_spoken_to_where_that_is_asked() {
    let Some(engine) = crate::cluster::engine() else { return };
    if std::env::var("MODDESK_TEST_DATABASE_URL").is_ok() {
        return;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let joint = if engine.url().contains('?') { '&' } else { '?' };
    let told = runtime.block_on(open(&format!("{}{joint}sslmode=require", engine.url()))).map(drop);
    assert!(told.as_ref().is_err_and(|why| why.to_string().contains("does not support TLS")), "{told:?}");
}
