"""The system's Chromium, and pages as one person sees them."""

import os
import shutil
from collections import defaultdict
from statistics import median

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect


# Playwright's sync interface runs an event loop in this thread, where Django then refuses the
# database; the tests use it from nowhere else.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)


def pytest_collection_modifyitems(items):
    for item in items:
        if "/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter):
    """Print how many taps each thing took: the median over all sizes, and what it may take."""
    taken, most = defaultdict(list), {}
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            if name.startswith("taps: "):
                taken[name].append(value[0])
                most[name] = value[1]
    for name, taps in sorted(taken.items()):
        terminalreporter.write_line(f"{name}: {median(taps):g} (at most {most[name]})")


# Where several runs share a machine, a page may take its time; a test that hopes in vain fails anyway.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def base_url():
    """Addresses come from the live server; the plugin's own fixture warns under this pytest."""
    return


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    assert CHROMIUM, "Set CHROMIUM to the path of a Chromium."
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-gpu"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def page(page: Page, live_server) -> Page:
    """A page whose addresses start at the live server, and whose console must stay silent."""
    page.context.set_default_timeout(10_000)
    return page


@pytest.fixture
def sign_in(page, live_server):
    """Call it with a person: the page is theirs from then on."""

    def as_person(person, **session) -> Page:
        client = Client()
        client.force_login(person)
        if session:
            kept = client.session
            kept.update(session)
            kept.save()
        page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                    "url": live_server.url,
                }
            ]
        )
        return page

    return as_person
