"""What a run may take of calls and money, and what it took."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from generator.model import ModelChoice, Prices
from generator.summarise.models.asking import Request
from generator.summarise.models.doors import Reply

MILLION = 1_000_000


class SpentError(Exception):
    """The bound that the next call would pass."""


@dataclass(slots=True)
class Budget:
    """Lets a call begin only where its worst case, with those under way, stays within the bounds."""

    choice: ModelChoice
    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    _under_way: dict[int, float] = field(default_factory=dict)
    _ended: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def cost(self) -> float | None:
        """What was spent so far, where prices are known."""
        return cost(self.choice.prices, self.tokens_in, self.tokens_out)

    async def begin(self, request: Request) -> int:
        """Count a call that begins; gives the number to end it by. Raises SpentError.

        Where calls under way may still turn out cheaper than their worst case, it waits for them.
        """
        if self.choice.max_calls is not None and self.calls >= self.choice.max_calls:
            raise SpentError(f"max_calls: {self.choice.max_calls} calls are made")
        worst = cost(self.choice.prices, request.tokens, self.choice.max_tokens) or 0.0
        while self._passes(worst):
            if not self._under_way:
                raise SpentError(f"max_cost: one more call could pass {self.choice.max_cost:g}")
            self._ended.clear()
            await self._ended.wait()
        self.calls += 1
        self._under_way[self.calls] = worst
        return self.calls

    def _passes(self, worst: float) -> bool:
        """Tell whether one more call could cost more than is allowed."""
        if self.choice.max_cost is None:
            return False
        return (self.cost or 0.0) + sum(self._under_way.values()) + worst > self.choice.max_cost

    def end(self, number: int, reply: Reply | None) -> None:
        """Count what a call took; one that failed, nothing."""
        self._under_way.pop(number, None)
        self._ended.set()
        if reply:
            self.tokens_in += reply.tokens_in
            self.tokens_out += reply.tokens_out


def cost(prices: Prices | None, tokens_in: int, tokens_out: int) -> float | None:
    """Give what so many tokens cost."""
    if prices is None:
        return None
    return (tokens_in * prices.input + tokens_out * prices.output) / MILLION
