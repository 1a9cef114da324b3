package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.OSSException;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.oss.model.AppendObjectRequest;
import com.aliyun.oss.model.BucketInfo;
import com.aliyun.oss.model.BucketStat;
import com.aliyun.oss.model.CannedAccessControlList;
import com.aliyun.oss.model.CompleteMultipartUploadRequest;
import com.aliyun.oss.model.CopyObjectRequest;
import com.aliyun.oss.model.CreateSymlinkRequest;
import com.aliyun.oss.model.GetObjectRequest;
import com.aliyun.oss.model.InitiateMultipartUploadRequest;
import com.aliyun.oss.model.ListMultipartUploadsRequest;
import com.aliyun.oss.model.ListObjectsRequest;
import com.aliyun.oss.model.OSSObject;
import com.aliyun.oss.model.ObjectListing;
import com.aliyun.oss.model.ObjectMetadata;
import com.aliyun.oss.model.PutObjectRequest;
import com.aliyun.oss.model.StorageClass;
import com.aliyun.oss.model.UploadPartRequest;
import io.countersign.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an unmodified SDK does through the store port with a store that speaks S3, beyond the contract of all clients. */
@Tag("ceph")
@ParameterizedClass
@MethodSource("io.countersign.gateway.storage.StoreKind#testedOfS3")
@ExtendWith(PackagedStores.Parameter.class)
class S3OperationsIT {
    private static final String BUCKET = GuardedStorageManifest.PRIVATE;

    private final StoreKind kind;
    private final BackedStorage<?> guarded;
    private OSS oss;
    private String prefix;

    S3OperationsIT(StoreKind kind, PackagedStores stores) {
        this.kind = kind;
        this.guarded = stores.of(kind);
    }

    @BeforeEach
    void connect() {
        ClientBuilderConfiguration configuration = new ClientBuilderConfiguration();
        configuration.setSignatureVersion(SignVersion.V4);
        configuration.setMaxErrorRetry(0);
        oss = OSSClientBuilder.create()
                .endpoint(guarded.endpoint)
                .region("cn-hangzhou")
                .credentialsProvider(new DefaultCredentialProvider(Login.ACCOUNT.id(), Login.ACCOUNT.secret()))
                .clientConfiguration(configuration)
                .build();
        prefix = "operations/" + Seeds.uuid() + "/";
    }

    @AfterEach
    void disconnect() {
        oss.shutdown();
    }

