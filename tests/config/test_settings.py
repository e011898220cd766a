"""Settings as an installation meets them: in a process of its own, from the environment."""

import json

import pytest

from tests.processes import finish, start


SHOW = """
import json
from mentorwell.config import settings
names = json.loads('{names}')
print(json.dumps({{name: getattr(settings, name, None) for name in names}}))
"""


@pytest.fixture
def read(tmp_path):
    """Read settings under an environment."""

    def read(*names, **environment):
        code = SHOW.format(names=json.dumps(names))
        home = {"MENTORWELL_HOME": str(tmp_path), "DATABASE_URL": "sqlite:///nowhere.sqlite3"}
        status, output, errors = finish(start("-c", code, **{**home, **environment}))
        assert (status, errors) == (0, "")
        return list(json.loads(output).values())

    return read


@pytest.mark.processes
def test_production_passes_the_deployment_checks_without_a_warning(tmp_path):
    process = start(
        *("-W", "error", "-m", "django", "check", "--deploy", "--fail-level", "WARNING"),
        MENTORWELL_MODE="production",
        MENTORWELL_HOME=str(tmp_path),
    )

    status, output, errors = finish(process)

    assert (status, errors) == (0, "")
    assert "no issues" in output


@pytest.mark.processes
@pytest.mark.parametrize("mode", ["production", "prodution", ""])
def test_a_mode_forgotten_or_mistyped_is_production(read, mode):
    safe = ("PRODUCTION", "DEMO", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "DEBUG")

    assert read(*safe, MENTORWELL_MODE=mode) == [True, False, True, True, False]


@pytest.mark.processes
def test_email_url_names_the_mail_server(read):
    url = "smtp+tls://worker:p%40ss@mail.example.org:587"

    assert read(
        "EMAIL_BACKEND",
        "EMAIL_HOST",
        "EMAIL_PORT",
        "EMAIL_HOST_USER",
        "EMAIL_HOST_PASSWORD",
        "EMAIL_USE_TLS",
        "EMAIL_USE_SSL",
        MENTORWELL_MODE="production",
        EMAIL_URL=url,
    ) == [
        "django.core.mail.backends.smtp.EmailBackend",
        "mail.example.org",
        587,
        "worker",
        "p@ss",
        True,
        False,
    ]


@pytest.mark.processes
@pytest.mark.parametrize("environment", [{}, {"EMAIL_URL": "smtp://mail.example.org:25"}])
def test_the_demo_writes_mail_to_files_whatever_the_environment_says(read, tmp_path, environment):
    assert read("EMAIL_BACKEND", "EMAIL_FILE_PATH", MENTORWELL_MODE="demo", **environment) == [
        "django.core.mail.backends.filebased.EmailBackend",
        str(tmp_path / "mail"),
    ]


@pytest.mark.processes
def test_keys_are_made_once_and_kept(read, tmp_path):
    first, second = (read("SECRET_KEY", "SEAL_KEYS") for _ in range(2))

    assert first == second
    assert {
        path.name: oct(path.stat().st_mode & 0o777) for path in (tmp_path / "keys").iterdir()
    } == {
        "session": "0o600",
        "seal": "0o600",
    }


@pytest.mark.processes
def test_the_web_process_starts_without_the_heavy_libraries(tmp_path):
    """Everything that a page may need is imported by now, down to the last address."""
    code = (
        "import sys; from mentorwell.config.wsgi import application; "
        "from django.urls import get_resolver; get_resolver()._populate(); "
        "heavy = ['scipy', 'pandas', 'statsmodels', 'ortools', 'openpyxl', 'typst', 'vl_convert']; "
        "print(sorted(set(heavy) & set(sys.modules)))"
    )
    status, output, errors = finish(start("-c", code, MENTORWELL_HOME=str(tmp_path)))

    assert (status, output.strip(), errors) == (0, "[]", "")
