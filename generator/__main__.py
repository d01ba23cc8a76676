"""`python -m generator` and the installed command `broadsheet`."""

from __future__ import annotations

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line; an interruption is no fault, even before anything has begun."""
    try:
        from generator.cli import main as run

        run()
    except KeyboardInterrupt as error:
        sys.exit(*error.args or (130,))


if __name__ == "__main__":
    main()
