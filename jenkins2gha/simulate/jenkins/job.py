"""What the job knows of its script from the run before: the properties that the script sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.walk import walk
from jenkins2gha.simulate.jenkins.errors import Thrown, Unsupported
from jenkins2gha.simulate.jenkins.groovy.values import Symbol, Value
from jenkins2gha.simulate.jenkins.parameters import values

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run


def declare_job(run: Run, module: ast.Module) -> None:
    """The parameters of the last `properties` in a script: a run that is not the first has them.

    One whose arguments are not known before the script runs counts only once it has run.
    """
    found = [one for one in walk(module) if isinstance(one, ast.Call) and one.word == "properties"]
    for call in found[-1:]:
        if call.receiver is None and _is_plain(run, call):
            try:
                given = run.interpreter.arguments(call, run.interpreter.top)
            except (Thrown, Unsupported):
                continue
            declare(run, given.positional[0] if given.positional else None)


def _is_plain(run: Run, call: ast.Call) -> bool:
    """Whether nothing runs where the arguments are computed."""
    return all(
        run.describes(one.word or "")
        for one in walk(call)
        if isinstance(one, ast.Call) and one is not call
    )


def declare(run: Run, properties: Value) -> None:
    """Takes over the parameters that some properties declare."""
    for one in properties if isinstance(properties, list) else ():
        if not isinstance(one, Symbol) or one.name != "parameters" or not one.positional:
            continue
        declared = one.positional[0]
        known = values(declared if isinstance(declared, list) else [], run.situation)
        for name, value in known.items():
            run.build.parameters.setdefault(name, value)
            run.parameters.setdefault(name, value)
