"""Step 1: countries, leaf areas, regions and groups, from the world map and the ISO 3166 tables.

The polygons of the world map carry no ISO 3166-2 code: a leaf is matched by its name against pycountry,
and by tables/admin1_codes.csv where its name does not match one and only one subdivision.
"""

import collections
import gettext
import math
import re

import pycountry
import shapely

from common import (COUNTRIES, GEODATA, OVERSEAS, TABLES, DataError, fold, read_cities, read_layer,
                    read_table, rounded, write_features)

LANGUAGES = ("en", "it", "es", "pt")
KINDS = {"FR": "department", "IT": "province", "ES": "province", "PT": "district", "CH": "canton", "MU": "district",
         "CL": "region", "CA": "province", "BE": "province", "LU": "canton", "DE": "state", "AD": "parish",
         "AT": "state", "SI": "municipality", "SM": "municipality", "LI": "municipality", "MA": "region",
         "US": "state", "AR": "province", "BO": "department", "PE": "region", "BR": "state", "SR": "district"}
KIND_EXCEPTIONS = {"IT-23": "region", "PT-20": "region", "PT-30": "region", "BE-BRU": "region",
                   "CA-NT": "territory", "CA-NU": "territory", "CA-YT": "territory",
                   "MU-AG": "dependency", "MU-RO": "dependency"}
# The Sardinian provinces of 2005 to 2016, whose codes ISO withdrew, and their region.
WITHDRAWN_PARENTS = {"IT-CI": "IT-88", "IT-VS": "IT-88", "IT-OG": "IT-88", "IT-OT": "IT-88"}
OLD_CODES = {"IT-23": ["IT-AO"], "FR-75C": ["FR-75"], "CL-BI": ["CL-BB"], "CL-LI": ["CL-OH"]}

# Misspelt names of the world map, which make no alias.
MISSPELT = {"Haute-Rhin", "Seien-et-Marne", "Crotene", "Oristrano", "Port Louis city"}

# Areas that the world map lacks or has in an older cut: they are drawn from the gazetteer, each locality taking the
# ground nearest to it (Voronoi cells) for the area that GeoNames files it under.
DERIVED = [
    {"country": "LU", "replaces": None, "codes": "LU-{}", "admin1": ["CA", "CL", "DI", "EC", "ES", "GR", "LU", "ME",
     "RD", "RM", "VD", "WI"],
     "basis": "Drawn from the gazetteer: ground nearest to the localities of the canton. The source has the three "
              "districts abolished in 2015."},
    {"country": "MA", "replaces": None, "codes": "MA-{}", "admin1": [f"{n:02}" for n in range(1, 13)],
     "basis": "Drawn from the gazetteer: ground nearest to the localities of the region of 2015. The source has the "
              "sixteen regions before it."},
    {"country": "CL", "replaces": "CL-BI", "codes": {"06": "CL-BI", "18": "CL-NB"}, "admin1": ["06", "18"],
     "basis": "Drawn from the gazetteer: ground nearest to the localities of the region. The source has one polygon "
              "for Biobío and Ñuble, parted on 2018-09-06."},
]

# The tolerance of coverage_simplify, in degrees, is the root of the area of the least triangle kept.
COUNTRY_TOLERANCE = 0.02
COUNTRY_GRID = 1e-3           # degrees
# Countries that the world map lacks: (lon, lat, km2), drawn as a disc.
MISSING_COUNTRIES = {"VA": (12.4534, 41.9029, 0.49)}


class Names:
    """French, local and other names of a code: hand table first, then the translations of the ISO tables."""

    def __init__(self):
        self.hand = {row["code"]: row for row in read_table(TABLES / "names.csv")}
        self.language = {row["country"]: row["language"] for row in read_table(TABLES / "country_languages.csv")}
        self.cache = {}

    def translate(self, text, language, domain):
        key = (domain, language)
        if key not in self.cache:
            self.cache[key] = gettext.translation(domain, pycountry.LOCALES_DIR, languages=[language], fallback=True)
        return self.cache[key].gettext(text).replace("’", "'")

    def properties(self, code, fallback=None):
        """`name`, `localName`, `names` and the other spellings of the ISO name."""
        hand = self.hand.get(code, {})
        others = []
        if len(code) == 2:
            country = pycountry.countries.get(alpha_2=code)
            msgid = getattr(country, "common_name", country.name)
            domain = "iso3166-1"
            local = self.translate(msgid, self.language[code], domain) if code in self.language else msgid
            guess = {"en": msgid}
        else:
            subdivision = pycountry.subdivisions.get(code=code)
            msgid = subdivision.name if subdivision else fallback
            domain = "iso3166-2"
            if msgid is None:
                raise DataError(f"{TABLES / 'names.csv'}: no name for {code}")
            bracket = re.match(r"^(.*?) \[(.*)\]$", msgid)
            local = bracket.group(1) if bracket else msgid
            others = [bracket.group(2)] if bracket else []
            guess = {}
        plain = re.sub(r" \[.*\]$", "", msgid)
        french = self.translate(msgid, "fr", domain)
        french = plain if french == msgid.replace("’", "'") else french
        for language in ("it", "es", "pt"):
            text = self.translate(msgid, language, domain)
            if fold(text) != fold(msgid) and "," not in text:
                guess[language] = text
        names = {language: hand.get(language) or guess.get(language) for language in LANGUAGES}
        return {"name": hand.get("fr") or fallback or french, "localName": hand.get("local") or fallback or local,
                "names": {language: text for language, text in names.items() if text}}, others


