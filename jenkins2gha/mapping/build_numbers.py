"""The numbers of builds, which begin again at 1: what is named after one may be there already."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jenkins2gha.mapping.machine_scripts import uncommented
from jenkins2gha.mapping.translation import Translation
from jenkins2gha.plan.jobs import PlannedJob
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose

_NUMBER = regex(r"\b(?:BUILD_(?:NUMBER|ID|TAG)|currentBuild\.(?:number|id)|buildNumber)\b")
_COMMENT = regex(r"(?:^|\s)(?://|#|\*)(?!\{)")


def numbers_again(jobs: Iterable[PlannedJob]) -> Translation:
    """Said once, where the pipeline first reads the number of its build.

    https://docs.github.com/en/actions/reference/workflows-and-actions/variables
    """
    source = next((job.agent.span.source for job in jobs), None)
    if source is None:
        return Translation()
    text = uncommented(source.text)
    found = next((one for one in _NUMBER.finditer(text) if not _is_comment(text, one)), None)
    if found is None:
        return Translation()
    message = f"`{found[0]}` begins again at 1: what is named after it may be there already"
    said = diagnose("build-number-restarts", source.span(*found.span()), message)
    return Translation(diagnostics=(said,))


def _is_comment(text: str, found: re.Match[str]) -> bool:
    """Whether a name stands behind `//` or `#` in its line."""
    before = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
    return _COMMENT.search(before) is not None
