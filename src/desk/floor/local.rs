//! The supervisor's line to a queue in the same process.

use super::FloorLine;
use crate::desk::{LineError, Local};
use crate::moderation::alert::AlertState;
use crate::moderation::filter::Filter;
use crate::moderation::floor::{Findings, FloorNow, Override, Standing, Step};
use crate::moderation::{Notice, Person, Queue, Recorded};
use crate::store::StoreError;
use async_trait::async_trait;
use uuid::Uuid;

impl Local {
    async fn sees_sealed(&self) -> Result<bool, LineError> {
        let people = self.store().people().await?;
        Ok(people.iter().any(|person| person.name == self.me() && person.sealed))
    }
}

#[async_trait]
impl FloorLine for Local {
    async fn floor(&self) -> Result<FloorNow, LineError> {
        let sealed = self.sees_sealed().await?;
        let mut now = self.store().floor(sealed).await?;
        if !sealed {
            now.hide_sealed();
        }
        Ok(now)
    }

    async fn acknowledge(&self, alert: Uuid) -> Result<AlertState, LineError> {
        Ok(self.store().acknowledge(self.me(), alert).await?)
    }

    async fn step_in(&self, item: &str, step: &Step) -> Result<Standing, LineError> {
        Ok(self.store().step_in(self.me(), item, step).await?)
    }

    async fn overrule(&self, asked: &Override) -> Result<Recorded, LineError> {
        Ok(self.store().overrule(self.me(), asked).await?)
    }

    async fn pause(&self, queue: &str, because: Option<&str>) -> Result<(), LineError> {
        let found = self.store().queues().await?.into_iter().find(|one| one.name == queue);
        let found = found.ok_or_else(|| unknown("queue", queue, "`moddesk queue list` lists them"))?;
        let (paused, paused_because) = (because.is_some(), because.map(str::to_owned));
        Ok(self.store().set_queue(&Queue { paused, paused_because, ..found }, self.me()).await?)
    }

    async fn assign(&self, person: &str, queues: &[String]) -> Result<(), LineError> {
        let found = self.store().people().await?.into_iter().find(|one| one.name == person);
        let found = found.ok_or_else(|| unknown("moderator", person, "`moddesk moderator list` lists them"))?;
        self.store().set_person(&Person { queues: queues.to_vec(), ..found }, self.me()).await?;
        Ok(())
    }

    async fn notify(&self, notice: &Notice) -> Result<(), LineError> {
        Ok(self.store().notify(self.me(), notice).await?)
    }

    async fn search(&self, filter: &Filter, before: Option<i64>) -> Result<Findings, LineError> {
        Ok(self.store().search(filter, before).await?)
    }
}

fn unknown(what: &'static str, name: &str, hint: &'static str) -> StoreError {
    StoreError::Unknown { what, name: name.to_owned(), hint }
}
