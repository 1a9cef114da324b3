package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.oss.model.CompleteMultipartUploadRequest;
import com.aliyun.oss.model.InitiateMultipartUploadRequest;
import com.aliyun.oss.model.OSSObject;
import com.aliyun.oss.model.PartETag;
import com.aliyun.oss.model.UploadPartRequest;
import io.countersign.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A hundred mebibytes in parts through the store port, in front of each kind of store. */
@Tag("ceph")
@ParameterizedClass
@MethodSource("io.countersign.gateway.storage.StoreKind#tested")
@ExtendWith(PackagedStores.Parameter.class)
class LargeUploadIT {
    private static final String BUCKET = GuardedStorageManifest.PRIVATE;
    private static final int MIB = 1 << 20;
    private static final int PART = 5 * MIB;
    private static final int PARTS = 20;

    private final BackedStorage<?> backed;
    private final StoreKind store;

    LargeUploadIT(StoreKind store, PackagedStores stores) {
        this.store = store;
        this.backed = stores.of(store);
    }

    @Test
    void uploadsAHundredMebibytesInParts() throws Exception {
        ClientBuilderConfiguration configuration = new ClientBuilderConfiguration();
        configuration.setSignatureVersion(SignVersion.V4);
        configuration.setMaxErrorRetry(0);
        OSS oss = OSSClientBuilder.create()
                .endpoint(backed.endpoint)
                .region("cn-hangzhou")
                .credentialsProvider(new DefaultCredentialProvider(Login.ACCOUNT.id(), Login.ACCOUNT.secret()))
                .clientConfiguration(configuration)
                .build();
        try {
            String key = "large/" + Seeds.uuid();
            String sent = upload(oss, key);
            assertThat(download(oss, key)).isEqualTo(sent);
            oss.deleteObject(BUCKET, key);
        } finally {
            oss.shutdown();
        }
    }

    /** Returns the digest of what was sent. */
    private static String upload(OSS oss, String key) throws Exception {
        byte[] part = new byte[PART];
        Seeds.random("large-upload").nextBytes(part);
        MessageDigest sent = MessageDigest.getInstance("SHA-256");
        String upload = oss.initiateMultipartUpload(new InitiateMultipartUploadRequest(BUCKET, key))
                .getUploadId();
        List<PartETag> tags = new ArrayList<>();
        for (int number = 1; number <= PARTS; number++) {
            part[0] = (byte) number;
            sent.update(part);
            tags.add(oss.uploadPart(
                            new UploadPartRequest(BUCKET, key, upload, number, new ByteArrayInputStream(part), PART))
                    .getPartETag());
        }
        assertThat(oss.completeMultipartUpload(new CompleteMultipartUploadRequest(BUCKET, key, upload, tags))
                        .getETag())
                .isNotBlank();
        return HexFormat.of().formatHex(sent.digest());
    }

    private String download(OSS oss, String key) throws Exception {
        MessageDigest received = MessageDigest.getInstance("SHA-256");
        long size = 0;
        try (OSSObject object = oss.getObject(BUCKET, key);
                InputStream content = object.getObjectContent()) {
            byte[] buffer = new byte[MIB];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                received.update(buffer, 0, read);
                size += read;
            }
            if (store.speaksS3()) {
                assertThat(object.getObjectMetadata().getObjectType()).isEqualTo("Multipart");
            }
        }
        assertThat(size).isEqualTo((long) PARTS * PART);
        return HexFormat.of().formatHex(received.digest());
    }
}
