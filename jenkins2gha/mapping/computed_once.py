"""What several steps of a job compute from values that do not change, the first alone computes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jenkins2gha.actions.conditions import ALWAYS, SUCCESS, tests_status
from jenkins2gha.actions.expressions import Expression, Operation
from jenkins2gha.actions.rewrite import rewrite
from jenkins2gha.actions.walk import contexts, step_texts
from jenkins2gha.actions.workflow import Step
from jenkins2gha.mapping.hoisting import COMPUTED
from jenkins2gha.mapping.identifiers import renamed
from jenkins2gha.record import replace
from jenkins2gha.regex import regex

_NAME = regex(r"\$\{?([A-Za-z_]\w*)")
_SETTLED = ("github.", "inputs.", "vars.", "secrets.", "matrix.", "needs.", "runner.", "steps.")
"""Where values stand that are the same in all steps of a job which can read them."""


def computed_once(steps: Sequence[Step], constants: Iterable[str]) -> list[Step]:
    """The steps without those that compute what an earlier one has computed for sure.

    `constants` are the variables of the job that no step sets.
    """
    known, asked, result = frozenset(constants), _asked(steps), list[Step]()
    makers: list[Step] = []
    names: dict[str, str] = {}
    for written in steps:
        step = rewrite(written, renamed(names)) if names else written
        if not _is_settled(step, known) or step.id in asked:
            result.append(step)
            continue
        maker = next((one for one in makers if _is_same(one, step)), None)
        if maker is None or maker.id is None or step.id is None:
            makers.append(step)
            result.append(step)
        else:
            names[step.id] = maker.id
    return result


def _asked(steps: Sequence[Step]) -> set[str]:
    """The steps of which another asks more than what they have computed."""
    paths = (path for step in steps for _, text in step_texts(step) for path in contexts(text))
    parts = (path.split(".") for path in paths if path.startswith("steps."))
    return {own for _, own, *what in parts if what[:1] != ["outputs"]}


def _is_settled(step: Step, constants: frozenset[str]) -> bool:
    """Whether a step computes a value from others that stay what they are."""
    if step.origin is None or step.origin.rule != COMPUTED or step.parallel:
        return False
    own: Mapping[str, object] = {**step.env, **step.secrets}
    script = str(step.run)
    made = script.partition("=")[0]
    read = {name for name in _NAME.findall(script) if name not in (made, "GITHUB_OUTPUT")}
    texts = (*step.env.values(), *step.secrets.values())
    paths = [path for text in texts for path in contexts(text)]
    return read <= {*own, *constants} and all(path.startswith(_SETTLED) for path in paths)


def _is_same(maker: Step, step: Step) -> bool:
    """Whether a step computes what another has, wherever it runs."""
    bare = replace(step, id=maker.id, condition=maker.condition, stage=maker.stage, name=maker.name)
    same = replace(bare, origin=maker.origin, timeout_minutes=maker.timeout_minutes) == maker
    return same and _reaches(maker.condition, step.condition)


def _reaches(maker: Expression | None, step: Expression | None) -> bool:
    """Whether one step has run for sure wherever another does."""
    made, here = _parts(maker), _parts(step)
    in_any_case = ALWAYS in made or not any(map(tests_status, here))
    asks = [one for one in made if tests_status(one) and one != ALWAYS]
    return in_any_case and not asks and all(one in here for one in made)


def _parts(condition: Expression | None) -> tuple[Expression, ...]:
    if condition is None or condition == SUCCESS:
        return ()
    if isinstance(condition, Operation) and condition.operator == "&&":
        return condition.operands
    return (condition,)
