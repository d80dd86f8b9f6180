//! The command line as clap sees it. Dutch throughout; no rules.

mod spoor;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::cli::regio::opties::Regio;
use crate::cli::vraag::opties::Opties;

pub(crate) use spoor::{Bron, Herkomst, Verifieer};

/// How the help of a command is laid out.
pub(crate) const TEMPLATE: &str = "{about}\n\nGebruik: {usage}\n\n{all-args}{after-help}";
const MAIN_TEMPLATE: &str =
    "{about}\n\nGebruik: maatstaf OPDRACHT …\n\nOpdrachten:\n{subcommands}\n{after-help}";
/// Of a command with actions.
const REGIO_TEMPLATE: &str =
    "{about}\n\nGebruik: {usage}\n\nActies:\n{subcommands}\n\nOpties:\n{options}{after-help}";
const EXAMPLES: &str = "\
Voorbeelden:
  maatstaf rapport exports --regio zou --kwartaal 2025-K3
  maatstaf controleer declaraties_K3.csv
  maatstaf vraag maatwerk_nieuw --par gemeente=Zeist

Hulp bij één opdracht: maatstaf rapport --help

Uitgangscodes:
  0 gelukt                             5 de telling sluit niet
  1 interne fout                       6 antwoord geweigerd om de privacy
  2 opdracht of definitie klopt niet   7 rapport volgt niet meer uit zijn bestanden
  3 invoer niet te lezen             130 onderbroken
  4 gelukt, meer afkeur dan de drempel";

/// Van de exports van een jeugdregio naar een kwartaalrapport.
#[derive(Debug, Parser)]
#[command(
    name = "maatstaf",
    version,
    about = "maatstaf: van de exports van een jeugdregio naar een kwartaalrapport",
    help_template = MAIN_TEMPLATE,
    after_help = EXAMPLES,
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Toont deze hulp
    #[arg(short, long, action = clap::ArgAction::Help, global = true, help_heading = "Opties")]
    help: Option<bool>,
    /// Toont de versie
    #[arg(long = "versie", short = 'V', alias = "version", action = clap::ArgAction::Version)]
    versie: Option<bool>,
}

