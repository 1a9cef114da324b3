package io.countersign.token.sts;

import io.countersign.registry.Shapes;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A role as its ARN names it. */
record RoleName(String accountId, String name) {
    private static final Pattern ARN = Pattern.compile("acs:ram::([0-9]{1,32}):role/([^/]{1,64})");

    /** @throws StsRefusal InvalidParameter.RoleArn */
    static RoleName parse(String arn) throws StsRefusal {
        return of(arn).orElseThrow(() -> new StsRefusal(
                StsError.INVALID_ROLE_ARN, StsError.INVALID_ROLE_ARN.message() + " Write acs:ram::ACCOUNT:role/NAME."));
    }

    /** Empty when it is no role's ARN. */
    static Optional<RoleName> of(String arn) {
        Matcher matcher = ARN.matcher(arn);
        return matcher.matches() && Shapes.isRamName(matcher.group(2))
                ? Optional.of(new RoleName(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    String arn() {
        return "acs:ram::" + accountId + ":" + path();
    }

    /** As policies name it, below the account. */
    String path() {
        return "role/" + name;
    }
}
