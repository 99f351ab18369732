"""What a pipeline uses, without a conversion."""

from __future__ import annotations

from typing import Any

from jenkins2gha import secrets
from jenkins2gha.configuration import Files, no_files
from jenkins2gha.diagnostics import Diagnostic
from jenkins2gha.groovy import recover
from jenkins2gha.jenkins.analysis import Analysis as Uses
from jenkins2gha.jenkins.analysis import analyse
from jenkins2gha.jenkins.config.merge import merge
from jenkins2gha.jenkins.config.settings import read_settings
from jenkins2gha.jenkins.config.unit import JobError, Unit, open_unit
from jenkins2gha.jenkins.config.xml import is_xml
from jenkins2gha.jenkins.read import read
from jenkins2gha.record import dataclass
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Source


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a source uses (None where there is no pipeline in it), and what is wrong with it.

    Of a file that is not valid Groovy, `uses` tells what stands before the error.
    """

    source: str
    uses: Uses | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        """Whether Jenkins would run this pipeline."""
        return self.uses is not None and not any(
            one.severity == "error" for one in self.diagnostics
        )

    def to_json(self) -> dict[str, Any]:
        """The analysis as plain data."""
        return {
            "source": self.source,
            "ok": self.ok,
            "uses": self.uses.to_json() if self.uses else None,
            "errors": [f"{one.span}: {one.message}" for one in self.diagnostics],
        }


def analyze(text: str, *, source: str = "-", files: Files = no_files) -> Analysis:
    """Lists the agents, stages, variables, parameters, triggers, tools, credentials, steps and
    libraries of a pipeline, or of the job whose XML the text is; `files` reads the repository.
    Never raises for what the text holds.

    >>> analyze("node('linux') { sh 'make' }").uses.steps
    {'node': 1, 'sh': 1}
    """
    if is_xml(text):
        try:
            unit = open_unit(text, source, files)
        except JobError as error:
            safe = secrets.safe(Source(source, text), code=0)
            span = safe.span(error.start, error.end)
            said = diagnose(error.rule, span, secrets.safe_text(str(error)))
            return Analysis(source, None, (said,))
        return _analyze(unit.source, unit)
    return _analyze(Source(source, text), None)


def _analyze(whole: Source, unit: Unit | None) -> Analysis:
    named = [secrets.Named(*value) for value in unit.values()] if unit else []
    safe = secrets.safe(whole, code=unit.code if unit else None, named=named)
    job = unit.seen_in(safe) if unit else None
    module, error = recover(job.script if job else safe)
    diagnostics: tuple[Diagnostic, ...] = ()
    if error is not None:
        safe = secrets.safe(whole, code=0, named=named)
        span = safe.span(error.start, error.end)
        diagnostics = (diagnose("groovy-syntax", span, error.message),)
    reading = read(module, safe)
    if error is None:
        diagnostics = reading.diagnostics
    pipeline = reading.pipeline
    if pipeline and job:
        pipeline = merge(pipeline, read_settings(job), scm=job.scm).pipeline
    return Analysis(whole.name, analyse(pipeline) if pipeline else None, diagnostics)
