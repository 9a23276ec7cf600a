//! Why a store did not do what was asked.

/// What a store answers when it cannot do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The disk is full: nothing was recorded, and what was asked can be asked again.
    #[error("the disk is full: nothing was recorded; free some space and try again")]
    Full,
    /// The folder or file may not be written to.
    #[error("the queue cannot be written to ({0}): nothing was recorded; check who owns the data directory")]
    ReadOnly(String),
    /// It is no queue at all.
    #[error("{0} is not a moddesk queue; choose another --data-dir, or move that file away")]
    NotAQueue(String),
    /// Made by a newer moddesk.
    #[error("the queue has version {found}, this moddesk knows {known}; install the newer moddesk")]
    Newer {
        /// The version found.
        found: i64,
        /// The highest known.
        known: i64,
    },
    /// What was named does not exist.
    #[error("there is no {what} {name}; {hint}")]
    Unknown {
        /// queue, item, moderator, decision, client.
        what: &'static str,
        /// Which.
        name: String,
        /// The command that lists them.
        hint: &'static str,
    },
    /// The person may not do this.
    #[error("{0}")]
    Forbidden(String),
    /// What was asked makes no sense as it stands.
    #[error("{0}")]
    Invalid(String),
    /// Another desk of the same moderator has taken over; the answer of a call that has no better place for it.
    #[error("another desk of yours ({0}) has taken over; go on there, or open this one anew")]
    TakenOver(String),
    /// Nobody answers where the database should be, or they do not let this program in.
    #[error("the database cannot be reached ({0}); check its address, and whether it runs")]
    Unreachable(String),
    /// Somebody else has the store for the moment; ask again.
    #[error("the queue is busy; try again")]
    Busy,
    /// Anything else of the engine's.
    #[error("the queue failed: {0}; run `moddesk doctor`")]
    Engine(String),
}

impl StoreError {
    /// Whether asking again cannot help.
    pub fn is_permanent(&self) -> bool {
        !matches!(self, Self::Full | Self::Busy | Self::Unreachable(_))
    }
}

/// The answer, or why not.
pub type Result<T> = std::result::Result<T, StoreError>;
