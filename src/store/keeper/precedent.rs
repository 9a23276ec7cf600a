//! Questions that were answered once for all, found again beside an item that says the same, or by their words.

use super::groups::Kindred;
use super::import::read_body;
use super::kin::{Kin, unpack, words};
use super::lease::SEALED;
use super::log::timestamp;
use super::message::{DoubtBody, Letters, read};
use crate::moderation::doubt::Seeking;
use crate::moderation::{Person, Precedent, Role};
use crate::store::Result;
use crate::text::fold::fold;
use crate::text::likeness::Pieces;

/// So many are looked through.
const LOOKED_AT: u32 = 5_000;
/// And so many are answered.
const MOST: usize = 20;
/// Sketches as near as this are enough where the words themselves are gone.
const SURE: u32 = 24;

/// The item that precedents are looked for beside.
struct Beside {
    kin: Kin,
    pieces: Pieces,
    client: Option<String>,
}

/// Those of the clients that somebody works for: the most alike first, then the newest.
pub(in crate::store) fn precedents(
    letters: &impl Letters,
    from: &impl Kindred,
    who: &str,
    seeking: &Seeking,
    alike: f64,
) -> Result<Vec<Precedent>> {
    let Some((_, person)) = letters.me(who)? else { return Ok(Vec::new()) };
    let beside = match &seeking.item {
        Some(id) => match beside(from, who, id)? {
            Some(beside) => Some(beside),
            None => return Ok(Vec::new()),
        },
        None => None,
    };
    let wanted: Vec<String> = seeking.words.iter().flat_map(|text| text.split_whitespace()).map(fold).collect();
    let mut found = Vec::new();
    for row in letters.precedents(LOOKED_AT)? {
        let body: DoubtBody = read(&row)?;
        if !works_for(&person, &body.client) {
            continue;
        }
        let mut likeness = None;
        if let Some(beside) = &beside {
            if beside.client.as_ref().is_some_and(|client| *client != body.client) {
                continue;
            }
            likeness = like(from, beside, &body, alike)?;
            if likeness.is_none() && wanted.is_empty() {
                continue;
            }
        }
        if !wanted.is_empty() {
            let answers = body.answers.iter().map(|answer| answer.text.raw());
            let said: Vec<&str> = std::iter::once(body.question.raw()).chain(answers).collect();
            let said = fold(&said.join("\n"));
            if !wanted.iter().all(|word| said.contains(word.as_str())) {
                continue;
            }
        }
        found.push(Precedent {
            id: row.id,
            client: body.client,
            at: timestamp(row.at),
            question: body.question,
            answers: body.answers,
            settled: body.settled,
            alike: likeness,
        });
    }
    found.sort_by(|a, b| b.alike.unwrap_or(0.0).total_cmp(&a.alike.unwrap_or(0.0)).then(b.at.cmp(&a.at)));
    found.truncate(MOST);
    Ok(found)
}

fn works_for(person: &Person, client: &str) -> bool {
    person.may(Role::Supervisor) || person.clients.is_empty() || person.clients.iter().any(|own| own == client)
}

fn beside(from: &impl Kindred, who: &str, id: &str) -> Result<Option<Beside>> {
    let Some(row) = from.found(id)?.filter(|row| row.state != SEALED) else { return Ok(None) };
    let Some(body) = from.body(row.seq)? else { return Ok(None) };
    let item = read_body(&body)?;
    let client = from.rooms(who)?.client(row.bucket).map(str::to_owned);
    Ok(Some(Beside { kin: Kin { item: row.seq, ..Kin::of(&item) }, pieces: Pieces::of(words(&item)), client }))
}

/// How much the item of a precedent is like this one; nothing where it is not.
fn like(from: &impl Kindred, beside: &Beside, body: &DoubtBody, alike: f64) -> Result<Option<f64>> {
    let Some(theirs) = unpack(&body.kin).next() else { return Ok(None) };
    if theirs.item == beside.kin.item || (theirs.like.same.is_some() && theirs.like.same == beside.kin.like.same) {
        return Ok(Some(1.0));
    }
    if !theirs.like.is_near(&beside.kin.like) {
        return Ok(None);
    }
    if let Some(content) = from.body(theirs.item)? {
        let pieces = Pieces::of(words(&read_body(&content)?));
        if pieces != Pieces::default() {
            let common = pieces.in_common(&beside.pieces);
            return Ok((common >= alike).then_some(common));
        }
    }
    // Its words are gone: the sketch alone tells.
    let apart = theirs.like.apart(&beside.kin.like);
    Ok((apart <= SURE).then(|| 1.0 - f64::from(apart) / 128.0))
}
