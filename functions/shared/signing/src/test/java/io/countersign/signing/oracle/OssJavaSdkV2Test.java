package io.countersign.signing.oracle;

import com.aliyun.sdk.service.oss2.credentials.Credentials;
import com.aliyun.sdk.service.oss2.signer.Signer;
import com.aliyun.sdk.service.oss2.signer.SignerV1;
import com.aliyun.sdk.service.oss2.signer.SignerV4;
import com.aliyun.sdk.service.oss2.signer.SigningContext;
import com.aliyun.sdk.service.oss2.transport.RequestMessage;
import com.aliyun.sdk.service.oss2.utils.HttpUtils;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameter;
import io.countersign.signing.Cases;
import io.countersign.signing.Cases.Case;
import io.countersign.signing.RequestCredentials;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Against the signer classes of alibabacloud-oss-v2, which take the moment as an argument; nothing is sent. */
class OssJavaSdkV2Test {
    private final ClientSignatureChecks wire = new ClientSignatureChecks();

    @Provide
    Arbitrary<Case> requests() {
        return Cases.requests();
    }

    @Property
    void agreesOnV1Headers(@ForAll("requests") Case request) throws OssRefusal {
        OssRequest arrived = arrived(request, signed(request, new SignerV1(), false));
        RequestCredentials.Signed presented = wire.checks(request, arrived, request.moment());
        // It signs no token in V1 headers; we do.
        boolean alike = !request.isAmbiguousInV1() && !request.hasEmptyOssHeader();
        if (alike && request.token().isEmpty()) {
            wire.signsTheSameInTheHeader(request, arrived, presented);
        }
    }

    @Property
    void agreesOnV4Headers(@ForAll("requests") Case request) throws OssRefusal {
        OssRequest arrived = arrived(request, signed(request, new SignerV4(), false));
        RequestCredentials.Signed presented = wire.checks(request, arrived, request.moment());
        if (!hasEmptySignedHeader(request)) {
            wire.signsTheSameInTheHeader(request, arrived, presented);
        }
    }

    @Property
    void agreesOnV1Urls(@ForAll("requests") Case request) throws OssRefusal {
        OssRequest arrived = arrived(request, signed(request, new SignerV1(), true));
        RequestCredentials.Signed presented = wire.checks(request, arrived, request.moment());
        if (!request.isAmbiguousInV1() && !request.hasEmptyOssHeader()) {
            wire.signsTheSameInTheUrl(request, presented, request.moment(), Duration.ofSeconds(request.expires()));
        }
    }

    @Property
    void agreesOnV4Urls(@ForAll("requests") Case request) throws OssRefusal {
        OssRequest arrived = arrived(request, signed(request, new SignerV4(), true));
        RequestCredentials.Signed presented = wire.checks(request, arrived, request.moment());
        if (!hasEmptySignedHeader(request)) {
            wire.signsTheSameInTheUrl(request, presented, request.moment(), Duration.ofSeconds(request.expires()));
        }
    }

    /** It leaves headers without a value out of what it signs. */
    private static boolean hasEmptySignedHeader(Case request) {
        return request.headers().stream().anyMatch(header -> header.get2().isEmpty());
    }

    private static RequestMessage signed(Case request, Signer signer, boolean url) {
        SigningContext context = new SigningContext();
        context.setBucket(request.bucket());
        request.key().ifPresent(context::setKey);
        context.setRegion(ClientSignatureChecks.REGION);
        context.setProduct("oss");
        context.setSignTime(request.moment());
        context.setExpiration(request.moment().plusSeconds(request.expires()));
        context.setAuthMethodQuery(url);
        context.setAdditionalHeaders(request.additional());
        context.setSubResource(request.subResources());
        context.setCredentials(new Credentials(
                request.accessKey().id(), request.secret(), request.token().orElse(null)));
        context.setRequest(message(request));
        signer.sign(context);
        return context.getRequest();
    }

    private static RequestMessage message(Case request) {
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().forEach(header -> headers.put(header.get1(), header.get2()));
        Map<String, String> parameters = new LinkedHashMap<>();
        for (QueryParameter parameter : request.query()) {
            parameters.put(parameter.name(), parameter.assigned() ? parameter.value() : null);
        }
        String url = "http://127.0.0.1:8080/" + request.bucket() + "/"
                + HttpUtils.urlEncodePath(request.key().orElse(""));
        String query = HttpUtils.encodeQueryParameters(parameters)
                .map(text -> "?" + text)
                .orElse("");
        return RequestMessage.newBuilder()
                .method(request.method().name())
                .uri(url + query)
                .headers(headers)
                .build();
    }

    private static OssRequest arrived(Case request, RequestMessage message) throws OssRefusal {
        URI uri = message.uri();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return ClientSignatureChecks.arrived(
                request, uri.getRawPath() + query, ClientSignatureChecks.headers(message.headers()));
    }
}
