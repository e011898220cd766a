"""`mentorwell prepare`: make or renew what the installation needs before it serves."""

from email.utils import parseaddr
from urllib.parse import urlsplit

import click
from django.conf import settings
from django.core.management import call_command

from mentorwell.foundation import clock
from mentorwell.foundation.hooks import InstallationPrepared, installation_prepared


@click.command()
def command() -> None:
    """Create or update the database, load reference content, gather static files.

    Safe to run again, and to be run at each new version.
    """
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    installation_prepared.announce(InstallationPrepared(now=clock.now()))
    if settings.PRODUCTION:
        call_command("collectstatic", interactive=False, verbosity=0)
        if "filebased" in settings.EMAIL_BACKEND:
            click.echo(
                f"No mail leaves: set EMAIL_URL. Until then it lies in {settings.EMAIL_FILE_PATH}."
            )
        if urlsplit(settings.SITE_URL).hostname in {"127.0.0.1", "localhost"}:
            click.echo(f"Links in mails begin with {settings.SITE_URL}: set MENTORWELL_URL.")
        if parseaddr(settings.DEFAULT_FROM_EMAIL)[1].endswith("@localhost"):
            click.echo(
                f"Mails come from {settings.DEFAULT_FROM_EMAIL}, which many mail servers refuse: "
                "set MENTORWELL_MAIL_FROM."
            )
    click.echo("Mentorwell is ready.")
