"""Addresses of the organisation's administration."""

from django.urls import path

from telemachy.interfaces.web.views import audit, organisation

urlpatterns = [
    path("organisation/", organisation.ListPeople.as_view(), name="organisation"),
    path("organisation/people/add/", organisation.AddPerson.as_view(), name="organisation-person-add"),
    path("organisation/people/invite/", organisation.InviteMany.as_view(), name="organisation-invite"),
    path("organisation/people/<uuid:pk>/", organisation.ChangePerson.as_view(), name="organisation-person"),
    path("organisation/agents/", organisation.ListAgents.as_view(), name="agent-list"),
    path("organisation/settings/", organisation.EditSettings.as_view(), name="organisation-settings"),
    path("organisation/audit/", audit.ShowTrail.as_view(), name="audit-trail"),
    path("organisation/audit/export/", audit.ExportTrail.as_view(), name="audit-export"),
    path("organisation/mail/", audit.ListMail.as_view(), name="undelivered-mail"),
    path("organisation/mail/<uuid:pk>/resend/", audit.ResendMail.as_view(), name="mail-resend"),
    path("organisation/jobs/", audit.ListDeadLetters.as_view(), name="dead-letters"),
    path("organisation/jobs/<uuid:pk>/retry/", audit.RetryJob.as_view(), name="dead-letter-retry"),
]
