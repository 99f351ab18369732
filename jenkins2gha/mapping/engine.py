"""Translates the items of a stage, each by the first that knows it: user's row, row, mapper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from jenkins2gha.jenkins.pipeline import (
    Assignment,
    Attempt,
    Branches,
    BuildProperty,
    Choice,
    Groovy,
    Item,
    Step,
)
from jenkins2gha.jenkins.values import FROM_LIBRARY
from jenkins2gha.mapping.assignments import assignment, build_property, is_set_around
from jenkins2gha.mapping.attempts import attempt
from jenkins2gha.mapping.branches import parallel
from jenkins2gha.mapping.captured_steps import captured_step, fills_variable, is_left_unread
from jenkins2gha.mapping.captures import capture_ids, output_name
from jenkins2gha.mapping.choices import choice
from jenkins2gha.mapping.hoisting import hoisted
from jenkins2gha.mapping.mappers import MAPPERS
from jenkins2gha.mapping.placeholder import (
    from_library,
    gap,
    in_groovy,
    notifies,
    placeholder,
    row_of,
)
from jenkins2gha.mapping.placing import placed
from jenkins2gha.mapping.result_property import result_property
from jenkins2gha.mapping.rows import by_row, honoured, manual, unused_arguments
from jenkins2gha.mapping.settled import settled
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, together
from jenkins2gha.plan.jobs import Gap
from jenkins2gha.record import replace
from jenkins2gha.tables import table

Items = Iterable[Item | Gap]


def translate(items: Items, scope: Scope, context: Context) -> Translation:
    """The translation of some items, one behind the other, in their scope."""
    result = together(list(_one_by_one(items, scope, context)))
    return replace(result, steps=tuple(placed(step, scope) for step in result.steps))


def _one_by_one(items: Items, scope: Scope, context: Context) -> Iterator[Translation]:
    done, all_items = False, tuple(items)
    for item, behind in zip_longest(all_items, all_items[1:]):
        here = scope.changed(not_yet=scope.not_yet.inside(item)) if scope.not_yet else scope
        if done:
            done = False
        else:
            at_once = _variable(item, behind, here, context)
            done = at_once is not None
            yield at_once or _item(item, here, context)
        if scope.not_yet:
            scope = scope.changed(not_yet=scope.not_yet.behind(item))


def _variable(
    item: Item | Gap, behind: Item | Gap | None, scope: Scope, context: Context
) -> Translation | None:
    """A step and the assignment of what it prints as one; None for any other two."""
    if not isinstance(item, Step) or not isinstance(behind, Assignment) or item.captured is None:
        return None
    if not fills_variable(item, behind) or is_set_around(behind.name, scope, context):
        return None
    taken = hoisted(item, scope, context)
    own = captured_step(taken.step, item.captured, scope, taken.context, "GITHUB_ENV")
    if any(step.placeholder for step in own.steps):
        return None
    said = assignment(behind, scope, context)
    return taken.before + own + replace(said, steps=())


def _item(item: Item | Gap, scope: Scope, context: Context) -> Translation:
    if isinstance(item, Gap):
        return gap(item, scope, context)
    if isinstance(item, Groovy):
        return groovy(item, scope, context)
    match item:
        case Step():
            return _step(item, scope, context)
        case Choice():
            return choice(item, scope, context, _body_in(context))
        case Assignment():
            return assignment(item, scope, context)
        case Branches():
            return parallel(item, scope, context, _body_in(context))
        case BuildProperty("result"):
            return result_property(item, scope, context)
        case BuildProperty():
            return build_property(item, scope, context)
        case Attempt():
            return attempt(item, scope, context, _body_in(context))


def _body_in(context: Context) -> Translate:
    """Translates what stands in an item, in another scope."""

    def inner(items: tuple[Item | Gap, ...], scope: Scope) -> Translation:
        return translate(items, scope, context)

    return inner


def _step(step: Step, scope: Scope, context: Context) -> Translation:
    taken = hoisted(settled(step, scope, context), scope, context)
    return taken.before + _mapped(taken.step, scope, taken.context)


def _mapped(step: Step, scope: Scope, context: Context) -> Translation:
    if step.captured and not is_left_unread(step, context):
        return captured_step(step, step.captured, scope, context)
    row, inner = row_of(step.name, context), _body_in(context)
    if row is None and step.name not in MAPPERS:
        own = _unknown(step, scope, context)
        return own + (inner(step.body, scope) if step.body else Translation())
    name = (row or {}).get("mapper", step.name if row is None else None)
    if name is None:
        return _in_known_directory(
            step, by_row(step, row or {}, scope, context, inner), scope, context
        )
    if row is None or not ("arguments" in row or "ignores" in row):
        return _in_known_directory(step, MAPPERS[name](step, scope, context, inner), scope, context)
    result = MAPPERS[name](honoured(step, row), scope, context, inner)
    result += unused_arguments(step, row)
    return _in_known_directory(step, result, scope, context)


_IN_SCRIPTS = ("stash", "unstash")
"""Steps whose scripts stand in the directory, and whose actions do not look into it."""


def _in_known_directory(
    step: Step, result: Translation, scope: Scope, context: Context
) -> Translation:
    """An action cannot stand in a directory that only a run knows: it then is left to a person."""
    placed = any(one.uses for one in result.steps) and step.name not in _IN_SCRIPTS
    if scope.dynamic is None or step.body or not placed:
        return result
    message = f"`{step.name}` stands in a directory that only a run knows"
    own = manual(step, "directory-unknown", message, scope, context)
    return replace(own, outcomes=own.outcomes + result.outcomes)


def _unknown(step: Step, scope: Scope, context: Context) -> Translation:
    if not step.known and context.libraries:
        return manual(step, "library-missing", from_library(step, context), scope, context)
    if not step.known:
        return manual(step, "step-unknown", f"no step named `{step.name}` is known", scope, context)
    return manual(step, "step-unmapped", f"`{step.name}` is not translated", scope, context)


def groovy(item: Groovy, scope: Scope, context: Context) -> Translation:
    """A statement that is not evaluated: a placeholder for it, and one for each step in it."""
    rule = "groovy-value" if item.captured else "groovy-statement"
    hint = None
    if context.libraries and item.reason.endswith(FROM_LIBRARY):
        rule, hint = "library-missing", str(table("rules")[rule]["do"])
    result = placeholder(
        item.span,
        rule,
        f"{_kind(item)} is not translated: {item.reason}",
        hint=hint,
        scope=scope,
        context=context,
        construct="groovy",
        groovy=True,
        kind="value" if item.captured else "steps",
        notifies=bool(item.steps) and all(notifies(step, context) for step in item.steps),
    )
    if item.captured:
        own = capture_ids((item,))[item.captured.key][0]
        result = replace(result, steps=tuple(replace(one, id=own) for one in result.steps))
    return result + in_groovy(item.steps, scope, context)


def _kind(item: Groovy) -> str:
    if item.captured is None:
        return "this Groovy statement"
    what = "condition" if item.captured.form == "flag" else "value"
    return f"this {what} (output `{output_name(item.captured)}`)"
