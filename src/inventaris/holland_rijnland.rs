//! Holland Rijnland: Voortgang Inkoop Jeugdhulp (H): its rules in the order of their numbers.

use super::Regel;

pub(super) const REGELS: &[Regel] = &[];
