"""Puts run-time values into scripts: the script reads them from its environment."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypeAlias

from jenkins2gha.actions.walk import contexts
from jenkins2gha.actions.workflow import Text
from jenkins2gha.jenkins.values import (
    BuildFact,
    Choose,
    Concat,
    Constant,
    EnvironmentRef,
    Expr,
    Hole,
    Method,
    ParameterRef,
    ResultOf,
    Verbatim,
    name_of,
)
from jenkins2gha.mapping.lower import (
    AMBIENT,
    Reading,
    defined_by_jenkins,
    lower,
    read,
    text_of_constant,
)
from jenkins2gha.mapping.nulls import NULL, or_null, unset, with_nulls
from jenkins2gha.mapping.powershell import in_double_quoted_strings
from jenkins2gha.mapping.quoting import assigns, in_double_quotes, is_plain, shell_word
from jenkins2gha.mapping.standing_in import standing_in
from jenkins2gha.mapping.translation import Context, Scope
from jenkins2gha.record import dataclass, field, replace
from jenkins2gha.regex import regex
from jenkins2gha.shell.bat import bat_reference, bat_states
from jenkins2gha.shell.powershell import powershell_reference, powershell_states
from jenkins2gha.shell.quotes import QuoteState, quote_states
from jenkins2gha.shell.quotes import reference as shell_reference

Language: TypeAlias = Literal["sh", "bat", "powershell"]
_READ_BY_SCRIPT = regex(
    r"""(?:\$\{?env:|\$\{?[!\#]?|%|\benv\.|\benviron(?:\.get)?[\[(]["']|\bgetenv\(["']|\bENV\[["'])
    (?P<name>[A-Za-z_]\w*)""",
    re.VERBOSE,
)


_PLAIN = regex(r"(?!\w*\+?=)[\w\s./:@+,=-]*")
"""A text that changes the quote state of nothing around it, in any of the languages; a value just
before `=` would be part of a name."""

_STATES: Mapping[Language, Callable[[Sequence[str | None]], list[QuoteState]]] = {
    "sh": quote_states,
    "bat": bat_states,
    "powershell": powershell_states,
}
_REFERENCES: Mapping[Language, Callable[[QuoteState, str], str | None]] = {
    "sh": shell_reference,
    "bat": bat_reference,
    "powershell": powershell_reference,
}


@dataclass(frozen=True, slots=True)
class Script:
    """A script, and what its environment has to hold beyond the job's and the scope's.

    `used` names what it reads of the scope's environment; `loose` the names whose value Jenkins
    would have read as code of the script, while here it is split into words at most.
    """

    text: str
    env: dict[str, Text] = field(default_factory=dict)
    secrets: dict[str, Text] = field(default_factory=dict)
    used: frozenset[str] = frozenset()
    loose: tuple[Hole, ...] = ()
    code: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a value cannot be put into a script, and the rule that says so."""

    reason: str
    rule: str = "script-value"


def interpolate(
    value: Expr, language: Language, scope: Scope, context: Context
) -> Script | Refusal:
    """The script with a variable of its environment in place of each value.

    >>> from jenkins2gha.mapping.translation import Runner, RunsOn
    >>> context = Context(Runner(RunsOn(("ubuntu-latest",)), "linux"))
    >>> parts = (Constant("echo '"), EnvironmentRef("HOME"), Constant("'"))
    >>> interpolate(Concat(parts), "sh", Scope(), context).text
    'echo "${HOME}"'
    """
    parts = flat(with_nulls(value, scope, context))
    own = _with_marks(parts)
    for part in parts:
        if not isinstance(part, str) and is_unset(part, scope, context):
            name = name_of(part)
            if assigns(own, name):
                reason = f"Groovy reads `{name}` before this script sets it"
                return Refusal(reason, "script-own-variable")
    names = _Names(scope, context, own)
    holes = [None if not isinstance(part, str) else part for part in parts]
    written: list[str] = []
    plain = all(_PLAIN.fullmatch(part) for part in parts if isinstance(part, str))
    found = [QuoteState.BARE] * len(parts) if plain else _STATES[language](holes)
    if language == "powershell":
        parts, found = in_double_quoted_strings(parts, found)
    states = iter(found)
    for number, part in enumerate(parts):
        if isinstance(part, str):
            written.append(part)
            continue
        state = next(states)
        if language == "powershell" and state is QuoteState.BARE:
            state = QuoteState.DOUBLE if _is_argument("".join(written)) else QuoteState.NAME
        text = names.put(part, language, state)
        if text is None:
            return Refusal(f"the value of `{name_of(part)}` stands where a script cannot read it")
        if state is QuoteState.SINGLE and _closes(parts, number):
            parts[number + 1] = str(parts[number + 1])[1:]
            text = text[:-1]
        if state is QuoteState.SINGLE and _opens(parts, number):
            written[-1] = written[-1][:-1]
            text = text[1:]
        written.append(text)
    code = [part for part in parts if not isinstance(part, str) or part.strip()]
    is_code = len(code) == 1 and not isinstance(code[0], str)
    return names.script("".join(written), code=is_code)


def is_unset(reference: Hole, scope: Scope, context: Context) -> bool:
    """Whether neither the pipeline nor Jenkins itself sets a name."""
    remark = read(reference, scope, context).remark
    return remark is not None and remark[0] == "environment-unset"


def _with_marks(parts: Sequence[str | Hole]) -> str:
    """The constant text of a script, without assignments of a value to its own name."""
    text = "".join(p if isinstance(p, str) else f"\0{name_of(p)}\0" for p in parts)
    text = re.sub(r"""(?<![\w$.-])(\w+)=("|'|)\0\1\0\2(?=[\s;&|)]|$)""", "", text)
    return re.sub(r"\0[^\0]*\0", "", text)


def _opens(parts: Sequence[str | Hole], number: int) -> bool:
    """Whether a hole in single quotes stands right behind the opening one, which then can go."""
    before = parts[number - 1] if number else ""
    return isinstance(before, str) and before.endswith("'")


def _closes(parts: Sequence[str | Hole], number: int) -> bool:
    """Whether a hole in single quotes stands right before the closing one, which then can go."""
    behind = parts[number + 1] if number + 1 < len(parts) else ""
    return isinstance(behind, str) and behind.startswith("'")


def word(value: Expr, scope: Scope, context: Context) -> Script | Refusal:
    """A value as one word of a POSIX shell."""
    value = with_nulls(value, scope, context)
    parts = flat(value)
    if all(isinstance(part, str) for part in parts):
        return Script(shell_word("".join(str(part) for part in parts)))
    if any(needs_shell(part, scope, context) for part in parts if not isinstance(part, str)):
        # A test in a shell reads values, and a value may be one that a shell computes.
        from jenkins2gha.mapping.decisions.shell_tests import shell_value

        return shell_value(value, scope, context)
    names = _Names(scope, context, "")
    written: list[str] = []
    for part in parts:
        if isinstance(part, str):
            written.append(in_double_quotes(part))
            continue
        text = names.put(part, "sh", QuoteState.DOUBLE)
        if text is None:
            return Refusal(f"the value of `{name_of(part)}` is known to no script")
        written.append(text)
    return names.script('"' + "".join(written) + '"')


def needs_shell(value: Expr, scope: Scope, context: Context) -> bool:
    """Whether a value is computed in a way that no expression of GitHub's can say."""
    return isinstance(value, Method | Choose) and lower(value, scope, context) is None


def names_read(script: str, context: Context) -> list[str]:
    """The names of the environment that a script reads and that somebody outside of it may set,
    each once, in order: Jenkins itself, or whoever sets what the pipeline's Groovy reads."""
    found = dict.fromkeys(match["name"] for match in _READ_BY_SCRIPT.finditer(script))
    known = {"STAGE_NAME", *context.read}
    return [name for name in found if name in known or defined_by_jenkins(name)]


def flat(value: Expr) -> list[str | Hole]:
    """The parts of a text: constants joined, and the names between them."""
    parts: list[str | Hole] = []
    for piece in _pieces(value):
        if isinstance(piece, str) and parts and isinstance(parts[-1], str):
            parts[-1] += piece
        else:
            parts.append(piece)
    return parts


def _pieces(value: Expr) -> list[str | Hole]:
    match value:
        case Constant(constant):
            return [text_of_constant(constant)]
        case BuildFact("error") | Verbatim():
            return [standing_in(value)]
        case Concat(parts):
            return [piece for part in parts for piece in _pieces(part)]
        case _:
            return [value]


def is_secret(text: Text) -> bool:
    """Whether a text holds a secret of GitHub."""
    return any(path.startswith("secrets.") for path in contexts(text))


def _is_argument(before: str) -> bool:
    """Whether PowerShell reads what follows as an argument of a command, as if in quotes."""
    command = re.split(r"[;|{}(]", before.rpartition("\n")[2])[-1]
    return re.match(r"\s*[&.]?\s*[\w./\\:-]+\s+(?!=)[^=]*$", command) is not None


def is_loose(reference: Hole, scope: Scope, context: Context) -> bool:
    """Whether a value may hold what a shell would read as code."""
    if isinstance(reference, Choose):
        ends = (reference.then, reference.otherwise)
        return any(_end_is_loose(one, scope, context) for one in ends)
    if not isinstance(reference, ParameterRef | EnvironmentRef):
        return not (isinstance(reference, ResultOf) and reference.key in context.words)
    name = reference.name
    set_ = name not in context.parameters and _is_visible(name, scope, context)
    set_ = set_ or defined_by_jenkins(name)
    if isinstance(reference, EnvironmentRef) and set_:
        return False
    option = context.parameters.get(name)
    return option is None or option.name in {"string", "text"}


def _end_is_loose(end: Expr, scope: Scope, context: Context) -> bool:
    """The same for one of the values between which a condition chooses."""
    if isinstance(end, Constant):
        return isinstance(end.value, str) and not is_plain(end.value)
    if isinstance(end, Concat):
        return any(_end_is_loose(part, scope, context) for part in end.parts)
    return is_loose(end, scope, context)


def is_set_by_pipeline(name: str, scope: Scope, context: Context) -> bool:
    """Whether a name may hold what the pipeline gave it, not Jenkins."""
    exported = {own.rstrip("+") for own, _ in scope.exports}
    around = (scope.env, scope.secrets, exported, scope.not_yet.perhaps, scope.left)
    whole = (context.environment, context.run_time, context.assigned, context.axes, context.left)
    return any(name in names for names in (*around, *whole, context.parameters))


def _is_visible(name: str, scope: Scope, context: Context) -> bool:
    """Whether a shell step has a variable of this name, whatever it is given here."""
    exported = {own.rstrip("+") for own, _ in scope.exports}
    around = (scope.env, scope.secrets, exported, AMBIENT)
    whole = (context.environment, context.run_time, context.parameters)
    return any(name in names for names in (*around, *whole))


class _Names:
    """Gives each value of one script a name that the script does not use for anything else."""

    def __init__(self, scope: Scope, context: Context, script: str) -> None:
        self._scope, self._context, self._script = scope, context, script
        self._env: dict[str, Text] = {}
        self._used: dict[str, None] = {}
        self._loose: dict[Hole, None] = {}

    def put(self, reference: Hole, language: Language, state: QuoteState) -> str | None:
        """What to write for a name at a place; None where nothing can stand."""
        reading = read(reference, self._scope, self._context)
        if state is QuoteState.BARE and language == "sh":
            constant = self._constant(reference)
            if constant is not None and not is_plain(constant):
                return constant
            if is_loose(reference, self._scope, self._context):
                self._loose[reference] = None
        maybe = isinstance(reference, EnvironmentRef) and self._is_maybe_unset(reference.name)
        if maybe and language != "sh":
            text = or_null(reference, reading.text, self._scope, self._context)
            reading = replace(reading, text=text, present=False)
        name = self._name(reference, reading)
        if name is None:
            return None
        if maybe and language == "sh":
            # What another job hands on is empty where it is not set.
            name += f":-{NULL}" if name in self._context.passed else f"-{NULL}"
        return _REFERENCES[language](state, name)

    def _is_maybe_unset(self, name: str) -> bool:
        return unset(name, self._scope, self._context) == "perhaps"

    def script(self, text: str, *, code: bool = False) -> Script:
        return Script(
            text,
            env={name: value for name, value in self._env.items() if not is_secret(value)},
            secrets={name: value for name, value in self._env.items() if is_secret(value)},
            used=frozenset(self._used),
            loose=tuple(self._loose),
            code=code,
        )

    def _name(self, reference: Hole, reading: Reading) -> str | None:
        if reading.alias:
            return reading.alias
        own = re.sub(r"\W", "_", name_of(reference))
        settled = reading.text is None or not assigns(self._script, own)
        if reading.present and own == name_of(reference) and settled:
            self._used[own] = None
            return own
        if reading.text is None:
            return None
        name, number = own, 1
        while not self._free(name, reading.text):
            number += 1
            name = f"{own}_{number}"
        self._env[name] = reading.text
        return name

    def _free(self, name: str, text: Text) -> bool:
        if name in self._env:
            return self._env[name] == text
        if name in self._context.assigned or name in self._scope.not_yet.perhaps:
            return read(EnvironmentRef(name), self._scope, self._context).text == text
        left = name in self._scope.left or name in self._context.left
        return not (
            left or _is_visible(name, self._scope, self._context) or assigns(self._script, name)
        )

    def _constant(self, reference: Hole) -> str | None:
        """The value of a variable that the source itself gives as a constant."""
        if not isinstance(reference, EnvironmentRef):
            return None
        for known in (self._scope.env, self._context.environment):
            if reference.name in known:
                value = known[reference.name]
                return value if isinstance(value, str) else None
        return None
