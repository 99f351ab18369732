"""Which act of the workflow is which command of the Jenkins run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from jenkins2gha.simulate.compare.acts import Act
from jenkins2gha.simulate.compare.known import STASHES, Known, key_of
from jenkins2gha.simulate.compare.machine import TEMP
from jenkins2gha.simulate.compare.texts import canonical, filled, plain
from jenkins2gha.simulate.compare.used import asks_for_runs, counts_tests, name_of
from jenkins2gha.simulate.trace import Command

CHECKOUTS = frozenset(("checkout", "git", "checkout scm"))
SAYING = frozenset(("echo", "println", "print"))
_TELLING = SAYING | {"unstable", "error"}
"""Steps whose message is printed, by those that only print and by those that mark the build."""

WRITING = frozenset(
    "checkout git unstash writeFile writeJSON writeYaml unzip untar copyArtifacts unarchive".split()
)
ON_FILES = frozenset(
    "unstash writeFile writeJSON writeYaml unzip untar copyArtifacts unarchive stash archive "
    "archiveArtifacts junit xunit publishHTML zip tar step readFile fileExists deploy".split()
)


def matched(commands: Sequence[Command], acts: Sequence[Act]) -> dict[int, Act]:
    """The act of each command that has one, by the command's index."""
    found = _scripts(commands, acts)
    taken = {act.number for act in found.values()}
    found |= _in_other_words(commands, acts, found, taken)
    return found | _by_place(commands, acts, taken, found)


def _in_other_words(
    commands: Sequence[Command], acts: Sequence[Act], found: dict[int, Act], taken: set[int]
) -> dict[int, Act]:
    """Scripts that run with another text than on Jenkins: told by their places."""
    full = {act.step for act in acts if act.kind == "source"}
    given = [act for act in acts if act.kind == "step" and act.number not in full]
    pairs: dict[int, Act] = {}
    for command in commands:
        if command.kind != "run" or command.index in found or not plain(command.text):
            continue
        place = (command.line, command.column)
        here = [
            act
            for act in given
            if act.number not in taken
            and not (act.placeholder or act.asks or prepares(act))
            and any(one.start == place for one in act.origins)
        ]
        if here:
            best = max(
                here,
                key=lambda act: (alike(command, act), _likeness(command, act), -act.number),
            )
            pairs[command.index] = best
            taken.add(best.number)
    return pairs


def alike(command: Command, act: Act) -> bool:
    """Whether two texts are the same but for some values in them, and lines before them."""
    one = filled(command.text, dict(command.environment)).split()
    other = plain(act.text).split()
    other = other[max(0, len(other) - len(one)) :]
    same = sum(first == then or "$" in then for first, then in zip(one, other, strict=False))
    return 2 * same >= max(len(one), len(other))


def copies(
    commands: Sequence[Command], acts: Sequence[Act], pairs: dict[int, Act]
) -> dict[int, tuple[Act, ...]]:
    """All acts of each command: a checkout is repeated in every job and leg that needs it."""
    checkouts = [act for act in acts if act.kind == "step" and _checks_out(act)]
    found = {}
    for command in commands:
        act = pairs.get(command.index)
        if act is None:
            continue
        same = [one for one in checkouts if one.origins == act.origins]
        found[command.index] = tuple(same) if act in checkouts else (act,)
    return found


def is_unread(command: Command, commands: Sequence[Command]) -> bool:
    """Whether a checkout is in vain: its files are deleted before any command works on them, or
    there is none."""
    if command.text not in CHECKOUTS:
        return False
    return not any(command.index in one.seen for one in commands if works_on_files(one))


def works_on_files(command: Command) -> bool:
    """Whether a command reads or writes the workspace."""
    return command.kind == "run" or command.text in ON_FILES


def _scripts(commands: Sequence[Command], acts: Sequence[Act]) -> dict[int, Act]:
    wanted: dict[str, list[Command]] = defaultdict(list)
    given: dict[str, list[Act]] = defaultdict(list)
    for command in commands:
        if command.kind == "run":
            wanted[key_of(command)].append(command)
    for act in acts:
        if act.kind == "source":
            given[act.key].append(act)
    found: dict[int, Act] = {}
    for key, ones in wanted.items():
        found |= _assigned(ones, given.get(key, []))
    return found


