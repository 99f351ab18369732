"""What a script takes from the machine that it runs on, which another machine does not have."""

from __future__ import annotations

import re

from jenkins2gha.mapping.other_machines import on_this_machine, outside_containers
from jenkins2gha.regex import regex

PATH, FILE, ROOT = "the path", "the file", "the rights of root"
HOME, NODE = "the program or file", "the Node.js that"
LOCAL, NEAR = "the service at", "the network's host"
PRIVATE = "the private host"
"""How the words begin that name a folder of the machine, a file of its user, that user's rights,
what nvm has, the machine's services, and hosts that only its network knows."""

_PRIVATE = (
    r"(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}"
    r"|172\.(?!17\.0\.1\b)(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2})"
)
_INSIDE = (
    r"(?!host\.docker\.)[\w-]+(?:\.[\w-]+)*\.(?:internal|local|intranet|intra|corp|lan)"
    r"(?![\w-]|\.\w)"
)
# Behind a colon stands the second part of something: of a volume, or of a host's name.
_START = r"(?<![\w./$}{:-])(?<!-w )|(?<=PATH:)|(?<=PATH\}:)"
_FOLDERS = (
    r"home|Users|opt|srv|mnt|data|root|deploy|apps|jenkins|u01|nfs|backups?|shared?|storage|projects"
    r"|www|var/(?:www|jenkins\w*|opt|lib/(?!docker\b|apt\b|dpkg\b)[\w-]+)"
    r"|usr/(?!s?bin\b|local\b|lib|share\b|include\b|src\b|games\b)[\w-]+"
)
_COMMAND = r"(?:^|(?<=[\n;&|(]))[ \t]*(?:then\s+|do\s+)?"
_READS = r"(?:sudo\s+)?(?:cp|mv|rsync|scp)\s+(?:-\S+\s+)*"
_NAME = r"(?!\.bash|\.profile)\.?[A-Za-z][\w.-]*"
# What `C:\Program Files` has on GitHub's Windows machines; Visual Studio is 2026, in the folder 18.
_OF_IMAGE = (
    r"(?:Git|nodejs|dotnet|7-Zip|PowerShell|CMake|LLVM|OpenSSL|R|Amazon|Google|Mozilla Firefox|IIS"
    r"|GitHub CLI|PostgreSQL|MySQL|MongoDB|ImageMagick[\w.-]*|Common Files|Internet Explorer"
    r"|Inno Setup \d|NuGet|Android|WiX Toolset v3\.14|Windows[\w ]*"
    r"|Microsoft Visual Studio[\\/]+(?:18|Installer)"
    r"|(?!Microsoft Visual Studio)Microsoft[\w .-]*)(?![\w .-])"
)
_PROGRAMS = (
    r"(?:\b[A-Za-z]:[\\/]+Program Files(?: \(x86\))?|%ProgramFiles(?:\(x86\))?%)[\\/]+"
    rf"(?!{_OF_IMAGE})(?:[\w.+-]+(?: [\w.()+-]+)*(?=[\\/])|[\w.+-]+)(?:[\\/]+[\w.+-]+)*"
)
# A host by a word and a port, where it can be nothing else: a registry, or what a script waits for.
_BY_PORT = r"(?!localhost\b)[A-Za-z][\w-]*:\d{2,5}"
_WORDS = r"\s(?:[^\n;&|]*?[\s\"'/])?"
_REGISTRY = rf"\bdocker\s+(?:image\s+)?(?:push|pull|tag){_WORDS}({_BY_PORT})(?=/[a-z])"
_LOGIN = rf"\bdocker\s+login{_WORDS}({_BY_PORT})(?=[/\s\"';&|]|$)"
_AWAITED = rf"\bwait-for(?:-it)?(?:\.sh)?[\"']?\s+(?:-\S+\s+|\d+\s+)*({_BY_PORT})(?=\s|$)"
_SIGNS: tuple[tuple[str, str], ...] = (
    (
        r"(?:\$WORKSPACE|\$\{WORKSPACE\}|%WORKSPACE%|/workspace/[\w.-]+)@(?:script|libs)[\w./\\-]*",
        "Jenkins' own checkout {}",
    ),
    (rf"(?:{_START})/(?:{_FOLDERS})/[\w./-]+", PATH + " {}"),
    (rf"(?i:{_PROGRAMS})", PATH + " {}"),
    (r"\b[A-Za-z]:\\(?!\\?(?:Program Files|Windows\b))[\w\\.-]+", PATH + " {}"),
    (r"(?<![\w/-])[A-Z]:/(?!/|Program Files|Windows\b)[\w/.-]+", PATH + " {}"),
    (r"(?:~|\$HOME|\$\{HOME\})/\.(?:ssh|aws|kube|docker|netrc|m2/settings)[\w./-]*", FILE + " {}"),
    (r"(?<![^\s=\"'])~[a-z_][\w-]*/[\w./-]+", PATH + " {}"),
    (r"\bnvm\s+use\s+v?\d[\d.]*", NODE + " `{}` finds installed"),
    (r"(?<!:)(?:~|\$HOME|\$\{HOME\})/(?!go/)[A-Za-z][\w-]*/[\w./-]+", HOME + " {}"),
    (_COMMAND + _READS + r"((?:~|\$HOME|\$\{HOME\})/" + _NAME + r")(?=\s+[^\s;&|])", HOME + " {}"),
    (
        _COMMAND
        + r"(?:cat|source|\.|(?:ba)?sh)\s+((?:~|\$HOME|\$\{HOME\})/"
        + _NAME
        + r")(?![\w/.-])",
        HOME + " {}",
    ),
    (r"(?<![\w./$}{:-])/usr/(?:local/)?s?bin/[\w.-]+\.(?:sh|py|pl|rb)\b", PATH + " {}"),
    (r"(?<![\w./$}{:-])/usr/local/bin/docker(?:-compose)?(?=\s|$)", PATH + " {}"),
    (r"\bdocker\s+(?:-H|--host)[ =]\S+", "the Docker daemon of `{}`"),
    (r"\bDOCKER_HOST=[\"']?tcp://[^\s\"']+", "the Docker daemon of `{}`"),
    (r"\bsudo\s+(?:-i\s+)?su\b(?:\s+-?\s*\w+)?", "the user that `{}` becomes"),
    (r"\bsudo\s+-u\s+\w+", "the user that `{}` becomes"),
    (
        _COMMAND
        + r"(?:apt-get|apt|yum|dnf|zypper)(?=\s+(?:-\S+\s+)*(?:install|update|upgrade|remove)\b)",
        ROOT + " for `{}`",
    ),
    (_COMMAND + r"apt-key(?=\s+\w+)", ROOT + " for `{}`"),
    (
        r"\b(?:ssh|scp|sftp|rsync)\s(?:[^\n;|&]*?\s)?(?:[\w.-]+@)" + f"(?:{_PRIVATE}|{_INSIDE})",
        "a private host (`{}`)",
    ),
    (rf"\b(?:https?|s?ftps?|ssh|git|svn|tcp|ldaps?)://(?:[^\s/@\"']*@)?{_INSIDE}", PRIVATE + " {}"),
    (rf"(?<![\w./-])[\w.-]+@{_INSIDE}(?=:[\w/~])", PRIVATE + " {}"),
    (rf"(?<![\w./@:-]){_INSIDE}(?=:\d{{2,5}}\b)", PRIVATE + " {}"),
    (_REGISTRY, PRIVATE + " {}"),
    (_LOGIN, PRIVATE + " {}"),
    (_AWAITED, PRIVATE + " {}"),
    (r"(?<![\w.-])" + _PRIVATE + r"(?::\d+)?(?![\w./])", PRIVATE + " {}"),
    (r"\bhttps?://(?:localhost|127\.0\.0\.1)(?::\d+)?(?![\w.])", LOCAL + " {}"),
    (r"(?<![\w./:@-])(?:localhost|127\.0\.0\.1):\d+/[\w./-]+", LOCAL + " {}"),
    (
        r"\bhttps?://(?!localhost\b|[^\s/\"']*@)[A-Za-z][\w-]*(?=[:/\s\"']|$)",
        NEAR + " {}",
    ),
    (r"\bsystemctl\s+\w+\s+[\w@.-]+|\bservice\s+[\w@.-]+\s+(?:re)?start\b", "the service in `{}`"),
)
_MADE = (
    r"(?:>>?|\bmkdir(?:\s+-\S+)*|\btouch|\btee(?:\s+-a)?|\bssh-keygen\b[^\n;&|]*\s-f"
    r"|\s(?:-o|--output|-O|-d|-C))\s*[\"']?{0}(?![\w./-])"
    r"|\b(?:cp|mv|install)\s[^\n;&|]*\s[\"']?{0}[\"']?\s*(?:$|[\n;&|])"
)
"""A command that makes the file or the folder of a name."""
_REMOVED = regex(r"\brm\s[^\n;&|]*")
_SAYS = regex(
    r"(^|[;&|(])[ \t]*echo[ \t]+(?:\"[^\"$`\n]*\"|'[^'\n]*')(?=[ \t]*(?:$|;|&&))", re.MULTILINE
)
"""What is only printed."""
_BRINGS = regex(r"\b(?:curl|wget|unzip|tar|clone|venv|virtualenv|install|mkdir)\b")
_MOVES = regex(r"\b(?:cd|chdir|pushd)\b")
_ABOVE = regex(
    r"(?:^|[\n;&|(])[ \t]*(?:cp|copy|xcopy|mv|move|cat|type|ls|rm|chmod|tar|source|\.)\s"
    r"(?:[^\n;&|]*?[\s\"'])?((?:\.\.[/\\])+[\w./\\*-]+)"
)


