//! Midden-Holland: memo zorgcoördinatie and 1Gezin1Plan (M): its rules in the order of their numbers.

use super::Regel;

pub(super) const REGELS: &[Regel] = &[];