def _assigned(commands: Sequence[Command], acts: Sequence[Act]) -> dict[int, Act]:
    """Pairs of commands and acts with the same text: the most alike first, then in their order.

    Those of one script run one behind the other, so that their order tells them, if all are there.
    The first rounds come first: where a person is to try a stage again, the others have no act.
    """
    if len(commands) == len(acts) and len({act.step for act in acts}) == 1:
        return {one.index: act for one, act in zip(commands, acts, strict=True)}
    ranked = sorted(
        (_round(command, commands[:place]), -_likeness(command, act), place, number)
        for place, command in enumerate(commands)
        for number, act in enumerate(acts)
    )
    found: dict[int, Act] = {}
    left, taken = set(range(len(commands))), set()
    for _, __, place, number in ranked:
        if place in left and number not in taken:
            left.discard(place)
            taken.add(number)
            found[commands[place].index] = acts[number]
    return found


def _round(command: Command, earlier: Sequence[Command]) -> int:
    """How often a command ran before at the same place, in a branch of the same name."""
    place = (command.line, command.column, [branch for _, branch in command.strand])
    return sum(
        (one.line, one.column, [branch for _, branch in one.strand]) == place for one in earlier
    )


def _likeness(command: Command, act: Act) -> int:
    place = (command.line, command.column)
    same = sum(act.environment.get(name) == value for name, value in command.environment)
    near = act.from_place(place) + (command.text in _TELLING and _says(command, act))
    return 100 * near + same + (command.directory == act.directory)


def _says(command: Command, act: Act) -> bool:
    """Whether an act prints what a step says."""
    return message_of(command) in plain(canonical(act.said) or "")


def message_of(command: Command) -> str:
    """What a step that prints its first argument says."""
    return plain(canonical(next((value for _, value in command.inputs), "")) or "")


def _by_place(
    commands: Sequence[Command], acts: Sequence[Act], taken: set[int], scripts: Mapping[int, Act]
) -> dict[int, Act]:
    """Steps that are no scripts: by where the step of the workflow comes from, checkouts by kind.

    A step whose act is inside a script, such as a loop's, shares the act of that script.
    """
    found: dict[int, Act] = {}
    steps = [act for act in acts if act.kind == "step" and not act.placeholder]
    steps = [act for act in steps if not asks_for_runs(act.command)]
    active = {act.step for act in acts if act.kind == "tool" and not act.placeholder}
    working = {act.step for act in acts if act.kind == "tool"}
    active |= {act.number for act in steps if act.command.kind == "uses"}
    working |= active
    joined = {act.step for act in acts if act.kind == "source"}
    for command in commands:
        if command.kind != "step":
            continue
        place = (command.line, command.column)
        here = [act for act in steps if act.from_place(place)]
        begins = [act for act in here if any(one.start == place for one in act.origins)]
        if command.text in STASHES:
            begins = [act for act in begins if act.number in working] or begins
        options = _fresh(command, begins, taken) or begins
        options = options or (here if command.text != "input" else [])
        if not options and command.text in CHECKOUTS and not is_unread(command, commands):
            options = [a for a in steps if _checks_out(a) and a.number not in taken]
        if options:
            best = max(
                options,
                key=lambda act: (
                    act.number in active,
                    bool(act.said) and command.text in SAYING,
                    _likeness(command, act),
                    -act.number,
                ),
            )
            if best.number in joined and command.text in STASHES:
                behind = _last_before(command, best, scripts)
                own = [a for a in acts if _packs(a, best) and a.number not in taken]
                own = [a for a in own if a.number > behind] or own
                best = next(iter(own), None) or _found_before(command, commands, found) or best
            found[command.index] = best
            taken.add(best.number)
            taken |= {act.number for act in begins if _is_other_half(act, best, command)}
    return found


def _last_before(command: Command, step: Act, scripts: Mapping[int, Act]) -> int:
    """The last act in a step of the scripts whose work a command sees."""
    seen = (scripts[index] for index in command.seen if index in scripts)
    return max((act.number for act in seen if act.step == step.number), default=-1)


def _found_before(
    command: Command, commands: Sequence[Command], found: dict[int, Act]
) -> Act | None:
    """The act of the same step as it ran before, as where a person is to try it again."""
    places = ((one.line, one.column) == (command.line, command.column) for one in commands)
    before = (found.get(one.index) for one, same in zip(commands, places, strict=True) if same)
    return next((act for act in before if act), None)


def _is_other_half(act: Act, best: Act, command: Command) -> bool:
    """Whether an act is the script of a stash whose files the action beside it hands over."""
    if command.text not in STASHES or best.command.kind != "uses":
        return False
    one, other = act.command, best.command
    place = other.index + (1 if command.text == "unstash" else -1)
    return (one.job, one.leg, one.kind, one.index) == (other.job, other.leg, "run", place)


