//! A picture that is open.

use crate::desk::NoPicture;
use crate::desk::picture::{Picture, Step};
use std::sync::Arc;
use std::time::Duration;

/// A picture of the item on screen, as far as it is open. There is one at most, and it goes with what covers it.
#[derive(Clone, Debug)]
pub struct Peek {
    /// Its place among the item's media.
    pub at: usize,
    /// How much of it is asked for.
    pub step: Step,
    /// What of it is here; while the next step comes, that of the step before.
    pub picture: Option<Arc<Picture>>,
    /// Whether it is on its way.
    pub waits: bool,
    /// Why it is not shown.
    pub not: Option<NoPicture>,
    /// When this step was asked for.
    pub since: Duration,
    /// When it covers itself; `None` until the next item.
    pub until: Option<Duration>,
}
