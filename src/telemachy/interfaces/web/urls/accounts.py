"""Addresses of accounts. What allauth serves itself is below /account/ too."""

from django.urls import path

from telemachy.interfaces.web.views import accounts, privacy

urlpatterns = [
    path("invitation/<str:token>/", accounts.AcceptInvitation.as_view(), name="invitation-accept"),
    path("welcome/", accounts.Welcome.as_view(), name="welcome"),
    path("profile/", accounts.EditProfile.as_view(), name="profile"),
    path("preferences/", accounts.EditPreferences.as_view(), name="preferences"),
    path("preferences/availability/", accounts.SetAvailability.as_view(), name="availability"),
    path("preferences/mail/", accounts.ChooseMail.as_view(), name="mail-frequency"),
    path("language/", accounts.SetLanguage.as_view(), name="set_language"),
    path("organisations/switch/", accounts.SwitchPerson.as_view(), name="person-switch"),
    # Before allauth's page of that name: addresses are the organisation's to change.
    path("account/email/", accounts.ShowAddress.as_view(), name="account_email"),
    path("privacy/", privacy.ShowPrivacy.as_view(), name="privacy"),
    path("privacy/consent/", privacy.ChangeConsent.as_view(), name="consent"),
    path("privacy/exports/", privacy.RequestExport.as_view(), name="data-export-request"),
    path("privacy/exports/<uuid:pk>/", privacy.DownloadExport.as_view(), name="data-export"),
    path("privacy/erase/", privacy.Erase.as_view(), name="erase"),
]
