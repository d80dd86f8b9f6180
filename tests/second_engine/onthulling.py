"""What a reader of a report for the audience `regio` can work out about cells that were hidden from it.

    python onthulling.py RAPPORT_REGIO RAPPORT_INTERN [-v]

RAPPORT_REGIO is all that the reader has: `herkomst/manifest.json`, the queries beside it, and the pages. Which figures
are sums of which follows from the keys of their addresses and the `measure` of their queries. RAPPORT_INTERN is the
same run for `intern`; it says how large a hidden cell is, how many children stand behind it, and by how much children
are counted more than once (which the reader is supposed to know too: who is safe then is safe from everybody).

For every hidden cell with fewer than ten children behind it two linear programmes (HiGHS) give the least and the most
it can be. The reader must be left with at least

    counts      max(floor, a - 2) … max(10, a + 3, low + 5)      a: what it is; floor: its least when all is hidden
    amounts     a - m … a + m                                     eurocents, minutes, thousandths of a unit; m is
                                                                  15% of the whole hundreds in a, at least 1

The number of children behind an amount is in the manifest where the amount is shown, so it is judged too, as a measure
of its own (`#clienten`). One line per measure with a failure. Exit 1 when one cell is known more closely than that, a
small cell is shown, a ratio gives a hidden one away, or a page of the region shows what the manifest hides. Cells that
are hidden because one child or aanbieder is most of an amount, with ten children or more, are not judged.
"""

import json
import pathlib
import re
import sys
from collections import defaultdict
from urllib.parse import unquote

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

SMALL = 10
AMOUNTS = {"eurocent", "minuten", "duizendsten van de eenheid"}
RATIOS = {"per_10000", "aandeel"}
SIGNAL_KEYS = ["oordeel", "gemeente", "aanbieder", "kwartaal"]


class Query:
    """The header of one query, as it lies beside the report."""

    def __init__(self, path):
        head = path.read_text(encoding="utf-8").split("---*/")[0]
        # Headers are TOML without tables; only these fields matter here.
        text = lambda name: (re.findall(rf'^{name}\s*=\s*"([^"]*)"', head, re.M) or [None])[0]
        keys = re.findall(r"^keys\s*=\s*\[([^\]]*)\]", head, re.M)
        self.id = path.stem
        self.is_signal = text("kind") == "signaal"
        self.keys = SIGNAL_KEYS if self.is_signal else re.findall(r'"([^"]+)"', keys[0] if keys else "")
        self.unit, self.measure = text("unit"), text("measure") or path.stem
        self.denominator, self.period = text("denominator"), text("period")

    def cell(self, address, spans):
        """(column, keys as a frozenset of pairs) of an address; a key that is `totaal` is not one."""
        _, *parts = address.split("/")
        *values, period, column = [unquote(part) for part in parts]
        names = [key for key in self.keys if key != "kwartaal"]
        assert len(names) == len(values), address
        pairs = {(name, value) for name, value in zip(names, values) if value != "totaal"}
        # Without a quarter a figure is about several of them, or about the whole period of its query.
        is_quarter = re.fullmatch(r"\d{4}-K\d", period) is not None
        span = period if "_" in period else spans.get(self.period, self.period)
        pairs.add(("kwartaal", period) if is_quarter else ("", span))
        return column, frozenset(pairs)


