"""The moment that counts as now for a command."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from generator.problems import Refusal


def now() -> datetime:
    """Now, or the moment that SOURCE_DATE_EPOCH gives (https://reproducible-builds.org/specs/source-date-epoch/)."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is None:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(given), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise Refusal(
            f"SOURCE_DATE_EPOCH={given} is not a moment", "give whole seconds since 1970"
        ) from error
