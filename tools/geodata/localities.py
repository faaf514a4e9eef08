"""Step 2: the gazetteer, one file per country: its leaf area, the town it is a section of, its other names.

Areas. A locality lies in the polygon that contains it, else in the nearest one within 5 km. The polygons are coarse:
tables/locality_areas.csv corrects by hand, and GeoNames' own first-level code prevails where it names another area
within 5 km.

Names. GeoNames names great towns in English. See `local_names`.

Sections. The gazetteer lists boroughs and quarters beside their towns. See `find_sections`.
"""

import collections
import math
import re

import numpy
import shapely
from scipy.spatial import cKDTree

from common import (COUNTRIES, GEODATA, OVERSEAS, TABLES, DataError, fold, read_cities, read_features, read_table,
                    write_table)

TOLERANCE = 5000.0            # metres
EARTH = 6371008.8

# Sections: a town is taken for a disc of this many people per square metre; distances are counted in its radii.
TOWN_DENSITY = 4000 / 1e6
# GeoNames numbered most boroughs and quarters after its first loads of municipalities.
RECENT_ID = {"FR": (6_660_000, 99_999_999), "CH": (6_290_000, 6_300_000), "PT": (6_900_000, 99_999_999)}
RECENT_ID_ELSEWHERE = (6_500_000, 99_999_999)
RECENT_REACH = 1.5            # radii within which a recent id is a section
OLD_REACH = 0.25              # the same for an old id
CALIBRATED_REACH = 1.2        # radii within which an overfull area may take an old id for a section,
COUNTRY_REACH = 2.0           # and an overfull country whose areas have no totals
CALIBRATED_SHARE = 0.4        # the most people such a section may have, by those of its town
GREAT_TOWN_SHARE = 0.12       # its town has this share of the area's people,
GREAT_TOWN = 300_000          # or this many people,
COUNTRY_TOWN = 20_000         # or this many where only the country has a total
NO_TOWN = ("hand", "twin", "name", "recent")
OVERFULL = 1.03               # an area is overfull above this share of its official total
TWIN_DISTANCE = 5000.0        # metres between two entries of one name that are the same place
SECTION_WORDS = re.compile(
    r"\b(\d+e arrondissement|arrondissement|circoscrizione|circoiscrizione|municipio [ivx]+|kreis \d+|"
    r"quartiere|bezirk)\b")


class Locality:
    """A GeoNames record with what the step finds out about it."""

    __slots__ = ("id", "name", "file", "lat", "lon", "population", "timezone", "admin1", "alternates", "area",
                 "section_of", "reason", "xyz")

    def __init__(self, record):
        self.id = record["geonameid"]
        self.name = record["name"].strip()
        self.file = "FR" if record["countrycode"] in OVERSEAS else record["countrycode"]
        self.lat, self.lon = record["latitude"], record["longitude"]
        self.population = record["population"]
        self.timezone = record["timezone"]
        self.admin1 = (record["countrycode"], record["admin1code"])
        self.alternates = alternates(record)
        self.area = self.section_of = self.reason = None
        cosine = math.cos(math.radians(self.lat))
        self.xyz = (EARTH * cosine * math.cos(math.radians(self.lon)),
                    EARTH * cosine * math.sin(math.radians(self.lon)), EARTH * math.sin(math.radians(self.lat)))


def latin(character):
    """Whether a character is of the Latin script or is punctuation that goes with it."""
    return ord(character) <= 0x24F or 0x1E00 <= ord(character) <= 0x1EFF or character in "’ʻʼ–—‘“”„"


def alternates(record):
    """Other names in Latin script, one spelling of each, without codes and lower-case transliterations."""
    seen, kept = {fold(record["name"])}, []
    for name in record["alternatenames"]:
        name = " ".join(name.split()).replace("|", " ")
        key = fold(name)
        if (not key or key in seen or re.fullmatch(r"[A-Z0-9 ]{1,6}", name) or not any(c.isupper() for c in name)
                or not all(latin(c) for c in name)):
            continue
        seen.add(key)
        kept.append(name)
    return sorted(kept)


def metres_to(geometry, locality):
    """Distance from a locality to a geometry, on the plane tangent at the locality."""
    shrink = math.cos(math.radians(locality.lat))
    plane = shapely.transform(geometry, lambda xy: (xy - (locality.lon, locality.lat)) * (shrink, 1))
    return shapely.distance(plane, shapely.Point(0, 0)) * math.radians(1) * EARTH


class Areas:
    """The leaf areas of a country, and those within 5 km of a locality."""

    def __init__(self, features):
        self.codes = [properties["code"] for properties, _ in features]
        self.shapes = [geometry for _, geometry in features]
        self.tree = shapely.STRtree(self.shapes)

    def near(self, locality):
        """[(metres, code)] of the areas within TOLERANCE, nearest first; 0 where it lies inside."""
        reach = math.degrees(TOLERANCE / EARTH) * 1.01
        east = reach / math.cos(math.radians(locality.lat))
        box = shapely.box(locality.lon - east, locality.lat - reach, locality.lon + east, locality.lat + reach)
        found = []
        for index in self.tree.query(box, predicate="intersects"):
            clipped = shapely.intersection(self.shapes[index], box)
            distance = metres_to(clipped, locality)
            if distance <= TOLERANCE:
                found.append((distance, self.codes[index]))
        return sorted(found)


