"""The command line: what it answers, and what it says when it cannot."""

import csv
import gzip
import io
import os
import signal
import sqlite3
import subprocess
import time

import pytest
from conftest import PROGRAM, ROOT, copy, edit


def test_the_network_at_the_end_of_2009(maillage):
    listing = maillage("network", "list", "--as-of", "2009-12-31", "--format", "json").json
    assert listing["asOf"] == "2009-12-31"
    open_cites = [c for c in listing["cites"] if c["status"] == "open"]
    assert len(open_cites) == 25 and len({c["country"] for c in open_cites}) == 7
    assert {c["id"]: c["status"] for c in listing["cites"] if c["status"] != "open"} == {"nanaimo": "planned", "nimes": "unknown"}
    assert set(listing["cites"][0]) == {"id", "name", "localName", "country", "form", "label", "confirmed", "status", "platforms"}
    assert set(listing["cites"][0]["platforms"][0]) == {"id", "name", "kind", "status", "services", "locationAccuracy", "verified"}


def test_a_southern_point_is_read_latitude_first(maillage):
    answer = maillage("nearest", "--at", "-20.16,57.5", "--include-unknown", "--count", "1", "--format", "json").json
    assert answer["features"][0]["properties"]["id"] == "maurice-main"
    assert answer["features"][0]["geometry"]["coordinates"][0] > 57


def test_a_shared_name_takes_the_most_populous_and_names_the_others(maillage):
    answer = maillage("nearest", "Saint-Denis")
    assert answer.code == 0 and "could also be" in answer.err and "Seine-Saint-Denis" in answer.err


def test_open_at_takes_those_known_to_be_open_and_lists_apart_those_of_whom_it_is_not_known(run, workspace, tmp_path):
    copy(workspace, tmp_path / "mine")
    with edit(tmp_path / "mine" / "network.gpkg") as db, db:
        db.execute("UPDATE platforms SET hours = 'Mo-Fr 09:00-12:30,14:00-17:00; PH off' WHERE id IN ('saint-quentinois-main', 'mayotte-main')")
        db.execute("UPDATE platforms SET hours = 'Mo-Fr 09:00-12:00 \"sur rendez-vous\"' WHERE id = 'paris-main'")
        db.execute("UPDATE platforms SET hours = 'Tu 09:00-12:00' WHERE id = 'nanterre-main'")

    def nearest(moment, *more):
        return run("nearest", "--at", "49.85,3.29", "--count", "2", "--open-at", moment, "--workspace", "mine", *more)

    answer = nearest("2026-11-23T10:00", "--format", "json").json
    assert [f["id"] for f in answer["features"]] == ["saint-quentinois-main", "mayotte-main"]
    opening = answer["features"][0]["properties"]["opening"]
    assert opening["state"] == "open"
    assert opening["nextChange"] == {"state": "closed", "localTime": "2026-11-23T12:30", "instant": "2026-11-23T11:30Z"}
    assert [f["id"] for f in answer["openByAppointment"]] == ["paris-main"] and answer["closedCount"] == 1
    assert answer["hoursNotKnown"][0]["id"] == "saint-quentinois-vermandois" and answer["hoursNotKnownCount"] > 2
    # 10:00 in Mayotte is 08:00 in Paris; and 27 April is a holiday in Mayotte only.
    assert [f["id"] for f in nearest("2026-11-23T10:00+03:00", "--format", "json").json["features"]] == ["mayotte-main"]
    assert [f["id"] for f in nearest("2026-04-27T10:00", "--format", "json").json["features"]] == ["saint-quentinois-main"]
    table = nearest("2026-11-23T10:00")
    assert "open until 12:30" in table.out and "hours not known" in table.out
    assert "Lines marked H" in table.err and "1 that are no farther are closed" in table.err
    rows = list(csv.DictReader(io.StringIO(nearest("2026-11-23T10:00", "--format", "csv").out)))
    assert [(r["rank"], r["opening"]) for r in rows][:4] == [("1", "open"), ("2", "open"), ("", "byAppointment"), ("", "unknown")]
    shown = run("network", "show", "saint-quentinois-main", "--workspace", "mine").out
    assert "Monday to Friday 9:00–12:30 and 14:00–17:00; closed on public holidays" in shown and "openNow" in shown
    nobody = run("network", "show", "alencon-main", "--workspace", "mine").out
    assert any(line.split(None, 1) == ["openNow", "not known"] for line in nobody.splitlines())


