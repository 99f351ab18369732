"""Computed values as texts: `case()` for a choice, `true` or `false` for a condition."""

from __future__ import annotations

from collections.abc import Callable

from jenkins2gha.actions import expressions as gha
from jenkins2gha.actions.workflow import Text
from jenkins2gha.jenkins.values import Choose, Expr, Method, Truth
from jenkins2gha.mapping.decisions.kinds import kind_of
from jenkins2gha.mapping.decisions.predicates import Predicates, boolean
from jenkins2gha.mapping.decisions.values import Unsaid, as_expression
from jenkins2gha.mapping.translation import Context

Lower = Callable[[Expr], Text | None]


def computed(expr: Expr, lower: Lower, context: Context) -> tuple[Text | None, tuple[str, ...]]:
    """The text of a computed value, None where no expression of GitHub's can say it; and the values
    in it of which the case of letters gets lost."""
    predicates = Predicates(lower, context)
    try:
        text = _text(expr, lower, context, predicates)
    except Unsaid:
        text = None
    return text, predicates.loose


def _text(expr: Expr, lower: Lower, context: Context, predicates: Predicates) -> Text | None:
    match expr:
        case Choose(condition, then, otherwise):
            return _choice(predicates.of(Truth(condition)), then, otherwise, lower)
        case Method():
            same = predicates.same_text(expr)
            return None if same is None else lower(same)
    if kind_of(expr, context) != "flag":
        return None
    said = boolean(predicates.of(expr))
    if isinstance(said, gha.Literal):
        return "true" if said.value else "false"
    return said


def _choice(condition: gha.Expression, then: Expr, otherwise: Expr, lower: Lower) -> Text | None:
    if isinstance(condition, gha.Literal):
        return lower(then if condition.value else otherwise)
    texts = [lower(one) for one in (then, otherwise)]
    known = [as_expression(text) for text in texts if text is not None]
    if len(known) < len(texts):
        return None
    last = known[1]
    more = last.arguments if isinstance(last, gha.Function) and last.name == "case" else (last,)
    return gha.Function("case", (boolean(condition), known[0], *more))
