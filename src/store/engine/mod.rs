//! What an engine gives, and the one store that every engine becomes.
//!
//! An engine has one writer, which works for a [`Keeper`] and commits, and one reader beside it. What is asked of a
//! store is said once, in `store`; what is read beside the writer is said once as well, in the rooms of the subjects,
//! where each lists the rows that it needs of an engine. What must stay true: an engine holds rows and decides nothing.

mod items;
mod log;
mod people;
mod store;

pub(super) use self::items::{Around, ItemReader};
pub(super) use self::log::{DecisionRow, LogReader, RecordedRow, page};
pub(super) use self::people::{AccessReader, AlertReader, HouseReader, KinReader, OwnReader};
use super::Result;
use super::keeper::floor::Gallery;
use super::keeper::message::Letters;
use super::keeper::shelf::{Chronicle, Shelf};
use super::keeper::{Keeper, Options};
use crate::wellbeing::Rules;
use std::sync::Arc;

/// One writer and one reader, each on a thread of its own, asked without holding the caller's.
pub(super) trait Engine: Send + Sync {
    /// The rows of the writer.
    type Shelf: Shelf;
    /// What reads beside it.
    type Reader: Reader;

    /// Has the writer do something. `synced` says that it records something: then its answer waits for the disk. It may
    /// be done again from the beginning, where another server was faster.
    fn ask<T: Send + 'static>(
        &self,
        synced: bool,
        work: impl FnMut(&mut Keeper<Self::Shelf>) -> Result<T> + Send + 'static,
    ) -> impl Future<Output = Result<T>> + Send;

    /// Has the reader look at something.
    fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut Self::Reader) -> Result<T> + Send + 'static,
    ) -> impl Future<Output = Result<T>> + Send;

    /// Keeps the bytes of a picture where an item names it; `false` where none does.
    fn keep_picture(&self, hash: &str, bytes: Vec<u8>) -> impl Future<Output = Result<bool>> + Send;

    /// The wellbeing rules of the keeper.
    fn rules(&self) -> &Arc<Rules>;

    /// Rings after commits.
    fn rings(&self) -> &tokio::sync::watch::Receiver<u64>;
}

/// Rows beside the writer, and what they are read with.
pub(super) trait Beside {
    /// The rows, as every subject reads them.
    type Rows: Chronicle + Letters + Gallery;

    fn rows(&self) -> &Self::Rows;

    fn options(&self) -> &Options;

    /// What `read` sees is of one moment, as far as the engine can.
    fn at_once<T>(&mut self, read: impl FnOnce(&Self::Rows) -> Result<T>) -> Result<T>;

    /// Now, as the queue keeps times.
    fn now(&self) -> i64 {
        self.options().clock.now().wall.as_microsecond()
    }
}

/// All that is read beside the writer.
pub(super) trait Reader:
    ItemReader + LogReader + HouseReader + AlertReader + OwnReader + KinReader + AccessReader
{
}

impl<R> Reader for R where R: ItemReader + LogReader + HouseReader + AlertReader + OwnReader + KinReader + AccessReader {}
