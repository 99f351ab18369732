"""`stash` and `unstash`, also under a real shell."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from translating import bins_of, of_steps, rules_of, steps_of

LINE = 5


TARGET = {"target/b.jar", "target/x/c.jar", "target/x/c.txt"}


def run(script: str, workspace: Path, temporary: Path) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "RUNNER_TEMP": str(temporary), "LC_ALL": "C"}
    return subprocess.run(
        ["sh", "-e", "-c", script],
        cwd=workspace,
        env=env,
        text=True,
        capture_output=True,
        check=False,
    )


def files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    root = tmp_path / "workspace"
    for name in ("a.jar", "target/b.jar", "target/x/c.jar", "target/x/c.txt", ".git/config"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    (root / "target/b.jar").chmod(0o755)
    (root / "empty").mkdir()
    return root


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("name: 's'", {"a.jar", "target/b.jar", "target/x/c.jar", "target/x/c.txt"}),
        ("name: 's', includes: 'target/**'", TARGET),
        ("name: 's', includes: 'target/'", TARGET),
        ("name: 's', includes: '**/*.jar'", {"a.jar", "target/b.jar", "target/x/c.jar"}),
        ("name: 's', includes: '*.jar'", {"a.jar"}),
        (
            "name: 's', includes: 'a.jar, target/x/**'",
            {"a.jar", "target/x/c.jar", "target/x/c.txt"},
        ),
        (
            "name: 's', includes: 'target/**', excludes: '**/*.txt'",
            {"target/b.jar", "target/x/c.jar"},
        ),
        ("name: 's', includes: '**/config', useDefaultExcludes: false", {".git/config"}),
        ("name: 's', includes: 'no/*.thing', allowEmpty: true", set()),
    ],
)
def test_what_comes_back(
    arguments: str, expected: set[str], workspace: Path, tmp_path: Path
) -> None:
    stash, unstash = steps_of(of_steps(f"stash {arguments}\nunstash 's'"))
    there = tmp_path / "there"
    there.mkdir()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    packed = run(str(stash.run), workspace, temporary)
    assert packed.returncode == 0, packed.stderr
    unpacked = run(str(unstash.run), there, temporary)
    assert unpacked.returncode == 0, unpacked.stderr
    assert files(there) == expected
    if "target/b.jar" in expected:
        assert (there / "target/b.jar").stat().st_mode & 0o111


@pytest.mark.parametrize("includes", ["no/*.thing", "nothing", "nothing/**"])
def test_an_empty_stash_fails(includes: str, workspace: Path, tmp_path: Path) -> None:
    (stash,) = steps_of(of_steps(f"stash name: 's', includes: '{includes}'"))
    assert run(str(stash.run), workspace, tmp_path).returncode != 0


def test_a_missing_stash_fails(workspace: Path, tmp_path: Path) -> None:
    (unstash,) = steps_of(of_steps("unstash 'never'"))
    assert run(str(unstash.run), workspace, tmp_path).returncode != 0


def test_the_current_folder() -> None:
    steps = [
        step for step in steps_of(of_steps("dir('api') {\nstash 's'\n}")) if "tar" in str(step.run)
    ]
    assert [step.working_directory for step in steps] == ["api"]


def test_a_name_that_is_no_file_name() -> None:
    (stash,) = steps_of(of_steps("stash 'my app/1'"))
    assert "$RUNNER_TEMP/stash-my-app-1.tgz" in str(stash.run)


@pytest.mark.parametrize(
    "step",
    ["stash name: foo()", "unstash foo()", "stash name: 's', includes: foo()"],
)
def test_left_to_a_person(step: str) -> None:
    translation = of_steps(step)
    assert "stash-unknown" in rules_of(translation)
    assert bins_of(translation, LINE) == {"manual"}
