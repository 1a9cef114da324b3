package io.countersign.signing.oracle;

import com.aliyun.oss.common.auth.DefaultCredentials;
import com.aliyun.oss.common.comm.RequestMessage;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.oss.common.utils.HttpUtil;
import com.aliyun.oss.internal.signer.OSSSignerBase;
import com.aliyun.oss.internal.signer.OSSSignerParams;
import com.aliyun.oss.model.GenericRequest;
import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameter;
import io.countersign.signing.Cases;
import io.countersign.signing.Cases.Case;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.base.SigningTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Against the signer classes of aliyun-sdk-oss; nothing is sent. They date by the system's clock. */
class OssJavaSdkTest {
    /** Seconds that the slowest machine does not take. */
    private static final int LEAST = 300;

    private final ClientSignatureChecks wire = new ClientSignatureChecks();

    @Provide
    Arbitrary<Case> requests() {
        return Cases.requests();
    }

    /** Its V1 presigns a bucket as "/bucket"; requests that reach a bucket sign "/bucket/". */
    @Provide
    Arbitrary<Case> objects() {
        return Cases.requests().filter(request -> request.key().isPresent());
    }

    /** Its V2 encodes UTF-16 units one by one. */
    @Provide
    Arbitrary<Case> basicPlane() {
        return Cases.requests().filter(Case::isInBasicPlane);
    }

    @Property
    void agreesOnV1Headers(@ForAll("requests") Case request) throws OssRefusal {
        inTheHeader(request, SignVersion.V1);
    }

    @Property
    void agreesOnV2Headers(@ForAll("basicPlane") Case request) throws OssRefusal {
        inTheHeader(request, SignVersion.V2);
    }

    @Property
    void agreesOnV4Headers(@ForAll("requests") Case request) throws OssRefusal {
        inTheHeader(request, SignVersion.V4);
    }

    @Property
    void agreesOnV1Urls(@ForAll("objects") Case request) throws OssRefusal {
        RequestMessage message = presigned(request, SignVersion.V1);
        RequestCredentials.Signed presented = wire.checks(request, arrived(request, message), Instant.now());
        RequestCredentials.V1Url url = (RequestCredentials.V1Url) presented;
        if (!request.isAmbiguousInV1() && !request.hasEmptyAssigned()) {
            wire.signsTheSameInTheUrl(request, url, Instant.ofEpochSecond(url.expires() - 1), Duration.ofSeconds(1));
        }
    }

    @Property
    void agreesOnV2Urls(@ForAll("basicPlane") Case request) throws OssRefusal {
        RequestMessage message = presigned(request, SignVersion.V2);
        RequestCredentials.Signed presented = wire.checks(request, arrived(request, message), Instant.now());
        RequestCredentials.V2Url url = (RequestCredentials.V2Url) presented;
        wire.signsTheSameInTheUrl(request, url, Instant.ofEpochSecond(url.expires() - 1), Duration.ofSeconds(1));
    }

    @Property
    void agreesOnV4Urls(@ForAll("requests") Case request) throws OssRefusal {
        RequestMessage message = presigned(request, SignVersion.V4);
        RequestCredentials.Signed presented = wire.checks(request, arrived(request, message), Instant.now());
        RequestCredentials.V4Url url = (RequestCredentials.V4Url) presented;
        Instant date = SigningTime.parse(url.date()).orElseThrow();
        wire.signsTheSameInTheUrl(request, url, date, Duration.ofSeconds(url.expiresSeconds()));
    }

    private void inTheHeader(Case request, SignVersion version) throws OssRefusal {
        RequestMessage message = message(request);
        OSSSignerBase.createRequestSigner(version, params(request)).sign(message);
        OssRequest arrived = arrived(request, message);
        RequestCredentials.Signed presented = wire.checks(request, arrived, Instant.now());
        boolean first = version == SignVersion.V1;
        if (!first || !request.isAmbiguousInV1() && !request.hasEmptyAssigned()) {
            wire.signsTheSameInTheHeader(request, arrived, presented);
        }
    }

    private static RequestMessage presigned(Case request, SignVersion version) {
        RequestMessage message = message(request);
        OSSSignerParams params = params(request);
        // It reads the clock itself: a URL for a second may have ended before it is looked at.
        long expires = Math.max(request.expires(), LEAST);
        params.setExpiration(Date.from(Instant.now().plusSeconds(expires).plusMillis(999)));
        params.setAdditionalHeaderNames(Set.copyOf(request.additional()));
        OSSSignerBase.createRequestPresigner(version, params).presign(message);
        // Its V1 and V2 carry the expiry in this header while signing; it is not sent.
        message.getHeaders().remove("Date");
        return message;
    }

    private static RequestMessage message(Case request) {
        GenericRequest original = new GenericRequest();
        original.setAdditionalHeaderNames(Set.copyOf(request.additional()));
        request.headers().forEach(header -> original.addHeader(header.get1(), header.get2()));
        RequestMessage message =
                new RequestMessage(original, request.bucket(), request.key().orElse(null));
        message.setMethod(com.aliyun.oss.HttpMethod.valueOf(request.method().name()));
        message.setEndpoint(URI.create("http://127.0.0.1:8080"));
        request.headers().forEach(header -> message.addHeader(header.get1(), header.get2()));
        for (QueryParameter parameter : request.query()) {
            message.addParameter(parameter.name(), parameter.assigned() ? parameter.value() : null);
        }
        return message;
    }

    private static OSSSignerParams params(Case request) {
        DefaultCredentials credentials = new DefaultCredentials(
                request.accessKey().id(), request.secret(), request.token().orElse(null));
        OSSSignerParams params =
                new OSSSignerParams("/" + request.bucket() + "/" + request.key().orElse(""), credentials);
        params.setRegion(ClientSignatureChecks.REGION);
        params.setProduct("oss");
        return params;
    }

    private static OssRequest arrived(Case request, RequestMessage message) throws OssRefusal {
        String query = HttpUtil.paramToQueryString(message.getParameters(), "utf-8");
        String path = "/" + request.bucket() + "/"
                + HttpUtil.urlEncode(request.key().orElse(""), "utf-8").replace("%2F", "/");
        Headers headers = ClientSignatureChecks.headers(message.getHeaders());
        return ClientSignatureChecks.arrived(request, query == null ? path : path + "?" + query, headers);
    }
}
