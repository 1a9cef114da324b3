package io.countersign.presign.callbacks;

import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackKeysTest {
    private static final String PATH = "/callback_pub_key_v1.pem";
    private static final SigningKey KEY = SigningKey.of("oss");

    private final List<URI> read = new ArrayList<>();
    private String file = KEY.pem();
    private boolean answers = true;
    private final CallbackKeys keys = new CallbackKeys(this::fetch);

    private byte[] fetch(URI uri) throws IOException {
        read.add(uri);
        if (!answers) {
            throw new IOException("no answer");
        }
        return file.getBytes(StandardCharsets.US_ASCII);
    }

    private static String header(String url) {
        return Base64.getEncoder().encodeToString(url.getBytes(StandardCharsets.UTF_8));
    }

    private void isRefused(String path, Instant now) {
        assertThatThrownBy(() -> keys.at(path, now)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://gosspublic.alicdn.com/callback_pub_key_v1.pem",
                "https://gosspublic.alicdn.com/callback_pub_key_v1.pem"
            })
    void bothSpellingsNameTheSameFile(String url) {
        assertThat(CallbackKeys.path(header(url))).contains(PATH);
    }

    @Test
    void takesTheHeaderOfThePage() {
        assertThat(CallbackKeys.path("aHR0cDovL2dvc3NwdWJsaWMuYWxpY2RuLmNvbS9jYWxsYmFja19wdWJfa2V5X3YxLnBlbQ=="))
                .contains(PATH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://gosspublic.alicdn.com/a.pem",
                "file:///etc/ssl/a.pem",
                "https://gosspublic.alicdn.com",
                "https://gosspublic.alicdn.com/",
                "https://gosspublic.alicdn.com/.pem",
                "https://gosspublic.alicdn.com/a",
                "https://gosspublic.alicdn.com/a.pem.exe",
                "https://gosspublic.alicdn.com/a.PEM",
                "https://gosspublic.alicdn.com/a.b.pem",
                "https://gosspublic.alicdn.com/../a.pem",
                "https://gosspublic.alicdn.com/%61.pem",
                "https://gosspublic.alicdn.com/a.pem?b",
                "https://gosspublic.alicdn.com/a?b.pem",
                "https://gosspublic.alicdn.com/a#b.pem",
                "https://gosspublic.alicdn.com/a.pem#b",
                "https://gosspublic.alicdn.com:443/a.pem",
                "https://gosspublic.alicdn.com:22/a.pem",
                "https://user@gosspublic.alicdn.com/a.pem",
                "https://gosspublic.alicdn.com@127.0.0.1/a.pem",
                "https://gosspublic.alicdn.com.example.com/a.pem",
                "https://example.com/gosspublic.alicdn.com/a.pem",
                "https://GOSSPUBLIC.alicdn.com/a.pem",
                "https://gosspublicXalicdn.com/a.pem",
                "https://gosspublic.alicdn.com./a.pem",
                "https://169.254.169.254/a.pem",
                "https:\\\\gosspublic.alicdn.com/a.pem",
                "https://gosspublic.alicdn.com\\a.pem",
                "https://gosspublic.alicdn.com/a.pem\n",
                "https://gosspublic.alicdn.com/a.pem\u0000",
                " https://gosspublic.alicdn.com/a.pem",
                "https://gosspublic.alicdn.com/a b.pem",
                "https://gosspublic.alicdn.com/\u00e9.pem"
            })
    void noOtherAddressIsTaken(String url) {
        assertThat(CallbackKeys.path(header(url))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "https://gosspublic.alicdn.com/a.pem", "aHR0c", "\u00e9"})
    void noOtherTextIsAHeader(String text) {
        assertThat(CallbackKeys.path(text)).isEmpty();
    }

    @Test
    void readsOverHttpsAndKeepsTheKeyForAnHour() throws Exception {
        assertThat(keys.at(PATH, NOW)).isEqualTo(KEY.publicKey());
        assertThat(keys.at(PATH, NOW.plus(CallbackKeys.FRESH).minusMillis(1))).isEqualTo(KEY.publicKey());
        assertThat(read).containsExactly(URI.create("https://gosspublic.alicdn.com" + PATH));

        SigningKey next = SigningKey.of("the next");
        file = next.pem();
        assertThat(keys.at(PATH, NOW.plus(CallbackKeys.FRESH))).isEqualTo(next.publicKey());
        assertThat(read).hasSize(2);
    }

    @Test
    void usesTheKeyForADayWhileTheHostDoesNotAnswer() throws Exception {
        keys.at(PATH, NOW);
        answers = false;

        assertThat(keys.at(PATH, NOW.plus(CallbackKeys.STALE).minusMillis(1))).isEqualTo(KEY.publicKey());
        isRefused(PATH, NOW.plus(CallbackKeys.STALE));
    }

    @Test
    void triesAFileThatItCouldNotReadNotAgainForTenSeconds() throws Exception {
        answers = false;
        isRefused(PATH, NOW);
        answers = true;
        isRefused(PATH, NOW.plus(Duration.ofSeconds(9)));
        assertThat(read).hasSize(1);

        assertThat(keys.at(PATH, NOW.plus(CallbackKeys.RETRY))).isEqualTo(KEY.publicKey());
    }

    @Test
    void aFileThatIsNoKeyIsNone() {
        file = "<html>";
        isRefused(PATH, NOW);
    }

    @Test
    void keepsFourKeys() throws Exception {
        for (int i = 0; i <= CallbackKeys.MAX_KEYS; i++) {
            keys.at("/" + i + ".pem", NOW);
        }
        read.clear();

        keys.at("/4.pem", NOW);
        assertThat(read).isEmpty();
        keys.at("/0.pem", NOW);
        assertThat(read).hasSize(1);
    }
}
