"""`mentorwell run`: everything in one go, for a small installation or for development."""

import click

from mentorwell.ops.commands import prepare
from mentorwell.ops.serving import serve_with_worker


@click.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Address and port.")
@click.pass_context
def command(context: click.Context, bind: str) -> None:
    """Prepare the database, then serve the pages with a worker beside them."""
    context.invoke(prepare.command)
    click.echo(f"Open http://{bind} in a browser. Stop with Ctrl-C.")
    serve_with_worker(bind=bind)
