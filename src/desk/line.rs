//! The queue as one signed-in moderator sees it.

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
use crate::store::{Decided, HistoryEntry, Kept, Renewed, Reverse};
use async_trait::async_trait;
use jiff::Timestamp;
use tokio::sync::watch;
use uuid::Uuid;

/// Why the queue did not answer as asked; told apart by what the desk does next.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// Nobody answers, and nothing was recorded: keep what is unsent and try again later.
    #[error("the queue cannot be reached ({0})")]
    Down(String),
    /// The line broke after the call had left: it may have been recorded. Sending the same ids again is safe,
    /// taking a decision back is not.
    #[error("the line broke before the answer came ({0})")]
    Unsure(String),
    /// It answers, but not now, and nothing was recorded: try again after this many seconds.
    #[error("the queue asks to wait {0} s")]
    Wait(u64),
    /// Signed out or revoked.
    #[error("not signed in ({0}); run `moddesk login`")]
    SignedOut(String),
    /// Another desk of the same moderator took over.
    #[error("another desk has taken over")]
    TakenOver(String),
    /// Asking again cannot help.
    #[error("{0}")]
    Refused(String),
}

impl LineError {
    /// Whether asking again cannot help.
    pub fn is_permanent(&self) -> bool {
        matches!(self, Self::SignedOut(_) | Self::TakenOver(_) | Self::Refused(_))
    }
}

/// What a line far away can tell besides that something concerns this moderator. Counts, so that several are one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// Items may have come.
    pub items: u64,
    /// Clients, policies or queues may have changed.
    pub house: u64,
    /// Figures have changed: what only a supervisor hears.
    pub figures: u64,
    /// Something has come to read.
    pub messages: u64,
    /// The line was dead and is there again.
    pub back: u64,
}

/// Clients, policies and queues, as the queue has them now.
#[derive(Clone, Debug, Default)]
pub struct HouseNow {
    /// The clients this moderator works for.
    pub clients: Vec<Client>,
    /// Their policies, by client.
    pub policies: Vec<(String, Policies)>,
    /// The queues this moderator works.
    pub queues: Vec<Queue>,
}

/// One moderator's line to a queue: the store in this process, or a team's server over HTTP. Both answer alike.
#[async_trait]
pub trait Line: Send + Sync {
    /// Who is signed in.
    fn who(&self) -> &str;
    /// Names the backend, so that a journal entry is sent only to the one it was made for.
    fn backend(&self) -> &str;
    /// See [`crate::store::Store::claim`].
    async fn claim(&self, claim: &Claim) -> Result<Claimed, LineError>;
    /// See [`crate::store::Store::renew`].
    async fn renew(&self, desk: &str, items: &[String]) -> Result<Renewed, LineError>;
    /// See [`crate::store::Store::release`].
    async fn release(&self, items: &[Sight]) -> Result<Vec<Refusal>, LineError>;
    /// See [`crate::store::Store::decide`].
    async fn decide(&self, decisions: &[Decision], claim: Option<&Claim>) -> Result<Decided, LineError>;
    /// See [`crate::store::Store::reverse`].
    async fn reverse(&self, decision: Uuid, reverse: &Reverse) -> Result<Recorded, LineError>;
    /// See [`crate::store::Store::pass`].
    async fn pass(&self, passes: &[Pass]) -> Result<Vec<Refusal>, LineError>;
    /// See [`crate::store::Store::expose`].
    async fn expose(&self, exposures: &[Exposure]) -> Result<(), LineError>;
    /// See [`crate::store::Store::start_shift`].
    async fn start_shift(&self, ends_at: Option<Timestamp>) -> Result<ShiftState, LineError>;
    /// See [`crate::store::Store::end_shift`].
    async fn end_shift(&self, notes: &[Handover]) -> Result<(), LineError>;
    /// See [`crate::store::Store::shift`].
    async fn shift(&self) -> Result<ShiftState, LineError>;
    /// See [`crate::store::Store::begin_break`].
    async fn begin_break(&self, said: Option<&str>) -> Result<ShiftState, LineError>;
    /// See [`crate::store::Store::end_break`].
    async fn end_break(&self) -> Result<ShiftState, LineError>;
    /// See [`crate::store::Store::agree_graphic`].
    async fn agree_graphic(&self) -> Result<ShiftState, LineError>;
    /// See [`crate::store::Store::alert`].
    async fn alert(&self, alert: &Alert) -> Result<AlertState, LineError>;
    /// See [`crate::store::Store::alerts`].
    async fn alerts(&self) -> Result<Vec<AlertState>, LineError>;
    /// See [`crate::store::Store::doubt`].
    async fn doubt(&self, doubt: &Doubt) -> Result<DoubtState, LineError>;
    /// See [`crate::store::Store::answer`].
    async fn answer(&self, doubt: Uuid, answer: &Answer) -> Result<DoubtState, LineError>;
    /// See [`crate::store::Store::keep_precedent`].
    async fn keep_precedent(&self, doubt: Uuid, keep: bool) -> Result<DoubtState, LineError>;
    /// See [`crate::store::Store::precedents`].
    async fn precedents(&self, seeking: &Seeking) -> Result<Vec<Precedent>, LineError>;
    /// See [`crate::store::Store::messages`].
    async fn messages(&self) -> Result<Messages, LineError>;
    /// See [`crate::store::Store::confirm`].
    async fn confirm(&self, messages: &[Uuid]) -> Result<(), LineError>;
    /// The clients this moderator works for, with charters and contacts.
    async fn clients(&self) -> Result<Vec<Client>, LineError>;
    /// The policies in force for a client.
    async fn policies(&self, client: &str) -> Result<Policies, LineError>;
    /// The queues this moderator works.
    async fn queues(&self) -> Result<Vec<Queue>, LineError>;
    /// All of these at once.
    async fn house(&self) -> Result<HouseNow, LineError> {
        let (clients, queues) = (self.clients().await?, self.queues().await?);
        let mut policies = Vec::with_capacity(clients.len());
        for client in &clients {
            policies.push((client.name.clone(), self.policies(&client.name).await?));
        }
        Ok(HouseNow { clients, policies, queues })
    }
    /// One item, for who may see it.
    async fn item(&self, id: &str) -> Result<Kept, LineError>;
    /// What happened to an item leased to me.
    async fn history(&self, item: &str) -> Result<Vec<HistoryEntry>, LineError>;
    /// What the queue knows of the author of an item leased to me.
    async fn author(&self, id: &str) -> Result<AuthorFigures, LineError>;
    /// What belongs with an item leased to me, in every way or in one.
    async fn groups(&self, item: &str, by: Option<By>) -> Result<Vec<Group>, LineError>;
    /// The thread that an item leased to me stands in.
    async fn thread(&self, item: &str) -> Result<Thread, LineError>;
    /// See [`crate::store::Store::opt_outs`].
    async fn opt_outs(&self, _change: Option<&[String]>) -> Result<Vec<String>, LineError> {
        Ok(Vec::new())
    }
    /// See [`crate::store::Store::mine`].
    async fn mine(&self) -> Result<Mine, LineError> {
        Ok(Mine::default())
    }
    /// The bytes of a picture of an item leased to me, where the queue keeps them.
    async fn picture(&self, _item: &str, _hash: &str) -> Result<Option<Vec<u8>>, LineError> {
        Ok(None)
    }
    /// Rings when something changed for this moderator; a hint only.
    fn rings(&self) -> watch::Receiver<u64>;
    /// What else it can tell; `None` where a ring stands for everything, as in the same process.
    fn hints(&self) -> Option<watch::Receiver<Hints>> {
        None
    }
}
