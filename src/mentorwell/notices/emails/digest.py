"""The weekly digest: what could wait, in one mail."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentorwell.notices import queries
from mentorwell.notices.emails.kinds import Button, Line, Mail, Told, register
from mentorwell.notices.emails.rendering import render


def render_digest(told: Told) -> Mail | None:
    """Return the digest with what is still true of the things gathered in it, if anything is."""
    items = []
    for notice in queries.gathered_in(told.uid("digest")):
        mail = render(notice, now=told.now)
        if mail is not None:
            path = mail.button.path if mail.button else "/"
            items.append(Line(mail.headline, path))
    if not items:
        return None
    return Mail(
        subject=ngettext("One thing for this week", "%(count)d things for this week", len(items))
        % {"count": len(items)},
        headline=_("What waits for you"),
        lines=(_("None of this is urgent. Take it when you have a quiet minute."),),
        items=tuple(items),
        button=Button(_("Open Mentorwell"), "/"),
    )


def register_digest() -> None:
    """Register the digest; it is a notice like any other, so it is sent like any other."""
    register(queries.DIGEST_KIND, render_digest, line=lambda _ids: Line(_("Your week"), "/"))
