//! `maatstaf oefenregio`: the practice region.

use crate::cli::Outcome;
use crate::cli::args;
use crate::cli::fault::{Exit, Fault};
use crate::practice::{Options, generate};

pub(crate) fn run(args: &args::Oefenregio) -> Result<Outcome, Fault> {
    let options = Options { regels: args.regels, zaad: args.zaad, ..Options::default() };
    let summary = generate(&options, &args.naar).map_err(|error| {
        // What the disk refuses is no mistake of the user.
        let is_disk = error.chain().any(<dyn std::error::Error>::is::<std::io::Error>);
        Fault { exit: if is_disk { Exit::Internal } else { Exit::Usage }, error }
    })?;
    let naar = args.naar.display();
    let count = |n: u64| crate::dutch::count(n.cast_signed());
    let text = format!(
        "OK     {} bestanden met {} declaratieregels van {} cliënten, samen {}, in {naar}\nVerder: maatstaf rapport {naar} --regio oefenregio\n",
        count(summary.bestanden),
        count(summary.regels),
        count(summary.clienten),
        crate::dutch::euro_ct(summary.bedrag_ct),
    );
    let text = if args.screen.stil { String::new() } else { text };
    Ok(Outcome { text, notes: String::new(), exit: Exit::Done })
}
