"""The program as its users run it: a built `maillage`, a workspace made from GeoData, a server on a free port."""

import contextlib
import json
import os
import re
import sqlite3
import struct
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".build" / "release" / "maillage"


def edit(store):
    """A connection that can write features, as GDAL and QGIS make one: with the functions that the R-tree triggers call."""
    db = sqlite3.connect(store, timeout=20)
    db.create_function("ST_IsEmpty", 1, lambda blob: None if blob is None else bool(blob[3] & 16), deterministic=True)
    for name, offset in (("ST_MinX", 0), ("ST_MaxX", 0), ("ST_MinY", 8), ("ST_MaxY", 8)):
        db.create_function(name, 1, lambda blob, offset=offset: struct.unpack_from("<d", blob, 13 + offset)[0], deterministic=True)
    return contextlib.closing(db)


def copy(source, target):
    """A copy of a workspace, made by another process: one that opens and closes a database file drops its own locks on it."""
    subprocess.run(["cp", "-r", source, target], check=True)


class Run:
    """What a run of the program gave."""

    def __init__(self, process):
        self.code, self.out, self.err = process.returncode, process.stdout, process.stderr

    @property
    def json(self):
        assert self.out, self.err
        return json.loads(self.out)


@pytest.fixture(scope="session")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("maillage") / "workspace"
    subprocess.run([PROGRAM, "init", "--workspace", folder, "--geodata", ROOT / "GeoData"], check=True, capture_output=True)
    return folder


@pytest.fixture
def run(tmp_path):
    """Runs the program in an empty folder, without a workspace unless one is named."""

    def run(*arguments, cwd=None, **environment):
        variables = {k: v for k, v in os.environ.items() if not k.startswith("MAILLAGE_")} | environment
        return Run(
            subprocess.run(
                [PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300, cwd=cwd or tmp_path, env=variables
            )
        )

    return run


@pytest.fixture
def maillage(run, workspace):
    """Runs the program on the workspace."""
    return lambda *arguments, **options: run(*arguments, MAILLAGE_WORKSPACE=str(workspace), **options)


@pytest.fixture(scope="session")
def served(workspace, tmp_path_factory):
    """A workspace of the service's own, which tests may edit while it runs."""
    folder = tmp_path_factory.mktemp("served") / "workspace"
    copy(workspace, folder)
    return folder


@pytest.fixture(scope="session")
def server(served):
    """The base URL of a running service."""
    process = subprocess.Popen([PROGRAM, "serve", "--workspace", served, "--port", "0"], stderr=subprocess.PIPE, text=True)
    line = process.stderr.readline()
    address = re.search(r"http://\S+", line)
    assert address, line
    yield address.group()
    process.terminate()
    assert process.wait(timeout=20) == 0, "the service did not stop cleanly"
