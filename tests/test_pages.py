"""Pages: what is planned, what each shows, and that all of it is valid HTML with links that lead somewhere."""

import re
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import assets, pages, text, urls
from generator.counting import plural
from generator.model import (
    Author,
    Coverage,
    DateMention,
    Image,
    Instalment,
    Line,
    Link,
    Mention,
    Quote,
    Source,
    StandingPage,
)
from generator.pages import articles as article_pages
from generator.pages import byline, calendar, dates, evidence, wording
from generator.templating import Templates
from tests.making import (
    NOON,
    a_brief,
    a_figure,
    a_line,
    a_site,
    a_story,
    an_article,
    an_edition,
    an_entry,
    channels_of,
    days_before,
    suppliers_of,
)

THEME = Path(__file__).parent.parent / "templates"
ASSETS = assets.collect((THEME,), assets.Options())[1]
PICTURE = Image("2026/11/lead/a b.png", "A hall", 600, 400, "image/png", 9, "x", "The hall at dawn")
LONG = "A title of many words that a subeditor should have cut, about " + "Donaudampfschifffahrt" * 3


def everything():
    """Build a site with one of each kind of trouble."""
    lead = an_article(
        topics=("On-site power", "Grid & <wires>"),
        image=PICTURE,
        aliases=("old/a/",),
        updated=days_before(-1),
    )
    more = '<p><a href="site:about/">About</a> <img src="site:x.png" alt=""></p>'
    lead = replace(lead, body=replace(lead.body, html=lead.html + more))
    said = lead.sentences
    full = a_brief(
        lead,
        why_it_matters=a_line(said[3]),
        key_figures=(
            a_figure("$600", "billion", "lent", "s4"),
            a_figure("240 to 480", "hours", "of work", "s5", "s6"),
        ),
        quotes=(Quote(a_line(said[2]), "Mara Velden"), Quote(a_line(said[6]))),
        dates=(DateMention("in May", None, a_line(said[2])), DateMention("2027", "2027", a_line(said[2]))),
        whats_next=(replace(a_line(said[6]), check="a name is not in the text"),),
        people=(Mention("Mara Velden", 2, ("s1",), "head of energy"),),
        coverage=Coverage(300, 90, ("s7",)),
    )
    others = [
        an_article("مدينة ساحلية تبرّد مراكز بياناتها", slug="sea", lang="ar", published=days_before(0.1)),
        an_article("Bare", topics=(), sources=(), authors=(), published=days_before(0.2)),
        an_article("Empty", paragraphs=(), html="", words=0, published=days_before(0.3)),
        an_article(LONG, topics=tuple(f"T{n}" for n in range(20)), published=days_before(0.4)),
        an_article("Two sources", sources=(Source("A & B"), Source("C", "https://c.example/?a=1&b=2"))),
        *(an_article(f"Older {n}", published=days_before(n)) for n in range(1, 100)),
    ]
    standing = StandingPage(
        "pages/about.md", "about/", "About", "en", '<h3 id="t-a">A</h3><p><a href="site:">x</a></p>'
    )
    site = a_site(
        [lead, *others],
        briefs={lead.id: full},
        url="https://example.org/repo/",
        pages=(replace(standing, aliases=("who/",)),),
        author=Author("Ada", url="https://ada.example/"),
    )
    newest = site.editions[0]
    first, second, *rest = newest.stories
    stories = (Instalment(first.id, first.lead, (second.lead, rest[0].lead)), *rest[1:])
    newest = replace(newest, stories=stories, more=site.editions[3].stories and (site.entries[9],))
    return replace(site, editions=(newest, *site.editions[1:])), [lead, *others]


@cache
def the_theme(site_url):
    return Templates((THEME,), site_url)


def rendered(site, articles):
    templates = the_theme(site.url)
    by_id = {article.id: article for article in articles}
    suppliers = suppliers_of(site) if articles else ()
    planned = pages.plan(site, by_id, ASSETS, channels=channels_of(site), suppliers=suppliers)
    return {page.path: pages.render(page, templates).data.decode() for page in planned}


