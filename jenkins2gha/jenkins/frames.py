"""Where in nested statements a way stands, and what comes next on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.node import Node
from jenkins2gha.groovy.walk import children
from jenkins2gha.jenkins.values import Value
from jenkins2gha.record import dataclass, replace


@dataclass(frozen=True, slots=True)
class Frame:
    """Statements of a block from `at` on, and the frame behind them.

    `iteration` is one pass of a loop, which `bind` gives its variable; `again` looks at the
    condition of a loop; `loop` and `switch` are where `break` goes on.
    """

    statements: tuple[ast.Statement, ...]
    variables: Mapping[str, int]
    next: Frame | None = None
    kind: Literal["block", "iteration", "again", "loop", "switch"] = "block"
    at: int = 0
    bind: tuple[int, Value] | None = None
    loop: ast.For | ast.While | None = None
    passes: int = 0

    def behind(self) -> Frame:
        return replace(self, at=self.at + 1)

    def seeing(self, variables: Mapping[str, int]) -> Frame:
        return self if variables is self.variables else replace(self, variables=variables)


def is_over(frame: Frame | None) -> bool:
    """Whether no statement comes any more."""
    while frame is not None:
        if frame.kind in ("again", "iteration") or frame.at < len(frame.statements):
            return False
        frame = frame.next
    return True


def remaining(frame: Frame | None) -> Iterator[ast.Statement]:
    """The statements that would still come."""
    while frame is not None:
        yield from frame.statements[frame.at :]
        frame = frame.next


def broken(frame: Frame | None) -> Frame | None:
    """Where `break` goes on; None where it stands in no loop that is followed."""
    while frame is not None:
        if frame.kind in ("loop", "switch"):
            return frame
        frame = frame.next
    return None


def continued(frame: Frame | None) -> Frame | None:
    """Where `continue` goes on."""
    while frame is not None:
        if frame.kind == "again":
            return frame
        if frame.kind == "iteration" and frame.at > 0:
            return frame.next
        frame = frame.next
    return None


def breaks(node: Node | None) -> bool:
    """Whether a `break` in the body of a loop may leave the loop."""
    if node is None or isinstance(node, (ast.Closure, ast.Class, ast.Method, *_LOOPS, ast.Switch)):
        return False
    return isinstance(node, ast.Break) or any(map(breaks, children(node)))


_LOOPS = (ast.While, ast.For, ast.ForIn)


def escapes(node: Node | None, *, loop: bool = False, switch: bool = False) -> bool:
    """Whether a `return`, `break` or `continue` may leave a statement; `loop` and `switch` say
    that one of its own is around."""
    if node is None or isinstance(node, (ast.Closure, ast.Class, ast.Method)):
        return False
    if isinstance(node, ast.Return):
        return True
    if isinstance(node, ast.Break):
        return not (loop or switch)
    if isinstance(node, ast.Continue):
        return not loop
    loop = loop or isinstance(node, _LOOPS)
    switch = switch or isinstance(node, ast.Switch)
    if isinstance(node, (ast.ExpressionStatement, ast.Declaration)):
        return False
    return any(escapes(child, loop=loop, switch=switch) for child in children(node))
