"""Sites and their units, one by one and many at once."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.reading.values import clean, joined
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.programmes import rules
from mentorwell.programmes.models import Organisation, Programme, Site, Unit
from mentorwell.programmes.services.changing import change


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
    """Add a site; refuses a name that the organisation has already, however it is typed."""
    rules.check_can_keep(by, organisation)
    _hold(organisation)
    _check_free(name, organisation.sites.all(), "There is a site of this name already.")
    site = Site.objects.create(
        organisation=organisation,
        name=clean(name),
        time_zone=time_zone,
        latitude=latitude,
        longitude=longitude,
    )
    audit.record(verb="programmes.site.add", target=site, by=by, now=now)
    return site


@transaction.atomic
def change_site(*, site: Site, changes: Mapping[str, object], by: User, now: datetime) -> None:
    """Change a site's name, time zone or coordinates; every search of its people follows.

    Refuses a name that another site of the organisation has, however it is typed.
    """
    rules.check_can_keep(by, site.organisation)
    _hold(site.organisation)
    if "name" in changes:
        name = clean(str(changes["name"]))
        others = site.organisation.sites.exclude(pk=site.pk)
        _check_free(name, others, "There is a site of this name already.")
        changes = {**changes, "name": name}
    change(
        row=site, changes=changes, allowed=frozenset({"name", "time_zone", "latitude", "longitude"})
    )
    Programme.objects.filter(organisation=site.organisation).update(
        pool_version=F("pool_version") + 1
    )
    audit.record(verb="programmes.site.change", target=site, by=by, now=now)


@transaction.atomic
def add_unit(*, site: Site, name: str, by: User, now: datetime) -> Unit:
    """Add a unit to a site; refuses a name that the site has already, however it is typed."""
    rules.check_can_keep(by, site.organisation)
    _hold(site.organisation)
    _check_free(name, site.units.all(), "There is a unit of this name already.")
    unit = Unit.objects.create(site=site, name=clean(name))
    audit.record(verb="programmes.unit.add", target=unit, by=by, now=now)
    return unit


def _hold(organisation: Organisation) -> None:
    """Keep others from adding to this organisation until this transaction is over."""
    houses = Organisation.objects.select_for_update(no_key=True).filter(pk=organisation.pk)
    list(houses.values_list("pk"))


def _check_free(name: str, others: "QuerySet[Site] | QuerySet[Unit]", sentence: str) -> None:
    """Refuse a name that differs from one of these in case and spaces alone."""
    typed = clean(name).casefold()
    if any(clean(other).casefold() == typed for other in others.values_list("name", flat=True)):
        raise NotPossibleNow(sentence)


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
