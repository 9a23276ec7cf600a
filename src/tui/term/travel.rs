//! The shortest way for the cursor from one cell to another.
//!
//! No line feed: at the bottom it scrolls, and what scrolls can end in the scrollback of a terminal without a second
//! screen. For the same reason no scrolling regions.

use super::pen::digits;

/// Where the cursor is, as far as that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Place {
    pub(super) x: Option<u16>,
    pub(super) y: Option<u16>,
}

impl Place {
    pub(super) const fn at(x: u16, y: u16) -> Self {
        Place { x: Some(x), y: Some(y) }
    }
}

/// One step: how often a byte, or a sequence with up to two numbers where 1 is left out.
#[derive(Clone, Copy)]
enum Step {
    Repeat(u8, u16),
    Sequence(u16, u8),
    To(u16, u16),
}

impl Step {
    fn len(self) -> usize {
        match self {
            Step::Repeat(_, n) => n.into(),
            Step::Sequence(1, _) => 3,
            Step::Sequence(n, _) => 3 + places(n),
            Step::To(1, 1) => 3,
            Step::To(y, 1) => 3 + places(y),
            Step::To(1, x) => 4 + places(x),
            Step::To(y, x) => 4 + places(y) + places(x),
        }
    }

    fn push(self, out: &mut Vec<u8>) {
        match self {
            Step::Repeat(byte, n) => out.extend((0..n).map(|_| byte)),
            Step::Sequence(n, last) => {
                out.extend(b"\x1b[");
                if n != 1 {
                    digits(n.into(), out);
                }
                out.push(last);
            }
            Step::To(y, x) => {
                out.extend(b"\x1b[");
                if y != 1 {
                    digits(y.into(), out);
                }
                if x != 1 {
                    out.push(b';');
                    digits(x.into(), out);
                }
                out.push(b'H');
            }
        }
    }
}

fn places(n: u16) -> usize {
    match n {
        0..10 => 1,
        10..100 => 2,
        100..1000 => 3,
        1000..10000 => 4,
        _ => 5,
    }
}

type Way = [Option<Step>; 2];

fn len(way: Way) -> usize {
    way.iter().flatten().map(|step| step.len()).sum()
}

fn shortest(from: Place, x: u16, y: u16) -> Way {
    let mut best: Way = [Some(Step::To(y + 1, x + 1)), None];
    let mut offer = |way: Way| {
        if len(way) < len(best) {
            best = way;
        }
    };
    let Some(from_y) = from.y else { return best };
    let vertical = match (from_y, y) {
        (a, b) if a == b => None,
        (a, b) if a < b => Some(Step::Sequence(b - a, b'B')),
        (a, b) => Some(Step::Sequence(a - b, b'A')),
    };
    let right = (x > 0).then_some(Step::Sequence(x, b'C'));
    match vertical {
        None => {
            if right.is_none() || from.x != Some(0) {
                offer([Some(Step::Repeat(b'\r', 1)), right]);
            }
            offer([Some(Step::Sequence(x + 1, b'G')), None]);
        }
        Some(Step::Sequence(n, way)) => {
            let line = if way == b'B' { b'E' } else { b'F' };
            offer([Some(Step::Sequence(n, line)), right]);
        }
        Some(_) => {}
    }
    if let Some(from_x) = from.x {
        let horizontal = match (from_x, x) {
            (a, b) if a == b => None,
            (a, b) if a < b => Some(Step::Sequence(b - a, b'C')),
            (a, b) if a - b <= 3 => Some(Step::Repeat(0x08, a - b)),
            (a, b) => Some(Step::Sequence(a - b, b'D')),
        };
        offer([vertical, horizontal]);
        if x == 0 {
            offer([vertical, Some(Step::Repeat(b'\r', 1))]);
        }
    }
    best
}

/// Appends the shortest way.
pub(super) fn go(from: Place, x: u16, y: u16, out: &mut Vec<u8>) {
    for step in shortest(from, x, y).into_iter().flatten() {
        step.push(out);
    }
}

/// The bytes that [`go`] takes.
pub(super) fn cost(from: Place, x: u16, y: u16) -> usize {
    len(shortest(from, x, y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn way(from: Place, x: u16, y: u16) -> String {
        let mut out = Vec::new();
        go(from, x, y, &mut out);
        assert_eq!(out.len(), cost(from, x, y));
        out.escape_ascii().to_string().replace("\\x1b", "^")
    }

    #[test]
    fn each_way_is_the_short_one() {
        assert_eq!(way(Place::default(), 0, 0), "^[H");
        assert_eq!(way(Place::default(), 4, 0), "^[;5H");
        assert_eq!(way(Place::default(), 0, 9), "^[10H");
        assert_eq!(way(Place::at(7, 9), 0, 9), "\\r");
        assert_eq!(way(Place::at(7, 9), 0, 10), "^[E");
        assert_eq!(way(Place::at(7, 9), 7, 10), "^[B");
        assert_eq!(way(Place::at(7, 9), 8, 9), "^[C");
        assert_eq!(way(Place::at(7, 9), 5, 9), "\\x08\\x08");
        assert_eq!(way(Place { x: None, y: Some(3) }, 100, 3), "^[101G");
        assert_eq!(way(Place::at(100, 20), 2, 21), "^[22;3H");
        assert_eq!(way(Place::at(5, 5), 5, 5), "");
    }

    proptest! {
        #[test]
        fn every_way_arrives(
            from in (0..80u16, 0..24u16), to in (0..80u16, 0..24u16), know in (any::<bool>(), any::<bool>()),
        ) {
            let mut terminal = vt100::Parser::new(24, 80, 0);
            terminal.process(format!("\x1b[{};{}H", from.1 + 1, from.0 + 1).as_bytes());
            let place = Place { x: (know.0 && know.1).then_some(from.0), y: know.1.then_some(from.1) };
            let mut out = Vec::new();
            go(place, to.0, to.1, &mut out);
            terminal.process(&out);
            prop_assert_eq!(terminal.screen().cursor_position(), (to.1, to.0));
            prop_assert!(!out.contains(&b'\n'));
        }
    }
}
