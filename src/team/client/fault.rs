//! What an answer that is no success means for the desk.
//!
//! A refusal counts only where it is a [`Fault`] of a moddesk server: a captive portal, a proxy or a wrong address also
//! answer 403 or 404, and no decision may be given up because of them.

use crate::desk::LineError;
use crate::team::api::{Code, Fault};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};

/// Longest sentence of somebody else that is shown.
const LONGEST: usize = 200;

/// A refusal as it came.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Its status.
    pub status: StatusCode,
    /// What a server of ours says; absent where somebody else answers.
    pub fault: Option<Fault>,
    /// Seconds to wait, where they were said.
    pub retry_after: Option<u64>,
}

impl Refused {
    /// Reads it.
    pub fn read(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Self {
        let retry_after = headers.get(RETRY_AFTER).and_then(|said| said.to_str().ok()?.trim().parse().ok());
        Self { status, fault: serde_json::from_slice(body).ok(), retry_after }
    }

    /// What the desk makes of it. After a call that `changes` something, a server that failed may have recorded it.
    pub fn into_error(self, changes: bool) -> LineError {
        let lost = |why: String| if changes { LineError::Unsure(why) } else { LineError::Down(why) };
        let Some(fault) = self.fault else {
            let status = self.status.as_u16();
            return match status {
                500.. => lost(format!("something between here and the queue answers {status}")),
                _ => LineError::Down(format!("somebody else answers there, with {status}")),
            };
        };
        let message = shown(&fault.message);
        match fault.error {
            Code::NotSignedIn | Code::BadToken | Code::NotAllowed => LineError::SignedOut(message),
            Code::DeskTakenOver => LineError::TakenOver(fault.desk.as_deref().map(shown).unwrap_or_default()),
            Code::TooMany | Code::LockedOut | Code::Stopping => LineError::Wait(self.retry_after.unwrap_or(1)),
            // The queue's database went away in the middle: what was under way may have been recorded.
            Code::Busy if !changes => LineError::Wait(self.retry_after.unwrap_or(1)),
            Code::Busy | Code::Failed => lost(message),
            Code::TooSlow | Code::Full => LineError::Down(message),
            _ => LineError::Refused(message),
        }
    }
}

/// A server's sentence, fit for a screen.
fn shown(message: &str) -> String {
    crate::text::scrub::log(message).chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, body: &[u8]) -> Refused {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, reqwest::header::HeaderValue::from_static("7"));
        Refused::read(StatusCode::from_u16(status).expect("a status"), &headers, body)
    }

    fn of(code: Code) -> Vec<u8> {
        serde_json::to_vec(&Fault::new(code, "why")).expect("JSON")
    }

    #[test]
    fn what_a_hotel_s_portal_says_gives_up_no_decision() {
        for status in [200, 302, 401, 403, 404, 409, 413, 422, 502, 503, 511] {
            let error = read(status, b"<html>pay here</html>").into_error(true);
            assert!(!error.is_permanent(), "{status}: {error}");
        }
    }

    #[test]
    fn only_what_was_surely_not_recorded_can_still_be_taken_back() {
        for code in Code::ALL {
            let error = read(code.status(), &of(*code)).into_error(true);
            let unsure = matches!(error, LineError::Unsure(_));
            assert_eq!(unsure, matches!(code, Code::Busy | Code::Failed), "{}: {error}", code.code());
        }
    }

    #[test]
    fn retry_after_is_kept() {
        assert!(matches!(read(429, &of(Code::TooMany)).into_error(true), LineError::Wait(7)));
        assert!(matches!(read(503, &of(Code::Busy)).into_error(false), LineError::Wait(7)));
    }
}