def properties(names, code, kind, parent, country, aliases=(), valid_from=None, valid_to=None, members=None,
               basis=None, fallback=None):
    """The properties of a feature, in the order of the contract."""
    found, others = names.properties(code, fallback)
    known = {fold(text) for text in (found["name"], found["localName"], *found["names"].values())}
    spellings = []
    for alias in [*aliases, *others]:
        if alias and alias != code and alias not in spellings and fold(alias) not in known:
            spellings.append(alias)
    return {"code": code, "kind": kind, "parent": parent, "country": country, **found, "aliases": spellings,
            "validFrom": valid_from, "validTo": valid_to, "members": members, "basis": basis}


def countries(names):
    """Every country of the world map that has an ISO 3166-1 code, and the names of the features that have none."""
    shapes, left_out = collections.defaultdict(list), []
    for row, geometry in read_layer("countries", ["iso_a2", "NAME"]):
        if pycountry.countries.get(alpha_2=row["iso_a2"]):
            shapes[row["iso_a2"]].append(geometry)
        else:
            left_out.append(f"{row['iso_a2']} {row['NAME'] or '(disputed lands, one multipolygon)'}")
    codes = sorted(shapes)
    # A shared border is simplified once, for both of its countries.
    simplified = shapely.coverage_simplify([shapely.union_all(shapes[code]) for code in codes], COUNTRY_TOLERANCE)
    features = []
    for code, geometry in zip(codes, simplified):
        country = pycountry.countries.get(alpha_2=code)
        row = properties(names, code, "country", None, code, aliases=[country.alpha_3, country.name])
        features.append((row, rounded(geometry, COUNTRY_GRID)))
    for code, (lon, lat, size) in MISSING_COUNTRIES.items():
        disc = shapely.Point(0, 0).buffer(math.degrees(math.sqrt(size / math.pi) / 6371.0088), quad_segs=4)
        disc = shapely.affinity.translate(shapely.affinity.scale(disc, 1 / math.cos(math.radians(lat)), 1), lon, lat)
        row = properties(names, code, "country", None, code,
                         aliases=[pycountry.countries.get(alpha_2=code).alpha_3],
                         basis=f"Not in the source: a disc of the country's {size} km2 around the gazetteer's point.")
        features.append((row, rounded(disc)))
    return sorted(features, key=lambda feature: feature[0]["code"]), left_out


def match_leaves():
    """Polygons of the leaf areas by code, the world map's names of each, and the names matched by hand."""
    corrections = {(row["country"], row["natural_earth_name"]): row
                   for row in read_table(TABLES / "admin1_codes.csv")}
    by_name = collections.defaultdict(set)
    for subdivision in pycountry.subdivisions:
        for part in [subdivision.name, *re.split(r"\s*[\[\]/]\s*", subdivision.name)]:
            if part:
                by_name[subdivision.country_code, fold(part)].add(subdivision.code)
    derived = {entry["country"] for entry in DERIVED if entry["replaces"] is None}
    pieces, labels, unmatched, used = collections.defaultdict(list), collections.defaultdict(list), [], set()
    for row, geometry in read_layer("states_provinces", ["iso_a2", "name"]):
        country, name = row["iso_a2"], row["name"]
        if country not in KINDS or country in derived:
            continue
        key = (country, name)
        if key in corrections:
            code = corrections[key]["code"]
            used.add(key)
        else:
            found = by_name[country, fold(name)]
            if len(found) != 1:
                unmatched.append(f"{country} {name!r}: {sorted(found)}")
                continue
            code = next(iter(found))
        pieces[code].append(geometry)
        labels[code].append(name)
    if unmatched:
        raise DataError(f"{TABLES / 'admin1_codes.csv'}: no single ISO 3166-2 code for " + "; ".join(unmatched))
    idle = [row for key, row in corrections.items() if key not in used]
    if idle:
        raise DataError(f"{TABLES / 'admin1_codes.csv'}:{idle[0]['line']}: no polygon named "
                        f"{idle[0]['natural_earth_name']!r}")
    return {code: shapely.union_all(parts) for code, parts in pieces.items()}, labels


