//! The thread that an item stands in: told, and taken in its order.

use super::sitting::Sitting;
use super::spoken::Voice;
use crate::desk::Ask;
use crate::moderation::Served;
use crate::moderation::group::Thread;
use crate::text::scrub;
use crate::wellbeing::Masking;
use std::collections::HashSet;
use std::sync::Arc;

impl Sitting {
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
