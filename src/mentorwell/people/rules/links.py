"""Who may enter evaluation links, and who may lift one for a pair."""

from datetime import date

from mentorwell.accounts.models import User
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.people import queries
from mentorwell.people.models import EvaluationLink, LinkOverride
from mentorwell.programmes import rules as programme_rules
from mentorwell.programmes.models import Programme, Unit
from mentorwell.programmes.roles import Permission, Role


def check_can_link(by: User | None, programme: Programme) -> None:
    """Only the office enters evaluation links, or the installation itself."""
    if by is not None:
        programme_rules.check_can(by, Permission.LINK_EVALUATORS, programme)


def check_can_end_link(
    by: User, programme: Programme, link: EvaluationLink, *, on_date: date
) -> None:
    """The office ends a link, but nobody ends one that is about themselves."""
    check_can_link(by, programme)
    about = {link.evaluator_person_id, link.evaluated_person_id}
    reached = queries.known_links(by.pk, on_date=on_date).values()
    if by.pk in about or any(known.id == link.pk for links in reached for known in links):
        raise NotAllowed("This link is about you. Somebody else of the office has to end it.")


def check_can_place(by: User, person: User, programme: Programme) -> None:
    """The office says who belongs to which unit, but nobody says it of themselves."""
    check_can_link(by, programme)
    if by.pk == person.pk:
        raise NotAllowed("Somebody else of the office has to say where you belong.")


def check_same_organisation(programme: Programme, organisation_id: int) -> None:
    """Refuse what belongs to another organisation than the programme."""
    if programme.organisation_id != organisation_id:
        raise NotPossibleNow("This belongs to another organisation.")


def check_sides(
    evaluator: User | Unit | Role, evaluated: User | Unit | Programme, *, programme: Programme
) -> None:
    """Refuse one person on both sides, and whoever or whatever belongs to another organisation."""
    if isinstance(evaluator, User) and evaluator == evaluated:
        raise NotPossibleNow("Nobody evaluates themselves.")
    for side in (evaluator, evaluated):
        if isinstance(side, Unit):
            check_same_organisation(programme, side.site.organisation_id)
        if isinstance(side, User) and not queries.belongs_to(side, programme.organisation_id):
            raise NotPossibleNow(f"{side.name} does not belong to this organisation.")
    if isinstance(evaluated, Programme) and evaluated != programme:
        raise NotPossibleNow("Please enter this in the programme that it is about.")


def check_can_approve(by: User, override: LinkOverride, *, on_date: date) -> None:
    """A second person of the office lifts a link: not the asker, nor anyone it is about.

    Uninvolved means: neither of the pair, and not one who evaluates either of them.
    """
    check_can_link(by, override.mentee.programme)
    if override.approved_at is not None:
        raise NotPossibleNow("This has been approved already.")
    pair = {override.mentee.person_id, override.mentor.person_id}
    evaluated = queries.people_evaluated_by(by.pk, on_date=on_date)
    if by.pk == override.asked_by_id or by.pk in pair or evaluated & pair:
        raise NotAllowed("Someone who is not involved has to approve this.")
