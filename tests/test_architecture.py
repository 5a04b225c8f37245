"""The house's rules: sizes, names, who owns what, and what the documents must mention."""

from __future__ import annotations

import ast
import fnmatch
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from core.config import SETTINGS, Setting

ROOT = Path(__file__).resolve().parent.parent
LONGEST_MODULE = 300
LONGEST_PAGE = 60

TOP_LEVEL = {
    *("README.md", "CHANGELOG.md", "LICENSE", "NOTICE", "Makefile", "pyproject.toml", "requirements.txt"),
    *(".ci", ".env.example", ".gitignore", ".streamlit"),
    *("core", "dashboard", "pages", "tests", "docs", "deploy"),
}

# A word of the code -> the only module that may say it. The first four are Streamlit's: a module that does
# not import Streamlit means something else by them.
OWNERS = {
    "session_state": "dashboard/session.py",
    "query_params": "dashboard/state.py",
    "cache_data": "dashboard/data.py",
    "cache_resource": "dashboard/services.py",
    "environ": "core/config.py",
    "getenv": "core/config.py",
}

# Distributions whose import name is another, or that nothing imports, with the reason.
IMPORT_NAMES = {
    "xlsxwriter": "xlsxwriter",
    "python-calamine": "python_calamine",
    "python-dotenv": "dotenv",
    "scikit-learn": "sklearn",
    "scikit-network": "sknetwork",
}
NEVER_IMPORTED = {
    "plotly": "the page draws with the JavaScript library inside it; figures are made as plain values",
    "python-multipart": "FastAPI reads uploaded files with it",
    "natasha": "the weights of the entity model lie in its wheel; importing it would load an older analyser",
    "tzdata": "the time zones of zoneinfo where the system has none, as on Windows",
    "import-linter": "a command of make check",
    "mypy": "a command of make check",
    "ruff": "a command of make check",
    "pandas-stubs": "types for mypy",
    "pyarrow-stubs": "types for mypy",
    "types-cachetools": "types for mypy",
    "schemathesis": "a command that sends the API random requests",
    "pytest-cov": "make test prints the branch coverage of the engine room",
    "pytest-xdist": "make check runs on two processes",
}

SQL_START = re.compile(
    r"\s*(with\s+\w+\s+as|select|insert\s+into|update\s+\w+\s+set|delete\s+from|merge\s+into"
    r"|create\s+(or|table|view|temp)|alter\s+table|drop\s+(table|view)|copy\s|attach\s)\b",
    re.IGNORECASE,
)


def _modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _nodes(path: Path) -> Iterator[ast.AST]:
    """Return everything a module is made of; kept, it would weigh on every collection of garbage."""
    return ast.walk(ast.parse(path.read_text(encoding="utf-8")))


@cache
def _words(path: Path) -> set[str]:
    """Return the names a module uses: variables, attributes and imports, but no comments or texts."""
    found: set[str] = set()
    for node in _nodes(path):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.name for alias in node.names}
    return found


@cache
def _imports(path: Path) -> set[str]:
    """Return the top-level packages a module imports."""
    found: set[str] = set()
    for node in _nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def _requirements(file: str) -> list[str]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_modules_are_short() -> None:
    """A module of core or dashboard has at most 300 lines, a page at most 60."""
    limits = [(path, LONGEST_MODULE) for path in _modules("core", "dashboard")]
    limits += [(path, LONGEST_PAGE) for path in _modules("pages")]
    sizes = [(path, len(path.read_text(encoding="utf-8").splitlines()), limit) for path, limit in limits]
    assert [f"{_name(path)}: {size}" for path, size, limit in sizes if size > limit] == []


