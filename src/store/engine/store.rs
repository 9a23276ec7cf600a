//! Everything that a store is asked, for every engine: done by the writer, or read beside it.

use super::{AccessReader, AlertReader, Beside, Engine, HouseReader, ItemReader, KinReader, LogReader, OwnReader};
use crate::moderation::alert::AlertState;
use crate::moderation::author::AuthorFigures;
use crate::moderation::deadline::PauseReason;
use crate::moderation::doubt::{Answer, Seeking};
use crate::moderation::filter::Filter;
use crate::moderation::floor::{Findings, FloorNow, Override, Standing, Step};
use crate::moderation::group::Thread;
use crate::moderation::mine::Mine;
use crate::moderation::queue::QueueStats;
use crate::moderation::shift::{Handover, ShiftState};
use crate::moderation::webhook::{DeliveryNow, Holder, Replay, Replayed, WebhookNow};
use crate::moderation::{
    Alert, By, Claim, Claimed, Client, Decision, Doubt, DoubtState, Exposure, Group, Messages, Notice, Pass, Person,
    Precedent, Queue, Recorded, Refusal, Sight, Webhook,
};
use crate::store::access::{Access, Held, KeptToken};
use crate::store::keeper::{message, webhook};
use crate::store::listing::{Listed, Listing};
use crate::store::outgoing::{HookSecret, Settled, Turn};
use crate::store::{
    Again, AuditEntry, BrokenLink, Decided, DecisionFilter, Erased, Event, Expired, HistoryEntry, Imported, Kept,
    Parcel, Renewed, Result, Reverse, Store,
};
use crate::wellbeing::Rules;
use async_trait::async_trait;
use jiff::Timestamp;
use std::sync::Arc;
use uuid::Uuid;

#[async_trait]
impl<E: Engine> Store for E {
    async fn take_in(&self, parcels: Vec<Parcel>) -> Result<Vec<Imported>> {
        self.ask(true, move |keeper| keeper.import(&parcels)).await
    }

    async fn withdraw(&self, items: &[String], by: &str) -> Result<Vec<String>> {
        let (items, by) = (items.to_vec(), by.to_owned());
        self.ask(true, move |keeper| keeper.withdraw(&items, &by)).await
    }

    async fn claim(&self, who: &str, claim: &Claim) -> Result<Claimed> {
        let (who, claim) = (who.to_owned(), claim.clone());
        self.ask(false, move |keeper| keeper.claim(&who, &claim)).await
    }

    async fn renew(&self, who: &str, desk: Option<&str>, items: &[String]) -> Result<Renewed> {
        let (who, desk, items) = (who.to_owned(), desk.map(str::to_owned), items.to_vec());
        self.ask(false, move |keeper| keeper.renew(&who, desk.as_deref(), &items)).await
    }

    async fn release(&self, who: &str, items: &[Sight]) -> Result<Vec<Refusal>> {
        let (who, items) = (who.to_owned(), items.to_vec());
        self.ask(true, move |keeper| keeper.release(&who, &items)).await
    }

    async fn decide(&self, who: &str, decisions: &[Decision], claim: Option<&Claim>) -> Result<Decided> {
        let (who, decisions, claim) = (who.to_owned(), decisions.to_vec(), claim.cloned());
        self.ask(true, move |keeper| keeper.decide(&who, &decisions, claim.as_ref())).await
    }

    async fn reverse(&self, who: &str, decision: Uuid, reverse: &Reverse) -> Result<Recorded> {
        let (who, reverse) = (who.to_owned(), reverse.clone());
        self.ask(true, move |keeper| keeper.reverse(&who, decision, &reverse)).await
    }

    async fn pass(&self, who: &str, passes: &[Pass]) -> Result<Vec<Refusal>> {
        let (who, passes) = (who.to_owned(), passes.to_vec());
        self.ask(true, move |keeper| keeper.pass(&who, &passes)).await
    }

    async fn expose(&self, who: &str, exposures: &[Exposure]) -> Result<()> {
        let (who, exposures) = (who.to_owned(), exposures.to_vec());
        self.ask(true, move |keeper| keeper.expose(&who, &exposures)).await
    }

    async fn start_shift(&self, who: &str, ends_at: Option<Timestamp>) -> Result<ShiftState> {
        let who = who.to_owned();
        self.ask(true, move |keeper| keeper.start_shift(&who, ends_at)).await
    }

    async fn end_shift(&self, who: &str, notes: &[Handover]) -> Result<()> {
        let (who, notes) = (who.to_owned(), notes.to_vec());
        self.ask(true, move |keeper| keeper.end_shift(&who, &notes)).await
    }

    async fn shift(&self, who: &str) -> Result<ShiftState> {
        let who = who.to_owned();
        self.ask(false, move |keeper| keeper.look_at_shift(&who)).await
    }

