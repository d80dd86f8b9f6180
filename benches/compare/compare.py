"""Measures maatstaf beside DuckDB and quick-xml on one machine, in one run, and prints one table with ratios.
Ends with 1 when a goal is missed.

Usage: python3 benches/compare/compare.py [--regels 5000000] [--groot 50000000] [--keer 3] [--map MAP]

Makes a practice region in a temporary folder, installs DuckDB from PyPI in an environment of its own there, and
removes both at the end. Of every work the fastest of --keer runs counts. Needs Python 3.11 and a Linux or macOS.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
REQUIREMENTS = ROOT / "tests" / "second_engine" / "requirements.txt"
# One answer takes no longer than this where DuckDB takes no longer, in seconds.
ANSWER = 0.5
# Questions of the moment: a file with a SELECT, or the name of a query.
QUESTIONS = [
    *(ROOT / "tests" / "vragen" / f"{name}.sql" for name in ("kosten_per_gemeente", "grootste_aanbieders", "verwijzers")),
    *(ROOT / "queries" / f"{name}.sql" for name in ("maatwerk_nieuw", "kosten_totaal")),
]
# On macOS the peak is in bytes, elsewhere in kilobytes.
PER_MB = 1_000_000 if sys.platform == "darwin" else 1_000_000 / 1024


class Run:
    """One process: seconds of wall time, peak memory, and the time and text of every line it wrote."""

    def __init__(self, words, env=None):
        words = [str(word) for word in words]
        begin = time.perf_counter()
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env)
        self.lines = [(time.perf_counter() - begin, line.rstrip()) for line in process.stdout]
        _, status, usage = os.wait4(process.pid, 0)
        self.seconds = time.perf_counter() - begin
        self.peak_mb = usage.ru_maxrss / PER_MB
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 4):
            told = "\n".join(line for _, line in self.lines[-20:])
            raise SystemExit(f"{' '.join(words)} ended with {process.returncode}:\n{told}")

    def between(self, first, second):
        """Seconds between two lines that begin with these words."""
        at = {word: next(t for t, line in self.lines if line.startswith(word)) for word in (first, second)}
        return at[second] - at[first]


class Bench:
    def __init__(self, given, folder):
        self.given, self.folder = given, folder
        # The key of the pseudonyms is made here too: nothing outside the folder is touched.
        self.env = {**os.environ, "XDG_DATA_HOME": str(folder / "thuis"), "TMPDIR": str(folder)}
        self.program = given.programma
        self.python = folder / "venv" / "bin" / "python"
        self.n = 0

    def fresh(self, name):
        self.n += 1
        return self.folder / f"{name}-{self.n}"

    def fastest(self, make, measure=lambda run: run.seconds):
        """The fastest of several runs, and the largest peak of all."""
        runs = []
        for _ in range(self.given.keer):
            words, out = make()
            runs.append(Run(words, self.env))
            self.last = out
        best = min(runs, key=measure)
        best.peak_mb = max(run.peak_mb for run in runs)
        return best

    def install(self):
        Run([sys.executable, "-m", "venv", self.folder / "venv"])
        Run([self.python, "-m", "pip", "install", "--quiet", "--requirement", REQUIREMENTS])

    def region(self, lines):
        """A practice region of about so many lines: the folder of its tables, and that of its messages."""
        made = self.fresh("regio")
        Run([self.program, "oefenregio", "--naar", made, "--regels", lines, "--stil"], self.env)
        csv, xml = self.fresh("csv"), self.fresh("xml")
        for folder, ends in ((csv, (".csv",)), (xml, (".xml",))):
            folder.mkdir()
            shutil.copy(made / "maatstaf.toml", folder)
            for path in sorted(made.rglob("*")):
                if path.suffix in ends:
                    path.rename(folder / path.name)
        shutil.rmtree(made)
        return csv, xml

    def lees(self, source):
        def words():
            out = self.fresh("dataset")
            return [self.program, "lees", source, "--regio", "oefenregio", "--naar", out, "--stil"], out

        return self.fastest(words)

    def rapport(self, dataset):
        def words():
            out = self.fresh("uit")
            given = ["--dataset", dataset, "--regio", "oefenregio", "--uit", out, "--uitgebreid"]
            return [self.program, "rapport", *given], out

        return self.fastest(words)

    def xml_pass(self, source):
        """The events of quick-xml over the same bytes, on one core, in a program of its own."""
        manifest = HERE / "xml_pass" / "Cargo.toml"
        target = self.folder / "xml_pass"
        Run(["cargo", "build", "--release", "--locked", "--quiet", "--manifest-path", manifest, "--target-dir", target])
        return self.fastest(lambda: ([target / "release" / "xml_pass", source], None), seconds_told)

    def peer_lees(self, source):
        def words():
            out = self.fresh("duckdb")
            return [self.python, HERE / "peer.py", "lees", source, out], out

        return self.fastest(words, seconds_told)

    def peer_vragen(self, dataset, manifest):
        words = [self.python, HERE / "peer.py", "vragen", dataset, manifest["kwartaal"], manifest["peildatum"], 90]
        return self.fastest(lambda: (words, None), seconds_told)


    def vraag(self, dataset, path):
        question = path.stem if path.parent.name == "queries" else path
        return self.fastest(lambda: ([self.program, "vraag", question, "--dataset", dataset, "--csv", "--stil"], None))

    def peer_vraag(self, dataset, manifest):
        given = [dataset, manifest["kwartaal"], manifest["peildatum"], 90, *QUESTIONS]
        return self.fastest(lambda: ([self.python, HERE / "peer.py", "vraag", *given], None), seconds_told)


def seconds_told(run):
    """Sum of the seconds that peer.py printed per file or query: not the start of Python."""
    return sum(float(line.split("\t")[1]) for _, line in run.lines)


def row(work, ours, theirs, goal, peak=None, peer_peak=None):
    ratio = ours / theirs
    verdict = "" if goal is None else ("haalt" if ratio <= goal else "haalt niet")
    megabytes = lambda value: "" if value is None else f"{value:.0f}"
    shown_goal = "" if goal is None else f"≤ {goal}"
    return [work, f"{ours:.2f}", f"{theirs:.2f}", f"{ratio:.2f}", shown_goal, verdict, megabytes(peak), megabytes(peer_peak)]


def show(rows):
    heading = ["werk", "maatstaf", "ernaast", "verhouding", "doel", "", "piek MB", "piek MB ernaast"]
    rows = [heading, *rows]
    widths = [max(len(line[at]) for line in rows) for at in range(len(heading))]
    for number, line in enumerate(rows):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |")
        if number == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")


def size_of(folder):
    files = [path for path in folder.iterdir() if path.suffix in (".csv", ".xml")]
    return len(files), sum(path.stat().st_size for path in files) / 1e6


def per_query(run):
    """Seconds per query as `rapport --uitgebreid` tells them: from the line of one to the line that follows."""
    out = {}
    for (begin, line), (end, _) in zip(run.lines, run.lines[1:]):
        if line.startswith("  ") and line.endswith(" …"):
            out[line.strip(" …")] = end - begin
    return out


def measure_lees(bench, csv, xml, n):
    files, size_mb = size_of(csv)
    lees = bench.lees(csv)
    dataset = bench.last
    peer = bench.peer_lees(csv)
    rows = [row(f"lees: {size_mb:.0f} MB CSV naast DuckDB (s)", lees.seconds, seconds_told(peer), 0.75, lees.peak_mb, peer.peak_mb)]
    files, size_mb = size_of(xml)
    lees_xml, peer_xml = bench.lees(xml), bench.xml_pass(xml)
    work = f"lees: {size_mb:.0f} MB in {files} berichten naast quick-xml (s)"
    rows.append(row(work, lees_xml.seconds, seconds_told(peer_xml), 1.5, lees_xml.peak_mb, peer_xml.peak_mb))
    return dataset, lees, rows


def measure_vragen(bench, dataset, lees):
    rapport = bench.rapport(dataset)
    manifest = json.loads((bench.last / "herkomst" / "manifest.json").read_text(encoding="utf-8"))
    peer = bench.peer_vragen(dataset, manifest)
    ours, theirs = per_query(rapport), {name: float(seconds) for name, seconds in (line.split("\t")[:2] for _, line in peer.lines)}
    rules = [path.stem for path in (ROOT / "queries" / "signalen").glob("*.sql")]
    worst = max(theirs, key=lambda name: ours.get(name, 0) / theirs[name])
    rows = [
        row("vragen: rekenen naast DuckDB (s)", sum(ours.values()), seconds_told(peer), 1.0, None, peer.peak_mb),
        row(f"vragen: de slechtste, {worst} (s)", ours[worst], theirs[worst], 2.0),
        row(f"regels van de regio, {sum(name in ours for name in rules)} vragen, naast lees (s)", sum(ours.get(name, 0) for name in rules), lees.seconds, 0.5),
        row("rapport uit dataset naast de vragen in DuckDB (s)", rapport.seconds, seconds_told(peer), 2.0, rapport.peak_mb),
    ]
    rows += measure_vraag(bench, dataset, manifest)
    slow = sorted(((ours[name], name) for name in ours), reverse=True)[:5]
    told = ", ".join(f"{name} {seconds:.2f} s (DuckDB {theirs.get(name, 0):.2f} s)" for seconds, name in slow)
    return rows, f"langste vragen: {told}"


def measure_vraag(bench, dataset, manifest):
    """From the start of the process to the answer, beside the SQL alone in a DuckDB that runs already."""
    peer = bench.peer_vraag(dataset, manifest)
    theirs = {name: float(seconds) for name, seconds in (line.split("\t") for _, line in peer.lines)}
    rows = []
    for path in QUESTIONS:
        ours = bench.vraag(dataset, path)
        line = row(f"vraag {path.stem} naast DuckDB (s)", ours.seconds, theirs[path.stem], None, ours.peak_mb, peer.peak_mb)
        if theirs[path.stem] <= ANSWER:
            line[4], line[5] = f"≤ {ANSWER} s", "haalt" if ours.seconds <= ANSWER else "haalt niet"
        rows.append(line)
    return rows


def measure_growth(bench, n):
    """Time from a fifth to twice the lines: a factor of ten."""
    small, large = (bench.lees(bench.region(lines)[0]) for lines in (n // 5, n * 2))
    return [row(f"lees van {n * 2} naast {n // 5} regels (s)", large.seconds, small.seconds, 11)]


def measure_memory(bench, lees, n, great):
    csv, xml = bench.region(great)
    shutil.rmtree(xml)
    bench.given.keer = 1
    large = bench.lees(csv)
    return [
        row(f"lees van {great} regels naast 1500 MB (MB)", large.peak_mb, 1500, 1.0),
        row(f"lees van {great} naast {n} regels (MB)", large.peak_mb, lees.peak_mb, 1.3),
        row(f"lees van {great} naast {n} regels (s)", large.seconds, lees.seconds, 1.1 * great / n),
    ]


def measure(bench, n, great):
    tell = lambda words: print(f"{words} …", file=sys.stderr)
    bench.install()
    tell(f"oefenregio van {n} regels maken")
    csv, xml = bench.region(n)
    tell("lees")
    dataset, lees, rows = measure_lees(bench, csv, xml, n)
    tell("rapport")
    more, told = measure_vragen(bench, dataset, lees)
    rows += more
    page_kb = (ROOT / "reports" / "voorbeeld" / "rapport.html").stat().st_size / 1000
    rows.append(row("rapport.html van het voorbeeld naast 500 kB", page_kb, 500, 1.0))
    tell("groei")
    rows += measure_growth(bench, n)
    if great:
        tell(f"oefenregio van {great} regels")
        rows += measure_memory(bench, lees, n, great)
    print(f"\n{n} regels, {os.cpu_count()} kernen, beste van {bench.given.keer}\n")
    show(rows)
    print(f"\n{told}")
    return all(line[5] != "haalt niet" for line in rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--regels", type=int, default=5_000_000)
    parser.add_argument("--groot", type=int, default=50_000_000, help="lines at which memory is measured; 0 for not")
    parser.add_argument("--keer", type=int, default=3)
    parser.add_argument("--map", type=pathlib.Path, help="where the temporary folder is made")
    parser.add_argument("--programma", type=pathlib.Path, default=ROOT / "target" / "release" / "maatstaf")
    given = parser.parse_args()
    if not given.programma.is_file():
        subprocess.run(["cargo", "build", "--release", "--locked"], cwd=ROOT, check=True)
    given.programma = given.programma.resolve()
    with tempfile.TemporaryDirectory(prefix="maatstaf-meten-", dir=given.map) as folder:
        if not measure(Bench(given, pathlib.Path(folder)), given.regels, given.groot):
            raise SystemExit(1)


if __name__ == "__main__":
    main()
