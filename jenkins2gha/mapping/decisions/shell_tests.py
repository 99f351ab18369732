"""Conditions that GitHub's expressions cannot say, as tests of a POSIX shell.

The values come from the environment of the step, so that no script holds what a run knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jenkins2gha.actions import expressions as gha
from jenkins2gha.actions.walk import contexts
from jenkins2gha.actions.workflow import Text
from jenkins2gha.jenkins.values import (
    AllOf,
    AnyOf,
    BuildFact,
    Choose,
    Comparison,
    Concat,
    Constant,
    EnvironmentRef,
    Expr,
    Method,
    Negation,
    PathTest,
    TextTest,
    Truth,
)
from jenkins2gha.mapping.decisions.checks import TextCheck
from jenkins2gha.mapping.decisions.filters import NUMERIC, filter_of
from jenkins2gha.mapping.decisions.kinds import kind_of
from jenkins2gha.mapping.decisions.logic import REF_NAME
from jenkins2gha.mapping.decisions.patterns import glob_expression, grep_pattern, literal_pattern
from jenkins2gha.mapping.decisions.predicates import Predicates
from jenkins2gha.mapping.decisions.values import Unknown, Unsaid, spares_pull_requests
from jenkins2gha.mapping.interpolation import Refusal, Script, flat, is_secret, needs_shell, word
from jenkins2gha.mapping.lower import lower, read, text_of_constant
from jenkins2gha.mapping.quoting import shell_word
from jenkins2gha.mapping.translation import Context, Scope
from jenkins2gha.record import replace

_ORDERS = {"==": "-eq", "!=": "-ne", "<": "-lt", "<=": "-le", ">": "-gt", ">=": "-ge"}
_BETWEEN = "\x01"
_BEFORE = gha.Operation(
    "||",
    (gha.Context("github.event.before"), gha.Context("github.event.pull_request.base.sha")),
)


class _Refused(Exception):
    pass


def shell_test(
    expr: Expr, predicates: Predicates, scope: Scope, context: Context
) -> Script | Refusal:
    """The command that succeeds where the condition holds."""
    return _tested(lambda tests: tests.condition(expr), predicates, scope, context)


def shell_value(expr: Expr, scope: Scope, context: Context) -> Script | Refusal:
    """A value that a shell computes, as one word of it."""
    predicates = Predicates(lambda part: lower(part, scope, context), context)
    return _tested(lambda tests: tests.value(expr), predicates, scope, context)


def _tested(
    write: Callable[[_Tests], str], predicates: Predicates, scope: Scope, context: Context
) -> Script | Refusal:
    tests = _Tests(predicates, scope, context)
    try:
        text = write(tests)
    except _Refused as refused:
        return Refusal(str(refused))
    read = _words(tests.read, scope, context)
    if isinstance(read, Refusal):
        return read
    for number, each in reversed([*enumerate(read.text.split(_BETWEEN))] if tests.read else []):
        text = text.replace(_mark(number), each)
    own = {name: one for name, one in tests.env.items() if not is_secret(one)}
    secrets = {name: one for name, one in tests.env.items() if is_secret(one)}
    return replace(read, text=text, env={**read.env, **own}, secrets={**read.secrets, **secrets})


def _mark(number: int) -> str:
    return f"\x02{number}\x02"


def _words(values: Iterable[Expr], scope: Scope, context: Context) -> Script | Refusal:
    """The words for some values, one behind the other: no two of them get the same name."""
    parts: list[Expr] = []
    for value in values:
        parts += [Constant(_BETWEEN), value] if parts else [value]
    if not parts:
        return Script("")
    script = word(Concat(tuple(parts)), scope, context)
    if isinstance(script, Refusal):
        return script
    own = script.text
    if own[:1] == "'":  # constants only
        return replace(script, text=own)
    return replace(script, text=own.replace(_BETWEEN, f'"{_BETWEEN}"'))


class _Tests:
    """Writes one test. `read` are the values in it, marked by their number; `env` is what the
    test has to find in its environment beside them."""

    def __init__(self, predicates: Predicates, scope: Scope, context: Context) -> None:
        self._predicates, self._scope, self._context = predicates, scope, context
        self.read: list[Expr] = []
        self.env: dict[str, Text] = {}

    def condition(self, expr: Expr) -> str:
        match expr:
            case Truth(operand):
                return self._truth(operand)
            case Negation(operand):
                return f"! {self._grouped(operand)}"
            case AllOf(operands):
                return " && ".join(self._grouped(one) for one in operands)
            case AnyOf(operands):
                return " || ".join(self._grouped(one) for one in operands)
        said = self._said(expr)
        if said is not None:
            return said
        match expr:
            case Comparison(operator, left, right):
                return self._comparison(operator, left, right)
            case TextTest(test, text, part):
                return self._text_test(test, text, part)
            case PathTest(text, pattern, comparator):
                return self._text_test(comparator, text, pattern)
            case BuildFact(name, arguments):
                return self._fact(name, dict(arguments))
        return self._truth(expr)

    def _grouped(self, expr: Expr) -> str:
        text = self.condition(expr)
        while isinstance(expr, Truth):
            expr = expr.operand
        return f"{{ {text}; }}" if isinstance(expr, AllOf | AnyOf | Negation) else text

    def _said(self, expr: Expr) -> str | None:
        """A part that GitHub can say reaches the script as `true` or `false`."""
        try:
            condition = self._predicates.of(expr)
        except Unknown as unknown:
            raise _Refused(str(unknown)) from None
        except Unsaid:
            return None
        fresh = f"CONDITION_{len(self.env) + 1}" if self.env else "CONDITION"
        name = next((name for name, text in self.env.items() if text == condition), fresh)
        self.env[name] = condition
        return f'[ "${name}" = true ]'

    def _truth(self, expr: Expr) -> str:
        kind = kind_of(expr, self._context)
        if isinstance(expr, Choose):
            condition, then, otherwise = (
                self._grouped(Truth(one)) for one in (expr.condition, expr.then, expr.otherwise)
            )
            return f"if {condition}; then {then}; else {otherwise}; fi"
        if kind == "flag" and isinstance(expr, Method):
            return self._flag(expr)
        if kind == "flag" and not isinstance(expr, Method | Constant):
            said = self._said(expr)
            if said is not None:
                return said
            if isinstance(
                expr,
                Truth | Negation | AllOf | AnyOf | Comparison | TextTest | PathTest | BuildFact,
            ):
                return self.condition(expr)
        if kind == "number":
            return f"[ {self.value(expr)} -ne 0 ]"
        return f"[ -n {self.value(expr)} ]"

    def _flag(self, expr: Method) -> str:
        text = self.value(expr.operands[0])
        match expr.word:
            case "toBoolean":
                return f"printf '%s\\n' {text} | grep -Eixq '[[:blank:]]*(true|y|1)[[:blank:]]*'"
            case "isEmpty":
                return f"[ -z {text} ]"
            case "isNumber" | "isInteger":
                digits = "-?[0-9]+" + (r"(\.[0-9]+)?" if expr.word == "isNumber" else "")
                return f"printf '%s\\n' {text} | grep -Exq '{digits}'"
        raise _Refused(f"no shell of ours knows `{expr.word}`")

    def _comparison(self, operator: str, left: Expr, right: Expr) -> str:
        kinds = {kind_of(one, self._context) for one in (left, right)}
        one, other = self.value(left), self.value(right)
        if kinds == {"number"}:
            return f"[ {one} {_ORDERS[operator]} {other} ]"
        if operator in ("==", "!=") and kinds == {"text"}:
            return f"[ {one} {'=' if operator == '==' else '!='} {other} ]"
        raise _Refused("it compares values of different kinds")

    def _text_test(self, test: str, text: Expr, part: Expr) -> str:
        if kind_of(text, self._context) not in ("text", None):
            raise _Refused("it looks into a value that is no text")
        lines = f"printf '%s\\n' {self._branch(test, text, part) or self.value(text)} | grep"
        if test in ("EQUALS", "equalsIgnoreCase"):
            if test == "EQUALS":
                return f"[ {self.value(text)} = {self.value(part)} ]"
            return f"{lines} -Fixq -e {self.value(part)}"
        if test == "contains":
            return f"{lines} -Fq -e {self.value(part)}"
        if not isinstance(part, Constant) or not isinstance(part.value, str):
            raise _Refused("the pattern is only known to a run")
        if test == "GLOB":
            return f"{lines} -Eixq {shell_word(glob_expression(part.value))}"
        if test in ("startsWith", "endsWith"):
            literal = literal_pattern(part.value)
            anchored = f"^{literal}" if test == "startsWith" else f"{literal}$"
            return f"{lines} -Eq {shell_word(anchored)}"
        return f"{lines} {self._grep(part.value, whole=test in ('matches', 'REGEXP'))}"

    def _branch(self, test: str, text: Expr, part: Expr) -> str | None:
        """The name of the ref where no pull request stands the test, by either of its names."""
        if text != EnvironmentRef("BRANCH_NAME") or not isinstance(part, Constant):
            return None
        kind = {"matches": "REGEXP"}.get(test, test)
        check = TextCheck(kind, str(part.value))  # type: ignore[arg-type]
        if not spares_pull_requests(check):
            return None
        reading = read(text, self._scope, self._context)
        own = reading.text is not None and REF_NAME.path in contexts(reading.text)
        return '"$GITHUB_REF_NAME"' if own else None

    def _grep(self, pattern: str, *, whole: bool) -> str:
        ignores = pattern.startswith("(?i)")
        found = grep_pattern(pattern.removeprefix("(?i)"))
        if found is None:
            raise _Refused(f"only Java reads the expression `{pattern}`")
        dialect, text = found
        if dialect == "P" and (self._context.container or self._context.runner.os == "macos"):
            raise _Refused(f"`grep` may not read the expression `{pattern}` there")
        flags = dialect + ("i" if ignores else "") + ("x" if whole else "") + "q"
        option = "-e " if text.startswith("-") else ""
        return f"-{flags} {option}{shell_word(text)}"

    def _fact(self, name: str, arguments: dict[str, Expr]) -> str:
        pattern = arguments.get("pattern")
        if name not in ("changeset", "changelog") or not isinstance(pattern, Constant):
            raise _Refused(f"GitHub does not know `{name}`")
        self.env["BASE"] = _BEFORE
        own = str(pattern.value)
        if name == "changelog":
            # A part of a line is looked for, so that `.*` around it says nothing.
            part = own.removeprefix(".*").removesuffix(".*") or own
            return f'git log --format=%B "$BASE"..HEAD | {self._lines(part)}'
        listed = 'git diff --name-only "$BASE"...HEAD'
        comparator = arguments.get("comparator", Constant("GLOB"))
        heeds = arguments.get("caseSensitive") == Constant(value=True)
        if str(getattr(comparator, "value", "")).upper() == "REGEXP":
            return f"{listed} | grep {self._grep(own, whole=True)}"
        expression = glob_expression(own.replace("\\", "/"))
        return f"{listed} | grep -E{'' if heeds else 'i'}xq {shell_word(expression)}"

    def _lines(self, pattern: str) -> str:
        return f"grep {self._grep(pattern, whole=False)}"

    def value(self, expr: Expr) -> str:
        """One word that stands for a value."""
        match expr:
            case Constant(value):
                return shell_word(text_of_constant(value))
            case Method(name):
                inner, commands = self._filtered(expr)
                if not commands:
                    return self.value(inner)
                own = " | ".join([f"printf '%s' {self.value(inner)}", *commands])
                # `wc` of macOS writes blanks in front of its number.
                return f'"$(( $({own}) ))"' if name in NUMERIC else f'"$({own})"'
            case Choose(condition, then, otherwise) if needs_shell(
                expr, self._scope, self._context
            ):
                test = self.condition(Truth(condition))
                one, other = self.value(then), self.value(otherwise)
                return f'"$(if {test}; then printf %s {one}; else printf %s {other}; fi)"'
            case Concat():
                parts = [Constant(one) if isinstance(one, str) else one for one in flat(expr)]
                if any(needs_shell(one, self._scope, self._context) for one in parts):
                    return "".join(self.value(part) for part in parts)
        if expr not in self.read:
            self.read.append(expr)
        return _mark(self.read.index(expr))

    def _filtered(self, expr: Expr) -> tuple[Expr, list[str]]:
        """The value that methods are called on, and the commands for them."""
        if not isinstance(expr, Method):
            return expr, []
        inner, *arguments = expr.operands
        if self._predicates.same_text(expr) is not None:
            return self._filtered(inner)
        command = filter_of(expr.word, arguments)
        if command is None:
            raise _Refused(f"no shell of ours knows `{expr.word}` with these values")
        own, commands = self._filtered(inner)
        return own, [*commands, command] if command else commands
