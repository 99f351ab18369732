"""Builds the parse table and the mapping tables into wheel and sdist; pyproject.toml says the rest.

An editable install writes them beside their sources, and so does `make` when a source has changed.
"""

import compileall
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

ROOT = Path(__file__).parent


def write_data(grammar: Path, mappings: Path) -> None:
    """Writes both files into these folders."""
    sys.path.insert(0, str(ROOT))
    try:
        from jenkins2gha import tables
        from jenkins2gha.groovy import tables as parse_tables
    finally:
        sys.path.remove(str(ROOT))
    for write, file in (
        (parse_tables.write, grammar / "groovy.table"),
        (tables.write, mappings / "tables.json"),
    ):
        file.unlink(missing_ok=True)  # it may be a hard link to the checkout's
        write(file)


class BuildPy(build_py):
    """The package with its prebuilt data."""

    def run(self) -> None:
        """Builds the data where the package has just been copied to, or where it stays."""
        super().run()
        if self.editable_mode:
            write_data(ROOT / "grammar", ROOT / "mappings")
            # Where Python may not write bytecode by itself, every start would compile it all.
            compileall.compile_dir(ROOT / "jenkins2gha", quiet=1)
        else:
            package = Path(self.build_lib) / "jenkins2gha"
            write_data(package / "grammar", package / "mappings")


class Sdist(sdist):
    """The sources with their prebuilt data, so that an unpacked sdist starts fast."""

    def make_release_tree(self, base_dir: str, files: list[str]) -> None:
        """Builds the data in the folder that is about to be packed."""
        super().make_release_tree(base_dir, files)
        write_data(Path(base_dir) / "grammar", Path(base_dir) / "mappings")


setup(cmdclass={"build_py": BuildPy, "sdist": Sdist})
