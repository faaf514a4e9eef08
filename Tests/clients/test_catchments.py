"""Catchments and overlaps as commands, with PROJ's geodesics as witness."""

import csv
import io

import pyproj
import pytest

GEOD = pyproj.Geod(ellps="WGS84")


def rings(geometry):
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [ring for polygon in polygons for ring in polygon]


def area(geometry):
    """Square kilometres; holes run clockwise and take away."""
    return sum(GEOD.polygon_area_perimeter(*zip(*ring, strict=True))[0] for ring in rings(geometry)) / 1e6


def test_outlines_are_geodesic_circles_and_their_areas_those_of_proj(maillage):
    answer = maillage("catchments", "--within", "10km,30km", "--format", "geojson").json
    places = {f["id"]: f["geometry"]["coordinates"] for f in maillage("distances", "--format", "geojson").json["features"]}
    assert len(answer["features"]) == 2 * answer["platforms"] > 60
    for feature in answer["features"]:
        p = feature["properties"]
        lon, lat = places[p["key"]]
        (ring,) = rings(feature["geometry"])
        assert ring[0] == ring[-1] and len(ring) > 256
        xs, ys = zip(*ring, strict=True)
        _, _, metres = GEOD.inv([lon] * len(ring), [lat] * len(ring), xs, ys)
        # Coordinates are written with seven decimals: a centimetre.
        assert all(abs(m - p["radius"]) < 0.02 for m in metres)
        assert area(feature["geometry"]) == pytest.approx(p["squareKilometres"], rel=1e-5)
        # Straight edges in degrees stay as near to the circle as is stated.
        middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(ring, ring[1:], strict=False)]
        _, _, metres = GEOD.inv([lon] * len(middles), [lat] * len(middles), *zip(*middles, strict=True))
        assert all(abs(m - p["radius"]) <= answer["outlineError"] * p["radius"] for m in metres)


def test_the_formats_of_catchments_agree(maillage):
    arguments = ["catchments", "--by", "cite", "--within", "20km", "--format"]
    rows = maillage(*arguments, "json").json["rows"]
    table = list(csv.DictReader(io.StringIO(maillage(*arguments, "csv").out)))
    features = maillage(*arguments, "geojson").json["features"]
    assert [r["key"] for r in rows] == [r["key"] for r in table] == [f["properties"]["key"] for f in features]
    assert [round(r["people"]) for r in rows] == [int(r["people"]) for r in table]
    shown = maillage(*arguments, "table")
    assert "nord-franche-comte" in shown.out and "indicative" in shown.err
    whole = maillage("catchments", "--by", "whole", "--area", "Aisne", "--format", "json").json
    assert [r["within"] for r in whole["rows"]] == ["10km", "30km"] and whole["areaName"] == "Aisne"
    assert whole["rows"][0]["people"] < whole["rows"][1]["people"] < 600_000


def test_where_labels_meet(maillage):
    answer = maillage("overlaps", "--within", "10km", "--format", "geojson")
    pairs = {(f["properties"]["first"], f["properties"]["second"]): f for f in answer.json["features"]}
    assert pairs["nanterre", "paris"]["properties"]["distance"] == pytest.approx(13_300, abs=60)
    assert pairs["nanterre", "saint-quentin-en-yvelines"]["properties"]["distance"] == pytest.approx(16_700, abs=60)
    assert pairs["emerainville", "paris"]["properties"]["distance"] == pytest.approx(19_400, abs=200)
    assert all(first != second for first, second in pairs)
    for feature in pairs.values():
        assert area(feature["geometry"]) == pytest.approx(feature["properties"]["squareKilometres"], rel=1e-3)
    # Not known is not no: Paris has no known territory, and that is said in every format.
    assert "paris" in [c["id"] for c in answer.json["territoryUnknown"]]
    for form in ["table", "json", "csv"]:
        assert "territory" in maillage("overlaps", "--within", "10km", "--format", form).err
    rows = list(csv.DictReader(io.StringIO(maillage("overlaps", "--within", "10km", "--format", "csv").out)))
    assert len(rows) == len(pairs) and rows[0]["by"] == "reach"


def test_what_cannot_be_drawn_is_refused(maillage):
    assert maillage("catchments", "--within", "12000km").code == 64
    assert maillage("catchments", "--within", "12000km").err.count("at most 10000 km") == 1
    assert maillage("catchments", "--within", "nearby").code == 64
    assert maillage("overlaps", "--within", "9h").code == 64
    assert maillage("catchments", "--area", "Atlantis").code == 66
    assert maillage("catchments", "--by", "region").code == 64
