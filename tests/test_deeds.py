"""Who does what to whom, how many of what, on which side: false lines beside honest ones of the same words."""

from __future__ import annotations

import pytest

from generator.summarise.models.bench import Bench
from tests.making import an_article


def fault(report: str, line: str, lang: str = "en") -> str:
    """Say why a line would be dropped that rests on all the sentences of a report, or nothing."""
    sentences = tuple(f"{it.strip()}." for it in report.split(". "))
    article = an_article(
        "Notes of the week", paragraphs=(tuple(it.replace("..", ".") for it in sentences),), lang=lang
    )
    heard = article.sentences
    found = Bench.of(article, heard).faults(line, [it.id for it in heard[1:]])
    return found[0][0] if found else ""


BAN = "The council voted 7 to 2 against the ban. Senators from the north spoke for three hours against the bill."
JUDGE = "Judge Mira Stone sentenced Carl Webb to six years on Monday."
PARDON = "The governor did not pardon Rex Dole, who was convicted of murder in 2003."
RENTS = "Rents in Derby went up from 700 to 850 pounds. The bank fired 40 clerks."
ACCUSED = "Rona Bell accused her manager, Piet Haas, of harassment."

SHOT = "Police shot dead a gunman at the station in Varn on Tuesday. A nurse treated three passengers."
RAID = "The army killed at least nine villagers in the raid on Kesh. Militia fighters fled the valley before dawn."
GANG = "A gang kidnapped a banker in Olm. The banker's driver escaped and told the police."
DRIVER = "A driver hit a cyclist and fled. The police arrested the driver on Sunday and released the cyclist's phone."
AIDE = "The senator is not under investigation. His aide is under investigation for tax fraud."
LAWYER = "The jury convicted broker Neil Tarr of fraud on Monday. It acquitted his lawyer, Vera Lim."
SISTER = (
    "Dana Holt died in a crash on Friday. Her sister Emma Holt survived and thanked the driver, Kurt Wein."
)
FLOODS = (
    "Heavy floods hit the coast and killed 12 people. Two men and a boy, trapped in a cellar, were freed."
)
JOBS = "The firm hired 300 workers in Leeds and cut 120 jobs in Derby. It bought 14 ships, sold 9 trucks and lost 6."
WARD = "The hospital treated 40 patients, of whom 6 died and 9 left. The ward has 52 beds."
TRADE = (
    "Exports to Norland doubled to 80 million tonnes, and imports from Sudland halved to 30 million tonnes."
)
PLANT = "The plant will employ 420 people: 300 in Leeds and 120 in Derby. It cancelled 140 flights and delayed 90 others."
DUNN = "Police arrested Joe Dunn on Sunday. The man had fled."
ARDEN = (
    "The attackers, who fled in a van, were arrested by officers near the border. They had wounded a guard."
)


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
        (ACCUSED, "Rona Bell, accused of harassment, has a manager.", "support"),
        # Who does it, and to whom, without a name.
        (SHOT, "A gunman shot dead police at the station.", "support"),
        (SHOT, "Police shot dead a nurse at the station in Varn.", "support"),
        (SHOT, "A nurse shot dead a gunman at the station.", "support"),
        (SHOT, "Police were shot by a gunman in Varn.", "support"),
        (SHOT, "A gunman was shot dead by police in Varn on Tuesday.", ""),
        (RAID, "Nine villagers killed the army in the raid on Kesh.", "support"),
        (RAID, "At least nine villagers killed the army in the raid on Kesh.", "support"),
        (RAID, "The army killed militia fighters.", "support"),
        (RAID, "At least nine villagers were killed in a raid on Kesh.", ""),
        (GANG, "A banker kidnapped a gang in Olm.", "support"),
        (GANG, "A gang kidnapped the banker's driver in Olm.", "support"),
        (GANG, "The banker escaped.", "support"),
        (GANG, "A banker was kidnapped in Olm.", ""),
        (GANG, "The banker who kidnapped a gang told the police.", "support"),
        (GANG, "The driver of the banker escaped.", ""),
        (DRIVER, "The police arrested the cyclist on Sunday.", "support"),
        (DRIVER, "A cyclist fled.", "support"),
        (DRIVER, "The driver who hit a cyclist fled.", ""),
        (DRIVER, "The driver was arrested by the police on Sunday.", ""),
        (FLOODS, "Floods killed 12 people.", ""),
        (FLOODS, "Two men and a boy were freed.", ""),
        (FLOODS, "Two men were killed.", "support"),
        (ARDEN, "The attackers were arrested near the border.", ""),
        (ARDEN, "The attackers had wounded a guard.", ""),
        (DUNN, "A man was arrested by police on Sunday.", ""),
        (DUNN, "A man arrested police on Sunday.", "support"),
        (ARDEN, "A guard fled in a van.", "support"),
        # A number by the verb and by the noun that it has.
        (JOBS, "The firm cut 300 jobs in Leeds.", "number"),
        (JOBS, "The firm cut 300 workers in Leeds.", "number"),
        (JOBS, "It sold 14 ships.", "number"),
        (JOBS, "It bought 9 trucks.", "number"),
        (JOBS, "The firm hired 300 workers and cut 120 jobs.", ""),
        (JOBS, "Fourteen ships were bought.", ""),
        (WARD, "40 patients died.", "number"),
        (WARD, "Of 40 patients, 9 died.", "number"),
        (WARD, "The hospital treated 6 patients.", "number"),
        (WARD, "The ward has 52 patients.", "number"),
        (WARD, "Six of 40 patients died.", ""),
        (WARD, "Nine patients left.", ""),
        (TRADE, "Exports to Norland halved to 80 million tonnes.", "number"),
        (TRADE, "Imports from Sudland halved to 30 million tonnes.", ""),
        (PLANT, "The plant will employ 300 people in Leeds.", ""),
        (PLANT, "90 flights were delayed.", ""),
        # An investigation, a verdict, a death that a "his" or a "who" moves.
        (AIDE, "The senator is under investigation for tax fraud.", "support"),
        (AIDE, "His aide is under investigation for tax fraud.", ""),
        (PARDON, "The governor was convicted of murder in 2003.", "support"),
        (LAWYER, "The jury acquitted Neil Tarr.", "support"),
        (LAWYER, "Neil Tarr was acquitted of fraud.", "support"),
        (LAWYER, "The jury acquitted Vera Lim.", ""),
        (SISTER, "Dana Holt survived.", "support"),
        (SISTER, "Emma Holt survived.", ""),
    ],
)
def test_a_line_keeps_who_did_what(report: str, line: str, reason: str):
    assert fault(report, line) == reason


