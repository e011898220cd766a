"""`mentorwell found`: the first organisation, programme and director."""

from zoneinfo import available_timezones

import click

from mentorwell.accounts import services as accounts
from mentorwell.accounts.queries import person_by_email
from mentorwell.foundation import clock
from mentorwell.programmes import services
from mentorwell.programmes.content import support_resources, templates


def _email(context: click.Context, parameter: click.Parameter, value: str) -> str:
    if "@" not in value:
        raise click.BadParameter("This is not an e-mail address.")
    return value


@click.command()
@click.argument("organisation")
@click.option("--programme", required=True, help="What the first programme is called.")
@click.option(
    "--template",
    type=click.Choice([template.slug for template in templates()]),
    default="general",
    show_default=True,
    help="What it is most like.",
)
@click.option("--director", required=True, callback=_email, help="The director's e-mail.")
@click.option("--name", required=True, help="The director's name.")
@click.option(
    "--region",
    type=click.Choice([region.slug for region in support_resources().region]),
    required=True,
    help="Which crisis numbers are right.",
)
@click.option(
    "--time-zone",
    type=click.Choice(sorted(available_timezones())),
    metavar="ZONE",
    required=True,
    help="Such as America/Chicago.",
)
def command(  # noqa: PLR0917 -- click hands them over by name
    organisation: str,
    programme: str,
    template: str,
    director: str,
    name: str,
    region: str,
    time_zone: str,
) -> None:
    """Found ORGANISATION with its first programme, led by one director."""
    now = clock.now()
    person = person_by_email(director) or accounts.create_account(
        email=director, name=name, by=None, now=now, time_zone=time_zone
    )
    founded = services.found_organisation(
        name=organisation, region=region, time_zone=time_zone, by=None, now=now
    )
    made = services.create_programme(
        organisation=founded,
        name=programme,
        template=template,
        director=person,
        by=None,
        now=now,
    )
    click.echo(
        f"{made.name} is there, as a draft: {person.name} can sign in with an e-mailed code."
    )
