//! Claims and renewals: who gets what, in which order, and when nothing.

use super::play::Play;
use super::world::{PEOPLE, World};
use super::{REST, WORK};
use moddesk::moderation::claim::LostLease;
use moddesk::moderation::{Claim, Claimed};
use moddesk::store::StoreError;
use std::time::Duration;

/// A shift ends after this long without a sign of life.
const SILENCE: Duration = Duration::from_secs(3600);

impl Play {
    /// Claims and compares.
    pub async fn claim(&mut self, who: usize, claim: &Claim) {
        let claimed = self.house.claim(PEOPLE[who], claim).await.expect("an answer to a claim");
        self.answered(who, claim, claimed);
        let desk = self.house.shift(PEOPLE[who]).await.expect("a state").desk;
        self.world.humans[who].desk = desk;
        self.look(who).await;
    }

    /// Compares the answer to a claim.
    pub fn answered(&mut self, who: usize, claim: &Claim, claimed: Claimed) {
        let now = self.house.now();
        let human = &mut self.world.humans[who];
        let fresh = claim.have.is_none();
        let other = human.desk.clone().filter(|open| !fresh && claim.desk.as_ref() != Some(open));
        let resting = human.rest.is_some_and(|(_, until)| now < until);
        // Being away counts as rest only for a desk that comes back.
        let away = human.life.map_or(Duration::MAX, |life| now.duration_since(life).unsigned_abs());
        let comes_back = !human.on_shift || away >= SILENCE || (fresh && human.desk != claim.desk);
        let over = human.rest.is_some() && !resting;
        if over || human.life.is_none() {
            human.rested_surely = now;
        }
        if over || (comes_back && away >= REST) {
            human.rested = now;
        }
        match claimed {
            Claimed::TakenOver { desk_taken_over } => {
                assert_eq!(Some(desk_taken_over), other, "only a desk since taken over is told so");
            }
            Claimed::BreakDue { break_due } => {
                assert!(!over, "a break that is over ends with the claim");
                assert!(["voluntary", "hourly"].contains(&break_due.rule.as_str()), "{break_due:?}");
                let still = other.is_none() || resting;
                assert!(still, "a desk taken over is told so");
                human.life = Some(now);
                human.on_shift = true;
            }
            Claimed::Items { items, why, .. } => {
                assert_eq!(other, None, "a desk taken over is served nothing");
                assert!(!resting, "served in a break");
                human.desk.clone_from(&claim.desk);
                (human.life, human.on_shift, human.rest) = (Some(now), true, None);
                let worked = now.duration_since(human.rested).unsigned_abs();
                assert!(worked < WORK || (claim.max == 0 && items.is_empty()), "{worked:?} without a break");
                assert!(items.len() <= claim.max as usize, "at most as many as were asked for");
                assert_eq!(items.is_empty(), why.is_some(), "an empty list says why");
                self.served(who, claim, &items);
            }
        }
    }

    fn served(&mut self, who: usize, claim: &Claim, items: &[moddesk::moderation::Served]) {
        let now = self.house.now();
        let have: Vec<usize> = claim.have.iter().flatten().map(|name| World::find(name)).collect();
        let mine: Vec<usize> = self.world.held(who, now).into_iter().filter(|at| !have.contains(at)).collect();
        let got: Vec<usize> = items.iter().map(|served| World::find(&served.item.id)).collect();
        let perhaps =
            |at: &&usize| self.world.things[**at].lease.is_some_and(|lease| lease.who == who && now < lease.gone_by);
        let first = got.iter().take_while(perhaps).count();
        let missing = mine.iter().find(|at| !got[..first].contains(at));
        assert!(missing.is_none() || first == claim.max as usize, "my live leases come first");
        for at in &got {
            assert!(!have.contains(at), "{} is in `have`", World::name(*at));
            assert!(self.world.may_have(who, *at, now), "{} is not for {}", World::name(*at), PEOPLE[who]);
        }
        let places: Vec<_> = got[first..].iter().map(|at| self.world.place(*at, now)).collect();
        assert!(places.is_sorted(), "out of order: {:?} at {places:?}", &got[first..]);
        let left = (0..self.world.things.len()).filter(|at| !got.contains(at) && !have.contains(at));
        let left: Vec<usize> = left.filter(|at| self.world.must_have(who, *at, now)).collect();
        if got.len() < claim.max as usize {
            assert_eq!(left, [] as [usize; 0], "nothing is kept back");
        } else if let Some(last) = places.last() {
            let better = left.iter().find(|at| self.world.place(**at, now) < *last);
            assert_eq!(better, None, "this one comes before");
        }
        for served in items {
            self.world.serve(who, served);
        }
    }

    /// A desk says that it is alive, and names what it holds.
    pub async fn renew(&mut self, who: usize, desk: usize) {
        let now = self.house.now();
        let desk = ["a", "b"][desk];
        let cards = self.world.humans[who].cards.iter().rev().take(6).map(|card| World::name(card.item));
        let mut asked: Vec<String> = cards.collect();
        asked.sort();
        asked.dedup();
        let other = self.world.humans[who].desk.clone().filter(|open| open != desk);
        let renewed = match self.house.renew(PEOPLE[who], Some(desk), &asked).await {
            Err(StoreError::TakenOver(open)) => {
                assert_eq!(Some(open), other, "only a desk since taken over is told so");
                return;
            }
            answer => answer.expect("an answer to a renewal"),
        };
        assert_eq!(other, None, "a desk taken over renews nothing");
        let resting = self.world.humans[who].rest.is_some();
        assert!(!resting || (renewed.break_due.is_some() && renewed.renewed.is_empty()), "renewed in a break");
        if renewed.break_due.is_none() {
            let held = self.world.held(who, now);
            for (name, until) in &renewed.renewed {
                let at = World::find(name);
                let thing = &self.world.things[at];
                assert!(thing.hands.contains_key(&who) && self.world.may_have(who, at, now), "{name} is renewed");
                let lease = super::world::Lease { who, sure_until: *until, gone_by: *until };
                self.world.things[at].lease = Some(lease);
            }
            for lost in &renewed.lost {
                assert!(!held.contains(&World::find(&lost.item)), "{} was held: {:?}", lost.item, lost.why);
                assert_ne!(lost.why, LostLease::Sealed);
            }
            assert_eq!(renewed.renewed.len() + renewed.lost.len(), asked.len(), "each is named");
        }
        self.look(who).await;
    }
}
