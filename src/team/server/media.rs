//! Pictures coming in and going out. Nothing is decoded here: a server has no use for what they show.

use super::body;
use super::call::Call;
use super::looking;
use super::refuse::{Answer, Refuse};
use super::route::json;
use crate::team::api::{Code, media};
use axum::body::Body;
use axum::http::{HeaderValue, Response, header};
use sha2::{Digest, Sha256};

/// Bytes of one picture at most, as the desk takes them.
pub const MOST: usize = crate::moderation::item::MAX_PICTURE;

fn hash(call: &Call) -> Answer<String> {
    let hash = call.named.to_ascii_lowercase();
    match hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        true => Ok(hash),
        false => Err(Refuse::new(Code::Invalid, "the address needs a SHA-256 in hex")),
    }
}

/// Takes the bytes of a picture that an item here names.
pub(super) async fn put(mut call: Call) -> Answer<Response<Body>> {
    let hash = hash(&call)?;
    let sent = call.take_body();
    // A picture on a narrow line takes its time; a thousand seconds are 32 KiB each.
    let bytes = body::whole(sent, MOST, call.house.limits.body_time * 10).await?;
    if crate::store::audit::hex(&Sha256::digest(&bytes)) != hash {
        return Err(Refuse::new(Code::Invalid, "these bytes have another SHA-256; send those that the item names"));
    }
    let answer = media::Answer { bytes: bytes.len() as u64 };
    match call.house.store.put_picture(&hash, bytes.to_vec()).await? {
        true => json(&answer),
        false => Err(Refuse::new(Code::NotFound, "no item here names this picture; bring the item first")),
    }
}

/// Gives them to who has the item in hand, and to supervisors.
pub(super) async fn get(mut call: Call) -> Answer<Response<Body>> {
    let hash = hash(&call)?;
    let media::Query { item } = call.asked()?;
    call.named = item;
    let kept = looking::seen(&call).await?;
    let found = call.house.store.picture(&kept.item.id, &hash).await?;
    let mut response = Response::new(Body::from(found.ok_or_else(|| Refuse::not_found("picture"))?));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    // What a browser is shown by mistake must neither run nor stay.
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    Ok(response)
}
