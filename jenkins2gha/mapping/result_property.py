"""`currentBuild.result = …`: a script gives the build a result, and it goes on.

https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#handling-failure
"""

from __future__ import annotations

from jenkins2gha.diagnostics import Certainty, Outcome
from jenkins2gha.jenkins.pipeline import BuildProperty
from jenkins2gha.jenkins.values import text_of
from jenkins2gha.mapping.build_result import GIVEN, WORSE, named
from jenkins2gha.mapping.interpolation import Script
from jenkins2gha.mapping.placeholder import placeholder
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.results import fails_run, marked
from jenkins2gha.mapping.translation import Context, Scope, Translation
from jenkins2gha.record import replace

_GROOVY = "groovy"


def result_property(item: BuildProperty, scope: Scope, context: Context) -> Translation:
    """The step that makes the build worse. A result only ever worsens, so SUCCESS is none."""
    inside = Translation(outcomes=tuple(Outcome(one.span, Certainty.EXACT) for one in item.steps))
    word = text_of(item.value)
    if word is None:
        return inside + _left(item, scope, context)
    result = named(word)
    if result == "SUCCESS":
        return inside + _given(item, scope, context) if context.given_success else inside
    if scope.failing and result in WORSE[:2] and not context.reads_result:
        # The build fails here, which says as much to all that follows.
        return inside
    step = marked(result, item.span, scope, context)
    return inside + Translation((step,)) + fails_run(result, item.span, _GROOVY)


def _given(item: BuildProperty, scope: Scope, context: Context) -> Translation:
    script = Script(f'echo "{GIVEN}=SUCCESS" >> "$GITHUB_ENV"')
    step = shell_step(script, item.span, "build-result-given", scope=scope, context=context)
    return Translation((replace(step, name="Mark the build as SUCCESS"),))


def _left(item: BuildProperty, scope: Scope, context: Context) -> Translation:
    return placeholder(
        item.span,
        "build-result-unknown",
        "the result of the build comes out of Groovy",
        scope=scope,
        context=context,
        construct=_GROOVY,
        groovy=True,
    )
