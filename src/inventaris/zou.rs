//! ZOU: the Werkafspraken lokale maatwerkovereenkomsten (Z): its two halves, in the order of their numbers.

use super::{Regel, zou_maatwerk, zou_proces};

const N_REGELS: usize = zou_maatwerk::REGELS.len() + zou_proces::REGELS.len();

const SAMEN: [Regel; N_REGELS] = samen(zou_maatwerk::REGELS, zou_proces::REGELS);

pub(super) const REGELS: &[Regel] = &SAMEN;

/// Two lists, each in the order of the numbers, as one.
const fn samen(een: &[Regel], ander: &[Regel]) -> [Regel; N_REGELS] {
    let mut samen = [een[0]; N_REGELS];
    let (mut van_een, mut van_ander) = (0, 0);
    while van_een + van_ander < N_REGELS {
        let is_een = van_ander == ander.len()
            || (van_een < een.len() && nummer(een[van_een].id) < nummer(ander[van_ander].id));
        samen[van_een + van_ander] = if is_een { een[van_een] } else { ander[van_ander] };
        if is_een {
            van_een += 1;
        } else {
            van_ander += 1;
        }
    }
    samen
}

/// What is behind the letter of an id.
const fn nummer(id: &str) -> u32 {
    let bytes = id.as_bytes();
    let (mut nummer, mut at) = (0, 1);
    while at < bytes.len() {
        nummer = nummer * 10 + (bytes[at] - b'0') as u32;
        at += 1;
    }
    nummer
}
