//! People and their tokens.

use super::call::Call;
use super::refuse::{Answer, Refuse, shown};
use crate::moderation::item::is_name;
use crate::moderation::{Person, Role};
use crate::store::access::{KeptToken, NewToken};
use crate::team::api::{Code, Nothing, me, moderators};
use crate::wellbeing::Severity;
use jiff::{SignedDuration, Timestamp};

/// How long a token is good where nobody says.
const YEAR: SignedDuration = SignedDuration::from_hours(365 * 24);

pub(super) async fn list(call: Call) -> Answer<moderators::Answer> {
    let mut moderators = call.house.store.people().await?;
    if !call.sealed() {
        // Who may know of sealed items is part of what only they may know.
        moderators.iter_mut().for_each(|person| person.sealed = false);
    }
    Ok(moderators::Answer { moderators })
}

async fn find(call: &Call, name: &str) -> Answer<Option<Person>> {
    Ok(call.house.store.people().await?.into_iter().find(|person| person.name == name))
}

async fn known(call: &Call) -> Answer<Person> {
    let found = find(call, &call.named).await?;
    found.ok_or_else(|| Refuse::new(Code::NotFound, format!("there is no moderator {}", shown(&call.named))))
}

pub(super) async fn add(call: Call, asked: moderators::Request) -> Answer<moderators::Added> {
    if !is_name(&asked.name) {
        return Err(Refuse::new(Code::Invalid, "a name is 1 to 200 bytes of printable ASCII without spaces"));
    }
    let roles = match (asked.role, asked.roles) {
        (Some(role), None) => vec![role],
        (None, Some(roles)) if !roles.is_empty() => roles,
        _ => {
            return Err(Refuse::new(Code::Invalid, "say either role or roles: ingest, moderator, supervisor or admin"));
        }
    };
    if find(&call, &asked.name).await?.is_some() {
        let message = "somebody of that name is here already; PUT changes them, POST …/token gives a token";
        return Err(Refuse::new(Code::Conflict, message));
    }
    let expires_at = expiry(&call, asked.expires_at)?;
    let person = Person {
        name: asked.name,
        pseudonym: String::new(),
        roles,
        queues: asked.queues,
        clients: asked.clients,
        languages: asked.languages,
        severity_ceiling: asked.severity_ceiling.unwrap_or(Severity::EXTREME),
        sealed: asked.sealed,
        names: asked.names,
        enabled: asked.enabled,
        added_at: None,
    };
    let person = call.house.store.set_person(&person, call.who()).await?;
    hand_out(&call, person, expires_at).await
}

pub(super) async fn change(call: Call, change: moderators::Change) -> Answer<Person> {
    let person = change.over(known(&call).await?);
    if person.roles.is_empty() {
        return Err(Refuse::new(Code::Invalid, "somebody needs at least one role; enabled: false keeps them out"));
    }
    let person = call.house.store.set_person(&person, call.who()).await?;
    call.house.door.refresh().await?;
    Ok(person)
}

/// The one part of somebody's rights that is a supervisor's to set: where they work today.
pub(super) async fn assign(call: Call, asked: moderators::Assign) -> Answer<Person> {
    let person = known(&call).await?;
    let there = call.house.store.queues().await?;
    if let Some(name) = asked.queues.iter().find(|name| !there.iter().any(|queue| queue.name == **name)) {
        return Err(Refuse::new(Code::Invalid, format!("there is no queue {}", shown(name))));
    }
    let mut person = call.house.store.set_person(&Person { queues: asked.queues, ..person }, call.who()).await?;
    call.house.door.refresh().await?;
    person.sealed &= call.sealed();
    Ok(person)
}

pub(super) async fn give_token(call: Call, asked: moderators::TokenRequest) -> Answer<moderators::Added> {
    let person = known(&call).await?;
    let expires_at = expiry(&call, asked.expires_at)?;
    if asked.replace {
        call.house.store.revoke_tokens(&person.name, call.who()).await?;
    }
    hand_out(&call, person, expires_at).await
}

pub(super) async fn revoke(call: Call) -> Answer<moderators::Revoked> {
    let person = known(&call).await?;
    let revoked = call.house.store.revoke_tokens(&person.name, call.who()).await?;
    call.house.door.refresh().await?;
    Ok(moderators::Revoked { name: person.name, revoked })
}

fn expiry(call: &Call, asked: Option<Timestamp>) -> Answer<Option<Timestamp>> {
    let now = call.house.now();
    match asked {
        Some(at) if at <= now => Err(Refuse::new(Code::Invalid, "expires_at must be in the future")),
        Some(at) => Ok(Some(at)),
        None => Ok(now.checked_add(YEAR).ok()),
    }
}

async fn hand_out(call: &Call, person: Person, expires_at: Option<Timestamp>) -> Answer<moderators::Added> {
    let token = NewToken::mint()?;
    let kept = KeptToken { digest: token.digest(), expires_at };
    call.house.store.add_token(&person.name, &kept, call.who()).await?;
    call.house.door.refresh().await?;
    Ok(moderators::Added {
        role: person.roles.first().copied().unwrap_or(Role::Moderator),
        name: person.name,
        roles: person.roles,
        pseudonym: person.pseudonym,
        token: token.reveal().to_owned(),
        expires_at,
    })
}

pub(super) async fn me(call: Call) -> Answer<me::Answer> {
    let signed = call.signed.ok_or_else(|| Refuse::new(Code::NotSignedIn, "this call needs a token"))?;
    Ok(me::Answer { person: (*signed.person).clone(), expires_at: signed.expires_at })
}

pub(super) async fn export_me(call: Call) -> Answer<serde_json::Value> {
    Ok(call.house.store.about(call.who()).await?)
}

pub(super) async fn erase_me(call: Call) -> Answer<me::Erased> {
    let _: Nothing = call.asked()?;
    Ok(me::Erased { shifts: call.house.store.erase_about(call.who()).await? })
}

pub(super) async fn my_page(call: Call) -> Answer<crate::moderation::mine::Mine> {
    Ok(call.house.store.mine(call.who()).await?)
}

pub(super) async fn my_topics(call: Call, asked: me::Topics) -> Answer<me::Topics> {
    Ok(me::Topics { topics: call.house.store.opt_outs(call.who(), Some(&asked.topics)).await? })
}
