package io.countersign.upstream.oracle;

import com.aliyun.sdk.service.oss2.credentials.Credentials;
import com.aliyun.sdk.service.oss2.signer.SignerV4;
import com.aliyun.sdk.service.oss2.signer.SigningContext;
import com.aliyun.sdk.service.oss2.transport.RequestMessage;
import io.countersign.oss.Headers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Signs with V4 by the code of alibabacloud-oss-v2. */
public record SdkSigner(String region, String accessKeyId, String secret) {
    /**
     * Returns the value of the header Authorization.
     *
     * @param target of the request line
     * @param headers all that are signed, and no others
     * @param additional the names of signed headers that V4 does not sign by itself, in lower case
     * @param key decoded; empty for a bucket
     */
    public String authorization(
            String method,
            String target,
            Headers headers,
            List<String> additional,
            String bucket,
            Optional<String> key,
            Instant date) {
        Map<String, String> sent = new LinkedHashMap<>();
        headers.fields().forEach(field -> sent.put(field.name(), field.value()));
        SigningContext context = new SigningContext();
        context.setBucket(bucket);
        key.ifPresent(context::setKey);
        context.setRegion(region);
        context.setProduct("oss");
        context.setSignTime(date);
        context.setAdditionalHeaders(new ArrayList<>(additional));
        context.setSubResource(List.of());
        context.setCredentials(new Credentials(accessKeyId, secret, null));
        context.setRequest(RequestMessage.newBuilder()
                .method(method)
                .uri("http://" + headers.first("host").orElse("") + target)
                .headers(sent)
                .build());
        new SignerV4().sign(context);
        return context.getRequest().headers().getOrDefault("Authorization", "");
    }
}
