//! What clients do not want kept any longer goes, by the store's clock: once an hour, and when somebody asks. And an
//! author whom somebody asks to forget.

use super::call::Call;
use super::house::House;
use super::refuse::Answer;
use crate::team::api::{Nothing, erase};
use std::sync::Arc;
use std::time::Duration;

/// What is kept for days need not go to the minute.
const HOUR: Duration = Duration::from_secs(3600);
/// Items in one transaction, so that nobody waits for it.
const AT_ONCE: u32 = 200;

/// Tidies until the server stops.
pub(super) async fn run(house: Arc<House>) {
    let mut stop = house.stop.subscribe();
    while !*stop.borrow_and_update() {
        match house.store.expire(AT_ONCE).await {
            Ok(expired) if expired.more => continue,
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "what was kept long enough could not go"),
        }
        tokio::select! {
            () = tokio::time::sleep(HOUR) => {}
            _ = stop.changed() => {}
        }
    }
}

/// A part of it at once; whoever asks goes on while there is more.
pub(super) async fn expire(call: Call, _: Nothing) -> Answer<erase::Expired> {
    let expired = call.house.store.expire(AT_ONCE).await?;
    Ok(erase::Expired { items: expired.items, media: expired.media, more: expired.more })
}

/// An author nobody has heard of left nothing behind.
pub(super) async fn erase(call: Call) -> Answer<erase::Answer> {
    let erased = call.house.store.erase_author(&call.named, call.who()).await?;
    Ok(erase::Answer { items: erased.items, mentions: erased.mentions })
}
