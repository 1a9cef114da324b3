package io.countersign.gateway.storage;

import io.countersign.upstream.s3.S3Server;

/** What is behind the buckets of {@link GuardedStorageManifest}. */
sealed interface Behind extends AutoCloseable {
    /** The name that no client may see. */
    static String physical(String bucket) {
        return "physical-" + bucket;
    }

    /** Makes the physical bucket. */
    void create(String bucket) throws Exception;

    /** The member {@code upstream} of the bucket in a manifest. */
    String upstream(String bucket);

    /** How many requests have arrived; 0 where nobody counts them. */
    int arrived();

    @Override
    void close();

    /** The signer of the first account is its user; the other account has a key of its store. */
    final class Oss implements Behind {
        private static final Login OF_THE_FOREIGN =
                new Login("LTAI5tStoreOfTheForeign1", "foreign-secret-0123456789abcd");

        private final OssStore store = OssStore.start("cn-hangzhou", Login.SIGNER.id(), Login.SIGNER.secret());
        private final OssStore foreign = OssStore.start("cn-hangzhou", OF_THE_FOREIGN.id(), OF_THE_FOREIGN.secret());

        @Override
        public void create(String bucket) {
            of(bucket).create(physical(bucket));
        }

        private OssStore of(String bucket) {
            return bucket.equals(GuardedStorageManifest.FOREIGN) ? foreign : store;
        }

        @Override
        public String upstream(String bucket) {
            String signer = of(bucket) == foreign
                    ? "accessKey: {id: " + OF_THE_FOREIGN.id() + ", secret: \"" + OF_THE_FOREIGN.secret() + "\"}"
                    : "signer: app-signer";
            return "upstream: {protocol: oss, endpoint: \"" + of(bucket).endpoint()
                    + "\", region: cn-hangzhou, bucket: " + physical(bucket) + ", pathStyle: true, " + signer + "}";
        }

        @Override
        public int arrived() {
            return store.received().size() + foreign.received().size();
        }

        @Override
        public void close() {
            store.close();
            foreign.close();
        }
    }

    /** One key for all. */
    record S3(S3Server server) implements Behind {
        @Override
        public void create(String bucket) throws Exception {
            server.create(physical(bucket));
        }

        @Override
        public String upstream(String bucket) {
            return "upstream: {protocol: s3, endpoint: \"" + server.endpoint() + "\", region: " + S3Server.REGION
                    + ", bucket: " + physical(bucket) + ", pathStyle: true, accessKey: {id: " + S3Server.KEY.id()
                    + ", secret: " + S3Server.KEY.secret().reveal() + "}}";
        }

        @Override
        public int arrived() {
            return 0;
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
