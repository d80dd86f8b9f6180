"""The gemeenten against each other, computed again: whole numbers for the test, plain sums for the rest.

Formulas: docs/METHODS.md. Nothing here is taken from the program; the counts come from DuckDB.
"""

import math
from fractions import Fraction

LEVEL = ("gemeente", "is_vrije_keuze", "kwartaal")
Z = {"95%": 1.959963984540054, "99,8%": 3.0902323061678135}
TAIL = {"95%": Fraction(25, 1000), "99,8%": Fraction(1, 1000)}


def tails(count, elsewhere, n, others):
    """P(X <= count) and P(X >= count) of a binomial, exact: every term is a whole number over (n + others)^total."""
    total = count + elsewhere
    term = [math.comb(total, i) * n**i * others ** (total - i) for i in range(total + 1)]
    whole = (n + others) ** total
    return Fraction(sum(term[: count + 1]), whole), Fraction(sum(term[count:]), whole)


def name_of(lower, upper):
    for name in ("99,8%", "95%"):
        if min(lower, upper) < TAIL[name]:
            return name
    return "binnen"


def widened_name(count, expected, tau2):
    """The level by limits widened on the root scale."""
    spread = math.sqrt(0.25 / expected + tau2)
    for name in ("99,8%", "95%"):
        low = max(1 - Z[name] * spread, 0) ** 2 * expected
        if count < low or count > (1 + Z[name] * spread) ** 2 * expected:
            return name
    return "binnen"


def level(index, units, widened):
    """Level of one unit among (count, n) of all."""
    count, n = units[index]
    elsewhere = sum(c for c, _ in units) - count
    others = sum(m for _, m in units) - n
    exact = name_of(*tails(count, elsewhere, n, others))
    if widened is None or elsewhere == 0:
        return exact
    order = ["binnen", "95%", "99,8%"]
    return min(exact, widened_name(count, n * elsewhere / others, widened), key=order.index)


def poisson_limit(count, tail, is_lower):
    """Garwood: the mean at which count or more (or at most count) is as rare as the tail."""
    if is_lower and count == 0:
        return 0.0
    below = count - 1 if is_lower else count
    low, high = 0.0, 10.0 * count + 20.0
    for _ in range(200):
        mean = (low + high) / 2
        cdf = math.fsum(math.exp(i * math.log(mean) - mean - math.lgamma(i + 1)) for i in range(below + 1)) if mean else 1.0
        if cdf > (1 - tail if is_lower else tail):
            low = mean
        else:
            high = mean
    return (low + high) / 2


