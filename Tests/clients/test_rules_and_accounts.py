"""The rules the network is held to, and who may sign in."""

import json
import re
import stat

import pytest
from conftest import copy as copy_workspace
from conftest import edit


@pytest.fixture
def copy(workspace, tmp_path):
    """A workspace of one's own, that may be spoilt."""
    target = tmp_path / "copy"
    copy_workspace(workspace, target)
    (target / "accounts.sqlite").unlink(missing_ok=True)
    return target


def test_what_is_broken_is_apart_from_what_is_not_known(maillage):
    report = maillage("network", "validate", "--as-of", "2026-11-22", "--format", "json")
    assert report.code == 65
    wrong = {(f["code"], f["record"]["id"]) for f in report.json["findings"] if f["verdict"] == "broken" and f["severity"] != "notice"}
    assert wrong == {
        ("projet-never-confirmed", "nanaimo"),
        ("projet-never-confirmed", "rome"),
        ("confirmation-overdue", "mayotte"),
        ("confirmation-overdue", "rome"),
    }
    assert report.json["counts"]["broken"]["error"] == 0 and report.json["counts"]["unknown"]["error"] > 0
    for rule in report.json["rules"]:
        assert rule["checked"] == rule["kept"] + rule["broken"] + rule["unknown"]
    assert all(f["command"].startswith("maillage ") and f["detail"].endswith(".") for f in report.json["findings"])
    assert "Broken: 0 errors, 4 warnings" in report.err


def test_only_notices_and_unknowns_end_with_0(maillage):
    answer = maillage("network", "validate", "--as-of", "2009-12-31")
    assert answer.code == 0 and "WARNING, not known" in answer.out and "WARNING, broken" not in answer.out
    assert maillage("network", "validate", "--as-of", "2026-11-22", "--code", "not-verified").code == 0
    chosen = maillage("network", "validate", "--as-of", "2026-11-22", "--code", "confirmation-overdue", "--verdict", "unknown", "--format", "json")
    assert chosen.code == 65 and {f["verdict"] for f in chosen.json["findings"]} == {"unknown"}


def test_an_edit_by_a_foreign_hand_that_breaks_a_rule_is_found(run, copy):
    with edit(copy / "network.gpkg") as db, db:
        db.execute("UPDATE platforms SET floor_area_m2 = 140, counsellors = 2 WHERE id = 'pays-gardois-le-vigan'")
        db.execute("UPDATE platforms SET country = 'ES' WHERE id = 'porto-main'")
    answer = run("network", "validate", "--as-of", "2009-12-31", "--workspace", copy, "--verdict", "broken", "--format", "geojson")
    assert answer.code == 65
    errors = {f["properties"]["code"]: f for f in answer.json["features"] if f["properties"]["severity"] == "error"}
    assert set(errors) == {"rural-platform-too-large", "coordinates-in-other-country"}
    assert errors["coordinates-in-other-country"]["geometry"]["coordinates"][0] == pytest.approx(-8.611)
    assert "in PT; ES is stated" in errors["coordinates-in-other-country"]["properties"]["detail"]


def test_every_rule_can_be_read(maillage):
    rules = maillage("network", "validate", "--rules", "--format", "json").json
    assert len({r["code"] for r in rules}) == len(rules) == 29
    assert all(r["severity"] in ("error", "warning", "notice") and r["rule"].endswith(".") for r in rules)
    assert maillage("network", "validate", "--rules").out.count("\n") == 30


def test_a_token_is_shown_once_and_kept_nowhere(run, copy, tmp_path):
    def account(*arguments):
        return run("account", *arguments, MAILLAGE_WORKSPACE=str(copy))

    assert account("list").code == 0 and not (copy / "accounts.sqlite").exists()
    made = account("add", "paris-desk", "--role", "editor", "--cite", "paris")
    token = made.out.strip()
    assert made.code == 0 and re.fullmatch(r"mlg_[A-Za-z0-9_-]{43}", token) and token not in made.err
    assert account("add", "office", "--role", "officer").out.strip() != token
    file = copy / "accounts.sqlite"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and token.encode() not in file.read_bytes()
    listed = account("list", "--format", "json").json
    assert [(a["name"], a["role"], a["cite"], a["revoked"]) for a in listed] == [("office", "officer", None, None), ("paris-desk", "editor", "paris", None)]
    again = account("add", "paris-desk", "--role", "admin")
    assert (again.code, again.out) == (64, "") and "another one would be accepted" in again.err
    assert account("revoke", "paris-desk").code == 0
    assert json.loads(account("list", "--format", "json").out)[1]["revoked"] is not None
    for command in (["backup", tmp_path / "backup.gpkg"], ["export", "gpkg", tmp_path / "out"], ["export", "geojson", tmp_path / "out"]):
        assert run(*command, "--workspace", copy).code == 0
    written = [p for p in tmp_path.rglob("*") if p.is_file() and copy not in p.parents]
    assert len(written) >= 5
    for path in written:
        content = path.read_bytes()
        assert b"paris-desk" not in content and token.encode() not in content and path.name != "accounts.sqlite"


def test_revoking_an_account_that_is_not_there_says_which_are(run, copy):
    def account(*arguments):
        return run("account", *arguments, MAILLAGE_WORKSPACE=str(copy))

    assert account("revoke", "nosuch").err == "error: no account 'nosuch'; there are none; 'maillage account add' makes one\n"
    account("add", "office", "--role", "officer")
    assert account("revoke", "nosuch").err == "error: no account 'nosuch'; accounts that may sign in: office\n"
    account("revoke", "office")
    nobody = account("revoke", "nosuch")
    assert nobody.code == 66 and nobody.err == "error: no account 'nosuch'; every account is revoked already, as 'maillage account list' shows\n"
