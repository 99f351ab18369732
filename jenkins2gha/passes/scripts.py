"""The commands that the steps of a workflow run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import dropwhile

from jenkins2gha.actions.workflow import Step, Template
from jenkins2gha.passes.elsewhere import in_checkout
from jenkins2gha.shell.bat import bat_commands
from jenkins2gha.shell.words import Command, commands

# What only starts another command: `npx lerna`, `yarn run lint`, `sudo git push`.
_STARTERS = frozenset("sudo env time nice nohup exec command call npx bunx".split())
_PACKAGE_RUNNERS = frozenset({"yarn", "pnpm", "npm", "bun"})
_RUN_WORDS = frozenset({"run", "exec", "dlx", "x", "--"})


def plain_script(step: Step) -> str:
    """The script of a step with a word in place of each expression; '' for an action."""
    if isinstance(step.run, Template):
        return "".join(part if isinstance(part, str) else "x" for part in step.run.parts)
    return step.run if isinstance(step.run, str) else ""


def step_commands(step: Step) -> tuple[Command, ...]:
    """The simple commands of a step's script; none for a placeholder or an action."""
    script = "" if step.placeholder else plain_script(step)
    own = _read(script, bat=step.script_kind == "bat") if script else ()
    return (*own, *(command for one in step.inner for command in _read(one, bat=False)))


def invocations(step: Step, about: re.Pattern[str]) -> Iterator[tuple[str, ...]]:
    """Each command as words, from the program on that it comes to; '' for an unknown word.

    `sudo -E npx lerna run x` comes as `lerna`, `run`, `x`. A script that does not mention what the
    question is `about` is not read, so that most cost nothing.
    """
    if any(map(about.search, (plain_script(step), *step.inner))):
        yield from _invoked(step_commands(step))


def invocations_here(
    step: Step, about: re.Pattern[str], elsewhere: frozenset[str] = frozenset()
) -> Iterator[tuple[str, ...]]:
    """The same without the commands that a script runs outside the workspace, or in one of the
    folders `elsewhere`."""
    if any(map(about.search, (plain_script(step), *step.inner))):
        yield from _invoked(in_checkout(step_commands(step), step, elsewhere))


def _invoked(found: Iterable[Command]) -> Iterator[tuple[str, ...]]:
    for command in found:
        words = [word if word is not None else "" for word in command.literals]
        while words and words[0] in _STARTERS:
            words = list(dropwhile(_is_prelude, words[1:]))
        if len(words) > 1 and words[0] in _PACKAGE_RUNNERS and words[1] in _RUN_WORDS:
            words = list(dropwhile(lambda word: word.startswith("-"), words[2:]))
        if words:
            program = words[0].replace("\\", "/").rpartition("/")[2]
            yield (program.removesuffix(".exe").removesuffix(".cmd"), *words[1:])


def _is_prelude(word: str) -> bool:
    return word.startswith("-") or ("=" in word and not word.startswith("="))


@lru_cache(maxsize=256)
def _read(script: str, *, bat: bool) -> tuple[Command, ...]:
    return bat_commands(script) if bat else commands(script)
