"""C#, Java, Kotlin, PHP, Ruby, Go, Dart, Swift, Visual Basic and Power Query become the requests that they would send."""

from collections.abc import Callable

import pytest

from bot.intake.code import dart, dotnet, golang, java, php, power_query, ruby, swift, visual_basic
from bot.intake.piece import Piece
from tests.intake.code.readings import fields, line, request, requests, shown

URL = "https://awards.api.rhythmsoftware.com/awards/acme.org"
TOKEN_URL = "https://acme.us.auth0.com/oauth/token"


def test_a_csharp_client_adds_what_is_set_on_it() -> None:
    text = """
using var client = new HttpClient { BaseAddress = new Uri("https://awards.api.rhythmsoftware.com/") };
client.DefaultRequestHeaders.Authorization =
    new AuthenticationHeaderValue("Bearer", $"Bearer {token}");
client.DefaultRequestHeaders.Add("X-A", "{b}");
var response = await client.GetAsync("awards/acme.org");
"""
    found = request(dotnet.read, text)

    assert line(found) == ("GET", URL, True)
    assert fields(found) == [("Authorization", "Bearer Bearer ‹token›"), ("X-A", "{b}")]


def test_a_csharp_client_that_is_not_shown_may_add_anything() -> None:
    assert line(request(dotnet.read, f'await _http.GetFromJsonAsync<List<Award>>("{URL}");')) == ("GET", URL, False)


def test_a_csharp_message_with_a_task_in_the_tokens_place() -> None:
    text = f"""
var request = new HttpRequestMessage(HttpMethod.Post, "{URL}") {{ Headers = {{ {{ "Accept", "*/*" }} }} }};
request.Headers.Add("Authorization", "Bearer " + GetTokenAsync());
request.Content = new StringContent("{{}}");
var client = new HttpClient();
await client.SendAsync(request);
"""
    found = request(dotnet.read, text)

    assert line(found) == ("POST", URL, True)
    assert fields(found) == [
        ("Accept", "*/*"),
        ("Authorization", "Bearer System.Threading.Tasks.Task`1[System.String]"),
    ]
    assert found.body == "{}"


def test_csharp_forms_and_restsharp() -> None:
    text = f"""
await client.PostAsync("{TOKEN_URL}", new FormUrlEncodedContent(new Dictionary<string, string> {{ {{ "grant_type", "x" }}, {{ "audience", "y z" }} }}));
var rest = new RestClient("https://awards.api.rhythmsoftware.com");
var get = new RestRequest("/awards/acme.org", Method.Get);
get.AddHeader("Authorization", "Bearer abc");
rest.Execute(get);
"""
    form, rest = requests(dotnet.read, text)

    assert (form.method, form.url, form.body) == ("POST", TOKEN_URL, "grant_type=x&audience=y%20z")
    assert (rest.tool, line(rest), fields(rest)) == ("RestSharp", ("GET", URL, True), [("Authorization", "Bearer abc")])


def test_java_builders() -> None:
    text = f"""
HttpRequest request = HttpRequest.newBuilder()
    .uri(URI.create("{URL}")) // the awards
    .header("Authorization", "Bearer abc\\n")
    .GET()
    .build();
Request other = new Request.Builder().url("{URL}").addHeader("Authorization", String.format("Bearer %s", token)).build();
"""
    first, second = requests(java.read, text)

    assert (first.tool, line(first), fields(first)) == (
        "java.net.http",
        ("GET", URL, True),
        [("Authorization", "Bearer abc\n")],
    )
    assert (second.tool, line(second), fields(second)) == (
        "OkHttp",
        ("GET", URL, True),
        [("Authorization", "Bearer ‹token›")],
    )


