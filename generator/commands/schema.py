"""broadsheet schema: JSON Schemas, so that an editor completes and checks keys."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click


@click.command(epilog="Example:  broadsheet schema docs/schemas")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
def schema(*, folder: Path | None) -> None:
    """Write the JSON Schemas of config.yaml and of the front matter to FOLDER, or print them."""
    made = schemas()
    if folder is None:
        click.echo(json.dumps(made, indent=2, ensure_ascii=False))
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in made.items():
        file = folder / f"{name}.schema.json"
        file.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
        click.echo(f"Wrote {file}", err=True)


def schemas() -> dict[str, dict[str, Any]]:
    """Schemas by name: `config`, `article`, `page`."""
    from generator.config.fields import ConfigFields
    from generator.content.front_matter import FrontMatter, PageFrontMatter
    from generator.schema.validation import json_schema

    return {
        "config": json_schema(ConfigFields, "Broadsheet: config.yaml", "A site's settings."),
        "article": json_schema(
            FrontMatter, "Broadsheet: an article's front matter", "What an article says of itself."
        ),
        "page": json_schema(
            PageFrontMatter, "Broadsheet: a page's front matter", "A page in content/pages/."
        ),
    }
