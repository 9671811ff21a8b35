"""Documents are tested: what they name exists, and what exists they name."""

import re
import tomllib
from pathlib import Path

import pytest

from calendar_svc import config
from calendar_svc.store import tables  # noqa: F401 - the tables register themselves
from calendar_svc.store.base import Base
from tests.journeys import test_readme

ROOT = Path(__file__).parents[1]
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
TOP = {
    *("pyproject.toml", "calendar_svc", "migrations", "data", "tests", "wsgi.py"),
    *("README.md", "CHANGELOG.md", "DECISIONS.md", "SECURITY.md", "LICENSE", "Makefile", "docs"),
    *("requirements.txt", "requirements-dev.txt"),
}


def test_every_setting_is_documented_and_no_other() -> None:
    readme = (ROOT / "README.md").read_text()
    table = re.findall(r"^\| `CALENDAR_([A-Z_]+)` \|", readme, re.MULTILINE)
    assert sorted(table) == sorted(config.NAMES)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_resolves(document: Path) -> None:
    text = document.read_text()
    for link in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (document.parent / link).exists(), f"{document.name}: {link}"
    for test in re.findall(r"`(tests/[\w/.]+)`", text):
        assert (ROOT / test).exists(), f"{document.name}: {test}"


def test_every_command_of_the_readme_is_run() -> None:
    assert test_readme.commands() == test_readme.RUN


def test_the_top_level_holds_only_what_was_agreed() -> None:
    # what git ignores and dot-files may be there as well
    ignored = {"node_modules"} | {path.name for path in ROOT.glob("*.egg-info")}
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found - ignored <= TOP


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_the_lock_pins_and_hashes_everything_and_holds_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert "--index" not in text
    packages = re.split(r"\n(?=[a-z])", text.strip())
    for package in packages:
        assert re.match(r"[a-z0-9-]+==\S+", package), package
        assert "--hash=sha256:" in package, package


def test_the_lock_has_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.txt").read_text(), re.M))
    for dependency in project["dependencies"]:
        name = re.match(r"[A-Za-z0-9-]+", dependency)
        assert name
        assert name[0].lower() in locked


def test_every_constraint_has_a_name() -> None:
    for table in Base.metadata.tables.values():
        for constraint in table.constraints:
            assert constraint.name, f"{table.name}: {constraint}"


def test_the_project_holds_no_sentence_of_the_article() -> None:
    seeds = ROOT.parent / "shared" / "seeds"
    if not seeds.exists():
        return
    ours = " ".join(
        re.sub(r"\s+", " ", path.read_text(errors="ignore"))
        for folder in ("data/seed", "calendar_svc", "docs", "tests")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".toml", ".py", ".md", ".po", ".html", ".txt", ".ics")
    )
    for article in seeds.glob("*.txt"):
        for sentence in re.split(r"(?<=[.!?])\s+", article.read_text()):
            sentence = re.sub(r"\s+", " ", sentence).strip()
            if len(sentence) > 40:
                assert sentence not in ours
