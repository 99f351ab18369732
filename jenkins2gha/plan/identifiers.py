"""The ids of jobs: the slugs of their names, each once.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_id
"""

from __future__ import annotations

from jenkins2gha.slug import slug

_LONGEST = 80


class Identifiers:
    """Gives out ids; the second of a name ends in `-2`."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, name: str) -> str:
        """The id of a job with this name.

        >>> ids = Identifiers()
        >>> ids.of("Build & Test"), ids.of("Build, test"), ids.of("")
        ('build-test', 'build-test-2', 'job')
        >>> ids.of("빌드"), ids.of("배포")
        ('stage-1', 'stage-2')
        """
        word = slug(name)[:_LONGEST].strip("-")
        if word[:1].isdigit():
            word = f"stage-{word}"
        unique, number = word or ("stage-1" if name else "job"), 1
        word = word or ("stage" if name else "job")
        while unique in self._taken:
            number += 1
            unique = f"{word}-{number}"
        self._taken.add(unique)
        return unique