def voronoi_union(region, points):
    """Parts a polygon among labelled points: {label: ground nearer to its points than to any other}.

    `points` are (lon, lat, label). Distances are taken on the plane with longitudes shrunk at the region's middle.
    """
    shrink = math.cos(math.radians(region.centroid.y))
    label_of = {}
    for lon, lat, label in points:
        label_of.setdefault((round(lon * shrink, 9), lat), label)
    sites = shapely.MultiPoint(sorted(label_of))
    plane = shapely.affinity.scale(region, shrink, 1, origin=(0, 0))
    cells = shapely.get_parts(shapely.voronoi_polygons(sites, extend_to=plane.envelope.buffer(1)))
    tree = shapely.STRtree(cells)
    grouped = collections.defaultdict(list)
    for site in shapely.get_parts(sites):
        cell = cells[tree.query(site, predicate="intersects")[0]]
        grouped[label_of[round(site.x, 9), site.y]].append(cell)
    result = {}
    for label in sorted(grouped):
        ground = shapely.intersection(shapely.union_all(grouped[label]), plane)
        if not ground.is_empty:
            result[label] = shapely.affinity.scale(ground, 1 / shrink, 1, origin=(0, 0))
    return result


def derive(shapes, cities):
    """Adds the areas of DERIVED to `shapes`. Returns {code: basis}."""
    basis = {}
    country_shapes = {row["iso_a2"]: geometry for row, geometry in read_layer("countries", ["iso_a2"])}
    for entry in DERIVED:
        country, codes = entry["country"], entry["codes"]
        region = shapes.pop(entry["replaces"]) if entry["replaces"] else country_shapes[country]
        shapely.prepare(region)
        points = []
        for city in cities:
            if city["countrycode"] == country and city["admin1code"] in entry["admin1"]:
                code = codes[city["admin1code"]] if isinstance(codes, dict) else codes.format(city["admin1code"])
                if region.covers(shapely.Point(city["longitude"], city["latitude"])):
                    points.append((city["longitude"], city["latitude"], code))
        for code, ground in voronoi_union(region, points).items():
            shapes[code] = ground
            basis[code] = entry["basis"]
    return basis


def leaf_parents(codes, regions):
    """Parent of each leaf: France by tables/regions.csv, the others by the ISO tables, else the country."""
    parents = {}
    for row in regions:
        if row["kind"] == "region" and not row["valid_to"]:
            for member in row["members"].split():
                parents[member] = row["code"]
    for code in codes:
        subdivision = pycountry.subdivisions.get(code=code)
        iso_parent = subdivision.parent_code if subdivision else WITHDRAWN_PARENTS[code]
        parents.setdefault(code, iso_parent or code[:2])
    return parents


def leaf_aliases(code, labels):
    """INSEE forms and GeoNames' country codes for France, other codes, and the names of the world map."""
    aliases = list(OLD_CODES.get(code, []))
    if code.startswith("FR-"):
        aliases.append(code[3:5] if code == "FR-75C" else code[3:])
    for geonames, department in OVERSEAS.items():
        if department == code:
            aliases.append(geonames)
            if geonames not in ("MQ", "GF"):
                aliases.append("FR-" + geonames)
    return aliases + [label for label in labels if label not in MISSPELT]


def regions_of(names, parents, table):
    """Regions: those of tables/regions.csv and, for the other countries, the parents that the ISO tables name."""
    features = []
    for row in table:
        members = row["members"].split()
        unknown = [member for member in members if member not in parents]
        if unknown:
            raise DataError(f"{TABLES / 'regions.csv'}:{row['line']}: unknown member {unknown[0]}")
        features.append((properties(names, row["code"], row["kind"], row["parent"], row["country"],
                                    row["aliases"].split(), row["valid_from"] or None, row["valid_to"] or None,
                                    members, fallback=row["name"] or None), None))
    done = {row["code"] for row in table}
    grouped = collections.defaultdict(list)
    for code, parent in parents.items():
        if len(parent) > 2 and parent not in done:
            grouped[parent].append(code)
    for code in sorted(grouped):
        features.append((properties(names, code, "region", code[:2], code[:2], members=sorted(grouped[code])), None))
    return sorted(features, key=lambda feature: feature[0]["code"])


def main():
    names = Names()
    cities = read_cities()
    country_features, left_out = countries(names)
    write_features(GEODATA / "areas" / "countries.geojson", country_features)

    shapes, labels = match_leaves()
    basis = derive(shapes, cities)
    table = read_table(TABLES / "regions.csv")
    parents = leaf_parents(sorted(shapes), table)
    leaves = []
    for code in sorted(shapes):
        row = properties(names, code, KIND_EXCEPTIONS.get(code, KINDS[code[:2]]), parents[code], code[:2],
                         leaf_aliases(code, labels[code]), basis=basis.get(code),
                         fallback=labels[code][0] if code in WITHDRAWN_PARENTS else None)
        leaves.append((row, rounded(shapes[code])))
    write_features(GEODATA / "areas" / "admin1.geojson", leaves)
    regions = regions_of(names, parents, table)
    write_features(GEODATA / "areas" / "regions.geojson", regions)

    count = collections.Counter(row["country"] for row, _ in leaves)
    print("areas: countries", len(country_features), "left out:", "; ".join(left_out))
    print("areas: leaves", " ".join(f"{code} {count[code]}" for code in COUNTRIES if count[code]))
    print("areas: regions", dict(collections.Counter(row["country"] for row, _ in regions)))


if __name__ == "__main__":
    main()
