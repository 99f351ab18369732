"""The command line that runs a script.

Source: actions/runner, `Handlers/ScriptHandlerHelpers.cs`; docs.github.com, workflow syntax,
`jobs.<job_id>.steps[*].shell`.
"""

from __future__ import annotations

_GIVEN = {
    "bash": "bash --noprofile --norc -e -o pipefail {0}",
    "sh": "sh -e {0}",
    "pwsh": "pwsh -command \". '{0}'\"",
    "powershell": "powershell -command \". '{0}'\"",
    "cmd": 'cmd /D /E:ON /V:OFF /S /C "CALL "{0}""',
    "python": "python {0}",
}


def command(shell: str, system: str, *, container: bool) -> str:
    """The command of a `shell:`, or of none on a system: `Linux`, `macOS`, `Windows`.

    >>> command("", "Linux", container=False)
    'bash -e {0}'
    """
    if shell:
        return _GIVEN.get(shell.lower(), shell)
    if container:
        return _GIVEN["sh"]
    return _GIVEN["pwsh"] if system == "Windows" else "bash -e {0}"


def system(labels: tuple[str, ...]) -> str:
    """The system of a runner, by its labels; Linux where they do not tell."""
    for label in labels:
        for start, name in (("windows", "Windows"), ("win-", "Windows"), ("macos", "macOS")):
            if label.lower().startswith(start):
                return name
    return "Linux"


def posix(command_line: str) -> bool:
    """Whether a command line is that of a POSIX shell."""
    return command_line.split(" ", 1)[0].rpartition("/")[2] in ("bash", "sh", "dash", "zsh", "ksh")
