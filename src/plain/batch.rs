//! Items that belong together, line by line: told ten at a time, marked by number, decided in one go.

use super::choice::{Choice, pick, pick_first};
use super::decide::{Says, follow_ups};
use super::sitting::{Asked, HeldHere, Sitting, Stand};
use super::spoken::Voice;
use super::typed::Command;
use crate::desk::{Active, Ask};
use crate::moderation::group::Thread;
use crate::moderation::pass::{Opened, Seen};
use crate::moderation::{By, Decision, Group, Measure, Recorded, Served, Sight, Verdict};
use crate::text::scrub;
use crate::wellbeing::{Look, Masking, Modality};
use jiff::Timestamp;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// So many rows are told at a time.
const PAGE: usize = 10;

/// One item of a batch.
#[derive(Clone)]
struct Row {
    served: Arc<Served>,
    marked: bool,
    /// When it was told; one that never was counts nothing.
    told_at: Option<Timestamp>,
}

/// An open batch. The item it was opened for stays in front.
#[derive(Clone)]
pub(super) struct Batch {
    item: String,
    group: Group,
    rows: Vec<Row>,
    /// How many were said, from the first on.
    said: usize,
    /// When the last page had gone out; no verdict typed before is meant for it.
    told_at: Option<Duration>,
    active: Active,
}

/// What a held batch keeps.
pub(super) struct HeldBatch {
    pub decisions: Vec<Decision>,
    open: usize,
    recorded: Vec<Uuid>,
    batch: Batch,
}

impl Row {
    fn sight(&self, active: Duration) -> Sight {
        let told = self.told_at.is_some();
        Sight {
            item: self.served.item.id.clone(),
            revision: self.served.item.revision,
            seen: if told { Seen::Full } else { Seen::Summary },
            opened: Some(Opened::None),
            severity: None,
            presented_at: self.told_at,
            active_ms: Some(if told { u64::try_from(active.as_millis()).unwrap_or(u64::MAX) } else { 0 }),
        }
    }

    fn look(&self, active: Duration) -> Look {
        let item = &self.served.item;
        let mimes = item.media.iter().filter_map(|medium| medium.mime.as_deref());
        Look {
            level: self.served.severity.max(item.prior()),
            seen: Some(Seen::Full),
            opened: Some(Opened::None),
            heaviest: Modality::heaviest(item.kind.code(), item.live, mimes),
            active: Some(active),
            held: None,
            presented: self.told_at,
        }
    }

    fn reported(&self) -> bool {
        !self.served.item.reports.is_empty()
    }
}

impl Batch {
    fn marked(&self) -> usize {
        self.rows.iter().filter(|row| row.marked).count()
    }

    fn share(&self, now: Duration) -> Duration {
        let told = self.rows.iter().filter(|row| row.told_at.is_some()).count();
        self.active.sum(now) / u32::try_from(told.max(1)).unwrap_or(u32::MAX)
    }

    /// What was said has gone out.
    pub(super) fn told(&mut self, now: Duration, wall: Timestamp) {
        self.told_at.get_or_insert(now);
        self.active.start(now);
        for row in self.rows.iter_mut().take(self.said) {
            row.told_at.get_or_insert(wall);
        }
    }
}

impl Sitting {
    /// `b`: what belongs together; with a letter, opens it.
    pub(super) fn batch(&mut self, rest: &str) {
        let Some(front) = &self.front else { return self.tell("guard-no-item") };
        let id = front.served.item.id.clone();
        if self.batch.is_some() {
            return self.more_rows();
        }
        let choices: Vec<Choice<By>> =
            By::ALL.into_iter().map(|by| self.coded("batch", by.code(), letter(by), by)).collect();
        if rest.is_empty() {
            self.says_groups = true;
            self.desk.ask(Ask::Groups(id));
            return;
        }
        match pick(&choices, rest) {
            Some(choice) => self.desk.ask(Ask::OpenBatch(id, choice.picked)),
            None => self.which("plain-say-batch", &choices, rest),
        }
    }

    /// How many belong with the item in front.
    pub(super) fn groups_told(&mut self, item: &str, groups: &[Group]) {
        let asked = std::mem::take(&mut self.says_groups);
        if self.front.as_ref().is_none_or(|front| front.served.item.id != item) || !asked {
            return;
        }
        let several: Vec<&Group> = groups.iter().filter(|group| group.waiting > 1).collect();
        if several.is_empty() {
            return self.tell("batch-alone");
        }
        let told: Vec<String> = several
            .iter()
            .map(|group| {
                let by = self.words.coded("batch", group.by.code()).into_owned();
                let n = self.words.say_with("batch-items", &[("n", group.waiting.into())]);
                format!("b {}: {by}, {n}", letter(group.by))
            })
            .collect();
        self.out.extend(told);
    }

