"""Every folder of `fixtures/` is converted; its workflow and its report are pinned."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from jenkins2gha import Conversion, convert
from jenkins2gha.configuration import Configuration, CredentialSetting, JobSetting
from jenkins2gha.report import text

FIXTURES = Path(__file__).parent / "fixtures"
CASES = sorted(path.parent.name for path in FIXTURES.glob("*/Jenkinsfile"))
JOBS = sorted(path.parent.name for path in FIXTURES.glob("*/config.xml"))
ALL = sorted(CASES + JOBS)


class Workflow(SingleFileSnapshotExtension):
    file_extension = "yml"
    _write_mode = WriteMode.TEXT


class Report(SingleFileSnapshotExtension):
    file_extension = "txt"
    _write_mode = WriteMode.TEXT


def _settings(options: dict[str, Any]) -> Configuration:
    """Settings as `options.json` writes them: lists for tuples, objects for records."""
    runners = {label: tuple(given) for label, given in options.pop("runners", {}).items()}
    credentials = {
        name: CredentialSetting(**given) for name, given in options.pop("credentials", {}).items()
    }
    jobs = {name: JobSetting(**given) for name, given in options.pop("jobs", {}).items()}
    return Configuration(**options, runners=runners, credentials=credentials, jobs=jobs)


def converted(case: str) -> Conversion:
    folder = FIXTURES / case
    options: dict[str, Any] = {}
    if (folder / "options.json").exists():
        options = json.loads((folder / "options.json").read_text())
    settings = _settings({key: value for key, value in options.items() if key != "name"})
    repository = folder / "repository"

    def files(path: str) -> str | None:
        file = repository / path
        return file.read_text() if file.is_file() else None

    name = "config.xml" if case in JOBS else "Jenkinsfile"
    return convert(
        (folder / name).read_bytes().decode(),
        source=name,
        name=options.get("name"),
        files=files,
        configuration=settings,
    )


@pytest.mark.parametrize("case", ALL)
def test_the_workflow_is_as_pinned(case: str, snapshot: SnapshotAssertion) -> None:
    conversion = converted(case)
    if conversion.status == "failed":
        assert conversion.workflow is None
    else:
        assert conversion.workflow == snapshot(extension_class=Workflow)


@pytest.mark.parametrize("case", ALL)
def test_the_report_is_as_pinned(case: str, snapshot: SnapshotAssertion) -> None:
    assert text.report([converted(case)], [[]]) == snapshot(extension_class=Report)


@pytest.mark.parametrize("case", ALL)
def test_the_bins_add_up_to_the_constructs(case: str) -> None:
    counts = converted(case).constructs
    bins = counts.exact + counts.equivalent + counts.approximate + counts.dropped
    assert bins + counts.manual + counts.llm == counts.total


@pytest.mark.parametrize("case", ALL)
def test_each_manual_site_is_said_exactly_once(case: str) -> None:
    conversion = converted(case)
    said = [one for one in conversion.diagnostics if one.certainty == "manual"]
    assert len(said) == conversion.constructs.manual + conversion.groovy_manual


@pytest.mark.parametrize("case", ALL)
def test_no_construct_is_left_to_the_last_resort(case: str) -> None:
    assert [one for one in converted(case).diagnostics if one.rule == "construct-not-reached"] == []


@pytest.mark.parametrize("case", ALL)
def test_the_same_input_gives_the_same_output(case: str) -> None:
    first, second = converted(case), converted(case)
    assert first.workflow == second.workflow
    assert text.report([first], [[]]) == text.report([second], [[]])
