"""Population layers from files as statistical offices publish them, every encoding of a raster made by GDAL."""

import csv
import gzip
import json
import os
import random
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pyproj
import pytest
from conftest import PROGRAM, ROOT, copy

REFERENCE = ROOT.parent / "shared" / "data" / "population"


@pytest.fixture(scope="module")
def layers(workspace, tmp_path_factory):
    """A workspace of this module's own."""
    folder = tmp_path_factory.mktemp("layers") / "workspace"
    copy(workspace, folder)
    return folder


@pytest.fixture
def population(run, layers):
    return lambda *arguments: run("population", *arguments, MAILLAGE_WORKSPACE=str(layers))


@pytest.fixture
def imported(population, layers):
    """Imports a file under an id and gives the report; the layer goes with the test."""
    ids = []
    before = sorted(os.listdir(layers / "population"))

    def imported(file, *arguments, id="tested"):
        ids.append(id)
        return population("import", file, "--id", id, "--format", "json", *arguments)

    yield imported
    for id in set(ids):
        population("remove", id)
    assert sorted(os.listdir(layers / "population")) == before


def rows(layers, id="tested", columns="people, area, density"):
    with sqlite3.connect(layers / "population" / f"{id}.gpkg") as db:
        return db.execute(f"SELECT {columns} FROM population ORDER BY fid").fetchall()


@pytest.fixture(scope="module")
def raster(tmp_path_factory):
    """Counts of people around Portalegre on a grid of 1 km, whole numbers up to 120, and what GDAL needs to write them."""
    folder = tmp_path_factory.mktemp("raster")
    numbers = random.Random(4)
    lines = ["ncols 40", "nrows 30", "xllcorner 2780000", "yllcorner 1990000", "cellsize 1000", "NODATA_value 255"]
    values = [[numbers.choice([255, 255, 0, numbers.randint(1, 120)]) for _ in range(40)] for _ in range(30)]
    (folder / "seed.asc").write_text("\n".join(lines + [" ".join(map(str, row)) for row in values]) + "\n")

    def make(name, *options):
        target = folder / name
        if not target.exists():
            subprocess.run(["gdal_translate", "-q", "-a_srs", "EPSG:3035", *options, folder / "seed.asc", target], check=True)
        return target

    make.people = sum(v for row in values for v in row if v != 255)
    make.cells = sum(v not in (0, 255) for row in values for v in row)
    make.folder = folder
    return make


