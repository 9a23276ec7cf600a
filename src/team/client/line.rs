//! The same line as in one process, over HTTP: each verb as its call.

use super::Remote;
use super::call::Failed;
use crate::desk::line::{Hints, HouseNow};
use crate::desk::{Decided, HistoryEntry, Kept, Line, LineError, Renewed, Reverse};
use crate::moderation::alert::AlertState;
use crate::moderation::author::AuthorFigures;
use crate::moderation::doubt::{Answer, Seeking};
use crate::moderation::group::Thread;
use crate::moderation::mine::Mine;
use crate::moderation::policy::Policies;
use crate::moderation::shift::{Handover, ShiftState};
use crate::moderation::{
    Alert, By, Claim, Claimed, Client, Decision, Doubt, DoubtState, Exposure, Group, Messages, Pass, Precedent, Queue,
    Recorded, Refusal, Sight,
};
use crate::team::api::{self, path};
use async_trait::async_trait;
use jiff::Timestamp;
use tokio::sync::watch;
use uuid::Uuid;

/// The break that a refusal names; anything else stays what it is.
fn resting(failed: Failed) -> Result<crate::moderation::claim::BreakDue, LineError> {
    match &failed {
        Failed::Refused(refused) => match refused.fault.as_ref().and_then(api::Fault::as_break) {
            Some(due) => Ok(due),
            None => Err(failed.into()),
        },
        Failed::Line(_) => Err(failed.into()),
    }
}

#[async_trait]
impl Line for Remote {
    fn who(&self) -> &str {
        &self.known.me.person.name
    }

    fn backend(&self) -> &str {
        self.calls.url()
    }

    async fn claim(&self, claim: &Claim) -> Result<Claimed, LineError> {
        match self.calls.post::<_, api::claim::Answer>(api::claim::PATH, claim).await {
            Ok(api::claim::Answer { items, waiting, why }) => Ok(Claimed::Items { items, waiting, why }),
            Err(failed) => match resting(failed) {
                Ok(break_due) => Ok(Claimed::BreakDue { break_due }),
                Err(LineError::TakenOver(desk_taken_over)) => Ok(Claimed::TakenOver { desk_taken_over }),
                Err(error) => Err(error),
            },
        }
    }

    async fn renew(&self, desk: &str, items: &[String]) -> Result<Renewed, LineError> {
        let asked = api::renew::Request { desk: Some(desk.to_owned()), items: items.to_vec() };
        match self.calls.post::<_, api::renew::Answer>(api::renew::PATH, &asked).await {
            Ok(api::renew::Answer { renewed, lost }) => {
                let renewed = renewed.into_iter().map(|lease| (lease.item, lease.lease_until)).collect();
                Ok(Renewed { renewed, lost, break_due: None })
            }
            Err(failed) => {
                let break_due = Some(resting(failed)?);
                Ok(Renewed { renewed: Vec::new(), lost: Vec::new(), break_due })
            }
        }
    }

    async fn release(&self, items: &[Sight]) -> Result<Vec<Refusal>, LineError> {
        let items = items.iter().cloned().map(api::release::Left::Seen).collect();
        let answer: api::release::Answer =
            self.calls.post(api::release::PATH, &api::release::Request { items }).await?;
        Ok(answer.lost)
    }

    async fn decide(&self, decisions: &[Decision], claim: Option<&Claim>) -> Result<Decided, LineError> {
        let asked = api::decide::Request { decisions: decisions.to_vec(), claim: claim.cloned() };
        let answer: api::decide::Answer = self.calls.post(api::decide::PATH, &asked).await?;
        let api::decide::Answer { results, items, waiting, why, break_due, desk_taken_over } = answer;
        let claimed = match (claim, break_due, desk_taken_over, items) {
            (None, ..) => None,
            (_, Some(break_due), ..) => Some(Claimed::BreakDue { break_due }),
            (_, _, Some(desk_taken_over), _) => Some(Claimed::TakenOver { desk_taken_over }),
            (.., Some(items)) => Some(Claimed::Items { items, waiting: waiting.unwrap_or_default(), why }),
            _ => None,
        };
        Ok(Decided { results, claimed })
    }

