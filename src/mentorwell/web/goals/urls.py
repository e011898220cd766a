"""Addresses of goals."""

from django.urls import URLPattern, path

from mentorwell.web.goals import views


app_name = "goals"

urlpatterns: list[URLPattern] = [
    path("", views.goal_list, name="goal-list"),
    path("new/", views.goal_write, name="goal-write"),
    path("<uuid:uid>/", views.goal_show, name="goal-show"),
    path("<uuid:uid>/change/", views.goal_change, name="goal-change"),
    path("<uuid:uid>/settle/", views.goal_settle, name="goal-settle"),
    path("<uuid:uid>/share/", views.goal_share, name="goal-share"),
]
