"""Exports of tools, as JSON amid text: HAR, Postman, Insomnia, nodes of automation tools, logged requests.

``documents`` finds the JSON, ``draft`` puts a request together; each tool has a module. A document that none of them
knows is left to other readers.
"""

from bot.intake.piece import Piece

BRUNO = ("meta {", "auth:bearer {", "auth:basic {")
MARKS = (
    '"request"',
    '"headers"',
    '"header"',
    '"_postman',
    '"startedDateTime"',
    '"__export_format"',
    "collection.insomnia.rest",
    "n8n-nodes-base",
    '"headerParameters"',
    '"headerParametersUi"',
    '"request_headers"',
    '"requestHeaders"',
    '"mapper"',
    '"inputs"',
    '"accessTokenUrl"',
    '"authorization":',
    '"Authorization":',
    '"auth":"Bearer',
    '"auth": "Bearer',
    'auth_header":',
    'authHeader":',
    'authorization_header":',
    'uthorizationHeader":',
    'http_authorization":',
    *BRUNO,
)
"""Words of which one stands in every export that is read."""


def has_marks(text: str) -> bool:
    """Whether the text may hold an export of a tool."""
    return any(mark in text for mark in MARKS)


def read(text: str) -> list[Piece]:
    """Every request, with its answer where one is shown, in the order of the text."""
    from bot.intake.exports import documents, insomnia_yaml, recognised

    pieces: list[Piece] = []
    found = documents.documents(text)
    variables = recognised.variables([document.value for document in found])
    for document in found:
        for place, value in enumerate(recognised.values(document.value, variables)):
            start = min(document.start + place, document.end - 1)
            pieces.append(Piece(start, document.end, value))
    pieces += insomnia_yaml.read(text)
    if any(mark in text for mark in BRUNO):
        from bot.intake.exports import bruno

        pieces += bruno.read(text)
    return sorted(pieces, key=lambda piece: piece.start)
