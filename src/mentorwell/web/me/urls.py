"""Addresses under /me/."""

from django.urls import path

from mentorwell.web.me.views import keeping, overview, standing, starting, telling, times


app_name = "people"
urlpatterns = [
    path("", overview.me_show, name="me-show"),
    path("who-sees-what/", overview.privacy_show, name="privacy-show"),
    path("not-now/<slug:piece>/", overview.piece_put_off, name="piece-put-off"),
    path("start/", starting.start_find, name="start-find"),
    path("mentor/<slug:slug>/", starting.mentor_begin, name="mentor-begin"),
    path("confirm/<str:secret>/", starting.link_confirm, name="link-confirm"),
    path("still-taking/<str:secret>/", starting.link_still_taking, name="link-still-taking"),
    path("line/", telling.basics_edit, name="basics-edit"),
    path("values/", telling.values_order, name="values-order"),
    path("values/shown/", telling.values_show, name="values-show"),
    path("style/", telling.style_answer, name="style-answer"),
    path("when/", times.when_edit, name="when-edit"),
    path("when/<uuid:uid>/remove/", times.block_remove, name="block-remove"),
    path("apart/", keeping.apart_list, name="apart-list"),
    path("apart/evaluators/", keeping.evaluators_hide, name="evaluators-hide"),
    path("apart/<uuid:uid>/remove/", keeping.apart_remove, name="apart-remove"),
    path("settings/", keeping.settings_edit, name="settings-edit"),
    path("<uuid:uid>/start/", starting.start_edit, name="start-edit"),
    path("<uuid:uid>/confirm/", starting.participation_confirm, name="participation-confirm"),
    path("<uuid:uid>/story/", telling.story_edit, name="story-edit"),
    path("<uuid:uid>/story/draft/drop/", telling.draft_drop, name="draft-drop"),
    path("<uuid:uid>/topics/", telling.topics_choose, name="topics-choose"),
    path("<uuid:uid>/interests/", telling.interests_choose, name="interests-choose"),
    path("<uuid:uid>/places/", standing.places_edit, name="places-edit"),
    path("<uuid:uid>/pause/", standing.participation_pause, name="participation-pause"),
    path("<uuid:uid>/resume/", standing.participation_resume, name="participation-resume"),
    path("<uuid:uid>/leave/", standing.participation_leave, name="participation-leave"),
    path("<uuid:uid>/still-taking/", standing.still_taking_answer, name="still-taking-answer"),
]
