"""Scenarios as a promoter and an officer use them: from a proposal to a comparison, to planned platforms and back."""

import csv
import io
import json
import sqlite3
import struct
import subprocess

import numpy as np
import pyproj
import pytest
from conftest import copy, edit

GEOD = pyproj.Geod(ellps="WGS84")
TABLES = ["sources", "cites", "platforms", "platform_periods", "label_decisions", "territories", "poles", "scenarios", "scenario_changes"]


@pytest.fixture
def mine(workspace, tmp_path):
    copy(workspace, tmp_path / "w")
    return tmp_path / "w"


@pytest.fixture
def scenario(run, mine):
    """Runs `maillage scenario …` on a copy of the workspace."""
    return lambda *arguments, **options: run("scenario", *arguments, MAILLAGE_WORKSPACE=str(mine), MAILLAGE_USER="officer", **options)


def dump(workspace, tables=TABLES):
    with sqlite3.connect(workspace / "network.gpkg") as db:
        return {table: db.execute(f"SELECT * FROM {table} ORDER BY fid").fetchall() for table in tables}


def people_of(workspace, area):
    """Longitude, latitude and people of the points of an area, read without the program."""
    with sqlite3.connect(workspace / "population" / "indicative.gpkg") as db:
        rows = db.execute("SELECT geom, people FROM population WHERE area = ?", [area]).fetchall()
    xy = np.array([struct.unpack_from("<dd", geom, 13) for geom, _ in rows])
    return xy[:, 0], xy[:, 1], np.array([n for _, n in rows])


def test_the_examples_of_the_help_run_one_after_another(run, mine, scenario, tmp_path):
    def maillage(*arguments):
        done = run(*arguments, MAILLAGE_WORKSPACE=str(mine), MAILLAGE_USER="officer")
        assert done.code == 0, (arguments, done.err)
        return done

    proposed = maillage("site", "FR-02", "--count", "3", "--within", "20km", "--format", "csv").out
    (tmp_path / "proposed.csv").write_text(proposed)
    made = maillage("scenario", "new", "Aisne 2027", "--area", "FR-02")
    assert made.out.startswith("scenario aisne-2027: ") and "its id 'aisne-2027' is made of the name" in made.err and "change 2;" in made.err
    opened = maillage("scenario", "open", "aisne-2027", "--from", tmp_path / "proposed.csv")
    assert len(opened.out.splitlines()) == 3 and "change 3;" in opened.err
    shown = maillage("scenario", "show", "aisne-2027")
    for row in csv.DictReader(io.StringIO(proposed)):
        assert row["name"] in shown.out and f"(GeoNames {row['id']}), adds {round(float(row['adds']))} people" in shown.out
    maillage("scenario", "copy", "aisne-2027", "Aisne with Chauny")
    maillage("scenario", "open", "aisne-with-chauny", "Chauny", "--hours", "Tu,Th 09:00-12:00", "--counsellors", "1")
    compared = maillage("scenario", "compare", "aisne-2027", "aisne-with-chauny")
    header, *lines = compared.out.splitlines()
    assert header.split() == ["Aisne", "network", "aisne-2027", "aisne-with-chauny"]
    figures = dict(zip((line[:25].strip() for line in lines), (line.split()[-3:] for line in lines)))
    assert int(figures["platforms that count"][1]) == int(figures["platforms that count"][0]) + 3
    assert maillage("coverage", "--area", "FR-02", "--scenario", "aisne-2027", "--unreached", "10").out
    next_one = maillage("site", "FR-02", "--count", "1", "--within", "20km", "--scenario", "aisne-2027", "--format", "json").json
    assert next_one["scenario"] == "aisne-2027" and next_one["platforms"][0]["name"] not in proposed

    before = dump(mine)
    adopted = maillage(
        "scenario", "adopt", "aisne-2027", "--new-cite", "id=reseau-aisne", "name=Réseau des métiers de l'Aisne", "form=reseauDesMetiers", "country=FR"
    )
    assert "change 6;" in adopted.err and adopted.out.count("added platform") == 3 and "added cite reseau-aisne" in adopted.out
    listed = maillage("network", "list", "--format", "json").json
    cite = next(c for c in listed["cites"] if c["id"] == "reseau-aisne")
    assert cite["status"] == "planned" and {p["status"] for p in cite["platforms"]} == {"planned"} and len(cite["platforms"]) == 3
    assert "adopted" in maillage("scenario", "list").out
    maillage("scenario", "compare", "aisne-2027")
    twice = scenario("adopt", "aisne-2027", "--cite", "reseau-aisne")
    assert twice.code == 64 and "has been adopted" in twice.err
    assert maillage("doctor").code == 0
    maillage("network", "undo", "6")
    assert dump(mine) == before
    assert maillage("doctor").code == 0


