"""`mentorwell run`: everything in one go, for a small installation or for development."""

import click

from mentorwell.ops.commands import prepare
from mentorwell.ops.serving import bind_option, check_free, serve_with_worker


@click.command()
@bind_option
@click.pass_context
def command(context: click.Context, bind: str) -> None:
    """Prepare the database, then serve the pages with a worker beside them."""
    check_free(bind)
    context.invoke(prepare.command)
    click.echo(f"Open http://{bind} in a browser. Stop with Ctrl-C.")
    serve_with_worker(bind=bind)
