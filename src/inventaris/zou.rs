//! ZOU: the Werkafspraken lokale maatwerkovereenkomsten (Z): its rules in the order of their numbers.

use super::Regel;

pub(super) const REGELS: &[Regel] = &[];
