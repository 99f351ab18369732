"""What the ids of the steps of each stage begin with."""

from __future__ import annotations

from jenkins2gha.slug import slug


class Prefixes:
    """Gives out the beginnings of ids: no id of another stage, nor one of the pipeline's own
    `post`, can be the same."""

    def __init__(self) -> None:
        self._taken: set[str] = {"post"}
        self._heads: set[str] = {"post"}

    def of(self, stage: str) -> str:
        word = slug(stage) or "stage"
        word = word if word[0].isalpha() else f"stage-{word}"
        if word in self._heads or not self._taken.isdisjoint(_heads(word)):
            word = f"{word}_{len(self._taken)}"  # no slug has a `_`
        self._taken.add(word)
        self._heads.update(_heads(word))
        return word


def _heads(word: str) -> list[str]:
    """`a`, `a-b` and `a-b-c` of `a-b-c`."""
    parts = word.split("-")
    return ["-".join(parts[:count]) for count in range(1, len(parts) + 1)]