    /// A batch is open, or nothing of it is left.
    pub(super) fn batch_told(&mut self, item: &str, group: Group, items: Vec<Arc<Served>>) {
        let ids: HashSet<&str> = items.iter().map(|served| served.item.id.as_str()).collect();
        self.ahead.retain(|served| !ids.contains(served.item.id.as_str()));
        let waits = self.stand == Stand::Item
            && self.curtain.is_none()
            && self.batch.is_none()
            && self.front.as_ref().is_some_and(|front| front.served.item.id == item);
        let rows = items.into_iter().map(|served| Row { served, marked: false, told_at: None }).collect();
        let now = self.now();
        let batch = Batch { item: item.to_owned(), group, rows, said: 0, told_at: None, active: Active::default() };
        if !waits || batch.rows.len() < 2 {
            self.hand_back_rows(&batch, &[]);
            return if waits {
                self.tell("batch-alone")
            };
        }
        if let Some(front) = &mut self.front {
            front.active.stop(now);
        }
        let by = self.words.coded("batch", batch.group.by.code()).into_owned();
        let title = self.words.say_with("batch-title", &[("n", batch.rows.len().into()), ("by", by.into())]);
        let mut parts = vec![title];
        let beyond = batch.group.waiting.saturating_sub(batch.rows.len() as u64);
        for (id, n) in [
            ("batch-beyond", beyond),
            ("batch-elsewhere", batch.group.elsewhere),
            ("batch-left-out", batch.group.left_out),
        ] {
            if n > 0 {
                parts.push(self.words.say_with(id, &[("n", n.into())]));
            }
        }
        self.say(parts.join(". "));
        self.batch = Some(Box::new(batch));
        self.more_rows();
        self.tell("plain-batch-keys");
    }

    /// The next rows.
    pub(super) fn more_rows(&mut self) {
        let Some(batch) = &self.batch else { return self.tell("plain-no-batch") };
        let from = if batch.said >= batch.rows.len() { 0 } else { batch.said };
        let rows: Vec<Row> = batch.rows[from..].iter().take(PAGE).cloned().collect();
        let lines: Vec<String> = rows.iter().enumerate().map(|(at, row)| self.row_line(from + at + 1, row)).collect();
        if let Some(batch) = &mut self.batch {
            batch.said = batch.said.max(from + rows.len());
            batch.told_at = None;
        }
        self.out.extend(lines);
    }

    fn row_line(&mut self, number: usize, row: &Row) -> String {
        let item = &row.served.item;
        let lexicon = self.house.lexicon(&row.served.client, item.lang.as_deref());
        let policies = self.house.policies_of(&row.served.client);
        let mask = Masking::on_arrival(row.served.severity.max(item.prior()), self.mask_at_least);
        let voice = Voice { mask, lexicon: &lexicon, policies: &policies, words: &self.words };
        let author = item.author.as_ref();
        let name = author.and_then(|author| author.name.as_ref()).map(|name| scrub::line(name).fit(40).into_owned());
        let name = name.or_else(|| author.and_then(|author| author.id.as_deref().map(scrub::log)));
        let at = item.created_at.map(|at| self.words.moment(at, self.at.wall, &self.settings.zone));
        let reports = match item.reports.len() {
            0 => self.words.say("batch-not-reported").into_owned(),
            n => self.words.say_with("report-times", &[("n", n.into())]),
        };
        let head: Vec<String> = [Some(number.to_string()), name, at, Some(reports)].into_iter().flatten().collect();
        let texts = [&item.title, &item.text].into_iter().flatten();
        let said: Vec<String> = texts.flat_map(|text| voice.said(scrub::line(text)).paragraphs).collect();
        let said = said.join(" ");
        let said =
            if said.is_empty() { self.words.coded("masking", &mask.level().to_string()).into_owned() } else { said };
        format!("{}: {said}", head.join(", "))
    }

