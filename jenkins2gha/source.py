"""Source text and positions in it."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from jenkins2gha.record import dataclass


@dataclass(frozen=True, eq=False)
class Source:
    """One text that is compiled: a Jenkinsfile, a library file, the script of a job.

    `name` is what messages call it (a path as the user gave it, or `-`); `text` is decoded, with
    its line ends as written. Two sources are equal only if they are the same object.

    A text that was taken out of files (a script out of the XML of its job) has `pieces`, in the
    order of its text: then lines and columns are those of the files.
    """

    name: str
    text: str
    pieces: tuple[Piece, ...] = ()

    @cached_property
    def _line_starts(self) -> list[int]:
        starts, text = [0], self.text
        at = text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = text.find("\n", at + 1)
        return starts

    @cached_property
    def _piece_starts(self) -> list[int]:
        return [piece.start for piece in self.pieces]

    def place(self, offset: int) -> tuple[Source, int]:
        """The file in which a character offset lies, and the offset there."""
        if not self.pieces:
            return self, offset
        piece = self.piece(offset)
        return piece.file, piece.at + (offset - piece.start if piece.verbatim else 0)

    def piece(self, offset: int) -> Piece:
        """The piece in which a character offset lies. Raises IndexError where there are none."""
        return self.pieces[max(bisect_right(self._piece_starts, offset) - 1, 0)]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character offset, both from 1."""
        if self.pieces:
            file, there = self.place(offset)
            return file.position(there)
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of line `number` (from 1), without its line end; empty past the last line."""
        if number > len(self._line_starts):
            return ""
        start = self._line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start : len(self.text) if end < 0 else end].rstrip("\r")

    def span(self, start: int, end: int) -> Span:
        """The span of the characters `start` to `end` (exclusive)."""
        return Span(self, start, end)


@dataclass(frozen=True, slots=True)
class Piece:
    """From `start` on, the text of a source stands in `file`, at `at`: character for character if
    it is `verbatim`, else written otherwise as a whole (`&amp;` for `&`)."""

    start: int
    file: Source
    at: int
    verbatim: bool = True


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters of one source: offsets from 0, the end exclusive."""

    source: Source
    start: int
    end: int

    @property
    def file(self) -> Source:
        """The file in which the span begins."""
        return self.source.place(self.start)[0]

    @property
    def line(self) -> int:
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        return self.source.position(self.start)[1]

    @property
    def end_line(self) -> int:
        return self.source.position(self.end)[0]

    @property
    def end_column(self) -> int:
        return self.source.position(self.end)[1]

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether another lies within it."""
        return self.start <= other.start and other.end <= self.end

    def __str__(self) -> str:
        return f"{self.file.name}:{self.line}:{self.column}"
