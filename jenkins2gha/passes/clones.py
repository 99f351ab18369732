"""Clones that scripts make beside the checkout: git finds no token of the job in them.

https://github.com/actions/checkout#usage
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jenkins2gha.actions.workflow import Step
from jenkins2gha.passes.elsewhere import folder_of, plain
from jenkins2gha.passes.history import git_words
from jenkins2gha.passes.scripts import plain_script, step_commands
from jenkins2gha.regex import regex

_CLONES = regex(r"\bgit\b[^\n]*\bclone\s")
_WITH_VALUE = frozenset(
    "-b --branch -c --config --depth -o --origin -j --jobs -u --upload-pack --reference "
    "--separate-git-dir --shallow-since --shallow-exclude --filter --template".split()
)


def cloned_folders(steps: Iterable[Step]) -> frozenset[str]:
    """The folders that the scripts of a job clone into, from the workspace on.

    >>> step = Step(run="git clone -b dev https://git.example.org/team/site.git && cd site")
    >>> cloned_folders([step])
    frozenset({'site'})
    """
    found = frozenset(
        folder_of(step, folder)
        for step in steps
        if _CLONES.search(plain_script(step))
        for command in step_commands(step)
        if command.name == "git"
        for folder in _folder(git_words([plain(word) for word in command.words]))
    )
    return found - {"."}


def _folder(words: tuple[str, ...]) -> Iterator[str]:
    if words[:1] != ("clone",):
        return
    given = list(_positional(words[1:]))
    if len(given) > 1:
        yield given[1]
    elif given:
        name = re.sub(r"(?:\.git)?/*$", "", given[0])
        yield re.split(r"[/:]", name)[-1]


def _positional(words: Iterable[str]) -> Iterator[str]:
    skips = False
    for word in words:
        if not skips and not word.startswith("-"):
            yield word
        skips = not skips and word in _WITH_VALUE
