"""The judged unit prices of a report a second time, in plain Python, from the figures of its manifest.

Middle, modified z on the logarithm, fixed tariff, slips of the comma and euros of every price under `prices`.
"""

import math

TOTAAL = "totaal"


LEAST_DIFFERENCE = 0.01


def unescaped(part):
    return part.replace("%2F", "/").replace("%25", "%")


def middle(values):
    """Median; with an even number the mean of the two in the middle."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def comma(price, usual):
    """Places the comma moved when a price is about ten, a hundred or a thousand times the usual, or that part of it."""
    for places in (-3, -2, -1, 1, 2, 3):
        if usual * 10.0 ** places / 1.25 <= price <= usual * 10.0 ** places * 1.25:
            return places
    return None


def price_groups(figures, quarter):
    """Product and unit → (aanbieder, price in whole cents) → amount and volume, for what has no regional tariff."""
    with_tariff, groups = set(), {}
    for address in figures:
        parts = [unescaped(part) for part in address.split("/")]
        if parts[0] == "kosten_met_tarief" and parts[4] == quarter and TOTAAL not in parts[1:4]:
            with_tariff.add((parts[2], parts[3]))
    for address, figure in figures.items():
        parts = [unescaped(part) for part in address.split("/")]
        if parts[0] != "prijs_per_aanbieder" or TOTAAL in parts[1:5] or (parts[1], parts[2]) in with_tariff:
            continue
        other = address.replace("prijs_per_aanbieder/", "prijs_per_aanbieder_volume/", 1)
        amount, volume = figure["value"], figures[other.rsplit("/", 1)[0] + "/volume_milli"]["value"]
        price = max(1, (2000 * amount + volume) // (2 * volume))
        sums = groups.setdefault((parts[1], parts[2]), {}).setdefault((parts[4], price), [0, 0])
        sums[0], sums[1] = sums[0] + amount, sums[1] + volume
    return groups


def judged_prices(observed, limits, tolerance):
    """What is said of each price of a group: comparison, middle, and per price z, verdict and difference."""
    keys = sorted(observed)
    prices = [price for _, price in keys]
    logs = [math.log(price) for price in prices]
    centre = middle(logs)
    spread = middle([abs(value - centre) for value in logs])
    fixed = spread == 0
    usual = max(set(prices), key=prices.count) if fixed else math.exp(centre)
    alone = len({aanbieder for aanbieder, _ in keys}) == 1
    kind = "een aanbieder" if alone else "vast tarief" if fixed else "spreiding"
    out = []
    for key, log in zip(keys, logs):
        z = None if fixed else 0.6745 * (log - centre) / spread
        off = abs(key[1] - usual) > tolerance
        verdict = "gewoon"
        if comma(key[1], usual) is not None:
            verdict = f"komma {comma(key[1], usual)}"
        elif off and not alone and (fixed or abs(z) > limits["uitschieter_z"]["waarde"] and abs(key[1] / usual - 1) >= LEAST_DIFFERENCE):
            verdict = "opvallend"
        amount, volume = observed[key]
        out.append((key, z, verdict, amount - usual * volume / 1000))
    return kind, usual, out


def near(ours, theirs):
    if ours is None or theirs is None:
        return ours is theirs
    return abs(ours - theirs) <= 1e-9 * max(1.0, abs(ours))


def compare(manifest, region, quarter):
    """Every judged price again, from the figures of the report alone."""
    limits, tolerance = region["drempels"], region["kosten"]["tarief_tolerantie_ct"]["waarde"]
    told = {(group["productcode"], group["eenheid"]): group for group in manifest["prices"]}
    groups = price_groups(manifest["figures"], quarter)
    groups = {key: group for key, group in groups.items() if len(group) >= limits["uitschieter_min_n"]["waarde"]}
    wrong, n = [], 0
    for key in sorted(set(told) ^ set(groups)):
        wrong.append(f"prices {key}: {'only in the report' if key in told else 'not in the report'}")
    for key in sorted(set(told) & set(groups)):
        kind, usual, ours = judged_prices(groups[key], limits, tolerance)
        group = told[key]
        if kind != group["vergelijking"] or not near(usual, group["midden_ct"]):
            wrong.append(f"prices {key}: {kind} {usual}, the report says {group['vergelijking']} {group['midden_ct']}")
        theirs = {(price["aanbieder"], price["prijs_ct"]): price for price in group["prijzen"]}
        for price_key, z, verdict, difference in ours:
            n += 1
            price = theirs.pop(price_key, None)
            if price is None or not near(z, price["z"]) or verdict != price["oordeel"]:
                wrong.append(f"prices {key} {price_key}: z {z}, {verdict}; the report says {price}")
            elif abs(difference - price["verschil_ct"]) > 0.5 + 1e-6 * abs(difference):
                wrong.append(f"prices {key} {price_key}: {difference} cents, the report says {price['verschil_ct']}")
        wrong += [f"prices {key} {extra}: only in the report" for extra in theirs]
    return wrong, n
