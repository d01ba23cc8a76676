"""What is of no more use while a site is made is not held: that of all articles together fills the memory."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from generator import build, config, feeds
from generator.build import Made
from generator.cache import Cache
from generator.feeds.press import Asked, Press, sheets
from generator.keys import Known
from generator.model import AnyFile, File, Kept
from tests.building import ARTICLE, NOW, build_site, tree, write_site
from tests.making import NOON, a_site, an_article


def made(folder: Path, *, whole: bool) -> Made:
    project = config.read(write_site(folder, {"content/one.md": ARTICLE}))
    cache = Cache(project.cache / "records")
    copy = build.gather(project, cache=cache, now=NOW)
    return build.make(project, copy, cache=cache, now=NOW, whole=whole)


def test_pages_are_let_go_of_once_they_are_rendered(tmp_path: Path):
    lean, whole = made(tmp_path, whole=False), made(tmp_path, whole=True)
    assert not lean.pages
    assert lean.planned == len(whole.pages) == len(lean.parts)
    assert (lean.files, lean.parts) == (whole.files, whole.parts)


def test_who_sees_what_a_build_planned_sees_it_whole_and_the_site_is_the_same(tmp_path: Path):
    seen: list[Made] = []
    for name, more in (("one", {}), ("two", {"see": seen.append})):
        build_site(write_site(tmp_path / name, {"content/one.md": ARTICLE}), **more)
    assert all(page.context for page in seen[0].pages)
    assert tree(tmp_path / "one/site") == tree(tmp_path / "two/site")


def test_the_text_of_an_item_is_let_go_of_with_the_last_feed_that_shows_it():
    articles = [
        an_article(
            f"Item {n}", id=f"item-{n}", published=NOON - timedelta(days=20 * n), topics=(f"Topic {n}",)
        )
        for n in range(6)
    ]
    site, options = a_site(articles), feeds.Options("switchyard.example,2026", archives="all")
    press = Press(site, {article.id: article for article in articles}, options, Known.nothing())
    asked = [press.asked(sheet) for sheet in sheets(feeds.listed(site, options), site, options)]
    held: set[str] = set()

    def lay(file: File | Kept) -> AnyFile:
        held.update(id_ for _, id_ in press.texts)
        return file

    made = press.print([one for one in asked if isinstance(one, Asked)], lay)
    assert len(made) == len(asked)
    assert held
    assert press.texts == {}
