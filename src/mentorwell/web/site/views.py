"""Colours, a sign of life, and the gallery of components."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorwell.foundation import clock
from mentorwell.foundation.icons import ICONS
from mentorwell.web.site.forms import GalleryForm, ThemeForm


YEAR = 365 * 24 * 3600


@require_POST
def theme_set(request: HttpRequest) -> HttpResponse:
    """Keep the chosen colours in a cookie of this browser and go back to the page."""
    form = ThemeForm(request.POST)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    if form.is_valid():
        response.set_cookie(
            "theme",
            form.cleaned_data["theme"],
            max_age=YEAR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


@require_safe
def presence_keep(request: HttpRequest) -> HttpResponse:
    """Answer nothing: being asked is what tells a shared computer's session that someone types."""
    del request
    return HttpResponse(status=204)


@require_http_methods(["GET", "HEAD", "POST"])
def gallery_show(request: HttpRequest) -> HttpResponse:
    """Show every component with sample content; outside production only."""
    today = clock.now().date()
    return render(
        request,
        "web/site/gallery_show.html",
        {
            "form": GalleryForm(request.POST or None),
            "failed": GalleryForm(
                data={"early-values": ["care", "mastery", "service"]}, prefix="early"
            ),
            "today": today,
            "fits": FITS,
            "unknown_fits": UNKNOWN_FITS,
            "icons": list(ICONS),
            "stepper": ["What for", "Where", "Whom to leave out", "See mentors"],
            "group": ["Helen Marsh", "Tunde Adeyemi", "Sofia Lind", "Amara Okafor", "Jun Ito"],
        },
    )


FITS = [
    {
        "label": "Interest",
        "step": 4,
        "words": "You seek fellowship advice and echo; she offers both",
    },
    {"label": "Near", "step": 4, "words": "Same site, both free Thursday after 4 pm"},
    {"label": "Values", "step": 3, "words": "You both put Mastery and Service first"},
    {"label": "Style", "step": 2, "words": "Both direct; she plans more than you do"},
]
UNKNOWN_FITS = [
    {"label": "Interest", "step": 3, "words": "Quality improvement, teaching on rounds"},
    {"label": "Near", "step": 1, "words": "Other site; happy to meet by video"},
    {"label": "Values", "step": None, "words": "He has not chosen values yet"},
    {"label": "Style", "step": 0, "words": "He thinks aloud, you think first"},
]
