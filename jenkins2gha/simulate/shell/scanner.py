"""Words and operators of a shell script; here-documents are read at their line's end."""

from __future__ import annotations

import re

from jenkins2gha.simulate.shell.syntax import Document, Unreadable, Word

_OPERATORS = ("<<<", "<<-", "&>>", "&&", "||", ";;", ">>", "<<", ">&", "&>", "<&", ">|")
_SINGLE = ";&|<>()\n"
REDIRECTIONS = frozenset(("<<<", "<<-", "<<", ">>", ">", "<", ">&", "<&", "&>", "&>>", ">|"))


class Scanner:
    """The script from a place on."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.documents: list[Document] = []
        self.documents_end = 0

    def peek(self) -> tuple[str, bool]:
        """The next token and whether it is an operator; ('', True) at the end."""
        self._blank()
        if self.place >= len(self.text):
            return "", True
        for operator in _OPERATORS:
            if self.text.startswith(operator, self.place):
                return operator, True
        char = self.text[self.place]
        if char in _SINGLE:
            return char, True
        return self.text[self.place : self._word_end()], False

    def operator(self, text: str) -> bool:
        """Takes an operator if it is the next token."""
        if self.peek() != (text, True) or not text:
            return False
        self.place += len(text)
        if text == "\n":
            self._read_documents()
        return True

    def word(self) -> Word:
        """Takes the next word."""
        self._blank()
        start = self.place
        self.place = self._word_end()
        if self.place == start:
            raise Unreadable(f"a word was expected at {self.text[start : start + 20]!r}")
        return Word(self.text[start : self.place], start, self.place)

    def until(self, closing: str) -> str:
        """Takes everything up to a text, and that."""
        end = self.text.find(closing, self.place)
        if end < 0:
            raise Unreadable(f"{closing} is missing")
        taken = self.text[self.place : end]
        self.place = end + len(closing)
        return taken

    def _blank(self) -> None:
        while self.place < len(self.text):
            if self.text[self.place] in " \t\r":
                self.place += 1
            elif self.text.startswith("\\\n", self.place):
                self.place += 2
            elif self.text[self.place] == "#":
                end = self.text.find("\n", self.place)
                self.place = len(self.text) if end < 0 else end
            else:
                return

    def _word_end(self) -> int:
        place = self.place
        while place < len(self.text) and self.text[place] not in " \t\r;&|<>()\n":
            place = behind(self.text, place)
        return place

    def _read_documents(self) -> None:
        for document in self.documents:
            lines = []
            while self.place < len(self.text):
                end = self.text.find("\n", self.place)
                end = len(self.text) if end < 0 else end
                line = self.text[self.place : end]
                self.place = min(end + 1, len(self.text))
                line = line.lstrip("\t") if document.dashed else line
                if line == document.delimiter:
                    break
                lines.append(f"{line}\n")
            document.body = "".join(lines)
            self.documents_end = self.place
        self.documents = []


def document(target: str, *, dashed: bool) -> Document:
    """The here-document that a delimiter opens."""
    plain = re.sub(r"[\"'\\]", "", target)
    return Document(plain, dashed, quoted=plain != target)


def behind(text: str, place: int) -> int:
    """The place behind the character, quotation or expansion that begins at a place."""
    char = text[place]
    if char == "\\":
        return min(place + 2, len(text))
    if char == "'":
        return _closed(text.find("'", place + 1))
    if text.startswith("$'", place):
        return _dollar_quoted(text, place + 2)
    if char in '"`':
        place += 1
        while place < len(text) and text[place] != char:
            place = behind(text, place) if text[place] in "\\$`" else place + 1
        return _closed(place if place < len(text) else -1)
    if text.startswith("${", place):
        return _braced(text, place + 2)
    if text.startswith("$(", place):
        return _parenthesised(text, place + 2)
    return place + 1


def _closed(end: int) -> int:
    if end < 0:
        raise Unreadable("a quotation is not closed")
    return end + 1


def _dollar_quoted(text: str, place: int) -> int:
    while place < len(text) and text[place] != "'":
        place += 2 if text[place] == "\\" else 1
    return _closed(place if place < len(text) else -1)


def _braced(text: str, place: int) -> int:
    while place < len(text) and text[place] != "}":
        place = behind(text, place) if text[place] in "\\\"'`$" else place + 1
    return _closed(place if place < len(text) else -1)


def _parenthesised(text: str, place: int) -> int:
    depth = 1
    while place < len(text):
        if text[place] == ")":
            depth -= 1
            if not depth:
                return place + 1
        depth += text[place] == "("
        comment = text[place] == "#" and text[place - 1] in " \t\n;("
        if comment:
            end = text.find("\n", place)
            place = len(text) if end < 0 else end
        else:
            place = behind(text, place) if text[place] in "\\\"'`$" else place + 1
    raise Unreadable("a substitution is not closed")
