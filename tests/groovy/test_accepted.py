"""What is Groovy and what is not, one source per line."""

from __future__ import annotations

import pytest

from groovy.snippets import ACCEPTED, REJECTED
from jenkins2gha.groovy import GroovySyntaxError, parse
from jenkins2gha.source import Source


@pytest.mark.parametrize("text", ACCEPTED)
def test_accepted(text: str) -> None:
    tree = parse(Source("Jenkinsfile", text))
    assert (tree.start, tree.end) == (0, len(text))


@pytest.mark.parametrize("text", REJECTED)
def test_rejected(text: str) -> None:
    with pytest.raises(GroovySyntaxError) as caught:
        parse(Source("Jenkinsfile", text))
    assert 0 <= caught.value.start <= caught.value.end <= len(text)
    assert caught.value.message
