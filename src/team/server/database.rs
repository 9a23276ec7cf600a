//! From the address of a database to the store behind it.

use crate::config::policies;
use crate::moderation::Client;
use crate::moderation::policy::Policies;
use crate::store::judge::PoliciesOf;
use crate::store::postgres::PostgresStore;
use crate::store::sqlite::{Options, SqliteStore};
use crate::store::{SharedStore, StoreError};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// Why there is no store.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// Not an address of a database that this program knows.
    #[error("{0} is no database that moddesk knows; give postgres://user@host/name or sqlite:///path/to/queue.sqlite")]
    Scheme(String),
    /// The folder of the file cannot be made.
    #[error("the folder of the database cannot be made ({0}); check who owns the one above it")]
    Folder(std::io::Error),
    /// The store itself says no.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Opens, creating and migrating where needed.
///
/// # Errors
/// Where the address is none, or the store cannot be opened.
pub async fn open_database(url: &str, options: Options) -> Result<SharedStore, DatabaseError> {
    match url.split_once("://") {
        Some(("sqlite", path)) if !path.is_empty() => {
            let path = Path::new(path);
            if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                std::fs::create_dir_all(folder).map_err(DatabaseError::Folder)?;
            }
            Ok(Arc::new(SqliteStore::open_file(path, options)?))
        }
        Some(("postgres" | "postgresql", place)) if !place.is_empty() => {
            Ok(Arc::new(PostgresStore::connect(url, options).await?))
        }
        _ => Err(DatabaseError::Scheme(without_password(url))),
    }
}

/// An address as it may be shown: what stands before an `@` may be a password.
fn without_password(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
    let shown: String = place.chars().filter(|c| !c.is_control()).take(200).collect();
    if scheme.is_empty() { shown } else { format!("{scheme}://{shown}") }
}

/// The policies of clients as the store has them; a file is read once for each of its texts. One that does not load
/// leaves the built-in ones in force: it was refused when it was set.
pub fn policies_of() -> PoliciesOf {
    let known: Mutex<HashMap<String, (String, Arc<Policies>)>> = Mutex::default();
    let built_in = Arc::new(policies::built_in().clone());
    Arc::new(move |client: &Client| {
        let Some(text) = &client.policies else { return Some(Arc::clone(&built_in)) };
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((before, found)) = known.get(&client.name)
            && before == text
        {
            return Some(Arc::clone(found));
        }
        let found = policies::of_client(client).map_or_else(|_| Arc::clone(&built_in), Arc::new);
        known.insert(client.name.clone(), (text.clone(), Arc::clone(&found)));
        Some(found)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(without_password("mysql://root:secret@db/queue"), "mysql://db/queue");
        assert_eq!(without_password("secret@db"), "db");
    }
}