def test_a_name_with_one_typing_error_is_mended_and_stderr_says_so(maillage):
    answer = maillage("nearest", "marseile", "--format", "json")
    assert answer.code == 0 and "taken as Marseille (Bouches-du-Rhône)" in answer.err
    assert answer.json["corrected"] is True and answer.json["query"]["name"] == "Marseille"
    plain = maillage("nearest", "Marseille", "--format", "json")
    assert plain.json["corrected"] is False and "taken as" not in plain.err


def test_an_assumed_point_is_never_a_distance_of_nothing(maillage):
    line = maillage("nearest", "bohain en vermandois").out.splitlines()[1]
    assert "Vermandois" in line and "unknown, near here" in line and " km" not in line
    assert "in the same town" in maillage("nearest", "Geneve").out


def test_postal_codes_are_names_once_imported(run, workspace, tmp_path):
    copy(workspace, tmp_path / "mine")
    rows = "code,place,lat,lon,country,community\n30120,Avèze,43.9716,3.6002,FR,Vigan\n30120,Le Vigan,43.9911,3.6065,FR,Vigan\n"
    (tmp_path / "codes.csv.gz").write_bytes(gzip.compress(rows.encode()))
    mine = ["--workspace", "mine"]
    assert run("nearest", "30120", *mine).code == 66
    dry = run("localities", "import", "codes.csv.gz", "--dry-run", *mine)
    assert dry.code == 0 and "2 added" in dry.err and run("nearest", "30120", *mine).code == 66
    assert run("localities", "import", "codes.csv.gz", *mine).code == 0
    answer = run("nearest", "30120", *mine, "--format", "json")
    assert answer.json["query"]["name"] == "Le Vigan" and "taken as Le Vigan (Gard)" in answer.err
    again = run("localities", "import", "codes.csv.gz", *mine)
    assert "0 added, 2 unchanged" in again.err
    assert run("doctor", *mine).code == 0
    from osgeo_utils.samples import validate_gpkg

    checker = validate_gpkg.GPKGChecker(str(tmp_path / "mine" / "network.gpkg"), extra_checks=True)
    checker.check()
    assert checker.errors == []


@pytest.mark.parametrize(
    "content, arguments, words",
    [
        (b"code,place,lat,lon,country\n1,a,95,3,FR\n2,,45,3,FR\n", [], ["line 2: lat is '95'", "line 3: place is ''"]),
        (b"a,b\n1,2\n", [], ["name it with --code"]),
        (b"code,place,lat,lon\n1,a,45,3\n", [], ["--country"]),
        (b"code,place,lat,lon,country\n1,a,45,3,FR\n", ["--place", "town"], ["no column 'town' for --place"]),
        (b"\x1f\x8b\x08\x00cut", [], ["gzip"]),
    ],
)
def test_a_bad_postal_file_is_65_with_its_lines_and_leaves_the_store_as_it_was(maillage, workspace, tmp_path, content, arguments, words):
    (tmp_path / "bad.csv").write_bytes(content)
    answer = maillage("localities", "import", "bad.csv", *arguments)
    assert answer.code == 65 and all(w in answer.err for w in words), answer.err
    with sqlite3.connect(workspace / "network.gpkg") as db:
        assert db.execute("SELECT count(*) FROM postal_codes").fetchone() == (0,)


def test_a_place_renamed_by_a_foreign_hand_is_found_by_its_new_name(run, workspace, tmp_path):
    copy(workspace, tmp_path / "mine")
    with edit(tmp_path / "mine" / "network.gpkg") as db, db:
        db.execute("UPDATE localities SET name = 'Xyzzyville' WHERE name = 'Saint-Quentin' AND area = 'FR-02'")
    answer = run("nearest", "xyzyville", "--workspace", "mine")
    assert answer.code == 0 and "taken as Xyzzyville (Aisne)" in answer.err


def test_every_command_prints_every_format(maillage):
    for command in (
        ["network", "list"],
        ["network", "show", "paris"],
        ["network", "show", "paris-main"],
        ["nearest", "Lyon"],
        ["search", "bohai"],
        ["coverage", "--area", "Aisne"],
        ["distances", "--kind", "ruralPlatform"],
        ["network", "validate", "--as-of", "2009-12-31"],
    ):
        for form in ("table", "json", "geojson", "csv"):
            answer = maillage(*command, "--format", form)
            assert answer.code == 0 and answer.out, (command, form, answer.err)
            if form in ("json", "geojson"):
                answer.json
            if form == "csv":
                rows = list(csv.reader(io.StringIO(answer.out)))
                assert len({len(r) for r in rows}) == 1 and len(rows) > 1


