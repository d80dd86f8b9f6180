//! The structure of JW301, JW323 and JW325: element order and occurrence, taken from the XSDs.
//!
//! Enters: nothing. Leaves: one [`Node`] tree per message. Knows no values: what a cell may hold is typing's.
//! Names, addresses and remarks are [`Content::Skipped`]: their text is never looked at.

use crate::sources::ijw::cells::Slot;

/// Which of the two namespaces of a message an element belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// The message's own.
    Bericht,
    /// The shared one.
    Basis,
    /// Neither.
    Other,
}

/// What an element holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Content {
    /// Text.
    Leaf,
    /// Elements in this order.
    Group(&'static [Node]),
    /// Whatever it holds is not looked at.
    Skipped,
}

/// One element of the structure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub(super) name: &'static str,
    pub(super) space: Space,
    pub(super) slot: Slot,
    pub(super) is_required: bool,
    pub(super) is_repeated: bool,
    pub(super) content: Content,
}

impl Node {
    const fn optional(mut self) -> Self {
        self.is_required = false;
        self
    }

    const fn repeated(mut self) -> Self {
        self.is_repeated = true;
        self
    }

    const fn basis(mut self) -> Self {
        self.space = Space::Basis;
        self
    }
}

const fn node(name: &'static str, slot: Slot, content: Content) -> Node {
    Node { name, space: Space::Bericht, slot, is_required: true, is_repeated: false, content }
}

const fn leaf(name: &'static str, slot: Slot) -> Node {
    node(name, slot, Content::Leaf)
}

const fn group(name: &'static str, slot: Slot, children: &'static [Node]) -> Node {
    node(name, slot, Content::Group(children))
}

const fn skipped(name: &'static str) -> Node {
    node(name, Unused, Content::Skipped)
}

use Slot::Unused;

const XSD_VERSIE: &[Node] =
    &[leaf("BasisschemaXsdVersie", Unused).basis(), leaf("BerichtXsdVersie", Unused).basis()];

const BERICHT_IDENTIFICATIE: &[Node] = &[
    leaf("Identificatie", Slot::Identificatie).basis(),
    leaf("Dagtekening", Slot::Dagtekening).basis(),
];

const BERICHT_CODE: Node = leaf("BerichtCode", Slot::BerichtCode);
const BERICHT_VERSIE: Node = leaf("BerichtVersie", Slot::BerichtVersie);
const BERICHT_SUBVERSIE: Node = leaf("BerichtSubversie", Slot::BerichtSubversie);
const AFZENDER: Node = leaf("Afzender", Slot::Afzender);
const ONTVANGER: Node = leaf("Ontvanger", Slot::Ontvanger);
const IDENTIFICATIE: Node = group("BerichtIdentificatie", Unused, BERICHT_IDENTIFICATIE);

/// Header of a message that starts a conversation (JW301, JW323).
const HEADER: &[Node] = &[
    BERICHT_CODE,
    BERICHT_VERSIE,
    BERICHT_SUBVERSIE,
    AFZENDER,
    ONTVANGER,
    IDENTIFICATIE,
    group("XsdVersie", Unused, XSD_VERSIE),
];

const HEADER_325: &[Node] = &[
    BERICHT_CODE,
    BERICHT_VERSIE,
    BERICHT_SUBVERSIE,
    AFZENDER,
    ONTVANGER,
    IDENTIFICATIE,
    group("XsdVersie", Unused, XSD_VERSIE),
    group(
        "DeclaratieIdentificatie",
        Unused,
        &[
            leaf("Identificatie", Slot::DeclaratieIdentificatie).basis(),
            leaf("Dagtekening", Slot::DeclaratieDagtekening).basis(),
        ],
    ),
    leaf("XsltVersie", Unused).optional(),
    group("XsdVersieDeclaratie", Unused, XSD_VERSIE),
    group("RetourCodes", Unused, &[leaf("RetourCode", Slot::HeaderRetour).repeated()]),
];

const TOTAAL_INGEDIEND: Node = group(
    "TotaalIngediendBedrag",
    Slot::TotaalIngediend,
    &[
        leaf("TotaalBedrag", Slot::TotaalIngediendBedrag).basis(),
        leaf("DebetCredit", Slot::TotaalIngediendDc).basis(),
    ],
);

const PRODUCT_REFERENTIE: Node = group(
    "ProductReferentie",
    Unused,
    &[
        leaf("ReferentieNummer", Slot::Referentie).basis(),
        leaf("VorigReferentieNummer", Slot::VorigReferentie).basis().optional(),
    ],
);

const PRODUCT_PERIODE: Node = group(
    "ProductPeriode",
    Unused,
    &[leaf("Begindatum", Slot::PeriodeBegin).basis(), leaf("Einddatum", Slot::PeriodeEind).basis()],
);

const INGEDIEND: Node = group(
    "IngediendBedrag",
    Unused,
    &[leaf("Bedrag", Slot::Bedrag).basis(), leaf("DebetCredit", Slot::DebetCredit).basis()],
);

const PRESTATIE: &[Node] = &[
    PRODUCT_REFERENTIE,
    leaf("ToewijzingNummer", Slot::Toewijzing),
    leaf("ProductCategorie", Slot::Categorie),
    leaf("ProductCode", Slot::Code),
    PRODUCT_PERIODE,
    leaf("GeleverdVolume", Slot::Volume),
    leaf("Eenheid", Slot::Eenheid),
    leaf("ProductTarief", Slot::Tarief).optional(),
    INGEDIEND,
];

