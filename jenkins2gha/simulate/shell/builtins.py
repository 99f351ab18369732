"""Commands of the shell itself.

Source: POSIX, Shell Command Language, 2.14, and utilities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jenkins2gha.simulate.shell.conditions import single_bracket
from jenkins2gha.simulate.shell.machine import Shell
from jenkins2gha.simulate.shell.state import Left, Streams
from jenkins2gha.simulate.shell.texts import TEXT_TOOLS, Builtin, content, escaped


def _nothing(_: Shell, __: list[str], ___: Streams) -> int:
    return 0


def _false(_: Shell, __: list[str], ___: Streams) -> int:
    return 1


def _echo(_: Shell, words: list[str], streams: Streams) -> int:
    end, escapes = "\n", False
    while words and re.fullmatch(r"-[neE]+", words[0]):
        end = "" if "n" in words[0] else end
        escapes = escapes or "e" in words[0]
        words = words[1:]
    text = " ".join(words)
    streams.said.append((escaped(text) if escapes else text) + end)
    return 0


def _printf(shell: Shell, words: list[str], streams: Streams) -> int:
    if words[:1] == ["-v"]:
        inner = Streams()
        _printf(shell, words[2:], inner)
        shell.set(words[1], "".join(inner.said))
        return 0
    words = words[1:] if words[:1] == ["--"] else words
    pattern, values = escaped(words[0]), words[1:]
    places = re.findall(r"%[-+ 0-9.]*[a-zA-Z]", pattern.replace("%%", ""))
    while True:
        given = iter(values[: len(places)])
        streams.said.append(_once(pattern, given))
        values = values[len(places) :]
        if not values or not places:
            return 0


def _once(pattern: str, values: Iterator[str]) -> str:
    def fill(place: re.Match[str]) -> str:
        return "%" if place[0] == "%%" else _filled(place[0], next(values, ""))

    return re.sub(r"%%|%[-+ 0-9.]*[a-zA-Z]", fill, pattern)


def _filled(place: str, value: str) -> str:
    if place[-1] == "b":
        return escaped(value)
    if place[-1] in "di":
        return (place[:-1] + "d") % int(value or 0) if re.fullmatch(r"-?\d*", value) else "0"
    if place[-1] == "q":
        return "'" + value.replace("'", "'\\''") + "'"
    return value


def _test(shell: Shell, words: list[str], _: Streams) -> int:
    return int(not single_bracket(words[:-1] if words[-1:] == ["]"] else words, shell))


def _plain_test(shell: Shell, words: list[str], _: Streams) -> int:
    return int(not single_bracket(words, shell))


def _cd(shell: Shell, words: list[str], _: Streams) -> int:
    target = words[-1] if words else "$HOME"
    if target.startswith(("/", "$")):
        workspace = shell.get("GITHUB_WORKSPACE") or "$GITHUB_WORKSPACE"
        if target == workspace or target.startswith(f"{workspace}/"):
            target = target[len(workspace) :].lstrip("/")
        shell.directory = target
        return 0
    parts = shell.directory.split("/") if shell.directory else []
    for part in target.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    shell.directory = "/".join(parts)
    return 0


def _export(shell: Shell, words: list[str], _: Streams) -> int:
    if words[:1] == ["-n"]:
        shell.exported -= set(words[1:])
        return 0
    for word in words:
        if word.startswith("-"):
            continue
        name, equals, value = word.partition("=")
        if equals:
            shell.set(name, value)
        shell.exported.add(name)
    return 0


def _local(shell: Shell, words: list[str], _: Streams) -> int:
    for word in words:
        name, equals, value = word.partition("=")
        if equals and not word.startswith("-"):
            shell.set(name, value)
    return 0


def _unset(shell: Shell, words: list[str], _: Streams) -> int:
    for word in words:
        if not word.startswith("-"):
            shell.unset(word)
    return 0


def _set(shell: Shell, words: list[str], _: Streams) -> int:
    place = 0
    while place < len(words):
        word = words[place]
        if word == "--":
            shell.arguments = words[place + 1 :]
            return 0
        if re.fullmatch(r"[-+][a-zA-Z]+", word):
            on = word[0] == "-"
            shell.errexit = on if "e" in word else shell.errexit
            if word[-1] == "o":
                place += 1
                option = words[place] if place < len(words) else ""
                shell.errexit = on if option == "errexit" else shell.errexit
                shell.pipefail = on if option == "pipefail" else shell.pipefail
        else:
            shell.arguments = words[place:]
            return 0
        place += 1
    return 0


def _shopt(shell: Shell, words: list[str], _: Streams) -> int:
    if "nocasematch" in words:
        shell.set("_nocasematch", "1" if "-s" in words else "")
    return 0


def _shift(shell: Shell, words: list[str], _: Streams) -> int:
    shell.arguments = shell.arguments[int(words[0]) if words else 1 :]
    return 0


def _leaves(kind: str) -> Builtin:
    def leave(shell: Shell, words: list[str], _: Streams) -> int:
        given = words[0] if words and re.fullmatch(r"\d+", words[0]) else None
        status = int(given) % 256 if given is not None and kind in ("exit", "return") else None
        raise Left(kind, shell.status if status is None else status)

    return leave


def _eval(shell: Shell, words: list[str], streams: Streams) -> int:
    inner = shell.child(subshell=True)
    streams.said.append(inner.whole(" ".join(words)))
    shell.variables, shell.exported = inner.variables, inner.exported
    return inner.status


def _read(shell: Shell, words: list[str], streams: Streams) -> int:
    names = [word for word in words if not word.startswith("-")] or ["REPLY"]
    line = streams.given.line() if streams.given else None
    if line is None:
        shell.set(names[0], "")
        return 1
    raw = (shell.get("IFS") == "") if "IFS" in shell.variables else False
    parts = [line] if raw else line.split(None, len(names) - 1)
    for place, name in enumerate(names):
        shell.set(name, parts[place] if place < len(parts) else "")
    return 0


def _tee(shell: Shell, words: list[str], streams: Streams) -> int:
    text = streams.given.rest() if streams.given else ""
    for word in words:
        if not word.startswith("-"):
            shell.write(shell.path(word), text, add="-a" in words)
    streams.said.append(text)
    return 0


def _trap(shell: Shell, words: list[str], _: Streams) -> int:
    if len(words) > 1 and ("EXIT" in words[1:] or "0" in words[1:]):
        shell.traps = [words[0]] if words[0] not in ("-", "") else []
    return 0


def _command(shell: Shell, words: list[str], _: Streams) -> int:
    if words[:1] and words[0] in ("-v", "-V"):
        return 0
    shell.invoke(words)
    return shell.status


def _source(shell: Shell, words: list[str], streams: Streams) -> int:
    text = content(shell, words[0]) if words else None
    if text is None:
        return shell.outside.tool(["source", *words], shell, streams)
    from jenkins2gha.simulate.shell.parser import parse

    shell.list_(parse(text), text, checked=False)
    return shell.status


def _pwd(shell: Shell, _: list[str], streams: Streams) -> int:
    workspace = shell.get("GITHUB_WORKSPACE") or "$GITHUB_WORKSPACE"
    inside = not shell.directory.startswith(("/", "$"))
    folder = f"{workspace}/{shell.directory}".rstrip("/") if inside else shell.directory
    streams.said.append(f"{folder}\n")
    return 0


BUILTINS: dict[str, Builtin] = {
    **dict.fromkeys((":", "true", "umask", "wait", "readonly", "declare", "hash"), _nothing),
    "false": _false,
    "echo": _echo,
    "printf": _printf,
    "[": _test,
    "test": _plain_test,
    "cd": _cd,
    "pwd": _pwd,
    "export": _export,
    "local": _local,
    "unset": _unset,
    "set": _set,
    "shopt": _shopt,
    "shift": _shift,
    **{kind: _leaves(kind) for kind in ("exit", "return", "break", "continue")},
    "eval": _eval,
    "read": _read,
    "tee": _tee,
    "trap": _trap,
    "command": _command,
    ".": _source,
    "source": _source,
    **TEXT_TOOLS,
}
