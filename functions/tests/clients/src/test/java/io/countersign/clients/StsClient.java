package io.countersign.clients;

/** What the tests ask of STS, whichever client does it. Refusals are {@link RefusedByServer}. */
interface StsClient {
    Session assumeRole(AssumeRoleWish wish);

    /** What the client makes of SignatureDoesNotMatch when the server's string to sign is its own. */
    default String refusalOfSecret() {
        return "SignatureDoesNotMatch";
    }

    /** Whether the client knows AssumeRoleWithOIDC. */
    default boolean knowsOidc() {
        return true;
    }

    Session assumeRoleWithOidc(AssumeRoleWish wish, String token);

    /** Whether the client knows GetCallerIdentity. */
    default boolean knowsIdentity() {
        return true;
    }

    /** GetCallerIdentity's Arn. */
    String callerArn();
}
