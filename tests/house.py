"""The rules of the house: which room of ``bot`` may import what, where the environment is read, how long a module may be.

Rules are data; ``faults`` walks the syntax trees of a package and returns one sentence for each breach, so that the walker itself
can be tried on small invented houses.
"""

import ast
import graphlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

LINES_MOST = 250
TABLES = frozenset({"causes", "services", "render.texts", "intake.statements"})
"""Modules that are mostly rows, and may be longer."""

NAMELESS = frozenset({"common", "helpers", "misc", "util", "utils"})
"""Names that say nothing about what a module holds."""

READS_ENVIRONMENT = frozenset({"__main__", "settings"})
ENVIRONMENT = frozenset({"environ", "environb", "getenv", "getenvb", "putenv"})
"""What ``os`` calls it. Under another name than ``os`` the walker would miss it, so that counts as well."""


class Room(NamedTuple):
    """What the modules below one name may import besides the standard library and each other.

    ``rooms`` are names below ``bot``, ``packages`` are third-party ones. A longer name is a room within a room, with rules of its own.
    """

    rooms: frozenset[str] = frozenset()
    packages: frozenset[str] = frozenset()


GROUND = frozenset(
    {
        "causes",
        "evidence",
        "observation",
        "output",
        "placeholders",
        "redact",
        "report",
        "services",
        "settings",
        "spans",
        "stages",
        "url",
    }
)
READING = GROUND | {"intake", "token"}
JUDGING = READING | {"checks", "precedence"}
DIAGNOSIS = JUDGING | {"diagnose", "facts", "notices", "question", "selection", "weighing", "withholding"}
TOP = DIAGNOSIS | {"asking", "composition", "live", "local", "render", "server", "slack"}
LIVE = frozenset({"evidence", "observation", "redact", "services", "settings", "token", "url"})
SLACK = frozenset({"aiohttp", "orjson", "slack_bolt", "slack_sdk"})
WEB = frozenset({"starlette", "uvicorn", "uvloop"})

ROOMS = {
    "": Room(),
    **{name: Room(GROUND) for name in GROUND},
    "token": Room(READING),
    "intake": Room(READING),
    "checks": Room(JUDGING),
    "precedence": Room(JUDGING),
    "selection": Room(JUDGING),
    "facts": Room(JUDGING),
    "notices": Room(JUDGING),
    "diagnose": Room(DIAGNOSIS),
    "render": Room(frozenset({"causes", "redact", "report", "stages"})),
    "question": Room(JUDGING),
    "weighing": Room(JUDGING | {"question"}),
    "withholding": Room(JUDGING),
    "live": Room(LIVE, frozenset({"httpcore", "httpx"})),
    "live.keys": Room(LIVE, frozenset({"jwt"})),
    "asking": Room(DIAGNOSIS | {"live"}),
    "slack": Room(frozenset({"observation", "redact", "render", "report", "settings", "stages"}), SLACK),
    "composition": Room(DIAGNOSIS | {"live", "slack"}),
    "server": Room(TOP - {"local"}, SLACK | WEB | {"prometheus_client"}),
    "local": Room(TOP, SLACK | WEB | {"cryptography", "httpx", "jwt", "prompt_toolkit", "rich"}),
    "__main__": Room(TOP, frozenset({"dotenv"})),
}


class Import(NamedTuple):
    """One import as written: the dotted name it reaches for, its line, and whether it runs as soon as the module is imported."""

    target: str
    line: int
    eager: bool


class Module(NamedTuple):
    """One module of a package: its dotted name, its file, whether it is a package, and its text and syntax tree."""

    name: str
    path: Path
    is_package: bool
    text: str
    tree: ast.Module

    @property
    def place(self) -> str:
        """The name below the top package; empty for the top package itself."""
        return self.name.partition(".")[2]


