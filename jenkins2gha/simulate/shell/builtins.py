"""Commands of the shell itself, and tools that only work on texts.

Source: POSIX, Shell Command Language, 2.14, and utilities.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jenkins2gha.simulate.shell import patterns
from jenkins2gha.simulate.shell.conditions import single_bracket
from jenkins2gha.simulate.shell.machine import Left, Shell, Streams

SOME_FILE = "./\0"
"""The name of a file that fits every pattern: some files of the workspace, whichever are wanted."""

Builtin = Callable[[Shell, list[str], Streams], int]


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
    streams.said.append((_escaped(text) if escapes else text) + end)
    return 0


_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", '"': '"', "0": "\0"}


def _escaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[0]), text)


def _printf(shell: Shell, words: list[str], streams: Streams) -> int:
    if words[:1] == ["-v"]:
        inner = Streams()
        _printf(shell, words[2:], inner)
        shell.set(words[1], "".join(inner.said))
        return 0
    words = words[1:] if words[:1] == ["--"] else words
    pattern, values = _escaped(words[0]), words[1:]
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
        return _escaped(value)
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


def _cat(shell: Shell, words: list[str], streams: Streams) -> int:
    names = [word for word in words if word == "-" or not word.startswith("-")]
    if not names:
        streams.said.append(streams.given.rest() if streams.given else "")
        return 0
    status = 0
    for name in names:
        if name == "-":
            streams.said.append(streams.given.rest() if streams.given else "")
        elif (text := content(shell, name)) is not None:
            streams.said.append(text)
        else:
            status = 1
    return status


def content(shell: Shell, name: str) -> str | None:
    """The text of a file, also of one of the world's."""
    path = shell.path(name)
    if path in shell.files:
        return shell.files[path]
    known = getattr(shell.outside, "content", None)
    found: str | None = known(path) if known else None
    return found


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


def _grep(shell: Shell, words: list[str], streams: Streams) -> int:
    options, rest = "", []
    for place, word in enumerate(words):
        if word == "--":
            rest += words[place + 1 :]
            break
        if word in ("-e", "--regexp"):
            continue
        if re.fullmatch(r"-[a-zA-Z]+", word) and not rest:
            options += word[1:]
        else:
            rest.append(word)
    text = _input(shell, rest[1:], streams)
    pattern = rest[0] if rest else ""
    regex = re.escape(pattern)
    if "F" not in options:
        regex = patterns.regular(pattern, extended="E" in options or "P" in options)
    regex = rf"(?:{regex})\Z" if "x" in options else regex
    compiled = re.compile(regex, re.IGNORECASE if "i" in options else 0)
    look = compiled.match if "x" in options else compiled.search
    found = [
        line
        for line in text.split("\n")[: text.count("\n") + (not text.endswith("\n"))]
        if line == SOME_FILE or (look(line) is None) is ("v" in options)
    ]
    if "c" in options:
        streams.said.append(f"{len(found)}\n")
    elif "o" in options:
        hits = [hit[0] for line in found for hit in compiled.finditer(line)]
        streams.said += [f"{hit}\n" for hit in hits]
    elif "q" not in options:
        streams.said += [f"{line}\n" for line in found]
    return int(not found)


def _input(shell: Shell, names: list[str], streams: Streams) -> str:
    if names:
        return "".join(content(shell, name) or "" for name in names)
    return streams.given.rest() if streams.given else ""


def _sed(shell: Shell, words: list[str], streams: Streams) -> int:
    extended = any(re.fullmatch(r"-[nEr]*[Er][nEr]*", word) for word in words)
    rest = [word for word in words if not re.fullmatch(r"-[nEre]+", word)]
    text = _input(shell, rest[1:], streams)
    for command in re.split(r";\s*(?=s)", rest[0]) if rest else ():
        found = re.fullmatch(r"s(.)(.*?)(?<!\\)\1(.*?)(?<!\\)\1([gI]*)", command.strip(), re.DOTALL)
        if not found:
            return shell.outside.tool(["sed", *words], shell, streams)
        regex = patterns.regular(found[2], extended=extended)
        new = re.sub(r"(?<!\\)&", r"\\g<0>", found[3])
        count = 0 if "g" in found[4] else 1
        text = "".join(
            re.sub(regex, new, line, count=count) for line in text.splitlines(keepends=True)
        )
    streams.said.append(text)
    return 0


