"""The assessment of territories: figures recomputed from the files with pyproj, and every kind of area a person may name."""

import csv
import io
import json
import sqlite3
import struct
import subprocess

import numpy as np
import pyproj
import pytest
from conftest import ROOT, copy

GEOD = pyproj.Geod(ellps="WGS84")
COMMUNES = ROOT.parent / "shared" / "data" / "population" / "communes_fr.csv"
DAY = "2026-11-22"
with_communes = pytest.mark.skipif(not COMMUNES.exists(), reason="the reference data are not beside this checkout")


@pytest.fixture(scope="module")
def communes():
    with open(COMMUNES, encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def places(workspace):
    """Every platform that is open on the day, as the network lists it, with its point."""
    with sqlite3.connect(workspace / "network.gpkg") as db:
        return {i: struct.unpack_from("<dd", geom, 13) for i, geom in db.execute("SELECT id, geom FROM platforms WHERE geom IS NOT NULL")}


def assess(maillage, *areas, form="json"):
    answer = maillage("assess", *areas, "--as-of", DAY, "--format", form)
    assert answer.code == 0, answer.err
    return answer.json if form in ("json", "geojson") else answer


@with_communes
def test_the_people_of_the_aisne_are_those_of_its_communes(maillage, communes):
    people = sum(int(c["population"]) for c in communes if c["dep"] == "02")
    assert assess(maillage, "FR-02")["profile"]["population"] == pytest.approx(people, rel=0.02)


@with_communes
def test_with_the_communes_imported_shares_are_those_of_pyproj_to_the_person(run, workspace, tmp_path, communes, places):
    copy(workspace, tmp_path / "workspace")
    maillage = lambda *arguments: run(*arguments, MAILLAGE_WORKSPACE=str(tmp_path / "workspace"))  # noqa: E731
    report = maillage("population", "import", COMMUNES, "--id", "communes", "--area", "code_insee", "--people", "population", "--x", "lon", "--y", "lat", "--year", "2021")
    assert report.code == 0, report.err
    listing = maillage("network", "list", "--as-of", DAY, "--format", "json").json
    points = [places[p["id"]] for c in listing["cites"] for p in c["platforms"] if p["status"] == "open" and p["id"] in places]
    aisne = [c for c in communes if c["dep"] == "02"]
    lon, lat = (np.array([float(c[k]) for c in aisne]) for k in ("lon", "lat"))
    people = np.array([int(c["population"]) for c in aisne])
    nearest = np.min([GEOD.inv(lon, lat, np.full(len(lon), x), np.full(len(lon), y))[2] for x, y in points], axis=0)
    answer = maillage("assess", "FR-02", "--layer", "communes", "--as-of", DAY, "--format", "json").json
    assert answer["profile"]["population"] == people.sum()
    for reach, metres in zip(answer["coverage"]["total"]["reaches"], (10_000, 20_000, 30_000)):
        assert reach["people"] == people[nearest <= metres].sum()
        assert reach["share"] == pytest.approx(people[nearest <= metres].sum() / people.sum(), rel=1e-12)
    assert answer["coverage"]["total"]["mean"] == pytest.approx((nearest * people).sum() / people.sum(), abs=0.001)
    assert answer["unreached"]["people"] == people[nearest > 30_000].sum()
    spread = sum((GEOD.inv(np.full(len(lon), x), np.full(len(lon), y), lon, lat)[2] * people).sum() * n for x, y, n in zip(lon, lat, people))
    assert answer["profile"]["spread"] == pytest.approx(spread / people.sum() ** 2, abs=0.01)
    assert not answer["indicative"] and answer["layerYear"] == "2021"


TERRITORIES = ["FR-02", "CH-GE", "CH-VD", "IT-TO", "MU", "FR-974", "Aisne,Oise", "Saint-Quentin,Bohain-en-Vermandois,Guise", "epci:243000643"]


@pytest.mark.parametrize("area", TERRITORIES)
def test_every_kind_of_territory_has_the_figures_of_coverage(maillage, area):
    answer = assess(maillage, area)
    reaches = ["--within", "10km,20km,30km", "--as-of", DAY, "--format", "json"]
    coverage = maillage("coverage", "--area", area, *reaches).json
    assert answer["coverage"]["total"] == coverage["total"] and answer["coverage"]["leftOutAsUnknown"] == coverage["leftOutAsUnknown"]
    assert answer["coverage"]["oldestVerification"] == coverage["oldestVerification"]
    unreached = maillage("coverage", "--area", area, "--unreached", "10", *reaches).json
    assert answer["unreached"] == unreached
    profile = answer["profile"]
    assert profile["population"] == coverage["total"]["population"] > 0
    assert profile["density"] == pytest.approx(profile["population"] / profile["squareKilometres"])
    assert profile["ruralShare"] is None and answer["counts"] == []
    assert answer["form"]["heuristic"] and len(answer["form"]["criteria"]) >= 6 and len(answer["comparable"]["rows"]) > 5
    assert answer["indicative"] and answer["asOf"] == DAY and answer["layer"] == "indicative"


def test_a_polygon_across_a_border_has_people_of_both_countries(maillage, tmp_path):
    ring = [[5.75, 46.0], [6.5, 46.0], [6.5, 46.42], [5.75, 46.42], [5.75, 46.0]]
    (tmp_path / "grand-geneve.geojson").write_text(
        json.dumps({"type": "Feature", "properties": {"name": "Grand Genève"}, "geometry": {"type": "Polygon", "coordinates": [ring]}})
    )
    answer = assess(maillage, "grand-geneve.geojson")
    assert sorted(answer["countries"]) == ["CH", "FR"] and answer["areaName"] == "Grand Genève" and answer["areas"] == []
    area, _ = GEOD.polygon_area_perimeter([x for x, _ in ring], [y for _, y in ring])
    assert answer["profile"]["squareKilometres"] == pytest.approx(area / 1e6, rel=1e-9)
    assert {p["id"] for p in answer["platforms"]["rows"] if p["inside"]} >= {"geneve-main", "geneve-annemasse", "geneve-bellegarde"}
    both = assess(maillage, "grand-geneve.geojson", "CH-GE")
    assert both["profile"]["population"] >= answer["profile"]["population"]
    assert both["profile"]["population"] < answer["profile"]["population"] + assess(maillage, "CH-GE")["profile"]["population"]


def test_communes_that_were_imported_are_areas_of_a_list(run, workspace, tmp_path):
    copy(workspace, tmp_path / "workspace")
    maillage = lambda *arguments: run(*arguments, MAILLAGE_WORKSPACE=str(tmp_path / "workspace"))  # noqa: E731
    (tmp_path / "list.csv").write_text("code\n02691\n02095\n")
    missing = maillage("assess", "list.csv")
    assert missing.code == 65 and "list.csv, line 2: no area '02691'; communes are areas once 'maillage areas import'" in missing.err

    def square(code, name, x, y):
        ring = [[x - 0.04, y - 0.04], [x + 0.04, y - 0.04], [x + 0.04, y + 0.04], [x - 0.04, y + 0.04], [x - 0.04, y - 0.04]]
        return {"type": "Feature", "properties": {"code": code, "name": name}, "geometry": {"type": "Polygon", "coordinates": [ring]}}

    # Squares around the towns, which overlap nothing: what matters is that the codes are known.
    features = [square("02691", "Saint-Quentin", 3.287, 49.849), square("02095", "Bohain-en-Vermandois", 3.453, 49.986)]
    (tmp_path / "communes.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    imported = maillage("areas", "import", "communes.geojson", "--kind", "commune", "--country", "FR", "--who", "test", "--why", "test")
    assert imported.code == 0, imported.err
    answer = assess(maillage, "list.csv")
    assert answer["areas"] == ["02691", "02095"] and not answer["profile"]["groundIsDrawn"]
    assert answer["profile"]["population"] == sum(assess(maillage, code)["profile"]["population"] for code in ("02691", "02095"))


def test_who_lives_in_two_areas_counts_once(maillage):
    region = assess(maillage, "FR-HDF")["profile"]
    both = assess(maillage, "FR-HDF", "FR-02")["profile"]
    assert both["population"] == region["population"] and both["squareKilometres"] == pytest.approx(region["squareKilometres"], rel=0.001)
    listed = maillage("coverage", "--area", "FR-HDF,FR-02", "--format", "json").json
    assert listed["total"]["population"] == region["population"]
    sited = maillage("site", "FR-02,FR-60", "--count", "1", "--within", "20km", "--format", "json")
    assert sited.code == 0, sited.err
    assert maillage("overlaps", "--area", "FR-75,FR-92", "--within", "10km").code == 0
    assert maillage("catchments", "--area", "Guise,Hirson", "--within", "30km").code == 0


@pytest.mark.parametrize("form", ["table", "json", "geojson", "csv"])
@pytest.mark.parametrize("area", ["FR-02", "MU", "Guise"])
def test_every_form(maillage, area, form):
    answer = assess(maillage, area, form=form)
    if form == "geojson":
        roles = {f["properties"]["role"] for f in answer["features"]}
        assert "territory" in roles and "locality" in roles and answer["features"][0]["geometry"]["type"] == "MultiPolygon"
        assert len({f["id"] for f in answer["features"]}) == len(answer["features"])
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(answer.out)))
        assert {"territory", "profile", "locality", "comparable", "form", "criterion"} <= {r["role"] for r in rows}
        assert all(None not in r and None not in r.values() for r in rows)
    if form == "table":
        assert max(map(len, answer.out.splitlines())) <= 150
        assert "indicative" in answer.err and "2009-12" in answer.err


