//! What the proofs promise, against reference tables and against an attacker who shares no code with them.

mod attacker;
mod maker;
mod properties;
mod reference;
mod traps;
mod withhold;
