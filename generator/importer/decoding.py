"""Bytes of others -> text, whatever was said of their charset."""

from __future__ import annotations

import codecs
import re

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{1,40})",
    re.IGNORECASE,
)
HEAD = 4096
GUESSED = "its charset was guessed"
# https://encoding.spec.whatwg.org/#names-and-labels: what browsers read these as
AS_BROWSERS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}
AS_BROWSERS |= {"ascii": "cp1252", "shift_jis": "cp932", "sjis": "cp932", "shift-jis": "cp932"}
AS_BROWSERS |= {"gb2312": "gb18030", "gbk": "gb18030", "euc-kr": "cp949", "ks_c_5601-1987": "cp949"}


def decoded(data: bytes, charset: str = "") -> tuple[str, bool]:
    """Decode bytes; tell whether that took a guess, because what was declared does not fit.

    A mark at the start decides; then UTF-8 wherever the bytes are that, since no other text looks like it;
    then what the server said, then what the document says of itself, each of them strictly. Where none fits,
    no sign is lost: what is no UTF-8 is read as Windows-1252, byte by byte, so that neither a text in that
    charset nor one with a slip in it comes to harm.
    """
    for mark, name in BOMS:
        if data.startswith(mark):
            return _by(data[len(mark) :], name)
    declared = DECLARED.search(data[:HEAD])
    within = (declared[1] or declared[2]).decode() if declared else ""
    names = [name for name in (_known(charset), _known(within)) if name]
    try:
        text = data.decode()
    except UnicodeDecodeError:
        pass
    else:
        wide = [name for name in names if name.startswith(("utf-16", "utf_16", "iso2022", "utf-7", "utf_7"))]
        if not wide or names[0] not in wide:
            return text, bool(names) and names[0] not in ("utf-8", "cp1252") and not data.isascii()
    for name in names:
        if name == "cp1252":
            return data.decode("cp1252", BYTEWISE), False
        try:
            return data.decode(name), False
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", BYTEWISE), True


def _by(data: bytes, name: str) -> tuple[str, bool]:
    """Decode by what a mark says; a damaged pair of bytes has no other reading."""
    try:
        return data.decode(name), False
    except UnicodeDecodeError:
        return data.decode(name, BYTEWISE if name == "utf-8" else "replace"), True


def _bytewise(error: UnicodeError) -> tuple[str, int]:
    """Read what does not fit as Windows-1252, of which browsers take each byte for a sign."""
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101 -- only decoding asks
    bad = error.object[error.start : error.end]
    return "".join(WINDOWS.get(byte, chr(byte)) for byte in bad), error.end


WINDOWS = {byte: sign for byte in range(128, 256) if (sign := bytes([byte]).decode("cp1252", "ignore"))}
BYTEWISE = "broadsheet-bytewise"
codecs.register_error(BYTEWISE, _bytewise)


def _known(name: str) -> str:
    label = name.strip().lower()
    try:
        found = codecs.lookup(AS_BROWSERS.get(label, label)).name if label else ""
    except (LookupError, ValueError):
        return ""
    return found if found not in ("base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna") else ""
