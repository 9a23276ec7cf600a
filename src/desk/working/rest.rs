//! Breaks, another desk, and the end.

use super::errand::Errand;
use super::work::Work;
use crate::desk::News;
use crate::moderation::claim::BreakDue;
use crate::moderation::shift::ShiftState;
use tokio::time::Instant;

impl Work {
    /// The screen says that a break begins.
    pub fn begin_break(&mut self, rule: &str, said: Option<String>) {
        self.send_all_now();
        if rule == "voluntary" {
            self.resting = true;
            self.errands.push_back(Errand::BeginBreak(said));
        } else {
            // The rest is the queue's word: a claim with nothing in hand is answered by the break, with its end. One
            // that was due by time and waited for the item on screen begins by it.
            self.hand_back(true);
            self.on_break = None;
            self.begins_break = true;
            self.claim_after = Instant::now();
        }
    }

    /// The queue says that a break is due or runs: what was never shown goes back at once; of what is on screen the
    /// screen knows how much was seen.
    pub fn break_is_due(&mut self, due: BreakDue) {
        self.on_break = Some(due.clone());
        if due.rule != "voluntary" {
            self.hand_back(false);
        }
        self.tell(News::Break(due));
    }

    /// The shift as the queue has it.
    pub fn shift_is(&mut self, shift: ShiftState) {
        let due = shift.on_break.clone();
        if self.shift.as_ref() != Some(&shift) {
            self.shift = Some(shift.clone());
            self.tell(News::Shift(Box::new(shift)));
        }
        match due {
            Some(due) if self.on_break.as_ref() != Some(&due) => self.break_is_due(due),
            Some(_) => {}
            // Over by the queue's clock; what is asked next says whether it is.
            None => self.on_break = None,
        }
    }

    /// Another desk of this moderator has taken over. Its leases are the moderator's, so nothing is handed back; what
    /// is held here is sent, and what else is on its way lies in the journal for the other to adopt.
    pub fn taken_over(&mut self, desk: String) {
        if self.over.is_some() {
            return;
        }
        self.over = Some(desk);
        self.quiet_until = None;
        self.sights_by = None;
        self.errands.clear();
        self.send_all_now();
    }

    /// Everything that could be sent is sent: lets go of the journal and says so.
    pub fn leave_to_the_other(&mut self) {
        self.ledger.let_go();
        self.due.clear();
        self.calling.clear();
        self.tell(News::TakenOver(self.over.clone().unwrap_or_default()));
    }

    /// The line is dead and the screen waits to leave: what is unsent stays in the journal.
    pub fn give_up(&mut self) {
        let ends = self.errands.iter().any(|errand| matches!(errand, Errand::EndShift(_)));
        if ends {
            self.errands.retain(|errand| !matches!(errand, Errand::EndShift(_)));
            self.tell(News::Ended(self.ledger.unsettled()));
        }
    }
}
