"""The pages that the sign-in package brings: what a stranger opens, and what needs a sign-in.

A POST without a password, a code or an address changes nothing; what these pages do with one
is told in `tests/accounts` and `tests/web/test_sign_in.py`.
"""

from tests.architecture.access.sweep import EVERYONE, SIGNED_IN, Row


SOMEWHERE = frozenset({200, 302})  # whoever has nothing to do there is led on
NEEDS_NOBODY = (
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_signup",
)
NEEDS_SOMEBODY = (
    "account_change_password",
    "account_email",
    "account_set_password",
)

ROWS = [
    *(Row(route, get=EVERYONE, later=EVERYONE, shows=SOMEWHERE) for route in NEEDS_NOBODY),
    *(Row(route, get=SIGNED_IN, later=SIGNED_IN, shows=SOMEWHERE) for route in NEEDS_SOMEBODY),
    Row("account_reauthenticate", later=SIGNED_IN),  # nobody here has a password to say again
    Row(
        "account_reset_password_from_key",
        get=EVERYONE,
        later=EVERYONE,
        where=lambda _world: {"uidb36": "1", "key": "guessed-key"},
        shows=SOMEWHERE,
    ),
]