    /// `v` and numbers: marks these, or takes the mark away.
    pub(super) fn mark(&mut self, rest: &str) {
        let Some(batch) = &mut self.batch else { return };
        let mut any = false;
        for part in rest.split([' ', ',']).filter(|part| !part.is_empty()) {
            let (from, to) = part.split_once('-').unwrap_or((part, part));
            let (Ok(from), Ok(to)) = (from.parse::<usize>(), to.parse::<usize>()) else { continue };
            for row in batch.rows.iter_mut().take(to).skip(from.saturating_sub(1)) {
                row.marked = !row.marked;
                any = true;
            }
        }
        if !any {
            return self.tell("plain-batch-which");
        }
        let line = self.words.say_with("batch-marked", &[("n", batch.marked().into())]);
        self.say(line);
    }

    /// `V`: all that were reported, or all where none was; with those marked, none.
    pub(super) fn mark_all(&mut self) {
        let Some(batch) = &mut self.batch else { return };
        let any = batch.rows.iter().any(Row::reported);
        let all = batch.rows.iter().filter(|row| !any || row.reported()).all(|row| row.marked);
        for row in &mut batch.rows {
            row.marked = !all && (row.marked || !any || row.reported());
        }
        let (marked, rest) = (batch.marked(), batch.rows.iter().filter(|row| any && !row.reported()).count());
        let id = if rest > 0 && marked > 0 { "batch-marked-reported" } else { "batch-marked" };
        let line = self.words.say_with(id, &[("n", marked.into()), ("rest", rest.into())]);
        self.say(line);
    }

