"""Which files of a report are kept, where the step says it in words of its own."""

from __future__ import annotations

import pytest

from translating import of_steps, rules_of, steps_of


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        ("results: [[path: 'build/allure']]", "build/allure"),
        ("results: [[path: 'a'], [path: 'b']]", "a\nb"),
        ("([results: [[path: 'a']]])", "a"),
        ("includeProperties: false", "allure-results"),
    ],
)
def test_the_folders_of_allure_are_kept(arguments: str, path: str) -> None:
    (step,) = steps_of(of_steps(f"allure {arguments}"))
    assert step.inputs["path"] == path


@pytest.mark.parametrize("results", ["['a', 'b']", "['a']", "[]"])
def test_results_that_name_no_folder_are_left(results: str) -> None:
    translation = of_steps(f"allure results: {results}")
    assert "report-unknown" in rules_of(translation)
    assert steps_of(translation) == []
