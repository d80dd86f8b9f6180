//! The one integration binary: what several stations promise together.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod architecture;
mod cli;
mod correcties;
mod formats;
mod fuzz;
mod job;
mod lezen;
mod oefenregio;
mod onderbreking;
mod privacy;
#[allow(
    clippy::disallowed_methods,
    reason = "UPDATE_EXPECT says that a person will read the difference"
)]
mod queries;
#[allow(
    clippy::disallowed_methods,
    reason = "UPDATE_EXPECT says that a person will read the difference"
)]
mod rapport;
mod recompute;
mod rejects;
#[allow(
    clippy::disallowed_methods,
    reason = "UPDATE_EXPECT says that a person will read the difference"
)]
mod rules;
mod support;
mod vectors;
mod vijandig;