    async fn begin_break(&self, who: &str, said: Option<&str>) -> Result<ShiftState> {
        let (who, said) = (who.to_owned(), said.map(str::to_owned));
        self.ask(true, move |keeper| keeper.begin_break(&who, said.as_deref())).await
    }

    async fn end_break(&self, who: &str) -> Result<ShiftState> {
        let who = who.to_owned();
        self.ask(true, move |keeper| keeper.end_break(&who)).await
    }

    async fn agree_graphic(&self, who: &str) -> Result<ShiftState> {
        let who = who.to_owned();
        self.ask(true, move |keeper| keeper.agree_graphic(&who)).await
    }

    async fn alert(&self, who: &str, alert: &Alert) -> Result<AlertState> {
        let (who, alert) = (who.to_owned(), alert.clone());
        self.ask(true, move |keeper| keeper.alert(&who, &alert)).await
    }

    async fn acknowledge(&self, who: &str, alert: Uuid) -> Result<AlertState> {
        let who = who.to_owned();
        self.ask(true, move |keeper| keeper.acknowledge(&who, alert)).await
    }

    async fn alerts(&self, who: &str) -> Result<Vec<AlertState>> {
        let who = who.to_owned();
        self.read(move |reader| reader.alerts(&who)).await
    }

    async fn doubt(&self, who: &str, doubt: &Doubt) -> Result<DoubtState> {
        let (who, doubt) = (who.to_owned(), doubt.clone());
        self.ask(true, move |keeper| keeper.ask(&who, &doubt)).await
    }

    async fn answer(&self, who: &str, doubt: Uuid, answer: &Answer) -> Result<DoubtState> {
        let (who, answer) = (who.to_owned(), answer.clone());
        self.ask(true, move |keeper| keeper.answer(&who, doubt, &answer)).await
    }

    async fn keep_precedent(&self, who: &str, doubt: Uuid, keep: bool) -> Result<DoubtState> {
        let who = who.to_owned();
        self.ask(true, move |keeper| keeper.keep_precedent(&who, doubt, keep)).await
    }

    async fn precedents(&self, who: &str, seeking: &Seeking) -> Result<Vec<Precedent>> {
        let (who, seeking) = (who.to_owned(), seeking.clone());
        self.read(move |reader| reader.precedents(&who, &seeking)).await
    }

    async fn notify(&self, by: &str, notice: &Notice) -> Result<()> {
        let (by, notice) = (by.to_owned(), notice.clone());
        self.ask(true, move |keeper| keeper.notify(&by, &notice)).await
    }

    async fn confirm(&self, who: &str, messages: &[Uuid]) -> Result<()> {
        let (who, messages) = (who.to_owned(), messages.to_vec());
        self.ask(true, move |keeper| keeper.confirm(&who, &messages)).await
    }

    async fn messages(&self, who: &str) -> Result<Messages> {
        let who = who.to_owned();
        self.read(move |reader| {
            let now = reader.now();
            reader.at_once(|rows| message::messages(rows, &who, now))
        })
        .await
    }

    async fn look_again(&self, client: &str, version: &str, after: u64, by: &str) -> Result<Again> {
        let (client, version, by) = (client.to_owned(), version.to_owned(), by.to_owned());
        self.ask(true, move |keeper| keeper.look_again(&client, &version, after, &by)).await
    }

    async fn pause_deadline(&self, item: &str, reason: Option<PauseReason>, by: &str) -> Result<Option<Timestamp>> {
        let (item, by) = (item.to_owned(), by.to_owned());
        self.ask(true, move |keeper| keeper.pause_deadline(&item, reason, &by)).await
    }

    async fn item(&self, id: &str) -> Result<Kept> {
        let id = id.to_owned();
        self.read(move |reader| reader.item(&id)).await
    }

    async fn put_picture(&self, hash: &str, bytes: Vec<u8>) -> Result<bool> {
        self.keep_picture(hash, bytes).await
    }

    async fn picture(&self, item: &str, hash: &str) -> Result<Option<Vec<u8>>> {
        let (item, hash) = (item.to_owned(), hash.to_owned());
        self.read(move |reader| reader.picture(&item, &hash)).await
    }

    async fn history(&self, id: &str) -> Result<Vec<HistoryEntry>> {
        let id = id.to_owned();
        self.read(move |reader| reader.history(&id)).await
    }

    async fn groups(&self, who: &str, item: &str, by: Option<By>) -> Result<Vec<Group>> {
        let (who, item) = (who.to_owned(), item.to_owned());
        self.read(move |reader| reader.groups(&who, &item, by)).await
    }

    async fn thread(&self, who: &str, item: &str) -> Result<Thread> {
        let (who, item) = (who.to_owned(), item.to_owned());
        self.read(move |reader| reader.thread(&who, &item)).await
    }

