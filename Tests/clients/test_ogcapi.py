"""OGC API - Features as GDAL, OWSLib and a validator of OpenAPI meet it."""

import json
import re
import subprocess

import openapi_spec_validator
from owslib.ogcapi.features import Features
from test_service import get


def document(server):
    return json.loads(get(f"{server}/api/openapi.json")[2])


def test_1_the_openapi_document_is_valid_and_names_every_status(server):
    api = document(server)
    openapi_spec_validator.validate(api)
    assert api["openapi"].startswith("3.0") and api["servers"][0]["url"] == f"{server}/api"
    for path in api["paths"].values():
        for operation in path.values():
            assert operation["responses"] and all(re.fullmatch(r"\d{3}", status) for status in operation["responses"])


def test_2_and_4_what_qgis_and_newer_gdal_look_for_is_there(server):
    api = document(server)
    limit = api["components"]["parameters"]["limit"]
    assert limit["schema"] == {"type": "integer", "minimum": 1, "maximum": 10000, "default": 100}
    for collection in json.loads(get(f"{server}/api/collections")[2])["collections"]:
        assert collection["itemType"] == "feature" and collection["storageCrs"] in collection["crs"]
        parameters = api["paths"][f"/collections/{collection['id']}/items"]["get"]["parameters"]
        assert {"$ref": "#/components/parameters/limit"} in parameters
    declared = {uri.rsplit("/", 1)[1] for uri in json.loads(get(f"{server}/api/conformance")[2])["conformsTo"]}
    assert {"filter", "features-filter", "basic-cql2", "cql2-text", "crs", "core", "geojson", "html", "oas30"} <= declared


def test_gdal_lists_the_collections_and_pushes_filters_down(server):
    listing = subprocess.run(["ogrinfo", "-ro", f"OAPIF:{server}/api"], capture_output=True, text=True).stdout
    for collection in ("cites", "platforms (title: Platforms) (Point)", "territories", "areas", "localities"):
        assert f": {collection}" in listing, listing
    asked = ["ogrinfo", "-ro", "-so", f"OAPIF:{server}/api", "localities", "-where", "country = 'FR'", "-spat", "3", "49", "3.2", "49.2"]
    run = subprocess.run([*asked, "--debug", "on"], capture_output=True, text=True)
    assert "bbox=3,49,3.2" in run.stderr and "country=FR" in run.stderr, run.stderr
    box = json.loads(get(f"{server}/api/collections/localities/items?bbox=3,49,3.2,49.2&country=FR&limit=10000")[2])
    assert f"Feature Count: {len(box['features'])}" in run.stdout and len(box["features"]) > 3


def test_ogr2ogr_copies_the_platforms_to_a_file(server, tmp_path):
    target = tmp_path / "platforms.gpkg"
    subprocess.run(["ogr2ogr", "-f", "GPKG", target, f"OAPIF:{server}/api", "platforms"], check=True, capture_output=True)
    report = subprocess.run(["ogrinfo", "-so", target, "platforms"], capture_output=True, text=True).stdout
    served = json.loads(get(f"{server}/api/collections/platforms/items?limit=10000")[2])
    assert f"Feature Count: {served['numberReturned']}" in report


def test_owslib_pages_through_all_localities(server):
    service = Features(f"{server}/api")
    assert set(service.feature_collections()) >= {"cites", "platforms", "territories", "areas", "localities"}
    page = service.collection_items("localities", limit=10000)
    total, ids = page["numberMatched"], set()
    while True:
        ids.update(feature["id"] for feature in page["features"])
        following = [link["href"] for link in page["links"] if link["rel"] == "next"]
        if not following:
            break
        page = json.loads(get(following[0])[2])
    assert len(ids) == total > 10000
    assert service.collection_queryables("localities")["type"] == "object"


def test_9_a_geometry_comes_in_the_axes_of_its_authority(server):
    path = f"{server}/api/collections/localities/items/2988507"
    status, headers, body = get(f"{path}?crs=http://www.opengis.net/def/crs/EPSG/0/4326")
    assert headers["Content-Crs"] == "<http://www.opengis.net/def/crs/EPSG/0/4326>"
    assert json.loads(body)["geometry"]["coordinates"] == json.loads(get(path)[2])["geometry"]["coordinates"][::-1]
