"""Addresses of tokens, webhooks, agents, and what agents wrote that waits for a human."""

from django.urls import path

from telemachy.interfaces.web.views import agents, oauth, tokens, webhooks

urlpatterns = [
    path("authorize", oauth.AllowApplication.as_view(), name="application-allow"),
    path("tokens/", tokens.ListTokens.as_view(), name="token-list"),
    path("tokens/<uuid:pk>/revoke/", tokens.RevokeToken.as_view(), name="token-revoke"),
    path("organisation/tokens/", tokens.ListOrganisationTokens.as_view(), name="organisation-tokens"),
    path("organisation/webhooks/", webhooks.ListWebhooks.as_view(), name="webhook-list"),
    path("organisation/webhooks/<uuid:pk>/", webhooks.ShowWebhook.as_view(), name="webhook"),
    path("organisation/deliveries/<uuid:pk>/again/", webhooks.SendAgain.as_view(), name="delivery-again"),
    path("agents/", agents.ListOwnAgents.as_view(), name="own-agents"),
    path("agents/<uuid:pk>/", agents.ShowAgent.as_view(), name="agent"),
    path("agents/<uuid:pk>/step/", agents.StepAgent.as_view(), name="agent-step"),
    path("agents/<uuid:pk>/owner/", agents.HandOverAgent.as_view(), name="agent-hand-over"),
    path("agents/words/", agents.ListHeld.as_view(), name="held-guidance-list"),
    path("agents/words/<uuid:pk>/", agents.DecideHeld.as_view(), name="held-guidance"),
    path("agents/lessons/<uuid:pk>/", agents.DecideLesson.as_view(), name="held-lesson"),
]