class World:
    """All cells of a run: what is shown, what is true, which are sums of which."""

    def __init__(self, outside, inside):
        self.shown, self.truth, self.children, self.names, self.lowest = {}, {}, {}, {}, {}
        self.n_no_sum = 0
        self.amounts, self.distinct, self.ratios = set(), set(), []
        figures = manifest(outside)["figures"]
        self.queries = {path.stem: Query(path) for path in sorted((outside / "herkomst/sql").glob("*.sql"))}
        own = manifest(inside)["figures"]
        assert own.keys() & figures.keys(), "these two reports are not of one run"
        spans = periods(manifest(outside)["kwartaal"])
        self.n_unknown = 0
        # A report for `regio` also has figures over four quarters, which one for `intern` has not.
        for address in [*own, *(figures.keys() - own.keys())]:
            # A level that is withheld has no figures at all.
            figure = figures.get(address, {"value": None, "protected": True})
            query = self.queries[address.split("/")[0]]
            column, keys = query.cell(address, spans)
            truth = own.get(address) or self.of_quarters(query, column, keys, figure)
            if truth is None:
                self.n_unknown += 1
                continue
            if column in RATIOS:
                self.ratios.append((query, keys, figure["value"]))
                continue
            unit = "eurocent" if column.endswith("_ct") else query.unit
            family = (query.measure, column if query.is_signal else unit)
            # Rows that name no child are of at most one child each.
            children = truth["n"] or (0 if unit in AMOUNTS else abs(truth["value"]))
            self.add((family, keys), address, figure["value"], truth["value"], children)
            if unit in AMOUNTS:
                self.amounts.add(family)
            if unit == "clienten":
                self.distinct.add(family)
            elif figure.get("n") is not None or (figure["protected"] and address in own):
                # The number of children behind a shown figure is in the manifest too.
                crowd = (query.measure, column + " #clienten")
                self.distinct.add(crowd)
                self.add((crowd, keys), address, figure.get("n"), truth["n"], truth["n"])

    def add(self, cell, address, shown, truth, children):
        if self.truth.setdefault(cell, truth) != truth:
            # Two queries with one measure that do not agree: not one cell after all.
            cell = ((cell[0][0] + "@" + address.split("/")[0], cell[0][1]), cell[1])
            self.truth[cell] = truth
        self.children[cell] = children
        self.names.setdefault(cell, address)
        if shown is not None:
            assert shown == truth, f"{address} is shown as {shown}"
            self.shown[cell] = shown

    def of_quarters(self, query, column, keys, figure):
        """A figure over several quarters: as it is shown, or the sum of its quarters with at most as many children."""
        if figure["value"] is not None:
            return figure
        span, rest = dict(keys).get("", ""), frozenset(pair for pair in keys if pair[0])
        unit = "eurocent" if column.endswith("_ct") else query.unit
        family = (query.measure, column if query.is_signal else unit)
        quarters = [rest | {("kwartaal", quarter)} for quarter in between(span)]
        cells = [(family, one) for one in quarters if (family, one) in self.truth]
        if column in RATIOS or not cells:
            return None
        value, children = [sum(of[cell] for cell in cells) for of in (self.truth, self.children)]
        return {"value": value, "n": children}

    def hidden(self):
        return [cell for cell in self.truth if cell not in self.shown]

    def bounds(self, cell):
        """What a reader knows of a hidden cell beforehand. A count is at least 1 when noughts are shown; an amount may
        be a credit."""
        family = cell[0]
        if family not in self.lowest:
            hidden = [value for c, value in self.truth.items() if c[0] == family and c not in self.shown]
            low = min(hidden, default=0)
            self.lowest[family] = None if low < 0 else 0 if family in self.amounts else min(1, low)
        return (self.lowest[family], None)

    def sums(self):
        """Relations: (total, parts, what the parts count more than the total)."""
        families = defaultdict(lambda: defaultdict(list))
        for family, keys in self.truth:
            families[family][frozenset(name for name, _ in keys)].append(keys)
        for family, levels in families.items():
            for coarse in levels:
                finer = [level for level in levels if is_finer(level, coarse)]
                for level in finer:
                    if not any(is_finer(level, other) and is_finer(other, coarse) for other in levels):
                        yield from self.sums_of(family, levels[coarse], levels[level], coarse)

    def sums_of(self, family, totals, parts, coarse):
        below = defaultdict(list)
        for keys in parts:
            below[frozenset(pair for pair in keys if pair[0] in coarse and pair[0])].append((family, keys))
        for keys in totals:
            span = dict(keys).get("")
            own = [
                part
                for part in below.get(frozenset(pair for pair in keys if pair[0]), [])
                if is_within(dict(part[1]), span)
            ]
            if not own:
                continue
            over = sum(self.truth[part] for part in own) - self.truth[family, keys]
            # What is added up in eurocents or lines is the sum of its parts or, where a query leaves some out, is not.
            if over == 0 or (family in self.distinct and over > 0):
                yield (family, keys), own, over
            else:
                self.n_no_sum += 1

    def betrayed_by_ratios(self):
        """Small hidden cells that a shown ratio gives away: its own, or the amount it is a part of."""
        for query, keys, shown in self.ratios:
            if shown is None:
                continue
            yield from self.small((query.measure, query.unit), keys)
            of = self.queries.get(query.denominator)
            # Nought is no part of anything.
            if of is not None and self.shown.get(((query.measure, query.unit), keys)):
                own = frozenset(pair for pair in keys if pair[0] in ["", *of.keys])
                yield from self.small((of.measure, of.unit), own)

    def small(self, family, keys):
        """The cell, when it is hidden and has few children behind it."""
        cell = (family, keys)
        if cell in self.truth and cell not in self.shown and 1 <= self.children[cell] < SMALL:
            yield self.names[cell]


