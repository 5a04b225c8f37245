"""Every fault is told in both languages: the sites that raise them are walked, not remembered."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import pytest

from core import errors
from core.links import HINTS
from core.models import RefusalReason
from core.tasks.records import TaskFault
from core.templates import filled, places
from core.vk.codes import RULES, UNKNOWN, error_of
from core.wording import accepted
from core.wording.faults import AREAS, RU, by_code, phrase, refused, told
from core.wording.phrases.failures import PHRASES

ROOT = Path(__file__).parents[3]
HANDED_ON = {"template", "hint_template", "detail"}
"""Attributes that hold a template which was checked where it was made."""

CARRIERS: Mapping[str, tuple[tuple[int, str], tuple[int, str]]] = {
    "TaskFault": ((1, "detail"), (2, "hint")),
    "Unfit": ((0, "template"), (9, "")),
    "Problem": ((2, "template"), (9, "")),
}
"""Classes that carry a template to where an error is told: the places of its sentence and of its hint."""

LANGUAGE_OF_VK = {"core/sandbox/refusals.py"}
"""Where the synthetic VK says what VK would say: no words of ours, though a class has the same name."""

OTHER_PROBLEMS = {"dashboard/api/problems.py"}
"""Where `Problem` is the answer of the API, made of what was told."""

GIVEN = {"vk_code", "method"}
"""Values that every error of VK has."""


@dataclass(frozen=True)
class Module:
    """One file, with what its names mean."""

    path: str
    tree: ast.Module

    @cached_property
    def constants(self) -> dict[str, ast.expr]:
        """Return what the names of the module stand for."""
        found = {}
        for node in self.tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                found[node.targets[0].id] = node.value
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
                found[node.target.id] = node.value
        return found

    @cached_property
    def imports(self) -> dict[str, tuple[str, str]]:
        """Return where names of the product come from: (file, name there)."""
        return {
            each.asname or each.name: (file, each.name)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom)
            for file in (f"{str(node.module).replace('.', '/')}{end}" for end in (".py", "/__init__.py"))
            if file in modules()
            for each in node.names
        }

    def imported(self, name: str) -> tuple[Module, str] | None:
        """Return the module of ours that a name comes from, and its name there."""
        file, there = self.imports.get(name, ("", ""))
        return (modules()[file], there) if file else None


@dataclass(frozen=True)
class Site:
    """One construction of an error: its templates, and what it passes, None where that is a mapping."""

    where: str
    sentences: frozenset[str]
    hints: frozenset[str]
    values: frozenset[str] | None
    unclear: tuple[str, ...] = field(default=())


@cache
def modules() -> dict[str, Module]:
    """Return the files of the product by path."""
    files = [*ROOT.glob("core/**/*.py"), *ROOT.glob("dashboard/**/*.py")]
    return {
        file.relative_to(ROOT).as_posix(): Module(
            file.relative_to(ROOT).as_posix(), ast.parse(file.read_text("utf-8"))
        )
        for file in files
    }


@cache
def kinds() -> frozenset[str]:
    """Return the names of all classes of our errors, wherever they are defined."""
    found = {"DashboardError"}
    bases = {
        node.name: {
            base.id if isinstance(base, ast.Name) else getattr(base, "attr", "") for base in node.bases
        }
        for module in modules().values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
    }
    while more := {name for name, of in bases.items() if of & found} - found:
        found |= more
    return frozenset(found)


class Reader:
    """Finds what text an expression can be, as far as that can be read off the code."""

    def __init__(self, module: Module, parents: Mapping[ast.AST, ast.AST]) -> None:
        self.module = module
        self.parents = parents
        self.unclear: list[str] = []
        self.seen: set[tuple[str, str]] = set()

    def texts(  # noqa: PLR0911 - one answer for each form of expression
        self, node: ast.expr | None, inside: ast.FunctionDef | None
    ) -> set[str]:
        """Return every text; what is none that can be known is noted in `unclear`."""
        match node:
            case None:
                return set()
            case ast.Constant(value=str(text)):
                return {text}
            case ast.IfExp():
                return self.texts(node.body, inside) | self.texts(node.orelse, inside)
            case ast.BoolOp():
                return set().union(*(self.texts(each, inside) for each in node.values))
            case ast.Attribute(attr=name) if name in HANDED_ON:
                return set()
            case ast.Subscript(value=ast.Name(id=name)) if self._constant(name) is not None:
                return self._leaves(self._constant(name), inside)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get"), args=[_, *other]):
                rest = (self.texts(each, inside) for each in other)
                return self._leaves(self._constant(name), inside).union(*rest)
            case ast.Name(id=name):
                return self._named(name, inside)
        self.unclear.append(ast.unparse(node))
        return set()

    def _constant(self, name: str) -> ast.expr | None:
        if name in self.module.constants:
            return self.module.constants[name]
        found = self.module.imported(name)
        return found[0].constants.get(found[1]) if found else None

    def _leaves(
        self, node: ast.expr | None, inside: ast.FunctionDef | None, place: int | None = None
    ) -> set[str]:
        """Return the texts of a table: its values, or one place of those that are tuples."""
        rows = node.values if isinstance(node, ast.Dict) else getattr(node, "elts", [])
        found: set[str] = set()
        for row in rows:
            if isinstance(row, ast.Tuple) and place is not None:
                found |= self.texts(row.elts[place], inside)
            elif isinstance(row, ast.Constant) and isinstance(row.value, str):
                found.add(row.value)
            else:
                self.unclear.append(ast.unparse(row))
        return found

    def _named(self, name: str, inside: ast.FunctionDef | None) -> set[str]:
        if inside is not None:
            if (inside.name, name) in self.seen:
                return set()
            self.seen.add((inside.name, name))
            arguments = inside.args
            if name in {
                each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
            }:
                return self._passed(inside, name)
            local = list(self._assigned(inside, name))
            if local:
                return set().union(*local)
        constant = self._constant(name)
        if constant is None:
            self.unclear.append(name)
            return set()
        return self.texts(constant, None)

    def _assigned(self, inside: ast.FunctionDef, name: str) -> Iterator[set[str]]:
        """Yield the texts of each value that a local name gets: by itself, out of a table, or in a loop."""
        for node in ast.walk(inside):
            target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
            value = getattr(node, "value", None) or getattr(node, "iter", None)
            if isinstance(target, ast.Name) and target.id == name and isinstance(node, ast.Assign):
                yield self.texts(node.value, inside)
            if not isinstance(target, ast.Tuple):
                continue
            place = next((at for at, each in enumerate(target.elts) if getattr(each, "id", "") == name), None)
            if place is None:
                continue
            if isinstance(value, ast.Tuple):
                yield self.texts(value.elts[place], inside)
            else:
                table = value.value if isinstance(value, ast.Subscript) else value
                constant = self._constant(table.id) if isinstance(table, ast.Name) else None
                yield (
                    self._leaves(constant, inside, place)
                    if constant is not None
                    else self.texts(value, inside)
                )

    def _passed(self, function: ast.FunctionDef, name: str) -> set[str]:
        """Return what callers pass for a parameter, in every module that may call the function."""
        arguments = function.args
        positional = [each.arg for each in (*arguments.posonlyargs, *arguments.args) if each.arg != "self"]
        found: set[str] = set()
        for default, each in zip(reversed(arguments.defaults), reversed(positional), strict=False):
            if each == name:
                found |= self.texts(default, None) - {""}
        for default, only in zip(arguments.kw_defaults, arguments.kwonlyargs, strict=True):
            if only.arg == name and default is not None:
                found |= self.texts(default, None) - {""}
        for call, inside, module in calls(function.name, self.module):
            given = next((each.value for each in call.keywords if each.arg == name), None)
            if given is None and name in positional and positional.index(name) < len(call.args):
                given = call.args[positional.index(name)]
            reader = Reader(module, parents_of(module.path))
            reader.seen = self.seen
            found |= reader.texts(given, inside)
            self.unclear += reader.unclear
        return found


def calls(name: str, home: Module) -> Iterator[tuple[ast.Call, ast.FunctionDef | None, Module]]:
    """Yield every call of a function, at home and where it is imported."""
    for module in modules().values():
        if module is not home and (module.imported(name) or (None,))[0] is not home:
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and called(node) == name:
                yield node, around(node, module), module


@cache
def parents_of(path: str) -> dict[ast.AST, ast.AST]:
    """Return what each node of a file stands in."""
    return {child: node for node in ast.walk(modules()[path].tree) for child in ast.iter_child_nodes(node)}


def around(node: ast.AST, module: Module) -> ast.FunctionDef | None:
    """Return the function a node stands in."""
    parents = parents_of(module.path)
    at: ast.AST | None = node
    while at is not None and not isinstance(at, ast.FunctionDef | ast.AsyncFunctionDef):
        at = parents.get(at)
    return at  # type: ignore[return-value]


def called(node: ast.Call) -> str:
    """Return the name of what is called."""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def sites() -> Iterator[Site]:
    """Yield every construction of an error of ours, and of what carries a template to one."""
    for module in modules().values():
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call) or module.path == "core/errors.py":
                continue
            name = called(node)
            home = module.imports.get(name, (module.path, ""))[0]
            if name in kinds() and home not in LANGUAGE_OF_VK:
                yield site(module, node, (0, "template"), (9, "hint"))
            elif name in CARRIERS and module.path not in OTHER_PROBLEMS:
                yield site(module, node, *CARRIERS[name])


def site(module: Module, node: ast.Call, sentence: tuple[int, str], hint: tuple[int, str]) -> Site:
    """Read one construction."""
    inside = around(node, module)
    by_name = {each.arg: each.value for each in node.keywords if each.arg}
    has_mapping = any(each.arg is None for each in node.keywords) or called(node) in CARRIERS
    read: list[set[str]] = []
    unclear: list[str] = []
    for place, name in (sentence, hint):
        reader = Reader(module, parents_of(module.path))
        given = node.args[place] if place < len(node.args) else by_name.get(name)
        read.append(reader.texts(given, inside))
        unclear += reader.unclear
    return Site(
        f"{module.path}:{node.lineno}",
        frozenset(read[0]),
        frozenset(read[1] - {""}),
        None if has_mapping else frozenset(by_name),
        tuple(unclear),
    )


@pytest.fixture(scope="module")
def found() -> list[Site]:
    """All sites, read once."""
    return list(sites())


def test_the_sites_are_found(found: list[Site]) -> None:
    """The walk sees the product: a walk that finds nothing would protect nothing."""
    assert len(found) > 100
    assert {"core/query.py", "core/importing/sheets.py"} <= {each.where.split(":")[0] for each in found}


def test_every_error_is_a_constant_template(found: list[Site]) -> None:
    """A sentence put together at run time cannot be said in another language."""
    assert {each.where: each.unclear for each in found if each.unclear} == {}


def test_every_template_has_a_russian_text(found: list[Site]) -> None:
    """A Russian reader reads Russian, and every fault in its own words."""
    missing = {
        each.where: told for each in found if (told := sorted((each.sentences | each.hints) - RU.keys()))
    }
    assert missing == {}


def test_every_place_has_a_value(found: list[Site]) -> None:
    """No reader sees a bare place in braces."""
    empty = {
        each.where: lacking
        for each in found
        if each.values is not None
        and (
            lacking := {place for text in each.sentences | each.hints for place in places(text)}
            - each.values
            - GIVEN
        )
    }
    assert empty == {}


def test_both_languages_have_the_same_places() -> None:
    """What the English sentence names the Russian one names too."""
    assert {text: russian for text, russian in RU.items() if places(text) != places(russian)} == {}


def test_no_text_is_left_without_a_site(found: list[Site]) -> None:
    """A translation of what nobody says any more is dropped."""
    said = {text for each in found for text in each.sentences | each.hints}
    said |= {rule.hint for rule in (*RULES.values(), UNKNOWN)}
    kept = {text for text in RU if not text.endswith(("error {vk_code})", "error {vk_code}: {said})"))}
    sentences = {rule.sentence for rule in (*RULES.values(), UNKNOWN)}
    assert kept - said - sentences - {"The token lacks the right to read this."} == set()


def test_areas_agree() -> None:
    """A sentence that two areas share is said the same in both."""
    texts: dict[str, set[str]] = {}
    for area in AREAS:
        for english, russian in area.RU.items():
            texts.setdefault(english, set()).add(russian)
    assert {english: said for english, said in texts.items() if len(said) > 1} == {}


def test_russian_is_russian() -> None:
    """Each Russian text is in Russian and ends as a sentence does, or with the reason it quotes."""
    assert [text for text in RU.values() if not re.search("[а-яё]", text, re.IGNORECASE)] == []
    assert [text for text in RU.values() if not text.endswith((".", ")", ": {reason}"))] == []


@pytest.mark.parametrize("code", [*RULES, 99_999])
def test_what_vk_says_no_with_is_told_in_russian(code: int) -> None:
    """Every code of VK has its own sentence and remedy in both languages, with VK's own words behind it."""
    error = error_of({"error_code": code, "error_msg": "no {method}"}, "wall.get")
    bare = error_of({"error_code": code}, "wall.get")
    for each in (error, bare):
        assert {each.template, each.hint_template} <= RU.keys()
    assert told(error, "ru").what.endswith(f"(wall.get, ошибка {code}: no {{method}})")
    assert told(bare, "en").what == bare.message


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_class_has_general_words(kind: str) -> None:
    """An error that says no more than its class still has a sentence and a next step in both languages."""
    found = getattr(errors, kind, None)
    if found is not None:
        assert f"failure.{found.code}" in PHRASES
        assert f"failure.{found.code}.hint" in PHRASES


