"""What the scripts of a job take from their agent and leave on it."""

from __future__ import annotations

import pytest

from translating import rules_of, translated


def messages(script: str, rule: str, *, more: str = "", agent: str = "any") -> list[str]:
    stage = f"stage('A') {{ steps {{ {script} }} }}"
    text = f"pipeline {{\nagent {agent}\n{more}\nstages {{ {stage} }}\n}}"
    said = translated(text).translation.diagnostics
    return [one.message for one in said if one.rule == rule]


def taken(script: str, **given: str) -> str:
    return "; ".join(messages(script, "agent-dependency", **given))


@pytest.mark.parametrize(
    ("script", "what"),
    [
        ("sh 'cp a /var/www/html/'", "the path /var/www/html/"),
        ("sh 'mv /var/jenkins/workspace/x/a .'", "the path /var/jenkins/workspace/x/a"),
        ("sh 'cp /usr/demo/resources/* .'", "the path /usr/demo/resources/"),
        ("bat 'copy D:/keys/a.pem .'", "the path D:/keys/a.pem"),
        ("sh 'export PATH=$PATH:/opt/demo/bin'", "the path /opt/demo/bin"),
        ("sh 'apt-get update && apt-get install -y x'", "the rights of root for `apt-get`"),
        ("sh 'curl http://namenode:9870/x'", "the network's host http://namenode"),
        ("sh 'curl http://localhost:9000/api'", "the service at http://localhost:9000"),
        ("sh 'oc login https://192.168.99.100:8443'", "the private host 192.168.99.100:8443"),
        ("sh 'aws s3 ls'", "the AWS login for `aws`"),
        ("sh 'aws --region x ecs update-service'", "the AWS login for `aws`"),
        ("sh 'aws --region=x --output json s3 ls'", "the AWS login for `aws`"),
        ("sh 'kubectl apply -f x.yml'", "the cluster's login for `kubectl`"),
        ("sh 'kubectl --context=shop -n web get pods'", "the cluster's login for `kubectl`"),
        (
            "sh 'kubectl --kubeconfig /etc/rancher/k3s/k3s.yaml get pods'",
            "the cluster's login for `kubectl`",
        ),
        (
            "sh 'kubectl --kubeconfig ~deploy/.kube/config get pods'",
            "the path ~deploy/.kube/config",
        ),
        ("sh 'cp ~/shop.properties src/'", "the program or file ~/shop.properties"),
        ("sh 'cat $HOME/token.txt | tr -d x'", "the program or file $HOME/token.txt"),
        ("sh 'rm -r /shop-ui/*'", "the path /shop-ui/*"),
        ("sh 'sudo cp -r dist/. /shop-ui'", "the path /shop-ui"),
        ("sh 'cd infra; terraform plan'", "the cloud login for `terraform`"),
        ("sh 'terraform $STEP -auto-approve'", "the cloud login for `terraform`"),
        (
            "sh 'terraform -chdir=infra apply'",
            "the state of `terraform` (unless a backend keeps it)",
        ),
        ("sh 'kind load docker-image demo'", "the cluster of `kind`"),
        ("sh 'eval $(minikube docker-env)'", "the cluster of `minikube`"),
        ("sh 'docker run --rm --network shop demo'", "the network shop of its Docker"),
        (
            "script { docker.image('demo').inside('--network shop') { sh 'make' } }",
            "the network shop is one of the machine's Docker; a new runner has none",
        ),
        ("sh 'sftp repo@files.se.internal:/x'", "`sftp repo@files.se.internal`"),
        ("sh 'git clone git@gitlab.shop.lan:web/shop.git'", "the private host git@gitlab.shop.lan"),
        ("sh 'docker pull registry.corp:5000/demo'", "the private host registry.corp"),
        ("sh 'svn co svn://code.intra/x'", "the private host svn://code.intra"),
        ("sh 'docker push octo/demo'", "the registry's login for `docker push`"),
        ("sh 'docker pull localhost:5000/demo'", "the service at localhost:5000/demo"),
        ("sh 'docker push web-registry:5001/demo'", "the private host web-registry:5001"),
        ("sh 'docker login -u x -p y reg:5001'", "the private host reg:5001"),
        ("sh 'ci/wait-for-it.sh -t 30 db:1433 -- make'", "the private host db:1433"),
        ("sh 'docker -H :2375 build .'", "the Docker daemon of `docker -H :2375`"),
        ("sh '/usr/local/bin/docker ps'", "the path /usr/local/bin/docker"),
        ("sh '/usr/bin/build-source.sh'", "the path /usr/bin/build-source.sh"),
        ("sh 'scp a b@host.example:/x'", "its ssh key for `scp a b@host.example`"),
        (
            "sshagent(['key']) { sh 'ssh b@host.example ls' }",
            "from its agent: the key of the host in its known_hosts for `ssh b@host.example`",
        ),
        ("sh './mvnw -B clean deploy'", "the login of its Maven settings for `deploy`"),
        (
            "ansiblePlaybook playbook: '/home/ci/site.yml', inventory: 'hosts'",
            "the path /home/ci/site.yml",
        ),
        ("echo readFile('/opt/demo/version')", "the path /opt/demo/version"),
    ],
)
def test_taken_from_the_agent(script: str, what: str) -> None:
    assert what in taken(script)


