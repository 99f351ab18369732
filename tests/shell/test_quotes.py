"""The quote state of holes, and that rendering by state means the same to real shells."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jenkins2gha.shell.quotes import QuoteState, quote_states, reference

MARK = "@"
SHELLS = [shell for shell in ("dash", "bash") if shutil.which(shell)]


def states(script: str) -> list[str]:
    """The states of a script in which `@` is a hole."""
    parts: list[str | None] = []
    for piece in script.split(MARK):
        parts += [piece, None]
    return [state.value for state in quote_states(parts[:-1])]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("echo @", "bare"),
        ('echo "@"', "double"),
        ("echo '@'", "single"),
        ("echo $'@'", "dollar-single"),
        ("echo # @", "comment"),
        ("echo a#@", "bare"),
        ('echo "it\'s @"', "double"),
        ("echo it\\'s @", "bare"),
        ('echo "\\"@"', "double"),
        ("echo '\\'@", "bare"),
        ("echo \"$(echo '@')\"", "single"),
        ('echo "$(echo "@")" ', "double"),
        ('echo "$(echo @)"', "bare"),
        ("echo `echo '@'`", "single"),
        ("echo \"`echo '@'`\"", "single"),
        ("echo `echo \\`echo '@'\\``", "single"),
        ("echo ${A:-@}", "bare"),
        ("echo ${A:-'@'}", "single"),
        ("echo \"${A:-'@'}\"", "double"),
        ("echo \"${A#'@'}\"", "single"),
        ("echo ${@}", "name"),
        ("echo $@", "name"),
        ("echo $A_@", "name"),
        ("@=1", "name"),
        ("A_@=1 make", "name"),
        ("export A=@", "bare"),
        ("echo \\@", "escaped"),
        ('echo "\\@"', "double-escaped"),
        ("echo $((1 + @))", "arithmetic"),
        ("((a << @)); echo", "arithmetic"),
        ("echo $((echo @) | cat)", "bare"),
        ("cat <<EOF\n@\nEOF", "heredoc"),
        ("cat <<EOF\n'@'\nEOF", "heredoc"),
        ("cat <<EOF\n$(echo '@')\nEOF", "single"),
        ("cat <<-EOF\n\t@\n\tEOF", "heredoc"),
        ("cat <<-EOF\n\tx\n\tEOF\necho '@'", "single"),
        ("cat <<'EOF'\n@\nEOF", "quoted-heredoc"),
        ("cat <<\\EOF\n@\nEOF", "quoted-heredoc"),
        ('cat <<"EOF"\n@\nEOF', "quoted-heredoc"),
        ("cat <<EOF > @\nx\nEOF", "bare"),
        ("cat <<@\nx", "bare"),
        ("cat <<EOF\nx\\\nEOF\n@\nEOF", "heredoc"),
        ("x=$(cat <<EOF\n@ '\nEOF\n)", "heredoc"),
        ("x=$(cat <<EOF\n'\nEOF\n); echo '@'", "single"),
        ("cat <<< '@'", "single"),
        ("cat <<< @", "bare"),
        ("echo $(case a in a) echo '@';; esac)", "single"),
        ("echo $(case a in (a) echo b;; esac) '@'", "single"),
        ("a=(x '@')", "single"),
        ("a=(x # '\n@)", "bare"),
        ("[[ $a =~ ^(x|y)$ ]] && echo '@'", "single"),
        ("[[ $a < b ]]\necho '@'", "single"),
        ("f() { echo '@'; }", "single"),
        ("echo $# '@'", "single"),
        ("echo ${#A} '@'", "single"),
        ("diff <(echo '@') x", "single"),
        ("echo 'open @", "single"),
        ("@#'", "bare"),
    ],
)
def test_one_hole(script: str, expected: str) -> None:
    assert states(script) == [expected]


def test_several_heredocs_on_a_line() -> None:
    script = "cat <<A <<-'B' @\n@ '\nA\n\t@\n\tB\n'@'"
    assert states(script) == ["bare", "heredoc", "quoted-heredoc", "single"]


def test_no_hole() -> None:
    assert quote_states(["echo 'a", " b'"]) == []


@pytest.mark.parametrize("state", list(QuoteState))
def test_reference_says_where_no_text_does(state: QuoteState) -> None:
    none = {QuoteState.QUOTED_HEREDOC, QuoteState.NAME, QuoteState.ESCAPED}
    assert (reference(state, "X") is None) == (state in none)


@pytest.mark.parametrize(
    "piece",
    ["$(", '"$(', "${a:-", "((", "`", "\\`", "cat <<A ", "<<A\n", "case x in ", "[[ (", "x=("],
)
def test_deep_nesting_neither_raises_nor_hangs(piece: str) -> None:
    assert quote_states([piece * 5000, None]) != []


@given(st.lists(st.one_of(st.none(), st.text("'\"`$\\(){}<>&|;#= \n\tEOFacse@", max_size=12))))
def test_one_state_for_each_hole_of_any_text(parts: list[str | None]) -> None:
    assert len(quote_states(parts)) == parts.count(None)


WORDS = st.sampled_from(
    [
        "@", "a@b", "'@'", "'a @ b'", '"@"', '"a @"', "\"it's @\"", "'a'@'b'", '"$(echo @)"',
        "\"$(echo '@')\"", "$(echo '@' \"@\")", "`echo '@'`", "${U:-@}", "\"${U:-'@'}\"", "\\'@",
        "$(case a in a) echo '@';; esac)", '"\\@"', "$((1+0))@", "\"`echo '@'`\"", "x#@", "\\\\@",
    ]
)  # fmt: skip
COMMANDS = st.one_of(
    st.lists(WORDS, min_size=1, max_size=4).map(lambda words: "echo " + " ".join(words)),
    WORDS.map(lambda word: f"v={word}; echo \"$v\""),
    WORDS.map(lambda word: f"echo x # {word}"),
    WORDS.map(lambda word: f"if true; then echo {word}; fi"),
    WORDS.map(lambda word: f"(echo {word}) | cat"),
    WORDS.map(lambda word: f"case {word} in *) echo {word};; esac"),
    st.just("cat <<EOF\na @ '@' \"@\" $(echo '@') \\\\@\nEOF"),
    st.just("cat <<-EOF; echo '@'\n\ta @\n\tEOF"),
    st.just("x=$(cat <<EOF\n@ it's\nEOF\n); echo \"$x\" '@'"),
)  # fmt: skip


@pytest.mark.skipif(not SHELLS, reason="neither dash nor bash is installed")
@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(COMMANDS, min_size=1, max_size=4).map("\n".join), min_size=8, max_size=8),
    st.text("abcXYZ019_/.-", min_size=1, max_size=8).filter(lambda text: text[0] != "-"),
)
def test_rendered_by_state_a_script_does_the_same(scripts: list[str], value: str) -> None:
    given_by_text = [script.replace(MARK, value) for script in scripts]
    given_by_name = [rendered(script) for script in scripts]
    for shell in SHELLS:
        assert run(shell, given_by_name, value) == run(shell, given_by_text, value)


def rendered(script: str) -> str:
    pieces = script.split(MARK)
    text = pieces[0]
    for state, piece in zip(states(script), pieces[1:], strict=True):
        written = reference(QuoteState(state), "X")
        assert written is not None
        text += written + piece
    return text


def run(shell: str, scripts: list[str], value: str) -> str:
    """The output of several scripts, each in a subshell, in one process."""
    script = "\n".join(f"(\n{each}\n)\necho ---$?" for each in scripts)
    environment = {"X": value, "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [shell, "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.stdout