    @Test
    void keepsMetadataAndTags() throws IOException {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentType("text/plain");
        metadata.setCacheControl("no-cache");
        metadata.setContentDisposition("attachment; filename=\"a.txt\"");
        metadata.addUserMetadata("owner", "ada  lovelace");
        metadata.setHeader("x-oss-storage-class", StorageClass.IA.toString());
        if (kind == StoreKind.CEPH) {
            // Its zone has no such class.
            refused("InvalidArgument", () -> oss.putObject(BUCKET, prefix + "a", stream("hello"), metadata));
            metadata.setHeader("x-oss-storage-class", StorageClass.Standard.toString());
        }
        oss.putObject(BUCKET, prefix + "a", stream("hello"), metadata);
        ObjectMetadata kept = oss.getObjectMetadata(BUCKET, prefix + "a");
        assertThat(kept.getContentType()).isEqualTo("text/plain");
        assertThat(kept.getCacheControl()).isEqualTo("no-cache");
        assertThat(kept.getUserMetadata()).containsEntry("owner", "ada  lovelace");
        assertThat(kept.getContentLength()).isEqualTo(5);
        assertThat(kept.getObjectType()).isEqualTo("Normal");
        assertThat(kept.getRequestId()).isNotBlank();
        assertThat(kept.getRawMetadata().keySet())
                .noneMatch(name -> name.toLowerCase().contains("amz"));
        assertThat(oss.getSimplifiedObjectMeta(BUCKET, prefix + "a").getSize()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a+b",
                "a%b",
                "a%2Fb",
                "a&b=c?d#e",
                "中文/é😀",
                "a;b:c@d,e$f",
                "~!*'()",
                "<xml>&amp;\"",
                "a\\b",
                ".hidden",
                "tab\there"
            })
    void keepsKeysOfEverySort(String key) throws IOException {
        oss.putObject(BUCKET, prefix + key, stream(key));
        assertThat(read(prefix + key)).isEqualTo(key);
        assertThat(keys(oss.listObjects(new ListObjectsRequest(BUCKET).withPrefix(prefix))))
                .containsExactly(prefix + key);
        ObjectListing encoded = oss.listObjects(
                new ListObjectsRequest(BUCKET).withPrefix(prefix).withEncodingType("url"));
        assertThat(encoded.getEncodingType()).isEqualTo("url");
        // The SDK hands keys on as the store wrote them; its users decode them.
        assertThat(keys(encoded))
                .singleElement()
                .extracting(one -> URLDecoder.decode(one, StandardCharsets.UTF_8))
                .isEqualTo(prefix + key);
        oss.deleteObject(BUCKET, prefix + key);
        assertThat(oss.doesObjectExist(BUCKET, prefix + key)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//b", "a/b/", "a/./b", "a/../b"})
    void refusesKeysThatTheStoreFolds(String key) {
        oss.putObject(BUCKET, prefix + "a/b", stream("b"));
        refused("InvalidObjectName", () -> oss.getObject(BUCKET, prefix + key));
        refused("InvalidObjectName", () -> oss.putObject(BUCKET, prefix + key, stream("x")));
    }

    @Test
    void listsPagesFoldersAndUploads() {
        for (String name : List.of("a", "dir/1", "dir/2", "z")) {
            oss.putObject(BUCKET, prefix + name, stream(name));
        }
        ListObjectsRequest paged =
                new ListObjectsRequest(BUCKET).withPrefix(prefix).withMaxKeys(2);
        ObjectListing first = oss.listObjects(paged);
        assertThat(first.isTruncated()).isTrue();
        assertThat(keys(first)).containsExactly(prefix + "a", prefix + "dir/1");
        paged.setMarker(first.getNextMarker());
        assertThat(keys(oss.listObjects(paged))).containsExactly(prefix + "dir/2", prefix + "z");
        ObjectListing folders = oss.listObjects(
                new ListObjectsRequest(BUCKET).withPrefix(prefix).withDelimiter("/"));
        assertThat(folders.getCommonPrefixes()).containsExactly(prefix + "dir/");
        assertThat(folders.getBucketName()).isEqualTo(BUCKET);
        String upload = initiate("unfinished");
        assertThat(oss.listMultipartUploads(new ListMultipartUploadsRequest(BUCKET))
                        .getMultipartUploads())
                .anyMatch(
                        one -> one.getUploadId().equals(upload) && one.getKey().equals(prefix + "unfinished"));
    }

    @Test
    void readsRangesAndConditions() throws IOException {
        String eTag = oss.putObject(BUCKET, prefix + "a", stream("0123456789")).getETag();
        GetObjectRequest range = new GetObjectRequest(BUCKET, prefix + "a");
        range.setRange(2, 4);
        assertThat(text(oss.getObject(range))).isEqualTo("234");
        GetObjectRequest unmatched = new GetObjectRequest(BUCKET, prefix + "a");
        unmatched.setMatchingETagConstraints(List.of("other"));
        refused("PreconditionFailed", () -> oss.getObject(unmatched));
        GetObjectRequest unmodified = new GetObjectRequest(BUCKET, prefix + "a");
        unmodified.setNonmatchingETagConstraints(List.of(eTag));
        OSSException same = catchThrowableOfType(OSSException.class, () -> oss.getObject(unmodified));
        assertThat(same.getErrorCode()).isEqualTo("NotModified");
        GetObjectRequest later = new GetObjectRequest(BUCKET, prefix + "a");
        later.setModifiedSinceConstraint(new Date(System.currentTimeMillis() - 86_400_000));
        assertThat(text(oss.getObject(later))).isEqualTo("0123456789");
    }

    @Test
    void forbidsOverwriting() throws IOException {
        ObjectMetadata forbidding = new ObjectMetadata();
        forbidding.setHeader("x-oss-forbid-overwrite", "true");
        oss.putObject(new PutObjectRequest(BUCKET, prefix + "a", stream("first"), forbidding));
        refused(
                "FileAlreadyExists",
                () -> oss.putObject(new PutObjectRequest(BUCKET, prefix + "a", stream("second"), forbidding)));
        assertThat(read(prefix + "a")).isEqualTo("first");
    }

    @Test
    void completesNoUploadOverAnObject() throws IOException {
        oss.putObject(BUCKET, prefix + "a", stream("first"));
        refused("FileAlreadyExists", () -> uploadNew("a"));
        assertThat(read(prefix + "a")).isEqualTo("first");
        uploadNew("b");
        assertThat(read(prefix + "b")).isEqualTo("second");
    }

    /** In one part, on the condition that there is no such object. The SDK sorts the list of parts. */
    private void uploadNew(String name) {
        String upload = initiate(name);
        UploadPartRequest part = new UploadPartRequest(BUCKET, prefix + name, upload, 1, stream("second"), 6);
        CompleteMultipartUploadRequest completion = new CompleteMultipartUploadRequest(
                BUCKET,
                prefix + name,
                upload,
                new ArrayList<>(List.of(oss.uploadPart(part).getPartETag())));
        completion.addHeader("x-oss-forbid-overwrite", "true");
        oss.completeMultipartUpload(completion);
    }

    @Test
    void copiesOnlyOnTheCondition() throws IOException {
        String eTag = oss.putObject(BUCKET, prefix + "a", stream("content")).getETag();
        CopyObjectRequest unmatched = new CopyObjectRequest(BUCKET, prefix + "a", BUCKET, prefix + "b");
        unmatched.setMatchingETagConstraints(List.of("other"));
        refused("PreconditionFailed", () -> oss.copyObject(unmatched));
        CopyObjectRequest same = new CopyObjectRequest(BUCKET, prefix + "a", BUCKET, prefix + "b");
        same.setNonmatchingETagConstraints(List.of(eTag));
        assertThat(catchThrowableOfType(OSSException.class, () -> oss.copyObject(same))
                        .getErrorCode())
                .isEqualTo("NotModified");
        assertThat(oss.doesObjectExist(BUCKET, prefix + "b")).isFalse();
        CopyObjectRequest matched = new CopyObjectRequest(BUCKET, prefix + "a", BUCKET, prefix + "b");
        matched.setMatchingETagConstraints(List.of(eTag));
        matched.setUnmodifiedSinceConstraint(new Date(System.currentTimeMillis() + 86_400_000));
        oss.copyObject(matched);
        assertThat(read(prefix + "b")).isEqualTo("content");
    }

    @Test
    void copiesWithOtherMetadata() throws IOException {
        oss.putObject(BUCKET, prefix + "a b", stream("content"));
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.addUserMetadata("a", "1");
        CopyObjectRequest copy = new CopyObjectRequest(BUCKET, prefix + "a b", BUCKET, prefix + "c");
        copy.setNewObjectMetadata(metadata);
        assertThat(oss.copyObject(copy).getLastModified()).isNotNull();
        assertThat(oss.getObjectMetadata(BUCKET, prefix + "c").getUserMetadata())
                .containsEntry("a", "1");
        assertThat(read(prefix + "c")).isEqualTo("content");
    }

    @Test
    void aclsAreTheRegistrysAndNeverTheStores() throws IOException {
        oss.putObject(BUCKET, prefix + "a", stream("open"));
        assertThat(oss.getObjectAcl(BUCKET, prefix + "a").getPermission().toString())
                .isEqualTo("default");
        oss.setObjectAcl(BUCKET, prefix + "a", CannedAccessControlList.PublicRead);
        assertThat(oss.getObjectAcl(BUCKET, prefix + "a").getPermission().toString())
                .isEqualTo("public-read");
        assertThat(oss.getBucketAcl(BUCKET).getCannedACL()).isEqualTo(CannedAccessControlList.Private);
    }

    @Test
    void tellsOfTheBucket() {
        BucketInfo info = oss.getBucketInfo(BUCKET);
        assertThat(info.getBucket().getName()).isEqualTo(BUCKET);
        assertThat(info.getBucket().getLocation()).isEqualTo("oss-cn-hangzhou");
        assertThat(info.getBucket().getOwner().getId()).isEqualTo("1234567890123456");
        assertThat(oss.getBucketLocation(BUCKET)).isEqualTo("oss-cn-hangzhou");
        oss.putObject(GuardedStorageManifest.POSTBOX, "stat", stream("12345"));
        BucketStat stat = oss.getBucketStat(GuardedStorageManifest.POSTBOX);
        assertThat(stat.getStorageSize()).isPositive();
        assertThat(stat.getObjectCount()).isPositive();
        assertThat(oss.doesBucketExist(BUCKET)).isTrue();
    }

    private interface Call {
        void on(OSS oss) throws Exception;
    }

    static Stream<Arguments> whatS3DoesNotHave() {
        return Map.<String, Call>of(
                        "append",
                        oss -> oss.appendObject(new AppendObjectRequest(BUCKET, "a", stream("a")).withPosition(0L)),
                        "symlink",
                        oss -> oss.createSymlink(new CreateSymlinkRequest(BUCKET, "a", "b")),
                        "getSymlink",
                        oss -> oss.getSymlink(BUCKET, "a"),
                        "restore",
                        oss -> oss.restoreObject(BUCKET, "a"),
                        "process",
                        oss -> oss.getObject(new GetObjectRequest(BUCKET, "a") {
                            {
                                setProcess("image/resize,w_1");
                            }
                        }),
                        "versions",
                        oss -> oss.listVersions(BUCKET, ""),
                        "lifecycle",
                        oss -> oss.getBucketLifecycle(BUCKET),
                        "policy",
                        oss -> oss.getBucketPolicy(BUCKET),
                        "website",
                        oss -> oss.getBucketWebsite(BUCKET),
                        "deleteBucket",
                        oss -> oss.deleteBucket(BUCKET))
                .entrySet()
                .stream()
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void whatS3DoesNotHave(String name, Call call) {
        OSSException refusal = catchThrowableOfType(OSSException.class, () -> call.on(oss));
        assertThat(refusal).isNotNull();
        assertThat(refusal.getErrorCode()).isEqualTo("NotImplemented");
        assertThat(refusal.getErrorMessage()).isNotBlank();
        assertThat(refusal.getRawResponseError()).doesNotContain("physical", "S3Proxy");
    }

    private String initiate(String name) {
        return oss.initiateMultipartUpload(new InitiateMultipartUploadRequest(BUCKET, prefix + name))
                .getUploadId();
    }

    private String read(String key) throws IOException {
        return text(oss.getObject(BUCKET, key));
    }

    private static String text(OSSObject object) throws IOException {
        try (object) {
            return new String(object.getObjectContent().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> keys(ObjectListing list) {
        return list.getObjectSummaries().stream()
                .map(summary -> summary.getKey())
                .toList();
    }

    private static void refused(String code, ThrowingCallable call) {
        OSSException refusal = catchThrowableOfType(OSSException.class, call);
        assertThat(refusal).as("a refusal").isNotNull();
        assertThat(refusal.getErrorCode()).isEqualTo(code);
        assertThat(refusal.getRequestId()).isNotBlank();
    }

    private static InputStream stream(String content) {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }
}
