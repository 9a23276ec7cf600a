//! What the desk hears from the queue.

use super::sitting::{Sitting, Stand};
use crate::desk::{News, Unsettled};
use crate::moderation::policy::Policies;
use crate::moderation::shift::ShiftState;
use crate::moderation::{Client, Outcome, Queue, Recorded, Refusal, Served};
use crate::text::scrub;
use std::sync::Arc;

/// Decisions that were sent and can be named for a reversal.
const REMEMBERED: usize = 32;

impl Sitting {
    pub(super) fn hear(&mut self, news: News) {
        match news {
            News::Shift(state) => self.shift_told(*state),
            News::OtherDesk(desk) => self.other_desk(&desk),
            News::House { clients, policies, queues } => self.house_told(clients, policies, queues),
            News::Ahead { items, waiting, first } => self.ahead_told(items, waiting, first),
            News::Nothing(why) => self.why = Some(why),
            News::Break(due) => self.break_told(due),
            News::Settled(results) => results.into_iter().for_each(|recorded| self.settled(recorded)),
            News::Recovered { sent, impossible, drafts } => self.recovered(sent, impossible, drafts),
            News::Reversed(id, recorded) => self.reversed(id, &recorded),
            News::Lost(refusals) => refusals.iter().for_each(|refusal| self.lost(refusal)),
            News::GivenBack(items) => items.iter().for_each(|item| self.given_back(item)),
            News::Revised(served) => self.revised(served),
            News::Alert(state) => self.alert_told(state),
            News::Author(id, figures) => self.author_told(&id, &figures),
            News::Mine(mine) => self.own_told(&mine),
            // Never asked for here: a picture is its description.
            News::Picture(..) => {}
            News::Messages(messages) => self.messages_told(*messages),
            News::Precedents(seeking, found) => self.precedents_told(&seeking, &found),
            News::TakenUp(item, came) => self.taken_up(&item, came),
            News::History(item, entries) => self.history_told(&item, &entries),
            News::Groups(item, groups) => self.groups_told(&item, &groups),
            News::Batch(item, group, items) => self.batch_told(&item, *group, items),
            News::Thread(item, thread) => self.thread_told(&item, &thread),
            News::Taken(_, items, _) => self.thread_taken(items),
            News::LineState { state, unsent } => match (state, self.line_down) {
                (Ok(_), true) => {
                    self.line_down = false;
                    self.tell("line-back");
                }
                (Err(why), false) => {
                    self.line_down = true;
                    let (id, why) = why.said();
                    let why = self.words.say_with(id, &[("why", scrub::log(why).into())]);
                    let then = if self.signed_in { "line-kept" } else { "shift-offline" };
                    let line = format!("{why} {}", self.words.say(then));
                    self.say(line);
                    if !self.signed_in && unsent > 0 {
                        let kept = self.words.say_with("shift-offline-kept", &[("n", unsent.into())]);
                        self.say(kept);
                    }
                }
                _ => {}
            },
            News::TakenOver(desk) => {
                self.tell("line-taken-over");
                self.taken_over = Some(desk);
                self.leaving = true;
            }
            News::Ended(unsettled) => {
                self.unsettled.extend(unsettled);
                self.leaving = true;
            }
            News::Failed(why) => {
                // Whatever was asked, nothing waits for it any more; where nobody types either, it is over.
                self.reversing = None;
                self.leaving |= self.ending;
                let line = self.words.say_with("desk-failed", &[("why", scrub::log(&why).into())]);
                self.say(line);
            }
        }
    }

    fn shift_told(&mut self, state: ShiftState) {
        let first = !self.signed_in;
        self.signed_in = true;
        let running = state.on_break.clone();
        // What is held here has been booked here and not yet there.
        let told = self.held.is_empty() && state.load.as_ref().is_some_and(|load| self.care.seed(load));
        if !told && first {
            self.care.begin(&self.at, self.settings.shift);
        }
        self.shift = state;
        if first {
            self.say_shift(running.is_some());
            if self.settings.go && self.stand == Stand::Shift {
                self.stands(Stand::Item);
            }
        }
        self.follow_break(running);
    }

    fn house_told(&mut self, clients: Vec<Client>, policies: Vec<(String, Policies)>, queues: Vec<Queue>) {
        self.house.set_clients(clients);
        self.house.queues = queues.into_iter().map(|queue| (queue.name.clone(), Arc::new(queue))).collect();
        for (client, policies) in policies {
            self.changes.retain(|(there, _)| *there != client);
            // The version met first is no change.
            let met = self.house.met.entry(client.clone()).or_insert_with(|| policies.version.clone());
            if *met != policies.version {
                self.changes.push((client.clone(), policies.version.clone()));
                self.said_change = false;
            }
            self.house.set_policies(client, policies);
        }
    }

