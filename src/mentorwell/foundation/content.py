"""Text content that ships as data: TOML files read into frozen dataclasses.

The dataclass is the schema. Each field's type says what its key must hold, a field without a
default must be there, an unknown key is a mistake, and a text is never blank. A malformed file
stops the program with the file's name and the place in it.

Files change only with a release, so each app's reader caches what it has read.
"""

import tomllib
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from importlib.resources import files
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints


Shape = TypeVar("Shape")


class MalformedContentError(Exception):
    """A content file does not hold what its reader expects."""


def read_content(package: str, path: str, shape: type[Shape]) -> Shape:
    """Read the TOML file at `path` inside `package` into the frozen dataclass `shape`.

    A field may be text, a whole number, a number, yes or no, a date, an enum by its value,
    another dataclass, a tuple of any of these, or one of these or None.

    Raises MalformedContentError, naming file and key, when the file is no TOML or misfits.
    """
    file = files(package).joinpath(path)
    place = f"{package.replace('.', '/')}/{path}"
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MalformedContentError(f"{place}: {error}") from error
    made: Shape = _table(shape, found, f"{place}:")
    return made


def _table(shape: type[Any], found: object, place: str) -> Any:
    if not isinstance(found, Mapping):
        raise _misfit(place, "a table", found)
    hints = get_type_hints(shape)
    known = {field.name: field for field in fields(shape)}
    for key in found:
        if key not in known:
            raise MalformedContentError(f"{place} unknown key “{key}”")
    for name, field in known.items():
        if name not in found and not _has_default(field):
            raise MalformedContentError(f"{place} “{name}” is missing")
    return shape(**{key: _value(hints[key], found[key], f"{place} {key}") for key in found})


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _value(kind: Any, found: object, place: str) -> Any:
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind)[0], found, place)
    if get_origin(kind) in (Union, types.UnionType):
        # Only “X or None” is used, and TOML cannot write None: leaving the key out does.
        return _value(get_args(kind)[0], found, place)
    if is_dataclass(kind) and isinstance(kind, type):
        return _table(kind, found, place)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _member(kind, found, place)
    return _plain(kind, found, place)


def _tuple(kind: Any, found: object, place: str) -> tuple[Any, ...]:
    if not isinstance(found, list):
        raise _misfit(place, "a list", found)
    return tuple(_value(kind, each, f"{place}[{number}]") for number, each in enumerate(found))


def _member(kind: type[Enum], found: object, place: str) -> Enum:
    try:
        return kind(found)
    except ValueError as error:
        choices = ", ".join(str(member.value) for member in kind)
        raise MalformedContentError(f"{place} is {found!r}, not one of: {choices}") from error


# What each plain kind accepts, in words; TOML's yes is not a number though Python's True is.
_PLAIN: Mapping[type, tuple[str, Callable[[object], bool]]] = {
    str: ("text that is not blank", lambda it: isinstance(it, str) and bool(it.strip())),
    bool: ("true or false", lambda it: isinstance(it, bool)),
    int: ("a whole number", lambda it: isinstance(it, int) and not isinstance(it, bool)),
    float: ("a number", lambda it: isinstance(it, int | float) and not isinstance(it, bool)),
    date: ("a date", lambda it: type(it) is date),
}


def _plain(kind: type, found: object, place: str) -> Any:
    wanted, fits = _PLAIN[kind]
    if not fits(found):
        raise _misfit(place, wanted, found)
    return float(found) if kind is float else found  # type: ignore[arg-type]  # checked just above


def _misfit(place: str, wanted: str, found: object) -> MalformedContentError:
    return MalformedContentError(f"{place} must be {wanted}, not {found!r}")
