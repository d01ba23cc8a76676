"""Related articles: older ones that share what is rare."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.model import Article, Brief, Entry, Link, Mention
from generator.pages.related import Older, Related
from tests.making import a_brief, a_site, an_article, days_before


def entries(*articles: Article) -> tuple[Entry, ...]:
    return a_site(articles).entries


def related(these, headline, told=()) -> list[tuple[str, tuple[str, ...]]]:
    this = next(entry for entry in these if entry.headline == headline)
    found: tuple[Related, ...] = Older(these).related(this, told)
    return [(it.entry.headline, it.shared) for it in found]


def naming(headline: str, days: float, **mentions: list[str]) -> tuple[Article, Brief]:
    """An article and a brief that names somebody."""
    article = an_article(headline, published=days_before(days), topics=())
    named = {kind: tuple(Mention(name, 1, ("s1",)) for name in names) for kind, names in mentions.items()}
    return article, a_brief(article, **named)


def test_they_are_older_and_share_most():
    these = entries(
        an_article("Newer", published=days_before(0), topics=("A", "B")),
        an_article("This", published=days_before(1), topics=("A", "B")),
        an_article("Same time", published=days_before(1), topics=("A", "B"), id="zzz"),
        *(an_article(f"One {n}", published=days_before(n), topics=("A",)) for n in (2, 3, 4)),
        an_article("Both", published=days_before(9), topics=("B", "A")),
        an_article("None", published=days_before(2), topics=("C",)),
    )
    assert related(these, "This") == [("Both", ("B", "A")), ("One 2", ("A",)), ("One 3", ("A",))]


def test_a_rare_name_says_more_than_a_common_topic():
    made = [
        naming("This", 0, people=["Ilse Brandt"]),
        naming("Her", 20, people=["Ilse Brandt"]),
        *(naming(f"Them {n}", n + 1, people=["Ada Common"]) for n in range(9)),
    ]
    articles = [article for article, _ in made]
    these = a_site(articles, briefs={article.id: brief for article, brief in made}).entries
    assert related(these, "This") == [("Her", ("Ilse Brandt",))]


def test_one_place_or_one_word_of_a_headline_is_not_enough():
    made = [
        naming("Turbines arrive", 0, places=["Texas"]),
        naming("Rain falls", 1, places=["Texas"]),
        naming("Turbines sold", 2),
        naming("More turbines", 3, places=["Texas"], names=["Project Nine"]),
        naming("Other turbines", 4, places=["Texas", "Pecos"]),
    ]
    made[0] = (
        made[0][0],
        a_brief(made[0][0], places=tuple(Mention(n, 1, ("s1",)) for n in ("Texas", "Pecos"))),
    )
    these = a_site([a for a, _ in made], briefs={a.id: b for a, b in made}).entries
    assert [headline for headline, _ in related(these, "Turbines arrive")] == ["Other turbines"]


def test_neither_what_is_told_beside_it_nor_its_own_story_is_related():
    made = [an_article(name, published=days_before(n)) for n, name in enumerate(("This", "Beside", "Far"))]
    these = entries(*made)
    assert [name for name, _ in related(these, "This", {made[1].id})] == ["Far"]
    link = Link("The story", "stories/x/")
    from dataclasses import replace

    same = tuple(replace(entry, story=link) if entry.headline != "Far" else entry for entry in these)
    assert [name for name, _ in related(same, "This")] == ["Far"]


@given(newer=st.integers(0, 6), topics=st.lists(st.sampled_from("ABCD"), min_size=8, max_size=8))
def test_newer_articles_change_nothing(newer: int, topics: list[str]):
    old = [an_article(f"Old {n}", published=days_before(n), topics=(name,)) for n, name in enumerate(topics)]
    new = [an_article(f"New {n}", published=days_before(-1 - n), topics=("A", "B")) for n in range(newer)]
    before, after = Older(entries(*old)), Older(entries(*new, *old))
    for entry in entries(*old):
        assert before.related(entry) == after.related(entry)
