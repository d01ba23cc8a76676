"""Options that several commands take."""

from __future__ import annotations

from pathlib import Path

import click

site_folder = click.option(
    "--site",
    "folder",
    type=click.Path(path_type=Path),
    default=".",
    metavar="FOLDER",
    help="The site's folder.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Report as JSON on standard output.")
