"""Open Badges 3.0: a passed threshold as a signed credential that anybody can check without asking us.

Source: 1EdTech, Open Badges 3.0, section "JSON Web Token Proof Format": the payload is the credential itself
with the registered claims added; the public key stands in the header. The signature is EdDSA (RFC 8037).
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import TYPE_CHECKING, Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

if TYPE_CHECKING:
    from telemachy.apps.relationships.queries.thresholds import Achievement

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]


def are_possible() -> bool:
    """Tell whether this installation has a key to sign with."""
    return bool(settings.BADGE_KEY)


def signed(achievement: Achievement) -> str:
    """Return the badge as a compact JSON Web Token. Raises ImproperlyConfigured without a key."""
    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(settings.BADGE_KEY))
    public = jwt.algorithms.OKPAlgorithm.to_jwk(key.public_key(), as_dict=True)
    credential = _credential(achievement)
    claims = {
        "iss": credential["issuer"]["id"],
        "jti": credential["id"],
        "sub": credential["credentialSubject"]["id"],
        "nbf": int(achievement.passed_at.timestamp()),
    }
    return jwt.encode(credential | claims, key, algorithm="EdDSA", headers={"typ": "JWT", "jwk": public})


def _credential(achievement: Achievement) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "id": f"urn:uuid:{achievement.key}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"Independence: {achievement.competency}",
        "issuer": {
            "id": f"{settings.BASE_URL}/",
            "type": ["Profile"],
            "name": achievement.organisation,
        },
        "validFrom": achievement.passed_at.isoformat(),
        "credentialSubject": {
            "id": f"urn:uuid:{achievement.learner_key}",
            "type": ["AchievementSubject"],
            "identifier": [_identity(achievement.email)] if achievement.email else [],
            "achievement": {
                "id": f"urn:uuid:{achievement.competency_key}",
                "type": ["Achievement"],
                "achievementType": "Competency",
                "name": f"Independence: {achievement.competency}",
                "description": f"Decides new and hard cases of “{achievement.competency}” without guidance.",
                "criteria": {"narrative": achievement.criteria},
            },
        },
    }


def _identity(email: str) -> dict[str, Any]:
    """Return the address so that whoever knows it can check it, and nobody can read it."""
    salt = secrets.token_hex(8)
    digest = hashlib.sha256((email.lower() + salt).encode()).hexdigest()
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": f"sha256${digest}",
        "identityType": "emailAddress",
        "salt": salt,
    }
