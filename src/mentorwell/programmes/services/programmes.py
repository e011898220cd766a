"""Programmes: made from a template, changed, opened and closed."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import PROGRAMME_MOVES, ProgrammeState, sources
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.programmes import rules
from mentorwell.programmes.content import Template, templates
from mentorwell.programmes.models import OfficeRole, Organisation, Policy, Programme
from mentorwell.programmes.roles import Permission, Role
from mentorwell.programmes.services.changing import change


PROGRAMME_FIELDS = frozenset({"name", "description", "start_date", "search_opens_date"})
POLICY_FIELDS = frozenset(
    field.name for field in Policy._meta.fields if field.name not in {"id", "uid", "programme"}
)


@transaction.atomic
def create_programme(
    *,
    organisation: Organisation,
    name: str,
    template: str,
    director: User,
    by: User | None,
    now: datetime,
) -> Programme:
    """Make a draft programme from a template, led by `director`.

    The policy takes every figure of the template and may differ from then on. `by` is None
    on the command line; otherwise it must be a director in the organisation.
    """
    if by is not None:
        rules.check_can_keep(by, organisation)
    chosen = {each.slug: each for each in templates()}.get(template)
    if chosen is None:
        raise ValueError(f"There is no programme template called {template}.")
    programme = Programme.objects.create(
        organisation=organisation,
        name=name,
        slug=_free_slug(name),
        template=template,
        description=chosen.description,
    )
    Policy.objects.create(programme=programme, **_figures(chosen))
    OfficeRole.objects.create(
        programme=programme, person=director, role=Role.DIRECTOR, given_at=now
    )
    audit.record(verb="programmes.programme.create", target=programme, by=by, now=now)
    return programme


def _figures(template: Template) -> dict[str, object]:
    """Return a template's figures as a policy stores them: lists instead of tuples."""
    return {
        name: list(figure) if isinstance(figure, tuple) else figure
        for name, figure in vars(template.policy).items()
    }


def _free_slug(name: str) -> str:
    stem = slugify(name)[:70] or "programme"
    taken = set(Programme.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number = next(n for n in range(1, len(taken) + 2) if _numbered(stem, n) not in taken)
    return _numbered(stem, number)


def _numbered(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number}"


@transaction.atomic
def change_programme(
    *, programme: Programme, changes: Mapping[str, str | date | None], by: User, now: datetime
) -> None:
    """Change a programme's name, description or dates."""
    rules.check_can(by, Permission.SET_POLICY, programme)
    change(row=programme, changes=changes, allowed=PROGRAMME_FIELDS)
    audit.record(verb="programmes.programme.change", target=programme, by=by, now=now)


@transaction.atomic
def change_policy(
    *, programme: Programme, changes: Mapping[str, object], by: User, now: datetime
) -> None:
    """Change figures of a programme's policy.

    Raises ValidationError, by field, where a figure is out of its range: nothing is changed
    then. What is already under way keeps the clock it began with.
    """
    rules.check_can(by, Permission.SET_POLICY, programme)
    change(row=programme.policy, changes=changes, allowed=POLICY_FIELDS)
    Programme.objects.filter(pk=programme.pk).update(pool_version=F("pool_version") + 1)
    audit.record(verb="programmes.policy.change", target=programme.policy, by=by, now=now)


@transaction.atomic
def open_programme(*, programme: Programme, by: User, now: datetime) -> None:
    """Open a programme to its people; see `rules.check_can_open` for what must stand first."""
    rules.check_can_open(by, programme)
    _move(programme, ProgrammeState.OPEN, opened_at=now)
    audit.record(verb="programmes.programme.open", target=programme, by=by, now=now)


@transaction.atomic
def close_programme(*, programme: Programme, by: User, now: datetime) -> None:
    """Close a programme to new invitations; what runs goes on to its own end."""
    rules.check_can(by, Permission.SET_POLICY, programme)
    _move(programme, ProgrammeState.CLOSED)
    audit.record(verb="programmes.programme.close", target=programme, by=by, now=now)


@transaction.atomic
def note_search_opened(*, programme: Programme, now: datetime) -> None:
    """Note once that enough mentors have been ready: the search stays open from now on."""
    not_noted = Programme.objects.filter(pk=programme.pk, search_opened_at=None)
    if not_noted.update(search_opened_at=now):
        audit.record(verb="programmes.search.open", target=programme, by=None, now=now)


def _move(programme: Programme, target: ProgrammeState, **fields: datetime) -> None:
    changed = Programme.objects.filter(
        pk=programme.pk, state__in=sources(PROGRAMME_MOVES, target)
    ).update(state=target, **fields)
    if not changed:
        raise NotPossibleNow("Somebody has just changed this programme. Look again.")
    programme.refresh_from_db()


def touch_pools(*, programmes: list[int]) -> None:
    """Mark the pictures that searches keep of these programmes (by id) as stale.

    Call it in the transaction that changes what a search may find.
    """
    Programme.objects.filter(pk__in=programmes).update(pool_version=F("pool_version") + 1)
