"""Other providers' tokens: the issuers and the first letters by which they are known."""

import re

from bot.url import read_url

FOREIGN_HOSTS: tuple[tuple[str, str], ...] = (
    ("accounts.google.com", "Google"),
    ("securetoken.google.com", "Firebase"),
    ("login.microsoftonline.com", "Microsoft Entra"),
    ("sts.windows.net", "Microsoft Entra"),
    (".b2clogin.com", "Azure AD B2C"),
    (".ciamlogin.com", "Microsoft Entra"),
    ("cognito-idp.", "Amazon Cognito"),
    (".okta.com", "Okta"),
    (".oktapreview.com", "Okta"),
    (".okta-emea.com", "Okta"),
    ("appleid.apple.com", "Apple"),
    ("token.actions.githubusercontent.com", "GitHub Actions"),
    ("www.linkedin.com", "LinkedIn"),
    ("www.facebook.com", "Facebook"),
    ("gitlab.com", "GitLab"),
    ("login.salesforce.com", "Salesforce"),
    (".my.salesforce.com", "Salesforce"),
    (".onelogin.com", "OneLogin"),
    (".pingone.com", "PingOne"),
    (".clerk.accounts.dev", "Clerk"),
    (".supabase.co", "Supabase"),
    ("slack.com", "Slack"),
    (".stytch.com", "Stytch"),
    ("api.workos.com", "WorkOS"),
    (".fusionauth.io", "FusionAuth"),
)
"""Hosts of other identity providers: a whole name, or a part that begins or ends one."""

FOREIGN_PREFIXES: tuple[tuple[str, str], ...] = (
    ("ya29.", "Google"),
    ("AIza", "Google"),
    ("1//", "Google"),
    ("ghp_", "GitHub"),
    ("gho_", "GitHub"),
    ("ghu_", "GitHub"),
    ("ghs_", "GitHub"),
    ("ghr_", "GitHub"),
    ("github_pat_", "GitHub"),
    ("glpat-", "GitLab"),
    ("xox", "Slack"),
    ("xapp-", "Slack"),
    ("sk_live_", "Stripe"),
    ("sk_test_", "Stripe"),
    ("rk_live_", "Stripe"),
    ("sk-", "OpenAI or a similar service"),
    ("AKIA", "AWS"),
    ("ASIA", "AWS"),
    ("EAAC", "Facebook"),
    ("SG.", "SendGrid"),
    ("shpat_", "Shopify"),
    ("npm_", "npm"),
    ("dop_v1_", "DigitalOcean"),
    ("pat-", "HubSpot"),
    ("00D", "Salesforce"),
)
"""First letters by which other services' tokens are known."""


def foreign_issuer(issuer: str) -> str | None:
    """The provider that an issuer belongs to, where it is a known one that is neither Auth0 nor Rhythm."""
    url = read_url(issuer if "://" in issuer else f"https://{issuer}")
    host = url.host if url else ""
    if host.endswith(".auth0.com"):
        return None
    for name, provider in FOREIGN_HOSTS:
        if (
            host == name
            or (name.startswith(".") and host.endswith(name))
            or (name.endswith(".") and host.startswith(name))
        ):
            return provider
    if url and re.search(r"^/(?:auth/)?realms/", url.path):
        return "Keycloak"
    return None


def foreign_prefix(value: str) -> str | None:
    """The service whose tokens begin like this value."""
    if value.startswith("00D") and "!" not in value:
        return None
    return next((service for prefix, service in FOREIGN_PREFIXES if value.startswith(prefix)), None)
