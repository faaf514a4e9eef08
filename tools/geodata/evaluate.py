"""Measures the committed layer against the reference data: the tables of GeoData/SOURCES.md. See `evaluate`."""

import argparse
import collections
import re
import sys
from pathlib import Path

import numpy
import shapely

import measures
from common import COUNTRIES, GEODATA, NETWORK, ROOT, TABLES, DataError, read_features, read_table
from localities import read_totals
from measures import REACHES

SOURCES = GEODATA / "SOURCES.md"
WRONG = {10: 3.0, 30: 3.0}                   # points above which a département is named with the reason
GRID_PLATFORMS = {"PT": 40, "CH": 30}        # random inhabited cells
GRID_SETS = 30


def table(header, rows, numeric_from=1):
    """A Markdown table, numbers to the right."""
    rule = ["---" if column < numeric_from else "---:" for column in range(len(header))]
    lines = [header, rule, *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def percent(value, total):
    """The error of a sum against its total, signed, in percent."""
    return f"{100 * (value / total - 1):+.1f} %"


def thousands(value):
    return f"{value:,.0f}"


class Committed:
    """GeoData as it stands."""

    def __init__(self):
        self.totals = read_totals()
        self.areas = {properties["code"]: (properties, geometry) for properties, geometry in
                      read_features(GEODATA / "areas" / "admin1.geojson")}
        self.all_listed, self.listed = collections.Counter(), collections.Counter()
        self.countries_all, self.countries_listed, self.sections = (collections.Counter() for _ in range(3))
        self.places = collections.Counter()
        for country in COUNTRIES:
            for row in read_table(GEODATA / "localities" / f"{country}.csv"):
                people = int(row["population"])
                self.places[country] += 1
                self.countries_all[country] += people
                self.all_listed[row["area"]] += people
                if row["section_of"]:
                    self.sections[country] += 1
                else:
                    self.countries_listed[country] += people
                    self.listed[row["area"]] += people
        self.layers = {country: measures.layer(country) for country in NETWORK}
        self.sums = collections.Counter()
        for layer in self.layers.values():
            for area, people in zip(layer.area, layer.people):
                self.sums[str(area)] += int(people)


def country_table(data):
    """Per country: the gazetteer before and after the sections are removed, and the layer."""
    rows = []
    for country in COUNTRIES:
        total = data.totals[country]
        areas = sum(value for code, value in data.totals.items() if code.startswith(country + "-"))
        layer = sum(value for code, value in data.sums.items() if code.startswith(country + "-"))
        rows.append([country, thousands(total), data.places[country], data.sections[country],
                     percent(data.countries_all[country], total), percent(data.countries_listed[country], total),
                     percent(layer, total) if country in NETWORK else "",
                     percent(layer, areas) if country in NETWORK else ""])
    return table(["country", "official people", "localities", "sections", "all listed", "without sections",
                  "layer, to the country", "layer, to its areas"], rows)


def area_table(data):
    """Every area of the network countries: listed before and after, and the layer, against the official total."""
    rows = []
    for code in sorted(code for code in data.totals if len(code) > 2):
        total = data.totals[code]
        rows.append([code, data.areas[code][0]["name"], thousands(total), percent(data.all_listed[code], total),
                     percent(data.listed[code], total), percent(data.sums[code], total)])
    return table(["area", "name", "official people", "all listed", "without sections", "layer"], rows, 2)


def listed_only(country):
    """The localities without sections, as the gazetteer has them."""
    rows = [row for row in read_table(GEODATA / "localities" / f"{country}.csv") if not row["section_of"]]
    return measures.People([row["area"] for row in rows], [row["lat"] for row in rows], [row["lon"] for row in rows],
                           [row["population"] for row in rows])


def describe(values):
    """count, median, mean, p90, worst as text."""
    count, *figures = measures.summary(values)
    return [count, *(f"{figure:.2f}" for figure in figures)]


def compare(truth, layer, areas, sets):
    """{reach: (sets x areas) of the true share, and of the layer's}."""
    true = [measures.shares(truth, areas, platforms) for platforms in sets]
    made = [measures.shares(layer, areas, platforms) for platforms in sets]
    return {reach: (numpy.array([shares[reach] for shares in true]), numpy.array([shares[reach] for shares in made]))
            for reach in REACHES}


def summary_rows(title, comparison):
    """Rows for a comparison: over all pairs of set and area, and over those that are not trivial."""
    rows = []
    for reach, (true, made) in comparison.items():
        error = numpy.abs(made - true)
        kept = ~measures.trivial(true, made)
        rows.append([title, f"{reach} km", "not trivial", *describe(error[kept])])
        rows.append([title, f"{reach} km", "all", *describe(error.ravel())])
    return rows


SUMMARY_HEADER = ["layer and platforms", "reach", "pairs", "count", "median", "mean", "p90", "worst"]


def france(data, reference):
    """Tables of the error by département: summary, départements, and those that stay wrong."""
    truth = measures.communes(reference)
    areas = sorted(set(truth.area))
    lat, lon, source = measures.network(reference)
    here = [measures.chord(lat, lon)]
    layer, bare = data.layers["FR"], listed_only("FR")
    network = compare(truth, layer, areas, here)
    draws = [measures.random_platforms(truth, seed) for seed in range(measures.RANDOM_SETS)]
    rows = summary_rows(f"layer, network ({len(lat)} located platforms of {source})", network)
    rows += summary_rows("listed localities only, network", compare(truth, bare, areas, here))
    drawn = compare(truth, layer, areas, draws)
    title = f"{measures.RANDOM_SETS} draws of {measures.RANDOM_PLATFORMS} communes"
    rows += summary_rows(f"layer, {title}", drawn)
    rows += summary_rows(f"listed localities only, {title}", compare(truth, bare, areas, draws))
    summary = table(SUMMARY_HEADER, rows, 3)

    reasons = {(row["area"], int(row["reach"])): row["reason"] for row in read_table(TABLES / "reasons.csv")}
    lines, wrong = [], []
    for position, code in enumerate(areas):
        cells, shown = [str(code), data.areas[str(code)][0]["name"]], False
        for reach in REACHES:
            true, made = (float(values[0][position]) for values in network[reach])
            average = float(numpy.abs(drawn[reach][1] - drawn[reach][0])[:, position].mean())
            cells += [f"{true:.1f}", f"{made:.1f}", f"{made - true:+.1f}", f"{average:.1f}"]
            shown = True
            if abs(made - true) >= WRONG[reach]:
                reason = reasons.get((str(code), reach), "not analysed")
                wrong.append([str(code), data.areas[str(code)][0]["name"], f"{reach} km", f"{true:.1f}",
                              f"{made:.1f}", f"{made - true:+.1f}", reason])
        if shown:
            lines.append(cells)
    departments = table(["area", "name"] + [f"{what}, {reach} km" for reach in REACHES for what in
                                            ("true", "layer", "error", "mean error, draws")], lines, 2)
    wrong.sort(key=lambda row: -abs(float(row[5])))
    return summary, departments, table(["area", "name", "reach", "true", "layer", "error", "why"], wrong, 3)


def grids(data, reference):
    """Table of the error against the Eurostat census grid of Portugal and Switzerland."""
    lat, lon, _ = measures.network(reference)
    rows = []
    for country in GRID_PLATFORMS:
        shapes = {code: geometry for code, (properties, geometry) in data.areas.items()
                  if properties["country"] == country}
        grid_lat, grid_lon, people = measures.census_grid(reference, country)
        inside = numpy.full(len(people), "", dtype="U8")
        for code, shape in shapes.items():
            shapely.prepare(shape)
            inside[shapely.contains_xy(shape, grid_lon, grid_lat)] = code
        truth = measures.People(inside, grid_lat, grid_lon, people).only(inside != "")
        areas = sorted(shapes)
        bare = listed_only(country)
        sets = []
        for seed in range(GRID_SETS):
            chosen = numpy.random.default_rng(seed).choice(len(truth.people), GRID_PLATFORMS[country], replace=False)
            sets.append(truth.xyz[chosen])
        here = [measures.chord(lat, lon)]
        rows += summary_rows(f"{country}: layer, network", compare(truth, data.layers[country], areas, here))
        title = f"{GRID_SETS} draws of {GRID_PLATFORMS[country]} cells"
        rows += summary_rows(f"{country}: layer, {title}", compare(truth, data.layers[country], areas, sets))
        rows += summary_rows(f"{country}: listed localities only, {title}", compare(truth, bare, areas, sets))
    return table(SUMMARY_HEADER, rows, 3)


def rewrite(tables):
    """Puts the tables between their marks in SOURCES.md."""
    text = SOURCES.read_text(encoding="utf-8")
    for name, body in tables.items():
        pattern = re.compile(rf"(<!-- table: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        if not pattern.search(text):
            raise DataError(f"{SOURCES}: no marks <!-- table: {name} --> and <!-- end -->")
        text = pattern.sub(lambda match: match.group(1) + body + "\n" + match.group(2), text)
    SOURCES.write_text(text, encoding="utf-8", newline="")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="rewrite the tables of GeoData/SOURCES.md")
    parser.add_argument("reference", nargs="?", default=ROOT.parent / "shared" / "data", type=Path)
    options = parser.parse_args()
    if not (options.reference / "population").is_dir():
        print(f"{options.reference}: no reference data there; expected a folder `population`", file=sys.stderr)
        return 66
    data = Committed()
    tables = {"countries": country_table(data), "areas": area_table(data)}
    tables["summary"], tables["departments"], tables["wrong"] = france(data, options.reference)
    tables["grids"] = grids(data, options.reference)
    if options.write:
        rewrite(tables)
    else:
        for name, body in tables.items():
            print(f"## {name}\n\n{body}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
