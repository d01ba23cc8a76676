"""What asking a model would take: calls, tokens, money, usually and at most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.counting import plural
from generator.model import Article, ModelChoice

# A question after an answer is sent that answer, and what of it did not pass with reasons: so many times it.
AGAIN = 4


def estimate(todo: Sequence[Article], choice: ModelChoice) -> dict[str, Any]:
    """Say what asking for these articles would take, without asking.

    At most is where each answer is asked again, as often as `retry` lets, and each question is answered at
    the last try alone, with all tries before it lost on the way and paid for.
    """
    from generator.summarise.models import asking
    from generator.summarise.models.budget import cost
    from generator.summarise.models.writing import PAUSES

    count, tries, questions = len(todo), 1 + len(PAUSES), 1 + choice.retry
    sent = sum(asking.asked(article, choice).tokens for article in todo)
    usual, calls = count * asking.USUAL, count * questions * tries
    most = calls * choice.max_tokens
    before = count * choice.retry * questions // 2  # answers that are sent along
    at_most = tries * (questions * sent + before * AGAIN * choice.max_tokens)
    dear = cost(choice.prices, at_most, most)
    if dear is not None and choice.max_cost is not None:
        dear = min(dear, choice.max_cost)
    return {
        "model": choice.model,
        "articles": [f"content/{article.path}" for article in todo],
        "calls": count,
        "calls_at_most": calls if choice.max_calls is None else min(calls, choice.max_calls),
        "tokens_in": sent,
        "tokens_in_at_most": at_most,
        "tokens_out": usual,
        "tokens_out_at_most": most,
        "cost": cost(choice.prices, sent, usual),
        "cost_at_most": dear,
    }


def told_estimate(data: dict[str, Any]) -> str:
    """Put an estimate into words."""
    calls, most = data["calls"], data["calls_at_most"]
    asked = f"{data['model']} would be asked for {plural(calls, 'brief')}: {plural(calls, 'call')}"
    lines = [
        f"{asked}, {most:,} at most, with second questions and every try after a failure",
        f"  tokens sent: about {data['tokens_in']:,}, {data['tokens_in_at_most']:,} at most",
        f"  tokens answered: about {data['tokens_out']:,}, {data['tokens_out_at_most']:,} at most",
    ]
    if data["cost"] is None:
        lines.append("  cost: unknown; config.yaml may say what tokens cost (summariser.prices)")
    else:
        lines.append(f"  cost: about {data['cost']:.2f}, {data['cost_at_most']:.2f} at most")
    return "\n".join(lines)