def _tr(_: Shell, words: list[str], streams: Streams) -> int:
    text = streams.given.rest() if streams.given else ""
    sets = [_set_of(word) for word in words if not re.fullmatch(r"-[a-z]+", word)]
    if any(re.fullmatch(r"-[a-z]*d[a-z]*", word) for word in words):
        text = "".join(char for char in text if char not in sets[0])
    elif len(sets) > 1:
        last = sets[1][-1:]
        target = sets[1] + last * max(0, len(sets[0]) - len(sets[1]))
        text = text.translate({ord(one): new for one, new in zip(sets[0], target, strict=False)})
    streams.said.append(text)
    return 0


def _set_of(text: str) -> str:
    named = {"[:upper:]": "A-Z", "[:lower:]": "a-z", "[:digit:]": "0-9", "[:space:]": " \t\n"}
    for name, chars in named.items():
        text = text.replace(name, chars)
    text = _escaped(text)
    return re.sub(
        r"(.)-(.)",
        lambda found: "".join(chr(code) for code in range(ord(found[1]), ord(found[2]) + 1)),
        text,
    )


def _lines(kind: str) -> Builtin:
    def take(shell: Shell, words: list[str], streams: Streams) -> int:
        joined = " ".join(words)
        count = re.search(r"(?:-n\s*|-)(\+?\d+)", joined)
        names = [word for word in words if not re.fullmatch(r"-?n?\+?\d+|-n", word)]
        lines = _input(shell, names, streams).splitlines(keepends=True)
        number = int(count[1]) if count else 10
        if kind == "head":
            kept = lines[:number]
        elif count and count[1].startswith("+"):
            kept = lines[number - 1 :]
        else:
            kept = lines[-number:]
        streams.said += kept
        return 0

    return take


def _sort(shell: Shell, words: list[str], streams: Streams) -> int:
    names = [word for word in words if not word.startswith("-")]
    lines = _input(shell, names, streams).splitlines()
    lines = sorted(set(lines) if "-u" in words else lines, reverse="-r" in words)
    streams.said += [f"{line}\n" for line in lines]
    return 0


def _count(shell: Shell, words: list[str], streams: Streams) -> int:
    names = [word for word in words if not word.startswith("-")]
    text = _input(shell, names, streams)
    counts = {"-l": text.count("\n"), "-c": len(text), "-w": len(text.split())}
    option = next((word for word in words if word in counts), "-l")
    streams.said.append(f"{counts[option]}\n")
    return 0


def _base_name(_: Shell, words: list[str], streams: Streams) -> int:
    name = words[0].rstrip("/").rpartition("/")[2]
    streams.said.append(name.removesuffix(words[1] if len(words) > 1 else "") + "\n")
    return 0


def _folder_name(_: Shell, words: list[str], streams: Streams) -> int:
    streams.said.append((words[0].rstrip("/").rpartition("/")[0] or ".") + "\n")
    return 0


def _pwd(shell: Shell, _: list[str], streams: Streams) -> int:
    workspace = shell.get("GITHUB_WORKSPACE") or "$GITHUB_WORKSPACE"
    inside = not shell.directory.startswith(("/", "$"))
    folder = f"{workspace}/{shell.directory}".rstrip("/") if inside else shell.directory
    streams.said.append(f"{folder}\n")
    return 0


def _seq(_: Shell, words: list[str], streams: Streams) -> int:
    first, last = (1, int(words[0])) if len(words) == 1 else (int(words[0]), int(words[-1]))
    streams.said += [f"{number}\n" for number in range(first, last + 1)]
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
    "cat": _cat,
    "tee": _tee,
    "trap": _trap,
    "command": _command,
    ".": _source,
    "source": _source,
    **dict.fromkeys(("grep", "egrep"), _grep),
    "sed": _sed,
    "tr": _tr,
    "head": _lines("head"),
    "tail": _lines("tail"),
    "sort": _sort,
    "wc": _count,
    "basename": _base_name,
    "dirname": _folder_name,
    "seq": _seq,
}
