package io.countersign.policy;

import java.util.Optional;
import java.util.Set;

/**
 * A condition key of the form {@code SERVICE:NAME} that belongs to another service of Alibaba Cloud. RAM's system
 * policies contain such keys in statements about several services ({@code ram:ServiceName}, {@code ecs:InstanceType}).
 */
record ForeignKey(String service, String name) {
    private static final String SERVICE_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final int MAX_NAME = 256;

    /** Services whose keys are all known here. */
    private static final Set<String> OURS = Set.of("oss", "acs", "sts", "oidc", "saml");
    /** The key prefixes of another cloud, which are a mistake. */
    private static final Set<String> OTHER_CLOUD = Set.of("aws", "s3");

    private static final String RAM = "acs";
    private static final String REQUEST_TAG = "RequestTag/";

    /** Returns empty for a text of another form. */
    static Optional<ForeignKey> parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        ForeignKey key = new ForeignKey(text.substring(0, colon), text.substring(colon + 1));
        return key.isWellFormed() ? Optional.of(key) : Optional.empty();
    }

    boolean looksLikeOurs() {
        return OURS.contains(service);
    }

    /**
     * RAM's keys for calls of services that tag, or hand a role to a service (help.aliyun.com, "Policy elements",
     * common condition keys). OSS has neither.
     */
    boolean isOfRam() {
        return service.equals(RAM)
                && (name.equals("Service") || name.startsWith(REQUEST_TAG) && name.length() > REQUEST_TAG.length());
    }

    private boolean isWellFormed() {
        return !service.isEmpty()
                && service.chars().allMatch(c -> SERVICE_LETTERS.indexOf(c) >= 0)
                && !OTHER_CLOUD.contains(service)
                && !name.isEmpty()
                && name.length() <= MAX_NAME
                && !name.contains("${");
    }
}
