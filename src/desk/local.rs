//! The line to a queue in the same process.

use super::{Line, LineError};
use crate::moderation::alert::AlertState;
use crate::moderation::author::AuthorFigures;
use crate::moderation::doubt::{Answer, Seeking};
use crate::moderation::group::Thread;
use crate::moderation::mine::Mine;
use crate::moderation::policy::Policies;
use crate::moderation::shift::{Handover, ShiftState};
use crate::moderation::{
    Alert, By, Claim, Claimed, Client, Decision, Doubt, DoubtState, Exposure, Group, Messages, Pass, Precedent, Queue,
    Recorded, Refusal, Sight,
};
use crate::store::{Decided, HistoryEntry, Kept, Renewed, Reverse, SharedStore, StoreError};
use async_trait::async_trait;
use jiff::Timestamp;
use std::sync::Arc;
use uuid::Uuid;

/// Resolves a client's policies: the built-in ones with the client's own laid over.
pub type PoliciesOf = Arc<dyn Fn(&Client) -> Policies + Send + Sync>;

/// A [`Line`] straight to a store.
pub struct Local {
    store: SharedStore,
    who: String,
    backend: String,
    policies: PoliciesOf,
}

impl Local {
    /// `backend` must stay the same for the same queue and differ for every other: the canonical path of its file.
    pub fn new(store: SharedStore, who: impl Into<String>, backend: impl Into<String>, policies: PoliciesOf) -> Self {
        Self { store, who: who.into(), backend: backend.into(), policies }
    }

    pub(super) fn store(&self) -> &SharedStore {
        &self.store
    }

    pub(super) fn me(&self) -> &str {
        &self.who
    }
}

impl From<StoreError> for LineError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy | StoreError::Unreachable(_) => Self::Wait(1),
            StoreError::TakenOver(desk) => Self::TakenOver(desk),
            // Somebody can free space or mend the disk while the desk is open: what is held waits in the journal.
            StoreError::Full | StoreError::ReadOnly(_) | StoreError::Engine(_) => Self::Down(error.to_string()),
            _ => Self::Refused(error.to_string()),
        }
    }
}

#[async_trait]
impl Line for Local {
    fn who(&self) -> &str {
        &self.who
    }

    fn backend(&self) -> &str {
        &self.backend
    }

    async fn claim(&self, claim: &Claim) -> Result<Claimed, LineError> {
        Ok(self.store.claim(&self.who, claim).await?)
    }

    async fn renew(&self, desk: &str, items: &[String]) -> Result<Renewed, LineError> {
        Ok(self.store.renew(&self.who, Some(desk), items).await?)
    }

    async fn release(&self, items: &[Sight]) -> Result<Vec<Refusal>, LineError> {
        Ok(self.store.release(&self.who, items).await?)
    }

    async fn decide(&self, decisions: &[Decision], claim: Option<&Claim>) -> Result<Decided, LineError> {
        Ok(self.store.decide(&self.who, decisions, claim).await?)
    }

    async fn reverse(&self, decision: Uuid, reverse: &Reverse) -> Result<Recorded, LineError> {
        Ok(self.store.reverse(&self.who, decision, reverse).await?)
    }

    async fn pass(&self, passes: &[Pass]) -> Result<Vec<Refusal>, LineError> {
        Ok(self.store.pass(&self.who, passes).await?)
    }

    async fn expose(&self, exposures: &[Exposure]) -> Result<(), LineError> {
        Ok(self.store.expose(&self.who, exposures).await?)
    }

    async fn start_shift(&self, ends_at: Option<Timestamp>) -> Result<ShiftState, LineError> {
        Ok(self.store.start_shift(&self.who, ends_at).await?)
    }

    async fn end_shift(&self, notes: &[Handover]) -> Result<(), LineError> {
        Ok(self.store.end_shift(&self.who, notes).await?)
    }

    async fn shift(&self) -> Result<ShiftState, LineError> {
        Ok(self.store.shift(&self.who).await?)
    }

    async fn begin_break(&self, said: Option<&str>) -> Result<ShiftState, LineError> {
        Ok(self.store.begin_break(&self.who, said).await?)
    }

    async fn end_break(&self) -> Result<ShiftState, LineError> {
        Ok(self.store.end_break(&self.who).await?)
    }

    async fn agree_graphic(&self) -> Result<ShiftState, LineError> {
        Ok(self.store.agree_graphic(&self.who).await?)
    }

    async fn alert(&self, alert: &Alert) -> Result<AlertState, LineError> {
        Ok(self.store.alert(&self.who, alert).await?)
    }

    async fn alerts(&self) -> Result<Vec<AlertState>, LineError> {
        Ok(self.store.alerts(&self.who).await?)
    }

    async fn doubt(&self, doubt: &Doubt) -> Result<DoubtState, LineError> {
        Ok(self.store.doubt(&self.who, doubt).await?)
    }

    async fn answer(&self, doubt: Uuid, answer: &Answer) -> Result<DoubtState, LineError> {
        Ok(self.store.answer(&self.who, doubt, answer).await?)
    }

    async fn keep_precedent(&self, doubt: Uuid, keep: bool) -> Result<DoubtState, LineError> {
        Ok(self.store.keep_precedent(&self.who, doubt, keep).await?)
    }

    async fn precedents(&self, seeking: &Seeking) -> Result<Vec<Precedent>, LineError> {
        Ok(self.store.precedents(&self.who, seeking).await?)
    }

    async fn messages(&self) -> Result<Messages, LineError> {
        Ok(self.store.messages(&self.who).await?)
    }

    async fn confirm(&self, messages: &[Uuid]) -> Result<(), LineError> {
        Ok(self.store.confirm(&self.who, messages).await?)
    }

    async fn clients(&self) -> Result<Vec<Client>, LineError> {
        Ok(self.store.clients().await?)
    }

    async fn policies(&self, client: &str) -> Result<Policies, LineError> {
        let clients = self.store.clients().await?;
        let found = clients.into_iter().find(|one| one.name == client);
        let client = found.unwrap_or_else(|| Client { name: client.to_owned(), ..Client::default() });
        Ok((self.policies)(&client))
    }

    async fn queues(&self) -> Result<Vec<Queue>, LineError> {
        Ok(self.store.queues().await?)
    }

    async fn item(&self, id: &str) -> Result<Kept, LineError> {
        Ok(self.store.item(id).await?)
    }

    async fn history(&self, item: &str) -> Result<Vec<HistoryEntry>, LineError> {
        Ok(self.store.history(item).await?)
    }

    async fn author(&self, id: &str) -> Result<AuthorFigures, LineError> {
        Ok(self.store.author_for(&self.who, id).await?)
    }

    async fn groups(&self, item: &str, by: Option<By>) -> Result<Vec<Group>, LineError> {
        Ok(self.store.groups(&self.who, item, by).await?)
    }

    async fn thread(&self, item: &str) -> Result<Thread, LineError> {
        Ok(self.store.thread(&self.who, item).await?)
    }

    async fn opt_outs(&self, change: Option<&[String]>) -> Result<Vec<String>, LineError> {
        Ok(self.store.opt_outs(&self.who, change).await?)
    }

    async fn mine(&self) -> Result<Mine, LineError> {
        Ok(self.store.mine(&self.who).await?)
    }

    async fn picture(&self, item: &str, hash: &str) -> Result<Option<Vec<u8>>, LineError> {
        Ok(self.store.picture(item, hash).await?)
    }

    fn rings(&self) -> tokio::sync::watch::Receiver<u64> {
        self.store.rings()
    }
}
