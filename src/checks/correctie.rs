//! Credits, doubles and answers: which accepted declaraties cancel, repeat or were refused.
//!
//! Order (iJw 3.2): messages sent twice, answers (JW325), equal references (TR314), credits before debits
//! (OP366), equal prestaties (TR416 within a message, TR389 beyond it).

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use anyhow::Result;

use crate::checks::antwoord::{Antwoorden, Met};
use crate::checks::herstel::MS293;
use crate::checks::regels::{Kept, Regel, fetch, key, rows_of_toewijzingen, walk, walk_messages};
use crate::checks::toewijzing::{Linked, Links};
use crate::checks::versies::Versies;
use crate::dataset::manifest::{FileEntry, Uitkomst};
use crate::dataset::spill::Spill;
use crate::dataset::vervangen::Vervanging;
use crate::rejects::{Reject, Rule, Severity};
use crate::sources::rules::MS002;

const IJW: &str = "iJw 3.2";

/// A reference is used once per aanbieder.
pub(super) const TR314: Rule = Rule {
    code: "TR314",
    severity: Severity::Fataal,
    title: "referentienummer is al eerder gebruikt",
    explanation: "Een referentienummer is uniek per aanbieder, over alle berichten heen (OP283). De vroegste regel telt, de andere niet.",
    remedy: "vraag de aanbieder of dit een dubbele regel is of een regel met een verkeerd nummer",
    source: IJW,
};
/// One debit per prestatie.
pub(super) const TR389: Rule = Rule {
    code: "TR389",
    severity: Severity::Fataal,
    title: "dezelfde prestatie is al gedeclareerd",
    explanation: "Per cliënt, toewijzing, product en productperiode staat hooguit één debetregel open, over alle berichten en \
        exports heen. De vroegste regel telt, de andere niet.",
    remedy: "vraag de aanbieder de dubbele regel te crediteren, of de eerste als die onjuist was",
    source: IJW,
};
/// One debit per prestatie in a message.
pub(super) const TR416: Rule = Rule {
    code: "TR416",
    severity: Severity::Fataal,
    title: "dezelfde prestatie staat twee keer in één bericht",
    explanation: "Binnen een bericht staat per cliënt, toewijzing, product en productperiode hooguit één debetregel. De eerste regel \
        telt, de andere niet.",
    remedy: "vraag de aanbieder of de zorg echt twee keer is geleverd, en zo niet de dubbele regel te crediteren",
    source: IJW,
};
/// A credit belongs to an earlier debit.
pub(super) const TR323: Rule = Rule {
    code: "TR323",
    severity: Severity::Waarschuwing,
    title: "creditregel zonder gelijke debetregel",
    explanation: "Een creditregel verwijst naar een eerdere debetregel en is daar verder aan gelijk (IV091). Deze is niet gevonden of \
        niet gelijk; het bedrag telt negatief mee.",
    remedy: "lever ook de eerdere declaraties aan, of vraag de aanbieder welke regel bedoeld is",
    source: IJW,
};
/// A debit is credited once.
pub(super) const TR390: Rule = Rule {
    code: "TR390",
    severity: Severity::Waarschuwing,
    title: "debetregel is meer dan eens gecrediteerd",
    explanation: "Een debetregel kan één keer worden teruggedraaid (OP360). De eerste creditregel is verrekend; deze telt negatief mee.",
    remedy: "vraag de aanbieder de tweede creditregel terug te draaien",
    source: IJW,
};
/// A partial credit does not exist.
pub(super) const OP366: Rule = Rule {
    code: "OP366",
    severity: Severity::Waarschuwing,
    title: "creditregel draait de debetregel niet geheel terug",
    explanation: "Een correctie is een volledige credit met een nieuwe debetregel. Bedrag, volume, tarief, product, periode, toewijzing \
        of cliënt verschilt van de regel waarnaar wordt verwezen; beide regels blijven meetellen.",
    remedy: "vraag de aanbieder de hele regel te crediteren en opnieuw te declareren",
    source: IJW,
};
/// One toewijzing number belongs to one client.
pub(super) const MS007: Rule = Rule {
    code: "MS007",
    severity: Severity::Waarschuwing,
    title: "één toewijzingnummer bij twee cliënten",
    explanation: "Binnen een gemeente hoort een toewijzingnummer bij één cliënt. De regels tellen mee, maar één van beide cliënten klopt niet.",
    remedy: "vraag de aanbieder om het juiste toewijzingnummer",
    source: "maatstaf",
};

