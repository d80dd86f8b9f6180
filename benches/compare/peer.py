"""What compare.py measures against: DuckDB with two threads. Run by compare.py inside its own environment.

peer.py lees CSV_MAP UIT            reads every CSV as text, casts dates and numbers, writes Parquet (zstd); prints the
                                    seconds of that per file, without finding out what to cast
peer.py vragen DATASET KWARTAAL PEILDATUM LANGSTE   runs every queries/*.sql and keeps the rows; prints seconds per query
peer.py vraag DATASET KWARTAAL PEILDATUM LANGSTE BESTAND…   runs these files and keeps the rows; prints seconds per file,
                                    without starting and without looking at the tables
"""

import datetime
import pathlib
import sys
import time

import duckdb

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
THREADS = 2

CASTS = [
    (r"\d{1,2}-\d{1,2}-\d{4}", "CAST(try_strptime({c}, '%d-%m-%Y') AS DATE)"),
    (r"\d{4}-\d{2}-\d{2}", "TRY_CAST({c} AS DATE)"),
    (r"-?[\d.]*\d,\d+", "TRY_CAST(replace(replace({c}, '.', ''), ',', '.') AS DECIMAL(18, 3))"),
    (r"-?\d+\.\d+", "TRY_CAST({c} AS DECIMAL(18, 3))"),
]


def cast(connection, sample, column):
    """The expression that casts a column, by the first form that some of its values have."""
    quoted = '"' + column.replace('"', '""') + '"'
    for pattern, expression in CASTS:
        found = connection.execute(
            f"SELECT COUNT(*) FROM {sample} WHERE regexp_full_match({quoted}, '{pattern}')"
        ).fetchone()[0]
        if found:
            return f"{expression.format(c=quoted)} AS {quoted}"
    return quoted


def lees(folder, out):
    connection = duckdb.connect(config={"threads": THREADS})
    pathlib.Path(out).mkdir(parents=True)
    for path in sorted(pathlib.Path(folder).glob("*.csv")):
        source = f"read_csv('{path}', all_varchar = true, header = true, ignore_errors = true, strict_mode = false)"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE sample AS SELECT * FROM {source} LIMIT 2000")
        columns = [row[0] for row in connection.execute("DESCRIBE sample").fetchall()]
        selected = ", ".join(cast(connection, "sample", column) for column in columns)
        target = pathlib.Path(out) / (path.stem + ".parquet")
        begin = time.perf_counter()
        connection.execute(f"COPY (SELECT {selected} FROM {source}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        print(f"{path.stem}\t{time.perf_counter() - begin:.3f}", flush=True)


def vragen(dataset, quarter, reference, longest):
    sys.path.insert(0, str(ROOT / "tests" / "second_engine"))
    from check import Dataset, header

    tables = Dataset(dataset, quarter, datetime.date.fromisoformat(reference), int(longest), threads=THREADS)
    for path in sorted((ROOT / "queries").glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        begin = time.perf_counter()
        connection = tables.open(header(text)["period"])
        try:
            connection.execute(f"CREATE TEMP TABLE rijen AS {text}")
        except duckdb.CatalogException:
            continue
        print(f"{path.stem}\t{time.perf_counter() - begin:.3f}", flush=True)


def vraag(dataset, quarter, reference, longest, *files):
    sys.path.insert(0, str(ROOT / "tests" / "second_engine"))
    from check import Dataset, header

    tables = Dataset(dataset, quarter, datetime.date.fromisoformat(reference), int(longest), threads=THREADS)
    for path in map(pathlib.Path, files):
        text = path.read_text(encoding="utf-8")
        connection = tables.open(header(text)["period"] if "/*---" in text else "alles")
        begin = time.perf_counter()
        connection.execute(f"CREATE TEMP TABLE antwoord AS {text}")
        print(f"{path.stem}\t{time.perf_counter() - begin:.3f}", flush=True)


if __name__ == "__main__":
    {"lees": lees, "vragen": vragen, "vraag": vraag}[sys.argv[1]](*sys.argv[2:])
