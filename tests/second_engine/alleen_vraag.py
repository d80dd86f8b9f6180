"""Queries that no report computes (`rapport = false`) a second time: the answers of `maatstaf vraag` against DuckDB.

Usage: python3 alleen_vraag.py PROGRAM DATASET KWARTAAL REGIO.toml
  PROGRAM   the program maatstaf
  DATASET   a folder made with: maatstaf lees BRON --naar DATASET
  KWARTAAL  the quarter that is asked, 2025-K3
  REGIO     the region file with which the dataset was made

Asks every level of every such query and compares value, number of children and ratio of each cell. Parameters have their
default. One line per query; exit code 1 when one differs.
"""

import argparse
import datetime
import json
import pathlib
import subprocess
import tomllib

from check import MAX_SHOWN, ROOT, Dataset, Measure, children, header


def asked(program, dataset, measure, level, quarter, region):
    """Cells of a level as the program answers: key to value, children and ratio."""
    command = [program, "vraag", measure.id, "--dataset", dataset, "--kwartaal", quarter, "--regio", region]
    command += ["--queries", ROOT / "queries" / "vragen", "--per", ",".join(level) or "totaal", "--json"]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    out = {}
    for row in told["rijen"]:
        key = tuple(plain(row[name]) if name in level else "totaal" for name in measure.head["keys"])
        out[key] = (row[measure.head["value"]], row.get("clienten"), row.get("aandeel", row.get("per_10000")))
    return out


def plain(value):
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return "onbekend" if value is None else str(value)


def expected(measure, level, below):
    """The same cells by DuckDB; a ratio only where it is a share."""
    counts = "client" in measure.head.get("contributors", [])
    out = {}
    for key, (value, clients) in measure.levels[tuple(level)].items():
        share = None
        if below is not None:
            own = dict(zip(measure.head["keys"], key))
            shared = measure.shared(level, below)
            other = tuple(own[name] if name in shared else "totaal" for name in below.head["keys"])
            total = below.levels[shared].get(other, [0])[0]
            share = value / total if total > 0 and value >= 0 else None
        out[key] = (value, len(clients) if counts else None, share)
    return out


def differences(told, ours, is_share):
    wrong = []
    for key in sorted(told.keys() | ours.keys()):
        one, two = told.get(key), ours.get(key)
        if one is None or two is None or one[0] != two[0]:
            wrong.append(f"{key}: {one}, DuckDB {two}")
        elif one[1] is not None and one[1] != two[1]:
            wrong.append(f"{key}: {one[1]} children, DuckDB {two[1]}")
        elif is_share and two[2] is not None and abs(one[2] - two[2]) > 1e-5:
            wrong.append(f"{key}: {one[2]}, DuckDB {two[2]}")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("program", "dataset", "kwartaal", "regio"):
        parser.add_argument(name)
    given = parser.parse_args()
    region = tomllib.loads(pathlib.Path(given.regio).read_text(encoding="utf-8"))
    gemeenten = region["region"]["gemeenten"]
    year, quarter = int(given.kwartaal[:4]), int(given.kwartaal[6:])
    end = datetime.date(year + quarter // 4, quarter % 4 * 3 + 1, 1) - datetime.timedelta(days=1)
    longest = max(region["drempels"]["signaal_dagen"]["waarde"])
    dataset = Dataset(given.dataset, given.kwartaal, end + datetime.timedelta(days=30), longest, region)
    paths = {path.stem: path for path in (ROOT / "queries").rglob("*.sql")}
    wanted = [name for name, path in sorted(paths.items()) if header(path.read_text(encoding="utf-8")).get("rapport") is False]
    n_wrong, jeugdigen = 0, children(dataset, gemeenten)
    for name in wanted:
        measure = Measure(paths[name], dataset)
        denominator = measure.head.get("denominator")
        below = Measure(paths[denominator], dataset) if denominator in paths else None
        if denominator:
            first = dataset.first_quarter(measure.text)
            measure.add_zeros(list(gemeenten), first, given.kwartaal, below)
        wrong, n = [], 0
        for level in measure.head["levels"]:
            told = asked(given.program, given.dataset, measure, level, given.kwartaal, given.regio)
            wrong += differences(told, expected(measure, level, below), below is not None)
            n += len(told)
            if denominator == "jeugdigen":
                wrong += rates(measure, level, told, jeugdigen)
        print(f"{name}: {f'{n} figures equal' if not wrong else f'{len(wrong)} of {n} differ'}")
        for line in wrong[:MAX_SHOWN]:
            print(f"  {line}")
        n_wrong += len(wrong) + (n == 0)
    raise SystemExit(1 if n_wrong or not wanted else 0)


def rates(measure, level, told, jeugdigen):
    """Per 10,000 children of the year before which or in which the quarter lies, where the quarter is a key."""
    wrong = []
    if list(level) != ["gemeente", "kwartaal"]:
        return wrong
    for (gemeente, quarter), (value, _, rate) in told.items():
        known = jeugdigen.get(gemeente, {})
        years = [year for year in known if year <= int(quarter[:4])] or list(known)
        if not years or not isinstance(rate, (int, float)):
            continue
        year = max(years) if min(years) <= int(quarter[:4]) else min(years)
        if abs(rate - 10000 * value / known[year]) > 1e-4:
            wrong.append(f"{gemeente} {quarter}: {rate}, by hand {10000 * value / known[year]}")
    return wrong


if __name__ == "__main__":
    main()