/// The same line in two exports.
pub(super) const MS010: Rule = Rule {
    code: "MS010",
    severity: Severity::Waarschuwing,
    title: "regel staat ook in een ander bestand",
    explanation: "Twee exports bevatten een regel met dezelfde cliënt, aanbieder, product, periode, volume en bedrag, zonder nummer waaraan \
        te zien is of het dezelfde is. Beide tellen mee; als de exports elkaar overlappen, is dat dubbel.",
    remedy: "lever per periode één export aan, of neem het referentienummer op in de export",
    source: "maatstaf",
};

/// Every rule of this file.
pub(super) const RULES: &[&Rule] =
    &[&TR314, &TR389, &TR416, &TR323, &TR390, &OP366, &MS007, &MS010];

/// What the rules across rows decided.
pub(super) struct Verdicts {
    /// Per declaratie, by row number.
    pub(super) uitkomsten: Vec<Uitkomst>,
    /// Rejects, with `file` still holding the `bron`.
    pub(super) rejects: Vec<Reject>,
}

/// What the first walk gathers: decisions, and the keys by which equal lines are found.
struct Seen {
    uitkomsten: Vec<Uitkomst>,
    referenties: Spill,
    prestaties: Spill,
    /// Toewijzing and the client of a line that names it.
    toewijzing_clienten: Spill,
    credits: Vec<u32>,
    vorige: HashSet<u64>,
    /// Prestaties of credits that name no earlier line: their debit is found by being equal.
    credit_prestaties: HashSet<u64>,
}

/// The same of one slice.
#[derive(Default)]
struct SeenHere {
    uitkomsten: Vec<Uitkomst>,
    referenties: Vec<(u64, u64)>,
    prestaties: Vec<(u64, u64)>,
    toewijzing_clienten: Vec<(u64, u64)>,
    credits: Vec<u32>,
    vorige: Vec<u64>,
    credit_prestaties: Vec<u64>,
    rejects: Vec<Reject>,
    /// Files whose messages were sent before.
    doubled: BTreeSet<String>,
    met: Met,
    linked: Linked,
}

/// Lines whose key occurs more than once, by key.
type Equal = Vec<(u64, u64)>;

/// Judges all declaraties of the base tables; `folder` is for keys that do not fit in memory.
pub(super) fn judge(
    files: &[PathBuf],
    folder: &Path,
    antwoorden: &mut Antwoorden,
    toewijzingen: &Versies,
    herstel: &Hersteld<'_>,
    stop: &AtomicBool,
) -> Result<Verdicts> {
    let dubbele_berichten = DoubleMessages::of(files, &herstel.bestanden, stop)?;
    let links = Links::new(toewijzingen);
    let mut seen = Seen::new(folder);
    let mut rejects = Vec::new();
    let mut doubled: BTreeSet<String> = BTreeSet::new();
    let (mut met, mut linked) = (Met::default(), Linked::default());
    let asked: &Antwoorden = antwoorden;
    let mut disk = Ok(());
    walk(
        files,
        stop,
        |lines| {
            let mut here = SeenHere::default();
            for regels in lines.chunks() {
                for (regel, newest) in regels.iter().zip(links.named(&regels)) {
                    let uitkomst = if herstel.replaces(regel) {
                        here.rejects.push(replaced(regel));
                        Uitkomst::Afgekeurd
                    } else if dubbele_berichten.holds(regel) {
                        here.double_in(regel.bron);
                        Uitkomst::DubbelBericht
                    } else if asked.refuses(regel, &mut here.met) {
                        Uitkomst::Afgewezen
                    } else if links.link(regel, newest, &mut here.linked, &mut here.rejects) {
                        Uitkomst::Geteld
                    } else {
                        Uitkomst::Afgekeurd
                    };
                    here.take(regel, uitkomst);
                }
            }
            here
        },
        |mut here| {
            rejects.append(&mut here.rejects);
            doubled.append(&mut here.doubled);
            met.add(std::mem::take(&mut here.met));
            linked.add(std::mem::take(&mut here.linked));
            if disk.is_ok() {
                disk = seen.add(here);
            }
        },
    )?;
    disk?;
    antwoorden.met(met);
    rejects.extend(doubled.iter().map(|bron| double_message(bron)));
    linked.finish(&mut rejects);
    let (referenties, prestaties, candidates) = seen.candidates(stop)?;
    let mut kept = fetch(files, &candidates, stop)?;
    for line in kept.values_mut() {
        line.is_hersteld = herstel.bestanden.contains(line.bron.as_str());
    }
    let mut verdicts = Verdicts { uitkomsten: std::mem::take(&mut seen.uitkomsten), rejects };
    doubles(&mut verdicts, &kept, &referenties, |_, _| &TR314, same_reference);
    credits(&mut verdicts, &kept, &seen.credits);
    doubles(&mut verdicts, &kept, &prestaties, rule_of_prestatie, same_prestatie);
    overlaps(&mut verdicts, &kept, &prestaties);
    two_clients(files, seen.toewijzing_clienten, stop, &mut verdicts)?;
    Ok(verdicts)
}

