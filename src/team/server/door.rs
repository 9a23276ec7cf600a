//! Who is who: tokens kept in memory as the store has them, asked for again only where something has changed.

use super::limits::Limits;
use super::lockout::{Lockout, Verdict};
use super::refuse::{Answer, Refuse};
use crate::moderation::{Person, Role};
use crate::store::access::{Access, Digest32, PREFIX, digest, same};
use crate::store::{SharedStore, StoreError};
use crate::team::api::Code;
use jiff::Timestamp;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Instant;
use tokio::sync::watch;

/// Somebody with a good token.
pub struct Signed {
    /// Who, with their rights.
    pub person: Arc<Person>,
    /// From when on the token is no good any more.
    pub expires_at: Option<Timestamp>,
    digest: Digest32,
    calls: Mutex<Bucket>,
    gone: watch::Sender<bool>,
}

impl Signed {
    /// The name they sign in with.
    pub fn name(&self) -> &str {
        &self.person.name
    }

    /// Whether any of these roles is theirs.
    pub fn may(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.person.may(*role))
    }

    /// Turns true when the token is revoked or the person's rights change: whatever goes on with it must end.
    pub fn gone(&self) -> watch::Receiver<bool> {
        self.gone.subscribe()
    }
}

/// Calls that may be made: filled at the rate, holding the burst.
struct Bucket {
    left: f64,
    filled: Instant,
}

#[derive(Default)]
struct Known {
    by_digest: HashMap<u64, Vec<Arc<Signed>>>,
    by_name: HashMap<String, Vec<u64>>,
    upto: u64,
}

/// The door.
pub struct Door {
    store: SharedStore,
    known: RwLock<Known>,
    refreshing: tokio::sync::Mutex<()>,
    lockout: Lockout,
    rate: f64,
    burst: f64,
}

fn key(digest: &Digest32) -> u64 {
    u64::from_be_bytes(*digest.first_chunk().expect("32 bytes have 8"))
}

impl Door {
    /// A door that knows nobody yet.
    pub fn new(store: SharedStore, limits: &Limits) -> Self {
        Self {
            store,
            known: RwLock::default(),
            refreshing: tokio::sync::Mutex::new(()),
            lockout: Lockout::new(limits.bad_tokens, limits.lockout, limits.delay),
            rate: f64::from(limits.rate),
            burst: f64::from(limits.burst),
        }
    }

    /// Asks the store what has changed. Cheap where nothing has.
    pub async fn refresh(&self) -> Result<(), StoreError> {
        let _one_at_a_time = self.refreshing.lock().await;
        loop {
            let upto = self.known.read().unwrap_or_else(PoisonError::into_inner).upto;
            let changed = self.store.access(upto).await?;
            if changed.is_empty() {
                return Ok(());
            }
            let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
            for access in changed {
                known.take_in(access, self.burst);
            }
        }
    }

    /// Who shows this token. A bad one is answered late, after the store was asked whether it was given out just now:
    /// beside this server, or by another one.
    pub async fn who(&self, authorization: Option<&[u8]>, peer: IpAddr, now: Timestamp) -> Answer<Arc<Signed>> {
        let Some(header) = authorization else {
            return Err(Refuse::new(Code::NotSignedIn, "this call needs a token: Authorization: Bearer mdk_…"));
        };
        let shown = bearer(header).map(digest);
        let good = || shown.as_ref().and_then(|digest| self.good(digest, now));
        if let Some(signed) = good() {
            self.allowed(&signed)?;
            return Ok(signed);
        }
        match self.lockout.failed(peer, Instant::now()) {
            Verdict::Wait(wait) => {
                tokio::time::sleep(wait).await;
                self.refresh().await?;
                if let Some(signed) = good() {
                    self.allowed(&signed)?;
                    return Ok(signed);
                }
                Err(Refuse::new(
                    Code::BadToken,
                    "this token is unknown, expired or revoked; ask an administrator for a new one",
                ))
            }
            Verdict::Locked(left) => Err(Refuse::later(
                Code::LockedOut,
                "too many bad tokens came from your address; wait, then use a good one",
                left,
            )),
        }
    }

    /// Whose good token that is, as far as is known here.
    fn good(&self, digest: &Digest32, now: Timestamp) -> Option<Arc<Signed>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let signed = known.by_digest.get(&key(digest))?.iter().find(|signed| same(&signed.digest, digest))?;
        signed.expires_at.is_none_or(|until| now < until).then(|| Arc::clone(signed))
    }

    fn allowed(&self, signed: &Signed) -> Answer<()> {
        let mut bucket = signed.calls.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let since = now.duration_since(bucket.filled).as_secs_f64();
        bucket.left = (bucket.left + since * self.rate).min(self.burst);
        bucket.filled = now;
        if bucket.left < 1.0 {
            let message = format!("more than {} calls a second with this token; slow down", self.rate);
            return Err(Refuse::later(Code::TooMany, message, std::time::Duration::from_secs(1)));
        }
        bucket.left -= 1.0;
        Ok(())
    }
}

impl Known {
    fn take_in(&mut self, access: Access, burst: f64) {
        self.upto = self.upto.max(access.seq);
        let name = access.person.name.clone();
        let mut before = Vec::new();
        for key in self.by_name.remove(&name).unwrap_or_default() {
            if let Some(here) = self.by_digest.get_mut(&key) {
                let (theirs, others) = here.drain(..).partition(|signed| signed.person.name == name);
                *here = others;
                before.extend::<Vec<Arc<Signed>>>(theirs);
                if here.is_empty() {
                    self.by_digest.remove(&key);
                }
            }
        }
        let person = Arc::new(access.person);
        let mut keys = Vec::new();
        for token in access.tokens.iter().filter(|_| person.enabled) {
            let same_as_before = before.iter().position(|signed| {
                signed.digest == token.digest && signed.person == person && signed.expires_at == token.expires_at
            });
            let signed = match same_as_before {
                Some(at) => before.swap_remove(at),
                None => Arc::new(Signed {
                    person: Arc::clone(&person),
                    expires_at: token.expires_at,
                    digest: token.digest,
                    calls: Mutex::new(Bucket { left: burst, filled: Instant::now() }),
                    gone: watch::Sender::new(false),
                }),
            };
            keys.push(key(&token.digest));
            self.by_digest.entry(key(&token.digest)).or_default().push(signed);
        }
        if !keys.is_empty() {
            self.by_name.insert(name, keys);
        }
        for revoked in before {
            revoked.gone.send_replace(true);
        }
    }
}

/// The token of an `Authorization` header; the scheme's case does not count.
fn bearer(header: &[u8]) -> Option<&str> {
    let header = std::str::from_utf8(header).ok()?;
    let (scheme, token) = header.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && token.starts_with(PREFIX) && token.len() <= 200).then_some(token)
}
