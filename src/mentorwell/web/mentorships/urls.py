"""Addresses of the room of a pair and what happens in it."""

from django.urls import URLPattern, path

from mentorwell.web.mentorships.views import agreements, contact, endings, rooms


app_name = "mentorships"

urlpatterns: list[URLPattern] = [
    path("", rooms.mentorship_list, name="mentorship-list"),
    path("<uuid:uid>/", rooms.room, name="room"),
    path("<uuid:uid>/well/", rooms.silence_answer, name="silence-answer"),
    path("<uuid:uid>/agreement/", agreements.agreement_show, name="agreement-show"),
    path("<uuid:uid>/agreement/answer/", agreements.agreement_answer, name="agreement-answer"),
    path("<uuid:uid>/agreement/print/", agreements.agreement_print, name="agreement-print"),
    path(
        "<uuid:uid>/agreement/agreement.pdf",
        agreements.agreement_download,
        name="agreement-download",
    ),
    path("<uuid:uid>/agreement/propose/", agreements.agreement_propose, name="agreement-propose"),
    path(
        "<uuid:uid>/agreement/<int:version>/agree/",
        agreements.agreement_agree,
        name="agreement-agree",
    ),
    path("<uuid:uid>/end/", endings.mentorship_end, name="mentorship-end"),
    path("<uuid:uid>/undo/", endings.ending_undo, name="ending-undo"),
    path("<uuid:uid>/pause/", endings.mentorship_pause, name="mentorship-pause"),
    path("<uuid:uid>/resume/", endings.mentorship_resume, name="mentorship-resume"),
    path("<uuid:uid>/not-right/", contact.trouble_show, name="trouble-show"),
    path("<uuid:uid>/not-right/stop/", contact.contact_stop, name="contact-stop"),
    path("<uuid:uid>/not-right/call/", contact.call_ask, name="call-ask"),
    path("<uuid:uid>/links/<uuid:question>/", contact.link_answer, name="link-answer"),
]