impl SeenHere {
    /// Remembers a file of which a message was sent before.
    fn double_in(&mut self, bron: &str) {
        if !self.doubled.contains(bron) {
            self.doubled.insert(bron.to_owned());
        }
    }

    fn take(&mut self, regel: &Regel<'_>, uitkomst: Uitkomst) {
        self.uitkomsten.push(uitkomst);
        if uitkomst == Uitkomst::DubbelBericht {
            return;
        }
        let row = u64::from(regel.row);
        // Refused lines stay findable: a credit of one must leave with it.
        if let Some(key) = regel.referentie_key() {
            self.referenties.push((key, row));
        }
        if uitkomst != Uitkomst::Geteld {
            return;
        }
        if regel.is_credit {
            self.credits.push(regel.row);
            match regel.vorig_key() {
                Some(key) => self.vorige.push(key),
                None => self.credit_prestaties.push(regel.product_key()),
            }
        } else {
            self.prestaties.push((regel.product_key(), row));
        }
        if let Some(key) = regel.toewijzing_key() {
            self.toewijzing_clienten.push((key, regel.client.cast_unsigned()));
        }
    }
}

impl Seen {
    fn new(folder: &Path) -> Self {
        Self {
            uitkomsten: Vec::new(),
            referenties: Spill::new(folder),
            prestaties: Spill::new(folder),
            toewijzing_clienten: Spill::new(folder),
            credits: Vec::new(),
            vorige: HashSet::new(),
            credit_prestaties: HashSet::new(),
        }
    }

    fn add(&mut self, here: SeenHere) -> Result<()> {
        self.uitkomsten.extend(here.uitkomsten);
        self.credits.extend(here.credits);
        self.vorige.extend(here.vorige);
        self.credit_prestaties.extend(here.credit_prestaties);
        self.referenties.extend(&here.referenties)?;
        self.prestaties.extend(&here.prestaties)?;
        self.toewijzing_clienten.extend(&here.toewijzing_clienten)
    }

    /// Equal references, equal prestaties, and the rows that must be looked at whole: those, credits, and what
    /// credits point to.
    fn candidates(&mut self, stop: &AtomicBool) -> Result<(Equal, Equal, Vec<u32>)> {
        let mut rows = self.credits.clone();
        let nowhere = || Spill::new(Path::new(""));
        let mut equal = |keys: Spill, wanted: &HashSet<u64>| -> Result<Equal> {
            let mut kept = Vec::new();
            keys.for_each_part(stop, |part| {
                for group in part.chunk_by(|a, b| a.0 == b.0) {
                    if group.len() > 1 || wanted.contains(&group[0].0) {
                        rows.extend(group.iter().map(|(_, row)| row_number(*row)));
                    }
                    if group.len() > 1 {
                        kept.extend_from_slice(group);
                    }
                }
            })?;
            Ok(kept)
        };
        let referenties = equal(std::mem::replace(&mut self.referenties, nowhere()), &self.vorige)?;
        let prestaties =
            equal(std::mem::replace(&mut self.prestaties, nowhere()), &self.credit_prestaties)?;
        rows.sort_unstable();
        rows.dedup();
        Ok((referenties, prestaties, rows))
    }
}

/// A row number as it went into a [`Spill`].
fn row_number(value: u64) -> u32 {
    u32::try_from(value).expect("row numbers go in as u32")
}

/// What mended rows mean for the lines of other files, and their own.
pub(super) struct Hersteld<'m> {
    /// Files with mended rows: what they hold of a message does not make them that message.
    bestanden: BTreeSet<&'m str>,
    /// Accepted lines that a mended row came in the place of: file and line.
    vervangen: BTreeSet<(&'m str, u64)>,
}