    async fn reverse(&self, decision: Uuid, reverse: &Reverse) -> Result<Recorded, LineError> {
        let Reverse { id, reason, decision: new } = reverse.clone();
        let asked = api::reverse::Request { id: Some(id), reason, decision: new };
        Ok(self.calls.post(&path(api::reverse::PATH, &decision.to_string()), &asked).await?)
    }

    async fn pass(&self, passes: &[Pass]) -> Result<Vec<Refusal>, LineError> {
        let passes = passes.iter().cloned().map(api::pass::Line::from).collect();
        let answer: api::pass::Answer = self.calls.post(api::pass::PATH, &api::pass::Request { passes }).await?;
        Ok(answer.lost)
    }

    async fn expose(&self, exposures: &[Exposure]) -> Result<(), LineError> {
        let asked = api::expose::Request { exposures: exposures.to_vec() };
        let _: api::Done = self.calls.post(api::expose::PATH, &asked).await?;
        Ok(())
    }

    async fn start_shift(&self, ends_at: Option<Timestamp>) -> Result<ShiftState, LineError> {
        Ok(self.calls.post(api::shift::START, &api::shift::Start { ends_at }).await?)
    }

    async fn end_shift(&self, notes: &[Handover]) -> Result<(), LineError> {
        let _: ShiftState = self.calls.post(api::shift::END, &api::shift::End { notes: notes.to_vec() }).await?;
        Ok(())
    }

    async fn shift(&self) -> Result<ShiftState, LineError> {
        // The first call of every desk.
        self.make_sure().await?;
        self.calls.get(api::shift::PATH).await
    }

    async fn begin_break(&self, said: Option<&str>) -> Result<ShiftState, LineError> {
        use api::breaks::Said;
        let all = [Said::Lunch, Said::Meeting, Said::Technical];
        let said = said.and_then(|said| all.into_iter().find(|one| one.code() == said));
        Ok(self.calls.post(api::breaks::PATH, &api::breaks::Request { said }).await?)
    }

    async fn end_break(&self) -> Result<ShiftState, LineError> {
        match self.calls.post(api::breaks::END, &api::Nothing {}).await {
            Ok(state) => Ok(state),
            Err(failed) => {
                // Not over by the queue's clock: the shift says so, as it does in one process.
                resting(failed)?;
                self.shift().await
            }
        }
    }

    async fn agree_graphic(&self) -> Result<ShiftState, LineError> {
        Ok(self.calls.post(api::shift::AGREE, &api::Nothing {}).await?)
    }

    async fn alert(&self, alert: &Alert) -> Result<AlertState, LineError> {
        Ok(self.calls.post(api::alerts::PATH, alert).await?)
    }

    async fn alerts(&self) -> Result<Vec<AlertState>, LineError> {
        let answer: api::alerts::Answer = self.calls.get(api::alerts::PATH).await?;
        Ok(answer.alerts)
    }

    async fn doubt(&self, doubt: &Doubt) -> Result<DoubtState, LineError> {
        Ok(self.calls.post(api::doubts::PATH, &api::doubts::Ask::from(doubt.clone())).await?)
    }

    async fn answer(&self, doubt: Uuid, answer: &Answer) -> Result<DoubtState, LineError> {
        Ok(self.calls.post(&path(api::doubts::ANSWER, &doubt.to_string()), answer).await?)
    }

    async fn keep_precedent(&self, doubt: Uuid, keep: bool) -> Result<DoubtState, LineError> {
        let asked = api::doubts::Keep { keep };
        Ok(self.calls.post(&path(api::doubts::KEEP, &doubt.to_string()), &asked).await?)
    }

    async fn precedents(&self, seeking: &Seeking) -> Result<Vec<Precedent>, LineError> {
        let part =
            |key: &str, value: &Option<String>| value.as_ref().map(|value| format!("{key}={}", path("{value}", value)));
        let parts = [part("item", &seeking.item), part("words", &seeking.words)];
        let asked: Vec<String> = parts.into_iter().flatten().collect();
        let found: api::doubts::Found =
            self.calls.get(&format!("{}?{}", api::doubts::PRECEDENTS, asked.join("&"))).await?;
        Ok(found.precedents)
    }

