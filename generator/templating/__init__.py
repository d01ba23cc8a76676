"""The only door to Jinja: templates by name, the site's own before the theme's, and their faults.

A fault in a template is the user's input at fault: it comes back as a Problem at the template's
own path and line, whichever way Jinja met it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache, partial
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile
from traceback import walk_tb
from types import TracebackType
from typing import Any, Protocol

from jinja2 import (
    ChoiceLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.nodes import Template

from generator import urls
from generator.problems import InvalidSource, Problem
from generator.templating.attributes import Attributes, attributes
from generator.templating.engine import EDITION, Engine
from generator.templating.loading import Within, is_there, misplaced, unreadable
from generator.templating.unreached import ENDING, OUTSIDE, THEME, near, unreached

__all__ = ["Attributes", "Templates"]


class Memory(Protocol):
    """What is needed of a cache."""

    def recall(self, key: str) -> bytes | None: ...
    def keep(self, key: str, data: bytes) -> None: ...


class Templates:
    """Templates of a site: those in the first folder hide those of the same name in the next.

    A template that hides one of the last folder (the theme) may extend, include or import it all
    the same, as `theme/NAME`.

    `site_url` is the site's address and ends in a slash; `cache_folder` keeps compiled templates
    between builds. Cheap to make and to send to another process.
    """

    def __init__(self, folders: tuple[Path, ...], site_url: str, cache_folder: Path | None = None) -> None:
        self.folders = tuple(folder.resolve() for folder in folders)
        self.site_url = site_url
        self.cache_folder = cache_folder
        self._within = tuple(map(Within, self.folders))
        self._read: dict[Path, Template] = {}  # parsed: what several folders share is looked through once

    def __reduce__(self) -> tuple[type[Templates], tuple[tuple[Path, ...], str, Path | None]]:
        return type(self), (self.folders, self.site_url, self.cache_folder)

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        """Fill in a template.

        Raise InvalidSource at the template's path and line with the code `template-missing`,
        `template-syntax`, `template-undefined` or `template-failed`.
        """
        try:
            return self._environment.get_template(name).render(context)
        except InvalidSource:
            raise
        except Exception as error:  # a template may raise anything: it is the user's code
            raise InvalidSource([self._problem(name, error)]) from error

    def faults(self, memory: Memory | None = None, program: str = "") -> list[Problem]:
        """Find what is wrong in the form of the templates, each of them, before any is rendered.

        `memory` keeps that this `program` found each of them in use.
        """
        problems = [it for folder in self.folders for it in misplaced(folder)]
        for name in self._environment.list_templates(extensions=["html"]):
            if name.startswith(THEME):
                problems += self._reserved(name)
                continue
            try:
                self._environment.get_template(name)
            except InvalidSource as error:
                problems += [problem for problem in error.problems if problem not in problems]
            except (TemplateError, UnicodeDecodeError, OSError) as error:
                problems.append(self._problem(name, error))
        if problems:
            return problems
        told = f"templates in use {program} {self.digest()}"
        if memory and memory.recall(told) is not None:
            return []
        problems = list(self._in_vain())
        if memory and not problems:
            memory.keep(told, b"")
        return problems

    def digest(self) -> str:
        """Digest all that pages are rendered with: what templates may read, and the address of the site."""
        made = blake2b(self.site_url.encode(), digest_size=16)
        for within in self._within:
            for name, data in within.files.items():
                if isinstance(data, bytes):  # what cannot be read no template reads
                    made.update(f"{len(name)} {name} {len(data)} ".encode("utf-8", "surrogatepass") + data)
            for name, place in within.links.items():
                made.update(f"{len(name)} {name} -> {place} ".encode("utf-8", "surrogatepass"))
            made.update(b"|")
        return made.hexdigest()

    def files(self) -> tuple[tuple[str, Mapping[str, bytes]], ...]:
        """Give all that a template could be read from: each folder's name, and its files."""
        return tuple((within.folder.name, within.readable()) for within in self._within)

    def attributes(self, value: str) -> Attributes:
        """Say for each template which attributes of a value it may ask for, in itself or in what it reads."""
        theme = self._parsed(self._within[-1:])
        every = {
            **theme,
            **{THEME + name: made for name, made in theme.items()},
            **self._parsed(self._within),
        }
        return attributes(every, value)

    def _in_vain(self) -> Iterator[Problem]:
        """Tell which of the site's own templates, and which blocks of them, no page ever shows."""
        own = self._parsed(self._within[:-1])
        if not own:
            return
        for found in unreached(own, self._parsed(self._within[-1:])):
            hint = f"did you mean “{found.meant}”?" if found.meant else ""
            if found.block == OUTSIDE:
                message = "a template that extends another shows its blocks alone: this is never shown"
                hint = "put it into a block"
            elif found.block:
                message = f"nothing that this template extends has a block “{found.block}”: it is never shown"
                hint = hint or "the blocks are listed in the documentation, under Templates"
            else:
                message = "no page is made with this template, and no template reads it"
                hint = hint or "the theme's templates are listed in the documentation, under Templates"
            yield Problem(self._named(found.template), found.line, 1, "template-unused", message, hint)

    def _parsed(self, folders: Sequence[Within]) -> dict[str, Template]:
        names = ((name, within) for within in reversed(folders) for name in within.files)
        first = {name: within for name, within in names if name.endswith(ENDING)}
        for name, within in first.items():
            file = within.folder / name
            if file not in self._read:
                self._read[file] = self._environment.parse(within.text(name), name)
        return {name: self._read[first[name].folder / name] for name in sorted(first)}

    def _reserved(self, name: str) -> Iterator[Problem]:
        """Tell a template of the site's own that nothing can reach."""
        message = f"templates of the default theme are reached as “{THEME}…”: this one never is"
        for folder in (within.folder for within in self._within if name in within.files):
            path = f"{folder.name}/{name}"
            yield Problem(path, 1, 1, "template-hidden", message, "give its folder another name")

    @cached_property
    def _environment(self) -> Engine:
        theme = PrefixLoader({THEME.rstrip("/"): self._within[-1]})
        environment = Engine(
            loader=ChoiceLoader([theme, *self._within]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=self._bytecode(),
        )
        environment.filters.update(_filters(self.site_url))
        return environment

    def _bytecode(self) -> _Bytecode | None:
        if self.cache_folder is None:
            return None
        # Compiled templates hold addresses: Jinja works constants such as {{ "" | link }} out beforehand.
        made_by = f"{EDITION} {self.site_url}".encode()
        return _Bytecode(self.cache_folder / blake2b(made_by, digest_size=8).hexdigest())

    def _problem(self, name: str, error: Exception) -> Problem:
        if isinstance(error, TemplateSyntaxError):
            path = self._shown(error.filename) or self._named(error.name or name)
            return Problem(path, error.lineno, 1, "template-syntax", str(error.message))
        path, line = self._place(error.__traceback__) or (self._named(name), 1)
        if isinstance(error, UnicodeDecodeError):
            before = error.object[: error.start].decode()
            line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
            hint = "save the file as UTF-8"
            return Problem(path, line, column, "not-utf-8", "this is not UTF-8 text", hint)
        if isinstance(error, TemplateNotFound):
            message = f"there is no template “{error.name}”"
            known = [other for other in self._environment.list_templates() if other != error.name]
            meant = near(str(error.name), known)
            hint = f"did you mean “{meant}”?" if meant else f"it is looked for in {self._where()}"
            return Problem(path, line, 1, "template-missing", message, hint)
        if isinstance(error, OSError):  # as TemplateNotFound is
            return unreadable(self._named(name), error)
        if isinstance(error, UndefinedError):
            hint = "look up what each template is given in the documentation, under Templates"
            return Problem(path, line, 1, "template-undefined", str(error.message), hint)
        if isinstance(error, RecursionError):
            message = "this template extends or includes itself"
            hint = f"the theme's own file of that name is “{THEME}{name.removeprefix(THEME)}”"
            return Problem(path, line, 1, "template-failed", message, hint)
        return Problem(path, line, 1, "template-failed", f"{type(error).__name__}: {error}")

    def _place(self, trace: TracebackType | None) -> tuple[str, int] | None:
        """Innermost line of a template that the error passed through."""
        frames = ((self._shown(frame.f_code.co_filename), line) for frame, line in walk_tb(trace))
        places = [(path, line) for path, line in frames if path]
        return places[-1] if places else None

    def _shown(self, filename: str | None) -> str:
        """Path of a template as its owner knows it: from the folder that holds the templates' folder.

        One that another hides is named as an override names it: `theme/article.html`.
        """
        path = Path(filename or "")
        for folder in self.folders:
            if path.is_relative_to(folder):
                name = path.relative_to(folder).as_posix()
                return f"{folder.name}/{name}" if path == self._file(name) else f"{THEME}{name}"
        return ""

    def _file(self, name: str) -> Path:
        if name.startswith(THEME):
            return self.folders[-1] / name.removeprefix(THEME)
        files = (folder / name for folder in self.folders)
        return next(filter(is_there, files), self.folders[0] / name)

    def _named(self, name: str) -> str:
        return self._shown(str(self._file(name)))

    def _where(self) -> str:
        return " and ".join(dict.fromkeys(f"{folder.name}/" for folder in self.folders))


class _Bytecode(BytecodeCache):
    """Compiled templates in a folder. A damaged one counts as missing: run, it could end the program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            told, _, data = (self.folder / bucket.key).read_bytes().partition(b"\n")
            if told == _sum(data):
                bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template, whole or not at all. Where that cannot be done, nothing is said."""
        data = bucket.bytecode_to_string()
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self.folder, suffix=".part", delete=False) as file:
                beside = Path(file.name)
                try:
                    file.write(_sum(data) + b"\n" + data)
                    file.close()
                    beside.replace(self.folder / bucket.key)
                except BaseException:
                    beside.unlink(missing_ok=True)
                    raise


def _sum(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).hexdigest().encode()


def _filters(site_url: str) -> Iterator[tuple[str, Callable[[str], str]]]:
    # A page says most of its addresses as the page before it did.
    yield "link", lru_cache(1 << 12)(partial(urls.rooted, urls.base(site_url)))
    yield "absolute", partial(urls.absolute, site_url)
