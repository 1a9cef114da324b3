package io.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Value.ObjectValue;
import io.countersign.json.Values;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionUrlTest {
    private static final String DATE = "Sun, 22 Nov 2026 03:00:00 GMT";
    private static final String V4 =
            "OSS4-HMAC-SHA256 Credential=LTAI/20261122/cn-hangzhou/oss/aliyun_v4_request,AdditionalHeaders=a;b,Signature=00";

    /** With what AWS sends besides. */
    private static final String PAYLOAD = """
            {"version": "2.0", "routeKey": "$default", "rawPath": "/a%20b//c%2F%25", "rawQueryString": "x=1&x=2&y=a+b%2B&z",
             "cookies": ["session=abc", "theme=dark"],
             "headers": {"date": "%s", "authorization": "%s", "x-twice": "one,two", "host": "h"},
             "queryStringParameters": {"x": "1,2"}, "pathParameters": null, "stageVariables": null,
             "requestContext": {"accountId": "anonymous", "authentication": null, "domainName": "abc.lambda-url.us-east-1.on.aws",
               "authorizer": {"iam": {"userArn": "arn:aws:iam::111122223333:user/u", "cognitoIdentity": null}},
               "http": {"method": "POST", "path": "/a b//c/%%", "protocol": "HTTP/1.1", "sourceIp": "203.0.113.7"},
               "requestId": "r-1", "time": "now"},
             "body": "größe", "isBase64Encoded": false}
            """.replace("%20b", "%%20b")
            .replace("%2F%25", "%%2F%%25")
            .replace("%2B&z", "%%2B&z")
            .formatted(DATE, V4);

    @Test
    void pathQueryAndHeadersAreAsTheyWereSent() throws Exception {
        FunctionUrl url = read(PAYLOAD);
        Call call = url.call();
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.path()).isEqualTo("/a%20b//c%2F%25");
        assertThat(call.rawQuery()).contains("x=1&x=2&y=a+b%2B&z");
        assertThat(call.headerValues("Date")).containsExactly(DATE);
        assertThat(call.headerValues("Authorization")).containsExactly(V4);
        assertThat(call.headerValues("X-Twice")).containsExactly("one,two");
        assertThat(call.body().utf8()).isEqualTo("größe");
        assertThat(call.peer()).isEqualTo("203.0.113.7");
        assertThat(call.secure()).isTrue();
        assertThat(url.requestId()).isEqualTo("r-1");
        assertThat(url.caller()).contains("arn:aws:iam::111122223333:user/u");
    }

    @Test
    void cookiesAreOneHeaderWhicheverWayTheyCome() throws Exception {
        assertThat(read(PAYLOAD).call().headerValues("Cookie")).containsExactly("session=abc; theme=dark");
        assertThat(read(PAYLOAD.replace("\"host\": \"h\"", "\"cookie\": \"session=abc; theme=dark\""))
                        .call()
                        .headerValues("Cookie"))
                .containsExactly("session=abc; theme=dark");
    }

    @Property
    void bytesOfABodyComeThrough(@ForAll byte[] bytes) throws Exception {
        String encoded = java.util.Base64.getEncoder().encodeToString(bytes);
        assertThat(read(PAYLOAD.replace("größe", encoded).replace("false", "true"))
                        .call()
                        .body()
                        .toArray())
                .isEqualTo(bytes);
    }

    @Property
    void textOfABodyComesThrough(@ForAll String text) throws Exception {
        String quoted = JsonText.object(json -> json.put("body", text));
        Call call = read(PAYLOAD.replace("\"body\": \"größe\"", quoted.substring(1, quoted.length() - 1)))
                .call();
        assertThat(call.body().toArray()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void omitsAbsentParts() throws Exception {
        String least =
                "{\"version\":\"2.0\",\"rawPath\":\"/\",\"requestContext\":{\"domainName\":\"x.lambda-url.y\",\"requestId\":\"r\",\"authorizer\":null,"
                        + "\"http\":{\"method\":\"GET\",\"sourceIp\":\"::1\"}},\"body\":null,\"cookies\":null,\"headers\":null}";
        FunctionUrl url = read(least);
        assertThat(url.call().rawQuery()).isEmpty();
        assertThat(url.call().headers()).isEmpty();
        assertThat(url.call().body().isEmpty()).isTrue();
        assertThat(url.caller()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\"domainName\":null,", "\"domainName\":\"localhost\",", "\"domainName\":\"127.0.0.1:9001\","
            })
    void namesTheInvokerOfThePayloadAsTheCaller(String domain) throws Exception {
        FunctionUrl url = read("{\"version\":\"2.0\",\"rawPath\":\"/verify\",\"requestContext\":{" + domain
                + "\"requestId\":\"r\",\"http\":{\"method\":\"POST\",\"sourceIp\":\"127.0.0.1\"}}}");
        assertThat(url.caller()).contains("invoker");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\": \"2.0\" | \"version\": \"1.0\" | version",
                "abc.lambda-url.us-east-1.on.aws | abc.execute-api.us-east-1.amazonaws.com | domainName",
                "abc.lambda-url.us-east-1.on.aws | oss.example.com | domainName",
                "abc.lambda-url.us-east-1.on.aws | localhost.example.com | domainName",
                "abc.lambda-url.us-east-1.on.aws | 127.0.0.1.example.com | domainName",
                "/a%20b//c%2F%25 | /a b | rawPath",
                "/a%20b//c%2F%25 | /a?b | rawPath",
                "/a%20b//c%2F%25 | /ä | rawPath",
                "/a%20b//c%2F%25 | a | rawPath",
                "\"isBase64Encoded\": false | \"isBase64Encoded\": true | body",
                "\"isBase64Encoded\": false | \"isBase64Encoded\": \"false\" | isBase64Encoded",
                "\"x-twice\": \"one,two\" | \"x-twice\": [\"one\",\"two\"] | x-twice",
                "\"requestId\": \"r-1\" | \"requestid\": \"r-1\" | requestContext"
            })
    void refusesAnInvalidPayloadByPlace(String part, String other, String place) {
        assertThatThrownBy(() -> read(PAYLOAD.replace(part, other)))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining(place);
    }

    @Test
    void aReplyKeepsItsBytesAndItsLines() throws Exception {
        Reply reply = new Reply(
                201,
                List.of(
                        new Header("Vary", "Origin"),
                        new Header("vary", "Accept"),
                        new Header("Set-Cookie", "a=1, b"),
                        new Header("Set-Cookie", "c=2")),
                Bytes.utf8("größe"));
        assertThat(FunctionUrl.Response.json(reply))
                .isEqualTo("{\"statusCode\":201,\"headers\":{\"vary\":\"Origin, Accept\"},"
                        + "\"cookies\":[\"a=1, b\",\"c=2\"],\"body\":\"größe\",\"isBase64Encoded\":false}");
        assertThat(FunctionUrl.Response.json(new Reply(200, List.of(), Bytes.of(new byte[] {(byte) 0xFF, 0}))))
                .contains("\"body\":\"/wA=\",\"isBase64Encoded\":true");
    }

    @Property
    void anyBodyOfAReplyComesThrough(@ForAll byte[] bytes) throws Exception {
        String json = FunctionUrl.Response.json(new Reply(200, List.of(), Bytes.of(bytes)));
        ObjectValue reply = (ObjectValue) Values.parse(json);
        io.countersign.json.Members members = io.countersign.json.Members.of(reply);
        String body = members.string("body");
        byte[] back = members.optionalBoolean("isBase64Encoded").orElseThrow()
                ? java.util.Base64.getDecoder().decode(body)
                : body.getBytes(StandardCharsets.UTF_8);
        assertThat(back).isEqualTo(bytes);
    }

    private static FunctionUrl read(String payload) throws InvalidDocumentException {
        return FunctionUrl.read(Values.parse(payload));
    }
}
