package io.countersign.http.hostile;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Makes edits: where they go is anybody's guess, what they put there has hurt somebody's parser before. */
public final class Edits {
    /** How many attacks one try makes: what a try costs besides is more than an attack. */
    public static final int PER_TRY = 10;

    private static final List<String> PIECES = List.of(
            // Ends of things, and things within things.
            "\"",
            "\\",
            "'",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            ";",
            "<",
            ">",
            "&amp;",
            "<!--",
            "]]>",
            "\"}",
            "[[",
            "{\"\":",
            // Controls, line ends, byte order marks, what is invisible or goes from right to left.
            "\u0000",
            "\t",
            "\r",
            "\n",
            "\r\n",
            "\r\nx-oss-meta-a: b",
            "\u0007",
            "\u007f",
            "\u0085",
            "\u00a0",
            "\u200b",
            "\u202e",
            "\u2028",
            "\ufeff",
            "\ufffd",
            "\uffff",
            // Halves of characters, whole ones, and letters that fold into ASCII ones.
            "\ud800",
            "\udc00",
            "\udc00\ud800",
            "\ud83d\ude00",
            "\u0130",
            "\u0131",
            "\u017f",
            "\u212a",
            "\u00df",
            "e\u0301",
            "\u00e9",
            "\u4e2d",
            "\uff0f",
            "\uff0e",
            // Percent signs and what they hide.
            "%",
            "%%",
            "%0",
            "%zz",
            "%00",
            "%0d%0a",
            "%20",
            "+",
            "%2B",
            "%2F",
            "%2f",
            "%252F",
            "%2e%2e/",
            "%5c",
            "%ff",
            "%c0%af",
            "%ed%a0%80",
            "%E4%B8",
            "%u0041",
            // Paths.
            "/",
            "//",
            "../",
            "/./",
            "/..;/",
            "..\\",
            "?",
            "#",
            "@",
            "user:pass@",
            ":80",
            ":99999",
            "[::1]",
            ".",
            // Queries: signed, unsigned, doubled, contradictory.
            "&",
            "=",
            "?acl",
            "&acl",
            "&policy",
            "&uploads",
            "&versionId=null",
            "&response-content-type=text/html",
            "&x-oss-process=image/resize,w_1",
            "&x-oss-process=sys/saveas,o_YQ",
            "&Expires=1",
            "&Expires=-1",
            "&Expires=9223372036854775808",
            "&Signature=AAAA",
            "&OSSAccessKeyId=LTAI5tUser",
            "&x-oss-signature=00",
            "&x-oss-expires=0",
            "&x-oss-expires=604801",
            "&x-oss-date=20261122T030000Z",
            "&x-oss-ac-source-ip=1.2.3.4",
            "&x-oss-additional-headers=host",
            "&security-token=x",
            "&delete",
            "&append&position=0",
            "&symlink",
            "&tagging",
            // Numbers.
            "0",
            "-0",
            "-1",
            "1",
            "9",
            "00",
            "0x10",
            "1e9",
            "1e400",
            "-1e400",
            "NaN",
            "1.0",
            "2147483648",
            "9223372036854775808",
            "99999999999999999999999999999999999999999",
            "\u0661",
            // Values of other kinds, members that stand twice or do not belong there.
            "null",
            "true",
            "[]",
            "{}",
            ",\"method\":\"PUT\"",
            "\"method\":\"DELETE\",",
            ",\"key\":\"../x\"",
            ",\"url\":\"http://localhost/private-bucket/\"",
            ",\"at\":\"2026-11-22T03:00:00Z\"",
            ",\"at\":\"+999999999-12-31T23:59:59Z\"",
            ",\"deleteKeys\":[\"a\"]",
            ",\"form\":{\"fields\":[]}",
            ",\"sourceIp\":\"::ffff:127.0.0.1\"",
            ",\"sourceIp\":\"fe80::1%eth0\"",
            ",\"secureTransport\":true",
            ",\"__proto__\":{}",
            // Words of the protocol.
            "GET",
            "PUT",
            "POST",
            "DELETE",
            "HEAD",
            "OPTIONS",
            "OSS ",
            "OSS2 ",
            "OSS4-HMAC-SHA256 ",
            "Bearer ",
            "none",
            "Credential=",
            "AdditionalHeaders=host;",
            "Signature=",
            "aliyun_v4_request",
            "UNSIGNED-PAYLOAD",
            "LTAI5tRoot",
            "x-oss-date",
            "x-oss-copy-source",
            "x-oss-object-acl",
            "public-read-write",
            "*",
            "${jwt:sub}",
            "STS.");

    private Edits() {}

    /** A long or deep piece: beyond any bound that a face has on it. */
    private static Arbitrary<String> runs() {
        return Combinators.combine(
                        Arbitraries.of(
                                "[", "{\"a\":", "%", "%2F", "/", "&a", "&a=b", "../", "9", "A", "\u4e2d", " ", ",",
                                ";"),
                        Arbitraries.of(33, 300, 5_000))
                .as(String::repeat);
    }

    private static Arbitrary<String> pieces() {
        return Arbitraries.frequencyOf(
                Tuple.of(40, Arbitraries.of(PIECES)),
                Tuple.of(1, runs()),
                Tuple.of(4, Arbitraries.strings().ofMaxLength(4)),
                Tuple.of(4, Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(2)));
    }

    private static Arbitrary<Edit> edit() {
        return Combinators.combine(
                        Arbitraries.of(Edit.Kind.class),
                        Arbitraries.integers().between(0, 63),
                        Arbitraries.integers().between(0, 4095),
                        Arbitraries.frequencyOf(
                                Tuple.of(3, Arbitraries.of(0, 1)),
                                Tuple.of(1, Arbitraries.integers().between(2, 60))),
                        pieces())
                .as(Edit::new);
    }

    private static Arbitrary<List<Edit>> few() {
        return edit().list().ofMinSize(1).ofMaxSize(3);
    }

    /** An attack: which of the valid calls is spoiled, by some edits of its parts, or of its text as it is sent, or both. */
    private static Arbitrary<Attack> attack() {
        Arbitrary<Integer> victims = Arbitraries.integers().between(0, 1023);
        return Arbitraries.oneOf(
                Combinators.combine(victims, few()).as((victim, edits) -> new Attack(victim, edits, List.of())),
                Combinators.combine(victims, few()).as((victim, edits) -> new Attack(victim, List.of(), edits)),
                Combinators.combine(victims, few(), few()).as(Attack::new));
    }

    /** As many attacks as one try makes. */
    public static Arbitrary<List<Attack>> attacks() {
        return attacks(PER_TRY);
    }

    public static Arbitrary<List<Attack>> attacks(int count) {
        return attack().list().ofSize(count);
    }
}
