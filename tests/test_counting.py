"""How messages count."""

from __future__ import annotations

import pytest

from generator.counting import beyond, plural, size


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (1500, "1.5 kB"),
        (99_960, "100 kB"),
        (999_499, "999 kB"),
        (999_500, "1 MB"),
        (1_000_000, "1 MB"),
        (1_005_001, "1.01 MB"),
        (2_850_000, "2.85 MB"),
        (28_512_345, "28.5 MB"),
        (104_857_600, "105 MB"),
        (1_200_000_000, "1.2 GB"),
        (4_321_000_000_000, "4,321 GB"),
    ],
)
def test_bytes_are_written_as_people_do(count: int, said: str):
    assert size(count) == said


def test_what_is_beyond_a_limit_never_reads_as_the_limit():
    assert beyond(1_470_000, 500_000) == "1.47 MB, more than 500 kB"
    assert beyond(1_000_001, 1_000_000) == "1,000,001 bytes, more than 1,000,000"


def test_one_is_one():
    assert [plural(count, "story", "stories") for count in (1, 2, 5016)] == [
        "1 story",
        "2 stories",
        "5,016 stories",
    ]