ENCODINGS = {
    f"{kind}-{name}": ["-ot", kind, *(word for option in options for word in ("-co", option))]
    for kind in ("Byte", "UInt16", "Int16", "UInt32", "Int32", "Float32", "Float64")
    for name, options in {
        "plain": [],
        "big": ["ENDIANNESS=BIG"],
        "bigtiff": ["BIGTIFF=YES", "TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"],
        "packbits": ["COMPRESS=PACKBITS", "BLOCKYSIZE=7"],
        "lzw": ["COMPRESS=LZW", "TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=16"],
        "lzw2": ["COMPRESS=LZW", "PREDICTOR=2"],
        "deflate": ["COMPRESS=DEFLATE", "BLOCKYSIZE=1"],
        "deflate3": ["COMPRESS=DEFLATE", "PREDICTOR=3"],  # little-endian: of big-endian ones GDAL cannot read what it writes
    }.items()
    # GDAL has no such predictors.
    if not (name == "lzw2" and kind.startswith("Float")) and not (name == "deflate3" and not kind.startswith("Float"))
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_of_a_raster_holds_the_same_people(imported, raster, encoding):
    report = imported(raster(f"{encoding}.tif", *ENCODINGS[encoding])).json
    assert (report["people"], report["points"]) == (raster.people, raster.cells)


def test_a_compressed_raster_a_chosen_band_and_a_point_raster(imported, raster):
    plain = raster("plain.tif")
    packed = raster.folder / "plain.tif.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert imported(packed).json["people"] == raster.people
    bands = raster("bands.tif", "-b", "1", "-b", "1", "-co", "INTERLEAVE=PIXEL", "-ot", "Int16")
    report = imported(bands, "--replace").json
    assert report["people"] == raster.people and "the first was taken" in " ".join(report["notes"])
    assert imported(bands, "--replace", "--band", "2").json["people"] == raster.people
    assert imported(bands, "--replace", "--band", "3").code == 64
    geographic = raster.folder / "degrees.tif"
    subprocess.run(["gdalwarp", "-q", "-t_srs", "EPSG:4326", plain, geographic], check=True)
    report = imported(geographic, "--replace").json
    assert report["points"] > 0 and not report["densities"]


def test_a_layer_is_a_geopackage_that_others_read(imported, raster, layers):
    from osgeo_utils.samples import validate_gpkg

    imported(raster("plain.tif"), "--year", "2021", "--source", "GDAL", "--licence", "none")
    path = layers / "population" / "tested.gpkg"
    checker = validate_gpkg.GPKGChecker(str(path), extra_checks=True)
    checker.check()
    assert checker.errors == []
    info = subprocess.run(["ogrinfo", "-so", "-al", path], capture_output=True, text=True)
    assert info.returncode == 0 and f"Feature Count: {raster.cells}\n" in info.stdout
    with sqlite3.connect(path) as db:
        facts = dict(db.execute("SELECT name, value FROM layer"))
    assert facts["source"] == "GDAL" and facts["year"] == "2021" and facts["countries"] == "PT"
    hashed = subprocess.run(["sha256sum", raster("plain.tif")], capture_output=True, text=True).stdout.split()[0]
    assert facts["sha256"] == hashed and facts["file"] == "plain.tif"


def test_cut_and_damaged_copies_are_refused_and_leave_nothing(population, layers, raster, tmp_path):
    numbers = random.Random(9)
    before = sorted(os.listdir(layers / "population"))
    files = [raster("cut-lzw.tif", "-co", "COMPRESS=LZW"), raster("cut-tiles.tif", "-co", "COMPRESS=DEFLATE", "-co", "TILED=YES", "-co", "BLOCKXSIZE=16", "-co", "BLOCKYSIZE=16")]
    table = tmp_path / "grid.csv"
    table.write_text("grd_id,T\n" + "".join(f"1kmN2{n}E27{n},{n}\n" for n in range(10, 60)))
    packed = tmp_path / "grid.csv.gz"
    packed.write_bytes(gzip.compress(table.read_bytes()))
    for file in [*files, packed]:
        data = file.read_bytes()
        for keep in [0, 5, 100, len(data) // 2, len(data) - 1, *(numbers.randrange(len(data)) for _ in range(4))]:
            part = tmp_path / file.name
            part = part.with_name("part-" + file.name)
            part.write_bytes(data[:keep])
            result = population("import", part, "--id", "cut")
            assert result.code == 65 and result.err.startswith("error: part-"), (file.name, keep, result.err)
            assert sorted(os.listdir(layers / "population")) == before
    deflated = bytearray(files[1].read_bytes())
    for place in (len(deflated) // 2, len(deflated) * 3 // 4):
        damaged = bytearray(deflated)
        damaged[place] ^= 0x40
        part.write_bytes(damaged)
        result = population("import", part, "--id", "cut")
        assert result.code == 65, result.out
        assert sorted(os.listdir(layers / "population")) == before


def test_damage_of_a_compressed_table_is_told_before_its_bad_rows(population, layers, tmp_path):
    numbers = random.Random(11)
    before = sorted(os.listdir(layers / "population"))
    rows = "".join(f"1kmN{n}E{e},{numbers.randrange(900)}\n" for n in range(2700, 2740) for e in range(2650, 2690))
    whole = gzip.compress(("grd_id,T\n" + rows).encode())
    for place in [*(numbers.randrange(20, len(whole)) for _ in range(12)), len(whole) - 6]:
        damaged = bytearray(whole)
        damaged[place] ^= 0x10
        file = tmp_path / "grid.csv.gz"
        file.write_bytes(damaged)
        result = population("import", file, "--id", "damaged")
        assert result.code == 65 and "gzip" in result.err and "--skip-bad-rows" not in result.err, (place, result.err)
    file.write_bytes(gzip.compress(b"grd_id,T\nnowhere,1\n"))
    assert "--skip-bad-rows" in population("import", file, "--id", "damaged").err
    assert sorted(os.listdir(layers / "population")) == before


def test_bad_rows_refuse_the_file_with_their_lines_or_are_left_out(imported, layers, tmp_path):
    table = tmp_path / "towns.csv"
    table.write_text("lat;lon;pop\n49,85;3,29;53000\n49,5;;12\n95;3;1\n49,7;3,2;many\n49,8;3,3;8\n")
    result = imported(table)
    assert result.code == 65
    assert "line 3" in result.err and "line 4" in result.err and "line 5: 'pop' is 'many'; expected a number of people, 0 or more" in result.err
    report = imported(table, "--skip-bad-rows").json
    assert (report["people"], report["points"], report["refusedRows"]) == (53008, 2, 3)
    assert rows(layers) == [(53000, "FR-02", None), (8, "FR-02", None)]


def test_a_grid_has_its_degree_of_urbanisation_and_its_areas(imported, layers, population, tmp_path):
    table = tmp_path / "grid.csv"
    cells = [(3800 + x, 2890 + y) for x in range(4) for y in range(4)]
    lines = [f"1kmN{y}E{x},{4000 if (x, y) != cells[5] else 10},FR" for x, y in cells] + ["1kmN2900E3790,20,FR", "1kmN2900E3790,20,FR", "1kmN2901E3790,20,FR-BE"]
    table.write_text("grd_id,T,country\n" + "\n".join(lines) + "\n")
    refused = imported(table)
    assert refused.code == 65 and "line 19: its cell stands twice, first on line 18" in refused.err
    report = imported(table, "--skip-bad-rows").json
    assert {d["key"]: (d["points"], d["people"]) for d in report["densities"]} == {"urbanCentre": (16, 60010), "rural": (2, 40)}
    assert report["border"] == {"stated": True, "points": 1, "people": 20} and report["countries"] == ["FR"]
    assert all(area for _, area, _ in rows(layers))
    summary = population("describe", "tested", "--format", "json").json
    assert summary["people"] == 60050 and summary["facts"]["rows"] == "19"


@pytest.mark.parametrize("form", ["codes", "corners", "raster"])
def test_the_cells_of_an_imported_grid_are_squares(run, imported, layers, raster, tmp_path, form):
    table = tmp_path / "grid.csv"
    if form == "codes":
        table.write_text("grd_id,T\n1kmN2890E3800,40\n1kmN2891E3801,20\n")
        report = imported(table)
    elif form == "corners":
        table.write_text("E,N,T\n3800000,2890000,40\n3801000,2891000,20\n")
        report = imported(table, "--x", "E", "--y", "N", "--crs", "EPSG:3035", "--cell", "1000", "--corner")
    else:
        report = imported(raster("plain.tif"))
    assert report.code == 0, report.err
    with sqlite3.connect(layers / "population" / "tested.gpkg") as db:
        facts = dict(db.execute("SELECT name, value FROM layer"))
    assert (facts["cellSize"], facts["cellCRS"]) == ("1000", "EPSG:3035")
    area = "PT" if form == "raster" else "FR"
    cells = run("coverage", "--layer", "tested", "--area", area, "--cells", "--format", "geojson", MAILLAGE_WORKSPACE=str(layers)).json["features"]
    assert 0.9 * report.json["points"] <= len(cells) <= report.json["points"]
    to_grid = pyproj.Transformer.from_crs("OGC:CRS84", "EPSG:3035", always_xy=True)
    for cell in cells:
        assert cell["geometry"]["type"] == "Polygon"
        x, y = to_grid.transform(*zip(*cell["geometry"]["coordinates"][0]))
        assert max(x) - min(x) == pytest.approx(1000, abs=0.1) and max(y) - min(y) == pytest.approx(1000, abs=0.1)
        assert abs(min(x) - round(min(x), -3)) < 0.1 and abs(min(y) - round(min(y), -3)) < 0.1


def test_stated_areas_count_before_coarse_polygons(imported, layers, tmp_path):
    table = tmp_path / "communes.csv"
    table.write_text("code_insee,lat,lon,population,old\n06012,43.743,7.418,3600,900\n02691,49.85,3.29,53000,\n99999,49.85,3.29,1,1\n")
    report = imported(table, "--attribute", "old=over64").json
    assert rows(layers, columns="people, area, over64") == [(3600, "FR-06", 900), (53000, "FR-02", None), (1, "FR-02", 1)]
    assert any("99999" in note for note in report["notes"])


def test_polygons_place_their_people_at_localities(imported, layers, tmp_path):
    square = {"type": "Polygon", "coordinates": [[[3.2003, 49.8003], [3.4003, 49.8003], [3.4003, 49.9003], [3.2003, 49.9003], [3.2003, 49.8003]]]}
    file = tmp_path / "areas.geojson"
    features = [{"type": "Feature", "properties": {"population": 70000}, "geometry": square}]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    assert imported(file).json["people"] == pytest.approx(70000)
    placed = rows(layers, columns="people, locality")
    assert all(locality for _, locality in placed) and max(placed)[1] == 2977295
    package = tmp_path / "areas.gpkg"
    subprocess.run(["ogr2ogr", "-t_srs", "EPSG:3857", package, file], check=True)
    before = package.read_bytes()
    assert imported(package, "--replace").json["people"] == pytest.approx(70000)
    assert [locality for _, locality in rows(layers, columns="people, locality")] == [locality for _, locality in placed]
    assert imported(package, "--replace", "--spread", "1").json["points"] > 100
    assert package.read_bytes() == before and not list(tmp_path.glob("*-wal")), "the file that is read stays as it is"


def test_densities_are_told_from_counts(imported, tmp_path):
    """The people of the island of Mauritius on cells of 0.05 degrees, about 29 km²: as counts, and as people per km²."""
    counts = [[0.0] * 14 for _ in range(14)]
    with (ROOT / "GeoData" / "population" / "indicative" / "MU.csv").open() as table:
        for row in csv.DictReader(table):
            x, y = int((float(row["lon"]) - 57.2) / 0.05), int((-19.9 - float(row["lat"])) / 0.05)
            if 0 <= x < 14 and 0 <= y < 14:
                counts[y][x] += float(row["people"]) + 0.25
    geod = pyproj.Geod(ellps="WGS84")

    def area(y):
        north, south = -19.9 - 0.05 * y, -19.95 - 0.05 * y
        return abs(geod.polygon_area_perimeter([57.2, 57.25, 57.25, 57.2], [south, south, north, north])[0]) / 1e6

    def write(name, values):
        lines = ["ncols 14", "nrows 14", "xllcorner 57.2", "yllcorner -20.6", "cellsize 0.05", "NODATA_value -1"]
        (tmp_path / "grid.asc").write_text("\n".join(lines + [" ".join(map(str, row)) for row in values]) + "\n")
        target = tmp_path / name
        subprocess.run(["gdal_translate", "-q", "-a_srs", "EPSG:4326", "-ot", "Float64", tmp_path / "grid.asc", target], check=True)
        return target

    people = sum(map(sum, counts))
    as_counts = write("counts.tif", counts)
    as_densities = write("densities.tif", [[value / area(y) for value in row] for y, row in enumerate(counts)])

    def report(file, *arguments):
        return imported(file, "--dry-run", *arguments).json

    right = report(as_counts)
    assert right["people"] == pytest.approx(people) and right["warnings"] == []
    assert any("look like counts" in w for w in report(as_counts, "--density")["warnings"])
    right = report(as_densities, "--density")
    assert right["people"] == pytest.approx(people, rel=1e-5) and right["warnings"] == []
    assert any("look like people per km²" in w for w in report(as_densities)["warnings"])


def test_nothing_is_stored_by_a_dry_run_or_over_another_layer(population, layers, raster):
    file = raster("plain.tif")
    assert population("import", file, "--id", "dry", "--dry-run").code == 0
    assert not (layers / "population" / "dry.gpkg").exists()
    taken = population("import", file, "--id", "indicative")
    assert taken.code == 64 and "--replace" in taken.err
    assert population("import", file, "--id", "../x").code == 64
    assert population("import", layers / "nothing.csv").code == 66
    assert population("describe", "nothing").code == 66


def test_an_interrupted_import_leaves_nothing(run, layers, population, imported, tmp_path, raster):
    table = tmp_path / "large.csv"
    with table.open("w") as out:
        out.write("grd_id,T\n")
        for n in range(2400, 2900):
            out.writelines(f"1kmN{n}E{e},{e % 90}\n" for e in range(3500, 4100))
    environment = os.environ | {"MAILLAGE_WORKSPACE": str(layers)}
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        process = subprocess.Popen([PROGRAM, "population", "import", table, "--id", "half"], env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not list((layers / "population").glob("half.gpkg.partial-*")):
            assert time.monotonic() < deadline and process.poll() is None
            time.sleep(0.02)
        process.send_signal(number)
        assert process.wait(timeout=60) == -number
        left = list((layers / "population").glob("half*"))
        assert left == [] if number != signal.SIGKILL else all(".partial-" in path.name for path in left)
        assert "half" not in population("list").out
    found = run("doctor", MAILLAGE_WORKSPACE=str(layers))
    assert found.code == 65 and f"population/half.gpkg.partial-{process.pid}" in found.out
    # The next import removes what the killed one left.
    imported(raster("plain.tif"))
    assert not list((layers / "population").glob("half*"))


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference data are not beside this checkout")
@pytest.mark.parametrize("file, people", [
    ("communes_fr.csv", 68_345_553), ("census2021_1km_PT.csv.gz", 10_407_005), ("census2021_1km_CH.csv.gz", 9_404_468),
    ("census2021_1km_LU.csv.gz", 726_545), ("census2021_T_1km_PT_bigendian_int32_none.tif.gz", 10_407_005),
    ("census2021_T_1km_PT_float32_deflate_bigtiff_tiled.tif", 10_407_005), ("census2021_T_1km_PT_float32_lzw_pred3_tiled.tif", 10_407_005),
    ("census2021_T_1km_PT_float32_lzw_strip.tif", 10_407_005), ("census2021_T_1km_PT_int32_deflate_tiled256.tif", 10_407_005),
    ("worldpop2020_10km_MU_RE.tif", None),
])
def test_reference_files_are_taken_as_they_are(imported, file, people):
    report = imported(REFERENCE / file).json
    assert report["refusedRows"] == 0 and report["warnings"] == []
    if people:
        assert report["people"] == people
    else:
        totals = {t["code"]: t["people"] for t in report["totals"]}
        assert totals["MU"] == pytest.approx(1_266_100, rel=0.05) and report["countries"] == ["FR", "MU"]