MOLL = "Das Gericht verurteilte Jens Moll wegen Diebstahls zu drei Jahren Haft. Es sprach seinen Bruder Uwe Moll frei."
TROST = "Das Gericht verurteilte Jens Moll wegen Diebstahls. Es sprach den Anwalt Uwe Trost frei."
VARN = "Ein Räuber erschoss einen Polizisten in Varn. Anna Holt, die Mutter des Opfers, weinte."
UMSATZ = "Der Umsatz stieg um 12 Prozent auf 48 Millionen Euro, die Schulden sanken um 7 Prozent."
MOLLET = (
    "Le tribunal a condamné Jean Mollet pour vol à trois ans de prison. Il a acquitté son frère Luc Mollet."
)
VENTES = "Les ventes ont augmenté de 12 %, mais les dettes ont baissé de 7 %."
MORA = "El tribunal condenó a Luis Mora por fraude a tres años de cárcel. Absolvió a su abogada, Ana Rius."
PRECIOS = "Los precios subieron un 12 por ciento y los salarios bajaron un 7 por ciento."


@pytest.mark.parametrize(
    ("lang", "report", "line", "reason"),
    [
        ("de", MOLL, "Das Gericht verurteilte Uwe Moll wegen Diebstahls zu drei Jahren Haft.", "support"),
        ("de", MOLL, "Das Gericht sprach Jens Moll frei.", "support"),
        ("de", MOLL, "Das Gericht sprach Uwe Moll frei.", ""),
        ("de", MOLL, "Das Gericht verurteilte Jens Moll zu drei Jahren Haft.", ""),
        ("de", TROST, "Das Gericht sprach Jens Moll frei.", "support"),
        ("de", VARN, "Ein Polizist erschoss einen Räuber in Varn.", "support"),
        ("de", VARN, "Einen Räuber erschoss ein Polizist in Varn.", "support"),
        ("de", VARN, "Anna Holt erschoss einen Polizisten in Varn.", "support"),
        ("de", VARN, "Einen Polizisten erschoss in Varn ein Räuber.", ""),
        ("de", UMSATZ, "Der Umsatz sank um 12 Prozent.", "number"),
        ("de", UMSATZ, "Der Umsatz stieg um 7 Prozent.", "number"),
        ("de", UMSATZ, "Die Schulden stiegen um 12 Prozent.", "number"),
        ("de", UMSATZ, "Die Schulden sanken um 7 Prozent.", ""),
        ("de", UMSATZ, "Um 12 Prozent stieg der Umsatz auf 48 Millionen Euro.", ""),
        ("fr", MOLLET, "Le tribunal a acquitté Jean Mollet.", "support"),
        ("fr", MOLLET, "Le tribunal a condamné Luc Mollet pour vol.", "support"),
        ("fr", MOLLET, "Le tribunal a acquitté Luc Mollet.", ""),
        ("fr", VENTES, "Les ventes ont baissé de 12 %.", "number"),
        ("fr", VENTES, "Les ventes ont augmenté de 12 %.", ""),
        ("es", MORA, "El tribunal absolvió a Luis Mora.", "support"),
        ("es", MORA, "El tribunal absolvió a Ana Rius.", ""),
        ("es", PRECIOS, "Los precios bajaron un 12 por ciento.", "number"),
        ("es", PRECIOS, "Los salarios bajaron un 7 por ciento.", ""),
    ],
)
def test_a_line_in_another_language_keeps_a_verdict_and_a_direction(
    lang: str, report: str, line: str, reason: str
):
    assert fault(report, line, lang) == reason
