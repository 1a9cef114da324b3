package io.countersign.signing;

import com.aliyun.oss.HttpMethod;
import com.aliyun.oss.common.auth.DefaultCredentials;
import com.aliyun.oss.common.auth.RequestPresigner;
import com.aliyun.oss.common.auth.RequestSigner;
import com.aliyun.oss.common.comm.RequestMessage;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.oss.common.utils.HttpUtil;
import com.aliyun.oss.internal.signer.OSSSignerBase;
import com.aliyun.oss.internal.signer.OSSSignerParams;
import com.aliyun.oss.model.GenericRequest;
import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.Set;

/** The same upload signed by aliyun-sdk-oss, whose signers are made once; they date by the system's clock and sign in place, so that each call brings a message of its own. */
final class SdkSigner {
    private static final URI ENDPOINT = URI.create("http://oss-" + Sample.REGION + ".aliyuncs.com");

    private final Place place;
    private final RequestSigner signer;
    private final RequestPresigner presigner;

    SdkSigner(SignatureVersion version, Place place) {
        this.place = place;
        OSSSignerParams params = new OSSSignerParams(
                "/" + Sample.BUCKET + "/" + Sample.OBJECT,
                new DefaultCredentials(Sample.KEY.id(), Sample.KEY.secret().reveal(), null));
        params.setRegion(Sample.REGION);
        params.setProduct(CredentialScope.OSS);
        params.setAdditionalHeaderNames(Set.of());
        // The fraction keeps its V4 from cutting a second off.
        params.setExpiration(
                Date.from(Instant.now().plusSeconds(Sample.EXPIRES_SECONDS).plusMillis(999)));
        SignVersion its = SignVersion.valueOf(version.name());
        this.signer = OSSSignerBase.createRequestSigner(its, params);
        this.presigner = OSSSignerBase.createRequestPresigner(its, params);
    }

    RequestMessage sign() {
        RequestMessage message = new RequestMessage(new GenericRequest(), Sample.BUCKET, Sample.OBJECT);
        message.setMethod(HttpMethod.PUT);
        message.setEndpoint(ENDPOINT);
        message.addHeader("Content-Type", Sample.CONTENT_TYPE);
        switch (place) {
            case HEADER -> signer.sign(message);
            case URL -> presigner.presign(message);
        }
        return message;
    }

    /** Countersign's verdict on the message. */
    SignatureCheck check(RequestMessage message, SigningKeys keys) throws OssRefusal {
        Headers headers = Headers.NONE;
        for (var header : message.getHeaders().entrySet()) {
            // Its V1 and V2 presigners keep the expiry here while they sign; it is not sent.
            if (place == Place.HEADER || !header.getKey().equals("Date")) {
                headers = headers.and(header.getKey(), header.getValue());
            }
        }
        String query = HttpUtil.paramToQueryString(message.getParameters(), "utf-8");
        return Sample.verify(Sample.arrived(Sample.url(query == null ? "" : query), headers), Instant.now(), keys);
    }
}