    fn ahead_told(&mut self, items: Vec<Arc<Served>>, waiting: u64, first: bool) {
        if self.stand == Stand::Shift && waiting != self.waiting && self.waiting == 0 {
            let line = self.words.say_with("head-waiting", &[("n", waiting.into())]);
            self.say(line);
        }
        self.waiting = waiting;
        self.why = None;
        let mut new: Vec<Arc<Served>> = items
            .into_iter()
            .filter(|served| {
                let id = &served.item.id;
                let here = self.front.as_ref().is_some_and(|front| front.served.item.id == *id);
                !here && !self.ahead.iter().any(|other| other.item.id == *id)
            })
            .collect();
        if !first {
            return self.ahead.extend(new);
        }
        // What was reversed comes to the one who reversed it, before what is in front; a whole batch waits its turn.
        let one = self.coming_back == 0 && self.batch.is_none();
        self.coming_back = self.coming_back.saturating_sub(new.len());
        let quiet = one && self.stand == Stand::Item && self.asked.is_none() && self.curtain.is_none();
        if !new.is_empty()
            && quiet
            && let Some(before) = self.take_off()
        {
            new.push(before.served);
        }
        new.into_iter().rev().for_each(|served| self.ahead.push_front(served));
    }

    fn settled(&mut self, recorded: Recorded) {
        if self.batch_settled(&recorded) {
            return;
        }
        let Some(at) = self.held.iter().position(|held| held.decision.id == recorded.id) else { return };
        let held = self.held.remove(at);
        if recorded.outcome.is_success() {
            if self.sent.len() >= REMEMBERED {
                self.sent.remove(0);
            }
            let title = self.policy_title(&held.served.client, &held.decision);
            let what = super::spoken::decided(&held.decision, &title, &self.words);
            self.sent.push((held.decision.id, what, held.decision.item));
            return;
        }
        if let (Outcome::StaleRevision, Some(item)) = (recorded.outcome, &recorded.item)
            && !self.ahead.iter().any(|other| other.item.id == item.item.id)
        {
            self.ahead.push_front(Arc::new((**item).clone()));
        }
        let unsettled = Unsettled { decision: held.decision, result: Some(recorded) };
        let line = self.refused_line(&unsettled);
        self.say(line);
        self.tell("plain-refused-listed");
        self.unsettled.push(unsettled);
    }

    fn recovered(&mut self, sent: u64, impossible: Vec<Unsettled>, drafts: Vec<(String, serde_json::Value)>) {
        for (item, json) in drafts {
            // A draft in a shape that this program does not know is left where it is, in the journal.
            if let Ok(draft) = serde_json::from_value(json) {
                self.drafts.insert(item, draft);
            }
        }
        if sent > 0 {
            let line = self.words.say_with("outcome-recovered", &[("n", sent.into())]);
            self.say(line);
        }
        if !impossible.is_empty() {
            let n = impossible.len();
            let line = self.words.say_with("outcome-recovered-impossible", &[("n", n.into())]);
            self.say(line);
            self.tell("plain-refused-listed");
        }
        self.unsettled.extend(impossible);
    }

    fn lost(&mut self, refusal: &Refusal) {
        self.ahead.retain(|served| served.item.id != refusal.item);
        if self.front.as_ref().is_some_and(|front| front.served.item.id == refusal.item) {
            self.take_off();
            self.drafts.remove(&refusal.item);
            let why = self.words.coded("lost", refusal.why.code()).into_owned();
            let item = refusal.item.as_str();
            let line = self.words.say_with("lost-line", &[("item", item.into()), ("why", why.into())]);
            self.say(line);
        }
    }

    fn given_back(&mut self, item: &str) {
        self.ahead.retain(|served| served.item.id != item);
        if self.front.as_ref().is_some_and(|front| front.served.item.id == item)
            && let Some(front) = self.front.take()
            && !front.draft.is_empty()
        {
            self.drafts.insert(item.to_owned(), front.draft.clone());
        }
    }

    fn revised(&mut self, served: Arc<Served>) {
        let id = &served.item.id;
        if let Some(place) = self.ahead.iter_mut().find(|other| other.item.id == *id) {
            *place = served;
            return;
        }
        if self.front.as_ref().is_none_or(|front| front.served.item.id != *id) {
            return self.ahead.push_front(served);
        }
        let draft = self.take_off().map(|front| front.draft).unwrap_or_default();
        self.drafts.remove(id);
        if self.stand != Stand::Item || self.curtain.is_some() {
            // In a break of one's own nothing of it is said; it comes first afterwards.
            self.drafts.insert(id.clone(), draft);
            return self.ahead.push_front(served);
        }
        let line = self.words.say_with("item-edited", &[("n", served.item.revision.into())]);
        self.say(line);
        self.present(served, draft);
    }
}
