//! Reaching the database and bringing it up to this program's version; two servers may start at once.

use super::tls::{Tls, Trust};
use super::wire::Wire;
use crate::store::audit::checksum;
use crate::store::{Result, StoreError};
use std::net::IpAddr;
use std::path::PathBuf;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

/// In order; never edited once shipped (a test pins their checksums).
pub(super) const MIGRATIONS: [(&str, &str); 5] = [
    ("queue", include_str!("migrations/0001_queue.sql")),
    ("kin", include_str!("migrations/0002_kin.sql")),
    ("message", include_str!("migrations/0003_message.sql")),
    ("pictures", include_str!("migrations/0004_pictures.sql")),
    ("webhooks", include_str!("migrations/0005_webhooks.sql")),
];

/// "mdsk", the lock that servers starting at once wait at.
const STARTING: i64 = 0x6d64_736b;

/// How the database is reached: what its address says, and what encrypts the line.
#[derive(Clone)]
pub(super) struct Address {
    /// Everything but TLS.
    pub config: Config,
    /// What answers where the line is to be encrypted.
    pub tls: Tls,
}

/// Reads `postgres://user:password@host:port/database?options=-csearch_path%3Dname`. The password may also come from
/// `PGPASSWORD`. `sslmode` is `disable`, `prefer`, `require`, `verify-ca` or `verify-full`, and `sslrootcert` names a
/// PEM file of the authorities to trust, else those of the system are. Where nothing is said a line that leaves this
/// machine is encrypted if the database offers it; that hides nothing from somebody in between, so `verify-full` is what
/// belongs on a network that others share.
pub(super) fn address(url: &str) -> Result<Address> {
    let invalid = |why: &str| {
        StoreError::Invalid(format!("--database is no postgres:// address ({why}); give postgres://user@host/database"))
    };
    let (plain, mode, authorities) = without_tls(url).map_err(invalid)?;
    let mut config: Config = plain.parse().map_err(|error: tokio_postgres::Error| {
        let why = std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
        invalid(&why)
    })?;
    let (ssl, trust) = match mode.as_deref() {
        Some("disable") => (SslMode::Disable, Trust::Anybody),
        Some("prefer" | "allow") => (SslMode::Prefer, Trust::Anybody),
        // With an authority named, PostgreSQL's programs check against it too.
        Some("require") if authorities.is_some() => (SslMode::Require, Trust::Authority),
        Some("require") => (SslMode::Require, Trust::Anybody),
        Some("verify-ca") => (SslMode::Require, Trust::Authority),
        Some("verify-full") => (SslMode::Require, Trust::Name),
        None if is_here(&config) => (SslMode::Disable, Trust::Anybody),
        None => (SslMode::Prefer, Trust::Anybody),
        Some(_) => return Err(invalid("sslmode is disable, prefer, require, verify-ca or verify-full")),
    };
    config.ssl_mode(ssl);
    if config.get_password().is_none()
        && let Ok(password) = std::env::var("PGPASSWORD")
    {
        config.password(password);
    }
    if config.get_application_name().is_none() {
        config.application_name("moddesk");
    }
    Ok(Address { config, tls: Tls::new(trust, authorities.as_deref())? })
}

/// The address without what is said of TLS, which the driver knows only in part.
fn without_tls(url: &str) -> std::result::Result<(String, Option<String>, Option<PathBuf>), &'static str> {
    // A password may hold a question mark.
    let from = url.find('@').unwrap_or(0);
    let Some(query) = url[from..].find('?').map(|at| from + at) else { return Ok((url.to_owned(), None, None)) };
    let (mut mode, mut authorities, mut kept) = (None, None, Vec::new());
    for pair in url[query + 1..].split('&') {
        match pair.split_once('=') {
            Some(("sslmode", said)) => mode = Some(decoded(said)?),
            Some(("sslrootcert", said)) => authorities = Some(decoded(said)?).filter(|said| said != "system"),
            _ => kept.push(pair),
        }
    }
    let mut plain = url[..query].to_owned();
    if !kept.is_empty() {
        plain.push('?');
        plain.push_str(&kept.join("&"));
    }
    Ok((plain, mode, authorities.map(PathBuf::from)))
}

/// `%2F` and the like.
fn decoded(text: &str) -> std::result::Result<String, &'static str> {
    const WRONG: &str = "a %XX in it is none";
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        bytes.push(if *first == b'%' {
            let (digits, after) = rest.split_at_checked(2).ok_or(WRONG)?;
            rest = after;
            let digits = std::str::from_utf8(digits).map_err(|_| WRONG)?;
            u8::from_str_radix(digits, 16).map_err(|_| WRONG)?
        } else {
            *first
        });
    }
    String::from_utf8(bytes).map_err(|_| WRONG)
}

/// Whether the line does not leave this machine.
fn is_here(config: &Config) -> bool {
    let named = config.get_hosts().iter().all(|host| match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()),
    });
    named && config.get_hostaddrs().iter().all(IpAddr::is_loopback)
}

