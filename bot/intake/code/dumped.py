"""Error objects of axios and its like, as consoles print them: the request's settings and the answer's status."""

import re
from functools import cache
from itertools import islice

from bot.evidence import Header, HTTPRequest, HTTPResponse, Source
from bot.intake.answers import body_message
from bot.intake.code import encoding
from bot.intake.code.dialects import JAVASCRIPT
from bot.intake.code.evaluation import Evaluation
from bot.intake.code.lexis import UnreadableError
from bot.intake.code.scope import Scope
from bot.intake.code.values import Group, Text
from bot.intake.piece import Piece

MAX_DUMPS = 16


@cache
def _settings() -> re.Pattern[str]:
    return re.compile(r"(?<![\w.])(?:config|options|request):[ \t]*(?=\{)")


@cache
def _answers() -> re.Pattern[str]:
    return re.compile(r"(?<![\w.])response:[ \t]*(?=\{)")


@cache
def _class_names() -> re.Pattern[str]:
    return re.compile(r"(?:Object )?\[?AxiosHeaders\]?(?= ?\{)|\[Object: null prototype\](?= ?\{)")


def read(text: str) -> list[Piece]:
    """Every request, and its answer, in printed error objects."""
    plain = _class_names().sub(lambda match: " " * len(match[0]), text)
    evaluation = Evaluation(Scope(plain, JAVASCRIPT))
    pieces: list[Piece] = []
    for pattern, reader in ((_settings(), _request), (_answers(), _answer)):
        for match in islice(pattern.finditer(plain), MAX_DUMPS):
            try:
                group = evaluation.scope.expressions.group(match.end())
            except UnreadableError:
                continue
            found = reader(evaluation, group)
            if found is not None and not any(piece.start <= match.start() < piece.end for piece in pieces):
                pieces.append(Piece(match.start(), group.end, found))
    return sorted(pieces, key=lambda piece: piece.start)


def _request(evaluation: Evaluation, group: Group) -> HTTPRequest | None:
    url = group.get("url", "baseURL")
    headers = evaluation.texts(group.get("headers"), group.end)
    if url is None or headers is None:
        return None
    method = evaluation.known(group.get("method"), group.end) or ""
    base = evaluation.text(group.get("baseURL"), group.end)
    return HTTPRequest(
        method.upper() or None,
        encoding.joined_url(base, evaluation.text(group.get("url"), group.end)),
        tuple(Header(name, value) for name, value in headers),
        evaluation.known(group.get("data"), group.end) or "",
        Source.TRACE,
        whole=True,
        tool="axios",
    )


def _answer(evaluation: Evaluation, group: Group) -> HTTPResponse | None:
    status = evaluation.known(group.get("status"), group.end) or ""
    if re.fullmatch(r"[1-5][0-9]{2}", status) is None:
        return None
    data = group.get("data")
    found = evaluation.resolve(data, group.end) if data is not None else Text("")
    body = (
        encoding.json_text(evaluation.plain(found, group.end))
        if isinstance(found, Group)
        else evaluation.text(found, group.end)
    )
    headers = evaluation.texts(group.get("headers"), group.end) or []
    fields = tuple(Header(name, value) for name, value in headers)
    return HTTPResponse(int(status), fields, body, Source.TRACE, body_message(body))
