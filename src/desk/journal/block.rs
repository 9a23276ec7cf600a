//! How an entry lies in blocks: a head of 24 bytes, the payload, zeros up to the end of the block.
//!
//! The head begins with a byte that no UTF-8 text can contain, so that words quoted from hostile content, lying at
//! the start of a block, can never be taken for an entry.

/// The unit of the file: what a disk writes whole, or not at all.
pub(super) const BLOCK: usize = 512;
/// Never in UTF-8, then the initials, then the version of this layout.
pub(super) const MAGIC: [u8; 4] = [0xff, b'M', b'J', VERSION];
const VERSION: u8 = 1;
const HEAD: usize = 24;

/// What stands at a block.
#[derive(Debug, PartialEq)]
pub(super) enum Read<'a> {
    /// A whole entry.
    Record {
        /// JSON.
        payload: &'a [u8],
        /// Its number.
        seq: u64,
        /// How many blocks it fills.
        blocks: usize,
    },
    /// The beginning of an entry whose rest does not fit it.
    Torn,
    /// An entry in a later layout.
    Newer,
    /// No entry begins here.
    Free,
}

/// How many blocks a payload fills.
pub(super) fn blocks_of(payload: usize) -> usize {
    (HEAD + payload).div_ceil(BLOCK)
}

/// Head, payload and padding.
pub(super) fn frame(seq: u64, payload: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(blocks_of(payload.len()) * BLOCK);
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&u32::try_from(payload.len()).expect("a call is far below 4 GiB").to_le_bytes());
    bytes.extend_from_slice(&seq.to_le_bytes());
    bytes.extend_from_slice(&check(seq, payload).to_le_bytes());
    bytes.extend_from_slice(payload);
    bytes.resize(blocks_of(payload.len()) * BLOCK, 0);
    bytes
}

/// What stands at block `at`.
pub(super) fn read(bytes: &[u8], at: usize) -> Read<'_> {
    let Some(here) = bytes.get(at * BLOCK..).filter(|here| here.len() >= BLOCK) else {
        return Read::Free;
    };
    if here[..3] != MAGIC[..3] {
        return Read::Free;
    }
    if here[3] > VERSION {
        return Read::Newer;
    }
    let len = u32::from_le_bytes(here[4..8].try_into().expect("four bytes")) as usize;
    let seq = u64::from_le_bytes(here[8..16].try_into().expect("eight bytes"));
    let sum = u64::from_le_bytes(here[16..24].try_into().expect("eight bytes"));
    match here.get(HEAD..HEAD + len) {
        Some(payload) if check(seq, payload) == sum && here.len() >= blocks_of(len) * BLOCK => {
            Read::Record { payload, seq, blocks: blocks_of(len) }
        }
        _ => Read::Torn,
    }
}

/// Two CRC-32, the second over the number as well, so that an entry is bound to it.
fn check(seq: u64, payload: &[u8]) -> u64 {
    let mut crc = flate2::Crc::new();
    crc.update(payload);
    let of_payload = crc.sum();
    crc.update(&seq.to_le_bytes());
    crc.update(&(payload.len() as u64).to_le_bytes());
    u64::from(of_payload) << 32 | u64::from(crc.sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_framed_is_read_and_no_shorter_part_of_it_is(text in ".{0,1500}", seq: u64, cut in 0usize..100) {
            let bytes = frame(seq, text.as_bytes());
            let blocks = bytes.len() / BLOCK;
            prop_assert_eq!(read(&bytes, 0), Read::Record { payload: text.as_bytes(), seq, blocks });
            // Torn anywhere inside head or payload: zeros behind, as the blocks were before.
            let used = HEAD + text.len();
            let keep = used * cut / 100;
            let mut torn = bytes.clone();
            torn[keep..].fill(0);
            if torn != bytes {
                let is_record = matches!(read(&torn, 0), Read::Record { .. });
                prop_assert!(!is_record);
            }
        }

        #[test]
        fn no_text_is_taken_for_an_entry(text in "\\PC{600,1200}") {
            let mut bytes = text.into_bytes();
            bytes.resize(bytes.len().div_ceil(BLOCK) * BLOCK, 0);
            for at in 0..bytes.len() / BLOCK {
                prop_assert_eq!(read(&bytes, at), Read::Free);
            }
        }
    }
}
