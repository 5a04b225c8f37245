"""What is wrong with a parameter or a body, as a sentence that a person understands."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request

from dashboard.api.refusals import InvalidRequest

HINT: Final = "The documentation shows what fits: /api/v1/docs."

# What pydantic calls the mistake -> what we call it; a place such as {limit} comes from its context.
MISTAKES: Final[dict[str, str]] = {
    "missing": "'{field}' is missing.",
    "extra_forbidden": "'{field}' is not known here.",
    "string_type": "'{field}' has to be text.",
    "string_too_long": "'{field}' is longer than {max_length} characters.",
    "string_too_short": "'{field}' is shorter than {min_length} characters.",
    "string_pattern_mismatch": "'{field}' does not have the form it needs: {pattern}.",
    "int_type": "'{field}' has to be a whole number.",
    "int_parsing": "'{field}' has to be a whole number.",
    "int_parsing_size": "'{field}' is too large.",
    "int_from_float": "'{field}' has to be a whole number.",
    "float_type": "'{field}' has to be a number.",
    "float_parsing": "'{field}' has to be a number.",
    "finite_number": "'{field}' has to be a finite number.",
    "bool_type": "'{field}' is true or false.",
    "bool_parsing": "'{field}' is true or false.",
    "greater_than": "'{field}' has to be greater than {gt}.",
    "greater_than_equal": "'{field}' has to be {ge} or more.",
    "less_than": "'{field}' has to be less than {lt}.",
    "less_than_equal": "'{field}' has to be {le} or less.",
    "literal_error": "'{field}' has to be one of: {expected}.",
    "enum": "'{field}' has to be one of: {expected}.",
    "union_tag_invalid": "'{field}' has to be one of: {expected_tags}.",
    "union_tag_not_found": "'{field}' does not say what it is: {discriminator} is missing.",
    "list_type": "'{field}' has to be a list.",
    "dict_type": "'{field}' has to be an object.",
    "model_attributes_type": "'{field}' has to be an object.",
    "model_type": "'{field}' has to be an object.",
    "too_short": "'{field}' needs at least {min_length} of them.",
    "too_long": "'{field}' takes at most {max_length} of them.",
    "date_type": "'{field}' has to be a day, such as 2026-03-01.",
    "date_parsing": "'{field}' has to be a day, such as 2026-03-01.",
    "date_from_datetime_parsing": "'{field}' has to be a day, such as 2026-03-01.",
    "date_from_datetime_inexact": "'{field}' has to be a day, such as 2026-03-01.",
}


def refusal(request: Request, mistake: dict[str, Any]) -> InvalidRequest:
    """Return what to say of the first mistake that was found in a request."""
    place, *inside = mistake["loc"]
    if mistake["type"] == "json_invalid":
        return InvalidRequest(
            "The body is no JSON: {reason} at character {position}.",
            hint="Send one JSON object.",
            reason=mistake["ctx"]["error"],
            position=inside[0],
        )
    if place == "body" and not inside and not _is_json(request):
        return InvalidRequest(
            "The body is no JSON.", hint="Send it with the header 'Content-Type: application/json'."
        )
    field = ".".join(map(str, inside)) or "body"
    template = MISTAKES.get(mistake["type"])
    if template is None:
        return InvalidRequest(
            "'{field}' cannot be used: {reason}.", hint=HINT, field=field, reason=mistake["msg"]
        )
    return InvalidRequest(template, hint=HINT, **{**_plain(mistake.get("ctx", {})), "field": field})


def _plain(context: dict[str, Any]) -> dict[str, object]:
    return {key: value if isinstance(value, int | float) else str(value) for key, value in context.items()}


def _is_json(request: Request) -> bool:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return media_type == "application/json" or media_type.endswith("+json")
