//! Topics that a moderator does not take. It is theirs alone: kept beside their day, remembered by the writer only,
//! and in no row from which anybody else could work it out.

use super::Keeper;
use super::shelf::Shelf;
use crate::moderation::Item;
use crate::moderation::mine::MOST_TOPICS;
use crate::moderation::policy::Policies;
use crate::store::{Result, StoreError};
use crate::text::mark::Terms;
use crate::text::scrub;
use crate::wellbeing::OptOut;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Bytes of a topic's name at most.
const NAME: usize = 100;

/// The terms of a client's policies, for one language, and the policy of each.
pub(in crate::store) struct Topics {
    terms: Option<Terms>,
    codes: Vec<String>,
}

impl Topics {
    fn of(policies: Option<&Policies>, lang: Option<&str>) -> Self {
        let primary = lang.map(|lang| lang.split(['-', '_']).next().unwrap_or(lang));
        let (mut words, mut codes) = (Vec::new(), Vec::new());
        for policy in policies.map(|policies| policies.policies.as_slice()).unwrap_or_default() {
            for (of, terms) in &policy.terms {
                if of == "*" || primary.is_none_or(|primary| primary == of) {
                    words.extend(terms.iter().map(String::as_str));
                    codes.resize(words.len(), policy.code.clone());
                }
            }
        }
        Self { terms: Terms::new(&words).ok(), codes }
    }

    /// What an item is about, as far as the queue can know before anybody has looked: the categories of its reports,
    /// and the policies whose terms stand in its words.
    fn in_item(&self, item: &Item) -> BTreeSet<String> {
        let mut topics: BTreeSet<String> = item
            .reports
            .iter()
            .filter_map(|report| report.reason.as_ref())
            .map(|reason| reason.raw().to_owned())
            .collect();
        let alts = item.media.iter().filter_map(|medium| medium.alt.as_ref());
        if let Some(terms) = &self.terms {
            for text in item.title.iter().chain(&item.text).chain(alts) {
                let hits = terms.hits(&scrub::block(text));
                topics.extend(hits.iter().filter_map(|hit| self.codes.get(hit.term).cloned()));
            }
        }
        topics
    }
}

impl<S: Shelf> Keeper<S> {
    /// What this person does not take; with `change`, from now on these and no others.
    pub(in crate::store) fn opt_outs(&mut self, who: &str, change: Option<&[String]>) -> Result<Vec<String>> {
        let (person, _) = self.person(who)?;
        let mut state = self.take_day(person)?;
        if let Some(topics) = change {
            let fits = |topic: &String| !topic.trim().is_empty() && topic.len() <= NAME;
            if topics.len() > MOST_TOPICS || !topics.iter().all(fits) {
                self.hot.days.insert(person, state);
                let why = format!("up to {MOST_TOPICS} topics of 1 to {NAME} bytes; name fewer, or shorter ones");
                return Err(StoreError::Invalid(why));
            }
            let mut own = OptOut::default();
            for topic in topics {
                own.out(topic);
            }
            state.opt_out = own;
        }
        let topics = state.opt_out.topics().map(str::to_owned).collect();
        if change.is_none() {
            self.hot.days.insert(person, state);
            return Ok(topics);
        }
        self.put_day(person, state);
        // What was kept from them for the topics of before may be theirs again.
        let barred = self.shelf.barred()?;
        self.hot.bar_all(barred);
        self.hot.cursors.retain(|(who, ..), _| *who != person);
        Ok(topics)
    }

    /// Whether a person takes an item. One that they do not is kept from them in the writer's memory alone.
    pub(in crate::store) fn takes(&mut self, person: i64, seq: i64, client: &str, item: &Item) -> Result<bool> {
        let state = self.take_day(person)?;
        let own = state.opt_out.clone();
        self.hot.days.insert(person, state);
        if own.is_empty() {
            return Ok(true);
        }
        let key = (client.to_owned(), item.lang.clone());
        let topics = match self.hot.topics.get(&key) {
            Some(known) => Arc::clone(known),
            None => {
                let policies = self.policies(client);
                let made = Arc::new(Topics::of(policies.as_deref(), item.lang.as_deref()));
                self.hot.topics.insert(key, Arc::clone(&made));
                made
            }
        };
        let takes = own.takes(topics.in_item(item).iter().map(String::as_str));
        if !takes {
            self.hot.barred.insert((seq, person));
            self.hot.barred_people.insert(person);
        }
        Ok(takes)
    }
}
