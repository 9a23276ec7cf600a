//! Plays a morning on a store and on the model, and compares every answer.

use super::act::Act;
use super::world::{ABOVE, Card, PEOPLE, State, Thing, World};
use super::{REST, WORK};
use crate::house::{House, item, lines, pass, person, sight};
use jiff::Timestamp;
use moddesk::moderation::{Claim, Decision, Item, Outcome, PassReason, Role, Served, Verdict};
use moddesk::store::{ImportOptions, Reverse, StoreError};
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Duration;
use uuid::Uuid;

/// A store and the model beside it.
pub struct Play {
    pub house: House,
    pub world: World,
}

impl Play {
    /// The morning begins.
    pub async fn begin(house: House) -> Self {
        house.hire(person("lena", Role::Moderator)).await;
        let world = World::new(house.now());
        Self { house, world }
    }

    /// One thing happens.
    pub async fn act(&mut self, act: &Act) {
        match *act {
            Act::Bring { priority, due, author } => self.bring(priority, due, author).await,
            Act::Again { which, edited } => self.again(which, edited).await,
            Act::Claim { who, desk, fresh, max } => {
                let claim = self.wish(who, desk, fresh, max);
                self.claim(who, &claim).await;
            }
            Act::Renew { who, desk } => self.renew(who, desk).await,
            Act::Decide { who, which, what, more } => self.decide(who, which, what, more).await,
            Act::Retry { which } => self.retry(which).await,
            Act::Pass { who, which, conflict } => self.hand_back(who, which, Some(conflict)).await,
            Act::Release { who, which } => self.hand_back(who, which, None).await,
            Act::Reverse { who, which, above } => self.reverse(who, which, above).await,
            Act::Withdraw { which } => self.withdraw(which).await,
            Act::Rest { who } => {
                let state = self.house.begin_break(PEOPLE[who], None).await.expect("a break");
                assert!(state.on_break.is_some());
                self.look(who).await;
            }
            Act::Resume { who } => self.resume(who).await,
            Act::Free => self.free().await,
            Act::SignOut { who } => self.sign_out(who).await,
            Act::Turn { seconds } => self.house.seconds(seconds),
            Act::Reopen => self.house.reopen().await,
        }
    }

    fn now(&self) -> Timestamp {
        self.house.now()
    }

    fn version(at: usize, thing: &Thing) -> Item {
        let text = format!("item {at} in version {}", thing.revision);
        item(
            &World::name(at),
            json!({"text": text, "revision": thing.revision, "priority": thing.priority,
            "due_at": thing.due, "received_at": thing.received, "author": {"id": format!("u{}", thing.author)}}),
        )
    }

    async fn import(&self, item: Item) -> (u64, u64, u64) {
        let done = self.house.import(lines(vec![item]), ImportOptions::default()).await.expect("an import");
        assert_eq!(done.refused, []);
        (done.imported, done.updated, done.unchanged)
    }

    async fn bring(&mut self, priority: i32, due: Option<i64>, author: usize) {
        self.house.seconds(1);
        let received = self.now();
        let due = due.map(|minutes| received + jiff::SignedDuration::from_mins(minutes));
        let thing = Thing {
            revision: 1,
            round: 1,
            state: State::Waiting,
            undone: false,
            priority,
            due,
            received,
            author,
            lease: None,
            passed: BTreeMap::new(),
            hands: BTreeMap::new(),
            past: Vec::new(),
        };
        assert_eq!(self.import(Self::version(self.world.things.len(), &thing)).await, (1, 0, 0));
        self.world.things.push(thing);
    }

    async fn again(&mut self, which: usize, edited: bool) {
        let at = which % self.world.things.len();
        if !edited {
            let same = Self::version(at, &self.world.things[at]);
            assert_eq!(self.import(same).await, (0, 0, 1), "nothing new");
            return;
        }
        self.house.seconds(1);
        let now = self.now();
        let thing = &mut self.world.things[at];
        (thing.revision, thing.received) = (thing.revision + 1, now);
        self.world.new_round(at, false);
        let (_, updated, unchanged) = self.import(Self::version(at, &self.world.things[at])).await;
        assert_eq!((updated, unchanged), (0, 0));
    }

