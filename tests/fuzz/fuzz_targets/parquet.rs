#![no_main]

#[allow(clippy::unwrap_used, dead_code, reason = "a target fails by panicking; each build uses one")]
#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::parquet(bytes));