@pytest.mark.parametrize(
    "script",
    [
        "sh 'sudo apt-get install -y x'",
        "sh 'ls /usr/bin/env /usr/local/share/x /usr/share/doc'",
        "sh 'docker run -v \"$PWD\":/data/x -w /srv/x demo make'",
        "sh 'curl http://localhost:9000/api & docker run -p 9000:9000 demo'",
        "sh 'curl https://user:word@example.org/x https://example.org'",
        "sh 'echo 10.1.2 10.0.0.0/16'",
        "sshagent(['k']) { sh 'ssh -o StrictHostKeyChecking=no a@host.example ls' }",
        "sh 'aws configure set region x; aws --version'",
        "sh 'aws --region x configure list'",
        (
            "withCredentials([string(credentialsId: 'k', variable: 'AWS_SECRET_ACCESS_KEY')]) "
            "{ sh 'aws s3 ls' }"
        ),
        "sh 'docker login -u x && docker push octo/demo'",
        "sh 'docker login -u x && docker tag demo:12 octo/demo:12; docker push octo/demo:8080'",
        "sh 'curl http://172.17.0.1:80/x'",
        "sh 'kind create cluster && kind load docker-image demo'",
        "sh 'minikube start --driver=docker; minikube image load demo'",
        "sh 'docker network create shop; docker run --network shop demo'",
        "sh 'docker run --network host demo; docker run --net=container:a demo'",
        "sh 'git config user.email ci@shop.local; cp app.local com.shop.internal'",
        "sh 'curl http://host.docker.internal:80/x'",
        "sh 'terraform validate; aws configure list; terraform plan'",
        "sh 'terraform init -backend-config=s3.hcl && terraform apply -auto-approve'",
        "sh 'kubectl --kubeconfig x apply -f y'",
        "sh 'kubectl --kubeconfig=/tmp/kubeconfig get pods'",
        "sh 'mkdir ~/.kube; base64 -d < x > ~/.kube/config; kubectl get pods'",
        "sh 'cp a ~/b; touch ~/c; cat ~/c; . ~/.profile'",
        "sh 'sed s~a~b/c~ x'",
        "sh 'mkdir /cache && cp a /cache/b; rm -rf /old; grep /api/v1 x; cat /etc/hosts'",
        "sh 'docker run -v /cache:/x demo && ls /cache; docker run demo ls /app'",
        "sh 'docker run -d -p 5000:5000 registry:2; docker push localhost:5000/demo'",
        "sh 'docker build -t demo . && /usr/bin/docker ps'",
        "sh 'mvn -s ci/settings.xml deploy; mvn verify -Pdeploy'",
        "ansiblePlaybook playbook: 'site.yml', inventory: 'hosts'",
    ],
)
def test_not_of_the_agent(script: str) -> None:
    assert taken(script) == ""


def test_what_another_host_does_is_not_of_this_one() -> None:
    found = taken("""sh 'ssh deploy@example.org "cd /var/www/x && systemctl restart demo"'""")
    assert "/var/www" not in found
    assert "systemctl" not in found


