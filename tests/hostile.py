"""Sites that hold what an attacker would write in everything that they can hold it in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from generator import content
from tests import payloads
from tests.building import write_site

BASE = "/sheet/"
ELSEWHERE = "https://tripwire.example/"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)
LATEST = date(2026, 11, 23)
LONGEST = 250  # characters of a title, less what a test puts before it
WORDS = "Corvane will borrow $2.3 billion for a hall at Llano Verde. It opens in May."


def yaml(value: Any) -> str:
    """Write a value as YAML of one line, in which every sign is written out that YAML would not keep."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{yaml(key)}: {yaml(one)}' for key, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(yaml, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    signs = (
        f"\\{sign}" if sign in '\\"' else sign if sign.isprintable() else f"\\U{ord(sign):08x}"
        for sign in value
    )
    return f'"{"".join(signs)}"'


def told(text: str) -> str:
    """A plain value as a site has it: white space is one blank."""
    return " ".join(text.split())


def batches(texts: Iterable[str], longest: int = LONGEST) -> Iterator[str]:
    """Put short texts together, so that a build holds many."""
    held: list[str] = []
    for text in texts:
        if held and len(" ".join([*held, text])) > longest:
            yield " ".join(held)
            held = []
        held.append(text)
    yield " ".join(held)


def article(text: str, body: str = "", *, number: int = 0, **more: Any) -> str:
    """An article that holds a text in each field that takes any, and in its body as plain words."""
    added = {"source": f"{ELSEWHERE}{number}"}
    matter = {
        "title": f"A{number} {text}",
        "date": str(LATEST - timedelta(days=number // 20)),
        "id": f"a{number}",
        "source": [{"name": text, "url": f"{ELSEWHERE}?a=1&b='{number}'#x"}, f"second {text}"],
        "authors": [text, "Ada Moreno"],
        "topics": [f"T{number} {text}", "Halls"],
        "image": {"src": "/picture.png", "alt": text, "caption": text},
        "corrections": [{"date": str(LATEST), "text": text}],
        "story": f"story-{number % 3}",
        "aliases": [f"old/{number}/"],
        "brief": {
            "editor": text,
            "headline": {"text": f"B{number} {text}", **added},
            "summary": [{"text": text, **added}, {"text": f"Again {text}", **added}],
            "why_it_matters": {"text": text, **added},
            "key_points": [{"text": text, "evidence": ["s1"], **added}],
            "key_figures": [{"value": text, "unit": text, "context": text, **added}],
            "people": [{"name": "Llano Verde"}],
            "quotes": [{"text": text, "speaker": text, **added}],
            "dates": [{"as_written": text, "line": text, **added}],
            "whats_next": [{"text": text, **added}],
            "topics": [text],
        },
        "extra": {"free": text},
        **more,
    }
    lines = "\n".join(f"{key}: {yaml(value)}" for key, value in matter.items())
    return f"---\n{lines}\n---\n\n{body or in_words(text)}\n"


def in_words(text: str) -> str:
    """Markdown in which a text stands as words, none of its signs as a mark."""
    signs = "".join(sign if sign.isalnum() or sign == " " else f"&#{ord(sign)};" for sign in told(text))
    return f"<p>{WORDS} {signs}</p>"


def config(text: str, **more: Any) -> str:
    """A config that holds a text in each value that takes any."""
    links = [
        {"title": text, "url": "/about/"},
        {"title": "x", "url": f"{ELSEWHERE}?a='\"&b".replace('"', "%22")},
    ]
    values = {
        "title": f"T {text}"[:200],
        "description": text,
        "url": f"https://news.example{BASE}",
        "author": {"name": text, "url": "/about/"},
        "feed": {"content": "full", "items": "500", "archives": "all", "authority": "news.example,2026"},
        "menu": links,
        "search": False,
        "footer": {"text": text, "links": links},
        "social": [{"name": text[:60], "url": ELSEWHERE}],
        "entities": [{"name": "Llano Verde", "kind": "place", "aliases": [text]}],
        "extra": {"free": text},
        **more,
    }
    return "\n".join(f"{key}: {yaml(value)}" for key, value in values.items()) + "\n"


def files_of_fields(texts: Sequence[str]) -> dict[str, str | bytes]:
    """A site with texts in every plain field: one an article, the first in all of the config too."""
    files: dict[str, str | bytes] = {"config.yaml": config(texts[0]), "content/picture.png": PICTURE}
    for number, text in enumerate(texts):
        files[f"content/{number}.md"] = article(text, number=number)
    days = sorted({LATEST - timedelta(days=number // 20) for number in range(len(texts))})
    for number, day in enumerate(days):
        text = texts[number % len(texts)]
        files[f"content/editions/{day}.yaml"] = f"title: {yaml(text)}\nnote: {yaml(text)}\n"
    for number, text in enumerate(texts[:3]):
        files[f"content/pages/p{number}.md"] = f"---\ntitle: {yaml(text)}\n---\n\n{in_words(text)}\n"
    files["content/pages/about.md"] = "---\ntitle: About\n---\n\nWords.\n"
    return files


def files_of_bodies(bodies: Sequence[str], folder: Path) -> dict[str, str | bytes]:
    """A site with each body that is taken at all as an article, and as a standing page every tenth.

    What is refused is told as a problem; `folder` is where it is tried.
    """
    made = {
        f"content/{number}.md": article("x", body, number=number, brief={"editor": "x"})
        for number, body in enumerate(bodies)
    }
    for number, body in enumerate(bodies[::10]):
        made[f"content/pages/p{number}.md"] = f"---\ntitle: P{number}\n---\n\n{body}\n"
    made["content/pages/about.md"] = "---\ntitle: About\n---\n\nWords.\n"
    picture = {"content/picture.png": PICTURE}
    read = content.read(write_site(folder, {**made, **picture}) / "content", "UTC", "en")
    refused = {problem.path for problem in read.problems}
    kept = {name: text for name, text in made.items() if name not in refused}
    return {"config.yaml": config("x"), **kept, **picture}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a built site: its address below the base, and its HTML."""

    url: str
    html: str


def sheets(site: Path) -> Iterator[Sheet]:
    """All pages of a built site."""
    for file in sorted(site.rglob("*.html")):
        yield Sheet(file.relative_to(site).as_posix(), file.read_text(encoding="utf-8"))


def bodies() -> list[str]:
    """Every Markdown there is, each payload once, at places that take turns."""
    raw = payloads.html()
    placed = (
        payloads.PLACES[number % len(payloads.PLACES)].replace("{}", one) for number, one in enumerate(raw)
    )
    addressed = list(payloads.links())
    return [*payloads.markdown(), *placed, *addressed[:: len(payloads.LINKS) + 1]]
