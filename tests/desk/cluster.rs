//! A PostgreSQL of this test's own that can be crashed and comes back.

use crate::programs::{other_user, programs};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The shell that holds it does what it is told, and takes everything away when nobody tells it anything any more.
const SCRIPT: &str = r#"
    cd "$DIR" || exit 1
    trap '"$BIN/pg_ctl" -D "$DIR/data" -m immediate stop >/dev/null 2>&1; rm -rf "$DIR"' EXIT
    "$BIN/initdb" -D "$DIR/data" -U story -A trust -E UTF8 --locale=C -N >"$DIR/log" 2>&1 || { cat "$DIR/log"; exit 1; }
    up() {
        "$BIN/pg_ctl" -D "$DIR/data" -l "$DIR/log" -w -o "-k $DIR -c listen_addresses= -c fsync=off" start >/dev/null \
            && echo ready
    }
    up
    while read -r word; do
        "$BIN/pg_ctl" -D "$DIR/data" -m immediate -w stop >/dev/null
        up
    done
"#;

pub struct Cluster {
    pub url: String,
    shell: Child,
    tell: Option<ChildStdin>,
    said: BufReader<ChildStdout>,
}

impl Cluster {
    /// `None` where PostgreSQL is not installed.
    pub fn start() -> Option<Self> {
        let bin = programs()?;
        let folder = tempfile::Builder::new().prefix("moddesk-pg-").tempdir().expect("a folder").keep();
        let mut shell = Command::new("/bin/sh");
        shell.arg("-c").arg(SCRIPT).env("DIR", &folder).env("BIN", bin).env_remove("PGHOST").env_remove("PGPORT");
        shell.stdin(Stdio::piped()).stdout(Stdio::piped()).process_group(0);
        if let Some((user, group)) = other_user() {
            std::os::unix::fs::chown(&folder, Some(user), Some(group)).expect("is its owner's");
            shell.uid(user).gid(group);
        }
        let mut shell = shell.spawn().expect("a shell");
        let tell = shell.stdin.take();
        let said = BufReader::new(shell.stdout.take().expect("it speaks"));
        let host = folder.display().to_string().replace('/', "%2F");
        let mut cluster = Self { url: format!("postgres://story@{host}/postgres"), shell, tell, said };
        cluster.is_ready();
        Some(cluster)
    }

    /// Ends it in the middle of whatever it does, and starts it again.
    pub fn crash(&mut self) {
        let tell = self.tell.as_mut().expect("it listens");
        tell.write_all(b"crash\n").expect("it hears");
        self.is_ready();
    }

    fn is_ready(&mut self) {
        let mut line = String::new();
        self.said.read_line(&mut line).expect("it says something");
        assert_eq!(line.trim(), "ready", "PostgreSQL starts");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.tell.take());
        let _ = self.shell.wait();
    }
}