impl<'m> Hersteld<'m> {
    /// As the dataset remembers it.
    pub(super) fn of(bestanden: &'m [FileEntry], vervangen: &'m BTreeSet<Vervanging>) -> Self {
        let with_mended = bestanden.iter().filter(|entry| entry.is_herstel);
        let kruis = vervangen.iter().filter(|one| one.kruis);
        Self {
            bestanden: with_mended.filter_map(|entry| entry.sha256.get(..16)).collect(),
            vervangen: kruis.map(|one| (one.bron.as_str(), one.regel)).collect(),
        }
    }

    fn replaces(&self, regel: &Regel<'_>) -> bool {
        !self.vervangen.is_empty()
            && self.vervangen.contains(&(regel.bron, regel.regel.cast_unsigned()))
    }
}

/// That a line has a mended row in its place; the rule that rejected it before says nothing any more.
fn replaced(regel: &Regel<'_>) -> Reject {
    Reject {
        table: crate::schema::DECLARATIES.name.to_owned(),
        bedrag_ct: Some(regel.bedrag_ct),
        ..Reject::new(&MS293, regel.bron, regel.regel.cast_unsigned())
    }
}

/// Messages that occur in two files.
struct DoubleMessages<'h> {
    /// Key of (agb, identificatie, dagtekening) to the file that stays, the lowest hash.
    stays: HashMap<u64, String>,
    herstel: &'h BTreeSet<&'h str>,
}

impl<'h> DoubleMessages<'h> {
    fn of(files: &[PathBuf], herstel: &'h BTreeSet<&'h str>, stop: &AtomicBool) -> Result<Self> {
        let mut first: HashMap<u64, String> = HashMap::new();
        let mut stays: HashMap<u64, String> = HashMap::new();
        let mut last = (0, String::new());
        walk_messages(files, stop, |agb, identificatie, dagtekening, bron| {
            let key = key(&(agb, identificatie, dagtekening));
            // Lines of one message follow each other.
            if (last.0 == key && last.1 == bron) || herstel.contains(bron) {
                return;
            }
            last = (key, bron.to_owned());
            let known = first.entry(key).or_insert_with(|| bron.to_owned());
            if known != bron {
                if bron < known.as_str() {
                    bron.clone_into(known);
                }
                stays.insert(key, known.clone());
            }
        })?;
        Ok(Self { stays, herstel })
    }

    /// True for a line of a file that does not stay.
    fn holds(&self, regel: &Regel<'_>) -> bool {
        let key = || key(&(regel.agb, regel.identificatie, regel.dagtekening));
        !regel.identificatie.is_empty()
            && self.stays.get(&key()).is_some_and(|stays| stays != regel.bron)
            && !self.herstel.contains(regel.bron)
    }
}

/// A message that was sent again with other content; of the same content the reading account tells already.
fn double_message(bron: &str) -> Reject {
    Reject {
        table: crate::schema::DECLARATIES.name.to_owned(),
        found: "zelfde afzender, identificatie en dagtekening als een ander bericht".to_owned(),
        ..Reject::new(&MS002, bron, 0)
    }
}

fn same_reference(a: &Kept, b: &Kept) -> bool {
    // A credit that carries the number of its debit is a correction, not a repeat.
    a.is_credit == b.is_credit && (&a.agb, &a.referentienummer) == (&b.agb, &b.referentienummer)
}

/// Which rule a repeated prestatie breaks: one message holds it once (TR416), all messages together too (TR389).
fn rule_of_prestatie(stays: &Kept, leaves: &Kept) -> &'static Rule {
    let is_message = !leaves.identificatie.is_empty();
    if is_message && stays.bron == leaves.bron { &TR416 } else { &TR389 }
}

fn same_prestatie(a: &Kept, b: &Kept) -> bool {
    // Without a toewijzing nothing says that a prestatie may be declared once.
    !a.toewijzingnummer.is_empty() && same_product(a, b)
}

fn same_product(a: &Kept, b: &Kept) -> bool {
    let all = |k: &Kept| (k.client, k.periode, k.is_credit);
    all(a) == all(b)
        && a.gemeente == b.gemeente
        && a.toewijzingnummer == b.toewijzingnummer
        && a.productcategorie == b.productcategorie
        && a.productcode == b.productcode
}

