"""Puts references to secrets into scripts, by how each place is quoted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from jenkins2gha.actions.expressions import Context
from jenkins2gha.actions.workflow import Env, Step, Text
from jenkins2gha.record import dataclass, replace
from jenkins2gha.secrets.tokens import HIDDEN, holds, pieces
from jenkins2gha.shell.bat import bat_reference, bat_states
from jenkins2gha.shell.powershell import powershell_reference, powershell_states
from jenkins2gha.shell.quotes import quote_states
from jenkins2gha.shell.quotes import reference as shell_reference
from jenkins2gha.shell.states import QuoteState


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Why no reference can stand where a secret stood."""

    reason: str


@dataclass(frozen=True, slots=True)
class _Language:
    states: Callable[[Sequence[str | None]], list[QuoteState]]
    reference: Callable[[QuoteState, str], str | None]


def _sh(state: QuoteState, variable: str) -> str | None:
    """A secret is one word wherever it stands."""
    written = shell_reference(state, variable)
    return f'"{written}"' if state is QuoteState.BARE else written


_LANGUAGES = {
    "sh": _Language(quote_states, _sh),
    "bat": _Language(bat_states, bat_reference),
    "powershell": _Language(powershell_states, powershell_reference),
}


def referenced(step: Step, names: Mapping[int, str], around: Env) -> Step | Unplaced:
    """The step with `${NAME}` for each mark in its script, and `NAME` among its secrets.

    `around` is the environment that the step has already: a name in it is not used again.
    """
    if not isinstance(step.run, str) or not holds(step.run):
        return step
    language = _LANGUAGES.get(step.script_kind)
    if language is None:
        return Unplaced("a secret of the source stands in a script that is no shell script")
    parts = list(pieces(step.run))
    states = iter(language.states([part if isinstance(part, str) else None for part in parts]))
    secrets: dict[str, Text] = dict(step.secrets)
    script: list[str] = []
    for part in parts:
        if isinstance(part, str):
            script.append(part)
            continue
        state, name = next(states), None if part is None else names.get(part)
        if state is QuoteState.COMMENT:
            script.append(HIDDEN)
            continue
        if name is None:
            return Unplaced("a secret of the source stands here that has no name")
        variable = _variable(name, secrets, around)
        written = language.reference(state, variable)
        if written is None:
            return Unplaced(f"the script holds the secret {name} where no variable is read")
        secrets[variable] = Context(f"secrets.{name}")
        script.append(written)
    return replace(step, run="".join(script), secrets=secrets)


def _variable(name: str, secrets: Env, around: Env) -> str:
    """The variable that holds a secret: its own name unless that means something else here."""
    variable, number = name, 2
    while variable in around or secrets.get(variable, Context(f"secrets.{name}")) != Context(
        f"secrets.{name}"
    ):
        variable, number = f"{name}_{number}", number + 1
    return variable
