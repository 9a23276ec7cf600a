//! The queue as one signed-in supervisor sees it.

use crate::desk::{Line, LineError};
use crate::moderation::alert::AlertState;
use crate::moderation::filter::Filter;
use crate::moderation::floor::{Findings, FloorNow, Override, Standing, Step};
use crate::moderation::{Notice, Recorded};
use async_trait::async_trait;
use uuid::Uuid;

/// What a line carries for a supervisor besides what every [`Line`] does.
#[async_trait]
pub trait FloorLine: Line {
    /// See [`crate::store::Store::floor`].
    async fn floor(&self) -> Result<FloorNow, LineError>;
    /// See [`crate::store::Store::acknowledge`].
    async fn acknowledge(&self, alert: Uuid) -> Result<AlertState, LineError>;
    /// See [`crate::store::Store::step_in`].
    async fn step_in(&self, item: &str, step: &Step) -> Result<Standing, LineError>;
    /// See [`crate::store::Store::overrule`].
    async fn overrule(&self, asked: &Override) -> Result<Recorded, LineError>;
    /// Serves nothing from a queue, or again.
    async fn pause(&self, queue: &str, because: Option<&str>) -> Result<(), LineError>;
    /// Sets the queues that somebody works; none means all.
    async fn assign(&self, person: &str, queues: &[String]) -> Result<(), LineError>;
    /// See [`crate::store::Store::notify`].
    async fn notify(&self, notice: &Notice) -> Result<(), LineError>;
    /// See [`crate::store::Store::search`].
    async fn search(&self, filter: &Filter, before: Option<i64>) -> Result<Findings, LineError>;
}
