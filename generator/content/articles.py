"""One Markdown file -> one article or standing page, or all that is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from generator import disk, text, urls
from generator.content import corrections
from generator.content.anchors import anchor
from generator.content.bounds import TooMuchError
from generator.content.briefs import Written, edits, model_brief, read_brief
from generator.content.embeds import balanced, own_ids, own_tokens, unclosed
from generator.content.front_matter import FrontMatter, PageFrontMatter, moment
from generator.content.images import Beside, UnfitError
from generator.content.outcome import Outcome, Reading
from generator.content.references import Body, Referred, refer
from generator.content.source_files import SourceFile, bytes_of, take_apart
from generator.content.strays import spoken, strays, swallowing
from generator.content.tokens import clean, to_html, tokens
from generator.model import Article, ArticleBody, Image, Position, Sentence, Source, StandingPage
from generator.problems import Problem
from generator.schema.documents import Document
from generator.schema.validation import validate

PAGES = "pages/"
DATED = re.compile(r"(\d{4}-\d{2}-\d{2})[-_ ]?")


@dataclass(frozen=True, slots=True)
class _Text:
    html: str
    trusted: str
    sentences: tuple[Sentence, ...]
    words: int
    images: tuple[Image, ...]
    links: tuple[tuple[str, Position], ...]


NOTHING = _Text("", "", (), 0, (), ())


def read_file(
    paths: tuple[str, str | None], root: Path, options: Reading, read: disk.Read = disk.read
) -> Outcome:
    """Read a file under `root` and its brief file, if it has one; never raises for what is wrong in them.

    `read` gives the bytes of both.
    """
    path, brief = paths
    written, faults = read_brief(brief, root, options.limits.data, read) if brief else (None, [])
    outcome = _read(path, root, options, written, read)
    return replace(outcome, problems=(*outcome.problems, *faults)) if faults else outcome


def _read(path: str, root: Path, options: Reading, brief: Written | None, read: disk.Read) -> Outcome:
    shown = f"content/{unicodedata.normalize('NFC', path)}"
    data, problems = bytes_of(root / path, shown, options.limits.article, "limits.article", read)
    if data is None:
        return Outcome(problems=tuple(problems))
    return read_bytes(data, path, root, options, brief)


def read_bytes(data: bytes, path: str, root: Path, options: Reading, brief: Written | None = None) -> Outcome:
    """Read what a file at `path` under `root` holds, or would hold."""
    name = unicodedata.normalize("NFC", path)
    file, problems = take_apart(data, f"content/{name}", options.limits.front_matter)
    if file is None:
        return Outcome(problems=tuple(problems))
    if path.startswith(PAGES):
        return _page(file, name, root, options)
    return _article(file, name, root, options, brief)


def _article(file: SourceFile, path: str, root: Path, options: Reading, brief: Written | None) -> Outcome:
    matter, problems = validate(file.front_matter, FrontMatter)
    if matter is None:
        return Outcome(problems=(*problems, *_faults(file, path, root, options)))
    name, day = _name(path)
    zone = ZoneInfo(options.timezone)
    published = _published(matter, day, zone)
    if published is None:
        at = file.front_matter.position()
        message, hint = '"date" is missing', "add a line such as  date: 2026-11-23"
        if day:
            message = f'"date" is missing, and {day} in the name of the file is no day'
        undated = Problem(at.path, at.line, at.column, "missing-key", message, hint)
        return Outcome(problems=(undated, *_faults(file, path, root, options)))
    slug = matter.slug or name
    url = urls.article(published, slug)
    beside = Beside(root, path, url, options.hosts, options.measured)
    lang = matter.lang or options.language
    body, faults = _body(file, beside, lang, options)
    image, more = _lead_image(matter, file, beside)
    sentences = (Sentence("s0", matter.title, 0, "", "title"), *body.sentences)
    edited, more_still = edits(matter, file.front_matter, brief, sentences)
    corrected, too_early = corrections.corrections(matter, file.front_matter, published, zone)
    told = [matter.updated, brief.fields.edited if brief else None]
    changed = [moment(day, zone) for day in told if day] + [correction.date for correction in corrected[:1]]
    article = Article(
        id=matter.id or blake2b(path.encode(), digest_size=8).hexdigest(),
        path=path,
        url=url,
        title=matter.title,
        slug=slug,
        published=published,
        updated=max([published, *changed]),
        lang=lang,
        body=ArticleBody(sentences, body.html),
        words=body.words,
        trusted=body.trusted,
        sources=tuple(Source(source.name, source.url) for source in matter.source),
        authors=tuple(matter.authors),
        topics=tuple(dict.fromkeys(matter.topics)),
        image=image,
        images=body.images,
        edits=edited,
        model_brief=model_brief(brief, sentences),
        aliases=tuple(dict.fromkeys(matter.aliases)),
        canonical_url=matter.canonical_url,
        rights=matter.rights,
        license=matter.license or "",
        retrieved_at=moment(matter.retrieved_at, zone) if matter.retrieved_at else None,
        pinned=matter.pinned,
        draft=matter.draft,
        story=matter.story or "",
        corrections=corrected,
        extra=matter.extra,
        places={
            **_places(file.front_matter, url, matter.aliases),
            **corrections.places(matter, file.front_matter, zone),
        },
    )
    return Outcome(article=article, links=body.links, problems=(*faults, *more, *more_still, *too_early))


def _page(file: SourceFile, path: str, root: Path, options: Reading) -> Outcome:
    matter, problems = validate(file.front_matter, PageFrontMatter)
    if matter is None:
        return Outcome(problems=(*problems, *_faults(file, path, root, options)))
    folder = PurePosixPath(*map(text.slug, PurePosixPath(path).relative_to(PAGES).parent.parts))
    name = matter.slug or _name(path)[0]
    place = folder if PurePosixPath(path).stem == "index" else folder / name
    url = "" if place == PurePosixPath() else f"{place.as_posix()}/"
    lang = matter.lang or options.language
    body, faults = _body(file, Beside(root, path, url, options.hosts, options.measured), lang, options)
    page = StandingPage(
        path=path,
        url=url,
        title=matter.title,
        lang=lang,
        html=body.html,
        trusted=body.trusted,
        updated=moment(matter.updated, ZoneInfo(options.timezone)) if matter.updated else None,
        aliases=tuple(dict.fromkeys(matter.aliases)),
        images=body.images,
        draft=matter.draft,
        extra=matter.extra,
        places=_places(file.front_matter, url, matter.aliases),
    )
    return Outcome(page=page, links=body.links, problems=tuple(faults))


def _places(document: Document, url: str, aliases: Sequence[str]) -> dict[str, Position]:
    """Say where the id and each address of a file are written."""
    written = {alias: document.position(("aliases", number)) for number, alias in enumerate(aliases)}
    return {**written, url: document.position(("slug",)), "id": document.position(("id",))}


def _name(path: str) -> tuple[str, str]:
    """Slug from a file's name (or its folder's, for an index), and the day at its start."""
    file = PurePosixPath(path)
    stem = file.parent.name if file.stem.lower() == "index" and file.parent.name else file.stem
    dated = DATED.match(stem)
    rest = stem[dated.end() :] if dated else stem
    return text.slug(rest or stem), dated[1] if dated else ""


def _published(matter: FrontMatter, day: str, zone: ZoneInfo) -> datetime | None:
    if matter.date is not None:
        return moment(matter.date, zone)
    try:
        return moment(datetime.fromisoformat(day).date(), zone) if day else None
    except (ValueError, OverflowError):
        return None


def _faults(file: SourceFile, path: str, root: Path, options: Reading) -> list[Problem]:
    """Find what is wrong in a text whose front matter is at fault: an editor wants to mend both at once."""
    return _body(file, Beside(root, path, "", options.hosts, options.measured), options.language, options)[1]


def _body(file: SourceFile, beside: Beside, lang: str, options: Reading) -> tuple[_Text, list[Problem]]:
    body = Body(file.body, file.front_matter.path, file.body_line)
    try:
        made = to_html(file.body, options.limits)
    except TooMuchError as error:
        at = body.near(error.near, error.before)
        return NOTHING, [Problem(at.path, at.line, at.column, error.code, str(error), error.hint)]
    except RecursionError:
        message = "this text is nested too deep, or holds a list too long, to convert"
        hint = "part it, or take out nesting"
        return NOTHING, [Problem(body.path, body.line, 1, "too-deep", message, hint)]
    found = strays(made)
    plain, faults = _text(refer(tokens(clean(spoken(made, found))), body, beside), lang)
    own = own_tokens(made) if options.trusted_html else None
    if own is None:
        return plain, [*faults, *swallowing(found, body)]
    told, faults = _text(refer(balanced(own), body, beside, own_ids(own)), lang)
    images = tuple(dict.fromkeys((*told.images, *plain.images)))
    return replace(told, html=plain.html, trusted=told.html, images=images), [*faults, *unclosed(own, body)]


def _text(referred: Referred, lang: str) -> tuple[_Text, list[Problem]]:
    anchored = anchor(referred.tokens, lang)
    html = "".join(anchored.html).strip()
    sentences, images, files = tuple(anchored.sentences), tuple(referred.images), tuple(referred.files)
    return _Text(html, "", sentences, anchored.words, images, files), referred.problems


def _lead_image(matter: FrontMatter, file: SourceFile, beside: Beside) -> tuple[Image | None, list[Problem]]:
    if matter.image is None:
        return None, []
    try:
        return beside.image(matter.image.src, matter.image.alt, matter.image.caption), []
    except UnfitError as error:
        at = file.front_matter.position(("image", "src"))
        return None, [Problem(at.path, at.line, at.column, error.code, str(error), error.hint)]
