"""What the components need from Python: icons, initials, tones, days in words."""

from datetime import date
from zlib import crc32

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from mentorwell.foundation.icons import strokes_of
from mentorwell.foundation.patients import patterns_for_page


register = template.Library()

TONES = "abcdef"
FIT_WORDS = ("not shared", "a little", "partly", "well", "very well")


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """Draw one icon; with a `label` it speaks, without one it is decoration."""
    speech = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else SafeString('aria-hidden="true"')
    )
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" width="22" height="22" fill="none" stroke="currentColor"'
        ' stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>',
        f"icon {size}".strip(),
        speech,
        mark_safe(strokes_of(name)),  # noqa: S308 -- our own constant drawings
    )


@register.simple_tag
def patient_patterns() -> str:
    """Write what the script needs to remind of patients while one types, as JSON."""
    return patterns_for_page()


@register.filter
def initials(name: str) -> str:
    """Return up to two letters for a name, without its title: "Dr. Helen Marsh" gives "HM"."""
    words = [word for word in str(name).split() if not word.endswith(".") and word[0].isalpha()]
    chosen = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in chosen).upper() or "?"


@register.filter
def tone(name: str) -> str:
    """Return the avatar's colour for a name: one of six, always the same for the same name."""
    return TONES[crc32(str(name).encode()) % len(TONES)]


@register.filter
def fit_words(step: int | None) -> str:
    """Say a fit step in words: 0 to 4, or None where it is not known."""
    return gettext("not known") if step is None else gettext(FIT_WORDS[step])


@register.filter
def days_from(day: date, today: date) -> str:
    """Say how far `day` lies from `today`: "today", "in 6 days", "yesterday"."""
    distance = (day - today).days
    named = {0: gettext("today"), 1: gettext("tomorrow"), -1: gettext("yesterday")}
    if distance in named:
        return named[distance]
    if distance > 0:
        return ngettext("in %(n)d day", "in %(n)d days", distance) % {"n": distance}
    return ngettext("%(n)d day ago", "%(n)d days ago", -distance) % {"n": -distance}
