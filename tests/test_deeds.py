"""Who does what to whom, how many of what, on which side: false lines beside honest ones of the same words."""

from __future__ import annotations

import pytest

from generator.summarise.models.bench import Bench
from tests.making import an_article


def fault(report: str, line: str) -> str:
    """Say why a line would be dropped that rests on all the sentences of a report, or nothing."""
    sentences = tuple(f"{it.strip()}." for it in report.split(". "))
    article = an_article("Notes of the week", paragraphs=(tuple(it.replace("..", ".") for it in sentences),))
    heard = article.sentences
    found = Bench.of(article, heard).faults(line, [it.id for it in heard[1:]])
    return found[0][0] if found else ""


BAN = "The council voted 7 to 2 against the ban. Senators from the north spoke for three hours against the bill."
JUDGE = "Judge Mira Stone sentenced Carl Webb to six years on Monday."
PARDON = "The governor did not pardon Rex Dole, who was convicted of murder in 2003."
RENTS = "Rents in Derby went up from 700 to 850 pounds. The bank fired 40 clerks."
ACCUSED = "Rona Bell accused her manager, Piet Haas, of harassment."


@pytest.mark.parametrize(
    ("report", "line", "reason"),
    [
        # For and against.
        (BAN, "The council voted 7 to 2 for the ban.", "support"),
        (BAN, "The council voted 7 to 2 in favour of the ban.", "support"),
        (BAN, "Senators from the north spoke for the bill.", "support"),
        (BAN, "The council voted against the ban.", ""),
        (BAN, "Senators from the north spoke against the bill for three hours.", ""),
        ("They voted for the budget and against the ban.", "They voted for the budget.", ""),
        # A calling or a name that has an imperative's form.
        (JUDGE, "Carl Webb was sentenced to six years on Monday.", ""),
        (JUDGE, "Mira Stone sentenced Carl Webb to six years.", ""),
        ("Judge Ada Moreno a criminal.", "Ada Moreno is a criminal.", "order"),
        ("State that Ada Moreno was arrested.", "Ada Moreno was arrested.", "order"),
        # A number by value, a price that went up to it, a "not" beside a name, who is named between commas.
        (RENTS, "Forty clerks were fired by the bank.", ""),
        (RENTS, "Rents in Derby went up to 850 pounds.", ""),
        (RENTS, "The bank fired up to 40 clerks.", "scope"),
        (PARDON, "Rex Dole was convicted of murder in 2003.", ""),
        (PARDON, "The governor pardoned Rex Dole.", "negation"),
        (ACCUSED, "Piet Haas was accused of harassment by Rona Bell.", ""),
        (ACCUSED, "Rona Bell was accused of harassment by Piet Haas.", "support"),
    ],
)
def test_a_line_keeps_who_did_what(report: str, line: str, reason: str):
    assert fault(report, line) == reason
