package io.countersign.signcontent;

import static io.countersign.identity.TestToken.NOW;

import io.countersign.json.JsonText;
import io.countersign.oss.PercentEncoding;
import io.countersign.signing.base.Hmac;
import io.countersign.signing.base.SigningTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The request of a remote signer, member by member. Its strings are built by hand, as the Swift SDK builds them. */
public record Remote(Map<String, String> members) {
    static final String DAY = "20261122";
    static final String TIME = "20261122T080000Z";

    public Remote {
        members = new LinkedHashMap<>(members);
    }

    static Remote v1(String method, String bucket, String key, String stringToSign) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("version", "v1");
        members.put("method", method);
        members.put("bucket", bucket);
        members.put("key", key);
        members.put("stringToSign", stringToSign);
        members.put("date", stringToSign.split("\n", -1)[3]);
        return new Remote(members);
    }

    /** With the canonical request that the string to sign has the hash of. */
    static Remote v4(String method, String bucket, String key, String canonicalRequest) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("version", "v4");
        members.put("method", method);
        members.put("bucket", bucket);
        members.put("key", key);
        members.put("stringToSign", stringToSign(TIME, "cn-hangzhou/oss", canonicalRequest));
        members.put("date", DAY);
        members.put("region", "cn-hangzhou");
        members.put("product", "oss");
        members.put("canonicalRequest", canonicalRequest);
        return new Remote(members);
    }

    static String stringToSign(String time, String scope, String canonicalRequest) {
        return "OSS4-HMAC-SHA256\n" + time + "\n" + time.substring(0, 8) + "/" + scope + "/aliyun_v4_request\n"
                + Hmac.Digests.sha256Hex(canonicalRequest);
    }

    /** {@code lines} are headers besides the two that are always there, sorted before them. */
    static String canonicalRequest(String method, String key, String query, String... lines) {
        StringBuilder text = new StringBuilder(method)
                .append("\n/examplebucket/")
                .append(PercentEncoding.encodePath(key))
                .append('\n')
                .append(query)
                .append('\n');
        for (String line : lines) {
            text.append(line).append('\n');
        }
        return text.append("x-oss-content-sha256:UNSIGNED-PAYLOAD\nx-oss-date:" + TIME + "\n\n\nUNSIGNED-PAYLOAD")
                .toString();
    }

    /** The query of a URL under an access key id, without the signature; {@code more} is what goes before the signature's own parameters. */
    static String urlQuery(String keyId, long expires, Instant date, String more) {
        String time = SigningTime.iso(date);
        return more + "x-oss-credential=" + keyId + "%2F" + time.substring(0, 8)
                + "%2Fcn-hangzhou%2Foss%2Faliyun_v4_request&x-oss-date=" + time + "&x-oss-expires=" + expires
                + "&x-oss-signature-version=OSS4-HMAC-SHA256";
    }

    static Remote url(String method, String key, long expires, Instant date, String more, String... headers) {
        String headerLines = headers.length == 0 ? "" : String.join("\n", headers) + "\n";
        String canonicalRequest = method + "\n/examplebucket/" + PercentEncoding.encodePath(key) + "\n"
                + urlQuery(SignContentCalls.KEY_ID, expires, date, more) + "\n" + headerLines + "\n\nUNSIGNED-PAYLOAD";
        return v4(method, "examplebucket", key, canonicalRequest)
                .with("stringToSign", stringToSign(SigningTime.iso(date), "cn-hangzhou/oss", canonicalRequest))
                .with("date", SigningTime.iso(date).substring(0, 8));
    }

    static Remote url(String method, String key, long expires) {
        return url(method, key, expires, NOW, "");
    }

    Remote with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Remote(more);
    }

    Remote without(String name) {
        Map<String, String> less = new LinkedHashMap<>(members);
        less.remove(name);
        return new Remote(less);
    }

    public String json() {
        return JsonText.object(json -> members.forEach(json::put));
    }
}
