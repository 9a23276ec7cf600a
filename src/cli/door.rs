//! The house as commands reach it: this machine's queue, a team's database, or a team's server.

use super::args::{DeskArgs, Globals};
use super::house::{self, House};
use super::remote::{self, RemoteError};
use crate::config::Config;
use crate::desk::LineError;
use crate::moderation::deadline::PauseReason;
use crate::moderation::filter::Filter;
use crate::moderation::floor::Step;
use crate::moderation::queue::QueueStats;
use crate::moderation::{Client, Notice, NoticeState, Queue, Role};
use crate::store::Again;
use crate::store::listing::Listing;
use crate::team::api::{clients, listing, queues};
use crate::team::client::Calls;
use crate::words::Lang;
use anyhow::bail;
use jiff::Timestamp;
use tokio::runtime::Runtime;

/// How many items are looked at in one call, so that memory does not grow with the queue.
const PAGE: u32 = 2_000;

/// Where a command does its work.
pub enum Door {
    /// A queue that is open here.
    Here(Box<House>),
    /// A team's server.
    There(Box<There>),
}

/// A server and who asks there.
pub struct There {
    calls: Calls,
    runtime: Runtime,
    config: Config,
}

impl There {
    /// Waits for the answer of a call.
    pub fn ask<T>(&self, call: impl Future<Output = Result<T, LineError>>) -> anyhow::Result<T> {
        self.runtime.block_on(call).map_err(RemoteError::of)
    }

    /// The calls.
    pub fn calls(&self) -> &Calls {
        &self.calls
    }

    /// What was settled from files, environment and command line.
    pub fn config(&self) -> &Config {
        &self.config
    }
}

impl Door {
    /// Where `globals` say.
    pub fn open(globals: &Globals) -> anyhow::Result<Self> {
        if globals.server.is_none() {
            return Ok(Self::Here(Box::new(House::open(globals)?)));
        }
        let config = house::config(globals, &DeskArgs::default())?;
        Ok(Self::There(Box::new(There { calls: remote::calls(globals)?, runtime: remote::runtime()?, config })))
    }

    /// The language of what is written.
    pub fn lang(&self) -> Lang {
        match self {
            Self::Here(house) => house.config.lang.value,
            Self::There(there) => there.config.lang.value,
        }
    }

    /// Now, by the queue's clock; on a server's by this machine's, which only words about moments hang on.
    pub fn now(&self) -> Timestamp {
        match self {
            Self::Here(house) => house.now(),
            Self::There(_) => Timestamp::now(),
        }
    }

    /// The queues.
    pub fn queues(&self) -> anyhow::Result<Vec<Queue>> {
        match self {
            Self::Here(house) => Ok(house.block(house.store.queues())?),
            Self::There(there) => there.ask(there.calls.queues()),
        }
    }

    /// Makes or changes a queue. What this machine's file names is not changed beside it.
    pub fn set_queue(&self, kept: Queue, change: queues::Change, said: &[&str]) -> anyhow::Result<()> {
        match self {
            Self::Here(house) => {
                house.refuse_what_the_file_names("queues", &kept.name, said)?;
                let queue = change.over(kept)?;
                Ok(house.block(house.store.set_queue(&queue, &house.me()))?)
            }
            Self::There(there) => there.ask(there.calls.set_queue(&kept.name, &change)).map(drop),
        }
    }

    /// Figures, a row a queue.
    pub fn stats(&self) -> anyhow::Result<Vec<QueueStats>> {
        match self {
            Self::Here(house) => Ok(house.block(house.store.stats(true))?),
            Self::There(there) => Ok(there.ask(there.calls.stats())?.queues),
        }
    }

    /// A part of what stands in a queue and passes a filter.
    pub fn listing(&self, queue: &str, filter: &Filter, all: bool, after: i64) -> anyhow::Result<listing::Answer> {
        match self {
            Self::Here(house) => {
                let wanted = Listing { queue: queue.to_owned(), all, after, limit: PAGE };
                let page = house.block(house.store.items(&wanted))?;
                let (now, looked) = (house.now(), page.len() as u64);
                let next_after = page.last().map(|last| last.place);
                let items = page.into_iter().filter(|listed| listed.passes(filter, now)).map(|listed| listing::Row {
                    item: listed.item,
                    state: listed.state.to_owned(),
                    round: listed.round,
                    level: listed.level,
                    due_at: listed.due_at,
                });
                Ok(listing::Answer { items: items.collect(), looked, next_after })
            }
            Self::There(there) => {
                let asked = listing::Query { filter: filter.to_string(), all, after, limit: None };
                there.ask(there.calls.listing(queue, &asked))
            }
        }
    }

    /// Moves an item to another queue.
    pub fn move_item(&self, item: &str, to: &str) -> anyhow::Result<()> {
        match self {
            Self::Here(house) => {
                let step = Step::Move { to: to.to_owned() };
                house.block(house.store.step_in(&house.me(), item, &step))?;
                Ok(())
            }
            Self::There(there) => there.ask(there.calls.move_item(item, to)).map(drop),
        }
    }

    /// Stops the clock of an item's deadline, or lets it go on; by when it is due now.
    pub fn pause_deadline(&self, item: &str, reason: Option<PauseReason>) -> anyhow::Result<Option<Timestamp>> {
        match self {
            Self::Here(house) => Ok(house.block(house.store.pause_deadline(item, reason, &house.me()))?),
            Self::There(there) => there.ask(there.calls.pause_deadline(item, reason)),
        }
    }