/// Makes or brings up the queue, all in one transaction under a lock; whoever comes second finds the work done. Says
/// whether this database takes anything: a read replica is read as it is.
pub(super) fn migrate(wire: &Wire) -> Result<bool> {
    let said = wire.one("SELECT current_setting('transaction_read_only')", &[])?;
    if said.is_some_and(|row| row.get::<_, String>(0) == "on") {
        return readable(wire).map(|()| false);
    }
    wire.plainly("BEGIN")?;
    let done = migrate_locked(wire);
    match done {
        Ok(()) => wire.plainly("COMMIT").map(|()| true),
        Err(error) => {
            let _ = wire.plainly("ROLLBACK");
            Err(error)
        }
    }
}

/// Whether a replica has the queue as this program knows it.
fn readable(wire: &Wire) -> Result<()> {
    let there = wire.one("SELECT to_regclass('migration') IS NOT NULL", &[])?.is_some_and(|row| row.get(0));
    let found = if there { newest(wire)? } else { 0 };
    let known = known();
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    if found < known {
        return Err(StoreError::ReadOnly("it is a replica without a queue of this version".into()));
    }
    Ok(())
}

fn newest(wire: &Wire) -> Result<i64> {
    Ok(wire.one("SELECT coalesce(max(version), 0) FROM migration", &[])?.map_or(0, |row| row.get(0)))
}

fn known() -> i64 {
    i64::try_from(MIGRATIONS.len()).expect("a handful of migrations")
}

fn migrate_locked(wire: &Wire) -> Result<()> {
    wire.one("SELECT pg_advisory_xact_lock($1)::text", &[&STARTING])?;
    wire.plainly(
        "SET LOCAL client_min_messages = warning;
         CREATE TABLE IF NOT EXISTS migration (version bigint PRIMARY KEY, name text NOT NULL, checksum text NOT NULL)",
    )?;
    let (found, known) = (newest(wire)?, known());
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    for (at, (name, sql)) in MIGRATIONS.iter().enumerate() {
        let number = i64::try_from(at + 1).expect("a handful of migrations");
        if number > found {
            wire.plainly(sql)?;
            wire.one("INSERT INTO migration VALUES ($1, $2, $3) RETURNING 1", &[&number, name, &checksum(sql)])?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::postgres::{Options, PostgresStore};
    use crate::wellbeing::clock::TurnedClock;
    use std::sync::Arc;

    #[test]
    fn shipped_migrations_are_never_edited() {
        let sums: Vec<String> = MIGRATIONS.iter().map(|(_, sql)| checksum(sql)[..16].to_owned()).collect();
        assert_eq!(
            sums,
            ["110d52a10ffd954a", "aa02808b9fb8d30d", "956b3ee9165f667d", "358f034ad9d39942", "945bbf08b5d5e946"]
        );
    }

    fn mode(url: &str) -> SslMode {
        address(url).expect("an address").config.get_ssl_mode()
    }

    #[test]
    fn a_line_that_leaves_this_machine_is_encrypted_where_it_can_be() {
        assert_eq!(mode("postgres://ines@db.example/queue?options=-csearch_path%3Dteam"), SslMode::Prefer);
        assert_eq!(mode("postgres://ines@10.0.0.7/queue"), SslMode::Prefer);
        for here in ["localhost", "127.0.0.1", "[::1]", "%2Frun%2Fpostgresql"] {
            assert_eq!(mode(&format!("postgres://ines@{here}/queue")), SslMode::Disable, "{here}");
        }
        assert_eq!(mode("postgres://ines:what?@localhost/queue?sslmode=require"), SslMode::Require);
        assert_eq!(mode("postgres://ines@db/queue?sslmode=disable&connect_timeout=3"), SslMode::Disable);
    }

    #[test]
    fn an_address_that_asks_for_more_than_can_be_had_is_refused_rather_than_answered_in_the_clear() {
        let wrong = |url: &str| matches!(address(url), Err(StoreError::Invalid(_)));
        assert!(wrong("postgres://ines@db/queue?sslmode=verify"));
        assert!(wrong("postgres://ines@db/queue?sslmode=verify-full&sslrootcert=%2Fno%2Fsuch%2Ffile"));
        assert!(wrong("postgres://ines@db/queue?sslmode=%ZZ"));
        assert!(wrong("mysql://db"));
        assert_eq!(decoded("%2Fetc%2Fca.pem"), Ok("/etc/ca.pem".into()));
    }

    #[tokio::test]
    async fn a_database_that_did_not_answer_was_called_busy() {
        let at = "postgres://nobody@127.0.0.1:1/queue";
        let clock = TurnedClock::at("2026-11-22T08:00:00Z".parse().expect("a moment"));
        let refused = PostgresStore::connect(at, Options::new(Arc::new(clock)));
        let error = refused.await.err().expect("nobody is there");
        assert!(matches!(&error, StoreError::Unreachable(why) if why.contains("refused")), "{error}");
        assert!(!error.is_permanent(), "it may be starting");
    }
}
