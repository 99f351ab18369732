"""Groovy programs made up from a seed, over the whole grammar, and mutants of them."""

from __future__ import annotations

from random import Random

from jenkins2gha.groovy.lexer import tokenize

_BINARY = (
    "+ - * / % ** || && | ^ & == != <=> < > <= >= << >> >>> .. ..< =~ ==~ in".split()
)  # fmt: skip
_STRINGS = ["'a'", '"b"', "''", "'''c\n'''", '"a ${%s} $b.c"', '"""x ${%s}"""', "(/d\\/e/)"]
_TYPES = ["String", "int", "a.b.C", "List<String>", "Map<String, List<A>>", "int[]"]


class Programs:
    """Writes statements and expressions; the deeper, the simpler."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def program(self) -> str:
        one = self.random.choice
        heads = ["", "#!/usr/bin/env groovy\n", "@Library('a@b') _\n", "import a.b.C\n"]
        parts = [self.statement(3) for _ in range(self.random.randint(1, 6))]
        parts += [self.definition() for _ in range(self.random.randint(0, 2))]
        self.random.shuffle(parts)
        return one(heads) + "".join(part + one(["\n", "\n\n", ";\n", " // c\n"]) for part in parts)

    def statement(self, depth: int) -> str:
        one, expression = self.random.choice, self.expression
        if depth <= 0:
            return one(["a()", "b 1", "x = 1", "return", "def y"])
        block = self.block
        name, value, inner = one("abc"), expression(depth - 1), self.statement(depth - 1)
        return one(
            [
                f"{name} {self.arguments(depth)}",
                f"{name}({self.arguments(depth)}) {block(depth)}",
                f"{name}.{one('de')} {block(depth)}",
                f"def {name} = {value}",
                f"{one(_TYPES)} {name} = {value}, d",
                f"def (a, {name}) = {value}",
                f"{name} {one(['=', '+=', '<<='])} {value}",
                f"{name}.b[0] = {name} {value_of(value)}",
                f"if ({value}) {block(depth)}",
                f"if ({value})\n{inner}\nelse {block(depth)}",
                f"for ({name} in {self.operand(depth)}) {block(depth)}",
                f"for (int i = 0; i < 3; i++) {block(depth)}",
                f"while ({value}) {block(depth)}",
                f"switch ({name}) {{\ncase {value}:\n{inner}\ndefault: {inner}\n}}",
                f"try {block(depth)} catch (A | B e) {block(depth)}\nfinally {block(depth)}",
                f"assert {value} : 'no'",
                f"return {value}",
                f"throw new A({value})",
                f"{name}: {inner}",
                value if value[0] not in "{[(+-/" else f"a = {value}",
            ]
        )

    def block(self, depth: int) -> str:
        lines = [self.statement(depth - 2) for _ in range(self.random.randint(0, 2))]
        return "{ " + self.random.choice(["\n", "; "]).join(lines) + "\n}"

    def definition(self) -> str:
        one, block = self.random.choice, self.block(2)
        return one(
            [
                f"def {one('fgh')}(a, String b = 'c', d...) {block}",
                f"static <T> List<T> m({one(_TYPES)} x) throws A, b.C {block}",
                f"@B(c = 1) private final void n() {block}",
                (
                    f"class A extends B implements C {{\n{one(_TYPES)} x = {self.expression(1)}\n"
                    f"A() {{ super(1) }}\ndef y() {block}\nstatic {block}\n}}"
                ),
                "enum E { A, B(1), C { def d() { } }; int x }",
                "interface I { void f(int a); int B = 1 }",
                f"trait T {{ def f() {block} }}",
            ]
        )

    def expression(self, depth: int) -> str:
        one = self.random.choice
        if depth <= 0:
            return self.operand(0)
        left, right = self.operand(depth), self.expression(depth - 1)
        return one(
            [
                left,
                f"{left} {one(_BINARY)} {self.operand(depth)}",
                f"({left} {one(_BINARY)} {right})",
                f"{left} ? {right} : {self.operand(depth)}",
                f"{left} ?: {right}",
                f"{left} as {one(_TYPES)}",
                f"{left} instanceof String",
                f"{one(['!', '-', '~'])}{self.path(depth)}",
                f"(String) {self.path(depth)}",
            ]
        )

    def operand(self, depth: int) -> str:
        one = self.random.choice
        if depth <= 0:
            return one(["a", "b", "1", "2.5", "null", "true", "this", "[]", "[:]", "'s'", "a.b"])
        inner = self.expression(depth - 1)
        string = one(_STRINGS)
        return one(
            [
                string % inner.replace("\n", " ") if "%" in string else string,
                f"[{inner}, {self.operand(depth - 1)},]",
                f"[a: {inner}, 'b': 1, (c): 2, if: 3]",
                f"({inner})",
                f"new A({self.arguments(depth)})",
                f"new int[{inner}]",
                f"{{ {one(['', 'it -> ', 'a, String b = 1 -> ', '-> '])}{inner} }}",
                self.path(depth),
                self.path(depth),
            ]
        )

    def path(self, depth: int) -> str:
        one = self.random.choice
        text = one(["a", "b", "this", "c.d"])
        for _ in range(self.random.randint(0, 2)):
            text += one(
                [
                    ".e", "?.f", "*.g", "\n  .h", ".class", ".'i j'", "[0]",
                    f"({self.arguments(depth - 1)})", f".k {{ {self.operand(0)} }}", ".&l",
                ]
            )  # fmt: skip
        return text

    def arguments(self, depth: int) -> str:
        one = self.random.choice
        items = [
            one(["", "", "k: ", "'l': "]) + self.expression(depth - 2)
            for _ in range(self.random.randint(1, 3))
        ]
        return ", ".join(items)


def value_of(text: str) -> str:
    """Something that can be the argument of a command."""
    return text if text[0].isalnum() or text[0] in "'\"" else "1"


def mutant(text: str, seed: int) -> str:
    """The text with one token lost, doubled, swapped with the next, or replaced."""
    random = Random(seed)
    tokens = tokenize(text)
    spans = [
        (start, end) for start, end in zip(tokens.starts, tokens.ends, strict=True) if end > start
    ]
    at = random.randrange(len(spans))
    start, end = spans[at]
    following = spans[at + 1] if at + 1 < len(spans) else (end, end)
    word, behind = text[start:end], text[following[0] : following[1]]
    return random.choice(
        [
            text[:start] + text[end:],
            text[:end] + " " + word + text[end:],
            text[:start] + behind + text[end : following[0]] + word + text[following[1] :],
            text[:start] + random.choice("()[]{},.;:=+-'\"$@ \n") + text[end:],
        ]
    )
