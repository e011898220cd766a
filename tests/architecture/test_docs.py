"""The docs cannot rot: what they list is compared with the code."""

import os
import re
from pathlib import Path

import click
import pytest

import mentorwell
from mentorwell.core.lifecycles import LIFECYCLES, drawing
from mentorwell.foundation import hooks
from mentorwell.ops.cli import cli


DOCS = Path(__file__).parents[2] / "docs"


def test_the_drawn_lifecycles_are_those_of_the_code():
    """Run with WRITE_DOCS=1 to draw them anew."""
    page = DOCS / "reference" / "states.md"
    drawn = "# Lifecycles\n\nDrawn from the tables in `core/lifecycles.py`.\n" + "".join(
        f"\n## {name.capitalize()}\n\n```mermaid\n{drawing(moves)}\n```\n"
        for name, moves in LIFECYCLES.items()
    )
    if os.environ.get("WRITE_DOCS"):
        page.write_text(drawn)

    assert page.read_text() == drawn


def test_every_setting_is_documented_and_nothing_else_is():
    settings = Path(mentorwell.__file__).parent / "config" / "settings.py"
    read = re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings.read_text())
    table = (DOCS / "reference" / "settings.md").read_text()

    assert sorted(re.findall(r"^\| `([A-Z_]+)`", table, re.MULTILINE)) == sorted(set(read))


def commands(group, words):
    """Every command with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, [*words, name])
        else:
            yield " ".join([*words, name]), command


def chapter(words, command):
    context = click.Context(command, info_name=words)
    help_text = command.get_help(context).partition("Options:")
    usage, _, about = help_text[0].partition("\n")
    text = " ".join(about.split())
    options = "\n".join(line.rstrip() for line in help_text[2].strip("\n").splitlines())
    return f"\n## {words}\n\n{text}\n\n```text\n{usage}\n\n{options}\n```\n"


def compare(page, text):
    """Run with WRITE_DOCS=1 to write the page anew."""
    if os.environ.get("WRITE_DOCS"):
        page.write_text(text)
    assert page.read_text() == text


def test_every_command_is_in_the_docs():
    chapters = "".join(chapter(words, command) for words, command in commands(cli, ["mentorwell"]))
    intro = "# Commands\n\nWhat `mentorwell … --help` says, all on one page.\n"

    compare(DOCS / "reference" / "commands.md", intro + chapters)


def heard_by(hook):
    modules = [each.__module__.removeprefix("mentorwell.") for each in hook.listeners]
    return ", ".join(f"`{module}`" for module in modules)


def test_who_listens_to_what_is_in_the_docs():
    page = DOCS / "reference" / "layers.md"
    told, _, _ = page.read_text().partition("| Hook |")
    rows = [
        f"| `{hook.name}` | {heard_by(hook) or 'nobody yet'} |"
        for hook in vars(hooks).values()
        if isinstance(hook, hooks.Hook)
    ]

    compare(page, told + "| Hook | Heard by |\n|---|---|\n" + "\n".join(rows) + "\n")


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    linked = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text())

    assert [each for each in linked if not (page.parent / each).exists()] == []


def test_the_readme_is_short_and_its_links_lead_somewhere():
    readme = DOCS.parent / "README.md"
    linked = re.findall(r"\]\((?!https?:|#)([^)#]+)", readme.read_text())

    assert len(readme.read_text().splitlines()) <= 120
    assert [each for each in linked if not (DOCS.parent / each).exists()] == []
