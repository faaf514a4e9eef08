"""Shared by the steps that build GeoData/: places of files, the GeoPackage reader, CSV and GeoJSON writers."""

import csv
import json
import os
import sqlite3
import unicodedata
from pathlib import Path

import shapely
import shapely.wkb

TOOLS = Path(__file__).resolve().parent
ROOT = TOOLS.parent.parent
TABLES = TOOLS / "tables"
GEODATA = Path(os.environ.get("GEODATA_OUT", ROOT / "GeoData"))
BUILD = ROOT / ".build" / "geodata"
WORLD_MAP = Path(os.environ.get("GEODATA_WORLD_MAP", BUILD / "world_map.gpkg"))
CITIES = Path(os.environ.get("GEODATA_CITIES", BUILD / "cities500.json"))

NETWORK = "FR IT ES PT CH MU CL CA".split()
NEIGHBOURS = "BE LU DE MC AD AT SI SM VA LI GI MA US AR BO PE BR SR SX".split()
COUNTRIES = NETWORK + NEIGHBOURS

# GeoNames files the overseas départements under country codes of their own.
OVERSEAS = {"GP": "FR-971", "MQ": "FR-972", "GF": "FR-973", "RE": "FR-974", "YT": "FR-976"}


class DataError(Exception):
    """Bad input: the message names the file and the row."""


def fold(text):
    """Lower case, no accents, letters and digits only, single spaces: the key under which names are compared."""
    text = text.replace("œ", "oe").replace("Œ", "oe").replace("ß", "ss").replace("ø", "o").replace("ł", "l")
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


def read_table(path):
    """Rows of a CSV file as dictionaries, each with its line number under `line`."""
    with open(path, encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        rows = []
        for row in reader:
            if None in row or None in row.values():
                raise DataError(f"{path}:{reader.line_num}: expected {len(reader.fieldnames)} cells")
            row["line"] = reader.line_num
            rows.append(row)
    return rows


def write_table(path, header, rows):
    """Writes UTF-8, comma, LF."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def read_layer(layer, columns):
    """Attributes and geometries of a GeoPackage layer of the world map."""
    connection = sqlite3.connect(f"file:{WORLD_MAP}?mode=ro", uri=True)
    envelope_bytes = (0, 32, 48, 48, 64)
    for *values, blob in connection.execute(f"select {', '.join(columns)}, geom from {layer} order by fid"):
        header = 8 + envelope_bytes[(blob[3] >> 1) & 7]
        yield dict(zip(columns, values)), shapely.wkb.loads(blob[header:])
    connection.close()


def read_cities():
    """The gazetteer: a list of GeoNames records, by id."""
    with open(CITIES, encoding="utf-8") as handle:
        cities = json.load(handle)
    return sorted(cities.values(), key=lambda city: city["geonameid"])


def rounded(geometry, grid=1e-4):
    """A valid multipolygon on a grid of `grid` degrees, exterior rings counter-clockwise."""
    geometry = shapely.set_precision(shapely.make_valid(geometry), grid)
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon" and not part.is_empty]
    parts.sort(key=lambda part: (-part.area, part.bounds))
    return shapely.orient_polygons(shapely.MultiPolygon(parts), exterior_cw=False)


def geometry_json(geometry):
    """GeoJSON of a polygon or multipolygon with at most four decimals."""
    def ring(line):
        return [[number(x), number(y)] for x, y in line.coords]

    def number(value):
        value = round(value, 4)
        return int(value) if value == int(value) else value

    parts = [[ring(part.exterior)] + [ring(hole) for hole in part.interiors] for part in shapely.get_parts(geometry)]
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def write_features(path, features):
    """Writes a FeatureCollection with one feature on each line. `features` are (properties, geometry or None)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = []
    for properties, geometry in features:
        shape = None if geometry is None else geometry_json(geometry)
        feature = {"type": "Feature", "geometry": shape, "properties": properties}
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    with open(path, "w", encoding="utf-8", newline="") as handle:
        handle.write('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n")


def read_features(path):
    """(properties, geometry or None) of each feature."""
    with open(path, encoding="utf-8") as handle:
        collection = json.load(handle)
    for feature in collection["features"]:
        shape = feature["geometry"]
        yield feature["properties"], None if shape is None else shapely.geometry.shape(shape)
