//! Opening the queue file: what it is, whether it may be written to, and its migrations.

use crate::store::audit::checksum;
use crate::store::{Result, StoreError};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::fs::OpenOptions;
use std::io::Read;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

/// "mdsk": a file with another mark is another program's.
const MARK: i32 = 0x6d64_736b;

/// In order; never edited once shipped (a test pins their checksums).
pub(super) const MIGRATIONS: [(&str, &str); 6] = [
    ("queue", include_str!("migrations/0001_queue.sql")),
    ("access", include_str!("migrations/0002_access.sql")),
    ("kin", include_str!("migrations/0003_kin.sql")),
    ("message", include_str!("migrations/0004_message.sql")),
    ("pictures", include_str!("migrations/0005_pictures.sql")),
    ("webhooks", include_str!("migrations/0006_webhooks.sql")),
];

/// How long one waits for another process's commit.
const WAIT: Duration = Duration::from_secs(10);

/// Opens the one connection that writes, making or bringing up the queue where needed.
pub(super) fn writer(path: &Path, cache_kib: u32) -> Result<Connection> {
    let fresh = look(path)?;
    let mut conn = connect(path, cache_kib)?;
    if fresh {
        conn.pragma_update(None, "page_size", 4096)?;
    }
    let mark: i32 = conn.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(|e| not(path, e))?;
    let version: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if mark != MARK {
        let tables: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if tables > 0 || mark != 0 {
            return Err(StoreError::NotAQueue(path.display().to_string()));
        }
    }
    let known = i64::try_from(MIGRATIONS.len()).expect("a handful of migrations");
    if version > known {
        return Err(StoreError::Newer { found: version, known });
    }
    let mode: String = conn.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::Engine("its file system cannot hold a write-ahead log".into()));
    }
    if version < known {
        migrate(&mut conn)?;
    }
    conn.execute_batch(
        "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000;
         PRAGMA foreign_keys = OFF; PRAGMA trusted_schema = OFF;",
    )?;
    Ok(conn)
}

/// Opens a connection that only reads, beside the writer.
pub(super) fn reader(path: &Path) -> Result<Connection> {
    let conn = connect(path, 256)?;
    conn.execute_batch("PRAGMA query_only = ON; PRAGMA temp_store = MEMORY;")?;
    Ok(conn)
}

fn connect(path: &Path, cache_kib: u32) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(path, flags)?;
    conn.busy_handler(Some(wait))?;
    // Else every new value bound to a range makes the planner think again: a fifth of a decision.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.pragma_update(None, "cache_size", -i64::from(cache_kib))?;
    conn.set_prepared_statement_cache_capacity(160);
    Ok(conn)
}

/// Short naps, so that a desk gets between the batches of an import beside it.
fn wait(times: i32) -> bool {
    const NAP: Duration = Duration::from_micros(300);
    std::thread::sleep(NAP);
    NAP * u32::try_from(times).unwrap_or(u32::MAX) < WAIT
}

/// Makes sure that the file is there, is ours to write and starts like a database, before SQLite touches it. Answers
/// whether it is new.
fn look(path: &Path) -> Result<bool> {
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path);
    let mut file = opened.map_err(|error| match error.raw_os_error() {
        Some(28) | Some(122) => StoreError::Full,
        _ if path.is_dir() => StoreError::NotAQueue(path.display().to_string()),
        _ => StoreError::ReadOnly(error.kind().to_string()),
    })?;
    let mut head = [0u8; 16];
    let read = file.read(&mut head).map_err(|error| StoreError::Engine(error.kind().to_string()))?;
    match read {
        0 => Ok(true),
        16 if &head == b"SQLite format 3\0" => Ok(false),
        _ => Err(StoreError::NotAQueue(path.display().to_string())),
    }
}

fn not(path: &Path, error: rusqlite::Error) -> StoreError {
    match StoreError::from(error) {
        StoreError::NotAQueue(_) => StoreError::NotAQueue(path.display().to_string()),
        other => other,
    }
}

/// Brings the queue up to this program's version, all in one transaction; of two processes that start at once, the
/// second finds the work done.
fn migrate(conn: &mut Connection) -> Result<()> {
    conn.pragma_update(None, "synchronous", "FULL")?;
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    tx.execute_batch(
        "CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)",
    )?;
    for (at, (name, sql)) in MIGRATIONS.iter().enumerate() {
        let number = i64::try_from(at + 1).expect("a handful of migrations");
        if number > version {
            tx.execute_batch(sql)?;
            tx.execute("INSERT INTO migration VALUES (?1, ?2, ?3)", (number, name, checksum(sql)))?;
            tx.pragma_update(None, "user_version", number)?;
        }
    }
    tx.pragma_update(None, "application_id", MARK)?;
    tx.commit()?;
    Ok(())
}
