"""Runs every query file on a dataset with DuckDB and prints the contribution rows.

Usage: python3 check.py DATASET KWARTAAL [--langste DAGEN] [--peildatum DATUM] [QUERY...]
Needs: pip install duckdb (2.0 was used). The query files are read as they are: the header is a comment.
"""

import argparse
import datetime
import pathlib
import re
import tomllib

import duckdb

QUERIES = pathlib.Path(__file__).resolve().parents[2] / "queries"
ENDING = ("overeenkomsten", "contracten")


def header(text):
    """The TOML of the leading comment."""
    return tomllib.loads(re.match(r"/\*---(.*?)---\*/", text, re.S).group(1))


def quarter_minus(quarter, n):
    year, number = int(quarter[:4]), int(quarter[6:])
    index = year * 4 + number - 1 - n
    return f"{index // 4}-K{index % 4 + 1}"


def open_dataset(dataset, quarter, period, longest, reference):
    """A connection in which every table of the dataset is filtered to the period of the query."""
    connection = duckdb.connect()
    connection.execute(f"CREATE VIEW signaaldagen AS SELECT range AS dagen FROM range({longest + 1})")
    for path in sorted((pathlib.Path(dataset) / "afgeleid").glob("*.parquet")):
        source = f"read_parquet('{path}')"
        columns = [row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()]
        extra = f", einddatum - DATE '{reference}' AS dagen_tot_einde" if path.stem in ENDING else ""
        where = ""
        if "kwartaal" in columns and period != "alles":
            first = quarter_minus(quarter, 7 if period == "acht_kwartalen" else 0)
            where = f" WHERE kwartaal BETWEEN '{first}' AND '{quarter}'"
        connection.execute(f"CREATE VIEW {path.stem} AS SELECT *{extra} FROM {source}{where}")
    return connection


def rows_of(path, dataset, quarter, longest, reference):
    """Header, column names and rows of one query, sorted; None as rows when a table is absent."""
    text = path.read_text(encoding="utf-8")
    head = header(text)
    connection = open_dataset(dataset, quarter, head["period"], longest, reference)
    try:
        result = connection.execute(text)
    except duckdb.CatalogException:
        return head, [], None
    names = [column[0] for column in result.description]
    return head, names, sorted(result.fetchall(), key=lambda row: tuple(str(cell) for cell in row))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dataset")
    parser.add_argument("kwartaal")
    parser.add_argument("--langste", type=int, default=0)
    parser.add_argument("--peildatum", type=datetime.date.fromisoformat, default=datetime.date.today())
    parser.add_argument("query", nargs="*")
    given = parser.parse_args()
    for path in sorted(QUERIES.glob("*.sql")):
        if given.query and path.stem not in given.query:
            continue
        _, names, rows = rows_of(path, given.dataset, given.kwartaal, given.langste, given.peildatum)
        print(f"== {path.stem}\n{','.join(names) if rows is not None else 'niet te bepalen'}")
        for row in rows or []:
            print(",".join("" if cell is None else str(cell) for cell in row))


if __name__ == "__main__":
    main()
