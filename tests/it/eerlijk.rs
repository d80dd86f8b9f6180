//! Whether what is told is true: colours that can be told apart, descriptions of charts against the data they
//! describe, sentences against the figures they cite. Over the example and the four real regions.

mod beelden;
mod figuren;
mod getallen;
mod grond;
mod kleuren;
mod onderwerp;
mod streken;
mod zinnen;
