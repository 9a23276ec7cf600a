//! The table of all routes.

use super::route::{Gives, Route, Who};
use super::{feed, ingest, looking, media, people, rules, serving, stepping, telling, tidy, watching, webhooks};
use crate::moderation::{Item, Role};
use crate::team::api;
use crate::team::api::Code::{BreakDue, Conflict, DeskTakenOver, Forbidden, Invalid, NotFound};
use axum::http::Method;

const INGEST: Who = Who::Roles(&[Role::Ingest]);
const MODERATOR: Who = Who::Roles(&[Role::Moderator]);
const SUPERVISOR: Who = Who::Roles(&[Role::Supervisor]);
const BOTH: Who = Who::Roles(&[Role::Moderator, Role::Supervisor]);
const ADMIN: Who = Who::Roles(&[Role::Admin]);

/// Every route of the server.
pub fn all() -> Vec<Route> {
    let mut routes = work();
    routes.extend(house());
    routes.extend(open());
    routes
}

fn work() -> Vec<Route> {
    vec![
        Route::raw(
            Method::POST,
            api::ingest::PATH,
            INGEST,
            "Takes items in, as NDJSON or a JSON array; refused lines are named, the rest goes in.",
            Route::document::<api::ingest::Answer>(),
            |call| Box::pin(ingest::take_in(call)),
        )
        .taking_items::<Item>(),
        Route::raw(
            Method::PUT,
            api::media::PATH,
            INGEST,
            "Takes a picture's bytes, up to 32 MiB, under the SHA-256 by which an item names it.",
            Route::document::<api::media::Answer>(),
            |call| Box::pin(media::put(call)),
        )
        .taking_bytes()
        .refusing(&[Invalid]),
        Route::raw(
            Method::GET,
            api::media::PATH,
            BOTH,
            "A picture, for who has its item in hand and for supervisors.",
            Gives::Bytes,
            |call| Box::pin(media::get(call)),
        )
        .asking::<api::media::Query>(),
        Route::delete(api::withdraw::PATH, INGEST, "Withdraws an item; its history stays.", ingest::withdraw),
        Route::post(api::claim::PATH, MODERATOR, "Leases items, or says why not.", serving::claim).refusing(&[
            BreakDue,
            DeskTakenOver,
            NotFound,
            Forbidden,
        ]),
        Route::post(api::renew::PATH, MODERATOR, "Prolongs leases of a desk that is alive.", serving::renew)
            .refusing(&[BreakDue, DeskTakenOver]),
        Route::post(api::release::PATH, MODERATOR, "Hands back what is undecided.", serving::release),
        Route::post(api::decide::PATH, MODERATOR, "Records decisions, each on its own.", serving::decide),
        Route::post(api::reverse::PATH, BOTH, "Undoes a decision by a linked later one.", serving::reverse)
            .refusing(&[Forbidden]),
        Route::post(api::pass::PATH, MODERATOR, "Hands items back with a reason.", serving::pass),
        Route::post(api::expose::PATH, MODERATOR, "Tells what was seen.", serving::expose),
        Route::get(api::item::PATH, BOTH, "One item, for who has it in hand and for supervisors.", looking::item),
        Route::get(api::history::PATH, BOTH, "What happened to an item.", looking::history),
        Route::get(api::groups::PATH, BOTH, "What belongs with an item.", looking::groups)
            .asking::<api::groups::Query>()
            .refusing(&[NotFound]),
        Route::get(api::thread::PATH, BOTH, "The thread that an item stands in.", looking::thread),
        Route::get(api::author::PATH, BOTH, "What this queue knows of an author.", looking::author),
        Route::delete(api::erase::PATH, ADMIN, "Erases everything of an author, on their request.", tidy::erase),
        Route::get(api::shift::PATH, MODERATOR, "The running shift, exposure and next break.", serving::shift),
        Route::post(api::shift::START, MODERATOR, "Signs in, or continues a shift.", serving::start_shift),
        Route::post(api::shift::END, MODERATOR, "Signs out, with notes for the next.", serving::end_shift),
        Route::post(api::shift::AGREE, MODERATOR, "Agrees anew to graphic items.", serving::agree),
        Route::post(api::breaks::PATH, MODERATOR, "Begins a voluntary break.", serving::begin_break),
        Route::post(api::breaks::END, MODERATOR, "Ends a break that may end.", serving::end_break)
            .refusing(&[BreakDue]),
        Route::post(api::alerts::PATH, MODERATOR, "Raises, completes or withdraws an alert.", serving::alert)
            .refusing(&[NotFound, Forbidden]),
        Route::get(api::alerts::PATH, BOTH, "Open alerts: one's own, for a supervisor all.", watching::alerts),
        Route::post(api::alerts::ACK, SUPERVISOR, "Takes an alert.", watching::acknowledge),
        Route::post(api::doubts::PATH, MODERATOR, "Asks before deciding; the item is parked.", telling::ask)
            .refusing(&[Forbidden]),
        Route::post(api::doubts::ANSWER, BOTH, "Answers a doubt.", telling::answer).refusing(&[Forbidden]),
        Route::post(api::doubts::KEEP, BOTH, "Keeps an answered doubt as a precedent, or no longer.", telling::keep)
            .refusing(&[Forbidden]),
        Route::get(api::doubts::PRECEDENTS, BOTH, "Precedents beside an item, or by words.", telling::precedents)
            .asking::<api::doubts::Query>()
            .refusing(&[NotFound]),
        Route::get(api::messages::PATH, BOTH, "Notices, doubts, and what became of own decisions.", telling::messages),
        Route::post(api::messages::PATH, SUPERVISOR, "Sends a notice to one, a client's desks or all.", telling::send)
            .refusing(&[NotFound]),
        Route::post(api::messages::READ, BOTH, "Confirms that these have been read.", telling::read),
        Route::post(api::again::PATH, SUPERVISOR, "Looks again at what an older version decided.", telling::again),
        Route::post(api::pauses::PATH, SUPERVISOR, "Stops the clock of an item's deadline.", telling::pause),
        Route::post(api::pauses::RESUME, SUPERVISOR, "Lets an item's deadline go on.", telling::resume),
    ]
}

