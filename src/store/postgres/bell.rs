//! The bell: whoever commits tells this process at once, and other servers a few times a second at most.
//!
//! A NOTIFY in every commit would cost four fifths of all decisions, so it is rung beside them, on a connection of its
//! own that listens as well. It is a hint; a number in the log is the truth.

use super::open::Address;
use super::wire::connect;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio_postgres::AsyncMessage;

/// Other servers are told so often at most.
const PAUSE: Duration = Duration::from_millis(200);
/// After the line was lost.
const AGAIN: Duration = Duration::from_secs(1);

/// This process's own bell.
pub(super) struct Bell {
    ring: Arc<watch::Sender<u64>>,
    own: watch::Sender<u64>,
}

impl Bell {
    pub(super) fn new() -> Self {
        Self { ring: Arc::new(watch::Sender::new(0)), own: watch::Sender::new(0) }
    }

    /// Hangs the bell where others hear it: two tasks on the store's runtime, one that listens, one that tells.
    pub(super) fn hang(&self, runtime: &Handle, address: &Address) {
        runtime.spawn(listen(address.clone(), Arc::clone(&self.ring)));
        runtime.spawn(tell(runtime.clone(), address.clone(), self.own.subscribe()));
    }

    pub(super) fn ring(&self) {
        self.ring.send_modify(|n| *n = n.wrapping_add(1));
        self.own.send_modify(|n| *n = n.wrapping_add(1));
    }

    /// What listens to it.
    pub(super) fn listen(&self) -> watch::Receiver<u64> {
        self.ring.subscribe()
    }
}

async fn listen(address: Address, ring: Arc<watch::Sender<u64>>) {
    while Arc::strong_count(&ring) > 1 {
        if let Err(error) = listened(&address, &ring).await {
            tracing::debug!(%error, "other servers' commits will not be noticed at once");
        }
        tokio::time::sleep(AGAIN).await;
        // Whatever was missed in between is found by looking.
        ring.send_modify(|n| *n = n.wrapping_add(1));
    }
}

async fn listened(address: &Address, ring: &watch::Sender<u64>) -> Result<(), tokio_postgres::Error> {
    let (client, mut connection) = address.config.connect(address.tls.clone()).await?;
    let mut asked = pin!(async {
        let channel = channel(&client).await?;
        client.batch_execute(&format!("LISTEN {channel}")).await
    });
    let mut listening = false;
    poll_fn(|cx| {
        if !listening && let std::task::Poll::Ready(done) = asked.as_mut().poll(cx) {
            done?;
            listening = true;
        }
        loop {
            match std::task::ready!(connection.poll_message(cx)) {
                Some(Ok(AsyncMessage::Notification(_))) => ring.send_modify(|n| *n = n.wrapping_add(1)),
                Some(Ok(_)) => {}
                Some(Err(error)) => return std::task::Poll::Ready(Err(error)),
                None => return std::task::Poll::Ready(Ok(())),
            }
            if !listening && let std::task::Poll::Ready(done) = asked.as_mut().poll(cx) {
                done?;
                listening = true;
            }
        }
    })
    .await
}

async fn tell(runtime: Handle, address: Address, mut own: watch::Receiver<u64>) {
    let mut line: Option<(tokio_postgres::Client, String)> = None;
    while own.changed().await.is_ok() {
        if line.as_ref().is_none_or(|(client, _)| client.is_closed()) {
            line = match connect(&runtime, &address).await {
                Ok(client) => channel(&client).await.ok().map(|channel| (client, channel)),
                Err(_) => None,
            };
        }
        if let Some((client, channel)) = &line {
            let _ = client.batch_execute(&format!("NOTIFY {channel}")).await;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Queues in different schemas do not hear each other.
async fn channel(client: &tokio_postgres::Client) -> Result<String, tokio_postgres::Error> {
    let row = client.query_one("SELECT coalesce(to_regclass('commit')::oid::bigint, 0)", &[]).await?;
    Ok(format!("moddesk_{}", row.get::<_, i64>(0)))
}
