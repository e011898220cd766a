"""What may happen to a mentorship. `check_*` raises with a sentence; `can_*` answers yes or no."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from mentorwell.accounts.models import User
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.mentorships import queries
from mentorwell.mentorships.content import Format
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation
from mentorwell.people.queries import pairing_bars
from mentorwell.people.rules import NO_PAIRING
from mentorwell.programmes.enums import Kind
from mentorwell.programmes.models import Programme


def known_format(slug: str) -> Format:
    """Return the format with this slug; raise NotPossibleNow where there is none."""
    form = queries.format_by_slug(slug)
    if form is None:
        raise NotPossibleNow("We do not know this form of mentorship.")
    return form


def check_can_begin(
    by: User,
    programme: Programme,
    form: Format,
    members: Sequence[tuple[Participation, Part]],
    kinds: Collection[str],
) -> None:
    """Let members begin a mentorship of their own that fits its format."""
    people = [participation.person_id for participation, _ in members]
    if by.pk not in people:
        raise NotAllowed("Only the people themselves can begin a mentorship.")
    if len(set(people)) < len(people):
        raise NotPossibleNow("Nobody can be in a mentorship twice.")
    if any(participation.programme_id != programme.pk for participation, _ in members):
        raise NotPossibleNow("Everybody has to be in the same programme.")
    if any(participation.part != part for participation, part in members):
        raise NotPossibleNow("Somebody here has a different part in the programme.")
    if not kinds or not set(kinds) <= set(Kind):
        raise NotPossibleNow("Say what this mentorship is for.")
    _check_numbers(form, [part for _, part in members])


def check_no_bars(members: Sequence[Participation], *, on_date: date) -> None:
    """Refuse two members whom a *never* link or a private wish keeps apart, on this path too.

    The sentence is the one that every private refusal shares.
    """
    for number, member in enumerate(members[1:], start=1):
        bars = pairing_bars(member, on_date=on_date)
        for other in members[:number]:
            if bars.block(person_id=other.person_id, participation_id=other.pk):
                raise NotPossibleNow(NO_PAIRING)


def _check_numbers(form: Format, parts: Sequence[Part]) -> None:
    counted = count_parts(parts)
    for part in (Part.MENTOR, Part.MENTEE):
        bounds = form.rules_for(part)
        if not bounds.members_least <= counted[part] <= bounds.members_most:
            raise NotPossibleNow("This is not the right number of people for it.")


def count_parts(parts: Sequence[Part | str]) -> Counter[Part]:
    """Return how many receive and how many give; all who give count as mentors."""
    return Counter(Part.MENTEE if part == Part.MENTEE else Part.MENTOR for part in parts)


def can_begin(
    by: User,
    programme: Programme,
    form: str,
    members: Sequence[tuple[Participation, Part]],
    kinds: Collection[str],
) -> bool:
    """Answer whether these people may begin this mentorship."""
    try:
        check_can_begin(by, programme, known_format(form), members, kinds)
    except (NotAllowed, NotPossibleNow):
        return False
    return True
