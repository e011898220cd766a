"""Playing a story in the browser: people at their own devices, their mail, and a clock that moves."""

import re
from dataclasses import dataclass, field

import icalendar
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from mentorwell.ops.worker import run_once


DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 780}

CODE = re.compile(r"\b[A-Z0-9]{4}-?[A-Z0-9]{4}\b")


def letters_to(email: str) -> list[mail.EmailMultiAlternatives]:
    """Let the worker do what is due, and return all mail to this address, newest first."""
    run_once()
    return [letter for letter in reversed(mail.outbox) if letter.to == [email]]


def letter_to(email: str, subject: str) -> mail.EmailMultiAlternatives:
    """The newest mail to somebody whose subject contains these words."""
    found = letters_to(email)
    for letter in found:
        if subject in letter.subject:
            return letter
    raise AssertionError(f"No mail {subject!r} among {[letter.subject for letter in found]}")


def link_in(letter: mail.EmailMultiAlternatives) -> str:
    """The first address that a mail leads to."""
    return re.search(r"https?://\S+", letter.body).group()


def entry_in(letter: mail.EmailMultiAlternatives) -> icalendar.Calendar:
    """The calendar entry that a mail carries, read as a calendar program does."""
    parts = [part for part in letter.message().walk() if part.get_content_type() == "text/calendar"]
    return icalendar.Calendar.from_ical(parts[0].get_payload(decode=True))


@dataclass
class Somebody:
    """One person at a device of their own."""

    browser: Browser
    home: str
    email: str
    size: dict[str, int]
    scripts: bool = True
    taps: int = 0
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        context = self.browser.new_context(
            viewport=self.size,
            java_script_enabled=self.scripts,
            base_url=self.home,
            reduced_motion="reduce",
        )
        context.set_default_timeout(20_000)
        self.page = context.new_page()

    def leave(self) -> None:
        self.page.context.close()

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.taps = 0

    def follow(self, letter: mail.EmailMultiAlternatives) -> None:
        """Tap the link of a mail: the first tap."""
        self.open(link_in(letter))
        self.taps = 1

    def elsewhere(self) -> "Somebody":
        """The same person at another device, where they have never signed in."""
        self.page.context.clear_cookies()
        return self

    def press(self, name: str, *, exact: bool = False, within: str = "body") -> None:
        """Press the first button or link that begins with this name and can be seen."""
        spoken = re.compile(rf"^\s*{re.escape(name)}{'$' if exact else ''}")
        place = self.page.locator(within)
        link, button = (place.get_by_role(role, name=spoken) for role in ("link", "button"))
        link.or_(button).and_(self.page.locator(":visible")).first.click()
        self.taps += 1

    def fill(self, label: str, words: str) -> None:
        self.page.get_by_label(label, exact=False).fill(words)

    def choose(self, label: str, *, within: str = "") -> None:
        """Tick a card, a box or a pill; `within` names its question where several are alike."""
        place = self.page.get_by_role("group", name=within) if within else self.page
        place.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first.check(force=True)

    def reads(self, words: str | re.Pattern[str]) -> None:
        expect(
            self.page.get_by_text(words).and_(self.page.locator(":visible")).first
        ).to_be_visible()

    def sees(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", name=heading).first).to_be_visible()

    def sign_in(self) -> None:
        """Come in with a mailed code; nobody has a password at first."""
        if "/accounts/login/" not in self.page.url:
            self.open("/accounts/login/")
        self.fill("E-mail", self.email)
        self.press("Mail me a code")
        expect(self.page).to_have_url(re.compile("confirm"))
        found = (re.search(CODE, letter.body) for letter in letters_to(self.email))
        code = next(filter(None, found)).group()
        self.fill("The code from the mail", code)
        self.press("Go on")
        expect(self.page).not_to_have_url(re.compile("/accounts/"))
