"""Groovy text to tokens: words, numbers, strings with their holes, brackets that match."""

from __future__ import annotations

import re
from typing import Final

from jenkins2gha.groovy.errors import GroovySyntaxError
from jenkins2gha.groovy.strings import CLOSING, ONE_LINE, PLAIN, RUNS
from jenkins2gha.groovy.tokens import (
    CLOSE_QUOTE,
    END,
    ERROR,
    HOLE,
    HOLE_END,
    KEYWORDS,
    NEWLINE,
    NUMBER,
    OPEN_QUOTE,
    PATH,
    SOFT_WORDS,
    STRING,
    TEXT,
    WORD,
    Tokens,
)

MAX_DEPTH: Final = 100  # five times what real files hold; walks over the tree may recurse
MAX_LENGTH: Final = 2_000_000  # Java takes no method above 64 kB: no real file comes near

# Everything above U+00BF is a letter but two signs; what is no letter makes the smaller sets.
_LETTER = r"[^\x00-@\[-^`{-\u00bf\u00d7\u00f7]"
_LETTER_DIGIT = r"[^\x00-/:-@\[-^`{-\u00bf\u00d7\u00f7]"
_START = r"[^\x00-#%-@\[-^`{-\u00bf\u00d7\u00f7]"
_PART = r"[^\x00-#%-/:-@\[-^`{-\u00bf\u00d7\u00f7]"
_COMMENT = r"//[^\r\n\uffff]*+|/\*(?:[^*]|\*(?!/))*+\*/"
_SPACE = rf"(?:[ \t\f]++|\\(?:\r\n?|\n)|{_COMMENT})*+"
_DIGITS = r"[0-9](?:[0-9_]*[0-9])?"
_EXPONENT = r"[eE][+-]?[0-9_]*[0-9]"
_NUMBER = (
    r"0[xX][0-9a-fA-F](?:[0-9a-fA-F_]*[0-9a-fA-F])?[lLiIgG]?"
    r"|0[bB][01](?:[01_]*[01])?[lLiIgG]?"
    rf"|{_DIGITS}(?:\.{_DIGITS}(?:{_EXPONENT})?[fFdDgG]?|{_EXPONENT}[fFdDgG]?|[fFdD])"
    rf"|0(?:[0-7](?:[0-7_]*[0-7])?)?[lLiIgG]?|[1-9](?:[0-9_]*[0-9])?[lLiIgG]?"
)
_OPERATOR = (
    r"\?:|\?\.|\.\.\.|\.\.<|\.\.|\.&|\*\*=|\*\*|\*\.(?!\.)|\*\.|\+\+|--|->|&&|\|\||<=>|==~|=~|===|!=="
    r"|>>>=|>>>|>>=|>>|<<=|<<|==|!=|<=|>=|[-+*%&|^]=|[-+*%&|^=!<>?:,;.~@]"
)
_TOKEN = re.compile(
    rf"{_SPACE}(?:((?!\$/){_START}{_PART}*+)"
    rf"|((?:\r\n?|\n)(?:{_SPACE}(?:\r\n?|\n))*+)"
    rf"|({PLAIN})|({_OPERATOR})|([(\[{{])|([)\]}}])|({_NUMBER})|(\$/)|([\"'/])|(\Z)|(.))",
    re.DOTALL,
)
_WORD, _NL, _PLAIN, _OP, _OPEN, _CLOSE, _NUM, _DOLLAR, _QUOTE, _EOF, _OTHER = range(1, 12)
_PATH = re.compile(rf"\$({_LETTER}{_LETTER_DIGIT}*+(?:\.(?=[^\W\d]){_LETTER}{_LETTER_DIGIT}*+)*+)")
_PARTNER = {"(": ")", "[": "]", "{": "}", HOLE: "}"}
_NUMBER_GOES_ON = frozenset("_eExXbB")
# Groovy takes a slash behind these for a division.
_ENDS_EXPRESSION = (
    frozenset(("++", "--", ")", "]", "}", STRING, CLOSE_QUOTE, NUMBER, WORD)) | KEYWORDS
) - frozenset(("abstract", "final", "strictfp", "goto", "const", "do"))
_UNICODE = re.compile(r"\\(?:(u++)(?![0-9a-fA-F]{4})|.)", re.DOTALL)
_SHEBANG = re.compile(r"#![^\r\n]*")


def tokenize(text: str) -> Tokens:
    """The tokens of `text`; where it stops being Groovy they end with an ERROR."""
    if len(text) > MAX_LENGTH:
        raise GroovySyntaxError(
            f"the file has more than {MAX_LENGTH // 1_000_000} million characters: split it",
            MAX_LENGTH,
        )
    return _Lexer(text).run()


