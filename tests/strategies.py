"""Made-up sites for Hypothesis, sound by the way they are made; tests/damage.py puts faults into them.

`sites()` draws a folder's files that must build at `tests.building.NOW`: config, articles, standing pages, brief
files and edition files. What is drawn shrinks towards few files, few fields and short texts.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from generator.content.front_matter import FrontMatter, moment
from generator.editions import edition_start
from tests.building import NOW
from tests.writing import ADDRESSES, FREE, SENTENCES, bodies, keys, texts, yaml

Files = dict[str, bytes]
Values = dict[str, Any]

PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAGzsFgwAAAABJRU5ErkJggg=="
)
ZONES = ("UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "Africa/Monrovia", "Europe/Berlin")
LANGUAGES = ("en", "de", "fr", "es", "ar", "zh-Hant", "pt-BR", "tlh")

# --------------------------------------------------------------------------------------------- briefs


def brief_values(told: Sequence[str]) -> SearchStrategy[Values]:
    """Fields of a brief that an article with the sentences `told` bears out."""
    added = st.fixed_dictionaries({"text": texts(), "source": ADDRESSES})
    line = added | st.sampled_from(told) if told else added
    lines = st.lists(line, max_size=3)
    figure = st.fixed_dictionaries({"value": texts(8), "context": texts(), "source": ADDRESSES})
    day = st.fixed_dictionaries({"as_written": texts(8), "line": texts(), "source": ADDRESSES})
    return st.fixed_dictionaries(
        {},
        optional={
            "editor": texts(),
            "headline": line,
            "summary": lines,
            "why_it_matters": line | st.none(),
            "key_points": lines,
            "key_figures": st.lists(figure, max_size=2),
            "quotes": st.lists(added, max_size=2),
            "dates": st.lists(day, max_size=2),
            "whats_next": lines,
            "topics": st.lists(texts(), max_size=3),
        },
    )


# --------------------------------------------------------------------------------------------- articles

DAYS = st.dates(date(2026, 11, 16), date(2026, 11, 25)) | st.dates(date(1970, 1, 1), date(2030, 1, 1))
PAST = st.dates(date(1970, 1, 1), NOW.date()).map(str)
TIMES = st.sampled_from(("", " 08:00", "T23:59:59Z", " 02:30:00.5 +05:45", "T00:00-1100"))


def articles(
    number: int, when: str, told: Sequence[str], links: Sequence[str], *, held: bool
) -> SearchStrategy[str]:
    """Give one article's file; `links` are Markdown files that it may refer to, `held` allows a draft."""
    earliest = date.fromisoformat(when[:10]) + timedelta(days=3)
    corrected = st.dates(min(earliest, NOW.date()), NOW.date()).map(str)
    corrections = st.lists(st.fixed_dictionaries({"date": corrected, "text": texts()}), max_size=2)
    source = st.fixed_dictionaries({"name": texts()}, optional={"url": ADDRESSES})
    optional: dict[str, SearchStrategy[Any]] = {
        "id": st.just(f"a{number}"),
        "slug": st.sampled_from((f"s-{number}", f"ünï-{number}", f"con-{number}")),
        "source": source | st.lists(source | texts(), max_size=3),
        "authors": texts() | st.lists(texts(), max_size=2),
        "topics": st.lists(st.sampled_from(("Power", "power", "C++")) | texts(), max_size=4),
        "image": st.fixed_dictionaries({"src": st.just("/hall.png"), "alt": texts() | st.just("")}),
        "brief": brief_values(told),
        "summary": st.sampled_from(told),
        "canonical_url": ADDRESSES,
        "pinned": st.booleans(),
        "story": st.sampled_from(("llano-verde", "none")),
        "corrections": corrections if earliest <= NOW.date() else st.just([]),
        "updated": PAST,
        "lang": st.sampled_from(LANGUAGES),
        "aliases": st.just([f"old/{number}/", f"/Old-{number}.html"]),
        "draft": st.booleans() if held else st.nothing() | st.sampled_from([False]),
        "extra": st.dictionaries(keys(), FREE, max_size=3),
    }
    fixed = {"title": texts(), "date": st.just(when)}
    values = st.fixed_dictionaries(fixed, optional=optional).map(_with_one_summary)
    return st.builds("---\n{}---\n{}".format, values.flatmap(yaml), bodies(told, links))


