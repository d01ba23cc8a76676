"""What pages weigh on the wire: the heaviest of each kind, in the repository's site and in a large one.

PYTHONPATH=. python benchmarks/weight.py [--articles 10000]
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

from tests.building import build_site, write_site
from tests.visit import planned

REPOSITORY = Path(__file__).parent.parent
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
CONFIG = "title: The Long Sheet\nurl: https://news.example/\n"
A_DAY = 10
TOPICS = 40
SHOWN = re.compile(
    r'<(?:link rel="stylesheet" href|script src|img (?![^>]*loading="lazy")[^>]*?src)="([^"]+)"'
)
TEXTS = frozenset({".html", ".css", ".js", ".svg"})


def large(articles: int) -> Iterator[tuple[str, str | bytes]]:
    """Different articles of the repository's own texts, ten a day, each on three of forty topics."""
    bodies = [p.read_text().split("---\n", 2)[2] for p in sorted((REPOSITORY / "content/2026").rglob("*.md"))]
    plain = [re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", body) for body in bodies]
    for n in range(articles):
        day = NOW.date() - timedelta(days=n // A_DAY)
        topics = ", ".join(f"Topic {(n * step) % TOPICS + 1}" for step in (1, 3, 7))
        front = (
            f"title: Report {n + 1} of the long sheet on what was built\ndate: {day}\ntopics: [{topics}]\n"
        )
        source = f"source: {{name: Wire {n % 25}, url: https://wire.example/{n}}}\n"
        yield f"content/{day:%Y/%m/%d}/report-{n + 1}.md", f"---\n{front}{source}---\n{plain[n % len(plain)]}"


def weigh(folder: Path) -> dict[str, tuple[int, int, str]]:
    """Of each kind the page whose first view weighs most: its HTML, all of its first view, its address."""
    with planned() as pages:
        build_site(folder, NOW)
    site = folder / "site"
    base = pages[0].context["site"].base
    kinds: dict[str, list[tuple[int, int, str]]] = defaultdict(list)

    @cache
    def wire(path: str) -> int:
        data = (site / path).read_bytes()
        return len(gzip.compress(data, 6)) if Path(path).suffix in TEXTS else len(data)

    for page in pages:
        html = (site / page.path).read_text(encoding="utf-8")
        beside = {unquote(url).removeprefix(base) for url in SHOWN.findall(html)}
        own = wire(page.path)
        kinds[page.context["page"].kind].append((own, own + sum(map(wire, beside)), page.context["page"].url))
    return {kind: max(weights, key=lambda weight: weight[1]) for kind, weights in kinds.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--articles", type=int, default=10_000)
    wanted = parser.parse_args().articles
    own = {
        p.relative_to(REPOSITORY).as_posix(): p.read_bytes() for p in (REPOSITORY / "content").rglob("*.*")
    }
    sites = {"the repository's": (REPOSITORY / "config.yaml").read_text(), f"{wanted:,} articles": CONFIG}
    for name, config in sites.items():
        with TemporaryDirectory() as made:
            files = own if config != CONFIG else dict(large(wanted))
            weights = weigh(write_site(Path(made) / "site", {"config.yaml": config, **files}))
        print(f"\n| {name} | HTML, KB | first view, KB | heaviest |\n|---|---:|---:|---|")
        for kind, (html, whole, url) in sorted(weights.items(), key=lambda item: -item[1][1]):
            print(f"| {kind} | {html / 1000:.1f} | {whole / 1000:.1f} | {url or '/'} |")


if __name__ == "__main__":
    main()
