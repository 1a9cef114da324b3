package io.countersign.http;

import static io.countersign.http.Calls.post;
import static io.countersign.http.Calls.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.Members;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
    private static final String TYPE = "Content-Type";
    private static final String JSON = "application/json";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json; charset=utf-8",
                "application/json;charset=UTF-8",
                "application/json ; charset=\"utf-8\""
            })
    void jsonInUtf8IsTaken(String type) throws Exception {
        Members members = JsonBody.members(post("{\"key\":\"中\"}", TYPE, type));
        assertThat(members.string("key")).isEqualTo("中");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "text/json",
                "application/jsonx",
                "application/json; charset=latin1",
                "application/json; charset=utf-8; charset=utf-8",
                "application/json, text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data"
            })
    void otherTypesAreRefused(String type) {
        refused(415, "UnsupportedMediaType", () -> JsonBody.members(post("{}", TYPE, type)));
    }

    @Test
    void aMissingOrDoubledTypeIsRefused() {
        refused(415, "UnsupportedMediaType", () -> JsonBody.members(post("{}")));
        refused(415, "UnsupportedMediaType", () -> JsonBody.members(post("{}", TYPE, JSON, TYPE, JSON)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "\"{}\"", "{} {}", "{\"a\":1,\"a\":2}", "{'a':1}", "{\"a\":NaN}"})
    void refusesAnythingButOneStrictObject(String body) {
        refused(400, "InvalidJson", () -> JsonBody.members(post(body, TYPE, JSON)));
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] latin = {'{', '"', (byte) 0xE4, '"', ':', '1', '}'};
        Call call =
                new Call("POST", "/", Optional.empty(), List.of(new Header(TYPE, JSON)), Bytes.of(latin), "::1", false);
        refused(400, "InvalidJson", () -> JsonBody.members(call));
    }

    @Test
    void returnsTheReadersResult() throws ProblemException {
        assertThat(JsonBody.<String>read(post("{\"a\":\"b\"}", TYPE, JSON), members -> members.string("a")))
                .isEqualTo("b");
    }

    @Test
    void membersOfTheWrongTypeAreNamed() {
        Call call = post("{\n\"key\":12}", TYPE, JSON);
        ProblemException.Problem problem =
                refused(400, "InvalidMember", () -> JsonBody.<String>read(call, members -> members.string("key")));
        assertThat(problem.detail()).startsWith("key: ").contains("quotes");
    }

    @Test
    void membersThatAreMissingOrUnknownAreNamed() {
        ProblemException.Problem missing = refused(
                400,
                "InvalidMember",
                () -> JsonBody.<String>read(post("{}", TYPE, JSON), members -> members.string("key")));
        assertThat(missing.detail()).contains("\"key\" is missing");
        ProblemException.Problem unknown = refused(
                400,
                "InvalidMember",
                () -> JsonBody.<String>read(post("{\"keey\":1}", TYPE, JSON), members -> "nothing asked"));
        assertThat(unknown.detail()).startsWith("keey: ").contains("not known");
    }
}
