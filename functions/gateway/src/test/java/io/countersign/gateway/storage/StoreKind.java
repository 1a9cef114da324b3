package io.countersign.gateway.storage;

import io.countersign.upstream.s3.S3Proxy;
import java.nio.file.Path;

/** The stores that tests put behind the store port; each checks every signature by code that is not ours. */
public enum StoreKind {
    /** {@link OssStore}, by the official SDK's signer. */
    OSS {
        @Override
        Behind start(Path directory) {
            return new Behind.Oss();
        }
    },
    /** S3Proxy over a directory, in a process of its own. */
    S3 {
        @Override
        Behind start(Path directory) throws Exception {
            return new Behind.S3(S3Proxy.start(directory));
        }
    };

    abstract Behind start(Path directory) throws Exception;
}
