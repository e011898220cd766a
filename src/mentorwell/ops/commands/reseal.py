"""`mentorwell reseal`: seal everything under the first key, so that an old one can go."""

import click

from mentorwell.foundation.services.resealing import left_under_older_keys, reseal_all


@click.command()
def command() -> None:
    """Seal what people wrote anew, under the first of MENTORWELL_SEAL_KEYS.

    Afterwards the keys behind it open nothing in this database any more; older backups still
    need them. The pages may be in use meanwhile. It fails where something that still seals under
    an older key has written meanwhile: no key may go before this has succeeded.
    """
    click.echo(f"{reseal_all()} rows are sealed under the first key.")
    left = left_under_older_keys()
    if left:
        raise click.ClickException(
            f"Sealed under an older key meanwhile: {left}. Start everything anew with "
            "the same keys in the same order, then run this again. Keep all keys until then."
        )
