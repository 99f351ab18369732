from __future__ import annotations

from jenkins2gha import convert
from jenkins2gha.report import text


def _report(steps: str) -> list[str]:
    body = f"pipeline {{\nagent any\nstages {{ stage('A') {{ steps {{\n{steps}\n}} }} }}\n}}\n"
    return text.report([convert(body, source="Jenkinsfile")], [[]]).splitlines()


def test_what_is_said_of_several_places_is_said_once() -> None:
    lines = _report("dir('/a') { sh 'x' }\ndir('/a') { sh 'x' }\ndir('/a') { sh 'x' }")
    assert sum("warning[directory-outside]" in line for line in lines) == 1
    assert "    … and 2 more at lines 5, 6" in lines


def test_one_more_place() -> None:
    assert "    … and 1 more at line 5" in _report("dir('/a') { sh 'x' }\ndir('/a') { sh 'x' }")


def test_other_words_stand_by_themselves() -> None:
    lines = _report("dir('/a') { sh 'x' }\ndir('/b') { sh 'x' }")
    assert sum("warning[directory-outside]" in line for line in lines) == 2
    assert not any("more at" in line for line in lines)


def test_the_report_for_machines_keeps_each() -> None:
    body = "dir('/a') { sh 'x' }\ndir('/a') { sh 'x' }"
    found = convert(f"node {{\n{body}\n}}").diagnostics
    assert sum(one.rule == "directory-outside" for one in found) == 2


def test_one_statement_is_no_plural() -> None:
    assert any(
        line.endswith("; 1 Groovy statement left to a person")
        for line in _report("script { while (env.A.size() > 3) { sh 'x' } }")
    )
