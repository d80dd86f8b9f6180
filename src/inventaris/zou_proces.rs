//! ZOU, its procedure: advice, motivation, mandate, registration and evaluation (Z30–Z49, Z70–Z72).

use super::Regel;

pub(super) const REGELS: &[Regel] = &[];
