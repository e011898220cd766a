"""The hospital of the demonstration: its sites, its programmes and their offices."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mentorwell.accounts import services as accounts
from mentorwell.accounts.models import User
from mentorwell.programmes import services
from mentorwell.programmes.enums import SupportKind
from mentorwell.programmes.models import Organisation, Programme, Site
from mentorwell.programmes.roles import Role


ZONE = "America/Chicago"
DOMAIN = "riverside.example"

SITES = {
    "Riverside Main": (41.8820, -87.6278),
    "Northgate": (42.0451, -87.6877),
    "Lakeside Children's": (41.8960, -87.6210),
    "Prairie Clinic": (41.7606, -88.3201),
}
UNITS = {
    "Riverside Main": ("Medical ward", "Intensive care", "Emergency department", "Cardiology"),
    "Northgate": ("Medical ward", "Oncology ward"),
    "Lakeside Children's": ("Children's ward", "Neonatal unit"),
    "Prairie Clinic": ("Family medicine",),
}
PROGRAMMES = {
    "Internal Medicine Residency": "residency",
    "New Nurses": "nursing",
    "Medical Students": "students",
}
OFFICE = {
    "Internal Medicine Residency": ("Ruth Abrams", "Mateo Vargas"),
    "New Nurses": ("Ingrid Solberg", "Grace Mensah"),
    "Medical Students": ("Samuel Njoroge", "Chloe Moreau"),
}
LEADER = "Josephine Carter"


@dataclass(frozen=True)
class House:
    """What the demonstration stands on."""

    organisation: Organisation
    sites: list[Site]
    programmes: dict[str, Programme]  # by template
    directors: dict[str, User]
    coordinators: dict[str, User]
    leader: User


def build_house(*, now: datetime) -> House:
    """Found the hospital, set its three programmes up and open them."""
    organisation = services.found_organisation(
        name="Riverside Health", region="US", time_zone=ZONE, by=None, now=now
    )
    leader = account(LEADER, now=now)
    directors, coordinators, programmes = {}, {}, {}
    for name, template in PROGRAMMES.items():
        director, coordinator = (account(each, now=now) for each in OFFICE[name])
        programme = services.create_programme(
            organisation=organisation,
            name=name,
            template=template,
            director=director,
            by=None,
            now=now,
        )
        for person, role in ((coordinator, Role.COORDINATOR), (leader, Role.LEADER)):
            services.give_role(programme=programme, person=person, role=role, by=director, now=now)
        directors[template], coordinators[template] = director, coordinator
        programmes[template] = programme
    keeper = directors["residency"]
    _furnish(organisation, keeper, now)
    for template, programme in programmes.items():
        opens = (now + timedelta(days=1)).date()
        services.change_programme(
            programme=programme,
            changes={"start_date": now.date(), "search_opens_date": opens},
            by=directors[template],
            now=now,
        )
        services.open_programme(programme=programme, by=directors[template], now=now)
    return House(
        organisation,
        list(organisation.sites.order_by("pk")),
        programmes,
        directors,
        coordinators,
        leader,
    )


def account(name: str, *, now: datetime, title: str = "") -> User:
    """Make an account whose address follows from its name."""
    address = name.lower().replace(" ", ".").replace("'", "")
    return accounts.create_account(
        email=f"{address}@{DOMAIN}", name=title + name, by=None, now=now, time_zone=ZONE
    )


def _furnish(organisation: Organisation, keeper: User, now: datetime) -> None:
    services.change_organisation(
        organisation=organisation,
        changes={
            "neutral_name": "Noor Haddad",
            "neutral_role": "ombudsperson",
            "neutral_email": f"ombuds@{DOMAIN}",
            "neutral_phone": "555 0100",
            "confidentiality_notice": "A mentor here must pass on what the law demands: danger to "
            "somebody's life, harm to a child or a dependent adult, and harassment.",
        },
        by=keeper,
        now=now,
    )
    for name, how, kind in (
        ("Staff counselling, Riverside", "Call 555 0142, day and night", SupportKind.COUNSELLING),
        ("Peer support after a hard event", "Page 7311", SupportKind.PEER),
    ):
        services.add_support_resource(
            organisation=organisation, kind=kind, name=name, how_to_reach=how, by=keeper, now=now
        )
    for name, (latitude, longitude) in SITES.items():
        site = services.add_site(
            organisation=organisation,
            name=name,
            time_zone=ZONE,
            latitude=latitude,
            longitude=longitude,
            by=keeper,
            now=now,
        )
        for unit in UNITS[name]:
            services.add_unit(site=site, name=unit, by=keeper, now=now)
