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
    /// Something does not get through to a webhook, or nothing is sent to it any more.
    WebhookFailing,
}

impl TroubleKind {
    /// As it is named in words and files.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoEligibleModerator => "no_eligible_moderator",
            Self::DeadlineAtRisk => "deadline_at_risk",
            Self::UnlikeUsual => "unlike_usual",
            Self::WebhookFailing => "webhook_failing",
        }
    }
}

/// One trouble of one queue or webhook. It stands as long as its cause does; once acknowledged it is quiet until that has gone
/// and come again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// What sort.
    pub kind: TroubleKind,
    /// Which queue; of a webhook its name.
    pub queue: String,
    /// How many items or messages; 0 of a webhook that is turned off with nothing begun.
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

    /// Whether it is a trouble of this queue, and not of something else by its name.
    pub fn is_of_queue(&self, queue: &str) -> bool {
        self.queue == queue && self.kind != TroubleKind::WebhookFailing
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
    for hook in &now.webhooks {
        let kind = TroubleKind::WebhookFailing;
        troubles.push(Trouble { kind, queue: hook.name.clone(), items: hook.waiting, late_at: None, lacks: None });
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
    fn a_webhook_that_fails_is_told_and_is_no_trouble_of_a_queue_of_its_name() {
        let stats = QueueStats { name: "crm".into(), ..QueueStats::default() };
        let mut now = house(stats, Takes::All);
        now.webhooks.push(crate::moderation::webhook::HookTrouble { name: "crm".into(), waiting: 2, off: false });
        let told = troubles(&now);
        assert_eq!(
            told.iter().map(|one| (one.kind, one.items)).collect::<Vec<_>>(),
            [(TroubleKind::WebhookFailing, 2)]
        );
        assert!(!told[0].is_of_queue("crm"));
    }

    #[test]
    fn a_quiet_house_has_none() {
        let stats = QueueStats { name: "q".into(), waiting: 30, ..QueueStats::default() };
        assert!(kinds(&house(stats, Takes::Offline)).is_empty());
    }
}
