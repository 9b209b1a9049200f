"""What is installed without a checkout is whole, and is what starts."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest
from hatchling import build

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


def _installed(wheel: Path, folder: Path) -> Path:
    """Unpack a wheel, which is all that installing does to one of plain files."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


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


def test_the_wheel_answers_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    target = _installed(wheel, tmp_path / "installed")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    # -S, so that the checkout, which is installed in this environment, can't be found.
    path = os.pathsep.join([str(target), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")])
    asked = subprocess.run(
        [sys.executable, "-S", "-m", "bot", "ask", "what did they say about scaling laws?"],
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": ""},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )

    assert (asked.returncode, asked.stderr) == (0, "")
    assert "current scaling laws" in asked.stdout
    assert list(elsewhere.iterdir()) == []


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