const PRESTATIE_325: &[Node] = &[
    PRODUCT_REFERENTIE,
    leaf("ToewijzingNummer", Slot::Toewijzing),
    leaf("ProductCategorie", Slot::Categorie),
    leaf("ProductCode", Slot::Code),
    PRODUCT_PERIODE,
    leaf("GeleverdVolume", Slot::Volume),
    leaf("Eenheid", Slot::Eenheid),
    leaf("ProductTarief", Slot::Tarief).optional(),
    INGEDIEND,
    group("RetourCodes", Unused, &[leaf("RetourCode", Slot::PrestatieRetour).repeated()]),
];

const CLIENT_323: &[Node] = &[
    leaf("Bsn", Slot::Bsn),
    group(
        "Prestaties",
        Slot::Prestaties,
        &[group("Prestatie", Slot::Prestatie, PRESTATIE).repeated()],
    ),
];

const CLIENT_325: &[Node] = &[
    leaf("Bsn", Slot::Bsn),
    group(
        "Prestaties",
        Slot::Prestaties,
        &[group("Prestatie", Slot::Prestatie, PRESTATIE_325).repeated()],
    ),
    group("RetourCodes", Unused, &[leaf("RetourCode", Slot::ClientRetour).repeated()]),
];

/// Declaratie: aanbieder to gemeente.
pub(super) static JW323: Node = group(
    "Bericht",
    Unused,
    &[
        group("Header", Slot::Header, HEADER),
        group(
            "Declaratie",
            Unused,
            &[
                leaf("DeclaratieNummer", Slot::DeclaratieNummer),
                group(
                    "DeclaratiePeriode",
                    Slot::DeclaratiePeriode,
                    &[
                        leaf("Begindatum", Slot::DeclaratieBegin).basis(),
                        leaf("Einddatum", Slot::DeclaratieEind).basis(),
                    ],
                ),
                leaf("DeclaratieDagtekening", Unused),
                TOTAAL_INGEDIEND,
                group("Clienten", Unused, &[group("Client", Slot::Client, CLIENT_323).repeated()]),
            ],
        ),
    ],
);

/// Answer to a declaratie: gemeente to aanbieder.
pub(super) static JW325: Node = group(
    "Bericht",
    Slot::Bericht,
    &[
        group("Header", Slot::Header, HEADER_325),
        group(
            "DeclaratieAntwoord",
            Slot::DeclaratieAntwoord,
            &[
                leaf("DeclaratieNummer", Slot::DeclaratieNummer),
                TOTAAL_INGEDIEND,
                group(
                    "TotaalToegekendBedrag",
                    Unused,
                    &[
                        leaf("TotaalBedrag", Slot::TotaalToegekendBedrag).basis(),
                        leaf("DebetCredit", Slot::TotaalToegekendDc).basis(),
                    ],
                ),
                group("Clienten", Unused, &[group("Client", Slot::Client, CLIENT_325).repeated()])
                    .optional(),
                group(
                    "RetourCodes",
                    Unused,
                    &[leaf("RetourCode", Slot::DeclaratieRetour).repeated()],
                ),
            ],
        )
        .optional(),
    ],
);

const TOEGEWEZEN_PRODUCT: &[Node] = &[
    leaf("ToewijzingNummer", Slot::Toewijzing),
    leaf("ReferentieAanbieder", Slot::ReferentieAanbieder).optional(),
    group(
        "Product",
        Unused,
        &[leaf("Categorie", Slot::Categorie).basis(), leaf("Code", Slot::Code).basis().optional()],
    )
    .optional(),
    leaf("Toewijzingsdatum", Slot::Toewijzingsdatum),
    leaf("Toewijzingstijd", Slot::Toewijzingstijd),
    leaf("Ingangsdatum", Slot::Ingangsdatum),
    leaf("Einddatum", Slot::Einddatum).optional(),
    leaf("RedenWijziging", Slot::RedenWijziging).optional(),
    group(
        "Omvang",
        Unused,
        &[
            leaf("Volume", Slot::Volume).basis(),
            leaf("Eenheid", Slot::Eenheid).basis(),
            leaf("Frequentie", Slot::Frequentie).basis(),
        ],
    )
    .optional(),
    leaf("Budget", Slot::Budget).optional(),
    skipped("Commentaar").optional(),
];

/// Toewijzing: gemeente to aanbieder, all of one client.
pub(super) static JW301: Node = group(
    "Bericht",
    Unused,
    &[
        group("Header", Slot::Header, HEADER),
        group(
            "Client",
            Slot::Client,
            &[
                leaf("Bsn", Slot::Bsn),
                group(
                    "Geboortedatum",
                    Unused,
                    &[
                        leaf("Datum", Slot::Geboortedatum).basis(),
                        leaf("DatumGebruik", Slot::DatumGebruik).basis().optional(),
                    ],
                ),
                skipped("Geslacht"),
                skipped("Naam"),
                skipped("Communicatie").optional(),
                leaf("JuridischeStatus", Slot::JuridischeStatus).optional(),
                skipped("WettelijkeVertegenwoordiging").optional(),
                skipped("Commentaar").optional(),
                skipped("Relaties").optional(),
                skipped("Contactgegevens"),
                group(
                    "ToegewezenProducten",
                    Unused,
                    &[group("ToegewezenProduct", Slot::Product, TOEGEWEZEN_PRODUCT).repeated()],
                ),
            ],
        ),
    ],
);
