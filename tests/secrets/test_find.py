"""What counts as a secret in a source, and what does not. Values are put together here."""

from __future__ import annotations

import subprocess
import sys
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

import pytest

from jenkins2gha.secrets import find
from jenkins2gha.source import Source

HEX = "0a1b2c3d4e5f" * 6
MIXED = "aB3dE6gH9jK2" * 6
VALUE = "Tr0ub" + "4dor&3"
KEY = "PRIVATE " + "KEY-----"
PEM = f"-----BEGIN RSA {KEY}\n{MIXED[:64]}\n{MIXED[4:60]}==\n-----END RSA {KEY}"
JWT = "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiJhIn0." + MIXED[:43]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("aws-access-key", "AKIA" + "QWERTZUIOP123456"),
        ("github-token", "ghp_" + MIXED[:36]),
        ("github-token", "github_pat_" + MIXED[:40]),
        ("gitlab-token", "glpat-" + MIXED[:20]),
        ("slack-token", "xoxb-" + "123456789012-123456789012-" + MIXED[:24].lower()),
        ("slack-token", "https://hooks.slack" + ".com/services/T00AA11/B00BB22/" + MIXED[:24]),
        ("stripe-key", "sk_live_" + MIXED[:24]),
        ("twilio-key", "SK" + HEX[:32]),
        ("npm-token", "npm_" + MIXED[:36]),
        ("google-api-key", "AIza" + MIXED[:35]),
        ("docker-token", "dckr_pat_" + MIXED[:27]),
        ("sonar-token", "squ_" + HEX[:40]),
        ("sendgrid-key", "SG." + MIXED[:22] + "." + MIXED[:43]),
        ("jwt", JWT),
        ("private-key", PEM),
    ],
)
@pytest.mark.parametrize(
    "place", ["sh 'curl -H {} x'", "def x = '''{}'''", "/* {} */", 'echo "{}"']
)
def test_formats(place: str, kind: str, value: str) -> None:
    source = Source("-", place.format(value))
    found = find(source)
    assert [(each.kind, source.text[each.start : each.end]) for each in found] == [(kind, value)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("password = '{}'", "PASSWORD"),
        ('def dbPassword = "{}"', "DB_PASSWORD"),
        ("environment {{ DB_PASSWORD = '{}' }}", "DB_PASSWORD"),
        ("env.DB_PASSWORD = '{}'", "DB_PASSWORD"),
        ("withEnv(['NEXUS_PASSWORD={}']) {{}}", "NEXUS_PASSWORD"),
        ("httpRequest(password: '{}')", "PASSWORD"),
        ("password(name: 'DEPLOY_PASSWORD', defaultValue: '{}')", "DEPLOY_PASSWORD"),
        ("string(name: 'ADMIN_PWD', defaultValue: '{}')", "ADMIN_PWD"),
        ("sh 'PGPASSWORD={} psql -c x'", "PGPASSWORD"),
        ("sh 'export API_TOKEN={}; make'", "API_TOKEN"),
        ('sh "export API_TOKEN=\\"{}\\"; make"', "API_TOKEN"),
        ("sh 'tool --password {} x'", "PASSWORD"),
        ("sh 'tool --password={}'", "PASSWORD"),
        ("sh 'tool --password=\"{}\"'", "PASSWORD"),
        ("sh 'curl -u me:{} https://example.org'", "PASSWORD"),
        ("sh 'curl -s --user \"me:{}\" https://example.org'", "PASSWORD"),
        ("sh 'docker login -u me -p {} example.org'", "PASSWORD"),
        ("sh 'sshpass -p {} ssh host'", "PASSWORD"),
        ("sh 'mysql -uroot -p{} db'", "PASSWORD"),
        ("sh 'echo {} | docker login -u me --password-stdin'", "PASSWORD"),
        ("sh 'mvn -Dsonar.login={} sonar:sonar'", "SONAR_LOGIN"),
        ("sh 'git clone https://me:{}@example.org/x.git'", "URL_PASSWORD"),
        ("// the password={} of old", "PASSWORD"),
        ("sh '''cat > s.xml <<E\n<password>{}</password>\nE'''", "PASSWORD"),
        ("sh '''cat > s.yml <<E\n  password: {}\nE'''", "PASSWORD"),
        ("bat 'tool /d:sonar.login=\"{}\"'", "SONAR_LOGIN"),
    ],
)
def test_telling_names(text: str, name: str) -> None:
    value = "Tr0ub4dor" + "Zq7Lm2"
    source = Source("-", text.format(value))
    found = find(source)
    assert [source.text[each.start : each.end] for each in found] == [value]
    assert [each.secret_name for each in found] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "sh 'docker login --username me --password {}'",
        "sh 'curl -v -u me:{} https://example.org'",
        "sh 'sshpass -p \"{}\" ssh host'",
        "sh 'mysql -uroot -p{} db'",
    ],
)
def test_a_password_with_an_at_sign(text: str) -> None:
    value = "Orchard@" + "481"
    source = Source("-", text.format(value))
    assert [source.text[each.start : each.end] for each in find(source)] == [value]


