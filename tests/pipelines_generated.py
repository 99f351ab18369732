"""Declarative pipelines made up from a seed, over the whole language; each is valid in Jenkins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

from jenkins2gha.tables import table

# What stands in `steps { }` by a form of its own, or not at all.
_OWN_FORM = frozenset("script node stage parallel properties pipeline library".split())
_CONDITIONS = (
    "always changed fixed regression aborted success unsuccessful unstable failure notBuilt cleanup"
).split()
_TOOLS = ("maven 'M3'", "jdk 'jdk17'", "nodejs 'node-20'", "gradle 'Gradle 8.5'", "go 'go1.22'",
          "ant 'Ant'", "git 'Default'", "terraform 'tf'")  # fmt: skip
_OPTIONS = (
    "timeout(time: 1, unit: 'HOURS')", "timeout(20)", "disableConcurrentBuilds()", "retry(2)",
    "disableConcurrentBuilds(abortPrevious: true)", "timestamps()", "ansiColor('xterm')",
    "buildDiscarder(logRotator(numToKeepStr: '10', artifactNumToKeepStr: '2'))",
    "skipDefaultCheckout()", "skipDefaultCheckout(true)", "skipStagesAfterUnstable()",
    "parallelsAlwaysFailFast()", "checkoutToSubdirectory('src')", "preserveStashes(buildCount: 5)",
    "durabilityHint('PERFORMANCE_OPTIMIZED')", "overrideIndexTriggers(false)", "quietPeriod(30)",
    "newContainerPerStage()", "lock('db')", "disableResume()", "rateLimitBuilds([count: 1])",
    "copyArtifactPermission('a,b')", "gitLabConnection('lab')", "office365ConnectorWebhooks([])",
)  # fmt: skip
_STAGE_OPTIONS = ("timeout(time: 5, unit: 'MINUTES')", "retry(3)", "timestamps()", "lock('port')",
                  "skipDefaultCheckout()", "ansiColor('vga')")  # fmt: skip
_TRIGGERS = ("cron('H 4 * * 1-5')", "cron('@daily')", "cron('TZ=Europe/Berlin\\nH/15 * * * *')",
             "pollSCM('H/5 * * * *')", "upstream(upstreamProjects: 'a,b', threshold: 'SUCCESS')",
             "githubPush()", "upstream('a')", "issueCommentTrigger('.*run.*')")  # fmt: skip
_PARAMETERS = (
    "string(name: '{0}', defaultValue: 'a b', description: 'it\\'s')", "string(name: '{0}')",
    "text(name: '{0}', defaultValue: '''a\nb''')", "booleanParam(name: '{0}', defaultValue: true)",
    "choice(name: '{0}', choices: ['x', 'y'], description: '')", "file(name: '{0}')",
    "choice(name: '{0}', choices: 'x\\ny')", "password(name: '{0}', defaultValue: '')",
    "credentials(name: '{0}', credentialType: 'x')", "run(name: '{0}', projectName: 'a')",
)  # fmt: skip
_AGENTS = (
    "any", "any", "any", "{ label 'linux' }", "{ label 'linux && docker' }", "{ label 'windows' }",
    "{ label 'macos || linux' }", "{ label \"${params.P0}\" }", "{ docker 'maven:3-jdk-11' }",
    "{ node { label 'x'; customWorkspace '/ws/a' } }", "{ label 'gpu' }", "{ dockerfile true }",
    "{ docker { image 'node:20'; args '-v /tmp:/tmp -u root'; reuseNode true } }",
    "{ docker { image \"r.example.com/${env.IMAGE}:1\"; registryUrl 'https://r.example.com' } }",
    "{ docker { image 'a/b:1'; registryCredentialsId 'reg' } }",
    "{ dockerfile { filename 'Dockerfile.ci'; dir 'ci'; additionalBuildArgs '--build-arg A=b' } }",
    "{ kubernetes { yaml '''\nspec:\n  containers:\n  - {name: a, image: alpine:3}\n''' } }",
)  # fmt: skip
_WHEN = (
    "branch 'main'", "branch pattern: 'release-\\\\d+', comparator: 'REGEXP'", "branch 'feature/*'",
    "buildingTag()", "tag 'v*'", "changeRequest()", "changeRequest target: 'main'", "changelog 'x'",
    "changeset '**/*.js'", "environment name: 'V0', value: 'a b'", "triggeredBy 'TimerTrigger'",
    "equals expected: 2, actual: currentBuild.number", "equals expected: 'x', actual: params.P0",
    "expression { params.P0 }", "expression { return params.P0 == 'x' && env.BRANCH_NAME != 'y' }",
    "expression { env.BRANCH_NAME ==~ /release.*/ }", "expression { fileExists('{0}') }",
    "expression { sh(script: '{0}', returnStatus: true) == 0 }", "isRestartedRun()",
)  # fmt: skip
_BINDINGS = (
    "string(credentialsId: 'token', variable: 'TOKEN')", "file(credentialsId: 'f', variable: 'F')",
    "usernamePassword(credentialsId: 'u', usernameVariable: 'U', passwordVariable: 'P')",
    "usernameColonPassword(credentialsId: 'u', variable: 'UP')",
    "sshUserPrivateKey(credentialsId: 'k', keyFileVariable: 'KEY')",
    "[$class: 'StringBinding', credentialsId: 'old', variable: 'OLD']",
    "certificate(credentialsId: 'c', keystoreVariable: 'K', passwordVariable: 'KP')",
)  # fmt: skip
_BLOCKS = (
    "dir('sub')", "dir(path: 'a/b')", "withEnv(['A=1', \"B=${env.V0}\"])", "timeout(5)", "retry(2)",
    "timeout(time: 30, unit: 'SECONDS')", "ansiColor('xterm')", "timestamps", "lock('x')",
    "catchError(buildResult: 'UNSTABLE')", "warnError('no')", "ws('/tmp/x')", "waitUntil",
    "sshagent(['key'])", "sshagent(credentials: ['key'])", "container('maven')", "withMaven()",
    "withSonarQubeEnv('sonar')", "nodejs('node-20')", "wrap([$class: 'BuildUser'])",
    "configFileProvider([configFile(fileId: 'f', variable: 'S')])", "mine('a')", "mine(b: 1)",
)  # fmt: skip
_LINES = (
    "echo 'plain'", 'echo "run ${env.BUILD_NUMBER} ${params.P0}"', "checkout scm", "cleanWs()",
    "junit '**/target/*.xml'", "archiveArtifacts artifacts: 'a/*.jar', fingerprint: true",
    "sleep 5", "deleteDir()", "writeFile file: 'a.txt', text: 'b'", "error 'no'", "deploy()",
    "git url: 'https://github.com/a/b.git', branch: 'main'", "stash name: 's', includes: '**'",
    "unstash 's'", "mail to: 'a@b.c', subject: 's', body: 'b'", "tool 'M3'", "input 'Sure?'",
    "build job: 'other', wait: false", "unstable('meh')", "deploy 'a', 2",
    "slackSend channel: '#c', message: \"${env.JOB_NAME} done\"",
    "step([$class: 'JUnitResultArchiver', testResults: 'a.xml'])",
    "publishHTML([reportDir: 'r', reportFiles: 'index.html', reportName: 'R'])",
)  # fmt: skip
_GROOVY = (
    "def x{0} = 'a'", "def y{0} = sh(returnStdout: true, script: '{c}').trim()", "env.E{0} = 'v'",
    "env.F{0} = sh(script: \"{c}\", returnStdout: true)", "currentBuild.displayName = \"#{0}\"",
    "currentBuild.result = 'UNSTABLE'", "['a', 'b'].each { sh \"{c} ${it}\" }",
    "for (h in ['x', 'y']) { sh \"{c} $h\" }", "for (int i = 0; i < 2; i++) { sh '{c}' }",
    "if (params.P0 == 'x') { sh '{c}' } else { sh '{c}' }", "if (env.V0) { sh '{c}' }",
    "if (isUnix()) { sh '{c}' } else { bat '{c}' }", "def m{0} = [a: 1]\necho \"${m{0}.a}\"",
    "try { sh '{c}' } catch (e) { echo \"no ${e}\"; throw e } finally { sh '{c}' }",
    "try { sh '{c}' } catch (err) { currentBuild.result = 'FAILURE' }", "sh '{c}'",
    "switch (params.P0) { case 'a': sh '{c}'; break\ndefault: sh '{c}' }", "steps.sh '{c}'",
    "parallel a: { sh '{c}' }, b: { sh '{c}' }", "stage('inner {0}') { sh '{c}' }",
    "docker.image('alpine:3').inside('-u root') { sh '{c}' }", "docker.build('i').push('t')",
    "docker.withRegistry('https://r.example.com', 'reg') { sh '{c}' }", "help{0}('a')",
    "while (true) { sh '{c}' }", "def z{0} = readJSON file: 'a.json'\nsh \"{c} ${z{0}.v}\"",
    "node('other') { sh '{c}' }", "def p{0} = params.P0 ?: 'd'\nsh \"{c} ${p{0}}\"",
    "def s{0} = sh(script: '{c}', returnStatus: true)\nif (s{0} != 0) { error 'bad' }",
    "withEnv([\"A=${env.V0}\"]) { sh '{c}' }", "println 'a' + 1", "return", "input 'Go?'",
    "def t{0} = tool 'M3'\nsh \"${t{0}}/bin/{c}\"", "checkout scm", "load 'a.groovy'",
    "properties([parameters([string(name: 'Q')])])", "shared.deploy('{c}')", "assert 1 == 1",
)  # fmt: skip


@dataclass(slots=True)
class Generated:
    """A pipeline, and the shell commands in it: a word that stands nowhere else → its call's line.

    `ordered` are those of the stages' own steps, which run in the order of the source.
    """

    seed: int
    text: str
    commands: dict[str, int]
    ordered: list[str] = field(default_factory=list)


def generate(seed: int) -> Generated:
    """The pipeline of a seed; an even seed gives one that can be translated for the most part."""
    writer = _Writer(seed)
    writer.pipeline()
    text = "\n".join(writer.lines) + "\n"
    return Generated(seed, text, writer.commands, writer.ordered)


class _Writer:
    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.easy = seed % 2 == 0
        self.lines: list[str] = []
        self.commands: dict[str, int] = {}
        self.ordered: list[str] = []
        self.depth = 0
        self.number = 0
        self.aside = 0  # within what runs at another time than where it stands

    # --- text ---

    def put(self, text: str) -> None:
        """Some lines; every `{c}`, or `{0}` in a row of a table, was filled before."""
        self.lines += ("    " * self.depth + text).split("\n")

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        self.put(f"{head} {{")
        self.depth += 1
        yield
        self.depth -= 1
        self.put("}")

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def some(self, rows: Sequence[str], most: int) -> list[str]:
        return self.random.sample(rows, self.random.randint(1, min(most, len(rows))))

    def fresh(self) -> int:
        self.number += 1
        return self.number

    def command(self, *, ordered: bool = True, below: int = 0) -> str:
        """A command nobody has, that stands `below` lines further than its call begins."""
        word = f"tool-{self.fresh()}-x"
        self.commands[word] = len(self.lines) + 1 + below
        if ordered and not self.aside:
            self.ordered.append(word)
        return word

    # --- the pipeline ---

    def pipeline(self) -> None:
        if self.maybe(0.15):
            self.put(self.random.choice(["@Library('shared@1') _", "// a comment", "import a.B"]))
        if self.maybe(0.1):
            self.put("def help() { return 'a' }")
        with self.block("pipeline"):
            nobody = self.maybe(0.05)
            self.agent("none" if nobody else None)
            parts: list[tuple[float, Callable[[], None]]] = [
                (0.4, self.environment), (0.35, self.options), (0.4, self.parameters),
                (0.25, self.triggers), (0.3, self.tools),
            ]  # fmt: skip
            self.random.shuffle(parts)
            for chance, part in parts:
                if self.maybe(chance):
                    part()
            with self.block("stages"):
                for _ in range(self.random.choice((1, 1, 2, 3, 4))):
                    self.stage(2, own_agent=nobody)
            if self.maybe(0.5):
                self.post()

    def agent(self, text: str | None = None) -> None:
        self.put(f"agent {text or self.random.choice(_AGENTS[:5] if self.easy else _AGENTS)}")

    def section(self, name: str, entries: Sequence[str]) -> None:
        seen: set[str] = set()
        with self.block(name):
            for entry in entries:
                word = entry.split("(")[0].split()[0]
                if word not in seen or name == "parameters":
                    self.put(entry)
                seen.add(word)

    def environment(self) -> None:
        one = self.random.choice
        with self.block("environment"):
            for number in range(self.random.randint(1, 4)):
                value = one([
                    "'a b'", "'1'", '"x ${env.BRANCH_NAME}"', "credentials('deploy')", "''",
                    '"${V0}-${BUILD_NUMBER}"', "'a' + \"b ${params.P0}\"", "'it is $HOME'",
                    "\"${env.JOB_NAME}\"", "sh",
                ])  # fmt: skip
                if value == "sh":
                    value = f"sh(returnStdout: true, script: '{self.command(ordered=False)}')"
                self.put(f"V{number} = {value}")

    def options(self) -> None:
        self.section("options", self.some(_OPTIONS, 4))

    def parameters(self) -> None:
        rows = self.some(_PARAMETERS, 4)
        named = [row.format(f"P{number}") for number, row in enumerate(rows)]
        self.section("parameters", named)

    def triggers(self) -> None:
        self.section("triggers", self.some(_TRIGGERS, 2))

    def tools(self) -> None:
        self.section("tools", self.some(_TOOLS, 3))

    # --- stages ---

    def stage(self, depth: int, *, own_agent: bool = False, groups: bool = True) -> None:
        kind = self.random.choice((0.1, 1.0, 1.0)) if self.easy else self.random.random()
        kind = kind if depth else 1.0
        name = self.random.choice(["Build", "Unit tests", "it's", "Größe ✓", "a: b #c"])
        with self.block(f"stage({_quoted(f'{name} {self.fresh()}')})"):
            plain = kind >= 0.3 or (not groups and kind >= 0.15)
            if plain and (own_agent or (self.maybe(0.1) and not self.easy)):
                self.agent(self.random.choice(_AGENTS[0 if own_agent else 3 :]))
            if plain and self.maybe(0.1):
                self.tools()
            if self.maybe(0.15):
                self.environment()
            if self.maybe(0.25):
                self.when()
            if self.maybe(0.12):
                self.section("options", self.some(_STAGE_OPTIONS, 2))
            if plain and self.maybe(0.05) and not self.easy:
                self.put("input { message 'Deploy?'; ok 'Yes'; submitter 'me' }")
            self.body(kind, depth, groups=groups)
            if self.maybe(0.2):
                self.post()

    def body(self, kind: float, depth: int, *, groups: bool) -> None:
        if kind >= 0.3 or (not groups and kind >= 0.15):
            with self.block("steps"):
                self.steps(3)
        elif kind < 0.15:
            with self.block("stages"):
                for _ in range(self.random.randint(1, 2)):
                    self.stage(depth - 1, groups=groups)
        elif kind < 0.24:
            if self.maybe(0.3):
                self.put("failFast true")
            self.aside += 1
            with self.block("parallel"):
                for _ in range(self.random.randint(2, 3)):
                    self.stage(min(depth - 1, 1), groups=False)
            self.aside -= 1
        else:
            self.matrix()

    def matrix(self) -> None:
        self.aside += 1
        with self.block("matrix"):
            with self.block("axes"):
                self.put("axis { name 'OS'; values 'linux', 'mac' }")
                if self.maybe(0.5):
                    self.put("axis { name 'JDK'; values '11', '17' }")
            if self.maybe(0.3):
                exclude = "exclude { axis { name 'OS'; values 'mac' } }"
                self.put(f"excludes {{ {exclude} }}")
            if self.maybe(0.3):
                self.agent('{ label "${OS}" }')
            with self.block("stages"):
                self.stage(0)
        self.aside -= 1

    def when(self) -> None:
        with self.block("when"):
            if self.maybe(0.2):
                self.put("beforeAgent true")
            for _ in range(self.random.randint(1, 2)):
                self.condition(2)

    def condition(self, depth: int) -> None:
        if depth and self.maybe(0.25):
            name = self.random.choice(["allOf", "anyOf", "not"])
            with self.block(name):
                for _ in range(1 if name == "not" else self.random.randint(1, 3)):
                    self.condition(depth - 1)
            return
        row = self.random.choice(_WHEN)
        if "{0}" in row:
            path = "fileExists" in row
            row = row.replace("{0}", "pom.xml" if path else self.command(ordered=False))
        self.put(row)

    def post(self) -> None:
        self.aside += 1
        with self.block("post"):
            for name in self.some(_CONDITIONS, 3):
                with self.block(name):
                    self.steps(1)
        self.aside -= 1

    # --- steps ---

    def steps(self, depth: int) -> None:
        for _ in range(self.random.choice((1, 1, 2, 3, 4))):
            self.step(depth)

    def step(self, depth: int) -> None:
        chance = self.random.random() * (0.57 if self.easy else 1)
        if chance < 0.4:
            self.shell()
        elif chance < 0.5 and depth:
            with self.block(self.random.choice(_BLOCKS[:6] if self.easy else _BLOCKS)):
                self.steps(depth - 1)
        elif chance < 0.57 and depth:
            bindings = ", ".join(self.some(_BINDINGS, 3))
            with self.block(f"withCredentials([{bindings}])"):
                self.steps(depth - 1)
        elif 0.57 < chance < 0.67:
            with self.block("script"):
                self.groovy()
        elif 0.67 < chance < 0.85:
            self.put(call(self.random, self.random.choice(_STEPS)))
        else:
            self.put(self.random.choice(_LINES[:9] if self.easy else _LINES))

    def shell(self) -> None:
        """`sh` in all its forms; a script over several lines begins on the line of its call."""
        name = "sh" if self.maybe(0.9) else self.random.choice(["bat", "powershell", "pwsh"])
        word = self.command(ordered=name == "sh")
        value = self.random.choice(["env.V0", "params.P0", "env.BRANCH_NAME", "BUILD_NUMBER"])
        text = self.random.choice([
            f"'{word} build'", f'"{word} build"', f'"{word} ${{{value}}}"', f"'{word} \"$HOME\"'",
            f'"{word} \\"${{{value}}}\\" \\$X"', f"'{word} \\${{{{ github.ref }}}}'",
            f"'''{word} a\n  {{more}} b\n'''", f'"""{word} ${{{value}}}\n\n# it\'s\n"""',
            f"'''#!/bin/bash -e\n{word} | tee log\n'''", f"'{word} && exit 0 || true'",
            f"'{word} ' + {value}", f"'''\n    cat <<EOF\n{word}\nEOF\n'''", f"'{word} ${{X}} é ✓'",
        ])  # fmt: skip
        form = self.random.choice(["{0}({1})", "{0} {1}", "{0}(script: {1})", "{0} script: {1}",
                                   "{0}(script: {1}, returnStdout: true)", "{0}([script: {1}])",
                                   "{0} label: 'a label', script: {1}", "{0}({1})",
                                   "{0}(returnStatus: true, script: {1})"])  # fmt: skip
        if "{more}" in text:
            text = text.replace("{more}", self.command(ordered=name == "sh"))
        self.put(form.format(name, text))

    def groovy(self) -> None:
        for _ in range(self.random.randint(1, 4)):
            row = self.random.choice(_GROOVY).replace("{0}", str(self.fresh()))
            while "{c}" in row:
                line = row[: row.index("{c}")].count("\n")
                row = row.replace("{c}", self.command(ordered=False, below=line), 1)
            self.put(row)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "\\'") + "'"


