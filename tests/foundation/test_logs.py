"""The log keeps the secrets of mailed links."""

import logging

import pytest

from mentorwell.foundation.logs import SecretsLeftOut


SECRET = "hpDU4ShJ66619FlOvSghoxpbCg2qsTE05Z6iBXD4tdY"


def logged(message, *arguments):
    record = logging.LogRecord("name", logging.WARNING, __file__, 1, message, arguments, None)
    assert SecretsLeftOut().filter(record)
    return record.getMessage()


@pytest.mark.parametrize("end", ["", "/", "/ twice", ".", ")", ">", ","])
def test_a_secret_in_an_address_is_left_out(end):
    assert logged("%s: %s", "Gone", f"/me/confirm/{SECRET}{end}") == f"Gone: /me/confirm/…{end}"


def test_addresses_of_things_stay_as_they_are():
    address = "/office/residency/people/c70efcf2-31f5-4a0e-9d30-8e86dc5f1e0b/"

    assert logged("Not Found: %s", address) == f"Not Found: {address}"


def test_a_line_without_arguments_may_hold_a_percent_sign():
    assert logged("100 % of /x/ done") == "100 % of /x/ done"


def refuse():
    raise ValueError("Failing row contains (Amara, my nights are lonely).")


def test_an_error_is_told_without_its_message():
    """A database quotes the row that it refused."""
    with pytest.raises(ValueError, match="Failing row") as caught:
        refuse()
    info = (caught.type, caught.value, caught.tb)
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "500: /me/", (), info)

    assert SecretsLeftOut().filter(record)

    line = logging.Formatter("%(message)s").format(record)
    assert line.startswith("500: /me/\nbuiltins.ValueError")
    assert "in refuse" in line
    assert "lonely" not in line