def page_of(article, language="en"):
    site = a_site([article], language=language)
    return rendered(site, [article])[urls.file(article.url)]


@pytest.fixture(scope="module")
def all_pages():
    return rendered(*everything())


# ------------------------------------------------------------------------------ true of every page


def test_every_page_is_valid_html(all_pages):
    for html in all_pages.values():
        html5lib.HTMLParser(strict=True).parse(html)


def test_no_id_stands_twice_on_a_page(all_pages):
    for path, html in all_pages.items():
        counts = Counter(re.findall(r'\sid="([^"]+)"', html))
        assert not [name for name, count in counts.items() if count > 1], path


def test_every_link_within_the_site_leads_somewhere(all_pages):
    ids = {path: set(re.findall(r'\sid="([^"]+)"', html)) for path, html in all_pages.items()}
    files = {"feed.xml", urls.MANIFEST, urls.HEALTH_DATA, *ASSETS.values()} | {
        "2026/11/lead/a%20b.png",
        "x.png",
    }
    for path, html in all_pages.items():
        for link in re.findall(r'(?:href|src)="([^"]+)"', html):
            if link.startswith("http"):
                continue
            assert link.startswith(("/repo/", "#")), (path, link)
            address, _, fragment = link.removeprefix("/repo/").partition("#")
            target = urls.file(address.replace("&amp;", "&")) if not link.startswith("#") else path
            if not (target in files or target.endswith(("feed.xml", "atom.xml", "feed.json", ".opml"))):
                assert target in ids, (path, link)
                assert not fragment or fragment in ids[target], (path, link)


def test_nothing_is_asked_of_others_and_nothing_is_inline(all_pages):
    for path, html in all_pages.items():
        assert not re.search(r'\s(?:style|on[a-z]+)="', html), path
        assert "<style" not in html
        assert not re.search(r"<script(?! src=\"/repo/assets/| type=\"application/ld\+json\")", html)
        assert not re.search(r'<(?:img|script|link rel="stylesheet")[^>]*(?:src|href)="(?!/repo/)', html)
        assert '="site:' not in html


def test_every_page_but_404_and_redirects_says_its_address_and_feed(all_pages):
    for path, html in all_pages.items():
        if path not in {"404.html", "editions/index.html", "old/a/index.html", "who/index.html"}:
            address = urls.encode(path.removesuffix("index.html"))
            assert f'<link rel="canonical" href="https://example.org/repo/{address}">' in html
            assert (
                'type="application/rss+xml" title="The Switchyard" href="https://example.org/repo/feed'
                in html
            )
        else:
            assert '<meta name="robots" content="noindex">' in html


def test_there_is_no_noise_in_the_output(all_pages):
    for html in all_pages.values():
        assert not re.search(r"[ \t]\n|\n\n", html)


def test_no_template_value_hides_a_word_of_the_templates():
    site, articles = everything()
    for page in pages.plan(site, {article.id: article for article in articles}, ASSETS):
        assert not set(page.context) & set(pages.WORDS), page.template


def test_paths_are_those_of_the_addresses(all_pages):
    assert {
        "index.html",
        "404.html",
        "about/index.html",
        "archive/2026/09/index.html",
        "archive/2026/index.html",
        "archive/index.html",
        "briefs/index.html",
        "editions/2026-11-23/index.html",
        "old/a/index.html",
        "search/index.html",
        "subscribe/index.html",
        "topics/index.html",
        "topics/on-site-power/2026/08/index.html",
        "topics/on-site-power/index.html",
    } <= set(all_pages)
    planned = list(pages.plan(*_planning(*everything()), ASSETS))
    assert len({page.path for page in planned}) == len(planned)