def test_java_connections_and_spring() -> None:
    text = f"""
URL url = new URL("{URL}");
HttpURLConnection conn = (HttpURLConnection) url.openConnection();
conn.setRequestMethod("DELETE");
conn.setRequestProperty("Authorization", "Bearer ${{token}}");
RestTemplate rest = new RestTemplate();
HttpHeaders headers = new HttpHeaders();
headers.setBearerAuth(token);
rest.exchange("{URL}", HttpMethod.GET, new HttpEntity<>(headers), String.class);
"""
    first, second = requests(java.read, text)

    assert (line(first), fields(first)) == (("DELETE", URL, True), [("Authorization", "Bearer ${token}")])
    assert (line(second), fields(second)) == (("GET", URL, True), [("Authorization", "Bearer ‹token›")])


def test_kotlin_fills_variables_in() -> None:
    text = 'val request = Request.Builder()\n    .url("https://awards.api.rhythmsoftware.com/awards/$tenant")\n    .addHeader("Authorization", "Bearer $token")\n    .build()'
    found = request(java.read, text)

    assert line(found) == ("GET", "https://awards.api.rhythmsoftware.com/awards/‹tenant›", True)
    assert fields(found) == [("Authorization", "Bearer ‹token›")]


def test_php_sends_the_lines_that_have_a_colon() -> None:
    text = f"""<?php
$token = "abc";
$ch = curl_init();
curl_setopt($ch, CURLOPT_URL, "{URL}");
curl_setopt($ch, CURLOPT_HTTPHEADER, ["Authorization: Bearer $token", 'X-A: $token']);
$ch = curl_init("{URL}");
curl_setopt_array($ch, [CURLOPT_FOLLOWLOCATION => true, CURLOPT_HTTPHEADER => ["Authorization" => "Bearer $token"]]);
"""
    sent, lost = requests(php.read, text)

    assert (line(sent), fields(sent)) == (("GET", URL, True), [("Authorization", "Bearer abc"), ("X-A", "$token")])
    assert (line(lost), fields(lost)) == (("GET", URL, True), [])
    assert lost.flags == {"broken-header-option", "follows-redirects"}


def test_php_clients() -> None:
    text = f"""
$client = new \\GuzzleHttp\\Client(['base_uri' => 'https://awards.api.rhythmsoftware.com/']);
$client->request('GET', 'awards/acme.org', ['headers' => ['Authorization' => 'Bearer ' . $this->token]]);
Http::withToken('abc')->get('{URL}');
wp_remote_get("{URL}", array('headers' => array('Authorization' => "Bearer {{$token}}")));
$context = stream_context_create(['http' => ['header' => "Authorization: Bearer xyz\\r\\nAccept: */*\\r\\n"]]);
file_get_contents("{URL}", false, $context);
"""
    found = requests(php.read, text)

    assert [line(item) for item in found] == [("GET", URL, True)] * 4
    assert [fields(item)[0][1] for item in found] == [
        "Bearer ‹this.token›",
        "Bearer abc",
        "Bearer ‹token›",
        "Bearer xyz",
    ]


def test_ruby() -> None:
    text = f"""
uri = URI("{URL}")
req = Net::HTTP::Get.new(uri)
req["Authorization"] = "Bearer #{{token}}"
req['X-A'] = 'Bearer #{{token}}'
HTTParty.get "{URL}", headers: {{ "Authorization" => "Bearer abc" }}
conn = Faraday.new(url: "https://awards.api.rhythmsoftware.com") do |f|
  f.request :authorization, 'Bearer', token
end
conn.get("/awards/acme.org")
Net::HTTP.post_form(URI("{TOKEN_URL}"), "grant_type" => "x")
"""
    net, party, faraday, form = requests(ruby.read, text)

    assert (line(net), fields(net)) == (
        ("GET", URL, True),
        [("Authorization", "Bearer ‹token›"), ("X-A", "Bearer #{token}")],
    )
    assert (line(party), fields(party)) == (("GET", URL, True), [("Authorization", "Bearer abc")])
    assert (line(faraday), fields(faraday)) == (("GET", URL, True), [("Authorization", "Bearer ‹token›")])
    assert (form.method, form.url, form.body) == ("POST", TOKEN_URL, "grant_type=x")


