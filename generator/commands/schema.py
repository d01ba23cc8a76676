"""broadsheet schema: JSON Schemas, so that an editor completes and checks keys."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from generator.commands import options
from generator.problems import Refusal


@click.command(epilog="Example:  broadsheet schema docs/schemas")
@click.argument("folder", type=options.Folder(), required=False, shell_complete=options.folders)
def schema(*, folder: Path | None) -> None:
    """Write JSON Schemas to FOLDER, or print them: for config.yaml and all that lies in content/."""
    made = schemas()
    if folder is None:
        click.echo(json.dumps(made, indent=2, ensure_ascii=False))
        return
    if folder.exists() and not folder.is_dir():
        raise Refusal(f"{folder} is no folder", "name one, or none to print the schemas")
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in made.items():
        file = folder / f"{name}.schema.json"
        file.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
        click.echo(f"Wrote {file}", err=True)


def schemas() -> dict[str, dict[str, Any]]:
    """Schemas by name: `config`, `article`, `page`, `brief-file` (NAME.brief.yaml), `brief` (brief.json).

    `edition-file` is that of content/editions/DATE.yaml.
    """
    from generator.config.fields import ConfigFields
    from generator.content.brief_fields import BriefFile
    from generator.content.editions import EditionFields
    from generator.content.front_matter import FrontMatter, PageFrontMatter
    from generator.exports import brief_schema
    from generator.schema.validation import json_schema

    return {
        "config": json_schema(ConfigFields, "Broadsheet: config.yaml", "A site's settings."),
        "article": json_schema(
            FrontMatter, "Broadsheet: an article's front matter", "What an article says of itself."
        ),
        "page": json_schema(
            PageFrontMatter, "Broadsheet: a page's front matter", "A page in content/pages/."
        ),
        "brief-file": json_schema(
            BriefFile,
            "Broadsheet: NAME.brief.yaml",
            "The brief of the article beside it.",
        ),
        "edition-file": json_schema(
            EditionFields,
            "Broadsheet: content/editions/DATE.yaml",
            "An edition's headline, note and order.",
        ),
        "brief": brief_schema(),
    }
