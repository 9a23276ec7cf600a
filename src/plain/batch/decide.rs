//! One verdict over what is marked: asked first, held as one, taken back as one.

use super::HeldBatch;
use super::Row;
use crate::desk::batch::will_do;
use crate::desk::deciding::{Judged, leaves_at, raised_to};
use crate::desk::{Ask, Draft, Says};
use crate::moderation::{Measure, Recorded, Served, Verdict};
use crate::plain::choice::{pick, pick_first};
use crate::plain::sitting::{Asked, HeldHere, Sitting};
use crate::plain::spoken;
use crate::plain::typed::Command;
use std::sync::Arc;
use uuid::Uuid;

impl Sitting {
    /// What a command means over a batch; `false` where it means what it always does.
    pub(in crate::plain) fn over_a_batch(&mut self, command: Command, rest: &str, line: &str) -> bool {
        match command {
            Command::Approve => self.ask_batch(Says::only(Verdict::Approve), line),
            Command::Delete => self.batch_policy(None, rest, line),
            Command::Measure => {
                let measures = self.measures();
                match pick_first(&measures, rest) {
                    Some((choice, rest)) => self.batch_policy(Some(choice.picked), rest, line),
                    None => self.which("plain-say-measure", &measures, rest),
                }
            }
            Command::Escalate => {
                let queue = self.front.as_ref().map(|front| front.served.queue.clone()).unwrap_or_default();
                let to = self.house.escalation_targets(&queue).into_iter().next();
                self.ask_batch(Says { to, ..Says::only(Verdict::Escalate) }, line);
            }
            Command::Undo => {
                self.close_batch(false);
                return false;
            }
            command if command.acts() => self.tell("plain-batch-first"),
            _ => return false,
        }
        true
    }

    fn batch_policy(&mut self, measure: Option<Measure>, typed: &str, line: &str) {
        let choices = self.policies();
        match pick(&choices, typed) {
            Some(choice) => self.ask_batch(Says::under(measure, choice.picked.clone()), line),
            None => self.which("plain-say-policy", &choices, typed),
        }
    }

    /// First says what it will do.
    fn ask_batch(&mut self, says: Says, line: &str) {
        let Some(batch) = &self.batch else { return };
        if self.typed_ahead(batch.told_at) {
            return self.tell("plain-typed-ahead");
        }
        if batch.marked() == 0 {
            let text = self.words.say_with("batch-nothing-marked", &[("one", "v 3".into()), ("all", "V".into())]);
            return self.say(text);
        }
        let policies = self.front.as_ref().map(|front| front.policies.clone());
        let policy = policies.as_deref().and_then(|policies| says.policy_in(policies));
        let rows: Vec<_> = batch.rows.iter().map(Row::asked).collect();
        let will = will_do(&rows, &batch.group, &self.words);
        let what = says.what_under(policy, &self.words);
        let mut lines = vec![self.words.say_with(
            "batch-will-do",
            &[("what", what.into()), ("n", will.marked.into()), ("whose", will.whose.into())],
        )];
        lines.extend(will.besides.into_iter().map(|(id, n)| self.words.say_with(id, &[("n", n.into())])));
        if policy.is_some_and(|policy| policy.sealed) {
            lines.push(self.words.say("desk-grave-seals").into_owned());
        }
        self.out.extend(lines);
        self.tell("plain-question");
        self.ask_again(Asked::Batch(says), line);
    }

