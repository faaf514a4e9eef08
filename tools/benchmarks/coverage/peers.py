"""The peers of `tools/bench coverage`, each in a process of its own on the points that bench-coverage generated, and the table.

Every peer is timed from arrays (or a table with its index) in memory to a distance for each cell. The best of five runs, one for PostGIS.
"""

import json
import os
import pathlib
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time

FOLDER = pathlib.Path(sys.argv[1])


def columns(name):
    import numpy

    return numpy.loadtxt(FOLDER / name, delimiter=",", skiprows=1, usecols=(0, 1))


def best_of(runs, body):
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        result = body()
        seconds.append(time.perf_counter() - start)
    return min(seconds), result


def unit_vectors(points):
    import numpy

    lon, lat = numpy.radians(points[:, 0]), numpy.radians(points[:, 1])
    return numpy.column_stack([numpy.cos(lat) * numpy.cos(lon), numpy.cos(lat) * numpy.sin(lon), numpy.sin(lat)])


def scipy_peer(workers, check=False):
    """SciPy's k-d tree on unit vectors finds the place, pyproj's Geod (geod_inverse) measures the distance."""
    import numpy
    import pyproj
    from scipy.spatial import cKDTree

    cells, places = columns("cells.csv"), columns("places.csv")
    geod = pyproj.Geod(ellps="WGS84")

    def nearest():
        tree = cKDTree(unit_vectors(places))
        _, index = tree.query(unit_vectors(cells), workers=workers)
        near = places[index]
        _, _, metres = geod.inv(cells[:, 0], cells[:, 1], near[:, 0], near[:, 1])
        return metres

    seconds, metres = best_of(5, nearest)
    answer = {"seconds": seconds}
    # The truth for every cell: the least geodesic to the eight places that are nearest on the sphere.
    _, candidates = cKDTree(unit_vectors(places)).query(unit_vectors(cells), k=8)
    exact = numpy.full(len(cells), numpy.inf)
    for k in range(8):
        near = places[candidates[:, k]]
        exact = numpy.minimum(exact, geod.inv(cells[:, 0], cells[:, 1], near[:, 0], near[:, 1])[2])
    exact.tofile(FOLDER / "exact.distance")
    answer["worst_mm"] = float(numpy.abs(metres - exact).max() * 1000)
    answer["ours_worst_mm"] = float(numpy.abs(numpy.fromfile(FOLDER / "ours.distance") - exact).max() * 1000)
    return answer


def geopandas_peer():
    """sjoin_nearest in a projection, as its documentation asks for: distances are planar."""
    import geopandas
    import numpy

    cells, places = columns("cells.csv"), columns("places.csv")

    def nearest():
        left = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(cells[:, 0], cells[:, 1]), crs="OGC:CRS84").to_crs("EPSG:3035")
        right = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(places[:, 0], places[:, 1]), crs="OGC:CRS84").to_crs("EPSG:3035")
        joined = left.sjoin_nearest(right, distance_col="metres")
        return joined[~joined.index.duplicated()].sort_index()["metres"].to_numpy()

    seconds, metres = best_of(5, nearest)
    exact = numpy.fromfile(FOLDER / "exact.distance")
    return {"seconds": seconds, "worst_mm": float(numpy.abs(metres - exact).max() * 1000)}


def postgis_peer():
    """PostGIS: geography <-> with a GiST index, in a cluster of its own on a private socket."""
    import numpy

    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        return {"skipped": "PostgreSQL is not installed (Debian: postgresql, postgresql-15-postgis-3)"}
    programs = found[-1].parent
    if not list(programs.parent.glob("lib/postgis-3.so")):
        return {"skipped": "PostGIS is not installed (Debian: postgresql-15-postgis-3)"}
    with tempfile.TemporaryDirectory() as folder:
        # The server refuses to run as root.
        become = []
        if os.getuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
            become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}

        def run(*command, **options):
            return subprocess.run([*become, *command], check=True, capture_output=True, text=True, env=environment, cwd=folder, **options).stdout

        run(str(programs / "initdb"), "-D", f"{folder}/data", "--no-sync", "-A", "trust", "-U", "bench")
        settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c shared_buffers=512MB -c work_mem=128MB"
        run(str(programs / "pg_ctl"), "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", settings, "start")
        try:

            def sql(text, **options):
                return run("psql", "-h", folder, "-U", "bench", "-d", "postgres", "-qAt", "-v", "ON_ERROR_STOP=1", "-c", text, **options)

            sql("CREATE EXTENSION postgis")
            for name in ["cells", "places"]:
                points = columns(f"{name}.csv")
                rows = "".join(f"{i}\t{x!r}\t{y!r}\n" for i, (x, y) in enumerate(points.tolist()))
                sql(f"CREATE TABLE {name} (id int PRIMARY KEY, lon float8, lat float8)")
                sql(f"COPY {name} FROM STDIN", input=rows)
                sql(f"ALTER TABLE {name} ADD place geography(Point)")
                sql(f"UPDATE {name} SET place = ST_MakePoint(lon, lat)::geography")
                sql(f"CREATE INDEX ON {name} USING gist (place)")
                sql(f"VACUUM ANALYZE {name}")
            query = (
                "CREATE TABLE answer AS SELECT c.id, n.metres FROM cells c CROSS JOIN LATERAL "
                "(SELECT c.place <-> p.place AS metres FROM places p ORDER BY c.place <-> p.place LIMIT 1) n"
            )
            seconds, _ = best_of(1, lambda: sql(query))
            metres = numpy.array([float(line) for line in sql("SELECT metres FROM answer ORDER BY id").split()])
            version = sql("SELECT postgis_lib_version()").strip()
        finally:
            run(str(programs / "pg_ctl"), "-D", f"{folder}/data", "-m", "immediate", "stop")
    exact = numpy.fromfile(FOLDER / "exact.distance")
    return {"seconds": seconds, "worst_mm": float(numpy.abs(metres - exact).max() * 1000), "version": version}


