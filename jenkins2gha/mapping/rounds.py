"""One round of a loop as lines of a shell: steps with conditions of their own, as a job runs them.

Within a round `status` is to the steps what the status of the job is to those outside of a loop,
and a step whose outcome is asked has a variable. What only GitHub can tell stands in `env:`.
https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#status-check-functions
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from jenkins2gha.actions.conditions import TRUE, tests_status
from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Expression, Function, Literal, Not, Operation
from jenkins2gha.actions.rewrite import rewrite
from jenkins2gha.actions.walk import contexts, step_texts
from jenkins2gha.actions.workflow import Env, Text
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.record import dataclass, field, replace
from jenkins2gha.slug import slug

_STATUS = {
    "success": '[ "$status" -eq 0 ]',
    "failure": '[ "$status" -ne 0 ]',
    "always": "true",
    "cancelled": "false",
}
"""Where a person stops the job the whole loop ends, so that no round is ever cancelled."""


@dataclass(frozen=True, slots=True)
class Round:
    """The lines of a round, and the variables in which GitHub tells what they ask."""

    lines: tuple[str, ...]
    env: Env = field(default_factory=dict)


class _Unsaid(Exception):
    """A condition that depends on what a step inside gives to later steps."""


def is_plain(steps: Sequence[ActionStep]) -> bool:
    """Whether steps only run one behind the other, up to the first that fails."""
    return not any(one.condition or one.id or one.continue_on_error for one in steps)


def round_of(steps: Sequence[ActionStep], commands: Sequence[str]) -> Round | None:
    """The steps as a round, each by its command; None where one takes more from another than how
    it ended."""
    steps = _without_begun(steps)
    own = {one.id for one in steps if one.id}
    others = (text for one in steps for key, text in step_texts(one) if key != "if")
    if any("GITHUB_OUTPUT" in str(one.run) for one in steps) or reads(own, others):
        return None
    tests = _Tests(steps)
    try:
        blocks = list(_blocks(steps, commands, tests))
    except _Unsaid:
        return None
    if blocks[0].test == _STATUS["success"]:
        blocks[0] = replace(blocks[0], test="true", first=True)
    asked = (one.outcome for one in blocks if one.outcome and one.test != "true")
    first = " ".join(f"{name}=skipped" for name in asked)
    lines = [first] if first else []
    return Round((*lines, *(line for one in blocks for line in one.lines())), tests.env)


def reads(identifiers: Iterable[str], texts: Iterable[Text]) -> bool:
    """Whether some text tells what became of one of these steps."""
    wanted = set(identifiers)
    paths = (path.split(".") for text in texts for path in contexts(text))
    return any(path[0] == "steps" and path[1] in wanted for path in paths)


def _without_begun(steps: Sequence[ActionStep]) -> list[ActionStep]:
    """The steps, none of which asks whether the first one was reached, as that always is."""
    first = steps[0]
    if first.id is None or first.condition is not None:
        return list(steps)

    def change(node: Expression) -> Expression:
        match node:
            case Operation("!=", (Path(path), Literal("skipped"))) if path == asked:
                return TRUE
        return node

    asked = f"steps.{first.id}.outcome"
    return [rewrite(step, change) for step in steps]


@dataclass(frozen=True, slots=True)
class _Block:
    """Commands under a test: up to the first that fails where it asks for success, else all. One
    that is alone may `ignore` its failure, and its outcome may be noted in a variable."""

    test: str
    commands: tuple[str, ...]
    ignores: bool = False
    outcome: str | None = None
    first: bool = False

    def joins(self, other: _Block) -> bool:
        """Whether another block may as well be a part of this one."""
        plain = not any((self.ignores, self.outcome, other.ignores, other.outcome))
        same = self.test == other.test
        return plain and same and (self._waits or _STATUS["success"] not in self.test)

    @property
    def _waits(self) -> bool:
        return self.test.startswith(_STATUS["success"]) or self.first

    def lines(self) -> Iterator[str]:
        inside = list(self._inside())
        if self.test == "true":
            yield from inside
            return
        yield f"if {self.test}; then"
        yield from (f"  {line}" for line in inside)
        yield "fi"

    def _inside(self) -> Iterator[str]:
        failed = [] if self.ignores else ["status=$?"]
        if self.outcome:
            yield f"{self.outcome}=success"
            failed.append(f"{self.outcome}=failure")
        end = f"{{ {'; '.join(failed)}; }}" if len(failed) > 1 else "".join(failed) or "true"
        for place, command in enumerate(self.commands):
            waits = self._waits and place > 0
            follows = self._waits and place < len(self.commands) - 1
            yield f"{'  ' * waits}{command} {'&&' if follows else f'|| {end}'}"


def _blocks(
    steps: Sequence[ActionStep], commands: Sequence[str], tests: _Tests
) -> Iterator[_Block]:
    last: _Block | None = None
    for one, command in zip(steps, commands, strict=True):
        own = (command,) if command else ()
        if not own and one.id not in tests.outcomes:
            continue
        ignores, outcome = bool(one.continue_on_error), tests.outcomes.get(one.id or "")
        block = _Block(tests.of(one.condition), own, ignores, outcome)
        if last and last.joins(block):
            last = replace(last, commands=last.commands + own)
            continue
        if last:
            yield last
        last = block
    if last:
        yield last


class _Tests:
    """Conditions as tests of the shell. `outcomes` are the variables of the steps that are asked,
    `env` those of what GitHub tells."""

    def __init__(self, steps: Sequence[ActionStep]) -> None:
        self._inside = {one.id for one in steps if one.id}
        self._sets = any("GITHUB_ENV" in str(one.run) for one in steps)
        self._taken = {name for one in steps for name in (*one.env, *one.secrets)}
        self.env: dict[str, Text] = {}
        self.outcomes: dict[str, str] = {}
        conditions = [one.condition for one in steps if one.condition is not None]
        for identifier in (one.id for one in steps):
            if identifier and reads((identifier,), conditions):
                self.outcomes[identifier] = self._name(identifier)

    def _name(self, identifier: str) -> str:
        word = slug(identifier.lstrip("~").partition(":")[0]).replace("-", "_") or "step"
        name, number = f"{word}_outcome", 1
        while name in self.outcomes.values():
            number += 1
            name = f"{word}_{number}_outcome"
        return name

    def of(self, condition: Expression | None) -> str:
        """The test of a whole condition."""
        if condition is None:
            return _STATUS["success"]
        if tests_status(condition):
            return self._test(condition)
        return _all([_STATUS["success"], self._test(condition)])

    def _test(self, condition: Expression) -> str:
        match condition:
            case Literal(bool() as value):
                return str(value).lower()
            case Function(name) if name in _STATUS:
                return _STATUS[name]
            case Not(operand):
                return _not(self._test(operand))
            case Operation("&&", operands):
                return _all([self._test(one) for one in operands])
            case Operation("||", operands):
                return _any([self._test(one) for one in operands])
            case Operation("==" | "!=" as sign, (Path(path), Literal(str() as value))):
                root, _, rest = path.partition(".")
                identifier, _, asked = rest.partition(".")
                if root == "steps" and identifier in self.outcomes and asked == "outcome":
                    shown = f'"${self.outcomes[identifier]}"'
                    return f"[ {shown} {'=' if sign == '==' else '!='} {value} ]"
        return self._asked(condition)

    def _asked(self, condition: Expression) -> str:
        """What GitHub tells before the loop begins, where no step inside can change it."""
        changing = self._sets and any(path.startswith("env.") for path in contexts(condition))
        if changing or tests_status(condition) or reads(self._inside, (condition,)):
            raise _Unsaid
        told = Operation("||", (Operation("&&", (condition, Literal("true"))), Literal("false")))
        name = next((name for name, text in self.env.items() if text == told), None)
        if name is None:
            numbers = (f"CONDITION_{number}" for number in count(1))
            name = next(one for one in numbers if one not in self._taken and one not in self.env)
            self.env[name] = told
        return f'[ "${name}" = true ]'


def _not(test: str) -> str:
    if test in ("true", "false"):
        return "false" if test == "true" else "true"
    return f"! {{ {test}; }}" if " && " in test or " || " in test else f"! {test}"


def _all(tests: Sequence[str]) -> str:
    return _joined(tests, " && ", "true", "false")


def _any(tests: Sequence[str]) -> str:
    return _joined(tests, " || ", "false", "true")


def _joined(tests: Sequence[str], sign: str, neutral: str, deciding: str) -> str:
    """Tests of a shell as one: `neutral` changes nothing, `deciding` is all that counts."""
    if deciding in tests:
        return deciding
    other = " || " if sign == " && " else " && "
    parts = [test for test in dict.fromkeys(tests) if test != neutral]
    shown = [f"{{ {test}; }}" if other in test else test for test in parts]
    return sign.join(shown if len(parts) > 1 else parts) or neutral
