//! What a supervisor has to know without looking for it.

use super::{FloorNow, Takes};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What sort of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TroubleKind {
    /// Something waits that nobody here may take, or that everybody who may is away from.
    NoEligibleModerator,
    /// Something is late, or will be at the present pace.
    DeadlineAtRisk,
    /// Much more or much less is removed than usual.
    UnlikeUsual,
}

impl TroubleKind {
    /// As it is named in words and files.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoEligibleModerator => "no_eligible_moderator",
            Self::DeadlineAtRisk => "deadline_at_risk",
            Self::UnlikeUsual => "unlike_usual",
        }
    }
}

/// One trouble of one queue. It stands as long as its cause does; once acknowledged it is quiet until that has gone
/// and come again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// What sort.
    pub kind: TroubleKind,
    /// Which queue.
    pub queue: String,
    /// How many items.
    pub items: u64,
    /// When something is late.
    pub late_at: Option<Timestamp>,
    /// How many people it lacks.
    pub lacks: Option<u32>,
}

impl Trouble {
    /// What tells it from others; figures change while it stands.
    pub fn key(&self) -> (TroubleKind, &str) {
        (self.kind, &self.queue)
    }
}

/// A forecast further off is no alert.
const AHEAD_MIN: i64 = 30;

/// The troubles of a moment, the most pressing sort first.
pub fn troubles(now: &FloorNow) -> Vec<Trouble> {
    let Some(at) = now.at else { return Vec::new() };
    let pace = now.pace();
    let mut troubles = Vec::new();
    for queue in &now.queues {
        let stats = &queue.stats;
        let trouble = |kind, items| Trouble { kind, queue: stats.name.clone(), items, late_at: None, lacks: None };
        if stats.stranded > 0 {
            troubles.push(trouble(TroubleKind::NoEligibleModerator, stats.stranded));
        } else if stats.overdue + stats.due_15m > 0 && stats.leased == 0 && !stats.paused && !anybody(now, &stats.name)
        {
            troubles.push(trouble(TroubleKind::NoEligibleModerator, stats.overdue + stats.due_15m));
        }
        let told = queue.forecast(at, pace);
        if let Some(late_at) = told.late_at.filter(|late| late.duration_since(at).as_mins() < AHEAD_MIN) {
            let items = stats.overdue + stats.due_15m;
            let (late_at, lacks) = (Some(late_at), told.lacks);
            troubles.push(Trouble { late_at, lacks, ..trouble(TroubleKind::DeadlineAtRisk, items) });
        }
        if queue.today.is_unlike(queue.usual) {
            troubles.push(trouble(TroubleKind::UnlikeUsual, queue.today.removed));
        }
    }
    troubles.sort_by(|a, b| a.key().cmp(&b.key()));
    troubles
}

/// Whether somebody who works this queue is there to take something.
fn anybody(now: &FloorNow, queue: &str) -> bool {
    let works = |queues: &[String]| queues.is_empty() || queues.iter().any(|name| name == queue);
    now.people.iter().any(|person| matches!(person.takes, Takes::All | Takes::Light) && works(&person.queues))
}

#[cfg(test)]
mod tests {
    use super::super::{PersonNow, QueueNow};
    use super::*;
    use crate::moderation::queue::QueueStats;

    fn house(stats: QueueStats, takes: Takes) -> FloorNow {
        let at: Timestamp = "2026-11-22T14:00:00Z".parse().expect("a time");
        let queue = QueueNow { stats, ..QueueNow::default() };
        let person = PersonNow { name: "ines".into(), takes, ..PersonNow::default() };
        FloorNow { at: Some(at), queues: vec![queue], people: vec![person], ..FloorNow::default() }
    }

    fn kinds(now: &FloorNow) -> Vec<TroubleKind> {
        troubles(now).into_iter().map(|trouble| trouble.kind).collect()
    }

    #[test]
    fn what_nobody_may_take_is_told_whoever_is_there() {
        let stats = QueueStats { name: "q".into(), waiting: 3, stranded: 2, ..QueueStats::default() };
        assert_eq!(kinds(&house(stats, Takes::All)), [TroubleKind::NoEligibleModerator]);
    }

    #[test]
    fn what_is_due_while_everybody_rests_is_told_as_one_and_never_why() {
        let stats = QueueStats { name: "q".into(), waiting: 3, due_15m: 1, ..QueueStats::default() };
        let told = kinds(&house(stats.clone(), Takes::OnBreak));
        assert_eq!(told, [TroubleKind::NoEligibleModerator, TroubleKind::DeadlineAtRisk]);
        assert_eq!(kinds(&house(stats, Takes::Light)), [TroubleKind::DeadlineAtRisk]);
    }

    #[test]
    fn a_quiet_house_has_none() {
        let stats = QueueStats { name: "q".into(), waiting: 30, ..QueueStats::default() };
        assert!(kinds(&house(stats, Takes::Offline)).is_empty());
    }
}
