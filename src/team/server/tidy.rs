//! Once an hour: what clients do not want kept any longer goes, by the store's clock.

use super::house::House;
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
