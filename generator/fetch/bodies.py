"""What an answer holds, unpacked as it comes and never beyond its bounds."""

from __future__ import annotations

import zlib
from typing import Any

from generator.fetch.faults import FetchError

CODINGS = ("", "identity", "gzip", "x-gzip", "deflate")
GZIP, ZLIB, BARE = 31, 15, -15  # how zlib calls what it unpacks; the last is what some servers call deflate
MAGIC = b"\x1f\x8b"


class Body:
    """The bytes of an answer: `add` what comes, then take the `whole`.

    At most `most` bytes are kept, and none is unpacked beyond them, so that nothing small can fill the
    memory. More than that is a FetchError, unless `cut`; so is what is damaged, or ends too soon.
    """

    def __init__(self, coding: str, most: int, *, cut: bool = False) -> None:
        self._coding = coding.strip().lower()
        if self._coding not in CODINGS:
            raise _broken(f'it is packed as "{self._coding[:40]}", which was not asked for')
        self._packed = self._coding not in ("", "identity")
        self._most = most
        self._cut = cut
        self._kept = bytearray()
        self._waiting = b""  # the first byte of what is packed tells nothing without the second
        self._unpacking: Any = None
        self._ended = False

    @property
    def full(self) -> bool:
        """Whether it was cut: what else comes is passed over."""
        return len(self._kept) > self._most

    def add(self, raw: bytes) -> None:
        """Take the next bytes of the answer."""
        if not self._packed:
            self._keep(raw)
            return
        raw, self._waiting = self._waiting + raw, b""
        while raw and not self.full:
            if self._unpacking is None:
                if len(raw) < len(MAGIC):
                    self._waiting = raw
                    return
                self._unpacking = self._begin(raw[: len(MAGIC)])
                if self._unpacking is None:
                    return
            raw = self._unpack(raw)

    def whole(self) -> bytes:
        """Give all of it, once nothing more comes."""
        short = self._unpacking is not None or (self._waiting and not self._ended)
        if short and not self.full:
            raise _broken("it stops before its end")
        return bytes(self._kept[: self._most])

    def _begin(self, head: bytes) -> Any:
        """Begin to unpack; give None for what pads the end. gzip may be several, one after another."""
        if head == MAGIC:
            return zlib.decompressobj(GZIP)
        if self._ended:
            return None
        if self._coding != "deflate":
            raise _broken("what was packed cannot be unpacked")
        sound = head[0] & 15 == zlib.DEFLATED and int.from_bytes(head) % 31 == 0  # RFC 1950, 2.2
        return zlib.decompressobj(ZLIB if sound else BARE)

    def _unpack(self, raw: bytes) -> bytes:
        """Unpack as much as there is room for; give what is left to unpack."""
        unpacking = self._unpacking
        try:
            self._keep(unpacking.decompress(raw, self._most + 1 - len(self._kept)))
        except zlib.error as error:
            raise _broken("what was packed cannot be unpacked") from error
        if unpacking.eof:
            self._unpacking, self._ended = None, True
            return bytes(unpacking.unused_data)
        return bytes(unpacking.unconsumed_tail)

    def _keep(self, some: bytes) -> None:
        self._kept += some[: self._most + 1 - len(self._kept)]
        if self.full and not self._cut:
            raise too_large(self._most)


def too_large(most: int) -> FetchError:
    """Give the fault of an answer beyond its bounds."""
    return FetchError("answer-too-large", f"it is larger than {most / 1e6:g} MB", "nothing of it was kept")


def _broken(why: str) -> FetchError:
    return FetchError("broken-answer", f"the answer is damaged: {why}", "try again later")