@pytest.mark.parametrize("language, words", [("en", "Fitting form"), ("fr", "Forme adaptée"), ("it", "Forma adatta"), ("es", "Forma adecuada"), ("pt", "Forma adequada")])
def test_the_table_speaks_five_languages(maillage, language, words):
    answer = maillage("assess", "FR-74", "--language", language)
    assert answer.code == 0 and words in answer.out and "{" not in answer.out + answer.err


def test_attributes_of_a_layer_are_told(run, workspace, tmp_path):
    copy(workspace, tmp_path / "workspace")
    (tmp_path / "grid.csv").write_text("lat,lon,people,young\n49.85,3.29,100,30\n49.56,3.62,50,\n49.4,3.3,10,4\n")
    maillage = lambda *arguments: run(*arguments, MAILLAGE_WORKSPACE=str(tmp_path / "workspace"))  # noqa: E731
    imported = maillage("population", "import", "grid.csv", "--id", "grid", "--people", "people", "--attribute", "young")
    assert imported.code == 0, imported.err
    answer = maillage("assess", "FR-02", "--layer", "grid", "--format", "json").json
    assert answer["counts"] == [{"name": "young", "count": 34, "notKnownFor": 50}]
    table = maillage("assess", "FR-02", "--layer", "grid").out
    assert "young 34" in table and "not available for 50 people" in table


