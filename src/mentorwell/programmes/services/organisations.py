"""The organisation, its neutral person and where people can turn to."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.foundation.clock import day_in
from mentorwell.programmes import rules
from mentorwell.programmes.content import support_resources
from mentorwell.programmes.enums import SupportKind
from mentorwell.programmes.models import Organisation, SupportResource
from mentorwell.programmes.services.changing import change


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
    change(row=organisation, changes=changes, allowed=ORGANISATION_FIELDS)
    if organisation.region != region:
        organisation.support_resources.filter(is_local=False).delete()
        _add_resources_of_region(organisation)
    audit.record(verb="programmes.organisation.change", target=organisation, by=by, now=now)


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
    change(row=resource, changes=changes, allowed=SUPPORT_FIELDS)
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
