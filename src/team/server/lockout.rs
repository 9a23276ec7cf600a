//! Who has shown bad tokens: the answer comes later each time, and after too many it is the same short no.
//!
//! Counted by address (a /64 for IPv6). A good token is always served, so that a house behind one address is not
//! locked out by a colleague's expired one; guessing 256 bits is hopeless at any pace, the lockout only keeps the
//! guesses cheap.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Failures are forgotten after this.
const MEMORY: Duration = Duration::from_secs(600);
/// Longest wait before an answer.
const LONGEST: Duration = Duration::from_secs(2);
/// Addresses remembered at most.
const MOST: usize = 10_000;

#[derive(Clone, Copy)]
struct Past {
    failures: u32,
    last: Instant,
    until: Option<Instant>,
}

/// The memory of bad tokens.
pub struct Lockout {
    peers: Mutex<HashMap<IpAddr, Past>>,
    most: u32,
    lasts: Duration,
    delay: Duration,
}

/// What happens to a bad token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is refused after this wait.
    Wait(Duration),
    /// It is not even looked at; for so long.
    Locked(Duration),
}

impl Lockout {
    /// After `most` failures an address is locked out for `lasts`; the first wait is `delay`.
    pub fn new(most: u32, lasts: Duration, delay: Duration) -> Self {
        Self { peers: Mutex::default(), most, lasts, delay }
    }

    /// Notes a bad token.
    pub fn failed(&self, peer: IpAddr, now: Instant) -> Verdict {
        let mut peers = self.peers.lock().unwrap_or_else(PoisonError::into_inner);
        if peers.len() >= MOST {
            peers.retain(|_, past| now.duration_since(past.last) < MEMORY);
            if peers.len() >= MOST {
                peers.clear();
            }
        }
        let fresh = Past { failures: 0, last: now, until: None };
        let past = peers.entry(network(peer)).or_insert(fresh);
        if now.duration_since(past.last) >= MEMORY {
            *past = fresh;
        }
        past.last = now;
        if let Some(until) = past.until {
            if now < until {
                return Verdict::Locked(until - now);
            }
            *past = fresh;
        }
        past.failures += 1;
        if past.failures > self.most {
            past.until = Some(now + self.lasts);
            return Verdict::Locked(self.lasts);
        }
        Verdict::Wait(self.delay.saturating_mul(1 << (past.failures - 1).min(16)).min(LONGEST))
    }
}

fn network(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((u128::from(address) & !u128::from(u64::MAX)).into()),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn waits_double_then_the_door_is_shut_for_a_while() {
        let lockout = Lockout::new(3, 60 * SECOND, SECOND / 10);
        let (peer, other): (IpAddr, IpAddr) = ([10, 0, 0, 1].into(), [10, 0, 0, 2].into());
        let now = Instant::now();
        assert_eq!(lockout.failed(peer, now), Verdict::Wait(SECOND / 10));
        assert_eq!(lockout.failed(peer, now), Verdict::Wait(SECOND / 5));
        assert_eq!(lockout.failed(peer, now), Verdict::Wait(SECOND * 4 / 10));
        assert_eq!(lockout.failed(peer, now), Verdict::Locked(60 * SECOND));
        assert_eq!(lockout.failed(peer, now + 20 * SECOND), Verdict::Locked(40 * SECOND));
        assert_eq!(lockout.failed(other, now), Verdict::Wait(SECOND / 10));
        assert_eq!(lockout.failed(peer, now + 61 * SECOND), Verdict::Wait(SECOND / 10));
    }

    #[test]
    fn one_network_of_ipv6_is_one_address() {
        let lockout = Lockout::new(1, SECOND, SECOND);
        let now = Instant::now();
        lockout.failed("2001:db8::1".parse().expect("an address"), now);
        let next = lockout.failed("2001:db8::2".parse().expect("an address"), now);
        assert_eq!(next, Verdict::Locked(SECOND));
    }
}
