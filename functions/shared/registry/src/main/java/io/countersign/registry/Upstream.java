package io.countersign.registry;

import java.util.Optional;

/**
 * The store behind a bucket, which keeps its objects.
 *
 * @param region in the signatures that the store checks
 * @param bucket the physical bucket. Its name never reaches a client
 * @param pathStyle whether the store's URLs name the bucket in their path instead of their host
 * @param flatNamespace whether a store that speaks S3 is known to keep keys such as {@code a//b} and {@code a/} apart from
 *     others ({@link LiteralKeys}). False for one that speaks OSS, where it says nothing
 * @param signer whose key signs what goes to the store
 */
public record Upstream(
        Protocol protocol,
        Endpoint endpoint,
        String region,
        String bucket,
        boolean pathStyle,
        boolean flatNamespace,
        Signer signer) {
    /** A store that may fold keys. */
    public Upstream(
            Protocol protocol, Endpoint endpoint, String region, String bucket, boolean pathStyle, Signer signer) {
        this(protocol, endpoint, region, bucket, pathStyle, false, signer);
    }

    /** The user whose key signs; empty where the store's own key does. */
    public Optional<String> signingUser() {
        return switch (signer) {
            case Signer.User user -> Optional.of(user.name());
            case Signer.ForeignKey key -> Optional.empty();
        };
    }

    /** The protocol of the store. */
    public enum Protocol {
        /** Alibaba Cloud OSS, or a store that speaks its protocol and checks its V4 signatures. */
        OSS("oss"),
        /** A store that speaks S3 and checks SigV4. */
        S3("s3");

        private final String text;

        Protocol(String text) {
            this.text = text;
        }

        /** As the manifest has it. */
        public String text() {
            return text;
        }

        public static Optional<Protocol> of(String text) {
            for (Protocol protocol : values()) {
                if (protocol.text.equals(text)) {
                    return Optional.of(protocol);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * The address of a store. Two texts of one address make equal records: the host is in lower case and the port is
     * always there.
     *
     * @param secure whether it is reached by HTTPS
     * @param host a name, or an IP address; IPv6 in brackets
     */
    public record Endpoint(boolean secure, String host, int port) {
        private static final int HTTPS = 443;
        private static final int HTTP = 80;

        /** The port that a URL of this scheme has when it names none. */
        public static int usualPort(boolean secure) {
            return secure ? HTTPS : HTTP;
        }

        /** The value of the header Host: the port only where it is not the usual one. */
        public String authority() {
            return port == usualPort(secure) ? host : host + ':' + port;
        }

        /** Returns the endpoint at which a bucket is addressed by its host. */
        public Endpoint ofBucket(String bucket) {
            return new Endpoint(secure, bucket + '.' + host, port);
        }

        /** As a URL: {@code https://oss-cn-hangzhou.aliyuncs.com}. */
        public String text() {
            return (secure ? "https://" : "http://") + authority();
        }
    }

    /** The owner of the key that signs what goes to the store. */
    public sealed interface Signer {
        /** A user of the bucket's account. Its current key signs, so rotation goes on. */
        record User(String name) implements Signer {}

        /** A key of the store's own. Its secret is sealed in an item of its own. */
        record ForeignKey(String accessKeyId) implements Signer {}
    }
}
