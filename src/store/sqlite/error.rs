//! What SQLite says, in the words of the store: told apart by what the caller can do.

use crate::store::StoreError;
use rusqlite::ErrorCode;

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, _) = &error else {
            return Self::Engine(error.to_string());
        };
        match failure.code {
            ErrorCode::DiskFull => Self::Full,
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen => {
                Self::ReadOnly(without_paths(failure))
            }
            ErrorCode::NotADatabase => Self::NotAQueue("the queue file".into()),
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::SystemIoFailure if SHARED_MEMORY.contains(&failure.extended_code) => Self::Full,
            _ => Self::Engine(error.to_string()),
        }
    }
}

/// The log's index lies in shared memory beside the file; the one way in which growing it fails in practice is a
/// disk without room.
const SHARED_MEMORY: [i32; 2] = [rusqlite::ffi::SQLITE_IOERR_SHMSIZE, rusqlite::ffi::SQLITE_IOERR_SHMMAP];

fn without_paths(failure: &rusqlite::ffi::Error) -> String {
    match failure.code {
        ErrorCode::ReadOnly => "it is read-only".into(),
        ErrorCode::PermissionDenied => "permission denied".into(),
        _ => "its file or folder cannot be opened".into(),
    }
}

/// What a folder that cannot be made means.
pub(super) fn of_folder(error: &std::io::Error) -> StoreError {
    match error.raw_os_error() {
        Some(28) | Some(122) => StoreError::Full,
        _ => StoreError::ReadOnly(error.kind().to_string()),
    }
}
