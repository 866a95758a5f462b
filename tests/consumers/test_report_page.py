"""The report in a real browser: no errors, no requests, every control, by mouse and by keyboard."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from assembly_extract import Extractor, models
from assembly_extract.corrections import load_corrections
from assembly_extract.evaluation.marks import evaluate_marks
from assembly_extract.report import write_report
from sample_records import HOSTILE, RECORDS, hostile_everywhere

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
pytestmark = [
    pytest.mark.skipif(BROWSER is None, reason="no Chromium here"),
    # the browser driver leaves its event loop behind when it ends
    pytest.mark.filterwarnings("default"),
]
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def together(number: int) -> models.Record:
    """Give a record of two people and a body: two of them make a pair worth showing."""
    base = RECORDS[0]
    other = base.people[0].model_copy(update={"id": "p2", "name": "สมหญิง รักดี", "posts": []})
    body = models.Organisation(
        id="o1", name="กรมประมง", abbreviation=None, kind=None, parent=None, mentions=[]
    )
    update = {
        "id": f"{900 + number:032x}",
        "people": [base.people[0], other],
        "organisations": [body],
    }
    return base.model_copy(update=update)


@pytest.fixture(scope="module")
def everything():
    nasty = [hostile_everywhere(n, text) for n, text in enumerate([*HOSTILE, "javascript:a()"])]
    return [*Extractor().records([FIXTURES]), *RECORDS, together(1), together(2), *nasty]


@pytest.fixture(scope="module")
def page_file(everything, tmp_path_factory):
    target = tmp_path_factory.mktemp("report") / "report.html"
    write_report(everything, target)
    return target


@pytest.fixture(scope="module")
def browser():
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, page_file, request):
    width, scheme = getattr(request, "param", (1280, "light"))
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, accept_downloads=True
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: faults.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("dialog", lambda dialog: faults.append(f"dialog: {dialog.message}"))
    page.on(
        "request", lambda r: None if r.url.startswith(("file:", "blob:")) else faults.append(r.url)
    )
    page.goto(page_file.as_uri())
    page.wait_for_selector("#list li")
    yield page
    assert faults == []
    context.close()


def listed(page) -> int:
    return page.locator("#list li").count()


def settles(page, accepted) -> None:
    """Wait until the list has a length that is accepted; the page's policy forbids eval."""
    for _ in range(400):
        if accepted(listed(page)):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"the list stays at {listed(page)} articles")


def search(page, words: str) -> None:
    """Search for words that not all articles have."""
    everything = listed(page)
    page.fill("#q", words)
    settles(page, lambda n: n < everything)


def test_search_and_theme_filter_the_list(page):
    everything = listed(page)
    search(page, "อากาศสะอาด")
    assert "นครสวรรค์" in page.inner_text("#list")
    page.click("#filters button[type=reset]")
    settles(page, lambda n: n == everything)
    page.select_option("#theme", "health-assembly")
    settles(page, lambda n: n < everything)
    assert listed(page) >= len(RECORDS)


def test_a_click_on_the_map_filters_by_province(page):
    everything = listed(page)
    page.locator('#map path[data-code="55"]').click(force=True)
    settles(page, lambda n: n < everything)
    assert page.input_value("#province") == "55"
    page.locator('#map path[data-code="55"]').click(force=True)
    settles(page, lambda n: n == everything)


def test_a_name_filters_and_its_chip_lets_go(page):
    everything = listed(page)
    page.locator("#people button").first.click()
    settles(page, lambda n: n < everything)
    page.locator("#chips button").click()
    settles(page, lambda n: n == everything)


@pytest.mark.parametrize(
    ("pairs", "names"),
    [("#pairs", ["สมชาย ใจดี", "สมหญิง รักดี"]), ("#mixed", ["สมชาย ใจดี", "กรมประมง"])],
)
def test_a_pair_filters_by_both_names(page, pairs, names):
    page.locator(f"{pairs} button").first.click()
    settles(page, lambda n: n == 2)
    assert page.locator("#chips button").all_inner_texts() == [f"{name} ×" for name in names]
    page.locator("#list button").first.click()
    assert all(name in page.inner_text("#a-facts") for name in names)


def test_the_list_is_in_order_of_time(page):
    assert page.input_value("#order") == "newest"
    first = page.locator("#list li").first.inner_text()
    page.select_option("#order", "oldest")
    assert page.locator("#list li").first.inner_text() != first
    page.locator("#list button").first.click()
    assert page.locator("#previous").is_disabled()
    title = page.inner_text("#a-title")
    page.click("#next")
    assert page.inner_text("#a-title") != title


def test_time_filters_by_month_and_by_year_in_the_readers_calendar(page):
    everything = listed(page)
    assert "ก.พ. 2566" in page.inner_text("#month")
    page.select_option("#month", "2023-02")
    settles(page, lambda n: n < everything)
    by_month = listed(page)
    page.select_option("#month", "2023")
    settles(page, lambda n: by_month <= n < everything)
    page.click("#language")
    assert "Feb 2023" in page.inner_text("#month")


