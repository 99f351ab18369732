"""`writeFile`: exactly the bytes of the text, in a file whose folders are made."""

from __future__ import annotations

import posixpath

from jenkins2gha.diagnostics import Certainty, worst
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.jenkins.values import Expr, text_of
from jenkins2gha.mapping.interpolation import Refusal, Script, word
from jenkins2gha.mapping.lower import certainties, expression_of, remarks
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.quoting import shell_word
from jenkins2gha.mapping.rows import construct, manual, merged
from jenkins2gha.mapping.translation import Context, Scope, Translate, Translation, binned
from jenkins2gha.record import replace

_ENCODINGS = {"", "utf-8", "utf8", "us-ascii", "ascii"}


def write_file(step: Step, scope: Scope, context: Context, _: Translate) -> Translation:
    """`writeFile file: 'a/x', text: 'y'` → `mkdir -p a` and `printf '%s' 'y' > a/x`.

    https://www.jenkins.io/doc/pipeline/steps/workflow-basic-steps/#writefile-write-file-to-workspace
    """
    encoding = step.arguments.get("encoding")
    name = "" if encoding is None else text_of(encoding)
    content, path = _word(step, "text", scope, context), _word(step, "file", scope, context)
    base64 = (name or "").lower() == "base64"
    if (
        content is None
        or path is None
        or not (base64 or (name or "?").lower() in _ENCODINGS | {"?"})
    ):
        message = "the file's name, text or encoding is computed by Groovy or not supported"
        return manual(step, "file-unknown", message, scope, context)
    text = _written(step, content, path, base64=base64)
    said = [
        remark
        for argument in ("file", "text")
        for remark in remarks(
            step.arguments.get(argument), step.span, construct(step), scope, context
        )
    ]
    bins = [Certainty.EQUIVALENT, *(one.certainty for one in said if one.certainty)]
    bins += certainties(step.arguments.get("text"), scope, context)
    action = shell_step(
        merged(text, (content, path)),
        step.span,
        "write-file",
        scope=scope,
        context=context,
        certainty=worst(bins),
        here=True,
    )
    written = text_of(step.arguments.get("file"))
    action = replace(action, name=f"Write {written}") if written else action
    return Translation((action,), tuple(said), binned(step.span, worst(bins)))


def _word(step: Step, argument: str, scope: Scope, context: Context) -> Script | None:
    value = step.arguments.get(argument)
    expression: Expr | None = expression_of(value) if value else None
    script = None if expression is None else word(expression, scope, context)
    return None if isinstance(script, Refusal) else script


def _written(step: Step, content: Script, path: Script, *, base64: bool) -> str:
    lines = []
    name = text_of(step.arguments.get("file"))
    folder = _folder(path.text) if name is None else shell_word(posixpath.dirname(name) or ".")
    folder = "" if folder == "." else folder
    if folder:
        lines.append(f"mkdir -p {folder}")
    literal = text_of(step.arguments.get("text"))
    if base64:
        lines.append(f"printf '%s' {content.text} | base64 -d > {path.text}")
    elif literal and literal.endswith("\n") and "\0" not in literal:
        end = "END"
        while end in literal.split("\n"):
            end += "_"
        lines.append(f"cat > {path.text} <<'{end}'\n{literal}{end}")
    else:
        lines.append(f"printf '%s' {content.text} > {path.text}")
    return "\n".join(lines)


def _folder(word_: str) -> str:
    """The word of the folder of a file, given the file's in double quotes; '' where it has none."""
    inside = posixpath.dirname(word_[1:-1])
    return f'"{inside}"' if inside else ""
