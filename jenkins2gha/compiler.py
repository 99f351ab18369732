"""The compiler from end to end: text in, workflow and report out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jenkins2gha import secrets
from jenkins2gha.actions.check import check
from jenkins2gha.actions.emit import emit
from jenkins2gha.actions.header import Header
from jenkins2gha.actions.source_map import source_map
from jenkins2gha.configuration import Configuration, Files, no_files
from jenkins2gha.conversion import Conversion
from jenkins2gha.diagnostics import Diagnostic, Outcome
from jenkins2gha.groovy import GroovySyntaxError, parse
from jenkins2gha.jenkins.config.counting import job_constructs
from jenkins2gha.jenkins.config.merge import Merged, merge
from jenkins2gha.jenkins.config.settings import read_settings
from jenkins2gha.jenkins.config.unit import JobError, Unit, open_unit
from jenkins2gha.jenkins.config.xml import is_xml
from jenkins2gha.jenkins.constructs import Construct, constructs
from jenkins2gha.jenkins.pipeline import Pipeline
from jenkins2gha.jenkins.read import read
from jenkins2gha.jenkins.wrapping import wrap_options
from jenkins2gha.ledger import Balance, settle
from jenkins2gha.mapping.job_settings import discovery, replaced
from jenkins2gha.mapping.unevaluated import unevaluated
from jenkins2gha.mapping.workflow import map_workflow
from jenkins2gha.passes import Note, run_passes
from jenkins2gha.plan import Manner, plan
from jenkins2gha.record import dataclass, replace
from jenkins2gha.rules import diagnose
from jenkins2gha.slug import slug
from jenkins2gha.source import Source
from jenkins2gha.summary import summary
from jenkins2gha.version import VERSION

DEFAULT_NAME = "pipeline"
_NO_CONFIGURATION = Configuration()


def convert(
    text: str,
    *,
    source: str = "-",
    name: str | None = None,
    files: Files = no_files,
    configuration: Configuration = _NO_CONFIGURATION,
) -> Conversion:
    """Compiles one Jenkins pipeline, or the XML of a job with one, into a GitHub Actions workflow.

    `source` is what messages call the text. `name` is the job's full name in Jenkins; it names the
    workflow and decides the minutes that `H` stands for. `files` reads files of the repository,
    the script of a job among them; the kind of a job is that of its XML.
    What the text holds never raises: a text that is no pipeline gives a Conversion with the status
    `failed` and a diagnostic that says why.

    >>> convert("pipeline { agent any; stages { stage('A') { steps { sh 'make' } } } }").status
    'converted'
    """
    if not is_xml(text):
        return _guarded(_Given(Source(source, text)), name, files, configuration)
    try:
        unit = open_unit(text, source, files)
    except JobError as error:
        safe = secrets.safe(Source(source, text), code=0)
        span = safe.span(error.start, error.end)
        said = diagnose(error.rule, span, secrets.safe_text(str(error)))
        return failed(safe, name, (said,))
    given = _Given(unit.source, unit)
    return _guarded(given, name, files, replace(configuration, job_kind=unit.kind))


@dataclass(frozen=True, slots=True)
class _Given:
    """What is compiled: a script, or the job that it stands in."""

    source: Source
    unit: Unit | None = None

    @property
    def named(self) -> list[secrets.Named]:
        return [secrets.Named(*value) for value in self.unit.values()] if self.unit else []

    def findings(self) -> tuple[secrets.Finding, ...]:
        code = self.unit.code if self.unit else None
        return secrets.find(self.source, code=code, named=self.named)

    @property
    def text(self) -> str:
        """All that was read."""
        if self.unit is None:
            return self.source.text
        return "".join(file.text for file in self.unit.files)


def _guarded(
    given: _Given, name: str | None, files: Files, configuration: Configuration
) -> Conversion:
    findings = given.findings()
    safe = secrets.redact(given.source, findings)
    try:
        return _convert(given, safe, findings, name, files, configuration)
    except GroovySyntaxError as error:
        safe = secrets.safe(given.source, code=0, named=given.named)
        return failed(safe, name, (_syntax(safe, error),))
    except RecursionError:
        message = "something in this file is nested too deeply to be followed"
        return failed(safe, name, (diagnose("nested-too-deeply", safe.span(0, 0), message),))


def failed(
    source: Source,
    name: str | None,
    diagnostics: tuple[Diagnostic, ...],
    kind: str = "unknown",
) -> Conversion:
    """The conversion of a source that gives no workflow, with the reasons."""
    return Conversion(source.name, kind, "failed", _slug(name), diagnostics=diagnostics)


def _convert(
    given: _Given,
    safe: Source,
    findings: tuple[secrets.Finding, ...],
    name: str | None,
    files: Files,
    configuration: Configuration,
) -> Conversion:
    job = given.unit.seen_in(safe) if given.unit else None
    module = parse(job.script if job else safe)
    reading = read(module, safe)
    if reading.pipeline is None:
        return failed(safe, name, reading.diagnostics)
    merged = _merged(reading.pipeline, job)
    pipeline = wrap_options(merged.pipeline, configuration.rows.get("options", ()))
    mapped = map_workflow(
        plan(pipeline, _manner(configuration)),
        pipeline,
        name=name or DEFAULT_NAME,
        files=files,
        configuration=configuration,
    )
    hidden = unevaluated(pipeline, mapped.translation.outcomes)
    settings = replaced(merged.replaced) + discovery(merged.discovery)
    translation = mapped.translation + hidden + settings
    passed = run_passes(mapped.workflow, configuration)
    referred = secrets.reference(passed.workflow, findings)
    check(referred.workflow)
    said = (
        *reading.diagnostics,
        *translation.diagnostics,
        *secrets.report(findings, safe),
    )
    notes = (*passed.notes, *referred.notes)
    sites = (*constructs(module, safe), *(job_constructs(job) if job else ()))
    balance = _balance(sites, translation.outcomes, said, notes)
    emitted = emit(referred.workflow, Header(VERSION, safe.name, given.text))
    return Conversion(
        source=safe.name,
        kind=pipeline.kind,
        status="partial" if balance.counts.manual + balance.groovy_manual else "converted",
        slug=_slug(name),
        workflow=emitted.text,
        diagnostics=balance.diagnostics,
        constructs=balance.counts,
        groovy_manual=balance.groovy_manual,
        blocked_by_library=balance.blocked_by_library,
        source_map=source_map(emitted.locations),
        **summary(pipeline, referred.workflow, translation, findings),
    )


def _manner(configuration: Configuration) -> Manner:
    return Manner(configuration.jobs_per == "stage", configuration.parallel == "jobs")


def _merged(pipeline: Pipeline, job: Unit | None) -> Merged:
    """The pipeline with what its job says."""
    return merge(pipeline, read_settings(job), scm=job.scm) if job else Merged(pipeline)


def _balance(
    sites: Sequence[Construct],
    outcomes: Iterable[Outcome],
    said: Iterable[Diagnostic],
    notes: Sequence[Note],
) -> Balance:
    return settle(
        sites,
        (*outcomes, *filter(None, map(_outcome, notes))),
        (*said, *filter(None, map(_diagnostic, notes))),
    )


def _outcome(note: Note) -> Outcome | None:
    if note.origin is None or note.certainty is None:
        return None
    return Outcome(note.origin.spans[0], note.certainty)


def _diagnostic(note: Note) -> Diagnostic | None:
    if note.origin is None:
        return None
    return diagnose(note.rule, note.origin.spans[0], note.message, certainty=note.certainty)


def _syntax(source: Source, error: GroovySyntaxError) -> Diagnostic:
    return diagnose("groovy-syntax", source.span(error.start, error.end), error.message)


def _slug(name: str | None) -> str:
    return slug(name or DEFAULT_NAME) or DEFAULT_NAME
