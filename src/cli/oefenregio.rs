//! `maatstaf oefenregio`: the practice region, or the planted cases of a real one.

use crate::cli::Outcome;
use crate::cli::args;
use crate::cli::fault::{Exit, Fault};
use crate::practice::{Options, generate, generate_cases};

pub(crate) fn run(args: &args::Oefenregio) -> Result<Outcome, Fault> {
    let made = match &args.regio {
        Some(regio) if regio != "oefenregio" => cases(args, regio),
        _ => region(args),
    };
    let text = made.map_err(|error| {
        // What the disk refuses is no mistake of the user.
        let is_disk = error.chain().any(<dyn std::error::Error>::is::<std::io::Error>);
        Fault { exit: if is_disk { Exit::Internal } else { Exit::Usage }, error }
    })?;
    let text = if args.screen.stil { String::new() } else { text };
    Ok(Outcome { text, notes: String::new(), exit: Exit::Done })
}

fn count(n: u64) -> String {
    crate::dutch::count(n.cast_signed())
}

fn region(args: &args::Oefenregio) -> anyhow::Result<String> {
    let options = Options { regels: args.regels, zaad: args.zaad, ..Options::default() };
    let summary = generate(&options, &args.naar)?;
    let naar = args.naar.display();
    Ok(format!(
        "OK     {} bestanden met {} declaratieregels van {} cliënten, samen {}, in {naar}\nVerder: maatstaf rapport {naar} --regio oefenregio\n",
        count(summary.bestanden),
        count(summary.regels),
        count(summary.clienten),
        crate::dutch::euro_ct(summary.bedrag_ct),
    ))
}

fn cases(args: &args::Oefenregio, regio: &str) -> anyhow::Result<String> {
    let summary = generate_cases(regio, &args.naar)?;
    let naar = args.naar.display();
    Ok(format!(
        "OK     {} bestanden bij {} regels van {regio}: {} gevallen die een bevinding geven en {} die dat net niet doen, in {naar}\nVerder: maatstaf rapport {naar} --regio {regio} --kwartaal {}\n",
        count(summary.bestanden),
        count(summary.regels),
        count(summary.raak),
        count(summary.bijna),
        summary.kwartaal,
    ))
}
