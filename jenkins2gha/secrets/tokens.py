"""The marks that stand in a text where a secret stood, as long as the secret was.

They are letters of a script that no pipeline is written in (Lisu), so that Groovy and every shell
read them as part of a word: a mark, a number in letters, and marks up to the length.
"""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.regex import regex

_MARK = "\ua4e2"
_DIGITS = "".join(map(chr, range(0xA4D0, 0xA4E2)))
_TOKEN = regex(rf"{_MARK}([{_DIGITS}]*){_MARK}+(?:\s+{_MARK}+(?![{_DIGITS}]))*|[{_MARK}{_DIGITS}]+")
_LETTERS = regex(f"[{_MARK}{_DIGITS}]")
_VISIBLE = regex(r"[^\s]")
HIDDEN = "***"


def token(number: int, text: str) -> str:
    """The mark for secret `number`, in place of `text`; line ends and indentation stay.

    A text too short for its number gets a mark without one, which stands for no secret.
    """
    digits = ""
    while number or not digits:
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    visible = len(_VISIBLE.findall(text.split("\n", 1)[0]))
    head = iter(f"{_MARK}{digits}" if visible >= len(digits) + 2 else "")
    return _VISIBLE.sub(lambda _: next(head, _MARK), text)


def pieces(text: str) -> Iterator[str | int | None]:
    """A text cut at its marks: text, the number of a secret, or None for a mark without one."""
    at = 0
    for match in _TOKEN.finditer(text):
        if match.start() > at:
            yield text[at : match.start()]
        yield _number(match.group(1)) if match.group(1) else None
        at = match.end()
    if at < len(text):
        yield text[at:]


def holds(text: str) -> bool:
    return _MARK in text or bool(_LETTERS.search(text))


def conceal(text: str) -> str:
    """The text with `***` for each mark: for names, comments and messages."""
    return _TOKEN.sub(HIDDEN, text)


def mask(text: str) -> str:
    """The text with a `*` for each character of a mark, so that columns stay: for source lines."""
    return _LETTERS.sub("*", text)


def _number(digits: str) -> int:
    number = 0
    for digit in digits:
        number = number * len(_DIGITS) + _DIGITS.index(digit)
    return number
