"""What people do leaves a line in the audit trail, but for what must leave none."""

import ast
from pathlib import Path

import mentorwell


SERVICES = Path(mentorwell.__file__).parent / "people" / "services"

# Each would tell what its person means to keep: see `people/services/keeping.py`.
PRIVATE = {"drop_draft", "exclude_person", "hide_evaluators", "keep_draft", "unexclude"}
# Steps inside audited services, and a duty that only passes on what was audited before.
STEPS = {
    "announce_links_due",
    "announce_role",
    "announce_units",
    "change_places",
    "move",
    "pool_changed",
}


def functions():
    """Every function and method of people's services, by name."""
    return {
        node.name: node
        for path in SERVICES.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    }


def calls(node):
    names = (ast.unparse(each.func) for each in ast.walk(node) if isinstance(each, ast.Call))
    return {name if name.startswith("audit.") else name.split(".")[-1] for name in names}


def audited(known):
    """The functions that write an audit line, themselves or through what they call."""
    found = {"audit.record", "audit.record_many"}
    while more := {name for name, node in known.items() if calls(node) & found} - found:
        found |= more
    return found


def test_services_of_people_are_audited_but_for_private_ones():
    known = functions()
    public = {name for name in known if name in mentorwell_services()}

    assert public - audited(known) == PRIVATE | (STEPS & public)


def test_private_services_say_why_they_leave_no_line():
    known = functions()

    for name in PRIVATE:
        assert "audited on purpose" in (ast.get_docstring(known[name]) or "")


def mentorwell_services():
    tree = ast.parse((SERVICES / "__init__.py").read_text())
    return {
        name.asname or name.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
