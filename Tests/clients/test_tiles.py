"""What other programs read in our tiles: PyPI pmtiles and mapbox-vector-tile, GDAL's MVT driver; shapely holds the shapes against their source."""

import gzip
import json
import math
import subprocess
from pathlib import Path

import mapbox_vector_tile
import pytest
from pmtiles.reader import MmapSource, Reader, all_tiles
from pmtiles.tile import Compression, TileType
from shapely import affinity, transform
from shapely.geometry import box, shape
from shapely.ops import unary_union

ROOT = Path(__file__).resolve().parents[2]
EXTENT, LAST = 4096, 6


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tiles")
    out = subprocess.run([ROOT / ".build" / "release" / "tile-sample", "write", folder], check=True, capture_output=True, text=True).stdout
    assert "skipped" not in out
    return folder


@pytest.fixture(scope="module")
def archive(sample):
    with open(sample / "sample.pmtiles", "rb") as file:
        yield MmapSource(file)


@pytest.fixture(scope="module")
def tiles(archive):
    """Every tile of the last zoom, decoded, y southward."""
    options = {"y_coord_down": True}
    found = ((z, x, y, gzip.decompress(data)) for (z, x, y), data in all_tiles(archive))
    return {(x, y): mapbox_vector_tile.decode(data, default_options=options) for z, x, y, data in found if z == LAST}


def on_grid(geometry):
    """In units of the grid of the last zoom, y southward."""
    scale = EXTENT * 2**LAST
    limit = math.radians(85.05112877980659)

    def project(x, y):
        latitude = max(-limit, min(limit, math.radians(y)))
        return (x + 180) / 360 * scale, (0.5 - math.atanh(math.sin(latitude)) / (2 * math.pi)) * scale

    return transform(geometry, lambda positions: [project(x, y) for x, y in positions])


def features(sample, layer):
    return {f["id"]: f for f in json.loads((sample / f"{layer}.geojson").read_text())["features"]}


def placed(feature, x, y):
    return affinity.translate(shape(feature["geometry"]), x * EXTENT, y * EXTENT)


def test_pmtiles_reads_header_metadata_and_every_tile(archive):
    reader = Reader(archive)
    header = reader.header()
    assert header["tile_type"] == TileType.MVT and header["tile_compression"] == Compression.GZIP
    assert (header["min_zoom"], header["max_zoom"], header["clustered"]) == (0, LAST, True)
    assert [layer["id"] for layer in reader.metadata()["vector_layers"]] == ["places", "ways", "areas"]
    assert reader.metadata()["vector_layers"][0]["fields"]["rank"] == "Number"
    known = {tile for tile, _ in all_tiles(archive)}
    assert len(known) == header["addressed_tiles_count"]
    assert all(reader.get(*tile) for tile in known)
    assert reader.get(LAST + 1, 0, 0) is None


def test_places_come_back_with_their_properties_within_half_a_unit(sample, tiles):
    source = features(sample, "places")
    seen = set()
    for (x, y), layers in tiles.items():
        for found in layers.get("places", {"features": []})["features"]:
            original = source[found["id"]]
            expected = {k: v for k, v in original["properties"].items() if v is not None}
            if "tags" in expected:
                expected["tags"] = json.dumps(expected["tags"], separators=(",", ":"))
            assert found["properties"] == expected
            points = [(p.x, p.y) for p in getattr(on_grid(shape(original["geometry"])), "geoms", [on_grid(shape(original["geometry"]))])]
            shown = placed(found, x, y)
            for p in getattr(shown, "geoms", [shown]):
                world = EXTENT * 2**LAST
                near = [1 for a, b in points for turn in (-world, 0, world) if abs(a + turn - p.x) <= 0.501 and abs(b - p.y) <= 0.501]
                assert near, (found, points, p)
            seen.add(found["id"])
    assert seen == set(source)


def sheets(geometry):
    """A shape on the grid, repeated a world to the west and to the east."""
    world = EXTENT * 2**LAST
    return unary_union([affinity.translate(geometry, turn, 0) for turn in (-world, 0, world)])


@pytest.mark.parametrize("layer", ["ways", "areas"])
def test_shapes_come_back_within_half_a_unit(sample, tiles, layer):
    source = {i: sheets(on_grid(shape(f["geometry"]).buffer(0) if layer == "areas" and f["properties"]["name"] != "bow tie" else shape(f["geometry"])))
              for i, f in features(sample, layer).items() if f["properties"]["name"] != "bow tie"}
    # Half a unit on each axis, and the seven decimals of GeoJSON.
    tolerance = 0.5 * math.sqrt(2) + 1e-3
    seen = set()
    for (x, y), layers in tiles.items():
        here = box(x * EXTENT, y * EXTENT, (x + 1) * EXTENT, (y + 1) * EXTENT)
        for found in layers.get(layer, {"features": []})["features"]:
            if found["id"] not in source:
                continue
            shown, original = placed(found, x, y), source[found["id"]]
            assert shown.is_valid
            inside, expected = shown.intersection(here), original.intersection(here)
            assert inside.difference(expected.buffer(tolerance)).is_empty
            assert expected.difference(inside.buffer(tolerance)).is_empty
            seen.add(found["id"])
    assert seen == set(source)


def test_neighbouring_areas_and_tiles_join_without_seam_or_overlap(tiles):
    cells = {}
    for (x, y), layers in tiles.items():
        here = box(x * EXTENT, y * EXTENT, (x + 1) * EXTENT, (y + 1) * EXTENT)
        for found in layers.get("areas", {"features": []})["features"]:
            if found["properties"]["name"].startswith("cell"):
                cells.setdefault(found["properties"]["name"], []).append(placed(found, x, y).intersection(here))
    assert len(cells) == 24
    pieces = [piece for parts in cells.values() for piece in parts]
    whole = unary_union(pieces)
    assert whole.geom_type == "Polygon" and not whole.interiors
    assert sum(piece.area for piece in pieces) == pytest.approx(whole.area, rel=1e-12)


def test_gdal_reads_every_layer_of_a_tile(archive, tmp_path):
    path = tmp_path / "0.mvt"
    path.write_bytes(gzip.decompress(Reader(archive).get(0, 0, 0)))
    out = subprocess.run(["ogrinfo", "-ro", "-so", "-al", f"MVT:{path}"], capture_output=True, text=True)
    assert out.returncode == 0 and "ERROR" not in out.stderr and "Warning" not in out.stderr, out.stderr
    counts = dict(zip([line.split(": ")[1] for line in out.stdout.splitlines() if line.startswith("Layer name")],
                      [int(line.split(": ")[1]) for line in out.stdout.splitlines() if line.startswith("Feature Count")]))
    assert counts == {"places": 401, "ways": 2, "areas": 29}
    out = subprocess.run(["ogrinfo", "-ro", "-al", f"MVT:{path}", "-where", "rank = 3", "places"], capture_output=True, text=True).stdout
    assert "rank (Integer) = 3" in out and "open (Integer(Boolean))" in out