def test_a_page_is_led_to_by_all_pages_above_it_whenever_those_are_planned():
    planned = list(pages.plan(*_planning(*everything()), ASSETS))
    told = [page.context["page"] for page in planned]
    known = {about.url: about.title for about in told if about.listed}
    deep = 0
    for page, about in zip(planned, told, strict=True):
        if page.context.get("entry") or about.kind in ("edition", "week"):
            continue
        steps = about.url.rstrip("/").split("/")
        above = ["/".join(steps[:n]) + "/" for n in range(1, len(steps))]
        assert [(it.title, it.url) for it in about.trail] == [
            (known[url], url) for url in above if url in known
        ]
        deep += len(about.trail) > 1
    assert deep


def test_the_same_site_gives_the_same_bytes():
    assert rendered(*everything()) == rendered(*everything())


def _planning(site, articles):
    return site, {article.id: article for article in articles}


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=60))
def test_any_title_is_shown_as_text(title):
    article = replace(an_article("x"), title=title)
    site = a_site([article], briefs={article.id: a_brief(article, headline=Line(title, ("s0",)))})
    for html in rendered(site, [article]).values():
        html5lib.HTMLParser(strict=True).parse(html)
    shown = html5lib.parse(rendered(site, [article])[urls.file(article.url)], namespaceHTMLElements=False)
    assert "".join(shown.find(".//h1").itertext()) == title


# --------------------------------------------------------------------------------- the front page


def test_a_site_without_articles_has_an_honest_front_page():
    got = rendered(a_site(), [])
    assert "Nothing has been printed yet." in got["index.html"]
    assert ">Topics</a>" not in got["index.html"]
    assert set(got) == {
        "index.html",
        "archive/index.html",
        "corrections/index.html",
        "editions/index.html",
        "search/index.html",
        "subscribe/index.html",
        "briefs/index.html",
        "404.html",
    }


def test_home_is_the_latest_edition(all_pages):
    home, edition = all_pages["index.html"], all_pages["editions/2026-11-23/index.html"]
    inside = re.compile(r"<main.*</main>", re.DOTALL)
    assert inside.search(home)[0] == inside.search(edition)[0]
    assert "<title>The Switchyard: Monday 23 November 2026</title>" in home


def test_stories_are_set_by_their_place():
    articles = [an_article(f"Instalment {n}", published=days_before(n / 100)) for n in range(7)]
    html = rendered(a_site(articles), articles)["index.html"]
    lead, second, short = (
        html.index('class="fore'),
        html.index('class="columns second"'),
        html.index('class="columns short"'),
    )
    places = [html.index(f'id="story-{n}"') for n in range(1, 8)]
    assert lead < places[0] < second < places[1] < places[3] < short < places[4] < places[6]
    assert "<h2><a" in html[places[3] : short]
    assert "<h3><a" in html[short:]
    assert html.index("7 stories, 2 minutes") < lead


def test_what_is_over_the_limit_is_listed_below(all_pages):
    assert "Also this day" in all_pages["index.html"]
    assert "Also this day" not in all_pages["editions/2026-11-22/index.html"]


def test_figures_lead_to_the_sentence_of_their_article(all_pages):
    home = all_pages["index.html"]
    assert re.search(
        r'<div><dt>\$600 <span>billion</span></dt><dd>lent<sup class="ev"><a href="/repo/[^"]+#s4"', home
    )


@pytest.mark.parametrize(
    ("period", "menu", "farewell", "datetime"),
    [
        ("day", "Today", "That was Monday.", "2026-11-23"),
        ("week", "This week", "That was the week.", "2026-W48"),
        ("month", "This month", "That was November.", "2026-11"),
    ],
)
def test_periods(period, menu, farewell, datetime):
    article = an_article()
    got = rendered(a_site([article], period=period), [article])
    assert f">{menu}</a>" in got["index.html"]
    assert farewell in got["index.html"]
    assert f'<time datetime="{datetime}">' in got["index.html"]
    assert ('<table class="month">' in got["archive/index.html"]) == (period == "day")


def test_the_site_s_own_menu_wins():
    article = an_article()
    menu = (Link("Start", ""), Link("Elsewhere", "https://e.example/"))
    html = rendered(a_site([article], menu=menu), [article])["index.html"]
    bar = html[html.index('<nav class="bar"') : html.index("</nav>")]
    assert re.findall(r'<a href="([^"]+)"', bar) == ["/", "https://e.example/"]
    assert '<a href="/" aria-current="page">Start</a>' in bar