def assign_areas(localities, areas):
    """Containing or nearest area, then GeoNames' first-level code where it says otherwise. Returns the moved ones."""
    near = {}
    by_id = {locality.id: locality for locality in localities}
    votes = collections.defaultdict(collections.Counter)
    for locality in localities:
        near[locality.id] = areas.near(locality) if areas else []
        if near[locality.id]:
            locality.area = near[locality.id][0][1]
            votes[locality.area][locality.admin1] += 1
    admin1_of = {code: counts.most_common(1)[0][0] for code, counts in votes.items()
                 if counts.most_common(1)[0][1] * 3 > 2 * counts.total()}
    for row in read_table(TABLES / "locality_areas.csv"):
        locality = by_id.get(int(row["id"]))
        if locality is None:
            continue
        if row["area"] not in areas.codes:
            raise DataError(f"{TABLES / 'locality_areas.csv'}:{row['line']}: no leaf area {row['area']}")
        locality.area = row["area"]
        near[locality.id] = []
    moved = []
    for locality in localities:
        if locality.area and admin1_of.get(locality.area, locality.admin1) != locality.admin1:
            for _, code in near[locality.id][1:]:
                if admin1_of.get(code) == locality.admin1:
                    moved.append((locality, locality.area, code))
                    locality.area = code
                    break
    return moved


def mark(locality, town, reason):
    """Records that a locality is a section of a town."""
    locality.section_of, locality.reason = town, reason


def find_sections(country, localities, totals):
    """Marks sections, most certain first.

    1. tables/sections.csv, by hand: sections, and names of several communes together (new towns).
    2. Entries of one name and nearly one place: the less populous is the twin of the other.
    3. Names that begin with the name of a greater town near by and a number, or that say what they are.
    4. Ids given later than those of the municipalities, within RECENT_REACH radii of a greater town.
    5. Old ids within OLD_REACH radii.
    6. Where an area (or the country, if its areas have no totals) still lists more people than its official total:
       old ids within CALIBRATED_REACH radii of a great town of the same area, the nearest first, until it does not.
    """
    by_id = {locality.id: locality for locality in localities}
    for row in read_table(TABLES / "sections.csv"):
        if row["country"] != country:
            continue
        if int(row["id"]) not in by_id or (row["section_of"] and int(row["section_of"]) not in by_id):
            raise DataError(f"{TABLES / 'sections.csv'}:{row['line']}: no such locality in {country}")
        locality = by_id[int(row["id"])]
        locality.reason = "hand"
        locality.section_of = by_id[int(row["section_of"])] if row["section_of"] else None

    coordinates = numpy.array([locality.xyz for locality in localities])
    people = numpy.array([locality.population for locality in localities], dtype=float)
    radius = numpy.sqrt(people / math.pi / TOWN_DENSITY)
    tree = cKDTree(coordinates)
    order = sorted(range(len(localities)), key=lambda i: (-people[i], localities[i].id))
    widest = radius.max() if len(localities) else 0.0

    names = [{fold(locality.name)} | {fold(name) for name in locality.alternates} for locality in localities]
    rank = {index: position for position, index in enumerate(order)}
    for index in order:
        for other in tree.query_ball_point(coordinates[index], TWIN_DISTANCE):
            twin = localities[other]
            if rank[other] > rank[index] and not twin.reason and not localities[index].section_of:
                same = fold(localities[index].name) in names[other] and fold(twin.name) in names[index]
                if same or fold(twin.name) == fold(localities[index].name):
                    mark(twin, localities[index], "twin")

    first, last = RECENT_ID.get(country, RECENT_ID_ELSEWHERE)
    candidates = []
    for index in order:
        locality = localities[index]
        if locality.reason:
            continue
        best = None
        for other in tree.query_ball_point(coordinates[index], widest * RECENT_REACH):
            town = localities[other]
            if people[other] <= 1.05 * people[index] or town.reason in NO_TOWN:
                continue
            distance = float(numpy.linalg.norm(coordinates[index] - coordinates[other]))
            z = distance / radius[other]
            if best is None or z < best[0]:
                best = (z, town)
        if best is None:
            continue
        z, town = best
        key, town_key = fold(locality.name), fold(town.name)
        numbered = re.match(re.escape(town_key) + r" (kreis )?\d", key)
        if z < 3 and (numbered or SECTION_WORDS.search(key)):
            mark(locality, town, "name")
        elif first <= locality.id < last and z < RECENT_REACH:
            mark(locality, town, "recent")
        elif z < OLD_REACH:
            mark(locality, town, "inside")
        elif z < COUNTRY_REACH:
            candidates.append((z, locality.id, locality, town))
    return sorted(candidates, key=lambda candidate: candidate[:2])


