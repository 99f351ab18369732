"""What differs between a run on Jenkins and one on GitHub."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from jenkins2gha.simulate.actions.shells import posix
from jenkins2gha.simulate.compare.acts import Act
from jenkins2gha.simulate.compare.arguments import told_otherwise
from jenkins2gha.simulate.compare.beside import apart, unpacked_beside
from jenkins2gha.simulate.compare.files import files_of, written_by
from jenkins2gha.simulate.compare.known import Known, key_of
from jenkins2gha.simulate.compare.machine import LEFT
from jenkins2gha.simulate.compare.matching import (
    CHECKOUTS,
    SAYING,
    WRITING,
    alike,
    copies,
    is_unread,
    matched,
    message_of,
    same_checkout,
    surplus,
    works_on_files,
)
from jenkins2gha.simulate.compare.texts import canonical, filled, names, plain
from jenkins2gha.simulate.compare.workflow_run import Recorded
from jenkins2gha.simulate.trace import Command, Trace

Kind: TypeAlias = Literal[
    "missing", "added", "order", "directory", "environment", "workspace", "result"
]

_SAME_RESULT: Mapping[str, tuple[str, ...]] = {
    "SUCCESS": ("success",),
    "UNSTABLE": ("failure",),
    "FAILURE": ("failure",),
    "ABORTED": ("cancelled", "failure"),
    "NOT_BUILT": ("cancelled", "failure", "success"),
}
_READING = frozenset(
    "isUnix pwd tool readFile readJSON readYaml readProperties readCSV fileExists findFiles sha1 "
    "sha256 libraryResource readMavenPom getContext milestone properties library load".split()
)
"""Steps that leave nothing behind: where only their value counts, no act stands for them."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, with the command on Jenkins and the act on GitHub as far as there are any.

    `also` is another kind that it may be taken for, `earlier` the other command, whose files are
    `lost` where they should have been handed over, `variable`
    the variable that it is about. `strange` is what stands in another's place although GitHub tells
    it of no run.
    """

    kind: Kind
    what: str
    command: Command | None = None
    act: Act | None = None
    also: Kind | None = None
    earlier: Command | None = None
    variable: str = ""
    strange: bool = False
    lost: bool = False


def differences(trace: Trace, recorded: Recorded, known: Known) -> Iterator[Difference]:
    """Every difference, those of single commands in the order of the Jenkins run."""
    pairs = matched(trace.commands, recorded.acts)
    same = copies(trace.commands, recorded.acts, pairs)
    missing = {
        one.index: one
        for one in trace.commands
        if one.index not in pairs and _counts(one, trace.commands)
    }
    # A checkout only those need that work on its files: where they are missing, it is no other.
    gone = {number for number, one in missing.items() if one.text not in CHECKOUTS}
    others = [one for one in trace.commands if one.index not in gone]
    for command in trace.commands:
        act = pairs.get(command.index)
        if act is None:
            if command.index in missing and not is_unread(command, others):
                yield Difference("missing", f"`{_short(command)}` does not run", command)
        else:
            yield from _of_pair(command, act, known.parameters, recorded.facts)
            if command.text in SAYING and command.kind == "step":
                yield from _said(command, act, recorded.facts)
            yield from _file(command, act, recorded.facts)
            yield from _arguments(command, act, recorded.facts)
            if works_on_files(command):
                yield from _workspace(command, act, same, trace.commands, recorded.acts)
    for act in surplus(recorded.acts, pairs, same, known):
        yield Difference("added", f"`{_line(act.text)}` runs on GitHub only", act=act)
    yield from _folders(trace.commands, recorded.acts)
    yield from _missed(recorded.acts)
    yield from _order(trace.commands, pairs, same, recorded.needs)
    yield from _result(trace, recorded)


def _counts(command: Command, commands: Sequence[Command]) -> bool:
    """Whether a command must run on GitHub: one that does nothing need not."""
    if command.kind == "run":
        return bool(plain(command.text))
    if command.text == "docker.build":
        stage = command.stage
        return any(one.kind == "run" and one.stage[: len(stage)] == stage for one in commands)
    return command.text not in _READING


def _short(command: Command) -> str:
    if command.kind == "run":
        return _line(command.text)
    given = " ".join(f"{name}: {value}" for name, value in command.inputs)
    return _line(f"{command.text} {given}")


def _line(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= 60 else f"{joined[:59]}…"


def _of_pair(
    command: Command, act: Act, parameters: frozenset[str], facts: frozenset[str]
) -> Iterator[Difference]:
    if command.kind == "run":
        elsewhere = _OF_TOOL in key_of(command) and alike(command, act)
        elsewhere = elsewhere or key_of(command) == _raced(command, act)
        elsewhere = elsewhere or _is_raced(command, act) or _is_left(command, act)
        if act.key != key_of(command) and not elsewhere:
            other = f"runs as `{_line(act.text)}` instead of `{_short(command)}`"
            kind: Kind = "environment" if alike(command, act) else "missing"
            strange = _is_strange(key_of(command), filled(_own(act.text), act.environment), facts)
            yield Difference(kind, other, command, act, also="missing", strange=strange)
        if command.directory != act.directory:
            what = f"runs in {act.directory or '.'} instead of {command.directory or '.'}"
            yield Difference("directory", what, command, act)
        yield from _environment(command, act, parameters, facts)


def _raced(command: Command, act: Act) -> str:
    """A script with the values that Jenkins may find too, of variables which branches at the same
    time set; '' where there is none."""
    found = {name: value for name, value in command.environment if name in command.raced}
    return filled(_own(act.text), {**act.environment, **found}) if found else ""


def _is_raced(command: Command, act: Act) -> bool:
    """Whether two texts are the same but for variables that a branch at the same time sets."""
    settled = {name: v for name, v in act.environment.items() if name not in command.raced}
    pattern = re.escape(filled(_own(act.text), settled))
    for name in command.raced:
        pattern = re.sub(rf"{re.escape(re.escape('$' + name))}\b", ".*", pattern)
    return re.fullmatch(pattern, key_of(command)) is not None


def _is_left(command: Command, act: Act) -> bool:
    """Whether two texts are the same but for values that a person's step will give."""
    return _fits(filled(_own(act.text), act.environment), key_of(command))


