"""The API as ninja runs it: our refusals, our keys, and a description that says all that can happen."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import BaseRenderer
from pydantic_core import to_json

from telemachy import __version__
from telemachy.apps.integrations.queries.tokens import Caller
from telemachy.interfaces.api import examples, problems
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.problems import CONTENT_TYPE, KNOWN, TYPE, Problem

DESCRIPTION = """\
Everything that the pages do, under the same rules. Send `Authorization: Bearer <token>`; whom the token
stands for decides what there is to see. Refusals are problems (RFC 9457) whose `type` names what is wrong.
Lists come in pages: send the `next` of one as `cursor` of the following. Writes take an `Idempotency-Key`.
"""
ROOT = "/api/v1/"
#: What any call may be refused with.
REFUSALS = (400, 401, 403, 404, 409, 413, 415, 422, 429)


class Bearer:
    """Lets those tokens pass that hold one of the scopes."""

    openapi_security_schema = {"type": "http", "scheme": "bearer", "description": "A token of Telemachy."}

    def __init__(self, *scopes: str) -> None:
        self.scopes = scopes

    def __call__(self, request: CallRequest) -> Caller:
        """Return who calls. Raises Problem when the token holds none of the scopes."""
        caller = request.caller
        if not caller.may(*self.scopes):
            needed = " or ".join(self.scopes)
            raise Problem("missing-scope", f"The token needs the scope {needed}.")
        return caller


class Json(BaseRenderer):
    """Writes answers with pydantic's own encoder, which is several times quicker than Django's."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """Return the answer's body."""
        return to_json(data)


class Description(OpenAPISchema):
    """Ninja's description, in which a name stands for one shape: ninja would let the later one win."""

    def add_schema_definitions(self, definitions: dict[str, Any]) -> None:
        """Take shapes in. Raises TypeError where another shape has the name."""
        for name, shape in definitions.items():
            if self.schemas.setdefault(name, shape) != shape:
                raise TypeError(f"two shapes of the API are called {name}: give one another name")


class TelemachyAPI(NinjaAPI):
    """Ninja with one shape of refusals, also in its description."""

    _described: OpenAPISchema | None = None

    def set_default_exception_handlers(self) -> None:
        """Answer whatever goes wrong in the one shape, also what ninja has answers of its own for."""
        for kind in (Exception, Http404, HttpError, ValidationError):
            self.add_exception_handler(kind, _refuse)

    def get_root_path(self, path_params: dict[str, Any]) -> str:
        """Return where the API begins; its addresses are not among those of the pages."""
        return ROOT

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the description, which anybody may read: made once, since it takes a while."""
        if self._described is None:
            self._described = self._described_whole()
        return self._described

    def _described_whole(self) -> OpenAPISchema:
        """Return it with examples, refusals, idempotency keys and headers at every operation."""
        schema = Description(self, ROOT)
        schemas = schema["components"]["schemas"]
        for methods in schema["paths"].values():
            for operation in methods.values():
                examples.add(operation, schemas)
        schema["components"]["schemas"]["Problem"] = PROBLEM
        schema["components"]["responses"] = {f"Refused{status}": _refusal(status) for status in REFUSALS}
        schema["components"]["headers"] = RATE_HEADERS
        for methods in schema["paths"].values():
            for method, operation in methods.items():
                _complete(method, operation)
        return schema


def _refuse(request: HttpRequest, error: Any) -> HttpResponse:
    return problems.answer(problems.of_error(error), request)


def _complete(method: str, operation: dict[str, Any]) -> None:
    for response in operation["responses"].values():
        response["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in RATE_HEADERS}
    for status in REFUSALS:
        operation["responses"][status] = {"$ref": f"#/components/responses/Refused{status}"}
    if method != "get":
        operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)


def _refusal(status: int) -> dict[str, Any]:
    code, (_status, title) = next((code, known) for code, known in KNOWN.items() if known[0] == status)
    example = {
        "type": TYPE + code,
        "title": title,
        "status": status,
        "detail": title,
        "instance": "urn:request:1",
    }
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": HTTPStatus(status).phrase,
        "content": {CONTENT_TYPE: {"schema": schema, "example": example}},
    }


RATE_HEADERS = {
    "RateLimit-Limit": {"description": "Calls a minute.", "schema": {"type": "integer"}},
    "RateLimit-Remaining": {"description": "Calls left in this minute.", "schema": {"type": "integer"}},
    "RateLimit-Reset": {"description": "Seconds until the next minute.", "schema": {"type": "integer"}},
}
IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "The same call with the same key within a day is answered the same and done once.",
    "schema": {"type": "string", "minLength": 8, "maxLength": 200, "pattern": "^[!-~]+$"},
    "example": "6f1c0a52-refund-17",
}
PROBLEM = {
    "title": "Problem",
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "enum": [TYPE + code for code in KNOWN]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["path", "message"],
                "properties": {
                    "path": {"type": "string", "examples": ["body.goal_id"]},
                    "message": {"type": "string"},
                },
            },
        },
    },
}

api = TelemachyAPI(
    title="Telemachy",
    version=__version__,
    description=DESCRIPTION,
    docs_url=None,
    urls_namespace="api",
    auth=Bearer("read"),
    renderer=Json(),
)
