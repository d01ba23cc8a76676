"""What may stand in content/sources.state.yaml."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from generator.schema.validation import BeforeValidator, Field, Model, fault, shown
from generator.sources.state import MEND, Feed, State


def _moment(value: Any) -> datetime:
    try:
        return datetime.strptime(value, "%Y-%m-%dT%H:%M:%S%z").astimezone(UTC)
    except (TypeError, ValueError) as error:
        raise fault("bad-date", f"{shown(value)} is no moment as this file has it", MEND) from error


Moment = Annotated[datetime, BeforeValidator(_moment)]


class FeedFields(Model):
    """What is known of a feed behind a source."""

    url: str
    etag: str = ""
    modified: str = ""
    wait: Moment | None = None


class StateFields(Model):
    """What is known of a source."""

    url: str
    etag: str = ""
    modified: str = ""
    asked: Moment | None = None
    worked: Moment | None = None
    failing: Moment | None = None
    faulted: Moment | None = None
    fault: str = ""
    wait: Moment | None = None
    taken: int = Field(0, ge=0)
    feeds: list[FeedFields] = Field([], max_length=2000)

    def state(self) -> State:
        """Give the checked values in plain form."""
        feeds = tuple(Feed(**feed.model_dump()) for feed in self.feeds)
        return State(**self.model_dump(exclude={"url", "feeds"}), feeds=feeds)


class StateFile(Model):
    """The whole file."""

    sources: list[StateFields] = Field([], max_length=2000)
