"""The one error of the front end."""

from __future__ import annotations


class GroovySyntaxError(Exception):
    """Text that is not Groovy: `message` says what is wrong, `start` and `end` where."""

    def __init__(self, message: str, start: int, end: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = start if end is None else end
