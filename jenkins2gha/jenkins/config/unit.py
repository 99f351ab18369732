"""What a job's `config.xml` runs: its script, be it in the XML or in the repository."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from jenkins2gha.configuration import Files
from jenkins2gha.jenkins.config.xml import Element, XmlError, parse_xml
from jenkins2gha.record import dataclass
from jenkins2gha.source import Piece, Source

JobKind: TypeAlias = Literal["pipeline", "multibranch"]

FLOW = "flow-definition"
MULTIBRANCH = "org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject"
_OTHERS = {
    "project": "a freestyle job",
    "matrix-project": "a matrix job",
    "matrix-config": "one combination of a matrix job",
    "maven2-moduleset": "a Maven job",
    "hudson.ivy.IvyModuleSet": "an Ivy job",
    "hudson.model.ExternalJob": "a job that only records what runs elsewhere",
    "com.tikal.jenkins.plugins.multijob.MultiJobProject": "a multi-job",
    "com.cloudbees.plugins.flow.BuildFlow": "a build flow",
    "com.github.mjdetullio.jenkins.plugins.multibranch.FreeStyleMultiBranchProject": (
        "a multibranch job of freestyle builds"
    ),
    "com.cloudbees.hudson.plugins.folder.Folder": "a folder",
    "jenkins.branch.OrganizationFolder": "an organisation folder",
    "hudson.model.ListView": "a view",
    "hudson": "the settings of a Jenkins server",
}
_INLINE = "CpsFlowDefinition"
_FROM_SCM = ("CpsScmFlowDefinition", "SCMBinder")
_BRANCHES = "WorkflowBranchProjectFactory"
_BRANCH = "BranchJobProperty"
DEFAULT_SCRIPT = "Jenkinsfile"

ROOTS = (FLOW, MULTIBRANCH, *_OTHERS)
"""The root elements by which the XML of a job is known."""


class JobError(ValueError):
    """Why a job cannot be read as a pipeline: the rule, the words, the characters concerned."""

    def __init__(self, rule: str, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.rule, self.start, self.end = rule, start, end


@dataclass(frozen=True, slots=True)
class Unit:
    """A job, in one text: first its script, `code` characters long, then its XML.

    In the XML the characters of an inline script are blanks, as they stand in front already; those
    of its elements lie at `code + 1` and their own offsets. `root` is that of the XML.
    """

    source: Source
    code: int
    root: Element

    @property
    def script(self) -> Source:
        """The script alone; its offsets are those of the whole."""
        return Source(self.source.name, self.source.text[: self.code])

    @property
    def xml(self) -> Source:
        return self.source.pieces[-1].file

    @property
    def kind(self) -> JobKind:
        """Whether Jenkins makes a job of it for each branch, or it is one."""
        branch = any(class_name(one) == _BRANCH for one in self.root.below("properties"))
        return "multibranch" if self.root.tag == MULTIBRANCH or branch else "pipeline"

    @property
    def scm(self) -> bool:
        """Whether the job knows a repository, which `checkout scm` and agents then check out."""
        return self.root.tag == MULTIBRANCH or _definition(self.root) != _INLINE

    @property
    def files(self) -> tuple[Source, ...]:
        """The XML, and the file of the script if that is another one."""
        return tuple(dict.fromkeys((self.xml, self.source.pieces[0].file)))

    def values(self) -> Iterator[tuple[str, int, int, bool]]:
        """The defaults of parameters: name, place in the source, whether they are passwords."""
        base = self.code + 1
        for element in self.root.all():
            value = element.find("defaultValue") or element.find("value")
            if value and value.chunks and element.said("name"):
                start = value.chunks[0].at
                end = self.xml.text.rindex("</", start, value.end)
                secret = "Password" in class_name(element)
                yield element.said("name"), base + start, base + end, secret

    def seen_in(self, source: Source) -> Unit:
        """The same job, with the texts of a source that has secrets left out."""
        return Unit(source, self.code, parse_xml(source.pieces[-1].file.text))


def class_name(element: Element) -> str:
    """The class of an element's object, without its package: its attribute, else its tag.

    XStream writes `_` as `__` and `$` as `_-` in tags.
    """
    name = element.attributes.get("class") or element.tag
    name = name.replace("_-", "$").replace("__", "_").rsplit(".", 1)[-1]
    outer, _, inner = name.rpartition("$")
    return outer if inner == "JobPropertyImpl" else inner


def open_unit(text: str, name: str, files: Files) -> Unit:
    """The job that an XML text configures; `files` reads the repository. Raises JobError."""
    try:
        root = parse_xml(text)
    except XmlError as error:
        message = f"the XML cannot be read: {error}"
        raise JobError("job-xml", message, error.offset, error.offset) from None
    if root.tag not in (FLOW, MULTIBRANCH):
        raise _untranslated(root)
    xml = Source(name, text)
    if root.tag == FLOW and _definition(root) == _INLINE:
        return _inline(xml, root)
    return _from_repository(xml, root, files)


def _untranslated(root: Element) -> JobError:
    end = root.start + len(root.tag) + 1
    kind = _OTHERS.get(root.tag.replace("_-", "$").replace("__", "_"))
    if kind is None:
        message = f"`<{root.tag}>` is the root of no job of Jenkins"
        return JobError("job-unknown", message, root.start, end)
    message = f"this is {kind}, which is not translated yet"
    return JobError("job-kind", message, root.start, end)


def _definition(root: Element) -> str:
    definition = root.find("definition")
    return class_name(definition) if definition else ""


def _inline(xml: Source, root: Element) -> Unit:
    script = root.find("definition", "script")
    if script is None or not script.text.strip():
        where = script or root
        message = "the job has no script"
        raise JobError("job-without-script", message, where.start, _opened(xml, where))
    pieces, at = [], 0
    for chunk in script.chunks:
        pieces.append(Piece(at, xml, chunk.at, chunk.verbatim))
        at += len(chunk.text)
    first, last = script.chunks[0].at, xml.text.rindex("</", script.start, script.end)
    pieces.append(Piece(at, xml, last))
    around = xml.text[:first] + _blank(xml.text[first:last]) + xml.text[last:]
    return _unit(xml, root, script.text, pieces, around)


def _blank(text: str) -> str:
    return "".join(character if character in "\r\n" else " " for character in text)


def _from_repository(xml: Source, root: Element, files: Files) -> Unit:
    path = _script_path(xml, root)
    text = files(path)
    if text is None:
        paths = (("definition", "scriptPath"), ("factory", "scriptPath"), ("definition",))
        where = next(filter(None, (root.find(*one) for one in paths)), root)
        message = f"the script is the file `{path}` of {_repository(root)}, which is not given"
        raise JobError("job-script-missing", message, where.start, _opened(xml, where))
    return _unit(xml, root, text, [Piece(0, Source(path, text), 0)], xml.text)


def _script_path(xml: Source, root: Element) -> str:
    where = root.find("factory" if root.tag == MULTIBRANCH else "definition")
    kind = class_name(where) if where else ""
    if kind in _FROM_SCM or (root.tag == MULTIBRANCH and kind in ("", _BRANCHES)):
        given = where.said("scriptPath") if where else ""
        return given.removeprefix("./") or DEFAULT_SCRIPT
    what = f"a script of the kind `{kind}`" if where else "no script"
    where = where or root
    raise JobError("job-definition", f"the job has {what}", where.start, _opened(xml, where))


def _opened(xml: Source, element: Element) -> int:
    """Where the tag ends that opens an element."""
    return xml.text.index(">", element.start) + 1


def _repository(root: Element) -> str:
    """The repository of a job, as a message calls it."""
    wanted = ("url", "remote", "repoOwner", "projectPath")
    said = {each.tag: each.text.strip() for each in reversed([*root.all()])}
    if said.get("repoOwner") and said.get("repository"):
        return f"`{said['repoOwner']}/{said['repository']}`"
    found = next((said[tag] for tag in wanted if said.get(tag)), None)
    return f"`{found}`" if found else "its repository"


def _unit(xml: Source, root: Element, script: str, pieces: list[Piece], around: str) -> Unit:
    """The script, a line end, and the XML without it."""
    pieces.append(Piece(len(script) + 1, xml, 0))
    whole = Source(xml.name, f"{script}\n{around}", tuple(pieces))
    return Unit(whole, len(script), root)
