"""What no run reaches: nothing of it stands in the workflow, and each call of it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jenkins2gha.diagnostics import Certainty, Outcome
from jenkins2gha.jenkins.pipeline import Branches, Groovy, Item, Step, inner_items, outer_steps
from jenkins2gha.mapping.rows import construct
from jenkins2gha.mapping.translation import NOTHING, Translation, together
from jenkins2gha.plan.jobs import Gap, PlannedStage
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Span


def never_runs(items: Iterable[Item | Gap], where: str) -> Translation:
    """Every step and statement among items that stand `where` no run comes, all of them dropped."""
    return together([_told(one, where) for one in _in(items)])


def stage_never_runs(
    stage: PlannedStage, never: Span, around: Translation = NOTHING
) -> Translation:
    """A stage in one that `never` runs, perhaps itself.

    What stages around that one say (`around` holds it, with what is said of all else) stays said.
    """
    where = "in a stage that never runs"
    blocks = [block for block in stage.post if _inside(block.span, never)]
    result = never_runs(stage.items, where)
    result += together([never_runs(block.steps, where) for block in blocks])
    agents = (stage.container,) if stage.container else ()
    own = (*stage.options, *stage.environment, *stage.tools, *agents, *blocks)
    sites = [one.span for one in own if _inside(one.span, never)]
    for variable in stage.environment:
        inner = (variable.value,) if isinstance(variable.value, Step) else variable.steps
        if _inside(variable.span, never):
            result += never_runs(inner, where)
    kept = Translation(
        diagnostics=tuple(one for one in around.diagnostics if not _inside(one.span, never)),
        outcomes=tuple(one for one in around.outcomes if not _inside(one.site, never)),
    )
    dropped = Translation(outcomes=tuple(Outcome(site, Certainty.DROPPED) for site in sites))
    return kept + result + dropped


def _inside(site: Span, outer: Span) -> bool:
    return outer.start <= site.start and site.end <= outer.end


def _in(items: Iterable[Item | Gap]) -> Iterator[Step | Groovy]:
    for item in items:
        if isinstance(item, Gap):
            continue
        if isinstance(item, Groovy):
            yield item
            yield from item.steps
            continue
        if isinstance(item, Branches):
            yield Step("parallel", {}, item.span, item.callee, ())
        yield from outer_steps(item)
        yield from _in(inner_items(item))


def _told(one: Step | Groovy, where: str) -> Translation:
    is_groovy = isinstance(one, Groovy)
    what = "this statement" if isinstance(one, Groovy) else f"`{one.name}`"
    name = "groovy" if isinstance(one, Groovy) else construct(one)
    said = diagnose("never-runs", one.span, f"{what} stands {where}", construct=name)
    outcome = Outcome(one.span, Certainty.DROPPED, groovy=is_groovy)
    return Translation(diagnostics=(said,), outcomes=(outcome,))
