"""What a run may take of calls and money, and what it took."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from generator.counting import plural
from generator.model import ModelChoice, Prices
from generator.summarise.models.asking import Request
from generator.summarise.models.doors import Reply

MILLION = 1_000_000


class SpentError(Exception):
    """The bound that the next call would pass."""


class DearError(Exception):
    """A call that could cost more than the whole run may."""


@dataclass(slots=True)
class Budget:
    """Lets a call begin only where its worst case, with those under way, stays within the bounds.

    Where nobody says what a call took, its worst case counts: `estimated` such calls are among `calls`. What
    a program takes is its own affair, unless config puts a price on it.
    """

    choice: ModelChoice
    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    estimated: int = 0
    _under_way: dict[int, Request] = field(default_factory=dict)
    _ended: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def cost(self) -> float | None:
        """What was spent so far, where prices are known."""
        return cost(self.choice.prices, self.tokens_in, self.tokens_out)

    async def begin(self, request: Request) -> int:
        """Count a call that begins; gives the number to end it by. Raises SpentError or DearError.

        Where calls under way may still turn out cheaper than their worst case, it waits for them.
        """
        worst = self._worst(request)
        if self.choice.max_cost == 0 and worst:
            raise SpentError("max_cost: nothing may be spent")
        if self.choice.max_cost is not None and worst > self.choice.max_cost:
            raise DearError(f"one call could cost {worst:.2g}, and max_cost is {self.choice.max_cost:g}")
        while self._passes(worst):
            if not self._under_way:
                raise SpentError(f"max_cost: one more call could pass {self.choice.max_cost:g}")
            self._ended.clear()
            await self._ended.wait()
        if self.choice.max_calls is not None and self.calls >= self.choice.max_calls:
            raise SpentError(f"max_calls: {plural(self.calls, 'call is', 'calls are')} made")
        self.calls += 1
        self._under_way[self.calls] = request
        return self.calls

    def _worst(self, request: Request) -> float:
        return cost(self.choice.prices, request.tokens, self.choice.max_tokens) or 0.0

    def _passes(self, worst: float) -> bool:
        """Tell whether one more call could cost more than is allowed."""
        if self.choice.max_cost is None:
            return False
        under_way = sum(self._worst(request) for request in self._under_way.values())
        return (self.cost or 0.0) + under_way + worst > self.choice.max_cost

    def end(self, number: int, reply: Reply | None, *, lost: bool = False) -> None:
        """Count what a call took; one that failed, nothing, unless it was `lost` on the way."""
        request = self._under_way.pop(number)
        self._ended.set()
        own = self.choice.provider == "command" and self.choice.prices is None
        if own or (reply is None and not lost):
            return
        took_in, took_out = (reply.tokens_in, reply.tokens_out) if reply else (None, None)
        # No question and no answer is of no tokens: who says so has not counted.
        counted_in, counted_out = max(took_in or 0, 0), max(took_out or 0, 0)
        self.tokens_in += counted_in or request.tokens
        self.tokens_out += counted_out or self.choice.max_tokens
        self.estimated += not (counted_in and counted_out)


def cost(prices: Prices | None, tokens_in: int, tokens_out: int) -> float | None:
    """Give what so many tokens cost."""
    if prices is None:
        return None
    return (tokens_in * prices.input + tokens_out * prices.output) / MILLION
