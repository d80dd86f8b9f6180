//! The actions of `maatstaf regio`, as clap sees them.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::args::TEMPLATE;

/// Regio's.
#[derive(Debug, Args)]
#[command(next_help_heading = "Opties", args_conflicts_with_subcommands = true)]
pub(crate) struct Regio {
    #[command(subcommand)]
    pub(crate) actie: Option<Actie>,
    /// What is no action: answered with the nearest.
    #[arg(hide = true)]
    pub(crate) ander: Vec<String>,
}

/// Wat er met een regio moet gebeuren.
#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum Actie {
    /// Toont alles wat een regiobestand regelt, en welke regels aan staan
    #[command(alias = "show", help_template = TEMPLATE, override_usage = "maatstaf regio toon NAAM|BESTAND [--json]", after_help = "Voorbeelden:\n  maatstaf regio toon zou\n  maatstaf regio toon eigen.toml --json")]
    Toon(Toon),
    /// Maakt een regiobestand om in te vullen, met uitleg bij elk veld
    #[command(alias = "new", help_template = TEMPLATE, override_usage = "maatstaf regio nieuw NAAM --gemeenten NAMEN [OPTIES]", after_help = "Voorbeelden:\n  maatstaf regio nieuw foodvallei --gemeenten \"Ede,Wageningen,Barneveld\"\n  maatstaf regio nieuw utrecht-oost --zoals zou --naar regio.toml")]
    Nieuw(Nieuw),
    /// Controleert een regiobestand en noemt alle fouten
    #[command(alias = "check", help_template = TEMPLATE, override_usage = "maatstaf regio controleer BESTAND|NAAM", after_help = "Voorbeeld:\n  maatstaf regio controleer eigen.toml")]
    Controleer(Controleer),
}

/// Een regio tonen.
#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Toon {
    /// Naam van een ingebouwde regio, of een regiobestand
    #[arg(value_name = "NAAM", help_heading = "Regio")]
    pub(crate) naam: Option<String>,
    /// Als JSON, met de sleutels van het regiobestand
    #[arg(long)]
    pub(crate) json: bool,
}

/// Een regiobestand maken.
#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Nieuw {
    /// Naam van de regio
    #[arg(value_name = "NAAM", help_heading = "Regio")]
    pub(crate) naam: Option<String>,
    /// De gemeenten, met komma's ertussen: naam, CBS-code, of code=naam voor een nieuwe gemeente
    #[arg(long, value_name = "NAMEN", value_delimiter = ',')]
    pub(crate) gemeenten: Vec<String>,
    /// Begint met de instellingen van deze regio (een naam of een regiobestand)
    #[arg(long, value_name = "REGIO")]
    pub(crate) zoals: Option<String>,
    /// Bestand (anders de naam van de regio met .toml)
    #[arg(long, value_name = "BESTAND")]
    pub(crate) naar: Option<PathBuf>,
}

/// Een regiobestand controleren.
#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Controleer {
    /// Regiobestand, of de naam van een ingebouwde regio
    #[arg(value_name = "BESTAND", help_heading = "Regio")]
    pub(crate) bestand: Option<String>,
}
