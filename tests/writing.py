"""Made-up texts for Hypothesis: of one line, as YAML and as Markdown."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

SENTENCES = (
    "Corvane will borrow $2.3 billion for a hall at Llano Verde.",
    "The county approved the plan on Sunday evening, by three votes to two.",
    "About 60 percent of the 1,234 projects in the queue are never built.",
    "“A queue is not a forecast,” said Ilse Brandt, who speaks for nine towns.",
    "It opens in May.",
    "The operator plans to publish both figures in January 2027.",
    "Die Stadt zahlt 3,5 Mio. Euro, z. B. für ein Netz.",
    "Sign up for our weekly letter.",
    "Between them they want 650 megawatts, which matters because the line holds 400.",
)
# What would come alive on a page that let it.
PAYLOADS = (
    "<script>document.title = 'alive'</script>",
    '<img src="https://x.example/a.png" onerror="alert(1)">',
    '<a href="javascript:alert(1)">here</a>',
    "[here](javascript:alert(1))",
    '<svg onload="alert(1)"><script>alert(1)</script></svg>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<p id="s1" class="s" style="color: red" onclick="alert(1)">One.</p>',
    '<base href="https://x.example/"><meta http-equiv="refresh" content="0">',
    '<form action="https://x.example/"><button>Go</button></form>',
    "<style>* { display: none }</style>",
    "{{ 7 * 7 }} {% raw %} {#",
    "]]> --> </script> </textarea> </title>",
    "<math><mtext></mtext><mglyph><style><img src='https://x.example/' onerror=alert(1)></style></mglyph></math>",
)
# --------------------------------------------------------------------------------------------- texts

SIGNS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")


def _seen(written: str) -> str:
    return written if any(it.isprintable() and not it.isspace() for it in written) else f"{written}A"


def texts(longest: int = 30) -> SearchStrategy[str]:
    """Texts of one line in which something can be seen; some hold what would like to come alive."""
    some = st.text(SIGNS, max_size=longest).map(_seen)
    return st.one_of(
        st.sampled_from(("One", "Llano Verde", "Corvane & Söhne", "no", "3.10", "1:30")), some
    ) | (st.sampled_from([it for it in PAYLOADS if len(it) <= longest] or ["<b>"]))


def keys() -> SearchStrategy[str]:
    return texts(12).map(lambda key: unicodedata.normalize("NFC", key))


FREE = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.floats(allow_nan=False) | texts(12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys(), inner, max_size=3),
    max_leaves=6,
)
ADDRESSES = st.sampled_from(
    (
        "https://example.org/",
        "http://a.example:8080/b?c=d&e=%20#f",
        "https://bücher.example/ä",
        "https://[::1]/",
    )
)

# --------------------------------------------------------------------------------------------- YAML

UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


def flow(value: Any) -> str:
    """Write a value on one line; every text stands between quotes."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, str):
        quoted = json.dumps(value, ensure_ascii=False)
        return UNSEEN.sub(lambda sign: rf"\u{ord(sign[0]):04x}", quoted)
    return json.dumps(value)


def block(value: Any, margin: str = "") -> str:
    """Write a mapping or a list with one key or item a line."""
    lines = []
    pairs = value.items() if isinstance(value, Mapping) else ((None, item) for item in value)
    for key, item in pairs:
        head = f"{margin}-" if key is None else f"{margin}{flow(key)}:"
        if item and isinstance(item, (Mapping, list)):
            lines.append(f"{head}\n{block(item, margin + '  ')}")
        else:
            lines.append(f"{head} {flow(item)}\n")
    return "".join(lines)


def yaml(values: Mapping[str, Any]) -> SearchStrategy[str]:
    """Write values as YAML in one of its styles."""
    return st.sampled_from((block(values), f"{flow(values)}\n", f"# A remark\n{block(values)}"))


# --------------------------------------------------------------------------------------------- Markdown

ESCAPED = re.compile(r"([\\`*_{}\[\]()#+.!>~|:=&^-])")


def escaped(written: str) -> str:
    """Write a text so that Markdown takes no part of it for its own."""
    return ESCAPED.sub(r"\\\1", " ".join(written.split())).replace("<", "&lt;")


PROSE = st.sampled_from(SENTENCES) | texts().map(escaped)
INLINE = st.recursive(
    PROSE,
    lambda inner: (
        st.builds(
            str.format,
            st.sampled_from(
                (
                    *(
                        "*{}*",
                        "**{}**",
                        "`{}`",
                        "[{}](https://x.example/a?b=c)",
                        "[{}](#s1)",
                        "[{}](/about/)",
                    ),
                    *("<b>{}</b>", "<kbd>{}</kbd>", '<span lang="de">{}</span>', "{}  \nnext", "{}[^1]"),
                )
            ),
            inner,
        )
        | st.builds("{} {}".format, inner, inner)
    ),
    max_leaves=4,
)
BLOCKS = st.builds(
    str.format,
    st.sampled_from(
        (
            *(
                "{}",
                "# {}",
                "### {}",
                "> {}",
                "- {}\n- two\n    - three",
                "1. {}\n\n    more",
                "~~~ python\n{}\n~~~",
            ),
            *("a | b\n--|:-:\n{} | d", "term\n:   {}", "***\n\n{}", "[^1]: {}", "    {}", "<div>{}</div>"),
            *(
                "<details open><summary>{}</summary></details>",
                "![The hall](/hall.png) {}",
                "Setext\n---\n\n{}",
            ),
        )
    ),
    INLINE,
) | st.sampled_from(PAYLOADS)


def bodies(told: Sequence[str], links: Sequence[str] = ()) -> SearchStrategy[str]:
    """Texts that hold the sentences `told` as they stand, and may link to Markdown files."""
    linked = [f"See [there](/{path}#s1)." for path in links]
    more = BLOCKS | st.sampled_from(linked) if linked else BLOCKS
    return st.lists(more, max_size=5).map(lambda rest: "\n\n".join([" ".join(told), *rest]) + "\n")
