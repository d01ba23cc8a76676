"""The sample paper's settings, made a new site's own."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from generator.schema.writing import text_scalar

if TYPE_CHECKING:
    from generator.starter import Beginning


def config(sample: str, beginning: Beginning, docs: str) -> str:
    """Put a site's own values into the sample's config.yaml; its comments stay.

    Raises ValueError where the sample lacks a line that is to be replaced.
    """
    wanted = {
        "title": text_scalar(beginning.title),
        "description": text_scalar(f"{beginning.title}: a news digest."),
        "url": beginning.url,
        "timezone": beginning.timezone,
        "  name": text_scalar(beginning.title),
        "  authority": json.dumps(beginning.authority),
    }
    text = sample
    for key, value in wanted.items():
        found = re.findall(rf"^{key}: .*$", text, re.MULTILINE)
        if len(found) != 1:
            raise ValueError(f"{len(found)} lines of the sample's config.yaml begin with {key!r}")
        text = text.replace(f"\n{found[0]}\n", f"\n{key}: {value}\n")
    return led_home(text, docs)


def led_home(text: str, docs: str) -> str:
    """Lead to a site's own schemas, and to the project's pages on the web."""
    return re.sub(r"(?<= )docs/(?=[\w-]+\.md)", f"{docs}/", text.replace("docs/schemas/", ".schemas/"))