    /// Yes: one call, one hold, one undo.
    pub(in crate::plain) fn decide_batch(&mut self, says: Says) {
        let Some(mut batch) = self.batch.take() else { return };
        let now = self.now();
        batch.active.stop(now);
        let share = batch.share(now);
        let policies = self.front.as_ref().map(|front| front.policies.clone());
        let policy = policies.as_deref().and_then(|policies| says.policy_in(policies)).cloned();
        let id = Uuid::now_v7();
        let (nothing, mut decisions) = (Draft::default(), Vec::new());
        for row in batch.rows.iter().filter(|row| row.marked) {
            let own = self.front.as_ref().filter(|front| front.served.item.id == row.served.item.id);
            decisions.push(says.decision(Judged {
                id: Uuid::now_v7(),
                served: &row.served,
                policies: policies.as_deref(),
                sight: own.map_or_else(|| row.sight(share), |front| front.sight(now)),
                draft: own.map_or(&nothing, |front| &front.draft),
                moderator: &self.settings.moderator,
                at: self.at.wall,
                batch: Some(id),
            }));
        }
        let leaves_at = leaves_at(self.settings.hold, policy.as_ref(), self.at.wall);
        if let Err(why) = self.desk.hold(&decisions, leaves_at) {
            self.batch = Some(batch);
            let line = self.words.say_with("desk-failed", &[("why", why.to_string().into())]);
            return self.say(line);
        }
        let Some(first) = decisions.first().cloned() else { return };
        for row in batch.rows.iter().filter(|row| row.marked && row.told_at.is_some()) {
            if self.front.as_ref().is_none_or(|front| front.served.item.id != row.served.item.id) {
                let mut look = row.look(share);
                look.level = look.level.max(raised_to(policy.as_ref(), &row.served).unwrap_or_default());
                self.care.book(&row.served, &look, &self.at);
            }
        }
        self.hand_back_rows(&batch, &decisions);
        self.tally.decided += decisions.len() as u64;
        let what = spoken::decided(&first, &self.policy_title(&batch.rows[0].served.client, &first), &self.words);
        let time = self.words.clock_exact(leaves_at, &self.settings.zone);
        let n = decisions.len();
        let line = self.words.say_with(
            "held-batch",
            &[("what", what.into()), ("n", n.into()), ("time", time.into()), ("key", "u".into())],
        );
        self.say(line);
        let front = self.front.as_ref().map(|front| (front.served.clone(), front.draft.clone()));
        let own = front.as_ref().is_some_and(|(served, _)| decisions.iter().any(|one| one.item == served.item.id));
        let (served, draft) = front.unwrap_or_else(|| (batch.rows[0].served.clone(), Default::default()));
        let held = HeldBatch { open: n, recorded: Vec::new(), decisions, batch: *batch };
        self.held.push(HeldHere { decision: first, served, draft, leaves_at, batch: Some(Box::new(held)) });
        if own && let Some(mut front) = self.front.take() {
            front.active.stop(now);
            self.care.book(&front.served, &front.look(front.level(), now), &self.at);
            self.drafts.remove(&front.served.item.id);
            self.last_client = Some(front.served.client.clone());
            self.left();
        }
    }

    /// The whole batch is taken back: it stands there as it was.
    pub(in crate::plain) fn batch_back(&mut self, held: HeldHere, items: Vec<Arc<Served>>) {
        let Some(kept) = held.batch else { return };
        let n = kept.decisions.len();
        self.tally.decided = self.tally.decided.saturating_sub(n.saturating_sub(1) as u64);
        let mut batch = kept.batch;
        batch.rows.retain(|row| items.iter().any(|served| served.item.id == row.served.item.id));
        let line = self.words.say_with("batch-undone", &[("n", n.into())]);
        self.say(line);
        let Some(first) = items.iter().find(|served| served.item.id == batch.item).or(items.first()).cloned() else {
            return;
        };
        if self.front.as_ref().is_none_or(|front| front.served.item.id != first.item.id) {
            if let Some(front) = self.take_off() {
                self.ahead.push_front(front.served);
            }
            self.present(first, held.draft);
        }
        if batch.rows.len() > 1 {
            (batch.said, batch.told_at) = (0, None);
            self.batch = Some(Box::new(batch));
            self.more_rows();
        }
    }

    /// The answer to one decision of a batch. Once all are there, what could not be recorded is named.
    pub(in crate::plain) fn batch_settled(&mut self, recorded: &Recorded) -> bool {
        let ours = |held: &HeldHere| {
            held.batch.as_ref().is_some_and(|batch| batch.decisions.iter().any(|one| one.id == recorded.id))
        };
        let Some(at) = self.held.iter().position(ours) else { return false };
        let Some(batch) = &mut self.held[at].batch else { return false };
        let decision = batch.decisions.iter().find(|one| one.id == recorded.id).cloned();
        batch.open = batch.open.saturating_sub(1);
        match decision {
            Some(decision) if !recorded.outcome.is_success() => {
                self.unsettled.push(crate::desk::Unsettled { decision, result: Some(recorded.clone()) });
            }
            _ => batch.recorded.push(recorded.id),
        }
        if self.held[at].batch.as_ref().is_some_and(|batch| batch.open > 0) {
            return true;
        }
        let held = self.held.remove(at);
        let Some(batch) = held.batch else { return true };
        let failed = batch.decisions.len() - batch.recorded.len();
        if failed > 0 {
            let line = self.words.say_with("batch-not-recorded", &[("n", failed.into())]);
            self.say(line);
            self.tell("plain-refused-listed");
        }
        if let Some(first) = batch.recorded.first().copied() {
            let title = self.policy_title(&held.served.client, &held.decision);
            let what = spoken::decided(&held.decision, &title, &self.words);
            let item = self.words.say_with("batch-items", &[("n", batch.recorded.len().into())]);
            self.sent.push((first, what, item));
            self.sent_batches.insert(first, batch.recorded);
        }
        true
    }

    /// Asks for the reversal of what was sent, the whole of a batch.
    pub(in crate::plain) fn reverse_all(&mut self, id: Uuid) -> bool {
        let Some(batch) = self.sent_batches.remove(&id) else { return false };
        self.sent.retain(|(sent, ..)| *sent != id);
        self.coming_back = batch.len();
        // The last comes back first, so that they stand in their order.
        for one in batch.into_iter().rev() {
            self.desk.ask(Ask::Reverse(one));
        }
        self.tell("desk-reversing");
        true
    }
}