def test_variables_are_looked_into() -> None:
    more = "environment { HOST_DIR = '/opt/builds'; UNUSED = '/opt/other' }"
    assert taken('sh "cd ${HOST_DIR}/x"', more=more).endswith("the path /opt/builds/x")
    assert taken("sh 'cd $HOST_DIR/x'", more=more).endswith("the path /opt/builds/x")


def test_a_setting_may_name_a_host_that_no_script_does() -> None:
    more = "environment { UPDATE_SITE = 'sftp://repo@files.se.internal/site' }"
    assert taken("sh 'mvn verify'", more=more) == (
        "`UPDATE_SITE` names what only the network of its agent knows: "
        "the private host sftp://repo@files.se.internal"
    )
    said = taken("sh 'publish ${UPDATE_SITE}'", more=more)
    assert said.endswith("from its agent: the private host sftp://repo@files.se.internal")


def test_a_folder_that_only_a_script_of_the_repository_may_read() -> None:
    more = "environment { CACHE = '/opt/cache/web'; REGISTRY = 'hub:5001/web' }"
    assert taken("sh './build.sh'", more=more) == (
        "`CACHE` names a folder of its agent: the path /opt/cache/web; "
        "`REGISTRY` names what only the network of its agent knows: the private host hub:5001"
    )
    assert "CACHE" not in taken('sh "./build.sh; ssh $HOST ls ${CACHE}"', more=more)
    assert "CACHE" not in taken("sh 'echo x'", more=more)


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("C:\\Program Files\\Java\\jdk-17", False),
        ("C:\\Program Files (x86)\\Microsoft Visual Studio\\2017\\Pro\\vc.bat", False),
        ("C:\\Qt\\5.10.0\\msvc2017_64", False),
        ("C:/Program Files/Git/bin/bash.exe", True),
        ("C:\\Program Files\\Microsoft Visual Studio\\18\\Enterprise", True),
        ("C:\\Program Files (x86)\\Windows Kits\\10\\bin", True),
    ],
)
def test_the_programs_of_windows_machines(path: str, *, there: bool) -> None:
    written = path.replace("\\", "\\\\")
    asked = f"""bat '"{written}" -x'"""
    assert taken(asked).endswith(f"the path {path}") is not there
    more = f"environment {{ PLACE = '{written}' }}"
    assert bool(taken("bat 'make'", more=more)) is not there


def test_visual_studio_of_2022_is_on_the_machines_of_2022() -> None:
    script = """bat '"C:\\\\Program Files\\\\Microsoft Visual Studio\\\\2022\\\\x.bat"'"""
    assert taken(script, agent="{ label 'windows-2022' }") == ""
    assert taken(script, agent="{ label 'windows' }") != ""


def test_a_default_of_a_parameter_may_name_a_private_host() -> None:
    more = "parameters { string(name: 'HOST', defaultValue: '10.0.0.2') }"
    assert taken("sh './build.sh'", more=more) == (
        "the default names what only the network of its agent knows: the private host 10.0.0.2"
    )


def test_the_arguments_of_a_container_may_name_a_private_host() -> None:
    agent = "{ docker { image 'demo'; args '--add-host api:192.168.10.4 -e A=b' } }"
    assert "names the private host 192.168.10.4" in taken("sh 'make'", agent=agent)


def test_a_variable_in_the_arguments_of_a_container_is_said() -> None:
    inside = "script { docker.image('demo').inside('--add-host $ALIAS -e HOME') { sh 'make' } }"
    assert messages(inside, "environment-unset") == [
        "`env.ALIAS` is not set by this pipeline; `vars.ALIAS` stands in its place"
    ]


@pytest.mark.parametrize("path", ["/usr/bin/docker", "/tmp", "/etc/passwd", "$WORKSPACE/out"])
def test_what_every_machine_has_may_be_mounted(path: str) -> None:
    inside = f"script {{ docker.image('demo').inside('-v {path}:/x') {{ sh 'make' }} }}"
    assert taken(inside) == ""
    assert taken(inside.replace(path, "/srv/cache")) != ""


def test_each_thing_is_said_once_in_a_job() -> None:
    steps = "sh 'ls /opt/a/b'\nsh 'cat /opt/a/b'\nsh 'apt-get install x'\nsh 'apt-get install y'"
    assert len(messages(steps, "agent-dependency")) == 2


