//! What PostgreSQL says, in the words of the store: told apart by what the caller can do.

use super::tls::Refused;
use crate::store::StoreError;
use tokio_postgres::error::SqlState;

/// Another server was first, or a decision's id is there already: what was tried can be tried again on what is true now.
pub(super) fn is_overtaken(error: &tokio_postgres::Error) -> bool {
    const AGAIN: [&SqlState; 5] = [
        &SqlState::UNIQUE_VIOLATION,
        &SqlState::T_R_SERIALIZATION_FAILURE,
        &SqlState::T_R_DEADLOCK_DETECTED,
        &SqlState::IN_FAILED_SQL_TRANSACTION,
        &SqlState::DIVISION_BY_ZERO,
    ];
    error.code().is_some_and(|code| AGAIN.contains(&code))
}

/// What went wrong before the database said anything, with the reason behind it.
fn in_full(error: &tokio_postgres::Error) -> String {
    match std::error::Error::source(error) {
        Some(why) => format!("{error}: {why}"),
        None => error.to_string(),
    }
}

/// Why no connection came about when it was first tried; later on it is worth waiting.
pub(super) fn unreachable(error: &tokio_postgres::Error) -> StoreError {
    if let Some(refused) = std::error::Error::source(error).and_then(|why| why.downcast_ref::<Refused>()) {
        return StoreError::Invalid(refused.to_string());
    }
    StoreError::Unreachable(error.as_db_error().map_or_else(|| in_full(error), |error| error.message().to_owned()))
}

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        if let Some(refused) = std::error::Error::source(&error).and_then(|why| why.downcast_ref::<Refused>()) {
            return Self::Invalid(refused.to_string());
        }
        let Some(code) = error.code() else {
            // The line is down: what was under way may or may not have been recorded, and asking again tells.
            return match error.is_closed()
                || std::error::Error::source(&error).is_some_and(|e| e.is::<std::io::Error>())
            {
                true => Self::Busy,
                false => Self::Engine(in_full(&error)),
            };
        };
        match *code {
            SqlState::DISK_FULL => Self::Full,
            SqlState::READ_ONLY_SQL_TRANSACTION | SqlState::INSUFFICIENT_PRIVILEGE => {
                Self::ReadOnly(error.as_db_error().map(|error| error.message().to_owned()).unwrap_or_default())
            }
            SqlState::ADMIN_SHUTDOWN
            | SqlState::CRASH_SHUTDOWN
            | SqlState::CANNOT_CONNECT_NOW
            | SqlState::TOO_MANY_CONNECTIONS
            | SqlState::QUERY_CANCELED => Self::Busy,
            _ if is_overtaken(&error) => Self::Busy,
            _ => {
                Self::Engine(error.as_db_error().map_or_else(|| error.to_string(), |error| error.message().to_owned()))
            }
        }
    }
}
