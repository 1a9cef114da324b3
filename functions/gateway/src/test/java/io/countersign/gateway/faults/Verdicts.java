package io.countersign.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.UrlSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decisions of a gateway while its store fails.
 *
 * @param answer the longest time of one call
 */
record Verdicts(Calls calls, Duration answer) {
    private static final Duration RECOVERY = Duration.ofSeconds(15);

    /** Asks until then. The number of calls that were answered with 503; all others were right, and none was late. */
    int unavailable(Instant end) throws Exception {
        String good = signed("a.jpg");
        String forged = good.replace("/a.jpg", "/b.jpg");
        int unavailable = 0;
        while (Instant.now().isBefore(end)) {
            long begun = System.nanoTime();
            int status = calls.auth(good).statusCode();
            assertThat(calls.auth(forged).statusCode()).isIn(403, 503);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(answer.multipliedBy(2));
            assertThat(status).isIn(200, 503);
            unavailable += status == 503 ? 1 : 0;
        }
        return unavailable;
    }

    /** By itself, and soon. */
    void areRightAgain() throws Exception {
        Instant end = Instant.now().plus(RECOVERY);
        while (calls.auth(signed("a.jpg")).statusCode() != 200) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(100);
        }
        assertThat(calls.health().statusCode()).isEqualTo(200);
    }

    private static String signed(String key) throws Exception {
        UrlSigner.UrlToSign url = new UrlSigner.UrlToSign(
                SignatureVersion.V4,
                HttpMethod.GET,
                Target.object(Installation.BUCKET, key),
                QueryParameters.NONE,
                Headers.NONE,
                Duration.ofMinutes(10),
                Optional.empty(),
                "cn-hangzhou");
        return "/" + key + "?"
                + new UrlSigner(new SigningKeys(1))
                        .sign(url, Installation.CALLER, Instant.now())
                        .query()
                        .encoded();
    }
}
