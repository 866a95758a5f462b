"""The report in a real browser: no errors, no requests, every control, by mouse and by keyboard."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from assembly_extract import Extractor
from assembly_extract.report import write_report
from sample_records import HOSTILE, RECORDS

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


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    target = tmp_path_factory.mktemp("report") / "report.html"
    write_report([*Extractor().records([FIXTURES]), *RECORDS], target)
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
    for _ in range(50):
        if accepted(listed(page)):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"the list stays at {listed(page)} articles")


def test_search_and_theme_filter_the_list(page):
    everything = listed(page)
    page.fill("#q", "อากาศสะอาด")
    settles(page, lambda n: n < everything)
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


def test_mentions_tell_value_rule_and_score(page):
    page.fill("#q", RECORDS[0].title)
    page.wait_for_timeout(300)
    page.locator("#list button").first.click()
    mark = page.locator("#a-text mark.person").first
    mark.hover()
    tip = page.inner_text("#tip")
    assert re.search(r"กฎ \S+.*คะแนน [01]", tip)
    shown = page.inner_text("#a-text")
    assert page.evaluate(
        "title => JSON.parse(document.getElementById('data').textContent).articles"
        ".some(a => a.text === title)",
        shown,
    )


def test_corrections_are_downloaded_and_point_into_the_text(page, tmp_path):
    page.locator("#list button").first.click()
    page.locator("#a-text mark").first.click()
    page.fill("#a-note", "ไม่ใช่ </script>")
    page.click("#a-correct button[value=wrong]")
    assert page.locator("#a-text mark.wrong").count() == 1
    page.click("#close")
    with page.expect_download() as download:
        page.click("#download")
    download.value.save_as(tmp_path / "corrections.jsonl")
    (row,) = map(json.loads, (tmp_path / "corrections.jsonl").read_text("utf-8").splitlines())
    assert row["verdict"] == "wrong"
    assert row["note"] == "ไม่ใช่ </script>"
    assert row["end"] - row["start"] == len(row["text"])


def test_by_keyboard_only(page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#list') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    for _ in range(6):
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


def test_hostile_strings_stay_text(page):
    page.fill("#q", "alert(1)")
    page.wait_for_timeout(300)
    assert HOSTILE[0] in page.inner_text("#list")
    page.locator("#list button").first.click()
    assert page.inner_text("#a-title") == HOSTILE[0]
