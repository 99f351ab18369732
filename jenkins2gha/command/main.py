"""Entry point: reads the arguments and hands over to one command."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from jenkins2gha.command.arguments import parser
from jenkins2gha.command.exit_codes import BUG, USAGE
from jenkins2gha.command.usage import UsageError


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line and returns the exit code; wrong arguments return 2."""
    try:
        arguments = parser().parse_args(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except UsageError as error:
        print(f"jenkins2gha: {error}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        # The reader of our output is gone; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception:  # the outermost frame: a bug of ours is reported as one, with its trace
        sys.excepthook(*sys.exc_info())
        print("jenkins2gha: this is a bug in jenkins2gha; please report it", file=sys.stderr)
        return BUG
    return code