def test_go_sets_headers_until_the_variable_is_made_anew() -> None:
    text = f"""
req, err := http.NewRequest("GET", "{URL}", nil)
if err != nil {{
	log.Fatal(err)
}}
req.Header.Set("Authorization", fmt.Sprintf("Bearer %s", token))
resp, err := http.DefaultClient.Do(req)
req, _ = http.NewRequest("POST", "{TOKEN_URL}", strings.NewReader("grant_type=x"))
req.Header.Add("Content-Type", "application/x-www-form-urlencoded")
http.PostForm("{TOKEN_URL}", url.Values{{"audience": {{"y"}}}})
"""
    first, second, third = requests(golang.read, text)

    assert (line(first), fields(first)) == (("GET", URL, True), [("Authorization", "Bearer ‹token›")])
    assert (second.body, fields(second)) == ("grant_type=x", [("Content-Type", "application/x-www-form-urlencoded")])
    assert (third.method, third.body) == ("POST", "audience=y")


def test_go_headers_that_are_assigned_as_a_whole() -> None:
    text = f'req, _ := http.NewRequest(http.MethodGet, "{URL}", nil)\nreq.Header = http.Header{{\n\t"Authorization": []string{{"Bearer " + token}},\n}}\nclient.Do(req)'
    found = request(golang.read, text)

    assert (line(found), fields(found)) == (("GET", URL, True), [("Authorization", "Bearer ‹token›")])


def test_dart_and_visual_basic() -> None:
    dart_text = "final r = await http.get(Uri.parse('https://awards.api.rhythmsoftware.com/awards/$tenant'), headers: {'Authorization': 'Bearer $token'});"
    basic_text = f'http.Open "GET", "{URL}", False\nhttp.setRequestHeader "Authorization", "Bearer " & token\nhttp.Send'

    in_dart, in_basic = request(dart.read, dart_text), request(visual_basic.read, basic_text)

    assert shown(in_dart.url or "") == "https://awards.api.rhythmsoftware.com/awards/‹tenant›"
    assert fields(in_dart) == [("Authorization", "Bearer ‹token›")]
    assert (line(in_basic), fields(in_basic)) == (("GET", URL, True), [("Authorization", "Bearer ‹token›")])


def test_salesforce() -> None:
    text = f"HttpRequest req = new HttpRequest();\nreq.setEndpoint('{URL}');\nreq.setMethod('POST');\nreq.setHeader('Authorization', 'Bearer ' + token);"
    found = request(java.read, text)

    assert (line(found), fields(found)) == (("POST", URL, True), [("Authorization", "Bearer ‹token›")])


def test_perls_lwp_takes_fields_behind_the_url() -> None:
    text = (
        f"my $ua = LWP::UserAgent->new;\nmy $res = $ua->get('{URL}', Accept => 'b', 'Authorization' => \"Bearer abc\");"
    )
    found = request(php.read, text)

    assert (line(found), fields(found)) == (("GET", URL, False), [("Accept", "b"), ("Authorization", "Bearer abc")])


def test_swift_requests_with_what_is_set_on_them() -> None:
    text = f"""
let url = URL(string: "{URL}")!
var request = URLRequest(url: url)
request.httpMethod = "POST"
request.setValue("Bearer \\(await session.token())", forHTTPHeaderField: "Authorization")
request.addValue("b", forHTTPHeaderField: "X-A")
let (data, _) = try await URLSession.shared.data(for: request)
"""
    found = request(swift.read, text)

    assert line(found) == ("POST", URL, True)
    assert fields(found) == [("Authorization", "Bearer ‹await session.token()›"), ("X-A", "b")]


