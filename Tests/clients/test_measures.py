"""Measures of coverage, computed again from the files alone with numpy and pyproj."""

import csv
import io
import json
import sqlite3
import struct

import numpy as np
import pyproj
import pytest

GEOD = pyproj.Geod(ellps="WGS84")
REACHES = {"10km": 10_000, "30km": 30_000, "50km": 50_000}


@pytest.fixture(scope="module")
def people(workspace):
    """Longitude, latitude, people and area of every point of the layer."""
    with sqlite3.connect(workspace / "population" / "indicative.gpkg") as db:
        rows = db.execute("SELECT geom, people, area FROM population").fetchall()
    points = np.array([struct.unpack_from("<dd", geom, 13) for geom, _, _ in rows])
    return points[:, 0], points[:, 1], np.array([n for _, n, _ in rows]), np.array([a or "" for _, _, a in rows])


@pytest.fixture(scope="module")
def stores(workspace):
    with sqlite3.connect(workspace / "network.gpkg") as db:
        rows = db.execute("SELECT id, cite, geom FROM platforms WHERE geom IS NOT NULL").fetchall()
    return {i: (cite, *struct.unpack_from("<dd", geom, 13)) for i, cite, geom in rows}


def distances(people, where, places):
    """Metres from each of the chosen people to each place."""
    lon, lat = people[0][where], people[1][where]
    columns = [GEOD.inv(lon, lat, np.full(len(lon), x), np.full(len(lat), y))[2] for x, y in places]
    return np.array(columns).T


def open_platforms(maillage, *narrow):
    listing = maillage("network", "list", "--as-of", "2026-11-22", "--format", "json").json
    return [p["id"] for c in listing["cites"] for p in c["platforms"] if p["status"] == "open"]


def test_areas_platforms_and_the_unreached_are_what_numpy_and_pyproj_count(maillage, people, stores):
    ids = [i for i in open_platforms(maillage) if i in stores]
    where = people[3] == "FR-74"
    count = people[2][where]
    d = distances(people, where, [stores[i][1:] for i in ids])
    answer = maillage("coverage", "--area", "FR-74", "--by", "area,platform", "--as-of", "2026-11-22", "--format", "json").json
    assert answer["by"] == ["area", "platform"] and {r["by"] for r in answer["rows"]} == {"area", "platform"}
    area = next(r for r in answer["rows"] if r["by"] == "area")
    nearest = d.min(axis=1)
    assert area["population"] == count.sum()
    for reach in area["reaches"]:
        assert reach["people"] == count[nearest <= REACHES[reach["within"]]].sum()
    assert area["mean"] == pytest.approx((nearest * count).sum() / count.sum(), abs=0.001)
    assert area["max"] == pytest.approx(nearest.max(), abs=0.001)
    rows = {r["key"]: r for r in answer["rows"] if r["by"] == "platform"}
    assert "geneve-main" in rows, "Genève serves Haute-Savoie"
    for j, i in enumerate(ids):
        own = d.argmin(axis=1) == j
        if i not in rows:
            assert not own.any()
            continue
        assert rows[i]["population"] == count[own].sum()
        for c in rows[i]["catchments"]:
            near = d <= REACHES[c["within"]]
            assert c["people"] == count[near[:, j]].sum()
            assert c["assigned"] == count[near[:, j] & own].sum()
            assert c["exclusive"] == count[near[:, j] & (near.sum(axis=1) == 1)].sum()
    unreached = maillage("coverage", "--area", "FR-74", "--unreached", "3", "--as-of", "2026-11-22", "--format", "json").json
    assert unreached["people"] == count[nearest > 50_000].sum()
    assert unreached["people"] == sum(r["people"] for r in unreached["rows"]) + unreached["peopleElsewhere"]


