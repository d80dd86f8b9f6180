"""Zorgcoordinatie against a fair lottery, computed a second time in plain Python from DuckDB's own rows.

Only exact numbers are compared: who takes part, expected numbers, tails, ranges, q-values and verdicts. The test of
the whole and the bands come from seeded draws; of those only the statistic and the index itself are exact.
"""

import collections
import datetime
import math

KWARTIER = 15
MAX_Q = 0.05
MIN_VERWACHT = 5.0


def quarters(quarter, n):
    index = int(quarter[:4]) * 4 + int(quarter[6:]) - 1
    return {f"{at // 4}-K{at % 4 + 1}" for at in range(index - n, index + 1)}


def days(quarter):
    year, number = int(quarter[:4]), int(quarter[6:])
    begin = datetime.date(year, 3 * number - 2, 1)
    end = datetime.date(year + number // 4, 3 * number % 12 + 1, 1)
    return (end - begin).days


def draw(rows, from_plans, most_minutes):
    """(gemeente, reason, candidates, coordinator, quarter-hours, more) of one client, or None without coordination."""
    weight, minutes, unknown = collections.Counter(), collections.Counter(), collections.Counter()
    volume, places = collections.Counter(), {}
    for row in rows:
        name = row["aanbieder"]
        if from_plans:
            own = (int(row["kwartaal"].replace("-K", "")), 0) if row["heeft_plan"] else (0, 0)
            minutes[name] = max(minutes[name], own[0])
        else:
            own = (row["coordinatie_minuten"], row["coordinatie_milli"])
            minutes[name] += own[0]
            volume[name] += own[1]
        places.setdefault(name, []).append((own, row["gemeente"]))
        unknown[name] += row["zonder_minuten"]
        weight[name] += row["zorg_ct"] if from_plans else row["zorg_tegelijk_ct"]
    done = {name: (minutes[name], volume[name]) for name in places if (minutes[name], volume[name]) > (0, 0)}
    if not done:
        return None
    most = max(done.values())
    same = sorted(name for name, value in done.items() if value == most)
    # Of equal rows the last counts, as they are sorted by quarter and gemeente.
    best = max(own for own, _ in places[same[0]])
    gemeente = [code for own, code in places[same[0]] if own == best][-1]
    more = len(done) > 1
    if any(row["heeft_maatregel"] for row in rows):
        return gemeente, "maatregel", None, None, None, more
    if len(same) > 1:
        return gemeente, "gelijkestand", None, None, None, more
    who = same[0]
    candidates = {n: ct for n, ct in weight.items() if ct > 0}
    if who not in candidates:
        return gemeente, "geenanderezorg", None, None, None, more
    if len(candidates) == 1:
        return gemeente, "eenaanbieder", None, None, None, more
    minuten = 0 if from_plans else minutes[who]
    is_known = 0 < minuten <= most_minutes and unknown[who] == 0
    hours = max(1, (minuten + KWARTIER // 2) // KWARTIER) if is_known else None
    return gemeente, None, candidates, who, hours, more


def distribution(trials):
    """Chances of every sum of (chance, step)."""
    pmf = [1.0]
    for chance, step in trials:
        out = [0.0] * (len(pmf) + step)
        for at, value in enumerate(pmf):
            out[at] += value * (1 - chance)
            out[at + step] += value * chance
        pmf = out
    return pmf


def against(trials, seen):
    """Expected, range of 95% and doubled smaller tail."""
    pmf = distribution(trials)
    lower = [math.fsum(pmf[: at + 1]) for at in range(len(pmf))]
    upper = [math.fsum(pmf[at:]) for at in range(len(pmf))]
    low = next(at for at, tail in enumerate(lower) if tail >= 0.025)
    high = max(at for at, tail in enumerate(upper) if tail >= 0.025)
    p = min(1.0, 2 * min(lower[seen], upper[seen]))
    return {"verwacht": sum(c * s for c, s in trials), "bereik": [low, high], "p": p}


def q_values(p):
    known = sorted((value, at) for at, value in enumerate(p) if value is not None)
    out, smallest = [None] * len(p), 1.0
    for rank in range(len(known), 0, -1):
        value, at = known[rank - 1]
        smallest = min(smallest, value * len(known) / rank)
        out[at] = smallest
    return out


def hoover(totals):
    total = sum(totals)
    return 0.5 * sum(abs(value / total - 1 / len(totals)) for value in totals)


def judge(draws):
    """One part of the region in one term, in the form of the manifest."""
    taking_part = [one for one in draws if one[1] is None]
    names = sorted({name for one in taking_part for name in one[2]})
    delen = []
    for name in names:
        own = [one for one in taking_part if name in one[2]]
        equal = [(1 / len(one[2]), 1) for one in own]
        share = [(max(1, one[2][name]) / sum(max(1, ct) for ct in one[2].values()), 1) for one in own]
        seen = sum(one[3] == name for one in taking_part)
        timed = [one for one in own if one[4] is not None]
        hours = sum(one[4] for one in timed if one[3] == name)
        delen.append({
            "aanbieder": name, "kandidaat_bij": len(own), "waargenomen": seen,
            "omvang_ct": sum(one[2][name] for one in own),
            "gelijk": against(equal, seen), "naar_omvang": against(share, seen),
            "uren": {"kwartieren": hours, "gelijk": against([(1 / len(o[2]), o[4]) for o in timed], hours)},
        })
    judged = [d["gelijk"]["verwacht"] >= MIN_VERWACHT or d["gelijk"]["bereik"][0] > 0 for d in delen]
    q = q_values([d["gelijk"]["p"] if is_judged else None for d, is_judged in zip(delen, judged)])
    for d, value in zip(delen, q):
        d["q"] = value
    for d in delen:
        d["oordeel"] = verdict(d)
    delen.sort(key=lambda d: (-d["kandidaat_bij"], d["aanbieder"]))
    has_hours = any(one[4] is not None for one in taking_part)
    for d in delen if not has_hours else []:
        d["uren"] = None
    return {
        "clienten": len(taking_part), "clienten_met_uren": sum(one[4] is not None for one in taking_part),
        "meer_coordinatoren": sum(one[5] for one in taking_part),
        "weggelaten": dict(collections.Counter(one[1] for one in draws if one[1] is not None)),
        "hoover": hoover([d["waargenomen"] for d in delen]), "delen": delen,
        "effectief_aantal": sum(d["waargenomen"] for d in delen) ** 2 / sum(d["waargenomen"] ** 2 for d in delen),
    }


def verdict(deel):
    q, seen = deel["q"], deel["waargenomen"]
    low, high = deel["naar_omvang"]["bereik"]
    if q is None:
        return "te weinig"
    if q >= MAX_Q:
        return "binnen toeval"
    if low <= seen <= high:
        return "naar omvang"
    if seen > deel["gelijk"]["verwacht"]:
        return "meer" if seen > high else "ertussen"
    return "minder" if seen < low else "ertussen"


def differences(ours, theirs, path):
    """Where two values of JSON differ, in words."""
    if isinstance(ours, dict):
        return [line for key in ours for line in differences(ours[key], theirs.get(key), f"{path}/{key}")]
    if isinstance(ours, list):
        if theirs is None or len(ours) != len(theirs):
            return [f"{path}: {theirs} in the report, {ours} here"]
        return [line for at, (a, b) in enumerate(zip(ours, theirs)) for line in differences(a, b, f"{path}/{at}")]
    is_close = (isinstance(ours, float) and isinstance(theirs, (int, float))
                and abs(ours - theirs) <= 1e-9 * max(1.0, abs(ours)))
    return [] if is_close or ours == theirs else [f"{path}: {theirs} in the report, {ours} here"]


def compare(names, rows, quarter, told):
    """Differences with the manifest, and the number of judgements compared."""
    rows = [dict(zip(names, row)) for row in rows]
    from_plans = not any(row["coordinatie_milli"] > 0 for row in rows)
    clients = collections.defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["kwartaal"], row["gemeente"] or "", row["aanbieder"])):
        clients[row["client"]].append(row)
    out, n = [], 0
    for part in told:
        span = quarters(quarter, 0 if part["termijn"] == "kwartaal" else 3)
        most_minutes = sum(days(one) for one in span) * 24 * 60
        inside = ([row for row in dossier if row["kwartaal"] in span] for dossier in clients.values())
        draws = [one for one in (draw(dossier, from_plans, most_minutes) for dossier in inside) if one]
        draws = [one for one in draws if part["gemeente"] in (None, one[0])]
        ours = judge(draws)
        whole = part["telling"]
        theirs = dict(part, hoover=whole["hoover"]["value"], effectief_aantal=whole["effectief_aantal"])
        out += differences(ours, theirs, f"verdeling/{part['gemeente'] or 'regio'}/{part['termijn']}")
        n += 1 + len(ours["delen"])
    return out, n