    /// Withdraws items; answers those that were there.
    pub fn withdraw(&self, items: &[String]) -> anyhow::Result<Vec<String>> {
        match self {
            Self::Here(house) => Ok(house.block(house.store.withdraw(items, &house.me()))?),
            Self::There(there) => {
                let mut withdrawn = Vec::new();
                for item in items {
                    if there.ask(there.calls.withdraw(item))? {
                        withdrawn.push(item.clone());
                    }
                }
                Ok(withdrawn)
            }
        }
    }

    /// Gives back what a queue's moderators passed, else what was escalated from it; how many items.
    pub fn give_back(&self, queue: &str, passed: bool) -> anyhow::Result<u64> {
        match self {
            Self::Here(house) => Ok(house.block(house.store.release_queue(queue, passed, &house.me()))?),
            Self::There(there) => there.ask(there.calls.give_back(queue, passed)),
        }
    }

    /// Erases everything of an author: how many of their items, and in how many others they were mentioned.
    pub fn erase_author(&self, author: &str) -> anyhow::Result<(u64, u64)> {
        match self {
            Self::Here(house) => {
                let erased = house.block(house.store.erase_author(author, &house.me()))?;
                Ok((erased.items, erased.mentions))
            }
            Self::There(there) => {
                let erased = there.ask(there.calls.erase_author(author))?;
                Ok((erased.items, erased.mentions))
            }
        }
    }

    /// Lets go what clients do not want kept any longer; how many items, and of how many only the media.
    pub fn expire(&self) -> anyhow::Result<(u64, u64)> {
        let there = match self {
            Self::Here(house) => return house.expire(u64::MAX),
            Self::There(there) => there,
        };
        let (mut items, mut media) = (0, 0);
        loop {
            let expired = there.ask(there.calls.expire())?;
            items += expired.items;
            media += expired.media;
            if !expired.more {
                return Ok((items, media));
            }
        }
    }

    /// The clients.
    pub fn clients(&self) -> anyhow::Result<Vec<Client>> {
        match self {
            Self::Here(house) => Ok(house.block(house.store.clients())?),
            Self::There(there) => there.ask(there.calls.clients()),
        }
    }

    /// Makes or changes a client. What this machine's file names is not changed beside it.
    pub fn set_client(&self, kept: Client, change: clients::Change, said: &[&str]) -> anyhow::Result<()> {
        match self {
            Self::Here(house) => {
                house.refuse_what_the_file_names("clients", &kept.name, said)?;
                let version = |client: &Client| house::policies_of(client).map(|policies| policies.version);
                let client = change.over(kept.clone());
                let before = version(&kept)?;
                if client.policies != kept.policies && version(&client)? == before {
                    bail!("the policies are others and their version is still {before}; raise it in the file");
                }
                Ok(house.block(house.store.set_client(&client, &house.me()))?)
            }
            Self::There(there) => there.ask(there.calls.set_client(&kept.name, &change)).map(drop),
        }
    }

    /// The version of the policies that decisions record for each client; absent where its file does not load.
    pub fn versions(&self, clients: &[Client]) -> anyhow::Result<Vec<Option<String>>> {
        match self {
            Self::Here(house) => {
                let version = |client: &Client| house.policies(&client.name).ok().map(|policies| policies.version);
                Ok(clients.iter().map(version).collect())
            }
            Self::There(there) => {
                let known = there.ask(there.calls.policies())?;
                let version = |client: &Client| known.get(&client.name).map(|policies| policies.version.clone());
                Ok(clients.iter().map(version).collect())
            }
        }
    }

    /// Brings back what an older version of a client's policies decided, a part at a time.
    pub fn again(&self, client: &str, version: &str, after: u64) -> anyhow::Result<Again> {
        match self {
            Self::Here(house) => Ok(house.block(house.store.look_again(client, version, after, &house.me()))?),
            Self::There(there) => {
                let found = there.ask(there.calls.again(client, version, after))?;
                Ok(Again { queue: found.queue, items: found.items, next_after: found.next_after })
            }
        }
    }

    /// Sends a notice.
    pub fn notify(&self, notice: &Notice) -> anyhow::Result<()> {
        match self {
            Self::Here(house) => Ok(house.block(house.store.notify(&house.me(), notice))?),
            Self::There(there) => there.ask(there.calls.notify(notice)),
        }
    }

    /// Notices with who has read them, as any supervisor sees them; on a queue where nobody is one yet there is nobody
    /// to read any either.
    pub fn notices(&self) -> anyhow::Result<Vec<NoticeState>> {
        let mut notices = match self {
            Self::Here(house) => {
                let people = house.block(house.store.people())?;
                let Some(eyes) = people.iter().find(|person| person.enabled && person.may(Role::Supervisor)) else {
                    return Ok(Vec::new());
                };
                house.block(house.store.messages(&eyes.name))?.notices
            }
            Self::There(there) => there.ask(there.calls.messages())?.notices,
        };
        // Whose eyes these are is nobody's business.
        notices.iter_mut().for_each(|notice| (notice.for_me, notice.read_at) = (false, None));
        Ok(notices)
    }
}
