"""What a script writes to GitHub's files, as far as its text tells.

Understood are top-level `echo`, `printf`, `cat <<EOF`, `tee -a`, groups of them, assignments, and
`&&` and `||`; what stands inside `if`, loops and functions is not, and is named as unknown.
Source: docs.github.com, "Workflow commands", "Environment files".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from jenkins2gha.simulate.actions.words import Token, Unreadable, Variables, expand, tokens

FILES = ("GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_PATH")

_FILE, _OUTPUT = "\1", "\0"
"""What stand before the name of one of the files, and before an output that nobody knows."""

_OPENING = frozenset("if for while until case select".split())
_CLOSING = frozenset("fi done esac".split())
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)
_QUIET = frozenset("set export cd mkdir umask trap unset readonly local shopt true false :".split())
_SETTING = frozenset("read mapfile readarray eval source . getopts let declare typeset".split())
_NAME = re.compile(r"(?<![$\w{])[A-Za-z_]\w*")


@dataclass(slots=True)
class Written:
    """The text of each of GitHub's files, and the lines about them that are not understood."""

    files: dict[str, str] = field(default_factory=lambda: dict.fromkeys(FILES, ""))
    unknown: list[str] = field(default_factory=list)


def written(
    script: str,
    known: Mapping[str, str],
    *,
    status: int = 0,
    output: Callable[[str], str] | None = None,
    fails: bool = False,
) -> Written:
    """What a script writes: `known` are its variables, `status` that of every ordinary command.

    `output` tells what a `$(command)` prints; without it the text itself stands for that. A script
    that fails does so at its first ordinary command.
    """
    try:
        read = tokens(script)
    except Unreadable:
        return Written(unknown=[script])
    marks = {name: f"{_FILE}{name}" for name in FILES}
    variables = Variables({**known, **marks}, status, output or (lambda text: f"$({text})"))
    run = _Run(read, variables, fails=fails)
    with suppress(_Stopped):
        run.list_()
    return run.written


class _Stopped(Exception):
    """The script ends here."""


class _Run:
    def __init__(self, read: list[Token], variables: Variables, *, fails: bool) -> None:
        self.written = Written()
        self._tokens = read
        self._place = 0
        self._known = dict(variables.known)
        self._touched: set[str] = set()
        self._variables = replace(variables, known=self._known, touched=self._touched)
        self._fails = fails

    def list_(self, end: str = "", *, runs: bool = True) -> str:
        """The commands up to a closing word; gives what they print."""
        printed = ""
        status = 0
        while (token := self._peek()) is not None and token.text != end:
            if token.operator and token.text in (";", "\n", "&", "&&", "||"):
                self._place += 1
                wanted = {"&&": status == 0, "||": status != 0}.get(token.text, True)
                if wanted:
                    continue
                self._pipeline(runs=False)
                continue
            before = self._place
            said, status = self._pipeline(runs=runs)
            printed += said
            self._place += self._place == before  # an operator that stands where none may
        self._place += bool(end)
        return printed

    def _peek(self) -> Token | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _pipeline(self, *, runs: bool) -> tuple[str, int]:
        given: str | None = None
        said, status = self._command(given, runs=runs)
        while (token := self._peek()) is not None and token.operator and token.text == "|":
            self._place += 1
            said, status = self._command(said, runs=runs)
        return said, status

    def _command(self, given: str | None, *, runs: bool) -> tuple[str, int]:
        token = self._peek()
        if token is None:
            return "", 0
        if token.text in ("{", "(") or token.text in _OPENING or self._is_function():
            return self._compound(token, runs=runs), 0
        words, redirections = self._simple()
        if not runs:
            for word in words:
                if assigned := _ASSIGNMENT.fullmatch(word):
                    self._known.setdefault(assigned[1], "")
            return "", 1
        said, status = self._execute(words, redirections, given)
        return self._redirect(said, redirections, words), status

    def _is_function(self) -> bool:
        following = [token.text for token in self._tokens[self._place : self._place + 3]]
        return following[:1] == ["function"] or following[1:] == ["(", ")"]

    def _compound(self, token: Token, *, runs: bool) -> str:
        start = self._place
        if token.text in ("{", "("):
            self._place += 1
            said = self.list_("}" if token.text == "{" else ")", runs=runs)
        else:
            self._skip_compound()
            said = ""
            self._note(self._tokens[start : self._place])
            self._touch(token.text for token in self._tokens[start : self._place])
        _, redirections = self._simple()
        return self._redirect(said.replace(_OUTPUT, ""), redirections, []) if runs else ""

    def _skip_compound(self) -> None:
        """Behind the word that closes the compound command which begins here."""
        depth = 0
        closing = _CLOSING | {"}"}
        while (token := self._peek()) is not None:
            self._place += 1
            depth += token.text in _OPENING or token.text == "{"
            depth -= token.text in closing
            if depth <= 0 and token.text in closing:
                return

    def _simple(self) -> tuple[list[str], list[tuple[Token, str]]]:
        words: list[str] = []
        redirections: list[tuple[Token, str]] = []
        while (token := self._peek()) is not None:
            if not token.operator:
                words.append(token.text)
            elif token.text in (">>", ">", "<<", "<<<", "<", "&>", ">|", ">&", "<&"):
                self._place += 1
                target = self._peek()
                redirections.append((token, target.text if target else ""))
            else:
                break
            self._place += 1
        return words, redirections

    def _execute(
        self, words: list[str], redirections: list[tuple[Token, str]], given: str | None
    ) -> tuple[str, int]:
        while words and (assigned := _ASSIGNMENT.fullmatch(words[0])):
            self._known[assigned[1]] = self._expand(assigned[2])
            words = words[1:]
        if not words:
            return "", 0
        name, arguments = words[0], [self._expand(word) for word in words[1:]]
        inputs = (self._stdin(one, target) for one, target in redirections)
        stdin = next((text for text in inputs if text is not None), given)
        said = self._printed(name, arguments, stdin)
        if said is not None:
            return said, int(name == "false")
        self._note([Token(word) for word in words])
        if name in _SETTING:
            self._touch(words)
        if self._fails:
            raise _Stopped
        return f"{_OUTPUT}{self._variables.output(' '.join(words))}\n", self._variables.status

    def _printed(self, name: str, arguments: list[str], stdin: str | None) -> str | None:
        """What a command prints that is understood."""
        match name:
            case "echo":
                return _echo(arguments)
            case "printf" if arguments:
                return _printf(arguments[0], arguments[1:])
            case "cat" if not arguments:
                return stdin
            case "tee" if stdin is not None:
                for target in arguments:
                    self._write(target, stdin)
                return stdin
            case "exit":
                raise _Stopped
            case "export" | "readonly":
                assigned = filter(None, map(_ASSIGNMENT.fullmatch, arguments))
                self._known |= {one[1]: one[2] for one in assigned}
        return "" if name in _QUIET else None

    def _stdin(self, operator: Token, target: str) -> str | None:
        if operator.text == "<<<":
            return self._expand(target) + "\n"
        if operator.body is None:
            return None
        if operator.quoted:
            return operator.body
        return "".join(self._expand(f'"{line}"') + "\n" for line in operator.body.splitlines())

    def _redirect(self, said: str, redirections: list[tuple[Token, str]], words: list[str]) -> str:
        """What is left of an output; a command's, which nobody knows, is not written."""
        for operator, target in redirections:
            if operator.text in (">>", ">"):
                path = self._expand(target)
                if not said.startswith(_OUTPUT):
                    self._write(path, said)
                elif path[1:] in FILES:
                    self.written.unknown.append(" ".join([*words, operator.text, target]))
                said = ""
        return said

    def _write(self, path: str, said: str) -> None:
        if path[:1] == _FILE and path[1:] in FILES:
            self.written.files[path[1:]] += said.replace(_OUTPUT, "")

    def _touch(self, words: Iterable[str]) -> None:
        """These words may set any variable whose name is among them."""
        for word in words:
            self._touched.update(_NAME.findall(word))

    def _note(self, read: list[Token]) -> None:
        text = " ".join(token.text for token in read)
        if any(name in text for name in FILES):
            self.written.unknown.append(text)

    def _expand(self, word: str) -> str:
        return expand(word, self._variables)


