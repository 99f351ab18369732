"""Declarative pipelines made up from a seed, whose meaning simulators can tell.

Where `pipelines_generated` has every name of the language, these have every way in which stages,
conditions, values and results act on each other. Each pipeline has some of the features only, so
that a difference has few causes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from random import Random

FEATURES = (
    "agents container parallel matrix nested when post stagePost environment withEnv credentials "
    "script choice loops attempt caught junit retry timeout stash input options parameters "
    "triggers previous dir values set archive skip groups"
).split()
_CONDITIONS = (
    "always changed fixed regression aborted success unsuccessful unstable failure cleanup".split()
)
_AGENTS = ("{ label 'linux' }", "any", "{ label 'gpu' }")
_WHEN = (
    "branch 'main'", "branch 'release/*'", "branch 'topic/*'", "not { branch 'main' }",
    "changeRequest()", "changeRequest target: 'main'", "buildingTag()", "tag 'v*'",
    "branch pattern: 'release/\\\\d+', comparator: 'REGEXP'", "triggeredBy 'TimerTrigger'",
    "environment name: 'LEVEL', value: 'one'", "environment name: 'BRANCH_NAME', value: 'main'",
    "expression { env.BRANCH_NAME == 'main' }", "expression { return env.CHANGE_ID != null }",
    "expression { env.BRANCH_NAME ==~ /(main|release.*)/ }",
    "expression { env.BRANCH_NAME.startsWith('topic/') }", "expression { env.LEVEL }",
    "expression { env.LEVEL == 'one' || env.BRANCH_NAME == 'main' }",
)  # fmt: skip
_WHEN_ON_A_NODE = (
    "expression {{ sh(script: '{0}', returnStatus: true) == 0 }}",
    "expression {{ return sh(script: '{0}', returnStdout: true).trim() == 'yes' }}",
    "expression {{\ndef found = sh(script: '{0}', returnStdout: true)\nfound.trim() != ''\n}}",
    "expression {{\nsh '{0}'\nreturn true\n}}",
    "expression {{ fileExists('{0}.txt') }}",
)
_WITH_PARAMETERS = (
    "expression { params.FLAG }", "expression { !params.FLAG }",
    "expression { params.MODE == 'b' }",
    "expression { params.MODE in ['a', 'c'] }", "equals expected: 'b', actual: params.MODE",
    "expression { params.FLAG && params.MODE != 'a' }", "environment name: 'MODE', value: 'b'",
    "expression { params.TEXT }", "not { equals expected: true, actual: params.FLAG }",
    "expression { return params.TEXT.isEmpty() }",
)  # fmt: skip
_TESTS = ("env.BRANCH_NAME == 'main'", "env.LEVEL == 'one'", "env.CHANGE_ID")
_PARAMETER_TESTS = ("params.FLAG", "params.MODE == 'b'", "params.MODE != 'a' && !params.FLAG",
                    "params.TEXT == 'hello'", "params.TEXT")  # fmt: skip
_OPTIONS = ("timestamps()", "disableConcurrentBuilds()", "skipStagesAfterUnstable()",
            "parallelsAlwaysFailFast()", "timeout(time: 1, unit: 'HOURS')",
            "skipDefaultCheckout()", "buildDiscarder(logRotator(numToKeepStr: '5'))")  # fmt: skip


def generate(seed: int) -> str:
    """The pipeline of a seed."""
    writer = _Writer(seed)
    writer.pipeline()
    return "\n".join(writer.lines) + "\n"


class _Writer:
    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.has = set(self.random.sample(FEATURES, self.random.randint(1, 9)))
        self.lines: list[str] = []
        self.depth = self.number = 0
        self.stashed: list[str] = []
        self.variables: list[str] = []
        self.node = True
        self.inside_script = self.level = False

    # --- text ---

    def put(self, text: str) -> None:
        self.lines += [("    " * self.depth + line) for line in text.split("\n")]

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        self.put(f"{head} {{")
        self.depth += 1
        yield
        self.depth -= 1
        self.put("}")

    def maybe(self, chance: float, feature: str = "") -> bool:
        """Chance decides, where the pipeline has the feature at all."""
        return (not feature or feature in self.has) and self.random.random() < chance

    def one(self, rows: Sequence[str]) -> str:
        return self.random.choice(rows)

    def fresh(self) -> int:
        self.number += 1
        return self.number

    # --- the pipeline ---

    def pipeline(self) -> None:
        with self.block("pipeline"):
            nobody = self.maybe(0.3, "agents")
            self.node = not nobody
            container = self.maybe(0.5, "container")
            whole = "{ docker 'node:20' }" if container else self.one(("any", "{ label 'linux' }"))
            self.put(f"agent {'none' if nobody else whole}")
            if "parameters" in self.has:
                self.parameters()
            if self.maybe(0.7, "options"):
                self.section("options", _OPTIONS, 2)
            if "triggers" in self.has:
                self.put("triggers { cron('H 4 * * *') }")
            if "environment" in self.has:
                self.environment(whole=True)
            with self.block("stages"):
                for _ in range(self.random.choice((1, 2, 2, 3))):
                    self.stage(2, own=nobody)
            if "post" in self.has and not nobody:
                self.post()

    def section(self, name: str, rows: Sequence[str], most: int) -> None:
        with self.block(name):
            for row in self.random.sample(rows, self.random.randint(1, most)):
                self.put(row)

    def parameters(self) -> None:
        with self.block("parameters"):
            self.put(f"booleanParam(name: 'FLAG', defaultValue: {self.one(('true', 'false'))})")
            self.put("choice(name: 'MODE', choices: ['a', 'b', 'c'])")
            self.put(f"string(name: 'TEXT', defaultValue: {self.one((repr('hello'), repr('')))})")

    def environment(self, *, whole: bool = False) -> None:
        self.level = self.level or whole
        with self.block("environment"):
            self.put(f"LEVEL = '{self.one(('one', 'two'))}'")
            rows = ['WHERE = "at ${BRANCH_NAME}"', 'COPY = "${LEVEL}-x"', "NUMBER = '7'"]
            if "credentials" in self.has:
                rows.append("TOKEN = credentials('token')")
            if "values" in self.has and (self.node or not whole):
                rows.append("SAID = sh(script: 'tool-said', returnStdout: true).trim()")
            if "parameters" in self.has:
                rows.append('CHOSEN = "${params.MODE}"')
            for row in self.random.sample(rows, self.random.randint(0, min(2, len(rows)))):
                self.put(row)

    # --- stages ---

    def stage(self, depth: int, *, own: bool = False, inside: bool = False) -> None:
        with self.block(f"stage('Stage {self.fresh()}')"):
            kind = self.kind(depth, inside=inside)
            plain = kind in ("steps", "nested")
            before = self.node
            if plain and (own or self.maybe(0.3, "agents")):
                self.put(f"agent {self.one(_AGENTS)}")
                self.node = True
            elif plain and self.maybe(0.3, "container") and self.node:
                self.put("agent { docker { image 'python:3'; reuseNode true } }")
            if self.maybe(0.6, "when"):
                self.when(before=before)
            if self.maybe(0.3, "environment"):
                self.environment()
            if self.maybe(0.2, "input") and kind == "steps":
                self.put("input { message 'Go on?' }")
            if self.maybe(0.2, "options"):
                self.put(f"options {{ {self.one(('timeout(5)', 'retry(2)', 'timestamps()'))} }}")
            self.body(kind, depth)
            if self.maybe(0.5, "stagePost") and (self.node or kind != "steps"):
                self.post()
            self.node = before

    def kind(self, depth: int, *, inside: bool) -> str:
        if depth and self.maybe(0.3, "nested"):
            return "nested"
        if depth and not inside and self.maybe(0.45, "parallel"):
            return "parallel"
        return "matrix" if depth and not inside and self.maybe(0.4, "matrix") else "steps"

    def body(self, kind: str, depth: int) -> None:
        if kind == "steps":
            with self.block("steps"):
                self.steps(2)
        elif kind == "nested":
            with self.block("stages"):
                for _ in range(self.random.randint(1, 2)):
                    self.stage(depth - 1, own=not self.node, inside=True)
        elif kind == "parallel":
            if self.maybe(0.2):
                self.put("failFast true")
            with self.block("parallel"):
                for _ in range(self.random.randint(2, 3)):
                    self.stage(1 if self.maybe(0.3) else 0, own=not self.node, inside=True)
        else:
            self.matrix()

    def matrix(self) -> None:
        with self.block("matrix"):
            before = self.node
            if not self.node or self.maybe(0.3):
                self.put("agent " + self.one(("any", '{ label "${SYSTEM}" }')))
                self.node = True
            with self.block("axes"):
                self.put("axis { name 'SYSTEM'; values 'linux', 'macos' }")
                if self.maybe(0.5):
                    self.put("axis { name 'JDK'; values '11', '17' }")
                    both = True
                else:
                    both = False
            if both and self.maybe(0.5):
                self.put("excludes { exclude { axis { name 'SYSTEM'; values 'macos' }\n"
                         "axis { name 'JDK'; notValues '17' } } }")  # fmt: skip
            with self.block("stages"):
                self.stage(0, inside=True)
            self.node = before

    def when(self, *, before: bool) -> None:
        """`before` says whether there is a node around the stage, where it may be asked early."""
        node = self.node
        with self.block("when"):
            if self.maybe(0.2):
                self.put(f"{self.one(('beforeAgent', 'beforeInput', 'beforeOptions'))} true")
                self.node = before
            for _ in range(self.random.choice((1, 1, 2))):
                self.condition(2)
        self.node = node

    def condition(self, depth: int) -> None:
        if depth and self.maybe(0.35):
            name = self.one(("allOf", "anyOf", "not"))
            with self.block(name):
                for _ in range(1 if name == "not" else self.random.randint(1, 3)):
                    self.condition(depth - 1)
            return
        rows = [*_WHEN, *(_WITH_PARAMETERS if "parameters" in self.has else ())]
        if "values" in self.has and self.node:
            rows += [row.format(self.command()) for row in _WHEN_ON_A_NODE]
        self.put(self.one(rows))

    def post(self) -> None:
        names = [name for name in _CONDITIONS if "previous" in self.has or name not in
                 ("changed", "fixed", "regression")]  # fmt: skip
        with self.block("post"):
            for name in self.random.sample(names, self.random.randint(1, 3)):
                with self.block(name):
                    self.steps(0, simple=True)

    # --- steps ---

    def command(self) -> str:
        return f"tool-{self.fresh()}"

    def steps(self, depth: int, *, simple: bool = False) -> None:
        if not self.node:
            self.put("echo 'nowhere'")
            return
        for _ in range(self.random.choice((1, 1, 2) if simple else (1, 2, 2, 3))):
            self.step(depth, simple=simple)

    def step(self, depth: int, *, simple: bool) -> None:
        rows: list[tuple[str, Callable[[int], None]]] = [
            ("withEnv", self.with_env), ("credentials", self.with_credentials),
            ("dir", self.in_folder), ("retry", self.retried), ("timeout", self.limited),
            ("caught", self.caught), ("junit", self.reported), ("stash", self.stash),
            ("archive", self.archived), ("script", self.script), ("choice", self.choice),
            ("loops", self.loop), ("attempt", self.attempt), ("values", self.value),
            ("set", self.sets), ("groups", self.group),
        ]  # fmt: skip
        able = [make for feature, make in rows if feature in self.has]
        if not able or simple or self.maybe(0.5):
            self.shell()
        else:
            self.random.choice(able)(depth)

    def shell(self) -> None:
        word = self.command()
        names = ["BRANCH_NAME", "BUILD_NUMBER"]
        names += ["LEVEL"] if self.level else []
        names += ["MODE", "TEXT"] if "parameters" in self.has else []
        name = self.one(names)
        rows = [f"sh '{word}'", f"sh '{word} --all'", f"sh '{word} \"$LEVEL\"'",
                f"sh \"{word} ${{env.{name}}}\"", f"sh '''\n{word} a\n{word}-more b\n'''",
                f"sh \"{word} '${{env.{name}}}' \\$HOME\"", f"sh(script: '{word}', label: 'l')",
                f"echo '{word}'"]  # fmt: skip
        self.put(self.one(rows))

    def inner(self, depth: int) -> None:
        if depth > 0:
            self.steps(depth - 1)
        else:
            self.shell()

    def with_env(self, depth: int) -> None:
        rows = ("'LEVEL=three'", '"COPIED=${env.BRANCH_NAME}"', "'PATH+X=/opt/x/bin'", "'LEVEL='")
        with self.block(f"withEnv([{self.one(rows)}])"):
            self.inner(depth)

    def with_credentials(self, depth: int) -> None:
        rows = ("string(credentialsId: 'token', variable: 'SECRET')",
                "usernamePassword(credentialsId: 'l', usernameVariable: 'U', passwordVariable:'W')",
                "file(credentialsId: 'config', variable: 'CONFIG')")  # fmt: skip
        with self.block(f"withCredentials([{self.one(rows)}])"):
            self.inner(depth)

    def in_folder(self, depth: int) -> None:
        with self.block(f"dir('{self.one(('web', 'a/b'))}')"):
            self.inner(depth)

    def retried(self, depth: int) -> None:
        with self.block("retry(2)"):
            self.inner(depth)

    def limited(self, depth: int) -> None:
        with self.block(f"timeout({self.one(('5', 'time: 30, unit: ' + repr('SECONDS')))})"):
            self.inner(depth)

    def caught(self, depth: int) -> None:
        rows = (
            "catchError",
            "catchError(buildResult: 'UNSTABLE', stageResult: 'FAILURE')",
            "warnError('off')",
            "catchError(buildResult: 'SUCCESS', stageResult: 'FAILURE')",
        )
        if self.maybe(0.15):
            self.put("unstable 'meh'")
            return
        with self.block(self.one(rows)):
            self.inner(depth)

    def reported(self, _: int) -> None:
        self.put(self.one(("junit 'reports/*.xml'",
                           "junit testResults: 'r.xml', allowEmptyResults: true")))  # fmt: skip

    def stash(self, _: int) -> None:
        if self.stashed and self.maybe(0.6):
            self.put(f"unstash '{self.one(self.stashed)}'")
        else:
            name = f"files-{self.fresh()}"
            self.put(f"stash name: '{name}', includes: 'out/**', allowEmpty: true")
            self.stashed.append(name)

    def archived(self, _: int) -> None:
        self.put("archiveArtifacts artifacts: 'out/**', allowEmptyArchive: true")

    # --- script ---

    @contextmanager
    def scripted(self) -> Iterator[None]:
        """A `script` block, unless there is one around."""
        if self.inside_script:
            yield
            return
        self.inside_script = True
        with self.block("script"):
            yield
        self.inside_script = False

    def script(self, depth: int) -> None:
        with self.scripted():
            self.inner(depth)

    def test(self) -> str:
        rows = [*_TESTS, *(_PARAMETER_TESTS if "parameters" in self.has else ())]
        test = self.one(rows)
        return f"!({test})" if self.maybe(0.2) else test

    def choice(self, depth: int) -> None:
        with self.scripted():
            if "parameters" in self.has and self.maybe(0.3):
                with self.block("switch (params.MODE)"):
                    self.put(f"case 'a':\nsh '{self.command()}'\nbreak")
                    self.put(f"case 'b':\nsh '{self.command()}'\nbreak")
                    self.put(f"default:\nsh '{self.command()}'")
                return
            with self.block(f"if ({self.test()})"):
                self.inner(depth)
            if self.maybe(0.3):
                with self.block(f"else if ({self.test()})"):
                    self.inner(depth)
            if self.maybe(0.5):
                with self.block("else"):
                    self.inner(depth)

    def loop(self, _: int) -> None:
        word = self.command()
        rows = (f"for (one in ['x', 'y']) {{ sh \"{word} ${{one}}\" }}",
                f"['x', 'y'].each {{ sh \"{word} ${{it}}\" }}",
                f"for (int i = 0; i < 2; i++) {{ sh \"{word} ${{i}}\" }}")  # fmt: skip
        with self.scripted():
            self.put(self.one(rows))

    def attempt(self, depth: int) -> None:
        with self.scripted():
            with self.block("try"):
                self.inner(depth)
            ending = self.random.random()
            if ending < 0.7:
                with self.block("catch (error)"):
                    self.shell()
                    if ending < 0.3:
                        self.put("throw error")
                    elif ending < 0.45:
                        self.put("currentBuild.result = 'FAILURE'")
            if ending > 0.6:
                with self.block("finally"):
                    self.shell()

    def value(self, _: int) -> None:
        number, word, user = self.fresh(), self.command(), self.command()
        with self.scripted():
            kind = self.random.random()
            if kind < 0.4:
                self.put(f"def v{number} = sh(script: '{word}', returnStdout: true).trim()")
                self.put(f'sh "{user} ${{v{number}}}"')
            elif kind < 0.7:
                self.put(f"def v{number} = sh(script: '{word}', returnStdout: true).trim()")
                with self.block(f"if (v{number} == 'yes')"):
                    self.put(f"sh '{user}'")
            else:
                self.put(f"def v{number} = sh(script: '{word}', returnStatus: true)")
                with self.block(f"if (v{number} != 0)"):
                    self.put(self.one((f"sh '{user}'", "error 'bad'", "unstable 'odd'")))

    def sets(self, _: int) -> None:
        with self.scripted():
            asked = f"sh(script: '{self.command()}', returnStdout: true)"
            self.put(self.one(("env.LATER = 'later'", "env.LATER = \"${env.BRANCH_NAME}!\"",
                               "currentBuild.result = 'UNSTABLE'",
                               f"env.LATER = {asked}.trim()")))  # fmt: skip
            self.put(f'sh "{self.command()} ${{env.LATER}}"')

    def group(self, _: int) -> None:
        with self.scripted():
            with self.block("parallel one:"):
                self.put(f"sh '{self.command()}'")
            self.lines[-1] += ", two: {"
            self.put(f"    sh '{self.command()}'\n}}")
