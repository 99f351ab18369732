"""`jenkins2gha completion SHELL`: a completion script for the user's shell."""

from __future__ import annotations

import argparse

import shtab

from jenkins2gha.command.arguments import parser
from jenkins2gha.command.exit_codes import CONVERTED


def run(arguments: argparse.Namespace) -> int:
    print(shtab.complete(parser(), shell=arguments.shell))
    return CONVERTED
