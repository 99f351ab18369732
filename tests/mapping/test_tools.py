"""`tools { }` and the setup steps that it becomes."""

from __future__ import annotations

import pytest

from jenkins2gha.actions.workflow import Step
from jenkins2gha.mapping.workflow import WorkflowTranslation
from jenkins2gha.tables import table
from translating import rules_of, steps_of, translated, with_sections


def inputs(translation: WorkflowTranslation, action: str) -> dict[str, object]:
    return dict(next(s.inputs for s in steps_of(translation) if s.uses == action))


@pytest.mark.parametrize(
    ("name", "version", "distribution"),
    [
        ("Java 17", "17", "temurin"),
        ("jdk-17", "17", "temurin"),
        ("jdk17", "17", "temurin"),
        ("openjdk-11.0.2", "11", "temurin"),
        ("JDK8", "8", "temurin"),
        ("1.8", "8", "temurin"),
        ("jdk1.8.0_202", "8", "temurin"),
        ("jdk_11_latest", "11", "temurin"),
        ("OracleJDK 64-bit 8", "8", "temurin"),
        ("zulu-21", "21", "zulu"),
        ("corretto-11", "11", "corretto"),
        ("JDK 7", "7", "zulu"),
    ],
)
def test_java(name: str, version: str, distribution: str) -> None:
    found = inputs(with_sections(f"tools {{ jdk '{name}' }}"), "actions/setup-java")
    assert (found["java-version"], found["distribution"]) == (version, distribution)


@pytest.mark.parametrize(
    ("tool", "action", "key", "version"),
    [
        ("maven 'Maven 3.9'", "stCarolas/setup-maven", "maven-version", "3.9.14"),
        ("maven 'maven-3.6.3'", "stCarolas/setup-maven", "maven-version", "3.6.3"),
        ("maven 'M3'", "stCarolas/setup-maven", "maven-version", "3.9.14"),
        ("gradle 'Gradle 7.6'", "gradle/actions/setup-gradle", "gradle-version", "7.6"),
        ("gradle 'gradle-8'", "gradle/actions/setup-gradle", "gradle-version", "8.14.3"),
        ("nodejs 'node18'", "actions/setup-node", "node-version", "18"),
        ("nodejs 'NodeJS 16.x'", "actions/setup-node", "node-version", "16.x"),
        ("nodejs 'node-14.17.0'", "actions/setup-node", "node-version", "14.17.0"),
        ("nodejs 'Node LTS'", "actions/setup-node", "node-version", "lts/*"),
        ("go 'go1.21'", "actions/setup-go", "go-version", "1.21"),
        ("terraform 'terraform-1.5.7'", "hashicorp/setup-terraform", "terraform_version", "1.5.7"),
        ("maven 'maven_3_5_0'", "stCarolas/setup-maven", "maven-version", "3.5.0"),
        ("maven 'Maven-3-6-3'", "stCarolas/setup-maven", "maven-version", "3.6.3"),
        ("maven 'Maven354'", "stCarolas/setup-maven", "maven-version", "3.5.4"),
        ("gradle 'gradle76'", "gradle/actions/setup-gradle", "gradle-version", "7.6"),
        ("nodejs 'node-14-17'", "actions/setup-node", "node-version", "14.17"),
        ("nodejs 'Node891'", "actions/setup-node", "node-version", "8.9.1"),
        ("nodejs 'Node1015'", "actions/setup-node", "node-version", "10.15"),
        ("maven 'maven-4.0.0-beta-3'", "stCarolas/setup-maven", "maven-version", "4.0.0-beta-3"),
        ("gradle 'gradle_7_6'", "gradle/actions/setup-gradle", "gradle-version", "7.6"),
        ("nodejs 'node_18_2'", "actions/setup-node", "node-version", "18.2"),
        ("dotnetsdk 'dotnet 8'", "actions/setup-dotnet", "dotnet-version", "8.0.x"),
    ],
)
def test_version_from_the_name(tool: str, action: str, key: str, version: str) -> None:
    assert inputs(with_sections(f"tools {{ {tool} }}"), action)[key] == version


def test_a_version_is_assumed_and_said() -> None:
    translation = with_sections("tools { jdk 'default' }")
    assert inputs(translation, "actions/setup-java")["java-version"] == "21"
    assert "tool-version-assumed" in rules_of(translation)


@pytest.mark.parametrize(
    ("tool", "words"),
    [
        ("jdk 'jdk-11.0.2'", "in version 11, not 11.0.2"),
        ("jdk 'jdk1.8.0_202'", "in version 8, not 8.0.202"),
        ("jdk 'jdk-11-0-2'", "in version 11, not 11.0.2"),
        ("jdk 'jdk-8u202'", "in version 8, not 8u202"),
        ("nodejs 'node_18_2_0_1'", "in version 18.2.0, not 18.2.0.1"),
    ],
)
def test_another_version_of_the_line_is_said(tool: str, words: str) -> None:
    said = with_sections(f"tools {{ {tool} }}").translation.diagnostics
    (one,) = (one for one in said if one.rule == "tool-version-differs")
    assert words in one.message


@pytest.mark.parametrize(
    ("tool", "words"),
    [
        ("jdk 'Java 17'", "in version 17"),
        ("jdk 'jdk-17.0'", "in version 17"),
        ("maven 'maven_3_6_3'", "in version 3.6.3"),
        ("nodejs 'node18'", "in version 18"),
    ],
)
def test_the_version_is_said(tool: str, words: str) -> None:
    said = with_sections(f"tools {{ {tool} }}").translation.diagnostics
    (one,) = (one for one in said if one.rule == "tool-set-up")
    assert one.message.endswith(words)


