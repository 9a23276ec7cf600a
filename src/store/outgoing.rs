//! What a deliverer of webhooks takes from the store and hands back to it: one turn at a time.

use crate::moderation::Webhook;
use crate::moderation::webhook::Came;
use crate::text::base64;
use sha2::{Digest, Sha256};
use std::fmt;
use std::time::Duration;

/// A turn that is not renewed is anybody's after so long: what a webhook waits where a server was killed. It is longer
/// than one message may take ([`RENEW`] and the time limit of a send fit into it), not than a whole turn.
pub const TURN: Duration = Duration::from_secs(15);
/// Whoever sends renews the turn so often.
pub const RENEW: Duration = Duration::from_secs(2);

/// How many random bytes sign a webhook's messages.
const BYTES: usize = 32;

/// What a webhook's messages are signed with. It is kept as it is, since the server has to sign; it is shown once and
/// has no `Debug` of its content.
#[derive(Clone, PartialEq, Eq)]
pub struct HookSecret(Vec<u8>);

impl HookSecret {
    /// Mints one from the system's randomness.
    ///
    /// # Errors
    /// Where the system has no randomness to give; then nothing may be signed.
    pub fn mint() -> super::Result<Self> {
        let mut bytes = vec![0u8; BYTES];
        getrandom::fill(&mut bytes)
            .map_err(|error| super::StoreError::Engine(format!("the system gives no random bytes ({error})")))?;
        Ok(Self(bytes))
    }

    /// One that is kept already.
    pub fn of(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The key itself.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// As the receiver keeps it: what stands behind `whsec_` is the key in base64.
    pub fn reveal(&self) -> String {
        format!("whsec_{}", base64(&self.0))
    }

    /// The header `webhook-signature` of a message: HMAC-SHA256 over id, seconds and body, joined by dots, as the
    /// Standard Webhooks have it.
    pub fn sign(&self, id: &str, seconds: i64, body: &[u8]) -> String {
        let seconds = seconds.to_string();
        format!("v1,{}", base64(&hmac(&self.0, &[id.as_bytes(), b".", seconds.as_bytes(), b".", body])))
    }
}

/// HMAC-SHA256 (RFC 2104) of parts one behind the other.
fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    const BLOCK: usize = 64;
    let mut padded = [0u8; BLOCK];
    if key.len() > BLOCK {
        padded[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        padded[..key.len()].copy_from_slice(key);
    }
    let mut inner = Sha256::new_with_prefix(padded.map(|byte| byte ^ 0x36));
    parts.iter().for_each(|part| inner.update(part));
    let mut outer = Sha256::new_with_prefix(padded.map(|byte| byte ^ 0x5c));
    outer.update(inner.finalize());
    outer.finalize().into()
}

impl fmt::Debug for HookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HookSecret(…)")
    }
}

/// One message, ready to be signed and sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Its number in the log.
    pub seq: i64,
    /// What it waits behind: one item's messages go out one after the other. Without an item it is alone.
    pub lane: i64,
    /// The same each time it is sent, and of no other message.
    pub id: String,
    /// The body, JSON.
    pub body: Vec<u8>,
}

/// What may go out now to one webhook, for whoever holds its turn.
#[derive(Clone, Debug)]
pub struct Turn {
    /// Where to.
    pub webhook: Webhook,
    /// What signs it.
    pub secret: HookSecret,
    /// In the order of the log.
    pub messages: Vec<Outgoing>,
    /// New ones that wait for an earlier one of their item: number and lane.
    pub held: Vec<(i64, i64)>,
    /// Numbers that the log does not have any more.
    pub vanished: Vec<i64>,
    /// The log is looked through up to here.
    pub upto: i64,
    /// There was more than one turn takes.
    pub more: bool,
}

/// What became of a turn.
#[derive(Clone, Debug, Default)]
pub struct Settled {
    /// Number, lane and outcome, in the order in which they ended.
    pub came: Vec<(i64, i64, Came)>,
    /// As in the turn.
    pub held: Vec<(i64, i64)>,
    /// As in the turn.
    pub vanished: Vec<i64>,
    /// As in the turn.
    pub upto: i64,
    /// Whether the turn is given back, for another server to take at once.
    pub last: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::audit::hex;

    #[test]
    fn the_vectors_of_rfc_4231_come_out() {
        let cases: [(&[u8], &[u8], &str); 4] = [
            (&[0x0b; 20], b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            (
                b"Jefe",
                b"what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (&[0xaa; 20], &[0xdd; 50], "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
            (
                &[0xaa; 131],
                b"Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
        ];
        for (key, text, sum) in cases {
            assert_eq!(hex(&hmac(key, &[text])), sum);
            let (one, other) = text.split_at(3);
            assert_eq!(hex(&hmac(key, &[one, other])), sum, "in parts as in one");
        }
    }

    #[test]
    fn a_message_is_signed_as_the_standard_webhooks_have_it() {
        // Their own example: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw.
        let key =
            [49, 242, 144, 246, 191, 6, 41, 138, 171, 79, 8, 212, 60, 63, 8, 44, 246, 72, 163, 98, 218, 45, 164, 176];
        let secret = HookSecret::of(key.to_vec());
        assert_eq!(secret.reveal(), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let signed = secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, br#"{"test": 2432232314}"#);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert!(!format!("{secret:?}").contains("49"));
    }
}
