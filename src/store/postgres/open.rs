//! Reaching the database and bringing it up to this program's version; two servers may start at once.

use super::wire::Wire;
use crate::store::audit::checksum;
use crate::store::{Result, StoreError};
use tokio_postgres::Config;

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

/// Reads `postgres://user:password@host:port/database?options=-csearch_path%3Dname`. The password may also come from
/// `PGPASSWORD`. The line to the database is plain: TLS to it is not supported, so it belongs on the same machine, in
/// the same private network, or in a tunnel.
pub(super) fn config(url: &str) -> Result<Config> {
    let mut config: Config = url.parse().map_err(|error: tokio_postgres::Error| {
        let why = std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
        StoreError::Invalid(format!("--database is no postgres:// address ({why}); give postgres://user@host/database"))
    })?;
    if config.get_ssl_mode() == tokio_postgres::config::SslMode::Require {
        return Err(StoreError::Invalid(
            "TLS to the database is not supported; leave sslmode=require out, and reach it on this machine, in a \
             private network or through a tunnel"
                .into(),
        ));
    }
    if config.get_password().is_none()
        && let Ok(password) = std::env::var("PGPASSWORD")
    {
        config.password(password);
    }
    if config.get_application_name().is_none() {
        config.application_name("moddesk");
    }
    Ok(config)
}

/// Makes or brings up the queue, all in one transaction under a lock; whoever comes second finds the work done.
pub(super) fn migrate(wire: &Wire) -> Result<()> {
    wire.plainly("BEGIN")?;
    let done = migrate_locked(wire);
    match done {
        Ok(()) => wire.plainly("COMMIT"),
        Err(error) => {
            let _ = wire.plainly("ROLLBACK");
            Err(error)
        }
    }
}

fn migrate_locked(wire: &Wire) -> Result<()> {
    wire.one("SELECT pg_advisory_xact_lock($1)::text", &[&STARTING])?;
    wire.plainly(
        "SET LOCAL client_min_messages = warning;
         CREATE TABLE IF NOT EXISTS migration (version bigint PRIMARY KEY, name text NOT NULL, checksum text NOT NULL)",
    )?;
    let found = wire.one("SELECT coalesce(max(version), 0) FROM migration", &[])?.map_or(0, |row| row.get::<_, i64>(0));
    let known = i64::try_from(MIGRATIONS.len()).expect("a handful of migrations");
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

    #[test]
    fn shipped_migrations_are_never_edited() {
        let sums: Vec<String> = MIGRATIONS.iter().map(|(_, sql)| checksum(sql)[..16].to_owned()).collect();
        assert_eq!(
            sums,
            ["110d52a10ffd954a", "aa02808b9fb8d30d", "956b3ee9165f667d", "358f034ad9d39942", "945bbf08b5d5e946"]
        );
    }

    #[test]
    fn an_address_that_asks_for_tls_is_refused_rather_than_answered_in_the_clear() {
        assert!(config("postgres://ines@db/queue?options=-csearch_path%3Dteam").is_ok());
        assert!(matches!(config("postgres://ines@db/queue?sslmode=require"), Err(StoreError::Invalid(_))));
        assert!(matches!(config("mysql://db"), Err(StoreError::Invalid(_))));
    }
}
