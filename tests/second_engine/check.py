"""Every figure of a report computed a second time: DuckDB for the queries, plain Python for the rest.

Usage: python3 check.py DATASET KWARTAAL MANIFEST
  DATASET   a folder made with: maatstaf lees BRON --naar DATASET
  KWARTAAL  the quarter of the report, 2025-K3
  MANIFEST  herkomst/manifest.json of a report made from that dataset for the audience intern

Runs the query files as they are (the header is a comment) on the same Parquet, with the tables filtered to the
period of the query, rolls up to every level of the header and compares value, number of clients and ratio of every
address. The judged prices are computed again from those figures in plain Python. One line per query; the first differences and exit code 1 when something differs.
"""

import argparse
import csv
import datetime
import hashlib
import json
import pathlib
import re
import tomllib

import duckdb

import instellingen
import maatwerk
import prijzen
import signalen
import tijd
import verdeling

ROOT = pathlib.Path(__file__).resolve().parents[2]
ENDING = ("overeenkomsten", "contracten")
SPAN = {"kwartaal": 0, "vier_kwartalen": 3, "acht_kwartalen": 7}
TOTAAL, ONBEKEND, JEUGDIGEN = "totaal", "onbekend", "jeugdigen"
MAX_SHOWN = 5


def header(text):
    """The TOML of the leading comment."""
    return tomllib.loads(re.match(r"\s*/\*---(.*?)---\*/", text, re.S).group(1))


def quarters(quarter, n):
    """The quarter and the n before it, oldest first."""
    index = int(quarter[:4]) * 4 + int(quarter[6:]) - 1
    return [f"{at // 4}-K{at % 4 + 1}" for at in range(index - n, index + 1)]


class Dataset:
    """The derived tables of a dataset as DuckDB sees them."""

    def __init__(self, folder, quarter, reference, longest, region=None, threads=None):
        self.folder = pathlib.Path(folder) / "afgeleid"
        self.quarter, self.reference, self.longest = quarter, reference, longest
        self.region = region or {}
        self.threads = threads

    def open(self, period):
        """A connection in which every table that has rows is filtered to the period of a query."""
        connection = duckdb.connect(config={"threads": self.threads} if self.threads else {})
        connection.execute(f"CREATE VIEW signaaldagen AS SELECT range AS dagen FROM range({self.longest + 1})")
        instellingen.create(connection, self.region, self.quarter, self.reference)
        for path in sorted(self.folder.glob("*.parquet")):
            source = f"read_parquet('{path}')"
            described = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
            columns = [row[0] for row in described]
            if not connection.execute(f"SELECT 1 FROM {source} LIMIT 1").fetchall():
                continue
            extra = f", einddatum - DATE '{self.reference}' AS dagen_tot_einde" if path.stem in ENDING else ""
            extra += instellingen.days([row[:2] for row in described])
            where = ""
            if "kwartaal" in columns and period in SPAN:
                span = quarters(self.quarter, SPAN[period])
                where = f" WHERE kwartaal BETWEEN '{span[0]}' AND '{span[-1]}'"
            connection.execute(f"CREATE VIEW {path.stem} AS SELECT *{extra} FROM {source}{where}")
        views = {row[0] for row in connection.execute("SHOW TABLES").fetchall()}
        if "declaraties" in views:
            netted = "declaraties WHERE false"
            if "declaraties_niet_geteld" in views:
                netted = "declaraties_niet_geteld WHERE uitkomst = 'verrekend'"
            connection.execute(f"CREATE VIEW declaraties_verrekend AS SELECT * FROM {netted}")
        return connection

    def rows(self, text):
        """Names and rows of one query file; None as rows when a table was not supplied."""
        head = header(text)
        connection = self.open(head["period"])
        present = {row[0] for row in connection.execute("SHOW TABLES").fetchall()}
        for name in set(head.get("optional", [])) - present:
            instellingen.empty(connection, name)
        parameters(connection, head.get("params", {}), text, present)
        try:
            result = connection.execute(text)
        except duckdb.CatalogException as error:
            if "does not exist" not in str(error):
                raise
            return [], None
        return [column[0] for column in result.description], result.fetchall()

    def first_quarter(self, text):
        """First quarter in any table the query reads, whatever the period."""
        found = []
        connection = self.open("alles")
        for path in self.folder.glob("*.parquet"):
            if re.search(rf"\b{path.stem}\b", text.split("---*/", 1)[1]):
                names = [row[0] for row in connection.execute(f"DESCRIBE {path.stem}").fetchall()]
                if "kwartaal" in names:
                    found.append(connection.execute(f"SELECT MIN(kwartaal) FROM {path.stem}").fetchone()[0])
        return min(found, default=None)


TYPES = {"getal": "BIGINT", "datum": "DATE", "ja_nee": "BOOLEAN"}