def _fresh(command: Command, begins: Sequence[Act], taken: set[int]) -> list[Act]:
    """The acts that no command has yet; none where another is more alike, as in a loop, whose
    rounds are one act, beside which another leg of the matrix has its own."""
    fresh = [act for act in begins if act.number not in taken]
    most = max((_likeness(command, act) for act in begins), default=0)
    return fresh if any(_likeness(command, act) == most for act in fresh) else []


def _packs(act: Act, step: Act) -> bool:
    """Whether an act is a stash among the commands of a script."""
    return act.kind == "tool" and act.step == step.number and act.text.startswith("tar ")


def _checks_out(act: Act) -> bool:
    return name_of(act.command) == "actions/checkout"


_WHAT = ("repository", "ref", "path")


def same_checkout(one: Act, other: Act) -> bool:
    """Whether two acts put the same files at the same place, each on its machine."""
    if not (_checks_out(one) and _checks_out(other)):
        return False
    given, wanted = dict(one.command.inputs), dict(other.command.inputs)
    return all(given.get(name, "") == wanted.get(name, "") for name in _WHAT)


def surplus(
    acts: Sequence[Act], pairs: dict[int, Act], same: dict[int, tuple[Act, ...]], known: Known
) -> list[Act]:
    """The acts that no command stands behind: commands of the pipeline that should not have run,
    steps of the workflow for steps that did not run on Jenkins, and commands nobody knows."""
    used = {act.number for ones in same.values() for act in ones}
    around = {act.step for act in pairs.values() if act.kind == "step"}
    full = {act.step for act in acts if act.kind != "step" and not act.placeholder}
    done = {one.start for act in acts if act.number in used for one in act.origins}
    begun = {act.step for act in acts if act.kind == "source" and act.number in used}
    found = []
    for act in acts:
        if act.number in used or act.placeholder or asks_for_runs(act.command):
            continue
        if act.kind == "step":
            keys = [known.steps.get(one.start, "") for one in act.origins]
            beside = any(one.start in done for one in act.origins)
            said = _own_words(act, acts)
            silent = (beside and not said) or _says_nothing(act, said)
            partly = act.number not in full or act.number in begun
            quiet = act.command.kind == "run" and partly and silent
            if act.number not in full and not _ever_ran(act, known) and _prints(act):
                found.append(act)
            names = {key.partition("@")[0] for key in keys}
            whole = beside and (names <= STASHES or counts_tests(act.command))
            idle = _checks_out(act) and not any(
                act.number in one.seen and one.number in used for one in acts
            )
            idle = idle or any(one.number in used and same_checkout(act, one) for one in acts)
            does = any(_does(act, key) for key in keys)
            idle = idle or _did_nothing(act, acts)
            if does and not (prepares(act) or quiet or whole or idle):
                found.append(act)
        elif act.kind == "source" or act.step not in around:
            found.append(act)
    return found


def _did_nothing(act: Act, acts: Sequence[Act]) -> bool:
    """Whether a script asked only whether there is anything to do, and there was not."""
    if act.command.kind != "run" or act.failed or act.said:
        return False
    left = [path for path, _ in act.written if not path.startswith(f"{TEMP}/")]
    return (
        bool(act.written) and not left and all(one.step != act.number or one is act for one in acts)
    )


def _does(act: Act, key: str) -> bool:
    """Whether an act may be what a step of the pipeline does: at an agent only its checkout is, at
    an approval nothing."""
    step = key.partition("@")[0]
    if step in CHECKOUTS:
        return _checks_out(act) or "git fetch" in act.text
    return step not in ("", "input")


def _ever_ran(act: Act, known: Known) -> bool:
    """Whether something at the places of an act runs on Jenkins in any scenario."""
    starts = [one.start for one in act.origins]
    return any(start in known.steps or start in known.scripts for start in starts)


def _prints(act: Act) -> bool:
    """Whether a step that no step of the pipeline stands behind says something to people."""
    lines = act.said.splitlines() if act.command.kind == "run" else ()
    return any(line and not line.startswith("::") for line in lines)


_STOPPING = ("docker rm ", "docker stop ")


def _own_words(act: Act, acts: Sequence[Act]) -> str:
    """What a step prints beside what the commands of the pipeline in it do."""
    said = act.said
    for one in acts:
        if one.step == act.number and one.kind == "source":
            said = said.replace(one.said, "", 1)
    return said


def _says_nothing(act: Act, said: str) -> bool:
    """Whether a script without commands prints nothing but words to GitHub."""
    own = "GITHUB_" in act.text or act.failed or act.text.startswith(_STOPPING)
    return own and all(line.startswith("::") for line in said.splitlines())


def prepares(act: Act) -> bool:
    """A step beside the one that does the work, such as `mkdir` before it."""
    return act.command.kind == "run" and plain(act.text).startswith(("mkdir -p ", "git config "))
