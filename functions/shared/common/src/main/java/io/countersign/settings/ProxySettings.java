package io.countersign.settings;

import java.util.List;

/** The setting of the proxies before all endpoints. It is here because the gateway reads it and a Lambda refuses it. */
public final class ProxySettings {
    public static final Setting TRUSTED_PROXIES = Setting.optional(
            "countersign.trusted-proxies",
            "none",
            "Addresses and CIDR blocks of the proxies before all endpoints, and unix: for those that connect to --listen's socket, separated by commas. Their X-Forwarded-For and X-Forwarded-Proto name the client at /token, /presign, /post-policy, /uploads, /sign-content, /, /auth and --store-port.");

    /** The settings of this class. */
    public static final List<Setting> SETTINGS = List.of(TRUSTED_PROXIES);

    private ProxySettings() {}
}
