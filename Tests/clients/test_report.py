"""The yearly coverage report: one page without scripts, whose numbers are those of the command line."""

import html.parser
import json
import re
import subprocess
import sys

import pytest

LANGUAGES = ("fr", "en", "it", "es", "pt")
DAY = "2026-11-22"


class Page(html.parser.HTMLParser):
    """The figures of a page, its headings, ids and what refers to them."""

    void = {"meta", "link", "br", "hr", "img", "input", "path", "rect", "circle", "line"}

    def __init__(self, text):
        super().__init__()
        self.figures, self.headings, self.ids, self.references, self.elements, self.open = {}, [], [], [], [], []
        self.feed(text)
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.elements.append((tag, attributes))
        if tag not in self.void:
            self.open.append(tag)
        if "id" in attributes:
            self.ids.append(attributes["id"])
        self.references += attributes.get("aria-labelledby", "").split()
        if attributes.get("href", "").startswith("#"):
            self.references.append(attributes["href"][1:])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "data-figure" in attributes:
            self.figures[attributes["data-figure"]] = float(attributes["value"])

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"{tag} closes nothing"


@pytest.fixture
def report(maillage, tmp_path):
    def report(*arguments):
        file = tmp_path / "report.html"
        answer = maillage("review", "--as-of", DAY, "--report", file, *arguments)
        assert answer.code == 0 and answer.out == "", answer.err
        return file.read_text()

    return report


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_sound_page_without_scripts(report, language):
    text = report("--country", "FR", "--language", language)
    page = Page(text)
    assert f'<html lang="{language}">' in text
    assert not any(tag in ("script", "iframe", "object", "embed", "link", "img") for tag, _ in page.elements)
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", " ".join(str(a.get(k)) for _, a in page.elements for k in ("href", "src") if a.get(k)))
    assert len(page.ids) == len(set(page.ids)) and set(page.references) <= set(page.ids)
    assert page.headings[0] == 1 and page.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(page.headings, page.headings[1:]))
    assert "{" not in re.sub(r"<style>.*?</style>", "", text, flags=re.S)
    assert len(text.encode()) < 2_000_000


def test_its_numbers_are_those_of_the_command_line(report, maillage):
    page = Page(report("--country", "FR", "--since-year", "2009", "--within", "20km"))
    answer = maillage("coverage", "--area", "FR", "--by", "area", "--within", "20km", "--as-of", DAY, "--format", "json").json
    for row in answer["rows"]:
        if row["population"]:
            assert page.figures[f"people/{row['key']}"] == pytest.approx(row["population"])
            assert page.figures[f"reached/{row['key']}"] == pytest.approx(row["reaches"][0]["people"])
            assert page.figures[f"share/{row['key']}"] == pytest.approx(row["reaches"][0]["share"])
    assert page.figures["total-reached"] == pytest.approx(sum(row["reaches"][0]["people"] for row in answer["rows"]))
    before = maillage(
        "coverage", "--area", "FR", "--by", "area", "--within", "20km", "--compare-as-of", "2009-12-31", "--with", DAY, "--format", "json"
    ).json
    changed = {row["key"]: row["before"]["reaches"][0]["share"] for row in before["rows"] if abs(row["difference"]["reaches"][0]["people"]) >= 0.5}
    shown = {name.split("/")[1]: value for name, value in page.figures.items() if name.startswith("share-before/")}
    assert shown == pytest.approx(changed) and len(shown) > 3
    overlaps = maillage("overlaps", "--within", "20km", "--as-of", DAY, "--format", "json").json["overlaps"]
    pairs = {f"overlap-people/{o['first']}/{o['second']}": o["people"] for o in overlaps}
    for name, value in page.figures.items():
        if name.startswith("overlap-people/"):
            assert value == pytest.approx(pairs[name])


def test_areas_without_a_platform_are_ranked_by_people(report, maillage):
    page = Page(report("--country", "FR"))
    without = [(name, value) for name, value in page.figures.items() if name.startswith("without-people/")]
    assert [value for _, value in without] == sorted((value for _, value in without), reverse=True) and len(without) == page.figures["areas-without"]
    platforms = maillage("network", "list", "--as-of", DAY, "--format", "json").json
    assert "without-people/FR-75" not in page.figures and "without-people/FR-62" in page.figures and platforms["cites"]


@pytest.mark.parametrize("scope", [(), ("--area", "FR-02"), ("--cite", "mayotte"), ("--country", "MU")])
def test_it_is_made_for_the_network_an_area_and_a_label(report, scope):
    page = Page(report(*scope))
    assert 0 <= page.figures["total-share"] <= 1 and page.figures["total-out"] >= 0


def test_the_same_day_gives_the_same_bytes(report):
    assert report("--country", "IT") == report("--country", "IT")


def test_what_is_not_known_has_no_value_and_the_command_can_be_run(maillage, tmp_path):
    """On a day without any Cité there is nobody of whom a share could be told."""
    file = tmp_path / "early.html"
    assert maillage("review", "--as-of", "1980-01-01", "--report", file).code == 0
    assert 'data-figure="total-share"' not in file.read_text(encoding="utf-8")
    assert maillage("review", "--as-of", DAY, "--area", "Aisne", "--report", file).code == 0
    assert "--area FR-02</p>" in file.read_text(encoding="utf-8")


def test_a_report_that_cannot_be_made_leaves_no_file(maillage, tmp_path):
    answer = maillage("review", "--as-of", DAY, "--cite", "rome", "--report", tmp_path / "none" / "report.html")
    assert answer.code in (66, 69) and not (tmp_path / "none").exists()


# In a process of its own: a browser is driven by one event loop.
LOOK = """
import json, sys
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    out = {"said": [], "asked": [], "violations": [], "overflow": []}
    for width in (1200, 360):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.on("console", lambda message: out["said"].append(message.text))
        page.on("request", lambda request: out["asked"].append(request.url))
        page.goto(sys.argv[1])
        out["overflow"].append(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
        for violation in Axe().run(page).response["violations"]:
            out["violations"].append([width, violation["id"], [node["html"][:120] for node in violation["nodes"][:3]]])
    page.pdf(path=sys.argv[2], prefer_css_page_size=True)
    browser.close()
print(json.dumps(out))
"""


@pytest.mark.parametrize("scope", [("--country", "FR", "--language", "fr"), ("--cite", "mayotte", "--language", "pt")])
def test_a_browser_shows_and_prints_it_and_axe_has_no_complaint(report, tmp_path, scope):
    report(*scope)
    done = subprocess.run(
        [sys.executable, "-c", LOOK, (tmp_path / "report.html").as_uri(), tmp_path / "report.pdf"], capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stderr
    look = json.loads(done.stdout)
    assert look["violations"] == [] and look["said"] == []
    assert all(address.startswith("file:") for address in look["asked"])
    assert all(overflow <= 0 for overflow in look["overflow"])
    assert (tmp_path / "report.pdf").stat().st_size > 10_000
