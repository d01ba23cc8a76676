"""What is known of each language: whole files, and briefs in German, French and Spanish."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from generator import summarise, text
from generator.text import languages
from tests.making import an_article

SENTENCES = Path(__file__).parent / "sentences"
FILES = sorted(Path(languages.__file__).parent.glob("*.toml"))
LANGUAGES = ("de", "en", "es", "fr")
OTHERS = ("de", "es", "fr")
# Keys that not every language needs.
OWN = {
    "capitalises_days",
    "counting_ends",
    "times",
    "days",
    "ordinals",
    "decimal_comma",
    "capitalises_nouns",
    "exclaiming",
    "organisation_after",
    "organisation_does",
    "tag",
}


def test_these_four_languages_are_known():
    assert tuple(file.stem for file in FILES) == LANGUAGES


@pytest.mark.parametrize("lang", OTHERS)
def test_a_language_is_whole(lang: str):
    known = text.language(lang)
    empty = {field.name for field in fields(known) if not getattr(known, field.name)}
    assert empty <= OWN
    assert len(known.stop) >= 150
    assert len(known.starters) >= 60
    assert (len(known.months), len(known.weekdays)) == (12, 7)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_patterns_compile_and_match_no_empty_text(lang: str):
    known = text.language(lang)
    for field in fields(known):
        value = getattr(known, field.name)
        if field.type == "tuple[str, ...]" and field.name != "after_no_duration":
            assert not [pattern for pattern in value if re.compile(pattern).fullmatch("")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", ["past", "future_cues", "why_cues"])
def test_cues_are_found_wherever_their_patterns_are(lang: str, key: str):
    """What begins with a boundary is tried at the beginnings of words alone, and parts only within brackets."""
    patterns: tuple[str, ...] = getattr(text.language(lang), key)
    for pattern in (it for it in patterns if it.startswith(r"\b")):
        bare = re.sub(r"\\.|\[[^\]]*\]", "", pattern)
        while "(" in bare:
            bare = re.sub(r"\([^()]*\)", "", bare)
        assert "|" not in bare, pattern
    said = (SENTENCES / f"{lang}.txt").read_text(encoding="utf-8").splitlines()
    said += [*patterns, *(line.upper() for line in said), *map(str.lower, said)]
    cues, any_of = text.any_cue(patterns), text.any_of(patterns)
    assert [cues.search(line) for line in said] == [bool(any_of.search(line)) for line in said]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "key", ["past", "future_cues", "why_cues", "boilerplate_lines", "boilerplate_headings"]
)
def test_letters_of_patterns_are_small_but_where_they_ask_for_capitals(lang: str, key: str):
    asking = [it for it in getattr(text.language(lang), key) if "(?-i:" not in it]
    assert [it for it in asking if (bare := re.sub(r"\\.", "", it)) != bare.lower()] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_are_in_lower_case(lang: str):
    """Short forms alone are as they are written."""
    known = text.language(lang)
    written = ("abbreviations", "perhaps", "counters", "unread")
    for field in fields(known):
        if field.type == "frozenset[str]" and field.name not in written:
            assert {word for word in getattr(known, field.name) if word != word.lower()} == set()


@pytest.mark.parametrize("tag", ["", "xx", "../en", "EN-GB", "tlh"])
def test_an_unknown_language_is_empty(tag: str):
    known = text.language(tag)
    assert (known == languages.Language()) is (tag != "EN-GB")


def test_a_key_that_is_not_known_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "qq.toml").write_text('stopp = "a"\n', encoding="utf-8")
    monkeypatch.setattr(languages, "__file__", str(tmp_path / "__init__.py"))
    with pytest.raises(KeyError):
        text.language("qq")


# ------------------------------------------------------------------------------------------ figures


def figures(lang: str, *said: str) -> list[tuple[str, str]]:
    made = summarise.choose()(an_article(paragraphs=[said], lang=lang))
    return [(figure.value, figure.unit) for figure in made.key_figures]


@pytest.mark.parametrize(
    ("lang", "said", "figure"),
    [
        ("de", "Das Werk kostet 5 Millionen Euro.", ("5", "Millionen Euro")),
        ("de", "Das Werk kostet 3,5 Mrd. Euro.", ("3,5", "Mrd. Euro")),
        ("de", "Der Platz kostet 1.234,50 Euro im Monat.", ("1.234,50", "Euro")),
        ("de", "Der Platz kostet 1.234,50 € im Monat.", ("1.234,50", "€")),
        ("de", "Die Stadt heizt 2.600 Wohnungen mit Abwärme.", ("2.600", "Wohnungen")),
        ("de", "Die Stadt baut 2.600 neue Wohnungen am Hafen.", ("2.600", "neue Wohnungen")),
        ("de", "Der Preis stieg um 3,5 Prozent.", ("3,5", "Prozent")),
        ("de", "Der Preis stieg um 3,5 % im Mai.", ("3,5", "%")),
        ("de", "Das Werk liefert 40 Megawatt an die Stadt.", ("40", "Megawatt")),
        ("de", "Die Leitung ist 12,5 Kilometer lang.", ("12,5", "Kilometer")),
        ("de", "Die Sitzung dauerte 6 Stunden ohne Pause.", ("6", "Stunden")),
        ("de", "Die Firma hat 400 bis 500 Mitarbeiter.", ("400 bis 500", "Mitarbeiter")),
        ("fr", "L’usine coûte 5 millions d’euros.", ("5", "millions d’euros")),
        ("fr", "L’usine coûte 2 milliards de dollars.", ("2", "milliards de dollars")),
        ("fr", "La place coûte 1 234,50 euros par mois.", ("1 234,50", "euros")),
        ("fr", "Le budget est de 5 M€ cette année.", ("5", "M€")),
        ("fr", "La ville chauffe 2\u202f600 logements au port.", ("2\u202f600", "logements")),
        ("fr", "Le prix a augmenté de 3,5 % en mai.", ("3,5", "%")),
        ("fr", "Le prix a augmenté de 3,5 pour cent.", ("3,5", "pour cent")),
        ("fr", "L’usine livre 40 mégawatts à la ville.", ("40", "mégawatts")),
        ("fr", "La séance a duré 6 heures sans pause.", ("6", "heures")),
        ("fr", "Le groupe a créé 3 000 nouveaux emplois.", ("3 000", "nouveaux emplois")),
        ("es", "La planta cuesta 5 millones de euros.", ("5", "millones de euros")),
        ("es", "La planta cuesta 40 mil dólares.", ("40", "mil dólares")),
        ("es", "La plaza cuesta 1.234,50 euros al mes.", ("1.234,50", "euros")),
        ("es", "La ciudad calienta 2.600 viviendas del puerto.", ("2.600", "viviendas")),
        ("es", "El precio subió un 3,5 % en mayo.", ("3,5", "%")),
        ("es", "El precio subió un 3,5 por ciento.", ("3,5", "por ciento")),
        ("es", "La planta da 40 megavatios a la ciudad.", ("40", "megavatios")),
        ("es", "La sesión duró 6 horas sin pausa.", ("6", "horas")),
    ],
)
def test_figures_of_a_language(lang: str, said: str, figure: tuple[str, str]):
    assert figures(lang, said) == [figure]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("de", "Die Sitzung beginnt am 12. März um 18 Uhr."),
        ("de", "Die Wahl war 2019, die nächste ist 2024."),
        ("de", "Der 54-jährige Weber kam am 3.9.2026."),
        ("de", "Weber ist 54 Jahre alt und wohnt in der Bahnhofstr. 40."),
        ("de", "Das steht auf Seite 40 des Berichts."),
        ("de", "Das war vor 10 Jahren in Werrabach."),
        ("de", "Sie gewannen 3:2 im Halbfinale."),
        ("fr", "La réunion a lieu le 12 mars à 18 h."),
        ("fr", "Paul Roy, 54 ans, est le maire."),
        ("fr", "Le scrutin de 2019 est annulé."),
        ("fr", "C’était il y a 10 ans à Roussac."),
        ("fr", "Voir la page 40 du rapport."),
        ("es", "La reunión es el 12 de marzo a las 18 horas en punto, dice el número 40."),
        ("es", "Ana López, 54 años, es la alcaldesa."),
        ("es", "Las elecciones de 2019 no valen."),
        ("es", "Eso fue hace 10 años en Llano."),
        ("es", "Está en la página 40 del informe."),
    ],
)
def test_what_is_no_figure_in_a_language(lang: str, said: str):
    assert figures(lang, said) == []


# ------------------------------------------------------------------------------------------- briefs

REPORTS = {
    "de": (
        (
            "Die Stadt Werrabach heizt ab 2027 rund 2.600 Wohnungen mit der Abwärme eines Rechenzentrums.",
            "Der Rat stimmte dem Vertrag am Montag mit 20 zu 11 Stimmen zu.",
        ),
        (
            "Die Leitung zum Hafen kostet 14,5 Millionen Euro.",
            "Er rechnet mit einer Bauzeit von zwei Jahren bis zum ersten Winter.",
            "Die Stadtwerke verlegen dafür zwölf Kilometer Rohr unter der alten Bahnstrecke.",
            "Der Betreiber Halden liefert die Wärme fünfzehn Jahre lang ohne Entgelt an die Stadt.",
        ),
        (
            "Kritik kommt von den Gegnern der Leitung im Norden der Stadt.",
            "Lesen Sie auch: Der Rat vertagt die Wahl",
        ),
    ),
    "fr": (
        (
            "La ville de Roussac chauffera dès 2027 quelque 2 600 logements avec la chaleur d’un centre de calcul.",
            "Le conseil a approuvé le contrat lundi par 20 voix contre 11.",
        ),
        (
            "La conduite vers le port coûte 14,5 millions d’euros.",
            "Elle demande deux ans de travaux avant le premier hiver de service.",
            "La régie posera douze kilomètres de tuyaux sous la vieille voie ferrée.",
            "Le groupe Halden livrera la chaleur à la ville pendant quinze ans sans la facturer.",
        ),
        (
            "Les opposants à la conduite vivent pour la plupart au nord de la ville.",
            "Lire aussi : Le conseil reporte le vote",
        ),
    ),
    "es": (
        (
            "La ciudad de Llano calentará desde 2027 unas 2.600 viviendas con el calor de un centro de datos.",
            "El consejo aprobó el contrato el lunes por 20 votos contra 11.",
        ),
        (
            "La tubería hasta el puerto cuesta 14,5 millones de euros.",
            "Ella exige dos años de obras antes del primer invierno de servicio.",
            "La empresa municipal pondrá doce kilómetros de tubos bajo la vieja vía del tren.",
            "El grupo Halden entregará el calor a la ciudad durante quince años sin cobrarlo.",
        ),
        (
            "Los vecinos que se oponen a la tubería viven casi todos al norte de la ciudad.",
            "Lea también: El consejo aplaza el voto",
        ),
    ),
}


@pytest.mark.parametrize("lang", OTHERS)
def test_a_report_gets_a_whole_brief(lang: str):
    report = REPORTS[lang]
    made = summarise.choose()(an_article(paragraphs=report, lang=lang))
    assert made.summary[0].text == report[0][0]
    assert len(made.key_points) >= 3
    assert made.coverage.boilerplate == ("s8",)
    assert "14,5" in [figure.value for figure in made.key_figures]
    told = [*made.summary, *made.key_points, *(figure.context for figure in made.key_figures)]
    assert all(line.kind == "verbatim" for line in told)
    assert report[1][1] not in [line.text for line in (*made.summary, *made.key_points)]  # it leans


def test_an_unknown_language_gets_a_summary_and_points_alone():
    made = summarise.choose()(an_article(paragraphs=REPORTS["de"], lang="xx", topics=()))
    assert made.summary
    assert made.key_points
    assert (made.key_figures, made.topics, made.coverage.boilerplate) == ((), (), ())