/// De opdrachten.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Leest, controleert, rekent en schrijft één map met het kwartaalrapport
    #[command(alias = "report", help_template = TEMPLATE, override_usage = "maatstaf rapport [BRON]… --regio REGIO [OPTIES]", after_help = "Voorbeeld:\n  maatstaf rapport exports --regio zou --kwartaal 2025-K3 --uit rapport-K3")]
    Rapport(Rapport),
    /// Beantwoordt één vraag: een tabel op het scherm, in CSV, Excel of JSON, of een grafiek
    #[command(alias = "query", help_template = TEMPLATE, override_usage = "maatstaf vraag [NAAM | BESTAND.sql | \"SELECT …\"] [OPTIES]", after_help = "Voorbeelden:\n  maatstaf vraag maatwerk_nieuw --par gemeente=Zeist --par kwartaal=2025-K3\n  maatstaf vraag \"SELECT gemeente, SUM(bedrag_ct) AS bedrag_ct FROM declaraties GROUP BY gemeente\"")]
    Vraag(Box<Opties>),
    /// Alleen de vraag of zorgcoördinatie evenredig over de aanbieders is verdeeld
    #[command(alias = "distribution", help_template = TEMPLATE, override_usage = "maatstaf verdeling [BRON]… --regio REGIO [OPTIES]", after_help = "Voorbeelden:\n  maatstaf verdeling exports --regio oost-veluwe --kwartaal 2025-K3\n  maatstaf verdeling --dataset dataset --regio oost-veluwe")]
    Verdeling(Rapport),
    /// Leest exports en berichten in een dataset, om later mee te rekenen
    #[command(alias = "ingest", help_template = TEMPLATE, override_usage = "maatstaf lees BRON… --regio REGIO --naar MAP [OPTIES]", after_help = "Voorbeeld:\n  maatstaf lees exports --regio zou --naar dataset")]
    Lees(Lees),
    /// Leest en controleert alleen: hoe is gelezen, wat is afgekeurd, sluit de telling
    #[command(alias = "check", help_template = TEMPLATE, override_usage = "maatstaf controleer BRON… [OPTIES]", after_help = "Voorbeeld:\n  maatstaf controleer declaraties_K3.csv")]
    Controleer(Controleer),
    /// Maakt de oefenregio: verzonnen bestanden met bekende fouten
    #[command(alias = "practice", help_template = TEMPLATE, override_usage = "maatstaf oefenregio --naar MAP [OPTIES]", after_help = "Voorbeeld:\n  maatstaf oefenregio --naar oefendata")]
    Oefenregio(Oefenregio),
    /// Legt een code uit: wat is gecontroleerd, wat gebeurt er met de regel, wat doet u
    #[command(alias = "explain", help_template = TEMPLATE, override_usage = "maatstaf uitleg [CODE] [--regio NAAM]", after_help = "Voorbeelden:\n  maatstaf uitleg TR346\n  maatstaf uitleg Z25 --regio zou")]
    Uitleg(Uitleg),
    /// Waar een getal van een rapport vandaan komt: vraag, uitsnede, bestanden, rijen
    #[command(alias = "trace", help_template = TEMPLATE, override_usage = "maatstaf herkomst [ADRES] --van MAP [OPTIES]", after_help = "Voorbeelden:\n  maatstaf herkomst maatwerk_nieuw/9901/ja/2025-K3/aantal --van 2025-K3_zou\n  maatstaf herkomst maatwerk_nieuw --van 2025-K3_zou")]
    Herkomst(Herkomst),
    /// Maakt een rapport in stilte opnieuw en vergelijkt elk bestand met dat in de map
    #[command(alias = "verify", help_template = TEMPLATE, override_usage = "maatstaf verifieer MAP [OPTIES]", after_help = "Voorbeeld:\n  maatstaf verifieer 2025-K3_zou")]
    Verifieer(Verifieer),
    /// Toont de regio's of één regio, maakt een regiobestand, of controleert er een
    #[command(alias = "region", help_template = REGIO_TEMPLATE, override_usage = "maatstaf regio [toon|nieuw|controleer] …", after_help = "Voorbeelden:\n  maatstaf regio\n  maatstaf regio toon zou\n  maatstaf regio nieuw foodvallei --gemeenten \"Ede,Barneveld\"\n  maatstaf regio controleer eigen.toml\n\nHulp bij één actie: maatstaf regio nieuw --help")]
    Regio(Regio),
    /// Maakt een script waarmee de Tab-toets opdrachten, vragen, gemeenten en regio's aanvult
    #[command(alias = "completions", help_template = TEMPLATE, override_usage = "maatstaf aanvullen bash|zsh|fish|powershell", after_help = crate::cli::aanvullen::HULP)]
    Aanvullen(Aanvullen),
}

/// Aanvullen met de Tab-toets.
#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Aanvullen {
    /// Uw schil: bash, zsh, fish of powershell
    #[arg(value_name = "SCHIL", help_heading = "Schil")]
    pub(crate) schil: Option<String>,
}

/// Wat elke opdracht die leest, gemeen heeft.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Input {
    /// Bestanden en mappen; een map wordt helemaal gelezen
    #[arg(value_name = "BRON", help_heading = "Bronnen")]
    pub(crate) bron: Vec<PathBuf>,
    /// Regio: een naam (zou, oost-veluwe, midden-holland, holland-rijnland, oefenregio) of een eigen regiobestand
    #[arg(long, value_name = "REGIO")]
    pub(crate) regio: Option<String>,
    /// Leest een bestand als deze tabel, bijvoorbeeld --als declaraties=export.csv
    #[arg(long = "als", value_name = "TABEL=BESTAND")]
    pub(crate) als: Vec<String>,
    /// Hoe een kolom is geschreven, bijvoorbeeld --stijl "bedrag=1.234,56" of --stijl periode_begin=dd-mm-jjjj
    #[arg(long = "stijl", value_name = "[BESTAND:]KOLOM=STIJL")]
    pub(crate) stijl: Vec<String>,
    /// Sleutelbestand voor de pseudoniemen (anders in uw eigen gegevensmap)
    #[arg(long, value_name = "BESTAND")]
    pub(crate) sleutel: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) screen: Screen,
}

