"""Addresses of the demonstration; in no other mode are they there."""

from django.urls import path

from mentorwell.web.demo import views


app_name = "demo"
urlpatterns = [
    path("", views.people_list, name="people-list"),
    path("step-in/<uuid:uid>/", views.person_enter, name="person-enter"),
    path("mail/", views.mail_list, name="mail-list"),
    path("mail/<str:name>/", views.mail_show, name="mail-show"),
]
