//! A journal on a disk that stops at any byte.

use super::{Entry, Journal, Medium, Slot, Title};
use crate::moderation::{Decision, Verdict};
use proptest::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};
use uuid::Uuid;

/// One thing done to the disk.
#[derive(Clone)]
enum Act {
    Write(u64, Vec<u8>),
    Cut(u64),
    Sync,
}

/// A disk that remembers everything done to it, so that it can be stopped anywhere afterwards.
#[derive(Default)]
struct Remembering(Mutex<(Vec<u8>, Vec<Act>)>);

fn apply(bytes: &mut Vec<u8>, act: &Act) {
    match act {
        Act::Write(at, new) => {
            let end = *at as usize + new.len();
            if bytes.len() < end {
                bytes.resize(end, 0);
            }
            bytes[*at as usize..end].copy_from_slice(new);
        }
        Act::Cut(len) => bytes.truncate(*len as usize),
        Act::Sync => {}
    }
}

impl Remembering {
    fn with(bytes: Vec<u8>) -> Arc<Self> {
        Arc::new(Self(Mutex::new((bytes, Vec::new()))))
    }

    fn act(&self, act: Act) {
        let mut inner = self.0.lock().unwrap();
        apply(&mut inner.0, &act);
        inner.1.push(act);
    }

    fn acts(&self) -> Vec<Act> {
        self.0.lock().unwrap().1.clone()
    }
}

impl Medium for Remembering {
    fn read(&self) -> io::Result<Vec<u8>> {
        Ok(self.0.lock().unwrap().0.clone())
    }
    fn write(&self, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.act(Act::Write(at, bytes.to_vec()));
        Ok(())
    }
    fn sync(&self) -> io::Result<()> {
        self.act(Act::Sync);
        Ok(())
    }
    fn sync_length(&self) -> io::Result<()> {
        self.sync()
    }
    fn set_len(&self, len: u64) -> io::Result<()> {
        self.act(Act::Cut(len));
        Ok(())
    }
}

fn title() -> Title {
    Title { moderator: "ines".into(), backend: "here".into(), desk: "desk".into() }
}

