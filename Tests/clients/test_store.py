"""The store as other programs read it: GDAL, the GeoPackage validator, and sums made without us."""

import sqlite3
import struct
import subprocess

import numpy
import pyproj
import pytest


def packages(workspace):
    return [workspace / "network.gpkg", *sorted((workspace / "population").glob("*.gpkg"))]


def test_gdal_reads_every_layer_of_the_store(workspace):
    for path in packages(workspace):
        report = subprocess.run(["ogrinfo", "-so", "-al", path], capture_output=True, text=True)
        assert report.returncode == 0 and "ERROR" not in report.stdout + report.stderr
        with sqlite3.connect(path) as db:
            tables = dict(db.execute("SELECT table_name, data_type FROM gpkg_contents"))
            for table in tables:
                count = db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
                part = report.stdout.split(f"Layer name: {table}\n")[1].split("Layer name:")[0]
                assert f"Feature Count: {count}\n" in part, table


def test_gdal_finds_features_through_the_r_tree(workspace):
    found = subprocess.run(
        ["ogrinfo", "-ro", "-spat", "3.2", "49.8", "3.4", "49.9", workspace / "network.gpkg", "platforms"], capture_output=True, text=True
    ).stdout
    assert "Feature Count: 1" in found and "saint-quentinois-main" in found


def test_the_geopackage_validator_finds_nothing_against_1_4(workspace):
    from osgeo_utils.samples import validate_gpkg

    for path in packages(workspace):
        checker = validate_gpkg.GPKGChecker(str(path), extra_checks=True)
        checker.check()
        assert checker.errors == [], path
        assert checker.version == (1, 4, 0)


def points(path, where):
    """Longitudes, latitudes and people of a layer, read without the program."""
    with sqlite3.connect(path) as db:
        rows = db.execute(f"SELECT geom, people, area FROM population WHERE {where}").fetchall()
    xy = numpy.array([struct.unpack("<dd", blob[13:29]) for blob, _, _ in rows])
    return xy, numpy.array([people for _, people, _ in rows]), [area for _, _, area in rows]


def test_the_coverage_of_france_equals_one_computed_without_the_program(maillage, workspace):
    answer = maillage("coverage", "--area", "FR", "--by", "area", "--within", "10km,30km,50km", "--as-of", "2009-12-31", "--format", "json").json
    platforms = maillage("network", "list", "--as-of", "2009-12-31", "--format", "geojson").json["features"]
    places = [f["geometry"]["coordinates"] for f in platforms if f["properties"]["status"] == "open"]
    xy, people, areas = points(workspace / "population" / "indicative.gpkg", "area LIKE 'FR-%'")
    geod = pyproj.Geod(ellps="WGS84")
    nearest = numpy.full(len(people), numpy.inf)
    for lon, lat in places:
        nearest = numpy.minimum(nearest, geod.inv(xy[:, 0], xy[:, 1], numpy.full(len(people), lon), numpy.full(len(people), lat))[2])
    total = answer["total"]
    assert total["population"] == people.sum()
    for reach, metres in zip(total["reaches"], (10_000, 30_000, 50_000)):
        assert reach["people"] == people[nearest <= metres].sum()
    assert total["mean"] == pytest.approx((nearest * people).sum() / people.sum(), abs=1e-3)
    parts = answer["rows"] + ([answer["unplaced"]] if answer["unplaced"] else [])
    assert sum(r["population"] for r in parts) == total["population"]
    codes = numpy.array(areas)
    assert len(answer["rows"]) == 101
    for row in answer["rows"]:
        mine = codes == row["key"]
        assert row["population"] == people[mine].sum(), row["key"]
        assert row["reaches"][1]["people"] == people[mine & (nearest <= 30_000)].sum(), row["key"]


def test_nearest_equals_brute_force_with_proj(maillage):
    platforms = maillage("network", "list", "--format", "geojson").json["features"]
    places = [(f["id"], *f["geometry"]["coordinates"]) for f in platforms if f["properties"]["status"] == "open"]
    geod = pyproj.Geod(ellps="WGS84")
    random = numpy.random.default_rng(1993)
    for lon, lat in [(179.99, -16.5), (-179.99, 0), (0, 90), (12, -90), *zip(random.uniform(-180, 180, 12), random.uniform(-90, 90, 12))]:
        expected = sorted((geod.inv(lon, lat, x, y)[2], name) for name, x, y in places)[:4]
        answer = maillage("nearest", "--at", f"{lat},{lon}", "--count", "4", "--format", "json").json["features"]
        assert [f["id"] for f in answer] == [name for _, name in expected]
        for feature, (distance, _) in zip(answer, expected):
            assert abs(feature["properties"]["distance"] - distance) < 0.001


def test_the_indicative_layer_holds_the_official_totals(workspace):
    with sqlite3.connect(workspace / "network.gpkg") as db:
        official = dict(db.execute("SELECT code, population FROM areas WHERE population NOT NULL AND kind <> 'country'"))
    _, people, areas = points(workspace / "population" / "indicative.gpkg", "1")
    sums = {}
    for area, count in zip(areas, people):
        sums[area] = sums.get(area, 0) + count
    compared = {area: sums[area] for area in sums if area in official}
    assert len(compared) > 300
    assert all(abs(total - official[area]) <= 1 for area, total in compared.items())
