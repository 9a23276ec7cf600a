//! A setting that remembers where it came from.

use super::sheet::Found;
use std::fmt;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

/// Where a setting came from; what stands lower wins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Nobody said anything.
    Shipped,
    /// The machine: its locale, its user.
    Machine(&'static str),
    /// The configuration file.
    File {
        /// Which.
        file: Arc<PathBuf>,
        /// Counted from 1.
        line: u32,
    },
    /// A variable of the environment.
    Environment(&'static str),
    /// What was typed.
    Typed(&'static str),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shipped => f.write_str("default"),
            Self::Machine(variable) | Self::Environment(variable) => f.write_str(variable),
            Self::File { file, line } => write!(f, "{}:{line}", file.display()),
            Self::Typed(option) => f.write_str(option),
        }
    }
}

/// A value and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Valued<T> {
    /// What counts.
    pub value: T,
    /// Who said so.
    pub source: Source,
}

impl<T> Valued<T> {
    /// As shipped.
    pub fn shipped(value: T) -> Self {
        Self { value, source: Source::Shipped }
    }

    /// What was typed, over anything said before.
    #[must_use]
    pub(crate) fn typed(self, value: Option<T>, option: &'static str) -> Self {
        self.over(value, Source::Typed(option))
    }

    /// What the environment says, over the file.
    #[must_use]
    pub(crate) fn environment(self, value: Option<T>, variable: &'static str) -> Self {
        self.over(value, Source::Environment(variable))
    }

    /// What the file says, over what is shipped.
    #[must_use]
    pub(crate) fn file(self, found: Option<Found<T>>, file: &Arc<PathBuf>) -> Self {
        match found {
            Some(found) => Self { value: found.value, source: Source::File { file: file.clone(), line: found.line } },
            None => self,
        }
    }

    fn over(self, value: Option<T>, source: Source) -> Self {
        match value {
            Some(value) => Self { value, source },
            None => self,
        }
    }
}

impl<T> Deref for Valued<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