    async fn withdraw(&mut self, which: usize) {
        let at = which % self.world.things.len();
        let there = self.house.withdraw(&[World::name(at)], "operator").await.expect("an answer");
        let thing = &mut self.world.things[at];
        if thing.state != State::Withdrawn {
            assert_eq!(there, [World::name(at)]);
        }
        (thing.state, thing.lease) = (State::Withdrawn, None);
    }

    /// A card that somebody was once dealt, the latest ones more likely.
    fn card(&self, who: usize, which: usize) -> Option<Card> {
        let cards = &self.world.humans[who].cards;
        let near = if which.is_multiple_of(4) { cards.len() } else { cards.len().min(3) };
        (near > 0).then(|| cards[cards.len() - 1 - (which / 4) % near].clone())
    }

    async fn decide(&mut self, who: usize, which: usize, what: Verdict, more: bool) {
        let Some(card) = self.card(who, which) else { return };
        let policy = matches!(what, Verdict::Delete | Verdict::Restrict).then_some("spam");
        let measure = (what == Verdict::Restrict).then_some("hide");
        let decision: Decision = serde_json::from_value(json!({
            "id": Uuid::now_v7(), "item": World::name(card.item), "revision": card.revision,
            "round": (!which.is_multiple_of(5)).then_some(card.round), "verdict": what, "policy": policy, "measure": measure,
        }))
        .expect("a decision");
        self.world.sent.push((who, decision.clone()));
        self.send(who, decision, more).await;
    }

    async fn retry(&mut self, which: usize) {
        let sent = &self.world.sent;
        if !sent.is_empty() {
            let (who, decision) = sent[which % sent.len()].clone();
            self.send(who, decision, false).await;
        }
    }