@pytest.mark.parametrize(
    "arguments, code, words",
    [
        (["nearest"], 64, "--at LAT,LON"),
        (["nearest", "--at", "95,3"], 64, "LAT,LON in degrees, latitude first"),
        (["nearest", "--at", "abc"], 64, "expected LAT,LON"),
        (["nearest", "Lyon", "--count", "0"], 64, "from 1 to 1000"),
        (["nearest", "Lyon", "--within", "far"], 64, "within"),
        (["nearest", "Lyon", "--open-at", "2026-11-23"], 64, "such as 2026-11-23T10:00"),
        (["nearest", "Lyon", "--kind", "castle"], 64, "ruralPlatform"),
        (["network", "list", "--as-of", "2009-13-01"], 64, "YYYY-MM-DD"),
        (["coverage", "--within", "10km,30min"], 64, "all be distances"),
        (["coverage", "--area", "FR", "--by", "area", "--level", "galaxy"], 64, "department"),
        (["frobnicate"], 64, "frobnicate"),
        (["nearest", "Saint-Quentinnn"], 66, "Saint-Quentin"),
        (["coverage", "--area", "FR-999"], 66, "no area 'FR-999'"),
        (["coverage", "--area", "nowhere.geojson"], 66, "no such file"),
        (["coverage", "--layer", "insee-2021"], 66, "layers: indicative"),
        (["coverage", "--area", "DE"], 66, "it covers"),
        (["network", "show", "atlantis"], 66, "atlantis"),
        (["network", "list", "--country", "XX"], 66, "countries of the network"),
        (["network", "validate", "--code", "no-such-rule"], 64, "associated-centre-without-mother"),
        (["account", "add", "x", "--role", "editor"], 64, "needs --cite ID"),
        (["account", "add", "x", "--role", "officer", "--cite", "paris"], 64, "bound to no Cité"),
        (["account", "add", "a b", "--role", "officer"], 64, "letters, digits"),
        (["account", "add", "x", "--role", "editor", "--cite", "pari"], 66, "ids like it: paris"),
        (["account", "revoke", "nobody"], 66, "maillage account add"),
    ],
)
def test_what_cannot_be_done_has_its_exit_code_and_says_what_would_be_accepted(maillage, arguments, code, words):
    answer = maillage(*arguments)
    assert (answer.code, answer.out) == (code, ""), answer.err
    assert words in answer.err


def test_an_explicit_workspace_that_does_not_exist_is_66_and_is_not_made(run, tmp_path):
    for answer in (run("network", "list", "--workspace", "nope"), run("network", "list", MAILLAGE_WORKSPACE="nope")):
        assert answer.code == 66 and "maillage init --workspace nope" in answer.err
    assert not (tmp_path / "nope").exists()


def test_the_default_workspace_is_made_first_and_says_so(run, tmp_path):
    answer = run("network", "list", "--as-of", "2009-12-31", MAILLAGE_GEODATA=str(ROOT / "GeoData"))
    assert answer.code == 0 and "making ./workspace" in answer.err
    assert (tmp_path / "workspace" / "network.gpkg").exists()
    again = run("init")
    assert again.code == 64 and "exists already" in again.err


def test_init_never_takes_a_place_where_something_is(run, tmp_path):
    (tmp_path / "precious.txt").write_text("mine")
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to("empty")
    for name in ("precious.txt", "link"):
        answer = run("init", "--workspace", name, "--geodata", ROOT / "GeoData")
        assert answer.code in (64, 69), (name, answer.err)
    assert (tmp_path / "precious.txt").read_text() == "mine" and (tmp_path / "link").is_symlink()


def test_of_two_inits_at_once_the_first_to_finish_stays(run, tmp_path):
    command = [PROGRAM, "init", "--workspace", "w", "--geodata", ROOT / "GeoData"]
    processes = [subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)]
    time.sleep(1)
    processes.append(subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True))
    assert sorted(p.wait() for p in processes) == [0, 64]
    assert os.listdir(tmp_path) == ["w"]
    assert run("doctor", "--workspace", "w").code == 0


