//! The supervisor's line over HTTP: each act as its call.

use super::Remote;
use crate::desk::{FloorLine, LineError};
use crate::moderation::alert::AlertState;
use crate::moderation::filter::Filter;
use crate::moderation::floor::{Findings, FloorNow, Override, Standing, Step};
use crate::moderation::{Notice, Person, Recorded};
use crate::team::api::{self, path};
use async_trait::async_trait;
use uuid::Uuid;

#[async_trait]
impl FloorLine for Remote {
    async fn floor(&self) -> Result<FloorNow, LineError> {
        self.calls.get(api::floor::PATH).await
    }

    async fn acknowledge(&self, alert: Uuid) -> Result<AlertState, LineError> {
        Ok(self.calls.post(&path(api::alerts::ACK, &alert.to_string()), &api::Nothing {}).await?)
    }

    async fn step_in(&self, item: &str, step: &Step) -> Result<Standing, LineError> {
        Ok(match step {
            Step::Priority { priority, due_at } => {
                let asked = api::step::Priority { priority: *priority, due_at: *due_at };
                self.calls.post(&path(api::step::PRIORITY, item), &asked).await?
            }
            Step::Move { to } => {
                self.calls.post(&path(api::step::MOVE, item), &api::step::Move { to: to.clone() }).await?
            }
            Step::Release => self.calls.post(&path(api::step::RELEASE, item), &api::Nothing {}).await?,
        })
    }

    async fn overrule(&self, asked: &Override) -> Result<Recorded, LineError> {
        Ok(self.calls.post(api::overrides::PATH, asked).await?)
    }

    async fn pause(&self, queue: &str, because: Option<&str>) -> Result<(), LineError> {
        // Setting one that is not there would make it: a slip of the pen makes no queue.
        if !self.calls.queues().await?.iter().any(|known| known.name == queue) {
            let name = crate::text::scrub::log(queue);
            return Err(LineError::Refused(format!("there is no queue {name}; `moddesk queue list` lists them")));
        }
        let change = api::queues::Change {
            paused: Some(because.is_some()),
            reason: because.map(str::to_owned),
            ..api::queues::Change::default()
        };
        self.calls.set_queue(queue, &change).await?;
        Ok(())
    }

    async fn assign(&self, person: &str, queues: &[String]) -> Result<(), LineError> {
        let asked = api::moderators::Assign { queues: queues.to_vec() };
        let _: Person = self.calls.post(&path(api::moderators::QUEUES, person), &asked).await?;
        Ok(())
    }

    async fn notify(&self, notice: &Notice) -> Result<(), LineError> {
        self.calls.notify(notice).await
    }

    async fn search(&self, filter: &Filter, before: Option<i64>) -> Result<Findings, LineError> {
        let before = before.map_or_else(String::new, |before| format!("&before={before}"));
        let filter = path("{filter}", &filter.to_string());
        self.calls.get(&format!("{}?filter={filter}{before}", api::search::PATH)).await
    }
}
