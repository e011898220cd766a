import urllib.request
from socket import socket
from time import monotonic, sleep
from urllib.error import URLError

import pytest
from click.testing import CliRunner

from mentorwell.accounts.queries import person_by_email
from mentorwell.foundation import hooks
from mentorwell.ops.cli import cli
from tests.processes import finish, start


MAIN = ("-c", "from mentorwell.ops.cli import main; main()")


def run(*arguments):
    return CliRunner().invoke(cli, arguments)


def test_help_lists_every_command_with_a_sentence():
    listed = run("--help").output.partition("Commands:\n")[2].splitlines()

    assert {line.split()[0] for line in listed} >= {"prepare", "serve", "worker"}
    assert all(len(line.split()) > 2 for line in listed if line.strip())


def test_an_unknown_command_is_refused():
    result = run("levitate")

    assert (result.exit_code, "levitate" in result.output) == (2, True)


@pytest.mark.django_db
def test_prepare_makes_the_tables_and_lets_each_app_load_its_content(monkeypatch):
    heard = []
    hook = hooks.Hook("installation_prepared")
    hook.listen(heard.append)
    monkeypatch.setattr("mentorwell.ops.commands.prepare.installation_prepared", hook)

    results = [run("prepare"), run("prepare")]

    assert [(result.exit_code, result.output) for result in results] == [
        (0, "Mentorwell is ready.\n")
    ] * 2
    assert len(heard) == 2


@pytest.mark.django_db
def test_prepare_gathers_static_files_in_production_only_and_names_what_mail_lacks(
    settings, tmp_path
):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.PRODUCTION = False
    assert "mail" not in run("prepare").output
    assert not settings.STATIC_ROOT.exists()

    settings.PRODUCTION = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    result = run("prepare")

    assert (settings.STATIC_ROOT / "mentorwell" / "style.css").exists()
    assert "EMAIL_URL" in result.output
    assert "MENTORWELL_URL" in result.output
    assert "MENTORWELL_MAIL_FROM" in result.output
    settings.SITE_URL = "https://mentoring.example.org"
    settings.DEFAULT_FROM_EMAIL = "Mentorwell <mentorwell@example.org>"
    result = run("prepare")
    assert "MENTORWELL_URL" not in result.output
    assert "MENTORWELL_MAIL_FROM" not in result.output


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_serve_answers_until_it_is_told_to_stop():
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = start(*MAIN, "serve", "--bind", f"127.0.0.1:{port}", "--workers", "1")

    status = wait_for_page(f"http://127.0.0.1:{port}/accounts/login/")
    process.terminate()
    code, _, errors = finish(process)

    assert (status, code) == (200, 0)
    assert "Error" not in errors


UMASK_AFTER_HELP = """
import contextlib, os, sys
from mentorwell.ops.cli import main
sys.argv[1:] = ["--help"]
with contextlib.suppress(SystemExit):
    main()
print(oct(os.umask(0)))
"""


@pytest.mark.processes
@pytest.mark.django_db
def test_what_a_command_writes_is_for_nobody_else():
    status, output, errors = finish(start("-c", UMASK_AFTER_HELP))

    assert (status, errors) == (0, "")
    assert output.splitlines()[-1] == "0o77"


@pytest.mark.parametrize("command", ["serve", "run", "demo"])
def test_an_address_that_is_taken_is_named_before_anything_is_done(command, settings):
    settings.DEMO = True
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        bind = f"127.0.0.1:{taken.getsockname()[1]}"

        result = run(command, "--bind", bind)

    assert result.exit_code == 2
    assert f"Nothing can be served on {bind}" in result.output
    assert "Mentorwell is ready." not in result.output


def wait_for_page(address, *, seconds=30):
    end = monotonic() + seconds
    while monotonic() < end:
        try:
            with urllib.request.urlopen(address) as page:  # noqa: S310 -- our own server
                return page.status
        except URLError:
            sleep(0.1)
    return None


@pytest.mark.django_db
def test_worker_once_does_what_is_due_and_comes_back():
    result = run("worker", "--once")

    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.django_db
def test_it_access_makes_an_account_opens_the_admin_and_closes_it_again(client):
    given = run("it-access", "Ada@example.org", "--name", "Ada Obi")
    ada = person_by_email("ada@example.org")
    client.force_login(ada)

    assert given.output == "Ada Obi signs in with an e-mailed code and opens /admin/.\n"
    assert client.get("/admin/").status_code == 200

    taken = run("it-access", "ada@example.org", "--take")

    assert taken.output == "Ada Obi can no longer open /admin/.\n"
    assert client.get("/admin/").status_code != 200


@pytest.mark.django_db
@pytest.mark.parametrize("options", [[], ["--take"], ["--take", "--name", "Ada"]])
def test_it_access_makes_no_account_without_a_name_or_to_take_it_away(options):
    result = run("it-access", "ada@example.org", *options)

    assert (result.exit_code, "no account" in result.output) == (1, True)
    assert person_by_email("ada@example.org") is None
