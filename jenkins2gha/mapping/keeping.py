"""Scripts that keep what a script prints, or how it ends, for the steps behind it.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.mapping.one_line import printed_text, prints_line_of_git, prints_one_line
from jenkins2gha.record import replace
from jenkins2gha.regex import regex

File: TypeAlias = Literal["GITHUB_ENV", "GITHUB_OUTPUT"]

MARK = 'END_OF_OUTPUT="END_$GITHUB_RUN_ID${RANDOM:-}"\n'
"""Makes a mark that nobody knows before the run, in any shell: who writes the message of a commit
must not end the value there and set other variables.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
"""
_NOT_ALONE = regex(r"[\n;#&]|\b(?:exit|exec|cd|set|source|export)\b")
"""What does not leave the shell as it was, or hides how a command ends."""
_POWERSHELLS = ("powershell", "pwsh")
_FIRST = "$ErrorActionPreference = 'Continue'; trap { break }\n"


def keeping_output(
    step: ActionStep, name: str, file: File, *, trimmed: bool, shell: str | None = None
) -> ActionStep | None:
    """The step, writing what it prints into a file of GitHub's, under a name; None for a script
    that no text can be taken of. `shell` is the `shell:` of our own scripts in the job."""
    script = str(step.run)
    if step.shell in _POWERSHELLS:
        return replace(step, run=_of_powershell(name, script, file, trimmed=trimmed))
    if step.shell == "cmd":
        text = _of_bat(name, script, file, trimmed=trimmed)
        return None if text is None else replace(step, run=text)
    write = _trimmed if trimmed else _whole
    if step.shell == shell or step.shell is None:
        return replace(step, run=write(name, script, file))
    child, command = child_script(name, script, step.shell)
    return replace(step, run=f"{child}\n{write(name, command, file)}", shell=shell)


def keeping_status(
    step: ActionStep, name: str, *, child: str, shell: str | None = None
) -> ActionStep:
    """The step, writing its status into an output; it never fails. `child` is how a script of the
    job runs by default."""
    script = str(step.run)
    step = replace(step, continue_on_error=None)
    if step.shell in _POWERSHELLS:
        line = f'"{name}=$LASTEXITCODE" | Out-File $env:GITHUB_OUTPUT -Append -Encoding utf8'
        return replace(step, run=f"{script}\n{line}\n$global:LASTEXITCODE = 0")
    if step.shell == "cmd":
        # A digit in front of `>>` would be read as the number of a stream.
        line = f'>> "%GITHUB_OUTPUT%" echo {name}=%ERRORLEVEL%'
        return replace(step, run=f"{script}\n{line}\nexit /b 0")
    own = step.shell == shell or step.shell is None
    if own and not _NOT_ALONE.search(script):
        lines = [f"{script} || {name}=$?"]
    else:
        file, command = child_script(name, script, step.shell or child)
        lines = [file, f"{command} || {name}=$?"]
    written = f'echo "{name}=${name}" >> "$GITHUB_OUTPUT"'
    return replace(step, run="\n".join([f"{name}=0", *lines, written]), shell=shell)


def child_script(name: str, script: str, shell: str) -> tuple[str, str]:
    """The lines that write a script, verbatim, into a file of its own, and the command for it."""
    lines, end = script.split("\n"), "SCRIPT"
    while end in lines:
        end += "_"
    path = f"$RUNNER_TEMP/{name}.sh"
    return f"cat > \"{path}\" <<'{end}'\n{script}\n{end}", shell.replace("{0}", f'"{path}"')


def _trimmed(name: str, script: str, file: File) -> str:
    text = printed_text(script)
    if text is not None:
        return f'echo "{name}={text[1:-1]}" >> "${file}"'
    one_line, of_git = prints_one_line(script), prints_line_of_git(script)
    if re.search(r"[\n;#]", script):
        script = f"\nset -e\n{script}\n"
    taken = f"{name}=$({script})"
    if one_line:
        return f'{taken}\necho "{name}=${name}" >> "${file}"'
    if of_git:
        # The `echo` of some shells would make lines of a backslash and an n.
        return f'{taken}\nprintf \'{name}=%s\\n\' "${name}" >> "${file}"'
    # A second line would be read as a variable of its own.
    lines = (
        f'  echo "{name}<<$END_OF_OUTPUT"\n  printf \'%s\\n\' "${name}"\n  echo "$END_OF_OUTPUT"'
    )
    return f'{taken}\n{MARK}{{\n{lines}\n}} >> "${file}"'


def _whole(name: str, script: str, file: File) -> str:
    if re.search(r"[\n;#]|\bexit\b", script):
        script = f"(\n{script}\n)"
    lines = script.split("\n")
    body = "\n".join(lines if len(lines) > 1 else [f"  {script}"])
    body = f'  echo "{name}<<$END_OF_OUTPUT"\n{body}\n  echo\n  echo "$END_OF_OUTPUT"'
    return f'{MARK}{{\n{body}\n}} >> "${file}"'


def _of_powershell(name: str, script: str, file: File, *, trimmed: bool) -> str:
    first = _FIRST if script.startswith(_FIRST) else ""
    body = script.removeprefix(_FIRST)
    text = f"${name}.Trim()" if trimmed else f"${name}"
    end = "$END_OF_OUTPUT"
    written = f'{end} = "END_$(Get-Random)"\n"{name}<<{end}`n$({text})`n{end}"'
    return (
        f"{first}${name} = & {{\n{body}\n}} | Out-String -Width 192\n"
        f"{written} | Out-File $env:{file} -Append -Encoding utf8"
    )


def _of_bat(name: str, script: str, file: File, *, trimmed: bool) -> str | None:
    """One command of `cmd`; Jenkins prints the commands too, unless they begin with `@`."""
    lines = [line.strip() for line in script.strip().splitlines() if line.strip()]
    if lines[:1] and lines[0].lower() == "@echo off":
        lines = lines[1:]
    elif len(lines) != 1 or not lines[0].startswith("@"):
        return None
    if len(lines) != 1 or re.search(r"[()<>&|^]", lines[0]):
        return None
    path = f"%RUNNER_TEMP%\\{name}.txt"
    line = "" if trimmed else "echo.\n"
    return (
        f'{lines[0].removeprefix("@")} > "{path}"\n'
        f"if errorlevel 1 exit /b %ERRORLEVEL%\n"
        f'set "END_OF_OUTPUT=END_%RANDOM%%RANDOM%"\n'
        f'(\necho {name}^<^<%END_OF_OUTPUT%\ntype "{path}"\n'
        f'{line}echo %END_OF_OUTPUT%\n) >> "%{file}%"'
    )