def test_tally():
    stories = [a_story(an_entry(an_article(f"{n}"))) for n in range(2)]
    tally = pages.editions.tally
    assert tally(an_edition(stories, articles=25, sources=9)) == "2 stories from 25 articles and 9 sources."
    assert tally(an_edition(stories, articles=2, sources=1)) == "2 stories."
    assert tally(an_edition(stories, articles=2, sources=2)) == "2 stories from 2 sources."
    assert tally(an_edition(stories[:1], articles=1, sources=0)) == "1 story."


# ------------------------------------------------------------------------------------ the article


def test_each_mark_leads_to_its_sentence_and_each_cited_sentence_back(all_pages):
    html = next(
        html for path, html in all_pages.items() if "without-the-grid" in path and "editions" not in path
    )
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    marks = set(re.findall(r'aria-label="Evidence[^"]*"', html))
    assert 'aria-label="Evidence: sentence 4"' in marks
    for name in (
        "b-summary",
        "b-summary-2",
        "b-why",
        "b-point-1",
        "b-number-2",
        "b-quote-1",
        "b-next-1",
        "b-date-2",
    ):
        assert name in ids
    spans = dict(re.findall(r'<span class="s" id="(s\d+)"><span class="note"(.*?)</a></span></span>', html))
    assert {
        sentence: re.findall(r'class="back" href="#([^"]+)"', span) for sentence, span in spans.items()
    } == {
        "s1": ["b-summary"],
        "s2": ["b-summary-2", "b-quote-1", "b-date-1"],
        "s3": ["b-why", "b-point-1"],
        "s4": ["b-point-2", "b-number-1"],
        "s5": ["b-point-3", "b-number-2"],
        "s6": ["b-number-2", "b-quote-2", "b-next-1"],
    }
    assert '<h1><span class="s" id="s0">' in html
    assert '<span class="flag">a name is not in the text</span>' in html
    assert "Updated Tuesday 24 November 2026, 12:00 UTC" in re.sub("<[^>]+>", "", html)


def test_fields_that_are_empty_have_no_row():
    bare = an_article("Bare", topics=(), sources=(), authors=(), paragraphs=(("One sentence.",),))
    html = page_of(bare)
    rows = re.findall(r'<h[23] class="[a-z]+"[^>]*>([^<]+)</h', html[: html.index("Byline")])
    assert rows == ["The brief", "Summary"]
    for absent in ("kicker", "Read it at", "Related", "Also reported by", "<figure", 'class="aside', "By "):
        assert absent not in html[html.index("<main") : html.index("Byline")], absent


def test_an_article_without_text_says_so():
    empty = an_article("Empty", paragraphs=(), html="", words=0)
    html = page_of(empty)
    assert "holds too little to draw a brief from" in html
    assert "Full text" not in html


def test_an_article_in_another_language_says_so():
    article = an_article("مدينة ساحلية", slug="sea", lang="ar")
    html = page_of(article)
    assert re.search(r'<article data-story="[^"]+" lang="ar" dir="rtl">', html)
    assert '<h3 class="label" lang="en" dir="ltr">Summary</h3>' in html
    assert '<html lang="en" dir="ltr">' in html
    assert ' lang="en"' not in page_of(article, language="ar").replace('<html lang="ar"', "")


def test_a_picture_keeps_its_measures():
    html = page_of(an_article(image=PICTURE))
    assert '<img src="/2026/11/lead/a%20b.png" width="600" height="400" alt="A hall">' in html
    assert "The hall at dawn" in html
    assert '<meta property="og:image" content="https://switchyard.example/2026/11/lead/a%20b.png">' in html


def test_the_original_is_the_canonical_page_where_one_is_named():
    html = page_of(an_article(canonical_url="https://a.example/x"))
    assert '<link rel="canonical" href="https://a.example/x">' in html


