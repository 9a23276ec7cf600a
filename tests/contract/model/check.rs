//! The morning's end: nothing is lost, nothing is doubled, the log is whole, the figures add up.

use super::play::Play;
use super::world::{State, World};
use crate::house::{ids, person};
use moddesk::moderation::Role;
use moddesk::store::DecisionFilter;
use std::collections::BTreeSet;

impl Play {
    /// Compares everything that is left.
    pub async fn end(mut self) {
        self.house.reopen().await;
        self.record().await;
        self.figures().await;
        // Every lease runs out; whoever comes new may have all that waits, and nothing else.
        self.house.minutes(16);
        self.house.hire(person("new", Role::Moderator)).await;
        let all = self.house.take("new", 1000).await;
        let got: BTreeSet<usize> = ids(&all).into_iter().map(World::find).collect();
        let things = self.world.things.iter().enumerate();
        let waiting: BTreeSet<usize> = things.filter(|(_, t)| t.state == State::Waiting).map(|(at, _)| at).collect();
        assert_eq!(got, waiting, "nothing is lost, nothing decided comes again");
    }

    async fn record(&self) {
        assert_eq!(self.house.verify_audit().await.expect("a check"), None);
        let log = self.house.audit(0, 0).await.expect("a log");
        assert!(log.iter().zip(1..).all(|(entry, seq)| entry.seq == seq), "the log has a gap");
        let decided = log.iter().filter(|entry| entry.action == "decision.recorded").count();
        assert_eq!(decided, self.world.recorded.len(), "every decision once in the log");
        let events = self.house.events(0, 0).await.expect("events");
        assert!(events.iter().zip(1..).all(|(event, seq)| event.seq == seq), "the events have a gap");
        let kept = self.house.decisions(&DecisionFilter::default()).await.expect("decisions");
        let kept: Vec<_> = kept.into_iter().map(|(_, decision)| decision.id).collect();
        assert_eq!(kept, self.world.recorded, "every recorded decision is there once, in order");
        for (at, thing) in self.world.things.iter().enumerate() {
            let kept = self.house.item(&World::name(at)).await.expect("kept");
            assert_eq!((kept.round, kept.item.revision), (thing.round, thing.revision), "{}", World::name(at));
            let state = match thing.state {
                State::Waiting => ["waiting", "leased"],
                State::Decided => ["decided"; 2],
                State::Withdrawn => ["withdrawn"; 2],
            };
            assert!(state.contains(&kept.state.as_str()), "{} is {}", World::name(at), kept.state);
            let past: Vec<_> = kept.decisions.iter().map(|past| (past.id, past.round, past.reversed)).collect();
            let told: Vec<_> = thing.past.iter().map(|past| (past.id, past.round, past.reversed)).collect();
            assert_eq!(past, told, "{}", World::name(at));
        }
    }

    async fn figures(&self) {
        let now = self.house.now();
        let rows = self.house.stats(true).await.expect("stats");
        let waiting = self.world.things.iter().filter(|thing| thing.state == State::Waiting).count() as u64;
        let sure = |at: &&super::world::Thing| at.lease.is_some_and(|lease| now < lease.sure_until);
        let maybe = |at: &&super::world::Thing| at.lease.is_some_and(|lease| now < lease.gone_by);
        let held = self.world.things.iter().filter(sure).count() as u64;
        let perhaps = self.world.things.iter().filter(maybe).count() as u64;
        let leased: u64 = rows.iter().map(|row| row.leased).sum();
        assert!((held..=perhaps).contains(&leased), "{leased} leased, not {held} to {perhaps}");
        assert_eq!(rows.iter().map(|row| row.waiting).sum::<u64>() + leased, waiting, "waiting and leased");
        let standing = self.world.things.iter().flat_map(|thing| &thing.past).filter(|past| !past.reversed).count();
        assert_eq!(rows.iter().map(|row| row.decided_today).sum::<u64>(), standing as u64, "decided today");
        let overdue =
            |thing: &&super::world::Thing| thing.state == State::Waiting && thing.due.is_some_and(|due| due < now);
        let late = self.world.things.iter().filter(overdue).count() as u64;
        assert_eq!(rows.iter().map(|row| row.overdue).sum::<u64>(), late, "overdue");
    }
}
