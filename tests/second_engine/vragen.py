"""Loose questions a second time: DuckDB runs `tests/vragen/*.sql` as they are and compares with the answers beside them.

Usage: python3 vragen.py DATASET
  DATASET   a folder made with: maatstaf lees sample-data --naar DATASET

The program writes other SQL for its engine than was asked; DuckDB gets what was asked. Rows are compared without their
order. One line per question; exit code 1 when one differs.
"""

import argparse
import csv
import datetime
import decimal
import pathlib
import sys

from check import ROOT, Dataset

QUARTER, REFERENCE = "2025-K3", "2025-10-30"
MAX_SHOWN = 3


def is_float(value):
    return isinstance(value, (float, decimal.Decimal))


def plain(value):
    """A value of DuckDB as the answer writes it, when it is written in one way only."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, (datetime.date, datetime.datetime)):
        return str(value)[:10]
    return str(value)


def same(value, cell, is_unit):
    """A mean of whole units is rounded to the unit, half to even; another number may differ in its last digits."""
    if not is_float(value):
        return plain(value) == cell
    if is_unit:
        return str(round(value)) == cell
    return bool(cell) and abs(float(value) - float(cell)) <= 1e-8 * max(1, abs(float(value)))


def compare(names, rows, answer):
    """Differences in words."""
    head, told = answer[0], answer[1:]
    if [name.lower() for name in names] != [name.lower() for name in head]:
        return [f"columns {head}, DuckDB {names}"]
    if len(rows) != len(told):
        return [f"{len(told)} rows, DuckDB {len(rows)}"]
    units = [all(row[at].lstrip("-").isdigit() or not row[at] for row in told) for at in range(len(head))]
    left = list(told)
    out = []
    for row in rows:
        match = next((one for one in left if all(map(same, row, one, units))), None)
        if match is None:
            out.append(f"DuckDB has {row}")
        else:
            left.remove(match)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", type=pathlib.Path)
    dataset = Dataset(parser.parse_args().dataset, QUARTER, REFERENCE, 0, threads=1)
    n_wrong = 0
    for path in sorted((ROOT / "tests" / "vragen").glob("*.sql")):
        result = dataset.open("alles").execute(path.read_text(encoding="utf-8"))
        names, rows = [column[0] for column in result.description], result.fetchall()
        with open(path.with_suffix(".csv"), encoding="utf-8", newline="") as file:
            wrong = compare(names, rows, list(csv.reader(file)))
        n_wrong += bool(wrong)
        print(f"{path.stem}: {f'{len(rows)} rows equal' if not wrong else 'differs'}")
        for line in wrong[:MAX_SHOWN]:
            print(f"  {line}")
    sys.exit(1 if n_wrong else 0)


if __name__ == "__main__":
    main()
