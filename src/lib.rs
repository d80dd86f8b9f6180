//! `maatstaf`: from the exports of a Dutch youth-care region to a quarterly report.
//!
//! A run is one walk along a line of stations. A station takes one named value and hands on the next. Nothing
//! walks back; the modules stand in walking order.

pub mod stats;
pub mod dutch;
pub mod schema;
pub mod period;
pub mod inventaris;
pub mod region;
pub mod practice;
pub mod rejects;
pub mod sources;
pub mod typing;
pub mod dataset;
pub mod checks;
pub mod metrics;
pub mod findings;
pub mod disclosure;
pub mod charts;
pub mod report;
pub mod trace;
pub mod run;
pub mod cli;
