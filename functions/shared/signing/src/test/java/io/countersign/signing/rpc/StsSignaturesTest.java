package io.countersign.signing.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SignatureCheck;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StsSignaturesTest {
    private static final Secret SECRET = Secret.of("sk");
    private static final QueryParameters CALL = QueryParameters.NONE
            .and("Action", "AssumeRole")
            .and("RoleArn", "acs:ram::1:role/r*~ 中")
            .and("SecurityToken", "tok+/=en");

    private static boolean matches(SignatureCheck check) {
        return check instanceof SignatureCheck.Matches;
    }

    @Test
    void theOrderAndTheSignatureItselfDoNotCount() {
        String signature = RpcSignature.sign(HttpMethod.GET, CALL, SECRET);
        QueryParameters other = new QueryParameters(CALL.list().reversed()).and("Signature", signature);
        assertThat(matches(RpcSignature.check(HttpMethod.GET, other, signature, SECRET)))
                .isTrue();
    }

    @Test
    void emptyParametersMayBeSignedOrLeftOut() {
        QueryParameters sent = CALL.and(QueryParameter.of("Policy", ""));
        String leftOut = RpcSignature.sign(HttpMethod.POST, CALL, SECRET);
        String signed = RpcSignature.sign(HttpMethod.POST, sent, SECRET);
        assertThat(leftOut).isNotEqualTo(signed);
        assertThat(matches(RpcSignature.check(HttpMethod.POST, sent, leftOut, SECRET)))
                .isTrue();
        assertThat(matches(RpcSignature.check(HttpMethod.POST, sent, signed, SECRET)))
                .isTrue();
    }

    @Test
    void anythingElseIsAMismatch() {
        String signature = RpcSignature.sign(HttpMethod.GET, CALL, SECRET);
        assertThat(matches(RpcSignature.check(HttpMethod.POST, CALL, signature, SECRET)))
                .isFalse();
        assertThat(matches(RpcSignature.check(HttpMethod.GET, CALL.and("Policy", "x"), signature, SECRET)))
                .isFalse();
        assertThat(matches(RpcSignature.check(HttpMethod.GET, CALL.without("RoleArn"), signature, SECRET)))
                .isFalse();
        assertThat(matches(RpcSignature.check(HttpMethod.GET, CALL, signature, Secret.of("sk2"))))
                .isFalse();
        assertThat(matches(RpcSignature.check(HttpMethod.GET, CALL, "", SECRET)))
                .isFalse();
    }

    @Test
    void rpcNeverShowsTheToken() {
        assertThat(RpcSignature.form(HttpMethod.GET, CALL).stringToSign())
                .contains("SecurityToken%3Dsha256%3A")
                .doesNotContain("tok");
    }

    @Test
    void acs3CoversEveryPart() {
        Headers headers = Headers.NONE.and("x-acs-action", "AssumeRole").and("host", "h");
        Acs3Request request = acs3(HttpMethod.GET, CALL, headers, "hash");
        String signature =
                Acs3Request.Signature.sign(request, new AccessKey("ak", SECRET)).signature();
        assertThat(matches(Acs3Request.Signature.check(request, signature, SECRET)))
                .isTrue();
        assertThat(matches(Acs3Request.Signature.check(acs3(HttpMethod.PUT, CALL, headers, "hash"), signature, SECRET)))
                .isFalse();
        assertThat(matches(Acs3Request.Signature.check(
                        acs3(HttpMethod.GET, CALL.and("a", "b"), headers, "hash"), signature, SECRET)))
                .isFalse();
        assertThat(matches(Acs3Request.Signature.check(
                        acs3(HttpMethod.GET, CALL, headers.without("host").and("host", "i"), "hash"),
                        signature,
                        SECRET)))
                .isFalse();
        assertThat(matches(
                        Acs3Request.Signature.check(acs3(HttpMethod.GET, CALL, headers, "other"), signature, SECRET)))
                .isFalse();
    }

    @Test
    void acs3NeverShowsTheToken() {
        Headers headers = Headers.NONE.and("x-acs-security-token", "tok+/=en");
        Acs3Request request = new Acs3Request(
                HttpMethod.GET, "/", QueryParameters.NONE, headers, List.of("x-acs-security-token"), "hash");
        assertThat(request.form().canonicalRequest().orElseThrow())
                .contains("x-acs-security-token:" + SecurityToken.fingerprint("tok+/=en"))
                .doesNotContain("tok+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ACS3-HMAC-SHA256 ",
                "ACS3-HMAC-SHA256 Credential=ak,Signature=s",
                "ACS3-HMAC-SHA256 Credential=ak,SignedHeaders=a;a,Signature=s",
                "ACS3-HMAC-SHA256 Credential=,SignedHeaders=a,Signature=s",
                "ACS3-HMAC-SHA256 Credential=ak,SignedHeaders=a,Signature=s,Other=x"
            })
    void malformedAcs3IsRefused(String authorization) {
        assertThatThrownBy(() -> Acs3Credentials.parse(authorization)).isInstanceOf(OssRefusal.class);
    }

    @Test
    void anotherSchemeIsNotAcs3() throws OssRefusal {
        assertThat(Acs3Credentials.parse("Bearer x")).isEmpty();
        assertThat(Acs3Credentials.parse("ACS3-HMAC-SHA256 Credential=ak, SignedHeaders=B;a, Signature=s"))
                .contains(new Acs3Credentials("ak", List.of("a", "b"), "s"));
    }

    private static Acs3Request acs3(HttpMethod method, QueryParameters query, Headers headers, String hash) {
        return new Acs3Request(method, "/", query, headers, List.of("host", "x-acs-action"), hash);
    }
}
