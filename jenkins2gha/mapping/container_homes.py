"""Containers that run as the machine's user, who has no home in an image made for another one.

The user of most agents is number 1000, as that of these images is; GitHub's `runner` is 1001.
https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md#non-root-user
"""

from __future__ import annotations

from collections.abc import Iterable

from jenkins2gha.actions.workflow import Step
from jenkins2gha.diagnostics import Certainty, Outcome
from jenkins2gha.mapping.containers import USER
from jenkins2gha.mapping.translation import Translation
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose

_IMAGE = regex(r"\s(?:[\w.:-]+/)*(?:node|gradle)(?::[\w.-]+)?(?=\s|$)")
_KEEPS = regex(r"(?:^|[\n;&|(])\s*(npm\s+(?:i|ci|install)|npx|yarn|pnpm|gradle)(?=\s|$)")
_HAS_HOME = regex(r"\s(?:-e|--env)[ =][\"']?(?:HOME|npm_config_cache|NPM_CONFIG_CACHE)(?:[=\s]|$)")


def homeless(steps: Iterable[Step]) -> Translation:
    """What is said of the first command of a job that looks for the home of such a user."""
    entered = False
    for step in steps:
        run = str(step.run)
        if USER in run:
            entered = _IMAGE.search(run) is not None and not _HAS_HOME.search(run)
        inside = entered and (USER in run or "docker exec" in run)
        found = _KEEPS.search("\n".join(step.inner)) if inside else None
        if found is None or step.origin is None or not step.origin.spans:
            continue
        site = step.origin.spans[0]
        message = f"the machine's user has no home in the image, where `{found[1]}` keeps files"
        said = diagnose("container-home", site, message, construct="step sh")
        return Translation((), (said,), (Outcome(site, Certainty.APPROXIMATE),))
    return Translation()
