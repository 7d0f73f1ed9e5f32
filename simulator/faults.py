"""Faults on the way between a bot and Telegram, injected on purpose and repeatable through a seed."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """What goes wrong with a call."""

    SERVER_ERROR = "answered with a 5xx before anything was done"
    DROPPED = "the connection breaks before anything was done"
    LOST_ANSWER = "done, but the answer never comes: the connection hangs until the bot gives up"
    CUT_ANSWER = "done, but the connection breaks instead of the answer"
    SLOW = "done and answered, after a delay"
    FLOOD = "answered with 429 for everybody"
    SILENCE = "nothing is done and nothing is answered"


@dataclass(eq=False, slots=True)
class Rule:
    """A fault that befalls calls: with a probability, or the next `left` of them; `methods` empty means all."""

    fault: Fault
    probability: float
    methods: frozenset[str]
    left: int | None = None
    seconds: float = 0.0
    status: int = 502


@dataclass(eq=False, slots=True)
class Faults:
    """The faults in force; `time` gives the seconds by which a flood or a silence ends (the real ones)."""

    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 - chance for tests, no secret
    time: Callable[[], float] = time.monotonic
    rules: list[Rule] = field(default_factory=list)
    silent_until: float = 0.0
    flooded_until: float = 0.0
    happened: dict[Fault, int] = field(default_factory=dict)

    def often(self, fault: Fault, probability: float, *methods: str, seconds: float = 0.0, status: int = 502) -> None:
        """Let a fault befall each call with this probability; `seconds` is the delay of a slow one."""
        self.rules.append(Rule(fault, probability, _names(methods), None, seconds, status))

    def next(self, fault: Fault, count: int = 1, *methods: str, seconds: float = 0.0, status: int = 502) -> None:
        """Let a fault befall the next `count` calls (of these methods)."""
        self.rules.append(Rule(fault, 1.0, _names(methods), count, seconds, status))

    def silence(self, seconds: float = float("inf")) -> None:
        """Answer nothing for so long; without end until `calm`."""
        self.silent_until = self.time() + seconds

    def flood(self, seconds: float) -> None:
        """Answer 429 to every call for so long, with the seconds that are left as `retry_after`."""
        self.flooded_until = self.time() + seconds

    def calm(self) -> None:
        """End every fault."""
        self.rules.clear()
        self.silent_until = self.flooded_until = 0.0

    @property
    def silent(self) -> bool:
        """Tell whether nothing is answered now."""
        return self.silent_until > self.time()

    def flooded_for(self) -> float:
        """The seconds for which every call gets a 429, 0 where none does."""
        return max(0.0, self.flooded_until - self.time())

    def strikes(self, method: str) -> Rule | None:
        """The fault that befalls this call, None where all goes well; `method` in lower case."""
        if self.silent:
            return self._struck(Rule(Fault.SILENCE, 1.0, frozenset()))
        if (left := self.flooded_for()) > 0:
            return self._struck(Rule(Fault.FLOOD, 1.0, frozenset(), seconds=left))
        for rule in self.rules:
            if rule.methods and method not in rule.methods:
                continue
            if rule.left is None and self.chance.random() >= rule.probability:
                continue
            if rule.left is not None:
                rule.left -= 1
                if rule.left == 0:
                    self.rules.remove(rule)
            return self._struck(rule)
        return None

    def _struck(self, rule: Rule) -> Rule:
        self.happened[rule.fault] = self.happened.get(rule.fault, 0) + 1
        return rule


def _names(methods: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name.lower() for name in methods)
