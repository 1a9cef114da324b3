package io.countersign.token.sts;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.registry.IdSyntax;
import io.countersign.registry.Role;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parameters of the session, each checked against its bounds (docs/protocol.md 6). */
final class AssumeRoleParameters {
    static final String ROLE = "RoleArn";
    private static final int MAX_POLICY = 2_048;
    private static final Duration DEFAULT_DURATION = Duration.ofHours(1);
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern SESSION_NAME = Pattern.compile("[A-Za-z0-9.@_-]{2,64}");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[A-Za-z0-9_+=,.@:/-]{2,1224}");

    private final Parameters parameters;

    AssumeRoleParameters(Parameters parameters) {
        this.parameters = parameters;
    }

    RoleName role() throws StsRefusal {
        return RoleName.parse(required(ROLE));
    }

    String sessionName() throws StsRefusal {
        String name = required("RoleSessionName");
        if (!SESSION_NAME.matcher(name).matches()) {
            throw new StsRefusal(
                    StsRefusal.Code.INVALID_SESSION_NAME,
                    StsRefusal.Code.INVALID_SESSION_NAME.message() + " It has 2 to 64 of A-Z a-z 0-9 . @ - _.");
        }
        return name;
    }

    /** The session policy as JSON; its grammar is not checked here. */
    Optional<Value> policy() throws StsRefusal {
        Optional<String> text = parameters.value("Policy");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.get().length() > MAX_POLICY) {
            throw new StsRefusal(StsRefusal.Code.POLICY_TOO_LONG);
        }
        try {
            return Optional.of(Values.parse(text.get()));
        } catch (InvalidDocumentException e) {
            throw new StsRefusal(
                    StsRefusal.Code.INVALID_POLICY,
                    StsRefusal.Code.INVALID_POLICY.message() + " It is not JSON: " + e.problem() + ".");
        }
    }

    Optional<String> externalId() throws StsRefusal {
        Optional<String> id = parameters.value("ExternalId");
        if (id.isPresent() && !EXTERNAL_ID.matcher(id.get()).matches()) {
            throw new StsRefusal(
                    StsRefusal.Code.INVALID_EXTERNAL_ID,
                    StsRefusal.Code.INVALID_EXTERNAL_ID.message()
                            + " It has 2 to 1224 of A-Z a-z 0-9 _ + = , . @ : / -.");
        }
        return id;
    }

    /** Checks the duration against the bound of all roles. {@link #duration(Role)} checks the role's own bound, which only callers learn that may assume it. */
    void checkDuration() throws StsRefusal {
        duration(Role.MAX_SESSION);
    }

    /** The requested duration; the default is an hour, or the role's maximum if that is shorter. */
    Duration duration(Role role) throws StsRefusal {
        return duration(role.maxSessionDuration());
    }

    String required(String name) throws StsRefusal {
        return parameters.value(name).orElseThrow(() -> StsRefusal.missingParameter(name));
    }

    private Duration duration(Duration max) throws StsRefusal {
        Optional<String> text = parameters.value("DurationSeconds");
        if (text.isEmpty()) {
            return DEFAULT_DURATION.compareTo(max) < 0 ? DEFAULT_DURATION : max;
        }
        if (DIGITS.matcher(text.get()).matches()) {
            Duration requested = Duration.ofSeconds(Long.parseLong(text.get()));
            if (requested.compareTo(Role.MIN_SESSION) >= 0 && requested.compareTo(max) <= 0) {
                return requested;
            }
        }
        throw new StsRefusal(
                StsRefusal.Code.INVALID_DURATION,
                "The Min/Max value of DurationSeconds is " + Role.MIN_SESSION.toSeconds() + "/" + max.toSeconds()
                        + " seconds.");
    }

    /** The account and the name of a role. */
    record RoleName(String accountId, String name) {
        private static final Pattern ARN = Pattern.compile("acs:ram::([0-9]{1,32}):role/([^/]{1,64})");

        /** @throws StsRefusal InvalidParameter.RoleArn */
        static RoleName parse(String arn) throws StsRefusal {
            return of(arn).orElseThrow(() -> new StsRefusal(
                    StsRefusal.Code.INVALID_ROLE_ARN,
                    StsRefusal.Code.INVALID_ROLE_ARN.message() + " Write acs:ram::ACCOUNT:role/NAME."));
        }

        /** Empty when the text is not the ARN of a role. */
        static Optional<RoleName> of(String arn) {
            Matcher matcher = ARN.matcher(arn);
            return matcher.matches() && IdSyntax.isRamName(matcher.group(2))
                    ? Optional.of(new RoleName(matcher.group(1), matcher.group(2)))
                    : Optional.empty();
        }

        String arn() {
            return "acs:ram::" + accountId + ":" + path();
        }

        /** The resource in policies, without the account. */
        String path() {
            return "role/" + name;
        }
    }
}
