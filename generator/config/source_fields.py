"""What may stand under sources: in config.yaml."""

from __future__ import annotations

from typing import Annotated

from generator.config.addresses import SourceUrl
from generator.model import Rights, Supplier
from generator.schema.validation import Field, Language, Model, Switch, Text, listed


class SupplierFields(Model):
    """A source that `broadsheet import --all` asks for articles."""

    name: Text = Field(description="Name of the outlet, as articles give it.", max_length=120)
    url: SourceUrl = Field(description="Its feed, a page, or a list of feeds (OPML).")
    rights: Rights = Field("excerpt", description="How much of its articles the site may publish.")
    topics: Annotated[list[Text], listed(str)] = Field(
        [], max_length=20, description="Topics that each of its articles gets."
    )
    language: Language | None = Field(None, description="Language of its articles, where they do not say.")
    limit: int = Field(20, ge=1, le=500, description="Most new articles that one run takes.")
    enabled: Switch = Field(default=True, description="Whether it is asked at all.")
    robots: Switch = Field(
        default=True,
        description="Whether its robots.txt is heeded: false only where its owner has agreed to be asked.",
    )

    def supplier(self) -> Supplier:
        """Give the checked values in plain form."""
        return Supplier(
            self.name,
            self.url,
            self.rights,
            tuple(dict.fromkeys(self.topics)),
            self.language,
            self.limit,
            self.enabled,
            self.robots,
        )