def test_the_comparison_equals_one_computed_without_the_program(run, mine, scenario):
    scenario("new", "Plan", "--area", "FR-02", "--as-of", "2026-11-22")
    scenario("open", "plan", "--at", "49.5636,3.6236")
    scenario("open", "plan", "Hirson")
    scenario("close", "plan", "saint-quentinois-main")
    answer = scenario("compare", "plan", "--format", "json").json
    lon, lat, people = people_of(mine, "FR-02")
    platforms = run("network", "list", "--as-of", "2026-11-22", "--format", "geojson", MAILLAGE_WORKSPACE=str(mine)).json["features"]
    network = {f["id"]: tuple(f["geometry"]["coordinates"]) for f in platforms if f["properties"]["status"] == "open"}
    shown = scenario("show", "plan", "--format", "geojson").json["features"]
    plan = {i: at for i, at in network.items() if i != "saint-quentinois-main"}
    plan |= {f["properties"]["platform"]: tuple(f["geometry"]["coordinates"]) for f in shown if f["properties"]["state"] == "after"}
    assert len(plan) == len(network) + 1

    def nearest(places):
        metres = [GEOD.inv(lon, lat, np.full(len(lon), x), np.full(len(lat), y))[2] for x, y in places.values()]
        return np.min(metres, axis=0)

    before, after = nearest(network), nearest(plan)
    baseline, variant = answer["baseline"], answer["scenarios"][0]
    assert (answer["asOf"], variant["scenario"], baseline["scenario"]) == ("2026-11-22", "plan", None)
    assert (baseline["platforms"], variant["platforms"]) == (len(network), len(plan))
    for k, metres in enumerate((10_000, 20_000, 30_000)):
        for side, distance in ((baseline, before), (variant, after)):
            assert side["coverage"]["total"]["reaches"][k]["people"] == people[distance <= metres].sum()
        shift = variant["shifts"][k]
        assert shift["gained"] == people[(after <= metres) & (before > metres)].sum()
        assert shift["lost"] == people[(before <= metres) & (after > metres)].sum()
    for side, distance in ((baseline, before), (variant, after)):
        assert side["coverage"]["total"]["mean"] == pytest.approx((people * distance).sum() / people.sum(), abs=1e-3)
    rows = list(csv.DictReader(io.StringIO(scenario("compare", "plan", "--format", "csv").out)))
    assert [r["scenario"] for r in rows] == ["", "plan"] and int(rows[1]["gained_20km"]) == variant["shifts"][1]["gained"]
    coverage = run("coverage", "--area", "FR-02", "--scenario", "plan", "--within", "10km,20km,30km", "--format", "json", MAILLAGE_WORKSPACE=str(mine)).json
    assert coverage["scenario"] == "plan" and coverage["total"] == variant["coverage"]["total"]


