"""What Groovy rejects after parsing: trees that its grammar allows and its compiler does not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.errors import GroovySyntaxError

_TARGETS = (ast.Name, ast.Index, ast.Assign)
_ACCESS: Final = ("private", "public", "protected")
_LITERALS = (ast.StringLiteral, ast.NumberLiteral, ast.BooleanLiteral, ast.NullLiteral)


def check_target(target: Any, start: int, end: int) -> None:
    """The left side of an assignment whose operator stands at `start`."""
    kind = type(target)
    if kind in _TARGETS or (kind is ast.Property and target.kind != ".&"):
        return
    names: dict[type, str] = {
        ast.StringLiteral: "a string",
        ast.GString: "a string",
        ast.NumberLiteral: "a number",
        ast.Call: "the result of a call",
        ast.Binary: "the result of an operator",
        ast.MapLiteral: "a map",
        ast.ListLiteral: "a list",
    }
    what = names.get(kind, "this expression")
    raise GroovySyntaxError(
        f"{what} cannot be assigned to: write a variable or a property on the left", start, end
    )


def check_duplicates(arguments: Sequence[Any], named: tuple[ast.MapEntry, ...]) -> None:
    """Two named arguments of one call with the same name."""
    if len(named) < 2:
        return
    seen = set()
    for entry in named:
        key = entry.key
        if isinstance(key, _LITERALS):
            name = _key_text(key)
            if name in seen:
                raise GroovySyntaxError(
                    f"the argument '{name}' is given twice: remove one",
                    arguments[0].start,
                    arguments[-1].end,
                )
            seen.add(name)


def _key_text(key: Any) -> str:
    if isinstance(key, ast.NullLiteral):
        return "null"
    return str(key.value).lower() if isinstance(key, ast.BooleanLiteral) else str(key.value)


def check_modifiers(modifiers: ast.Modifiers, starts: Sequence[int]) -> None:
    """Modifiers given twice, or two that say who may see."""
    words = modifiers.words
    if len(words) < 2:
        return
    access = False
    for at, word in enumerate(words):
        if word == "def" and "def" in words[:at]:
            raise GroovySyntaxError("'def' is given twice: remove one", starts[at])
        if word in words[:at]:
            raise GroovySyntaxError(f"the modifier '{word}' is given twice: remove one", starts[at])
        if word in _ACCESS:
            if access:
                raise GroovySyntaxError(
                    f"'{word}' contradicts the modifier before it: keep one", starts[at]
                )
            access = True


def check_parameters(parameters: Sequence[ast.Parameter]) -> None:
    if len(parameters) > 1 and parameters[0].varargs:
        first = parameters[0]
        raise GroovySyntaxError(
            f"the parameter '{first.name}' takes any number of values and must be the last",
            first.start,
            first.end,
        )
    for parameter in parameters:
        if parameter.modifiers:
            for word in parameter.modifiers.words:
                if word not in ("def", "final"):
                    raise GroovySyntaxError(
                        f"a parameter cannot be '{word}': only final and def are allowed",
                        parameter.start,
                        parameter.end,
                    )


def check_method(method: ast.Method, kind: str) -> None:
    """A method of a class of some kind, or of the script (`kind` is then empty)."""
    words = method.modifiers.words
    if "volatile" in words:
        raise GroovySyntaxError("a method cannot be 'volatile'", method.start, method.end)
    if kind == "@interface":
        return
    if "abstract" in words or kind == "interface":
        if method.body is not None:
            where = "an interface" if kind == "interface" else "abstract"
            raise GroovySyntaxError(
                f"the method '{method.name}' has a body but is {where}: remove the body"
                if kind != "interface"
                else f"the method '{method.name}' of {where} must not have a body: remove it",
                method.start,
                method.end,
            )
    elif method.body is None:
        raise GroovySyntaxError(
            f"the method '{method.name}' has no body: add one, or declare it abstract",
            method.start,
            method.end,
        )
    if kind == "interface":
        for parameter in method.parameters:
            if parameter.default is not None:
                raise GroovySyntaxError(
                    "a parameter of an interface's method cannot have a default value",
                    parameter.start,
                    parameter.end,
                )


def check_constructor(constructor: ast.Method) -> None:
    for word in constructor.modifiers.words:
        if word in ("static", "final", "abstract", "native"):
            raise GroovySyntaxError(
                f"a constructor cannot be '{word}'", constructor.start, constructor.end
            )


def check_names(statements: Sequence[Any]) -> None:
    """Two classes of the same name, in the file or in one class."""
    seen = set()
    for one in statements:
        if type(one) is ast.Class:
            if one.name in seen:
                raise GroovySyntaxError(
                    f"the class '{one.name}' is defined twice: rename one", one.start, one.end
                )
            seen.add(one.name)


def check_class(made: ast.Class) -> None:
    """Members that a class of its kind cannot have."""
    check_names(made.members)
    for member in made.members:
        if type(member) is ast.Method:
            if member.constructor:
                if made.kind in ("interface", "@interface"):
                    raise GroovySyntaxError(
                        "an interface has no constructor: remove it", member.start, member.end
                    )
                continue
            check_method(member, made.kind)
            if member.name == made.name and made.kind != "@interface":
                raise GroovySyntaxError(
                    "a constructor has no return type: remove it, or rename the method",
                    member.start,
                    member.end,
                )
        elif type(member) is ast.Initializer and made.kind in ("interface", "@interface"):
            raise GroovySyntaxError(
                "an interface has no initializer: remove it", member.start, member.end
            )


def check_switch(cases: Sequence[ast.Case], start: int, end: int) -> None:
    if sum(case.default for case in cases) > 1:
        raise GroovySyntaxError("'default' is given twice: remove one", start, end)


def check_loop_variable(modifiers: ast.Modifiers | None) -> None:
    if modifiers and any(word not in ("final", "def") for word in modifiers.words):
        raise GroovySyntaxError(
            "the variable of a loop can only be 'final'", modifiers.start, modifiers.end
        )