def calibrate(country, localities, candidates, totals):
    """Rule 6 of `find_sections`."""
    by_area = any(code[:2] == country and len(code) > 2 for code in totals)
    listed = collections.Counter()
    for locality in localities:
        if not locality.section_of:
            listed[locality.area if by_area else country] += locality.population
    for z, _, locality, town in candidates:
        key = locality.area if by_area else country
        if (key not in totals or listed[key] <= OVERFULL * totals[key] or town.section_of
                or locality.population > CALIBRATED_SHARE * town.population):
            continue
        great = town.population >= GREAT_TOWN or town.population >= GREAT_TOWN_SHARE * totals[key]
        if by_area:
            plausible = town.area == locality.area and z < CALIBRATED_REACH and great
        else:
            plausible = great or town.population >= COUNTRY_TOWN
        if plausible:
            mark(locality, town, "overfull")
            listed[key] -= locality.population


def settle_parents(localities):
    """A section of a section is a section of the town."""
    for locality in localities:
        seen = set()
        while locality.section_of is not None and locality.section_of.section_of is not None:
            if locality.section_of.id in seen:
                raise DataError(f"localities: {locality.id} {locality.name}: sections of one another")
            seen.add(locality.section_of.id)
            locality.section_of = locality.section_of.section_of


def read_totals():
    """Official population by area code."""
    path = GEODATA / "population" / "totals.csv"
    totals = {}
    for row in read_table(path):
        if not row["population"].isdigit():
            raise DataError(f"{path}:{row['line']}: population {row['population']!r} is not a whole number")
        totals[row["area"]] = int(row["population"])
    return totals


def read_corrections():
    """Populations corrected by hand, by id; 0 stands for not known, as in the source."""
    return {int(row["id"]): int(row["population"]) for row in read_table(TABLES / "populations.csv")}


def local_names(localities, properties_of):
    """Gives towns their own name where GeoNames has the English one, which becomes an alternate. Returns how many.

    By rule where the area of a town is named after it: its English name is the town's, and its local name is among the
    town's other names (Genoa, Genova). The others by hand: tables/local_names.csv.
    """
    by_hand = {int(row["id"]): row["name"] for row in read_table(TABLES / "local_names.csv")}
    count = 0
    for locality in localities:
        area = properties_of.get(locality.area, {})
        own = by_hand.get(locality.id)
        if own is None and (area.get("names") or {}).get("en") == locality.name and not locality.section_of:
            own = area.get("localName")
            if not own or fold(own) not in {fold(name) for name in locality.alternates}:
                own = None
        if own is None or fold(own) == fold(locality.name):
            continue
        others = [name for name in locality.alternates if fold(name) != fold(own)]
        locality.alternates = sorted([*others, locality.name])
        locality.name = own
        count += 1
    return count


def main():
    totals = read_totals()
    features = collections.defaultdict(list)
    properties_of = {}
    for properties, geometry in read_features(GEODATA / "areas" / "admin1.geojson"):
        features[properties["country"]].append((properties, geometry))
        properties_of[properties["code"]] = properties
    corrected = read_corrections()
    by_country = collections.defaultdict(list)
    for record in read_cities():
        if record["countrycode"] in OVERSEAS or record["countrycode"] in COUNTRIES:
            locality = Locality(record)
            locality.population = corrected.pop(locality.id, locality.population)
            by_country[locality.file].append(locality)
    if corrected:
        raise DataError(f"{TABLES / 'populations.csv'}: no such localities: {sorted(corrected)}")
    for country in COUNTRIES:
        localities = by_country[country]
        areas = Areas(features[country]) if features[country] else None
        moved = assign_areas(localities, areas)
        before = sum(locality.population for locality in localities)
        candidates = find_sections(country, localities, totals)
        calibrate(country, localities, candidates, totals)
        settle_parents(localities)
        renamed = local_names(localities, properties_of)
        after = sum(locality.population for locality in localities if not locality.section_of)
        rows = [[locality.id, locality.name, country, locality.area or "", locality.lat, locality.lon,
                 locality.population, locality.timezone,
                 locality.section_of.id if locality.section_of else "", "|".join(locality.alternates)]
                for locality in localities]
        write_table(GEODATA / "localities" / f"{country}.csv",
                    ["id", "name", "country", "area", "lat", "lon", "population", "timezone", "section_of",
                     "alternates"], rows)
        reasons = collections.Counter(locality.reason for locality in localities if locality.section_of)
        homeless = sum(1 for locality in localities if areas and not locality.area)
        print(country, len(localities), f"{before / totals[country]:.3f} -> {after / totals[country]:.3f}",
              "moved", len(moved), "no area", homeless, "local names", renamed, dict(reasons))


if __name__ == "__main__":
    main()
