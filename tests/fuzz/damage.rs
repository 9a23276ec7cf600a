//! Damaged copies: the same ones on every machine for the same round.

/// Numbers that look like chance.
pub struct Dice(u64);

impl Dice {
    pub fn new(round: u64) -> Self {
        Self(round.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.roll() % n.max(1) as u64) as usize
    }
}

/// What has hurt programs of this kind before.
const HURTS: &[&str] = &[
    "",
    "\0",
    "\u{1b}[2J",
    "\u{1b}]52;c;AAAA\u{7}",
    "\u{9b}31m",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{2028}",
    "\u{feff}",
    "\u{300}\u{301}\u{302}\u{303}",
    "\u{e0041}",
    "👩‍👩‍👧‍👦",
    "ﷺ",
    "İ",
    "ß",
    "\u{fb03}",
    "\r",
    "\n",
    "\"",
    "'",
    "\\",
    "\\u0000",
    "\\ud800",
    "{{",
    "}}",
    "{{ask: ",
    "{{item.",
    "[",
    "]",
    "[[",
    "{",
    "}",
    "=",
    ":",
    ",",
    "#",
    "<",
    ">=",
    "(",
    ")",
    " or ",
    " not ",
    "-",
    "*",
    "lang:",
    "due:<",
    "severity:>=",
    "1e309",
    "-9223372036854775808",
    "99999999999999999999",
    "null",
    "true",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999+14:00",
    "hxxps://",
    "https://[::1]:99999/%zz",
    "www.",
    "\u{1f1eb}",
    "ctrl-",
    "alt-",
    "f99",
];

/// One of the seeds, hurt in up to eight places.
pub fn damaged(dice: &mut Dice, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = seeds[dice.below(seeds.len())].clone();
    for _ in 0..dice.below(9) {
        let (at, end) = span(dice, bytes.len());
        match dice.below(9) {
            0 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << dice.below(8);
                }
            }
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                let times = 1 << dice.below(6);
                insert(&mut bytes, at, &piece.repeat(times));
            }
            3 => bytes.truncate(at),
            4 => {
                let other = &seeds[dice.below(seeds.len())];
                let (from, to) = span(dice, other.len());
                let piece = other[from..to].to_vec();
                insert(&mut bytes, at, &piece);
            }
            5 => insert(&mut bytes, at, &[dice.roll() as u8, dice.roll() as u8, dice.roll() as u8]),
            6 => {
                let hurt = HURTS[dice.below(HURTS.len())].repeat(1 << dice.below(13));
                insert(&mut bytes, at, hurt.as_bytes());
            }
            _ => insert(&mut bytes, at, HURTS[dice.below(HURTS.len())].as_bytes()),
        }
        bytes.truncate(1 << 20);
    }
    bytes
}

fn span(dice: &mut Dice, len: usize) -> (usize, usize) {
    let at = dice.below(len + 1);
    (at, (at + dice.below(64)).min(len))
}

fn insert(bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
    bytes.splice(at..at, piece.iter().copied());
}