def test_the_rest_of_a_line_is_assumed_and_said() -> None:
    said = with_sections("tools { maven 'M3' }").translation.diagnostics
    (one,) = (one for one in said if one.rule == "tool-version-assumed")
    assert one.message.endswith("tells only 3; 3.9.14 is assumed")


def test_the_file_that_tells_the_version_is_said() -> None:
    def files(path: str) -> str | None:
        return "20" if path == ".nvmrc" else None

    said = with_sections("tools { nodejs 'node' }", files=files).translation.diagnostics
    (one,) = (one for one in said if one.rule == "tool-set-up")
    assert one.message.endswith("in the version that `.nvmrc` tells")


def test_a_told_version_is_not_assumed() -> None:
    assert "tool-version-assumed" not in rules_of(with_sections("tools { jdk 'Java 17' }"))


@pytest.mark.parametrize(
    ("tool", "path", "content", "key", "value"),
    [
        ("nodejs 'node'", ".nvmrc", "20", "node-version-file", ".nvmrc"),
        ("go 'go'", "go.mod", "go 1.22", "go-version-file", "go.mod"),
        ("jdk 'jdk'", ".java-version", "17", "java-version-file", ".java-version"),
        (
            "jdk 'jdk'",
            "pom.xml",
            "<maven.compiler.release>11</maven.compiler.release>",
            "java-version",
            "11",
        ),
    ],
)
def test_version_from_a_file(tool: str, path: str, content: str, key: str, value: str) -> None:
    translation = with_sections(f"tools {{ {tool} }}", files={path: content}.get)
    setup = next(s for s in steps_of(translation) if s.uses and "setup-" in s.uses)
    assert setup.inputs[key] == value
    assert "tool-version-assumed" not in rules_of(translation)


@pytest.mark.parametrize("key", ["jdk", "jdk:Java 17"])
def test_version_from_the_settings(key: str) -> None:
    translation = with_sections("tools { jdk 'Java 17' }", tools={key: "21.0.2"})
    assert inputs(translation, "actions/setup-java")["java-version"] == "21.0.2"


@pytest.mark.parametrize(
    ("script", "cache"),
    [
        ("./mvnw clean compile", "maven"),
        ("mvn -B package", "maven"),
        ("cd api && mvn package", "maven"),
        ("./gradlew build", "gradle"),
        ("gradlew.bat build", "gradle"),
        ("java -jar app.jar", None),
        ("echo automvn", None),
    ],
)
def test_cache_by_build_tool(script: str, cache: str | None) -> None:
    translation = with_sections("tools { jdk 'Java 17' }", f"sh '{script}'")
    assert inputs(translation, "actions/setup-java").get("cache") == cache


@pytest.mark.parametrize(
    ("sections", "steps"),
    [
        ("options { skipDefaultCheckout() }\ntools { jdk '17' }", "checkout scm\nsh 'mvn package'"),
        ("tools { jdk '17' }", "git url: 'https://github.com/octo/demo.git'\nsh 'mvn package'"),
    ],
)
def test_no_cache_without_files_to_hash(sections: str, steps: str) -> None:
    assert "cache" not in inputs(with_sections(sections, steps), "actions/setup-java")


@pytest.mark.parametrize(("lock", "cache"), [("package-lock.json", "npm"), ("nothing", None)])
def test_node_caches_only_with_a_lock_file(lock: str, cache: str | None) -> None:
    files = {lock: "{}"}.get
    translation = with_sections("tools { nodejs 'node 20' }", "sh 'npm ci'", files=files)
    assert inputs(translation, "actions/setup-node").get("cache") == cache


def test_a_container_has_its_own_tools() -> None:
    text = "pipeline { agent { docker 'maven:3' }\ntools { jdk 'Java 17' }\n"
    text += "stages { stage('A') { steps { sh 'mvn package' } } } }"
    translation = translated(text)
    assert "tool-in-container" in rules_of(translation)
    assert not any("setup-java" in (s.uses or "") for s in steps_of(translation))


def test_the_examples_of_the_task() -> None:
    translation = with_sections("tools { jdk 'Java 17'\n maven 'Maven 3.9' }", "sh 'mvn verify'")
    uses = [step.uses for step in steps_of(translation)]
    assert uses == ["actions/checkout", "actions/setup-java", "stCarolas/setup-maven", None]


def placeholders(translation: WorkflowTranslation) -> list[Step]:
    return [step for step in translation.workflow.jobs[0].steps if step.placeholder]


@pytest.mark.parametrize("type_", table("tools"))
def test_every_row_is_used(type_: str) -> None:
    """Each row sets a step up, or drops the tool, or leaves it to a person."""
    row = table("tools")[type_]
    while "alias" in row:
        row = table("tools")[row["alias"]]
    translation = with_sections(f"tools {{ '{type_}' 'tool 3.9.1' }}")
    if "uses" in row:
        assert row["version"] in inputs(translation, row["uses"])
    elif "drop" in row:
        said = [d.message for d in translation.translation.diagnostics if d.rule == "tool-dropped"]
        assert [row["drop"] in message for message in said] == [True]
    else:
        hints = [d.hint for d in translation.translation.diagnostics if d.rule == "tool-unknown"]
        assert hints == [row["manual"]]
        assert placeholders(translation)


def test_gradle_set_up_by_name_keeps_its_own_cache() -> None:
    sections = "tools { jdk 'Java 17'\ngradle 'Gradle 8' }"
    translation = with_sections(sections, "sh 'gradle build'")
    assert "cache" not in inputs(translation, "actions/setup-java")
