"""`mentorwell it-access`: who may open the admin for IT."""

import click

from mentorwell.accounts.queries import person_by_email
from mentorwell.accounts.services import create_account, set_it_access
from mentorwell.foundation import clock


@click.command()
@click.argument("email")
@click.option("--name", default="", help="Their name, where they have no account yet.")
@click.option("--take", is_flag=True, help="Take the access away instead.")
def command(email: str, name: str, *, take: bool) -> None:
    """Let the person with this EMAIL into the admin for IT: accounts and reference data."""
    now = clock.now()
    person = person_by_email(email)
    if person is None and (take or not name):
        raise click.ClickException("There is no account with this address; --name makes one.")
    if person is None:
        person = create_account(email=email, name=name, by=None, now=now)
    set_it_access(user=person, allowed=not take, by=None, now=now)
    done = "can no longer open" if take else "signs in with an e-mailed code and opens"
    click.echo(f"{person.name} {done} /admin/.")