def test_distances_count_the_people_of_the_whole_layer(maillage, people, stores):
    answer = maillage("distances", "--kind", "ruralPlatform", "--within", "20km", "--as-of", "2026-11-22", "--format", "json").json
    ids = [i for i in open_platforms(maillage) if i in stores]
    for row in answer["rows"]:
        _, x, y = stores[row["id"]]
        near = distances(people, np.full(len(people[0]), True), [(x, y)])[:, 0] <= 20_000
        assert row["within"][0]["people"] == people[2][near].sum()
        others = distances(people, near, [stores[i][1:] for i in ids if i != row["id"]]).min(axis=1)
        assert row["within"][0]["exclusive"] == people[2][near][others > 20_000].sum()
        assert row["counsellorHours"] is None and "not known" in row["counsellorHoursUnknown"]


def test_places_of_a_file_share_their_counsellors(maillage, people, tmp_path):
    (tmp_path / "places.csv").write_text(
        "id,name,lat,lon,counsellors,hours\na,A,49.38,3.32,2,Mo-Fr 09:00-17:00; PH off\nb,B,49.56,3.62,1,We 14:00-18:00\n"
    )
    answer = maillage("coverage", "--area", "all", "--by", "area", "--platforms", "places.csv", "--within", "30km", "--access", "--format", "json").json
    given = sum(r["population"] * r["access"][0]["hoursPer1000"] / 1000 for r in answer["rows"] if r["population"])
    assert given == pytest.approx(84, abs=1e-6)
    everyone = np.full(len(people[0]), True)
    t = distances(people, everyone, [(3.32, 49.38), (3.62, 49.56)]) / 30_000
    floor = np.exp(-0.5)
    weight = np.where(t < 1, (np.exp(-0.5 * t * t) - floor) / (1 - floor), 0)
    ratio = np.array([80, 4]) / (people[2][:, None] * weight).sum(axis=0)
    access = (weight * ratio).sum(axis=1)
    aisne = people[3] == "FR-02"
    row = next(r for r in answer["rows"] if r["key"] == "FR-02")
    assert row["access"][0]["hoursPer1000"] == pytest.approx(1000 * (people[2] * access)[aisne].sum() / people[2][aisne].sum(), rel=1e-9)
    rows = maillage("distances", "--platforms", "places.csv", "--within", "30km", "--format", "json").json["rows"]
    for row, r, hours in zip(rows, ratio, [80, 4]):
        assert row["counsellorHours"] == hours
        assert row["within"][0]["floatingHoursPer1000"] == pytest.approx(1000 * r, rel=1e-9)
        assert row["within"][0]["hoursPer1000"] == pytest.approx(1000 * hours / row["within"][0]["people"], rel=1e-9)
    assert "A" in maillage("distances", "--platforms", "places.csv").out
    assert "h/1000" in maillage("coverage", "--area", "FR-02", "--platforms", "places.csv", "--access").out


def test_territories_and_comparisons_come_in_every_format(maillage):
    for arguments in (
        ["--by", "territory"],
        ["--area", "Aisne", "--by", "area,density,cite,platform,territory"],
        ["--area", "Aisne", "--by", "area,platform", "--without", "saint-quentinois-main"],
        ["--by", "region", "--compare-as-of", "2009-12-31", "--with", "2026-11-22"],
        ["--area", "Aisne", "--unreached", "5"],
        ["--area", "Aisne", "--cells"],
        ["--area", "Aisne", "--access"],
        ["--area", "Aisne", "--label", "fonctionnement"],
        ["--area", "Aisne", "--cite", "saint-quentinois", "--within", "30min,1h", "--by", "platform"],
    ):
        for form in ("table", "json", "geojson", "csv"):
            answer = maillage("coverage", *arguments, "--format", form)
            assert answer.code == 0 and answer.out, (arguments, form, answer.err)
            if form == "csv":
                rows = list(csv.reader(io.StringIO(answer.out)))
                assert len({len(r) for r in rows}) == 1 and len(rows) > 1, arguments
            if form == "geojson":
                assert answer.json["type"] == "FeatureCollection"
            if form == "table" and "--cells" not in arguments:
                assert max(map(len, answer.out.splitlines())) <= 125, arguments


