"""`matrix` → `strategy.matrix`: one leg for each cell, the axes as variables of its steps.

https://www.jenkins.io/doc/book/pipeline/syntax/#declarative-matrix
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from jenkins2gha.actions import expressions as gha
from jenkins2gha.actions.workflow import Strategy, Text
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Attempt, ExcludeAxis, Item, Matrix, inner_items
from jenkins2gha.mapping.branches import not_stopped
from jenkins2gha.mapping.translation import Translation, binned
from jenkins2gha.plan.jobs import FailFast, Gap, PlannedJob
from jenkins2gha.plan.reads import items_of
from jenkins2gha.rules import diagnose


def axes_of(job: PlannedJob) -> dict[str, Text]:
    """The axes of a job's matrix, each with how a leg reads its value."""
    axes = job.matrix.axes if job.matrix else ()
    return {axis.name: gha.Context(f"matrix.{axis.name}") for axis in axes}


def map_matrix(job: PlannedJob, *, fails_late: bool) -> tuple[Strategy | None, Translation]:
    """The strategy of a job, None without a matrix, and what is said of it.

    With `fails_late` a leg fails at its end where the build is no more than UNSTABLE, which must
    not stop the others.
    """
    if job.matrix is None:
        return None, Translation()
    matrix = job.matrix
    strategy = Strategy(
        matrix={axis.name: axis.values for axis in matrix.axes},
        exclude=tuple(_excluded(matrix)),
        fail_fast=job.fail_fast is not None and not fails_late,
    )
    bins = binned(matrix.span, Certainty.EXACT)
    said = Translation()
    if job.fail_fast and fails_late:
        said = not_stopped(job.fail_fast)
    elif job.fail_fast:
        caught = _catches(items_of(job))
        bins += binned(job.fail_fast.asked, Certainty.APPROXIMATE if caught else Certainty.EXACT)
        said = _stopped_although(job.fail_fast) if caught else said
    if job.own_workspace:
        return strategy, said + Translation(outcomes=bins)
    message = "each cell has a workspace of its own; what one of them writes no other stage sees"
    own = diagnose("matrix-workspace", matrix.span, message, construct="matrix")
    bins += binned(matrix.span, Certainty.APPROXIMATE)
    return strategy, said + Translation(diagnostics=(own,), outcomes=bins)


def _catches(items: Iterable[Item | Gap]) -> bool:
    """Whether some `catch` ends an error, and with it that the cell is stopped."""
    return any(
        (isinstance(one, Attempt) and one.handler is not None and not one.rethrows)
        or (not isinstance(one, Gap) and _catches(inner_items(one)))
        for one in items
    )


def _stopped_although(fail_fast: FailFast) -> Translation:
    message = "a cell is stopped where another one fails, also inside a `try` that catches it"
    said = diagnose("fail-fast-caught", fail_fast.site, message, construct="failFast")
    return Translation(diagnostics=(said,))


def _excluded(matrix: Matrix) -> Iterator[Mapping[str, Text]]:
    """The combinations that are left out, each once; an axis that is not named may be anything."""
    values = {axis.name: axis.values for axis in matrix.axes}
    seen: list[dict[str, Text]] = []
    for exclude in matrix.excludes:
        names = [axis.name for axis in exclude]
        for cell in product(*(_matching(axis, values) for axis in exclude)):
            combination: dict[str, Text] = dict(zip(names, cell, strict=True))
            if combination and combination not in seen:
                seen.append(combination)
                yield combination


def _matching(axis: ExcludeAxis, values: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if not axis.negated:
        return axis.values
    return tuple(value for value in values.get(axis.name, ()) if value not in axis.values)
