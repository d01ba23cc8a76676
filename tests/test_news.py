"""What an instalment adds to its story, and the days to come that an edition names."""

from __future__ import annotations

from datetime import date

import pytest

from generator.model import DateMention, Instalment, Line, News
from generator.pages import news
from tests.making import a_brief, a_line, a_story, an_article, an_edition, an_entry, days_before


def a_news(article: str, text: str = "It lent $300 million.", *adds: str) -> News:
    return News(Line(text, ("s3",)), article, adds or ("$300 million",))


def test_what_is_new_is_counted_from_the_article_before():
    def told(before):
        lead, earlier = an_entry(an_article("Now")), an_entry(an_article("Then", published=before))
        return news.since(Instalment(lead.id, lead, before=earlier))

    assert told(days_before(3)) == "New since Friday"
    assert told(days_before(7)) == "New since 16 November"
    assert told(days_before(365)) == "New since 23 November 2025"
    assert news.since(a_story(an_entry(an_article("First")))) == ""


def test_additions_are_those_of_the_article_or_of_all_and_shown_lines_go_last():
    lead, other = an_entry(an_article("Lead")), an_entry(an_article("Other"))
    shown = "It borrowed $6.4 billion."
    story = Instalment(lead.id, lead, (other,), news=(a_news(lead.id, shown), a_news(other.id)))
    assert [it.entry.headline for it in news.news_of(story)] == ["Lead", "Other"]
    assert [it.entry.headline for it in news.news_of(story, beside=[Line(shown, ("s1",))])] == [
        "Other",
        "Lead",
    ]
    assert [it.entry.headline for it in news.news_of(story, of=other.id)] == ["Other"]


@pytest.mark.parametrize(
    ("iso", "text", "wanted"),
    [
        ("2026-12-02", "A ship is due.", [date(2026, 12, 2)]),
        ("2026-11-23", "It is today.", []),
        ("2026-11-22", "It was yesterday.", []),
        ("2026-12", "It is some day of a month.", []),
        (None, "It is soon.", []),
        ("2026-12-02", "word " * 21, []),
    ],
)
def test_the_agenda_holds_days_to_come(iso: str | None, text: str, wanted: list[date]):
    article = an_article("A")
    mention = DateMention("2 December", iso, Line(text, ("s2",)))
    story = a_story(an_entry(article, a_brief(article, dates=(mention,))))
    assert [item.day for item in news.agenda(an_edition([story]))] == wanted


def test_the_agenda_is_short_and_in_order_of_time():
    stories = []
    for n, day in enumerate(("2026-12-09", "2026-12-01", "2027-01-11", "2026-12-02", "2026-12-02")):
        article = an_article(f"A {n}")
        mention = DateMention(day, day, a_line(article.sentences[1]))
        stories.append(a_story(an_entry(article, a_brief(article, dates=(mention,)))))
    found = news.agenda(an_edition(stories))
    assert [item.day.isoformat() for item in found] == ["2026-12-01", "2026-12-02", "2026-12-09"]
    assert [item.entry.headline for item in found] == ["A 1", "A 3", "A 0"]