def _with_one_summary(values: Values) -> Values:
    both = "summary" in values and "summary" in values.get("brief", {})
    return {key: value for key, value in values.items() if not (both and key == "summary")}


def pages(number: int) -> SearchStrategy[str]:
    values = st.fixed_dictionaries(
        {"title": texts()}, optional={"updated": PAST, "slug": st.just(f"p-{number}")}
    )
    return st.builds("---\n{}---\n{}".format, values.flatmap(yaml), bodies(()))


# --------------------------------------------------------------------------------------------- sites

# Templates are compiled for an address, which takes most of a build: nearly always the one that is at hand.
URLS = (*9 * ("https://news.example/sheet/",), "http://localhost:8000/")
COLOURS = st.fixed_dictionaries(
    {}, optional={"accent": st.sampled_from(("#700", "#1a4d94")), "paper": st.just({"light": "#fff"})}
)
LINKS = st.lists(
    st.fixed_dictionaries({"title": texts(), "url": st.just("/archive/") | ADDRESSES}), max_size=2
)
CONFIGS: SearchStrategy[Values] = st.fixed_dictionaries(
    {
        "title": texts(),
        "url": st.sampled_from(URLS),
        "search": st.just(value=False),  # the indexer is a program of its own, and slow to start
    },
    optional={
        "description": texts(),
        "language": st.sampled_from(LANGUAGES),
        "timezone": st.sampled_from(ZONES),
        "author": texts() | st.fixed_dictionaries({"name": texts(), "email": st.just("a@b.example")}),
        "edition": st.fixed_dictionaries(
            {}, optional={"period": st.sampled_from(("day", "week", "month")), "limit": st.integers(1, 500)}
        ),
        "feed": st.fixed_dictionaries(
            {},
            optional={
                "items": st.integers(1, 500),
                "content": st.sampled_from(("brief", "full", "excerpt")),
                "archives": st.sampled_from(("none", "site", "all")),
                "hub": st.just("https://hub.example/"),
            },
        ),
        "menu": LINKS,
        "footer": st.fixed_dictionaries({}, optional={"text": texts(), "links": LINKS}),
        "social": st.lists(st.fixed_dictionaries({"name": texts(), "url": ADDRESSES}), max_size=2),
        "theme": st.fixed_dictionaries({}, optional={"colours": COLOURS}),
        "entities": st.just([{"name": "Corvane", "kind": "organisation", "aliases": ["Corvane Inc."]}]),
        "extra": st.dictionaries(keys(), FREE, max_size=3),
    },
)


def edition_files(config: Values, when: str, path: str) -> SearchStrategy[dict[str, str]]:
    """Give the file of the edition that an article belongs to."""
    written = FrontMatter.model_validate({"title": "A", "date": when}).date
    assert written
    published = moment(written, ZoneInfo(config.get("timezone", "UTC")))
    start = edition_start(published, config.get("edition", {}).get("period", "day"))
    values = st.fixed_dictionaries(
        {}, optional={"title": texts(), "note": texts(200), "stories": st.just([path]) | st.none()}
    )
    return values.flatmap(yaml).map(lambda text: {f"content/editions/{start}.yaml": text})


@st.composite
def sites(draw: st.DrawFn) -> Files:
    """Draw a site that must build: its files by path."""
    config = draw(CONFIGS)
    dated = draw(st.lists(st.tuples(DAYS, TIMES), max_size=3))
    late = NOW.date() - timedelta(days=1)
    paths = [f"{day:%Y/%m}/a{number}.md" for number, (day, _) in enumerate(dated)]
    shown = [path for path, (day, _) in zip(paths, dated, strict=True) if day < late]
    files = {"config.yaml": draw(yaml(config)), "content/.keep": ""}
    for number, (path, (day, at)) in enumerate(zip(paths, dated, strict=True)):
        told = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, unique=True))
        files[f"content/{path}"] = draw(articles(number, f"{day}{at}", told, shown, held=day >= late))
        if draw(st.booleans()):
            files[f"content/{path[:-3]}.brief.yaml"] = draw(brief_values(told).flatmap(yaml))
    if draw(st.booleans()):
        files["content/pages/about.md"] = draw(pages(0))
    if dated and draw(st.booleans()):
        files |= draw(edition_files(config, f"{dated[0][0]}{dated[0][1]}", paths[0]))
    return {"content/hall.png": PICTURE, **{path: text.encode() for path, text in files.items()}}
