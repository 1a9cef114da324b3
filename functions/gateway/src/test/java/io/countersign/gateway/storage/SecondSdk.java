package io.countersign.gateway.storage;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.PresignOptions;
import com.aliyun.sdk.service.oss2.credentials.StaticCredentialsProvider;
import com.aliyun.sdk.service.oss2.exceptions.ServiceException;
import com.aliyun.sdk.service.oss2.models.AbortMultipartUploadRequest;
import com.aliyun.sdk.service.oss2.models.AppendObjectRequest;
import com.aliyun.sdk.service.oss2.models.BucketSummary;
import com.aliyun.sdk.service.oss2.models.CompleteMultipartUpload;
import com.aliyun.sdk.service.oss2.models.CompleteMultipartUploadRequest;
import com.aliyun.sdk.service.oss2.models.CopyObjectRequest;
import com.aliyun.sdk.service.oss2.models.DeleteMultipleObjectsRequest;
import com.aliyun.sdk.service.oss2.models.DeleteObject;
import com.aliyun.sdk.service.oss2.models.DeleteObjectRequest;
import com.aliyun.sdk.service.oss2.models.DeleteObjectTaggingRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectAclRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectResult;
import com.aliyun.sdk.service.oss2.models.GetObjectTaggingRequest;
import com.aliyun.sdk.service.oss2.models.GetSymlinkRequest;
import com.aliyun.sdk.service.oss2.models.HeadObjectRequest;
import com.aliyun.sdk.service.oss2.models.InitiateMultipartUploadRequest;
import com.aliyun.sdk.service.oss2.models.ListBucketsRequest;
import com.aliyun.sdk.service.oss2.models.ListObjectsRequest;
import com.aliyun.sdk.service.oss2.models.ListObjectsV2Request;
import com.aliyun.sdk.service.oss2.models.ListPartsRequest;
import com.aliyun.sdk.service.oss2.models.ObjectSummary;
import com.aliyun.sdk.service.oss2.models.Part;
import com.aliyun.sdk.service.oss2.models.PutObjectAclRequest;
import com.aliyun.sdk.service.oss2.models.PutObjectRequest;
import com.aliyun.sdk.service.oss2.models.PutObjectTaggingRequest;
import com.aliyun.sdk.service.oss2.models.PutSymlinkRequest;
import com.aliyun.sdk.service.oss2.models.Tag;
import com.aliyun.sdk.service.oss2.models.TagSet;
import com.aliyun.sdk.service.oss2.models.Tagging;
import com.aliyun.sdk.service.oss2.models.UploadPartCopyRequest;
import com.aliyun.sdk.service.oss2.models.UploadPartRequest;
import com.aliyun.sdk.service.oss2.transport.BinaryData;
import io.countersign.oss.PercentEncoding;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** com.aliyun:alibabacloud-oss-v2. */
final class SecondSdk implements BackedClient {
    private final OSSClient oss;

    SecondSdk(String endpoint, Login login, String version) {
        oss = OSSClient.newBuilder()
                .region("cn-hangzhou")
                .endpoint(endpoint)
                .usePathStyle(true)
                .signatureVersion(version)
                .retryMaxAttempts(1)
                .credentialsProvider(new StaticCredentialsProvider(
                        login.id(), login.secret(), login.securityToken().orElse(null)))
                .build();
    }

    @Override
    public void put(String bucket, String key, String content) {
        ask(() -> oss.putObject(PutObjectRequest.newBuilder()
                .bucket(bucket)
                .key(key)
                .body(BinaryData.fromString(content))
                .build()));
    }

    @Override
    public String get(String bucket, String key) {
        return ask(() -> {
            try (GetObjectResult object = oss.getObject(
                    GetObjectRequest.newBuilder().bucket(bucket).key(key).build())) {
                return new String(object.body().readAllBytes(), StandardCharsets.UTF_8);
            }
        });
    }