    async fn author(&self, id: &str) -> Result<AuthorFigures> {
        let id = id.to_owned();
        self.read(move |reader| reader.author(&id)).await
    }

    async fn author_for(&self, who: &str, id: &str) -> Result<AuthorFigures> {
        let (who, id) = (who.to_owned(), id.to_owned());
        self.read(move |reader| reader.author_for(&who, &id)).await
    }

    async fn takes_writes(&self) -> Result<bool> {
        self.read(|reader| reader.takes_writes()).await
    }

    async fn stats(&self, sealed: bool) -> Result<Vec<QueueStats>> {
        self.read(move |reader| reader.stats(sealed)).await
    }

    async fn floor(&self, sealed: bool) -> Result<FloorNow> {
        self.read(move |reader| reader.floor(sealed)).await
    }

    async fn search(&self, filter: &Filter, before: Option<i64>) -> Result<Findings> {
        let filter = filter.clone();
        self.read(move |reader| reader.search(&filter, before)).await
    }

    async fn step_in(&self, who: &str, item: &str, step: &Step) -> Result<Standing> {
        let (who, item, step) = (who.to_owned(), item.to_owned(), step.clone());
        self.ask(true, move |keeper| keeper.step_in(&who, &item, &step)).await
    }

    async fn overrule(&self, who: &str, asked: &Override) -> Result<Recorded> {
        let (who, asked) = (who.to_owned(), asked.clone());
        self.ask(true, move |keeper| keeper.overrule(&who, &asked)).await
    }

    async fn decisions(&self, filter: &DecisionFilter) -> Result<Vec<(u64, Decision)>> {
        let filter = filter.clone();
        self.read(move |reader| reader.decisions(&filter)).await
    }

    async fn audit(&self, after: u64, limit: u32) -> Result<Vec<AuditEntry>> {
        self.read(move |reader| reader.audit(after, limit)).await
    }

    async fn verify_audit(&self) -> Result<Option<BrokenLink>> {
        self.read(move |reader| reader.verify()).await
    }

    async fn items(&self, listing: &Listing) -> Result<Vec<Listed>> {
        let listing = listing.clone();
        self.read(move |reader| reader.items(&listing)).await
    }

    async fn erase_author(&self, author: &str, by: &str) -> Result<Erased> {
        let (author, by) = (author.to_owned(), by.to_owned());
        self.ask(true, move |keeper| keeper.erase_author(&author, &by)).await
    }

    async fn expire(&self, most: u32) -> Result<Expired> {
        self.ask(true, move |keeper| keeper.expire(most)).await
    }

    async fn queues(&self) -> Result<Vec<Queue>> {
        let queues = self.read(|reader| reader.queues()).await?;
        Ok(queues.into_iter().map(|(_, queue)| queue).collect())
    }

    async fn set_queue(&self, queue: &Queue, by: &str) -> Result<()> {
        let (queue, by) = (queue.clone(), by.to_owned());
        self.ask(true, move |keeper| keeper.set_queue(&queue, &by)).await
    }

    async fn release_queue(&self, queue: &str, passed: bool, by: &str) -> Result<u64> {
        let (queue, by) = (queue.to_owned(), by.to_owned());
        self.ask(true, move |keeper| keeper.release_queue(&queue, passed, &by)).await
    }

    async fn clients(&self) -> Result<Vec<Client>> {
        self.read(|reader| reader.clients()).await
    }

    async fn set_client(&self, client: &Client, by: &str) -> Result<()> {
        let (client, by) = (client.clone(), by.to_owned());
        self.ask(true, move |keeper| keeper.set_client(&client, &by)).await
    }

    async fn people(&self) -> Result<Vec<Person>> {
        let people = self.read(|reader| reader.people()).await?;
        Ok(people.into_iter().map(|(_, person)| person).collect())
    }

    async fn set_person(&self, person: &Person, by: &str) -> Result<Person> {
        let (person, by) = (person.clone(), by.to_owned());
        self.ask(true, move |keeper| keeper.set_person(&person, &by)).await
    }

    async fn opt_outs(&self, who: &str, change: Option<&[String]>) -> Result<Vec<String>> {
        let (who, change) = (who.to_owned(), change.map(<[String]>::to_vec));
        self.ask(true, move |keeper| keeper.opt_outs(&who, change.as_deref())).await
    }

    async fn mine(&self, who: &str) -> Result<Mine> {
        let topics = self.opt_outs(who, None).await?;
        let who = who.to_owned();
        let mine = self.read(move |reader| reader.mine(&who)).await?;
        Ok(Mine { topics, ..mine })
    }

    async fn about(&self, who: &str) -> Result<serde_json::Value> {
        let who = who.to_owned();
        self.read(move |reader| reader.about(&who)).await
    }

