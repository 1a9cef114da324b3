package io.countersign.token.sts;

import io.countersign.http.Call;
import io.countersign.oss.EncodedText;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parameters of a call, from its query and its form body.
 *
 * @param query the parameters of the query, which ACS3 signs without those of the body
 */
record Parameters(QueryParameters all, QueryParameters query) {
    private static final int MAX = 64;
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** @throws StsRefusal when the body is not a form, an escape is malformed, or there are more than {@value #MAX} parameters */
    static Parameters of(Call call) throws StsRefusal {
        QueryParameters query = parse(call.rawQuery().orElse(""), EncodedText.URL);
        List<QueryParameter> all = new ArrayList<>(query.list());
        if (!call.body().isEmpty()) {
            requireForm(call);
            all.addAll(parse(text(call), EncodedText.BODY).list());
        }
        if (all.size() > MAX) {
            throw new StsRefusal(
                    StsRefusal.Code.INVALID_PARAMETER, "There are more than " + MAX + " parameters; send fewer.");
        }
        return new Parameters(new QueryParameters(all), query);
    }

    /** The value of a parameter. An empty one counts as absent, because clients differ in whether they send it. */
    Optional<String> value(String name) {
        return all.first(name).filter(value -> !value.isEmpty());
    }

    /** @throws StsRefusal when a parameter is duplicated or unknown to the action */
    void check(StsCall.Action action) throws StsRefusal {
        Set<String> seen = new HashSet<>();
        for (QueryParameter parameter : all.list()) {
            if (!action.knows(parameter.name())) {
                throw new StsRefusal(
                        StsRefusal.Code.INVALID_PARAMETER,
                        "The parameter " + shown(parameter.name()) + " is not known to " + action.text()
                                + "; leave it out.");
            }
            if (!seen.add(parameter.name())) {
                throw new StsRefusal(
                        StsRefusal.Code.INVALID_PARAMETER,
                        "The parameter " + parameter.name() + " is sent more than once; send it in one place.");
            }
        }
    }

    private static String shown(String name) {
        return NAME.matcher(name).matches() ? name : "of that name";
    }

    private static void requireForm(Call call) throws StsRefusal {
        List<String> types = call.headerValues("Content-Type");
        boolean form = types.size() == 1
                && types.getFirst()
                        .split(";", 2)[0]
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .equals(FORM);
        if (!form) {
            throw new StsRefusal(StsRefusal.Code.UNSUPPORTED_BODY);
        }
    }

    private static String text(Call call) throws StsRefusal {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(call.body().toArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new StsRefusal(StsRefusal.Code.INVALID_PARAMETER, "The form is not UTF-8; encode parameters as %XX.");
        }
    }

    private static QueryParameters parse(String raw, EncodedText where) throws StsRefusal {
        try {
            return QueryParameters.parse(raw, where);
        } catch (OssRefusal refusal) {
            throw new StsRefusal(StsRefusal.Code.INVALID_PARAMETER, refusal.text());
        }
    }
}
