"""Editing from outside: other programs, many processes, killed processes, malformed files."""

import json
import random
import signal
import sqlite3
import subprocess
import time

import pytest
from conftest import PROGRAM, copy, edit


@pytest.fixture
def mine(workspace, tmp_path):
    """A copy of the workspace that a test may write to."""
    copy(workspace, tmp_path / "w")
    return tmp_path / "w"


def dump(workspace):
    """The logical content of the network tables."""
    with sqlite3.connect(workspace / "network.gpkg") as db:
        tables = ["sources", "cites", "platforms", "platform_periods", "label_decisions", "territories", "poles", "change_log"]
        return [db.execute(f"SELECT * FROM {table} ORDER BY fid").fetchall() for table in tables]


def test_an_edit_by_ogr2ogr_stands_in_the_history(run, mine):
    source = mine / "new.csv"
    source.write_text("id,cite,kind,name,country,location_accuracy,source,lon,lat\nogr-made,paris,site,Made by GDAL,FR,town,livret-2009,2.4,48.8\n")
    done = subprocess.run(
        ["ogr2ogr", "-update", "-append", mine / "network.gpkg", source, "-nln", "platforms", "-oo", "X_POSSIBLE_NAMES=lon", "-oo", "Y_POSSIBLE_NAMES=lat", "-a_srs", "EPSG:4326"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    history = run("network", "history", "ogr-made", "--workspace", mine, "--format", "json").json
    assert [(h["operation"], h["who"]) for h in history] == [("insert", None)]
    assert run("doctor", "--workspace", mine).code == 0
    change = history[0]["change"]
    assert run("network", "undo", change, "--workspace", mine).code == 0
    assert run("network", "show", "ogr-made", "--workspace", mine).code == 66


def test_what_was_known_before_an_edit_is_still_told(run, mine):
    time.sleep(1.1)
    instant = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    time.sleep(1.1)
    assert run("network", "set", "paris-main", "town=Elsewhere", "--workspace", mine, "--who", "tester").code == 0
    now = run("network", "show", "paris-main", "--format", "json", "--workspace", mine).json
    then = run("network", "show", "paris-main", "--format", "json", "--workspace", mine, "--recorded-at", instant).json
    assert (now["town"], then["town"]) == ("Elsewhere", "Paris")
    assert run("network", "list", "--workspace", mine, "--recorded-at", "yesterday").code == 64


def test_the_file_of_an_export_restores_the_network(run, mine):
    assert run("network", "export", mine / "all.geojson", "--workspace", mine).code == 0
    before = dump(mine)[:-1]
    for edit in (["set", "milan", "zone=X"], ["close", "rome", "--on", "2015"], ["add", "source", "id=s", "title=T"]):
        assert run("network", *edit, "--workspace", mine).code == 0
    shown = run("network", "import", mine / "all.geojson", "--replace", "--dry-run", "--workspace", mine)
    assert "changed cite milan" in shown.out and "deleted source s" in shown.out
    assert run("network", "import", mine / "all.geojson", "--replace", "--workspace", mine).code == 0
    assert dump(mine)[:-1] == before


def test_an_import_killed_at_any_moment_leaves_the_old_state_whole(run, mine):
    rows = ["id,cite,kind,name,country,location_accuracy,lat,lon,source"]
    rows += [f"bulk-{i},paris,site,Place {i},FR,town,{45 + i % 400 / 100},{i % 300 / 100},livret-2009" for i in range(50_000)]
    (mine / "bulk.csv").write_text("\n".join(rows) + "\n")
    before = dump(mine)
    generator = random.Random(7)
    for moment in [generator.uniform(0.05, 6) for _ in range(5)]:
        process = subprocess.Popen(
            [PROGRAM, "network", "import", mine / "bulk.csv", "--workspace", mine], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        if process.wait() == 0:
            break
        assert dump(mine) == before, moment
        assert run("network", "show", "paris", "--workspace", mine).code == 0
    assert run("network", "import", mine / "bulk.csv", "--workspace", mine).code == 0
    with sqlite3.connect(mine / "network.gpkg") as db:
        assert db.execute("SELECT count(*) FROM platforms WHERE id LIKE 'bulk-%'").fetchone() == (50_000,)


def test_eight_processes_that_write_at_once_lose_nothing(mine):
    commands = [
        " && ".join(f'"{PROGRAM}" network add source id=w{w}-{i} title=T --workspace "{mine}" --who w{w}' for i in range(6)) for w in range(8)
    ]
    processes = [subprocess.Popen(["bash", "-c", command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for command in commands]
    for process in processes:
        assert process.wait() == 0, process.stderr.read()
    with sqlite3.connect(mine / "network.gpkg") as db:
        assert db.execute("SELECT count(*) FROM sources WHERE id LIKE 'w%-%'").fetchone() == (48,)
        logged = db.execute("SELECT count(*), count(DISTINCT change) FROM change_log WHERE who LIKE 'w_'").fetchone()
        assert logged == (48, 48)


MALFORMED = {
    "unclosed.csv": (b'id,town\nparis-main,"Par\n', "line 2"),
    "nulls.csv": (b"id,town\nparis-main,Pa\x00ris\n", "line 2"),
    "columns.csv": (b",".join(b"c%d" % i for i in range(1_000_000)) + b"\n1\n", "line 2"),
    "short.csv": (b"id,town\nparis-main\n", "line 2"),
    "swapped.csv": (b"id,country,lat,lon\nparis-main,FR,2.39,48.89\n", "line 2"),
    "nan.csv": (b"id,lat,lon\nparis-main,nan,2\n", "line 2"),
    "binary.csv": (bytes(range(256)) * 50, "line"),
    "empty.csv": (b"", "line 1"),
    "deep.geojson": (b"[" * 1_000_000, "line 1"),
    "cut.geojson": (b'{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coor', "line 1"),
    "far.geojson": (
        b'{"type":"FeatureCollection","features":[{"type":"Feature","id":"paris-main","geometry":{"type":"Point","coordinates":[2,999]},"properties":{"record":"platform"}}]}',
        "features[0]",
    ),
    "other.geojson": (b'{"hello":1}', "type"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_file_is_refused_with_its_place_and_changes_nothing(run, workspace, tmp_path, name):
    content, place = MALFORMED[name]
    (tmp_path / name).write_bytes(content)
    before = dump(workspace)
    answer = run("network", "import", tmp_path / name, "--table", "platform", "--workspace", workspace)
    assert answer.code == 65 and answer.out == "", (answer.code, answer.err[:300])
    assert place in answer.err and name in answer.err and len(answer.err) < 5_000
    assert dump(workspace) == before


def test_a_file_of_200_mb_is_refused_before_it_is_read(run, workspace, tmp_path):
    with open(tmp_path / "huge.geojson", "wb") as file:
        file.write(b'{"type":"FeatureCollection","features":[')
        file.truncate(200 << 20)
    limited = subprocess.run(
        ["bash", "-c", f'ulimit -v 4000000; "{PROGRAM}" network import "{tmp_path}/huge.geojson" --workspace "{workspace}"'], capture_output=True, text=True
    )
    assert limited.returncode == 65 and "200 MB" in limited.stderr


def test_areas_are_imported_from_geojson_geopackage_and_member_lists(run, mine, tmp_path):
    square = {"type": "Polygon", "coordinates": [[[3.2, 49.8], [3.4, 49.8], [3.4, 49.9], [3.2, 49.9], [3.2, 49.8]]]}
    feature = {"type": "Feature", "geometry": square, "properties": {"code_insee": "02691", "nom": "Saint-Quentin", "dep": "02"}}
    (tmp_path / "c.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    common = ["--country", "FR", "--workspace", mine]
    done = run("areas", "import", "c.geojson", "--kind", "commune", "--parent", "dep", "--parent-prefix", "FR-", *common)
    assert done.code == 0 and "1 area added" in done.err, done.err
    subprocess.run(["ogr2ogr", "-f", "GPKG", "-t_srs", "EPSG:2154", tmp_path / "c.gpkg", tmp_path / "c.geojson"], check=True, capture_output=True)
    again = run("areas", "import", "c.gpkg", "--kind", "commune", "--parent", "dep", "--parent-prefix", "FR-", *common)
    assert again.code == 0 and "0 areas added, 1 replaced" in again.err, again.err
    (tmp_path / "e.csv").write_text("epci_siren,epci_nom,code_insee\n200071892,CA du Saint-Quentinois,02691\n")
    assert run("areas", "import", "e.csv", "--kind", "epci", "--prefix", "epci:", *common).code == 0
    answers = [
        run("coverage", "--area", area, "--format", "json", "--workspace", mine).json["total"]["population"]
        for area in ("02691", "epci:200071892", tmp_path / "c.geojson")
    ]
    # The GeoPackage came back from Lambert 93: a border a millimetre off may change sides with a point.
    assert answers[0] == answers[1] == pytest.approx(answers[2], rel=0.01) and answers[2] > 10_000
    bad = run("areas", "import", "c.geojson", "--kind", "commune", "--parent", "dep", "--parent-prefix", "XX-", *common)
    assert bad.code == 65 and "parent 'XX-02'" in bad.err


def test_a_number_that_no_change_can_have_kills_no_write(run, mine):
    with sqlite3.connect(mine / "network.gpkg") as db:
        row = "INSERT INTO change_log (change, at, table_name, operation, after) VALUES (9223372036854775807, '2026', 'poles', 'insert', '{\"fid\":900}')"
        with pytest.raises(sqlite3.IntegrityError, match="a change has the number after the last"):
            db.execute(row)
        db.execute("DROP TRIGGER guard_change_log_insert")
        db.execute(row)
    done = run("network", "set", "paris-main", "town=Elsewhere", "--workspace", mine)
    assert done.code == 0 and "change 2;" in done.err, (done.code, done.err)
    assert run("network", "undo", 2, "--workspace", mine).code == 0
    found = run("doctor", "--workspace", mine)
    assert found.code == 65 and "change_log fid" in found.out


def test_one_bad_cell_of_another_program_is_named_and_mended(run, mine):
    for mend in (["set", "paris-main", "kind=main"], ["undo", "CHANGE"]):
        with edit(mine / "network.gpkg") as db, db:
            db.execute("UPDATE platforms SET kind = 'palace' WHERE id = 'paris-main'")
        answer = run("network", "list", "--workspace", mine)
        assert answer.code == 65 and "(paris-main): kind is 'palace'" in answer.err and "maillage network set ID FIELD=VALUE" in answer.err
        assert run("network", "add", "source", f"id=s-{mend[0]}", "title=T", "--workspace", mine).code == 0
        history = run("network", "history", "--format", "json", "--workspace", mine).json
        change = [h["change"] for h in history if h["who"] is None][-1]
        done = run("network", *(str(change) if m == "CHANGE" else m for m in mend), "--workspace", mine)
        assert done.code == 0, done.err
        assert run("network", "list", "--workspace", mine).code == 0
        assert run("doctor", "--workspace", mine).code == 0


def test_a_dry_run_shows_the_fields_of_what_it_would_add(run, workspace, tmp_path):
    (tmp_path / "s.csv").write_text("id,title,date\nnew-book,A new book,2026\n")
    shown = run("network", "import", tmp_path / "s.csv", "--table", "source", "--dry-run", "--workspace", workspace)
    assert shown.code == 0, shown.err
    assert "added source new-book" in shown.out and "title: nothing → 'A new book'" in shown.out and "date: nothing → '2026'" in shown.out


def test_control_characters_are_refused_of_who_and_why_and_seen_in_the_history(run, mine):
    for option in ("--who", "--why"):
        answer = run("network", "set", "paris", "zone=X", option, "a\x1b[31mb", "--workspace", mine)
        assert answer.code == 64 and "has control characters" in answer.err and "\x1b" not in answer.err
    with edit(mine / "network.gpkg") as db, db:
        db.execute("UPDATE change_context SET who = char(27) || '[31mred', why = 'a' || char(10) || 'b'")
        db.execute("UPDATE platforms SET town = 'A' || char(27) || 'B' WHERE id = 'paris-main'")
    shown = run("network", "history", "paris-main", "--workspace", mine).out
    assert "\x1b" not in shown and "\\u{1B}[31mred: a␤b" in shown and "'A\\u{1B}B'" in shown


def test_fifty_thousand_rows_are_imported_in_seconds(run, mine):
    rows = ["id,cite,kind,name,country,location_accuracy,lat,lon,source"]
    rows += [f"bulk-{i},paris,site,Place {i},FR,town,{45 + i % 400 / 100},{1 + i % 300 / 100},livret-2009" for i in range(50_000)]
    (mine / "bulk.csv").write_text("\n".join(rows) + "\n")
    start = time.monotonic()
    assert run("network", "import", mine / "bulk.csv", "--workspace", mine).code == 0
    # About nine seconds; two minutes before the polygon of the country was kept ready.
    assert time.monotonic() - start < 60
