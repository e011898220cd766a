"""The `mentorwell` command: one module in `ops/commands` for each word after it."""

import os
from importlib import import_module
from pkgutil import iter_modules

import click
import django

from mentorwell.ops import commands


class Commands(click.Group):
    """Finds a command by the name of its module, and imports only the one that is asked for.

    `commands/import_.py` is `mentorwell import`: a word that Python keeps for itself takes a
    trailing underscore.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands in order of the alphabet."""
        return sorted(_modules())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module and return its `command`."""
        module = _modules().get(cmd_name)
        if module is None:
            return None
        command = import_module(f"{commands.__name__}.{module}").command
        assert isinstance(command, click.Command)  # noqa: S101 -- narrows the type
        return command


def _modules() -> dict[str, str]:
    names = (module.name for module in iter_modules(commands.__path__))
    return {name.rstrip("_").replace("_", "-"): name for name in names}


@click.command(cls=Commands)
def cli() -> None:
    """Mentoring in medicine: find the right mentor, agree, meet, grow and part well."""


def main() -> None:
    """Set Django up and run one command; what it writes is for the one who runs it alone."""
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorwell.config.settings")
    django.setup()
    cli(prog_name="mentorwell")


if __name__ == "__main__":
    main()
