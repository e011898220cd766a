"""Addresses of the programme office, by page."""

from django.urls import URLPattern, path

from mentorwell.web.office.views import imports, links, overview, people, rounds, runs, settings


app_name = "office"

OVERVIEW: list[URLPattern] = [
    path("", overview.programme_list, name="programme-list"),
    path("<slug:slug>/", overview.overview_show, name="overview-show"),
    path("<slug:slug>/help/<uuid:uid>/answered", overview.help_answered, name="help-answered"),
    path("<slug:slug>/mentorships/", overview.mentorship_list, name="mentorship-list"),
]

PEOPLE: list[URLPattern] = [
    path("<slug:slug>/people/", people.people_list, name="people-list"),
    path("<slug:slug>/people/new/", people.person_create, name="person-create"),
    path("<slug:slug>/people/call/", people.mentor_enter, name="mentor-enter"),
    path("<slug:slug>/people/<uuid:uid>/", people.person_show, name="person-show"),
    path("<slug:slug>/people/<uuid:uid>/places", people.places_set, name="places-set"),
    path("<slug:slug>/people/<uuid:uid>/unit", people.unit_set, name="unit-set"),
]

IMPORTS: list[URLPattern] = [
    path("<slug:slug>/import/", imports.import_list, name="import-list"),
    path("<slug:slug>/import/<uuid:uid>/", imports.import_show, name="import-show"),
    path("<slug:slug>/import/<uuid:uid>/columns/", imports.import_columns, name="import-columns"),
    path("<slug:slug>/import/<uuid:uid>/names", imports.import_meanings, name="import-meanings"),
    path(
        "<slug:slug>/import/<uuid:uid>/to-put-right.csv", imports.problem_list, name="problem-list"
    ),
    path("<slug:slug>/import/<uuid:uid>/bring-in", imports.import_apply, name="import-apply"),
    path("<slug:slug>/import/<uuid:uid>/discard", imports.import_discard, name="import-discard"),
    path("<slug:slug>/import/welcome/", imports.welcome_send, name="welcome-send"),
]

LINKS: list[URLPattern] = [
    path("<slug:slug>/links/", links.link_list, name="link-list"),
    path("<slug:slug>/links/new/", links.link_create, name="link-create"),
    path("<slug:slug>/links/checked", links.links_check, name="links-check"),
    path("<slug:slug>/links/<uuid:uid>/end/", links.link_end, name="link-end"),
    path("<slug:slug>/links/<uuid:uid>/ask/", links.exception_create, name="exception-create"),
    path(
        "<slug:slug>/exceptions/<uuid:uid>/approve",
        links.exception_approve,
        name="exception-approve",
    ),
]

ROUNDS: list[URLPattern] = [
    path("<slug:slug>/rounds/", rounds.round_list, name="round-list"),
    path("<slug:slug>/rounds/new/", rounds.round_create, name="round-create"),
    path("<slug:slug>/rounds/<uuid:uid>/", rounds.round_show, name="round-show"),
    path("<slug:slug>/rounds/<uuid:uid>/stop", rounds.wishes_stop, name="wishes-stop"),
    path("<slug:slug>/rounds/<uuid:uid>/reopen", rounds.wishes_reopen, name="wishes-reopen"),
    path("<slug:slug>/rounds/<uuid:uid>/close/", rounds.round_close, name="round-close"),
    path("<slug:slug>/rounds/<uuid:uid>/differences/", runs.run_compare, name="run-compare"),
    path("<slug:slug>/rounds/runs/<uuid:uid>/", runs.run_show, name="run-show"),
    path("<slug:slug>/rounds/runs/<uuid:uid>/cancel", runs.run_cancel, name="run-cancel"),
    path("<slug:slug>/rounds/runs/<uuid:uid>/again", runs.run_again, name="run-again"),
    path("<slug:slug>/rounds/runs/<uuid:uid>/repeat", runs.run_repeat, name="run-repeat"),
    path("<slug:slug>/rounds/runs/<uuid:uid>/change/", runs.run_change, name="run-change"),
    path("<slug:slug>/rounds/runs/<uuid:uid>/undo", runs.change_undo, name="change-undo"),
    path("<slug:slug>/rounds/runs/<uuid:uid>/talks/", runs.talks_ask, name="talks-ask"),
    path("<slug:slug>/rounds/runs/<uuid:uid>/publish/", runs.run_publish, name="run-publish"),
]

SETTINGS: list[URLPattern] = [
    path("<slug:slug>/rules/", settings.policy_edit, name="policy-edit"),
    path("<slug:slug>/rules/open", settings.programme_open, name="programme-open"),
    path("<slug:slug>/rules/close", settings.programme_close, name="programme-close"),
    path("<slug:slug>/new-programme/", settings.programme_create, name="programme-create"),
    path("<slug:slug>/team/", settings.team_list, name="team-list"),
    path("<slug:slug>/team/<uuid:uid>/end", settings.team_remove, name="team-remove"),
    path("<slug:slug>/house/", settings.organisation_edit, name="organisation-edit"),
    path("<slug:slug>/house/support/", settings.support_create, name="support-create"),
    path("<slug:slug>/house/support/<uuid:uid>/", settings.support_edit, name="support-edit"),
    path(
        "<slug:slug>/house/support/<uuid:uid>/verify",
        settings.support_verify,
        name="support-verify",
    ),
    path(
        "<slug:slug>/house/support/<uuid:uid>/remove",
        settings.support_remove,
        name="support-remove",
    ),
    path("<slug:slug>/house/sites/", settings.site_create, name="site-create"),
    path("<slug:slug>/house/sites/<uuid:uid>/", settings.site_edit, name="site-edit"),
    path("<slug:slug>/house/sites/<uuid:uid>/units/", settings.unit_create, name="unit-create"),
]

urlpatterns = [*OVERVIEW, *PEOPLE, *IMPORTS, *LINKS, *ROUNDS, *SETTINGS]