def test_the_legend_hides_a_kind_and_the_search_shows_its_place(page):
    search(page, "อากาศสะอาด นครสวรรค์")
    assert page.locator("#list .snippet b").first.inner_text() == "อากาศสะอาด"
    page.locator("#list button").first.click()
    colour = "getComputedStyle(document.querySelector('#a-text mark.person')).backgroundColor"
    before = page.evaluate(colour)
    page.locator("#a-legend button.person").click()
    assert page.evaluate(colour) != before


def test_mentions_tell_value_rule_and_score(page):
    search(page, RECORDS[0].title)
    page.locator("#list button").first.click()
    mark = page.locator("#a-text mark.person").first
    mark.hover()
    tip = page.inner_text("#tip")
    assert re.search(r"กฎ \S+ · คะแนน [01]", tip)
    shown = page.inner_text("#a-text")
    assert page.evaluate(
        "title => JSON.parse(document.getElementById('data').textContent).articles"
        ".some(a => a.text === title)",
        shown,
    )


def test_corrections_are_downloaded_and_point_into_the_text(page, everything, tmp_path):
    page.locator("#list button").first.click()
    page.locator("#a-text mark").first.click()
    page.fill("#a-note", "ไม่ใช่ </script>")
    page.click("#a-correct button[value=wrong]")
    assert page.locator("#a-text mark.is-wrong").count() >= 1
    page.locator("#a-text mark").first.click()
    page.click("#undo")
    assert page.locator("#a-text mark.is-wrong").count() == 0
    assert page.locator("#download").is_disabled()
    page.locator("#a-text mark").first.click()
    page.fill("#a-note", "ไม่ใช่ </script>")
    page.click("#a-correct button[value=wrong]")
    page.locator("#a-text mark.is-open").last.click()
    page.click("#a-correct button[value=right]")
    assert page.evaluate("document.activeElement.classList.contains('is-right')")
    page.click("#close")
    with page.expect_download() as download:
        page.click("#download")
    download.value.save_as(tmp_path / "corrections.jsonl")
    row, good = map(json.loads, (tmp_path / "corrections.jsonl").read_text("utf-8").splitlines())
    assert good["verdict"] == "right"
    assert row["verdict"] == "wrong"
    assert row["note"] == "ไม่ใช่ </script>"
    assert row["end"] - row["start"] == len(row["text"])
    loaded = load_corrections((tmp_path / "corrections.jsonl").read_text("utf-8"), "c")
    counts, missing = evaluate_marks(loaded, everything)
    assert missing == []
    assert sum(found.gold for found in counts.values()) == 1
    assert sum(found.found for found in counts.values()) == 2


def test_by_keyboard_only(page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#list') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "MARK":
            break
    assert page.locator("#tip").is_visible()
    page.keyboard.press("Enter")
    assert page.locator("#a-correct").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


def test_english_interface(page):
    page.click("#language")
    assert page.inner_text("#h-articles") == "Articles"
    assert page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize(
    "page", [(1280, "light"), (390, "dark"), (800, "light")], indirect=True, ids=str
)
def test_axe_finds_nothing_serious(page):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for opened in (False, True):
        if opened:
            page.locator("#list button").first.click()
        found = axe.run(page).response["violations"]
        assert [v["id"] for v in found if v["impact"] in {"serious", "critical"}] == []
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"report-{page.viewport_size['width']}.png")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_larger_archive_names_the_database(browser, tmp_path):
    write_report(RECORDS, tmp_path / "r.html", limit=2)
    page = browser.new_page()
    page.goto((tmp_path / "r.html").as_uri())
    page.wait_for_selector("#beyond")
    assert f"2 ข่าวแรกจากทั้งหมด {len(RECORDS)} ข่าว" in page.inner_text("#beyond")
    assert "datasette news.db" in page.inner_text("#beyond")
    page.close()


@pytest.mark.parametrize("page", [(390, "light"), (800, "dark")], indirect=True, ids=str)
def test_every_section_has_the_width_that_there_is(page):
    width = page.viewport_size["width"]
    for part in ("time", "map", "themes", "people", "mixed", "list"):
        box = page.locator(f"#{part}").bounding_box()
        assert box["width"] > width / 2 - 40, part
    last = page.locator("#themes tr:first-child th").last.bounding_box()
    assert last["x"] + last["width"] <= width


def test_an_open_article_is_printed_alone_and_whole(page):
    page.locator("#list button").first.click()
    page.emulate_media(media="print")
    assert not page.locator("main").is_visible()
    assert not page.locator(".bar").is_visible()
    assert page.locator("#a-text").is_visible()
    assert page.evaluate("getComputedStyle(document.getElementById('article')).maxHeight") == "none"


def test_hostile_strings_stay_text(page):
    search(page, "alert(1)")
    assert HOSTILE[0] in page.inner_text("#list")
    page.locator("#list button").first.click()
    assert page.inner_text("#a-title") == HOSTILE[0]


def test_hostile_strings_in_every_field_stay_text(page):
    search(page, "alert(1)")
    for number in range(listed(page)):
        page.locator("#list button").nth(number).click()
        assert "<script>alert(1)" in page.inner_text("#a-title") + page.inner_text("#a-facts")
        page.locator("#a-text mark").first.hover()
        page.click("#close")
    assert page.evaluate("document.querySelectorAll('script').length") == 3
    assert page.locator("a[href^='javascript' i]").count() == 0
