package io.countersign.upstream.s3;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameters;
import io.countersign.registry.Upstream;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.sigv4.SigV4;
import io.countersign.signing.sigv4.SigV4Payload;
import io.countersign.signing.sigv4.SigV4Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;

/** A store that speaks S3 on a port of loopback, and checks SigV4 by code that is not ours. */
public interface S3Server extends AutoCloseable {
    /** Of the one user of the store. */
    AccessKey KEY = new AccessKey("AKUPSTREAM", Secret.of("the-secret-of-the-store"));

    String REGION = "us-east-1";

    URI endpoint();

    /** The upstream of a bucket that {@link #create} has made. */
    default Upstream upstream(String bucket) {
        return new Upstream(
                Upstream.Protocol.S3,
                new Upstream.Endpoint(false, endpoint().getHost(), endpoint().getPort()),
                REGION,
                bucket,
                true,
                new Upstream.Signer.ForeignKey(KEY.id()));
    }

    /** As {@link #upstream}, of a store that is said to keep keys apart. */
    default Upstream flatUpstream(String bucket) {
        Upstream folding = upstream(bucket);
        return new Upstream(
                folding.protocol(),
                folding.endpoint(),
                folding.region(),
                folding.bucket(),
                folding.pathStyle(),
                true,
                folding.signer());
    }

    /** Makes a private bucket. */
    default void create(String bucket) throws IOException, InterruptedException {
        Headers headers = new SigV4(new SigningKeys(1))
                .signed(
                        new SigV4Request(
                                HttpMethod.PUT,
                                "/" + bucket,
                                QueryParameters.NONE,
                                Headers.NONE.and("host", endpoint().getAuthority()),
                                SigV4Payload.of(new byte[0])),
                        KEY,
                        Optional.empty(),
                        REGION,
                        Instant.now());
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint().resolve("/" + bucket))
                .version(HttpClient.Version.HTTP_1_1)
                .method("PUT", HttpRequest.BodyPublishers.noBody());
        headers.without("host").fields().forEach(field -> request.header(field.name(), field.value()));
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("the store made no bucket: " + answer.statusCode() + " " + answer.body());
            }
        }
    }

    @Override
    void close();
}
