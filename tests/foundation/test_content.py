"""Content files are read into the dataclasses that describe them, or refused by name and place."""

import sys
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import pytest

from mentorwell.foundation.content import MalformedContentError, read_content


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


@dataclass(frozen=True)
class Leaf:
    name: str
    weight: float = 1.0


@dataclass(frozen=True)
class Tree:
    name: str
    height: int
    evergreen: bool
    colour: Colour
    planted: date | None = None
    leaf: tuple[Leaf, ...] = ()
    tags: tuple[str, ...] = field(default_factory=tuple)


OAK = """
name = "Oak"
height = 12
evergreen = false
colour = "green"
"""


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Writes a file into a package made for the test and reads it from there."""
    package = tmp_path / "grove"
    package.mkdir()
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)

    def write_and_read(text, shape=Tree):
        (package / "tree.toml").write_text(text, encoding="utf-8")
        return read_content("grove", "tree.toml", shape)

    yield write_and_read
    sys.modules.pop("grove", None)


def test_every_kind_of_field_is_read_by_its_type(read):
    text = OAK + (
        "planted = 2030-01-09\n"
        'tags = ["old", "größer"]\n'
        '[[leaf]]\nname = "one"\nweight = 2\n[[leaf]]\nname = "two"\n'
    )
    assert read(text) == Tree(
        name="Oak",
        height=12,
        evergreen=False,
        colour=Colour.GREEN,
        planted=date(2030, 1, 9),
        leaf=(Leaf("one", 2.0), Leaf("two", 1.0)),
        tags=("old", "größer"),
    )


def test_a_key_left_out_takes_the_default_of_its_field(read):
    assert read(OAK) == Tree("Oak", 12, evergreen=False, colour=Colour.GREEN)


def test_a_number_field_reads_a_whole_number_as_a_number(read):
    weight = read('name = "one"\nweight = 3', Leaf).weight
    assert (weight, type(weight)) == (3.0, float)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (OAK.replace('name = "Oak"', ""), "grove/tree.toml: “name” is missing"),
        (OAK + "roots = 3", "grove/tree.toml: unknown key “roots”"),
        (
            OAK.replace('"Oak"', '"  "'),
            "grove/tree.toml: name must be text that is not blank, not '  '",
        ),
        (OAK.replace('"Oak"', "7"), "grove/tree.toml: name must be text that is not blank, not 7"),
        (
            OAK.replace("12", "true"),
            "grove/tree.toml: height must be a whole number, not True",
        ),
        (OAK.replace("12", "1.5"), "grove/tree.toml: height must be a whole number, not 1.5"),
        (
            OAK.replace("false", '"no"'),
            "grove/tree.toml: evergreen must be true or false, not 'no'",
        ),
        (
            OAK.replace('"green"', '"blue"'),
            "grove/tree.toml: colour is 'blue', not one of: red, green",
        ),
        (OAK + 'planted = "May"', "grove/tree.toml: planted must be a date, not 'May'"),
        (OAK + 'tags = "old"', "grove/tree.toml: tags must be a list, not 'old'"),
        (
            OAK + 'tags = ["old", ""]',
            "grove/tree.toml: tags[1] must be text that is not blank, not ''",
        ),
        (OAK + "leaf = [7]", "grove/tree.toml: leaf[0] must be a table, not 7"),
        (OAK + "[[leaf]]\nweight = 2.5\n", "grove/tree.toml: leaf[0] “name” is missing"),
        (
            OAK + '[[leaf]]\nname = "one"\nweight = "heavy"\n',
            "grove/tree.toml: leaf[0] weight must be a number, not 'heavy'",
        ),
    ],
)
def test_a_misfit_is_named_by_file_and_key(read, text, complaint):
    with pytest.raises(MalformedContentError) as refused:
        read(text)
    assert str(refused.value) == complaint


def test_a_moment_is_not_a_date(read):
    with pytest.raises(MalformedContentError, match="planted must be a date"):
        read(OAK + "planted = 2030-01-09T12:00:00")


def test_a_file_that_is_no_toml_is_named(read):
    with pytest.raises(MalformedContentError, match=r"grove/tree\.toml: "):
        read("name = ")


def test_a_file_in_the_wrong_encoding_is_named(read, tmp_path):
    read(OAK)
    (tmp_path / "grove" / "tree.toml").write_bytes('name = "größer"'.encode("latin-1"))
    with pytest.raises(MalformedContentError, match=r"grove/tree\.toml: "):
        read_content("grove", "tree.toml", Tree)


def test_a_file_that_is_not_there_is_named(read):
    read(OAK)
    with pytest.raises(MalformedContentError, match=r"grove/bush\.toml: "):
        read_content("grove", "bush.toml", Tree)
