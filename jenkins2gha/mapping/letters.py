"""Variables that Groovy finds whatever the case of their letters, unlike a shell."""

from __future__ import annotations

from collections.abc import Iterable


def in_other_letters(name: str, known: Iterable[str]) -> str | None:
    """The variable that Jenkins finds under a name that none has.

    https://javadoc.jenkins.io/hudson/EnvVars.html

    >>> in_other_letters("environment", ["REGION", "ENVIRONMENT"])
    'ENVIRONMENT'
    """
    return next((one for one in known if one.lower() == name.lower()), None)
