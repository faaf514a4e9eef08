"""What the officer sees before a committee, and the calendar of what falls due, read by a calendar program's own parser."""

import csv
import datetime
import io

import icalendar
import pytest
from conftest import copy as copy_workspace
from conftest import edit

LANGUAGES = ("fr", "en", "it", "es", "pt")


@pytest.fixture
def officer(workspace, run, tmp_path):
    """Commands on a copy whose Mayotte is as a test enters it, with the day of each deed."""
    target = tmp_path / "copy"
    copy_workspace(workspace, target)

    def officer(*arguments):
        answer = run(*arguments, MAILLAGE_WORKSPACE=str(target), MAILLAGE_USER="officer")
        assert answer.code == 0, answer.err
        return answer

    return officer


def lines(answer, sections=None):
    """What is known: rule, record and the last day it may be due."""
    return [
        (line["section"], line["code"], line["id"], (line["due"] or {}).get("latest"), line["daysOver"])
        for line in answer.json["lines"]
        if sections is None or line["section"] in sections
    ]


def review(officer, day, *more):
    sections = ("confirmations", "reports", "labels", "prefigurations", "associated-centres", "agenda")
    options = [word for section in sections for word in ("--section", section)]
    return lines(officer("review", "--as-of", day, "--cite", "mayotte", "--format", "json", *options, *more))


def test_the_timeline_of_mayotte_entered_with_the_commands(officer):
    # As its page tells it, the opening is only bounded: due once it must be, overdue the day after the last day it may be.
    assert review(officer, "2016-06-09") == []
    assert review(officer, "2016-12-10") == [
        ("confirmations", "confirmation-due", "mayotte", "2016-12-10", 0),
        ("agenda", "agenda-confirmation", "mayotte", "2016-12-10", 0),
    ]
    assert review(officer, "2016-12-11")[0] == ("confirmations", "confirmation-overdue", "mayotte", "2016-12-10", 1)
    officer("network", "add", "source", "id=log", "title=The log of the committee")
    officer("network", "decide", "mayotte", "confirmed", "--date", "2017-01-12", "--source", "log")
    assert review(officer, "2017-01-12") == []
    assert review(officer, "2017-01-11")[0] == ("confirmations", "confirmation-overdue", "mayotte", "2016-12-10", 32)
    assert review(officer, "2017-07-11") == []
    assert review(officer, "2017-07-12") == [("agenda", "agenda-report", "mayotte", "2018-01-12", -184)]
    officer("network", "decide", "mayotte", "renewed", "--date", "2018-01-10", "--source", "log")
    assert review(officer, "2019-01-10") == [("agenda", "agenda-report", "mayotte", "2019-01-10", 0)]
    assert review(officer, "2019-01-11") == [
        ("reports", "yearly-report-due", "mayotte", "2019-01-10", 1),
        ("agenda", "agenda-report", "mayotte", "2019-01-10", 1),
    ]
    officer("network", "close", "mayotte", "--on", "2019-02-01", "--asleep", "--source", "log")
    assert ("labels", "label-without-place", "mayotte", None, None) in review(officer, "2019-02-01")
    assert review(officer, "2019-02-01")[-1] == ("agenda", "agenda-withdrawal", "mayotte", None, None)
    officer("network", "decide", "mayotte", "withdrawn", "--date", "2019-03-01", "--source", "log")
    assert review(officer, "2019-03-01") == []
    changes = officer("review", "--as-of", "2019-12-31", "--since", "2018-12-31", "--section", "changes", "--cite", "mayotte", "--format", "json")
    assert [line["code"] for line in changes.json["lines"]] == ["period-asleep", "decision-withdrawn"]


def test_a_review_is_no_failure_and_names_what_settles_each_line(maillage):
    answer = maillage("review", "--as-of", "2026-11-22", "--format", "json")
    assert answer.code == 0
    assert {line["id"] for line in answer.json["lines"] if line["severity"] == "warning"} == {"mayotte", "rome", "nanaimo"}
    for line in answer.json["lines"] + answer.json["unknown"]:
        assert line["command"].startswith("maillage ") and line["id"] and line["found"]
    counted = sum(row["cites"] for row in answer.json["labels"])
    assert counted == len(maillage("network", "list", "--as-of", "2026-11-22", "--format", "json").json["cites"])


def test_the_lines_that_are_of_rules_are_those_of_validate(maillage):
    wrong = maillage("network", "validate", "--as-of", "2026-11-22", "--verdict", "broken", "--format", "json").json["findings"]
    wrong = {(f["code"], f["record"]["id"]) for f in wrong if f["severity"] != "notice"}
    shown = maillage("review", "--as-of", "2026-11-22", "--format", "json").json["lines"]
    assert {(line["code"], line["id"]) for line in shown if line["severity"] != "notice"} == wrong


def test_people_out_of_reach_are_those_of_coverage(maillage):
    shown = maillage("review", "--as-of", "2026-11-22", "--country", "FR", "--section", "reach", "--within", "20km", "--format", "json").json["lines"]
    rows = maillage("coverage", "--area", "FR", "--by", "area", "--within", "20km", "--as-of", "2026-11-22", "--format", "json").json["rows"]
    out = {row["key"]: row["population"] - row["reaches"][0]["people"] for row in rows}
    assert len(shown) > 80
    for line in shown:
        assert line["people"] == pytest.approx(out[line["id"]], abs=0.01)
    assert [line["people"] for line in shown] == sorted((line["people"] for line in shown), reverse=True)


