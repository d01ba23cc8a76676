"""What asking a model would take: calls, tokens, money, usually and at most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.counting import plural
from generator.model import Article, ModelChoice

# A question after an answer is sent that answer, and what of it did not pass with reasons: so many times it.
AGAIN = 4


def estimate(todo: Sequence[Article], choice: ModelChoice) -> dict[str, Any]:
    """Say what asking for these articles would take, without asking, within the bounds of `choice`.

    At most is where each answer is asked again, as often as `retry` lets, and each question is answered at
    the last try alone, with all tries before it lost on the way and paid for.
    """
    from generator.summarise.models import asking
    from generator.summarise.models.budget import MILLION, cost
    from generator.summarise.models.writing import PAUSES

    prices, bound = choice.prices, choice.max_cost
    sizes = [asking.asked(article, choice).tokens for article in todo]
    if bound is not None:  # nobody is asked what one call could be too dear for
        sizes = [size for size in sizes if (cost(prices, size, choice.max_tokens) or 0.0) <= bound]
    usual = _usual(sizes, choice, asking.USUAL)
    # The largest first: which of them a bound comes before, nobody knows. A later question is sent more.
    answer = AGAIN * choice.max_tokens
    questions = [size + before * answer for size in sizes for before in range(1 + choice.retry)]
    every = sorted(questions * (1 + len(PAUSES)), reverse=True)[: choice.max_calls]
    at_most, most = sum(every), len(every) * choice.max_tokens
    dear = cost(prices, at_most, most)
    if dear is not None and prices is not None and bound is not None:
        dear = min(dear, bound)
        at_most = min(at_most, int(bound * MILLION / prices.input)) if prices.input else at_most
        most = min(most, int(bound * MILLION / prices.output)) if prices.output else most
    return {
        "model": choice.model,
        "articles": [f"content/{article.path}" for article in todo],
        "calls": len(usual),
        "calls_at_most": len(every),
        "left": len(todo) - len(usual),
        "tokens_in": sum(usual),
        "tokens_in_at_most": at_most,
        "tokens_out": len(usual) * asking.USUAL,
        "tokens_out_at_most": most,
        "cost": cost(prices, sum(usual), len(usual) * asking.USUAL),
        "cost_at_most": dear,
    }


def _usual(sizes: Sequence[int], choice: ModelChoice, answered: int) -> list[int]:
    """Give the sizes of the first questions that the bounds let begin, where each answer is as usual."""
    from generator.summarise.models.budget import cost

    begun: list[int] = []
    spent = 0.0
    for size in sizes[: choice.max_calls]:
        worst = cost(choice.prices, size, choice.max_tokens) or 0.0
        if choice.max_cost is not None and spent + worst > choice.max_cost:
            break
        begun.append(size)
        spent += cost(choice.prices, size, answered) or 0.0
    return begun


def told_estimate(data: dict[str, Any]) -> str:
    """Put an estimate into words."""
    calls, most, left = data["calls"], data["calls_at_most"], data["left"]
    briefs = f"{calls:,} of {plural(calls + left, 'brief')}" if left else plural(calls, "brief")
    asked = f"{data['model']} would be asked for {briefs}: {plural(calls, 'call')}"
    lines = [
        f"{asked}, {most:,} at most, with second questions and every try after a failure",
        f"  tokens sent: about {data['tokens_in']:,}, {data['tokens_in_at_most']:,} at most",
        f"  tokens answered: about {data['tokens_out']:,}, {data['tokens_out_at_most']:,} at most",
    ]
    if data["cost"] is None:
        lines.append("  cost: unknown; config.yaml may say what tokens cost (summariser.prices)")
    else:
        lines.append(f"  cost: about {data['cost']:.2f}, {data['cost_at_most']:.2f} at most")
    if left:
        lines.append(f"  left by max_calls or max_cost: {plural(left, 'article')}")
    return "\n".join(lines)