/// Wat er op het scherm komt.
#[derive(Debug, Args, Clone, Copy)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Screen {
    /// Geen voortgang en geen samenvatting, alleen fouten
    #[arg(long)]
    pub(crate) stil: bool,
    /// Ook de technische oorzaak van een fout, en welke vraag wordt uitgerekend
    #[arg(short, long = "uitgebreid")]
    pub(crate) verbose: bool,
}

/// Het hoofdwerk.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Rapport {
    #[command(flatten)]
    pub(crate) input: Input,
    /// Kwartaal, geschreven als 2025-K3 (anders het laatste volledige in de declaraties)
    #[arg(long, value_name = "KWARTAAL")]
    pub(crate) kwartaal: Option<String>,
    /// Map waarin het rapport komt (anders een map met de naam van kwartaal en regio)
    #[arg(long, value_name = "MAP")]
    pub(crate) uit: Option<PathBuf>,
    /// Vervangt een bestaand rapport
    #[arg(long)]
    pub(crate) overschrijf: bool,
    /// Voor wie: intern (aantallen zichtbaar) of regio (kleine aantallen verborgen)
    #[arg(long, value_name = "PUBLIEK")]
    pub(crate) publiek: Option<String>,
    /// Dag waarop wordt teruggekeken, jjjj-mm-dd (anders einde kwartaal plus 30 dagen)
    #[arg(long, value_name = "DATUM")]
    pub(crate) peildatum: Option<String>,
    /// Dataset om te bewaren, of om mee te rekenen als er geen BRON is
    #[arg(long, value_name = "MAP")]
    pub(crate) dataset: Option<PathBuf>,
    /// Map met eigen vragen (.sql) die de ingebouwde aanvullen of vervangen
    #[arg(long, value_name = "MAP")]
    pub(crate) queries: Option<PathBuf>,
    /// Map met eigen sjablonen voor de opmaak
    #[arg(long, value_name = "MAP")]
    pub(crate) sjabloon: Option<PathBuf>,
    /// Schrijft niets: toont alleen wat er gelezen en geschreven zou worden
    #[arg(long)]
    pub(crate) proef: bool,
}

/// Lezen in een dataset.
#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Lees {
    #[command(flatten)]
    pub(crate) input: Input,
    /// Map van de dataset; een bestaande wordt aangevuld
    #[arg(long, value_name = "MAP")]
    pub(crate) naar: PathBuf,
}

/// Alleen controleren.
#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Controleer {
    #[command(flatten)]
    pub(crate) input: Input,
}

/// De oefenregio.
#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Oefenregio {
    /// Lege of nieuwe map
    #[arg(long, value_name = "MAP")]
    pub(crate) naar: PathBuf,
    /// Ongeveer zoveel declaratieregels (anders 6000)
    #[arg(long, value_name = "AANTAL", default_value_t = 6000, hide_default_value = true)]
    pub(crate) regels: u64,
    /// Begingetal van het toeval: hetzelfde getal geeft dezelfde bestanden (anders 7)
    #[arg(long, value_name = "GETAL", default_value_t = 7, hide_default_value = true)]
    pub(crate) zaad: u64,
    /// Oefengevallen bij de regels van deze regio (zou, oost-veluwe, midden-holland, holland-rijnland)
    #[arg(long, value_name = "REGIO", conflicts_with_all = ["regels", "zaad"])]
    pub(crate) regio: Option<String>,
    #[command(flatten)]
    pub(crate) screen: Screen,
}

/// Uitleg bij een code.
#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Uitleg {
    /// Code uit de lijst met afkeur (TR346) of regel van een regio (Z25); zonder code komt de hele lijst
    #[arg(value_name = "CODE", help_heading = "Code")]
    pub(crate) code: Option<String>,
    /// Regio waarvan de grenzen worden getoond, als naam of pad (zonder: alle ingebouwde regio's)
    #[arg(long, value_name = "NAAM")]
    pub(crate) regio: Option<String>,
    /// Ook de technische oorzaak van een fout
    #[arg(short, long = "uitgebreid")]
    pub(crate) verbose: bool,
}