    /// What the contract lets a decision meet, and whether it says so without a choice.
    fn verdict_on(&self, who: usize, decision: &Decision) -> &'static [Outcome] {
        let (thing, now) = (&self.world.things[World::find(&decision.item)], self.now());
        if self.world.recorded.contains(&decision.id) {
            return &[Outcome::AlreadyRecorded];
        }
        if thing.state == State::Withdrawn {
            return &[Outcome::Conflict, Outcome::StaleRevision];
        }
        if decision.revision < thing.revision {
            return &[Outcome::StaleRevision];
        }
        let other = thing.lease.filter(|lease| lease.who != who && now < lease.gone_by);
        let mine = thing.lease.is_some_and(|lease| lease.who == who && now < lease.sure_until);
        match (decision.round, thing.hands.get(&who)) {
            (Some(round), _) if round < thing.round => &[Outcome::Conflict],
            // Without a round, that of my last lease counts: another one, or none any more.
            (None, None) => &[Outcome::Conflict, Outcome::NotLeased],
            (None, Some(true)) if thing.state == State::Decided => &[Outcome::Conflict, Outcome::NotLeased],
            _ if thing.state == State::Decided => &[Outcome::Conflict],
            (_, None) => &[Outcome::Conflict, Outcome::NotLeased],
            (_, Some(true)) if other.is_some_and(|lease| now < lease.sure_until) => {
                &[Outcome::Conflict, Outcome::NotLeased]
            }
            _ if other.is_some_and(|lease| now < lease.sure_until) => &[Outcome::Conflict],
            _ if mine => &[Outcome::Recorded],
            // It lapsed, nobody else took it since: recorded. Handed back, or taken and lapsed again: a choice.
            (_, Some(false)) if thing.hands.len() == 1 && other.is_none() => &[Outcome::Recorded],
            _ => &[Outcome::Recorded, Outcome::Conflict, Outcome::NotLeased],
        }
    }

    async fn send(&mut self, who: usize, decision: Decision, more: bool) {
        let allowed = self.verdict_on(who, &decision);
        let claim =
            more.then(|| self.wish(who, usize::from(self.world.humans[who].desk.as_deref() == Some("b")), false, 2));
        let before = self.now();
        let answer = self.house.decide(PEOPLE[who], std::slice::from_ref(&decision), claim.as_ref()).await;
        let mut answer = answer.expect("an answer to a decision");
        assert_eq!(answer.results.len(), 1);
        let result = answer.results.remove(0);
        assert_eq!(result.id, decision.id);
        assert!(allowed.contains(&result.outcome), "{result:?}, not one of {allowed:?}");
        if result.outcome == Outcome::Recorded {
            let round = self.world.things[World::find(&decision.item)].round;
            self.world.record(who, &decision, decision.round.unwrap_or(round), before);
        }
        self.leased_by_answer(who, result.item.as_deref());
        if let (Some(claim), Some(claimed)) = (&claim, answer.claimed) {
            self.answered(who, claim, claimed);
            self.world.humans[who].desk = self.house.shift(PEOPLE[who]).await.expect("a state").desk;
        }
        self.look(who).await;
    }

    /// An item that comes with an answer may be leased to the asker in it, where they may have it.
    pub fn leased_by_answer(&mut self, who: usize, served: Option<&Served>) {
        let now = self.now();
        if let Some(served) = served.filter(|served| served.lease_until > now) {
            assert!(self.world.humans[who].rest.is_none_or(|(_, until)| now >= until), "a lease in a break");
            let at = World::find(&served.item.id);
            assert!(self.world.may_have(who, at, now), "{} is not for {}", served.item.id, PEOPLE[who]);
            self.world.serve(who, served);
        }
    }

    async fn hand_back(&mut self, who: usize, which: usize, conflict: Option<bool>) {
        let Some(Card { item: at, .. }) = self.card(who, which) else { return };
        let held = self.world.held(who, self.now()).contains(&at);
        let had = self.world.things[at].hands.contains_key(&who);
        let name = World::name(at);
        let seen = moddesk::moderation::Sight { revision: self.world.things[at].revision, ..sight(&name) };
        let refused = match conflict {
            None => self.house.release(PEOPLE[who], &[seen]).await.expect("an answer"),
            Some(conflict) => {
                let reason = if conflict { PassReason::ConflictOfInterest } else { PassReason::NotForMe };
                let pass = moddesk::moderation::Pass { sight: seen, ..pass(&name, reason) };
                self.house.pass(PEOPLE[who], &[pass]).await.expect("an answer")
            }
        };
        assert!(refused.is_empty() || !held, "what is held can be handed back: {refused:?}");
        assert!(!refused.is_empty() || had, "what was never held cannot");
        let taken = refused.is_empty();
        let thing = &mut self.world.things[at];
        if taken && thing.lease.is_some_and(|lease| lease.who == who) {
            thing.lease = None;
        }
        if had && thing.state == State::Waiting {
            thing.hands.insert(who, true);
            if conflict.is_some() {
                *thing.passed.entry(who).or_default() |= taken;
            }
        }
        if conflict == Some(true) {
            let author = self.world.things[at].author;
            *self.world.shut.entry((who, author)).or_default() |= taken;
            let theirs = self.world.things.iter_mut().filter(|thing| taken && thing.author == author);
            for thing in theirs.filter(|thing| thing.lease.is_some_and(|lease| lease.who == who)) {
                thing.lease = None;
                thing.hands.insert(who, true);
            }
        }
        self.look(who).await;
    }

    async fn reverse(&mut self, who: usize, which: usize, above: bool) {
        if self.world.recorded.is_empty() {
            return;
        }
        let id = self.world.recorded[which % self.world.recorded.len()];
        let found = |thing: &Thing| thing.past.iter().any(|past| past.id == id);
        let at = self.world.things.iter().position(found).expect("recorded on something");
        let thing = &self.world.things[at];
        let past = thing.past.iter().find(|past| past.id == id).expect("recorded on it").clone();
        let latest = thing.past.last().is_some_and(|last| last.id == id) && !past.reversed;
        let stands = match thing.state {
            State::Decided => thing.round == past.round,
            State::Waiting => past.verdict == Verdict::Escalate && thing.round == past.round + 1,
            State::Withdrawn => false,
        } && thing.revision == past.revision;
        let by = if above { ABOVE } else { PEOPLE[who] };
        let own = !above && past.who == who;
        let reverse = Reverse { id: Uuid::now_v7(), reason: Some("look again".into()), decision: None };
        let answer = match self.house.reverse(by, id, &reverse).await {
            Err(StoreError::Forbidden(_)) if !above && !own => return,
            answer => answer.expect("an answer to a reversal"),
        };
        assert!(above || own, "nobody undoes what a colleague decided");
        assert_eq!(answer.outcome == Outcome::Recorded, latest && stands, "{answer:?}");
        if answer.outcome != Outcome::Recorded {
            return;
        }
        let thing = &mut self.world.things[at];
        thing.past.iter_mut().filter(|past| past.id == id).for_each(|past| past.reversed = true);
        self.world.new_round(at, true);
        if own {
            let free = self.world.humans[who].rest.is_none()
                && !self.world.shut.contains_key(&(who, self.world.things[at].author));
            let due = self.now().duration_since(self.world.humans[who].rested_surely).unsigned_abs() >= WORK;
            assert!(answer.item.is_some() || !free || due, "my own is leased to me in the same answer");
            self.leased_by_answer(who, answer.item.as_deref());
        } else {
            assert!(answer.item.is_none(), "not leased to the supervisor");
        }
        if !above {
            self.look(who).await;
        }
    }

    async fn resume(&mut self, who: usize) {
        let state = self.house.end_break(PEOPLE[who]).await.expect("an answer");
        if let Some((own, until)) = self.world.humans[who].rest {
            let over = own || self.now() >= until;
            assert_eq!(state.on_break.is_none(), over, "only the clock ends it");
        }
        self.look(who).await;
    }

    async fn free(&mut self) {
        self.house.release_queue("default", true, ABOVE).await.expect("an answer");
        self.house.release_queue("escalated", true, ABOVE).await.expect("an answer");
        for thing in &mut self.world.things {
            match thing.lease {
                // Whether what is in somebody's hands is given back as well is left open.
                Some(_) => thing.passed.values_mut().for_each(|sure| *sure = false),
                None => thing.passed.clear(),
            }
        }
    }

    async fn sign_out(&mut self, who: usize) {
        self.house.end_shift(PEOPLE[who], &[]).await.expect("signed out");
        for thing in &mut self.world.things {
            if thing.lease.is_some_and(|lease| lease.who == who) {
                thing.lease = None;
                thing.hands.insert(who, true);
            }
        }
        let human = &mut self.world.humans[who];
        (human.desk, human.on_shift) = (None, false);
        self.look(who).await;
    }

    /// Looks at somebody's shift, and whether a break has begun or ended with what they did.
    pub async fn look(&mut self, who: usize) {
        let state = self.house.shift(PEOPLE[who]).await.expect("a state");
        let now = self.now();
        let human = &mut self.world.humans[who];
        let was = human.rest;
        human.rest = state.on_break.as_ref().map(|on| {
            let own = on.rule == "voluntary";
            (own, if own { Timestamp::MAX } else { on.until })
        });
        match (was, human.rest) {
            (None, Some((own, _))) => {
                human.rest_began = now;
                let within = Duration::from_secs(if own { 120 } else { 1 });
                self.world.cut(who, now, now + within);
            }
            (Some((false, _)), Some((true, _))) => panic!("a break of one's own ends no other"),
            (Some((false, until)), None) if now < until => panic!("a break ended before its time"),
            (Some(_), None) if now.duration_since(human.rest_began).unsigned_abs() >= REST => {
                (human.rested, human.rested_surely) = (now, now);
            }
            _ => {}
        }
    }

    /// What a desk asks for: it says what it has, unless it is fresh.
    fn wish(&self, who: usize, desk: usize, fresh: bool, max: u32) -> Claim {
        let have = self.world.held(who, self.now()).into_iter().map(World::name);
        // Now and then an answer was lost, and the desk does not know of it.
        let have = have.filter(|name| !(max == 3 && name.ends_with('1'))).collect();
        let desk = Some(["a", "b"][desk].to_owned());
        Claim { desk, have: (!fresh).then_some(have), max, ..Claim::default() }
    }
}