def test_swift_fields_as_a_map_and_alamofire() -> None:
    text = f"""
var request = URLRequest(url: URL(string: "{URL}")!)
request.allHTTPHeaderFields = ["Authorization": "abc"]
AF.request("{URL}", headers: ["Authorization": "def"])
"""
    foundation, alamofire = requests(swift.read, text)

    assert (line(foundation), fields(foundation)) == (("GET", URL, True), [("Authorization", "abc")])
    assert (alamofire.tool, line(alamofire), fields(alamofire)) == (
        "Alamofire",
        ("GET", URL, True),
        [("Authorization", "def")],
    )


def test_alamofire_with_a_method_whose_type_is_not_written() -> None:
    text = f'AF.request("{URL}", method: .post, headers: ["Authorization": "def"]).response {{ print($0) }}'
    found = request(swift.read, text)

    assert (line(found), fields(found)) == (("POST", URL, True), [("Authorization", "def")])


def test_alamofires_own_values_of_fields() -> None:
    text = f"""
let made: HTTPHeaders = [.authorization(bearerToken: "abc"), .accept("a/b")]
AF.request("{URL}", headers: made)
AF.request("{URL}", headers: [HTTPHeader(name: "X-A", value: "b"), .authorization("def")])
AF.request("{URL}", headers: [.authorization(username: "u", password: "p")])
"""

    assert [fields(found) for found in requests(swift.read, text)] == [
        [("Authorization", "Bearer abc")],
        [("X-A", "b"), ("Authorization", "def")],
        [],
    ]


def test_a_swift_request_that_is_not_shown_whole() -> None:
    assert line(request(swift.read, f'send(URLRequest(url: URL(string: "{URL}")!))')) == ("GET", URL, False)
    assert requests(swift.read, "let request = URLRequest(url: address)") == []


def test_bodies_of_okhttp() -> None:
    java_text = f"""
MediaType type = MediaType.parse("application/x-www-form-urlencoded");
RequestBody body = RequestBody.create(type, "grant_type=x&audience=y");
Request request = new Request.Builder().url("{TOKEN_URL}").post(body).build();
"""
    kotlin_text = f"""
val body = "grant_type=x&audience=y".toRequestBody(type)
val request = Request.Builder().url("{TOKEN_URL}").post(body).build()
"""
    for found in (request(java.read, java_text), request(java.read, kotlin_text)):
        assert (found.method, found.url, found.body) == ("POST", TOKEN_URL, "grant_type=x&audience=y")


def test_a_header_name_in_a_constant_is_looked_up_or_told_by_its_value() -> None:
    call = "http.get(Uri.parse('https://awards.api.rhythmsoftware.com/awards/acme.org'), headers: {%s: '%s'})"

    assert fields(request(dart.read, call % ("HttpHeaders.authorizationHeader", "abc"))) == [("Authorization", "abc")]
    assert fields(request(dart.read, call % ("kAuth", "Bearer abc"))) == [("Authorization", "Bearer abc")]
    assert fields(request(dart.read, call % ("HttpHeaders.acceptHeader", "*/*"))) == [("acceptHeader", "*/*")]
    assert fields(request(dart.read, "const kAuth = 'X-Auth';\n" + call % ("kAuth", "Bearer abc"))) == [
        ("X-Auth", "Bearer abc")
    ]


def test_power_query_joins_its_records() -> None:
    text = """
let
    Size = "5",
    Token = "abc",
    Source = Json.Document(Web.Contents("https://awards.api.rhythmsoftware.com", [
        RelativePath = "awards/acme.org",
        Query = [size = Size],
        Headers = [Authorization = "Bearer " & Token, #"Content-Type" = "application/json"]
    ]))
in
    Source
"""
    found = request(power_query.read, text)

    assert line(found) == ("GET", f"{URL}?size=5", True)
    assert fields(found) == [("Authorization", "Bearer abc"), ("Content-Type", "application/json")]