def test_in_a_container_paths_and_rights_are_its_own() -> None:
    assert taken("sh 'apt-get install -y x; ls /var/www/html/'", agent="{ docker 'x:1' }") == ""
    inside = "script { docker.image('x:1').inside { sh 'apt-get install -y x; ls /opt/x/y' } }"
    assert taken(inside) == ""


@pytest.mark.parametrize(
    "script",
    [
        "docker run -d -p 80:80 --name web demo",
        "docker stop web || true; docker run --restart always -dit demo",
        "docker run -d -p 80:80 --name web demo; docker stop other || true",
        "docker run -d -v /srv/data:/data demo",
        "docker run -d -p 80:80 --name web demo; docker rm web-old || true",
        "ssh a@b ls; docker run -d -p 80:80 demo",
        "docker compose up -d",
        "docker-compose -f x.yml up --build -d",
        "pm2 restart demo",
        "JENKINS_NODE_COOKIE=dontKillMe nohup java -jar x.jar &",
    ],
)
def test_what_is_left_running_is_said(script: str) -> None:
    assert len(messages(f"sh '{script}'", "deployment-ends")) == 1


@pytest.mark.parametrize(
    "script",
    [
        "docker run --rm -p 80:80 demo",
        "docker run -d -p 80:80 --name web demo; make test; docker rm -f web",
        "docker compose up -d; make; docker compose down",
        "docker run -d --name web-$N demo; make; docker stop web-$N",
        "docker run -d --name web demo; make; docker rm -f $(docker ps -q)",
        "ssh $HOST docker run -d -p 80:80 demo",
        'ssh -i k $HOST "\\ndocker pull demo\\ndocker run -d -p 80:80 demo"',
        "nohup java -jar x.jar &",
        "make all 2>&1 && docker compose build",
    ],
)
def test_what_ends_in_jenkins_too_is_not(script: str) -> None:
    assert messages(f"sh '{script}'", "deployment-ends") == []


def test_what_only_a_failure_stops_is_left_running() -> None:
    text = """pipeline { agent any
    stages { stage('A') { steps { sh 'docker run -d --name web demo' } } }
    post { %s { sh 'docker rm -f web' } } }"""
    assert "deployment-ends" in rules_of(translated(text % "failure"))
    assert "deployment-ends" not in rules_of(translated(text % "always"))


def test_jenkins_may_be_told_elsewhere_to_keep_a_process() -> None:
    steps = "withEnv(['JENKINS_NODE_COOKIE=dontKillMe']) { sh 'nohup java -jar x.jar &' }"
    assert len(messages(steps, "deployment-ends")) == 1


def test_containers_outlive_a_job_on_a_machine_of_one_s_own() -> None:
    script = "sh 'docker run -d -p 80:80 demo'"
    assert messages(script, "deployment-ends", agent="{ label 'rack-7' }") == []


def test_a_program_that_no_machine_has() -> None:
    assert messages("sh 'terraform plan'\nsh 'terraform apply'", "program-missing") == [
        "`terraform` is not on ubuntu-latest"
    ]
    assert len(messages("sh 'sudo docker-compose ps'", "program-missing")) == 1
    windows = "{ label 'windows' }"
    assert messages("bat 'set X=1\\nflake8 app'", "program-missing", agent=windows) == [
        "`flake8` is not on windows-latest"
    ]
    assert messages("bat 'terraform plan'", "program-missing", agent=windows) == [
        "`terraform` is not on windows-latest"
    ]


@pytest.mark.parametrize(
    ("script", "given"),
    [
        ("sh 'pip install -r requirements.txt && pytest'", {}),
        ("sh 'curl -L https://example.org/terraform.zip; terraform plan'", {}),
        ("sh './terraform plan; echo terraform plan'", {}),
        ("sh 'terraform plan'", {"agent": "{ label 'rack-7' }"}),
        ("sh 'terraform plan'", {"agent": "{ label 'ubuntu-22.04' }"}),
        ("sh 'terraform plan'", {"agent": "{ docker 'hashicorp/terraform:1.9' }"}),
        ("sh 'terraform plan'", {"more": "environment { PATH = '/x' }"}),
        ("bat 'kubectl get pods'", {"agent": "{ label 'windows' }"}),
    ],
)
def test_a_program_that_is_there_or_comes(script: str, given: dict[str, str]) -> None:
    assert messages(script, "program-missing", **given) == []