def parameters(connection, params, text, present):
    """A table `par_<name>` per parameter: its default, else every value of its column in the tables that are read."""
    for name, param in params.items():
        default = param.get("default")
        if default is not None:
            values = default if isinstance(default, list) else [default]
            kind = TYPES.get(param["type"], "VARCHAR")
            source = " UNION ALL ".join(f"SELECT CAST('{value}' AS {kind}) AS waarde" for value in values)
        else:
            read = [table for table in sorted(present) if re.search(rf"\b{table}\b", text.split("---*/", 1)[1])]
            has = [table for table in read if param["type"] in {row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()}]
            source = " UNION ".join(f"SELECT {param['type']} AS waarde FROM {table}" for table in has)
        connection.execute(f"CREATE TABLE par_{name} AS {source}")


def text_of(value):
    """A key as it stands in an address, before escaping."""
    if value is None:
        return ONBEKEND
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return str(value)


class Measure:
    """One query: its cells per level, each a value and the clients behind it."""

    def __init__(self, path, dataset):
        self.id, self.text = path.stem, path.read_text(encoding="utf-8")
        self.head = header(self.text)
        self.is_list, self.is_draws = self.head["kind"] == "list", self.head["kind"] == "draws"
        self.names, self.rows = dataset.rows(self.text)
        self.is_signal = self.head["kind"] == "signaal"
        if self.is_signal:
            self.as_cases()
        self.levels, self.euros = {}, {}
        if self.rows is not None and not self.is_list and not self.is_draws:
            self.roll_up()

    def as_cases(self):
        """A signal counts its cases by verdict, with their euros beside them."""
        self.head |= {
            "keys": ["oordeel", "gemeente", "aanbieder", "kwartaal"],
            "levels": signalen.levels(self.head["period"]),
            "value": "gevallen",
            "contributors": ["client", "aanbieder"],
        }
        if self.rows is None:
            return
        at = self.names.index("treffer")
        self.names = [*self.names, "oordeel", "gevallen"]
        self.rows = [(*row, signalen.verdict(row[at]), 1) for row in self.rows]

    def roll_up(self):
        keys, by_name = self.head["keys"], {name: at for at, name in enumerate(self.names)}
        value_at = by_name[self.head["value"]]
        client_at = by_name["client"] if "client" in self.head.get("contributors", []) else None
        self.bool_keys = {k for k in keys if any(isinstance(row[by_name[k]], bool) for row in self.rows)}
        euros_at = by_name["bedrag_ct"] if self.is_signal else None
        for level in map(tuple, self.head["levels"]):
            cells = self.levels[level] = {}
            euros = self.euros[level] = {}
            for row in self.rows:
                key = tuple(text_of(row[by_name[k]]) if k in level else TOTAAL for k in keys)
                value, clients = cells.setdefault(key, [0, set()])
                cells[key][0] = value + row[value_at]
                if euros_at is not None:
                    euros[key] = euros.get(key, 0) + (row[euros_at] or 0)
                if client_at is not None and row[client_at] is not None:
                    clients.add(row[client_at])

    def shared(self, level, below):
        """The level of the denominator that belongs to a level of this query."""
        return tuple(key for key in below.head["keys"] if key in level)

    def add_zeros(self, gemeenten, first, quarter, below):
        """Cells without rows that are known to be 0: gemeente, quarter and yes-or-no are known beforehand."""
        keys = self.head["keys"]
        for level, cells in self.levels.items():
            if not all(key in ("gemeente", "kwartaal") or key in self.bool_keys for key in level):
                continue
            if below is None:
                span = quarters(quarter, SPAN.get(self.head["period"], 0))
                known = {"gemeente": gemeenten, "kwartaal": [q for q in span if first and q >= first]}
                starts = [{}]
            else:
                known = {}
                shared = self.shared(level, below)
                at = {key: below.head["keys"].index(key) for key in shared}
                starts = [{key: cell[at[key]] for key in shared} for cell in below.levels.get(shared, {})]
            for start in starts:
                combined = [()]
                for key in keys:
                    if key not in level:
                        values = [TOTAAL]
                    elif key in start:
                        values = [start[key]]
                    else:
                        values = known.get(key, ["ja", "nee"])
                    combined = [done + (value,) for done in combined for value in values]
                for key in combined:
                    cells.setdefault(key, [0, set()])

    def address(self, key, column, quarter):
        parts, period = [self.id], None
        for name, text in zip(self.head["keys"], key):
            if name == "kwartaal":
                period = text
            else:
                parts.append(text.replace("%", "%25").replace("/", "%2F"))
        if period is None:
            span = quarters(quarter, SPAN[self.head["period"]]) if self.head["period"] in SPAN else ["alles"]
            period = span[0] if len(span) == 1 else f"{span[0]}_{span[-1]}"
        return "/".join(parts + [period, column])


