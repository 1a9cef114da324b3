package io.countersign.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.gateway.guard.PrivateTokens.Program;
import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import io.countersign.settings.PropertyValues;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which program may call which private face. */
class PrivateTokensTest {
    private static final PrivateTokens TOKENS = new PrivateTokens(
            List.of(program("storage", "/verify,/acl"), program("proxy", "/auth"), program("all", "*")));

    @TempDir
    private Path directory;

    private static Program program(String name, String faces) {
        return new Program(name, PrivateEndpoints.of(faces).orElseThrow(), PrivateTokens.sha256("of-" + name));
    }

    private static Optional<ProblemException.Problem> refusal(String path, Header... headers) {
        return TOKENS.before(PrivateEndpoint.at(path).orElseThrow()).refusal(List.of(headers));
    }

    /** The code of a refusal, or nothing. */
    private static String answer(String path, Header... headers) {
        return refusal(path, headers).map(ProblemException.Problem::code).orElse("");
    }

    private static Header bearer(String token) {
        return new Header("Authorization", "Bearer " + token);
    }

    private static Header proxy(String token) {
        return new Header("X-Countersign-Token", token);
    }

    @Test
    void aProgramCallsItsFaces() {
        assertThat(answer("/verify", bearer("of-storage"))).isEmpty();
        assertThat(answer("/acl", new Header("authorization", "bearer of-storage")))
                .isEmpty();
        assertThat(answer("/events", bearer("of-all"))).isEmpty();
        assertThat(answer("/auth", proxy("of-proxy"))).isEmpty();
        assertThat(answer("/auth", proxy("of-all"), bearer("the client's own"))).isEmpty();
    }

    @Test
    void andNoOthers() {
        assertThat(answer("/events", bearer("of-storage"))).isEqualTo("FaceNotCovered");
        assertThat(answer("/verify", bearer("of-proxy"))).isEqualTo("FaceNotCovered");
        assertThat(answer("/auth", proxy("of-storage"))).isEqualTo("FaceNotCovered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "of-storag", "of-storage ", " of-storage", "Of-storage", "of-storage,of-all"})
    void refusesAnInvalidToken(String token) {
        assertThat(answer("/verify", bearer(token))).isEqualTo("PrivateTokenRequired");
        assertThat(answer("/auth", proxy(token))).isEqualTo("PrivateTokenRequired");
    }

    @Test
    void aHashIsNoToken() {
        assertThat(answer("/verify", bearer(PrivateTokens.sha256("of-storage"))))
                .isEqualTo("PrivateTokenRequired");
    }

    @Test
    void noTokenTwoTokensAndOneInTheOtherHeaderAreRefused() {
        assertThat(answer("/verify")).isEqualTo("PrivateTokenRequired");
        assertThat(answer("/verify", bearer("of-storage"), bearer("of-storage")))
                .isEqualTo("PrivateTokenRequired");
        assertThat(answer("/verify", proxy("of-storage"))).isEqualTo("PrivateTokenRequired");
        assertThat(answer("/verify", new Header("Authorization", "Basic of-storage")))
                .isEqualTo("PrivateTokenRequired");
        assertThat(answer("/auth", bearer("of-proxy"))).isEqualTo("PrivateTokenRequired");
        assertThat(answer("/auth", proxy("of-proxy"), proxy("of-proxy"))).isEqualTo("PrivateTokenRequired");
    }

    @Test
    void aRefusalRepeatsNoToken() {
        assertThat(refusal("/verify", bearer("a-secret-guess")).orElseThrow().toString())
                .doesNotContain("a-secret-guess", PrivateTokens.sha256("of-storage"));
    }

    private PrivateTokens read(String text, String mode) throws Exception {
        Path file = Files.writeString(directory.resolve("tokens"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return PrivateTokensFile.open(file).atStart();
    }

    private static String line(String name, String faces) {
        return name + " " + faces + " " + PrivateTokens.sha256("of-" + name) + "\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void aFileIsReadAsAnEditorSavesIt(String lineEnd) throws Exception {
        String text = "\uFEFF" + line("storage", "/verify") + "\n" + line("proxy", "/auth");
        assertThat(read(text.replace("\n", lineEnd), "rw-------").programs())
                .extracting(PrivateTokens.Program::name)
                .containsExactly("storage", "proxy");
    }

    @Test
    void aFileNamesProgramsLineByLine() throws Exception {
        String text =
                "# who may call\n" + line("storage", "/verify,/acl") + "\n" + line("proxy", "/auth") + line("all", "*");
        assertThat(read(text, "rw-------")).isEqualTo(TOKENS);
        assertThat(read(text, "r--------")).isEqualTo(TOKENS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rwx------", "rw--w----"})
    void refusesAFileThatOthersCanRead(String mode) {
        assertThatThrownBy(() -> read(line("all", "*"), mode))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageContaining("countersign.private.tokens")
                .hasMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nobody\n",
                "all *\n",
                "all * abc\n",
                "all  * 0000000000000000000000000000000000000000000000000000000000000000\n",
                "all verify 0000000000000000000000000000000000000000000000000000000000000000\n",
                "all /verify, 0000000000000000000000000000000000000000000000000000000000000000\n",
                "all /verfiy 0000000000000000000000000000000000000000000000000000000000000000\n",
                "all /verify,/verify 0000000000000000000000000000000000000000000000000000000000000000\n",
                "all /token 0000000000000000000000000000000000000000000000000000000000000000\n",
                "all /verify,* 0000000000000000000000000000000000000000000000000000000000000000\n",
                "a/b * 0000000000000000000000000000000000000000000000000000000000000000\n",
                "all * 000000000000000000000000000000000000000000000000000000000000000A\n",
                "all * 0000000000000000000000000000000000000000000000000000000000000000 more\n"
            })
    void aLineThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> read(text, "rw-------"))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageContaining("countersign.private.tokens");
    }

    @Test
    void twoProgramsShareNeitherNameNorToken() {
        String other = "other * " + PrivateTokens.sha256("of-all") + "\n";
        assertThatThrownBy(() -> read(line("all", "*") + line("all", "/acl"), "rw-------"))
                .isInstanceOf(PropertyValues.InvalidSettingException.class);
        assertThatThrownBy(() -> read(line("all", "*") + other, "rw-------"))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void aLinkAndADirectoryThatOthersCanWriteAreRefused() throws Exception {
        read(line("all", "*"), "rw-------");
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("tokens"));
        assertThatThrownBy(() -> PrivateTokensFile.open(link))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageContaining("is a link");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> read(line("all", "*"), "rw-------"))
                .isInstanceOf(PropertyValues.InvalidSettingException.class)
                .hasMessageContaining("chmod go-w");
    }

    @Test
    void aNamedListOfAllFacesIsNotEveryFace() {
        String every = Arrays.stream(PrivateEndpoint.values())
                .map(PrivateEndpoint::path)
                .collect(Collectors.joining(","));
        assertThat(PrivateEndpoints.of(every).orElseThrow())
                .isNotEqualTo(PrivateEndpoints.ALL)
                .extracting(PrivateEndpoints::text)
                .isEqualTo(every);
        assertThat(PrivateEndpoints.of("*")).contains(PrivateEndpoints.ALL);
        assertThat(PrivateEndpoints.ALL.text()).isEqualTo("*");
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> PrivateTokensFile.open(directory.resolve("none")))
                .isInstanceOf(PropertyValues.InvalidSettingException.class);
    }
}
