package io.countersign.gateway.storage;

import java.util.Optional;

/**
 * An access key as a client is given it.
 *
 * @param securityToken a session's
 */
public record Login(String id, String secret, Optional<String> securityToken) {
    public static final Login ACCOUNT = new Login("LTAI5tAccountOfTheTests1", "account-secret-0123456789abcde");
    public static final Login SIGNER = new Login("LTAI5tSignerOfTheTests01", "signer-secret-0123456789abcdef");
    public static final Login ALICE = new Login("LTAI5tAliceOfTheTests001", "alice-secret-0123456789abcdefg");
    public static final Login APP_SERVER = new Login("LTAI5tAppServerOfTheTst1", "app-server-secret-0123456789ab");
    public static final Login SLEEPER = new Login("LTAI5tSleeperOfTheTest01", "sleeper-secret-0123456789abcde");
    public static final Login STRANGER = new Login("LTAI5tStrangerOfTheTest1", "stranger-secret-0123456789abcd");
    public static final Login NOBODY = new Login("LTAI5tNobodyOfTheTests01", "nobody-secret-0123456789abcdef");

    /** A long-lived key. */
    public Login(String id, String secret) {
        this(id, secret, Optional.empty());
    }

    /** A session's key. */
    public Login(String id, String secret, String securityToken) {
        this(id, secret, Optional.of(securityToken));
    }

    Login withSecret(String other) {
        return new Login(id, other, securityToken);
    }
}