def test_power_query_posts_its_content_and_may_leave_the_headers_to_the_data_source() -> None:
    post, get = requests(
        power_query.read,
        f'Web.Contents("{TOKEN_URL}", [Headers=[Accept="x"], Content=Text.ToBinary(Uri.BuildQueryString([grant_type="y"]))])'
        f'\nWeb.Contents("{URL}")',
    )

    assert (line(post), post.body) == (("POST", TOKEN_URL, True), "grant_type=y")
    assert line(get) == ("GET", URL, False)


def test_restsharp_options_in_a_variable_name_the_base_and_the_authenticator() -> None:
    text = """
var options = new RestClientOptions("https://awards.api.rhythmsoftware.com")%s;
%s
var client = new RestClient(options);
await client.GetAsync(new RestRequest("awards/acme.org"));
"""
    for made, later in (
        (' { Authenticator = new JwtAuthenticator("abc") }', ""),
        ("", 'options.Authenticator = new JwtAuthenticator("abc");'),
    ):
        found = request(dotnet.read, text % (made, later))
        assert line(found) == ("GET", URL, True)
        assert fields(found) == [("Authorization", "Bearer abc")]


def test_restsharp_options_that_are_not_shown_may_add_anything() -> None:
    text = f'var client = new RestClient(options);\nawait client.GetAsync(new RestRequest("{URL}"));'

    assert not request(dotnet.read, text).whole


def test_guzzle_with_a_handler_or_an_auth_of_its_own_may_add_anything() -> None:
    client = (
        "$c = new Client(['base_uri' => 'https://awards.api.rhythmsoftware.com'%s]);\n$c->get('/awards/acme.org'%s);"
    )

    assert line(request(php.read, client % (", 'timeout' => 5", ""))) == ("GET", URL, True)
    assert line(request(php.read, client % (", 'handler' => $stack", ""))) == ("GET", URL, False)
    assert line(request(php.read, client % ("", ", ['auth' => 'oauth']"))) == ("GET", URL, False)
    assert fields(request(php.read, client % (", 'auth' => ['id', 'secret']", ""))) == [
        ("Authorization", "Basic aWQ6c2VjcmV0")
    ]


def test_a_ruby_constant_as_a_header_name_is_told_by_its_value() -> None:
    text = f'HTTParty.get("{URL}", headers: {{ HEADER_AUTH => "Bearer abc", ACCEPT => "*/*" }})'

    assert fields(request(ruby.read, text)) == [("Authorization", "Bearer abc"), ("ACCEPT", "*/*")]


def test_a_ruby_body_may_be_made_json_or_be_given_without_braces() -> None:
    text = f"""
RestClient.post("{TOKEN_URL}", {{ grant_type: "client_credentials" }}.to_json, content_type: :json)
RestClient.post("{TOKEN_URL}", grant_type: "client_credentials")
Faraday.post("{TOKEN_URL}", {{ grant_type: "client_credentials" }}.to_query)
Net::HTTP.post(URI("{TOKEN_URL}"), {{ grant_type: "client_credentials" }}.to_json)
"""
    json_body, form = '{"grant_type": "client_credentials"}', "grant_type=client_credentials"

    assert [found.body for found in requests(ruby.read, text)] == [json_body, form, form, json_body]


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (php.read, f"Http::rhythm()->get('{URL}');"),
        (
            java.read,
            f'new OkHttpClient.Builder().addInterceptor(a).build(); new Request.Builder().url("{URL}").build();',
        ),
        (ruby.read, f'c = Faraday.new("{URL}") {{ |f| f.use Auth }}\nc.get("/a")'),
        (ruby.read, f'c = Faraday.new("{URL}") {{ |f| f.request :signed }}\nc.get("/a")'),
        (swift.read, f'AF.request("{URL}", interceptor: auth)'),
    ],
)
def test_what_changes_each_request_of_a_client_is_not_shown(read: Callable[[str], list[Piece]], text: str) -> None:
    assert not request(read, text).whole
