package io.countersign.gateway.storage;

/** A long-lived access key as a client is given it. */
record Login(String id, String secret) {
    static final Login ACCOUNT = new Login("LTAI5tAccountOfTheTests1", "account-secret-0123456789abcde");
    static final Login SIGNER = new Login("LTAI5tSignerOfTheTests01", "signer-secret-0123456789abcdef");
    static final Login ALICE = new Login("LTAI5tAliceOfTheTests001", "alice-secret-0123456789abcdefg");
    static final Login SLEEPER = new Login("LTAI5tSleeperOfTheTest01", "sleeper-secret-0123456789abcde");
    static final Login STRANGER = new Login("LTAI5tStrangerOfTheTest1", "stranger-secret-0123456789abcd");
    static final Login NOBODY = new Login("LTAI5tNobodyOfTheTests01", "nobody-secret-0123456789abcdef");

    Login withSecret(String other) {
        return new Login(id, other);
    }
}
