//! What leaves the house: decisions, dossiers, the audit log. Nothing of anybody's exposure goes out here, and people
//! are pseudonyms unless the one who exports has the right to names.

pub mod case;
pub mod decisions;
pub mod insights;
pub mod week;