    @Override
    public long size(String bucket, String key) {
        return ask(() -> oss.headObject(
                        HeadObjectRequest.newBuilder().bucket(bucket).key(key).build()))
                .contentLength();
    }

    @Override
    public List<String> list(String bucket, String prefix) {
        return keys(ask(() -> oss.listObjects(ListObjectsRequest.newBuilder()
                        .bucket(bucket)
                        .prefix(prefix)
                        .build()))
                .contents());
    }

    @Override
    public List<String> listAgain(String bucket, String prefix) {
        return keys(ask(() -> oss.listObjectsV2(ListObjectsV2Request.newBuilder()
                        .bucket(bucket)
                        .prefix(prefix)
                        .build()))
                .contents());
    }

    private static List<String> keys(List<ObjectSummary> summaries) {
        return summaries == null
                ? List.of()
                : summaries.stream().map(ObjectSummary::key).toList();
    }

    @Override
    public void copy(String sourceBucket, String sourceKey, String bucket, String key) {
        ask(() -> oss.copyObject(CopyObjectRequest.newBuilder()
                .sourceBucket(sourceBucket)
                .sourceKey(sourceKey)
                .bucket(bucket)
                .key(key)
                .build()));
    }

    @Override
    public void putInParts(String bucket, String key, List<String> contents) {
        String id = initiate(bucket, key);
        List<Part> parts = new ArrayList<>();
        for (String content : contents) {
            long number = parts.size() + 1;
            String tag = ask(() -> oss.uploadPart(UploadPartRequest.newBuilder()
                            .bucket(bucket)
                            .key(key)
                            .uploadId(id)
                            .partNumber(number)
                            .body(BinaryData.fromString(content))
                            .build()))
                    .eTag();
            parts.add(Part.newBuilder().partNumber(number).eTag(tag).build());
        }
        int listed = ask(() -> oss.listParts(ListPartsRequest.newBuilder()
                        .bucket(bucket)
                        .key(key)
                        .uploadId(id)
                        .build()))
                .parts()
                .size();
        if (listed != contents.size()) {
            throw new AssertionError("listed " + listed + " of " + contents.size() + " parts");
        }
        complete(bucket, key, id, parts);
    }

    private void complete(String bucket, String key, String id, List<Part> parts) {
        ask(() -> oss.completeMultipartUpload(CompleteMultipartUploadRequest.newBuilder()
                .bucket(bucket)
                .key(key)
                .uploadId(id)
                .completeMultipartUpload(
                        CompleteMultipartUpload.newBuilder().parts(parts).build())
                .build()));
    }

    @Override
    public void copyInParts(String sourceBucket, String sourceKey, String bucket, String key) {
        String id = initiate(bucket, key);
        String tag = ask(() -> oss.uploadPartCopy(UploadPartCopyRequest.newBuilder()
                        .sourceBucket(sourceBucket)
                        .sourceKey(sourceKey)
                        .bucket(bucket)
                        .key(key)
                        .uploadId(id)
                        .partNumber(1L)
                        .build()))
                .copyPartResult()
                .eTag();
        complete(
                bucket,
                key,
                id,
                List.of(Part.newBuilder().partNumber(1L).eTag(tag).build()));
    }

    @Override
    public void abort(String bucket, String key) {
        String id = initiate(bucket, key);
        ask(() -> oss.abortMultipartUpload(AbortMultipartUploadRequest.newBuilder()
                .bucket(bucket)
                .key(key)
                .uploadId(id)
                .build()));
    }

    private String initiate(String bucket, String key) {
        return ask(() -> oss.initiateMultipartUpload(InitiateMultipartUploadRequest.newBuilder()
                        .bucket(bucket)
                        .key(key)
                        .build()))
                .initiateMultipartUpload()
                .uploadId();
    }

