package io.countersign.gateway.storage;

import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.OSSException;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.oss.model.AbortMultipartUploadRequest;
import com.aliyun.oss.model.AppendObjectRequest;
import com.aliyun.oss.model.Bucket;
import com.aliyun.oss.model.CannedAccessControlList;
import com.aliyun.oss.model.CompleteMultipartUploadRequest;
import com.aliyun.oss.model.CreateSymlinkRequest;
import com.aliyun.oss.model.DeleteObjectsRequest;
import com.aliyun.oss.model.InitiateMultipartUploadRequest;
import com.aliyun.oss.model.ListObjectsV2Request;
import com.aliyun.oss.model.ListPartsRequest;
import com.aliyun.oss.model.OSSObject;
import com.aliyun.oss.model.OSSObjectSummary;
import com.aliyun.oss.model.PartETag;
import com.aliyun.oss.model.UploadPartCopyRequest;
import com.aliyun.oss.model.UploadPartRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** com.aliyun.oss:aliyun-sdk-oss. */
public final class FirstSdk implements BackedClient {
    /** The SDK logs every refusal; here they are what is tested. Held, so that the level stays. */
    private static final Logger LOG = Logger.getLogger("com.aliyun.oss");

    static {
        LOG.setLevel(Level.OFF);
    }

    private final OSS oss;

    public FirstSdk(String endpoint, Login login, SignVersion version) {
        ClientBuilderConfiguration configuration = new ClientBuilderConfiguration();
        configuration.setSignatureVersion(version);
        configuration.setMaxErrorRetry(0);
        oss = OSSClientBuilder.create()
                .endpoint(endpoint)
                .region("cn-hangzhou")
                .credentialsProvider(new DefaultCredentialProvider(
                        login.id(), login.secret(), login.securityToken().orElse(null)))
                .clientConfiguration(configuration)
                .build();
    }

    @Override
    public void put(String bucket, String key, String content) {
        ask(() -> oss.putObject(bucket, key, stream(content)));
    }

    @Override
    public String get(String bucket, String key) {
        try (OSSObject object = ask(() -> oss.getObject(bucket, key))) {
            return new String(object.getObjectContent().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long size(String bucket, String key) {
        return ask(() -> oss.headObject(bucket, key)).getContentLength();
    }

    @Override
    public List<String> list(String bucket, String prefix) {
        return ask(() -> oss.listObjects(bucket, prefix)).getObjectSummaries().stream()
                .map(OSSObjectSummary::getKey)
                .toList();
    }

    @Override
    public List<String> listAgain(String bucket, String prefix) {
        ListObjectsV2Request request = new ListObjectsV2Request(bucket).withPrefix(prefix);
        return ask(() -> oss.listObjectsV2(request)).getObjectSummaries().stream()
                .map(OSSObjectSummary::getKey)
                .toList();
    }

    @Override
    public void copy(String sourceBucket, String sourceKey, String bucket, String key) {
        ask(() -> oss.copyObject(sourceBucket, sourceKey, bucket, key));
    }

    @Override
    public void putInParts(String bucket, String key, List<String> parts) {
        String id = initiate(bucket, key);
        List<PartETag> tags = new ArrayList<>();
        for (String part : parts) {
            int number = tags.size() + 1;
            UploadPartRequest request = new UploadPartRequest(
                    bucket, key, id, number, stream(part), stream(part).available());
            tags.add(ask(() -> oss.uploadPart(request)).getPartETag());
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
    public void copyInParts(String sourceBucket, String sourceKey, String bucket, String key) {
        String id = initiate(bucket, key);
        UploadPartCopyRequest request = new UploadPartCopyRequest(sourceBucket, sourceKey, bucket, key, id);
        request.setPartNumber(1);
        List<PartETag> tags = List.of(ask(() -> oss.uploadPartCopy(request)).getPartETag());
        ask(() -> oss.completeMultipartUpload(
                new CompleteMultipartUploadRequest(bucket, key, id, new ArrayList<>(tags))));
    }

    @Override
    public void abort(String bucket, String key) {
        String id = initiate(bucket, key);
        ask(() -> oss.abortMultipartUpload(new AbortMultipartUploadRequest(bucket, key, id)));
    }

    private String initiate(String bucket, String key) {
        return ask(() -> oss.initiateMultipartUpload(new InitiateMultipartUploadRequest(bucket, key)))
                .getUploadId();
    }

    @Override
    public void delete(String bucket, String key) {
        ask(() -> oss.deleteObject(bucket, key));
    }

    @Override
    public void deleteAll(String bucket, List<String> keys) {
        ask(() -> oss.deleteObjects(new DeleteObjectsRequest(bucket).withKeys(keys)));
    }

    @Override
    public long append(String bucket, String key, long position, String content) {
        return ask(() -> oss.appendObject(new AppendObjectRequest(bucket, key, stream(content)).withPosition(position)))
                .getNextPosition();
    }

    @Override
    public void link(String bucket, String key, String target) {
        run(() -> oss.createSymlink(new CreateSymlinkRequest(bucket, key, target)));
    }

    @Override
    public String linkTarget(String bucket, String key) {
        return ask(() -> oss.getSymlink(bucket, key)).getTarget();
    }

    @Override
    public void tag(String bucket, String key, Map<String, String> tags) {
        run(() -> oss.setObjectTagging(bucket, key, tags));
    }

    @Override
    public Map<String, String> tags(String bucket, String key) {
        return ask(() -> oss.getObjectTagging(bucket, key)).getAllTags();
    }

    @Override
    public void untag(String bucket, String key) {
        run(() -> oss.deleteObjectTagging(bucket, key));
    }

    @Override
    public void setAcl(String bucket, String key, String acl) {
        run(() -> oss.setObjectAcl(bucket, key, CannedAccessControlList.parse(acl)));
    }

    @Override
    public String acl(String bucket, String key) {
        return ask(() -> oss.getObjectAcl(bucket, key)).getPermission().toString();
    }

    @Override
    public List<String> buckets() {
        return ask(() -> oss.listBuckets()).stream().map(Bucket::getName).toList();
    }

    @Override
    public String presign(String bucket, String key, Instant expiration) {
        return oss.generatePresignedUrl(bucket, key, Date.from(expiration)).toString();
    }

    @Override
    public void close() {
        oss.shutdown();
    }

    private static ByteArrayInputStream stream(String content) {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    private static void run(Runnable call) {
        ask(() -> {
            call.run();
            return call;
        });
    }

    private static <T> T ask(Supplier<T> call) {
        try {
            return call.get();
        } catch (OSSException e) {
            throw new RefusedByStorage(e.getErrorCode(), e.getErrorMessage());
        }
    }
}
