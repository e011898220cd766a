"""`mentorwell demo`: an invented hospital to walk through."""

import click
from django.conf import settings

from mentorwell.audit.queries import is_demonstration
from mentorwell.foundation import clock
from mentorwell.ops.commands import prepare
from mentorwell.ops.demo.build import DAYS, build
from mentorwell.ops.serving import bind_option, check_free, serve_with_worker
from mentorwell.programmes.models import Organisation


@click.command()
@bind_option
@click.option("--only-build", is_flag=True, help="Make the data and stop.")
@click.pass_context
def command(context: click.Context, bind: str, *, only_build: bool) -> None:
    """Invent a hospital with a year of history, and serve it.

    Works in demo mode only (MENTORWELL_MODE=demo), where anybody may step in as anybody.
    """
    if not settings.DEMO:
        raise click.UsageError("Set MENTORWELL_MODE=demo first: a demonstration has open doors.")
    if not only_build:
        check_free(bind)
    context.invoke(prepare.command)
    if Organisation.objects.exists() and not is_demonstration():
        raise click.UsageError(
            "This database holds a real house, and a demonstration has open doors. "
            "Choose another MENTORWELL_HOME or DATABASE_URL."
        )
    if not Organisation.objects.exists():
        click.echo("Inventing a hospital with a year of history. This takes about a minute.")
        with click.progressbar(length=DAYS, label="Days gone by") as bar:
            built = build(now=clock.now(), progress=bar.update)
        click.echo(f"{built.people} people are there.")
    if not only_build:
        click.echo(f"Open http://{bind} in a browser. Stop with Ctrl-C.")
        serve_with_worker(bind=bind)