    @Override
    public void delete(String bucket, String key) {
        ask(() -> oss.deleteObject(
                DeleteObjectRequest.newBuilder().bucket(bucket).key(key).build()));
    }

    @Override
    public void deleteAll(String bucket, List<String> keys) {
        List<DeleteObject> objects = keys.stream()
                .map(key -> DeleteObject.newBuilder().key(key).build())
                .toList();
        ask(() -> oss.deleteMultipleObjects(DeleteMultipleObjectsRequest.newBuilder()
                .bucket(bucket)
                .deleteObjects(objects)
                .build()));
    }

    @Override
    public long append(String bucket, String key, long position, String content) {
        return ask(() -> oss.appendObject(AppendObjectRequest.newBuilder()
                        .bucket(bucket)
                        .key(key)
                        .position(position)
                        .body(BinaryData.fromString(content))
                        .build()))
                .nextAppendPosition();
    }

    @Override
    public void link(String bucket, String key, String target) {
        ask(() -> oss.putSymlink(PutSymlinkRequest.newBuilder()
                .bucket(bucket)
                .key(key)
                .symlinkTarget(PercentEncoding.encode(target))
                .build()));
    }

    /** The SDK leaves the encoding of the header to its caller. */
    @Override
    public String linkTarget(String bucket, String key) {
        String target = ask(() -> oss.getSymlink(
                        GetSymlinkRequest.newBuilder().bucket(bucket).key(key).build()))
                .symlinkTarget();
        return URLDecoder.decode(target.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public void tag(String bucket, String key, Map<String, String> tags) {
        List<Tag> all = tags.entrySet().stream()
                .map(tag ->
                        Tag.newBuilder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        ask(() -> oss.putObjectTagging(PutObjectTaggingRequest.newBuilder()
                .bucket(bucket)
                .key(key)
                .tagging(Tagging.newBuilder()
                        .tagSet(TagSet.newBuilder().tags(all).build())
                        .build())
                .build()));
    }

    @Override
    public Map<String, String> tags(String bucket, String key) {
        List<Tag> tags = ask(() -> oss.getObjectTagging(GetObjectTaggingRequest.newBuilder()
                        .bucket(bucket)
                        .key(key)
                        .build()))
                .tagging()
                .tagSet()
                .tags();
        return tags == null ? Map.of() : tags.stream().collect(Collectors.toMap(Tag::key, Tag::value));
    }

    @Override
    public void untag(String bucket, String key) {
        ask(() -> oss.deleteObjectTagging(
                DeleteObjectTaggingRequest.newBuilder().bucket(bucket).key(key).build()));
    }

    @Override
    public void setAcl(String bucket, String key, String acl) {
        ask(() -> oss.putObjectAcl(PutObjectAclRequest.newBuilder()
                .bucket(bucket)
                .key(key)
                .objectAcl(acl)
                .build()));
    }

    @Override
    public String acl(String bucket, String key) {
        return ask(() -> oss.getObjectAcl(
                        GetObjectAclRequest.newBuilder().bucket(bucket).key(key).build()))
                .accessControlPolicy()
                .accessControlList()
                .grant();
    }

    @Override
    public List<String> buckets() {
        return ask(() -> oss.listBuckets(ListBucketsRequest.newBuilder().build())).buckets().stream()
                .map(BucketSummary::name)
                .toList();
    }

    @Override
    public String presign(String bucket, String key, Instant expiration) {
        return oss.presign(
                        GetObjectRequest.newBuilder().bucket(bucket).key(key).build(),
                        PresignOptions.newBuilder().expiration(expiration).build())
                .url();
    }

    @Override
    public void close() {
        try {
            oss.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T ask(Callable<T> call) {
        try {
            return call.call();
        } catch (Exception e) {
            ServiceException refused = ServiceException.asCause(e);
            if (refused == null) {
                throw new IllegalStateException(e);
            }
            throw new RefusedByStorage(refused.errorCode(), refused.errorMessage());
        }
    }
}
