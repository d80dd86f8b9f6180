//! Whether what is told is true: colours that can be told apart, descriptions of charts against the data they
//! describe, sentences against the figures they cite. Over the example and the four real regions.

mod getallen;
mod streken;

#[test]
fn dump() {
    for streek in streken::all() {
        println!("##### {}", streek.naam);
        for f in &streek.judged.findings {
            println!(
                "F {}\n  B {}\n  T {:?}\n  C {} {:?}",
                f.text,
                f.basis,
                f.toets.feiten(),
                f.cites.len(),
                &f.cites[..f.cites.len().min(4)]
            );
        }
        for c in &streek.judged.conclusions {
            println!("C {}\n  C {} {:?}", c.text, c.cites.len(), &c.cites[..c.cites.len().min(4)]);
        }
    }
}