def test_a_comparison_is_the_difference_of_the_two_answers(maillage):
    common = ["coverage", "--area", "FR", "--by", "region", "--format", "json"]
    both = maillage(*common, "--compare-as-of", "2009-12-31", "--with", "2026-11-22").json
    after = {r["key"]: r for r in maillage(*common, "--as-of", "2026-11-22").json["rows"]}
    before = maillage("coverage", "--area", "FR", "--format", "json", "--as-of", "2009-12-31").json["total"]
    assert [r["people"] for r in both["total"]["before"]["reaches"]] == [r["people"] for r in before["reaches"]]
    assert both["before"]["asOf"] == "2009-12-31" and {r["key"] for r in both["rows"]} == set(after)
    for row in both["rows"]:
        for b, a, d in zip(row["before"]["reaches"], row["after"]["reaches"], row["difference"]["reaches"]):
            assert d["people"] == a["people"] - b["people"] and a in after[row["key"]]["reaches"]
        assert row["difference"]["mean"] == pytest.approx(row["after"]["mean"] - row["before"]["mean"])


def test_maps_have_the_shapes_of_their_rows(maillage, tmp_path):
    areas = maillage("coverage", "--area", "FR-HDF", "--by", "area,platform", "--format", "geojson").json["features"]
    kinds = {f["properties"]["by"]: f["geometry"]["type"] for f in areas}
    assert kinds["area"] in ("Polygon", "MultiPolygon") and kinds["platform"] == "Point"
    assert all("share_30km" in f["properties"] for f in areas)
    cells = maillage("coverage", "--area", "FR-02", "--cells", "--format", "geojson").json
    assert sum(f["properties"]["people"] for f in cells["features"]) == maillage("coverage", "--area", "FR-02", "--format", "json").json["total"]["population"]
    assert {f["geometry"]["type"] for f in cells["features"]} == {"Point"}


@pytest.mark.parametrize(
    "arguments, code, words",
    [
        (["coverage", "--by", "galaxies"], 64, "expected area, cite, density, platform, territory"),
        (["coverage", "--by", "area,area"], 64, "each once"),
        (["coverage", "--cells", "--by", "area"], 64, "give one of them"),
        (["coverage", "--unreached", "0"], 64, "from 1 to 100000"),
        (["coverage", "--with", "2026-01-01"], 64, "--compare-as-of"),
        (["coverage", "--as-of", "2020-01-01", "--compare-as-of", "2009-12-31"], 64, "leave out --as-of"),
        (["coverage", "--without", "geneve"], 66, "geneve-main"),
        (["coverage", "--without", "nowhere"], 66, "nowhere"),
        (["coverage", "--cite", "geneve-main"], 66, "id of a Cité"),
        (["coverage", "--platforms", "nowhere.csv"], 66, "no such file"),
        (["coverage", "--platforms", "bad.csv"], 65, "bad.csv, line 3: '99', '3' is no latitude"),
        (["coverage", "--platforms", "bad.csv", "--kind", "main"], 64, "go with the network"),
        (["distances", "--platforms", "bad.geojson"], 65, "bad.geojson, features[1]: expected a Point"),
        (["coverage", "--platforms", "plain.csv", "--by", "cite"], 64, "'cite' would be accepted"),
    ],
)
def test_what_cannot_be_measured_says_what_would_be_accepted(maillage, tmp_path, arguments, code, words):
    (tmp_path / "bad.csv").write_text("lat,lon\n45,3\n99,3\n")
    (tmp_path / "plain.csv").write_text("lat,lon\n45,3\n")
    line = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
    features = [{"type": "Feature", "properties": {}, "geometry": g} for g in ({"type": "Point", "coordinates": [3, 45]}, line)]
    (tmp_path / "bad.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    answer = maillage(*arguments)
    assert (answer.code, answer.out) == (code, ""), answer.err
    assert words in answer.err


def test_help_teaches_the_measures(run):
    words = run("coverage", "--help").out
    for word in ("--by", "--unreached", "--cells", "--platforms", "--compare-as-of", "--without", "--access", "E2SFCA", "EXAMPLES"):
        assert word in words
