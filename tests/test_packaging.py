"""The project as it is built and installed: wheel, sdist, bare checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

import jenkins2gha

ROOT = Path(__file__).parents[1]
DATA = {"grammar/groovy.lark", "grammar/groovy.table", "mappings/tables.json"}
JENKINSFILE = "pipeline { agent any; stages { stage('Build') { steps { sh 'make' } } } }\n"
Completed = subprocess.CompletedProcess[str]
LEFT_OUT = shutil.ignore_patterns(
    ".*cache", ".git", ".judges", ".venv", "__pycache__", "build", "*.egg-info"
)


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_declared_packages_are_the_folders_on_disk() -> None:
    code = {
        ".".join(init.parent.relative_to(ROOT).parts)
        for init in (ROOT / "jenkins2gha").rglob("__init__.py")
    }
    data = {"jenkins2gha.grammar", "jenkins2gha.mappings"}
    assert project()["tool"]["setuptools"]["packages"] == sorted(code | data)


def test_every_folder_of_code_is_a_package() -> None:
    folders = {file.parent for file in (ROOT / "jenkins2gha").rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_the_package_says_the_version_of_the_project() -> None:
    assert jenkins2gha.__version__ == project()["project"]["version"]


def build(kind: str, source: Path, target: Path) -> Path:
    """Builds without isolation, with the setuptools of this environment and no network."""
    hook = f"from setuptools import build_meta; print(build_meta.build_{kind}({str(target)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", hook], cwd=source, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return target / done.stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked sdist of this checkout."""
    folder = tmp_path_factory.mktemp("sdist")
    shutil.copytree(ROOT, folder / "checkout", ignore=LEFT_OUT)
    for file in ("grammar/groovy.table", "mappings/tables.json"):
        (folder / "checkout" / file).unlink(missing_ok=True)
    archive = build("sdist", folder / "checkout", folder)
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    return folder / archive.name.removesuffix(".tar.gz")


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked wheel, built from the sdist."""
    folder = tmp_path_factory.mktemp("wheel")
    archive = build("wheel", sdist, folder)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder / "site")
    return folder / "site"


def python(program: str | list[str], site: Path | None, folder: Path) -> Completed:
    """Runs a program, or the words of a command, in a folder that is not the checkout."""
    return subprocess.run(
        [sys.executable, *(["-c", program] if isinstance(program, str) else program)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(site or ""), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def convert(command: list[str], folder: Path, site: Path | None = None) -> str:
    (folder / "Jenkinsfile").write_text(JENKINSFILE, encoding="utf-8")
    done = python([*command, "convert", "Jenkinsfile"], site, folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def files_of(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def test_the_sdist_holds_what_a_checkout_holds_and_the_prebuilt_data(sdist: Path) -> None:
    held = files_of(sdist)
    assert held >= DATA | {"cli.py", "Makefile", "LICENSE", "tests/test_packaging.py"}
    assert not [name for name in held if "node_modules" in name or name.endswith(".pyc")]


def test_the_wheel_holds_the_package_and_its_data_and_nothing_else(wheel: Path) -> None:
    held = files_of(wheel)
    assert held >= {f"jenkins2gha/{name}" for name in DATA} | {"jenkins2gha/py.typed"}
    assert {name.split("/")[0] for name in held} == {
        "jenkins2gha",
        f"jenkins2gha-{jenkins2gha.__version__}.dist-info",
    }
    source = ROOT / "jenkins2gha"
    assert held >= {f"jenkins2gha/{file.relative_to(source)}" for file in source.rglob("*.py")}
    assert held >= {
        f"jenkins2gha/{file.relative_to(ROOT)}" for file in (ROOT / "mappings").rglob("*.yaml")
    }


def test_the_wheel_works(wheel: Path, tmp_path: Path) -> None:
    done = python("import jenkins2gha; print(jenkins2gha.__file__)", wheel, tmp_path)
    assert Path(done.stdout.strip()).is_relative_to(wheel)
    assert "run: make" in convert(["-m", "jenkins2gha"], tmp_path, wheel)


def test_checkout_and_wheel_say_the_same(wheel: Path, tmp_path: Path) -> None:
    from_checkout = convert([str(ROOT / "cli.py")], tmp_path)
    assert from_checkout == convert(["-m", "jenkins2gha"], tmp_path, wheel)


PREBUILT = f"""
import sys
import lark.lark

def build(*arguments, **options):
    raise AssertionError("the grammar was built")

lark.lark.load_grammar = build
from jenkins2gha import convert
convert({JENKINSFILE!r})
assert "jenkins2gha.tables.validate" not in sys.modules, "the tables were read from YAML"
"""


def test_a_wheel_starts_from_its_prebuilt_data(wheel: Path, tmp_path: Path) -> None:
    done = python(PREBUILT, wheel, tmp_path)
    assert done.returncode == 0, done.stderr
