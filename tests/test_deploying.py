"""The files that put Overheard to use elsewhere are well formed, and name what is there."""

from __future__ import annotations

import configparser
import json
import re
import runpy
import shlex
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml
from jsonschema.validators import validator_for
from typer.core import TyperGroup

from bot.operating import cli, settings

ROOT = Path(__file__).parent.parent
SCHEMAS = files("check_jsonschema") / "builtin_schemas" / "vendor"
FORMS = sorted(set((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")) - {ROOT / ".github/ISSUE_TEMPLATE/config.yml"})
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
DOCKER = (ROOT / "docs" / "docker.md").read_text(encoding="utf-8")
UNITS = sorted((ROOT / "deploy").glob("*.service"))
COMMANDS = typer.main.get_command(cli.app)


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("compose-spec", ROOT / "compose.yaml"),
        ("github-workflows", ROOT / ".github" / "workflows" / "ci.yml"),
        ("dependabot", ROOT / ".github" / "dependabot.yml"),
        ("github-issue-config", ROOT / ".github" / "ISSUE_TEMPLATE" / "config.yml"),
        ("citation-file-format", ROOT / "CITATION.cff"),
        *(("github-issue-forms", form) for form in FORMS),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else "",
)
def test_every_file_is_as_its_schema_says(schema: str, file: Path) -> None:
    rules = json.loads((SCHEMAS / f"{schema}.json").read_text(encoding="utf-8"))
    # Not safe_load's YAML 1.1, for which a workflow's `on` is true.
    read = {"on" if key is True else key: value for key, value in yaml.safe_load(file.read_bytes()).items()}

    assert [error.message for error in validator_for(rules)(rules).iter_errors(read)] == []


def test_a_version_is_the_same_wherever_it_stands() -> None:
    version = re.findall(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)

    assert [yaml.safe_load((ROOT / "CITATION.cff").read_bytes())["version"]] == version
    assert (ROOT / "docs" / "releases" / f"{version[0].rpartition('.')[0]}.md").is_file()


def test_the_image_is_built_of_files_that_are_there_and_that_the_build_is_sent() -> None:
    copied = [
        name for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE) for name in line.split()[:-1]
    ]
    sent = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE)

    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert sorted(copied) == sorted(sent)


def test_the_image_does_not_run_as_root() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]

    assert re.findall(r"^USER (.+)$", last, re.MULTILINE) == ["10001:10001"]
    assert "HEALTHCHECK" in last


def test_only_volumes_that_the_compose_file_declares_are_mounted_and_roots_are_read_only() -> None:
    services = COMPOSE["services"]
    mounted = {volume.partition(":")[0] for service in services.values() for volume in service["volumes"]}

    assert mounted == set(COMPOSE["volumes"])
    assert [services[name]["read_only"] for name in ("bot", "import")] == [True, True]
    assert set(services["bot"]["depends_on"]) < set(services)


def test_the_compose_file_sets_settings_that_there_are_and_asks_for_what_its_document_lists() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{(\w+)", text))
    set_ = {name for name in COMPOSE["services"]["bot"]["environment"] if name.startswith("OVERHEARD_")}

    assert set_ <= set(settings.names())
    assert asked | {"IMPORT_EVERY"} == set(re.findall(r"^\| `(\w+)`", DOCKER, re.MULTILINE))


def _commands() -> Iterator[str]:
    """List what is run inside containers, by units and by the loop that imports."""
    yield from re.findall(r"docker compose run --rm bot (.+?)(?:`|$)", DOCKER, re.MULTILINE)
    yield from re.findall(r"docker compose exec \w+ overheard (.+?)(?:`|$)", DOCKER, re.MULTILINE)
    yield from re.findall(r"overheard:local ([a-z].+?)(?:`|$)", DOCKER, re.MULTILINE)
    yield from re.findall(r"^ExecStart=\S+/overheard (.+)$", "\n".join(map(Path.read_text, UNITS)), re.MULTILINE)
    yield from re.findall(r"overheard (import .+?) \|\|", COMPOSE["services"]["import"]["command"][0])


@pytest.mark.parametrize("line", sorted(set(_commands())))
def test_every_command_that_runs_there_can_be_typed(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "library").mkdir()
    line = re.sub(r"--library \S+", "--library library", line)
    assert isinstance(COMMANDS, TyperGroup)
    name, *arguments = shlex.split(line)

    with COMMANDS.commands[name].make_context(name, arguments) as context:
        assert not context.args


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_runs_as_nobody_special_and_keeps_its_secrets_in_a_file(unit: Path) -> None:
    read = configparser.ConfigParser(interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(unit.read_text(encoding="utf-8"))

    assert read["Service"]["User"] == "overheard"
    assert read["Service"]["EnvironmentFile"] == "/etc/overheard/env"
    assert unit.name in (ROOT / "docs" / "install.md").read_text(encoding="utf-8")


def test_an_import_indexes_what_the_bot_reads() -> None:
    services = COMPOSE["services"]
    cached = {
        unit.name: re.findall(r"OVERHEARD_CACHE=\S+|^CacheDirectory=.+", unit.read_text("utf-8"), re.M)
        for unit in UNITS
    }

    assert "cache:/cache" in services["bot"]["volumes"]
    assert "cache:/cache" in services["import"]["volumes"]
    assert cached["overheard-import.service"] == cached["overheard.service"] != []


def test_units_set_settings_that_there_are() -> None:
    named = {name for unit in UNITS for name in re.findall(r"\b(OVERHEARD_\w+)=", unit.read_text(encoding="utf-8"))}

    assert named <= set(settings.names())


HEALTHY = runpy.run_path(str(ROOT / "deploy" / "healthy.py"))


class _Health(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on standard error."""


@pytest.fixture
def port() -> Iterator[int]:
    with HTTPServer(("127.0.0.1", 0), _Health) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_health_is_asked_for_over_http_where_a_port_is_served(port: int) -> None:
    slack = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "SLACK_HOST": "::", "SLACK_PORT": f"{port}"}

    assert HEALTHY["is_well"](slack)
    assert HEALTHY["is_well"]({"OVERHEARD_METRICS_PORT": str(port)})


def test_a_port_that_nobody_serves_is_not_well(port: int) -> None:
    assert not HEALTHY["is_well"]({"OVERHEARD_METRICS_PORT": str(port), "OVERHEARD_METRICS_HOST": "127.0.0.9"})


def test_without_a_port_the_container_is_well_while_its_first_process_is_overheard(tmp_path: Path) -> None:
    process = tmp_path / "cmdline"
    process.write_bytes(b"/sbin/docker-init\0--\0overheard\0run\0")

    assert HEALTHY["is_well"]({"DISCORD_TOKEN": "x"}, process)
    assert not HEALTHY["is_well"]({"DISCORD_TOKEN": "x"}, tmp_path / "gone")