REFUSED = [
    (["show", "nothing"], 66, "no scenario 'nothing'; scenarios: empty, plan"),
    (["new", ""], 64, "the name is empty"),
    (["new", "  "], 64, "the name is empty"),
    (["new", "Plan"], 64, "there is a scenario 'plan' already"),
    (["new", "Москва"], 64, "--id, such as --id aisne-2027"),
    (["new", "X", "--id", "FR-02"], 64, "is an area, and commands take either"),
    (["new", "X", "--id", "Up"], 64, "is no id of a scenario"),
    (["new", "X", "--area", "Nowhere"], 66, "no area 'Nowhere'"),
    (["new", "X", "--as-of", "soon"], 64, "is not a day"),
    (["open", "plan"], 64, "name a place, give a point"),
    (["open", "nothing", "Laon"], 66, "no scenario 'nothing'"),
    (["open", "plan", "Atlantisville"], 66, "no place named"),
    (["open", "plan", "--at", "49.5,203"], 64, "is not a point"),
    (["open", "plan", "--at", "30,-40"], 64, "lies in no area"),
    (["open", "plan", "Laon", "--id", "paris-main"], 64, "the network has a platform 'paris-main'"),
    (["open", "plan", "Laon", "--id", "plan-laon"], 64, "change 1 opens 'plan-laon' already"),
    (["open", "plan", "Laon", "--cite", "nobody"], 66, "there is no Cité 'nobody'"),
    (["open", "plan", "Laon", "--hours", "sometimes"], 64, "hours 'sometimes'"),
    (["open", "plan", "Laon", "--services", "tea"], 64, "is no list of services"),
    (["open", "plan", "--from", "missing.csv"], 66, "missing.csv: no such file"),
    (["close", "plan", "parix"], 66, "ids like it: paris-main"),
    (["close", "plan", "paris"], 66, "'paris' is a Cité; its platforms: paris-main"),
    (["move", "plan", "paris-main"], 64, "name the place it moves to"),
    (["change", "plan", "paris-main"], 64, "say what changes"),
    (["drop", "plan"], 64, "the number of a change, or --last"),
    (["drop", "plan", "9"], 66, "has no change 9; changes: 1 to 1"),
    (["compare"], 64, "ids"),
    (["compare", "plan", "plan"], 64, "given twice"),
    (["compare", "plan", "empty"], 64, "'empty' changes nothing yet"),
    (["compare", "plan", "--as-of", "1999-01-01"], 64, "is before that"),
    (["adopt", "plan"], 64, "plan-laon has no Cité; --cite ID"),
    (["adopt", "plan", "--cite", "nobody"], 66, "no Cité 'nobody'"),
    (["adopt", "empty", "--cite", "paris"], 64, "there is nothing to adopt"),
    (["adopt", "plan", "--cite", "paris", "--source", "nobody"], 66, "no source 'nobody'"),
    (["delete", "nothing"], 66, "no scenario 'nothing'"),
]


def test_bad_input_is_refused_with_what_would_be_accepted_and_nothing_is_lost(mine, scenario):
    assert scenario("new", "Plan", "--area", "FR-02").code == 0
    assert scenario("open", "plan", "Laon").code == 0
    assert scenario("new", "Empty", "--area", "FR-02").code == 0
    before = dump(mine, [*TABLES, "change_log"])
    for arguments, code, sentence in REFUSED:
        answer = scenario(*arguments)
        assert (answer.code, answer.out) == (code, "") and sentence in answer.err, (arguments, answer.code, answer.err)
        assert dump(mine, [*TABLES, "change_log"]) == before, arguments


def test_a_file_of_places_with_one_bad_place_opens_none(mine, scenario, tmp_path):
    scenario("new", "Plan")
    before = dump(mine)
    for content, sentence in {
        "id,name\na,A\n": "no column 'lat'",
        "id,name,lat,lon,kind\na,A,49.5,3.5,site\nb,B,49.6,3.5,palace\n": "place 2 (B): kind is 'palace'",
        "id,name,lat,lon\na,A,49.5,3.5\na,B,49.6,3.5\n": "line 3: the id 'a'",
        "id,name,lat,lon\na,A,95,3.5\n": "line 2: '95'",
        '{"type":"FeatureCollection","features":[{"type"': "line 1",
    }.items():
        (tmp_path / "bad.csv").write_text(content)
        answer = scenario("open", "plan", "--from", "bad.csv")
        assert answer.code == 65 and sentence in answer.err, answer.err
        assert dump(mine) == before


def test_scenario_edits_are_history_and_undone(run, mine, scenario):
    before = dump(mine)
    numbers = []
    for arguments in (["new", "Plan"], ["open", "plan", "Laon"], ["close", "plan", "paris-main"], ["drop", "plan", "--last"], ["delete", "plan"]):
        done = scenario(*arguments, "--why", "a try")
        numbers.append(int(done.err.split("change ")[-1].split(";")[0]))
    history = run("network", "history", "plan", "--format", "json", "--workspace", mine).json
    assert [h["change"] for h in history] == [2, 3, 4, 5, 6, 6] and {(h["who"], h["why"]) for h in history} == {("officer", "a try")}
    assert run("network", "history", "paris-main", "--format", "json", "--workspace", mine).json[-1]["change"] == 1
    for number in reversed(numbers):
        assert run("network", "undo", number, "--workspace", mine).code == 0
    assert dump(mine) == before
    assert run("doctor", "--workspace", mine).code == 0


