"""The command line's words."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import Protocol

from jenkins2gha.version import VERSION

_ABOUT = "Compiles Jenkins pipelines into GitHub Actions workflows."
_CODES = """exit codes: 0 converted; 1 something is left to a person (with --strict also where the
workflow differs); 2 wrong usage; 3 syntax error, invalid or no pipeline; 4 a server or the network
failed; 70 a bug in jenkins2gha"""


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    top = argparse.ArgumentParser("jenkins2gha", description=_ABOUT, epilog=_CODES)
    top.add_argument("--version", action="version", version=f"jenkins2gha {VERSION}")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    _add_convert(commands)
    _add_verify(commands)
    _add_analyze(commands)
    _add_ast(commands)
    _add_explain(commands)
    _add_completion(commands)
    return top


class _Commands(Protocol):
    """What `add_subparsers()` gives; argparse has no public name for it."""

    @property
    def add_parser(self) -> Callable[..., argparse.ArgumentParser]: ...


def _runs(module: str) -> Callable[[argparse.Namespace], int]:
    """Imports a command's module when the command runs, so that the others start fast."""

    def run(arguments: argparse.Namespace) -> int:
        code: int = import_module(f"jenkins2gha.command.{module}").run(arguments)
        return code

    return run


def _add_convert(commands: _Commands) -> None:
    command = commands.add_parser(
        "convert",
        help="convert pipelines into workflows",
        description="Converts pipelines. One FILE prints its workflow; several need --into or "
        "--out-dir.",
        epilog=_CODES,
    )
    command.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="a Jenkinsfile, the config.xml of a job, a folder of them, or - for standard input",
    )
    where = command.add_mutually_exclusive_group()
    where.add_argument("-o", "--output", metavar="FILE", help="write the workflow to FILE")
    where.add_argument("--into", metavar="REPO", help="write into REPO/.github/workflows/")
    where.add_argument(
        "--out-dir",
        metavar="DIR",
        help="write each source's files into a folder of its own below DIR",
    )
    command.add_argument(
        "--name", metavar="N", help="the job's full name in Jenkins (default: pipeline)"
    )
    command.add_argument(
        "--job-kind",
        choices=("multibranch", "pipeline"),
        help="the kind of job (default: multibranch)",
    )
    command.add_argument("--repo", metavar="DIR", help="the repository that the pipeline builds")
    command.add_argument(
        "--config", action="append", default=[], metavar="FILE", help="settings; later files win"
    )
    _settings(command)
    command.add_argument(
        "--report", metavar="FILE", help="write a report (JSON unless --format says otherwise)"
    )
    command.add_argument(
        "--format", choices=("text", "json", "markdown"), help="the form of the report"
    )
    command.add_argument(
        "--source-map", metavar="FILE", help="write where each part of the workflow comes from"
    )
    command.add_argument(
        "--strict", action="store_true", help="exit 1 also where the workflow differs"
    )
    command.add_argument(
        "--force", action="store_true", help="overwrite workflows that a person edited"
    )
    command.add_argument("--timings", action="store_true", help="add elapsed_ms to the JSON report")
    command.add_argument(
        "-j",
        dest="at_once",
        type=_positive,
        default=1,
        metavar="N",
        help="convert N files at a time",
    )
    command.set_defaults(run=_runs("convert"))


def _settings(command: argparse.ArgumentParser) -> None:
    """Settings of a conversion that the command line may set too."""
    command.add_argument(
        "--pin", choices=("sha", "tag"), help="pin actions to a commit (default) or a tag"
    )
    command.add_argument(
        "--target",
        choices=("github", "ghes"),
        help="github.com (default) or GitHub Enterprise Server",
    )
    command.add_argument(
        "--jobs",
        choices=("allocation", "stage"),
        help="one job for each allocation of an agent (default), or one for each stage",
    )
    command.add_argument(
        "--parallel",
        choices=("auto", "steps", "jobs"),
        help="how branches that share a workspace run: in one job (default), or each in its own",
    )
    command.add_argument(
        "--on-manual",
        choices=("fail", "warn", "skip"),
        help="what the workflow does where something is left to a person (default: fail)",
    )
    command.add_argument(
        "--llm",
        choices=("off",),
        default="off",
        help="whether a model may fill what rules leave open",
    )


def _add_verify(commands: _Commands) -> None:
    command = commands.add_parser(
        "verify",
        help="show whether a workflow does what its pipeline does",
        description="Runs a pipeline as on Jenkins and its workflow as on GitHub, both by "
        "simulators, in every situation worth it, and shows where they differ.",
        epilog="exit codes: 0 the same; 1 they differ; 2 wrong usage; 3 no pipeline, no workflow, "
        "or a pipeline that cannot be simulated; 70 a bug in jenkins2gha",
    )
    command.add_argument("file", metavar="FILE", help="a Jenkinsfile, or - for standard input")
    command.add_argument(
        "--workflow", metavar="W", help="the workflow to verify (default: what FILE converts to)"
    )
    command.add_argument("--json", action="store_true", help="print JSON")
    command.add_argument(
        "--name", metavar="N", help="the job's full name in Jenkins (default: pipeline)"
    )
    command.add_argument(
        "--job-kind",
        choices=("multibranch", "pipeline"),
        help="the kind of job (default: multibranch)",
    )
    command.add_argument("--repo", metavar="DIR", help="the repository that the pipeline builds")
    command.add_argument(
        "--config", action="append", default=[], metavar="FILE", help="settings; later files win"
    )
    _settings(command)
    command.set_defaults(run=_runs("verify"))


def _add_analyze(commands: _Commands) -> None:
    command = commands.add_parser("analyze", help="show what a pipeline uses", epilog=_CODES)
    command.add_argument(
        "file",
        metavar="FILE",
        help="a Jenkinsfile, the config.xml of a job, or - for standard input",
    )
    command.add_argument("--json", action="store_true", help="print JSON")
    command.add_argument("--repo", metavar="DIR", help="the repository that the pipeline builds")
    command.set_defaults(run=_runs("analyze"))


def _add_ast(commands: _Commands) -> None:
    command = commands.add_parser("ast", help="show the syntax tree of Groovy files", epilog=_CODES)
    command.add_argument(
        "files", nargs="+", metavar="FILE", help="a Groovy file, or - for standard input"
    )
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object a file, with its tree")
    form.add_argument(
        "--counts", action="store_true", help="one JSON object a file, without its tree"
    )
    command.set_defaults(run=_runs("ast"))


def _add_explain(commands: _Commands) -> None:
    command = commands.add_parser("explain", help="explain a rule that a message names")
    command.add_argument(
        "rule", metavar="RULE", nargs="?", help="a rule's id; without one, all rules are listed"
    )
    command.set_defaults(run=_runs("explain"))


def _add_completion(commands: _Commands) -> None:
    command = commands.add_parser("completion", help="print a completion script for your shell")
    command.add_argument("shell", choices=("bash", "zsh", "tcsh"))
    command.set_defaults(run=_runs("completion"))


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number