def _echo(arguments: list[str]) -> str:
    end = "\n"
    escapes = False
    while arguments and re.fullmatch(r"-[neE]+", arguments[0]):
        end = "" if "n" in arguments[0] else end
        escapes = escapes or "e" in arguments[0]
        arguments = arguments[1:]
    text = " ".join(arguments)
    return (_escaped(text) if escapes else text) + end


def _printf(pattern: str, arguments: list[str]) -> str:
    """The pattern is used again until no argument is left."""
    pattern = _escaped(pattern)
    places = re.findall(r"%[-0-9.]*[a-zA-Z]", pattern.replace("%%", ""))
    said = ""
    while True:
        said += _once(pattern, iter(arguments[: len(places)]))
        arguments = arguments[len(places) :]
        if not arguments or not places:
            return said


def _once(pattern: str, values: Iterator[str]) -> str:
    return re.sub(r"%%|%[-0-9.]*[a-zA-Z]", lambda place: _filled(place[0], values), pattern)


def _filled(place: str, values: Iterator[str]) -> str:
    if place == "%%":
        return "%"
    value = next(values, "")
    return _escaped(value) if place.endswith("b") else value


_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", '"': '"'}


def _escaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[0]), text)


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    """The pairs of a file: `K=V`, or `K<<D`, lines, `D`; raises `ValueError` as the runner does.

    Source: actions/runner, `FileCommandManager.cs` (EnvFileKeyValuePairs).
    """
    found: list[tuple[str, str]] = []
    lines = iter(text.split("\n"))
    for line in lines:
        equals, heredoc = line.find("="), line.find("<<")
        if equals >= 0 and (heredoc < 0 or equals < heredoc):
            found.append((line[:equals], line[equals + 1 :]))
        elif heredoc > 0 and line[heredoc + 2 :]:
            found.append((line[:heredoc], "\n".join(_until(lines, line[heredoc + 2 :]))))
        elif line:
            raise ValueError(f"Invalid format '{line}'")
    return tuple(found)


def _until(lines: Iterator[str], delimiter: str) -> Iterator[str]:
    for line in lines:
        if line == delimiter:
            return
        yield line
    raise ValueError(f"Invalid value. Matching delimiter not found '{delimiter}'")
