"""Sites with faults in them: sound ones changed, files of anything at all, values where they do not belong.

Nothing is known of what is drawn here but that it must be built or told of.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from generator.config.fields import ConfigFields
from generator.content.brief_fields import BriefFile
from generator.content.editions import EditionFields
from generator.content.front_matter import FrontMatter, PageFrontMatter
from generator.schema.validation import Model
from tests.strategies import Files, sites
from tests.writing import BLOCKS, FREE, PAYLOADS, SENTENCES, block, flow, texts

# What is put in: marks of YAML and Markdown, signs that parsers trip over, values of other types.
PIECES = (
    *(
        "---\n",
        "...\n",
        "\n",
        "\r",
        "\t",
        " ",
        ":",
        ": ",
        "- ",
        "? ",
        "#",
        "|",
        ">-",
        "&a ",
        "*a",
        "!!set ",
        "<<: ",
    ),
    *(
        "{",
        "}",
        "[",
        "]",
        '"',
        "'",
        "\\",
        "%",
        "@",
        "`",
        "~~~\n",
        "```",
        "> " * 50,
        "[" * 1001,
        "![",
        "](x)",
        "*" * 99,
    ),
    *(
        "[^1]: ",
        "|-|-|\n",
        "<",
        "</p>",
        "<!--",
        "&#0;",
        "&amp",
        "{{",
        "{%",
        "](a.md)",
        "](/a.md#s1)",
        "![x](a.png)",
    ),
    *(
        "\0",
        "\x07",
        "\x7f",
        "\x85",
        "\u2028",
        "\ufeff",
        "\u202e",
        "\u200d",
        "\ufffe",
        "\U0010ffff",
        "e\u0301",
    ),
    *(
        "null",
        "no",
        "-1",
        "1e999",
        "9" * 400,
        "0001-01-01",
        "9999-12-31T23:59+23:59",
        "../..",
        "//",
        "javascript:",
    ),
    *("ſ", "İ", "ı", "\u212a", "٣", "½", "s0", "s1 00000000", "none", "con", "http://[", "https://a:99999/"),
    *PAYLOADS,
    *SENTENCES,
)
PIECE = st.one_of(
    st.sampled_from(PIECES).map(str.encode),
    texts().map(str.encode),
    st.binary(min_size=1, max_size=6),
    st.sampled_from((b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfet\0")),
)
MODELS: dict[str, type[Model]] = {
    "config.yaml": ConfigFields,
    "content/pages/about.md": PageFrontMatter,
    "content/2026/11/a0.md": FrontMatter,
    "content/2026/11/a0.brief.yaml": BriefFile,
    "content/editions/2026-11-16.yaml": EditionFields,
}
WHOLE = 10_000  # parts that a file is measured in, so that a place in it shrinks towards its beginning


@st.composite
def damaged_sites(draw: st.DrawFn) -> Files:
    """Draw a site of which some files are damaged."""
    files = draw(sites())
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(sorted(files)))
        files[path] = draw(DAMAGE)(files[path], draw)
    return files


@st.composite
def senseless_sites(draw: st.DrawFn) -> Files:
    """Draw a site of which some files hold anything at all, or known keys with any values."""
    files = draw(sites())
    for path in draw(st.lists(st.sampled_from(sorted(MODELS)), min_size=1, max_size=3, unique=True)):
        files[path] = draw(misfits(path) | anything())
    return files


def anything() -> SearchStrategy[bytes]:
    fenced = st.builds(lambda a, b: b"---\n" + a + b"\n---\n" + b, st.binary(), st.binary())
    return st.binary() | st.lists(PIECE).map(b"".join) | fenced


def misfits(path: str) -> SearchStrategy[bytes]:
    """Give a file whose keys are known, at each depth, and whose values are anything."""
    made = values(MODELS[path])
    if path.endswith(".md"):
        dated = made.map(lambda some: {"title": "One", "date": "2026-11-16", **some})
        return st.builds("---\n{}---\n{}\n".format, dated.map(block), BLOCKS).map(str.encode)
    if path == "config.yaml":
        made = made.map(
            lambda some: {"title": "One", "url": "https://news.example/sheet/", "search": False, **some}
        )
    return st.sampled_from((block, flow)).flatmap(made.map).map(str.encode)


def values(model: type[Model]) -> SearchStrategy[dict[str, Any]]:
    fields = {
        name: st.one_of(LIKELY, FREE, *(values(inner) for inner in inner_models(field.annotation)))
        for name, field in model.model_fields.items()
        if name != "search"
    }
    one = st.fixed_dictionaries({}, optional=fields)
    return one | st.dictionaries(st.sampled_from([*fields, "unknown", "searhc"]), LIKELY, max_size=2)


def inner_models(annotation: Any) -> Iterator[type[Model]]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for part in get_args(annotation):
        yield from inner_models(part)


LIKELY = st.sampled_from(
    (
        *(None, True, 0, -1, 10**30, 1e300, "", " ", "\u200b", "a", "2026-11-23", "2026-02-30", "0000-01-01"),
        *(
            "2026-11-23 25:00",
            "9997-12-31T23:59:59+00:01",
            "https://a.example/",
            "https://",
            "http://a b/",
            "//a",
        ),
        *(
            "http://\u2100.example/",
            "mailto:a@b",
            "/../",
            "..",
            "a/../b",
            "%2e%2e/",
            "\\a",
            "CON",
            "con.md",
            "a" * 1001,
        ),
        *(
            "s0",
            "s1",
            "s99999",
            "s1 12345678",
            "0123456789abcdef",
            "#fff",
            "#ggg",
            "200 900",
            "serif",
            "day",
            "none",
        ),
        *(
            "Europe/Berlin",
            "../UTC",
            "posixrules",
            "/etc/localtime",
            "en",
            "x",
            "a,2026",
            "/hall.png",
            "hall.png",
        ),
        *(
            [],
            {},
            [[]],
            [None],
            [{}],
            ["a", "a"],
            [{"name": "a"}],
            {"text": "a"},
            {"name": None},
            {"light": "#777"},
        ),
    )
)


def _cut(data: bytes, draw: st.DrawFn) -> bytes:
    start, end = sorted((_place(data, draw), _place(data, draw)))
    return data[:start] + data[end:]


def _put_in(data: bytes, draw: st.DrawFn) -> bytes:
    at = _place(data, draw)
    return data[:at] + draw(PIECE) * draw(st.sampled_from((1, 1, 1, 2, 30))) + data[at:]


def _put_over(data: bytes, draw: st.DrawFn) -> bytes:
    at, piece = _place(data, draw), draw(PIECE)
    return data[:at] + piece + data[at + len(piece) :]


def _repeat(data: bytes, draw: st.DrawFn) -> bytes:
    start, end = sorted((_place(data, draw), _place(data, draw)))
    return data[:end] + data[start:end] + data[end:]


def _swap_lines(data: bytes, draw: st.DrawFn) -> bytes:
    lines = data.split(b"\n")
    one, other = (draw(st.integers(0, WHOLE)) % len(lines) for _ in range(2))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _end_lines_otherwise(data: bytes, draw: st.DrawFn) -> bytes:
    return data.replace(b"\n", draw(st.sampled_from((b"\r\n", b"\r", b"\n\r", "\u2028".encode()))))


def _write_otherwise(data: bytes, draw: st.DrawFn) -> bytes:
    return data.decode("utf-8", "replace").encode(draw(st.sampled_from(("utf-16", "utf-8-sig", "utf-32-le"))))


def _place(data: bytes, draw: st.DrawFn) -> int:
    return draw(st.integers(0, WHOLE)) * len(data) // WHOLE


DAMAGE = st.sampled_from(
    (_cut, _put_in, _put_in, _put_over, _repeat, _swap_lines, _end_lines_otherwise, _write_otherwise)
)
