"""One layout for every mail: text and HTML, in our own words and colours."""

from datetime import datetime
from email.utils import parseaddr
from urllib.parse import urljoin

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from mentorwell.accounts.services import make_link
from mentorwell.notices.emails.kinds import Button, Line, Mail
from mentorwell.notices.models import Notice


HELP_PATH = "/help"
CHOICES_PATH = "/me/notices/mail/"
CALENDAR = "text/calendar"


def compose(notice: Notice, mail: Mail, *, now: datetime) -> EmailMultiAlternatives:
    """Return the message of a notice, with its links made and its Message-ID its own.

    The Message-ID comes from the row: sent twice, after a worker died between the mail server's
    "accepted" and our note of it, the second copy is known for what it is (see
    `docs/adr/0005-mail-leaves-once.md`). Attachments of calendar entries go in as an alternative
    view, which is where calendars look for them, and as a file.
    """
    recipient = notice.person.email if notice.person else str(notice.address)
    context = {
        "mail": mail,
        "language": notice.language,
        "button_url": _button_url(notice, mail.button, now),
        "items": [Line(item.text, _url(item.path)) for item in mail.items],
        "help_url": _url(HELP_PATH),
        "choices_url": _url(CHOICES_PATH) if notice.person else "",
        "site_url": settings.SITE_URL,
    }
    with translation.override(notice.language):
        text = render_to_string("notices/mail.txt", context).rstrip() + "\n"
        html = css_inline.inline(
            render_to_string("notices/mail.html", context),
            keep_at_rules=True,  # the dark theme cannot be inlined
        )
    message = EmailMultiAlternatives(
        subject=mail.subject, body=text, to=[recipient], headers=_headers(notice)
    )
    message.attach_alternative(html, "text/html")
    for attachment in mail.attachments:
        if attachment.mime_type.startswith(CALENDAR):
            message.attach_alternative(attachment.content.decode(), attachment.mime_type)
        message.attach(attachment.name, attachment.content, attachment.mime_type)
    return message


def _headers(notice: Notice) -> dict[str, str]:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {
        "Message-ID": f"<{notice.uid}@{domain}>",
        "Auto-Submitted": "auto-generated",  # no out-of-office answers, please
    }
    if notice.person:
        headers["List-Unsubscribe"] = f"<{_url(CHOICES_PATH)}>"
    return headers


def _button_url(notice: Notice, button: Button | None, now: datetime) -> str:
    if button is None:
        return ""
    if button.token is None or notice.person is None:
        return _url(button.path)
    secret = make_link(
        person=notice.person,
        action=button.token.action,
        target_uid=button.token.target_uid,
        now=now,
        lifetime=button.token.lifetime,
    )
    return _url(button.token.path(secret))


def _url(path: str) -> str:
    return urljoin(settings.SITE_URL, path)