def quarters_before(quarter, n):
    """The quarter that lies so many earlier."""
    at = int(quarter[:4]) * 4 + int(quarter[-1]) - 1 - n
    return f"{at // 4}-K{at % 4 + 1}"


def periods(quarter):
    """What the periods of queries are called in addresses."""
    return {name: f"{quarters_before(quarter, n - 1)}_{quarter}" for name, n in [("vier_kwartalen", 4), ("acht_kwartalen", 8)]}


def between(span):
    """The quarters from one to another."""
    first, _, last = span.partition("_")
    if not last:
        return []
    out = [last]
    while out[-1] > first:
        out.append(quarters_before(out[-1], 1))
    return out


def is_within(part, span):
    """Whether a part lies in the period of a total; None is the total of one quarter, which its key says."""
    if span is None or part.get("", span) != span:
        return span is None
    return "kwartaal" not in part or "_" not in span or part["kwartaal"] in between(span)


def is_finer(level, coarse):
    """A level with more keys; the whole period ("") is a coarser "kwartaal"."""
    a, b = level - {""}, coarse - {""}
    return a > b


def manifest(folder):
    return json.loads((folder / "herkomst/manifest.json").read_text(encoding="utf-8"))


class Component:
    """Hidden cells that hang together, and what the reader knows of them."""

    def __init__(self, world, cells, relations):
        self.world, self.cells = world, cells
        self.place = {cell: at for at, cell in enumerate(cells)}
        rows, columns, data, known = [], [], [], []
        for at, (total, parts, over) in enumerate(relations):
            rest = over
            for cell, sign in [(total, 1)] + [(part, -1) for part in parts]:
                if cell in self.place:
                    rows.append(at), columns.append(self.place[cell]), data.append(sign)
                else:
                    rest += sign * world.truth[cell]
            known.append(-rest)
        shape = (len(relations), len(cells))
        self.matrix, self.known = csr_matrix((data, (rows, columns)), shape=shape), np.array(known, float)
        # What is true must be possible, or these sums are not those of the report.
        assert np.allclose(self.matrix @ np.array([world.truth[cell] for cell in cells], float), self.known)
        self.bounds = [world.bounds(cell) for cell in cells]
        self.least = {cell: np.inf for cell in cells}
        self.most = {cell: -np.inf for cell in cells}

    def sweep(self, cells):
        """All cells low at once, and all high at once within a wide room: most need no programme of their own then."""
        cost = np.zeros(len(self.cells))
        cost[[self.place[cell] for cell in cells]] = 1
        room = [
            (low, 50 + 3 * abs(self.world.truth[cell]))
            for cell, (low, _) in zip(self.cells, self.bounds)
        ]
        for sign, bounds in [(1, self.bounds), (-1, room)]:
            found = linprog(sign * cost, A_eq=self.matrix, b_eq=self.known, bounds=bounds, method="highs")
            if found.status == 0:
                self.note(found.x)

    def note(self, solution):
        for cell, value in zip(self.cells, solution):
            self.least[cell] = min(self.least[cell], value)
            self.most[cell] = max(self.most[cell], value)

    def solve(self, cell, sign):
        """The least (sign 1) or most (sign -1) a cell can be; every solution says something of the others too."""
        cost = np.zeros(len(self.cells))
        cost[self.place[cell]] = sign
        found = linprog(cost, A_eq=self.matrix, b_eq=self.known, bounds=self.bounds, method="highs")
        if found.status == 3:
            value = -np.inf * sign
        elif found.status == 0:
            value = found.x[self.place[cell]]
            self.note(found.x)
        else:
            raise SystemExit(f"HiGHS: {found.message} ({self.world.names[cell]})")
        if sign > 0:
            self.least[cell] = min(self.least[cell], value)
        else:
            self.most[cell] = max(self.most[cell], value)
        return value


