//! The one integration binary: what several stations promise together.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod architecture;
mod cli;
mod lezen;
mod oefenregio;
mod privacy;
mod queries;
mod recompute;
mod rejects;
mod support;
mod vectors;
