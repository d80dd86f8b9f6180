"""The settings of a region as small tables, read from its TOML and from nothing else; and the columns of the tables."""

import datetime
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
EPOCH = datetime.date(1970, 1, 1)
# The one row `regio`: name in SQL, type, way to the value in the TOML. A threshold is a table with `waarde`.
REGIO = (
    ("max_uren", "BIGINT", "coordinatie.max_uren"),
    ("looptijd_maanden", "BIGINT", "coordinatie.looptijd_maanden"),
    ("pro_rata", "BOOLEAN", "coordinatie.pro_rata"),
    ("ander_product_vereist", "BOOLEAN", "coordinatie.ander_product_vereist"),
    ("max_aanbieders_tegelijk", "BIGINT", "coordinatie.max_aanbieders_tegelijk"),
    ("min_aanbieders", "BIGINT", "coordinatie.min_aanbieders"),
    ("coordinatie_van", "DATE", "coordinatie.geldig.van"),
    ("coordinatie_tot", "DATE", "coordinatie.geldig.tot"),
    ("wijziging", "DATE", "coordinatie.wijziging"),
    ("toeslag_voorwaarden", "BIGINT", "coordinatie.toeslag_voorwaarden"),
    ("verhouding_procent", "BIGINT", "coordinatie.verhouding_procent"),
    ("aandeel_uren_procent", "BIGINT", "coordinatie.aandeel_uren_procent"),
    ("zonder_coordinatie_aanbieders", "BIGINT", "coordinatie.zonder_coordinatie_aanbieders"),
    ("werkdagen_spoed", "BIGINT", "advies.werkdagen_spoed"),
    ("werkdagen", "BIGINT", "advies.werkdagen"),
    ("doorslag", "VARCHAR", "advies.doorslag"),
    ("mandaat_grens_ct", "BIGINT", "mandaat.grens_ct"),
    ("op_de_grens", "VARCHAR", "mandaat.op_de_grens"),
    ("splits_maanden", "BIGINT", "mandaat.splits_maanden"),
    ("zonder_declaratie_weken", "BIGINT", "drempels.zonder_declaratie_weken"),
    ("evaluatie_start", "DATE", "evaluatie.start"),
    ("evaluatie_maanden", "BIGINT", "evaluatie.maanden"),
    ("exemplaar_dagen", "BIGINT", "maatwerk.exemplaar_dagen"),
    ("lang_maanden", "BIGINT", "maatwerk.lang_maanden"),
    ("max_verlengingen", "BIGINT", "maatwerk.max_verlengingen"),
    ("treeknorm_dagen", "BIGINT", "wachttijd.treeknorm_dagen"),
    ("toetreding_gesloten", "DATE", "contract.toetreding_gesloten"),
    ("maatwerk_verboden", "BOOLEAN", "maatwerk.verboden"),
    ("codes_landelijk", "BOOLEAN", "producten.landelijk"),
    ("indientermijn_dagen", "BIGINT", "afspraken.indientermijn_dagen"),
    ("betaaltermijn_dagen", "BIGINT", "afspraken.betaaltermijn_dagen"),
    ("gezin_aanbieders", "BIGINT", "afspraken.gezin_aanbieders"),
    ("controle_regels", "BIGINT", "afspraken.controle_regels"),
    ("stijging_procent", "BIGINT", "afspraken.stijging_procent"),
    ("plafond_marge_procent", "BIGINT", "afspraken.plafond_marge_procent"),
    ("rapportage_dagen", "BIGINT", "afspraken.rapportage_dagen"),
)
# Switches that are off when a region says nothing.
OFF = ("pro_rata", "ander_product_vereist", "maatwerk_verboden")
# Lists of one column: name, column, way.
TEXTS = (
    ("uitgesloten_maatregelen", "maatregel", "coordinatie.uitgesloten_maatregel"),
    ("geen_kandidaat_producten", "productcode", "coordinatie.geen_kandidaat"),
    ("vrije_maatregelen", "maatregel", "maatwerk.uitzondering_maatregel"),
    ("contractsoorten", "soort", "maatwerk.contractsoorten_als_gecontracteerd"),
    ("kanalen", "kanaal", "kanaal.toegestaan"),
)
# Lists that say nothing when they are empty: then nobody gave them.
ONLY_WHEN_GIVEN = ("landelijke_codes", "productgroepen")
TYPES = {"Int": "BIGINT", "Milli": "BIGINT", "Cent": "BIGINT", "Client": "BIGINT", "Pseudonym": "BIGINT",
         "BirthYear": "BIGINT", "Date": "DATE", "Bool": "BOOLEAN", "Filled": "BOOLEAN"}