fn open(bytes: Vec<u8>) -> (Arc<Remembering>, Journal, Vec<(Slot, Entry<'static>)>) {
    let disk = Remembering::with(bytes);
    let super::Opened { journal, entries, .. } = Journal::open(disk.clone(), "journal", &title()).unwrap();
    (disk, journal, entries)
}

/// What a moderator and a line do to a journal.
#[derive(Clone, Debug)]
enum Step {
    /// So many decisions with a note of so many bytes.
    Hold(usize, usize),
    /// The how-manieth live entry is taken back.
    TakeBack(usize),
    /// The how-manieth live entry is settled.
    Settle(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (1usize..4, 0usize..1200).prop_map(|(many, note)| Step::Hold(many, note)),
        1 => (15usize..40, 0usize..200).prop_map(|(many, note)| Step::Hold(many, note)),
        2 => (0usize..8).prop_map(Step::TakeBack),
        3 => (0usize..8).prop_map(Step::Settle),
    ];
    proptest::collection::vec(step, 1..24)
}

fn decision(number: u128, note: usize) -> Decision {
    Decision {
        id: Uuid::from_u128(number),
        item: format!("forum:{number}"),
        revision: 1,
        round: Some(1),
        queue: None,
        moderator: None,
        verdict: Verdict::Delete,
        measure: None,
        policy: Some("hate".into()),
        policy_version: None,
        to: None,
        imminent: None,
        follow_ups: Vec::new(),
        note: Some("é".repeat(note / 2).into()),
        severity: None,
        seen: None,
        opened: None,
        presented_at: None,
        decided_at: None,
        active_ms: None,
        batch: None,
        reverses: None,
        reversed_by: None,
        automated: false,
        late_s: None,
    }
}

/// After the act with this index: what must be there, and what must never come back.
#[derive(Clone, Default)]
struct Promise {
    held: BTreeMap<u128, usize>,
    undone: Vec<u128>,
    settled: Vec<u128>,
    /// Begun and not returned: both are right.
    open: Option<u128>,
}

/// Runs the steps, and says for every number of acts what had been promised by then, and for every act to which
/// entry it belongs.
fn run(steps: &[Step]) -> (Vec<Act>, Vec<Promise>, Vec<Option<u128>>) {
    let (disk, mut journal, _) = open(Vec::new());
    let mut promises = vec![Promise::default(); disk.acts().len() + 1];
    let mut begun = vec![None; disk.acts().len()];
    let mut now = Promise::default();
    let mut live: Vec<(u128, Slot)> = Vec::new();
    let mut number = 0u128;
    for step in steps {
        let mut after = now.clone();
        match step {
            Step::Hold(many, note) => {
                let first = number;
                number += *many as u128;
                let decisions: Vec<_> = (first..number).map(|number| decision(number, *note)).collect();
                now.open = Some(first);
                let slot = journal.write(&Entry::Held(Cow::Borrowed(&decisions)).payload()).unwrap();
                journal.sync().unwrap();
                after.held.insert(first, *many);
                live.push((first, slot));
            }
            Step::TakeBack(which) if !live.is_empty() => {
                let (first, slot) = live.remove(which % live.len());
                now.open = Some(first);
                journal.erase(slot).unwrap();
                journal.sync().unwrap();
                after.held.remove(&first);
                after.undone.push(first);
            }
            Step::Settle(which) if !live.is_empty() => {
                let (first, slot) = live.remove(which % live.len());
                now.open = Some(first);
                journal.erase(slot).unwrap();
                journal.tidy().unwrap();
                after.held.remove(&first);
                after.settled.push(first);
            }
            _ => continue,
        }
        let acts = disk.acts().len();
        begun.resize(acts, now.open);
        promises.resize(acts, now.clone());
        promises.push(after.clone());
        now = after;
    }
    (disk.acts(), promises, begun)
}

/// `settled_may_return`: after a power cut an erasure that was never synced may be missing.
fn check(bytes: Vec<u8>, promise: &Promise, settled_may_return: bool) {
    let (_, _, entries) = open(bytes);
    let mut found = BTreeMap::new();
    for (_, entry) in &entries {
        let Entry::Held(decisions) = entry else { panic!("only decisions were written") };
        found.insert(decisions[0].id.as_u128(), decisions.len());
    }
    assert_eq!(found.len(), entries.len(), "nothing is doubled");
    for (first, many) in &promise.held {
        if promise.open != Some(*first) {
            assert_eq!(found.get(first), Some(many), "what was shown as decided is missing, or a part of its batch");
        }
    }
    for first in found.keys() {
        let right = promise.held.contains_key(first)
            || promise.open == Some(*first)
            || (settled_may_return && promise.settled.contains(first));
        assert!(right, "{first} came back");
        assert!(!promise.undone.contains(first) || promise.open == Some(*first), "{first} was undone and came back");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// The program is killed: what was written is there, up to any byte of what was being written.
    #[test]
    fn killed_at_any_byte_nothing_held_is_lost_and_nothing_undone_returns(steps in steps(), every in 1usize..97) {
        let (acts, promises, begun) = run(&steps);
        let mut bytes = Vec::new();
        for (at, act) in acts.iter().enumerate() {
            if let Act::Write(offset, new) = act {
                // Every byte of the head, and a spread of the rest.
                let cuts = (0..new.len()).filter(|cut| *cut < 26 || cut % (new.len() / 8 + every) == 0);
                for cut in cuts {
                    let mut torn = bytes.clone();
                    apply(&mut torn, &Act::Write(*offset, new[..cut].to_vec()));
                    // In the middle of an act: begun, whichever step it belongs to.
                    let open = begun[at];
                    check(torn, &Promise { open, ..promises[at].clone() }, false);
                }
            }
            apply(&mut bytes, act);
            check(bytes.clone(), &promises[at + 1], false);
        }
    }

    /// The power fails: what was synced is there, and of the rest any sector may or may not be.
    #[test]
    fn without_power_at_any_moment_nothing_held_is_lost_and_nothing_undone_returns(
        steps in steps(),
        kept in proptest::collection::vec(any::<bool>(), 257),
        stop in 0usize..200,
    ) {
        let (acts, promises, _) = run(&steps);
        let stop = stop.min(acts.len());
        let synced = acts[..stop].iter().rposition(|act| matches!(act, Act::Sync)).map_or(0, |at| at + 1);
        let mut bytes = Vec::new();
        acts[..synced].iter().for_each(|act| apply(&mut bytes, act));
        let mut sector = 0;
        for act in &acts[synced..stop] {
            match act {
                Act::Write(at, new) => {
                    for (index, part) in new.chunks(512).enumerate() {
                        sector += 1;
                        if kept[(sector * 31 + index) % kept.len()] {
                            apply(&mut bytes, &Act::Write(at + 512 * index as u64, part.to_vec()));
                        }
                    }
                }
                other => apply(&mut bytes, other),
            }
        }
        // Laid out before the first promise: a disk that stops there is laid out anew.
        check(bytes, &promises[stop], true);
    }
}

#[test]
fn nothing_that_was_typed_stays_after_it_is_settled() {
    let (disk, mut journal, _) = open(Vec::new());
    let words = "a very private remark";
    let mut decision = decision(7, 0);
    decision.note = Some(words.into());
    let slot = journal.write(&Entry::Held(Cow::Owned(vec![decision; 40])).payload()).unwrap();
    journal.sync().unwrap();
    assert!(disk.read().unwrap().windows(words.len()).any(|window| window == words.as_bytes()));
    journal.erase(slot).unwrap();
    assert!(!disk.read().unwrap().windows(words.len()).any(|window| window == words.as_bytes()));
    journal.tidy().unwrap();
    assert_eq!(disk.read().unwrap().len(), super::FRESH * 512, "the room of a batch is given back");
}

#[test]
fn numbers_go_on_after_a_restart_so_that_the_order_stays() {
    let (disk, mut journal, _) = open(Vec::new());
    let payload = |number| Entry::Held(Cow::Owned(vec![decision(number, 600)])).payload();
    let first = journal.write(&payload(1)).unwrap();
    journal.write(&payload(2)).unwrap();
    journal.erase(first).unwrap();
    let (disk, mut journal, _) = open(disk.read().unwrap());
    journal.write(&payload(3)).unwrap();
    let (_, _, entries) = open(disk.read().unwrap());
    let order: Vec<_> = entries
        .iter()
        .map(|(_, entry)| match entry {
            Entry::Held(decisions) => decisions[0].id.as_u128(),
            _ => 0,
        })
        .collect();
    assert_eq!(order, [2, 3], "the third lies in the first's place and still comes last");
}

/// A disk with so many bytes left.
struct Small(Arc<Remembering>, u64);

impl Medium for Small {
    fn read(&self) -> io::Result<Vec<u8>> {
        self.0.read()
    }
    fn write(&self, at: u64, bytes: &[u8]) -> io::Result<()> {
        if at + bytes.len() as u64 > self.1 {
            let fits = self.1.saturating_sub(at) as usize;
            self.0.write(at, &bytes[..fits.min(bytes.len())])?;
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.0.write(at, bytes)
    }
    fn sync(&self) -> io::Result<()> {
        self.0.sync()
    }
    fn sync_length(&self) -> io::Result<()> {
        self.0.sync()
    }
    fn set_len(&self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }
}

#[test]
fn a_full_disk_takes_nothing_by_halves_and_single_decisions_still_have_their_place() {
    let small = Arc::new(Small(Remembering::with(Vec::new()), 10 * 1024));
    let mut journal = Journal::open(small.clone(), "journal", &title()).unwrap().journal;
    let single = Entry::Held(Cow::Owned(vec![decision(1, 100)])).payload();
    journal.write(&single).unwrap();
    let batch = Entry::Held(Cow::Owned((0..40).map(|number| decision(100 + number, 0)).collect())).payload();
    assert!(matches!(journal.write(&batch), Err(crate::desk::JournalError::Full)));
    journal.write(&single).unwrap();
    assert_eq!(open(small.read().unwrap()).2.len(), 2);
}
