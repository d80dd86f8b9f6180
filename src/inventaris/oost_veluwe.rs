//! Midden-IJssel/Oost-Veluwe: Regie en zorgcoördinatie (O): its rules in the order of their numbers.

use super::Regel;

pub(super) const REGELS: &[Regel] = &[];