def modules(package: Path) -> dict[str, Module]:
    """Every module below a package's folder, by dotted name, whether its folder has an ``__init__.py`` or not."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        text = path.read_text(encoding="utf-8")
        found[name] = Module(name, path, is_package, text, ast.parse(text, str(path)))
    return found


def imports(module: Module, known: dict[str, Module]) -> Iterator[Import]:
    """What a module imports, wherever in it. ``from a import b`` is ``a.b`` where ``known`` has such a module, else ``a``.

    An ``import_module`` or ``__import__`` counts as an import of its literal argument, of the literal package that its argument
    begins with, and as one of ``?`` where neither can be read.
    """
    for node, eager in _walk(module.tree, eager=True):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno, eager)
        elif isinstance(node, ast.ImportFrom):
            base = _base(module, node)
            for alias in node.names:
                member = f"{base}.{alias.name}"
                yield Import(member if member in known else base, node.lineno, eager)
        elif isinstance(node, ast.Call) and _called(node) in {"import_module", "__import__"}:
            yield Import(_literal(node) or "?", node.lineno, eager)


def faults(package: Path, rooms: dict[str, Room] = ROOMS) -> list[str]:
    """Every breach of the rules in a package, as sentences that begin with file and line."""
    known = modules(package)
    found: list[str] = []
    for module in known.values():
        found += _imported(module, known, rooms)
        found += _environment(module)
        found += _shape(module)
    found += _folders(package, known)
    found += _cycles(known)
    return found


def _walk(node: ast.AST, *, eager: bool) -> Iterator[tuple[ast.AST, bool]]:
    for child in ast.iter_child_nodes(node):
        late = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        late = late or (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test))
        yield child, eager
        yield from _walk(child, eager=eager and not late)


def _base(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = module.name.split(".")
    kept = parts[: len(parts) - node.level + module.is_package]
    return ".".join([*kept, *([node.module] if node.module else [])])


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", "") or getattr(node.func, "id", "")


def _literal(node: ast.Call) -> str | None:
    argument = node.args[0] if node.args else None
    package = ""
    if isinstance(argument, ast.JoinedStr):  # f"bot.intake.{name}" reaches into bot.intake
        argument, package = argument.values[0], "."
    if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
        return None
    return argument.value.rpartition(package)[0] if package else argument.value


def _room(place: str, rooms: dict[str, Room]) -> str | None:
    """The longest name in ``rooms`` that a module is or stands below; the top package is a room for itself alone."""
    while place not in rooms:
        place = place.rpartition(".")[0]
        if not place:
            return None
    return place


def _imported(module: Module, known: dict[str, Module], rooms: dict[str, Room]) -> Iterator[str]:
    room = _room(module.place, rooms)
    if room is None:
        yield f"{module.path}:1 stands in no room of the house"
        return
    top = module.name.partition(".")[0]
    for target, line, _ in imports(module, known):
        package, _, place = target.partition(".")
        where = f"{module.path}:{line}"
        if target == "?":
            yield f"{where} imports what cannot be read"
        elif package == top:
            wanted = place.partition(".")[0]
            if wanted != module.place.partition(".")[0] and wanted not in rooms[room].rooms:
                yield f"{where} imports {target}, which {room or top} may not"
        elif package not in sys.stdlib_module_names and package not in rooms[room].packages:
            yield f"{where} imports {package}, which {room or top} may not"


def _environment(module: Module) -> Iterator[str]:
    if module.place in READS_ENVIRONMENT:
        return
    for node in ast.walk(module.tree):
        if _touches_environment(node):
            yield f"{module.path}:{getattr(node, 'lineno', 1)} reads the environment"


def _touches_environment(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return isinstance(node.value, ast.Name) and node.value.id == "os" and node.attr in ENVIRONMENT
    if isinstance(node, ast.ImportFrom):
        return node.module == "os" and any(alias.name in ENVIRONMENT | {"*"} for alias in node.names)
    return isinstance(node, ast.Import) and any(alias.name == "os" and alias.asname for alias in node.names)


def _shape(module: Module) -> Iterator[str]:
    lines = module.text.count("\n")
    if lines > LINES_MOST and module.place not in TABLES:
        yield f"{module.path}:{lines} is longer than {LINES_MOST} lines"
    if module.name.rpartition(".")[2] in NAMELESS:
        yield f"{module.path}:1 has a name that says nothing"
    if module.is_package and not ast.get_docstring(module.tree):
        yield f"{module.path}:1 does not say what the package is for"


def _folders(package: Path, known: dict[str, Module]) -> Iterator[str]:
    folders = {module.path.parent for module in known.values()}
    packages = {module.path.parent for module in known.values() if module.is_package}
    for folder in sorted(folders - packages):
        yield f"{folder}:1 is a folder of {package.name} without __init__.py"


def _cycles(known: dict[str, Module]) -> Iterator[str]:
    graph = {
        module.name: {found.target for found in imports(module, known) if found.eager and found.target in known}
        - {module.name}
        for module in known.values()
    }
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as cycle:
        yield f"{known[cycle.args[1][0]].path}:1 is in a circle of imports: {' <- '.join(cycle.args[1])}"
