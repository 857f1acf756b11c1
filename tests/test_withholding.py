import json

import pytest

from bot.render.document import document
from tests.diagnosing import mint, raw, report_of

TOKEN = mint("jwt")
OPAQUE = mint("hex:64")


@pytest.mark.parametrize(
    "text",
    [
        f'{raw(f"Bearer {OPAQUE}")}\nHTTP/1.1 401 Unauthorized\n\n{{"message":"invalid token {OPAQUE}"}}',
        f"curl -H 'Authorization: Bearer {TOKEN}' 'https://rolodex.api.rhythmsoftware.com/contacts/{TOKEN[30:90]}'",
        f"curl -H 'Authorization: Bearer {TOKEN}' 'https://{TOKEN[30:70]}.example.org/{TOKEN[-40:]}?x={TOKEN}'",
        f"{mint('jwt as=t hide aud=https://api.example.org')}{mint('jwt aud=' + OPAQUE)} {OPAQUE}",
        f"Authorization: {TOKEN[100:140]} {TOKEN}",
        f"HTTP/1.1 401 {mint('opaque')}\n\n",
        f"I call https://rolodex.api.rhythmsoftware.com/contacts/{mint('opaque')}?{mint('opaque')}=1",
    ],
)
def test_no_echo_of_a_credential_shows_in_a_report(text: str) -> None:
    said = json.dumps(document(report_of(text)))

    for secret in (OPAQUE, TOKEN, mint("opaque")):
        assert [at for at in range(len(secret) - 24) if secret[at : at + 25] in said] == []