@pytest.mark.parametrize(
    "arguments, code, words",
    [
        (["PL"], 66, "layer 'indicative' has nobody in Pologne; it covers FR"),
        (["sea.geojson"], 66, "has nobody in sea; it covers FR"),
        (["nowhere.geojson"], 66, "nowhere.geojson: no such file"),
        (["FR-02,Nowhereville"], 66, "no area 'Nowhereville'"),
        (["all"], 64, "the whole layer is no territory"),
        (["FR-02", "--around", "10min"], 64, "--around is a duration"),
        (["FR-02", "--count", "0"], 64, "from 1 to 100000"),
        (["FR-02", "--within", "10km,20min"], 64, "all be distances"),
        (["FR-02", "--language", "de"], 64, "en"),
        (["bad.txt"], 65, "bad.txt, line 2: no area 'Nowhereville'"),
    ],
)
def test_what_cannot_be_assessed_says_why(maillage, tmp_path, arguments, code, words):
    ring = [[-30, 45], [-29, 45], [-29, 46], [-30, 46], [-30, 45]]
    (tmp_path / "sea.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    (tmp_path / "bad.txt").write_text("FR-02\nNowhereville\n")
    answer = maillage("assess", *arguments)
    assert (answer.code, answer.out) == (code, ""), answer.err
    assert words in answer.err


def test_help_teaches(run):
    words = run("assess", "--help").out
    for word in ("EXAMPLES", "FITTING FORM", "heuristic", "--around", "--language", "csv", "geojson", "locality:ID"):
        assert word in words


def test_gdal_reads_the_map(maillage, tmp_path):
    (tmp_path / "aisne.geojson").write_text(maillage("assess", "FR-02", "--format", "geojson").out)
    info = subprocess.run(["ogrinfo", "-so", "-al", tmp_path / "aisne.geojson"], capture_output=True, text=True)
    assert info.returncode == 0 and "role: String" in info.stdout