def test_next_story_and_other_reports():
    entries = [an_entry(an_article(f"Instalment {n}", published=days_before(n / 9))) for n in range(4)]
    edition = an_edition([a_story(entries[0], entries[3]), a_story(entries[1]), a_story(entries[2])])
    placed = article_pages.placements([edition])
    assert article_pages.also(entries[3], placed[entries[3].id].story) == (entries[0],)
    assert article_pages.also(entries[0], placed[entries[0].id].story) == (entries[3],)
    assert article_pages.following(placed[entries[3].id]) == ("2 of 3", entries[1])
    assert article_pages.following(placed[entries[2].id]) is None
    assert article_pages.following(None) is None


# ------------------------------------------------------------------------------------- small parts


def note(number):
    return f'<span class="note" aria-hidden="true"><b>{number}</b> <span>Summary</span></span>'


def ways(*lines: tuple[str, str]):
    links = ", ".join(f'<a class="back" href="#{line}">{label}</a>' for line, label in lines)
    return f'<span class="ways"> <span class="vh">Back to the brief: </span>{links}</span>'


@pytest.mark.parametrize(
    ("html", "want"),
    [
        ('<p><span class="s" id="s1">A.</span></p>', '<p><span class="s" id="s1">{1}A.{back 1}</span></p>'),
        ('<p><span class="s" id="s9">A.</span></p>', '<p><span class="s" id="s9">A.</span></p>'),
        (
            '<span class="s" id="s1"><span>A</span>.</span>',
            '<span class="s" id="s1">{1}<span>A</span>.{back 1}</span>',
        ),
        # a link within a link would not be HTML: note and way back stand outside it
        (
            '<p><a href="/x"><b><span class="s" id="s1">A.</span></b></a> <span class="s" id="s2">B.</span></p>',
            '<p>{1}<a href="/x"><b><span class="s" id="s1">A.</span></b></a>{back 1} <span class="s" id="s2">{2}B.{back 2}</span></p>',
        ),
        (
            '<a href="/x">x</a> <span class="s" id="s2">B <a href="/y">y</a>.</span>',
            '<a href="/x">x</a> <span class="s" id="s2">{2}B <a href="/y">y</a>.{back 2}</span>',
        ),
        ("", ""),
    ],
)
def test_ways_back(html, want):
    cited = evidence.cited(a_brief(an_article()))
    want = want.replace("{1}", note(1)).replace("{back 1}", ways(("b-summary", "Summary")))
    want = want.replace("{2}", note(2)).replace("{back 2}", ways(("b-summary-2", "Summary")))
    assert evidence.with_ways_back(html, cited) == want


def test_a_sentence_leads_back_to_each_part_of_the_brief_that_rests_on_it():
    article = an_article()
    twice = (a_line(article.sentences[1]), a_line(article.sentences[1]))
    brief = a_brief(article, summary=twice, why_it_matters=a_line(article.sentences[1]), key_points=())
    got = evidence.with_ways_back('<span class="s" id="s1">A.</span>', evidence.cited(brief))
    assert got.endswith(ways(("b-summary", "Summary"), ("b-why", "Why it matters")) + "</span>")


