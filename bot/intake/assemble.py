"""Putting pieces together.

Which answer belongs to which request, which hops were redirects, what was a token request.
"""

from bot.evidence import Exchange, HTTPRequest, HTTPResponse, Source, TokenRequest
from bot.intake.documents import TOKEN_ERRORS
from bot.intake.parts_of_answers import completes, is_bare, joined, speaking
from bot.intake.piece import Piece
from bot.intake.token_calls import (
    as_token_request,
    endpoint_of,
    error_of,
    is_authorization_servers,
    is_gateways,
    is_success,
    is_token_response,
)
from bot.url import read_url

MAX_EXCHANGES = 200


class Assembled:
    """Exchanges and token requests in the order of the text."""

    def __init__(self, domains: tuple[str, ...]) -> None:
        self._domains = domains
        self.exchanges: list[Exchange] = []
        self.token_requests: list[TokenRequest] = []
        self._open: str = ""
        """What the next answer belongs to: ``exchange``, ``token``, or nothing."""

    def add(self, piece: Piece) -> None:
        """Take the next piece; the kinds that are neither request nor answer are left to the caller."""
        value = piece.value
        if len(self.exchanges) + len(self.token_requests) > MAX_EXCHANGES:
            return
        if isinstance(value, Exchange):
            self._add_exchange(value)
        elif isinstance(value, HTTPRequest):
            self._add_request(value)
        elif isinstance(value, HTTPResponse):
            self._add_response(speaking(value))
        elif isinstance(value, TokenRequest):
            self._add_token_request(value)

    def _add_exchange(self, value: Exchange) -> None:
        request = value.request
        endpoint = endpoint_of(request, self._domains) if request else None
        if request and endpoint:
            self._add_token_request(as_token_request(request, value.response, endpoint))
            return
        answer = speaking(value.response) if value.response else None
        if request and self.exchanges and self._is_next_hop(self.exchanges[-1], request):
            self._add_request(request)
            if answer:
                self._add_response(answer)
            return
        last = self.exchanges[-1] if self.exchanges else None
        if (
            last
            and request
            and last.response is None
            and last.request
            and _same_target(last.request, request)
            and request.source is Source.TRACE
        ):
            self.exchanges[-1] = last._replace(response=answer)
        else:
            self.exchanges.append(value._replace(response=answer))
        self._open = "exchange"

    def _add_request(self, request: HTTPRequest) -> None:
        endpoint = endpoint_of(request, self._domains)
        if endpoint:
            self.token_requests.append(as_token_request(request, None, endpoint))
            self._open = "token"
            return
        last = self.exchanges[-1] if self.exchanges else None
        if last and self._is_next_hop(last, request):
            hop = last.response
            hops = (*last.hops, hop) if hop else last.hops
            self.exchanges[-1] = last._replace(response=None, hops=hops, last_request=request)
        elif (
            last
            and last.response is None
            and last.request
            and last.request.source is Source.COMMAND
            and request.source is Source.TRACE
            and _same_target(last.request, request)
        ):
            self.exchanges[-1] = Exchange(_merged(last.request, request), None)
        else:
            self.exchanges.append(Exchange(request, None))
        self._open = "exchange"

    def _is_next_hop(self, last: Exchange, request: HTTPRequest) -> bool:
        answer = last.response
        if answer is None or answer.status is None or not 300 <= answer.status < 400:
            return False
        location, following = answer.header("location") or "", request.target
        target = read_url(location)
        if following is None:
            return False
        if request.source is Source.TRACE:
            return target is None or target.host == following.host
        if request.source is not Source.RAW:  # whoever writes the next command follows no redirect
            return False
        before = last.request.target if last.request else None
        host = target.host if target else before.host if before else ""
        path = target.path if target else location.partition("?")[0]
        return (host, path) == (following.host, following.path)

    def _add_response(self, response: HTTPResponse) -> None:
        if is_token_response(response) and self._open != "token":
            self._bare_status(success=True)
            return
        if self._open == "token" and self.token_requests:
            last = self.token_requests[-1]
            if is_gateways(response) and (last.response is None or is_bare(last.response)):
                # the call that the token was for has answered, not the token endpoint
                self.token_requests[-1] = last._replace(response=None, error="", description="")
                answer = joined(last.response, response) if last.response else response
                self.exchanges.append(Exchange(None, answer))
                self._open = "exchange"
                return
            if last.response is None or completes(last.response, response):
                merged = joined(last.response, response) if last.response else response
                error, description = error_of(merged)
                self.token_requests[-1] = last._replace(
                    response=merged, error=error or last.error, description=description or last.description
                )
                return
        if self.exchanges and self._open == "exchange":
            exchange = self.exchanges[-1]
            if exchange.response is None:
                self.exchanges[-1] = exchange._replace(response=response)
                return
            if completes(exchange.response, response):
                self.exchanges[-1] = exchange._replace(response=joined(exchange.response, response))
                return
            if (
                exchange.response.status is not None
                and 300 <= exchange.response.status < 400
                and response.status is not None
            ):
                self.exchanges[-1] = exchange._replace(response=response, hops=(*exchange.hops, exchange.response))
                return
        if is_authorization_servers(response):
            self.token_requests.append(TokenRequest(None, "token", (), response, *error_of(response)))
            self._open = "token"
            return
        self.exchanges.append(Exchange(None, response))
        self._open = "exchange"

    def _bare_status(self, *, success: bool) -> HTTPResponse | None:
        """Take back the status line that stands alone before a token endpoint's answer: it is that answer's."""
        last = self.exchanges[-1] if self.exchanges and self._open == "exchange" else None
        if last is None or last.request is not None or last.response is None or last.response.body:
            return None
        if is_success(last.response) is not success:
            return None
        del self.exchanges[-1]
        self._open = ""
        return last.response

    def _add_token_request(self, value: TokenRequest) -> None:
        last = self.token_requests[-1] if self.token_requests else None
        if value.response is not None:
            value = value._replace(response=speaking(value.response))
        if last and self._open == "token" and value.url is None and last.response is None and not value.parameters:
            self.token_requests[-1] = last._replace(
                response=value.response, error=value.error, description=value.description
            )
        elif last and self._open == "token" and value.url is None and value.parameters and not _has_grant(last):
            self.token_requests[-1] = last._replace(parameters=(*last.parameters, *value.parameters))
        elif value.url is None and not value.parameters and self._answers_exchange(value):
            self._add_response(value.response or HTTPResponse(None, (), "", Source.LOOSE))
        else:
            if (
                value.url is None
                and not value.parameters
                and value.response
                and (status := self._bare_status(success=False))
            ):
                value = value._replace(response=joined(status, value.response))
            self.token_requests.append(value)
            self._open = "token"

    def _answers_exchange(self, value: TokenRequest) -> bool:
        """An error body after a request to the API is that request's answer, whatever server wrote it."""
        if self._open != "exchange" or not self.exchanges or value.response is None:
            return False
        exchange = self.exchanges[-1]
        return (
            exchange.request is not None
            and (exchange.response is None or completes(exchange.response, value.response))
            and value.error
            not in (
                TOKEN_ERRORS
                - {
                    "unauthorized",
                    "access_denied",
                    "invalid_request",
                    "server_error",
                    "temporarily_unavailable",
                    "too_many_requests",
                }
            )
        )


def _has_grant(request: TokenRequest) -> bool:
    return request.endpoint != "token" or any(name == "grant_type" for name, _ in request.parameters)


def _same_target(left: HTTPRequest, right: HTTPRequest) -> bool:
    one, other = left.target, right.target
    if one is None or other is None:
        path = (one or other).path if (one or other) else ""  # type: ignore[union-attr]  # one of the two is not None here
        return (
            bool(path)
            and (left.url or "").endswith(path)
            and (right.url or "").partition("?")[0].endswith(path.partition("?")[0])
        )
    return one.host == other.host and one.path.rstrip("/") == other.path.rstrip("/")


def _merged(command: HTTPRequest, sent: HTTPRequest) -> HTTPRequest:
    """A command and the transcript of the same call: what was sent counts, flags and tool come from the command."""
    return sent._replace(
        tool=command.tool, flags=command.flags | sent.flags, url=sent.url if sent.target else command.url
    )
