"""What IT may touch: accounts and reference data, never anything personal."""

from django.contrib import admin


class ITAdminSite(admin.AdminSite):
    """Django admin under the product's own name."""

    site_header = "Mentorwell accounts"
    site_title = "Mentorwell accounts"
    index_title = "Accounts and reference data"