def _fits(given: str, wanted: str) -> bool:
    pattern = re.escape(given).replace(LEFT, ".*")
    return LEFT in given and re.fullmatch(pattern, wanted, re.DOTALL) is not None


def _own(text: str) -> str:
    """A script without the lines before it that change its environment."""
    lines = text.strip().splitlines()
    while len(lines) > 1 and lines[0].startswith(("export ", "unset ")):
        del lines[0]
    return "\n".join(lines)


def _is_strange(wanted: str, given: str, facts: frozenset[str]) -> bool:
    """Whether a text has other words in the place of some, and none that GitHub tells of a run: a
    value that is null on Jenkins is gone on GitHub."""
    before, after = wanted.split(), given.split()
    lost = [word for word in before if word not in after]
    new = [word for word in after[-len(before) :] if word not in before]
    if not new:
        return not all("null" in word for word in lost)
    return not any(fact in given and fact not in wanted for fact in facts)


def _missed(acts: Sequence[Act]) -> Iterator[Difference]:
    """What a script of the workflow's own reads is set, empty or not."""
    own = {act.step for act in acts if act.kind == "source"}
    for act in acts:
        if act.kind == "step" and act.number not in own and not act.placeholder:
            for name in sorted(act.missed):
                what = f"reads {name}, which is not set"
                yield Difference("environment", what, act=act, strange=True)


def _said(command: Command, act: Act, facts: frozenset[str]) -> Iterator[Difference]:
    """What `echo` prints is printed; where the script's own text is not read nobody knows."""
    wanted, given = message_of(command), plain(canonical(act.said) or "")
    if posix(act.command.shell) and not (wanted in given or wanted in _raced(command, act)):
        what = f"prints `{_line(given)}`"
        strange = _is_strange(wanted, given, facts)
        yield Difference("environment", what, command, act, also="missing", strange=strange)


