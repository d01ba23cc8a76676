"""What is wrong with a site as it would be published: its files read back, told where it was written."""

from generator.checks.articles import heavy_pictures, twins, wordless
from generator.checks.faults import Told, away, faults
from generator.checks.links import outside
from generator.checks.places import Sources
from generator.checks.survey import Survey, survey
from generator.checks.weight import Budget, budget

__all__ = [
    "Budget",
    "Sources",
    "Survey",
    "Told",
    "away",
    "budget",
    "faults",
    "heavy_pictures",
    "outside",
    "survey",
    "twins",
    "wordless",
]