/// Of equal lines the one with precedence stays.
fn doubles(
    verdicts: &mut Verdicts,
    kept: &BTreeMap<u32, Kept>,
    keys: &[(u64, u64)],
    rule: fn(&Kept, &Kept) -> &'static Rule,
    is_same: fn(&Kept, &Kept) -> bool,
) {
    for group in keys.chunk_by(|a, b| a.0 == b.0) {
        let mut lines: Vec<&Kept> = group
            .iter()
            .map(|(_, row)| &kept[&row_number(*row)])
            .filter(|line| verdicts.uitkomsten[line.row as usize] == Uitkomst::Geteld)
            .collect();
        lines.sort_by(|a, b| a.precedence().cmp(&b.precedence()));
        let mut stay: Vec<&Kept> = Vec::new();
        for line in lines {
            if let Some(other) = stay.iter().find(|other| is_same(other, line)) {
                verdicts.uitkomsten[line.row as usize] = Uitkomst::Dubbel;
                verdicts.rejects.push(reject(rule(other, line), line));
            } else {
                stay.push(line);
            }
        }
    }
}

/// Pairs every credit with its debit; the pair leaves the figures.
fn credits(verdicts: &mut Verdicts, kept: &BTreeMap<u32, Kept>, credits: &[u32]) {
    let mut debits: BTreeMap<(&str, &str), Vec<&Kept>> = BTreeMap::new();
    for line in kept.values().filter(|line| !line.is_credit && !line.referentienummer.is_empty()) {
        debits.entry((&line.agb, &line.referentienummer)).or_default().push(line);
    }
    let equals = Equals::of(kept);
    // Row numbers follow the order in which files were offered; precedence does not.
    for found in debits.values_mut() {
        found.sort_by(|a, b| a.precedence().cmp(&b.precedence()));
    }
    let mut lines: Vec<&Kept> = credits.iter().map(|row| &kept[row]).collect();
    lines.sort_by(|a, b| a.precedence().cmp(&b.precedence()));
    let mut credited: BTreeSet<u32> = BTreeSet::new();
    for credit in lines {
        if verdicts.uitkomsten[credit.row as usize] != Uitkomst::Geteld {
            continue;
        }
        let found = debits
            .get(&(credit.agb.as_str(), credit.vorig.as_str()))
            .map_or(&[][..], Vec::as_slice);
        let stays = |line: &&Kept| verdicts.uitkomsten[line.row as usize] == Uitkomst::Geteld;
        // A line that counts goes first; a double that was refused may be taken back too.
        let named = found.iter().min_by_key(|line| (credited.contains(&line.row), !stays(line)));
        let debit = match named {
            None if credit.vorig.is_empty() => equals.debit_of(credit, &credited, verdicts),
            named => named.copied(),
        };
        let rule = match debit {
            None => Some(&TR323),
            Some(debit) if !cancels(credit, debit) => Some(&OP366),
            Some(debit) if !credited.insert(debit.row) => Some(&TR390),
            Some(debit) => {
                pair(verdicts, credit, debit);
                None
            }
        };
        if let Some(rule) = rule {
            verdicts.rejects.push(reject(rule, credit));
        }
    }
}

/// Debits by what they are about, for credits of exports that do not name theirs.
struct Equals<'k>(BTreeMap<About<'k>, Vec<&'k Kept>>);

/// Client, product and period.
type About<'k> = (i64, &'k str, (i32, i32));

impl<'k> Equals<'k> {
    fn of(kept: &'k BTreeMap<u32, Kept>) -> Self {
        let mut out: BTreeMap<_, Vec<&Kept>> = BTreeMap::new();
        for line in kept.values().filter(|line| !line.is_credit) {
            out.entry((line.client, line.productcode.as_str(), line.periode))
                .or_default()
                .push(line);
        }
        for lines in out.values_mut() {
            lines.sort_by(|a, b| a.precedence().cmp(&b.precedence()));
        }
        Self(out)
    }

    /// The first debit that counts, is exactly equal, and is not credited yet.
    fn debit_of(
        &self,
        credit: &Kept,
        credited: &BTreeSet<u32>,
        verdicts: &Verdicts,
    ) -> Option<&'k Kept> {
        let found = self.0.get(&(credit.client, credit.productcode.as_str(), credit.periode))?;
        let fits = |line: &&&Kept| {
            verdicts.uitkomsten[line.row as usize] == Uitkomst::Geteld
                && !credited.contains(&line.row)
                && line.agb == credit.agb
                && line.gemeente == credit.gemeente
                && cancels(credit, line)
        };
        found.iter().find(fits).copied()
    }
}

