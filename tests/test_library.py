"""The package as a library: names, threads, pickles, silence."""

from __future__ import annotations

import json
import pickle
import pkgutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import jenkins2gha
from jenkins2gha import Conversion, convert
from jenkins2gha.report.text import report

FIXTURES = Path(__file__).parent / "fixtures"
TEXTS = [path.read_text() for path in sorted(FIXTURES.glob("*/Jenkinsfile"))][:50]
MODULES = [one.name for one in pkgutil.iter_modules(jenkins2gha.__path__)]

ORDER = """
import importlib, json, sys
for module in json.loads(sys.argv[1]):
    for name in [name for name in sys.modules if name.split(".")[0] == "jenkins2gha"]:
        del sys.modules[name]
    importlib.import_module(f"jenkins2gha.{module}")
    import jenkins2gha
    for name in jenkins2gha.__all__:
        assert not isinstance(getattr(jenkins2gha, name), type(sys)), (module, name)
    from jenkins2gha import Conversion, analyze, convert
    assert callable(convert) and callable(analyze) and isinstance(Conversion, type), module
conversion = convert("node { sh 'make' }")
assert isinstance(conversion, Conversion) and "run: make" in conversion.workflow
assert analyze("node { sh 'make' }").ok
"""


def told(conversion: Conversion) -> tuple[str | None, str, str]:
    """All that a conversion says, to be compared."""
    source_map = json.dumps(conversion.source_map, sort_keys=True)
    return conversion.workflow, report([conversion], [[]]), source_map


def test_the_names_are_there_whichever_module_was_imported_first() -> None:
    modules = [name for name in MODULES if name != "__main__"]
    done = subprocess.run(
        [sys.executable, "-c", ORDER, json.dumps([*modules, "command.main", "mapping.workflow"])],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_names_are_the_documented_ones() -> None:
    for name in jenkins2gha.__all__:
        assert getattr(jenkins2gha, name) is not None
    with pytest.raises(AttributeError, match="nothing"):
        _ = jenkins2gha.nothing


def test_threads_give_the_same_as_one() -> None:
    alone = [told(convert(text)) for text in TEXTS]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(convert, TEXTS * 2))
    assert [told(one) for one in together] == alone * 2


@pytest.mark.parametrize("text", [*TEXTS[:10], "pipeline {", ""])
def test_a_conversion_can_be_pickled(text: str) -> None:
    conversion = convert(text)
    again = pickle.loads(pickle.dumps(conversion))
    assert told(again) == told(conversion)
    assert again.constructs == conversion.constructs


def test_the_library_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    for text in (*TEXTS, "pipeline {", "", "\0", "node { sh 'a"):
        convert(text)
        jenkins2gha.analyze(text)
    assert capfd.readouterr() == ("", "")


def test_what_is_given_is_not_changed() -> None:
    configuration = jenkins2gha.Configuration(tools={"jdk": "17"})
    before = repr(configuration)
    convert(TEXTS[0], configuration=configuration)
    assert repr(configuration) == before
