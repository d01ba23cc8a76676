"""How messages and pages count."""

from __future__ import annotations


def plural(count: int, one: str, many: str = "") -> str:
    """`1 story`, `12 stories`, `5,016 articles`; `many` is `one` with an s where not given."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


UNITS = (("kB", 1000), ("MB", 1000**2), ("GB", 1000**3))


def size(count: int) -> str:
    """`1 byte`, `996 kB`, `2.85 MB`, `1.2 GB`: as people write bytes, to three figures."""
    found = plural(count, "byte")
    for unit, worth in UNITS:
        if count >= worth - worth // 2000:  # what would round to 1,000 of the unit below
            places = max(0, 3 - len(str(round(count / worth))))
            amount = f"{count / worth:,.{places}f}"
            found = f"{amount.rstrip('0').rstrip('.') if places else amount} {unit}"
    return found


def beyond(count: int, most: int) -> str:
    """`1.47 MB, more than 500 kB`; to the byte where both would read alike."""
    if size(count) == size(most):
        return f"{plural(count, 'byte')}, more than {most:,}"
    return f"{size(count)}, more than {size(most)}"