fn house() -> Vec<Route> {
    vec![
        Route::get(api::policies::PATH, BOTH, "The policies in force, by client.", rules::policies)
            .asking::<api::policies::Query>()
            .refusing(&[NotFound]),
        Route::put(api::policies::PATH, ADMIN, "Publishes a client's policy file.", rules::publish)
            .refusing(&[NotFound]),
        Route::get(api::templates::PATH, BOTH, "The replies that clients have prepared.", rules::templates),
        Route::get(api::queues::PATH, BOTH, "The queues one works.", rules::queues),
        Route::get(
            api::listing::PATH,
            SUPERVISOR,
            "What stands in a queue, by a filter, oldest arrival first, a part at a time.",
            stepping::listing,
        )
        .asking::<api::listing::Query>()
        .refusing(&[NotFound]),
        Route::put(api::queues::ONE, SUPERVISOR, "Makes or changes a queue.", rules::set_queue),
        Route::post(
            api::give_back::PATH,
            SUPERVISOR,
            "Gives back what a queue's moderators passed, or what was escalated from it.",
            stepping::give_back,
        )
        .refusing(&[NotFound]),
        Route::post(
            api::erase::EXPIRE,
            ADMIN,
            "Lets go now what clients do not want kept, a part at a time.",
            tidy::expire,
        ),
        Route::get(api::clients::PATH, BOTH, "The clients one works for.", rules::clients),
        Route::put(api::clients::ONE, ADMIN, "Makes or changes a client.", rules::set_client),
        Route::get(api::wellbeing::PATH, BOTH, "The wellbeing rules that claims are held to.", rules::wellbeing),
        Route::get(api::stats::PATH, SUPERVISOR, "A row a queue.", watching::stats),
        Route::get(api::floor::PATH, SUPERVISOR, "The house: queues, people, leases, threads.", stepping::floor),
        Route::get(
            api::search::PATH,
            SUPERVISOR,
            "Items by a filter, newest first, a part at a time.",
            stepping::search,
        )
        .asking::<api::search::Query>(),
        Route::post(api::step::MOVE, SUPERVISOR, "Moves an item to another queue.", stepping::move_to),
        Route::post(api::step::PRIORITY, SUPERVISOR, "Sets an item's priority and deadline.", stepping::prioritise),
        Route::post(api::step::RELEASE, SUPERVISOR, "Takes an item out of somebody's hands.", stepping::take_away),
        Route::post(api::overrides::PATH, SUPERVISOR, "Overturns and decides in one act.", stepping::overrule)
            .refusing(&[NotFound, Forbidden]),
        Route::get(api::decisions::PATH, SUPERVISOR, "Decisions, oldest first.", watching::decisions)
            .asking::<api::decisions::Query>()
            .refusing(&[Forbidden]),
        Route::raw(
            Method::GET,
            api::audit::PATH,
            SUPERVISOR,
            "The append-only log, an entry a line.",
            Route::lines::<api::audit::Entry>(),
            |call| Box::pin(async move { watching::audit(call) }),
        )
        .asking::<api::audit::Query>(),
        Route::raw(Method::GET, api::stream::PATH, BOTH, "Live events.", Gives::Events, |call| {
            Box::pin(feed::events(call))
        }),
        Route::get(api::moderators::PATH, SUPERVISOR, "The people.", people::list),
        Route::post(api::moderators::PATH, ADMIN, "Adds somebody, and answers with their token.", people::add)
            .refusing(&[Conflict]),
        Route::put(api::moderators::ONE, ADMIN, "Changes what somebody may do, at once.", people::change),
        Route::post(api::moderators::QUEUES, SUPERVISOR, "Says which queues are somebody's.", people::assign),
        Route::post(api::moderators::TOKEN, ADMIN, "Gives somebody one more token.", people::give_token),
        Route::delete(api::moderators::TOKEN, ADMIN, "Revokes somebody's tokens, at once.", people::revoke),
        Route::get(api::webhooks::PATH, ADMIN, "The webhooks, and how they stand.", webhooks::list),
        Route::post(api::webhooks::PATH, ADMIN, "Makes a webhook, and answers with its secret.", webhooks::add)
            .refusing(&[Conflict, NotFound]),
        Route::get(api::webhooks::ONE, ADMIN, "A webhook, and what has not arrived.", webhooks::one),
        Route::put(api::webhooks::ONE, ADMIN, "Changes, pauses or resumes a webhook.", webhooks::change),
        Route::delete(api::webhooks::ONE, ADMIN, "Removes a webhook and all it still had to send.", webhooks::remove),
        Route::post(api::webhooks::REPLAY, ADMIN, "Sends again what has not arrived, or all since.", webhooks::replay),
        Route::get(api::me::PATH, Who::Everyone, "Who one is.", people::me),
        Route::get(api::me::EXPORT, Who::Everyone, "Everything that is kept about oneself.", people::export_me),
        Route::get(api::me::PAGE, Who::Everyone, "One's own breaks, overturned decisions and topics.", people::my_page),
        Route::put(
            api::me::TOPICS,
            Who::Everyone,
            "What one is not served, from the next claim on.",
            people::my_topics,
        )
        .refusing(&[Invalid]),
        Route::delete(api::me::PATH, Who::Everyone, "Erases what is kept and binds no more.", people::erase_me)
            .refusing(&[Invalid]),
    ]
}

fn open() -> Vec<Route> {
    vec![
        Route::get(super::openapi::PATH, Who::Anyone, "This description.", super::openapi::document),
        Route::get("/healthz", Who::Anyone, "Whether the server runs.", watching::healthy),
        Route::get("/readyz", Who::Anyone, "Whether it can answer: its store does.", watching::ready),
        Route::raw(Method::GET, "/metrics", Who::Anyone, "What is counted.", Gives::Text, |call| {
            Box::pin(watching::metrics(call))
        }),
    ]
}
