"""What a matcher has found."""

from __future__ import annotations

from jenkins2gha.simulate.jenkins.errors import thrown
from jenkins2gha.simulate.jenkins.groovy.values import Matcher, Value


def matched(target: Matcher, place: int) -> Value:
    """`matcher[place]`: the text found there, or a list of it and its groups."""
    found = list(target.pattern.finditer(target.text))
    if not -len(found) <= place < len(found):
        raise thrown("IndexOutOfBoundsException", f"index is out of range {place}")
    one = found[place]
    return [one[0], *one.groups()] if target.pattern.groups else one[0]
