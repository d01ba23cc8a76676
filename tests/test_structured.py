"""What pages say of themselves to machines: JSON-LD, previews, and the way to each page."""

import html as markup
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import pages
from generator.model import Author, Correction, Image, Link, Mention, Source
from generator.pages import structured
from generator.pictures import Picture
from tests.making import NOON, a_brief, a_site, an_article, an_entry, days_before
from tests.test_pages import ASSETS, everything, the_theme

DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
CARD = Image("cards/a.png", "A card", 1200, 630, "image/png", 9, "")


def planned(site, articles, **more: object):
    return list(pages.plan(site, {article.id: article for article in articles}, ASSETS, **more))


def said(site, articles, path, **more: object):
    page = next(page for page in planned(site, articles, **more) if page.path == path)
    made = json.loads(structured.data(page))
    assert made["@context"] == "https://schema.org"
    return {part["@type"]: part for part in made["@graph"]}


def test_every_page_that_can_be_found_says_what_it_is_in_valid_json():
    site, articles = everything()
    for page in planned(site, articles):
        html = pages.render(page, the_theme(site.url)).data.decode()
        found = DATA.findall(html)
        assert len(found) == (page.context["page"].listed and page.template != "alias.html"), page.path
        for text in found:
            (first, *_) = json.loads(text)["@graph"]
            assert first["url"].startswith("https://example.org/repo/")
            assert html.count("</script>") == html.count("<script ")


@given(st.text(max_size=40))
def test_no_text_ends_the_script_that_holds_it(text):
    title = f"</script><!--{text}\u2028"
    site = a_site([article := an_article("x", slug="x")])
    entry = replace(site.entries[0], headline=title)
    site = replace(site, entries=(entry,))
    page = next(p for p in planned(site, [article]) if p.template == "article.html")
    made = structured.data(page)
    assert not re.search("[<>&\u2028\u2029\n]", made)
    assert json.loads(made)["@graph"][0]["headline"] == title


def test_an_article_says_what_it_rests_on_is_about_and_mentions():
    article = an_article(
        topics=("On-site power", "Grid"),
        sources=(Source("Wire", "https://wire.example/a"), Source("Unlinked")),
        updated=days_before(-1),
    )
    brief = a_brief(
        article,
        people=(Mention("Mara Velden", 2, ("s1",)),),
        organisations=(Mention("Corvane", 2, ("s1",)),),
        places=(Mention("Llano Verde", 2, ("s1",)),),
        names=(Mention("Project Ash", 2, ("s1",)),),
    )
    site = a_site([article], briefs={article.id: brief}, url="https://example.org/repo/")
    made = said(site, [article], f"{article.url}index.html")["NewsArticle"]
    assert made["isBasedOn"] == ["https://wire.example/a"]
    assert [topic["name"] for topic in made["about"]] == ["On-site power", "Grid"]
    assert [(it["@type"], it["name"]) for it in made["mentions"]] == [
        ("Person", "Mara Velden"),
        ("Organization", "Corvane"),
        ("Place", "Llano Verde"),
        ("Thing", "Project Ash"),
    ]
    assert made["abstract"] == " ".join(line.text for line in brief.summary)
    assert made["author"] == [{"@type": "Person", "name": "Ada Moreno"}]
    assert (made["datePublished"], made["dateModified"]) == (
        NOON.isoformat(),
        days_before(-1).isoformat(),
    )
    assert made["isPartOf"]["url"] == "https://example.org/repo/editions/2026-11-23/"


def test_corrections_and_pages_of_who_is_mentioned_are_said():
    article = an_article()
    brief = a_brief(article, people=(Mention("Mara Velden", 2, ("s1",)), Mention("Ada", 1, ("s1",))))
    correction = Correction(NOON, "The year was wrong.")
    page = Link("Mara Velden", "people/mara-velden/")
    site = a_site([article])
    entry = an_entry(article, brief, corrections=(correction,), mentions=(page,))
    made = said(replace(site, entries=(entry,)), [article], f"{article.url}index.html")["NewsArticle"]
    assert made["correction"] == [
        {"@type": "CorrectionComment", "text": "The year was wrong.", "datePublished": NOON.isoformat()}
    ]
    assert made["mentions"] == [
        {"@type": "Person", "name": "Mara Velden", "url": "https://switchyard.example/people/mara-velden/"},
        {"@type": "Person", "name": "Ada"},
    ]