def private_hosts(words: str) -> list[str]:
    """The hosts of a private network among words.

    >>> private_hosts("--add-host api:192.168.10.4 --dns 1.1.1.1")
    ['the private host 192.168.10.4']
    """
    return [one for one in dependencies(words) if one.startswith(PRIVATE)]


def dependencies(script: str) -> list[str]:
    """What a script needs of its agent, each thing once, in the order of the script's text.

    >>> dependencies("cp app.war /opt/tomcat/webapps/ && sudo su - deploy")
    ['the path /opt/tomcat/webapps/', 'the user that `sudo su - deploy` becomes']
    """
    script = _SAYS.sub(r"\1", outside_containers(on_this_machine(script)))
    found: dict[tuple[int, int], str] = {}
    for pattern, words in _SIGNS:
        for match in re.finditer(pattern, script):
            taken = any(start < match.end() and match.start() < end for start, end in found)
            if not (taken or _is_made(match, words)):
                found[match.span()] = words.format(_thing(match))
    return list(dict.fromkeys(found[place] for place in sorted(found)))


def _thing(match: re.Match[str]) -> str:
    """What a sign found: what it puts in brackets, or all of it."""
    return match[match.lastindex or 0].strip()


def above(script: str) -> list[str]:
    """The files beside the workspace that commands of a script work on, which runs at its root.

    >>> above("cp ../settings.xml . && ls")
    ['the files beside the workspace at ../settings.xml']
    """
    script = outside_containers(on_this_machine(script))
    if _MOVES.search(script):
        return []
    found = (match[1] for match in _ABOVE.finditer(script))
    kept = [one for one in dict.fromkeys(found) if not _begins_with_its_making(one, script)]
    return [f"the files beside the workspace at {one}" for one in kept]


def _begins_with_its_making(path: str, script: str) -> bool:
    script = _REMOVED.sub("", script)
    made = re.search(_MADE.format(re.escape(path)), script)
    return made is not None and made.start() <= script.find(path)


def _is_made(match: re.Match[str], words: str) -> bool:
    """Whether a script makes a file before it reads it, or there and then."""
    if words.startswith(NODE):
        return re.search(r"\bnvm\s+install\b", match.string[: match.start()]) is not None
    if words.startswith(HOME) and _BRINGS.search(match.string[: match.start()]):
        return True
    if not words.startswith((FILE, HOME)):
        return False
    return _begins_with_its_making(_thing(match), match.string)