def test_no_module_is_named_after_nothing() -> None:
    """A module is named by its subject: no utils, helpers, base or common, and no standard module's name."""
    empty = {"utils", "util", "helpers", "helper", "base", "common", "misc"}
    modules = _modules("core", "dashboard", "pages")
    assert [_name(path) for path in modules if {path.stem, path.parent.name} & empty] == []
    at_the_root_of_a_path = [*(ROOT / "dashboard").glob("*.py"), *(ROOT / "pages").glob("*.py")]
    names = sys.stdlib_module_names - {"__main__", "__init__"}
    assert [_name(path) for path in at_the_root_of_a_path if path.stem in names] == []


@pytest.mark.parametrize("word", OWNERS)
def test_a_shared_thing_has_one_owner(word: str) -> None:
    """Session, URL, caches and environment are each touched by one module."""
    users = [path for path in _modules("core", "dashboard", "pages") if word in _words(path)]
    if word not in {"environ", "getenv"}:
        users = [path for path in users if "streamlit" in _imports(path)]
    assert [_name(path) for path in users if _name(path) != OWNERS[word]] == []


def test_the_database_is_spoken_to_in_storage_only() -> None:
    """DuckDB is imported by core.storage alone."""
    users = [_name(path) for path in _modules("core", "dashboard", "pages") if "duckdb" in _imports(path)]
    assert [user for user in users if not user.startswith("core/storage/")] == []


def test_sql_is_built_in_storage_only() -> None:
    """A statement with something formatted into it stands in core.storage or nowhere."""
    culprits = [
        f"{_name(path)}:{line}"
        for path in _modules("core", "dashboard", "pages")
        if not _name(path).startswith("core/storage/")
        for line in _built_sql(path)
    ]
    assert culprits == []


def _built_sql(path: Path) -> Iterator[int]:
    for node in _nodes(path):
        if isinstance(node, ast.JoinedStr):
            start = node.values[0]
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
            start = node.left
        elif (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"
        ):
            start = node.func.value
        else:
            continue
        if isinstance(start, ast.Constant) and isinstance(start.value, str) and SQL_START.match(start.value):
            yield node.lineno


def test_html_is_never_let_through() -> None:
    """Comment text cannot become markup: Streamlit's switch for raw HTML is used nowhere."""
    modules = _modules("core", "dashboard", "pages")
    switch = "unsafe_allow_html"
    assert [_name(path) for path in modules if switch in path.read_text(encoding="utf-8")] == []


def test_core_starts_without_any_interface() -> None:
    """Importing any module of core loads neither Streamlit nor Plotly."""
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in _modules("core")
    ]
    program = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]:\n"
        "    importlib.import_module(name)\n"
        "    loaded = {'streamlit', 'plotly'} & set(sys.modules)\n"
        "    assert not loaded, f'{name} loads {loaded}'\n"
    )
    run = subprocess.run([sys.executable, "-c", program, *names], cwd=ROOT, capture_output=True, text=True)  # noqa: PLW1510
    assert (run.returncode, run.stderr) == (0, "")


def test_every_module_stands_on_the_stack() -> None:
    """A module that the import contract does not name would escape it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    stack = next(each for each in project["tool"]["importlinter"]["contracts"] if each["type"] == "layers")
    named = {name.strip(" ()") for line in stack["layers"] for name in line.split("|")}
    present = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for package in ("core", "dashboard")
        for path in (ROOT / package).iterdir()
        if (path.suffix == ".py" and path.stem != "__init__") or [*path.glob("*.py")]
    }
    assert present - named == set()


def test_every_test_says_the_rule_it_protects() -> None:
    """Each test has a docstring of one sentence with a full stop."""
    silent = []
    for path in _modules("tests"):
        for node in _nodes(path):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                docstring = ast.get_docstring(node) or ""
                if not docstring.endswith(".") or "\n\n" in docstring:
                    silent.append(f"{_name(path)}::{node.name}")
    assert silent == []


def test_a_line_left_out_of_coverage_has_its_reason() -> None:
    """Code that the coverage report leaves out says why, in a sentence of its own."""
    bare = [
        f"{_name(path)}:{number}"
        for path in _modules("core", "dashboard", "pages")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if "pragma: no" in line and not re.search(r"pragma: no (cover|branch) - \w.{8,}", line)
    ]
    assert bare == []


def test_nothing_else_lies_at_the_top() -> None:
    """The repository's first page shows exactly the entries it should."""
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()]
    entries = {
        path.name
        for path in ROOT.iterdir()
        if path.name != ".git" and not any(fnmatch.fnmatch(path.name, pattern) for pattern in ignored)
    }
    assert entries == TOP_LEVEL