class _Lexer:
    __slots__ = ("bad_escape", "newline", "open", "quotes", "text", "tight", "tokens")

    def __init__(self, text: str) -> None:
        self.bad_escape = _bad_unicode(text) if "\\u" in text else None
        self.text = text if self.bad_escape is None else text[: self.bad_escape.start]
        self.tokens = Tokens()
        self.open: list[int] = []  # unclosed brackets, as positions in the arrays
        self.quotes: list[tuple[str, int]] = []  # unclosed strings: quote, position
        self.newline = -1  # where the last one was
        self.tight = 0  # how many of them must end on their line

    def run(self) -> Tokens:
        text, tokens = self.text, self.tokens
        start = 1 if text.startswith("\ufeff") else 0
        shebang = _SHEBANG.match(text, start)
        try:
            self._scan(shebang.end() if shebang else start)
            if self.bad_escape:
                raise self.bad_escape
        except GroovySyntaxError as error:
            if self.bad_escape and error.start >= self.bad_escape.start:
                error = self.bad_escape
            tokens.error = error
            tokens.add(ERROR, error.start, error.end)
        tokens.add(END, len(text), len(text))
        end = len(tokens.kinds) - 1
        for at in self.open:
            tokens.closing[at] = end
        for _, at in self.quotes:
            tokens.closing[at] = end
        return tokens

    def _scan(self, pos: int) -> None:  # noqa: C901, PLR0912 - each call would cost on every token
        text, tokens, match = self.text, self.tokens, _TOKEN.match
        kinds, starts, ends = tokens.kinds, tokens.starts, tokens.ends
        add_kind, add_start, add_end = kinds.append, starts.append, ends.append
        stack, closing, keywords = self.open, tokens.closing, KEYWORDS
        while True:
            found = match(text, pos)
            assert found is not None
            group = found.lastindex
            start, pos = found.span(group or 0)
            if group == _WORD:
                word = text[start:pos]
                if word in keywords:
                    add_kind(self._word(word, pos))
                else:
                    add_kind(WORD)
            elif group == _OP:
                add_kind(text[start:pos])
            elif group == _NL:
                self.newline = start
                if self.tight:
                    raise _newline_in_string(start)
                if stack and kinds[stack[-1]] in "([":
                    continue
                add_kind(NEWLINE)
            elif group == _PLAIN:
                add_kind(STRING)
            elif group == _OPEN:
                stack.append(len(kinds))
                if len(stack) > MAX_DEPTH:
                    raise GroovySyntaxError(
                        f"brackets are nested more than {MAX_DEPTH} deep: use methods",
                        start,
                        pos,
                    )
                add_kind(text[start])
            elif group == _CLOSE:
                if not stack or _PARTNER[kinds[stack[-1]]] != text[start]:
                    raise self._unbalanced(start)
                opener = stack.pop()
                closing[opener] = len(kinds)
                if kinds[opener] == HOLE:
                    add_kind(HOLE_END)
                    add_start(start)
                    add_end(pos)
                    pos = self._string_rest(pos)
                    continue
                add_kind(text[start])
            elif group == _NUM:
                if text[pos : pos + 1] in _NUMBER_GOES_ON:
                    self._check_number(start, pos)
                add_kind(NUMBER)
            elif group == _EOF:
                break
            else:
                pos = self._rare(group or _OTHER, start)
                continue
            add_start(start)
            add_end(pos)
        if self.quotes:
            raise self._unclosed_string(len(text))

    def _word(self, word: str, end: int) -> str:
        """The kind of a keyword; some are names beside a dot."""
        last = self.tokens.kinds[-1] if self.tokens.kinds else END
        dot = self.text.startswith(".", end)
        if word in SOFT_WORDS:
            return WORD if dot or last in (".", "package") else word
        if word == "package":
            after_bracket = last == "(" and self.text.startswith(")", end)
            return WORD if dot or last in (".", "import") or after_bracket else word
        return WORD if word == "static" and dot else word

    def _check_number(self, start: int, end: int) -> None:
        following = self.text[end : end + 1]
        zero = self.text[start:end] == "0"
        if following == "_" or (zero and following in "xXbB"):
            raise GroovySyntaxError("this number is not finished", start, end + 1)
        digits = self.text[start:end]
        if following in "eE" and digits[-1].isdigit() and (zero or digits[0] != "0"):
            raise GroovySyntaxError("the exponent of this number lacks its digits", start, end + 1)

    def _rare(self, group: int, start: int) -> int:
        """Takes what no single match can: strings with holes, slashes; the offset behind it."""
        text = self.text
        if group == _DOLLAR:
            return self._string(start, "$/")
        first = text[start]
        if first == "/":
            return self._slash(start)
        if group == _QUOTE:
            triple = text.startswith(first * 3, start)
            return self._string(start, first * 3 if triple else first)
        raise GroovySyntaxError(_unexpected(first), start, start + 1)

    def _slash(self, start: int) -> int:
        kinds = self.tokens.kinds
        if self.text.startswith("/*", start):
            opened = self._line(start)
            raise GroovySyntaxError(
                f"the comment opened in line {opened} is never closed: write */ where it ends",
                len(self.text),
            )
        if self.text[max(self.newline, 0) : start] in ("\n", "\r", "\r\n"):
            raise GroovySyntaxError(
                "'/' cannot be the first character of a line: indent it", start, start + 1
            )
        if not kinds or kinds[-1] not in _ENDS_EXPRESSION:
            return self._string(start, "/")
        end = start + (2 if self.text.startswith("/=", start) else 1)
        self.tokens.add(self.text[start:end], start, end)
        return end

    def _string(self, start: int, quote: str) -> int:
        inside = start + len(quote)
        run = RUNS[quote].match(self.text, inside)
        end = run.end() if run else inside
        closing = CLOSING.get(quote, quote)
        if self.text.startswith(closing, end) and (end > inside or quote != "$/"):
            self.tokens.add(STRING, start, end + len(closing))
            return end + len(closing)
        self.quotes.append((quote, len(self.tokens.kinds)))
        self.tight += quote in ONE_LINE
        self.tokens.add(OPEN_QUOTE, start, inside)
        return self._string_rest(inside)

    def _string_rest(self, pos: int) -> int:
        """Takes constant text and `$a.b` up to the next `${` or the end of the string."""
        text, tokens = self.text, self.tokens
        quote, opener = self.quotes[-1]
        closing = CLOSING.get(quote, quote)
        while True:
            run = RUNS[quote].match(text, pos)
            end = run.end() if run else pos
            if end > pos:
                tokens.add(TEXT, pos, end)
            if text.startswith(closing, end):
                tokens.closing[opener] = len(tokens.kinds)
                tokens.add(CLOSE_QUOTE, end, end + len(closing))
                self.quotes.pop()
                self.tight -= quote in ONE_LINE
                return end + len(closing)
            if quote[0] != "'" and text.startswith("${", end):
                self.open.append(len(tokens.kinds))
                tokens.add(HOLE, end, end + 2)
                return end + 2
            path = _PATH.match(text, end) if quote[0] != "'" else None
            if path is None or not path[1][0].isidentifier():
                raise self._string_error(end, quote)
            _check_path(path)
            tokens.add(PATH, end, path.end())
            pos = path.end()

    def _string_error(self, at: int, quote: str) -> GroovySyntaxError:
        text = self.text
        if at >= len(text):
            return self._unclosed_string(at)
        if text[at] in "\r\n":
            return GroovySyntaxError(
                f"the string is not closed on its line: write {quote} at its end, or use "
                f"{'triple quotes' if quote in ONE_LINE else quote} for several lines",
                at,
            )
        if text[at] == "\\":
            return GroovySyntaxError(
                f"{text[at : at + 2]} is no escape in a string: write \\{text[at : at + 2]}",
                at,
                at + 2,
            )
        if text[at] == "$":
            return GroovySyntaxError(
                "a $ in a string must be followed by a name or {: write \\$ for a plain one",
                at,
                at + 1,
            )
        return GroovySyntaxError("a dollar-slashy string must not be empty", at, at + 1)

    def _unclosed_string(self, at: int) -> GroovySyntaxError:
        quote, opener = self.quotes[-1]
        opened = self._line(self.tokens.starts[opener])
        closing = CLOSING.get(quote, quote)
        return GroovySyntaxError(
            f"the string opened in line {opened} is never closed: write {closing} where it ends", at
        )

    def _unbalanced(self, start: int) -> GroovySyntaxError:
        found = self.text[start]
        if not self.open:
            return GroovySyntaxError(f"'{found}' closes nothing: remove it", start, start + 1)
        opener = self.open[-1]
        kind = self.tokens.kinds[opener]
        opened = self._line(self.tokens.starts[opener])
        return GroovySyntaxError(
            f"'{found}' does not close '{kind}' opened in line {opened}: "
            f"write '{_PARTNER[kind]}' before it",
            start,
            start + 1,
        )

    def _line(self, offset: int) -> int:
        return self.text.count("\n", 0, offset) + 1