    async fn erase_about(&self, who: &str) -> Result<u64> {
        let who = who.to_owned();
        self.ask(true, move |keeper| keeper.erase_about(&who)).await
    }

    async fn note_names_export(&self, by: &str) -> Result<()> {
        let by = by.to_owned();
        self.ask(true, move |keeper| keeper.note_names_export(&by)).await
    }

    async fn add_token(&self, name: &str, token: &KeptToken, by: &str) -> Result<()> {
        let (name, token, by) = (name.to_owned(), *token, by.to_owned());
        self.ask(true, move |keeper| keeper.add_token(&name, &token, &by)).await
    }

    async fn revoke_tokens(&self, name: &str, by: &str) -> Result<u64> {
        let (name, by) = (name.to_owned(), by.to_owned());
        self.ask(true, move |keeper| keeper.revoke_tokens(&name, &by)).await
    }

    async fn access(&self, after: u64) -> Result<Vec<Access>> {
        self.read(move |reader| reader.access(after)).await
    }

    async fn holds(&self, who: &str, what: Held<'_>) -> Result<bool> {
        let who = who.to_owned();
        let (item, name) = match what {
            Held::Item(name) => (true, name.to_owned()),
            Held::Author(name) => (false, name.to_owned()),
        };
        let held = move |reader: &mut E::Reader| {
            reader.holds(&who, if item { Held::Item(&name) } else { Held::Author(&name) })
        };
        self.read(held).await
    }

    async fn event_span(&self) -> Result<(u64, u64)> {
        self.read(|reader| reader.event_span()).await
    }

    async fn events(&self, after: u64, limit: u32) -> Result<Vec<Event>> {
        self.read(move |reader| reader.events(after, limit)).await
    }

    async fn tidings(&self, after: u64, limit: u32) -> Result<(Vec<Event>, u64)> {
        self.read(move |reader| reader.tidings(after, limit)).await
    }

    async fn webhooks(&self) -> Result<Vec<WebhookNow>> {
        self.read(|reader| {
            let now = reader.now();
            reader.at_once(|rows| webhook::shown(rows, now))
        })
        .await
    }

    async fn set_webhook(&self, webhook: &Webhook, secret: Option<&HookSecret>, by: &str) -> Result<()> {
        let (webhook, secret, by) = (webhook.clone(), secret.cloned(), by.to_owned());
        self.ask(true, move |keeper| keeper.set_webhook(&webhook, secret.as_ref(), &by)).await
    }

    async fn remove_webhook(&self, name: &str, by: &str) -> Result<()> {
        let (name, by) = (name.to_owned(), by.to_owned());
        self.ask(true, move |keeper| keeper.remove_webhook(&name, &by)).await
    }

    async fn replay_webhook(&self, name: &str, what: &Replay, by: &str) -> Result<Replayed> {
        let (name, what, by) = (name.to_owned(), *what, by.to_owned());
        self.ask(true, move |keeper| keeper.replay(&name, &what, &by)).await
    }

    async fn deliveries(&self, name: &str) -> Result<Vec<DeliveryNow>> {
        let name = name.to_owned();
        self.read(move |reader| reader.at_once(|rows| webhook::deliveries(rows, &name))).await
    }

    async fn take_turn(&self, name: &str, holder: Holder) -> Result<Option<Turn>> {
        let look = |name: String| {
            self.read(move |reader| {
                let now = reader.now();
                reader.at_once(|rows| webhook::turn(rows, &name, holder, now))
            })
        };
        let seen = look(name.to_owned()).await?;
        let Some((_, false)) = seen else { return Ok(seen.map(|(turn, _)| turn)) };
        let taken = name.to_owned();
        // Unsynced: a turn lost with the power is taken again.
        if !self.ask(false, move |keeper| keeper.take_turn_of(&taken, holder)).await? {
            return Ok(None);
        }
        // What was seen before may have been somebody else's to send.
        Ok(look(name.to_owned()).await?.map(|(turn, _)| turn))
    }

    async fn keep_turn(&self, name: &str, holder: Holder) -> Result<bool> {
        let name = name.to_owned();
        self.ask(false, move |keeper| keeper.keep_turn_of(&name, holder)).await
    }

    async fn settle_turn(&self, name: &str, holder: Holder, settled: &Settled) -> Result<bool> {
        let (name, settled) = (name.to_owned(), settled.clone());
        // Unsynced: what is forgotten goes out once more, under its old id.
        self.ask(false, move |keeper| keeper.settle_turn(&name, holder, &settled)).await
    }

    fn rules(&self) -> Arc<Rules> {
        Arc::clone(Engine::rules(self))
    }

    fn rings(&self) -> tokio::sync::watch::Receiver<u64> {
        Engine::rings(self).clone()
    }
}
