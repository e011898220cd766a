"""`mentorwell reseal`: seal everything under the first key, so that an old one can go."""

import click

from mentorwell.foundation.services.resealing import reseal_all


@click.command()
def command() -> None:
    """Seal what people wrote anew, under the first of MENTORWELL_SEAL_KEYS.

    Afterwards the keys behind it open nothing in this database any more; older backups still
    need them. The pages may be in use meanwhile.
    """
    click.echo(f"{reseal_all()} rows are sealed under the first key.")
