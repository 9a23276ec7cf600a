//! One story, told to every engine: what the contract says of a queue, sentence by sentence, through the trait alone.
//! Where a story and an engine disagree, the engine is wrong; where a story and `contract.md` disagree, the story is.

mod batches;
mod breaks;
mod claims;
mod cluster;
mod deadlines;
mod decisions;
mod doubts;
mod engines;
mod erasing;
mod floor;
mod house;
mod import;
mod leases;
mod model;
mod notices;
mod order;
mod own;
mod parcels;
mod passes;
mod people;
mod pictures;
mod programs;
mod record;
mod replica;
mod reversals;
mod rules;
mod sealing;
mod shifts;
mod stats;
mod stranded;
mod tls;
mod webhooks;
mod withdrawal;
