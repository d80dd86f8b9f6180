"""What is still to come (chain ladder, Mack 1993) and what changed (volume, price, mix, correction), in plain Python."""

import fractions
import math

ONBEKEND = "onbekend"
Z95 = 1.959963984540054
LEAST_MONTHS, MAX_SILENCE, N_MONTHS, LEAST_DATED = 6, 3, 24, 0.5


def quarters(quarter, n):
    """The quarter and the n before it, oldest first."""
    index = int(quarter[:4]) * 4 + int(quarter[6:]) - 1
    return [f"{at // 4}-K{at % 4 + 1}" for at in range(index - n, index + 1)]


def month_number(text):
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def triangle(measure, last, until):
    """First month and rows of the run-off triangle, cumulative; None when there is too little."""
    cells = [(month_number(m), int(d), value) for (m, d, _), (value, _) in measure.levels[("maand", "vertraging_maanden", "kwartaal")].items() if d != ONBEKEND]
    if not cells:
        return None
    declared = [m + 1 + d for m, d, _ in cells]
    months = [m for m, _, _ in cells if m > until - N_MONTHS and m + 1 >= min(declared)]
    first = min(months, default=until + 1)
    n = min(until, last - 1) - first + 1
    known = [m for m, _, _ in cells if until - N_MONTHS < m <= last]
    seen = sorted({at for at in declared if until - N_MONTHS < at <= last} | {max(known, default=last), last})
    if any(b - a - 1 > MAX_SILENCE for a, b in zip(seen, seen[1:])) or n < LEAST_MONTHS:
        return None
    return first, [[sum(v for m, d, v in cells if m == at and d <= k) for k in range(last - at)] for at in range(first, first + n)]


def run_off(rows):
    """Per row (to come, standard error) by chain ladder (Mack 1993); None where there is none."""
    n = len(rows[0])
    factors, variances, bases = [], [], []
    for k in range(n - 1):
        pairs = [(row[k], row[k + 1]) for row in rows if len(row) > k + 1]
        base = sum(a for a, _ in pairs)
        bases.append(base)
        factors.append(sum(b for _, b in pairs) / base if base else None)
        used = [(a, b) for a, b in pairs if a > 0]
        broken = base == 0 or any(a == 0 and b != 0 for a, b in pairs)
        variances.append(None if broken or len(used) < 2 else sum(a * (b / a - factors[k]) ** 2 for a, b in used) / (len(used) - 1))
    if n > 3 and variances[-1] is None and factors[-1] is not None and None not in variances[-3:-1]:
        x, y = variances[-3:-1]
        variances[-1] = min(y * y / x, x, y) if x > 0 else min(x, y)
    out = []
    for row in rows:
        known, steps = row[-1], range(len(row) - 1, n - 1)
        if (known == 0 and steps) or any(factors[k] is None for k in steps):
            out.append((known, None, None))
            continue
        at, relative = known, 0.0
        for k in steps:
            if relative is None or variances[k] is None or not factors[k]:
                relative = None
            else:
                relative += variances[k] / factors[k] ** 2 * (1 / at + 1 / bases[k])
            at *= factors[k]
        out.append((known, at - known, None if relative is None else (at * at * relative) ** 0.5))
    return out


def half_away(value):
    return int(math.copysign(math.floor(abs(value) + 0.5), value))


