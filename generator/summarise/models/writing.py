"""A run of calls: several at once, each answer kept as it comes, stopped by money or a provider."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Literal

from generator.model import Article, Brief, Entity, ModelChoice
from generator.summarise.models import answers, asking
from generator.summarise.models.answers import Answer
from generator.summarise.models.budget import Budget, DearError, SpentError
from generator.summarise.models.doors import Door, FailedError, Reply
from generator.summarise.models.kept import Begun, Kept, Memory, begun, keep, keep_begun, recalled
from generator.summarise.models.outcomes import FAULTS, Outcome, worded
from generator.summarise.models.proof import Drop, Proven, proven

PAUSES = (1.0, 4.0, 15.0)  # seconds before a second, third and fourth try
LONGEST = 120.0  # seconds that a provider may ask to be left alone; for longer we come back another day
DAY = 86_400.0
ENOUGH = 3  # articles in a row that nobody answered: then nobody is there
UNSEEN = frozenset(("repeat",))  # drops that are no reason to ask again

Sleep = Callable[[float], Awaitable[None]]


@dataclass(slots=True)
class Run:
    """All that a run came to. `stopped` says what ended it early; `left` are articles not asked for.

    `silent` counts articles in a row that got no answer; `status` is the one that ended it, if any did.
    """

    budget: Budget
    outcomes: list[Outcome] = field(default_factory=list)
    left: list[Article] = field(default_factory=list)
    stopped: str = ""
    why: Literal["", "spent", "denied"] = ""
    silent: int = 0
    status: int = 0


@dataclass(frozen=True, slots=True)
class Desk:
    """What a run works with. `told` is called after each article, where the caller keeps what it wants.

    `heard` is called after each call, with what came of it.
    """

    choice: ModelChoice
    door: Door
    memory: Memory
    base: Callable[[Article], Brief]
    known: tuple[Entity, ...] = ()
    told: Callable[[Outcome, Budget], None] = lambda _outcome, _budget: None
    sleep: Sleep = asyncio.sleep
    heard: Callable[[Article, asking.Request, Reply | FailedError], None] = lambda _article, _asked, _came: (
        None
    )


def write(todo: Sequence[Article], desk: Desk, budget: Budget | None = None) -> Run:
    """Ask for the brief of each article, in their order, and keep each answer. No failure is raised.

    Raises KeyboardInterrupt where the process is interrupted or told to end, with the exit code where it was
    told by a signal: nothing answered is lost, and what it took is counted in `budget` all the same.
    """
    codes: list[int] = []
    try:
        return asyncio.run(_written(todo, desk, budget or Budget(desk.choice), codes))
    except asyncio.CancelledError:
        raise KeyboardInterrupt(*codes[:1]) from None


def _end_with_us(codes: list[int]) -> None:
    """Let a signal that ends the process end the calls under way first, and the programs that answer them."""
    task = asyncio.current_task()

    def end(number: int) -> None:
        codes.append(128 + number)
        if task:
            task.cancel()

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is None or signal.getsignal(number) is signal.SIG_IGN:
            continue
        with suppress(NotImplementedError, RuntimeError, ValueError):  # Windows, or no main thread
            asyncio.get_running_loop().add_signal_handler(number, end, number)


async def _written(todo: Sequence[Article], desk: Desk, budget: Budget, codes: list[int]) -> Run:
    _end_with_us(codes)
    run = Run(budget)
    waiting = list(reversed(todo))

    async def work() -> None:
        while waiting and not run.stopped:
            article = waiting.pop()
            outcome = await _one(article, desk, run)
            if outcome is None:
                waiting.append(article)
            else:
                run.outcomes.append(outcome)
                desk.told(outcome, run.budget)

    workers = [asyncio.create_task(work()) for _ in range(min(desk.choice.concurrency, len(todo)))]
    try:
        await asyncio.gather(*workers)
    finally:  # of what ends by an error or a cancellation, gather waits for the first alone
        for worker in workers:
            if not worker.cancelling():
                worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        await desk.door.close()
    order = {article.path: place for place, article in enumerate(todo)}
    run.outcomes.sort(key=lambda outcome: order[outcome.article.path])
    run.left = sorted(waiting, key=lambda article: order[article.path])
    return run


async def _one(article: Article, desk: Desk, run: Run) -> Outcome | None:
    """Ask for one brief; None where the run is to stop before it."""
    try:
        outcome = await _asked(article, desk, run)
    except SpentError as error:
        run.stopped, run.why = str(error), "spent"
        return None
    except DearError as error:
        return Outcome(article, fault=str(error), settled=False, dear=True)
    except FailedError as error:
        if run.why == "denied":  # what ended it is told; this one had not all its tries
            return None
        run.silent += 1
        if error.kind == "denied":
            run.stopped, run.why, run.status = str(error), "denied", error.status
            return None
        if run.silent >= ENOUGH:
            run.stopped, run.why = f"{ENOUGH} articles in a row got no answer; the last: {error}", "denied"
            run.status = error.status
        return Outcome(article, fault=str(error), settled=False, status=error.status)
    run.silent = 0
    return outcome


async def _asked(article: Article, desk: Desk, run: Run) -> Outcome:
    """Ask until a brief passes whole, or may not be asked again; what passes of two answers is merged.

    Goes on where an earlier run was stopped, and keeps each answer before the next question.
    """
    before = come = begun(article, desk.choice, desk.memory)
    first = asking.asked(article, desk.choice)
    request = replace(first, turns=(*first.turns, *come.turns))
    base, made = desk.base(article), None
    while True:
        try:
            reply = await _replied(article, request, desk, run)
        except (SpentError, DearError, FailedError) as error:
            if come.answers:
                made = made or proven(article, come.answers, base, desk.choice.model, desk.known)
                if not _is_put_off(error, made):
                    break  # they are paid for: their lines that passed stay
            tried = isinstance(error, FailedError) and error.kind != "denied" and run.why != "denied"
            if come is not before or tried:
                keep_begun(article, desk.choice, desk.memory, replace(come, runs=come.runs + 1))
            raise
        read = _read(reply, desk.choice)
        come = replace(come, heard=come.heard + 1)
        last = come.heard > desk.choice.retry
        if not isinstance(read, Answer):
            fault, where = (read, "") if isinstance(read, str) else (read.fault, read.where)
            come = replace(come, fault=fault, where=where)
            if last or fault == "refused":
                break
            request = asking.mended(request, reply.text, fault, where)
        else:
            come = replace(come, answers=(*come.answers, read))
            made = proven(article, come.answers, base, desk.choice.model, desk.known)
            faults = [_told(drop) for drop in made.latest if drop.reason not in UNSEEN]
            if last or not faults:
                break
            request = asking.again(request, reply.text, faults)
        come = replace(come, turns=request.turns[len(first.turns) :])
        keep_begun(article, desk.choice, desk.memory, come)
    if made is None and come.answers:  # all of them of an earlier run
        made = proven(article, come.answers, base, desk.choice.model, desk.known)
    return _settled(article, desk, made, come)


def _is_put_off(error: Exception, made: Proven) -> bool:
    """Tell a second question that is for the next run: a bound came first, or nothing has passed yet."""
    if isinstance(error, FailedError):
        return error.kind != "unfit" and not made.passed
    return isinstance(error, SpentError)


def _settled(article: Article, desk: Desk, made: Proven | None, come: Begun) -> Outcome:
    fault = "" if made else come.fault
    before = recalled(article, desk.choice, desk.memory)
    # What is no better is no reason to lose an answer that was paid for before.
    if (made and made.passed) or not (before and before.answers):
        keep(article, desk.choice, desk.memory, Kept(come.answers, desk.choice.model, fault, come.where))
    if come.turns:
        keep_begun(article, desk.choice, desk.memory, Begun())
    if made is None:
        return Outcome(article, fault=worded(fault, come.where))
    return Outcome(article, made.brief, made.drops, "" if made.passed else FAULTS["unproved"])


def _read(reply: Reply, choice: ModelChoice) -> Answer | answers.Misfit | str:
    if reply.ended == "refused":
        return "refused"
    if reply.ended == "cut":
        return "cut"
    if not reply.text.strip():
        return "empty"
    own = choice.provider == "command"
    read = answers.published(reply.text) if own else answers.parsed(reply.text)
    return "bare" if read == answers.NOTHING else read


def _told(drop: Drop) -> str:
    words = f" ({drop.words})" if drop.words and drop.words != drop.line else ""
    return f'{drop.field}: "{drop.line}": {asking.REASONS[drop.reason]}{words}'


async def _replied(article: Article, request: asking.Request, desk: Desk, run: Run) -> Reply:
    """Call until there is a reply; between two tries the provider is left alone as long as it asks."""
    pauses = iter(PAUSES)
    error: FailedError | None = None
    while True:
        try:
            number = await run.budget.begin(request)
        except SpentError:
            if error is None:
                raise
            raise error from None  # why there is no answer, not why it is not tried again
        reply, lost = None, True  # as it is where we are interrupted
        try:
            async with asyncio.timeout(desk.choice.timeout):
                reply = await desk.door.ask(request)
        except TimeoutError:
            error = FailedError("later", f"no answer within {desk.choice.timeout:g} s")
        except FailedError as failed:
            error, lost = failed, failed.lost
        else:
            desk.heard(article, request, reply)
            return reply
        finally:
            run.budget.end(number, reply, lost=lost)
        desk.heard(article, request, error)
        if error.kind == "untold":
            continue
        pause = next(pauses, None)
        if error.kind == "later" and error.wait is not None and error.wait > LONGEST:
            told = f"{error.wait:,.0f} s" if error.wait < DAY else "more than a day"
            raise FailedError("denied", f"{error}; it asks to be left alone for {told}")
        if error.kind != "later" or pause is None or run.stopped:
            raise error
        await desk.sleep(pause if error.wait is None else error.wait)