def test_a_workspace_that_may_only_be_read_is_read(workspace, tmp_path):
    copy(workspace, tmp_path / "shared")
    subprocess.run(["chmod", "-R", "a-w", tmp_path / "shared"], check=True)
    subprocess.run(["chmod", "a+rx", tmp_path, *tmp_path.parents[:2]], check=True)
    command = [PROGRAM, "nearest", "Lyon", "--workspace", tmp_path / "shared"]
    if os.geteuid() == 0:
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
    answer = subprocess.run(command, capture_output=True, text=True)
    subprocess.run(["chmod", "-R", "u+w", tmp_path / "shared"], check=True)
    if "Permission denied" in answer.stderr and "nearest" not in answer.stdout:
        pytest.skip("the checkout itself may not be read by others")
    assert answer.returncode == 0 and "geneve" in answer.stdout.lower() or "Cité" in answer.stdout, answer.stderr


def test_a_full_or_closed_output_is_a_sentence_and_not_a_crash(maillage, workspace):
    for redirection in (">/dev/full", ">&-"):
        command = f'"{PROGRAM}" network list --workspace "{workspace}" {redirection}'
        answer = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
        assert answer.returncode == 69 and len(answer.stderr.splitlines()) < 10, (redirection, answer.stderr[:500])


def test_a_bad_polygon_file_is_65_with_the_place_of_the_fault(maillage, tmp_path):
    (tmp_path / "a.geojson").write_text('{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[2,2]]]}')
    answer = maillage("coverage", "--area", "a.geojson")
    assert answer.code == 65 and "coordinates[0]: the ring is not closed" in answer.err
    (tmp_path / "b.geojson").write_text('{"type":"Point","coordinates":[1,2]}')
    assert maillage("coverage", "--area", "b.geojson").code == 65
    (tmp_path / "c.geojson").write_text('{"type":"Polygon","coordinates":[[[0,45],[2,47],[2,45],[0,47],[0,45]]]}')
    bow = maillage("coverage", "--area", "c.geojson")
    assert bow.code == 65 and "Self-intersection" in bow.err


def damaged_workspaces(workspace, folder):
    """Each is a copy of the workspace with another store."""

    def variant(name):
        target = folder / name
        copy(workspace, target)
        for leftover in target.glob("network.gpkg-*"):
            leftover.unlink()
        return target / "network.gpkg"

    variant("text").write_text("not a database\n" * 100)
    variant("empty").write_bytes(b"")
    store = variant("cut")
    store.write_bytes(store.read_bytes()[:200_000])
    store = variant("scrambled")
    data = bytearray(store.read_bytes())
    data[4096:400_000] = bytes(395_904)
    store.write_bytes(data)
    store = variant("foreign")
    store.unlink()
    with sqlite3.connect(store) as db:
        db.execute("CREATE TABLE t (a)")
    return ["text", "empty", "cut", "scrambled", "foreign"]


def test_a_damaged_or_foreign_store_is_65_and_is_left_as_it_is(run, workspace, tmp_path):
    for name in damaged_workspaces(workspace, tmp_path):
        store = tmp_path / name / "network.gpkg"
        before = store.read_bytes()
        for command in (["network", "list"], ["doctor"], ["nearest", "Lyon"]):
            answer = run(*command, "--workspace", tmp_path / name)
            assert answer.code == 65 and answer.out == "" and "network.gpkg" in answer.err, (name, command, answer.code, answer.err)
        assert store.read_bytes() == before, name


def test_doctor_finds_what_is_wrong_and_nothing_in_a_sound_workspace(run, maillage, workspace, tmp_path):
    assert maillage("doctor").code == 0
    copy(workspace, tmp_path / "sick")
    with edit(tmp_path / "sick" / "network.gpkg") as db, db:
        db.execute("DELETE FROM rtree_areas_geom WHERE id = 1")
        db.execute("UPDATE platforms SET locality = 1, hours = '9h-17h' WHERE id = 'paris-main'")
    answer = run("doctor", "--workspace", tmp_path / "sick")
    assert answer.code == 65
    assert "areas fid 1: is missing from its R-tree" in answer.out and "platforms paris-main: locality '1'" in answer.out
    assert "platforms paris-main: hours '9h-17h' cannot be read: column 1: '9h-17h'; expected a time such as 09:00" in answer.out