def components(cells, relations):
    """Groups of cells that share relations, each with those."""
    parent = {cell: cell for cell in cells}

    def root(cell):
        while parent[cell] != cell:
            parent[cell] = parent[parent[cell]]
            cell = parent[cell]
        return cell

    inside = []
    for relation in relations:
        own = [cell for cell in [relation[0], *relation[1]] if cell in parent]
        if own:
            inside.append((own[0], relation))
            for other in own[1:]:
                parent[root(other)] = root(own[0])
    groups, of = defaultdict(list), defaultdict(list)
    for cell in cells:
        groups[root(cell)].append(cell)
    for cell, relation in inside:
        of[root(cell)].append(relation)
    return [(group, of[top]) for top, group in groups.items()]


class Floors:
    """The least a cell can be when every cell that is not nought is hidden: nothing hides a cell better than that."""

    def __init__(self, world, relations):
        cells = [cell for cell, value in world.truth.items() if value != 0]
        groups = components(cells, relations)
        self.group = {cell: group for group in groups for cell in group[0]}
        self.world, self.made, self.known = world, {}, {}

    def of(self, cell):
        cells, relations = self.group[cell]
        if cells[0] not in self.made:
            component = self.made[cells[0]] = Component(self.world, cells, relations)
            component.sweep([one for one in cells if 1 <= self.world.children[one] < SMALL])
        component = self.made[cells[0]]
        if component.least[cell] <= self.world.truth[cell] - 2:
            return component.least[cell]
        if cell not in self.known:
            self.known[cell] = component.solve(cell, 1)
        return self.known[cell]


