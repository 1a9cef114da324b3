package io.countersign.token.upstream;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import io.countersign.token.TemporaryCredentials;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what STS answers. Members that are not asked for are passed over: the answer is STS's to extend. */
final class StsAnswer {
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");

    private StsAnswer() {}

    /** Empty when the text is no answer to AssumeRole whose session still lasts. */
    static Optional<TemporaryCredentials> credentials(String text, Instant now) {
        try {
            Members members = Members.of(Members.of(Values.parse(text)).required("Credentials"));
            String id = members.string("AccessKeyId");
            String secret = members.string("AccessKeySecret");
            String token = members.string("SecurityToken");
            Instant expiration = Instant.parse(members.string("Expiration")).truncatedTo(ChronoUnit.SECONDS);
            boolean usable = PRINTABLE.matcher(id).matches()
                    && id.length() <= AccessKey.MAX_ID_LENGTH
                    && PRINTABLE.matcher(secret).matches()
                    && secret.length() <= Secret.MAX_LENGTH
                    && SecurityToken.isPossible(token)
                    && expiration.isAfter(now);
            return usable
                    ? Optional.of(new TemporaryCredentials(id, Secret.of(secret), SecurityToken.of(token), expiration))
                    : Optional.empty();
        } catch (InvalidDocumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
