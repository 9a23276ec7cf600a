//! The engines that the story is told to, and what a test may do to one behind the trait's back.
//!
//! To add an engine: implement [`Engine`] and [`Place`] here, and give it its module in both arms of [`every_engine!`]; nothing else in
//! this folder names an engine. For PostgreSQL the conventions are: `MODDESK_TEST_DATABASE_URL` names a database in
//! which every place makes a schema of its own and drops it at the end; without it, a cluster is started where
//! PostgreSQL's programs are installed, once a test run; where there are none, its stories say so on stderr and pass,
//! unless `MODDESK_TEST_POSTGRES=required`, with which they fail.

use crate::house::Fresh;
use async_trait::async_trait;
use moddesk::store::SharedStore;
use moddesk::store::judge::PoliciesOf;
use moddesk::store::sqlite::{FILE, Options, SqliteStore};
use moddesk::wellbeing::Rules;
use moddesk::wellbeing::clock::TurnedClock;
use std::sync::Arc;
use std::time::Duration;

/// What a store is opened with, whatever the engine.
#[derive(Clone)]
pub struct Setting {
    /// The queue's clock, turned by the story.
    pub clock: TurnedClock,
    /// The wellbeing rules that every claim is held to.
    pub rules: Rules,
    /// The policies in force for a client.
    pub policies: PoliciesOf,
    /// How long a shift is planned where sign-in does not say.
    pub shift: Duration,
}

/// A kind of store.
#[async_trait]
pub trait Engine: Sync {
    /// Room for one queue, empty, and gone when it is dropped.
    async fn place(&self) -> Box<dyn Place>;
}

/// Where one queue is kept. It outlives the stores opened on it.
#[async_trait]
pub trait Place: Send + Sync {
    /// Opens the queue, making it the first time. Two may be open at once, as two processes would.
    async fn open(&self, setting: &Setting) -> SharedStore;
    /// Everything the engine has written and not overwritten, log files included; `None` where nobody can look.
    fn bytes(&self) -> Option<Vec<u8>>;
    /// Changes one word of an audit entry, as somebody with access to the files would.
    async fn forge(&self, audit: u64);
}

/// SQLite in a folder of its own.
pub struct Sqlite;

#[async_trait]
impl Engine for Sqlite {
    async fn place(&self) -> Box<dyn Place> {
        Box::new(Folder(tempfile::tempdir().expect("a folder for the queue")))
    }
}

struct Folder(tempfile::TempDir);

#[async_trait]
impl Place for Folder {
    async fn open(&self, setting: &Setting) -> SharedStore {
        let options = Options {
            rules: Arc::new(setting.rules.clone()),
            policies: setting.policies.clone(),
            shift: setting.shift,
            ..Options::new(Arc::new(setting.clock.clone()))
        };
        Arc::new(SqliteStore::open(self.0.path(), options).expect("the queue opens"))
    }

    fn bytes(&self) -> Option<Vec<u8>> {
        let mut all = Vec::new();
        let mut folders = vec![self.0.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for file in std::fs::read_dir(folder).expect("the queue's folder") {
                let path = file.expect("a file of the queue").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.is_file() {
                    all.extend(std::fs::read(path).expect("a file of the queue can be read"));
                }
            }
        }
        Some(all)
    }

    async fn forge(&self, audit: u64) {
        let conn = rusqlite::Connection::open(self.0.path().join(FILE)).expect("the queue's file");
        let changed = conn
            .execute("UPDATE log SET subject = subject || 'x' WHERE audit = ?1", [audit])
            .expect("an entry can be forged");
        assert_eq!(changed, 1, "there is an entry {audit} to forge");
    }
}

/// Tells one story to one engine.
pub fn tell(engine: &dyn Engine, story: impl AsyncFnOnce(Fresh)) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async { story(Fresh::new(engine.place().await)).await });
}

/// Makes a test of each story for each engine; after `engine:`, of what takes an engine and tells many.
macro_rules! every_engine {
    (engine: $($story:ident),* $(,)?) => {
        mod postgres {
            $(
                #[test]
                fn $story() {
                    if let Some(engine) = $crate::cluster::engine() {
                        super::$story(engine);
                    }
                }
            )*
        }
        mod sqlite {
            $(
                #[test]
                fn $story() {
                    super::$story(&$crate::engines::Sqlite);
                }
            )*
        }
    };
    ($($story:ident),* $(,)?) => {
        mod postgres {
            $(
                #[test]
                fn $story() {
                    if let Some(engine) = $crate::cluster::engine() {
                        $crate::engines::tell(engine, super::$story);
                    }
                }
            )*
        }
        mod sqlite {
            $(
                #[test]
                fn $story() {
                    $crate::engines::tell(&$crate::engines::Sqlite, super::$story);
                }
            )*
        }
    };
}
pub(crate) use every_engine;
