//! Everything a command needs, opened: configuration, clock, queue, policies.

use super::args::{DeskArgs, Globals};
use crate::config::{Config, ConfigError, Environment, Paths, Typed, policies};
use crate::desk::SystemClock;
use crate::moderation::policy::Policies;
use crate::moderation::{Client, Person, Role};
use crate::store::sqlite::{Options, SqliteStore};
use crate::store::{SharedStore, StoreError};
use crate::wellbeing::{Clock, Rules};
use anyhow::{Context, bail};
use jiff::Timestamp;
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tokio::runtime::{Builder, Runtime};

/// The embedded queue with all that belongs to it.
pub struct House {
    /// What was settled from files, environment and command line.
    pub config: Config,
    /// The queue.
    pub store: SharedStore,
    /// The queue's clock.
    pub clock: Arc<dyn Clock>,
    /// Where the queue's file lies.
    pub folder: PathBuf,
    runtime: Runtime,
    resolved: RefCell<HashMap<String, Policies>>,
}

/// What a writer of many random ids remembers; a desk makes do with far less.
const IMPORT_CACHE_KIB: u32 = 32 * 1024;
const CACHE_KIB: u32 = 512;
/// Items let go in one transaction, and at most at a start.
const EXPIRED_AT_ONCE: u32 = 500;
const AT_START: u64 = 500;

impl House {
    /// Opens the configured queue.
    pub fn open(globals: &Globals) -> anyhow::Result<Self> {
        Self::of(globals, CACHE_KIB)
    }

    /// The same, for taking many items in.
    pub fn open_to_import(globals: &Globals) -> anyhow::Result<Self> {
        Self::of(globals, IMPORT_CACHE_KIB)
    }

    /// Opens the queue of a settled configuration.
    pub fn open_desk(config: Config) -> anyhow::Result<Self> {
        Self::with(config, CACHE_KIB)
    }

    fn of(globals: &Globals, cache_kib: u32) -> anyhow::Result<Self> {
        let config = config(globals, &DeskArgs::default())?;
        if globals.server.is_some() {
            bail!("this command does not work with --server; use --database, or leave it out for this machine's queue");
        }
        match &globals.database {
            None => Self::with(config, cache_kib),
            Some(url) => Self::on_database(config, url),
        }
    }

