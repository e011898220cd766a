"""Addresses of the search and of invitations."""

from django.urls import path

from mentorwell.web.matching.views import answers, helping, invitations, mentors, rounds, wishes


app_name = "matching"

SEARCH = [
    path("mentors/", mentors.mentor_list, name="mentor-list"),
    path("mentors/compare/", mentors.mentor_compare, name="mentor-compare"),
    path("mentors/help/", helping.help_ask, name="help-ask"),
    path("mentors/help/<uuid:uid>/", helping.help_show, name="help-show"),
    path("mentors/help/<uuid:uid>/answer/", helping.help_answer, name="help-answer"),
    path("mentors/waiting/<uuid:uid>/", wishes.wish_show, name="wish-show"),
    path("mentors/waiting/<uuid:uid>/end/", wishes.wish_end, name="wish-end"),
    path("mentors/<uuid:uid>/", mentors.mentor_show, name="mentor-show"),
    path("mentors/<uuid:uid>/wait/", wishes.wish_make, name="wish-make"),
    path("mentors/<uuid:uid>/invite/", invitations.invitation_write, name="invitation-write"),
]

INVITATIONS = [
    path("invitations/", invitations.invitation_list, name="invitation-list"),
    path("invitations/answered/<slug:how>/", answers.answer_done, name="answer-done"),
    path("invitations/answer/<str:secret>/", answers.invitation_answer, name="invitation-answer"),
    path("invitations/<uuid:uid>/", invitations.invitation_show, name="invitation-show"),
    path(
        "invitations/<uuid:uid>/withdraw/",
        invitations.invitation_withdraw,
        name="invitation-withdraw",
    ),
]

ROUNDS = [
    path("rounds/<uuid:uid>/", rounds.round_show, name="round-show"),
    path("rounds/<uuid:uid>/part", rounds.round_speak, name="round-speak"),
    path("rounds/<uuid:uid>/doors", rounds.doors_open, name="doors-open"),
    path("rounds/<uuid:uid>/wishes/", rounds.wishes_edit, name="wishes-edit"),
    path("rounds/<uuid:uid>/marks/<uuid:mentor>", rounds.wish_mark, name="wish-mark"),
    path("rounds/<uuid:uid>/people/<uuid:key>", rounds.mentee_speak, name="mentee-speak"),
    path("rounds/talks/<uuid:uid>", rounds.talk_react, name="talk-react"),
    path("rounds/suggestions/<uuid:uid>/invite", rounds.proposal_invite, name="proposal-invite"),
    path("rounds/suggestions/<uuid:uid>/pass", rounds.proposal_pass, name="proposal-pass"),
    path("rounds/suggestions/<uuid:uid>/again", rounds.proposal_again, name="proposal-again"),
]

urlpatterns = [*SEARCH, *INVITATIONS, *ROUNDS]