@pytest.mark.parametrize(
    ("lines", "minutes", "boilerplate", "want"),
    [
        (
            [("verbatim", "verified")] * 10,
            (3, 1),
            1,
            "Brief by extractive 1, each line verified: ten lines, all verbatim. "
            "90 words for 1,300; saves 2 minutes. One sentence left out as boilerplate.",
        ),
        (
            [("verbatim", "verified")],
            (2, 1),
            0,
            "Brief by extractive 1, each line verified: one line, verbatim. 90 words for 1,300; saves 1 minute.",
        ),
        (
            [("verbatim", "verified"), ("trimmed", "verified"), ("edited", "no such name")],
            (1, 1),
            2,
            "Brief by extractive 1, 2 of 3 lines verified: three lines, one verbatim, one trimmed, one edited. "
            "90 words for 1,300. Two sentences left out as boilerplate.",
        ),
        (
            [("generated", "verified"), ("verbatim", "verified")],
            (1, 1),
            0,
            "Brief by extractive 1, words and numbers of each line checked against the article: two lines, "
            "one verbatim, one generated. 90 words for 1,300.",
        ),
        (
            [("generated", "verified"), ("edited", "no such name")],
            (1, 1),
            0,
            "Brief by extractive 1, words and numbers of 1 of 2 lines checked against the article: two lines, "
            "one generated, one edited. 90 words for 1,300.",
        ),
        ([], (1, 1), 0, "Brief by extractive 1. 90 words for 1,300."),
    ],
)
def test_byline(lines, minutes, boilerplate, want):
    article = an_article()
    points = tuple(Line("x", ("s1",), kind, check) for kind, check in lines)
    left_out = tuple(f"s{n}" for n in range(boilerplate))
    brief = a_brief(article, summary=(), key_points=points, coverage=Coverage(1300, 90, left_out))
    assert byline.byline(an_entry(article, brief, minutes=minutes[0], brief_minutes=minutes[1])) == want


@pytest.mark.parametrize(
    ("when", "said", "machine"),
    [
        (
            datetime(2026, 11, 22, 21, 10, tzinfo=UTC),
            "Sunday 22 November 2026, 21:10 UTC",
            "2026-11-22T21:10+00:00",
        ),
        (
            datetime(2026, 7, 1, 9, 5, tzinfo=ZoneInfo("Europe/Berlin")),
            "Wednesday 1 July 2026, 09:05 CEST",
            "2026-07-01T09:05+02:00",
        ),
        (
            datetime(2026, 7, 1, 9, 5, tzinfo=ZoneInfo("America/Sao_Paulo")),
            "Wednesday 1 July 2026, 09:05 UTC-3",
            "2026-07-01T09:05-03:00",
        ),
        (
            datetime(2026, 7, 1, 9, 5, tzinfo=ZoneInfo("Asia/Kathmandu")),
            "Wednesday 1 July 2026, 09:05 UTC+5:45",
            "2026-07-01T09:05+05:45",
        ),
        (
            datetime(2026, 1, 5, 0, 0, 1, tzinfo=timezone(timedelta(hours=-3, minutes=-30))),
            "Monday 5 January 2026, 00:00 UTC-03:30",
            "2026-01-05T00:00-03:30",
        ),
        (datetime(2026, 11, 23, tzinfo=UTC), "Monday 23 November 2026", "2026-11-23"),
    ],
)
def test_moments(when, said, machine):
    assert dates.moment(when) == said
    assert dates.machine(when) == machine


def test_shorter_dates():
    day = date(2026, 9, 3)
    assert (dates.long(day), dates.short(day), dates.month(9, 2026)) == (
        "3 September 2026",
        "3 Sep",
        "September 2026",
    )
    assert dates.near(day, NOON) == "3 September"
    assert dates.near(date(2025, 9, 3), NOON) == "3 September 2025"
    assert dates.issue(date(2027, 1, 1), "week") == "2026-W53"


@pytest.mark.parametrize(
    ("count", "want"), [(0, "0 minutes"), (1, "1 minute"), (2, "2 minutes"), (5016, "5,016 minutes")]
)
def test_plural(count, want):
    assert plural(count, "minute") == want


