"""Made-up pages and texts of an outlet that is not there."""

from __future__ import annotations

SENTENCES = (
    "Towns and developers filed 212 objections to the grid operator’s study in four days.",
    "The operator filed the study on Thursday and will now count again.",
    "Most of the objections dispute that it counts projects which are never built.",
    "By the operator’s own count, about 60 percent of the projects in the queue never are.",
    "The median project connected this year had asked for its place in 2020.",
    "“A queue is not a forecast,” said Ilse Brandt, who speaks for nine towns along the river.",
    "The operator plans to publish both figures in January, and a map of all substations in March.",
    "A county court will hear the first of the complaints on 9 December.",
    "Lawyers for the developers asked for an earlier date and were refused.",
    "Nine of the towns share one substation that was built in 1974.",
)


def paragraphs(count: int = 10, start: int = 0, each: int = 2) -> str:
    """HTML of so many sentences, in paragraphs."""
    told = [SENTENCES[(start + n) % len(SENTENCES)] for n in range(count)]
    return "".join(f"<p>{' '.join(told[n : n + each])}</p>" for n in range(0, count, each))


BODY = f'<p>{SENTENCES[0]} See the <a href="/study?page=2&amp;utm_medium=x">queue study</a>.</p>{paragraphs(9, 1)}'
PAGE = f"""<!doctype html>
<html lang="en-GB"><head><title>Queue study draws 212 objections | The Grid Post</title>
<link rel="canonical" href="/2026/queue?utm_source=x&amp;id=3">
<meta property="og:site_name" content="The Grid Post">
<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Queue study draws 212 objections", "inLanguage": "en", "license": "https://gridpost.example/terms",
"author": [{{"@type": "Person", "name": "Ilse Brandt"}}, {{"@type": "Person", "name": "Ada Moreno"}}],
"datePublished": "2026-11-23T08:00:00+01:00"}}</script></head>
<body><nav><a href="/">Home</a> <a href="/about">About</a></nav>
<article><h1>Queue study draws 212 objections</h1>{BODY}</article>
<footer><p>Subscribe to our weekly letter</p></footer></body></html>
"""
