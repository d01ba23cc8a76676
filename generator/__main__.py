"""`python -m generator` and the installed command `broadsheet`."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import NoReturn

STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))


def main() -> NoReturn:
    """Run the command line; an interruption is no fault, even before anything has begun."""
    _open_streams()
    try:
        from generator.cli import main as run

        run()
    except KeyboardInterrupt as error:
        sys.exit(*error.args or (130,))
    except SystemExit as done:
        _leave(done.code)
        raise


def _leave(code: object) -> None:
    """End at once when all is said: to take a large site apart in memory takes as long as to compose it.

    Does nothing where something is left to say that cannot be said.
    """
    if isinstance(code, int):
        with suppress(OSError, ValueError):
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
            os._exit(code)


def _open_streams() -> None:
    """Let a stream that was closed lead nowhere, before a file of ours takes its number and its output."""
    for name, mode in STREAMS:
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 -- to the end


if __name__ == "__main__":
    main()