def ratio_per_10000(measure, key, value, jeugdigen, quarter):
    """Per 10.000 children of the year of the quarter, or the last year before it; None when unknown.

    Eight quarters together use the year of the quarter of the report; the region the last year every gemeente has.
    """
    text = dict(zip(measure.head["keys"], key))
    kwartaal = text.get("kwartaal", TOTAAL)
    year = int((quarter if kwartaal == TOTAAL else kwartaal)[:4])
    gemeente = text.get("gemeente", TOTAAL)
    codes = list(jeugdigen) if gemeente == TOTAAL else [gemeente]
    years = {known for code in codes for known in jeugdigen.get(code, {}) if known <= year}
    years = [known for known in years if all(known in jeugdigen.get(code, {}) for code in codes)]
    total = sum(jeugdigen[code][max(years)] for code in codes) if years else 0
    return value * 10_000 / total if total and value >= 0 else None


def share(measure, level, key, value, below):
    """The value as a part of the matching cell of the denominator; None when that is absent, 0 or negative."""
    shared = measure.shared(level, below)
    at = {name: measure.head["keys"].index(name) for name in shared}
    wanted = tuple(key[at[name]] if name in shared else TOTAAL for name in below.head["keys"])
    cell = below.levels.get(shared, {}).get(wanted)
    return value / cell[0] if cell and cell[0] > 0 and value >= 0 else None


def children(dataset, gemeenten):
    """Children per gemeente and year: the supplied table, else what comes with the program."""
    found = {}
    path = dataset.folder / "gemeenten.parquet"
    if path.exists():
        rows = duckdb.execute(f"SELECT gemeente, jaar, jeugdigen FROM read_parquet('{path}')").fetchall()
        for code, year, count in rows:
            found.setdefault(code, {})[year] = count
    with open(ROOT / "regions" / "jeugdigen.csv", encoding="utf-8-sig", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    supplied = set(found)
    delimiter = ";" if ";" in lines[0] else ","
    for row in csv.DictReader(lines, delimiter=delimiter):
        code = row["gemeente"]
        if code in gemeenten and code not in supplied:
            found.setdefault(code, {})[int(row["jaar"])] = int(row["jeugdigen"])
    return {code: found.get(code, {}) for code in gemeenten}


def expected(measure, level_cells, context):
    """Address → (value, clients) and, with a denominator, address → (ratio, clients)."""
    quarter, jeugdigen, below = context
    out = {}
    has_clients = "client" in measure.head.get("contributors", [])
    denominator = measure.head.get("denominator")
    for level, cells in level_cells:
        for key, (value, clients) in cells.items():
            n = len(clients) if has_clients else None
            if measure.is_signal:
                out[measure.address(key, "bedrag_ct", quarter)] = (measure.euros[level][key], n)
            out[measure.address(key, measure.head["value"], quarter)] = (value, n)
            if denominator == JEUGDIGEN:
                ratio = ratio_per_10000(measure, key, value, jeugdigen, quarter)
                out[measure.address(key, "per_10000", quarter)] = (ratio, n)
            elif denominator:
                out[measure.address(key, "aandeel", quarter)] = (share(measure, level, key, value, below), n)
    return out


def equal(ours, theirs):
    if isinstance(ours, float) and isinstance(theirs, (int, float)):
        return abs(ours - theirs) <= 1e-9 * max(1.0, abs(ours))
    return ours == theirs


def compare(measure, figures, context):
    """Differences between what was computed here and what the report says, in words."""
    ours = expected(measure, measure.levels.items(), context)
    theirs = {address: figure for address, figure in figures.items() if address.startswith(measure.id + "/")}
    out = []
    for address in sorted(set(ours) | set(theirs)):
        if address not in theirs:
            out.append(f"{address}: not in the report, DuckDB gives {ours[address]}")
        elif address not in ours:
            out.append(f"{address}: the report says {theirs[address]}, DuckDB has no such cell")
        else:
            value, n = ours[address]
            if not equal(value, theirs[address]["value"]) or n != theirs[address].get("n"):
                out.append(f"{address}: the report says {theirs[address]}, DuckDB gives {value}, n {n}")
    return out, len(ours)


def compare_list(measure, manifest_path):
    """A list is in no figure: compare it with its table."""
    table = manifest_path.parent.parent / "tabellen" / f"{measure.id}.csv"
    n_told = 0
    told = set()
    if table.exists():
        with open(table, encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file, delimiter=";"))[1:]
        n_told, told = len(lines), {cell for line in lines for cell in line}
    out = []
    if n_told != len(measure.rows):
        out.append(f"{measure.id}: the report has {n_told} rows, DuckDB {len(measure.rows)}")
    by_name = {name: at for at, name in enumerate(measure.names)}
    for key in measure.head["keys"]:
        for row in measure.rows if key != "gemeente" else []:
            if text_of(row[by_name[key]]) not in told:
                out.append(f"{measure.id}: {row[by_name[key]]} is not in its table")
    return out, len(measure.rows)


