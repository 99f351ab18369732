"""What stops a simulation or the pipeline in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from jenkins2gha.simulate.trace import BuildResult
from jenkins2gha.source import Span

ORDER: Final[tuple[BuildResult, ...]] = ("SUCCESS", "UNSTABLE", "FAILURE", "NOT_BUILT", "ABORTED")

# The classes that a catch of a class catches too: each with its superclass.
_PARENTS: Final[dict[str, str]] = {
    "AbortException": "IOException",
    "FlowInterruptedException": "InterruptedException",
    "IOException": "Exception",
    "FileNotFoundException": "IOException",
    "NoSuchFileException": "IOException",
    "InterruptedException": "Exception",
    "RuntimeException": "Exception",
    "IllegalArgumentException": "RuntimeException",
    "NumberFormatException": "IllegalArgumentException",
    "IllegalStateException": "RuntimeException",
    "UnsupportedOperationException": "RuntimeException",
    "NullPointerException": "RuntimeException",
    "ArithmeticException": "RuntimeException",
    "ClassCastException": "RuntimeException",
    "IndexOutOfBoundsException": "RuntimeException",
    "ArrayIndexOutOfBoundsException": "IndexOutOfBoundsException",
    "StringIndexOutOfBoundsException": "IndexOutOfBoundsException",
    "NoSuchElementException": "RuntimeException",
    "JsonException": "RuntimeException",
    "GroovyRuntimeException": "RuntimeException",
    "GroovyCastException": "ClassCastException",
    "MissingPropertyException": "GroovyRuntimeException",
    "MissingMethodException": "GroovyRuntimeException",
    "MissingContextVariableException": "Exception",
    "NoSuchMethodError": "Error",
    "PowerAssertionError": "AssertionError",
    "AssertionError": "Error",
    "Error": "Throwable",
    "Exception": "Throwable",
}
_PACKAGES: Final[dict[str, str]] = {
    "AbortException": "hudson",
    "FlowInterruptedException": "org.jenkinsci.plugins.workflow.steps",
    "IOException": "java.io",
    "JsonException": "groovy.json",
    "FileNotFoundException": "java.io",
    "NoSuchFileException": "java.nio.file",
    "NoSuchElementException": "java.util",
    "MissingPropertyException": "groovy.lang",
    "MissingMethodException": "groovy.lang",
    "GroovyRuntimeException": "groovy.lang",
    "MissingContextVariableException": "org.jenkinsci.plugins.workflow.steps",
    "GroovyCastException": "org.codehaus.groovy.runtime.typehandling",
    "PowerAssertionError": "org.codehaus.groovy.runtime.powerassert",
}


class Unsupported(Exception):
    """Something that this simulator does not know how Jenkins runs it; `span` is where."""

    def __init__(self, span: Span | None, reason: str) -> None:
        super().__init__(f"{span}: {reason}" if span else reason)
        self.span = span
        self.reason = reason


class Unknown(Exception):
    """The reason of an Unsupported whose place the interpreter adds."""


@dataclass(eq=False, slots=True)
class Throwable:
    """An exception of Groovy; `result` is what an interruption makes of the build.

    `actual` is one that someone outside asked for, which neither `retry` nor
    `catchError(catchInterruptions: false)` holds up; `token` is the `timeout` that ran out.
    Source: workflow-step-api-plugin, FlowInterruptedException.
    """

    kind: str
    message: str | None = None
    cause: Throwable | None = None
    result: BuildResult = "FAILURE"
    actual: bool = True
    token: object = None

    @property
    def interrupts(self) -> bool:
        return self.kind == "FlowInterruptedException"

    @property
    def class_name(self) -> str:
        """The class with its package."""
        return f"{_PACKAGES.get(self.kind, 'java.lang')}.{self.kind}"

    def is_a(self, kind: str) -> bool:
        """Whether a catch of that class, named with or without package, catches this."""
        wanted, name = kind.rpartition(".")[2], self.kind
        if wanted not in _PARENTS and wanted != "Throwable":
            raise Unknown(f"the exception class {kind} is not known")
        while name != wanted and name in _PARENTS:
            name = _PARENTS[name]
        return name == wanted

    def __str__(self) -> str:
        return self.class_name if self.message is None else f"{self.class_name}: {self.message}"


def known_throwable(kind: str) -> bool:
    """Whether this is the name of an exception class."""
    return kind.rpartition(".")[2] in {*_PARENTS, "Throwable"}


class Thrown(Exception):
    """An exception of Groovy on its way."""

    def __init__(self, value: Throwable) -> None:
        super().__init__(str(value))
        self.value = value


def abort(message: str) -> Thrown:
    """What a step throws that fails."""
    return Thrown(Throwable("AbortException", message))


def interruption(result: BuildResult, *, actual: bool = True) -> Thrown:
    """What ends a step that someone stops."""
    return Thrown(Throwable("FlowInterruptedException", None, result=result, actual=actual))


def thrown(kind: str, message: str | None = None) -> Thrown:
    """An exception of Java or Groovy itself."""
    return Thrown(Throwable(kind, message))


def worst(*results: BuildResult | None) -> BuildResult:
    """The worst of some results, none being a success.

    Source: jenkinsci/jenkins, hudson/model/Result.java.
    """
    return max((one or "SUCCESS" for one in results), key=ORDER.index)
