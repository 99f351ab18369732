"""What a pod is made of, however it is described."""

from __future__ import annotations

import re

from jenkins2gha.jenkins.values import Expr
from jenkins2gha.record import dataclass


class Unreadable(Exception):
    """Why a pod is not known, in words."""


@dataclass(frozen=True, slots=True)
class FromSecret:
    """A variable whose value is a key of a secret of the cluster."""

    secret: str
    key: str


@dataclass(frozen=True, slots=True)
class PodContainer:
    """A container: `mounts` are the names of volumes with the paths that they stand at,
    `limits` what it may take of its node."""

    name: str
    image: Expr
    command: tuple[str, ...] = ()
    args: tuple[str, ...] = ()
    env: tuple[tuple[str, Expr | FromSecret], ...] = ()
    mounts: tuple[tuple[str, str], ...] = ()
    ports: tuple[int, ...] = ()
    user: str | None = None
    privileged: bool = False
    terminal: bool = False
    limits: tuple[str, ...] = ()

    @property
    def idle(self) -> bool:
        """Whether its command only waits."""
        words = (*self.command, *self.args)
        return any(re.search(r"\b(?:cat|sleep|tail|infinity|pause)\b", word) for word in words)