def test_a_script_of_a_bare_name_is_looked_for_on_the_path() -> None:
    assert messages("sh 'prepare-release.sh && sudo publish.py'", "program-missing") == [
        "`prepare-release.sh` is not on ubuntu-latest",
        "`publish.py` is not on ubuntu-latest",
    ]
    there = "sh './a.sh; sh b.sh; . c.sh; ci/d.sh; python e.py; echo f.sh'"
    assert messages(there, "program-missing") == []
    assert messages("sh 'PATH=$PATH:ci a.sh'", "program-missing") == []
    assert messages("bat 'a.bat'", "program-missing") == []


def test_the_tool_of_docker_brings_no_compose() -> None:
    more = "tools { dockerTool 'docker' }"
    found = messages("sh 'docker-compose up'", "program-missing", more=more)
    assert found == ["`docker-compose` is not on ubuntu-latest"]


def test_a_service_of_the_pod_is_no_other_host() -> None:
    text = """pipeline { agent { kubernetes { defaultContainer 'x'
    yaml 'spec: {containers: [{name: x, image: gcc, command: [cat]}, {name: redis, image: redis}]}'
    } }
    stages { stage('A') { steps { sh 'curl http://localhost:6379' } } } }"""
    assert "agent-dependency" not in rules_of(translated(text))


@pytest.mark.parametrize(
    "script",
    [
        "scp -i k -r ${WORKSPACE} ci@host.example:/srv",
        'cp -r "$WORKSPACE" out',
        "rsync -av $PWD ci@host.example:/srv",
        "NAME=$(basename $WORKSPACE)",
        "NAME=$(basename $(pwd))",
        "echo ${WORKSPACE##*/}",
    ],
)
def test_what_the_workspace_is_called(script: str) -> None:
    (message,) = messages(f"sh '{script}'", "variable-differs")
    assert message.startswith("the last folder of `WORKSPACE` differs")


@pytest.mark.parametrize(
    "script",
    [
        "scp -r ${WORKSPACE}/dist ci@host.example:/srv",
        "cp -r a/. $WORKSPACE",
        "rsync -av $WORKSPACE/ ci@host.example:/srv",
        "cd api && basename $PWD",
        "basename $WORKSPACE/a.zip",
        "ls -r $WORKSPACE out",
    ],
)
def test_where_nothing_reads_what_the_workspace_is_called(script: str) -> None:
    assert messages(f"sh '{script}'", "variable-differs") == []


WINDOWS = "{ label 'windows' }"


@pytest.mark.parametrize(
    "script",
    [
        "bat 'docker build -t demo .'",
        "bat '@echo off\\ncall docker.exe compose -f x.yml up -d'",
        "powershell 'docker-compose up -d'",
        "sh 'docker image pull demo && true'",
        "script { docker.build('demo') }",
    ],
)
def test_docker_of_a_windows_machine_has_no_containers_of_linux(script: str) -> None:
    twice = f"{script}\n{script}"
    assert messages(twice, "docker-of-windows", agent=WINDOWS) == [
        "Docker on windows-latest runs containers of Windows only"
    ]
    assert messages(script, "docker-of-windows", agent="{ label 'windows && rack-7' }") == []


@pytest.mark.parametrize(
    "script",
    [
        "bat 'docker login -u x'",
        "bat 'docker build -f Dockerfile.windows -t demo .'\nbat 'docker run demo'",
        "bat 'docker pull mcr.microsoft.com/windows/nanoserver:ltsc2025'",
        "bat 'echo docker build'",
    ],
)
def test_where_docker_is_asked_for_nothing_of_linux(script: str) -> None:
    assert messages(script, "docker-of-windows", agent=WINDOWS) == []


def test_programs_of_powershell_scripts() -> None:
    script = "powershell 'if (x) { docker-compose up -d }'"
    assert messages(script, "program-missing", agent=WINDOWS) == [
        "`docker-compose` is not on windows-latest"
    ]
    assert messages("sh 'docker ps'", "program-missing", agent="{ label 'macos' }") == [
        "`docker` is not on macos-latest"
    ]
