"""Where the product makes its faults: every site of core and dashboard, with the templates it may raise.

The code is read, not run: an expression's text is followed through constants, tables, locals and parameters.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[3]
HANDED_ON = {"template", "hint_template", "detail"}
"""Attributes that hold a template which was checked where it was made."""

CARRIERS: Mapping[str, tuple[tuple[int, str], tuple[int, str]]] = {
    "TaskFault": ((1, "detail"), (2, "hint")),
    "Unfit": ((0, "template"), (9, "")),
    "Reason": ((0, "template"), (9, "")),
    "Problem": ((2, "template"), (9, "")),
}
"""Classes that carry a template to where an error is told: the places of its sentence and of its hint."""

LANGUAGE_OF_VK = {"core/sandbox/refusals.py"}
"""Where the synthetic VK says what VK would say: no words of ours, though a class has the same name."""

OTHER_PROBLEMS = {"dashboard/api/problems.py"}
"""Where `Problem` is the answer of the API, made of what was told."""


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
