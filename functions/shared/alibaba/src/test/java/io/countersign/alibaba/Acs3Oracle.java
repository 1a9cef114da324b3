package io.countersign.alibaba;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.tea.TeaRequest;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares our calls with those of Alibaba Cloud's own clients. */
public final class Acs3Oracle {
    /** The parts that each client chooses: its transport, its time and its nonce. */
    private static final Set<String> OWN = Set.of(
            "accept-encoding",
            "authorization",
            "connection",
            "content-length",
            "content-type",
            "http2-settings",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "x-acs-date",
            "x-acs-signature-nonce");

    private Acs3Oracle() {}

    /** Both are one call, apart from the parts that each client chooses. */
    public static void assertAlike(Acs3Received our, Acs3Received their) {
        assertThat(our.method()).isEqualTo(their.method());
        assertThat(our.action()).isEqualTo(their.action());
        assertThat(our.parameters()).isEqualTo(their.parameters());
        assertThat(our.body()).isEqualTo(their.body());
        assertThat(chosenForTheService(our)).isEqualTo(chosenForTheService(their));
        assertThat(our.headers().keySet()).contains("x-acs-date", "x-acs-signature-nonce");
        assertThat(signedHeaders(our)).isEqualTo(signedHeaders(their));
    }

    /** Their signer makes the Authorization header that we sent. */
    public static void assertSignedAsTheirsDoes(Acs3Received our, String accessKeyId, String secret) throws Exception {
        TeaRequest theirs = new TeaRequest();
        theirs.method = our.method();
        theirs.pathname = "/";
        theirs.query.putAll(our.parameters());
        Map<String, String> headers = new TreeMap<>(our.headers());
        String sent = headers.remove("authorization");
        theirs.headers.putAll(headers);
        String signed = com.aliyun.openapiutil.Client.getAuthorization(
                theirs, "ACS3-HMAC-SHA256", headers.get("x-acs-content-sha256"), accessKeyId, secret);
        // Theirs signs a content type as well where one was sent; nothing else tells the two apart.
        assertThat(headers).doesNotContainKey("content-type");
        assertThat(sent).isEqualTo(signed);
    }

    private static Map<String, String> chosenForTheService(Acs3Received request) {
        Map<String, String> headers = new TreeMap<>(request.headers());
        headers.keySet().removeAll(OWN);
        return headers;
    }

    private static Set<String> signedHeaders(Acs3Received request) {
        String authorization = request.headers().getOrDefault("authorization", "");
        String names = authorization.replaceFirst(".*SignedHeaders=", "").replaceFirst(",.*", "");
        assertThat(names).contains("host");
        return new TreeSet<>(Set.of(names.split(";")));
    }
}
