"""The house: an organisation with two programmes, and who runs them."""

from datetime import datetime

from mentorwell.accounts import services as accounts
from mentorwell.accounts.models import User
from mentorwell.programmes import services
from mentorwell.programmes.enums import SupportKind
from mentorwell.programmes.roles import Role
from tests.world.world import World


ZONE = "Europe/Berlin"


def account(world: World, actor: str, *, now: datetime) -> User:
    """Make the account of an actor; the family name is a word to look for."""
    name = (
        f"{actor.replace('_', ' ').title().replace(' ', '')} {world.words.plain(f'{actor}.name')}"
    )
    made = accounts.create_account(
        email=f"{actor.replace('_', '-')}@example.org", name=name, by=None, now=now, time_zone=ZONE
    )
    world.actors[actor] = made
    return made


def found(world: World, *, now: datetime) -> None:
    """Found the house, name its people, furnish and open it."""
    organisation = services.found_organisation(
        name="Riverside Hospital", region="US", time_zone=ZONE, by=None, now=now
    )
    director, far_director = (
        account(world, each, now=now) for each in ("director", "far_director")
    )
    programme, far = (
        services.create_programme(
            organisation=organisation,
            name=name,
            template="residency",
            director=leads,
            by=None,
            now=now,
        )
        for name, leads in (("Residency", director), ("Nursing", far_director))
    )
    world.keep(organisation=organisation, programme=programme, far=far)
    account(world, "outsider", now=now)
    # All that Django can give; there is no page of ours for it.
    User.objects.filter(pk=account(world, "superuser", now=now).pk).update(
        is_staff=True, is_superuser=True
    )
    _furnish(world, director, now)
    for role in (Role.COORDINATOR, Role.LEADER):
        held = services.give_role(
            programme=programme,
            person=account(world, role.value, now=now),
            role=role,
            by=director,
            now=now,
        )
        world.keep(**{f"{role.value}_role": held})
    for each, leads in ((programme, director), (far, far_director)):
        opens = {"start_date": now.date(), "search_opens_date": now.date()}
        services.change_programme(programme=each, changes=opens, by=leads, now=now)
        services.open_programme(programme=each, by=leads, now=now)


def _furnish(world: World, by: User, now: datetime) -> None:
    organisation = world.organisation
    services.change_organisation(
        organisation=organisation,
        changes={"neutral_name": "Noor Haddad", "neutral_email": "noor.haddad@example.org"},
        by=by,
        now=now,
    )
    resource = services.add_support_resource(
        organisation=organisation,
        kind=SupportKind.COUNSELLING,
        name="Staff counselling",
        how_to_reach="Call 555 0101",
        by=by,
        now=now,
    )
    site = services.add_site(organisation=organisation, name="Main", time_zone=ZONE, by=by, now=now)
    unit = services.add_unit(site=site, name="Cardiology", by=by, now=now)
    world.keep(resource=resource, site=site, unit=unit)
