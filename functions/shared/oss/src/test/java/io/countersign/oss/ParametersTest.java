package io.countersign.oss;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.oss.internal.RequestParameters;
import com.aliyun.oss.internal.SignParameters;
import com.aliyun.sdk.service.oss2.signer.SignerV1;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the table against the lists of the official clients. */
class ParametersTest {
    /** Constants among the client's parameters that are values. */
    private static final Set<String> VALUES = Set.of(
            "add",
            "create",
            "csv/meta",
            "csv/select",
            "delete",
            "get",
            "history",
            "json/meta",
            "json/select",
            "query",
            "resize",
            "sql",
            "token",
            "upgrade");

    /** V1's resource has these although the protocol's list does not name them: newer clients sign them, each with its operation. */
    private static final Set<String> SIGNED_BY_ONE_CLIENT = Set.of(
            "accessPointConfigForObjectProcess",
            "accessPointForObjectProcess",
            "accessPointPolicyForObjectProcess",
            "cleanRestoredObject",
            "legalHold",
            "objectWorm",
            "retention",
            "rtc",
            "userDefinedLogFieldsConfig");

    @Test
    void everyParameterOfTheFirstJavaClientIsKnown() throws IllegalAccessException {
        List<String> names = new ArrayList<>();
        for (Field field : RequestParameters.class.getFields()) {
            names.add((String) field.get(null));
        }
        assertThat(names).hasSizeGreaterThan(100);
        names.removeAll(VALUES);
        names.add("delete");
        assertThat(names).allMatch(Parameters.names()::contains);
    }

    @Test
    void v1SignsWhatTheJavaClientsSign() throws ReflectiveOperationException {
        assertThat(SignParameters.SIGNED_PARAMTERS).hasSizeGreaterThan(80).allMatch(Parameters::isSignedByV1);
        Field second = SignerV1.class.getDeclaredField("SUBRESOURCE_KEY_SET");
        second.setAccessible(true);
        assertThat((List<?>) second.get(null))
                .hasSizeGreaterThan(20)
                .allMatch(name -> Parameters.isSignedByV1((String) name));
    }

    @Test
    void v1SignsTheUnionOfTheClientsListsAndEveryOssParameter() throws IOException {
        Set<String> expected = new TreeSet<>(protocol());
        assertThat(expected)
                .as(
                        "the names of signed-parameters.txt; a new one needs its source in docs/protocol.md, and changes this number")
                .hasSize(107)
                .noneMatch(SIGNED_BY_ONE_CLIENT::contains);
        expected.addAll(SIGNED_BY_ONE_CLIENT);
        Set<String> signed = new HashSet<>(Parameters.names());
        signed.removeIf(name -> !Parameters.isSignedByV1(name));
        assertThat(signed).containsAll(expected);
        signed.removeAll(expected);
        assertThat(signed)
                .as(
                        "V1 signs only what a client signs or a page names; add the source to docs/protocol.md 13, and the name to signed-parameters.txt or SIGNED_BY_ONE_CLIENT")
                .allMatch(name -> name.startsWith("x-oss-"));
        assertThat(Parameters.isSignedByV1("x-oss-anything")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "prefix", "anything", "ACL", "X-Oss-Process", "accessmonitor", "regions", "Signature"})
    void v1SignsNothingElse(String name) {
        assertThat(Parameters.isSignedByV1(name)).isFalse();
    }

    @Test
    void twoSelectorsAreSignedByNoClientUnderV1() {
        assertThat(Parameters.names().stream()
                        .filter(Parameters::selects)
                        .filter(name -> !Parameters.isSignedByV1(name)))
                .as("an unsigned selector turns a signed URL into another operation; use signed() in Parameters")
                .containsExactlyInAnyOrder("accessmonitor", "regions");
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void listsEverySelectorOfAnOperation(Operation operation) {
        for (String selector : operation.selectors()) {
            String name = selector.startsWith("x-oss-") || selector.startsWith("comp=")
                    ? selector.replaceFirst("=.*", "")
                    : selector;
            if (name.equals(Selectors.COPY) || name.equals(Selectors.FORM)) {
                continue;
            }
            assertThat(Parameters.of(name))
                    .as("%s is selected by %s; add it to the selecting parameters in Parameters", operation, name)
                    .isPresent();
            Parameters.Parameter parameter = Parameters.of(name).orElseThrow();
            assertThat(operation.methods())
                    .as("%s is selected by %s; Parameters says that it selects elsewhere only", operation, name)
                    .allMatch(method -> parameter.selects().at(operation.level(), method));
        }
    }

    @Test
    void aSignatureBringsTheseAndNoOthers() {
        assertThat(Parameters.names().stream().filter(Parameters::isOfSignature))
                .containsExactlyInAnyOrder(
                        "OSSAccessKeyId",
                        "Expires",
                        "Signature",
                        "security-token",
                        "x-oss-signature-version",
                        "x-oss-signature",
                        "x-oss-credential",
                        "x-oss-access-key-id",
                        "x-oss-date",
                        "x-oss-expires",
                        "x-oss-additional-headers",
                        "x-oss-security-token");
    }

    private static List<String> protocol() throws IOException {
        try (InputStream names =
                Objects.requireNonNull(ParametersTest.class.getResourceAsStream("signed-parameters.txt"))) {
            String text = new String(names.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("\n"))
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Arrays.stream(line.split(" ")))
                    .toList();
        }
    }
}
