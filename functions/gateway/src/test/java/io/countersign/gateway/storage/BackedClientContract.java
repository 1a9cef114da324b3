package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of every SDK with the store port, which has a whole store behind it. */
public abstract class BackedClientContract extends StorageClientContract {
    private static final String BUCKET = GuardedStorageManifest.PRIVATE;
    private static final int LONGEST_KEY = 1023;

    protected abstract StoreKind store();

    @Override
    protected abstract BackedClient client(Login login);

    @Override
    protected List<String> parts() {
        return store().parts();
    }

    private String key(String name) {
        return "owned/" + name() + "/" + name;
    }

    @Test
    void appendsWhereTheStoreDoes() {
        String key = key("log.txt");
        try (BackedClient client = client(Login.ACCOUNT)) {
            if (store().speaksS3()) {
                refused("NotImplemented", () -> client.append(BUCKET, key, 0, "hello"));
                return;
            }
            assertThat(client.append(BUCKET, key, 0, "hello")).isEqualTo(5);
            assertThat(client.append(BUCKET, key, 5, ", log")).isEqualTo(10);
            assertThat(client.get(BUCKET, key)).isEqualTo("hello, log");
            for (long wrong : new long[] {0, 9, 11}) {
                refused("PositionNotEqualToLength", () -> client.append(BUCKET, key, wrong, "lost"));
            }
            assertThat(client.get(BUCKET, key)).isEqualTo("hello, log");
            client.put(BUCKET, key, "whole");
            refused("ObjectNotAppendable", () -> client.append(BUCKET, key, 5, "lost"));
        }
        try (BackedClient client = client(Login.ALICE)) {
            refused("AccessDenied", () -> client.append(BUCKET, key, 10, "hers"));
        }
    }

    @Test
    void linksWhereTheStoreDoes() {
        String link = key("link");
        String target = key("target of a link+%20/\u4e2d.txt");
        try (BackedClient client = client(Login.ACCOUNT)) {
            if (store().speaksS3()) {
                refused("NotImplemented", () -> client.link(BUCKET, link, target));
                refused("NotImplemented", () -> client.linkTarget(BUCKET, link));
                return;
            }
            client.put(BUCKET, target, "content");
            client.link(BUCKET, link, target);
            assertThat(client.linkTarget(BUCKET, link)).isEqualTo(target);
            assertThat(client.get(BUCKET, link)).isEqualTo("content");
        }
        try (BackedClient client = client(Login.ALICE)) {
            refused("AccessDenied", () -> client.linkTarget(BUCKET, link));
            refused("AccessDenied", () -> client.link(BUCKET, link, "users/alice/a.txt"));
        }
    }

    @Test
    void tagsObjects() {
        String key = key("tagged");
        try (BackedClient client = client(Login.ACCOUNT)) {
            client.put(BUCKET, key, "content");
            Map<String, String> tags = Map.of("class", "secret", "a b+c", "x=y:z/_");
            if (store() == StoreKind.S3) {
                // S3Proxy keeps no tags, and says so.
                refused("NotImplemented", () -> client.tag(BUCKET, key, tags));
                refused("NotImplemented", () -> client.tags(BUCKET, key));
                refused("NotImplemented", () -> client.untag(BUCKET, key));
                return;
            }
            assertThat(client.tags(BUCKET, key)).isEmpty();
            client.tag(BUCKET, key, tags);
            assertThat(client.tags(BUCKET, key)).isEqualTo(tags);
            client.tag(BUCKET, key, Map.of("one", "1"));
            assertThat(client.tags(BUCKET, key)).isEqualTo(Map.of("one", "1"));
            try (BackedClient alice = client(Login.ALICE)) {
                refused("AccessDenied", () -> alice.tags(BUCKET, key));
                refused("AccessDenied", () -> alice.tag(BUCKET, key, tags));
                refused("AccessDenied", () -> alice.untag(BUCKET, key));
            }
            assertThat(client.tags(BUCKET, key)).isEqualTo(Map.of("one", "1"));
            client.untag(BUCKET, key);
            assertThat(client.tags(BUCKET, key)).isEmpty();
            refused("NoSuchKey", () -> client.tags(BUCKET, key("absent")));
        }
    }

    @Test
    void aclsOpenAndCloseObjects() throws Exception {
        String key = key("acl.txt");
        try (BackedClient client = client(Login.ACCOUNT);
                BackedClient stranger = client(Login.STRANGER)) {
            client.put(BUCKET, key, "content");
            assertThat(client.acl(BUCKET, key)).isEqualTo("default");
            refused("AccessDenied", () -> stranger.get(BUCKET, key));
            client.setAcl(BUCKET, key, "public-read");
            assertThat(client.acl(BUCKET, key)).isEqualTo("public-read");
            assertThat(stranger.get(BUCKET, key)).isEqualTo("content");
            refused("AccessDenied", () -> stranger.put(BUCKET, key, "theirs"));
            refused("AccessDenied", () -> stranger.acl(BUCKET, key));
            refused("AccessDenied", () -> stranger.setAcl(BUCKET, key, "public-read-write"));
            client.setAcl(BUCKET, key, "private");
            refused("AccessDenied", () -> stranger.get(BUCKET, key));
            client.setAcl(BUCKET, key, "public-read");
            client.put(BUCKET, key, "new content");
            assertThat(client.acl(BUCKET, key)).isEqualTo("default");
            refused("AccessDenied", () -> stranger.get(BUCKET, key));
            refused("NoSuchKey", () -> client.setAcl(BUCKET, key("absent"), "public-read"));
        }
    }