@pytest.mark.parametrize("place", ['"auth": "{}"', '\\"auth\\":\\"{}\\"', '{{"auth" : "{}"}}'])
def test_a_login_in_the_settings_of_docker(place: str) -> None:
    value = b64encode(b"orchard:Tr0ub4dor" + b"Zq7Lm2").decode()
    source = Source("-", f"writeFile file: 'config.json', text: '{place.format(value)}'")
    found = find(source)
    assert [source.text[each.start : each.end] for each in found] == [value]
    assert [(each.kind, each.secret_name) for each in found] == [("docker-login", "DOCKER_LOGIN")]


@pytest.mark.parametrize(
    "value", ["bm90LWEtbG9naW4tYXQtYWxs", "${AUTH}", b64encode(b"me:secret").decode()]
)
def test_no_login_in_the_settings_of_docker(value: str) -> None:
    assert find(Source("-", f"""sh 'echo \'{{"auth": "{value}"}}\' > config.json'""")) == ()


@pytest.mark.parametrize(
    "text",
    [
        "password = 'changeme'",
        "password = ''",
        'password = "${PASSWORD}"',
        "password = params.PASSWORD",
        "sh 'tool --password $PASSWORD'",
        "sh 'tool --password=${PASSWORD}'",
        'sh "docker login -u a -p ${env.PSW}"',
        "sh 'docker login -u a --password-stdin registry.example.org'",
        "sh 'docker run -p 8080:80 x'",
        "sh 'mkdir -p build'",
        "environment { TOKEN = credentials('deploy-token-2024') }",
        "usernamePassword(credentialsId: 'nexus-1a2b', passwordVariable: 'PSW')",
        "string(credentialsId: '0f8fad5b-d9cb-469f-a165-70867728950e', variable: 'TOKEN')",
        "git credentialsId: '7c9e6679-7425-40de-944b-e07fc1f90ae7', url: 'https://example.org/x.git'",
        "checkout([branches: [[name: 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3']]])",
        "image 'maven@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'",
        "sh 'mvn dependency:get -Dartifact=org.example:secret-tool:1.2.3'",
        "sh 'npm install token-tool@1.2.3'",
        "sh 'curl https://example.org/token/key'",
        "git url: 'https://me@example.org/x.git'",
        "git url: 'ssh://git@example.org:22/x.git'",
        "description: 'https://user:password@host/'",
        "sh 'sed -i s/@password@/x/ a; tool --password @password@'",
        "secretName: 'registry-login-1'",
        "tokenCredentialId: 'slack-token-1'",
        "password(name: 'PSW', description: 'Enter the password of 2024')",
        "secretKeyRef { name 'a1b2c3d4' }",
        "sh 'kubectl create secret generic a1b2c3d4'",
        "keystore = 'release-key-2024.jks'",
        "if (token == null) { error 'no token' }",
        "key: 'maven-a1b2c3d4e5'",
    ],
)
def test_no_secret(text: str) -> None:
    assert find(Source("-", text)) == ()


def test_a_finding_neither_holds_nor_shows_the_value() -> None:
    found = find(Source("-", f"password = '{VALUE}'"))
    assert len(found) == 1
    assert VALUE not in repr(found)


def test_equal_values_share_a_name_and_others_do_not() -> None:
    text = f"a.password = '{VALUE}'\nb.password = '{VALUE}x'\nsh 'x --password={VALUE}'"
    found = find(Source("-", text))
    assert [each.secret_name for each in found] == ["A_PASSWORD", "B_PASSWORD", "A_PASSWORD"]
    assert [each.number for each in found] == [0, 1, 0]


def test_a_credential_keeps_its_name() -> None:
    text = f"x = credentials('password')\npassword = '{VALUE}'"
    assert [each.secret_name for each in find(Source("-", text))] == ["PASSWORD_2"]


def test_a_value_is_found_wherever_else_it_stands() -> None:
    value = "Tr0ub4dor" + "Zq7Lm2"
    found = find(Source("-", f"// it was {value} once\ndbPassword = '{value}'\necho '{value}'"))
    assert [each.construct for each in found] == ["comment", "source", "source"]
    assert {each.secret_name for each in found} == {"DB_PASSWORD"}


def test_the_detector_is_loaded_on_suspicion_only() -> None:
    program = (
        "import sys; from jenkins2gha.secrets import find; from jenkins2gha.source import Source;"
        "find(Source('-', \"pipeline { stages { stage('a') { steps { sh 'make' } } } }\"));"
        "sys.exit('detect_secrets' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_threads_agree() -> None:
    texts = [f"password = '{VALUE}{n}'; x = 'ghp_{MIXED[:35]}{n}'" for n in range(10)] * 20
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda text: len(find(Source("-", text))), texts))
    assert set(counts) == {2}


@pytest.mark.parametrize(
    "piece", ["password=", "://", "-----BEGIN PRIVATE KEY-----", "curl -u ", "'token':"]
)
def test_long_texts_take_no_time(piece: str) -> None:
    started = perf_counter()
    find(Source("-", piece * (200_000 // len(piece))))
    assert perf_counter() - started < 5
