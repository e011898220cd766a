"""The only code that changes organisations, sites, programmes and their offices."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.text import slugify

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import PROGRAMME_MOVES, ProgrammeState, sources
from mentorwell.core.reading.values import joined
from mentorwell.foundation import hooks
from mentorwell.foundation.clock import day_in
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.programmes import rules
from mentorwell.programmes.content import Template, support_resources, templates
from mentorwell.programmes.enums import SupportKind
from mentorwell.programmes.models import (
    OfficeRole,
    Organisation,
    Policy,
    Programme,
    Site,
    SupportResource,
    Unit,
)
from mentorwell.programmes.roles import Permission, Role


@transaction.atomic
def found_organisation(
    *, name: str, region: str, time_zone: str, by: User | None, now: datetime
) -> Organisation:
    """Make an organisation with the support resources known for its region.

    Used once, from the command line; `by` is None there. The resources come unverified: the
    organisation puts its own date on each after making sure of it.
    """
    organisation = Organisation.objects.create(name=name, region=region, time_zone=time_zone)
    _add_resources_of_region(organisation)
    audit.record(verb="programmes.organisation.found", target=organisation, by=by, now=now)
    return organisation


def _add_resources_of_region(organisation: Organisation) -> None:
    SupportResource.objects.bulk_create(
        SupportResource(
            organisation=organisation,
            kind=resource.kind,
            region=resource.region,
            name=resource.name,
            how_to_reach=resource.how_to_reach,
            link=resource.link or "",
            note=resource.note,
            position=position,
            last_verified_date=resource.last_verified_date,
        )
        for position, resource in enumerate(
            support_resources().in_region(organisation.region), start=1
        )
    )


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, changes: Mapping[str, str], by: User, now: datetime
) -> None:
    """Change the name, the neutral person or the notice of an organisation.

    With another region come its support resources, unverified, in place of the old region's;
    those that the organisation entered itself stay. Raises NotAllowed for anyone but a
    director, ValueError for a field that is not the office's.
    """
    rules.check_can_keep(by, organisation)
    region = Organisation.objects.values_list("region", flat=True).get(pk=organisation.pk)
    _change(organisation, changes, ORGANISATION_FIELDS)
    if organisation.region != region:
        organisation.support_resources.filter(is_local=False).delete()
        _add_resources_of_region(organisation)
    audit.record(verb="programmes.organisation.change", target=organisation, by=by, now=now)


ORGANISATION_FIELDS = frozenset(
    {
        "name",
        "region",
        "time_zone",
        "neutral_name",
        "neutral_email",
        "neutral_phone",
        "neutral_role",
        "confidentiality_notice",
    }
)
SUPPORT_FIELDS = frozenset({"kind", "name", "how_to_reach", "link", "note", "position"})
PROGRAMME_FIELDS = frozenset({"name", "description", "start_date", "search_opens_date"})
POLICY_FIELDS = frozenset(
    field.name for field in Policy._meta.fields if field.name not in {"id", "uid", "programme"}
)


@transaction.atomic
def add_support_resource(
    *,
    organisation: Organisation,
    kind: SupportKind,
    name: str,
    how_to_reach: str,
    by: User,
    now: datetime,
    link: str = "",
    note: str = "",
) -> SupportResource:
    """Add one of the organisation's own resources, verified today by whoever enters it."""
    rules.check_can_keep(by, organisation)
    resource = SupportResource.objects.create(
        organisation=organisation,
        kind=kind,
        region=organisation.region,
        name=name,
        how_to_reach=how_to_reach,
        link=link,
        note=note,
        is_local=True,
        last_verified_date=day_in(organisation.time_zone, now),
    )
    audit.record(verb="programmes.support.add", target=resource, by=by, now=now)
    return resource


@transaction.atomic
def change_support_resource(
    *, resource: SupportResource, changes: Mapping[str, object], by: User, now: datetime
) -> None:
    """Change a resource; what was changed counts as verified on the day of the change."""
    rules.check_can_keep(by, resource.organisation)
    _change(resource, changes, SUPPORT_FIELDS)
    verify_support_resource(resource=resource, by=by, now=now)


@transaction.atomic
def verify_support_resource(*, resource: SupportResource, by: User, now: datetime) -> None:
    """Note that somebody called or wrote and made sure that this resource is right."""
    rules.check_can_keep(by, resource.organisation)
    SupportResource.objects.filter(pk=resource.pk).update(
        last_verified_date=day_in(resource.organisation.time_zone, now)
    )
    audit.record(verb="programmes.support.verify", target=resource, by=by, now=now)


@transaction.atomic
def remove_support_resource(*, resource: SupportResource, by: User, now: datetime) -> None:
    """Take a resource off the help page."""
    rules.check_can_keep(by, resource.organisation)
    audit.record(verb="programmes.support.remove", target=resource, by=by, now=now)
    SupportResource.objects.filter(pk=resource.pk).delete()


@transaction.atomic
def add_site(
    *,
    organisation: Organisation,
    name: str,
    time_zone: str,
    by: User,
    now: datetime,
    latitude: float | None = None,
    longitude: float | None = None,
) -> Site:
    """Add a site; refuses a name that the organisation has already."""
    rules.check_can_keep(by, organisation)
    try:
        with transaction.atomic():
            site = Site.objects.create(
                organisation=organisation,
                name=name,
                time_zone=time_zone,
                latitude=latitude,
                longitude=longitude,
            )
    except IntegrityError:
        raise NotPossibleNow("There is a site of this name already.") from None
    audit.record(verb="programmes.site.add", target=site, by=by, now=now)
    return site


