package io.countersign.signing.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Headers;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.Cases;
import io.countersign.signing.Cases.Case;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.sigv4.SigV4;
import io.countersign.signing.sigv4.SigV4Payload;
import io.countersign.signing.sigv4.SigV4Request;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Against the signer of the AWS SDK, with the settings of its S3 client; nothing is sent. */
class AwsSdkTest {
    private static final String HOST = "physical.s3.example";

    private final SigV4 signer = new SigV4(new SigningKeys(64));

    @Provide
    Arbitrary<Case> requests() {
        return Cases.requests();
    }

    @Property
    void agreesOnAStreamedBody(@ForAll("requests") Case request) {
        agrees(request, new SigV4Payload.Unsigned(), Optional.empty());
    }

    @Property
    void agreesOnAKnownBody(@ForAll("requests") Case request, @ForAll byte[] body) {
        agrees(request, SigV4Payload.of(body), Optional.of(body));
    }

    private void agrees(Case request, SigV4Payload payload, Optional<byte[]> body) {
        String path = "/" + request.bucket() + "/"
                + PercentEncoding.encodePath(request.key().orElse(""));
        Headers headers = Headers.NONE.and("host", HOST);
        for (Headers.HeaderField field : request.headerLines().fields()) {
            if (isSent(field)) {
                headers = headers.and(field.name(), field.value());
            }
        }
        QueryParameters query = QueryParameters.NONE;
        for (QueryParameter parameter : request.query()) {
            query = query.has(parameter.name()) ? query : query.and(parameter);
        }
        Headers ours = signer.signed(
                new SigV4Request(request.method(), path, query, headers, payload),
                request.accessKey(),
                request.securityToken(),
                "us-east-1",
                request.moment());
        SdkHttpRequest theirs = theirs(request, path, query, headers, body);
        for (String name : List.of("authorization", "x-amz-date", "x-amz-content-sha256")) {
            assertThat(ours.first(name)).as(name).isEqualTo(theirs.firstMatchingHeader(name));
        }
        assertThat(ours.first("x-amz-security-token")).isEqualTo(theirs.firstMatchingHeader("x-amz-security-token"));
    }

    /** Stores disagree on other characters, and Countersign sends none of them. */
    private static boolean isSent(Headers.HeaderField field) {
        return field.value().chars().allMatch(c -> c >= ' ' && c <= '~')
                && !field.name().equals("date")
                && !field.name().equals("user-agent");
    }

    private static SdkHttpRequest theirs(
            Case request, String path, QueryParameters query, Headers headers, Optional<byte[]> body) {
        SdkHttpRequest.Builder builder = SdkHttpRequest.builder()
                .method(SdkHttpMethod.valueOf(request.method().name()))
                .protocol("https")
                .host(HOST)
                .encodedPath(path);
        query.list().forEach(parameter -> builder.putRawQueryParameter(parameter.name(), parameter.value()));
        headers.fields().forEach(field -> builder.putHeader(field.name(), field.value()));
        AwsCredentialsIdentity identity = request.token()
                .<AwsCredentialsIdentity>map(token ->
                        AwsSessionCredentialsIdentity.create(request.accessKey().id(), request.secret(), token))
                .orElse(AwsCredentialsIdentity.create(request.accessKey().id(), request.secret()));
        return AwsV4HttpSigner.create()
                .sign(input -> {
                    input.identity(identity)
                            .request(builder.build())
                            .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                            .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                            .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                            .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                            .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, body.isPresent())
                            .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(request.moment(), ZoneOffset.UTC));
                    body.ifPresent(bytes -> input.payload(() -> new ByteArrayInputStream(bytes)));
                })
                .request();
    }
}
