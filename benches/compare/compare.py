"""Measures maatstaf beside DuckDB on one machine, in one run, and prints one table with ratios.

Usage: python3 benches/compare/compare.py [--regels 5000000] [--keer 3] [--map MAP]

Makes a practice region in a temporary folder, installs DuckDB from PyPI in an environment of its own there, and
removes both at the end. Of every work the fastest of --keer runs counts. Needs Python 3.11 and a Linux or macOS.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
REQUIREMENTS = ROOT / "tests" / "second_engine" / "requirements.txt"
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
        """The CSV files of a practice region, in a folder of their own."""
        made, only = self.fresh("regio"), self.fresh("csv")
        Run([self.program, "oefenregio", "--naar", made, "--regels", lines, "--stil"], self.env)
        only.mkdir()
        for path in sorted(made.iterdir()):
            if path.suffix in (".csv", ".toml"):
                path.rename(only / path.name)
        return only

    def lees(self, source):
        def words():
            out = self.fresh("dataset")
            return [self.program, "lees", source, "--regio", "oefenregio", "--naar", out, "--stil"], out

        return self.fastest(words)

    def rapport(self, dataset):
        def words():
            out = self.fresh("uit")
            return [self.program, "rapport", "--dataset", dataset, "--regio", "oefenregio", "--uit", out], out

        return self.fastest(words)

    def peer_lees(self, source):
        def words():
            out = self.fresh("duckdb")
            return [self.python, HERE / "peer.py", "lees", source, out], out

        return self.fastest(words, seconds_told)

    def peer_vragen(self, dataset, manifest):
        words = [self.python, HERE / "peer.py", "vragen", dataset, manifest["kwartaal"], manifest["peildatum"], 90]
        return self.fastest(lambda: (words, None), seconds_told)


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


def measure(bench, n):
    print(f"oefenregio van {n} regels maken …", file=sys.stderr)
    bench.install()
    source = bench.region(n)
    size_mb = sum(path.stat().st_size for path in source.glob("*.csv")) / 1e6
    print("lees …", file=sys.stderr)
    lees = bench.lees(source)
    dataset = bench.last
    peer_lees = bench.peer_lees(source)
    print("rapport …", file=sys.stderr)
    rapport = bench.rapport(dataset)
    manifest = json.loads((bench.last / "herkomst" / "manifest.json").read_text(encoding="utf-8"))
    peer_vragen = bench.peer_vragen(dataset, manifest)
    vragen, theirs = rapport.between("rekenen", "rapport schrijven"), seconds_told(peer_vragen)
    print("een tiende …", file=sys.stderr)
    tenth = bench.lees(bench.region(n // 10))
    page_kb = (ROOT / "reports" / "voorbeeld" / "rapport.html").stat().st_size / 1000
    peak = lees.peak_mb, peer_lees.peak_mb
    rows = [
        row("lees: CSV naar dataset (s)", lees.seconds, seconds_told(peer_lees), 0.75, *peak),
        row("vragen: rekenen naast DuckDB (s)", vragen, theirs, 1.0, None, peer_vragen.peak_mb),
        row("rapport uit dataset naast de vragen in DuckDB (s)", rapport.seconds, theirs, 2.0, rapport.peak_mb),
        row("rapport uit dataset naast eigen rekenen (s)", rapport.seconds, vragen, 2.0),
        row(f"lees van {n} naast {n // 10} regels (s)", lees.seconds, tenth.seconds, 11),
        row(f"lees van {n} naast {n // 10} regels (MB)", lees.peak_mb, tenth.peak_mb, None),
        row("rapport.html van het voorbeeld naast 500 kB", page_kb, 500, 1.0),
    ]
    print(f"\n{n} regels, {size_mb:.0f} MB aan CSV, {os.cpu_count()} kernen, beste van {bench.given.keer}\n")
    show(rows)
    slow = sorted(((float(line.split("\t")[1]), line.split("\t")[0]) for _, line in peer_vragen.lines), reverse=True)
    print("\nDuckDB, langste vragen: " + ", ".join(f"{name} {seconds:.2f} s" for seconds, name in slow[:5]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--regels", type=int, default=5_000_000)
    parser.add_argument("--keer", type=int, default=3)
    parser.add_argument("--map", type=pathlib.Path, help="where the temporary folder is made")
    parser.add_argument("--programma", type=pathlib.Path, default=ROOT / "target" / "release" / "maatstaf")
    given = parser.parse_args()
    if not given.programma.is_file():
        subprocess.run(["cargo", "build", "--release", "--locked"], cwd=ROOT, check=True)
    given.programma = given.programma.resolve()
    with tempfile.TemporaryDirectory(prefix="maatstaf-meten-", dir=given.map) as folder:
        measure(Bench(given, pathlib.Path(folder)), given.regels)


if __name__ == "__main__":
    main()
