"""A dossier as its readers get it: in Chromium, on paper, in a spreadsheet; its figures held against those of the other commands."""

import csv
import json
import os
import re
import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

AS_OF = ["--as-of", "2026-11-23"]
AISNE = ["FR-02", *AS_OF, "--count", "3", "--within", "20km"]


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("dossiers")


def write(workspace, folder, name, *arguments):
    """The path of a dossier, written once."""
    from conftest import PROGRAM

    path = folder / f"{name}.html"
    if not path.exists():
        done = subprocess.run(
            [PROGRAM, "dossier", *arguments, "-o", path],
            capture_output=True, text=True, timeout=300, env=os.environ | {"MAILLAGE_WORKSPACE": str(workspace)},
        )
        assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="session")
def aisne(workspace, folder):
    return write(workspace, folder, "aisne", *AISNE, "--opening", "2028-09-01")


def figures(path):
    with open(path.with_name(path.stem + "-figures.csv"), encoding="utf-8", newline="") as file:
        return {row["name"]: row for row in csv.DictReader(file)}


def shown(path):
    """The figures as the page marks them."""
    found = re.findall(r'<data value="([^"]*)" data-figure="([^"]*)">([^<]*)</data>', path.read_text(encoding="utf-8"))
    return {name: (float(value), text) for value, name, text in found}


