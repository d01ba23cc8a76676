"""What can be followed: subjects, stories that go on, corrections; their lists, pages and older months."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import assets, editions, pages, urls
from generator.model import Correction, Entity, Line, Mention, News, Quote, Source
from generator.pages import calendar, corrections, mentions, news, subjects
from generator.pages.pace import pace
from generator.pages.relations import Relations
from generator.templating import Templates
from tests.making import (
    a_brief,
    a_figure,
    a_line,
    a_site,
    alone,
    an_article,
    an_entry,
    channels_of,
    days_before,
    in_parts,
)

THEME = Path(__file__).parent.parent / "templates"
ASSETS = assets.collect((THEME,), assets.Options())[1]
ADDRESS = "https://example.org/repo/"


def composed(articles, briefs=None, told=(), entities=()):
    """Compose a site as a build does; `briefs` by id, `told` holds stories of several editions."""
    made = [(briefs or {}).get(article.id) or a_brief(article) for article in articles]
    within = {name for parts in told for part in parts for name in (part.lead, *part.others)}
    others = [article.id for article in articles if article.id not in within]
    options = editions.Options("The Switchyard", ADDRESS, entities=tuple(entities))
    return editions.compose(articles, made, [*told, *alone(*([name] for name in others))], [], options)


@cache
def the_theme():
    return Templates((THEME,), ADDRESS)


def planned(site, articles):
    by_id = {article.id: article for article in articles}
    return list(pages.plan(site, by_id, ASSETS, channels=channels_of(site)))


def rendered(site, articles, under=""):
    """Render the pages whose path begins so."""
    return {
        page.path: pages.render(page, the_theme()).data.decode()
        for page in planned(site, articles)
        if page.path.startswith(under)
    }


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")]).split())


def named(article, /, **kinds: Sequence[tuple[str, str, str]]):
    """Brief of an article that names people, organisations or places, by the sentence that does."""
    mentioned = {
        kind: tuple(Mention(name, 1, (sentence,), role) for name, sentence, role in names)
        for kind, names in kinds.items()
    }
    return a_brief(article, **mentioned)


def a_world():
    """Thirty articles, and in them all that can be followed."""
    articles = [
        an_article(
            f"Report {n}",
            id=f"a{n}",
            published=days_before(3 * n if n != 8 else 26.9),
            topics=("On-site power", "Batteries") if n % 2 else ("On-site power",),
            sources=(Source("The Grid Post", f"https://www.gridpost.example/{n}"),)
            if n % 3
            else (Source("Harbour Wire"),),
            corrections=(Correction(days_before(3 * n - 1), f"It is {n} gigawatts."),) if n % 9 == 1 else (),
        )
        for n in range(30)
    ]
    briefs = {
        a.id: named(
            a,
            people=[("Mara Velden", "s3", "head of energy" if n == 4 else "")],
            organisations=[("Corvane", "s1", "")],
            places=[("Llano Verde", "s1", "")] if n < 5 else [],
        )
        for n, a in enumerate(articles)
    }
    news = News(Line("Corvane paid $14 million for 640 acres.", ("s4",)), "a2", ("$14 million", "640"))
    told = in_parts(["a12"], ["a9", "a8"], ["a2"], ["a1"], news={"a2": [news]})
    return composed(articles, briefs, [told]), articles


@pytest.fixture(scope="module")
def all_pages():
    return rendered(*a_world())


# ------------------------------------------------------------------------------ true of every page


def test_every_page_is_valid_and_no_id_stands_twice(all_pages):
    for path, html in all_pages.items():
        html5lib.HTMLParser(strict=True).parse(html)
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(ids) == len(set(ids)), path


def test_every_link_leads_somewhere(all_pages):
    ids = {path: set(re.findall(r'\sid="([^"]+)"', html)) for path, html in all_pages.items()}
    others = {"feed.xml", urls.MANIFEST, *ASSETS.values()}
    for path, html in all_pages.items():
        for link in re.findall(r'(?:href|src)="([^"]+)"', html):
            if link.startswith("http"):
                continue
            address, _, fragment = link.removeprefix("/repo/").partition("#")
            target = urls.file(address) if link.startswith("/") else path
            if target not in others and not target.endswith(
                ("feed.xml", "atom.xml", "feed.json", ".opml", "brief.json")
            ):
                assert target in ids, (path, link)
                assert not fragment or fragment in ids[target], (path, link)


def test_headings_go_down_one_by_one(all_pages):
    for path, html in all_pages.items():
        levels = [0, *(int(n) for n in re.findall(r"<h([1-6])", html[html.index("<main") :]))]
        assert [b - a for a, b in pairwise(levels) if b - a > 1] == [], path


def test_each_kind_has_a_list_and_pages_and_the_footer_leads_to_them(all_pages):
    for listing in ("topics", "people", "organisations", "places", "sources", "stories"):
        assert f"{listing}/index.html" in all_pages
    assert {
        "people/mara-velden/index.html",
        "organisations/corvane/index.html",
        "places/llano-verde/index.html",
        "sources/harbour-wire/index.html",
    } <= set(all_pages)
    footer = all_pages["index.html"].partition('<footer class="foot')[2]
    leads = re.findall(r'<li><a href="/repo/([a-z]+)/"', footer)
    assert leads[:6] == ["people", "organisations", "places", "sources", "stories", "corrections"]
    also = text_of(all_pages["topics/index.html"]).partition(" Also ")[2]
    assert also == "People 1 Organisations 1 Places 1 Sources 2 Stories 1"


def test_a_kind_without_subjects_has_no_list():
    article = an_article(topics=(), sources=())
    got = rendered(composed([article]), [article])
    assert {path for path in got if path.count("/") == 1} == {
        "archive/index.html",
        "corrections/index.html",
        "editions/index.html",
        "search/index.html",
        "subscribe/index.html",
        "briefs/index.html",
    }
    assert ">People<" not in got["index.html"]


def test_lists_and_pages_stand_in_the_sitemap():
    site, articles = a_world()
    listed = [page.path for page in planned(site, articles) if page.context["page"].listed]
    xml = assets.sitemap(site, listed).data.decode()
    for address in ("people/", "people/mara-velden/", "stories/", site.stories[0].url, "corrections/"):
        assert f"<loc>{ADDRESS}{address}</loc>" in xml


# ------------------------------------------------------------------------------------ the subjects


def test_a_subject_counts_its_articles_and_sources(all_pages):
    assert "30 articles from 2 sources, since 28 August 2026" in all_pages["people/mara-velden/index.html"]
    assert "20 articles, since 28 August 2026" in all_pages["sources/the-grid-post/index.html"]


def test_a_person_is_described_as_the_newest_article_does_that_does(all_pages):
    html = all_pages["people/mara-velden/index.html"]
    url = a_world()[1][4].url
    assert f'<p class="role">head of energy<sup class="ev"><a href="/repo/{url}#s3"' in html
    assert "so described on 11 November 2026" in html
    assert 'class="role"' not in all_pages["organisations/corvane/index.html"]


def test_a_source_leads_to_its_own_site(all_pages):
    html = all_pages["sources/the-grid-post/index.html"]
    assert '<a href="https://www.gridpost.example/" rel="external">gridpost.example</a>' in html
    assert 'rel="external"' not in all_pages["sources/harbour-wire/index.html"]


def test_the_home_of_a_source_is_that_of_its_newest_link():
    given_ = [("https://new.example:8080/a/b?c", 1), (None, 0), ("http://u:p@old.example/", 2)]
    articles = [
        an_article(f"N{n}", published=days_before(n), sources=(Source("The Post", url),)) for url, n in given_
    ]
    assert [source.home for source in composed(articles).sources] == ["https://new.example:8080/"]


def test_the_page_of_what_has_a_feed_leads_to_it(all_pages):
    assert "Follow this topic" in all_pages["topics/batteries/index.html"]
    assert "Follow this person" in all_pages["people/mara-velden/index.html"]
    assert "Follow this" not in "".join(it for path, it in all_pages.items() if path.startswith("places/"))


@pytest.mark.parametrize(
    ("name", "evidence", "want", "elsewhere"),
    [
        ("Ardent Power", ("s9",), "s4", ()),  # a key point holds the name
        ("Ardent", ("s9",), "s4", ()),
        ("Arden", ("s2",), "s2", ()),  # not within another word; a line rests on its sentence
        ("Tomas Reyna", ("s9", "s7"), "s1", ("s9", "s7")),  # named only where no line comes from
    ],
)
def test_what_a_brief_says_of_a_name(name, evidence, want, elsewhere):
    article = an_article()
    brief = a_brief(article, organisations=(Mention(name, 2, evidence),))
    site = composed([article], {article.id: brief}, entities=[Entity(name, "organisation")])
    found = mentions.passage(site.entries[0], site.organisations[0])
    assert (found.line.evidence, found.elsewhere) == ((want,), elsewhere)


def test_what_somebody_said_is_shown_as_said():
    article = an_article()
    line = Line("An empty hall is dear", ("s6",), "trimmed")
    brief = a_brief(
        article,
        summary=(),
        key_points=(),
        quotes=(Quote(line, "Mara Velden"), Quote(Line("Corvane will pay", ("s7",)), "")),
        people=(Mention("Mara Velden", 1, ("s1",)),),
        organisations=(Mention("Corvane", 1, ("s1",)),),
    )
    known = [Entity("Mara Velden", "person"), Entity("Corvane", "organisation")]
    site = composed([article], {article.id: brief}, entities=known)
    assert mentions.passage(site.entries[0], site.people[0]) == (line, "Mara Velden", ())
    got = rendered(site, [article])
    person, company = got["people/mara-velden/index.html"], got["organisations/corvane/index.html"]
    assert '<q>An empty hall is dear</q><sup class="ev">' in person
    assert person.index("</q>") < person.index("</sup> Mara Velden</p>")
    assert "<q>Corvane will pay</q>" in company


def test_a_name_that_no_line_holds_is_pointed_to():
    article = an_article("Bare", paragraphs=(("One.",), ("Two.",), ("Three names Mara Velden.",)))
    brief = a_brief(
        article, summary=(a_line(article.sentences[1]),), people=(Mention("Mara Velden", 1, ("s3",)),)
    )
    older = replace(article, id="b", slug="b", url="2026/11/b/", published=days_before(1))
    known = [Entity("Mara Velden", "person")]
    site = composed([article, older], {article.id: brief, "b": brief}, entities=known)
    html = rendered(site, [article, older], "people/")["people/mara-velden/index.html"]
    assert f'Mara Velden is named further down<sup class="ev"><a href="/repo/{article.url}#s3"' in html
    assert f'Named in its text<sup class="ev"><a href="/repo/{older.url}#s3"' in html


def test_a_topic_or_source_shows_the_first_line_of_the_summary():
    site = a_site([an_article()])
    assert mentions.passage(site.entries[0], site.topics[0]) == (site.entries[0].brief.summary[0], None, ())
    empty = an_entry(an_article(), a_brief(an_article(), summary=()))
    assert mentions.passage(empty, site.topics[0]) == (None, None, ())


def test_figures_of_a_name_are_about_it():
    article = an_article()
    brief = a_brief(
        article,
        organisations=(Mention("Ardent Power", 1, ("s4",)),),
        key_figures=(
            a_figure("300", "megawatts", "due in October", "s2"),
            a_figure("48", "turbines", "from Ardent Power", "s8"),
        ),
    )
    site = composed([article], {article.id: brief}, entities=[Entity("Ardent Power", "organisation")])
    assert [it.figure.value for it in mentions.figures(site.organisations[0])] == ["48"]
    assert [it.figure.value for it in mentions.figures(site.topics[0])] == ["300"]


def test_a_name_in_another_form_is_the_same_subject():
    articles = [an_article(f"N{n}", published=days_before(n)) for n in range(3)]
    forms = ("Corvane", "Corvane", "CORVANE")
    briefs = {
        a.id: named(a, organisations=[(form, "s9", "")]) for a, form in zip(articles, forms, strict=True)
    }
    (subject,) = composed(articles, briefs).organisations
    assert (subject.name, len(subject.entries)) == ("Corvane", 3)
    assert mentions.mention(subject.entries[2], subject).name == "CORVANE"


def test_a_name_has_a_page_from_three_articles_on_or_when_the_site_knows_it():
    articles = [an_article(f"N{n}", published=days_before(n)) for n in range(2)]
    twice = [("Corvane", "s1", ""), ("CORVANE", "s2", ""), ("Ardent Power", "s4", "")]
    briefs = {a.id: named(a, organisations=twice) for a in articles}
    assert composed(articles, briefs).organisations == ()
    known = [Entity("ardent power", "organisation"), Entity("Nobody", "organisation")]
    (subject,) = composed(articles, briefs, entities=known).organisations
    assert (subject.name, subject.url, len(subject.entries)) == (
        "ardent power",
        "organisations/ardent-power/",
        2,
    )


def test_what_is_everywhere_does_not_win_everywhere():
    everywhere = [f"Hub {n}" for n in range(6)]
    articles = [
        an_article(
            f"N{n}",
            id=f"a{n}",
            published=days_before(n),
            topics=(*everywhere, "This", "Rare") if n < 4 else everywhere,
        )
        for n in range(40)
    ]
    site = a_site(articles)
    this = next(topic for topic in site.topics if topic.name == "This")
    beside = Relations(site).beside(this.entries, this.url)["topic"]
    assert ("Rare", 4) in [(topic.title, count) for topic, count in beside]
    assert len(beside) == 5
    assert "This" not in [topic.title for topic, _ in beside]


def test_once_is_not_often():
    topics = (("A", "B"), ("A", "C"), ("A", "C"), ("A",))
    articles = [an_article(f"N{n}", topics=some, published=days_before(n)) for n, some in enumerate(topics)]
    site = a_site(articles)
    often = Relations(site).beside(site.topics[0].entries, site.topics[0].url)["topic"]
    assert [(topic.title, count) for topic, count in often] == [("C", 2)]
    single = site.topics[1]
    beside = Relations(site).beside(single.entries, single.url)["topic"]
    assert [(topic.title, count) for topic, count in beside] == [("A", 1)]


def test_pace_counts_months_without_an_article_too():
    entry = an_entry(an_article())

    def months(*counts: tuple[int, int, int]):
        return [calendar.Span(y, m, "", (entry,) * n) for y, m, n in counts]

    some = months((2026, 2, 4), (2025, 12, 2), (2025, 11, 1))
    assert pace(some).words == "November 1, December 2, January 0, February 4"
    assert pace(some).caption == "1 in November, 4 in February"
    assert pace(some).path == "M105 48v-11M125 48v-22M165 48v-45"
    assert pace(some[:2]) is None
    assert pace(months((2026, 2, 1), (2026, 1, 1), (2025, 12, 1))) is None
    assert pace(months((2026, 2, 9), (2020, 1, 9), (2019, 1, 9))) is None


# --------------------------------------------------------------------------------------- the lists


def test_many_subjects_stand_under_their_letters():
    site = a_site([an_article(topics=tuple(f"{letter}{n}" for letter in "abc" for n in range(8)))])
    assert [(letter, len(group)) for letter, group in subjects.lettered(site.topics)] == [
        ("A", 8),
        ("B", 8),
        ("C", 8),
    ]
    assert [letter for letter, _ in subjects.lettered(site.topics[:23])] == [""]


def test_letters_of_any_script_have_an_order():
    names = [
        "Écluse",
        "Zug",
        "“Quoted”",
        "3M",
        "٣",
        "東京",
        "北京",
        "الرياض",
        "ß",
        "Елена",
        "가나",
        "!",
        "eel",
    ]
    names += [f"A{n}" for n in range(20)]
    topic = a_site([an_article()]).topics[0]
    made = subjects.lettered([replace(topic, name=name) for name in names])
    assert [letter for letter, _ in made] == [
        "0–9",
        "A",
        "E",
        "Q",
        "S",
        "Z",
        "Е",
        "ا",
        "ᄀ",
        "Han",
        "Signs",
    ]
    assert [subject.name for subject in dict(made)["E"]] == ["Écluse", "eel"]


def test_a_long_list_is_terse_and_can_be_jumped_through():
    names = [f"{chr(65 + n % 26)} Company {n}" for n in range(200)]
    article = an_article()
    brief = named(article, organisations=[(name, "s1", "") for name in names])
    known = [Entity(name, "organisation") for name in names]
    site = composed([article], {article.id: brief}, entities=known)
    html = rendered(site, [article], "organisations/index")["organisations/index.html"]
    assert '<a href="#l-26">Z</a>' in html
    assert html.count("/organisations/") > 200
    assert article.title not in html


# ---------------------------------------------------------------------------------- pages by month


@pytest.mark.parametrize(
    ("counts", "shown", "rest"),
    [
        ([], [], []),
        ([5], [5], []),
        ([60, 5], [60], [5]),
        ([59, 1, 5], [59, 1], [5]),
        ([1, 1, 1], [1, 1, 1], []),
        ([59, 61, 5], [59, 61], [5]),
        ([59, 62, 5], [59, 1], [62, 5]),
        ([3000, 1], [60], [3000, 1]),
    ],
)
def test_a_listing_shows_whole_months_until_it_holds_enough(counts, shown, rest):
    entry = an_entry(an_article())
    months = [calendar.Span(2026, 12 - n, "", (entry,) * count) for n, count in enumerate(counts)]
    first, others = calendar.divided(months, 60, 120)
    assert [len(span.entries) for span in first] == shown
    assert [len(span.entries) for span in others] == rest


def test_months_of_two_zones_do_not_stand_twice():
    moments = ["2026-12-01T01:00+02:00", "2026-11-30T22:30+00:00", "2026-12-01T00:10+02:00"]
    entries = [
        an_entry(an_article(f"N{n}"), published=datetime.fromisoformat(m)) for n, m in enumerate(moments)
    ]
    made = calendar.spans(entries, "topics/x/")
    assert [(span.year, span.month, len(span.entries)) for span in made] == [(2026, 12, 2), (2026, 11, 1)]
    assert [(day.isoformat(), len(some)) for day, some in calendar.days(made[0])] == [("2026-12-01", 2)]


def followed(months):
    """Articles on one of everything, so many in each of some months (counted from January 2020)."""
    articles = [
        an_article(
            f"Report {month}-{n}",
            id=f"a{month}-{n}",
            published=datetime(2020 + month // 12, month % 12 + 1, 1, tzinfo=UTC) + timedelta(minutes=n),
            corrections=(
                Correction(datetime(2020 + month // 12, month % 12 + 1, 28, tzinfo=UTC), "It is 3."),
            ),
        )
        for month, count in months.items()
        for n in range(count)
    ]
    briefs = {
        a.id: named(
            a,
            people=[("Mara Velden", "s1", "")],
            organisations=[("Corvane", "s1", "")],
            places=[("Texas", "s1", "")],
        )
        for a in articles
    }
    return composed(articles, briefs), articles


def older_months(site, articles):
    path = re.compile(r"(topics|people|organisations|places|sources|corrections)/.*\d{4}/\d\d/index\.html")
    return {
        page.path: pages.render(page, the_theme()).data
        for page in planned(site, articles)
        if path.fullmatch(page.path)
    }


@settings(max_examples=8)
@given(
    old=st.dictionaries(st.integers(0, 20), st.sampled_from([1, 9, 40, 70]), min_size=3, max_size=5),
    new=st.dictionaries(st.integers(21, 30), st.sampled_from([1, 9, 40, 70]), min_size=1, max_size=3),
)
def test_older_months_stay_as_they_are_when_articles_come(old, new):
    before = older_months(*followed(old))
    after = older_months(*followed({**old, **new}))
    newest = max(old)  # the month that was not over yet
    ending = f"{2020 + newest // 12}/{newest % 12 + 1:02d}/index.html"
    for path, html in before.items():
        if not path.endswith(ending):
            assert after[path] == html, path
    assert before.keys() <= after.keys()


def test_older_months_have_pages_of_their_own_and_lead_further_back():
    got = rendered(*followed({0: 3, 1: 4, 2: 70}), "topics/")
    assert set(got) == {
        "topics/index.html",
        "topics/on-site-power/index.html",
        "topics/on-site-power/2020/01/index.html",
        "topics/on-site-power/2020/02/index.html",
    }
    february = got["topics/on-site-power/2020/02/index.html"]
    assert '<a rel="prev" href="/repo/topics/on-site-power/2020/01/">' in february
    assert february.count('<li class="story"') == 4
    assert 'href="/repo/topics/on-site-power/#earlier"' in february
    assert 'id="earlier"' in got["topics/on-site-power/index.html"]


def test_thousands_of_articles_on_one_subject_make_pages_that_can_be_read():
    got = rendered(*followed({0: 2900, 1: 100}), "people/")
    subject, month = (got[f"people/mara-velden/{name}index.html"] for name in ("", "2020/01/"))
    assert subject.count("data-story") == 100
    assert "3,000 articles, since 1 January 2020" in subject
    assert "data-story" not in month  # headlines alone, day by day
    assert month.count("<li>") > 2900
    assert len(subject.encode()) < 150_000


@pytest.mark.parametrize(
    "name",
    [
        "جامعة الملك سعود",
        "中国国家电网公司",
        'O’Brien "Bob" <b>& Sons',
        "A" * 300,
        "Very long name of an office " * 9,
        "CON",
        "!!!",
    ],
)
def test_any_name_has_a_page(name):
    article = an_article(topics=(name,), sources=(Source(name),))
    brief = named(
        article,
        people=[(name, "s1", name)],
        organisations=[(name, "s2", "")],
        places=[(name.strip(), "s9", "")],
    )
    known = [Entity(name, "person"), Entity(name, "organisation")]
    site = composed([article], {article.id: brief}, entities=known)
    assert (len(site.people), len(site.sources), len(site.topics)) == (1, 1, 1)
    got = rendered(site, [article])
    for html in got.values():
        html5lib.HTMLParser(strict=True).parse(html)
    for subject in (*site.people, *site.organisations, *site.sources, *site.topics):
        tree = html5lib.parse(got[urls.file(subject.url)], namespaceHTMLElements=False)
        assert "".join(tree.find(".//h1").itertext()) == name


# --------------------------------------------------------------------------- stories and corrections


def test_a_story_tells_first_what_is_new(all_pages):
    site, articles = a_world()
    (story,) = site.stories
    html = all_pages[urls.file(story.url)]
    assert "5 articles from 2 sources in 4 editions, since 18 October 2026" in html
    news = "Corvane paid <b>$14 million</b> for <b>640</b> acres."
    assert f'{news}<sup class="ev"><a href="/repo/{articles[2].url}#s4"' in html
    words = text_of(html)
    assert words.index("What is new") < words.index("17 November 2026 , since 27 October")
    order = [words.index(f" Report {n} ") for n in (2, 1, 9)]
    assert order == sorted(order)


def test_an_instalment_that_adds_nothing_is_one_line(all_pages):
    site, articles = a_world()
    html = all_pages[urls.file(site.stories[0].url)]
    assert re.search(
        r'<p><a href="[^"]+">Report 1</a> <span class="meta">The Grid Post. No new number, name or date</span>',
        html,
    )
    assert not re.search(r"<h3>[^/]*>Report 1<", html)
    assert f'<a class="meta" href="/repo/{urls.edition(articles[1].published.date())}">' in html
    assert 'title="Report 8"' in html  # reported also by


def test_news_that_somebody_said_is_shown_as_said():
    first, then = an_article("First", id="a", published=days_before(1)), an_article("Then", id="b")
    line = Line("It costs $3 million", ("s1",), "trimmed")
    briefs = {"b": a_brief(then, quotes=(Quote(line, "Mara Velden"),))}
    news = {"b": [News(line, "b", ("$3 million",))]}
    site = composed([first, then], briefs, [in_parts(["a"], ["b"], news=news)])
    html = rendered(site, [first, then], "stories/")[urls.file(site.stories[0].url)]
    assert '<q>It costs <b>$3 million</b></q><sup class="ev">' in html
    assert "</sup> Mara Velden</li>" in html


def test_a_story_in_several_languages_says_which():
    first = an_article("مدينة ساحلية", id="a", slug="sea", lang="ar", published=days_before(1))
    then = an_article("A coastal city", id="b", lang="en")
    line = News(Line("It costs $3 million.", ("s1",)), "b", ("$3 million",))
    site = composed([first, then], told=[in_parts(["a"], ["b"], news={"b": [line]})])
    got = rendered(site, [first, then], "stories/")
    story, index = got[urls.file(site.stories[0].url)], got["stories/index.html"]
    assert '<h1><bdi lang="ar" dir="rtl">مدينة ساحلية</bdi></h1>' in story
    assert f'<h3 class="big"><a href="/repo/{then.url}">' in story
    assert f'<h3 lang="ar" dir="rtl"><a href="/repo/{first.url}">' in story
    assert f'<h3 lang="ar" dir="rtl"><a href="/repo/{site.stories[0].url}">' in index
    assert '<p lang="ar" dir="rtl">Corvane will power' in story


def test_stories_that_go_on_are_listed_with_their_last_news(all_pages):
    html = all_pages["stories/index.html"]
    assert '<h3><a href="/repo/stories/2026-10-report-12/">Report 12</a></h3>' in html
    assert "<b>$14 million</b>" in html
    assert "1 story, told in more than one edition" in text_of(html)


def test_many_stories_are_divided_by_month():
    articles = [an_article(f"N{n}", id=f"a{n}", published=days_before(n)) for n in range(200)]
    told = [in_parts([f"a{n + 1}"], [f"a{n}"]) for n in range(0, 200, 2)]
    got = rendered(composed(articles, told=told), articles, "stories/")
    index = got["stories/index.html"]
    assert (
        index.count('<li class="story"') == 42
    )  # of September to November, so that there are thirty at least
    assert got["stories/2026/08/index.html"].count('<li class="story"') == 16
    assert '<a rel="prev" href="/repo/stories/2026/07/">' in got["stories/2026/08/index.html"]


@pytest.mark.parametrize(
    ("text", "adds", "want"),
    [
        ("Paid $14 million.", ("$14 million",), ["Paid ", "*$14 million", "."]),
        ("In 2014, 14 men.", ("14",), ["In 2014, ", "*14", " men."]),
        ("14,000 or 14", ("14",), ["14,000 or ", "*14"]),
        ("Ada Moreno and Ada", ("Ada", "Ada Moreno"), ["*Ada Moreno", " and ", "*Ada"]),
        ("东京都政府", ("东京",), ["*东京", "都政府"]),
        ("a (b) c", ("(b)", ""), ["a ", "*(b)", " c"]),
        ("nothing of it", ("else",), ["nothing of it"]),
        ("nothing", (), ["nothing"]),
    ],
)
def test_what_a_line_adds_is_told_apart(text, adds, want):
    assert [f"*{words}" if new else words for words, new in news.divided_words(text, adds)] == want


def test_a_site_without_corrections_says_so():
    html = rendered(a_site(), [])["corrections/index.html"]
    assert "None so far" in html
    assert "No article has been corrected yet." in html


def test_corrections_come_newest_first_with_their_article(all_pages):
    html = all_pages["corrections/index.html"]
    assert "4 corrections of 4 articles" in html
    told = re.findall(r"It is (\d+) gigawatts", html)
    assert told == ["1", "10", "19", "28"]
    assert text_of(html).index("21 Nov Report 1 It is 1 gigawatts. The Grid Post Published 20 November")


def test_an_article_can_be_corrected_twice():
    twice = (Correction(days_before(1), "Second."), Correction(days_before(5), "First."))
    once = (Correction(days_before(3), "Between."),)
    articles = [
        an_article("A", published=days_before(9), corrections=twice),
        an_article("B", published=days_before(8), corrections=once),
    ]
    made = corrections.corrections(composed(articles))
    assert [one.text for one in made] == ["Second.", "Between.", "First."]
