"""The shape of the house: what a reader may rely on without looking."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import TextField

import mentorwell
from mentorwell.foundation.checks import register_of
from mentorwell.foundation.register import Entry, Level
from mentorwell.foundation.sealed import SealedText


PACKAGE = Path(mentorwell.__file__).parent
SOURCES = sorted(
    path for path in PACKAGE.rglob("*.py") if "migrations" not in path.relative_to(PACKAGE).parts
)
DOMAIN_APPS = [
    "audit",
    "accounts",
    "notices",
    "programmes",
    "people",
    "mentorships",
    "meetings",
    "goals",
    "messages",
    "matching",
    "office",
]
WRITES = {
    "save",
    "delete",
    "create",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "update",
    "aupdate",
    "asave",
}
MANAGERS = {"objects", "_default_manager", "_base_manager"}


def names(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@pytest.mark.parametrize("path", SOURCES, ids=names)
def test_no_file_outgrows_four_hundred_lines(path):
    assert len(path.read_text().splitlines()) <= 400


def test_functions_fit_a_screen():
    lengths = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert lengths[int(len(lengths) * 0.95)] <= 35


def database_writes(path: Path) -> list[str]:
    """Calls such as `Model.objects.create(…)`, `queryset.update(…)` or `row.save()`.

    `update` on plain dictionaries is told apart by its receiver: a chain that passes through
    a manager, or a name that the code calls rows.
    """
    found = []
    for node in ast.walk(tree(path)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        chain = ast.unparse(node.func.value)
        touches_manager = any(f".{manager}" in f".{chain}" for manager in MANAGERS)
        if node.func.attr in {"save", "bulk_create", "bulk_update", "update_or_create"} or (
            node.func.attr in WRITES and touches_manager
        ):
            found.append(f"{names(path)}:{node.lineno} {ast.unparse(node.func)}")
    return found


def test_only_services_write_to_the_database():
    elsewhere = [
        call
        for path in SOURCES
        if "services" not in path.relative_to(PACKAGE).as_posix().replace(".py", "").split("/")
        for call in database_writes(path)
    ]
    assert elsewhere == []


def public_functions(path: Path) -> list[ast.FunctionDef]:
    return [
        node
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def is_service(path: Path) -> bool:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0] in DOMAIN_APPS and "services" in parts[1:2]


@pytest.mark.parametrize("path", [p for p in SOURCES if is_service(p)], ids=names)
def test_services_are_keyword_only_and_say_what_they_do(path):
    """A listener alone takes what the hook hands it: its event."""
    for function in public_functions(path):
        positional = [argument.arg for argument in function.args.args]
        assert positional in ([], ["event"]), f"{function.name} takes positional arguments"
        assert ast.get_docstring(function), f"{function.name} has no docstring"


@pytest.mark.parametrize(
    "path", [p for p in SOURCES if p.relative_to(PACKAGE).parts[0] == "core"], ids=names
)
def test_core_documents_every_public_function(path):
    for function in public_functions(path):
        assert ast.get_docstring(function), f"{function.name} has no docstring"


def house_models():
    return [model for model in apps.get_models() if model.__module__.startswith("mentorwell.")]


def test_every_stored_field_is_in_the_privacy_register():
    missing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and not isinstance(register_of(model).get(field.name), Entry)
    ]
    assert missing == []


def test_what_people_write_in_confidence_is_sealed():
    """A sensitive text is a SealedText; a sensitive choice or date needs no seal."""
    open_texts = [
        f"{model._meta.label}.{field.name}"
        for model in house_models()
        for field in model._meta.get_fields()
        if field.concrete
        and isinstance(field, TextField)
        and not isinstance(field, SealedText)
        and register_of(model)[field.name].level in {Level.SENSITIVE, Level.SECRET}
    ]
    assert open_texts == []


def test_only_the_clock_reads_the_clock():
    readers = [
        names(path)
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func)
        in {"datetime.now", "timezone.now", "date.today", "time.time", "datetime.utcnow"}
    ]
    assert readers == ["foundation/clock.py"]


def test_every_noqa_and_type_ignore_gives_its_reason():
    bare = []
    for path in SOURCES:
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            comment = line.partition("# noqa")[2] or line.partition("# type: ignore")[2]
            if comment and not any(mark in comment for mark in (" -- ", "  # ")):
                bare.append(f"{names(path)}:{number}")
    assert bare == []
