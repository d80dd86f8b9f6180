//! Secondary protection: which other figures are hidden so that no hidden one can be worked out, with the proof.
//!
//! Enters: the figures of a run as one [`System`], what is hidden already and what every sensitive cell must be able to look
//! like ([`Need`]). Leaves: a [`Pattern`], whose proofs are whole-number tables that agree with everything shown. No file,
//! no name, no clock: numbers only. The order in which the caller gives its cells is the only thing that breaks a tie.
//!
//! A count of distinct children is no sum of its parts. It is written with two unseen cells: `S = Σ parts` and
//! `S = total + overlap`. Where the overlap is taken as known, one relation does: a part of −overlap, unseen and frozen.
//!
//! Method: sequential cheapest moves over ever wider neighbourhoods (see `ladder`), then a clean-up that shows again what
//! turned out not to be needed.

mod system;
mod witness;
mod pattern;
mod neighbourhood;
mod ground;
mod bounds;
mod flow;
mod merge;
mod solver;
mod ladder;
mod on_top;
mod reuse;
mod protect;
mod clean_up;

pub use neighbourhood::{Move, Near, Neighbourhood};
pub use pattern::{Counts, Failure, Pattern};
pub use protect::{protect, protect_again};
pub use solver::{Microlp, Solver};
pub use system::{Cel, Cell, Contradiction, Relation, System};
pub use witness::{Need, Side, Witness};

#[cfg(test)]
mod tests;