QUARTERLY = (("kwartaal", "VARCHAR"), ("is_nieuw", "BOOLEAN"), ("loopt_op_einde", "BOOLEAN"), ("eindigt", "BOOLEAN"))


def value(region, way):
    """What stands at the end of a way; of a threshold its number."""
    found = region
    for step in way.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    return found["waarde"] if isinstance(found, dict) and "waarde" in found else found


def day(date):
    return None if date is None else (datetime.date.fromisoformat(str(date)) - EPOCH).days


def easter(year):
    """Easter Sunday after Gauss, with his two exceptions."""
    k = year // 100
    m = (15 - (13 + 8 * k) // 25 + k - k // 4) % 30
    n = (4 + k - k // 4) % 7
    d = (19 * (year % 19) + m) % 30
    e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + n) % 7
    if (d == 29 and e == 6) or (d == 28 and e == 6 and (11 * m + 11) % 30 < 19):
        e -= 7
    return datetime.date(year, 3, 22) + datetime.timedelta(days=d + e)


def is_working(date, free):
    """Monday to Friday, no holiday of offices, no free day of the region."""
    since = (date - easter(date.year)).days
    birthday = datetime.date(date.year, 4, 27)
    king = birthday - datetime.timedelta(days=birthday.weekday() == 6)
    fixed = (date.month, date.day) in ((1, 1), (12, 25), (12, 26)) or (date.year % 5 == 0 and (date.month, date.day) == (5, 5))
    return date.weekday() < 5 and not fixed and since not in (0, 1, 39, 49, 50) and date != king and date not in free


def passed(region, reference, term):
    """The last day from which more than `term` working days have passed."""
    if term is None:
        return None
    free = {datetime.date.fromisoformat(str(date)) for date in value(region, "advies.vrije_dagen") or []}
    day, n = reference, 0
    while n <= term:
        n += is_working(day, free)
        day -= datetime.timedelta(days=1)
    return day


def regio(region, quarter, reference):
    """Names, types and values of the one row."""
    year, number = int(quarter[:4]), int(quarter[6:])
    begin = datetime.date(year, number * 3 - 2, 1)
    after = datetime.date(year + number // 4, number * 3 % 12 + 1, 1)
    row = [
        ("kwartaal", "VARCHAR", quarter),
        ("kwartaal_begin", "DATE", begin),
        ("kwartaal_eind", "DATE", after - datetime.timedelta(days=1)),
        ("peildatum", "DATE", reference),
        ("jaar", "BIGINT", year),
        ("langste_signaal_dagen", "BIGINT", max(value(region, "drempels.signaal_dagen") or [0])),
        ("hoog_factor_procent", "BIGINT", round(100 * (value(region, "kosten.hoog_factor") or 0)) or None),
    ]
    for name, way in (("advies_voorbij_spoed", "advies.werkdagen_spoed"), ("advies_voorbij", "advies.werkdagen")):
        row.append((name, "DATE", passed(region, reference, value(region, way))))
    for name, kind, way in REGIO:
        found = value(region, way)
        row.append((name, kind, False if found is None and name in OFF else found))
    return row


def lists(region):
    """Name, columns with types, and rows of every list of settings."""
    for name, column, way in TEXTS:
        yield name, ((column, "VARCHAR"),), [(text,) for text in value(region, way) or []]
    functies = [(functie, niveau) for niveau in ("laag", "hoog") for functie in value(region, f"mandaat.{niveau}") or []]
    yield "mandaat_functies", (("functie", "VARCHAR"), ("niveau", "VARCHAR")), functies
    grenzen = [(code, grens["waarde"]) for code, grens in (value(region, "mandaat.per_gemeente_ct") or {}).items()]
    yield "mandaat_per_gemeente", (("gemeente", "VARCHAR"), ("grens_ct", "BIGINT")), grenzen
    segmenten = [
        (nummer, one["naam"], day(one.get("geldig", {}).get("van")), day(one.get("geldig", {}).get("tot")))
        for nummer, one in (value(region, "segmenten") or {}).items()
    ]
    columns = (("segment", "VARCHAR"), ("naam", "VARCHAR"), ("van_dag", "BIGINT"), ("tot_dag", "BIGINT"))
    yield "segmenten", columns, segmenten
    gemeenten = list((value(region, "region.gemeenten") or {}).items())
    yield "gemeenten_regio", (("gemeente", "VARCHAR"), ("naam", "VARCHAR")), gemeenten
    toegangen = [(code, naam) for naam, codes in (value(region, "toegangen") or {}).items() for code in codes]
    yield "toegangen", (("gemeente", "VARCHAR"), ("toegang", "VARCHAR")), toegangen
    groepen = [(groep, code) for groep, codes in (value(region, "productgroepen") or {}).items() for code in codes]
    yield "productgroepen", (("groep", "VARCHAR"), ("productcode", "VARCHAR")), groepen
    landelijk = list((value(region, "producten.landelijke_codes") or {}).items())
    yield "landelijke_codes", (("productcode", "VARCHAR"), ("productcategorie", "VARCHAR")), landelijk


def create(connection, region, quarter, reference):
    """Makes the tables of settings."""
    row = regio(region, quarter, reference)
    fill(connection, "regio", [(name, kind) for name, kind, _ in row], [[found for _, _, found in row]])
    for name, columns, rows in lists(region):
        if rows or name not in ONLY_WHEN_GIVEN:
            fill(connection, name, columns, rows)


def fill(connection, name, columns, rows):
    """A table with these rows, and the days and quarters of its dates."""
    connection.execute(f"CREATE TABLE _{name} ({', '.join(f'{column} {kind}' for column, kind in columns)})")
    marks = ", ".join("?" for _ in columns)
    for row in rows:
        connection.execute(f"INSERT INTO _{name} VALUES ({marks})", list(row))
    connection.execute(f"CREATE VIEW {name} AS SELECT *{days(columns)} FROM _{name}")


def days(columns):
    """For every date the number of days since 1970, and its quarter."""
    dates = [name for name, kind in columns if kind == "DATE"]
    return "".join(
        f", CAST({name} - DATE '1970-01-01' AS BIGINT) AS {name}_dag,"
        f" year({name}) || '-K' || quarter({name}) AS {name}_kwartaal"
        for name in dates
    )


def empty(connection, name):
    """A table that was not supplied and may be absent: without rows."""
    for setting, columns, _ in lists({}):
        if setting == name:
            return fill(connection, name, columns, [])
    base = name.removesuffix("_per_kwartaal")
    columns = list(SCHEMA[base]) + (list(QUARTERLY) if base != name else [])
    known = {column for column, _ in columns}
    extra = [(column, "BIGINT") for column in ("dagen_tot_einde",) if column not in known]
    return fill(connection, name, columns + extra + [("bron", "VARCHAR"), ("regel", "BIGINT")], [])


def schema():
    """Columns and types per table, as the dictionary of the program has them."""
    found = {}
    for path in sorted((ROOT / "src/schema").glob("*.rs")):
        for table in re.findall(r"Table = Table \{(.*?)\n\};", path.read_text(encoding="utf-8"), re.S):
            name = re.search(r'name: "(\w+)"', table).group(1)
            columns = re.findall(r'col\(\s*"(\w+)",\s*(\w+),', table)
            found[name] = [(column, TYPES.get(kind, "VARCHAR")) for column, kind in columns]
    return found


SCHEMA = schema()