def _file(command: Command, act: Act, facts: frozenset[str]) -> Iterator[Difference]:
    """What a step writes stands in the same file, to the letter."""
    wanted = written_by(command)
    if wanted is None or not posix(act.command.shell) or wanted in files_of(act):
        return
    path, text = wanted
    texts = dict(files_of(act))
    if path not in texts:
        what = f"writes {', '.join(texts) or 'nothing'} instead of {path}"
        yield Difference("directory", what, command, act, also="missing")
        return
    what = f"writes {texts[path]!r} to {path} instead of {text!r}"
    strange = _is_strange(text, texts[path], facts)
    yield Difference("environment", what, command, act, also="missing", strange=strange)


def _arguments(command: Command, act: Act, facts: frozenset[str]) -> Iterator[Difference]:
    """A step that is no script is told the same."""
    for wanted, given in told_otherwise(command, act):
        what = f"is told `{_line(given)}` instead of `{_line(wanted)}`"
        strange = _is_strange(wanted, given, facts)
        yield Difference("environment", what, command, act, also="missing", strange=strange)


def _folders(commands: Sequence[Command], acts: Sequence[Act]) -> Iterator[Difference]:
    """A step of GitHub's fails where nothing has made its folder."""
    made = {"", *(command.directory for command in commands)}
    for act in acts:
        words = act.text.split()
        if act.kind == "tool" and words[:1] in (["mkdir"], ["cp"], ["mv"]):
            made.update(word.strip("'\"./").removeprefix("./") for word in words[1:])
    made |= {parent for one in made for parent in _parents(one)}
    for act in acts:
        place = act.command.directory.removeprefix("./").strip("/")
        inside = canonical(place) == place and not place.startswith(("/", "$", "home/"))
        if act.kind == "step" and act.command.kind == "run" and inside and place not in made:
            yield Difference("directory", f"there is no folder {place}", act=act)


def _parents(folder: str) -> Iterator[str]:
    """The folders that a folder stands in."""
    while "/" in folder:
        folder = folder.rpartition("/")[0]
        yield folder


_OF_TOOL = "$TOOL("
"""Where a tool is on Jenkins; its place on GitHub is another."""


def _environment(
    command: Command, act: Act, parameters: frozenset[str], facts: frozenset[str]
) -> Iterator[Difference]:
    """What the pipeline sets; parameters and Jenkins' own names only where they are read."""
    used = names(command.text)
    loose = OF_JENKINS | parameters
    for name, value in command.environment:
        given = act.environment.get(name)
        if name in command.raced or canonical(given) == canonical(value):
            continue
        if given and (_OF_TOOL in value or _fits(given, value)):
            continue
        if not value and not given:
            continue
        if given is None and (value == f"${name}" or (name in loose and name not in used)):
            continue
        shown = "not set" if given is None else repr(given)
        what = f"{name} is {shown} instead of {value!r}"
        told = any(fact in (given or "") for fact in facts)
        strange = not told and (name in OF_JENKINS or bool(value))
        yield Difference("environment", what, command, act, variable=name, strange=strange)
    front = [
        wanted if _OF_TOOL in wanted else given
        for wanted, given in zip(command.path, act.path, strict=False)
    ]
    if [*map(canonical, command.path)] != [*map(canonical, front)]:
        what = f"PATH begins with {list(act.path)} instead of {list(command.path)}"
        yield Difference("environment", what, command, act, variable="PATH")


OF_JENKINS = frozenset(
    "CI BRANCH_NAME BRANCH_IS_PRIMARY CHANGE_ID CHANGE_URL CHANGE_TITLE CHANGE_AUTHOR PATH HOME "
    "CHANGE_TARGET CHANGE_BRANCH CHANGE_FORK TAG_NAME BUILD_NUMBER BUILD_ID BUILD_TAG BUILD_URL "
    "JOB_NAME JOB_URL JOB_BASE_NAME JENKINS_URL NODE_NAME NODE_LABELS EXECUTOR_NUMBER WORKSPACE "
    "WORKSPACE_TMP GIT_COMMIT GIT_BRANCH GIT_URL STAGE_NAME USER SHELL LANG JENKINS_HOME".split()
)
"""Names that Jenkins itself gives; a workflow has those of them that a script names."""


