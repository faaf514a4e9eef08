"""What the layer is measured by: the share of people within reach of the nearest platform.

Distances are chords of the WGS 84 ellipsoid: within 50 km they equal the geodesic to a few millimetres.
"""

import csv
import gzip
import math
from pathlib import Path

import numpy
from scipy.spatial import cKDTree

from common import GEODATA, read_table

REACHES = (10, 30)                          # km
RANDOM_SETS = 10
RANDOM_PLATFORMS = 200


def chord(lat, lon):
    """Points of the WGS 84 ellipsoid, in kilometres."""
    a, f = 6378.137, 1 / 298.257223563
    e2 = f * (2 - f)
    lat, lon = numpy.radians(numpy.asarray(lat, float)), numpy.radians(numpy.asarray(lon, float))
    n = a / numpy.sqrt(1 - e2 * numpy.sin(lat) ** 2)
    return numpy.stack([n * numpy.cos(lat) * numpy.cos(lon), n * numpy.cos(lat) * numpy.sin(lon),
                        n * (1 - e2) * numpy.sin(lat)], axis=-1)


class People:
    """Points with people, each of an area."""

    def __init__(self, area, lat, lon, people):
        self.area = numpy.asarray(area)
        self.lat, self.lon = numpy.asarray(lat, float), numpy.asarray(lon, float)
        self.people = numpy.asarray(people, float)
        self.xyz = chord(self.lat, self.lon)

    def only(self, keep):
        """Those for which `keep` is true."""
        return People(self.area[keep], self.lat[keep], self.lon[keep], self.people[keep])


def layer(country):
    """The committed layer of a country."""
    rows = read_table(GEODATA / "population" / "indicative" / f"{country}.csv")
    return People([row["area"] for row in rows], [row["lat"] for row in rows], [row["lon"] for row in rows],
                  [row["people"] for row in rows])


def communes(reference):
    """INSEE/IGN communes."""
    rows = read_table(Path(reference) / "population" / "communes_fr.csv")
    rows = [row for row in rows if row["population"] and row["lat"]]
    return People(["FR-75C" if row["dep"] == "75" else "FR-" + row["dep"] for row in rows],
                  [row["lat"] for row in rows], [row["lon"] for row in rows], [row["population"] for row in rows])


def census_grid(reference, country):
    """Centres of the cells of the Eurostat census grid 2021 and their people: (lat, lon, people)."""
    path = Path(reference) / "population" / f"census2021_1km_{country}.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["T"] and float(row["T"]) > 0]
    return (numpy.array([float(row["lat_center"]) for row in rows]),
            numpy.array([float(row["lon_center"]) for row in rows]), numpy.array([float(row["T"]) for row in rows]))


def network(reference):
    """Located platforms: those of GeoData/network, else of the reference data. Returns (lat, lon, where from)."""
    path = GEODATA / "network" / "platforms.csv"
    if path.exists():
        rows = [row for row in read_table(path) if row["lat"] and row["lon"]]
        source = "GeoData/network/platforms.csv"
    else:
        folder = Path(reference) / "network"
        rows = [row for name in ("network_2009.csv", "network_later.csv") for row in read_table(folder / name)
                if row["lat"] and row["lon"]]
        source = "the reference network"
    return [float(row["lat"]) for row in rows], [float(row["lon"]) for row in rows], source


def shares(points, areas, platforms):
    """{reach: share in percent of each area's people within reach of the nearest platform}."""
    index = {code: position for position, code in enumerate(areas)}
    position = numpy.array([index.get(code, -1) for code in points.area])
    distance, _ = cKDTree(platforms).query(points.xyz)
    keep = position >= 0
    total = numpy.bincount(position[keep], points.people[keep], len(areas))
    result = {}
    for reach in REACHES:
        inside = keep & (distance <= reach)
        within = numpy.bincount(position[inside], points.people[inside], len(areas))
        result[reach] = 100 * within / numpy.maximum(total, 1)
    return result


def random_platforms(truth, seed):
    """RANDOM_PLATFORMS points of the truth, drawn without regard to their people."""
    chosen = numpy.random.default_rng(seed).choice(len(truth.people), RANDOM_PLATFORMS, replace=False)
    return truth.xyz[chosen]


def trivial(a, b):
    """Where both shares are 0, or both are 100, to a hundredth of a point."""
    return ((a < 0.01) & (b < 0.01)) | ((a > 99.99) & (b > 99.99))


def summary(errors):
    """count, median, mean, 90th percentile, worst."""
    errors = numpy.sort(numpy.asarray(errors))
    if len(errors) == 0:
        return (0, math.nan, math.nan, math.nan, math.nan)
    return (len(errors), float(numpy.median(errors)), float(errors.mean()), float(numpy.percentile(errors, 90)),
            float(errors[-1]))