def na_ijl(measures, quarter, minimum):
    """What is still to come per quarter, and the quarters that are provisional."""
    out, provisional = {}, []
    stands = [key[0] for key in measures["naijl_stand"].levels.get(("dagtekening",), {})] if measures["naijl_stand"].rows else []
    if not stands:
        return out, None
    last, until = month_number(max(stands)), int(quarter[:4]) * 12 + int(quarter[6:]) * 3 - 1
    found = triangle(measures["naijl"], last, until)
    if found is None or any(value < 0 for row in found[1] for value in row):
        return out, None
    first, rows = found[0], run_off(found[1])
    cells = measures["naijl"].levels[("maand", "vertraging_maanden", "kwartaal")].items()
    for name in quarters(quarter, 7):
        begin = int(name[:4]) * 12 + int(name[6:]) * 3 - 3
        at = [rows[m - first] if 0 <= m - first < len(rows) else None for m in range(begin, begin + 3)]
        young = any(r[1] is None if r else m >= first for m, r in zip(range(begin, begin + 3), at))
        known = sum(r[0] for r in at if r)
        undated = sum(value for (_, d, k), (value, _) in cells if d == ONBEKEND and k == name)
        part = None
        if all(r and r[1] is not None for r in at) and known > 0 and known >= LEAST_DATED * (known + undated):
            to_come, errors = sum(r[1] for r in at), [r[2] for r in at]
            part = known / (known + to_come)
            out[f"naijl/{name}/nog_te_komen_ct"] = half_away(to_come)
            out[f"naijl/{name}/volledigheid"] = part
            if None not in errors:
                error = sum(errors)
                low, high = to_come - Z95 * error, to_come + Z95 * error
                if to_come > 0:
                    variance = math.log1p((error / to_come) ** 2)
                    middle, half = math.log(to_come) - variance / 2, Z95 * variance ** 0.5
                    lognormal = math.exp(middle - half), math.exp(middle + half)
                    low, high = lognormal if error <= to_come else (low, max(high, lognormal[1]))
                out[f"naijl/{name}/bereik_laag_ct"] = half_away(low)
                out[f"naijl/{name}/bereik_hoog_ct"] = half_away(high)
        elif name == quarter and not young:
            return {}, None
        is_provisional = young or (part is not None and part < minimum)
        out[f"naijl/{name}/voorlopig"] = int(is_provisional)
        if is_provisional:
            provisional.append(name)
    return out, provisional


def split_change(measures, before, after):
    """Volume, price, mix and correction between two quarters, in whole cents; None when a month is absent."""
    for name in (before, after):
        months = {key[1] for key in measures["volledigheid"].levels.get(("maand",), {})}
        begin = int(name[:4]) * 12 + int(name[6:]) * 3 - 3
        if any(f"{m // 12}-{m % 12 + 1:02}" not in months for m in range(begin, begin + 3)):
            return None
    items = {}
    for (code, unit, who, credit, name), (value, _) in measures["verandering"].levels[("productcode", "eenheid", "aanbieder", "is_correctie", "kwartaal")].items():
        if name in (before, after):
            item = items.setdefault((code, "01" if unit == "04" else unit, who), {"a": [0, 0], "v": [0, 0], "c": [0, 0]})
            item["c" if credit == "ja" else "a"][name == after] += value
    for (code, unit, who, name), (value, _) in measures["verandering_volume"].levels[("productcode", "eenheid", "aanbieder", "kwartaal")].items():
        if name in (before, after):
            item = items.setdefault((code, "01" if unit == "04" else unit, who), {"a": [0, 0], "v": [0, 0], "c": [0, 0]})
            item["v"][name == after] += value * (60 if unit == "04" else 1)
    out = dict.fromkeys(("volume", "prijs", "samenstelling", "correctie"), 0)
    for group in {unit for _, unit, _ in items}:
        ours = [item for (_, unit, _), item in items.items() if unit == group]
        amount = [sum(item["a"][at] for item in ours) for at in (0, 1)]
        volume = [sum(item["v"][at] for item in ours) for at in (0, 1)]
        by_volume = by_price = 0
        if volume[0]:
            by_volume = math.floor(fractions.Fraction(amount[0] * (volume[1] - volume[0]), volume[0]) + fractions.Fraction(1, 2))
            for item in ours:
                if item["v"][0] and item["v"][1]:
                    old = fractions.Fraction(item["a"][0] * item["v"][1], item["v"][0])
                    by_price += item["a"][1] - math.floor(old + fractions.Fraction(1, 2))
        out["volume"] += by_volume
        out["prijs"] += by_price
        out["samenstelling"] += amount[1] - amount[0] - by_volume - by_price
        out["correctie"] += sum(item["c"][1] - item["c"][0] for item in ours)
    return {f"verandering/{before}_{after}/{name}_ct": value for name, value in out.items()}


def derived(measures, quarter, minimum):
    """Everything of `derived` in the manifest, in plain Python from what DuckDB gave."""
    out, provisional = na_ijl(measures, quarter, minimum)
    after = quarter
    if provisional and quarter in provisional:
        after = next((name for name in reversed(quarters(quarter, 7)) if name not in provisional), None)
    if after and measures["verandering"].rows:
        for back in (1, 4):
            before = quarters(after, back)[0]
            out.update(split_change(measures, before, after) or {})
    return out


def compare(ours, theirs):
    names = sorted(set(ours) | set(theirs))
    return [f"derived {n}: the report says {theirs.get(n)}, recomputed {ours.get(n)}" for n in names if n not in ours or n not in theirs or abs(ours[n] - theirs[n]) > 1e-9 * max(1.0, abs(ours[n]))]
