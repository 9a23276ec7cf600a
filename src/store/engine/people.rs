//! The house and its people, read beside the writer.

use super::Beside;
use crate::moderation::alert::AlertState;
use crate::moderation::doubt::Seeking;
use crate::moderation::filter::Filter;
use crate::moderation::floor::{Findings, FloorNow};
use crate::moderation::group::Thread;
use crate::moderation::mine::Mine;
use crate::moderation::queue::QueueStats;
use crate::moderation::{By, Client, Group, Person, Precedent, Queue};
use crate::store::Result;
use crate::store::access::{Access, Held};
use crate::store::keeper::alert::{Standing, shown};
use crate::store::keeper::floor::{Known, picture};
use crate::store::keeper::message::Letters;
use crate::store::keeper::search::part;

/// Queues, clients and people, and the supervisor's picture of them.
pub(in crate::store) trait HouseReader: Beside {
    /// In the order in which they were made.
    fn queues(&self) -> Result<Vec<(i64, Queue)>>;
    /// By name.
    fn clients(&self) -> Result<Vec<Client>>;
    /// In the order in which they were made.
    fn people(&self) -> Result<Vec<(i64, Person)>>;
    fn stats(&mut self, sealed: bool) -> Result<Vec<QueueStats>>;
    /// Whether the store can be written to.
    fn takes_writes(&self) -> Result<bool> {
        Ok(true)
    }

    fn search(&self, filter: &Filter, before: Option<i64>) -> Result<Findings> {
        let queues = self.queues()?.into_iter().map(|(id, queue)| (id, queue.name)).collect();
        part(self.rows(), filter, before, &queues, self.options().clock.now().wall)
    }

    fn floor(&mut self, sealed: bool) -> Result<FloorNow> {
        let stats = self.stats(sealed)?;
        let (queues, people) = (self.queues()?, self.people()?);
        let now = self.options().clock.now();
        let rules = &self.options().rules;
        picture(self.rows(), Known { stats, queues: &queues, people: &people, rules, now: &now })
    }
}

/// Alerts, for those whom they concern.
pub(in crate::store) trait AlertReader: Beside {
    /// Those that nobody has taken, and a person's own that were taken since a moment.
    fn standing_alerts(&self, person: i64, since: i64) -> Result<Vec<Standing>>;

    fn alerts(&self, who: &str) -> Result<Vec<AlertState>> {
        const DAY: i64 = 86_400_000_000;
        let since = self.now() - DAY;
        let Some((me, person)) = self.rows().me(who)? else { return Ok(Vec::new()) };
        shown(me, &person, self.standing_alerts(me, since)?)
    }
}

/// What is kept of one person, for that person alone.
pub(in crate::store) trait OwnReader {
    /// Shift, load, breaks, what was looked at, and the decisions as they were made.
    fn about(&self, who: &str) -> Result<serde_json::Value>;
    /// The last breaks, and what others undid.
    fn mine(&self, who: &str) -> Result<Mine>;
}

/// What belongs together.
pub(in crate::store) trait KinReader {
    fn groups(&mut self, who: &str, item: &str, by: Option<By>) -> Result<Vec<Group>>;
    fn thread(&mut self, who: &str, item: &str) -> Result<Thread>;
    fn precedents(&mut self, who: &str, seeking: &Seeking) -> Result<Vec<Precedent>>;
}

/// Tokens looked up; who holds what.
pub(in crate::store) trait AccessReader {
    /// People whose rights or tokens changed after a change.
    fn access(&mut self, after: u64) -> Result<Vec<Access>>;
    /// Whether somebody has something in hand now.
    fn holds(&mut self, who: &str, what: Held<'_>) -> Result<bool>;
}