@transaction.atomic
def change_site(*, site: Site, changes: Mapping[str, object], by: User, now: datetime) -> None:
    """Change a site's name, time zone or coordinates; every search of its people follows."""
    rules.check_can_keep(by, site.organisation)
    _change(site, changes, frozenset({"name", "time_zone", "latitude", "longitude"}))
    Programme.objects.filter(organisation=site.organisation).update(
        pool_version=F("pool_version") + 1
    )
    audit.record(verb="programmes.site.change", target=site, by=by, now=now)


@transaction.atomic
def add_unit(*, site: Site, name: str, by: User, now: datetime) -> Unit:
    """Add a unit to a site; refuses a name that the site has already."""
    rules.check_can_keep(by, site.organisation)
    unit, made = Unit.objects.get_or_create(site=site, name=name)
    if not made:
        raise NotPossibleNow("There is a unit of this name already.")
    audit.record(verb="programmes.unit.add", target=unit, by=by, now=now)
    return unit


@transaction.atomic
def add_sites(
    *, organisation: Organisation, names: Collection[str], by: User | None, now: datetime
) -> dict[str, Site]:
    """Return an organisation's sites of these names, adding those it lacks, set-based.

    A name counts as the same in any spelling. New sites take the organisation's time zone and
    no place on the map yet. `by` is None on the command line. Where any is missing, raises
    NotAllowed for anyone but a director.
    """
    found = {joined(site.name): site for site in organisation.sites.all()}
    made = {
        joined(name): Site(organisation=organisation, name=name, time_zone=organisation.time_zone)
        for name in names
        if joined(name) not in found
    }
    if made and by is not None:
        rules.check_can_keep(by, organisation)
    Site.objects.bulk_create(made.values())
    audit.record_many(verb="programmes.site.add", targets=made.values(), by=by, now=now)
    return {name: {**found, **made}[joined(name)] for name in names}


@transaction.atomic
def add_units(
    *, units: Collection[tuple[Site, str]], by: User | None, now: datetime
) -> dict[tuple[int, str], Unit]:
    """Return the units of these sites and names, by site id and name, adding those that lack.

    Set-based, otherwise as `add_sites`.
    """
    wanted = {(site.pk, joined(name)): (site, name) for site, name in units}
    sites = {site.pk: site for site, _ in wanted.values()}
    found = {
        (unit.site_id, joined(unit.name)): unit for unit in Unit.objects.filter(site__in=sites)
    }
    made = {
        key: Unit(site=site, name=name) for key, (site, name) in wanted.items() if key not in found
    }
    if by is not None:
        for organisation in {unit.site.organisation for unit in made.values()}:
            rules.check_can_keep(by, organisation)
    Unit.objects.bulk_create(made.values())
    audit.record_many(verb="programmes.unit.add", targets=made.values(), by=by, now=now)
    everything = {**found, **made}
    return {(site.pk, name): everything[site.pk, joined(name)] for site, name in units}


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
    _change(programme, changes, PROGRAMME_FIELDS)
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
    _change(programme.policy, changes, POLICY_FIELDS)
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


def _move(programme: Programme, target: ProgrammeState, **fields: datetime) -> None:
    changed = Programme.objects.filter(
        pk=programme.pk, state__in=sources(PROGRAMME_MOVES, target)
    ).update(state=target, **fields)
    if not changed:
        raise NotPossibleNow("Somebody has just changed this programme. Look again.")
    programme.refresh_from_db()


@transaction.atomic
def give_role(
    *, programme: Programme, person: User, role: Role, by: User, now: datetime
) -> OfficeRole:
    """Give somebody a part in the office; giving it twice changes nothing."""
    rules.check_can(by, Permission.GIVE_ROLES, programme)
    held, made = OfficeRole.objects.get_or_create(
        programme=programme, person=person, role=role, ended_at=None, defaults={"given_at": now}
    )
    if made:
        audit.record(verb="programmes.role.give", target=held, by=by, now=now)
        hooks.office_role_given.announce(hooks.OfficeRoleGiven(programme.pk, role, by, now))
    return held


@transaction.atomic
def end_role(*, held: OfficeRole, by: User, now: datetime) -> None:
    """Take a part in the office back; the last director cannot be taken away."""
    rules.check_can_end_role(by, held.programme, Role(held.role))
    changed = OfficeRole.objects.filter(pk=held.pk, ended_at__isnull=True).update(ended_at=now)
    if changed:
        audit.record(verb="programmes.role.end", target=held, by=by, now=now)


def touch_pools(*, programmes: list[int]) -> None:
    """Mark the pictures that searches keep of these programmes (by id) as stale.

    Call it in the transaction that changes what a search may find.
    """
    Programme.objects.filter(pk__in=programmes).update(pool_version=F("pool_version") + 1)


def _change(
    row: Organisation | SupportResource | Site | Programme | Policy,
    changes: Mapping[str, object],
    allowed: frozenset[str],
) -> None:
    unknown = set(changes) - allowed
    if unknown:
        raise ValueError(f"Not to be changed here: {', '.join(sorted(unknown))}.")
    for name, value in changes.items():
        setattr(row, name, value)
    try:
        # Fields that stay are not cleaned: a draft has no opening moment, and need not yet.
        row.clean_fields(exclude={field.name for field in row._meta.fields} - set(changes))
        row.validate_unique()
        row.validate_constraints()
    except ValidationError:
        row.refresh_from_db()
        raise
    row.save(update_fields=[*changes])
