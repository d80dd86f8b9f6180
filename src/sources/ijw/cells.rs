//! The texts of one record while a message is walked.
//!
//! Enters: text per element, without the white space around it. Leaves: the same, by [`Slot`]. Knows no
//! order and no meaning.

use std::borrow::Cow;

/// Where the text of a kept element goes; also names the groups a message reader wants to hear about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Unused,
    Bericht,
    // Header
    Header,
    BerichtCode,
    BerichtVersie,
    BerichtSubversie,
    Afzender,
    Ontvanger,
    Identificatie,
    Dagtekening,
    DeclaratieIdentificatie,
    DeclaratieDagtekening,
    HeaderRetour,
    // Declaratie and answer
    DeclaratieAntwoord,
    DeclaratieNummer,
    DeclaratiePeriode,
    DeclaratieBegin,
    DeclaratieEind,
    TotaalIngediend,
    TotaalIngediendBedrag,
    TotaalIngediendDc,
    TotaalToegekendBedrag,
    TotaalToegekendDc,
    DeclaratieRetour,
    Client,
    Bsn,
    ClientRetour,
    Prestaties,
    Prestatie,
    Referentie,
    VorigReferentie,
    Toewijzing,
    Categorie,
    Code,
    PeriodeBegin,
    PeriodeEind,
    Volume,
    Eenheid,
    Tarief,
    Bedrag,
    DebetCredit,
    PrestatieRetour,
    // Toewijzing
    Geboortedatum,
    DatumGebruik,
    JuridischeStatus,
    Product,
    ReferentieAanbieder,
    Toewijzingsdatum,
    Toewijzingstijd,
    Ingangsdatum,
    Einddatum,
    RedenWijziging,
    Frequentie,
    Budget,
    // Cells a reader makes itself
    Kanaal,
    Niveau,
    Retourcodes,
    IngediendCt,
    ToegekendCt,
}

/// Number of slots.
pub(super) const N_SLOTS: usize = Slot::ToegekendCt as usize + 1;

/// The texts last seen, by slot; an absent element is empty.
#[derive(Debug)]
pub(super) struct Cells<'a> {
    texts: [Cow<'a, str>; N_SLOTS],
}

impl<'a> Cells<'a> {
    /// All absent.
    pub(super) fn new() -> Self {
        Self { texts: [const { Cow::Borrowed("") }; N_SLOTS] }
    }

    /// One text, empty when absent.
    pub(super) fn get(&self, slot: Slot) -> &str {
        &self.texts[slot as usize]
    }

    /// One text to keep, without copying it when the file itself holds it.
    pub(super) fn to_kept(&self, slot: Slot) -> Cow<'a, str> {
        self.texts[slot as usize].clone()
    }

    /// True when the element was there (an empty element does not pass the outline).
    pub(super) fn has(&self, slot: Slot) -> bool {
        !self.get(slot).is_empty()
    }

    /// Sets one text.
    pub(super) fn set(&mut self, slot: Slot, text: Cow<'a, str>) {
        self.texts[slot as usize] = text;
    }

    /// Adds to a text, with a space between.
    pub(super) fn append(&mut self, slot: Slot, text: &str) {
        let cell = self.texts[slot as usize].to_mut();
        if !cell.is_empty() {
            cell.push(' ');
        }
        cell.push_str(text);
    }

    /// Makes elements absent, at the begin of a record.
    pub(super) fn clear(&mut self, slots: &[Slot]) {
        for slot in slots {
            self.texts[*slot as usize] = Cow::Borrowed("");
        }
    }
}
