//! The supervisor's reading, and what watches the server itself.

use super::call::Call;
use super::refuse::{Answer, Refuse};
use crate::moderation::Role;
use crate::moderation::alert::AlertState;
use crate::store::{AuditEntry, DecisionFilter};
use crate::team::api::{Code, Done, Nothing, alerts, audit, decisions, stats};
use axum::body::Body;
use axum::http::{HeaderValue, Response, header};
use bytes::Bytes;
use futures_util::stream;
use std::sync::Arc;

/// Rows in one answer at most.
const PAGE: u32 = 10_000;
/// Audit entries read at once while they are streamed.
const AT_ONCE: u32 = 500;

pub(super) async fn stats(call: Call) -> Answer<stats::Answer> {
    let queues = call.house.store.stats(call.sealed()).await?;
    Ok(stats::Answer { at: call.house.now(), queues })
}

pub(super) async fn decisions(call: Call) -> Answer<decisions::Answer> {
    let asked: decisions::Query = call.asked()?;
    if asked.names {
        if !call.signed.as_ref().is_some_and(|signed| signed.person.names) {
            return Err(Refuse::new(Code::Forbidden, "names need the right to see them; leave names out"));
        }
        call.house.store.note_names_export(call.who()).await?;
    }
    let limit = asked.limit.unwrap_or(1000).clamp(1, PAGE);
    let decisions::Query { since, until, names, after, .. } = asked;
    let filter = DecisionFilter { since, until, names, after, limit };
    let found = call.house.store.decisions(&filter).await?;
    let full = found.len() >= limit as usize;
    let next_after = found.last().map(|(seq, _)| *seq).filter(|_| full);
    Ok(decisions::Answer { decisions: found.into_iter().map(|(_, decision)| decision).collect(), next_after })
}

/// The log as a stream, read page by page as fast as it is taken.
pub(super) fn audit(call: Call) -> Answer<Response<Body>> {
    let asked: audit::Query = call.asked()?;
    let store = Arc::clone(&call.house.store);
    let start = (asked.after, asked.limit.unwrap_or(u64::MAX));
    let lines = stream::try_unfold(start, move |(after, left)| {
        let store = Arc::clone(&store);
        async move {
            let limit = u32::try_from(left).unwrap_or(AT_ONCE).min(AT_ONCE);
            if limit == 0 {
                return Ok(None);
            }
            let entries = store.audit(after, limit).await.inspect_err(|error| {
                tracing::error!(%error, "the audit log broke off");
            })?;
            let Some(last) = entries.last().map(|entry| entry.seq) else { return Ok(None) };
            let mut page = Vec::with_capacity(entries.len() * 300);
            let left = left.saturating_sub(entries.len() as u64);
            for AuditEntry { seq, at, actor, action, subject, detail, hash } in entries {
                let entry = audit::Entry { seq, at, actor, action, subject, detail, hash };
                serde_json::to_writer(&mut page, &entry).expect("an entry is always JSON");
                page.push(b'\n');
            }
            Ok::<_, crate::store::StoreError>(Some((Bytes::from(page), (last, left))))
        }
    });
    let mut response = Response::new(Body::from_stream(lines));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson"));
    Ok(response)
}

pub(super) async fn alerts(call: Call) -> Answer<alerts::Answer> {
    let mut open = call.house.store.alerts(call.who()).await?;
    if !call.may(Role::Supervisor) {
        open.retain(|alert| alert.by == call.who());
    }
    Ok(alerts::Answer { alerts: open })
}

pub(super) async fn acknowledge(call: Call, _: Nothing) -> Answer<AlertState> {
    let alert = call.id()?;
    Ok(call.house.store.acknowledge(call.who(), alert).await?)
}

pub(super) async fn healthy(_: Call) -> Answer<Done> {
    Ok(Done {})
}

pub(super) async fn ready(call: Call) -> Answer<Done> {
    let busy = |message| Refuse::later(Code::Busy, message, std::time::Duration::from_secs(2));
    if *call.house.stop.borrow() {
        return Err(Refuse::new(Code::Stopping, "the server is stopping"));
    }
    let asked = tokio::time::timeout(std::time::Duration::from_secs(3), call.house.store.event_span()).await;
    match asked {
        Ok(Ok(_)) => Ok(Done {}),
        Ok(Err(_)) => Err(busy("the store does not answer as it should")),
        Err(_) => Err(busy("the store does not answer")),
    }
}

pub(super) async fn metrics(call: Call) -> Answer<Response<Body>> {
    let queues = call.house.hub.stats(&call.house).await.unwrap_or_default();
    let hooks = call.house.store.webhooks().await.unwrap_or_default();
    let mut response = Response::new(Body::from(call.house.metrics.text(&queues, &hooks)));
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    Ok(response)
}
