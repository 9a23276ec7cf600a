//! The server's certificate: read again when its files change, and a broken one leaves the old in force.

use crate::house::limits;
use moddesk::store::SharedStore;
use moddesk::store::sqlite::SqliteStore;
use moddesk::team::server::{Limits, Tls, options, start};
use moddesk::wellbeing::Rules;
use moddesk::wellbeing::clock::{Clock, TurnedClock};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// A certificate for `localhost`, signed with its own key; `false` where there is no openssl.
fn sign(folder: &Path, name: &str) -> bool {
    let file = |end: &str| folder.join(format!("{name}.{end}"));
    let mut openssl = Command::new("openssl");
    openssl.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]);
    openssl.args(["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]);
    openssl.arg("-keyout").arg(file("key")).arg("-out").arg(file("crt"));
    openssl.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|done| done.success())
}

/// What is logged, for whoever waits for it.
#[derive(Clone, Default)]
struct Log {
    said: Arc<Mutex<Vec<u8>>>,
    more: Arc<watch::Sender<()>>,
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.said.lock().expect("nobody panics with it").extend_from_slice(bytes);
        self.more.send_replace(());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// How much was said up to now.
    fn so_far(&self) -> usize {
        self.said.lock().expect("nobody panics with it").len()
    }

    /// Waits until something is said behind a place.
    async fn says(&self, what: &str, after: usize) {
        let mut more = self.more.subscribe();
        let said = || String::from_utf8_lossy(&self.said.lock().expect("nobody panics")[after..]).contains(what);
        let wait = async {
            while !said() {
                more.changed().await.expect("it is there as long as this test");
            }
        };
        tokio::time::timeout(Duration::from_secs(60), wait).await.expect(what);
    }
}

/// Whether the server shows this certificate to somebody who comes new.
async fn shows(address: SocketAddr, certificate: &Path) -> bool {
    let known = CertificateDer::from_pem_file(certificate).expect("a certificate");
    let http = reqwest::Client::builder().tls_danger_accept_invalid_certs(true).tls_info(true).no_proxy();
    let http = http.build().expect("a client");
    let answer = http.get(format!("https://localhost:{}/healthz", address.port())).send().await.expect("an answer");
    let shown = answer.extensions().get::<reqwest::tls::TlsInfo>().and_then(|line| line.peer_certificate());
    shown.expect("a certificate") == &*known
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::print_stderr, reason = "a skip must be seen")]
async fn a_certificate_is_read_again_when_its_files_change_and_a_broken_one_is_not_taken() {
    let folder = TempDir::new().expect("a folder");
    let there = |name: &str| folder.path().join(name);
    if !["one", "two", "three"].into_iter().all(|name| sign(folder.path(), name)) {
        eprintln!("SKIPPED, no openssl");
        return;
    }
    let log = Log::default();
    let writer = log.clone();
    let logging = tracing_subscriber::fmt().with_writer(move || writer.clone()).with_ansi(false).finish();
    // The only one of this binary: whoever else runs here logs into it too, and is not in the way.
    tracing::subscriber::set_global_default(logging).expect("the first");

    let use_now = |name: &str| {
        // The key first: what fits no key yet is not taken either.
        for end in ["key", "crt"] {
            std::fs::copy(there(&format!("{name}.{end}")), there(&format!("server.{end}"))).expect("is copied");
        }
    };
    use_now("one");
    let clock: Arc<dyn Clock> = Arc::new(TurnedClock::at("2026-11-22T08:00:00Z".parse().expect("a time")));
    let options = options(Arc::new(Rules::shipped()), Duration::from_secs(8 * 3600), Arc::clone(&clock));
    let store: SharedStore = Arc::new(SqliteStore::open(&there("data"), options).expect("opens"));
    let listener = TcpListener::bind("localhost:0").await.expect("a port");
    let tls = Tls::open(&there("server.crt"), &there("server.key")).expect("a certificate");
    let limits = Limits { certificate: Duration::from_millis(10), ..limits() };
    let running = start(store, clock, listener, Some(tls), limits).await.expect("starts");
    assert!(shows(running.address, &there("one.crt")).await);

    let before = log.so_far();
    use_now("two");
    log.says("was read again", before).await;
    assert!(shows(running.address, &there("two.crt")).await, "the new one is shown");

    let before = log.so_far();
    std::fs::write(there("server.crt"), "half a certif").expect("written");
    log.says("the old one stays", before).await;
    assert!(shows(running.address, &there("two.crt")).await, "the old one goes on");

    let before = log.so_far();
    use_now("three");
    log.says("was read again", before).await;
    assert!(shows(running.address, &there("three.crt")).await, "what is mended is shown");
    running.stop().await;
}