    async fn messages(&self) -> Result<Messages, LineError> {
        self.calls.get(api::messages::PATH).await
    }

    async fn confirm(&self, messages: &[Uuid]) -> Result<(), LineError> {
        let asked = api::messages::Read { messages: messages.to_vec() };
        let _: api::Done = self.calls.post(api::messages::READ, &asked).await?;
        Ok(())
    }

    async fn clients(&self) -> Result<Vec<Client>, LineError> {
        let answer: api::clients::Answer = self.calls.get(api::clients::PATH).await?;
        Ok(answer.clients)
    }

    async fn policies(&self, client: &str) -> Result<Policies, LineError> {
        let mut answer: api::policies::Answer = self.calls.get(api::policies::PATH).await?;
        let found = answer.clients.remove(client).or_else(|| answer.clients.remove("default"));
        found.ok_or_else(|| LineError::Refused(format!("there are no policies of {client}")))
    }

    async fn queues(&self) -> Result<Vec<Queue>, LineError> {
        let answer: api::queues::Answer = self.calls.get(api::queues::PATH).await?;
        Ok(answer.queues)
    }

    async fn house(&self) -> Result<HouseNow, LineError> {
        let policies = self.calls.get::<api::policies::Answer>(api::policies::PATH);
        let (clients, policies, queues) = tokio::join!(self.clients(), policies, self.queues());
        Ok(HouseNow { clients: clients?, policies: policies?.clients.into_iter().collect(), queues: queues? })
    }

    async fn item(&self, id: &str) -> Result<Kept, LineError> {
        let api::item::Answer { item, queue, client, state, round, due_at, decisions } =
            self.calls.get(&path(api::item::PATH, id)).await?;
        Ok(Kept { item, queue, client, state, round, due_at, decisions })
    }

    async fn history(&self, item: &str) -> Result<Vec<HistoryEntry>, LineError> {
        let answer: api::history::Answer = self.calls.get(&path(api::history::PATH, item)).await?;
        let entry = |api::history::Entry { at, by, what, round, revision, detail }| HistoryEntry {
            at,
            by,
            what,
            round,
            revision,
            detail,
        };
        Ok(answer.entries.into_iter().map(entry).collect())
    }

    async fn author(&self, id: &str) -> Result<AuthorFigures, LineError> {
        self.calls.get(&path(api::author::PATH, id)).await
    }

    async fn groups(&self, item: &str, by: Option<By>) -> Result<Vec<Group>, LineError> {
        let by = by.map_or_else(String::new, |by| format!("&by={}", by.code()));
        let asked = format!("{}?item={}{by}", api::groups::PATH, path("{item}", item));
        let answer: api::groups::Answer = self.calls.get(&asked).await?;
        Ok(answer.groups)
    }

    async fn thread(&self, item: &str) -> Result<Thread, LineError> {
        self.calls.get(&path(api::thread::PATH, item)).await
    }

    async fn opt_outs(&self, change: Option<&[String]>) -> Result<Vec<String>, LineError> {
        let Some(topics) = change.map(<[String]>::to_vec) else { return Ok(self.mine().await?.topics) };
        self.calls.put_topics(&api::me::Topics { topics }).await
    }

    async fn mine(&self) -> Result<Mine, LineError> {
        self.calls.get(api::me::PAGE).await
    }

    async fn picture(&self, item: &str, hash: &str) -> Result<Option<Vec<u8>>, LineError> {
        let asked = format!("{}?item={}", path(api::media::PATH, hash), path("{item}", item));
        self.calls.bytes(&asked, crate::moderation::item::MAX_PICTURE).await
    }

    fn rings(&self) -> watch::Receiver<u64> {
        let rings = self.bells.own.subscribe();
        self.listen();
        rings
    }

    fn hints(&self) -> Option<watch::Receiver<Hints>> {
        Some(self.bells.hints.subscribe())
    }
}
