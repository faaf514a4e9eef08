"""What a server owes its clients: validators, compression, conditions, limits, logs, figures, proxies, and an end that loses nothing."""

import gzip
import http.client
import json
import re
import signal
import socket
import subprocess
import threading
import time
import urllib.request
from contextlib import contextmanager

from conftest import PROGRAM
from test_service import get


@contextmanager
def service(workspace, *options):
    """A service of its own: its process, host and port."""
    process = subprocess.Popen([PROGRAM, "serve", "--workspace", workspace, "--port", "0", *options], stderr=subprocess.PIPE, text=True)
    port = next(int(found.group(1)) for line in process.stderr if (found := re.search(r"^serving on .*:(\d+)$", line)))
    try:
        yield process, port
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=40)


def ask(port, path, method="GET", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, response.headers, body


def port_of(server):
    return int(server.rsplit(":", 1)[1])


def test_a_tag_and_a_date_spare_what_has_not_changed(server):
    port = port_of(server)
    for path in ("/api", "/api/collections/areas/items?limit=2", "/api/collections/cites/items/milan", "/api/nearest?lon=3&lat=49"):
        status, headers, body = ask(port, path)
        assert status == 200 and re.fullmatch(r'"[^"]+"', headers["ETag"]), path
        assert ask(port, path)[2] == body
        status, again, empty = ask(port, path, If_None_Match=headers["ETag"])
        assert (status, empty) == (304, b"") and again["ETag"] == headers["ETag"]
        assert ask(port, path, If_None_Match='"other"')[0] == 200
        if headers["Last-Modified"]:
            assert ask(port, path, If_Modified_Since=headers["Last-Modified"])[0] == 304
            assert ask(port, path, If_Modified_Since="Sun, 06 Nov 1994 08:49:37 GMT")[0] == 200


def test_answers_are_compressed_for_who_takes_it_under_a_tag_of_their_own(server):
    port = port_of(server)
    path = "/api/collections/areas/items?limit=5"
    plain = ask(port, path)
    status, headers, body = ask(port, path, Accept_Encoding="br, gzip;q=0.8")
    assert headers["Content-Encoding"] == "gzip" and gzip.decompress(body) == plain[2] and len(body) < len(plain[2])
    assert headers["ETag"] != plain[1]["ETag"] and "Accept-Encoding" in plain[1]["Vary"]
    assert ask(port, path, If_None_Match=headers["ETag"], Accept_Encoding="gzip")[0] == 304
    assert ask(port, path, Accept_Encoding="gzip;q=0, identity")[1]["Content-Encoding"] is None
    assert ask(port, "/healthz", Accept_Encoding="gzip")[1]["Content-Encoding"] is None


def test_head_options_and_other_methods(server):
    port = port_of(server)
    full = ask(port, "/api/collections")
    status, headers, body = ask(port, "/api/collections", "HEAD")
    assert status == 200 and body == b"" and headers["Content-Length"] == str(len(full[2])) and headers["ETag"] == full[1]["ETag"]
    status, headers, body = ask(port, "/api/collections/cites/items", "OPTIONS", Origin="https://example.org")
    assert status == 204 and headers["Allow"] == "GET, HEAD, OPTIONS" and headers["Access-Control-Allow-Origin"] == "*"
    status, headers, body = ask(port, "/api/collections/cites/items", "DELETE")
    assert status == 405 and headers["Allow"] == "GET, HEAD, OPTIONS" and headers["Content-Type"] == "application/problem+json"
    exposed = ask(port, "/api")[1]["Access-Control-Expose-Headers"]
    assert all(name in exposed for name in ("ETag", "Link", "Content-Crs", "Location", "X-Request-Id"))


def test_errors_are_pages_for_browsers_and_problems_for_programs(server):
    port = port_of(server)
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert ask(port, "/nowhere", Accept=browser)[1]["Content-Type"].startswith("text/html")
    problem = json.loads(ask(port, "/nowhere")[2])
    assert problem["status"] == 404 and problem["requestId"]
    status, _, body = ask(port, "/api", Accept="image/png")
    assert status == 406 and "application/json" in json.loads(body)["detail"]
    assert ask(port, "/api?f=xml")[0] == 400 and ask(port, "/api?f=%FF")[0] == 400
    assert ask(port, "/api/search?q=" + "a" * 9000)[0] == 414
    assert ask(port, "/api", Content_Length=str(1 << 30))[0] == 413


def test_links_follow_the_base_url_or_a_trusted_proxy_and_nobody_else(workspace):
    forwarded = {"Forwarded": "for=192.0.2.1;proto=https;host=atlas.example.org", "X-Forwarded-Prefix": "/maps"}
    with service(workspace) as (_, port):
        assert json.loads(ask(port, "/api", **forwarded)[2])["links"][0]["href"] == f"http://127.0.0.1:{port}/api"
    with service(workspace, "--trusted-proxy", "127.0.0.0/8") as (_, port):
        assert json.loads(ask(port, "/api", **forwarded)[2])["links"][0]["href"] == "https://atlas.example.org/maps/api"
        other = ask(port, "/api", X_Forwarded_Proto="https", X_Forwarded_Host='evil"/>', X_Request_Id="abc-1")
        assert json.loads(other[2])["links"][0]["href"] == f"https://127.0.0.1:{port}/api" and other[1]["X-Request-Id"] == "abc-1"
    with service(workspace, "--base-url", "https://example.org/atlas/") as (_, port):
        assert json.loads(ask(port, "/api", **forwarded)[2])["links"][0]["href"] == "https://example.org/atlas/api"


def test_logs_are_lines_of_json_without_what_was_asked(workspace):
    with service(workspace, "--log-format", "json", "--log-level", "info") as (process, port):
        ask(port, "/api/nearest?lon=3.2912&lat=49.8512")
        ask(port, "/api/search?q=bohain")
        ask(port, "/secret-of-somebody")
        process.terminate()
        lines = [json.loads(line) for line in process.stderr.read().splitlines()]
        assert process.wait(timeout=20) == 0
    requests = [line for line in lines if line["message"] == "request"]
    assert [(r["route"], r["status"]) for r in requests] == [("/api/nearest", 200), ("/api/search", 200), ("none", 404)]
    text = json.dumps(lines)
    assert not any(word in text for word in ("49.85", "bohain", "secret", "127.0.0.1:"))


def test_figures_count_requests_by_route_and_status(server):
    before = get(f"{server}/metrics")[2].decode()
    get(f"{server}/api/collections/cites/items/nobody")
    after = get(f"{server}/metrics")[2].decode()
    name = 'maillage_http_requests_total{route="/api/collections/cites/items/{featureId}",method="GET",status="404"} '

    def count(text):
        return sum(int(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(name))

    assert count(after) == count(before) + 1
    for metric in ("request_duration_seconds_bucket", "requests_in_flight 1", "response_bytes_total"):
        assert f"maillage_http_{metric}" in after
    assert "maillage_snapshot_age_seconds" in after and 'le="+Inf"' in after


def test_a_slow_client_is_let_go_and_long_headers_are_refused(workspace):
    with service(workspace, "--idle-timeout", "1", "--max-header", "2048") as (_, port):
        with socket.create_connection(("127.0.0.1", port)) as slow:
            slow.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n")
            slow.settimeout(10)
            assert slow.recv(100) == b""
        status = ask(port, "/healthz", X_Long="a" * 5000)[0]
        assert status in (400, 431)
        assert ask(port, "/healthz")[0] == 200


def test_term_under_load_finishes_what_was_begun(workspace):
    with service(workspace) as (process, port):
        stop, failures, answered, refused = threading.Event(), [], [0], [0]

        def client():
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            while not stop.is_set():
                try:
                    connection.connect() if connection.sock is None else None
                except ConnectionRefusedError:
                    refused[0] += 1
                    return
                try:
                    connection.request("GET", "/api/collections/areas/items?limit=20")
                    response = connection.getresponse()
                    assert response.status == 200 and len(json.loads(response.read())["features"]) == 20
                    answered[0] += 1
                except Exception as error:
                    failures.append(repr(error))
                    return

        clients = [threading.Thread(target=client) for _ in range(8)]
        for one in clients:
            one.start()
        time.sleep(1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
        stop.set()
        for one in clients:
            one.join(timeout=20)
        # A connection that stood in the system's queue as the door closed is reset before the service has seen it.
        assert answered[0] > 20 and not [f for f in failures if "Reset" not in f], failures
        assert len(failures) <= 1


def test_search_and_reverse_answer_in_geocodejson(server):
    found = json.loads(get(f"{server}/api/search?q=bohai&limit=3")[2])
    assert found["geocoding"]["version"] == "0.1.0" and "Bohain-en-Vermandois" in [f["properties"]["geocoding"]["name"] for f in found["features"]]
    here = json.loads(get(f"{server}/api/reverse?lon=3.29&lat=49.85")[2])
    kinds = [f["properties"]["kind"] for f in here["features"]]
    assert kinds[:2] == ["locality", "platform"] and "area" in kinds
    assert here["features"][0]["properties"]["geocoding"]["name"] == "Saint-Quentin" and here["features"][0]["properties"]["distance"] < 500
    assert [f["properties"]["id"] for f in here["features"] if f["properties"]["kind"] == "area"][:1] == ["FR-02"]
    for wrong in ("/api/search", "/api/search?q=", "/api/reverse?lon=3", "/api/reverse?lon=3&lat=91", "/api/search?q=a&lon=1"):
        assert get(f"{server}{wrong}")[0] == 400, wrong
    assert get(f"{server}/api/search?q=paris&area=Atlantis")[0] == 404