@pytest.fixture
def page(browser, aisne):
    """The page as it opens from a disk, with what it said and asked for."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.said, page.asked = [], []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(aisne.as_uri())
    yield page
    page.close()


def test_it_opens_from_a_disk_alone_and_says_nothing(page, aisne):
    assert page.said == [] and page.asked == [aisne.as_uri()]
    assert page.locator("h1").count() == 1 and page.locator("script").count() == 0
    assert page.evaluate("document.documentElement.lang") == "fr"
    assert aisne.stat().st_size < 2_000_000


@pytest.mark.parametrize("width", [1200, 360])
def test_axe_finds_nothing_to_mend(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


def test_a_phone_scrolls_it_in_one_direction_and_wide_tables_in_regions_of_their_own(page):
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.evaluate(
        "[...document.querySelectorAll('.table')].every(e => e.tabIndex === 0 && e.getAttribute('role') === 'region' && document.getElementById(e.getAttribute('aria-labelledby')))"
    )
    small = page.evaluate(
        "Math.min(...[...document.querySelectorAll('figure > svg text')].filter(t => t.getClientRects().length).map(t => t.getBoundingClientRect().height))"
    )
    assert small >= 9.5, "names on maps and charts are read on a phone"


def test_headings_are_in_order_and_every_table_and_drawing_says_what_it_is(page):
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
    assert levels[0] == 1 and all(b <= a + 1 for a, b in zip(levels, levels[1:]))
    assert page.evaluate("[...document.querySelectorAll('table')].every(t => t.caption && t.caption.textContent.trim())")
    assert page.evaluate("[...document.querySelectorAll('main svg[role=img]')].every(s => s.querySelector('title').textContent && s.querySelector('desc').textContent)")
    assert page.evaluate("[...document.querySelectorAll('figure')].every(f => f.querySelector('figcaption').textContent.trim())")
    assert page.evaluate("new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size === document.querySelectorAll('[id]').length")
    assert page.evaluate("[...document.querySelectorAll('a[href^=\"#\"]')].every(a => document.getElementById(a.hash.slice(1)))")


def test_every_figure_has_a_source_that_the_page_tells(page, aisne):
    numbers = page.evaluate("[...document.querySelectorAll('.sources > li')].map(li => li.id)")
    assert numbers == [f"source-{i + 1}" for i in range(len(numbers))] and len(numbers) >= 7
    table, marked = figures(aisne), shown(aisne)
    assert table.keys() == marked.keys() and len(table) > 100
    for name, row in table.items():
        assert float(row["value"]) == marked[name][0], name
        assert row["source"] and all(1 <= int(n) <= len(numbers) for n in row["source"].split()), name
    text = page.inner_text("#sources")
    assert len(set(re.findall(r"\b[0-9a-f]{64}\b", text))) >= 3, "hashes of the layer, the network and the outline"
    assert "non disponible" in page.inner_text("#mobility"), "there is no source of public transport"


def test_its_figures_are_those_of_the_other_commands(maillage, aisne):
    table = {name: float(row["value"]) for name, row in figures(aisne).items()}
    now = maillage("coverage", "--area", "FR-02", "--within", "10km,20km,30km", *AS_OF, "--format", "json").json["total"]
    assert table["population"] == now["population"]
    for reach in now["reaches"]:
        assert table[f"coverage.before.{reach['within']}.people"] == reach["people"]
        assert table[f"coverage.before.{reach['within']}.share"] == reach["share"]
    for name in ("mean", "median", "p90", "max", "gini"):
        assert table[f"distance.before.{name}"] == now[name]
    site = maillage("site", *AISNE[:1], *AS_OF, "--count", "3", "--within", "20km", "--format", "json").json
    assert table["proposal.objective"] == site["value"]["objective"] and table["proposal.bound"] == site["value"]["bound"]
    assert table["coverage.after.20km.people"] == site["after"][0]["reaches"][0]["people"]
    for platform in site["platforms"]:
        assert table[f"proposed.{platform['order']}.adds"] == platform["adds"]
    for point in site["curve"]:
        assert table[f"curve.{point['count']}.objective"] == point["objective"] and table[f"curve.{point['count']}.bound"] == point["bound"]
    minutes = maillage("coverage", "--area", "FR-02", "--within", "15min,30min,45min", *AS_OF, "--format", "json").json["total"]
    for reach in minutes["reaches"]:
        assert table[f"duration.before.{reach['within']}.people"] == reach["people"]
    assessed = maillage("assess", "FR-02", *AS_OF, "--format", "json").json
    for name in ("density", "primacy", "spread"):
        assert table[name] == assessed["profile"][name]
    assert table["surface"] == assessed["profile"]["squareKilometres"]
    for i, criterion in enumerate(assessed["form"]["criteria"], 1):
        assert table.get(f"form.{i}.{criterion['measure']}.value") == criterion["value"]
        assert table[f"form.{i}.{criterion['measure']}.threshold"] == criterion["threshold"]
    assert not [name for name in table if "+" in name], "no two figures share a name"
    left = maillage("coverage", "--area", "FR-02", "--within", "20km", "--unreached", "1000", *AS_OF, "--format", "json").json
    assert table["leftOut.before.people"] == left["people"]


def test_with_the_proposal_coverage_counts_what_it_says(maillage, aisne, tmp_path):
    site = maillage("site", "FR-02", *AS_OF, "--count", "3", "--within", "20km", "--format", "csv")
    (tmp_path / "proposed.csv").write_text(site.out)
    after = maillage(
        "coverage", "--area", "FR-02", "--within", "10km,20km,30km", *AS_OF, "--also", tmp_path / "proposed.csv", "--by", "platform", "--format", "json"
    ).json
    table = {name: float(row["value"]) for name, row in figures(aisne).items()}
    for reach in after["total"]["reaches"]:
        assert table[f"coverage.after.{reach['within']}.people"] == reach["people"]
    rows = {row["key"]: row for row in after["rows"]}
    for i, line in enumerate(csv.DictReader(site.out.splitlines()), 1):
        for reach in rows[line["id"]]["catchments"]:
            assert table[f"proposed.{i}.{reach['within']}.people"] == reach["people"]
            assert table[f"proposed.{i}.{reach['within']}.exclusive"] == reach["exclusive"]


def test_a_scenario_in_the_place_of_a_proposal_gives_the_figures_of_its_comparison(workspace, run, tmp_path):
    from conftest import copy

    own = tmp_path / "workspace"
    copy(workspace, own)
    here = {"MAILLAGE_WORKSPACE": str(own)}
    assert run("scenario", "new", "aisne-2028", "--area", "FR-02", "--as-of", "2026-11-23", **here).code == 0
    for town in ("Laon", "Hirson"):
        done = run("scenario", "open", "aisne-2028", town, "--kind", "ruralPlatform", **here)
        assert done.code == 0, done.err
    done = run("dossier", "aisne-2028", "-o", tmp_path / "s.html", "--reaches", "10km,20km,30km", **here)
    assert done.code == 0, done.err
    table = {name: float(row["value"]) for name, row in figures(tmp_path / "s.html").items()}
    comparison = run("scenario", "compare", "aisne-2028", "--within", "10km,20km,30km", "--format", "json", **here).json
    for side, variant in (("before", comparison["baseline"]), ("after", comparison["scenarios"][0])):
        whole = variant["coverage"]["rows"][0]
        people = {reach["within"]: reach["people"] for reach in whole["reaches"]}
        assert people.keys() == {"10km", "20km", "30km"} and {reach: table[f"coverage.{side}.{reach}.people"] for reach in people} == pytest.approx(people, rel=1e-9), side
    assert table["proposed.count"] == 2
    kinds = {f["properties"]["role"] for f in json.loads((tmp_path / "s-places.geojson").read_text())["features"]}
    assert {"territory", "existing", "proposed", "leftOut"} <= kinds


def test_it_prints_to_a4_with_no_table_row_drawing_or_card_cut(browser, aisne, tmp_path):
    """Chromium lays pages out as columns of a sheet: each box is asked for the sheets that it stands on."""
    page = browser.new_page()
    page.goto(aisne.as_uri())
    pdf = tmp_path / "aisne.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True, print_background=True)
    info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Page size: +59[45](\.\d+)? x 84[12]", info)
    sheets = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout.split("\f")[:-1]
    assert len(sheets) == int(re.search(r"Pages: +(\d+)", info).group(1)) <= 24
    assert all(re.search(rf"\b{i} / {len(sheets)}\b", sheet) for i, sheet in enumerate(sheets, 1)), "sheets are numbered"
    # The words of a row, of a caption or of a figure's legend stand together on one sheet.
    page.emulate_media(media="print")
    flat = [re.sub(r"\s+", "", sheet) for sheet in sheets]
    rules = page.evaluate("[...document.querySelectorAll('tr, figure, .card, .todo')].map(e => getComputedStyle(e).breakInside)")
    assert set(rules) == {"avoid"}
    for row in page.evaluate("[...document.querySelectorAll('tbody tr')].map(r => [...r.cells].map(c => c.innerText))"):
        words = [word for cell in row for word in re.findall(r"\w+", cell)]
        assert any(all(word in sheet for word in words) for sheet in flat), row
    # No drawing is higher than a sheet, where breaking rules would give way.
    assert page.evaluate("Math.max(...[...document.querySelectorAll('figure, tr, .card')].map(e => e.getBoundingClientRect().height))") < 262 / 25.4 * 96
    page.close()


@pytest.mark.parametrize(
    "name, arguments, language",
    [
        ("geneve", ["CH-GE"], "fr"), ("torino", ["IT-TO"], "it"), ("maurice", ["MU"], "fr"), ("reunion", ["FR-974"], "fr"),
        ("aisne-en", ["FR-02", "--language", "en"], "en"), ("aisne-es", ["FR-02", "--language", "es"], "es"), ("aisne-pt", ["FR-02", "--language", "pt"], "pt"),
    ],
)
def test_other_areas_and_languages(browser, workspace, folder, name, arguments, language):
    path = write(workspace, folder, name, *arguments, *AS_OF)
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.lang") == language
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert Axe().run(page).violations_count == 0
    assert path.stat().st_size < 2_000_000 and "{" not in page.inner_text("main")
    page.close()


def test_the_same_question_gives_the_same_bytes(workspace, folder, aisne):
    again = write(workspace, folder, "again", *AISNE, "--opening", "2028-09-01")
    for ending in (".html", "-figures.csv", "-localities.csv", "-places.geojson"):
        assert (folder / f"aisne{ending}").read_bytes() == (folder / f"again{ending}").read_bytes()


def test_a_polygon_across_a_border_and_what_cannot_be_written_or_found(maillage, run, workspace, tmp_path):
    ring = [[5.9, 46.1], [6.5, 46.1], [6.5, 46.4], [5.9, 46.4], [5.9, 46.1]]
    shape = {"type": "Feature", "properties": {"name": "Grand <Genève> & co"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    (tmp_path / "across.geojson").write_text(json.dumps(shape))
    done = maillage("dossier", tmp_path / "across.geojson", *AS_OF, "-o", tmp_path / "across.html")
    assert done.code == 0, done.err
    assert "Grand &lt;Genève&gt; &amp; co" in (tmp_path / "across.html").read_text()
    assert maillage("dossier", "FR-02", "-o", tmp_path / "no" / "x.html").code == 66
    assert maillage("dossier", "FR-02", "-o", tmp_path).code == 64
    assert maillage("dossier", "Atlantide", "-o", tmp_path / "x.html").code == 66
    assert maillage("dossier", "FR-02", "--within", "20min", "-o", tmp_path / "x.html").code == 64
    assert maillage("dossier", "FR-02", "--count", "0", "-o", tmp_path / "x.html").code == 64
    sea = {"type": "Polygon", "coordinates": [[[-30, 40], [-29, 40], [-29, 41], [-30, 41], [-30, 40]]]}
    (tmp_path / "sea.geojson").write_text(json.dumps(sea))
    assert maillage("dossier", tmp_path / "sea.geojson", "-o", tmp_path / "x.html").code == 66
    assert maillage("dossier", tmp_path / "across.geojson", "-o", tmp_path / "across.geojson").code == 64, "what was handed in is not written over"
    written = ["across-figures.csv", "across-localities.csv", "across-places.geojson", "across.geojson", "across.html", "sea.geojson"]
    assert sorted(p.name for p in tmp_path.iterdir()) == written