    /// What a command means over a batch; `false` where it means what it always does.
    pub(super) fn over_a_batch(&mut self, command: Command, rest: &str, line: &str) -> bool {
        match command {
            Command::Approve => self.ask_batch(Says::only(Verdict::Approve), line),
            Command::Delete => self.batch_policy(Says::only(Verdict::Delete), rest, line),
            Command::Measure => {
                let letters = ['h', 'r', 'c', 'a', 'd', 'l'];
                let measures: Vec<_> = Measure::ALL
                    .into_iter()
                    .zip(letters)
                    .map(|(measure, letter)| self.coded("measure", measure.code(), letter, measure))
                    .collect();
                match pick_first(&measures, rest) {
                    Some((choice, rest)) => {
                        let says = Says { measure: Some(choice.picked), ..Says::only(Verdict::Restrict) };
                        self.batch_policy(says, rest, line);
                    }
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

    fn batch_policy(&mut self, says: Says, typed: &str, line: &str) {
        let Some(front) = &self.front else { return };
        let (policies, lang) = (front.policies.clone(), self.words.lang().code());
        let choice = |policy: &crate::moderation::Policy| Choice {
            letter: policy.letter,
            code: policy.code.clone(),
            title: policy.title_in(lang).to_owned(),
            picked: policy.code.clone(),
        };
        let choices: Vec<Choice<String>> = policies.policies.iter().map(choice).collect();
        match pick(&choices, typed) {
            Some(choice) => self.ask_batch(Says { policy: Some(choice.picked.clone()), ..says }, line),
            None => self.which("plain-say-policy", &choices, typed),
        }
    }

    /// First says what it will do.
    fn ask_batch(&mut self, says: Says, line: &str) {
        let Some(batch) = &self.batch else { return };
        if self.typed_ahead(batch.told_at) {
            return self.tell("plain-typed-ahead");
        }
        let marked: Vec<&Row> = batch.rows.iter().filter(|row| row.marked).collect();
        if marked.is_empty() {
            let text = self.words.say_with("batch-nothing-marked", &[("one", "v 3".into()), ("all", "V".into())]);
            return self.say(text);
        }
        let mut whose: Vec<String> = Vec::new();
        for row in &marked {
            let author = row.served.item.author.as_ref();
            let name =
                author.and_then(|author| author.name.as_ref()).map(|name| scrub::line(name).fit(24).into_owned());
            let name = name.or_else(|| author.and_then(|author| author.id.as_deref().map(scrub::log)));
            whose.extend(name.filter(|name| !whose.contains(name)));
        }
        let more = whose.len().saturating_sub(3);
        whose.truncate(3);
        if whose.is_empty() {
            whose.push(self.words.say("desk-author-unknown").into_owned());
        }
        if more > 0 {
            whose.push(self.words.say_with("batch-more-authors", &[("n", more.into())]));
        }
        let mut what = match says.measure {
            Some(measure) => self.words.coded("measure", measure.code()).into_owned(),
            None => self.words.coded("verdict", says.verdict.code()).into_owned(),
        };
        let policies = self.front.as_ref().map(|front| front.policies.clone());
        let policy = says.policy.as_deref().and_then(|code| policies.as_ref()?.get(code));
        if let Some(policy) = policy {
            what = format!("{what} ({})", policy.title_in(self.words.lang().code()));
        }
        let stays = batch.rows.len() - marked.len();
        let unreported = batch.rows.iter().filter(|row| !row.marked && !row.reported()).count();
        let untold = marked.iter().filter(|row| row.told_at.is_none()).count();
        let mut lines = vec![self.words.say_with(
            "batch-will-do",
            &[("what", what.into()), ("n", marked.len().into()), ("whose", whose.join(", ").into())],
        )];
        for (id, n) in [
            ("batch-unseen", untold as u64),
            ("batch-stays", stays as u64),
            ("batch-stays-unreported", if stays > 0 { unreported as u64 } else { 0 }),
            ("batch-elsewhere", batch.group.elsewhere),
            ("batch-left-out", batch.group.left_out),
        ] {
            if n > 0 {
                lines.push(self.words.say_with(id, &[("n", n.into())]));
            }
        }
        if policy.is_some_and(|policy| policy.sealed) {
            lines.push(self.words.say("desk-grave-seals").into_owned());
        }
        self.out.extend(lines);
        self.tell("plain-question");
        self.ask_again(Asked::Batch(says), line);
    }

    /// Yes: one call, one hold, one undo.
    pub(super) fn decide_batch(&mut self, says: Says) {
        let Some(mut batch) = self.batch.take() else { return };
        let now = self.now();
        batch.active.stop(now);
        let share = batch.share(now);
        let policies = self.front.as_ref().map(|front| front.policies.clone());
        let policy = says.policy.as_deref().and_then(|code| policies.as_ref()?.get(code)).cloned();
        let id = Uuid::now_v7();
        let mut decisions = Vec::new();
        for row in batch.rows.iter().filter(|row| row.marked) {
            let own = self.front.as_ref().filter(|front| front.served.item.id == row.served.item.id);
            let sight = own.map_or_else(|| row.sight(share), |front| front.sight(now));
            let draft = own.map(|front| front.draft.clone()).unwrap_or_default();
            let floor = policy.as_ref().map(|policy| policy.severity).filter(|floor| *floor > row.served.severity);
            decisions.push(Decision {
                id: Uuid::now_v7(),
                item: sight.item,
                revision: sight.revision,
                round: Some(row.served.round),
                queue: Some(row.served.queue.clone()),
                moderator: Some(self.settings.moderator.clone()),
                verdict: says.verdict,
                measure: says.measure,
                policy: says.policy.clone(),
                policy_version: policies.as_ref().map(|p| p.version.clone()).filter(|version| !version.is_empty()),
                to: says.to.clone(),
                imminent: None,
                follow_ups: follow_ups(&draft.follow_ups, policy.as_ref()),
                note: Some(draft.note.trim()).filter(|note| !note.is_empty()).map(Into::into),
                severity: draft.grade.max(floor),
                seen: Some(sight.seen),
                opened: sight.opened,
                presented_at: sight.presented_at,
                decided_at: Some(self.at.wall),
                active_ms: sight.active_ms,
                batch: Some(id),
                reverses: None,
                reversed_by: None,
                automated: false,
                late_s: None,
            });
        }
        let leaves_at = self.leaves_at(policy.as_ref());
        if let Err(why) = self.desk.hold(&decisions, leaves_at) {
            self.batch = Some(batch);
            let line = self.words.say_with("desk-failed", &[("why", why.to_string().into())]);
            return self.say(line);
        }
        let Some(first) = decisions.first().cloned() else { return };
        for row in batch.rows.iter().filter(|row| row.marked && row.told_at.is_some()) {
            if self.front.as_ref().is_none_or(|front| front.served.item.id != row.served.item.id) {
                self.care.book(&row.served, &row.look(share), &self.at);
            }
        }
        self.hand_back_rows(&batch, &decisions);
        self.tally.decided += decisions.len() as u64;
        let what =
            super::spoken::decided(&first, &self.policy_title(&batch.rows[0].served.client, &first), &self.words);
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
    pub(super) fn batch_back(&mut self, held: HeldHere, items: Vec<Arc<Served>>) {
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
    pub(super) fn batch_settled(&mut self, recorded: &Recorded) -> bool {
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
            let what = super::spoken::decided(&held.decision, &title, &self.words);
            let item = self.words.say_with("batch-items", &[("n", batch.recorded.len().into())]);
            self.sent.push((first, what, item));
            self.sent_batches.insert(first, batch.recorded);
        }
        true
    }

    /// Closes it: what was not decided goes back, and the item it was opened for is in front again.
    pub(super) fn close_batch(&mut self, said: bool) {
        let Some(batch) = self.batch.take() else { return };
        self.hand_back_rows(&batch, &[]);
        if matches!(self.asked, Some((Asked::Batch(_), _))) {
            self.asked = None;
        }
        if said {
            self.tell("plain-batch-closed");
            self.repeat();
        }
    }

    fn hand_back_rows(&mut self, batch: &Batch, decided: &[Decision]) {
        let now = self.now();
        let share = batch.share(now);
        let decided: HashSet<&str> = decided.iter().map(|one| one.item.as_str()).collect();
        let mut back = Vec::new();
        for row in &batch.rows {
            let id = row.served.item.id.as_str();
            if decided.contains(id) || self.front.as_ref().is_some_and(|front| front.served.item.id == id) {
                continue;
            }
            if row.told_at.is_some() {
                self.care.book(&row.served, &row.look(share), &self.at);
            }
            back.push(row.sight(share));
        }
        if !back.is_empty() {
            self.desk.ask(Ask::Release(back));
        }
    }

    /// Asks for the reversal of what was sent, the whole of a batch.
    pub(super) fn reverse_all(&mut self, id: Uuid) -> bool {
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

    /// `V`: what waits of the thread comes next, in order.
    pub(super) fn take_thread(&mut self) {
        let Some(front) = &self.front else { return self.tell("guard-no-item") };
        let subject = front.served.item.subject.as_ref().and_then(|subject| subject.id.as_ref());
        if subject.is_none() {
            return self.tell("thread-no-subject");
        }
        self.desk.ask(Ask::TakeThread(front.served.item.id.clone()));
    }

    /// It is leased, and comes right after the item in front.
    pub(super) fn thread_taken(&mut self, items: Vec<Arc<Served>>) {
        if items.is_empty() {
            return self.tell("thread-nothing-waits");
        }
        let line = self.words.say_with("thread-taken", &[("n", items.len().into())]);
        let ids: HashSet<&str> = items.iter().map(|served| served.item.id.as_str()).collect();
        self.ahead.retain(|served| !ids.contains(served.item.id.as_str()));
        for served in items.iter().rev() {
            if self.front.as_ref().is_none_or(|front| front.served.item.id != served.item.id) {
                self.ahead.push_front(served.clone());
            }
        }
        self.say(line);
    }

    /// The thread as the queue has it, with the verdicts given in it.
    pub(super) fn thread_told(&mut self, item: &str, thread: &Thread) {
        let Some(front) = &self.front else { return };
        if front.served.item.id != item || thread.posts.is_empty() {
            return;
        }
        let counts =
            [("n", thread.whole.into()), ("waiting", thread.waiting.into()), ("removed", thread.removed.into())];
        let mut lines = vec![self.words.say_with("thread-here", &counts)];
        for post in thread.posts.iter().filter(|post| post.item.item != item) {
            let mask = Masking::on_arrival(post.item.severity, self.mask_at_least);
            let voice = Voice { mask, lexicon: &front.lexicon, policies: &front.policies, words: &self.words };
            let name = post.author.as_ref().map(|name| scrub::line(name).fit(40).into_owned());
            let at =
                self.words.moment(post.created_at.unwrap_or(post.item.received_at), self.at.wall, &self.settings.zone);
            let state = match post.item.verdict {
                Some(verdict) => {
                    let done = self.words.say(&format!("verdict-{}.done", verdict.code())).into_owned();
                    let policy = post.item.policy.as_deref().map(scrub::log);
                    let by = post.by.as_deref().map(scrub::log);
                    [Some(done), policy, by].into_iter().flatten().collect::<Vec<_>>().join(" ")
                }
                None => self.words.say(&format!("thread-{}", post.state)).into_owned(),
            };
            let head = [name, Some(at), Some(state)].into_iter().flatten().collect::<Vec<_>>().join(", ");
            let said = voice.said(scrub::line(&post.item.text)).paragraphs.join(" ");
            lines.push(if said.is_empty() { head } else { format!("{head}: {said}") });
        }
        self.out.extend(lines);
    }
}

fn letter(by: By) -> char {
    match by {
        By::Text => 't',
        By::Alike => 'n',
        By::Link => 'l',
        By::Author => 'a',
        By::Thread => 'v',
    }
}
