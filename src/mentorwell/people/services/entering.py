"""How people come in: brought by the office, welcomed, and in by their own yes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mentorwell.accounts import services as accounts
from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.notices import services as notices
from mentorwell.notices.enums import Urgency
from mentorwell.people import emails, queries, rules
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation
from mentorwell.people.services.intake import Intake, Newcomer
from mentorwell.people.services.moving import move, pool_changed
from mentorwell.programmes.models import Programme


@dataclass(frozen=True)
class BroughtIn:
    """What following a file of people came to."""

    parts: int  # participations that are new
    changed: int  # people known before, of whom something is different now
    left: int  # people who have left the programme and stay out


@transaction.atomic
def bring_in(
    *, programme: Programme, newcomer: Newcomer, by: User | None, now: datetime
) -> Participation:
    """Bring one person into a programme; nobody is mailed and nobody is ready by it.

    `by` is None on the command line. Raises NotAllowed for anyone but the office, and
    NotPossibleNow where the programme has ended or the person has this part already.
    """
    made = bring_in_many(programme=programme, newcomers=[newcomer], by=by, now=now)
    if not made:
        raise NotPossibleNow("They have this part in the programme already.")
    return made[0]


@transaction.atomic
def bring_in_many(
    *, programme: Programme, newcomers: Sequence[Newcomer], by: User | None, now: datetime
) -> list[Participation]:
    """Bring many people in, set-based, and return the participations that were made.

    Whoever has their part already is left as they are, so the same file twice changes
    nothing. Of a profile that exists only empty fields are filled: a file never overwrites
    what a person said of themselves. Refuses as `bring_in`.
    """
    rules.check_can_bring_in(by, programme)
    intake = _gather(programme, newcomers, now, follow=False)
    intake.write(by)
    return intake.new_parts


@transaction.atomic
def follow_file(
    *, programme: Programme, newcomers: Sequence[Newcomer], by: User | None, now: datetime
) -> BroughtIn:
    """Bring in whoever is new, and let a file correct what the office said of people before.

    Of people known before, the file's start date and cohort count; the rest is taken over as
    long as the person has neither signed in nor confirmed anything, and afterwards only where
    they have said nothing. Names are never changed, and nobody who left is brought back. The
    same file twice changes nothing. Of two rows of one person for one part the first counts.
    Refuses as `bring_in`, and like it mails nobody and makes nobody ready.
    """
    rules.check_can_bring_in(by, programme)
    intake = _gather(programme, newcomers, now, follow=True)
    intake.write(by)
    return BroughtIn(len(intake.new_parts), len(intake.changed), len(intake.left))


def _gather(
    programme: Programme, newcomers: Sequence[Newcomer], now: datetime, *, follow: bool
) -> Intake:
    rows: dict[int, list[Newcomer]] = {}
    seen = set()
    for newcomer in newcomers:
        # Two rows may be one person under two addresses: the first row counts.
        key = newcomer.person.pk, newcomer.part
        if key not in seen:
            seen.add(key)
            rows.setdefault(newcomer.person.pk, []).append(newcomer)
    intake = Intake(programme, [own[0].person for own in rows.values()], now, follow=follow)
    for own in rows.values():
        intake.take(own[0].person, own)
    return intake


@transaction.atomic
def welcome_participations(
    *, participations: Iterable[Participation], by: User, now: datetime
) -> int:
    """Mail the welcome to people the office brought in, each once; return to how many.

    Whoever was welcomed before, or has answered already, is passed over; whoever left and is
    asked for another part is welcomed to it. Raises NotAllowed for anyone but the office.
    """
    told = []
    for participation in participations:
        rules.check_can_bring_in(by, participation.programme)
        if not Participation.objects.filter(
            pk=participation.pk, welcomed_at=None, state=ParticipationState.INVITED
        ).update(welcomed_at=now):
            continue
        told.append(participation)
        notices.tell(
            person=participation.person,
            kind=emails.WELCOME,
            ids={"participation": str(participation.uid)},
            urgency=Urgency.AT_ONCE,
            key=_welcome_key(participation),
            now=now,
        )
    audit.record_many(verb="people.participation.welcome", targets=told, by=by, now=now)
    return len(told)


def _welcome_key(participation: Participation) -> str:
    """Return what makes a welcome once: one for whoever is invited as mentor and as mentee.

    Whoever has left a part since and is asked for another is welcomed anew.
    """
    programme, person = participation.programme, participation.person
    left = Participation.objects.filter(
        programme=programme, person=person, state=ParticipationState.LEFT
    ).count()
    again = f":{left}" if left else ""
    return f"{emails.WELCOME}:{programme.uid}:{person.uid}{again}"


@transaction.atomic
def confirm_participation(*, participation: Participation, by: User, now: datetime) -> None:
    """Say yes: to an invitation of the office, to what it entered for oneself, or to coming back.

    A mentor with a topic and a place is ready by it; everyone else has the first questions
    still before them. Raises NotAllowed for anyone but the person, NotPossibleNow where there
    is nothing to confirm.
    """
    rules.check_is_own(by, participation, also_left=True)
    _confirm(participation, by, now)


@transaction.atomic
def confirm_by_link(*, secret: str, now: datetime) -> Participation:
    """As `confirm_participation`, by the button behind a mailed link, which is used up by it.

    Raises NotPossibleNow where the link is used, old or unknown, or nothing is to confirm.
    """
    link = accounts.use_link(secret=secret, action=emails.CONFIRM_ACTION, now=now)
    participation = Participation.objects.select_related("programme__policy").get(
        uid=link.target_uid, person=link.person
    )
    _confirm(participation, link.person, now)
    return participation


def _confirm(participation: Participation, by: User, now: datetime) -> None:
    prepared = (
        participation.part != Part.MENTEE
        and participation.state != ParticipationState.LEFT
        and bool(queries.topics_chosen(participation))
        and queries.open_places(participation).exists()
    )
    to = ParticipationState.READY if prepared else ParticipationState.APPLIED
    paused = (ParticipationState.PAUSED,)  # a pause ends by `resume_participation`
    move(participation=participation, to=to, but=paused, confirmed_at=now, left_at=None)
    pool_changed(people=[participation.person_id])
    audit.record(verb="people.participation.confirm", target=participation, by=by, now=now)