def test_an_error_is_told_in_the_reader_s_language() -> None:
    """The same fault, with the same values, in English and in Russian."""
    error = errors.QueryError(
        "The filter '{key}' cannot be '{value}'.",
        hint="A whole number from {low} to {high} is expected.",
        key="hour", value="{low}", low=0, high=23,
    )  # fmt: skip
    assert str(told(error, "en")) == str(error)
    assert told(error, "ru").what == "В фильтре «hour» не может быть «{low}»."
    assert told(error, "ru").remedy == "Нужно целое число от 0 до 23."


def test_a_fault_without_words_of_its_own_says_those_of_its_code() -> None:
    """No reader gets a foreign sentence, and nobody gets none."""
    said = told(errors.Busy("Never translated.", hint="Nor this."), "ru")
    assert (said.what, said.remedy) == (PHRASES["failure.busy"][1], PHRASES["failure.busy.hint"][1])
    assert told(errors.Busy("Never translated."), "en").remedy == PHRASES["failure.busy.hint"][0]


def test_the_fault_of_a_task_is_told_as_its_error() -> None:
    """A failed task reads as the error that failed it did."""
    error = errors.VkUnavailable(
        "VK could not be reached ({reason}).", method="wall.get", reason="ConnectError"
    )
    fault = TaskFault(error.code, error.template, error.hint_template, dict(error.params))
    assert told(fault, "ru") == told(error, "ru")
    assert told(fault, "en") == told(error, "en")