PEERS = {
    "scipy1": lambda: scipy_peer(1),
    "scipy2": lambda: scipy_peer(-1),
    "geopandas": geopandas_peer,
    "postgis": postgis_peer,
}


def peer(name):
    """Runs one peer in a process of its own, so that its memory is its own."""
    done = subprocess.run([sys.executable, __file__, str(FOLDER), name], capture_output=True, text=True)
    if done.returncode:
        return {"skipped": (done.stderr.strip().splitlines() or ["it failed without a word"])[-1]}
    return json.loads(done.stdout)


def processor():
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor()


def main():
    ours = json.loads((FOLDER / "ours.json").read_text())
    rows = [("maillage, one core", ours["nearest_one_core"], ours["worst_mm"], ours["peak_memory_mb"])]
    rows.append(("maillage, all cores", ours["nearest_all_cores"], ours["worst_mm"], ours["peak_memory_mb"]))
    notes = []
    if "--peers" in sys.argv:
        titles = {
            "scipy1": "SciPy k-d tree + pyproj, one core",
            "scipy2": "SciPy k-d tree + pyproj, all cores",
            "geopandas": "GeoPandas sjoin_nearest (planar)",
            "postgis": "PostGIS geography <->",
        }
        for name, title in titles.items():
            print(f"measuring {title}", file=sys.stderr)
            answer = peer(name)
            if "skipped" in answer:
                notes.append(f"{title}: skipped, {answer['skipped']}")
                continue
            rows.append((title, answer["seconds"], answer["worst_mm"], answer.get("peak_memory_mb")))
            if "ours_worst_mm" in answer and name == "scipy1":
                rows[0] = (*rows[0][:2], answer["ours_worst_mm"], rows[0][3])
                rows[1] = (*rows[1][:2], answer["ours_worst_mm"], rows[1][3])
    print(f"{processor()}, {os.cpu_count()} cores; {ours['cells']:,} cells, {ours['places']:,} places\n")
    print("| distance from each cell to the nearest place | seconds | ratio | largest difference from geod_inverse | peak memory |")
    print("|---|--:|--:|--:|--:|")
    for title, seconds, worst, memory in rows:
        shown = f"{worst:,.1f} mm" if worst >= 0.1 else f"{worst:.1e} mm"
        size = "server" if memory is None else f"{memory:,.0f} MB"
        print(f"| {title} | {seconds:.3f} | {seconds / rows[0][1]:.1f} | {shown} | {size} |")
    print("\n| maillage, the same points | one core | all cores |\n|---|--:|--:|")
    for title, key in [
        (f"nearest place and coverage of {ours['areas']} areas at four reaches, s", "coverage_by_area"),
        (f"people within four reaches of each of {ours['places']:,} places, s", "people_within"),
    ]:
        print(f"| {title} | {ours[key + '_one_core']:.3f} | {ours[key + '_all_cores']:.3f} |")
    print(f"| the area of each cell by its polygon (tolerance 5 km at borders), s | {ours['locate_in_polygons']:.3f} | |")
    print(f"| catchments of 10 km around all places, dissolved ({ours['dissolved_km2']:,.0f} km²), s | {ours['catchments_dissolved']:.2f} | |")
    print(
        f"\ngeod_inverse alone, once a cell: {ours['geod_inverse_alone']:.3f} s. "
        f"Brute force over {ours['sample']:,} cells and every place: {ours['brute_force_sample']:.2f} s, largest difference "
        f"{ours['sample_worst_mm']:.1e} mm, {ours['sample_other_places']} other places. "
        f"Results on all cores are those of one: {'yes' if ours['same_on_all_cores'] else 'NO'}. "
        f"Areas sum to the whole: {'yes' if ours['areas_sum_to_whole'] else 'NO'}. Cells in another area than theirs: {ours['misplaced']}."
    )
    for note in notes:
        print(note)
    sound = ours["same_on_all_cores"] and ours["areas_sum_to_whole"] and not ours["sample_other_places"] and not ours["misplaced"]
    sys.exit(0 if sound and rows[0][2] <= 1 and ours["sample_worst_mm"] <= 1 else 1)


if len(sys.argv) > 2 and sys.argv[2] in PEERS:
    result = PEERS[sys.argv[2]]()
    if sys.argv[2] != "postgis":
        result["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(result))
else:
    main()