    /// Straight on a team's database, where only what the store has counts: the file's clients and queues stay out.
    fn on_database(config: Config, url: &str) -> anyhow::Result<Self> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let rules = Arc::new(config.wellbeing.value.clone());
        let options = Options {
            alike: f64::from(config.desk.alike.value) / 100.0,
            ..crate::team::server::options(rules, config.desk.shift.value, Arc::clone(&clock))
        };
        let runtime = Builder::new_current_thread().enable_all().build().context("cannot start the runtime")?;
        let store = runtime.block_on(crate::team::server::open_database(url, options))?;
        let folder = config.paths().data_dir;
        Ok(Self { config, store, clock, folder, runtime, resolved: RefCell::default() })
    }

    fn with(config: Config, cache_kib: u32) -> anyhow::Result<Self> {
        let paths = config.paths();
        make(&paths)?;
        let rules = config.wellbeing.value.clone();
        let house = Self::at(config, &paths.data_dir, rules, cache_kib)?;
        house.apply_the_file()?;
        // A little each time, so that no desk waits for it.
        house.expire(AT_START)?;
        Ok(house)
    }

    /// Opens a queue in a folder under these rules, whatever the file says.
    pub fn at(config: Config, folder: &Path, rules: Rules, cache_kib: u32) -> anyhow::Result<Self> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let options = Options {
            rules: Arc::new(rules),
            policies: remembering_policies(),
            shift: config.desk.shift.value,
            cache_kib,
            alike: f64::from(config.desk.alike.value) / 100.0,
            ..Options::new(Arc::clone(&clock))
        };
        let store: SharedStore = Arc::new(SqliteStore::open(folder, options)?);
        let runtime = Builder::new_current_thread().enable_all().build().context("cannot start the runtime")?;
        Ok(Self { config, store, clock, folder: folder.to_owned(), runtime, resolved: RefCell::default() })
    }

    /// Lets go what clients do not want kept any longer; how many items, and of how many only the media.
    pub fn expire(&self, most: u64) -> anyhow::Result<(u64, u64)> {
        let (mut items, mut media) = (0, 0);
        loop {
            let expired = self.block(self.store.expire(EXPIRED_AT_ONCE))?;
            items += expired.items;
            media += expired.media;
            if !expired.more || items + media >= most {
                return Ok((items, media));
            }
        }
    }

    /// Waits for the queue.
    pub fn block<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }

    /// The queue's time.
    pub fn now(&self) -> Timestamp {
        self.clock.now().wall
    }

    /// Who works here, for the audit log.
    pub fn me(&self) -> String {
        self.config.desk.moderator.value.clone()
    }

    /// The language of the screens.
    pub fn lang(&self) -> &'static str {
        self.config.lang.value.code()
    }

    /// The policies in force for a client.
    pub fn policies(&self, client: &str) -> anyhow::Result<Policies> {
        if let Some(policies) = self.resolved.borrow().get(client) {
            return Ok(policies.clone());
        }
        let clients = self.block(self.store.clients())?;
        let found = clients.into_iter().find(|known| known.name == client).ok_or_else(|| StoreError::Unknown {
            what: "client",
            name: client.to_owned(),
            hint: "`moddesk client list` lists them",
        })?;
        let policies = policies_of(&found).with_context(|| format!("the policies of {client} do not load"))?;
        self.resolved.borrow_mut().insert(client.to_owned(), policies.clone());
        Ok(policies)
    }

    /// Makes the moderator of this desk known, with every right: one person alone must be able to do everything.
    pub fn sign_in(&self) -> anyhow::Result<Person> {
        let me = self.me();
        let people = self.block(self.store.people())?;
        match people.into_iter().find(|person| person.name == me) {
            Some(person) if !person.enabled => Err(StoreError::Forbidden(format!(
                "{me} may not sign in; `moddesk moderator set {me} --enabled yes` lets them"
            ))
            .into()),
            Some(person) if !person.may(Role::Moderator) => Err(StoreError::Forbidden(format!(
                "{me} is no moderator; `moddesk moderator set {me} --role moderator` makes them one"
            ))
            .into()),
            Some(person) => Ok(person),
            None => Ok(self.block(self.store.set_person(&Person::with_every_right(&me), "system"))?),
        }
    }

    /// What the file names is not changed beside it: at the next start the file would win again.
    pub fn refuse_what_the_file_names(&self, table: &str, name: &str, keys: &[&str]) -> anyhow::Result<()> {
        for key in keys {
            let place = match table {
                "queues" => self.config.names_queue(name, key),
                _ => self.config.names_client(name, key),
            };
            if let Some(place) = place {
                bail!("{key} of {name} is set in {place}; change it there");
            }
        }
        Ok(())
    }

    /// Applies the file's clients and queues where they differ from what the store has.
    fn apply_the_file(&self) -> anyhow::Result<()> {
        if !self.config.clients.is_empty() {
            let kept = self.block(self.store.clients())?;
            for entry in &self.config.clients {
                let before = kept.iter().find(|client| client.name == entry.name);
                let after = entry.over(before.cloned());
                if before != Some(&after) {
                    self.block(self.store.set_client(&after, "file"))?;
                }
            }
        }
        if !self.config.queues.is_empty() {
            let kept = self.block(self.store.queues())?;
            for entry in &self.config.queues {
                let before = kept.iter().find(|queue| queue.name == entry.name);
                let after = entry.over(before.cloned());
                if before != Some(&after) {
                    self.block(self.store.set_queue(&after, "file"))?;
                }
            }
        }
        Ok(())
    }
}

/// Settles the configuration from what was typed, the environment and the file.
pub fn config(globals: &Globals, desk: &DeskArgs) -> Result<Config, ConfigError> {
    let typed = Typed {
        data_dir: globals.data_dir.clone(),
        config: globals.config.clone(),
        lang: globals.lang.clone(),
        no_color: globals.no_color,
        server: globals.server.clone(),
        token_file: globals.token_file.clone(),
        queues: desk.queues.clone(),
        moderator: desk.moderator.clone(),
        keymap: desk.keymap.clone(),
        theme: desk.theme.clone(),
    };
    Config::load(&typed, &Environment::of_this_process())
}

/// The language of the screens, without opening a queue.
pub fn language(globals: &Globals) -> anyhow::Result<String> {
    Ok(config(globals, &DeskArgs::default())?.lang.value.code().to_owned())
}

fn make(paths: &Paths) -> anyhow::Result<()> {
    paths.make().with_context(|| {
        format!("the data directory {} cannot be made; say another with --data-dir", paths.data_dir.display())
    })
}

/// The built-in policies with a client's own laid over.
pub fn policies_of(client: &Client) -> anyhow::Result<Policies> {
    policies::of_client(client).map_err(|mistakes| {
        let lines: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("{}", lines.join("; "))
    })
}

/// Policies for the store, which asks for them with every decision: resolved once for each text of a client's file.
/// A file that does not load leaves the built-in ones in force; it was refused when it was set.
fn remembering_policies() -> crate::store::judge::PoliciesOf {
    let known: Mutex<HashMap<Option<String>, Arc<Policies>>> = Mutex::default();
    let built_in = Arc::new(policies::built_in().clone());
    Arc::new(move |client: &Client| {
        if client.policies.is_none() {
            return Some(Arc::clone(&built_in));
        }
        let mut known = known.lock().expect("resolving policies does not panic");
        let key = client.policies.as_ref().map(|text| format!("{}\n{text}", client.name));
        let policies = known
            .entry(key)
            .or_insert_with(|| policies::of_client(client).map_or_else(|_| Arc::clone(&built_in), Arc::new));
        Some(Arc::clone(policies))
    })
}