def test_a_backup_is_whole_and_never_overwrites(maillage, run, tmp_path):
    assert maillage("backup", "copy.gpkg").code == 0
    with sqlite3.connect(tmp_path / "copy.gpkg") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert db.execute("SELECT count(*) FROM cites").fetchone()[0] > 26
    again = maillage("backup", "copy.gpkg")
    assert again.code == 64 and "nothing is overwritten" in again.err
    assert maillage("backup", "nowhere/copy.gpkg").code == 66


def test_exports_hold_what_everyone_may_see(run, workspace, tmp_path):
    copy(workspace, tmp_path / "mine")
    secret = tmp_path / "mine"
    with edit(secret / "network.gpkg") as db, db:
        db.execute("UPDATE cites SET visibility = 'restricted' WHERE id = 'turin'")
    for kind, files in {
        "geojson": ["cites.geojson", "platforms.geojson", "territories.geojson"],
        "csv": ["cites.csv", "platforms.csv", "territories.csv"],
        "gpkg": ["network.gpkg"],
    }.items():
        answer = run("export", kind, tmp_path / kind, "--workspace", secret)
        assert answer.code == 0, answer.err
        for name in files:
            content = (tmp_path / kind / name).read_bytes()
            assert content and "Città dei Mestieri di Torino".encode() not in content, name
    shown = run("network", "show", "turin", "--workspace", secret)
    assert shown.code == 0
    assert run("doctor", "--workspace", secret).code == 0


@pytest.mark.parametrize("seconds", [0.05, 0.5, 1.5, 3, 5])
def test_init_killed_at_any_moment_leaves_no_half_made_workspace(run, tmp_path, seconds):
    process = subprocess.Popen([PROGRAM, "init", "--workspace", "w", "--geodata", ROOT / "GeoData"], cwd=tmp_path, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    if (tmp_path / "w").exists():
        assert run("doctor", "--workspace", "w").code == 0
    else:
        assert run("network", "list", "--workspace", "w").code == 66
    if seconds == 1.5 and not (tmp_path / "w").exists():
        assert run("init", "--workspace", "w", "--geodata", ROOT / "GeoData").code == 0
        assert sorted(os.listdir(tmp_path)) == ["w"], "what the killed run left is cleared away"


def test_help_teaches_and_completions_are_made(run):
    assert "maillage coverage --area FR --by area" in run("--help").out
    for command in ("init", "doctor", "backup", "network", "nearest", "coverage", "distances", "localities", "export", "serve"):
        answer = run(command, "--help")
        assert answer.code == 0 and "OVERVIEW" in answer.out
    for shell in ("bash", "zsh", "fish"):
        assert "maillage" in run("--generate-completion-script", shell).out


def test_reading_does_not_wait_for_a_program_that_writes(run, workspace, tmp_path):
    copy = tmp_path / "copy"
    copy.mkdir()
    assert run("backup", copy / "network.gpkg", "--workspace", workspace).code == 0
    subprocess.run(["cp", "-r", workspace / "population", copy], check=True)
    other = sqlite3.connect(copy / "network.gpkg", isolation_level=None)
    for mode in "DELETE", "WAL":
        other.execute(f"PRAGMA journal_mode = {mode}")
        other.execute("BEGIN IMMEDIATE")
        for arguments in ["network", "list"], ["doctor"], ["nearest", "vigan"], ["search", "boha"]:
            started = time.monotonic()
            assert run(*arguments, "--workspace", copy).code == 0, (mode, arguments)
            assert time.monotonic() - started < 25
        other.execute("ROLLBACK")
    other.close()


@pytest.mark.parametrize("row", ["FR,99001,Swapville,2.3,48.9", "CH,9999,Swapville,6.1,46.2"])
def test_swapped_coordinates_are_65_with_their_line(run, workspace, tmp_path, row):
    (tmp_path / "s.csv").write_text(f"country,code,place,lat,lon\n{row}\n")
    answer = run("localities", "import", tmp_path / "s.csv", "--workspace", workspace)
    assert answer.code == 65 and "line 2: lat is" in answer.err and "exchanged" in answer.err


def test_search_lists_places_platforms_and_areas_as_geocodejson(maillage):
    found = maillage("search", "bohai", "--format", "geojson").json
    assert found["geocoding"]["version"] == "0.1.0" and found["geocoding"]["query"] == "bohai"
    first = {f["properties"]["id"]: f["properties"]["geocoding"] for f in found["features"]}
    assert first["3032127"]["type"] == "city" and first["3032127"]["county"] == "Aisne" and first["3032127"]["country_code"] == "FR"
    assert first["saint-quentinois-vermandois"]["type"] == "house"
