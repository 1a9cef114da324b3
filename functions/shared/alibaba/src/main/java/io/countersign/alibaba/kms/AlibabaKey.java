package io.countersign.alibaba.kms;

import io.countersign.http.client.ServiceAddress;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The key of Alibaba Cloud's KMS that wraps the root key.
 *
 * @param keyId the id that KMS gave the key. Decrypt has no parameter for a key and answers with the id of the key that it used, which is compared with this one; so
 *     neither an alias nor an ARN is accepted
 * @param endpoint of KMS in the region of the key
 * @param budget the time limit of one call with all its attempts
 */
public record AlibabaKey(String keyId, URI endpoint, Duration budget) {
    private static final String EXAMPLE = "https://kms.cn-hangzhou.aliyuncs.com";

    /** The key; without it Alibaba Cloud's KMS is not used. */
    public static final Setting KEY_ID = Setting.optional(
            "countersign.kms.alibaba.key-id",
            "none: the root key is a file in --data",
            "The key of Alibaba Cloud's KMS that wraps the root key: its id, no alias and no ARN. It excludes countersign.kms.key-id.");

    private static final Setting ENDPOINT = Setting.optional(
            "countersign.kms.alibaba.endpoint",
            "none: required with the key",
            "The endpoint of Alibaba Cloud's KMS in the region of the key, such as https://kms.cn-hangzhou.aliyuncs.com: https, or http on this machine.");

    /** The settings of this record. */
    public static final List<Setting> SETTINGS = List.of(KEY_ID, ENDPOINT);

    /** @throws IllegalArgumentException for an invalid key id or endpoint */
    public AlibabaKey {
        if (!keyId.matches("[A-Za-z0-9-]{1,128}")) {
            throw new IllegalArgumentException(
                    "expected the id of a key of Alibaba Cloud's KMS, such as key-hzz62f1cb66fa42qo; KMS answers with it, so neither an alias nor an ARN will do");
        }
        endpoint = ServiceAddress.checked(endpoint, EXAMPLE);
    }

    /**
     * Returns empty when no key is set.
     *
     * @param budget the time limit of one call with all its attempts
     * @throws PropertyValues.InvalidSettingException when a value is malformed, or the endpoint is not set
     */
    public static Optional<AlibabaKey> from(PropertyValues values, Duration budget)
            throws PropertyValues.InvalidSettingException {
        Optional<String> keyId = values.optional(KEY_ID);
        if (keyId.isEmpty()) {
            return Optional.empty();
        }
        URI endpoint = endpoint(values);
        try {
            return Optional.of(new AlibabaKey(keyId.get(), endpoint, budget));
        } catch (IllegalArgumentException e) {
            throw new PropertyValues.InvalidSettingException(KEY_ID.name(), String.valueOf(e.getMessage()));
        }
    }

    private static URI endpoint(PropertyValues values) throws PropertyValues.InvalidSettingException {
        String expected = "with " + KEY_ID.name() + " expected the endpoint of KMS, such as " + EXAMPLE
                + "; http is for loopback only";
        try {
            return ServiceAddress.checked(new URI(values.optional(ENDPOINT).orElse("")), EXAMPLE);
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new PropertyValues.InvalidSettingException(ENDPOINT.name(), expected);
        }
    }
}