def _workspace(
    command: Command,
    act: Act,
    same: Mapping[int, tuple[Act, ...]],
    commands: Sequence[Command],
    acts: Sequence[Act],
) -> Iterator[Difference]:
    """Both see the work of the same commands, as far as those write files at all; of what runs at
    the same time nobody knows. Of two checkouts of the same it does not matter which."""
    for earlier in commands[: command.index]:
        if (earlier.kind == "step" and earlier.text not in WRITING) or apart(earlier, command):
            continue
        others = same.get(earlier.index, ())
        if not others or act in others or _is_replaced(earlier, commands[: command.index]):
            continue
        if any(other.step == act.number or other.number == act.step for other in others):
            continue  # both are in one script, whose act does not tell when
        wanted = earlier.index in command.seen
        given = any(other.number in act.seen for other in others)
        if earlier.text in CHECKOUTS and not wanted:
            given = any(one.number in act.seen for one in others if one not in _of(command, same))
        too = (one for one in acts if one.number in act.seen)
        if wanted and not given and not any(same_checkout(one, others[0]) for one in too):
            what = f"does not see the files of `{_short(earlier)}`"
            yield Difference("workspace", what, command, act, earlier=earlier, lost=True)
        elif given and not wanted and not unpacked_beside(earlier, command, commands):
            what = f"sees the files of `{_short(earlier)}`, which it does not on Jenkins"
            yield Difference("workspace", what, command, act, earlier=earlier)


def _of(command: Command, same: Mapping[int, tuple[Act, ...]]) -> list[Act]:
    """The acts of all whose files a command sees on Jenkins."""
    return [one for index in command.seen for one in same.get(index, ())]


def _is_replaced(checkout: Command, before: Sequence[Command]) -> bool:
    """Whether another checkout took the place of one."""
    place = checkout.workspace, checkout.directory
    return checkout.text in CHECKOUTS and any(
        one.text in CHECKOUTS and (one.workspace, one.directory) == place
        for one in before[checkout.index + 1 :]
    )


def _order(
    commands: Sequence[Command],
    pairs: Mapping[int, Act],
    same: Mapping[int, tuple[Act, ...]],
    needs: Mapping[str, frozenset[str]],
) -> Iterator[Difference]:
    placed = _once_each(commands, pairs)
    for place, later in enumerate(placed):
        for earlier in placed[:place]:
            other = pairs[later.index]
            if apart(earlier, later) or other in same[earlier.index]:
                continue
            if earlier.text in CHECKOUTS and not _reads(later, earlier.workspace):
                continue  # the commit is the same, whenever it is fetched
            if not any(_before(one, other, needs) for one in same[earlier.index]):
                what = f"does not wait for `{_short(earlier)}`"
                yield Difference("order", what, later, other, earlier=earlier)
                break


def _once_each(commands: Sequence[Command], pairs: Mapping[int, Act]) -> list[Command]:
    """The commands that have acts; of those that share one, such as the rounds of a loop, the
    first."""
    first: dict[int, Command] = {}
    for command in commands:
        if command.index in pairs:
            first.setdefault(pairs[command.index].number, command)
    return list(first.values())


def _reads(command: Command, workspace: str) -> bool:
    """Whether a command works on the files of a workspace."""
    return works_on_files(command) and command.workspace == workspace


def _before(one: Act, other: Act, needs: Mapping[str, frozenset[str]]) -> bool:
    """Whether an act has always ended when another begins."""
    first, then = one.command, other.command
    if first.job != then.job:
        return first.job in needs.get(then.job, ())
    if first.leg != then.leg:
        return False
    if first.index == then.index:
        inside = other.number == one.step or one.number == other.step
        return inside or one.number < other.number
    same_group = first.group and first.group == then.group
    return first.index < then.index and not same_group


def _result(trace: Trace, recorded: Recorded) -> Iterator[Difference]:
    wanted, given = trace.build_result or "SUCCESS", recorded.run.conclusion
    idle = given == "skipped" and not any(map(works_on_files, trace.commands))
    if given not in _SAME_RESULT[wanted] and not (idle and wanted == "SUCCESS"):
        yield Difference("result", f"ends {given}, on Jenkins {wanted}")