_STEPS = [
    name
    for name, row in table("signatures").items()
    if row.get("kind", "step") != "symbol" and name.isidentifier() and name not in _OWN_FORM
]


def call(random: Random, name: str, *, optional: int = 3, inside: str = "echo 'inside'") -> str:
    """A call of a step with arguments of the right types, in one of the forms that Groovy has."""
    row: dict[str, Any] = table("signatures").get(name, {})
    known = row.get("parameters", {})
    required = [*row.get("required", ()), *(known if "alias" in row else ())]
    others = [one for one in known if one not in required]
    given = required + random.sample(others, random.randint(0, min(optional, len(others))))
    values = {one: argument(random, known[one]) for one in given}
    head = name
    positional = list(row.get("positional", ()))
    if len(values) == 1 and list(values) == positional[:1] and random.random() < 0.7:
        (value,) = values.values()
        head += f" {value}" if value[0] != "[" and random.random() < 0.5 else f"({value})"
    else:
        named = ", ".join(f"{key}: {value}" for key, value in values.items())
        forms = ("({0})", " {0}", "([{0}])") if named else ("()",)
        head += random.choice(forms).format(named)
    return f"{head} {{ {inside} }}" if row.get("block") else head


def argument(random: Random, kind: str) -> str:
    """A value of a type of the signatures."""
    choices: dict[str, Sequence[str]] = {
        "text": ("'a'", "'a b'", '"a ${env.V0}"', '"plain"', "'''two\nlines'''", "params.P0"),
        "flag": ("true", "false"),
        "number": ("1", "30"),
        "list": ("['a', 'b']", "[]", "[[a: 'b']]"),
        "map": ("[a: 'b']", "[:]"),
        "object": ("[$class: 'Some', a: 'b']", "some('a')", "some(a: 1)"),
    }
    return random.choice(choices.get(kind, choices["text"]))
