package io.countersign.token;

import io.countersign.http.Call;
import io.countersign.http.JsonBody;
import io.countersign.http.ProblemException;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.oss.EncodedText;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.registry.Role;
import io.countersign.token.session.TokenRefusal;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code role}, {@code durationSeconds} and {@code policy} from the query and from the JSON body of a POST. Each may be sent in one of the two. */
final class TokenRequestReader {
    static final String QUERY_TOKEN = "access_token";

    private static final String ROLE = "role";
    private static final String DURATION = "durationSeconds";
    private static final String POLICY = "policy";
    /** STS takes the text of a policy, and so its callers send one here. */
    private static final String POLICY_FORM =
            "; send the policy itself and not its text in quotes, as {\"policy\": {\"Version\": \"1\", \"Statement\": [...]}}";

    private static final Set<String> KNOWN = Set.of(QUERY_TOKEN, ROLE, DURATION, POLICY);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private TokenRequestReader() {}

    /** @throws TokenRefusal InvalidParameter when a parameter is unknown, duplicated or malformed */
    static QueryParameters query(Call call) throws TokenRefusal {
        QueryParameters query = parse(call.rawQuery().orElse(""));
        Set<String> seen = new HashSet<>();
        for (QueryParameter parameter : query.list()) {
            if (!KNOWN.contains(parameter.name())) {
                throw invalid(
                        "A parameter of the URL is not known; " + String.join(", ", ROLE, DURATION, POLICY) + " are.");
            }
            if (!seen.add(parameter.name())) {
                throw invalid("The parameter " + parameter.name() + " is sent more than once; send it once.");
            }
        }
        return query;
    }

    /**
     * @throws TokenRefusal InvalidParameter, as {@link #query} does
     * @throws ProblemException as {@link JsonBody#read} does
     */
    static TokenRequest read(Call call, QueryParameters query) throws TokenRefusal, ProblemException {
        TokenRequest inQuery = ofQuery(query);
        if (call.body().isEmpty()) {
            return inQuery;
        }
        if (!call.method().equals("POST")) {
            throw invalid("A GET has no body; send parameters in the URL, or use POST.");
        }
        TokenRequest inBody = JsonBody.read(call, TokenRequestReader::ofBody);
        return new TokenRequest(
                one(ROLE, inQuery.role(), inBody.role()),
                one(DURATION, inQuery.duration(), inBody.duration()),
                one(POLICY, inQuery.policy(), inBody.policy()));
    }

    private static TokenRequest ofBody(Members members) throws InvalidDocumentException {
        Optional<String> role = members.optionalString(ROLE);
        Optional<Value> seconds = members.optional(DURATION);
        Optional<Duration> duration = seconds.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(
                        Members.integer(seconds.get(), Role.MIN_SESSION.toSeconds(), Role.MAX_SESSION.toSeconds())));
        Optional<Value> policy = members.optional(POLICY);
        if (policy.isPresent()) {
            requireObject(policy.get());
        }
        return new TokenRequest(role, duration, policy);
    }

    private static TokenRequest ofQuery(QueryParameters query) throws TokenRefusal {
        Optional<String> seconds = query.first(DURATION);
        Optional<String> policy = query.first(POLICY);
        return new TokenRequest(
                query.first(ROLE),
                seconds.isEmpty() ? Optional.empty() : Optional.of(duration(seconds.get())),
                policy.isEmpty() ? Optional.empty() : Optional.of(policy(policy.get())));
    }

    private static Duration duration(String text) throws TokenRefusal {
        if (SECONDS.matcher(text).matches()) {
            Duration duration = Duration.ofSeconds(Long.parseLong(text));
            if (duration.compareTo(Role.MIN_SESSION) >= 0 && duration.compareTo(Role.MAX_SESSION) <= 0) {
                return duration;
            }
        }
        throw invalid(DURATION + ": expected a whole number from " + Role.MIN_SESSION.toSeconds() + " to "
                + Role.MAX_SESSION.toSeconds() + ".");
    }

    private static void requireObject(Value policy) throws InvalidDocumentException {
        try {
            Members.of(policy);
        } catch (InvalidDocumentException e) {
            throw new InvalidDocumentException(e.location(), e.problem() + POLICY_FORM);
        }
    }

    private static Value policy(String text) throws TokenRefusal {
        try {
            Value value = Values.parse(text);
            Members.of(value);
            return value;
        } catch (InvalidDocumentException e) {
            throw invalid(POLICY + ": " + e.problem() + ".");
        }
    }

    private static <T> Optional<T> one(String name, Optional<T> inQuery, Optional<T> inBody) throws TokenRefusal {
        if (inQuery.isPresent() && inBody.isPresent()) {
            throw invalid("The parameter " + name + " is in the URL and in the body; send it in one of them.");
        }
        return inQuery.or(() -> inBody);
    }

    private static QueryParameters parse(String raw) throws TokenRefusal {
        try {
            return QueryParameters.parse(raw, EncodedText.URL);
        } catch (OssRefusal refusal) {
            throw invalid(refusal.text());
        }
    }

    private static TokenRefusal invalid(String detail) {
        return new TokenRefusal(TokenRefusal.Code.INVALID_PARAMETER, detail);
    }

    /**
     * The session that a caller of {@code /token} requests.
     *
     * @param role a role's name or ARN
     * @param duration at least 15 minutes
     * @param policy narrows the session
     */
    record TokenRequest(Optional<String> role, Optional<Duration> duration, Optional<Value> policy) {}
}