def test_what_an_article_lacks_is_not_said():
    bare = an_article("Bare", topics=(), sources=(), authors=(), paragraphs=())
    site = a_site([bare], author=Author("The desk"))
    made = said(site, [bare], f"{bare.url}index.html")["NewsArticle"]
    assert not {"about", "mentions", "isBasedOn", "image", "abstract", "articleSection"} & set(made)
    assert made["author"][0]["name"] == made["publisher"]["name"] == "The desk"


def test_the_front_page_lists_its_stories_and_the_publisher_its_other_places():
    articles = [an_article(f"Story {n}", published=days_before(n / 100)) for n in range(3)]
    theme = pages.Theme(social=(Link("M", "https://m.example/@s"),), logo=Picture(30, 20, "image/png"))
    site = a_site(articles)
    page = next(
        iter(pages.plan(site, {a.id: a for a in articles}, {**ASSETS, "logo": "assets/l.png"}, theme))
    )
    parts = {part["@type"]: part for part in json.loads(structured.data(page))["@graph"]}
    listed = parts["CollectionPage"]["mainEntity"]["itemListElement"]
    assert [(it["position"], it["name"]) for it in listed] == [(1, "Story 0"), (2, "Story 1"), (3, "Story 2")]
    publisher = parts["WebSite"]["publisher"]
    assert publisher["sameAs"] == ["https://m.example/@s"]
    assert publisher["logo"]["width"] == 30


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("archive/index.html", ["The Switchyard", "Archive"]),
        ("archive/2026/11/index.html", ["The Switchyard", "Archive", "2026", "November 2026"]),
        ("editions/2026-11-23/index.html", ["The Switchyard", "Archive", "Monday 23 November 2026"]),
        ("topics/on-site-power/index.html", ["The Switchyard", "Topics", "On-site power"]),
    ],
)
def test_the_way_to_a_page(path, steps):
    site, articles = everything()
    made = said(site, articles, path)["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in made] == steps
    assert [step["position"] for step in made] == list(range(1, len(steps) + 1))


def head(article, **more: object):
    site = a_site([article])
    page = next(p for p in planned(site, [article], **more) if p.template == "article.html")
    html = pages.render(page, the_theme(site.url)).data.decode()
    found = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', html)
    return [(name, markup.unescape(value)) for name, value in found]


def test_a_preview_tells_picture_topics_and_times():
    picture = Image("2026/11/x/a.jpg", "A hall", 600, 400, "image/jpeg", 9, "x")
    got = head(an_article(image=picture, topics=("A", "B"), lang="pt-BR", updated=days_before(-1)))
    assert {
        ("og:image", "https://switchyard.example/2026/11/x/a.jpg"),
        ("og:image:width", "600"),
        ("og:image:height", "400"),
        ("og:image:type", "image/jpeg"),
        ("og:image:alt", "A hall"),
        ("og:locale", "pt_BR"),
        ("article:section", "A"),
        ("article:tag", "A"),
        ("article:tag", "B"),
        ("article:published_time", NOON.isoformat()),
        ("article:modified_time", days_before(-1).isoformat()),
        ("twitter:card", "summary_large_image"),
    } <= set(got)


def test_a_card_stands_in_for_a_picture_that_no_network_shows():
    drawing = Image("2026/11/x/a.svg", "A hall", 600, 400, "image/svg+xml", 9, "x")
    for image in (None, drawing):
        article = an_article(image=image)
        assert ("twitter:card", "summary") in head(article)
        assert ("og:image", "https://switchyard.example/cards/a.png") in head(
            article, cards={article.id: CARD}
        )
    picture = replace(drawing, type="image/png")
    article = an_article(image=picture)
    assert ("og:image:type", "image/png") in head(article, cards={article.id: CARD})
