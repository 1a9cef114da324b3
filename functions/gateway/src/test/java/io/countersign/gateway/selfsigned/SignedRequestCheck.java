package io.countersign.gateway.selfsigned;

import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.identity.TestRegistry;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.registry.store.MemoryStore;
import io.countersign.signcontent.SignContentCalls;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.VerifyFunction;
import io.countersign.verify.VerifySettings;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.UrlUses;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The verifier's view of a signature. A request is put together from the signed text, by other means than those that signed it, and asked of the verifier, which
 * says whose signature it is and what operation on what object it sees.
 */
final class SignedRequestCheck {
    /** The actions that {@link #POLICY} allows to Alice. */
    private static final Set<String> GRANTED = Set.of("oss:GetObject", "oss:PutObject");

    private static final String FOLDER = "acs:oss:*:" + TestRegistry.ACCOUNT + ":examplebucket/users/alice/";
    static final String POLICY =
            "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"oss:GetObject\",\"oss:PutObject\"],"
                    + "\"Resource\":\"acs:oss:*:*:examplebucket/users/${jwt:sub}/*\"}]}";

    /** Headers that ask for more than the operation does. */
    private static final Pattern MORE = Pattern.compile("x-oss-(?!meta-|date$|content-sha256$).*");

    private static final Pattern V1 =
            Pattern.compile("(GET|HEAD|PUT|POST|DELETE)\n(.*)\n(.*)\n(.*)\n((?:x-oss-.*\n)*)(/.*)", Pattern.UNIX_LINES);
    private static final Pattern V4 =
            Pattern.compile("(GET|HEAD|PUT|POST|DELETE)\n(/.*)\n(.*)\n((?:.+:.*\n)*)\n(.*)\n(.*)", Pattern.UNIX_LINES);

    private final VerifyFunction verify = new VerifyFunction(
            SignContentCalls.registry(POLICY).registry(),
            new UrlUses(new MemoryStore()),
            SessionOpener.NONE,
            new SigningKeys(16),
            VerifySettings.DEFAULT);

    /** The request that a V1 string to sign is of has this signature, and is one that Alice may make. */
    void grantedV1(String content, String signature) {
        Matcher text = V1.matcher(content);
        assertThat(text.matches())
                .as("signed what is no string to sign: %s", content)
                .isTrue();
        Map<String, String> headers = lines(text.group(5));
        put(headers, "content-md5", text.group(2));
        put(headers, "content-type", text.group(3));
        String[] resource = text.group(6).split("\\?", 2);
        StringBuilder url = new StringBuilder("http://oss-cn-hangzhou.aliyuncs.com" + encoded(resource[0], true));
        String separator = "?";
        if (resource.length == 2) {
            for (String piece : resource[1].split("&")) {
                String[] parameter = piece.split("=", 2);
                url.append(separator).append(encoded(parameter[0], false));
                if (parameter.length == 2) {
                    url.append('=').append(encoded(parameter[1], false));
                }
                separator = "&";
            }
        }
        String date = text.group(4);
        if (date.matches("[0-9]+")) {
            url.append(separator).append("OSSAccessKeyId=").append(SignContentCalls.KEY_ID);
            url.append("&Expires=").append(date).append("&Signature=").append(encoded(signature, false));
            assertThat(Long.parseLong(date)).isBetween(NOW.getEpochSecond(), NOW.getEpochSecond() + 3600);
        } else {
            headers.put("date", date);
            headers.put("authorization", "OSS " + SignContentCalls.KEY_ID + ":" + signature);
        }
        granted(text.group(1), url.toString(), headers);
    }

    /** The same for a canonical request of V4. */
    void grantedV4(String canonicalRequest, String stringToSign, String signature) {
        Matcher text = V4.matcher(canonicalRequest);
        assertThat(text.matches())
                .as("signed what is no canonical request: %s", canonicalRequest)
                .isTrue();
        Map<String, String> headers = lines(text.group(4));
        String url = "http://oss-cn-hangzhou.aliyuncs.com" + text.group(2)
                + (text.group(3).isEmpty() ? "" : "?" + text.group(3));
        String additional = text.group(5);
        if (text.group(3).contains("x-oss-credential=")) {
            url = url + "&x-oss-signature=" + signature;
        } else {
            String scope = stringToSign.split("\n")[2];
            headers.put(
                    "authorization",
                    "OSS4-HMAC-SHA256 Credential=" + SignContentCalls.KEY_ID + "/" + scope
                            + (additional.isEmpty() ? "" : ",AdditionalHeaders=" + additional) + ",Signature="
                            + signature);
        }
        granted(text.group(1), url, headers);
    }

    private void granted(String method, String url, Map<String, String> headers) {
        assertThat(headers.keySet()).noneMatch(name -> MORE.matcher(name).matches());
        String body = JsonText.object(json -> {
            json.put("method", method).put("url", url);
            json.object("headers", members -> headers.forEach(members::put));
        });
        Reply reply = verify.handle(
                new Call(
                        "POST",
                        "/verify",
                        Optional.empty(),
                        List.of(new Header("Content-Type", "application/json")),
                        Bytes.utf8(body),
                        "127.0.0.1",
                        true),
                NOW);
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
        try {
            Members verdict = Members.of(Values.parse(reply.body().toArray()));
            Optional<Value> principal = verdict.optional("principal");
            // A principal is named only when the signature held.
            assertThat(principal).as("%s\n%s", body, reply.body().utf8()).isPresent();
            assertThat(Members.of(principal.get()).string("arn"))
                    .isEqualTo("acs:ram::" + TestRegistry.ACCOUNT + ":user/app-signer");
            assertThat(verdict.string("action")).isIn(GRANTED);
            assertThat(verdict.string("resource")).startsWith(FOLDER).doesNotContain("/../", "/./");
        } catch (InvalidDocumentException e) {
            throw new AssertionError(body + "\n" + reply.body().utf8(), e);
        }
    }

    private static Map<String, String> lines(String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        text.lines().forEach(line -> headers.put(line.split(":", 2)[0], line.split(":", 2)[1]));
        return headers;
    }

    private static void put(Map<String, String> headers, String name, String value) {
        if (!value.isEmpty()) {
            headers.put(name, value);
        }
    }

    private static String encoded(String text, boolean path) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        return path ? encoded.replace("%2F", "/") : encoded;
    }
}