def told(name, wrong, n):
    """Prints how many judgements are equal, and the first that are not; gives the number that differ."""
    print(f"{name}: {f'{n} equal' if not wrong else f'{len(wrong)} of {n} differ'}")
    for line in wrong[:MAX_SHOWN]:
        print(f"  {line}")
    return len(wrong)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", type=pathlib.Path)
    parser.add_argument("kwartaal")
    parser.add_argument("manifest", type=pathlib.Path)
    given = parser.parse_args()
    manifest = json.loads(given.manifest.read_text(encoding="utf-8"))
    if manifest["audience"] != "intern" or manifest["kwartaal"] != given.kwartaal:
        parser.error(f"the report is of {manifest['kwartaal']} for {manifest['audience']}; needed: {given.kwartaal}, intern")
    region = tomllib.loads((given.manifest.parent / "regio.toml").read_text(encoding="utf-8"))
    gemeenten = region["region"]["gemeenten"]
    longest = max(region["drempels"]["signaal_dagen"]["waarde"])
    reference = datetime.date.fromisoformat(manifest["peildatum"])
    dataset = Dataset(given.dataset, given.kwartaal, reference, longest, region)
    # A rule that the region has switched off was not asked.
    paths = [path for path in sorted((ROOT / "queries").rglob("*.sql")) if path.stem in manifest["queries"]]
    measures = {path.stem: Measure(path, dataset) for path in paths}
    for measure in measures.values():
        known = manifest["queries"].get(measure.id, {}).get("sql_sha256")
        if known != hashlib.sha256(measure.text.encode()).hexdigest():
            parser.error(f"{measure.id}: the report was made with another query file")
    jeugdigen = children(dataset, gemeenten)
    # Zeros first: a share of a cell that is known to be 0 needs its denominator complete.
    for measure in measures.values():
        below = measures.get(measure.head.get("denominator"))
        if measure.levels and measure.head.get("denominator"):
            first = dataset.first_quarter(measure.text)
            measure.add_zeros(list(gemeenten), first, given.kwartaal, below)
    n_wrong = 0
    for measure in measures.values():
        below = measures.get(measure.head.get("denominator"))
        unknown = manifest["queries"][measure.id]["unknown"]
        is_empty = below is not None and not any(measure.levels.values()) and not any(below.levels.values())
        if measure.rows is None or is_empty:
            wrong, n = ([] if unknown else [f"{measure.id}: the report answers what DuckDB cannot"]), 0
        elif unknown:
            wrong, n = [f"{measure.id}: the report says '{unknown}', DuckDB answers"], 0
        elif measure.is_draws:
            wrong, n = verdeling.compare(measure.names, measure.rows, given.kwartaal, manifest["verdeling"])
        elif measure.is_list:
            wrong, n = compare_list(measure, given.manifest)
        else:
            wrong, n = compare(measure, manifest["figures"], (given.kwartaal, jeugdigen, below))
        what = "rows" if measure.is_list else "judgements" if measure.is_draws else "figures"
        verdict = "niet te bepalen" if unknown else f"{n} {what} equal"
        print(f"{measure.id}: {verdict if not wrong else f'{len(wrong)} of {n} {what} differ'}")
        for line in wrong[:MAX_SHOWN]:
            print(f"  {line}")
        n_wrong += len(wrong)
    ours = tijd.derived(measures, given.kwartaal, region["drempels"]["volledigheid_minimum"]["waarde"])
    wrong = tijd.compare(ours, manifest["derived"])
    print(f"derived: {f'{len(ours)} figures equal' if not wrong else f'{len(wrong)} differ'}")
    for line in wrong[:MAX_SHOWN]:
        print(f"  {line}")
    n_wrong += len(wrong)
    small = region["drempels"]["klein_aantal"]["waarde"]
    wrong, n = maatwerk.compare(
        measures["maatwerk_nieuw"], manifest, jeugdigen, given.kwartaal, quarters(given.kwartaal, 3), small
    )
    n_wrong += told("maatwerk_oordeel", wrong, n)
    shown = signalen.followed_in(quarters(given.kwartaal, 7), region.get("evaluatie", {}).get("start"))
    wrong, n = signalen.compare(measures, manifest, gemeenten, given.kwartaal, shown)
    n_wrong += told("judged rules", wrong, n)
    n_wrong += told("judged prices", *prijzen.compare(manifest, region, given.kwartaal))
    raise SystemExit(1 if n_wrong else 0)


if __name__ == "__main__":
    main()