@pytest.mark.parametrize("reason", RefusalReason)
def test_a_refused_link_is_told_as_the_page_tells_it(reason: RefusalReason) -> None:
    """The hint of the API is the sentence of the page, and Russian has one too."""
    assert str(refused(reason, "en")) == HINTS[reason]
    assert re.search("[а-яё]", str(refused(reason, "ru")))
    assert HINTS[reason][0].isupper()


def test_a_defect_is_told_by_its_reference_alone() -> None:
    """Nothing of an unexpected error is shown but the mark it has in the log."""
    said = told(ValueError("secret path"), "ru", reference="ab12")
    assert "ab12" in said.remedy
    assert "secret" not in str(said)


def test_an_unknown_code_is_still_a_sentence() -> None:
    """A newer task may bring a code that this version does not know."""
    assert by_code("newer", "en").what == "Something unexpected went wrong."
    assert "newer" in by_code("newer", "ru").remedy


def test_thousands_are_parted_as_the_reader_parts_them() -> None:
    """A limit is readable in both languages."""
    template = "The file has more than {most:,} rows."
    assert phrase(template, "en", {"most": 20000}) == "The file has more than 20,000 rows."
    assert phrase(template, "ru", {"most": 20000}) == "В файле больше 20\u00a0000 строк."


def test_a_phrase_without_russian_stays_english() -> None:
    """A hint that was never translated is better than none."""
    assert phrase("Never {what}.", "ru", {"what": "said"}) == "Never said."


def test_a_template_is_filled_once() -> None:
    """A value with braces of its own is data; a place without a value stays; odd braces mean nothing."""
    assert filled('{a} {b} {"x": 1} {', {"a": "{b}", "b": (1, 0.5)}) == '{b} 1, 0.5 {"x": 1} {'
    assert filled("{gone} {name:>9}", {"name": 1}) == "{gone} {name:>9}"


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        (None, "en"),
        ("", "en"),
        ("*", "en"),
        ("ru", "ru"),
        ("ru-RU,ru;q=0.9,en-US;q=0.8", "ru"),
        ("en;q=0.4, uk;q=0.5", "ru"),
        ("de, ru;q=0.5", "ru"),
        ("de", "en"),
        ("ru;q=0", "en"),
        ("ru;q=x, en;q=0.1", "en"),
        ("ru;q=0.5,en;q=0.5", "ru"),
        ("*, ru;q=0.8", "en"),
    ],
)
def test_the_language_of_a_caller(header: str | None, lang: str) -> None:
    """The most wanted language that is spoken here wins; a caller that names none gets English."""
    assert accepted(header) == lang
