"""The office of a programme: its people by role, and nobody of another programme."""

from datetime import timedelta

from mentorwell.people.content import topics
from mentorwell.programmes import services
from mentorwell.programmes.content import templates
from mentorwell.web.office.forms.settings import PolicyForm
from tests.architecture.access.rows.given import OFFICE, both, says, slug
from tests.architecture.access.sweep import SIGNED_IN, Row
from tests.factories.moments import NOW
from tests.world import World


DIRECTOR = ("director",)
TODAY, LATER = NOW.date(), NOW.date() + timedelta(days=30)


def close(world: World) -> None:
    services.close_programme(
        programme=world.fresh("programme"), by=world.person("director"), now=NOW
    )


def policy(world: World) -> dict[str, object]:
    """Send the policy as it stands, but for one figure."""
    form = PolicyForm(instance=world.fresh("programme").policy)
    return {
        name: form.get_initial_for_field(field, name) for name, field in form.fields.items()
    } | {"silent_days": 60}


OVERVIEW = [
    Row(
        "office:programme-list",
        get=SIGNED_IN,
        shows=frozenset({200, 302}),
    ),
    Row("office:overview-show", get=OFFICE, where=slug()),
    Row("office:help-answered", post=("coordinator",), where=both("help")),
    Row("office:mentorship-list", get=OFFICE, where=slug()),
]

PEOPLE = [
    Row("office:people-list", get=OFFICE, where=slug()),
    Row(
        "office:person-create",
        get=OFFICE,
        post=OFFICE,
        where=slug(),
        body=says(name="Dana Fox", email="dana@example.org", part="mentee"),
    ),
    Row(
        "office:mentor-enter",
        get=OFFICE,
        post=OFFICE,
        where=slug(),
        body=says(name="Eli Gray", email="eli@example.org", topic=topics()[0].slug, places="1"),
    ),
    Row("office:person-show", get=OFFICE, where=both("mentor_part"), called="mentor"),
    Row("office:person-show", get=OFFICE, where=both("mentee_part"), called="mentee"),
    Row(
        "office:person-show",
        where=lambda world: {"slug": world.programme.slug, "uid": world.far_mentee_part.uid},
        called="of another programme",
    ),
    Row(
        "office:places-set",
        post=OFFICE,
        where=both("mentor_part"),
        body=says(places="4"),
    ),
    Row(
        "office:unit-set",
        post=OFFICE,
        where=both("mentee_part"),
        body=lambda world: {"unit": world.unit.pk},
    ),
]

LINKS = [
    Row("office:link-list", get=OFFICE, where=slug()),
    Row(
        "office:link-create",
        get=OFFICE,
        post=OFFICE,
        where=slug(),
        body=says(
            kind="never",
            relation="line_manager",
            evaluator_email="both@example.org",
            evaluated_email="ex-mentee@example.org",
            start_date=TODAY,
        ),
    ),
    Row("office:links-check", post=OFFICE, where=slug()),
    Row(
        "office:link-end",
        get=OFFICE,
        post=OFFICE,
        where=both("disclosed_link"),
        body=says(end_date=LATER),
    ),
    Row(
        "office:exception-create",
        get=OFFICE,
        post=OFFICE,
        where=both("never_link"),
        body=says(mentee_email="filler@example.org", mentor_email="other-mentor@example.org"),
        before=lambda world: world.fresh("override").delete(),
    ),
    Row(
        "office:exception-approve",
        post=DIRECTOR,
        later=("coordinator",),  # who asked for it
        where=both("override"),
    ),
]

RULES = [
    Row(
        "office:policy-edit",
        get=DIRECTOR,
        post=DIRECTOR,
        where=slug(),
        body=policy,
        called="figures",
    ),
    Row(
        "office:policy-edit",
        get=DIRECTOR,
        post=DIRECTOR,
        where=slug(),
        body=says(name="Residents", description="", start_date="", search_opens_date=TODAY),
        called="dates",
    ),
    Row("office:programme-open", post=DIRECTOR, where=slug(), before=close),
    Row("office:programme-close", post=DIRECTOR, where=slug()),
    Row(
        "office:programme-create",
        get=DIRECTOR,
        post=DIRECTOR,
        where=slug(),
        body=lambda _world: {"name": "Fellows", "template": templates()[0].slug},
    ),
    Row(
        "office:team-list",
        get=DIRECTOR,
        post=DIRECTOR,
        where=slug(),
        body=says(email="outsider@example.org", role="coordinator"),
    ),
    Row("office:team-remove", post=DIRECTOR, where=both("leader_role")),
]

HOUSE = [
    Row(
        "office:organisation-edit",
        get=DIRECTOR,
        post=DIRECTOR,
        where=slug(),
        body=says(
            name="Riverside",
            region="US",
            time_zone="Europe/Berlin",
            neutral_name="Noor Haddad",
            neutral_email="noor.haddad@example.org",
        ),
    ),
    Row(
        "office:support-create",
        get=DIRECTOR,
        post=DIRECTOR,
        where=slug(),
        body=says(kind="peer", name="Peers", how_to_reach="Page 7"),
    ),
    Row(
        "office:support-edit",
        get=DIRECTOR,
        post=DIRECTOR,
        where=both("resource"),
        body=says(kind="peer", name="Peers", how_to_reach="Page 7"),
    ),
    Row("office:support-verify", post=DIRECTOR, where=both("resource")),
    Row("office:support-remove", post=DIRECTOR, where=both("resource")),
    Row(
        "office:site-create",
        get=DIRECTOR,
        post=DIRECTOR,
        where=slug(),
        body=says(name="West", time_zone="Europe/Berlin"),
    ),
    Row(
        "office:site-edit",
        get=DIRECTOR,
        post=DIRECTOR,
        where=both("site"),
        body=says(name="Main House", time_zone="Europe/Berlin"),
    ),
    Row(
        "office:unit-create",
        get=DIRECTOR,
        post=DIRECTOR,
        where=both("site"),
        body=says(unit="Oncology"),
    ),
]

ROWS = [*OVERVIEW, *PEOPLE, *LINKS, *RULES, *HOUSE]
