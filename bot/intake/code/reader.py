"""What the readers of all languages share: going through the places that look like a call, one request from each."""

import re
from itertools import islice

from bot.evidence import TokenRequest
from bot.intake.code.calls import MAX_CALLS, Call
from bot.intake.code.dialects import Dialect
from bot.intake.code.evaluation import Evaluation
from bot.intake.code.lexis import UnreadableError
from bot.intake.code.scope import Scope
from bot.intake.code.values import Chain, Group, Link
from bot.intake.piece import Piece

REACH = 40_000
"""How far from a request, in characters, what belongs to it is looked for."""


class CodeReader:
    """Reads the requests of one text in one language. A language says where calls may begin, and reads one."""

    dialect: Dialect

    def __init__(self, text: str) -> None:
        self.text = text
        self.scope = Scope(text, self.dialect)
        self.evaluation = Evaluation(self.scope)
        self.pieces: list[Piece] = []
        self.behind = 0

    def anchors(self) -> re.Pattern[str]:
        """Where calls may begin."""
        raise NotImplementedError  # each language's own

    def call(self, match: re.Match[str]) -> Call | None:
        """The request that the code at an anchor sends; None where it sends none."""
        raise NotImplementedError  # each language's own

    def read(self) -> list[Piece]:
        """Every request, in order."""
        for match in islice(self.anchors().finditer(self.text), MAX_CALLS * 16):
            if len(self.pieces) >= MAX_CALLS:
                break
            if match.start() < self.behind or self.scope.expressions.is_comment(match.start()):
                continue
            self.scope.used = []
            try:
                call = self.call(match)
            except UnreadableError:
                continue
            piece = call.piece(self.behind) if call is not None else None
            if piece is not None:
                self.pieces.append(piece)
                self.behind = piece.end
        return self.pieces

    def start(self, chain: Chain, link: Link, tool: str) -> Call:
        """A request that the called link of a chain sends."""
        end = link.arguments.end if link.arguments else chain.end
        return Call(self.evaluation, chain.start, end, tool)

    def chain_at(self, at: int, *names: str) -> tuple[Chain, Link, tuple[Link, ...]] | None:
        """The chain at a place, its first called link with one of the names, and the links before it."""
        chain = self.scope.expressions.chain(at)
        link = chain.link(*names) if chain else None
        if chain is None or link is None:
            return None
        return chain, link, chain.links[: chain.links.index(link)]

    def calls_on(self, target: str, since: int, *methods: str) -> list[Group]:
        """The arguments of calls of some methods on a variable, from a place on until it is assigned again."""
        if not target:
            return []
        names = "|".join(re.escape(method) for method in methods)
        pattern = re.compile(rf"(?<![\w.]){re.escape(target.rpartition('.')[2])}(?:\.|->)(?:{names})[ \t]*+(?=\()")
        end = min(self.scope.until(target, since), since + REACH)
        found = islice(pattern.finditer(self.text, since, end), 40)
        return [self.scope.expressions.group(match.end()) for match in found]


def token_piece(start: int, end: int, request: TokenRequest) -> Piece:
    """A token request as a piece."""
    return Piece(start, max(end, start + 1), request)
