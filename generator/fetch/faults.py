"""Why something could not be fetched."""

from __future__ import annotations

from typing import Any


class FetchError(Exception):
    """An address that could not be fetched.

    `code` names the kind of fault and never changes; `message` says what happened and `hint` what can be
    done, both for an editor and on one line each. `status` is the HTTP status where there was one, and
    `retry_after` how many seconds the host asked to be left alone.
    """

    def __init__(
        self, code: str, message: str, hint: str = "", *, retry_after: float | None = None, status: int = 0
    ) -> None:
        self.code = code
        self.message = message
        self.hint = hint
        self.retry_after = retry_after
        self.status = status
        super().__init__(message)

    def __reduce__(self) -> tuple[object, ...]:
        """Cross a process boundary whole."""
        named = {"retry_after": self.retry_after, "status": self.status}
        return _again, (self.code, self.message, self.hint, named)


def _again(code: str, message: str, hint: str, named: dict[str, Any]) -> FetchError:
    return FetchError(code, message, hint, **named)
