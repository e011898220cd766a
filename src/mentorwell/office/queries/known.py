"""What a programme knows already, by the names that a roster may write."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, cast

from django.conf.locale import LANG_INFO

from mentorwell.accounts.models import User
from mentorwell.core.reading.columns import Field
from mentorwell.core.reading.dates import DateOrder
from mentorwell.core.reading.roster import Options, Part
from mentorwell.office.models import ImportRun
from mentorwell.people.content import stages, topics
from mentorwell.people.models import LocalTopic, Participation, Profile
from mentorwell.programmes.models import Organisation, Site, Unit


if TYPE_CHECKING:
    from django.db.models import CharField, Model


LEFT_OUT = "-"  # the key of a name that the office chose not to take over
LONGEST_STORY = 4000
"""Characters of a story; the page where people write theirs allows no more."""


def reading_options(run: ImportRun, *, today: date) -> Options:
    """Return what the office said of a file, and everything that is known where it will go."""
    organisation = run.programme.organisation
    known = known_names(organisation)
    for field, meanings in run.meanings.items():
        known[Field(field)] = {**known[Field(field)], **meanings}
    return Options(
        today=today,
        part=Part(run.part) if run.part else None,
        dates=DateOrder(run.dates),
        known=known,
        units=_units(organisation),
        create=frozenset(Field(field) for field in run.create),
        private=frozenset(
            name
            for topic in topics()
            if topic.opt_in
            for name in (topic.slug, topic.name, *topic.synonyms)
        ),
        most_places=run.programme.policy.places_most,
        longest=_longest(),
    )


def known_names(organisation: Organisation) -> dict[Field, Mapping[str, str]]:
    """Return for each field that is a choice the names it goes by, and the key behind each.

    Keys are slugs of stages and topics, codes of languages, and the random ids of sites. Where
    two things share a name, names go before slugs, slugs before synonyms.
    """
    return {
        Field.STAGE: _stage_names(),
        Field.SITE: {site.name: str(site.uid) for site in organisation.sites.all()},
        Field.TOPICS: {
            **_topic_names(),
            **{
                topic.name: topic.slug
                for topic in LocalTopic.objects.filter(organisation=organisation)
            },
        },
        Field.LANGUAGES: _language_names(),
    }


@cache
def _stage_names() -> Mapping[str, str]:
    every = [stage for group in stages() for stage in group.stages]
    return {
        **{stage.slug: stage.slug for stage in every},
        **{stage.name: stage.slug for stage in every},
    }


@cache
def _topic_names() -> Mapping[str, str]:
    return {
        **{name: topic.slug for topic in topics() for name in topic.synonyms},
        **{topic.slug: topic.slug for topic in topics()},
        **{topic.name: topic.slug for topic in topics()},
    }


@cache
def _language_names() -> Mapping[str, str]:
    """Return languages by their English and their own name, and by their code."""
    info = {code: names for code, names in LANG_INFO.items() if "name" in names}
    return {
        **{str(names["name_local"]): code for code, names in info.items()},
        **{code: code for code in info},
        **{str(names["name"]): code for code, names in info.items()},
    }


def _units(organisation: Organisation) -> Mapping[str, Mapping[str, str]]:
    units: dict[str, dict[str, str]] = {}
    for unit in Unit.objects.filter(site__organisation=organisation).select_related("site"):
        units.setdefault(str(unit.site.uid), {})[unit.name] = str(unit.uid)
    return units


@cache
def _longest() -> Mapping[Field, int]:
    """Return how much room the tables have."""
    columns: dict[Field, tuple[type[Model], str]] = {
        Field.NAME: (User, "name"),
        Field.HEADLINE: (Profile, "headline"),
        Field.SITE: (Site, "name"),
        Field.UNIT: (Unit, "name"),
        Field.TOPICS: (LocalTopic, "name"),
        Field.COHORT: (Participation, "cohort"),
    }
    fields = {
        field: cast("CharField[str, str]", model._meta.get_field(name))
        for field, (model, name) in columns.items()
    }
    return {
        Field.STORY: LONGEST_STORY,
        **{field: column.max_length or 0 for field, column in fields.items()},
    }
