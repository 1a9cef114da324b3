package io.countersign.clients;

import android.content.Context;
import com.alibaba.sdk.android.oss.ClientConfiguration;
import com.alibaba.sdk.android.oss.ClientException;
import com.alibaba.sdk.android.oss.OSS;
import com.alibaba.sdk.android.oss.OSSClient;
import com.alibaba.sdk.android.oss.ServiceException;
import com.alibaba.sdk.android.oss.common.OSSLog;
import com.alibaba.sdk.android.oss.common.auth.OSSCredentialProvider;
import com.alibaba.sdk.android.oss.model.AbortMultipartUploadRequest;
import com.alibaba.sdk.android.oss.model.CompleteMultipartUploadRequest;
import com.alibaba.sdk.android.oss.model.CopyObjectRequest;
import com.alibaba.sdk.android.oss.model.DeleteMultipleObjectRequest;
import com.alibaba.sdk.android.oss.model.DeleteObjectRequest;
import com.alibaba.sdk.android.oss.model.GetObjectRequest;
import com.alibaba.sdk.android.oss.model.HeadObjectRequest;
import com.alibaba.sdk.android.oss.model.InitiateMultipartUploadRequest;
import com.alibaba.sdk.android.oss.model.ListObjectsRequest;
import com.alibaba.sdk.android.oss.model.ListPartsRequest;
import com.alibaba.sdk.android.oss.model.OSSObjectSummary;
import com.alibaba.sdk.android.oss.model.PartETag;
import com.alibaba.sdk.android.oss.model.PutObjectRequest;
import com.alibaba.sdk.android.oss.model.UploadPartRequest;
import com.alibaba.sdk.android.oss.signer.SignVersion;
import io.countersign.gateway.storage.RefusedByStorage;
import io.countersign.gateway.storage.StorageClient;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** com.aliyun.dpa:oss-android-sdk on a plain JVM. It knows neither the second listing nor copying a part. */
final class AndroidSdk implements StorageClient {
    static {
        OSSLog.disableLog();
    }

    private final OSS oss;

    AndroidSdk(String endpoint, OSSCredentialProvider credentials, SignVersion version) {
        this(endpoint, credentials, version, 0);
    }

    /** @param retries after a failure that may pass */
    AndroidSdk(String endpoint, OSSCredentialProvider credentials, SignVersion version, int retries) {
        ClientConfiguration configuration = new ClientConfiguration();
        configuration.setSignVersion(version);
        configuration.setMaxErrorRetry(retries);
        configuration.setHttpDnsEnable(false);
        OSSClient client = new OSSClient(new Context(), endpoint, credentials, configuration);
        client.setRegion("cn-hangzhou");
        oss = client;
    }

    @Override
    public void put(String bucket, String key, String content) {
        ask(() -> oss.putObject(new PutObjectRequest(bucket, key, bytes(content))));
    }

    @Override
    public String get(String bucket, String key) {
        return ask(() -> {
            try (InputStream content =
                    oss.getObject(new GetObjectRequest(bucket, key)).getObjectContent()) {
                return new String(content.readAllBytes(), StandardCharsets.UTF_8);
            }
        });
    }

    @Override
    public long size(String bucket, String key) {
        return ask(() -> oss.headObject(new HeadObjectRequest(bucket, key)))
                .getMetadata()
                .getContentLength();
    }

    /** The SDK reads an error only from the body, and a HEAD has none. Only the status remains. */
    @Override
    public String refusalOfHead(String code) {
        return "403";
    }

    @Override
    public List<String> list(String bucket, String prefix) {
        ListObjectsRequest request = new ListObjectsRequest(bucket);
        request.setPrefix(prefix);
        return ask(() -> oss.listObjects(request)).getObjectSummaries().stream()
                .map(OSSObjectSummary::getKey)
                .toList();
    }

    @Override
    public List<String> listAgain(String bucket, String prefix) {
        return list(bucket, prefix);
    }

    @Override
    public void copy(String sourceBucket, String sourceKey, String bucket, String key) {
        ask(() -> oss.copyObject(new CopyObjectRequest(sourceBucket, sourceKey, bucket, key)));
    }

    @Override
    public void putInParts(String bucket, String key, List<String> parts) {
        String id = initiate(bucket, key);
        List<PartETag> tags = new ArrayList<>();
        for (String part : parts) {
            UploadPartRequest request = new UploadPartRequest(bucket, key, id, tags.size() + 1);
            request.setPartContent(bytes(part));
            tags.add(new PartETag(
                    tags.size() + 1, ask(() -> oss.uploadPart(request)).getETag()));
        }
        int listed = ask(() -> oss.listParts(new ListPartsRequest(bucket, key, id)))
                .getParts()
                .size();
        if (listed != parts.size()) {
            throw new AssertionError("listed " + listed + " of " + parts.size() + " parts");
        }
        ask(() -> oss.completeMultipartUpload(new CompleteMultipartUploadRequest(bucket, key, id, tags)));
    }

    @Override
    public boolean copiesInParts() {
        return false;
    }

    @Override
    public void copyInParts(String sourceBucket, String sourceKey, String bucket, String key) {
        throw new UnsupportedOperationException("the SDK has no UploadPartCopy");
    }

    @Override
    public void abort(String bucket, String key) {
        String id = initiate(bucket, key);
        ask(() -> oss.abortMultipartUpload(new AbortMultipartUploadRequest(bucket, key, id)));
    }

    private String initiate(String bucket, String key) {
        return ask(() -> oss.initMultipartUpload(new InitiateMultipartUploadRequest(bucket, key)))
                .getUploadId();
    }

    @Override
    public void delete(String bucket, String key) {
        ask(() -> oss.deleteObject(new DeleteObjectRequest(bucket, key)));
    }

    @Override
    public void deleteAll(String bucket, List<String> keys) {
        ask(() -> oss.deleteMultipleObject(new DeleteMultipleObjectRequest(bucket, keys, false)));
    }

    @Override
    public String presign(String bucket, String key, Instant expiration) {
        long seconds = Duration.between(Instant.now(), expiration).toSeconds();
        return ask(() -> oss.presignConstrainedObjectURL(bucket, key, seconds));
    }

    @Override
    public void close() {}

    private static byte[] bytes(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    private static <T> T ask(Callable<T> call) {
        try {
            return call.call();
        } catch (ServiceException e) {
            String code = Optional.ofNullable(e.getErrorCode()).orElse(String.valueOf(e.getStatusCode()));
            throw new RefusedByStorage(code, String.valueOf(e.getRawMessage()));
        } catch (ClientException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