@pytest.mark.parametrize("document", ["README.md", "docs/README.ru.md"])
@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented(setting: Setting, document: str) -> None:
    """Each setting has a row with its default in both READMEs."""
    default = re.escape(f" `{setting.default}` ") if setting.default else " "
    row = rf"^\| `{setting.name}` \|{default}\|"
    assert re.search(row, (ROOT / document).read_text(encoding="utf-8"), re.MULTILINE)


def test_the_example_names_every_setting_with_its_default() -> None:
    """`.env.example` lists exactly the settings, commented out, each with its default or empty."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    shown = dict(line[1:].split("=", 1) for line in lines if re.match(r"#[A-Z_]+=", line))
    assert sorted(shown) == sorted(setting.name for setting in SETTINGS)
    assert {setting.name: shown[setting.name] for setting in SETTINGS if setting.default} == {
        setting.name: setting.default for setting in SETTINGS if setting.default
    }
    assert [line for line in lines if line and not line.startswith("#")] == []


@pytest.mark.parametrize("file", ["requirements.txt", "tests/requirements.txt"])
def test_every_requirement_is_pinned(file: str) -> None:
    """A requirement names one exact version."""
    assert [line for line in _requirements(file) if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


@pytest.mark.parametrize(
    ("file", "folders"),
    [("requirements.txt", ("core", "dashboard", "pages")), ("tests/requirements.txt", ("tests",))],
)
def test_every_requirement_is_used(file: str, folders: tuple[str, ...]) -> None:
    """A package stays only while the code imports it, or a reason for it is written down."""
    imported = set().union(*(_imports(path) for path in _modules(*folders)))
    idle = []
    for line in _requirements(file):
        name = line.partition("==")[0].lower()
        if name not in NEVER_IMPORTED and IMPORT_NAMES.get(name, name.replace("-", "_")) not in imported:
            idle.append(name)
    assert idle == []


def test_every_import_is_a_requirement() -> None:
    """What the code imports is pinned, not merely brought along by another package."""
    providers = packages_distributions()
    pinned = {_normal(line.partition("==")[0]) for line in _requirements("requirements.txt")}
    ours = {"core", "dashboard", "pages"}
    loose = {
        f"{_name(path)}: {package}"
        for path in _modules(*ours)
        for package in _imports(path) - ours - sys.stdlib_module_names
        if not {_normal(name) for name in providers.get(package, [])} & pinned
    }
    assert loose == set()


def _normal(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


@pytest.mark.parametrize("document", ["README.md", "docs/README.ru.md"])
@pytest.mark.parametrize("file", ["requirements.txt", "tests/requirements.txt"])
def test_every_requirement_has_its_reason(file: str, document: str) -> None:
    """Each package has a place in the README's table of dependencies."""
    text = (ROOT / document).read_text(encoding="utf-8")
    names = [line.partition("==")[0] for line in _requirements(file)]
    assert [name for name in names if f"`{name}`" not in text] == []


def test_every_option_of_streamlit_has_its_reason() -> None:
    """Each line of .streamlit/config.toml says why it is there."""
    lines = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8").splitlines()
    reasoned = [index for index, line in enumerate(lines) if "=" in line and not line.startswith("#")]
    bare = [
        lines[index]
        for index in reasoned
        if not re.search(r"\s# \S", lines[index]) and not lines[index - 1].startswith("#")
    ]
    assert bare == []


def test_the_version_is_in_the_changelog() -> None:
    """The version of the project has an entry in the changelog."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert f"## [{project['project']['version']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
