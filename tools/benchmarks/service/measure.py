"""Asks a running service one question after another with wrk, and prints a table."""

import re
import subprocess
import sys
import urllib.request

PROGRAM, WORKSPACE, SECONDS = sys.argv[1:]
QUESTIONS = [
    ("alive", "/healthz"),
    ("nearest, five platforms", "/api/nearest?lon=3.29&lat=49.85"),
    ("one item", "/api/collections/platforms/items/gen-77"),
    ("a hundred items", "/api/collections/localities/items?limit=100"),
    ("a hundred items of a box", "/api/collections/localities/items?bbox=3,49,4,50&limit=100"),
    ("search while typing", "/api/search?q=bohai"),
    ("what is at a point", "/api/reverse?lon=3.29&lat=49.85"),
]


def ticks(process):
    fields = open(f"/proc/{process.pid}/stat").read().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


process = subprocess.Popen([PROGRAM, "serve", "--workspace", WORKSPACE, "--port", "0"], stderr=subprocess.PIPE, text=True)
try:
    base = next(found.group() for line in process.stderr if (found := re.search(r"http://\S+", line)))
    print("| question | requests/s | p50 | p99 | processor time |\n|---|--:|--:|--:|--:|")
    for name, path in QUESTIONS:
        urllib.request.urlopen(base + path).read()
        subprocess.run(["wrk", "-t1", "-c32", "-d1s", base + path], capture_output=True, check=True)
        before = ticks(process)
        out = subprocess.run(["wrk", "-t1", "-c32", f"-d{SECONDS}s", "--latency", base + path], capture_output=True, text=True, check=True).stdout
        count = int(re.search(r"(\d+) requests in", out).group(1))
        spent = (ticks(process) - before) * 10_000 / count
        rate, p50, p99 = (re.search(pattern, out).group(1) for pattern in (r"Requests/sec:\s+(\S+)", r"\n\s+50%\s+(\S+)", r"\n\s+99%\s+(\S+)"))
        failed = "" if "Non-2xx" not in out else " (failed)"
        print(f"| {name}{failed} | {float(rate):,.0f} | {p50} | {p99} | {spent:.0f} µs |", flush=True)
finally:
    process.terminate()
    process.wait(timeout=40)