def chi_square_upper(x, degrees):
    """P(chi-square >= x), by the finite sums for even and odd degrees of freedom."""
    half = x / 2
    if degrees % 2 == 0:
        return math.exp(-half) * math.fsum(half**i / math.factorial(i) for i in range(degrees // 2))
    steps = range(1, (degrees - 1) // 2 + 1)
    return math.erfc(math.sqrt(half)) + math.exp(-half) * math.fsum(half ** (i - 0.5) / math.gamma(i + 0.5) for i in steps)


def quantile(values, p):
    values = sorted(values)
    h = (len(values) - 1) * p
    low = math.floor(h)
    high = min(low + 1, len(values) - 1)
    return values[low] + (h - low) * (values[high] - values[low])


def spread(units):
    """phi, tau2, p and what is decided, around the rate of all together."""
    total, children = sum(c for c, _ in units), sum(n for _, n in units)
    expected = [n * total / children for _, n in units]
    p = chi_square_upper(math.fsum((c - e) ** 2 / e for (c, _), e in zip(units, expected)), len(units) - 1)
    z = [2 * (math.sqrt(c) - math.sqrt(e)) for (c, _), e in zip(units, expected)]
    low, high = quantile(z, 0.1), quantile(z, 0.9)
    phi = math.fsum(min(max(one, low), high) ** 2 for one in z) / len(z)
    weights = [4 * e for e in expected]
    excess = len(z) * phi - (len(z) - 1)
    tau2 = max(excess, 0) / (sum(weights) - math.fsum(w * w for w in weights) / sum(weights))
    decision = "te weinig gemeenten" if len(units) < 10 else "verbreed" if p < 0.05 and tau2 > 0 else "niet nodig"
    return {"phi": phi, "tau2": tau2, "p": p, "besluit": decision, "per_10000": total * 1e4 / children}


def exact_range(elsewhere, n, others):
    """Counts of this unit, beside what the others counted, with both tails at 2.5% or more."""
    low = 0
    while tails(low, elsewhere, n, others)[0] < TAIL["95%"]:
        low += 1
    high = low
    while tails(high + 1, elsewhere, n, others)[1] >= TAIL["95%"]:
        high += 1
    return low, high


def judge_one(index, units, free, widened, codes, small):
    count, n = units[index]
    elsewhere = sum(c for c, _ in units) - count
    others = sum(m for _, m in units) - n
    lower, upper = tails(count, elsewhere, n, others)
    expected = n * elsewhere / others
    low, high = exact_range(elsewhere, n, others)
    if widened is not None and expected > 0:
        spread_of = Z["95%"] * math.sqrt(0.25 / expected + widened)
        low = min(low, math.ceil(max(1 - spread_of, 0) ** 2 * expected))
        high = max(high, math.floor((1 + spread_of) ** 2 * expected))
    own = level(index, units, widened)
    far = [i for i in range(len(units)) if i != index and level(i, units, widened) == "99,8%"]
    kept = [unit for i, unit in enumerate(units) if i not in far]
    alone = own != "binnen" and far and len(kept) > 1
    is_within = alone and level(kept.index(units[index]), kept, widened) == "binnen"
    return {
        "aantal": count,
        "vrije_keuze": free[index],
        "jeugdigen": n,
        "per_10000": count * 1e4 / n,
        "ondergrens": poisson_limit(count, 0.025, True) * 1e4 / n,
        "bovengrens": poisson_limit(count, 0.025, False) * 1e4 / n,
        "elders_per_10000": elsewhere * 1e4 / others,
        "verwacht": expected,
        "kans_zo_weinig": float(lower),
        "kans_zo_veel": float(upper),
        "bereik": [low, high],
        "grens": own,
        "binnen_zonder": [codes[i] for i in far] if is_within else [],
        "is_klein": count < small or expected < 5,
    }


def judge(cells, jeugdigen, quarter, wanted, small):
    """Address -> judgement over the wanted quarters; empty when there is nothing to compare."""
    known = sorted({key[2] for key in cells} & set(wanted))
    if not known or known[-1] != quarter:
        return {}
    codes, units, free = [], [], []
    for code, years in jeugdigen.items():
        years = {year: n for year, n in years.items() if year <= int(quarter[:4])}
        n = years[max(years)] if years else 0
        if n:
            of = lambda choice: sum(cells.get((code, choice, one), (0, None))[0] for one in known)
            codes, units, free = codes + [code], units + [(of("nee"), n)], free + [of("ja")]
    if len(units) < 2 or not sum(count for count, _ in units):
        return {}
    period = known[-1] if len(known) == 1 else f"{known[0]}_{known[-1]}"
    around = spread(units)
    widened = around["tau2"] if around["besluit"] == "verbreed" else None
    out = {f"maatwerk_oordeel/{code}/{period}": judge_one(i, units, free, widened, codes, small) for i, code in enumerate(codes)}
    out[f"maatwerk_oordeel/totaal/{period}"] = around | {"kwartalen": known}
    return out


def equal(ours, theirs):
    if isinstance(ours, float) or isinstance(theirs, float):
        return abs(ours - theirs) <= 1e-8 * max(1e-3, abs(ours))
    return sorted(ours) == sorted(theirs) if isinstance(ours, list) and ours and isinstance(ours[0], str) else ours == theirs


def compare(measure, manifest, jeugdigen, quarter, four, small):
    """Differences between what was judged here and what the report says, in words."""
    ours = {}
    if measure.rows is not None:
        cells = measure.levels[LEVEL]
        year = judge(cells, jeugdigen, quarter, four, small)
        # A register of one quarter is judged once.
        alone = judge(cells, jeugdigen, quarter, [quarter], small)
        ours = alone | year if any("_2" in address.rsplit("/", 1)[1] for address in year) else year
    theirs = {key: one for key, one in manifest["judged"].items() if key.startswith("maatwerk_oordeel/")}
    out = [f"{address}: judged by one of the two only" for address in sorted(set(ours) ^ set(theirs))]
    for address in sorted(set(ours) & set(theirs)):
        for name in sorted(set(ours[address]) | set(theirs[address])):
            mine, told = ours[address].get(name), theirs[address].get(name)
            if mine is None or told is None or not equal(mine, told):
                out.append(f"{address} {name}: the report says {told}, here {mine}")
    return out, len(ours)
