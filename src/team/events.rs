//! How events travel: server-sent events, written and read. Pure; nothing here touches a socket.

use std::fmt::Write;

/// One event as it stands on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Its number; a stream resumes after it. Snapshots (`stats`) have none.
    pub id: Option<u64>,
    /// stats, queue, moderator, alert, lease, notice, shift, or gap and hello of the stream itself.
    pub kind: String,
    /// JSON on one line.
    pub data: String,
}

impl Frame {
    /// Its bytes.
    pub fn write(&self) -> String {
        let mut wire = String::with_capacity(self.kind.len() + self.data.len() + 40);
        if let Some(id) = self.id {
            let _ = writeln!(wire, "id: {id}");
        }
        let _ = writeln!(wire, "event: {}", self.kind);
        for line in self.data.split(['\n', '\r']) {
            let _ = writeln!(wire, "data: {line}");
        }
        wire.push('\n');
        wire
    }
}

/// What keeps a quiet stream alive through proxies, and shows a dead one.
pub const HEARTBEAT: &str = ": alive\n\n";

/// Longest line that a reader takes; a server that sends more is no server of ours.
const LONGEST: usize = 1 << 20;

/// Reads frames from bytes as they come, in whatever pieces.
#[derive(Debug, Default)]
pub struct Reader {
    line: Vec<u8>,
    frame: Frame,
    any: bool,
    overlong: bool,
}

impl Reader {
    /// Takes the next bytes and answers the frames that are complete.
    pub fn read(&mut self, bytes: &[u8]) -> Vec<Frame> {
        let mut complete = Vec::new();
        for byte in bytes {
            match byte {
                b'\n' => complete.extend(self.end_of_line()),
                b'\r' => {}
                _ if self.line.len() >= LONGEST => self.overlong = true,
                other => self.line.push(*other),
            }
        }
        complete
    }

    fn end_of_line(&mut self) -> Option<Frame> {
        let line = std::mem::take(&mut self.line);
        if std::mem::take(&mut self.overlong) {
            return None;
        }
        if line.is_empty() {
            return std::mem::take(&mut self.any).then(|| std::mem::take(&mut self.frame));
        }
        let line = String::from_utf8_lossy(&line);
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "id" => self.frame.id = value.parse().ok(),
            "event" => value.clone_into(&mut self.frame.kind),
            "data" => {
                if !self.frame.data.is_empty() {
                    self.frame.data.push('\n');
                }
                self.frame.data.push_str(value);
            }
            _ => return None,
        }
        self.any = true;
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_heartbeat_is_no_event() {
        assert!(Reader::default().read(HEARTBEAT.as_bytes()).is_empty());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_in_whatever_pieces(
            id in proptest::option::of(any::<u64>()), kind in "[a-z]{1,12}", data in "[ -~]{1,60}", cut in 1usize..9,
        ) {
            let frame = Frame { id, kind, data };
            let mut reader = Reader::default();
            let wire = format!("{HEARTBEAT}{}", frame.write());
            let read: Vec<Frame> = wire.as_bytes().chunks(cut).flat_map(|piece| reader.read(piece)).collect();
            prop_assert_eq!(read, vec![frame]);
        }
    }
}