def test_other_forms_hold_the_same_lines(maillage):
    options = ("review", "--as-of", "2026-11-22", "--country", "IT")
    whole = maillage(*options, "--format", "json").json
    rows = [row for row in csv.DictReader(io.StringIO(maillage(*options, "--format", "csv").out)) if row["section"] != "counts"]
    assert [(r["section"], r["id"], r["verdict"]) for r in rows if r["verdict"] == "broken"] == [
        (line["section"], line["id"], line["verdict"]) for line in whole["lines"]
    ]
    assert len(rows) == len(whole["lines"]) + len(whole["unknown"])
    features = maillage(*options, "--format", "geojson").json
    assert len(features["features"]) + features["withoutPlace"] == len(rows)
    assert all(f["geometry"]["type"] == "Point" for f in features["features"])


def test_a_table_is_short_and_says_how_to_see_the_rest(maillage):
    table = maillage("review", "--as-of", "2026-11-22").out
    assert table.count("\n") < 160 and "--section reach" in table and "not known" in table
    whole = maillage("review", "--as-of", "2026-11-22", "--section", "reach").out
    assert whole.count("maillage assess") > 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_is_read_by_a_calendar_program(maillage, language):
    options = ("review", "--format", "ics", "--language", language)
    answer = maillage(*options, "--as-of", "2009-12-31")
    assert answer.code == 0 and answer.out == maillage(*options, "--as-of", "2009-12-31").out
    # Read as bytes elsewhere: here the text went through universal newlines, so the line ends are put back.
    source = answer.out.replace("\n", "\r\n").encode()
    assert all(len(line) <= 75 for line in source.split(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(source)
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert set(events) == {"confirmation-rome@maillage", "projet-decision-rome@maillage", "projet-decision-nanaimo@maillage"}
    confirmation = events["confirmation-rome@maillage"]
    assert confirmation.decoded("DTSTART") == datetime.date(2010, 6, 3) and confirmation.decoded("DTEND") == datetime.date(2010, 6, 4)
    assert isinstance(confirmation.decoded("DTSTAMP"), datetime.datetime)
    assert "Rome" in str(confirmation["SUMMARY"]) and "maillage network decide rome confirmed" in str(confirmation["DESCRIPTION"])
    assert not calendar.errors and all(not event.errors for event in events.values())
    assert [alarm.decoded("TRIGGER") for alarm in confirmation.walk("VALARM")] == [datetime.timedelta(days=-180)]
    # Six months later it is overdue: on the day of the review, the same event by its id.
    later = icalendar.Calendar.from_ical(maillage(*options, "--as-of", "2010-12-31").out)
    late = {str(event["UID"]): event for event in later.walk("VEVENT")}["confirmation-rome@maillage"]
    assert late.decoded("DTSTART") == datetime.date(2010, 12, 31) and not late.walk("VALARM")


def test_the_calendar_has_the_line_ends_of_its_standard(workspace, tmp_path):
    import subprocess

    from conftest import PROGRAM

    out = subprocess.run([PROGRAM, "review", "--as-of", "2026-11-22", "--format", "ics", "--workspace", workspace], capture_output=True, check=True).stdout
    assert out.startswith(b"BEGIN:VCALENDAR\r\n") and out.endswith(b"END:VCALENDAR\r\n")
    assert out.count(b"\n") == out.count(b"\r\n") > 20


def test_what_a_name_holds_is_escaped_in_the_calendar(officer, tmp_path):
    with edit(tmp_path / "copy" / "network.gpkg") as db, db:
        db.execute("UPDATE cites SET name = 'Rome; Latium, \\ \"x\" é' || char(10) || 'BEGIN:VEVENT' WHERE id = 'rome'")
    calendar = icalendar.Calendar.from_ical(officer("review", "--as-of", "2009-12-31", "--format", "ics").out)
    names = [str(event["SUMMARY"]) for event in calendar.walk("VEVENT") if "rome" in str(event["UID"])]
    assert len(names) == 2 and all('Rome; Latium, \\ "x" é\nBEGIN:VEVENT' in name for name in names)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--country", "FR", "--cite", "rome"), 64, "give one of them"),
        (("--country", "XX"), 66, "no country 'XX'"),
        (("--cite", "rome-main"), 66, "is a platform"),
        (("--section", "changes"), 64, "needs --since"),
        (("--since", "2030-01-01", "--as-of", "2026-01-01"), 64, "is not before the day"),
        (("--language", "de"), 64, "'de'"),
        (("--since-year", "2009"), 64, "goes with --report"),
        (("--report", "a.html", "--format", "csv"), 64, "leave out"),
        (("--format", "ics", "--section", "reports"), 64, "leave out --section"),
    ],
)
def test_what_cannot_be_is_told_with_what_would_be_accepted(maillage, arguments, code, words):
    answer = maillage("review", *arguments)
    assert answer.code == code and words in answer.err and answer.out == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_review_is_in_the_language_asked_for(maillage, language):
    title = {"fr": "Examen : tout le réseau", "en": "Review of the whole network", "it": "Esame: tutta la rete", "es": "Examen: toda la red", "pt": "Exame: toda a rede"}
    assert maillage("review", "--language", language, "--as-of", "2026-11-22").out.startswith(title[language])
