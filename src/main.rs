//! moddesk
fn main() {}
