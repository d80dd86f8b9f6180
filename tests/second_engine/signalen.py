"""The rules of the region once more in plain Python: what was judged, who differs (Fisher's exact test with
Benjamini-Hochberg), and how far the steps of the procedure were followed."""

import math

MAX_Q = 0.05
QUARTERLY = "acht_kwartalen"


def levels(period):
    """What is added up of a signal: by quarter when it looks back."""
    if period == QUARTERLY:
        return [("oordeel", "kwartaal"), ("oordeel", "gemeente", "kwartaal"), ("oordeel", "aanbieder", "kwartaal")]
    return [("oordeel",), ("oordeel", "gemeente"), ("oordeel", "aanbieder")]


def verdict(hit):
    return "onbekend" if hit is None else "treffer" if hit else "goed"


class Rows:
    """The judged cases of one query, by column."""

    def __init__(self, measure):
        self.period = measure.head["period"]
        at = {name: index for index, name in enumerate(measure.names)}
        names = ("gemeente", "aanbieder", "kwartaal", "treffer", "bedrag_ct")
        self.rows = [dict(zip(names, (row[at[name]] for name in names))) for row in measure.rows or []]

    def now(self, quarter):
        return [row for row in self.rows if self.period != QUARTERLY or row["kwartaal"] == quarter]


def fisher(own_hits, own, hits, cases):
    """Both tails of the hypergeometric distribution, counted with whole numbers."""
    total = math.comb(cases, own)
    term = [math.comb(hits, k) * math.comb(cases - hits, own - k) if k <= hits and own - k <= cases - hits else 0
            for k in range(own + 1)]
    return sum(term[: own_hits + 1]) / total, sum(term[own_hits:]) / total


def differing(rows, key, names):
    """Groups whose share of hits differs from that of the others together."""
    groups = {}
    for row in rows:
        if row[key] is not None and row["treffer"] is not None:
            group = groups.setdefault(names.get(row[key], row[key]), [0, 0])
            group[0] += row["treffer"]
            group[1] += 1
    hits, cases = (sum(group[i] for group in groups.values()) for i in (0, 1))
    if len(groups) < 2 or hits in (0, cases):
        return {}
    tests = {}
    for name, (own_hits, own) in groups.items():
        lower, upper = fisher(own_hits, own, hits, cases)
        tests[name] = (min(1.0, 2 * min(lower, upper)), upper < lower)
    ranked = sorted(tests, key=lambda name: tests[name][0])
    out, smallest = {}, 1.0
    for rank in range(len(ranked), 0, -1):
        name = ranked[rank - 1]
        smallest = min(smallest, tests[name][0] * len(ranked) / rank)
        if smallest < MAX_Q:
            out[name] = (*groups[name], tests[name][1], smallest)
    return out


def followed_in(quarters, start):
    """Quarters in which the agreements held: before their start there was nothing to follow."""
    if start is None:
        return quarters
    first = f"{start.year}-K{(start.month - 1) // 3 + 1}"
    return [quarter for quarter in quarters if quarter >= first]


def compare(measures, manifest, gemeenten, quarter, quarters):
    """Differences with the manifest, in words, and how many judgements were compared."""
    out, told, followed = [], manifest["signalen"]["regels"], {}
    for one in told:
        measure = measures[one["query"]]
        rows = Rows(measure)
        now = rows.now(quarter)
        counts = {name: sum(verdict(row["treffer"]) == name for row in now) for name in ("treffer", "goed", "onbekend")}
        euros = sum(row["bedrag_ct"] or 0 for row in now if row["treffer"])
        ours = (counts["treffer"], counts["goed"], counts["onbekend"], euros)
        theirs = (one["treffers"], one["goed"], one["onbekend"], one["bedrag_ct"])
        if ours != theirs:
            out.append(f"{one['query']}: the report says {theirs}, we find {ours}")
        key = measure.head.get("vergelijk")
        ours = differing(now, key, gemeenten) if key else {}
        theirs = {v["naam"]: (v["treffers"], v["gevallen"], v["meer"], v["q"]) for v in one["verschillen"]}
        if ours.keys() != theirs.keys() or any(
            ours[name][:3] != theirs[name][:3] or not math.isclose(ours[name][3], theirs[name][3], rel_tol=1e-9)
            for name in ours
        ):
            out.append(f"{one['query']}: the report names {theirs}, we find {ours}")
        if measure.head["hoofdstuk"] == "proces" and one["stand"] == "controle" and rows.period == QUARTERLY:
            follow(rows.rows, followed)
    out.extend(adherence(manifest["signalen"]["naleving"], followed, gemeenten, quarters))
    return out, len(told) + len(followed)


def follow(rows, followed):
    """Adds the steps of one rule per gemeente and quarter."""
    own = {}
    for row in rows:
        if row["gemeente"] is not None and row["kwartaal"] is not None and row["treffer"] is not None:
            count = own.setdefault((row["gemeente"], row["kwartaal"]), [0, 0])
            count[bool(row["treffer"])] += 1
    for key, (good, hits) in own.items():
        steps = followed.setdefault(key, [0, 0, 0, 0])
        for index, value in enumerate((hits == 0, 1, good, good + hits)):
            steps[index] += value


def adherence(told, followed, gemeenten, quarters):
    theirs = {}
    if told:
        if told["kwartalen"] != quarters:
            return [f"naleving: the report has {told['kwartalen']}, we have {quarters}"]
        for code, steps in told["gemeenten"].items():
            theirs.update({(code, quarter): step for quarter, step in zip(quarters, steps) if step})
    ours = {key: steps for key, steps in followed.items() if key[0] in gemeenten and key[1] in quarters}
    return [
        f"naleving {key}: the report says {theirs.get(key)}, we find {ours.get(key)}"
        for key in sorted(ours.keys() | theirs.keys())
        if list(ours.get(key, ())) != list(theirs.get(key, ()))
    ]