/// Lines without any number that stand in two files alike: an export that overlaps an earlier one.
fn overlaps(verdicts: &mut Verdicts, kept: &BTreeMap<u32, Kept>, keys: &[(u64, u64)]) {
    let is_bare = |k: &Kept| k.toewijzingnummer.is_empty() && k.referentienummer.is_empty();
    for group in keys.chunk_by(|a, b| a.0 == b.0) {
        let mut lines: Vec<&Kept> = group
            .iter()
            .map(|(_, row)| &kept[&row_number(*row)])
            .filter(|line| {
                is_bare(line) && verdicts.uitkomsten[line.row as usize] == Uitkomst::Geteld
            })
            .collect();
        lines.sort_by(|a, b| a.precedence().cmp(&b.precedence()));
        for (index, line) in lines.iter().enumerate() {
            let same = |other: &&&Kept| {
                other.bron != line.bron
                    && other.agb == line.agb
                    && same_product(other, line)
                    && (other.bedrag_ct, other.volume_milli) == (line.bedrag_ct, line.volume_milli)
            };
            if lines[..index].iter().any(|other| same(&other)) {
                verdicts.rejects.push(reject(&MS010, line));
            }
        }
    }
}

/// Takes both out; a debit that had left already takes its credit along.
fn pair(verdicts: &mut Verdicts, credit: &Kept, debit: &Kept) {
    let of_debit = verdicts.uitkomsten[debit.row as usize];
    if of_debit == Uitkomst::Geteld {
        verdicts.uitkomsten[debit.row as usize] = Uitkomst::Verrekend;
    }
    verdicts.uitkomsten[credit.row as usize] =
        if of_debit == Uitkomst::Geteld { Uitkomst::Verrekend } else { of_debit };
}

fn cancels(credit: &Kept, debit: &Kept) -> bool {
    credit.bedrag_ct == -debit.bedrag_ct
        && credit.volume_milli == -debit.volume_milli
        && credit.tarief_ct == debit.tarief_ct
        && credit.eenheid == debit.eenheid
        && credit.periode == debit.periode
        && credit.client == debit.client
        && credit.productcategorie == debit.productcategorie
        && credit.productcode == debit.productcode
        && credit.toewijzingnummer == debit.toewijzingnummer
}

/// Lists one line per client of a number that two clients share, with the exact number as proof.
fn two_clients(
    files: &[PathBuf],
    clients: Spill,
    stop: &AtomicBool,
    verdicts: &mut Verdicts,
) -> Result<()> {
    let mut keys = BTreeSet::new();
    clients.for_each_part(stop, |part| {
        let groups = part.chunk_by(|a, b| a.0 == b.0);
        // Sorted by key and client: two clients differ at the ends.
        keys.extend(groups.filter(|g| g[0].1 != g[g.len() - 1].1).map(|group| group[0].0));
    })?;
    if keys.is_empty() {
        return Ok(());
    }
    let rows = rows_of_toewijzingen(files, &keys, stop)?;
    let mut per_number: BTreeMap<(String, String), BTreeMap<i64, Kept>> = BTreeMap::new();
    for kept in fetch(files, &rows, stop)?.into_values() {
        if verdicts.uitkomsten[kept.row as usize] == Uitkomst::DubbelBericht {
            continue;
        }
        let number = (kept.gemeente.clone(), kept.toewijzingnummer.clone());
        let lines = per_number.entry(number).or_default();
        let is_earlier =
            lines.get(&kept.client).is_none_or(|known| kept.precedence() < known.precedence());
        if is_earlier {
            lines.insert(kept.client, kept);
        }
    }
    for ((_, number), lines) in per_number.iter().filter(|(_, lines)| lines.len() > 1) {
        // In the order of the files, never of the pseudonyms.
        let mut lines: Vec<&Kept> = lines.values().collect();
        lines.sort_by(|a, b| a.precedence().cmp(&b.precedence()));
        for line in lines {
            let found = crate::rejects::excerpt(number);
            verdicts.rejects.push(Reject {
                found,
                column: "toewijzingnummer".to_owned(),
                ..reject(&MS007, line)
            });
        }
    }
    Ok(())
}

/// A reject of a line; `file` holds the `bron` until the manifest gives the path.
pub(super) fn reject(rule: &'static Rule, line: &Kept) -> Reject {
    Reject {
        table: crate::schema::DECLARATIES.name.to_owned(),
        bedrag_ct: Some(line.bedrag_ct),
        ..Reject::new(rule, &line.bron, line.regel.cast_unsigned())
    }
}
