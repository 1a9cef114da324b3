package io.countersign.identity.delegation;

import io.countersign.oss.QueryParameter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The rules for query parameters. Names are case-sensitive, and duplicates are refused. */
final class SignableParameters {
    private static final Set<String> ALWAYS = Set.of(
            "uploads",
            "uploadId",
            "partNumber",
            "append",
            "position",
            "response-content-type",
            "response-content-language",
            "response-expires",
            "response-cache-control",
            "response-content-disposition",
            "response-content-encoding");

    /** The parameters of signatures, in lower case (docs/protocol.md 1.4, 2, 3). */
    private static final Set<String> OF_SIGNATURES = Set.of(
            "ossaccesskeyid",
            "signature",
            "expires",
            "security-token",
            "x-oss-security-token",
            "x-oss-credential",
            "x-oss-date",
            "x-oss-expires",
            "x-oss-additional-headers",
            "x-oss-access-key-id");

    private static final Set<String> SECURITY_TOKENS = Set.of("security-token", "x-oss-security-token");
    private static final String PROCESS = "x-oss-process";
    private static final Set<String> CALLBACK = Set.of("callback", "callback-var");
    private static final String SYMLINK = "symlink";

    private SignableParameters() {}

    static void check(Iterable<QueryParameter> parameters, SigningOptions options) throws SigningRefusal {
        Set<String> seen = new HashSet<>();
        for (QueryParameter parameter : parameters) {
            String name = parameter.name();
            if (isOfSignature(name)) {
                throw refused(
                        SECURITY_TOKENS.contains(name)
                                ? SigningRefusal.Code.SECURITY_TOKEN_NOT_SIGNABLE
                                : SigningRefusal.Code.SUB_RESOURCE_NOT_SIGNABLE,
                        name,
                        "belongs to the signature, which Countersign makes; leave it out");
            }
            if (!isListed(name, options)) {
                throw notListed(name);
            }
            if (!seen.add(name)) {
                throw new SigningRefusal(
                        SigningRefusal.Code.INVALID_ARGUMENT,
                        "The query parameter " + Texts.shown(name) + " is duplicated; send it once.");
            }
            Texts.requirePlain(parameter.value(), "The query parameter " + Texts.shown(name));
            if (name.equals(PROCESS)) {
                SigningTable.ProcessRule.check(parameter.value(), options);
            }
        }
    }

    private static boolean isOfSignature(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return OF_SIGNATURES.contains(lower) || lower.startsWith("x-oss-signature");
    }

    private static boolean isListed(String name, SigningOptions options) {
        return ALWAYS.contains(name)
                || name.equals(PROCESS)
                || (options.callback() && CALLBACK.contains(name))
                || (options.symlink() && name.equals(SYMLINK));
    }

    private static SigningRefusal notListed(String name) {
        if (CALLBACK.contains(name)) {
            return refused(
                    SigningRefusal.Code.CALLBACK_NOT_SIGNABLE,
                    name,
                    "makes OSS call an address of the caller's choice, which the operator has not allowed; leave it out");
        }
        return name.equals(SYMLINK)
                ? refused(
                        SigningRefusal.Code.SYMLINK_NOT_SIGNABLE,
                        name,
                        "reads or makes a symbolic link, which the operator has not allowed; leave it out")
                : refused(
                        SigningRefusal.Code.SUB_RESOURCE_NOT_SIGNABLE,
                        name,
                        "is not in the list of signable parameters; leave it out");
    }

    private static SigningRefusal refused(SigningRefusal.Code error, String name, String reason) {
        return new SigningRefusal(error, "The query parameter " + Texts.shown(name) + " " + reason + ".");
    }
}
