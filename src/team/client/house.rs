//! How a house is set up and kept, from a prompt far away: queues, clients, items by their ids, and oneself.

use super::call::{Calls, Failed};
use crate::desk::LineError;
use crate::moderation::deadline::PauseReason;
use crate::moderation::floor::Standing;
use crate::moderation::policy::Policies;
use crate::moderation::{Client, Messages, Notice, Queue};
use crate::team::api::{self, path};
use jiff::Timestamp;
use reqwest::{Method, StatusCode};
use serde_json::Value;
use std::collections::BTreeMap;

/// Every call fails where nobody answers, where this token may not ask, and where the server says no.
impl Calls {
    /// The queues.
    pub async fn queues(&self) -> Result<Vec<Queue>, LineError> {
        Ok(self.get::<api::queues::Answer>(api::queues::PATH).await?.queues)
    }

    /// Makes or changes a queue.
    pub async fn set_queue(&self, name: &str, change: &api::queues::Change) -> Result<Queue, LineError> {
        Ok(self.put(&path(api::queues::ONE, name), change).await?)
    }

    /// A part of what stands in a queue.
    pub async fn listing(&self, queue: &str, asked: &api::listing::Query) -> Result<api::listing::Answer, LineError> {
        let api::listing::Query { filter, all, after, limit } = asked;
        let filter = path("{filter}", filter);
        let place = path(api::listing::PATH, queue);
        let limit = limit.map_or_else(String::new, |limit| format!("&limit={limit}"));
        self.get(&format!("{place}?all={all}&after={after}{limit}&filter={filter}")).await
    }

    /// The clients.
    pub async fn clients(&self) -> Result<Vec<Client>, LineError> {
        Ok(self.get::<api::clients::Answer>(api::clients::PATH).await?.clients)
    }

    /// Makes or changes a client; its policies and replies are checked there.
    pub async fn set_client(&self, name: &str, change: &api::clients::Change) -> Result<Client, LineError> {
        Ok(self.put(&path(api::clients::ONE, name), change).await?)
    }

    /// The policies in force, by client.
    pub async fn policies(&self) -> Result<BTreeMap<String, Policies>, LineError> {
        Ok(self.get::<api::policies::Answer>(api::policies::PATH).await?.clients)
    }

    /// Brings back what an older version decided, a part at a time.
    pub async fn again(&self, client: &str, version: &str, after: u64) -> Result<api::again::Answer, LineError> {
        let asked = api::again::Request { version: version.to_owned(), after: Some(after) };
        Ok(self.post(&path(api::again::PATH, client), &asked).await?)
    }

    /// Moves an item to another queue.
    pub async fn move_item(&self, item: &str, to: &str) -> Result<Standing, LineError> {
        Ok(self.post(&path(api::step::MOVE, item), &api::step::Move { to: to.to_owned() }).await?)
    }

    /// Stops the clock of an item's deadline, or lets it go on.
    pub async fn pause_deadline(
        &self,
        item: &str,
        reason: Option<PauseReason>,
    ) -> Result<Option<Timestamp>, LineError> {
        let answer: api::pauses::Answer = match reason {
            Some(reason) => self.post(&path(api::pauses::PATH, item), &api::pauses::Request { reason }).await?,
            None => self.post(&path(api::pauses::RESUME, item), &api::Nothing {}).await?,
        };
        Ok(answer.due_at)
    }

    /// Withdraws an item; `false` where there is none of that id.
    pub async fn withdraw(&self, item: &str) -> Result<bool, LineError> {
        match self.json::<api::withdraw::Answer>(Method::DELETE, &path(api::withdraw::PATH, item), None, true).await {
            Ok(answer) => Ok(!answer.withdrawn.is_empty()),
            Err(Failed::Refused(refused)) if refused.status == StatusCode::NOT_FOUND => Ok(false),
            Err(failed) => Err(failed.into()),
        }
    }

    /// Gives back what a queue's moderators passed, else what was escalated from it; how many items.
    pub async fn give_back(&self, queue: &str, passed: bool) -> Result<u64, LineError> {
        let what = if passed { api::give_back::What::Passed } else { api::give_back::What::Escalated };
        let asked = api::give_back::Request { what };
        let answer: api::give_back::Answer = self.post(&path(api::give_back::PATH, queue), &asked).await?;
        Ok(answer.items)
    }

    /// Erases everything of an author.
    pub async fn erase_author(&self, author: &str) -> Result<api::erase::Answer, LineError> {
        Ok(self.json(Method::DELETE, &path(api::erase::PATH, author), None, true).await?)
    }

    /// Lets go a part of what clients do not want kept any longer.
    pub async fn expire(&self) -> Result<api::erase::Expired, LineError> {
        Ok(self.post(api::erase::EXPIRE, &api::Nothing {}).await?)
    }

    /// Notices and questions, as whoever signs in gets to read them.
    pub async fn messages(&self) -> Result<Messages, LineError> {
        self.get(api::messages::PATH).await
    }

    /// Sends a notice. The same one twice is one.
    pub async fn notify(&self, notice: &Notice) -> Result<(), LineError> {
        let Notice { id, moderator, client, text, confirm } = notice.clone();
        let asked = api::messages::Send { id: Some(id), moderator, client, text, confirm };
        let _: api::messages::Sent = self.post(api::messages::PATH, &asked).await?;
        Ok(())
    }

    /// Who signs in.
    pub async fn me(&self) -> Result<api::me::Answer, LineError> {
        self.get(api::me::PATH).await
    }

    /// Everything that is kept about whoever signs in.
    pub async fn about_me(&self) -> Result<Value, LineError> {
        self.get(api::me::EXPORT).await
    }

    /// Forgets what binds no more; how many finished shifts.
    pub async fn erase_me(&self) -> Result<u64, LineError> {
        let erased: Result<api::me::Erased, Failed> = self.json(Method::DELETE, api::me::PATH, None, true).await;
        Ok(erased?.shifts)
    }

    /// What whoever signs in is not served.
    pub async fn topics(&self) -> Result<Vec<String>, LineError> {
        Ok(self.get::<crate::moderation::mine::Mine>(api::me::PAGE).await?.topics)
    }
}
