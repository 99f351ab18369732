"""The variables, arguments and files of a shell."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jenkins2gha.simulate.shell.state import Streams

_MACHINE = frozenset(
    "HOME PATH USER PWD OLDPWD SHELL HOSTNAME TMPDIR LANG RANDOM JAVA_HOME SECONDS".split()
)


class Names:
    """What a shell knows by name; `exported` are the variables that its processes see, `missed`
    those that were read although nothing has set them; `written` has each file with its text after
    each time that something wrote to it."""

    def __init__(
        self,
        variables: Mapping[str, str],
        files: dict[str, str],
        directory: str,
        arguments: tuple[str, ...],
    ) -> None:
        self.variables = dict(variables)
        self.exported = set(variables)
        self.removed: set[str] = set()
        self.missed: set[str] = set()
        self.files, self.directory = files, directory
        self.written: list[tuple[str, str]] = []
        self.arguments: list[str] = list(arguments)
        self.status: int = 0
        self.streams = Streams()
        self.process = 1000

    def get(self, name: str) -> str | None:
        """The value of a variable; of one that only the machine knows its own name."""
        if name in self.variables:
            return self.variables[name]
        if name.isdigit():
            place = int(name) - 1
            return self.arguments[place] if 0 <= place < len(self.arguments) else None
        if name in _SPECIAL:
            return _SPECIAL[name](self)
        if name == "PWD":
            return f"$GITHUB_WORKSPACE/{self.directory}".rstrip("/")
        return f"${name}" if name in _MACHINE and name not in self.removed else None

    def miss(self, name: str) -> None:
        """Takes note of a variable that is read and has no value."""
        if name.isidentifier():
            self.missed.add(name)

    def set(self, name: str, value: str) -> None:
        self.variables[name] = value

    def unset(self, name: str) -> None:
        """Takes a variable away."""
        self.variables.pop(name, None)
        self.exported.discard(name)
        self.removed.add(name)

    def fields(self) -> list[str]:
        return list(self.arguments)

    def environment(self) -> dict[str, str]:
        """What a process that is started here sees."""
        return {name: self.variables[name] for name in self.exported if name in self.variables}

    def path(self, name: str) -> str:
        """A file's full name."""
        if not name or name[0] in "/$":
            return name
        return f"{self.directory}/{name}".lstrip("/").removeprefix("./")

    def write(self, path: str, said: str, *, add: bool) -> None:
        """Writes to a file; what goes to the terminal's devices is printed or gone."""
        if path in ("/dev/stdout", "/dev/stderr", "/dev/tty"):
            self.streams.said.append(said)
        elif path != "/dev/null":
            self.files[path] = self.files.get(path, "") + said if add else said
            self.written.append((path, self.files[path]))


_SPECIAL: dict[str, Callable[[Names], str]] = {
    "?": lambda shell: str(shell.status),
    "#": lambda shell: str(len(shell.arguments)),
    "@": lambda shell: " ".join(shell.arguments),
    "*": lambda shell: " ".join(shell.arguments),
    "$": lambda shell: str(shell.process),
    "-": lambda _: "e",
    "!": lambda _: "1001",
}
