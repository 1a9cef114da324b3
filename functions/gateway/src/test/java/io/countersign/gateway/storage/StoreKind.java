package io.countersign.gateway.storage;

import io.countersign.upstream.s3.CephGateway;
import io.countersign.upstream.s3.S3Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The stores that tests put behind the store port; each checks every signature by code that is not ours. */
public enum StoreKind {
    /** {@link OssStore}, by the official SDK's signer. */
    OSS {
        @Override
        Behind start(Path directory) {
            return new Behind.Oss();
        }

        @Override
        public List<String> parts() {
            return List.of("one ", "two ", "three");
        }
    },
    /** S3Proxy over a directory, in a process of its own. */
    S3 {
        @Override
        Behind start(Path directory) throws Exception {
            return new Behind.S3(S3Proxy.start(directory));
        }

        @Override
        public List<String> parts() {
            return S3_PARTS;
        }
    },
    /** Ceph's radosgw. */
    CEPH {
        @Override
        Behind start(Path directory) throws Exception {
            return new Behind.S3(CephGateway.start(directory));
        }

        @Override
        public List<String> parts() {
            return S3_PARTS;
        }
    };

    private static final List<String> S3_PARTS = List.of("x".repeat(5 << 20), "last");

    /** Those that this build tests: Ceph is not everywhere. */
    public static List<StoreKind> tested() {
        return Stream.of(System.getProperty("test.upstreams", "oss,s3").split(","))
                .map(name -> valueOf(name.toUpperCase(Locale.ROOT)))
                .toList();
    }

    /** Those of them that speak S3. */
    static List<StoreKind> testedOfS3() {
        return tested().stream().filter(StoreKind::speaksS3).toList();
    }

    /** Whether requests are translated for it. */
    public boolean speaksS3() {
        return this != OSS;
    }

    abstract Behind start(Path directory) throws Exception;

    /** Parts of an upload that are large enough: S3 refuses each but the last below 5 MiB, OSS below 100 KB, which its stand-in does not. */
    public abstract List<String> parts();
}
