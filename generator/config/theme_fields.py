"""What may stand under theme: in config.yaml."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from generator.config.theme import Font, Theme
from generator.schema.validation import (
    BeforeValidator,
    Field,
    Model,
    Text,
    WithJsonSchema,
    fault,
    shown,
)

FAMILY = re.compile(r"-?[^\W\d_][\w .-]*")
WEIGHT = re.compile(r"[1-9]\d{0,2}( [1-9]\d{0,2})?")


def _colour(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", value):
        hint = 'write it with its hash between quotes: "#1a4d94"'
        raise fault("bad-colour", f"{shown(value)} is not a colour", hint)
    digits = value[1:] if len(value) == 7 else "".join(2 * digit for digit in value[1:])  # noqa: PLR2004 -- #rrggbb
    return f"#{digits.lower()}"


def _pair(value: Any) -> Any:
    return {"light": value} if isinstance(value, str) else value


def _families(value: Any) -> tuple[str, ...]:
    """Families of a CSS font stack, without their quotation marks."""
    written = value.split(",") if isinstance(value, str) else [""]
    families = tuple(" ".join(part.strip().strip("\"'").split()) for part in written)
    bad = [family for family in families if not FAMILY.fullmatch(family)]
    if bad:
        hint = 'write families with commas between them: "Charter, Georgia, serif"'
        raise fault("bad-font-stack", f"{shown(bad[0])} is not the name of a family of fonts", hint)
    return families


def _weight(value: Any) -> str:
    if not isinstance(value, str) or not WEIGHT.fullmatch(value):
        hint = 'write 400, or the range of a variable font: "200 900"'
        raise fault("bad-weight", f"{shown(value)} is not a weight", hint)
    return str(value)


Colour = Annotated[
    str, BeforeValidator(_colour), WithJsonSchema({"type": "string", "pattern": "^#([0-9a-fA-F]{3}){1,2}$"})
]
Families = Annotated[tuple[str, ...], BeforeValidator(_families), WithJsonSchema({"type": "string"})]
Weight = Annotated[
    str, BeforeValidator(_weight), WithJsonSchema({"type": ["string", "integer"], "pattern": WEIGHT.pattern})
]


class ToneFields(Model):
    """One colour, on light and on dark paper."""

    light: Colour = Field(description="On light paper.")
    dark: Colour | None = Field(None, description="On dark paper; else it follows from the other.")


Tone = Annotated[ToneFields, BeforeValidator(_pair, json_schema_input_type=Colour | ToneFields)]


class ColourFields(Model):
    """Colours, each on light and on dark paper."""

    paper: Tone | None = Field(None, description="The ground.")
    ink: Tone | None = Field(None, description="Text and thick rules.")
    small_print: Tone | None = Field(None, description="Labels and notes.")
    rule: Tone | None = Field(None, description="Hairlines.")
    accent: Tone | None = Field(None, description="The marks that lead to evidence, and focus.")
    marker: Tone | None = Field(None, description="The sentence that they lead to.")


class FontFields(Model):
    """A font file that the site publishes."""

    family: Text = Field(description="Its name, as text or labels call it.", max_length=80)
    file: Text = Field(description="A .woff2, .woff, .ttf or .otf in this folder.")
    weight: Weight = Field("400", description='Its weight, or "200 900" where it is variable.')
    style: Literal["normal", "italic"] = Field("normal", description="Upright or italic.")


class FontsFields(Model):
    """Families of fonts, and the files of those that no system has."""

    text: Families = Field((), description='Of what is read: "Charter, Georgia, serif".')
    labels: Families = Field((), description="Of labels and small print.")
    files: list[FontFields] = Field([], max_length=12, description="Font files that the site publishes.")


class ThemeFields(Model):
    """Values of the default theme."""

    colours: ColourFields = Field(ColourFields(), description="Colours, each one or {light, dark}.")
    fonts: FontsFields = Field(FontsFields(), description="Families of fonts.")
    logo: Text | None = Field(None, description="Picture in place of the title, a file in this folder.")

    def theme(self) -> Theme:
        """Give the checked values in plain form."""
        tones = ((role, getattr(self.colours, role)) for role in ColourFields.model_fields)
        return Theme(
            {role: (tone.light, tone.dark) for role, tone in tones if tone},
            self.fonts.text,
            self.fonts.labels,
            tuple(Font(it.family, it.file, it.weight, it.style) for it in self.fonts.files),
            self.logo,
        )
