//! The contract's exit codes.

use super::remote::RemoteError;
use crate::config::ConfigError;
use crate::config::secrets::SecretError;
use crate::store::StoreError;
use crate::team::server::{DatabaseError, ServeError};
use std::process::ExitCode;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: done.
    Done,
    /// 1: failed, with the reason on stderr.
    Failed,
    /// 2: the command line was wrong.
    Usage,
    /// 3: done in part; some lines were refused.
    Partly,
    /// 4: a check found something.
    Found,
    /// 5: the server, or a team's database, could not be reached.
    Unreachable,
    /// 6: not signed in, or not allowed.
    NotAllowed,
    /// 129: the line was hung up.
    HungUp,
    /// 130: interrupted.
    Interrupted,
    /// 143: terminated.
    Terminated,
}

impl Exit {
    /// The code for an error that ended a command.
    pub fn of(error: &anyhow::Error) -> Self {
        match store(error) {
            Some(StoreError::Forbidden(_)) => return Self::NotAllowed,
            Some(StoreError::Unreachable(_)) => return Self::Unreachable,
            Some(_) => return Self::Failed,
            None => {}
        }
        match error.downcast_ref::<RemoteError>() {
            Some(RemoteError::Unreachable(_)) => return Self::Unreachable,
            Some(RemoteError::NotAllowed(_)) => return Self::NotAllowed,
            Some(RemoteError::Refused(_)) => return Self::Failed,
            None => {}
        }
        if error.downcast_ref::<SecretError>().is_some() {
            return Self::NotAllowed;
        }
        if error.downcast_ref::<ConfigError>().is_some() { Self::Usage } else { Self::Failed }
    }

    fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Partly => 3,
            Self::Found => 4,
            Self::Unreachable => 5,
            Self::NotAllowed => 6,
            Self::HungUp => 129,
            Self::Interrupted => 130,
            Self::Terminated => 143,
        }
    }
}

/// What the store said, also where it was reached by an address.
fn store(error: &anyhow::Error) -> Option<&StoreError> {
    let by_address = match error.downcast_ref::<ServeError>() {
        Some(ServeError::Database(error)) => Some(error),
        _ => error.downcast_ref::<DatabaseError>(),
    };
    match by_address {
        Some(DatabaseError::Store(error)) => Some(error),
        _ => error.downcast_ref::<StoreError>(),
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
