"""The words by which code is seen: of each language, and of Authorization fields that code sets."""

_WORDS: tuple[tuple[str, str], ...] = (
    ("coldfusion", "<cfhttp | cfhttp("),
    (
        "auth0",
        (
            "Auth0Client( | createAuth0( | provideAuth0( | WebAuth( | Auth0Provider | AuthModule.forRoot("
            " | TokenSilently( | Auth0Lock | Auth0Strategy( | Auth0Handler | new Auth0( | initAuth0( | issuerBaseURL"
            " | AuthenticationClient( | AuthenticationApiClient( | loginWith | handleLogin( | GetToken("
            " | fetch_token( | clientcredentials.Config"
        ),
    ),
    (
        "login_libraries",
        (
            "Auth0Provider( | Auth0({ | AddAuth0WebAppAuthentication( | .webAuth( | WebAuthProvider"
            " | webAuthentication( | provider :auth0 | oauth.register("
        ),
    ),
    (
        "authorize_urls",
        (
            "urlencode( | http_build_query( | encode_www_form( | URLSearchParams( | .stringify( | .searchParams."
            " | .queryParam( | .appendQueryParameter( | .addParameter( | .addQueryParam"
        ),
    ),
    ("r", "httr | add_headers( | req_perform( | <- GET( | <- POST("),
    (
        "python",
        (
            "requests.get( | requests.post( | requests.put( | requests.patch( | requests.delete("
            " | requests.request( | requests.head( | requests.options( | requests.Session( | requests.session("
            " | httpx. | aiohttp. | urllib.request | urlopen( | http.client | urllib3."
        ),
    ),
    (
        "java",
        (
            "HttpRequest.newBuilder | Request.Builder | openConnection( | .exchange( | new HttpGet("
            " | new HttpPost( | new HttpPut( | new HttpDelete( | Unirest. | .uri( | getForObject( | getForEntity("
            " | postForEntity( | postForObject( | setEndpoint("
        ),
    ),
    (
        "dotnet",
        (
            "HttpRequestMessage | RestRequest( | WebRequest.Create | AuthenticationHeaderValue("
            " | DefaultRequestHeaders | Async( | Async< | DownloadString( | WithOAuthBearerToken("
        ),
    ),
    (
        "php",
        (
            "curl_init( | curl_setopt | Guzzle | ->request( | ->get( | ->post( | Http:: | wp_remote_"
            " | wp_safe_remote_ | stream_context_create"
        ),
    ),
    (
        "ruby",
        ("Net::HTTP | Faraday | HTTParty | RestClient. | RestClient:: | Excon. | HTTP.auth( | conn.get | conn.post"),
    ),
    (
        "visual_basic",
        'XMLHTTP | WinHttp | setRequestHeader "',
    ),
    (
        "power_query",
        "Web.Contents(",
    ),
    (
        "dumped",
        "config: { | AxiosError | options: {",
    ),
    (
        "golang",
        "http.NewRequest | http.Get( | http.Post | http.DefaultClient | http.Request{ | .R()",
    ),
    (
        "dart",
        "Uri.parse( | Uri.https( | package:http | dio. | Dio(",
    ),
    ("swift", "URLRequest( | AF.request( | Alamofire.request("),
    (
        "javascript",
        (
            "fetch( | axios. | axios( | XMLHttpRequest | setRequestHeader( | $.ajax( | jQuery.ajax( | $.get("
            " | $.post( | $.getJSON( | $http | superagent | got( | got.get( | got.post( | ky( | ky.get( | ky.post("
            " | https.request( | https.get( | http.request( | http.get( | http.post( | request(options | request({"
            " | needle( | rp( | api.get( | api.post( | headers: { | headers: new Headers"
        ),
    ),
    (
        "python",
        "session.get( | session.post( | session.request( | headers=headers | headers={ | headers = { | auth=(",
    ),
    (
        "loose",
        (
            "uthorization | AUTHORIZATION | uthenticationHeaderValue | BearerAuth( | bearer_auth | Authentication"
            " | Bearer  | {:bearer, | req_auth_bearer_token("
        ),
    ),
)
FAMILIES = tuple((name, tuple(words.split(" | "))) for name, words in _WORDS)
"""The readers in order, each with words of which one must stand in a text before the reader is imported.

Words that several languages use come last, when the others have taken what is theirs.
"""
_FIELDS = (
    'uthorization"] | uthorization\'] | uthorization", | uthorization\', | uthorization" =>'
    " | uthorization' => | uthorization\": f | uthorization': f | uthorization\": ` | uthorization': `"
    " | uthorization: ` | uthorization = | uthorization: 'Bearer | uthorization: \"Bearer | BearerAuth("
    " | bearer_auth( | uthorization': ' | uthorization': \" | uthorization: Bearer \" | uthorization: Bearer '"
    ' | AUTHORIZATION, | "Bearer " | \'Bearer \' | f"Bearer | f\'Bearer | $"Bearer | `Bearer  | "Bearer eyJ'
    " | 'Bearer eyJ | @Headers( | uthorization, \"Bearer  | uthorization, 'Bearer  | = \"Bearer $ | = 'Bearer $"
    ' | uthorization "Bearer '
)
_FIELD_WORDS = tuple(_FIELDS.split(" | "))
_SETTERS = ("{:bearer,", "req_auth_bearer_token(")
"""What puts a bearer token into the field without a word of it, in Elixir and R."""
_CALLS = tuple(word for name, words in FAMILIES if name != "loose" for word in words)
_GATE_WORDS = (
    ":: | eaders: { | eaders = { | eaders={ | onfig: { | ptions: { | Request{ | Config{ | <Auth0 | HTTParty | XMLHTTP"
    " | WinHttp | setRequestHeader | Faraday | RestClient | Excon | AxiosError | <cfhttp"
)
_GATES = tuple(_GATE_WORDS.split(" | "))
"""Words and signs of code without brackets. Where none stands, and no bracket opens behind a word, there is no call."""


def has_marks(text: str) -> bool:
    """Whether the text holds a word that only code has: a call, a list of header fields, a field that is set."""
    if ("uthorization" in text or "Bearer" in text or "AUTHORIZATION," in text) and _has_one(text, _FIELD_WORDS):
        return True
    if "earer" in text and _has_one(text, _SETTERS):
        return True
    return (_opens_call(text) or _has_one(text, _GATES)) and _has_one(text, _CALLS)


def _has_one(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _opens_call(text: str) -> bool:
    """Whether a bracket stands right behind a word, as prose seldom has it."""
    position = text.find("(")
    while position >= 0:
        if position and (text[position - 1].isalnum() or text[position - 1] in "_>$"):
            return True
        position = text.find("(", position + 1)
    return False