def test_wording():
    assert [wording.joined(list("abc")[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert [wording.number(n) for n in (0, 1, 12, 13, 1300)] == ["no", "one", "twelve", "13", "1,300"]
    assert [wording.joint(unit) for unit in ("%", "billion", "°C", "")] == ["", " ", "", ""]
    assert wording.wide(a_figure("240 to 480", "hours", "x"))
    assert not wording.wide(a_figure("$600", "billion", "x"))
    cut = wording.description("word " * 99)
    assert len(cut) <= 302
    assert cut.endswith("word …")


@pytest.mark.parametrize(
    ("lang", "want"),
    [
        ("en", "ltr"),
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("FA", "rtl"),
        ("ur_PK", "rtl"),
        ("az-Arab", "rtl"),
        ("ar-Latn", "ltr"),
        ("art", "ltr"),
    ],
)
def test_direction(lang, want):
    assert text.direction(lang) == want


def test_a_calendar_begins_on_monday_and_links_its_editions():
    edition = an_edition([], date(2026, 11, 23))
    weeks = calendar.weeks(2026, 11, [edition])
    assert [day.number for day in weeks[0]] == [0, 0, 0, 0, 0, 0, 1]
    assert {len(week) for week in weeks} == {7}
    assert [day.number for week in weeks for day in week if day.edition] == [23]


def test_an_alias_leads_on(all_pages):
    html = all_pages["old/a/index.html"]
    target = "2026/11/corvane-will-run-its-texas-campus-without-the-grid-until-2031/"
    assert f'<meta http-equiv="refresh" content="0; url=/repo/{target}">' in html
    assert f'<link rel="canonical" href="https://example.org/repo/{target}">' in html
    assert "About" in all_pages["who/index.html"]


def test_headings_of_a_standing_page_follow_its_title(all_pages):
    assert '<h2 id="t-a">A</h2>' in all_pages["about/index.html"]
    assert '<a href="/repo/">x</a>' in all_pages["about/index.html"]


def test_every_template_its_values_and_its_words_are_documented():
    docs = (THEME.parent / "docs" / "templates.md").read_text()
    site, articles = everything()
    planned = [*pages.plan(*_planning(site, articles), ASSETS), *pages.plan(a_site(), {}, ASSETS)]
    for page in planned:
        row = next(line for line in docs.splitlines() if line.startswith(f"| `{page.template}`"))
        for value in set(page.context) - {
            "site",
            "assets",
            "theme",
            "menu",
            "footer",
            "policy",
            "page",
            "feeds",
        }:
            assert f"`{value}`" in row, (page.template, value)
    for name in [file.name for file in THEME.glob("*.html")]:
        assert f"`{name}`" in docs, name
    for name in [*pages.WORDS, "site", "assets", "menu", "footer", "page"]:
        assert f"| `{name}" in docs, name


def test_only_addresses_of_the_site_get_its_base():
    html = '<a href="site:x" data-src="site:y" xsrc="site:z" title="site:t">site:</a><img alt="" src="site:a&amp;b">'
    want = html.replace('href="site:', 'href="/b/').replace('-src="site:', '-src="/b/')
    assert evidence.rooted(html, "/b/") == want.replace(' src="site:', ' src="/b/')


def test_lines_of_a_brief_are_those_of_its_places():
    article = an_article()
    told = [Line(f"Line {n}.", (f"s{n}",)) for n in range(8)]
    whole = a_brief(
        article,
        summary=tuple(told[:2]),
        why_it_matters=told[2],
        key_points=(told[3],),
        key_figures=(replace(a_figure("2.3", "billion", ""), context=told[4]),),
        quotes=(Quote(told[5], "Mara Velden"),),
        whats_next=(told[6],),
        dates=(DateMention("in May", None, told[7]),),
    )
    bare = a_brief(article, summary=(), key_points=())
    assert evidence.lines(whole) == [place.line for place in evidence.places(whole)] == told
    assert evidence.lines(bare) == [place.line for place in evidence.places(bare)] == []


def test_preformatted_text_keeps_its_empty_lines():
    html = "<p>a</p>  \n\n\n<pre>x  \n\n  y</pre>\n \n<p>b</p>\n\n"
    assert pages.tidy(html) == "<p>a</p>\n<pre>x  \n\n  y</pre>\n<p>b</p>\n"


def test_a_long_run_of_blanks_is_tidied_in_time():
    before = time.process_time()
    made = pages.tidy(f"<p>a{' ' * 200_000}b{chr(9) * 200_000}c</p>" + "\n \t" * 50_000)
    assert time.process_time() - before < 1
    assert made == f"<p>a{' ' * 200_000}b{chr(9) * 200_000}c</p>\n"
