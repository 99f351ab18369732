"""Installs every judge that this machine can hold, and says why for each that it cannot."""

from __future__ import annotations

import sys
from importlib import import_module

from judges import JUDGES, Unavailable, required


def main() -> int:
    """Exit code 1 where a judge is missing and has to be there."""
    missing = False
    for name in JUDGES:
        judge = import_module(f"judges.{name}")
        try:
            judge.install()
            reason = judge.available()
        except Unavailable as error:
            reason = str(error)
        missing = missing or reason is not None
        print(f"{name} {judge.VERSION}: {reason or 'ready'}", flush=True)
    return int(missing and required())


if __name__ == "__main__":
    sys.exit(main())
