"""Loose questions a second time: DuckDB runs `tests/vragen/*.sql` as they are and compares with the answers beside them.

Usage: python3 vragen.py DATASET
  DATASET   a folder made with: maatstaf lees sample-data --naar DATASET

The program writes other SQL for its engine than was asked; DuckDB gets what was asked. Rows are compared without their
order, and once more with it as far as the columns of ORDER BY tell. One line per question; exit code 1 when one differs.
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


def plain(value, told):
    """A value of DuckDB as the answer writes it; a mean of whole units is rounded to the unit, half to even."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, (datetime.date, datetime.datetime)):
        return str(value)[:10]
    if isinstance(value, (float, decimal.Decimal)):
        if told and told.lstrip("-").isdigit():
            return str(round(value))
        return "" if not told else told if abs(float(value) - float(told)) <= 1e-8 * max(1, abs(float(value))) else str(value)
    return str(value)


def is_whole(column, answer):
    return all(row[column].lstrip("-").isdigit() or not row[column] for row in answer)


def compare(names, rows, answer):
    """Differences in words."""
    head, told = answer[0], answer[1:]
    if [name.lower() for name in names] != [name.lower() for name in head]:
        return [f"columns {head}, DuckDB {names}"]
    if len(rows) != len(told):
        return [f"{len(told)} rows, DuckDB {len(rows)}"]
    whole = [is_whole(column, told) for column in range(len(head))]

    def bare(row):
        return tuple("#" if isinstance(value, (float, decimal.Decimal)) else plain(value, "") for value in row)

    floats = {at for row in rows for at, value in enumerate(row) if isinstance(value, (float, decimal.Decimal))}
    by_rest = {}
    for row in told:
        key = tuple("#" if at in floats and cell else cell for at, cell in enumerate(row))
        by_rest.setdefault(key, []).append(row)
    out = []
    for row in rows:
        found = by_rest.get(bare(row), [])
        match = next((one for one in found if all(same(value, cell, whole[at]) for at, (value, cell) in enumerate(zip(row, one)))), None)
        if match is None:
            out.append(f"DuckDB has {row}")
        else:
            found.remove(match)
    return out


def same(value, cell, is_unit):
    if isinstance(value, (float, decimal.Decimal)):
        if is_unit:
            return str(round(value)) == cell
        return bool(cell) and abs(float(value) - float(cell)) <= 1e-8 * max(1, abs(float(value)))
    return plain(value, cell) == cell


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