def wanted(world, cell, floor=-np.inf):
    """From where to where a reader must remain unsure."""
    value = world.truth[cell]
    if cell[0] in world.amounts:
        margin = max(1, abs(value) // 100 * 15)
        return value - margin, value + margin
    low = max(1, value - 2, min(floor, value))
    return low, max(SMALL, value + 3, low + 5)


def exactness(world, cell):
    """A reader who knows a count to less than one, or an amount to a millionth, knows it."""
    return 1e-6 * max(1, abs(world.truth[cell])) if cell[0] in world.amounts else 0.5


def judge_cell(component, cell, floors):
    """What a reader knows too well of one cell; None when it is safe."""
    world = component.world
    slack = 1e-6 * max(1, abs(world.truth[cell]))
    if component.least[cell] > wanted(world, cell)[0] + slack:
        component.solve(cell, 1)
    if component.most[cell] < wanted(world, cell)[1] - slack:
        component.solve(cell, -1)
    least, most = component.least[cell], component.most[cell]
    low, high = wanted(world, cell)
    if least > low + slack and cell[0] not in world.amounts:
        low, high = wanted(world, cell, floors.of(cell))
        if most < high - slack:
            component.solve(cell, -1)
            most = component.most[cell]
    if least > low + slack or most < high - slack:
        return world.names[cell], cell[0][1], world.truth[cell], least, most, low, high
    return None


def judge(world, relations):
    """Per measure: hidden, small, known exactly, known too closely; and every failure."""
    tally, failures = defaultdict(lambda: np.zeros(4, int)), []
    floors = Floors(world, relations)
    for cells, own in components(world.hidden(), relations):
        linked = {cell for total, parts, _ in own for cell in [total, *parts]}
        small = {c: 0 for c in cells if 1 <= world.children[c] < SMALL and world.truth[c] != 0}
        for cell in cells:
            tally[cell[0]] += np.array([1, cell in small, 0, 0])
        todo = [cell for cell in small if cell in linked]
        if not todo:
            continue
        component = Component(world, cells, own)
        component.sweep(todo)
        for cell in todo:
            found = judge_cell(component, cell, floors)
            if found is not None:
                least, most = found[3:5]
                tally[cell[0]] += np.array([0, 0, most - least <= exactness(world, cell), 1])
                failures.append(found)
    return tally, failures


def on_pages(outside, figures):
    """Figures on the pages that the manifest hides, and in how many of those the edition of a gemeente shows its own."""
    region, editions = [], []
    for page in sorted(outside.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        for address, words in re.findall(r'"([a-z0-9_]+/[^"<>]*)"[^>]*>([^<]*)', text):
            if figures.get(address, {}).get("protected") and re.search(r"\d", words):
                (editions if page.parent.name == "gemeenten" else region).append(f"{page.name} {address}: {words}")
    return region, editions


def main():
    is_verbose = "-v" in sys.argv
    outside, inside = [pathlib.Path(word) for word in sys.argv[1:] if word != "-v"]
    if manifest(outside)["audience"] == "intern" or manifest(inside)["audience"] != "intern":
        raise SystemExit("first the report for `regio`, then the one for `intern`")
    world = World(outside, inside)
    small = [c for c in world.shown if 1 <= world.children[c] < SMALL and world.truth[c] != 0]
    relations = list(world.sums())
    tally, failures = judge(world, relations)
    ratios = list(world.betrayed_by_ratios())
    region, editions = on_pages(outside, manifest(outside)["figures"])
    print(f"{len(world.truth)} cells, {len(world.hidden())} hidden, {len(relations)} sums; {world.n_no_sum} cells are not the sum of "
          f"their parts; of {world.n_unknown} the truth is not known")
    print(f"{'measure':58} {'hidden':>7} {'small':>7} {'exact':>7} {'close':>7}")
    for family in sorted(tally):
        hidden, n_small, exact, close = tally[family]
        if is_verbose or close:
            print(f"{' · '.join(family):58} {hidden:7} {n_small:7} {exact:7} {close:7}")
    for name, is_crowd in [("all figures", False), ("all numbers of children behind them", True)]:
        rows = [row for family, row in tally.items() if family[1].endswith("#clienten") == is_crowd]
        total = np.array(rows).sum(axis=0)
        print(f"{name:58} {total[0]:7} {total[1]:7} {total[2]:7} {total[3]:7}")
    for address, column, value, least, most, low, high in failures[: None if is_verbose else 10]:
        print(f"  {address} ({column}) is {value}: {least:g} to {most:g}, must cover {low:g} to {high:g}")
    names = [world.names[cell] for cell in small]
    for name, found in [
        ("small cells shown", names),
        ("small cells given away by a ratio", ratios),
        ("hidden figures on a page", region),
    ]:
        print(f"{name}: {len(found)}", *found[:3], sep="\n  " if found else "")
    print(f"small figures of its own in the edition of a gemeente, for that gemeente alone: {len(editions)}")
    sys.exit(1 if failures or small or ratios or region else 0)


if __name__ == "__main__":
    main()