def _bad_unicode(text: str) -> GroovySyntaxError | None:
    for found in _UNICODE.finditer(text):
        if found[1]:
            return GroovySyntaxError(
                "\\u must be followed by four hexadecimal digits, in comments too",
                found.start(),
                found.end(),
            )
    return None


def _check_path(path: re.Match[str]) -> None:
    """Keywords in `$a.b`: Groovy reads them as such, and then the string makes no sense."""
    words = path[1].split(".")
    last = len(words) - 1
    for at, word in enumerate(words):
        if word not in KEYWORDS:
            continue
        soft = word in SOFT_WORDS and (at > 0 or last > 0)
        soft = soft or (word == "package" and (at > 0 or last > 0))
        soft = soft or (word == "static" and at < last)
        if soft or (at == last == 0 and word in ("this", "super")):
            continue
        raise GroovySyntaxError(
            f"'{word}' is a keyword: write ${{{path[1]}}} instead of ${path[1]}",
            path.start(),
            path.end(),
        )


def _newline_in_string(at: int) -> GroovySyntaxError:
    return GroovySyntaxError(
        "a line ends inside ${…} of a one-line string: use triple quotes for several lines", at
    )


def _unexpected(char: str) -> str:
    if char == "#":
        return "'#' begins no comment in Groovy: write // instead"
    if not char.isprintable():
        return f"the character U+{ord(char):04X} has no place outside strings: remove it"
    return f"'{char}' has no place outside strings: remove it"
