//! The one integration binary: what several stations promise together.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod aanvullen;
mod afleiden;
mod architecture;
mod cli;
mod correcties;
mod edities;
mod eerlijk;
mod eigenschappen;
mod formats;
mod fuzz;
mod handleiding;
mod herkenning;
mod herstel;
mod instellingen;
mod job;
mod kosten;
mod lezen;
mod methoden;
mod oefenregio;
mod onderbreking;
mod parquet;
mod privacy;
mod queries;
mod rapport;
mod recompute;
mod regiobestand;
mod regios;
mod rejects;
mod retour;
mod rules;
mod spoor;
mod stijlen;
mod support;
mod teksten;
mod tijd;
mod vectors;
mod werkboek;
mod werkboeken;
mod werkboeken_kapot;
mod vijandig;
mod vraag;
mod vraagdocument;
mod vragen;
mod werkmap;
