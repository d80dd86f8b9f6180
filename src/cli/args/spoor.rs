//! `herkomst` and `verifieer` as clap sees them.

use std::path::PathBuf;

use clap::Args;

use crate::cli::args::Screen;

/// Waar een getal vandaan komt.
#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Herkomst {
    /// Adres van een getal, of het begin ervan; zonder adres komt alles wat het rapport heeft
    #[arg(value_name = "ADRES", help_heading = "Adres")]
    pub(crate) adres: Option<String>,
    /// Map van het rapport
    #[arg(long, value_name = "MAP")]
    pub(crate) van: PathBuf,
    #[command(flatten)]
    pub(crate) bron: Bron,
    /// Schrijft de rijen achter het getal, zonder personen, in een werkmap (.xlsx)
    #[arg(long, value_name = "BESTAND")]
    pub(crate) regels: Option<PathBuf>,
    /// Vervangt een bestaande werkmap
    #[arg(long)]
    pub(crate) overschrijf: bool,
    /// Het antwoord als JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) screen: Screen,
}

/// Of een rapport nog uit zijn bestanden volgt.
#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Verifieer {
    /// Map van het rapport
    #[arg(value_name = "MAP", help_heading = "Rapport")]
    pub(crate) map: PathBuf,
    #[command(flatten)]
    pub(crate) bron: Bron,
    /// Het antwoord als JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) screen: Screen,
}

/// Waar de bestanden zijn waaruit een rapport is gemaakt.
#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Bron {
    /// Dataset waaruit het rapport is gemaakt (anders ./dataset als die past, anders worden de bestanden opnieuw gelezen)
    #[arg(long, value_name = "MAP")]
    pub(crate) dataset: Option<PathBuf>,
    /// Map waarin de bestanden van het rapport staan (anders hier of naast het rapport); kan vaker
    #[arg(long = "bron", value_name = "MAP")]
    pub(crate) bron: Vec<PathBuf>,
}
