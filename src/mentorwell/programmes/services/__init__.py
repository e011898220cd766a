"""The only code that changes organisations, sites, programmes and their offices."""

from mentorwell.programmes.services.organisations import (
    add_support_resource,
    change_organisation,
    change_support_resource,
    found_organisation,
    remove_support_resource,
    verify_support_resource,
)
from mentorwell.programmes.services.programmes import (
    change_policy,
    change_programme,
    close_programme,
    create_programme,
    note_search_opened,
    open_programme,
    touch_pools,
)
from mentorwell.programmes.services.roles import end_role, give_role
from mentorwell.programmes.services.sites import (
    add_site,
    add_sites,
    add_unit,
    add_units,
    change_site,
)


__all__ = [
    "add_site",
    "add_sites",
    "add_support_resource",
    "add_unit",
    "add_units",
    "change_organisation",
    "change_policy",
    "change_programme",
    "change_site",
    "change_support_resource",
    "close_programme",
    "create_programme",
    "end_role",
    "found_organisation",
    "give_role",
    "note_search_opened",
    "open_programme",
    "remove_support_resource",
    "touch_pools",
    "verify_support_resource",
]