    @Test
    void listsTheBucketsOfItsAccount() {
        try (BackedClient client = client(Login.ACCOUNT)) {
            assertThat(client.buckets())
                    .containsExactly(
                            GuardedStorageManifest.PRIVATE,
                            GuardedStorageManifest.POSTBOX,
                            GuardedStorageManifest.PUBLIC);
        }
        try (BackedClient client = client(Login.STRANGER)) {
            assertThat(client.buckets()).containsExactly(GuardedStorageManifest.FOREIGN);
        }
        try (BackedClient client = client(Login.ALICE)) {
            refused("AccessDenied", client::buckets);
        }
    }

    static Stream<String> names() {
        return Stream.of(
                "a b",
                " first",
                "last ",
                "a  b",
                "a+b",
                "a%b",
                "%",
                "100%25",
                "a%2Fb",
                "a%20b",
                "\u4e2d\u6587/\u00e9",
                "\ud83d\ude00",
                "e\u0301",
                "\u00e9",
                "it's",
                "\"quoted\"",
                "a?b",
                "a#b",
                "a&b=c",
                "a;b:c@d,e$f",
                "~!*()",
                "<xml>&amp;]]>",
                "a\\b",
                "a|b^c`d{e}[f]",
                ".hidden",
                "..two",
                "...",
                ".a/.b./c.",
                "folder/",
                "folder/in it/");
    }

    @ParameterizedTest
    @MethodSource("names")
    void aKeyOfAnySortIsKept(String name) {
        if (name.chars().anyMatch(c -> Character.isSurrogate((char) c)) && !signsSupplementaryCharacters()) {
            refused("SignatureDoesNotMatch", () -> put(key("keys/" + name)));
            return;
        }
        if (name.endsWith("/") && store().speaksS3()) {
            refused("InvalidObjectName", () -> put(key("keys/" + name)));
            return;
        }
        keeps(key("keys/" + name));
    }

    /** Whether the SDK signs a character beyond U+FFFF as the one that it sends. */
    protected boolean signsSupplementaryCharacters() {
        return true;
    }

    @Test
    void theLongestKeysAreKept() {
        StringBuilder plain = new StringBuilder(key("long/"));
        while (plain.length() < LONGEST_KEY) {
            plain.append((plain.length() + 1) % 100 == 0 && plain.length() + 1 < LONGEST_KEY ? '/' : 'x');
        }
        keeps(plain.toString());
        isTooLong(plain + "x");
        // Three bytes each; a file's name has at most 255 bytes where the store keeps files.
        StringBuilder wide = new StringBuilder(key("wide/"));
        int character = 0;
        while (bytes(wide + "\u4e2d") <= LONGEST_KEY) {
            wide.append(++character % 60 == 0 ? "/" : "\u4e2d");
        }
        while (bytes(wide.toString()) < LONGEST_KEY) {
            wide.append('x');
        }
        keeps(wide.toString());
        isTooLong(wide + "x");
    }

    /** Some SDKs do not even send it. */
    private void isTooLong(String key) {
        RuntimeException refusal = catchThrowableOfType(RuntimeException.class, () -> put(key));
        assertThat(refusal).isNotNull();
        if (refusal instanceof RefusedByStorage said) {
            assertThat(said.code()).isEqualTo("InvalidObjectName");
        } else {
            assertThat(refusal).hasStackTraceContaining("IllegalArgumentException");
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void put(String key) {
        try (BackedClient client = client(Login.ACCOUNT)) {
            client.put(BUCKET, key, "content");
        }
    }

    private void keeps(String key) {
        assertThat(bytes(key)).isLessThanOrEqualTo(LONGEST_KEY);
        String copy = key("copies");
        try (BackedClient client = client(Login.ACCOUNT)) {
            client.put(BUCKET, key, key);
            assertThat(client.get(BUCKET, key)).isEqualTo(key);
            assertThat(client.size(BUCKET, key)).isEqualTo(bytes(key));
            // aliyun-sdk-oss trims the values of parameters before it signs them in V4, and sends them as they are.
            assertThat(client.list(BUCKET, key.strip())).contains(key);
            assertThat(client.listAgain(BUCKET, key.strip())).contains(key);
            client.copy(BUCKET, key, BUCKET, copy);
            assertThat(client.get(BUCKET, copy)).isEqualTo(key);
            client.deleteAll(BUCKET, List.of(key));
            refused("NoSuchKey", () -> client.get(BUCKET, key));
            client.put(BUCKET, key, "");
            client.delete(BUCKET, key);
            refused("NoSuchKey", () -> client.get(BUCKET, key));
        }
    }
}
