//! What may be served next, item by item, before any of it is on screen.

use super::breaks::Due;
use super::day::Day;
use super::exposure::{self, Modality, Seen};
use super::run::Row;
use super::shift::Shift;
use super::{Moment, Rules, Severity};
use serde::{Deserialize, Serialize};

/// Why less than everything is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Limit {
    /// Mild items are owed after a row of hard ones.
    Run,
    /// A cap of the shift is reached.
    Cap,
    /// The moderator has not agreed anew.
    Amber,
    /// Beginning, end or overtime of the shift.
    Edge,
}

/// A look ahead at what a claim may serve: what is decided and leased counts in its order, and every item taken
/// changes what the next may be. It changes nothing in the [`Day`]. A claim stops at the first item that it wants to
/// serve and may not, or goes past it to a milder one; so it may give fewer than it was asked for.
#[derive(Clone, Debug)]
pub struct Allowance {
    rules: Rules,
    row: Row,
    /// Points that what is taken may come to, if all of it is opened.
    pending: f64,
    shift: Option<Shift>,
    edge: bool,
    due: Option<Due>,
    on_break: bool,
}

impl Allowance {
    pub(super) fn of(
        day: &Day,
        rules: &Rules,
        now: &Moment,
        ahead: impl IntoIterator<Item = (Severity, Modality)>,
    ) -> Self {
        let shift = day.shift().cloned();
        // Without a shift nothing is served; the claim begins one first, and its beginning is an edge.
        let edge = shift.as_ref().map_or(rules.shift.edges, |shift| shift.on_edge(rules, now));
        let due = day.due(rules, now);
        let (row, on_break) = (day.row(rules), day.running().is_some());
        let mut allowance = Self { rules: rules.clone(), row, pending: 0.0, shift, edge, due, on_break };
        for (level, heaviest) in ahead {
            allowance.step(level, heaviest);
        }
        allowance
    }

    /// The break that comes before anything else.
    pub fn due(&self) -> Option<&Due> {
        self.due.as_ref()
    }

    /// The highest level that may be served next; `None` where a break runs or comes first.
    pub fn ceiling(&self) -> Option<Severity> {
        let open = self.due.is_none() && !self.on_break;
        open.then(|| self.limits().map(|(_, most)| most).min().unwrap_or(Severity::EXTREME))
    }

    /// Whether an item of this level may be served next.
    pub fn may(&self, level: Severity) -> bool {
        self.ceiling().is_some_and(|most| level <= most)
    }

    /// Takes an item if it may be served next, and steps on; an item that may not be served changes nothing.
    pub fn take(&mut self, level: Severity, heaviest: Modality) -> bool {
        let may = self.may(level);
        if may {
            self.step(level, heaviest);
        }
        may
    }

    /// What holds back more than this level now, for the answer "why not".
    pub fn why_not(&self, level: Severity) -> Option<Limit> {
        self.limits().find(|(_, most)| level > *most).map(|(limit, _)| limit)
    }

    /// Whether mild items are owed, so that a queue without any means a pause
    /// ([`Day::nothing_mild`]).
    pub fn owes_mild(&self) -> bool {
        self.row.owed > 0
    }

    fn step(&mut self, level: Severity, heaviest: Modality) {
        self.row.served(&self.rules, level);
        let whole = self.rules.text_dwell.as_secs_f64();
        self.pending += exposure::points(&self.rules, level, heaviest, Seen::Full, whole);
    }

    fn limits(&self) -> impl Iterator<Item = (Limit, Severity)> {
        let below_graphic = Severity::DISTURBING;
        let capped = self.shift.as_ref().is_some_and(|shift| shift.capped(&self.rules, self.pending));
        let amber = self.shift.as_ref().is_some_and(|shift| shift.amber(&self.rules, self.pending));
        [
            (capped, Limit::Cap, Severity::MILD),
            (self.row.owed > 0, Limit::Run, self.rules.run.cleanser_max_level),
            (self.edge, Limit::Edge, below_graphic),
            (amber, Limit::Amber, below_graphic),
        ]
        .into_iter()
        .filter_map(|(holds, limit, most)| holds.then_some((limit, most)))
    }
}
