"""Tools that only work on texts: what they print is known.

Source: POSIX, utilities.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from itertools import pairwise

from jenkins2gha.simulate.shell import patterns
from jenkins2gha.simulate.shell.machine import Shell
from jenkins2gha.simulate.shell.state import Streams

SOME_FILE = "./\0"
"""The name of a file that fits every pattern: some files of the workspace, whichever are wanted."""

Builtin = Callable[[Shell, list[str], Streams], int]

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", '"': '"', "0": "\0"}


def escaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[0]), text)


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
    scripts = [new for option, new in pairwise(words) if re.fullmatch(r"-[nEr]*e", option)]
    rest = [word for word in words if not re.fullmatch(r"-[nEre]+", word)]
    scripts = scripts or rest[:1]
    text = _input(shell, rest[len(scripts) :], streams)
    for command in re.split(r";\s*(?=s)", ";".join(scripts)) if scripts else ():
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
    text = escaped(text)
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
    counts = {"-l": text.count("\n"), "-c": len(text), "-m": len(text), "-w": len(text.split())}
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


def _seq(_: Shell, words: list[str], streams: Streams) -> int:
    first, last = (1, int(words[0])) if len(words) == 1 else (int(words[0]), int(words[-1]))
    streams.said += [f"{number}\n" for number in range(first, last + 1)]
    return 0


def _base64(_: Shell, words: list[str], streams: Streams) -> int:
    text = streams.given.rest() if streams.given else ""
    if {"-d", "-D", "--decode"} & set(words):
        streams.said.append(base64.b64decode(text).decode(errors="replace"))
    else:
        streams.said.append(base64.b64encode(text.encode()).decode() + "\n")
    return 0


TEXT_TOOLS: dict[str, Builtin] = {
    "cat": _cat,
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
    "base64": _base64,
}