def test_a_dry_run_writes_nothing(mine, scenario):
    scenario("new", "Plan", "--area", "FR-02")
    scenario("open", "plan", "Laon")
    before = dump(mine, [*TABLES, "change_log"])
    for arguments in (["open", "plan", "Hirson"], ["close", "plan", "paris-main"], ["drop", "plan", "--last"], ["delete", "plan"], ["adopt", "plan", "--cite", "paris"]):
        done = scenario(*arguments, "--dry-run")
        assert done.code == 0 and done.out and "nothing was changed (--dry-run)" in done.err, done.err
        assert dump(mine, [*TABLES, "change_log"]) == before


def test_no_export_shows_a_scenario(run, mine, scenario, tmp_path):
    scenario("new", "Projet Xylocopa", "--area", "FR-02", "--note", "secret until the committee sits")
    scenario("open", "projet-xylocopa", "Laon", "--origin", "an unpublished study")
    scenario("adopt", "projet-xylocopa", "--cite", "saint-quentinois")
    for kind in ("gpkg", "geojson", "csv"):
        assert run("export", kind, tmp_path / kind, "--workspace", mine).code == 0
        for file in (tmp_path / kind).iterdir():
            content = file.read_bytes()
            for trace in ("ylocopa", "projet-xylocopa", "secret until", "unpublished study"):
                assert trace.encode() not in content, (file.name, trace)
    assert run("network", "export", tmp_path / "all.geojson", "--workspace", mine).code == 0
    assert '"scenario_changes"' not in (tmp_path / "all.geojson").read_text()


def test_other_programs_read_and_write_the_tables(run, mine, scenario):
    scenario("new", "Plan", "--area", "FR-02")
    scenario("open", "plan", "Laon")
    scenario("move", "plan", "paris-main", "--at", "48.9,2.4")
    scenario("close", "plan", "saint-quentinois-main")
    store = mine / "network.gpkg"
    found = subprocess.run(["ogrinfo", "-ro", "-al", "-where", "action <> 'x'", store, "scenario_changes"], capture_output=True, text=True)
    assert found.returncode == 0 and "Feature Count: 3" in found.stdout and "POINT (2.4 48.9)" in found.stdout and "ERROR" not in found.stdout + found.stderr
    assert "Feature Count: 1" in subprocess.run(["ogrinfo", "-ro", "-al", store, "scenarios"], capture_output=True, text=True).stdout
    from osgeo_utils.samples import validate_gpkg

    checker = validate_gpkg.GPKGChecker(str(store), extra_checks=True)
    checker.check()
    assert checker.errors == []
    with edit(store) as db, db:
        db.execute("UPDATE scenario_changes SET action = 'sell' WHERE platform = 'paris-main'")
    spoilt = scenario("show", "plan")
    assert spoilt.code == 65 and "action is 'sell'; expected open, close, move or change" in spoilt.err
    assert run("network", "list", "--workspace", mine).code == 0
    change = run("network", "history", "plan", "--format", "json", "--workspace", mine).json[-1]["change"]
    assert run("network", "undo", change, "--workspace", mine).code == 0
    assert scenario("show", "plan").code == 0


def test_reading_goes_on_while_another_program_writes(run, mine, scenario):
    scenario("new", "Plan", "--area", "FR-02")
    scenario("open", "plan", "Laon")
    with edit(mine / "network.gpkg") as db:
        db.execute("BEGIN IMMEDIATE")
        assert "plan-laon" in scenario("show", "plan").out
        assert scenario("compare", "plan").code == 0
        db.rollback()


def test_mayotte_has_another_scenario_in_another_language(scenario):
    assert scenario("new", "Mayotte Sud", "--area", "Mayotte").code == 0
    assert scenario("open", "mayotte-sud", "Bouéni, Mayotte", "--kind", "associatedCentre", "--cite", "mayotte").code == 0
    texts = {}
    for language in ("fr", "en", "it", "es", "pt"):
        texts[language] = scenario("compare", "mayotte-sud", "--within", "5km,10km", "--language", language)
        assert texts[language].code == 0, texts[language].err
        assert "mayotte-sud" in texts[language].out.splitlines()[0]
    assert len({t.out for t in texts.values()}) == 5 and "gagnés" in texts["fr"].out and "coefficiente di Gini" in texts["it"].out
    shown = scenario("show", "mayotte-sud", "--language", "fr")
    assert "ouvre" in shown.out and "centre associé" in shown.out
    assert scenario("compare", "mayotte-sud", "--language", "de").code == 64
