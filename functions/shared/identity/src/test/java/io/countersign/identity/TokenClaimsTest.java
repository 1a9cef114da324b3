package io.countersign.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenClaimsTest {
    private static final String TIMES = "\"iat\":1,\"exp\":2";

    private static TokenClaims claims(String json) throws CallerRefusal {
        return TokenClaims.of(TestJwks.value(json));
    }

    private static TokenClaims withTimes(String members) throws CallerRefusal {
        return claims("{" + members + "," + TIMES + "}");
    }

    private static void isRefused(String json, String reason) {
        assertThatThrownBy(() -> claims(json))
                .isInstanceOf(CallerRefusal.class)
                .hasMessageStartingWith("InvalidToken")
                .hasMessageContaining(reason);
    }

    @Test
    void theAudienceIsOneOrAnArray() throws CallerRefusal {
        assertThat(withTimes("\"iss\":\"i\",\"sub\":\"s\",\"aud\":\"a\"").audiences())
                .containsExactly("a");
        assertThat(withTimes("\"iss\":\"i\",\"sub\":\"s\",\"aud\":[\"b\",\"a\",\"b\"]")
                        .audiences())
                .containsExactly("b", "a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "sub", "aud", "exp", "iat"})
    void anAbsentClaimIsNamed(String absent) {
        String json = java.util.stream.Stream.of(
                        "\"iss\":\"i\"", "\"sub\":\"s\"", "\"aud\":\"a\"", "\"iat\":1", "\"exp\":2")
                .filter(member -> !member.startsWith("\"" + absent))
                .collect(Collectors.joining(",", "{", "}"));
        isRefused(json, "\"" + absent + "\" is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "7", "null", "[\"s\"]", "{}", "\"a\\u0000b\"", "\"a\\nb\""})
    void aSubjectThatIsNotPrintableTextIsRefused(String subject) {
        isRefused("{\"iss\":\"i\",\"aud\":\"a\",\"sub\":" + subject + "," + TIMES + "}", "sub");
    }

    @Test
    void aSubjectIsBounded() throws CallerRefusal {
        assertThat(withTimes("\"iss\":\"i\",\"aud\":\"a\",\"sub\":\"" + "s".repeat(255) + "\"")
                        .subject())
                .hasSize(255);
        isRefused("{\"iss\":\"i\",\"aud\":\"a\",\"sub\":\"" + "s".repeat(256) + "\"," + TIMES + "}", "1 to 255");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "[7]", "[\"a\",null]", "\"\"", "[\"\"]", "{\"a\":1}"})
    void anAudienceThatIsNotTextIsRefused(String audience) {
        isRefused("{\"iss\":\"i\",\"sub\":\"s\",\"aud\":" + audience + "," + TIMES + "}", "aud");
    }

    @Test
    void manyAudiencesAreRefused() {
        String eleven = IntStream.range(0, 11).mapToObj(i -> "\"a" + i + "\"").collect(Collectors.joining(","));
        isRefused("{\"iss\":\"i\",\"sub\":\"s\",\"aud\":[" + eleven + "]," + TIMES + "}", "more than 10 audiences");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "true", "null", "-1", "1e99", "1e999999999", "253402300800", "[2]"})
    void aTimeThatIsNotAMomentIsRefused(String time) {
        String rest = "\"iss\":\"i\",\"sub\":\"s\",\"aud\":\"a\"";
        isRefused("{" + rest + ",\"iat\":1,\"exp\":" + time + "}", "exp");
        isRefused("{" + rest + ",\"exp\":2,\"iat\":" + time + "}", "iat");
        isRefused("{" + rest + "," + TIMES + ",\"nbf\":" + time + "}", "nbf");
    }

    @Test
    void aTimeMayHaveAFraction() throws CallerRefusal {
        assertThat(claims("{\"iss\":\"i\",\"sub\":\"s\",\"aud\":\"a\",\"iat\":1.25,\"exp\":2.5e3}")
                        .subject())
                .isEqualTo("s");
    }

    @Test
    void aPayloadThatIsNoObjectIsRefused() {
        isRefused("[]", "expected an object");
    }

    @Test
    void noValueOfAClaimIsRepeated() {
        assertThatThrownBy(() -> claims("{\"iss\":\"i\",\"aud\":\"a\",\"sub\":\"secret\\nsubject\"," + TIMES + "}"))
                .message()
                .doesNotContain("secret");
    }
}
