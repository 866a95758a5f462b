"""Main text from HTML: this project beside the extractors that are installed.

The pages are the stories of ``tests/cases/cleaning`` in the page templates of ``bench/skins``, and the
HTML pages of those cases. Run ``python bench/cleaning.py``; peers that are not installed are left out
(``pip install -e '.[bench]'``).
"""

from __future__ import annotations

import importlib.util
import re
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from assembly_extract.cleaning import clean
from assembly_extract.sources import article_from_bytes
from assembly_extract.written_dates import find_full_date

ROOT = Path(__file__).parent.parent
SKINS = sorted((ROOT / "bench" / "skins").glob("*.html"))
CASES = sorted((ROOT / "tests" / "cases" / "cleaning").glob("*/*.toml"))
STORIES_PER_SKIN = 6
SITES = ("ข่าวลุ่มน้ำ", "เทศบาลเมืองตัวอย่าง", "สยามชุมชน", "เสียงอีสานใต้")
AUTHORS = ("ดารา พูนสุข", "เมธี ใจงาม", "กองบรรณาธิการ")
THAI_MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()


class Page(NamedTuple):
    name: str
    html: str
    title: str
    body: str
    published: str | None
    authors: frozenset[str] | None


class Output(NamedTuple):
    text: str
    title: str | None = None
    published: str | None = None
    authors: frozenset[str] = frozenset()


def pages() -> list[Page]:
    cases = [tomllib.loads(path.read_text(encoding="utf-8")) for path in CASES]
    named = [(path.stem, case) for path, case in zip(CASES, cases, strict=True) if "title" in case]
    found = [
        Page(name, case["raw"], case["title"], case["body"].strip(), case.get("published"), None)
        for name, case in named
        if case["format"] == "html"
    ]
    for number, skin in enumerate(SKINS):
        template = skin.read_text(encoding="utf-8")
        for turn in range(STORIES_PER_SKIN):
            name, case = named[(number * STORIES_PER_SKIN + turn * 5) % len(named)]
            found.append(dressed(f"{skin.stem}/{name}", template, case, number + turn))
    return found


def dressed(name: str, template: str, case: dict[str, str], turn: int) -> Page:
    lines = case["body"].strip().split("\n")
    month, day = turn % 12 + 1, turn % 27 + 1
    author = AUTHORS[turn % len(AUTHORS)]
    half = max(1, len(lines) // 2)
    html = template.format(
        title=case["title"].replace('"', "&quot;"),
        site=SITES[turn % len(SITES)],
        author=author,
        iso=f"2023-{month:02}-{day:02}",
        thai=f"{day} {THAI_MONTHS[month - 1]} 2566",
        paragraphs="".join(f"<p>{line}</p>" for line in lines),
        divs="".join(f"<div>{line}</div><div>&nbsp;</div>" for line in lines),
        lines="<br><br>".join(lines),
        sections="<section>"
        + "".join(f"<p>{line}</p>" for line in lines[:half])
        + "</section><section>"
        + "".join(f"<p>{line}</p>" for line in lines[half:])
        + "</section>",
    )
    return Page(
        name,
        html,
        case["title"],
        "\n".join(lines),
        f"2023-{month:02}-{day:02}",
        frozenset({author}),
    )


def ours(html: str) -> Output:
    article = clean(article_from_bytes(html.encode(), "page.html"))
    dated = article.published and find_full_date(article.published.text)
    return Output(
        article.text[article.body_start :],
        article.title,
        dated.date if dated else None,
        frozenset(article.authors),
    )


def trafilatura(html: str) -> Output:
    import trafilatura as peer

    found = peer.bare_extraction(html, with_metadata=True, favor_precision=False)
    if found is None:
        return Output("")
    names = re.split(r"[;,]\s*", found.author or "")
    return Output(found.text or "", found.title, found.date, frozenset(filter(None, names)))


def newspaper(html: str) -> Output:
    import newspaper as peer

    article = peer.article(
        "https://example.com/a", language="th", input_html=html, fetch_images=False
    )
    date = article.publish_date
    return Output(
        article.text,
        article.title,
        f"{date:%Y-%m-%d}" if date else None,
        frozenset(article.authors),
    )


def justext(html: str) -> Output:
    import justext as peer

    found = peer.justext(
        html.encode(), frozenset(), stopwords_low=0, stopwords_high=0, length_low=30, length_high=80
    )
    return Output("\n".join(part.text for part in found if not part.is_boilerplate))


def resiliparse(html: str) -> Output:
    from resiliparse.extract.html2text import extract_plain_text

    return Output(extract_plain_text(html, main_content=True, alt_texts=False))


EXTRACTORS: dict[str, tuple[str | None, Callable[[str], Output]]] = {
    "assembly-extract": (None, ours),
    "trafilatura": ("trafilatura", trafilatura),
    "newspaper4k": ("newspaper", newspaper),
    "justext (0, 0)": ("justext", justext),
    "resiliparse": ("resiliparse", resiliparse),
}


def grams(text: str) -> Counter[str]:
    squeezed = "".join(re.findall(r"[\w\u0e00-\u0e7f]+", text))
    return Counter(squeezed[at : at + 5] for at in range(max(1, len(squeezed) - 4)))


def text_f1(page: Page, text: str) -> float:
    """F1 of the five-letter stretches; a headline before the text counts for nobody or against."""
    stripped = text.strip().removeprefix(f"{page.title}\n")
    want, have = grams(page.body), grams(stripped)
    shared = sum((want & have).values())
    return 2 * shared / (sum(want.values()) + sum(have.values()))


def main() -> None:
    every = pages()
    print(f"{len(every)} pages")
    print("| extractor | text F1 | worst | title | date | author | ms/page |")
    print("|---|---|---|---|---|---|---|")
    for name, (module, extract) in EXTRACTORS.items():
        if module is not None and importlib.util.find_spec(module) is None:
            continue
        extract(every[0].html)  # the first call loads data
        began = time.perf_counter()
        outputs = [extract(page.html) for page in every]
        spent = (time.perf_counter() - began) / len(every) * 1000
        scores = [text_f1(page, output.text) for page, output in zip(every, outputs, strict=True)]
        pairs = list(zip(every, outputs, strict=True))
        titles = sum((output.title or "").strip() == page.title for page, output in pairs)
        dated = [(p, o) for p, o in pairs if p.published]
        dates = sum(o.published == p.published for p, o in dated)
        signed = [(p, o) for p, o in pairs if p.authors is not None]
        authors = sum(o.authors == p.authors for p, o in signed)
        print(
            f"| {name} | {sum(scores) / len(scores):.3f} | {min(scores):.2f} "
            f"| {titles / len(pairs):.2f} | {dates / len(dated):.2f} "
            f"| {authors / len(signed):.2f} | {spent:.0f} |"
        )


if __name__ == "__main__":
    main()
