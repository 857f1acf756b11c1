"""Which answer a modal shows: a late result must not take the place of what came after it."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

REMEMBERED = 1000


@dataclass
class View:
    """What one modal shows: the answer with this reference, or None where that is not known; and a ``note`` in it."""

    reference: str | None = None
    note: str = ""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Shown:
    """The modals that await something, by view id."""

    def __init__(self) -> None:
        self._views: OrderedDict[str, View] = OrderedDict()

    def shows(self, view_id: str, reference: str) -> None:
        """Note that a modal shows the answer with this reference."""
        view = self._view(view_id)
        view.reference, view.note = reference, ""

    @asynccontextmanager
    async def changing(self, view_id: str, reference: str) -> AsyncIterator[View | None]:
        """Hold a modal while its answer is changed; None where it shows another one by now."""
        view = self._view(view_id)
        async with view.lock:
            yield view if view.reference in {None, reference} else None

    @asynccontextmanager
    async def replacing(self, view_id: str) -> AsyncIterator[None]:
        """Hold a modal while something else takes the place of whatever answer it shows, or was about to show."""
        view = self._view(view_id)
        view.reference = ""
        async with view.lock:
            yield

    def _view(self, view_id: str) -> View:
        view = self._views.setdefault(view_id, View())
        while len(self._views) > REMEMBERED:
            self._views.popitem(last=False)
        return view
