"""What is installed without a checkout is whole, and is what starts."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from email.parser import Parser
from importlib.metadata import distribution
from pathlib import Path

import pytest
from hatchling import build
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import overheard

ROOT = Path(__file__).parent.parent
PACKAGES = ("adapters", "bot", "knowledge")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)  # where a build backend is called
        return folder / build.build_wheel(str(folder))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a fresh environment, with what it requires and nothing else, and return its commands."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check", "install", "--quiet")
    subprocess.run([*pip, "--no-index", "--no-deps", wheel], check=True, timeout=60)
    (packages,) = folder.glob("lib/*/site-packages")
    for each in map(distribution, _required("overheard")):
        there = {"..", "__pycache__", *(path.name for path in packages.iterdir())}
        for name in {file.parts[0] for file in each.files or ()} - there:
            (packages / name).symlink_to(str(each.locate_file(name)))
    return folder / "bin"


def _required(name: str) -> set[str]:
    """List the distributions that one needs without its extras, directly or not."""
    found: set[str] = set()
    left = [Requirement(name)]
    while left:
        one = left.pop()
        for line in distribution(one.name).requires or ():
            needed = Requirement(line)
            wanted = needed.marker is None or any(needed.marker.evaluate({"extra": each}) for each in ("", *one.extras))
            if wanted and str(needed) not in found:
                found.add(str(needed))
                left.append(needed)
    return {canonicalize_name(Requirement(each).name) for each in found}


def test_the_wheel_has_all_files_of_the_packages_no_others_and_no_pictures(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    files = {
        file.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for file in (ROOT / package).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }

    assert inside == files | {"overheard.py"}
    assert [name for name in inside if name.endswith((".png", ".svg", ".gif"))] == []


def test_the_wheel_is_an_application_that_no_index_takes(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [each for each in archive.namelist() if each.endswith(".dist-info/METADATA")]
        classifiers = Parser().parsestr(archive.read(name).decode()).get_all("Classifier", [])

    assert "Private :: Do Not Upload" in classifiers
    assert "Typing :: Typed" not in classifiers


def test_the_wheel_answers_from_any_folder_with_only_what_it_requires(installed: Path, tmp_path: Path) -> None:
    asked = subprocess.run(
        [installed / "overheard", "ask", "what did they say about scaling laws?"],
        cwd=tmp_path,
        env={key: value for key, value in os.environ.items() if not key.startswith("PYTHON")},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )

    assert (asked.returncode, asked.stderr) == (0, "")
    assert "current scaling laws" in asked.stdout
    assert list(tmp_path.iterdir()) == []


def test_every_adapter_of_the_wheel_loads_with_only_what_it_requires(installed: Path, tmp_path: Path) -> None:
    program = (
        "import adapters.discord.service, adapters.slack.service, adapters.http.service, "
        "adapters.metrics.watch, adapters.terminal.client, adapters.web.client, bot.__main__"
    )
    ran = subprocess.run(
        [installed / "python", "-c", program], cwd=tmp_path, capture_output=True, timeout=60, check=False
    )

    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_of_another_program_is_named_and_not_run(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = tmp_path / name
    theirs.mkdir()
    (theirs / "__init__.py").write_text("raise AssertionError('somebody else runs')", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(SystemExit) as end:
        overheard.main()

    assert end.value.code == 2
    assert f"overheard: {theirs / '__init__.py'} is another program's “{name}”" in capsys.readouterr().err


def test_a_module_of_another_program_is_named_too(tmp_path: Path) -> None:
    (tmp_path / "bot.py").write_text("", encoding="utf-8")

    assert str(tmp_path / "bot.py") in (overheard.shadowed([str(tmp_path), str(ROOT)]) or "")


def test_a_package_that_is_gone_is_named(tmp_path: Path) -> None:
    assert "“adapters” is missing" in (overheard.shadowed([str(tmp_path)], tmp_path) or "")


def test_nothing_is_in_the_way_of_what_is_installed() -> None:
    assert overheard.shadowed([str(ROOT)]) is None


@pytest.mark.parametrize(("chosen", "threads"), [(None, "1"), ("4", "4")])
def test_matrices_are_multiplied_on_one_thread_unless_more_are_chosen(
    chosen: str | None, threads: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Set first in any case, so that what is there now comes back after the test.
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", chosen or "")
    if chosen is None:
        monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    monkeypatch.setattr("gc.set_threshold", lambda _: None)
    monkeypatch.setattr("bot.__main__.main", lambda: None)

    overheard.main()

    assert os.environ["OPENBLAS_NUM_THREADS"] == threads
