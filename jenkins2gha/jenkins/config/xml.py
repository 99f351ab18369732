"""XML as Jenkins writes it, with the place of every element and of every piece of text.

The text comes from elsewhere: a document type is refused, so that there are no entities to expand
and none to fetch, and size, depth and number of elements are bounded.
https://docs.python.org/3/library/xml.html#xml-security
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jenkins2gha.record import dataclass, field
from jenkins2gha.regex import regex

LARGEST = 2_000_000
_DEEPEST = 200
_MOST = 100_000
_DECLARATION = regex(r"\ufeff?\s*<\?xml\b[^>]*\?>")
_CONTROL = regex(r"&#x1([0-9a-fA-F]);")
"""Control characters, which XML 1.1 lets a text name; Jenkins writes them so, and expat, which
reads XML 1.0, refuses them. Those of `&#x9…;` it takes, in as many characters."""


class XmlError(ValueError):
    """What is wrong with a text that should be XML, and at which of its characters."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of text inside an element, and where it is written; `verbatim` if as it reads."""

    text: str
    at: int
    verbatim: bool


@dataclass(slots=True, eq=False)
class Element:
    """One element: `start` is the offset of its `<`, `end` that behind its last `>`."""

    tag: str
    attributes: dict[str, str]
    start: int
    end: int = 0
    children: list[Element] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text that stands in the element itself."""
        return "".join(chunk.text for chunk in self.chunks)

    def find(self, *path: str) -> Element | None:
        """The first element on a path of tags below this one."""
        found: Element | None = self
        for tag in path:
            inner = found.children if found else []
            found = next((child for child in inner if child.tag == tag), None)
        return found

    def below(self, *path: str) -> list[Element]:
        """The elements inside the one on a path; none if there is no such element."""
        found = self.find(*path)
        return found.children if found else []

    def said(self, *path: str) -> str:
        """The text of the element on a path, without blanks around it; '' if there is none."""
        found = self.find(*path)
        return found.text.strip() if found else ""

    def all(self) -> Iterator[Element]:
        """The element and all below it, in the order of the text."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))


def parse_xml(text: str) -> Element:
    """The root element of a text. Raises XmlError.

    >>> parse_xml("<job><name>a &amp; b</name></job>").said("name")
    'a & b'
    """
    if len(text) > LARGEST:
        raise XmlError(f"it has more than {LARGEST:,} characters", 0)
    return _Reader(text).read()


def is_xml(text: str) -> bool:
    """Whether a text is meant as XML: no Groovy begins with `<`."""
    return text.lstrip("\ufeff \t\r\n")[:1] == "<"


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.controls = {match.start() for match in _CONTROL.finditer(text)}
        self.open: list[Element] = []
        self.root: Element | None = None
        self.count = 0
        self.last = (0, 0)

    def read(self) -> Element:
        from xml.parsers import expat

        head = _DECLARATION.match(self.text)
        blank = head.end() if head else 0
        body = " " * blank + self.text[blank:]
        if self.controls:
            body = _CONTROL.sub(r"&#x9\1;", body)
        self.data = body.encode("utf-8", "surrogatepass")
        self.plain = len(self.data) == len(body)
        self.parser: Any = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype
        try:
            self.parser.Parse(self.data, True)  # noqa: FBT003 - expat takes no names
        except expat.ExpatError as error:
            at = self._characters_before(max(self.parser.ErrorByteIndex, 0))
            raise XmlError(expat.ErrorString(error.code), at) from None
        if self.root is None:
            raise XmlError("there is no element in it", 0)
        return self.root

    def _here(self) -> int:
        return self._characters_before(self.parser.CurrentByteIndex)

    def _characters_before(self, index: int) -> int:
        """The characters in front of a byte; events come in the order of the text."""
        if self.plain:
            return index
        byte, character = self.last
        if index < byte:
            byte, character = 0, 0
        character += len(self.data[byte:index].decode("utf-8", "ignore"))
        self.last = (index, character)
        return character

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        element = Element(tag, attributes, self._here())
        self.count += 1
        if self.count > _MOST:
            raise XmlError(f"it has more than {_MOST:,} elements", element.start)
        if len(self.open) >= _DEEPEST:
            raise XmlError(f"its elements stand more than {_DEEPEST} deep", element.start)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def _end(self, _: str) -> None:
        """For `<a/>` expat names the place behind it, for `<a></a>` that of `</a>`."""
        element, at = self.open.pop(), self._here()
        empty = not element.children and not element.chunks and self.text[at - 2 : at] == "/>"
        element.end = at if empty else self.text.index(">", at) + 1

    def _characters(self, text: str) -> None:
        at = self._here()
        if at in self.controls:
            text = chr(ord(text) - 0x80)
        if self.open:
            verbatim = self.text.startswith(text, at)
            self.open[-1].chunks.append(Chunk(text, at, verbatim))

    def _doctype(self, *_: object) -> None:
        raise XmlError("it has a document type, which no job has", self._here())
