"""The service as a browser or a script meets it."""

import json
import subprocess
import urllib.error
import urllib.request

from conftest import edit


def get(url):
    try:
        with urllib.request.urlopen(url, timeout=20) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_the_service_answers_nearest_and_the_network_as_geojson(server):
    assert get(f"{server}/healthz")[0] == 200
    status, headers, body = get(f"{server}/api/nearest?lon=3.29&lat=49.85&limit=3")
    assert status == 200 and headers["Content-Type"] == "application/geo+json"
    features = json.loads(body)["features"]
    assert features[0]["id"] == "saint-quentinois-main" and len(features) == 3
    for collection in ("cites", "platforms", "territories"):
        status, _, body = get(f"{server}/api/collections/{collection}/items")
        assert status == 200 and json.loads(body)["type"] == "FeatureCollection"


def test_gdal_opens_what_is_served(server, tmp_path):
    body = get(f"{server}/api/collections/platforms/items")[2]
    (tmp_path / "platforms.geojson").write_bytes(body)
    report = subprocess.run(["ogrinfo", "-so", "-al", tmp_path / "platforms.geojson"], capture_output=True, text=True).stdout
    assert "Geometry: Point" in report and f"Feature Count: {len(json.loads(body)['features'])}" in report


def test_an_edit_made_elsewhere_is_seen_and_what_is_restricted_is_not(server, served):
    def ids():
        return {f["id"] for f in json.loads(get(f"{server}/api/collections/platforms/items")[2])["features"]}

    assert "milan-main" in ids()

    def set_visibility(value):
        with edit(served / "network.gpkg") as db, db:
            db.execute("UPDATE platforms SET visibility = ? WHERE id = 'milan-main'", (value,))

    set_visibility("restricted")
    try:
        assert "milan-main" not in ids()
        assert get(f"{server}/api/collections/platforms/items/milan-main")[0] == 404
        nearest = json.loads(get(f"{server}/api/nearest?q=Milano&limit=1")[2])
        assert nearest["features"][0]["id"] != "milan-main"
    finally:
        set_visibility("public")
    assert "milan-main" in ids()


def test_head_answers_without_a_body_and_ids_are_decoded(server):
    request = urllib.request.Request(f"{server}/healthz", method="HEAD")
    with urllib.request.urlopen(request, timeout=20) as response:
        assert response.status == 200 and response.read() == b""
    assert get(f"{server}/readyz")[0] == 200
    assert get(f"{server}/api/collections/platforms/items/paris%2Dmain")[0] == 200


def test_a_wrong_request_is_a_problem_that_names_the_parameter(server):
    status, headers, body = get(f"{server}/api/nearest?lon=3&lat=100")
    problem = json.loads(body)
    assert status == 400 and headers["Content-Type"] == "application/problem+json" and problem["parameter"] == "lat"
    assert get(f"{server}/nowhere")[0] == 404
